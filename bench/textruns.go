package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/winnowtext/winnow/bench/corpora"
	"github.com/winnowtext/winnow/bench/score"
)

// textPlaces says where the texts of a run are; what is empty is not scored.
type textPlaces struct {
	*places
	scraped, seeds, cases string
	without               []string // sites
}

// A textRecord is what became of a text. Its id is the text's, then # and a form where
// the text was set anew.
type textRecord struct {
	ID        string        `json:"id"`
	Source    string        `json:"source"`
	Text      string        `json:"text"`
	Decisions []score.Piece `json:"decisions"`
	Same      bool          `json:"same"` // nothing but white space changed
}

// eachRecord calls f for every record of a file of a run.
func eachRecord(run, set string, f func(*textRecord) error) error {
	path := filepath.Join(run, set+".jsonl")
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	n := 0
	for dec := json.NewDecoder(bufio.NewReaderSize(in, 1<<20)); dec.More(); n++ {
		var r textRecord
		if err := dec.Decode(&r); err != nil {
			return fmt.Errorf("%s: record %d: %w", path, n+1, err)
		}
		r.ID = cmp.Or(r.ID, strings.TrimSuffix(filepath.Base(r.Source), ".txt"))
		if err := f(&r); err != nil {
			return fmt.Errorf("%s: %s: %w", path, r.ID, err)
		}
	}
	return nil
}

// Sets of a run, a file each.
const (
	scrapedSet = "scraped"
	residueSet = "residue"
	goldsSet   = "golds"
	seedsSet   = "seeds"
	casesSet   = "cases"
)

// wholePages begins the name of collections of whole pages.
const wholePages = "dumps"

// Groups of scraped texts.
const (
	groupAll    = "all"
	groupTexts  = "without whole pages"
	groupPages  = "whole pages"
	groupOthers = "without whole pages, sites"
)

// textFigures are what a run over texts is worth. A set that the run does not hold, or
// of which nobody said where it is, is nil.
type textFigures struct {
	name    string
	scraped map[string]*score.Removal // by group, form=..., lang=... and source=...
	kinds   map[string]score.Removal
	siteF1  float64 // mean over sites with residue, without whole pages
	sites   int
	residue *textScore
	joined  map[string]*score.Removal // flattened documents by form
	golds   map[string]*score.Removal // by corpus/form
	removed map[removedKey]*removedCount
	seeds   map[string]*rightCount // by form
	cases   map[string]*rightCount // by folder, and its golds by folder and goldMark
}

type removedKey struct{ kind, rule string }

type removedCount struct{ pieces, words int }

// rightCount is how many of the texts are as they should be.
type rightCount struct {
	right, all int
	wrong      []string
}

func (c *rightCount) add(name string, right bool) {
	c.all++
	if right {
		c.right++
	} else {
		c.wrong = append(c.wrong, name)
	}
}

func (c *rightCount) String() string {
	if c.all == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", c.right, c.all)
}

// group is the entry of m of that name, made where there is none.
func group[K comparable, V any](m map[K]*V, key K) *V {
	if m[key] == nil {
		m[key] = new(V)
	}
	return m[key]
}

// measureRun scores a run. What is removed from golds is written to list as tab
// separated values. Sets whose place nobody named are passed over.
func (at *textPlaces) measureRun(ctx context.Context, run string, list, log io.Writer) (*textFigures, error) {
	f := &textFigures{name: filepath.Base(run)}
	scored := 0
	for _, s := range []struct {
		set, place, variable string
		measure              func() error
	}{
		{scrapedSet, at.scraped, envScraped, func() error { return at.measureScraped(f, run) }},
		{residueSet, at.residue, envResidue, func() error { return at.measureResidue(ctx, f, run) }},
		{goldsSet, at.corpora, envCorpora, func() error { return at.measureGolds(f, run, list) }},
		{seedsSet, at.seeds, envSeeds, func() error { return at.measureSeeds(f, run) }},
		{casesSet, at.cases, envCases, func() error { return at.measureCases(f, run) }},
	} {
		file := filepath.Join(run, s.set+".jsonl")
		if _, err := os.Stat(file); os.IsNotExist(err) {
			continue
		}
		if s.place == "" {
			fmt.Fprintf(log, "%s: passed over: set %s to score it\n", file, s.variable)
			continue
		}
		if err := s.measure(); err != nil {
			return nil, err
		}
		scored++
	}
	if scored == 0 {
		return nil, fmt.Errorf("%s: no set to score", run)
	}
	return f, nil
}

// errLacks says that a run does not hold all that it is scored on.
func errLacks(run, set string, n int, missing string) error {
	return fmt.Errorf("%s: %d texts are missing, such as %s", filepath.Join(run, set+".jsonl"), n, missing)
}

