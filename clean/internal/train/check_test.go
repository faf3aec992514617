package main

import (
	"slices"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/corpus"
)

// TestDifferences: a print is like itself, and what moved is named.
func TestDifferences(t *testing.T) {
	pages := found([]corpus.Page{{Corpus: "a", ID: "1"}, {Corpus: "b", ID: "1"}, {Corpus: "a", ID: "2"}})
	old := print{"feature text.words": {1, 2}, "feature gone": {3}, "pages a": {7, 8}, "pages b": {9}}
	if d := old.differences(old.String(), pages); len(d) > 0 {
		t.Errorf("like itself, but for %q", d)
	}
	now := print{"feature text.words": {1, 3}, "feature added": {3}, "pages a": {7, 9}, "pages b": {9}}
	want := []string{"feature gone", "feature text.words", "1 of 2 pages of a, such as 2", "feature added, which is new"}
	if d := now.differences(old.String(), pages); !slices.Equal(d, want) {
		t.Errorf("got %q, want %q", d, want)
	}
}

// TestColumns: every byte of a row has a column, and only that.
func TestColumns(t *testing.T) {
	rows := []uint8{1, 2, 3, 4, 5, 6}
	was := columns(rows, 3)
	rows[4] = 9
	for f, h := range columns(rows, 3) {
		if (h != was[f]) != (f == 1) {
			t.Errorf("column %d: %x, was %x", f, h, was[f])
		}
	}
}
