package corpora

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"

	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/bench/score"
)

// loadReadability reads github.com/mozilla/readability as of 0.5 and later:
// test/test-pages/<name>/ holds source.html, expected.html (the extracted part
// of the page) and expected-metadata.json. The repository compares trees; here
// expected.html becomes text with line breaks around blocks and is compared by
// words.
func loadReadability(dir string) (*Corpus, error) {
	folders, err := filepath.Glob(filepath.Join(dir, "test", "test-pages", "*"))
	if err != nil {
		return nil, err
	}
	c := &Corpus{Name: "readability", Metric: score.Word, Decode: UTF8, Source: "mozilla/readability"}
	for _, f := range folders {
		page, want := existing(filepath.Join(f, "source.html")), existing(filepath.Join(f, "expected.html"))
		if page == "" || want == "" {
			c.skip("no source.html or no expected.html")
			continue
		}
		b, err := readFile(want)
		if err != nil {
			return nil, err
		}
		doc, err := html.Parse(bytes.NewReader(b))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", want, err)
		}
		// The pages are tested under this address.
		p := Page{ID: filepath.Base(f), URL: "http://fakehost/test/page.html", Type: "article",
			Gold: score.Gold{Text: VisibleText(doc)}, file: page}
		if b, err := readFile(filepath.Join(f, "expected-metadata.json")); err == nil {
			var m struct{ Title, Byline, PublishedTime string }
			if err := json.Unmarshal(b, &m); err != nil {
				return nil, fmt.Errorf("%s: expected-metadata.json: %w", f, err)
			}
			p.Title, p.Author, p.Date = m.Title, m.Byline, m.PublishedTime
		}
		c.Pages = append(c.Pages, p)
	}
	return c, c.setLang()
}
