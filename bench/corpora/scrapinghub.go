package corpora

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"

	"github.com/winnowtext/winnow/bench/score"
)

// loadScrapinghub reads github.com/scrapinghub/article-extraction-benchmark as
// of 2020 and later: ground-truth.json maps an item id to articleBody and url,
// html/<id>.html.gz is the page. Its pages are stored as UTF-8.
func loadScrapinghub(dir string) (*Corpus, error) {
	b, err := readFile(filepath.Join(dir, "ground-truth.json"))
	if err != nil {
		return nil, err
	}
	var items map[string]struct {
		ArticleBody string `json:"articleBody"`
		URL         string `json:"url"`
	}
	if err := json.Unmarshal(b, &items); err != nil {
		return nil, err
	}
	c := &Corpus{Name: "article-extraction-benchmark", Metric: score.Shingle, Decode: UTF8,
		Source: "scrapinghub/article-extraction-benchmark"}
	for _, id := range slices.Sorted(maps.Keys(items)) {
		file := existing(filepath.Join(dir, "html", id+".html.gz"), filepath.Join(dir, "html", id+".html"))
		if file == "" {
			c.skip("no page file")
			continue
		}
		c.Pages = append(c.Pages, Page{ID: id, URL: items[id].URL, Type: "article",
			Gold: score.Gold{Text: items[id].ArticleBody}, file: file})
	}
	return c, c.setLang()
}
