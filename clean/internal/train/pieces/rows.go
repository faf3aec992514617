package main

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/piece"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// weightBits is the size of the table of weights: 2 to the power of it.
const weightBits = 18

// pure is the share of a piece's letters that must have one label, else the piece
// teaches nothing.
const pure = .8

// articleShare is the share of the article's pieces that the screen learns from, but of
// texts that a reader labelled: there are many of them, and one is like the other. Those
// stand for all.
const articleShare = .3

// A sample is a document turned into what the trainer reads.
type sample struct {
	tokens  []uint32
	lengths []int32 // tokens of each piece
	rows    []byte
	labels  []uint8
	weights []float32
}

// tokens writes the hashes of the words of all pieces.
func tokens(dir string, report io.Writer) error {
	docs, samples, err := samplesOf(dir, func(d *Document, m *line.Memory, set *rules.Set) (s sample) {
		p := m.Measure(d.Text, set, nil)
		for i, label := range labelsOf(p, d) {
			from := len(s.tokens)
			s.tokens = p.Tokens(s.tokens, i, weightBits)
			s.add(label, d, p.Words(i))
			s.lengths = append(s.lengths, int32(len(s.tokens)-from))
		}
		return s
	})
	if err != nil {
		return err
	}
	return writeSamples(filepath.Join(dir, "tokens"), docs, samples, map[string]any{"bits": weightBits}, report)
}

// rows writes the rows of the pieces, with the weights that did not see their sites.
func rows(dir string, report io.Writer) error {
	var weights [corpus.Folds]*piece.Weights
	for k := range weights {
		b, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("piece.weights.fold%d", k)))
		if err != nil {
			return err
		}
		if weights[k], err = piece.LoadWeights(b); err != nil {
			return err
		}
	}
	docs, samples, err := samplesOf(dir, func(d *Document, m *line.Memory, set *rules.Set) (s sample) {
		p := m.Measure(d.Text, set, weights[d.Fold])
		var row [piece.FeatureCount]uint8
		s.use(d, p, 1, func(i int) {
			p.Row(&row, i)
			s.rows = append(s.rows, row[:]...)
		})
		return s
	})
	if err != nil {
		return err
	}
	return writeSamples(dir, docs, samples, map[string]any{"features": piece.FeatureNames()}, report)
}

// askedOdds are the log-odds from which on the screen must not clear a piece: what the
// model gives less stays in every mode.
const askedOdds = -1

// screenRows writes the rows of the pieces for the screen. It learns what must be asked:
// what a rule names, and what the model that never saw the site does not give up at once.
func screenRows(dir string, report io.Writer) error {
	var models [corpus.Folds]*piece.Model
	for k := range models {
		var err error
		if models[k], err = foldModel(dir, k); err != nil {
			return err
		}
	}
	docs, samples, err := samplesOf(dir, func(d *Document, m *line.Memory, set *rules.Set) (s sample) {
		p, odds := m.Ask(d.Text, set, models[d.Fold])
		var row [piece.ScreenCount]uint8
		s.use(d, p, articleShare, func(i int) {
			p.ScreenRow(&row, i)
			s.rows = append(s.rows, row[:]...)
			s.labels[len(s.labels)-1] = article
			if odds[i] > askedOdds || p.Named(i) {
				s.labels[len(s.labels)-1] = residue
			}
		})
		return s
	})
	if err != nil {
		return err
	}
	return writeSamples(filepath.Join(dir, "screen"), docs, samples, map[string]any{"features": piece.ScreenNames()}, report)
}

// use adds the pieces of a document that have a label, and a share of the article's. row
// adds the row of one.
func (s *sample) use(d *Document, p *piece.Memory, share float64, row func(i int)) {
	rnd := random("rows", d.ID)
	for i, label := range labelsOf(p, d) {
		s.add(label, d, p.Words(i))
		last := len(s.weights) - 1
		use := s.weights[last] != 0
		if use && label == article && d.Kind != "wild" {
			use = rnd.Float64() <= share
			s.weights[last] /= float32(share)
		}
		if !use {
			s.drop()
			continue
		}
		row(i)
	}
}

