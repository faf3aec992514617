package corpus

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/memory"
)

// A Scraped is a flattened text as somebody's scraper left it, in a table's cell, a
// file or a dump.
type Scraped struct {
	ID     string `json:"id"`
	Source string `json:"source"` // the collection it comes from
	Host   string `json:"site"`   // empty where it is not known
	Lang   string `json:"lang"`
	Form   string `json:"form"` // how its paragraphs are set
	Text   string `json:"text"`

	// Labels, nil where it has none.
	Labels *Labels `json:"-"`
}

// Labels say what of a text is no part of the article. What is optional may stay or
// go.
type Labels struct {
	Residue, Optional []Span
}

// A Span is a stretch of a text, in bytes.
type Span struct {
	Start, End int
	Kind       string // of residue
}

// Site is the registered domain, or the collection where the site is not known: texts
// of a collection may be of one site.
func (s *Scraped) Site() string {
	if s.Host == "" {
		return s.Source
	}
	return Site(s.Host)
}

// ReadScraped reads pool.jsonl.gz and labels.jsonl of a folder. The offsets of the
// labels are characters there, and sha begins the SHA-256 of the text that was
// labelled: it is an error when the pool holds another one.
func ReadScraped(dir string) ([]Scraped, error) {
	type record struct {
		ID, Sha  string
		Residue  [][3]any
		Optional [][2]int
	}
	labels := map[string]*record{}
	err := eachLine(filepath.Join(dir, "labels.jsonl"), func(line []byte) error {
		var r record
		err := json.Unmarshal(line, &r)
		labels[r.ID] = &r
		return err
	})
	if err != nil {
		return nil, err
	}
	var texts []Scraped
	err = eachLine(filepath.Join(dir, "pool.jsonl.gz"), func(line []byte) error {
		var t Scraped
		err := json.Unmarshal(line, &t)
		if err != nil {
			return err
		}
		if r := labels[t.ID]; r != nil {
			delete(labels, t.ID)
			if sum := sha256.Sum256([]byte(t.Text)); !strings.HasPrefix(hex.EncodeToString(sum[:]), r.Sha) {
				return fmt.Errorf("%s: labels are of another text", t.ID)
			}
			t.Labels = new(Labels)
			at := offsets(t.Text)
			for _, s := range r.Residue {
				from, ok1 := s[0].(float64)
				to, ok2 := s[1].(float64)
				kind, ok3 := s[2].(string)
				if !ok1 || !ok2 || !ok3 {
					return fmt.Errorf("%s: a label is no start, end and kind: %v", t.ID, s)
				}
				if t.Labels.Residue, err = appendSpan(t.Labels.Residue, at, int(from), int(to), kind); err != nil {
					return fmt.Errorf("%s: %w", t.ID, err)
				}
			}
			for _, s := range r.Optional {
				if t.Labels.Optional, err = appendSpan(t.Labels.Optional, at, s[0], s[1], ""); err != nil {
					return fmt.Errorf("%s: %w", t.ID, err)
				}
			}
		}
		texts = append(texts, t)
		return nil
	})
	if err == nil && len(labels) > 0 {
		err = fmt.Errorf("%s: %d labelled texts are not in the pool", dir, len(labels))
	}
	return texts, err
}

// offsets are the bytes at which the characters of s begin, and its end.
func offsets(s string) []int {
	at := make([]int, 0, utf8.RuneCountInString(s)+1)
	for i := range s {
		at = append(at, i)
	}
	return append(at, len(s))
}

// appendSpan appends a span that is given in characters.
func appendSpan(list []Span, at []int, from, to int, kind string) ([]Span, error) {
	if from < 0 || from >= to || to >= len(at) {
		return nil, errors.New("a label lies outside of the text")
	}
	return append(list, Span{at[from], at[to], kind}), nil
}

// Origin is the host, or the collection where the site is not known: what a memory
// knows its texts by.
func (s *Scraped) Origin() string { return cmp.Or(s.Host, s.Source) }

// Remember is a memory of texts.
func Remember(texts []Scraped) *memory.Memory {
	return memory.Learn(func(yield func(memory.Text) bool) {
		for i := range texts {
			if !yield(memory.Text{Site: texts[i].Origin(), Body: texts[i].Text}) {
				return
			}
		}
	})
}
