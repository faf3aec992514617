// Command train turns pages with known article text into the rows that the
// block classifier is trained on. See README.md in this folder.
package main

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/charset"
	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/dom"
	"github.com/winnowtext/winnow/clean/internal/meta"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

func main() {
	corpora := flag.String("corpora", os.Getenv("WINNOW_CORPORA"), "folder of the packed corpora")
	names := flag.String("use", "wcxb-dev,traf-dev,fundus-dev", "corpora to use")
	out := flag.String("out", "", "folder to write to")
	first := flag.String("first", "", "the first model, with its .fold0 to .fold3 and tables beside it: write the rows of the second")
	flag.Parse()
	if *corpora == "" || *out == "" {
		fmt.Fprintln(os.Stderr, "train: -corpora and -out are needed")
		os.Exit(2)
	}
	pages, err := readAll(*corpora, strings.Split(*names, ","))
	if err == nil {
		err = os.MkdirAll(*out, 0o755)
	}
	if err == nil && *first != "" {
		err = second(pages, *first, *out)
	} else if err == nil {
		err = run(pages, *out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// sample is a page turned into rows.
type sample struct {
	rows    []byte
	labels  []int8
	weights []float32
	words   []float32
}

func readAll(dir string, names []string) ([]corpus.Page, error) {
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

// run counts the tables and writes the rows of the first model.
func run(pages []corpus.Page, out string) error {
	set, err := rules.Builtin()
	if err != nil {
		return err
	}
	parts, ngrams, err := countAll(pages, set)
	if err != nil {
		return err
	}
	if err := cmp.Or(parts.write(out), ngrams.write(out)); err != nil {
		return err
	}
	samples := make([]sample, len(pages))
	err = eachPage(pages, func(i int, p *corpus.Page) error {
		// Tables counted without the page's own fold: else they would tell the
		// trainer the answer.
		fold := int(corpus.Fold(p.URL))
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

// eachPage calls f for all pages, several at a time.
func eachPage(pages []corpus.Page, f func(i int, p *corpus.Page) error) error {
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
			return fmt.Errorf("%s/%s: %w", pages[i].Corpus, pages[i].ID, err)
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
func read(p *corpus.Page, o block.Options) (*labelled, error) {
	raw, err := p.Bytes()
	if err != nil {
		return nil, err
	}
	src, _, err := new(charset.Memory).Decode(raw, "")
	if err != nil {
		return nil, err
	}
	tree := new(dom.Memory).Build(src, dom.Cutting{})
	d := new(block.Memory).Segment(tree.Root, o)
	block.Prune(d, o.Rules)
	u, _ := url.Parse(p.URL)
	m := new(meta.Memory).Extract(tree.Root, u, tree.JSONLD)
	l := &labelled{doc: d, hints: block.HintsOf(m.Title, m.Description, m.Body, m.Type), weights: make([]float64, len(d.Blocks))}

	texts := make([]string, len(d.Blocks))
	tokens := make([][]string, len(d.Blocks))
	for i, b := range d.Blocks {
		texts[i] = strings.Join(strings.Fields(string(d.Text[b.Start:b.End])), " ")
		tokens[i] = words(texts[i])
	}
	total := 0
	switch {
	case p.Gold != "":
		gold := words(p.Gold)
		total = len(gold)
		l.labels = labelFull(tokens, gold)
	case len(p.With) > 0 && p.Corpus != "wcxb-dev":
		l.labels = labelSnippets(texts, p.With, p.Without)
		for _, t := range tokens {
			total += len(t) / 3
		}
	default:
		return nil, nil // an empty gold teaches nothing that generalises
	}
	for i, lab := range l.labels {
		if lab == unknown || d.Blocks[i].Step != "" {
			continue // not known, or settled before the model is asked
		}
		if p.Corpus == "fundus-dev" && lab == foreign && unjudged(d, l.labels, i) {
			continue
		}
		// Between "every block counts the same" and "every word does".
		l.weights[i] = emphasis(p) * math.Pow(float64(len(tokens[i])+1)/float64(total+100), .7)
	}
	block.Measure(d, l.hints)
	return l, nil
}

// emphasis is the weight of a page by what it is: articles are the core, and
// news pages, the most used, are few in the corpora. Out of fold news gained
// .005 by it; the page types of WCXB moved within .005 either way.
func emphasis(p *corpus.Page) float64 {
	switch {
	case p.Corpus == "fundus-dev":
		return 3
	case p.Corpus == "traf-dev" || p.PageType == "article":
		return 1.5
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

func write(dir string, pages []corpus.Page, samples []sample, features []string) error {
	var x, y, w, n, f, g bytes.Buffer
	for i, s := range samples {
		x.Write(s.rows)
		for j := range s.labels {
			y.WriteByte(byte(s.labels[j]))
			_ = binary.Write(&w, binary.LittleEndian, s.weights[j])
			_ = binary.Write(&n, binary.LittleEndian, s.words[j])
			f.WriteByte(corpus.Fold(pages[i].URL))
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
		line, err := json.Marshal(map[string]any{"n": i, "corpus": p.Corpus, "id": p.ID, "fold": corpus.Fold(p.URL), "type": p.PageType, "lang": p.Lang, "full": p.Gold != ""})
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
