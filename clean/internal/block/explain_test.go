package block

import (
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/model"
)

func TestPhrases(t *testing.T) {
	for _, err := range model.CheckPhrases(phraseData, append(FeatureNames(), SequenceNames()...), strings.Fields("tag area last own chain sum words above lean judged gap")) {
		t.Error(err)
	}
	for i, name := range tagNames {
		if name == "" && i != int(tOther) {
			t.Errorf("tag %d has no name", i)
		}
	}
}
