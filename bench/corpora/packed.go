package corpora

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/winnowtext/winnow/bench/score"
)

// loadPacked reads the form this project packs corpora in: corpus.json (name,
// metric, decode, source), pages.jsonl or pages.jsonl.gz with an object a page,
// and the page files it names.
func loadPacked(dir string) ([]*Corpus, error) {
	b, err := readFile(filepath.Join(dir, "corpus.json"))
	if err != nil {
		return nil, err
	}
	var head struct{ Name, Metric, Decode, Source string }
	if err := json.Unmarshal(b, &head); err != nil {
		return nil, fmt.Errorf("corpus.json: %w", err)
	}
	c := &Corpus{Name: head.Name, Metric: score.Metric(head.Metric), Decode: Encoding(head.Decode), Source: head.Source}
	path := existing(filepath.Join(dir, "pages.jsonl.gz"), filepath.Join(dir, "pages.jsonl"))
	if b, err = readFile(path); err != nil {
		return nil, err
	}
	for dec := json.NewDecoder(bytes.NewReader(b)); dec.More(); {
		var p struct {
			ID, URL, HTML, Gold, Lang, Title, Author, Date string
			With, Without                                  []string
			Type                                           string `json:"page_type"`
		}
		if err := dec.Decode(&p); err != nil {
			return nil, fmt.Errorf("%s: page %d: %w", path, len(c.Pages)+1, err)
		}
		c.Pages = append(c.Pages, Page{
			ID: p.ID, URL: p.URL, Type: p.Type, Lang: p.Lang,
			Gold:  score.Gold{Text: p.Gold, With: p.With, Without: p.Without},
			Title: p.Title, Author: p.Author, Date: p.Date,
			file: filepath.Join(dir, filepath.FromSlash(p.HTML)),
		})
	}
	return []*Corpus{c}, nil
}