func (at *textPlaces) measureScraped(f *textFigures, run string) error {
	texts, err := corpora.Scraped(at.scraped)
	if err != nil {
		return err
	}
	byID := map[string]*score.Labelled{}
	for _, t := range texts {
		byID[t.ID] = t
	}
	groups, kinds, sites := map[string]*score.Removal{}, map[string]score.Removal{}, map[string]*score.Removal{}
	err = eachRecord(run, scrapedSet, func(r *textRecord) error {
		t := byID[r.ID]
		if t == nil {
			return nil
		}
		delete(byID, r.ID)
		n, ks, err := t.Score(r.Decisions)
		if err != nil {
			return err
		}
		whole := strings.HasPrefix(t.Source, wholePages)
		names := []string{groupAll, groupTexts, "form=" + t.Form, "lang=" + t.Lang, "source=" + t.Source}
		switch {
		case whole:
			names[1] = groupPages
		case len(at.without) > 0 && !slices.Contains(at.without, t.Site):
			names = append(names, groupOthers)
		}
		for _, name := range names {
			group(groups, name).Add(n)
		}
		if !whole {
			group(sites, cmp.Or(t.Site, t.Source)).Add(n)
		}
		for k, v := range ks {
			v.Add(kinds[k])
			kinds[k] = v
		}
		return nil
	})
	if err != nil {
		return err
	}
	for id := range byID {
		return errLacks(run, scrapedSet, len(byID), id)
	}
	f.scraped, f.kinds = groups, kinds
	for _, n := range sites {
		if n.Residue > 0 {
			f.sites++
			f.siteF1 += n.F1()
		}
	}
	f.siteF1 /= float64(max(1, f.sites))
	return nil
}

func (at *textPlaces) measureResidue(ctx context.Context, f *textFigures, run string) error {
	docs, _, err := corpora.Flat(at.residue)
	if err != nil {
		return err
	}
	type key struct {
		doc  *score.Flat
		form string
	}
	byID := map[string]key{}
	for i := range docs {
		d := &docs[i]
		byID[d.ID] = key{d, asItIs}
		for _, form := range []string{"spaced", "glued"} {
			byID[d.ID+"#"+form] = key{d, form}
		}
	}
	var preds []prediction
	joined := map[string]*score.Removal{}
	err = eachRecord(run, residueSet, func(r *textRecord) error {
		k, ok := byID[r.ID]
		if !ok {
			return nil
		}
		delete(byID, r.ID)
		if k.form == asItIs {
			preds = append(preds, prediction{ID: r.ID, Text: r.Text})
		}
		if k.doc.Partial {
			return nil
		}
		n, _, err := k.doc.Labelled().Score(r.Decisions)
		group(joined, k.form).Add(n)
		return err
	})
	if err != nil {
		return err
	}
	for id := range byID {
		return errLacks(run, residueSet, len(byID), id)
	}
	f.joined = joined
	f.residue, err = scoreDocs(ctx, docs, preds, runtime.NumCPU())
	return err
}

// asItIs is the form of a text that was not set anew.
const asItIs = "lines"

func (at *textPlaces) measureGolds(f *textFigures, run string, list io.Writer) error {
	sets, err := at.sets()
	if err != nil {
		return err
	}
	golds, articles := map[string]*score.Labelled{}, map[string]int{} // by id; how many by corpus
	open := func(name string) error {
		s := byName(sets, name)
		if s == nil {
			return fmt.Errorf("no corpus %q under %s", name, at.corpora)
		}
		c, err := s.Open()
		if err != nil {
			return err
		}
		for i := range c.Pages {
			if p := &c.Pages[i]; p.Type == articleType && p.Gold.Text != "" {
				golds[name+"/"+p.ID] = &score.Labelled{ID: p.ID, Source: name, Text: []rune(p.Gold.Text)}
				articles[name]++
			}
		}
		return nil
	}
	groups, removed := map[string]*score.Removal{}, map[removedKey]*removedCount{}
	err = eachRecord(run, goldsSet, func(r *textRecord) error {
		corpus, _, _ := strings.Cut(r.ID, "/")
		if _, ok := articles[corpus]; !ok {
			if err := open(corpus); err != nil {
				return err
			}
		}
		id, form := r.ID, asItIs
		t := golds[id]
		if k := strings.LastIndexByte(id, '#'); t == nil && k >= 0 {
			id, form = id[:k], id[k+1:]
			t = golds[id]
		}
		if t == nil {
			return fmt.Errorf("no article of %s", corpus)
		}
		if r.Same {
			r.Decisions = []score.Piece{{Text: string(t.Text), Kept: true}}
		}
		n, _, err := t.Score(r.Decisions)
		if err != nil {
			return err
		}
		// Here a text is clean when nothing went, were it not even a word.
		n.Clean = 1
		for _, p := range r.Decisions {
			if p.Kept {
				continue
			}
			n.Clean = 0
			c := group(removed, removedKey{p.Kind, p.Rule})
			c.pieces++
			c.words += score.CountWords(p.Text)
			if list != nil {
				odds := ""
				if p.P > 0 {
					odds = f3(p.P)
				}
				fmt.Fprintln(list, strings.Join([]string{id, form, p.Kind, p.Rule, odds, score.Squeeze(p.Text)}, "\t"))
			}
		}
		group(groups, corpus+"/"+form).Add(n)
		return nil
	})
	if err != nil {
		return err
	}
	for name, n := range groups {
		corpus, _, _ := strings.Cut(name, "/")
		if n.Docs < articles[corpus] {
			return errLacks(run, goldsSet, articles[corpus]-n.Docs, name)
		}
	}
	f.golds, f.removed = groups, removed
	return nil
}

