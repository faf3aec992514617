package main

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestCompare(t *testing.T) {
	old, now := goodRun(t), goodRun(t)
	old["w1"] = ""
	now["w2"] = "Geese"
	a, b := keepRun(t, old), keepRun(t, now)
	out, code := bench(t, "compare", a, b, "--corpora", tiny)
	if code != 0 {
		t.Fatalf("exit %d\n%s", code, out)
	}
	for _, want := range []string{"1 of 3 pages have the same text", "worse: 1", "-0.667  1.000 -> 0.333  w2", "better: 1", "+1.000  0.000 -> 1.000  w1", "within chance"} {
		if !strings.Contains(out, want) {
			t.Errorf("output lacks %q", want)
		}
	}
	if t.Failed() {
		t.Log(out)
	}
	file := func(dir string) string { return filepath.Join(dir, "tiny-dev", "winnow.jsonl") }
	if byFile, _ := bench(t, "compare", file(a), file(b), "--corpora", tiny); byFile != out {
		t.Errorf("by file:\n%s", byFile)
	}
	if _, code := bench(t, "compare", a, t.TempDir(), "--corpora", tiny); code != 1 {
		t.Errorf("exit %d for an empty folder", code)
	}
}

func TestPage(t *testing.T) {
	texts := goodRun(t)
	texts["w1"] = "Menu Nobody drinks from it."
	out, code := bench(t, "page", "w1", "--corpora", tiny, "--run", keepRun(t, texts))
	if code != 0 {
		t.Fatalf("exit %d\n%s", code, out)
	}
	for _, want := range []string{"- snippet lacking: The well is", "-     4 words  The well is deep", "+     1 words  Menu", "=     4 words  Nobody drinks from it"} {
		if !strings.Contains(out, want) {
			t.Errorf("output lacks %q\n%s", want, out)
		}
	}
	if _, code := bench(t, "page", "w99", "--corpora", tiny); code != 1 {
		t.Errorf("exit %d for an unknown page", code)
	}
}

func TestWordDiff(t *testing.T) {
	for _, tt := range []struct {
		want, got string
		diff      []stretch
	}{
		{"a b c d", "A b, c d", []stretch{{'=', 4, "a b c d"}}},
		{"a b c d e f", "a b c x d e f", []stretch{{'=', 3, "a b c"}, {'+', 1, "x"}, {'=', 3, "d e f"}}},
		{"a b c d e f g h", "a b c g h", []stretch{{'=', 3, "a b c"}, {'-', 3, "d e f"}, {'=', 2, "g h"}}},
		// Two equal words between differences are no agreement.
		{"p q r s of the t u v", "w x of the y z", []stretch{{'-', 9, "p q r s of the t u v"}, {'+', 6, "w x of the y z"}}},
		// No word is unique: the table finds the alignment.
		{"a a b b a a b b", "a a b b b b", []stretch{{'=', 4, "a a b b"}, {'-', 2, "a a"}, {'=', 2, "b b"}}},
		{"", "a", []stretch{{'+', 1, "a"}}},
		{"", "", nil},
	} {
		if got := wordDiff(tt.want, tt.got); !reflect.DeepEqual(got, tt.diff) {
			t.Errorf("%q, %q:\ngot  %+v\nwant %+v", tt.want, tt.got, got, tt.diff)
		}
	}
}

func TestShorten(t *testing.T) {
	if got := shorten("äöüäöüäöü", 6); got != "äöüä … öü" {
		t.Errorf("%q", got)
	}
	if got := shorten("short", 5); got != "short" {
		t.Errorf("%q", got)
	}
}
