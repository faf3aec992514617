package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/bench/score"
)

func TestTrained(t *testing.T) {
	for name, want := range map[string]bool{"wcxb-dev": true, "text": true, "wcxb-test": false, "readability": false} {
		if got := trained(name); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

func TestReadFolds(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{"a.jsonl", "b/winnow.jsonl"} {
		if err := writePredictions(filepath.Join(dir, path), []prediction{{ID: path}}); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{"a": "a.jsonl", "b": "b/winnow.jsonl", "c": ""} {
		got, err := readFolds(dir, name)
		if err != nil || (want == "") != (got == nil) || want != "" && got[0].ID != want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// On training pages only the out-of-fold row may stand without a mark.
func TestFairTable(t *testing.T) {
	r := invented()
	r.Corpora[0].Trained = true
	marked := render(r.qualityTable())
	if !strings.Contains(marked, seenMark+"0.850") || !strings.Contains(r.note(), seenMark) {
		t.Errorf("training pages are not marked:\n%s\n%s", marked, r.note())
	}
	if strings.Count(string(r.chart()), "<circle") != 5 {
		t.Error("the chart shows a figure of training pages")
	}
	r.Corpora[0].Peers[foldsName] = quality{Total: score.Total{F1: .81, Lost: .2, Extra: 70}, Types: map[string]groupScore{"article": {F1: .86}}}
	fair := render(r.qualityTable())
	if strings.Contains(fair, seenMark) || !strings.Contains(fair, "0.810") || !strings.Contains(r.note(), "out of fold") {
		t.Errorf("%s\n%s", fair, r.note())
	}
	if strings.Count(string(r.chart()), "<circle") != 6 {
		t.Error("the chart lacks the out-of-fold figure")
	}
}
