package corpora

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/bench/score"
)

// coverMin is the share of a gold text's words its page has to hold.
const coverMin = 0.8

// loadFundus reads the parser tests of github.com/flairNLP/fundus as of 0.5:
// tests/resources/parser/test_data/<country>/ holds for each publisher
// <Publisher>.json, which maps a parser version to what that parser yields
// (title, authors, publishing_date, body with summary and sections), pages
// named <Publisher>_<date>.html.gz, and meta.info with the pages' URLs. The
// files do not say which text belongs to which page, so each page gets the
// text it covers best and is left out when it covers less than coverMin.
func loadFundus(dir string) (*Corpus, error) {
	c := &Corpus{Name: "fundus", Metric: score.Word, Decode: UTF8, Source: "flairNLP/fundus"}
	files, err := filepath.Glob(filepath.Join(dir, "tests", "resources", "parser", "test_data", "*", "*.json"))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		b, err := readFile(f)
		if err != nil {
			return nil, err
		}
		var versions map[string]fundusText
		if err := json.Unmarshal(b, &versions); err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
		urls, err := fundusURLs(filepath.Dir(f))
		if err != nil {
			return nil, err
		}
		pages, err := filepath.Glob(strings.TrimSuffix(f, ".json") + "_*.html.gz")
		if err != nil {
			return nil, err
		}
		for _, page := range pages {
			p, err := fundusPage(page, versions)
			if err != nil {
				return nil, err
			}
			if p == nil {
				c.skip("page covers no text")
				continue
			}
			p.URL = urls[filepath.Base(page)].URL
			c.Pages = append(c.Pages, *p)
		}
	}
	return c, nil
}

type fundusText struct {
	Title   string
	Authors []string
	Date    string `json:"publishing_date"`
	Body    struct {
		Summary  []string
		Sections []struct{ Headline, Paragraphs []string }
	}
}

// text joins summary, section headlines and paragraphs.
func (t *fundusText) text() string {
	lines := slices.Clone(t.Body.Summary)
	for _, s := range t.Body.Sections {
		lines = append(append(lines, s.Headline...), s.Paragraphs...)
	}
	return strings.Join(lines, "\n")
}

func fundusPage(page string, versions map[string]fundusText) (*Page, error) {
	b, err := readFile(page)
	if err != nil {
		return nil, err
	}
	doc, err := html.Parse(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", page, err)
	}
	visible := VisibleText(doc)
	best, cover := fundusText{}, 0.0
	for _, v := range slices.Sorted(maps.Keys(versions)) {
		t := versions[v]
		if r := score.Word.Page(score.Gold{Text: t.text()}, visible).R; t.text() != "" && r > cover {
			best, cover = t, r
		}
	}
	if cover < coverMin {
		return nil, nil
	}
	name := strings.TrimSuffix(filepath.Base(page), ".html.gz")
	return &Page{
		ID: filepath.Base(filepath.Dir(page)) + "-" + name, Type: "article", Lang: pageLang(b),
		Gold:  score.Gold{Text: best.text()},
		Title: best.Title, Author: strings.Join(best.Authors, "; "), Date: best.Date, file: page,
	}, nil
}

// fundusURLs reads meta.info, which maps page files to their addresses.
func fundusURLs(dir string) (map[string]struct{ URL string }, error) {
	var m map[string]struct{ URL string }
	b, err := readFile(filepath.Join(dir, "meta.info"))
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("%s: meta.info: %w", dir, err)
	}
	return m, nil
}
