package line

import (
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/model"
)

func TestPhrases(t *testing.T) {
	for _, err := range model.CheckPhrases(phraseData, FeatureNames(), strings.Fields("odds odds4 sign level kind")) {
		t.Error(err)
	}
}