func (s *sample) add(label int, d *Document, words int) {
	w := 0.
	if label != unscored {
		w = d.Weight * math.Sqrt(float64(max(1, words)))
	}
	s.labels = append(s.labels, uint8(min(label, residue)))
	s.weights = append(s.weights, float32(w))
}

func (s *sample) drop() {
	s.labels, s.weights = s.labels[:len(s.labels)-1], s.weights[:len(s.weights)-1]
}

// labelsOf are the labels of the pieces: what most of their letters have, unscored
// where no label has nearly all.
func labelsOf(m *piece.Memory, d *Document) []int {
	var out []int
	at := 0
	for _, p := range m.Pieces() {
		var n [3]int
		for at < len(d.Marks) && d.Marks[at][1] <= p.Start {
			at++
		}
		last := p.Start
		for k := at; k < len(d.Marks) && d.Marks[k][0] < p.End; k++ {
			from, to := max(d.Marks[k][0], p.Start), min(d.Marks[k][1], p.End)
			n[unscored] += inked(d.Text[last:max(last, from)])
			n[d.Marks[k][2]] += inked(d.Text[from:to])
			last = to
		}
		n[unscored] += inked(d.Text[last:p.End])
		label := unscored
		for l, k := range n[:unscored] {
			if float64(k) > pure*float64(n[article]+n[residue]+n[unscored]) {
				label = l
			}
		}
		out = append(out, label)
	}
	return out
}

// inked counts the bytes that are no white space.
func inked(s string) (n int) {
	for i := range len(s) {
		if s[i] > ' ' {
			n++
		}
	}
	return n
}

// samplesOf makes a sample of every document of the folder.
func samplesOf(dir string, f func(d *Document, m *line.Memory, set *rules.Set) sample) ([]Document, []sample, error) {
	set, err := rules.Builtin()
	if err != nil {
		return nil, nil, err
	}
	docs, err := readDocuments(filepath.Join(dir, "docs.jsonl.gz"))
	if err != nil {
		return nil, nil, err
	}
	samples := make([]sample, len(docs))
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.NumCPU() {
		wg.Go(func() {
			var m line.Memory
			for i := range next {
				samples[i] = f(&docs[i], &m, set)
			}
		})
	}
	for i := range docs {
		next <- i
	}
	close(next)
	wg.Wait()
	return docs, samples, nil
}

func readDocuments(file string) (docs []Document, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	z, err := gzip.NewReader(bufio.NewReaderSize(f, 1<<20))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for dec := json.NewDecoder(z); ; {
		var d Document
		switch err := dec.Decode(&d); {
		case errors.Is(err, io.EOF):
			return docs, nil
		case err != nil:
			return nil, fmt.Errorf("%s: document %d: %w", file, len(docs)+1, err)
		}
		docs = append(docs, d)
	}
}

// writeSamples writes the samples as the trainer reads them.
func writeSamples(dir string, docs []Document, samples []sample, info map[string]any, report io.Writer) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var x, y, w, f, g, tok, n []byte
	for i := range samples {
		s := &samples[i]
		x, y = append(x, s.rows...), append(y, s.labels...)
		for k := range s.labels {
			w = binary.LittleEndian.AppendUint32(w, math.Float32bits(s.weights[k]))
			f = append(f, docs[i].Fold)
			g = binary.LittleEndian.AppendUint32(g, uint32(i))
		}
		for _, h := range s.tokens {
			tok = binary.LittleEndian.AppendUint32(tok, h)
		}
		for _, k := range s.lengths {
			n = binary.LittleEndian.AppendUint32(n, uint32(k))
		}
	}
	info["folds"], info["rows"] = corpus.Folds, len(y)
	header, err := json.MarshalIndent(info, "", " ")
	if err != nil {
		return err
	}
	files := map[string][]byte{"y.u8": y, "w.f32": w, "fold.u8": f, "page.i32": g, "info.json": header}
	if tok != nil {
		files["tokens.u32"], files["lengths.i32"] = tok, n
	} else {
		files["x.u8"] = x
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	residues := 0
	for _, l := range y {
		residues += int(l)
	}
	fmt.Fprintf(report, "%d texts, %d pieces, %d of them residue\n", len(docs), len(y), residues)
	return nil
}
