// Command pieces makes the labelled texts that the piece model is trained on: pages,
// whole and thinned, in all forms, labelled by their gold texts; gold texts and texts as they are found with invented residue; texts that a
// reader labelled. See README.md in train/ at the top of the repository.
//
//	pieces docs -out FOLDER    the labelled texts
//	pieces tokens -out FOLDER  hashes of the words of their pieces, for the weights
//	pieces rows -out FOLDER    rows of their pieces, with the weights of each fold
//	pieces screen -out FOLDER  the same for the screen, with what the model of each fold says
//	pieces memory -out FOLDER  rows of pieces with what other texts of the site hold of them
//	pieces check [-memory] [-update]  whether the code still makes what the shipped model was
//	                           trained on
package main

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/piece"
)

func main() {
	if err := command(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pieces:", err)
		os.Exit(1)
	}
}

func command(args []string) error {
	if len(args) == 0 {
		return errors.New("docs, tokens, rows, screen, memory or check: see train/README.md")
	}
	flags := flag.NewFlagSet("pieces "+args[0], flag.ExitOnError)
	var o options
	flags.StringVar(&o.out, "out", "", "folder to write to, and to read what the step before wrote")
	if args[0] == "tokens" || args[0] == "screen" || args[0] == "rows" {
		_ = flags.Parse(args[1:]) // exits
		switch {
		case o.out == "":
			return errors.New("-out names no folder")
		case args[0] == "tokens":
			return tokens(o.out, os.Stdout)
		case args[0] == "screen":
			return screenRows(o.out, os.Stdout)
		}
		return rows(o.out, os.Stdout)
	}
	flags.StringVar(&o.corpora, "corpora", os.Getenv("WINNOW_CORPORA"), "folder of the packed corpora")
	flags.StringVar(&o.wild, "wild", os.Getenv("WINNOW_WILD"), "folder of texts as they are found: pool.jsonl.gz, labels.jsonl")
	flags.StringVar(&o.residue, "residue", os.Getenv("WINNOW_RESIDUE"), "labelled flattened texts, jsonl.gz")
	flags.IntVar(&o.full, "full", 220, "whole pages")
	flags.IntVar(&o.thin, "thin", 1200, "thinned pages")
	flags.IntVar(&o.inject, "inject", 2400, "texts with invented residue")
	flags.IntVar(&o.gold, "gold", 1200, "gold texts")
	flags.Float64Var(&o.residueWeight, "residue-weight", .5, "weight of the labelled flattened texts, 0 leaves them out")
	data := flags.String("data", "clean/internal/piece/data", "check: folder of the shipped model")
	remembered := flags.Bool("memory", false, "check: of the model of memories")
	update := flags.Bool("update", false, "check: write what the code makes now, after training")
	_ = flags.Parse(args[1:]) // exits
	switch args[0] {
	case "docs":
		return run(&o, os.Stdout)
	case "memory":
		return memoryRows(&o, os.Stdout)
	case "check":
		if *remembered {
			return checkMemory(&o, *data, *update)
		}
		docs, _, err := o.documents()
		if err != nil {
			return err
		}
		return check(docs, *data, *update)
	}
	return fmt.Errorf("%s is not docs, tokens, rows, screen, memory or check", args[0])
}

type options struct {
	corpora, wild, residue, out string
	full, thin, inject, gold    int
	residueWeight               float64
}

// Weights of documents by kind. Texts that a reader labelled are what the model is for,
// and few; a gold has omissions, and keeps some residue; whole pages are rare among
// what is to be cleaned, and would outweigh all else by their length.
var weights = map[string]float64{"wild": 3, "inject": 1.5, "thin": 1, "full": .3, "gold": .7}

// Bounds of documents, in characters: training on a few long ones is training on those.
const (
	maxPage    = 12000
	maxResidue = 30000
	minClean   = 500
	maxClean   = 15000
)

// Carriers.
const (
	perSite     = 45  // found texts of one site
	perLanguage = 160 // gold texts of one language
)

// englishShare is the share of English among pages, at least.
const englishShare = .6

// thinnedCopies is how many thinned texts a page makes.
const thinnedCopies = 2

// run makes the documents and writes them.
func run(o *options, report io.Writer) error {
	if o.out == "" {
		return errors.New("-out names no folder")
	}
	docs, folds, err := o.documents()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return err
	}
	if err := folds.Write(filepath.Join(o.out, "folds.json")); err != nil {
		return err
	}
	if err := write(filepath.Join(o.out, "docs.jsonl.gz"), docs); err != nil {
		return err
	}
	return summarise(report, docs)
}

