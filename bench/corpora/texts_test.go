package corpora

import (
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/bench/score"
)

// folder writes files and packs those that are called so.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if strings.HasSuffix(name, ".gz") {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			z.Write([]byte(content))
			z.Close()
			content = b.String()
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestScraped(t *testing.T) {
	const pool = `{"id":"a","source":"cells","site":"example.org","lang":"de","form":"one line","text":"Größer. Mehr: Ülm"}
{"id":"b","source":"cells","text":"No label."}
`
	for labels, want := range map[string]string{
		`{"id":"a","residue":[[8,17,"readmore"]],"optional":[[0,3]]}`: "",
		`{"id":"a","residue":[[8,18,"readmore"]]}`:                    "a: a label lies outside of the text: 8 to 18",
		`{"id":"a","residue":[[1,2,3]]}`:                              "a: a label is no start, end and kind",
		`{"id":"c"}`:                                                  "1 labelled texts are not in the pool",
		`{"id":`:                                                      "labels.jsonl: object 1: ",
	} {
		texts, err := Scraped(folder(t, map[string]string{"pool.jsonl.gz": pool, "labels.jsonl": labels}))
		if want != "" {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %q", labels, err, want)
			}
			continue
		}
		a := &score.Labelled{ID: "a", Source: "cells", Site: "example.org", Lang: "de", Form: "one line", Text: []rune("Größer. Mehr: Ülm"),
			Residue: []score.Span{{Start: 8, End: 17, Kind: "readmore"}}, Optional: []score.Span{{Start: 0, End: 3}}}
		if err != nil || len(texts) != 1 || !reflect.DeepEqual(texts[0], a) {
			t.Errorf("%s: %v, %v", labels, texts, err)
		}
	}
}

func TestCases(t *testing.T) {
	dir := folder(t, map[string]string{
		"one.dirty.txt": "d1", "one.gold.txt": "g1", "two.txt": "d2", "two.gold.txt": "g2", "page.html": "", "page.gold.txt": "g3",
	})
	one, two := Case{filepath.Base(dir) + "/one", "d1", "g1"}, Case{filepath.Base(dir) + "/two", "d2", "g2"}
	for path, want := range map[string][]Case{dir: {one, two}, filepath.Join(dir, "t*"): {two}} {
		if got, err := Cases(path); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, %v, want %v", path, got, err, want)
		}
	}
	if _, err := Cases(t.TempDir()); !errors.Is(err, ErrNone) {
		t.Errorf("an empty folder: %v", err)
	}
}