func (at *textPlaces) measureSeeds(f *textFigures, run string) error {
	cases, err := corpora.Cases(at.seeds)
	if err != nil {
		return err
	}
	golds := map[string]string{}
	for _, c := range cases {
		golds[c.Name] = c.Gold
	}
	counts := map[string]*rightCount{}
	err = eachRecord(run, seedsSet, func(r *textRecord) error {
		name, form, set := strings.Cut(r.ID, "#")
		gold, ok := golds[name]
		switch {
		case !ok:
		case set:
			group(counts, form).add(r.ID, sameText(r.Text, gold))
		default: // white space counts, too
			group(counts, asItIs).add(r.ID, strings.TrimRight(r.Text, "\n") == strings.TrimRight(gold, "\n"))
		}
		return nil
	})
	if err != nil {
		return err
	}
	for form, c := range counts {
		if c.all < len(cases) {
			return errLacks(run, seedsSet, len(cases)-c.all, form)
		}
	}
	f.seeds = counts
	return nil
}

// goldMark ends the ids of golds among the cases, and the names of their groups.
const goldMark = "#gold"

func (at *textPlaces) measureCases(f *textFigures, run string) error {
	byName := map[string]string{}
	for _, path := range filepath.SplitList(at.cases) {
		cases, err := corpora.Cases(path)
		if err != nil {
			return err
		}
		for _, c := range cases {
			byName[c.Name], byName[c.Name+goldMark] = c.Gold, c.Gold
		}
	}
	counts := map[string]*rightCount{}
	err := eachRecord(run, casesSet, func(r *textRecord) error {
		gold, ok := byName[r.ID]
		if !ok {
			return nil
		}
		delete(byName, r.ID)
		folder, _, _ := strings.Cut(r.ID, "/")
		if strings.HasSuffix(r.ID, goldMark) {
			folder += goldMark
		}
		group(counts, folder).add(r.ID, sameText(r.Text, gold))
		return nil
	})
	if err != nil {
		return err
	}
	for name := range byName {
		return errLacks(run, casesSet, len(byName), name)
	}
	f.cases = counts
	return nil
}

// sameText reports whether two texts are the same but for white space, soft hyphens and
// the marks of list items.
func sameText(a, b string) bool { return bare(a) == bare(b) }

func bare(s string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.ReplaceAll(s, "\u00ad", ""), "\n") {
		words := strings.Fields(line)
		if len(words) > 0 && words[0] == "-" {
			words = words[1:]
		}
		for _, w := range words {
			b.WriteString(w)
		}
	}
	return b.String()
}

// newsGolds are the corpora whose golds were made by hand or for each site: what is
// removed there is the article's.
var newsGolds = []string{"andy-dev", "fundus-dev"}

// goldsOf adds up the golds of a form, of newsGolds or of the others.
func (f *textFigures) goldsOf(form string, news bool) *score.Removal {
	var sum score.Removal
	for name, n := range f.golds {
		if corpus, of, _ := strings.Cut(name, "/"); of == form && slices.Contains(newsGolds, corpus) == news {
			sum.Add(*n)
		}
	}
	return &sum
}

// formsOf lists the forms that the keys of m are or end in, in the order of the tables.
func formsOf[V any](m map[string]V) []string {
	var out []string
	order := []string{asItIs, "spaced", "glued", "wrapped", "indented"}
	for name := range m {
		_, form, ok := strings.Cut(name, "/")
		if !ok {
			form = name
		}
		if !slices.Contains(out, form) {
			out = append(out, form)
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a), slices.Index(order, b)), cmp.Compare(a, b))
	})
	return out
}