// documents makes the documents, and says which sites are in which fold.
func (o *options) documents() ([]Document, corpus.SiteFolds, error) {
	if o.corpora == "" || o.wild == "" || o.residue == "" {
		return nil, nil, errors.New("-corpora, -wild and -residue are needed")
	}
	t, err := parseTemplates(residueFile)
	if err != nil {
		return nil, nil, fmt.Errorf("residue.txt: %w", err)
	}
	found, err := corpus.ReadScraped(o.wild)
	if err != nil {
		return nil, nil, err
	}
	flat, err := corpus.ReadFlat(o.residue)
	if err != nil {
		return nil, nil, err
	}
	pages, err := readPages(o.corpora, fullGolds)
	if err != nil {
		return nil, nil, err
	}
	golds, err := readPages(o.corpora, append([]string{"readability"}, fullGolds...))
	if err != nil {
		return nil, nil, err
	}
	folds := foldsOf(found)

	known := t.matcher()
	docs, err := o.pageDocuments(pages, known)
	if err != nil {
		return nil, nil, err
	}
	docs = append(docs, injected(o.inject, found, pages, folds, t, known)...)
	docs = append(docs, cleanDocuments(o.gold, golds, known)...)
	docs = append(docs, foundDocuments(found)...)
	if o.residueWeight > 0 {
		docs = append(docs, residueDocuments(flat)...)
	}
	for i := range docs {
		d := &docs[i]
		d.Fold = folds.Of(d.Site)
		d.Weight = weights[d.Kind]
		if d.Kind == "residue" {
			d.Weight = o.residueWeight
		}
	}
	return docs, folds, nil
}

// foldsOf spreads the sites of found texts over the folds: some have many labelled
// texts, most have one.
func foldsOf(found []corpus.Scraped) corpus.SiteFolds {
	counts := map[string]int{}
	for i := range found {
		n := 0
		if found[i].Labels != nil {
			n = 1
		}
		counts[found[i].Site()] += n
	}
	return corpus.BalanceFolds(counts)
}

