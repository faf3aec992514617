package corpus

import (
	"maps"
	"path/filepath"
	"testing"
)

// TestBalanceFolds: folds get about the same, every time the same way; sites that
// count nothing are where all others are.
func TestBalanceFolds(t *testing.T) {
	counts := map[string]int{"a.example": 9, "b.example": 5, "c.example": 5, "d.example": 4, "e.example": 1, "f.example": 1, "none.example": 0}
	folds := BalanceFolds(counts)
	var sum [Folds]int
	for s, n := range counts {
		sum[folds.Of(s)] += n
	}
	for k, n := range sum {
		if n < 5 || n > 9 {
			t.Errorf("fold %d has %d: %v", k, n, sum)
		}
	}
	for range 20 {
		if again := BalanceFolds(maps.Clone(counts)); !maps.Equal(again, folds) {
			t.Fatalf("%v, then %v", folds, again)
		}
	}
	for _, s := range []string{"none.example", "unknown.example"} {
		if folds.Of(s) != FoldOfSite(s) {
			t.Errorf("%s is in fold %d", s, folds.Of(s))
		}
	}
	file := filepath.Join(t.TempDir(), "folds.json")
	if err := folds.Write(file); err != nil {
		t.Fatal(err)
	}
	if read, err := ReadSiteFolds(file); err != nil || !maps.Equal(read, folds) {
		t.Errorf("read %v, %v", read, err)
	}
}
