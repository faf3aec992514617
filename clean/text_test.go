package clean

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"
)

// TestText: the one-liner makes the same text as a Cleaner, whatever memory the
// texts before it left behind, in any number of goroutines.
func TestText(t *testing.T) {
	files := folders(t, "../testdata/text/*/dirty.txt")
	texts, want := make([]string, len(files)), make([]string, len(files))
	for i, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts[i] = string(src)
		res, err := standard().Text(context.Background(), texts[i])
		if err != nil {
			t.Fatal(err)
		}
		want[i] = res.Text
	}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for k := range 3 * len(files) {
				i := (k*7 + g) % len(files)
				if got := Text(texts[i]); got != want[i] {
					t.Errorf("%s: Text makes\n%s", files[i], got)
				}
			}
		})
	}
	wg.Wait()
}

// TestTextTooLong: what goes beyond the limit comes back whole.
func TestTextTooLong(t *testing.T) {
	if testing.Short() {
		t.Skip("judges a million lines")
	}
	long := strings.Repeat("Home\n", DefaultMaxNodes+1)
	if Text(long) != long {
		t.Error("a text with too many lines was changed")
	}
}
