package corpora

import (
	"fmt"
	"path/filepath"

	"github.com/winnowtext/winnow/bench/score"
)

// loadTrafilatura reads github.com/adbar/trafilatura as of version 2:
// tests/evaldata.py assigns EVAL_PAGES, a dictionary from URL to file name,
// wanted snippets (with) and unwanted ones (without); the page lies in
// tests/cache or tests/eval. Entries without a file are skipped, as its own
// evaluation does. The pages are as fetched, in several encodings.
func loadTrafilatura(dir string) ([]*Corpus, error) {
	path := filepath.Join(dir, "tests", "evaldata.py")
	b, err := readFile(path)
	if err != nil {
		return nil, err
	}
	v, err := parsePython(string(b), "EVAL_PAGES")
	if err != nil {
		return nil, fmt.Errorf("evaldata.py: %w", err)
	}
	pages, ok := v.(*pyDict)
	if !ok {
		return nil, fmt.Errorf("evaldata.py: EVAL_PAGES is no dictionary")
	}
	c := &Corpus{Name: "trafilatura", Metric: score.Snippet, Decode: Mixed, Source: "adbar/trafilatura"}
	for _, u := range pages.keys {
		item, ok := pages.values[u].(*pyDict)
		if !ok || item.str("file") == "" {
			c.skip("no file named")
			continue
		}
		name := filepath.FromSlash(item.str("file"))
		if !filepath.IsLocal(name) {
			c.skip("file outside the folder")
			continue
		}
		file := existing(filepath.Join(dir, "tests", "cache", name), filepath.Join(dir, "tests", "eval", name))
		if file == "" {
			c.skip("no page file")
			continue
		}
		c.Pages = append(c.Pages, Page{ID: item.str("file"), URL: u, Type: "mixed",
			Gold:  score.Gold{With: item.list("with"), Without: item.list("without")},
			Title: item.str("title"), Author: item.str("author"), Date: item.str("date"), file: file})
	}
	return []*Corpus{c}, c.setLang()
}
