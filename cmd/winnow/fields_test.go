package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What -p prints is what records hold, in their order, but for what is no single value.
func TestPrintable(t *testing.T) {
	doc, err := os.ReadFile("../../clean/record/record.go")
	if err != nil {
		t.Fatal(err)
	}
	table, _, _ := strings.Cut(string(doc), "// Source, error")
	var want []string
	for _, m := range regexp.MustCompile(`(?m)^//\t(\w+) {1,}(string|number|boolean|array)`).FindAllStringSubmatch(table, -1) {
		if !slices.Contains([]string{"original", "blocks", "comments", "origins", "decisions"}, m[1]) {
			want = append(want, m[1])
		}
	}
	if !slices.Equal(printable, want) {
		t.Errorf("-p prints\n%q, records hold\n%q", printable, want)
	}
	for _, f := range printable {
		if !regexp.MustCompile(`\b` + f + `\b`).MatchString(aboutFormats) {
			t.Errorf("winnow help formats does not name %s", f)
		}
	}
}

func TestNearest(t *testing.T) {
	known := []string{"inspect", "rules", "learn", "jsonl", "json", "ad", "paywall"}
	for word, want := range map[string]string{
		"inspct": "inspect", "inpsect": "inspect", "INSPECT": "inspect", "rule": "rules", "lean": "learn", "jsnol": "jsonl", "adverts": "ad",
		"pay": "paywall", "paywal": "paywall", "yaml": "", "x": "", "": "", "something": "", "html": "",
	} {
		if got := nearest(word, known); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
