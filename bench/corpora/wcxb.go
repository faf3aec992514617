package corpora

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/winnowtext/winnow/bench/score"
)

// wcxbSets reads github.com/Murrough-Foley/web-content-extraction-benchmark as
// of version 2 (2026): dev and test each hold ground-truth/<id>.json and
// html/<id>.html.gz. An annotation has the url, a ground_truth with
// main_content, with, without, title, author and publish_date, and the page
// type either at the top or under _internal. Each of the two is a corpus.
func wcxbSets(dir string) []Set {
	truths, _ := filepath.Glob(filepath.Join(dir, "*", "ground-truth")) // the pattern is a good one
	var sets []Set
	for _, truth := range truths {
		split := filepath.Dir(truth)
		name := "wcxb-" + filepath.Base(split)
		sets = append(sets, Set{Name: name, Dir: split, load: func() (*Corpus, error) { return loadWCXB(name, split) }})
	}
	return sets
}

func loadWCXB(name, split string) (*Corpus, error) {
	c := &Corpus{Name: name, Metric: score.Word, Decode: UTF8, Source: "Murrough-Foley/web-content-extraction-benchmark"}
	files, err := filepath.Glob(filepath.Join(split, "ground-truth", "*.json"))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		b, err := readFile(f)
		if err != nil {
			return nil, err
		}
		var a wcxbPage
		if err := json.Unmarshal(b, &a); err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
		id := strings.TrimSuffix(filepath.Base(f), ".json")
		page := existing(filepath.Join(split, "html", id+".html.gz"), filepath.Join(split, "html", id+".html"))
		if page == "" {
			c.skip("no page file")
			continue
		}
		g := a.Truth
		c.Pages = append(c.Pages, Page{ID: id, URL: a.URL, Type: a.pageType(),
			Gold:  score.Gold{Text: g.Content, With: g.With, Without: g.Without},
			Title: g.Title, Author: g.Author, Date: g.Date, file: page})
	}
	return c, c.setLang()
}

type wcxbPage struct {
	URL   string
	Truth struct {
		Content       string `json:"main_content"`
		With, Without []string
		Title, Author string
		Date          string `json:"publish_date"`
	} `json:"ground_truth"`
	Type     json.RawMessage `json:"page_type"`
	Internal struct {
		Type json.RawMessage `json:"page_type"`
	} `json:"_internal"`
}

// pageType is the type's name, which is either a string or the field primary
// of an object.
func (a *wcxbPage) pageType() string {
	for _, raw := range []json.RawMessage{a.Type, a.Internal.Type} {
		var name string
		var obj struct{ Primary string }
		if json.Unmarshal(raw, &name) == nil && name != "" {
			return name
		}
		if json.Unmarshal(raw, &obj) == nil && obj.Primary != "" {
			return obj.Primary
		}
	}
	return ""
}