// pageDocuments makes whole and thinned pages.
func (o *options) pageDocuments(pages []corpus.Page, known matcher) ([]Document, error) {
	made := make([][]Document, len(pages))
	err := parallel(len(pages), func(i int) error {
		d, err := labelledPage(&pages[i])
		if err != nil {
			return fmt.Errorf("%s/%s: %w", pages[i].Corpus, pages[i].ID, err)
		}
		if d == nil {
			return nil
		}
		known.mistrust(d.lines)
		made[i] = append(made[i], d.document("full", d.lines, forms))
		for k := range thinnedCopies {
			name := "thin" + strconv.Itoa(k+1)
			if lines := thin(d.lines, random(d.id, name)); len(lines) > 0 {
				x := d.document(name, lines, forms)
				x.Kind = "thin"
				made[i] = append(made[i], x)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	quota := map[string]int{"full": o.full, "thin": o.thin}
	byKind := map[string][]Document{}
	for _, ds := range made {
		for _, d := range ds {
			if utf8.RuneCountInString(d.Text) < maxPage {
				byKind[d.Kind] = append(byKind[d.Kind], d)
			}
		}
	}
	var out []Document
	for _, kind := range sortedKeys(byKind) {
		// English is three of four pages of the corpora, and one of four texts that
		// there are.
		var english, other []Document
		for _, d := range byKind[kind] {
			if d.Lang == "en" {
				english = append(english, d)
			} else {
				other = append(other, d)
			}
		}
		id := func(d *Document) string { return d.ID }
		other = choose(other, int((1-englishShare)*float64(quota[kind])), id)
		out = append(out, choose(english, quota[kind]-len(other), id)...)
		out = append(out, other...)
	}
	return out, nil
}

// document gives lines one of the forms.
func (d *draft) document(kind string, lines []lined, forms []string) Document {
	rnd := random(d.id, kind, "form")
	x := Document{ID: d.id + "#" + kind, Site: d.site, Lang: d.lang, Form: pick(rnd, forms), Kind: kind, Corpus: d.corpus}
	x.Text, x.Marks = flatten(lines, x.Form, rnd)
	return x
}

// injected makes texts with invented residue.
func injected(n int, found []corpus.Scraped, pages []corpus.Page, folds corpus.SiteFolds, t *templates, known matcher) []Document {
	carriers := foundCarriers(found, perSite)
	byLang := map[string][]*corpus.Page{}
	for i := range pages {
		p := &pages[i]
		lang := languageOf(p)
		if size := utf8.RuneCountInString(p.Gold); t.texts[lang] != nil && size >= minCarrier && size <= maxCarrier {
			byLang[lang] = append(byLang[lang], p)
		}
	}
	var m piece.Memory
	for _, lang := range sortedKeys(byLang) {
		for _, p := range choose(byLang[lang], perLanguage, func(p **corpus.Page) string { return (*p).Corpus + "/" + (*p).ID }) {
			carriers = append(carriers, goldCarrier(&m, p, known))
		}
	}
	from := sourcesOf(carriers, pages, folds)
	met, inFold := map[string]int{}, map[string]int{}
	for i := range carriers {
		c := &carriers[i]
		met[c.lang]++
		inFold[sentenceKey(c.lang, folds.Of(c.site))]++
	}
	for _, c := range carriers {
		if met[c.lang] < rareLanguage {
			c.id += "+"
			carriers = append(carriers, c)
		}
	}
	var foreign [corpus.Folds][]string
	for k := range foreign {
		for _, lang := range t.languages() {
			if inFold[sentenceKey(lang, uint8(k))] < fewCarriers {
				foreign[k] = append(foreign[k], lang)
			}
		}
	}
	var own [corpus.Folds]*templates
	for k := range own {
		own[k] = t.ofFold(uint8(k))
	}
	carriers = choose(carriers, n, func(d *draft) string { return d.id })
	out := make([]Document, len(carriers))
	_ = parallel(len(carriers), func(i int) error {
		c := &carriers[i]
		rnd := random(c.id, "inject")
		fold := folds.Of(c.site)
		lang, guest := c.lang, false
		if list := foreign[fold]; len(list) > 0 && (t.texts[lang] == nil || rnd.Float64() < guests) {
			lang, guest = pick(rnd, list), true
		}
		form := pick(rnd, injectForms)
		lines := inject(c, own[fold], from[sentenceKey(c.lang, fold)], lang, guest, form, rnd)
		d := Document{ID: c.id + "#inject", Site: c.site, Lang: c.lang, Form: form, Kind: "inject", Corpus: c.corpus}
		d.Text, d.Marks = flatten(lines, form, rnd)
		out[i] = d
		return nil
	})
	return out
}

// cleanDocuments are gold texts of which all stays, as many of every corpus.
func cleanDocuments(n int, pages []corpus.Page, known matcher) []Document {
	byCorpus := map[string][]*corpus.Page{}
	for i := range pages {
		p := &pages[i]
		if size := utf8.RuneCountInString(p.Gold); size >= minClean && size <= maxClean {
			byCorpus[p.Corpus] = append(byCorpus[p.Corpus], p)
		}
	}
	names := sortedKeys(byCorpus)
	// The small ones first: what they have not, the others give.
	slices.SortStableFunc(names, func(a, b string) int { return len(byCorpus[a]) - len(byCorpus[b]) })
	var out []Document
	var m piece.Memory
	for i, name := range names {
		each := (n - len(out)) / (len(names) - i)
		for k, p := range choose(byCorpus[name], each, func(p **corpus.Page) string { return (*p).ID }) {
			d := goldCarrier(&m, p, known)
			out = append(out, d.document("gold", d.lines, cleanForms[k%len(cleanForms):][:1]))
		}
	}
	return out
}

// cleanForms are the forms of gold texts, one after the other.
var cleanForms = []string{"lines", "spaced", "glued", "wrapped", "indented", "markdown"}

// foundDocuments are the texts that a reader labelled, as they were found.
func foundDocuments(found []corpus.Scraped) []Document {
	var out []Document
	for i := range found {
		f := &found[i]
		if f.Labels != nil {
			out = append(out, Document{
				ID: f.ID, Site: f.Site(), Lang: language(f.Lang), Form: f.Form, Kind: "wild", Corpus: f.Source,
				Text: f.Text, Marks: marksOf(len(f.Text), f.Labels),
			})
		}
	}
	return out
}

// marksOf are the marks of a labelled text of that length: what is neither residue nor optional is article.
func marksOf(length int, of *corpus.Labels) []Mark {
	labels := make([]byte, length)
	for _, o := range of.Optional {
		fill(labels[o.Start:o.End], unscored)
	}
	for _, r := range of.Residue {
		fill(labels[r.Start:r.End], residue)
	}
	var out []Mark
	for i := 0; i < len(labels); {
		j := i
		for j < len(labels) && labels[j] == labels[i] {
			j++
		}
		if labels[i] != unscored {
			out = append(out, Mark{i, j, int(labels[i])})
		}
		i = j
	}
	return out
}

func fill(labels []byte, label byte) {
	for i := range labels {
		labels[i] = label
	}
}

// residueDocuments are the flattened texts whose lines are labelled. A line of which
// a part goes is not judged: nothing says which.
func residueDocuments(texts []corpus.Flat) []Document {
	var out []Document
	for i := range texts {
		t := &texts[i]
		if t.Partial {
			continue
		}
		d := Document{ID: t.ID, Site: corpus.Site(t.URL), Lang: language(t.Lang), Form: t.Flattener, Kind: "residue", Corpus: "residue", Text: t.Input()}
		if utf8.RuneCountInString(d.Text) >= maxResidue {
			continue
		}
		at := 0
		for k := range t.Lines {
			l := &t.Lines[k]
			end := at + len(l.Text)
			switch {
			case l.Text == "":
			case l.Label == "keep":
				d.Marks = append(d.Marks, Mark{at, end, article})
			case l.Label == "drop" && !t.Doubtful(k):
				d.Marks = append(d.Marks, Mark{at, end, residue})
			}
			at = end + 1
		}
		out = append(out, d)
	}
	return out
}

// choose takes n of a list by chance, in the list's order.
func choose[T any](list []T, n int, id func(*T) string) []T {
	if n >= len(list) {
		return list
	}
	order := make([]int, len(list))
	ranks := make([]uint64, len(list))
	for i := range list {
		order[i], ranks[i] = i, hash("choose", id(&list[i]))
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(ranks[a], ranks[b]), a-b) })
	order = order[:max(n, 0)]
	slices.Sort(order)
	out := make([]T, 0, n)
	for _, i := range order {
		out = append(out, list[i])
	}
	return out
}

// parallel calls f for 0 to n-1, several at a time, and returns the first error.
func parallel(n int, f func(i int) error) error {
	errs := make([]error, n)
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.NumCPU())
	for i := range n {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			errs[i] = f(i)
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// write writes documents as gzipped JSON lines.
func write(file string, docs []Document) (err error) {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() {
		if e := out.Close(); err == nil {
			err = e
		}
	}()
	b := bufio.NewWriter(out)
	z := gzip.NewWriter(b)
	enc := json.NewEncoder(z)
	enc.SetEscapeHTML(false)
	for i := range docs {
		if err := enc.Encode(&docs[i]); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return b.Flush()
}

// summarise prints what documents there are, by kind, language and form.
func summarise(w io.Writer, docs []Document) error {
	type sum struct {
		docs, marks int
		words       [3]float64
	}
	groups := []struct {
		name string
		of   func(*Document) string
	}{
		{"kind", func(d *Document) string { return d.Kind }},
		{"language", func(d *Document) string { return d.Lang }},
		{"form", func(d *Document) string { return d.Form }},
		{"fold", func(d *Document) string { return strconv.Itoa(int(d.Fold)) }},
		{"all", func(*Document) string { return "" }},
	}
	words := make([][3]float64, len(docs))
	for i := range docs {
		words[i] = docs[i].wordCounts()
	}
	for _, g := range groups {
		sums := map[string]*sum{}
		for i := range docs {
			key := g.of(&docs[i])
			s := sums[key]
			if s == nil {
				s = &sum{}
				sums[key] = s
			}
			s.docs++
			s.marks += len(docs[i].Marks)
			for k, n := range words[i] {
				s.words[k] += n
			}
		}
		if _, err := fmt.Fprintf(w, "%-24s %9s %9s %9s %9s %9s\n", g.name, "texts", "pieces", "article", "residue", "unscored"); err != nil {
			return err
		}
		for _, key := range sortedKeys(sums) {
			s := sums[key]
			if _, err := fmt.Fprintf(w, "%-24s %9d %9d %9.0f %9.0f %9.0f\n", key, s.docs, s.marks, s.words[article], s.words[residue], s.words[unscored]); err != nil {
				return err
			}
		}
	}
	return nil
}
