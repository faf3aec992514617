package main

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/bench/corpora"
	"github.com/winnowtext/winnow/bench/score"
)

func TestTrust(t *testing.T) {
	c := &corpora.Corpus{Name: "mill", Metric: score.Word, Pages: []corpora.Page{
		{ID: "a", Type: "article", Gold: score.Gold{Text: "rye and wheat"}},
		{ID: "b", Type: "listing", Gold: score.Gold{Text: "bread"}},
	}}
	file := filepath.Join(t.TempDir(), "mill.jsonl")
	lines := `{"id":"a","text":"rye and wheat","score":0.95,"verdict":"article"}
{"id":"b","text":"cake","score":0.4,"verdict":"listing"}
`
	if err := os.WriteFile(file, []byte(lines), 0o644); err != nil {
		t.Fatal(err)
	}
	var w strings.Builder
	if err := printTrust(&w, c, file); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| 0.00 to 0.50 ", "| 0.94 to 0.97 ", "rank correlation of Score and F1: 1.000", "mill, Verdict",
	} {
		if !strings.Contains(w.String(), want) {
			t.Errorf("%q is missing in\n%s", want, w.String())
		}
	}
	if err := printTrust(&w, c, file+".gone"); err == nil {
		t.Error("no error without the file")
	}
}

func TestRanks(t *testing.T) {
	got := ranks([]float64{3, 1, 3, 2})
	for i, want := range []float64{2.5, 0, 2.5, 1} {
		if got[i] != want {
			t.Errorf("ranks %v", got)
		}
	}
	if r := correlation([]float64{1, 2, 3}, []float64{6, 4, 2}); math.Abs(r+1) > 1e-12 {
		t.Errorf("correlation %v", r)
	}
}
