package corpora

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/winnowtext/winnow/bench/score"
)

// Scraped reads the labelled ones of the texts that scrapers left: pool.jsonl, packed or
// not, and labels.jsonl of a folder.
func Scraped(dir string) ([]*score.Labelled, error) {
	type labels struct {
		ID       string
		Residue  [][3]any
		Optional [][2]int
	}
	byID := map[string]*labels{}
	err := eachObject(filepath.Join(dir, "labels.jsonl"), func(l *labels) error {
		byID[l.ID] = l
		return nil
	})
	if err != nil {
		return nil, err
	}
	type record struct{ ID, Source, Site, Lang, Form, Text string }
	var texts []*score.Labelled
	pool := existing(filepath.Join(dir, "pool.jsonl.gz"), filepath.Join(dir, "pool.jsonl"))
	if pool == "" {
		return nil, fmt.Errorf("%s: no pool.jsonl or pool.jsonl.gz", dir)
	}
	err = eachObject(pool, func(r *record) error {
		l := byID[r.ID]
		if l == nil {
			return nil
		}
		delete(byID, r.ID)
		t := &score.Labelled{ID: r.ID, Source: r.Source, Site: r.Site, Lang: r.Lang, Form: r.Form, Text: []rune(r.Text)}
		for _, s := range l.Residue {
			from, ok1 := s[0].(float64)
			to, ok2 := s[1].(float64)
			kind, ok3 := s[2].(string)
			if !ok1 || !ok2 || !ok3 {
				return fmt.Errorf("%s: a label is no start, end and kind: %v", r.ID, s)
			}
			t.Residue = append(t.Residue, score.Span{Start: int(from), End: int(to), Kind: kind})
		}
		for _, s := range l.Optional {
			t.Optional = append(t.Optional, score.Span{Start: s[0], End: s[1]})
		}
		for _, s := range append(t.Residue, t.Optional...) {
			if s.Start < 0 || s.Start >= s.End || s.End > len(t.Text) {
				return fmt.Errorf("%s: a label lies outside of the text: %d to %d", r.ID, s.Start, s.End)
			}
		}
		texts = append(texts, t)
		return nil
	})
	if err == nil && len(byID) > 0 {
		err = fmt.Errorf("%s: %d labelled texts are not in the pool", dir, len(byID))
	}
	return texts, err
}

// eachObject calls f for every object of a file, packed or not.
func eachObject[T any](path string, f func(*T) error) error {
	b, err := readFile(path)
	if err != nil {
		return err
	}
	n := 0
	for dec := json.NewDecoder(bytes.NewReader(b)); dec.More(); n++ {
		v := new(T)
		if err := dec.Decode(v); err != nil {
			return fmt.Errorf("%s: object %d: %w", path, n+1, err)
		}
		if err := f(v); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

// A Case is a text of a folder and what should be made of it.
type Case struct{ Name, Dirty, Gold string }

// Cases reads the texts of a folder, or those whose names match the pattern at the end
// of the path: NAME.gold.txt is what should be made of NAME.dirty.txt or NAME.txt. Names
// begin with the folder's. Golds of other inputs are passed over.
func Cases(path string) ([]Case, error) {
	const end = ".gold.txt"
	if s, err := os.Stat(path); err == nil && s.IsDir() {
		path = filepath.Join(path, "*")
	}
	golds, err := filepath.Glob(path + end)
	if err != nil {
		return nil, err
	}
	var cases []Case
	for _, file := range golds {
		base := strings.TrimSuffix(file, end)
		dirty := existing(base+".dirty.txt", base+".txt")
		if dirty == "" {
			continue
		}
		in, err := readFile(dirty)
		if err != nil {
			return nil, err
		}
		gold, err := readFile(file)
		if err != nil {
			return nil, err
		}
		name := filepath.Join(filepath.Base(filepath.Dir(base)), filepath.Base(base))
		cases = append(cases, Case{filepath.ToSlash(name), string(in), string(gold)})
	}
	if len(cases) == 0 {
		return nil, fmt.Errorf("%s: %w", path, ErrNone)
	}
	return cases, nil
}
