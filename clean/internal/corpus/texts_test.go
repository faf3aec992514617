package corpus

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// pool writes a folder of texts that scrapers left.
func pool(t *testing.T, texts, labels string) string {
	t.Helper()
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "pool.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	z.Write([]byte(texts))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "labels.jsonl", labels)
	return dir
}

const texts = `{"id":"a","source":"cells","site":"www.example.co.uk","lang":"de","form":"one line","text":"Größer. Mehr: Ülm"}
{"id":"b","source":"files","site":"","lang":"en","form":"one line","text":"No label."}
`

func TestReadScraped(t *testing.T) {
	got, err := ReadScraped(pool(t, texts, `{"id":"a","residue":[[8,17,"readmore"]],"optional":[[0,3]]}`+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	a, b := got[0], got[1]
	want := &Labels{Residue: []Span{{10, 20, "readmore"}}, Optional: []Span{{0, 4, ""}}}
	if !reflect.DeepEqual(a.Labels, want) || a.Text[10:20] != "Mehr: Ülm" {
		t.Errorf("labels %v, want %v", a.Labels, want)
	}
	if a.Site() != "example.co.uk" || b.Site() != "files" || b.Labels != nil {
		t.Errorf("sites %q, %q, labels %v", a.Site(), b.Site(), b.Labels)
	}
}

func TestReadScrapedRefuses(t *testing.T) {
	for labels, want := range map[string]string{
		`{"id":"a","residue":[[8,18,"readmore"]]}`: "outside of the text",
		`{"id":"a","optional":[[5,5]]}`:            "outside of the text",
		`{"id":"a","residue":[[1,2,3]]}`:           "no start, end and kind",
		`{"id":"c"}`:                               "1 labelled texts are not in the pool",
		`{"id":`:                                   "labels.jsonl: ",
	} {
		if _, err := ReadScraped(pool(t, texts, labels+"\n")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", labels, err, want)
		}
	}
}

func TestSet(t *testing.T) {
	word := strings.Repeat("ä", 34)
	text := word + " " + word + " " + word + "\n\nEnd.\n"
	for form, want := range map[string]string{
		"lines":    text,
		"spaced":   word + " " + word + " " + word + " End.",
		"glued":    word + " " + word + " " + word + "End.",
		"wrapped":  word + " " + word + "\n" + word + "\n\nEnd.",
		"indented": "   " + word + " " + word + "\n   " + word + "\n\n   End.", // 72 columns
	} {
		if got := Set(text, form); got != want {
			t.Errorf("%s: %q, want %q", form, got, want)
		}
	}
}

func TestReadCases(t *testing.T) {
	dir := t.TempDir()
	if _, err := ReadCases(dir); err == nil {
		t.Error("an empty folder was read")
	}
	for name, content := range map[string]string{
		"one.dirty.txt": "d1", "one.gold.txt": "g1", "two.txt": "d2", "two.gold.txt": "g2", "page.html": "", "page.gold.txt": "g3",
	} {
		write(t, dir, name, content)
	}
	one, two := Case{filepath.Base(dir) + "/one", "d1", "g1"}, Case{filepath.Base(dir) + "/two", "d2", "g2"}
	for path, want := range map[string][]Case{dir: {one, two}, filepath.Join(dir, "t*"): {two}} {
		if got, err := ReadCases(path); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, %v, want %v", path, got, err, want)
		}
	}
}
