package corpora

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/winnowtext/winnow/bench/score"
)

// packedHead is corpus.json: what holds for all pages of a packed corpus.
type packedHead struct {
	Name   string
	Metric score.Metric
	Decode Encoding
	Source string
}

// packedSets takes the name of a packed corpus from corpus.json. A corpus whose
// corpus.json cannot be read goes by its folder's name, and Open says what is
// wrong, so that the others beside it can be used.
func packedSets(dir string) []Set {
	head, err := readHead(dir)
	s := Set{Name: head.Name, Dir: dir}
	if s.Name == "" {
		s.Name = filepath.Base(dir)
	}
	if head.Metric == structureMetric {
		s.Unfit = structureUnfit
	}
	s.load = func() (*Corpus, error) {
		if err != nil {
			return nil, err
		}
		return loadPacked(dir, head)
	}
	return []Set{s}
}

func readHead(dir string) (head packedHead, err error) {
	b, err := readFile(filepath.Join(dir, "corpus.json"))
	if err != nil {
		return head, err
	}
	if err := json.Unmarshal(b, &head); err != nil {
		return packedHead{}, fmt.Errorf("corpus.json: %w", err)
	}
	return head, nil
}

// loadPacked reads the form this project packs corpora in: corpus.json (name,
// metric, decode, source), pages.jsonl or pages.jsonl.gz with an object a page,
// and the page files it names.
func loadPacked(dir string, head packedHead) (*Corpus, error) {
	if !head.Metric.Known() {
		return nil, fmt.Errorf("unknown metric %q", head.Metric)
	}
	c := &Corpus{Name: head.Name, Metric: head.Metric, Decode: head.Decode, Source: head.Source}
	path := existing(filepath.Join(dir, "pages.jsonl.gz"), filepath.Join(dir, "pages.jsonl"))
	if path == "" {
		return nil, errors.New("no pages.jsonl or pages.jsonl.gz")
	}
	b, err := readFile(path)
	if err != nil {
		return nil, err
	}
	for dec := json.NewDecoder(bytes.NewReader(b)); dec.More(); {
		var p struct {
			ID, URL, HTML, Gold, Lang, Title, Author, Date string
			With, Without, Optional                        []string
			Type                                           string `json:"page_type"`
		}
		if err := dec.Decode(&p); err != nil {
			return nil, fmt.Errorf("%s: page %d: %w", path, len(c.Pages)+1, err)
		}
		c.Pages = append(c.Pages, Page{
			ID: p.ID, URL: p.URL, Type: p.Type, Lang: p.Lang,
			Gold:  score.Gold{Text: p.Gold, With: p.With, Without: p.Without, Optional: p.Optional},
			Title: p.Title, Author: p.Author, Date: p.Date,
			file: filepath.Join(dir, filepath.FromSlash(p.HTML)),
		})
	}
	return c, nil
}
