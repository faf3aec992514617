// Command train turns pages with known article text into the rows that the page
// models are trained on, and shows and checks what came of them. What a person runs,
// and says why, is in train/ at the top of the repository; the program is here because
// only packages below clean may import its internal ones.
//
//	train first -out FOLDER                  tables, and the rows of the first model
//	train second -first MODEL -out FOLDER    the rows of the second model
//	train check [-update]                    whether the code still makes the rows
//	                                         that the shipped models were trained on
//	train type -out FOLDER                   the rows of the model of page types
//	train check-type [-update]               the same as check for that model
//	train cut -out FOLDER                    corpora of pages with little of their article
//	train show MODEL                         a model as text
package main

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/meta"
	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

func main() {
	if err := command(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func command(args []string) error {
	if len(args) == 0 {
		return errors.New("first, second, check, cut or show: see train/README.md")
	}
	flags := flag.NewFlagSet("train "+args[0], flag.ExitOnError)
	corpora := flags.String("corpora", os.Getenv("WINNOW_CORPORA"), "folder of the packed corpora")
	names := flags.String("use", usualCorpora, "corpora to use")
	out := flags.String("out", "", "first, second: folder to write to")
	firstModel := flags.String("first", "", "second: the first model, with its .fold0 to .fold3 and tables beside it")
	data := flags.String("data", usualData, "check: folder of the shipped models")
	update := flags.Bool("update", false, "check: write what the code makes now, after training")
	_ = flags.Parse(args[1:]) // exits
	if args[0] == "show" {
		return show(os.Stdout, flags.Arg(0))
	}
	if args[0] == "type" || args[0] == "check-type" {
		if *names == usualCorpora {
			*names = typeCorpora
		}
		if *data == usualData {
			*data = "clean/internal/pagetype/data"
		}
	}
	pages, err := readAll(*corpora, strings.Split(*names, ","))
	if err != nil {
		return err
	}
	if args[0] == "check-type" {
		return checkTypes(pages, *data, *update)
	}
	if args[0] == "check" {
		return check(examples(pages), *data, *update)
	}
	if *out == "" {
		return errors.New("-out names no folder")
	}
	if err := os.MkdirAll(*out, 0o755); err != nil {
		return err
	}
	switch args[0] {
	case "first":
		return first(examples(pages), *out)
	case "type":
		return pageTypes(pages, *out)
	case "second":
		return second(examples(pages), *firstModel, *out)
	case "cut":
		return cutPages(pages, *out)
	}
	return fmt.Errorf("%s is not first, second, check, cut or show", args[0])
}

// What is used where nothing else is said. The model of page types learns from what
// has types, be it of one kind only.
const (
	usualCorpora = "wcxb-dev,traf-dev,fundus-dev,andy-dev,dragnet-dev,daniel-dev,cleaneval-dev"
	typeCorpora  = "wcxb-dev,fundus-dev,andy-dev,dragnet-dev,daniel-dev"
	usualData    = "clean/internal/block/data"
)

// show prints a model file as text.
func show(w io.Writer, path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	e, err := model.Load(data)
	if err != nil {
		return err
	}
	return e.Show(w)
}

// sample is a page turned into rows.
type sample struct {
	rows    []byte
	labels  []int8
	weights []float32
	words   []float32
}

func readAll(dir string, names []string) ([]corpus.Page, error) {
	if dir == "" {
		return nil, errors.New("no corpora: -corpora or WINNOW_CORPORA names their folder")
	}
	var pages []corpus.Page
	for _, name := range names {
		ps, err := corpus.Read(dir, name)
		if err != nil {
			return nil, err
		}
		pages = append(pages, ps...)
	}
	return pages, nil
}

// first counts the tables and writes the rows of the first model.
func first(pages []example, out string) error {
	set, err := rules.Builtin()
	if err != nil {
		return err
	}
	parts, ngrams, err := countAll(pages, set)
	if err != nil {
		return err
	}
	if err := cmp.Or(parts.write(out), ngrams.write(out), writeProbe(out, parts, ngrams)); err != nil {
		return err
	}
	samples := make([]sample, len(pages))
	err = eachPage(pages, func(i int, p *example) error {
		// Tables counted without the page's own fold: else they would tell the
		// trainer the answer.
		fold := int(p.Fold())
		l, err := read(p, block.Options{Rules: set, Tables: block.Tables{Vocabulary: parts.without(fold), NGrams: ngrams.without(fold)}})
		if err != nil || l == nil {
			return err
		}
		samples[i] = l.sample(block.Rows(l.doc), block.FeatureCount)
		return nil
	})
	if err != nil {
		return err
	}
	return write(out, pages, samples, block.FeatureNames())
}

// writeProbe writes what the tables hold of some words, see block.Tables.Probe.
func writeProbe(out string, parts *partCounts, ngrams *ngramCounts) error {
	odds, err := model.LoadOdds(ngrams.table(-1))
	if err != nil {
		return err
	}
	tables := block.Tables{Vocabulary: block.NewVocabulary(parts.table(-1)), NGrams: odds}
	return os.WriteFile(filepath.Join(out, "tables.check"), []byte(tables.Probe()), 0o644)
}

// eachPage calls f for all pages, several at a time.
func eachPage[P any](pages []P, f func(i int, p *P) error) error {
	errs := make([]error, len(pages))
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.NumCPU())
	for i := range pages {
		slots <- struct{}{}
		wg.Go(func() {
			errs[i] = f(i, &pages[i])
			<-slots
		})
	}
	wg.Wait()
	for i, err := range errs {
		if err != nil {
			return fmt.Errorf("%v: %w", pages[i], err)
		}
	}
	return nil
}

// A labelled page: its blocks with their labels and weights; the weight of a
// block nothing is known of is zero.
type labelled struct {
	doc     *block.Doc
	hints   block.Hints
	labels  []label
	weights []float64
}

// read labels a page's blocks; nil means that the page teaches nothing.
func read(e *example, o block.Options) (*labelled, error) {
	o.Structure = e.made != ""
	t, err := open(e.Page, o)
	if err != nil || t.labels == nil {
		return nil, err
	}
	p, ok := *e.Page, true
	switch e.made {
	case cut:
		ok = t.shorten(shortFrom, shortMost)
		p.Gold, p.Optional = t.gold, e.Optional
	case beside:
		ok, err = t.setBeside(e, o.Rules)
	}
	if err != nil || !ok {
		return nil, err
	}
	if e.made != "" {
		t.segment(o)
		t.label(&p)
	}
	d, labels := t.doc, t.labels
	block.Prune(d, o.Rules)
	u, _ := url.Parse(p.URL)
	m := new(meta.Memory).Extract(t.dom.Root, u, t.dom.JSONLD)
	if e.made == cut && m.Body != "" {
		m.Body = t.gold
	}
	l := &labelled{doc: d, hints: block.HintsOf(m.Heading(), m.Description, m.Body, m.Type), labels: labels, weights: make([]float64, len(d.Blocks))}
	if p.Corpus == "cleaneval-dev" { // its golds have the title
		forgetLines(labels, t.tokens, []string{m.Heading()})
	}
	total := len(words(t.gold))
	if p.Gold == "" { // snippets
		for _, w := range t.tokens {
			total += len(w) / 3
		}
	}
	for i, lab := range labels {
		if lab == unknown || d.Blocks[i].Step != "" {
			continue // not known, or settled before the model is asked
		}
		if p.Corpus == "fundus-dev" && lab == foreign && unjudged(d, labels, i) {
			continue
		}
		// Between "every block counts the same" and "every word does".
		l.weights[i] = e.weight * math.Pow(float64(len(t.tokens[i])+1)/float64(total+100), .7)
	}
	block.Measure(d, l.hints)
	return l, nil
}

// Words of the articles that are cut.
const (
	shortFrom = 50
	shortMost = 125
)

// emphasis is the weight of a page. WCXB alone has pages of all types, and golds that
// people made for all of them; of news pages, the most used, there are few, and of some
// only snippets are known. With the same weight for all, wcxb-dev falls by .013, out of
// fold.
func emphasis(p *corpus.Page) float64 {
	article := p.PageType == "article"
	switch p.Corpus {
	case "wcxb-dev":
		if article {
			return 4
		}
		return 3.5
	case "traf-dev", "fundus-dev":
		return 4
	case "andy-dev":
		return 1.5
	case "dragnet-dev", "daniel-dev":
		return .8
	}
	return 1
}

// sample pairs a labelled page's rows with its labels.
func (l *labelled) sample(rows []uint8, width int) sample {
	var s sample
	for i, w := range l.weights {
		if w == 0 {
			continue
		}
		s.rows = append(s.rows, rows[i*width:(i+1)*width]...)
		s.labels = append(s.labels, int8(l.labels[i]))
		s.weights = append(s.weights, float32(w))
		s.words = append(s.words, float32(len(words(string(l.doc.Text[l.doc.Blocks[i].Start:l.doc.Blocks[i].End])))))
	}
	return s
}

// unjudged reports whether a foreign block inside the article is of a sort that
// this corpus's golds leave out by convention: lists, tables and quotations.
func unjudged(d *block.Doc, labels []label, i int) bool {
	switch d.Blocks[i].Role {
	case block.Item, block.Row, block.Quote:
	default:
		return false
	}
	before, after := false, false
	for j := range labels {
		if labels[j] == content {
			before = before || j < i
			after = after || j > i
		}
	}
	return before && after
}

func write(dir string, pages []example, samples []sample, features []string) error {
	var x, y, w, n, f, g bytes.Buffer
	for i, s := range samples {
		x.Write(s.rows)
		for j := range s.labels {
			y.WriteByte(byte(s.labels[j]))
			_ = binary.Write(&w, binary.LittleEndian, s.weights[j])
			_ = binary.Write(&n, binary.LittleEndian, s.words[j])
			f.WriteByte(pages[i].Fold())
			_ = binary.Write(&g, binary.LittleEndian, int32(i))
		}
	}
	info, err := json.MarshalIndent(map[string]any{
		"features": features, "folds": corpus.Folds, "rows": y.Len(),
	}, "", " ")
	if err != nil {
		return err
	}
	var list bytes.Buffer
	for i, p := range pages {
		line, err := json.Marshal(map[string]any{"n": i, "of": p.of, "corpus": p.set(), "id": p.ID, "fold": p.Fold(), "type": p.PageType, "lang": p.Lang, "full": p.Gold != ""})
		if err != nil {
			return err
		}
		list.Write(append(line, '\n'))
	}
	for name, data := range map[string][]byte{"x.u8": x.Bytes(), "y.u8": y.Bytes(), "w.f32": w.Bytes(), "words.f32": n.Bytes(), "fold.u8": f.Bytes(), "page.i32": g.Bytes(), "info.json": info, "pages.jsonl": list.Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	fmt.Printf("%d pages, %d rows of %d features\n", len(pages), y.Len(), len(features))
	return nil
}
