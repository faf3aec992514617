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
		{"trafilatura", false, []Corpus{{
			Name: "trafilatura", Metric: score.Snippet, Decode: Mixed, Source: "adbar/trafilatura",
			Skipped: map[string]int{"no page file": 1, "no file named": 1},
			Pages: []Page{
				{ID: "lake.ice.html", URL: "https://lake.example/ice", Type: "mixed", Lang: "en", Title: "Ice on\nthe lake", Author: "Ida Frost",
					Gold: score.Gold{With: []string{`The ice is "thick" enough`, "don't walk — skate", "glued together"}, Without: []string{`Teilen\d`, "Menü"}}},
				{ID: "old.html", URL: "https://lake.example/old", Type: "mixed", Lang: "de", Gold: score.Gold{With: []string{"Ruderboote"}}},
			}}}},
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
			got, err := Find(layoutCopy(t, tt.layout, tt.packed))
			if err != nil {
				t.Fatal(err)
			}
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
	cs, err := Find(dir)
	if err != nil {
		t.Fatal(err)
	}
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

func TestFingerprint(t *testing.T) {
	dir := layoutCopy(t, "packed", false)
	print := func() string {
		cs, err := Find(dir)
		if err != nil {
			t.Fatal(err)
		}
		s, err := cs[0].Fingerprint()
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := print()
	if again := print(); again != first {
		t.Fatalf("%s, then %s", first, again)
	}
	if err := os.WriteFile(filepath.Join(dir, "html", "w2.html"), []byte("<p>other</p>"), 0o666); err != nil {
		t.Fatal(err)
	}
	if print() == first {
		t.Error("a page changed, the fingerprint did not")
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

func TestParsePython(t *testing.T) {
	v, err := parsePython("X = 1\nDATA: dict = {'a': [1, -2.5, True, None], \"b\": (\"x\", ), 'c': {'s', 't'},\n 'a b': u'\\x41\\u00e4\\101\\q' \\\n 'tail', 'd': ('one'), 'a': []}\nrest(", "DATA")
	if err != nil {
		t.Fatal(err)
	}
	d := v.(*pyDict)
	if want := []string{"a", "b", "c", "a b", "d"}; !reflect.DeepEqual(d.keys, want) {
		t.Errorf("keys %q, want %q", d.keys, want)
	}
	for key, want := range map[string]any{"a": []any{}, "b": []any{"x"}, "c": []any{"s", "t"}, "a b": "AäA\\qtail", "d": "one"} {
		if got := d.values[key]; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %#v, want %#v", key, got, want)
		}
	}
	for _, bad := range []string{"", "DATA = ", "DATA = {", "DATA = {'a' 1}", "DATA = ['a' 'b'", "DATA = f(1)", "DATA = 'open\n'", `DATA = """x`,
		"DATA = " + strings.Repeat("[", 500)} {
		if v, err := parsePython(bad, "DATA"); err == nil {
			t.Errorf("%.20q: no error, got %v", bad, v)
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
	docs, print, err := Flat(path)
	if err != nil || len(docs) != 1 || len(print) != 32 {
		t.Fatalf("%+v, %q, %v", docs, print, err)
	}
	want := score.Flat{ID: "a#text", Page: "wcxb/a", Lang: "en", Flattener: "text", Lines: []score.Line{
		{Text: "Menu", Label: score.Drop, Cat: "nav", By: "t"},
		{Text: "One. Two", Label: score.Edit, Runs: []score.Run{{Text: "One.", Keep: true}, {Text: "Two"}}},
	}}
	if !reflect.DeepEqual(docs[0], want) || docs[0].Input() != "Menu\nOne. Two" || docs[0].Source() != "wcxb" {
		t.Errorf("%+v", docs[0])
	}
	if inDir, again, err := Flat(dir); err != nil || len(inDir) != 1 || again != print {
		t.Errorf("folder: %v, %v", inDir, err)
	}
	if _, _, err := Flat(filepath.Join(dir, "absent")); err == nil {
		t.Error("no error for a file that is absent")
	}
}
