package corpora

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/bench/score"
)

// layoutCopy copies a layout from testdata; with packed its page files are
// gzipped.
func layoutCopy(t *testing.T, name string, packed bool) string {
	t.Helper()
	dir := t.TempDir()
	src := filepath.Join("testdata", name)
	err := filepath.WalkDir(src, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(src, path)
		if err != nil {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, rel)
		if packed && strings.HasSuffix(to, ".html") {
			var z bytes.Buffer
			w := gzip.NewWriter(&z)
			w.Write(b)
			w.Close()
			to, b = to+".gz", z.Bytes()
		}
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			return err
		}
		return os.WriteFile(to, b, 0o666)
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// openAll opens every corpus at a path.
func openAll(t *testing.T, path string) []*Corpus {
	t.Helper()
	sets, err := Find(path)
	if err != nil {
		t.Fatal(err)
	}
	var cs []*Corpus
	for _, s := range sets {
		c, err := s.Open()
		if err != nil {
			t.Fatal(err)
		}
		if c.Name != s.Name {
			t.Errorf("found as %q, opened as %q", s.Name, c.Name)
		}
		cs = append(cs, c)
	}
	return cs
}

func TestLayouts(t *testing.T) {
	for _, tt := range []struct {
		layout string
		packed bool
		want   []Corpus
	}{
		{"scrapinghub", true, []Corpus{{
			Name: "article-extraction-benchmark", Metric: score.Shingle, Decode: UTF8, Source: "scrapinghub/article-extraction-benchmark",
			Skipped: map[string]int{"no page file": 1},
			Pages: []Page{
				{ID: "a1", URL: "https://tower.example/owls", Type: "article", Lang: "en", Gold: score.Gold{Text: "Two owls moved into the tower."}},
				{ID: "b2", URL: "https://harbour.example/ferry", Type: "article", Gold: score.Gold{Text: "The ferry leaves at nine.\n\nIt is back by noon."}},
			}}}},
		{"wcxb", true, []Corpus{
			{Name: "wcxb-dev", Metric: score.Word, Decode: UTF8, Source: "Murrough-Foley/web-content-extraction-benchmark",
				Pages: []Page{
					{ID: "0001", URL: "https://bread.example/rye", Type: "article", Lang: "en", Title: "Rye", Author: "Ada Crumb", Date: "2025-02-03",
						Gold: score.Gold{Text: "Rye needs time.", With: []string{"needs time"}, Without: []string{"Subscribe"}}},
					{ID: "0002", URL: "https://bread.example/shop", Type: "product", Lang: "de",
						Gold: score.Gold{Text: "A loaf of two pounds.", With: []string{}, Without: []string{}}},
				}},
			{Name: "wcxb-test", Metric: score.Word, Decode: UTF8, Source: "Murrough-Foley/web-content-extraction-benchmark",
				Pages: []Page{{ID: "0007", URL: "https://bread.example/faq", Type: "documentation", Gold: score.Gold{Text: "Ask the baker."}}}},
		}},
		{"readability", false, []Corpus{{
			Name: "readability", Metric: score.Word, Decode: UTF8, Source: "mozilla/readability",
			Skipped: map[string]int{"no source.html or no expected.html": 1},
			Pages: []Page{{ID: "mill-1", URL: "http://fakehost/test/page.html", Type: "article", Lang: "fr", Title: "Le moulin", Author: "Luc Vent", Date: "2024-01-02",
				Gold: score.Gold{Text: "Le moulin tourne.\nIl fait froid."}}}}}},
		{"fundus", true, []Corpus{{
			Name: "fundus", Metric: score.Word, Decode: UTF8, Source: "flairNLP/fundus",
			Skipped: map[string]int{"page covers no text": 1},
			Pages: []Page{{ID: "xx-DailyPebble_2025_04_05", URL: "https://pebble.example/round", Type: "article", Lang: "sv",
				Title: "Pebbles", Author: "Sten Grus; Ala Sand", Date: "2025-04-05 06:00:00+00:00",
				Gold: score.Gold{Text: "Pebbles are round.\nThe river made them.\nHow long\nA thousand years."}}}}}},
	} {
		t.Run(tt.layout, func(t *testing.T) {
			got := openAll(t, layoutCopy(t, tt.layout, tt.packed))
			if len(got) != len(tt.want) {
				t.Fatalf("%d corpora, want %d", len(got), len(tt.want))
			}
			for k, c := range got {
				for i := range c.Pages {
					b, err := c.Pages[i].Bytes()
					if err != nil || !bytes.Contains(b, []byte("<html")) {
						t.Errorf("page %s: %q, %v", c.Pages[i].ID, b, err)
					}
					c.Pages[i].file = ""
				}
				if !reflect.DeepEqual(*c, tt.want[k]) {
					t.Errorf("got  %+v\nwant %+v", *c, tt.want[k])
				}
			}
		})
	}
}

func TestPackedAndFind(t *testing.T) {
	dir := t.TempDir() // a folder of folders, as clones lie side by side
	for _, name := range []string{"packed", "readability"} {
		if err := os.Rename(layoutCopy(t, name, false), filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	cs := openAll(t, dir)
	if len(cs) != 2 {
		t.Errorf("%d corpora, want 2", len(cs))
	}
	var c *Corpus
	for _, x := range cs {
		if x.Name == "tiny-dev" {
			c = x
		}
	}
	if c == nil || len(c.Pages) != 3 || c.Metric != score.Word || c.Decode != UTF8 {
		t.Fatalf("packed corpus: %+v", c)
	}
	if p := c.Page("w3"); p == nil || p.Type != "forum" || p.Lang != "en" {
		t.Errorf("page w3: %+v", p)
	}
	if c.Page("w9") != nil {
		t.Error("found a page that is not there")
	}
	if got := c.Sample(2); len(got) != 2 || got[0].ID != "w1" || got[1].ID != "w2" {
		t.Errorf("sample: %+v", got)
	}
	if _, err := Find(t.TempDir()); !errors.Is(err, ErrNone) {
		t.Errorf("empty folder: %v", err)
	}
}

// What is wrong with a set is said when it is opened, not when it is found.
func TestOpen(t *testing.T) {
	dir := t.TempDir()
	for path, content := range map[string]string{
		"bad/corpus.json":          `{"name": `,
		"new/corpus.json":          `{"name": "new-dev", "metric": "taste"}`,
		"empty/corpus.json":        `{"name": "empty-dev", "metric": "word"}`,
		"empty/pages.jsonl":        "",
		"bare/corpus.json":         `{"name": "bare-dev", "metric": "word"}`,
		"trees/one/page.html.gz":   "",
		"packed/corpus.json":       `{"name": "trees-dev", "metric": "structure"}`,
		"clone/tests/evaldata.py":  "EVAL_PAGES = {}",
		"tokens/corpus.json":       `{"name": "tokens-dev", "metric": "token"}`,
		"tokens/pages.jsonl":       `{"id": "t", "html": "t.html", "gold": "A\nb", "optional": ["A"], "comments": "c"}`,
		"unrelated/notes/todo.txt": "",
	} {
		file := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	sets, err := Find(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"bad":        "corpus.json: unexpected end",
		"new-dev":    `unknown metric "taste"`,
		"empty-dev":  "no usable page",
		"bare-dev":   "no pages.jsonl",
		"trees":      "structure, compares markup",
		"trees-dev":  "structure, compares markup",
		"clone":      "pack.py",
		"tokens-dev": "",
	}
	for _, s := range sets {
		says, ok := want[s.Name]
		delete(want, s.Name)
		c, err := s.Open()
		switch {
		case !ok:
			t.Errorf("found %q", s.Name)
		case says != "" && (err == nil || !strings.Contains(err.Error(), says)):
			t.Errorf("%s: %v, want %q", s.Name, err, says)
		case says == "" && err != nil:
			t.Errorf("%s: %v", s.Name, err)
		case says == "" && !reflect.DeepEqual(c.Pages[0].Gold, score.Gold{Text: "A\nb", Optional: []string{"A"}}):
			t.Errorf("%s: %+v", s.Name, c.Pages[0].Gold)
		}
	}
	for name := range want {
		t.Errorf("%s was not found", name)
	}
}

func TestFingerprint(t *testing.T) {
	dir := layoutCopy(t, "packed", false)
	fingerprint := func() string {
		s, err := openAll(t, dir)[0].Fingerprint()
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := fingerprint()
	if again := fingerprint(); again != first {
		t.Fatalf("%s, then %s", first, again)
	}
	if err := os.WriteFile(filepath.Join(dir, "html", "w2.html"), []byte("<p>other</p>"), 0o666); err != nil {
		t.Fatal(err)
	}
	if fingerprint() == first {
		t.Error("a page changed, the fingerprint did not")
	}
	c := openAll(t, dir)[0]
	c.Metric = score.Token
	plain, err := c.Fingerprint()
	if err != nil {
		t.Fatal(err)
	}
	c.Pages[0].Optional = []string{"The well"}
	if optional, err := c.Fingerprint(); err != nil || optional == plain {
		t.Errorf("optional lines changed, the fingerprint did not (%v)", err)
	}
}

func TestAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/x?y": "https://a.example/x?y",
		"":                      "https://example.org/",
		"no url":                "https://example.org/",
		"https://a.example/%zz": "https://example.org/",
	} {
		p := Page{URL: in}
		if got := p.Address().String(); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestVisibleText(t *testing.T) {
	for in, want := range map[string]string{
		"<p>one <b>t</b>wo\n three</p><div>four</div>five<br>six":       "one two three\nfour\nfive\nsix",
		"<ul><li>a<li>b</ul><script>x</script><custom-x>c</custom-x> d": "a\nb\nc d",
		"<p>a</p><svg><text>no</text></svg><textarea>no</textarea><p>b": "a\nb",
	} {
		doc, err := html.Parse(strings.NewReader(in))
		if err != nil {
			t.Fatal(err)
		}
		if got := VisibleText(doc); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestFlat(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "dev.jsonl")
	const doc = `{"id":"a#text","page":"wcxb/a","lang":"en","flattener":"text","lines":[{"text":"Menu","label":"drop","cat":"nav","by":"t"},{"text":"One. Two","label":"edit","segs":[{"t":"One.","k":true},{"t":"Two","k":false}]}]}` + "\n"
	if err := os.WriteFile(path, []byte(doc), 0o666); err != nil {
		t.Fatal(err)
	}
	docs, fingerprint, err := Flat(path)
	if err != nil || len(docs) != 1 || len(fingerprint) != 32 {
		t.Fatalf("%+v, %q, %v", docs, fingerprint, err)
	}
	want := score.Flat{ID: "a#text", Page: "wcxb/a", Lang: "en", Flattener: "text", Lines: []score.Line{
		{Text: "Menu", Label: score.Drop, Cat: "nav", By: "t"},
		{Text: "One. Two", Label: score.Edit, Runs: []score.Run{{Text: "One.", Keep: true}, {Text: "Two"}}},
	}}
	if !reflect.DeepEqual(docs[0], want) || docs[0].Input() != "Menu\nOne. Two" || docs[0].Source() != "wcxb" {
		t.Errorf("%+v", docs[0])
	}
	if inDir, again, err := Flat(dir); err != nil || len(inDir) != 1 || again != fingerprint {
		t.Errorf("folder: %v, %v", inDir, err)
	}
	if _, _, err := Flat(filepath.Join(dir, "absent")); err == nil {
		t.Error("no error for a file that is absent")
	}
}
