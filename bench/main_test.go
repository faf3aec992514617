package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// besideBroken is a folder that holds the invented corpus, one whose pages
// cannot be read, one of an unknown metric and one that judges markup.
func besideBroken(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for path, content := range map[string]string{
		"broken/corpus.json":         `{"name": "broken-dev", "metric": "word"}`,
		"broken/pages.jsonl":         `{"id": `,
		"taste/corpus.json":          `{"name": "taste-dev", "metric": "taste"}`,
		"trees-dev/one/expected.md":  "# One",
		"trees-dev/one/page.html.gz": "",
	} {
		file := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(filepath.Join(dir, "tiny"), os.DirFS(tiny)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestCorpusIsChosenFirst(t *testing.T) {
	dir := besideBroken(t)
	scored := "| tiny-dev (3 pages, word)"
	for _, tt := range []struct {
		only string
		code int
		want string
	}{
		{"tiny-dev", 0, scored},
		{"trees-dev,tiny-dev", 0, scored},
		{"trees-dev", 0, "trees-dev: passed over: its metric, structure"},
		{"", 1, "broken-dev: "},
		{"taste-dev", 1, `unknown metric "taste"`},
		{"absent", 1, `no corpus "absent" under ` + dir + "; there are broken-dev, taste-dev, tiny-dev, trees-dev, text"},
	} {
		out, code := bench(t, "run", "--corpora", dir, "--corpus", tt.only, "--peers", "alltext", "--bootstrap", "1")
		if code != tt.code || !strings.Contains(out, tt.want) {
			t.Errorf("--corpus %q: exit %d, want %d and %q:\n%s", tt.only, code, tt.code, tt.want, out)
		}
	}
}
