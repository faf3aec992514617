// Command lines turns flattened texts with known residue, and clean texts,
// into the rows that the line model is trained on. See README.md in the folder
// above.
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

func main() {
	residue := flag.String("residue", os.Getenv("WINNOW_RESIDUE"), "labelled flattened texts, jsonl.gz")
	corpora := flag.String("corpora", os.Getenv("WINNOW_CORPORA"), "folder of the packed corpora, for clean texts")
	out := flag.String("out", "", "folder to write to")
	flag.Parse()
	if *residue == "" || *corpora == "" || *out == "" {
		fmt.Fprintln(os.Stderr, "lines: -residue, -corpora and -out are needed")
		os.Exit(2)
	}
	if err := run(*residue, *corpora, *out); err != nil {
		fmt.Fprintln(os.Stderr, "lines:", err)
		os.Exit(1)
	}
}

// Weights of lines against those of residue texts whose label is certain.
const (
	cleanWeight    = .6  // lines of clean texts
	doubtfulWeight = .05 // lines called residue because the gold leaves them out
	titleWeight    = 1   // the text's own headline: there is one, and it stays
	shortWeight    = .3  // lines of texts cut short
)

func run(residue, corpora, out string) error {
	set, err := rules.Builtin()
	if err != nil {
		return err
	}
	texts, err := corpus.ReadFlat(residue)
	if err != nil {
		return err
	}
	clean, err := corpus.CleanTexts(corpora)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	counts := count(texts, set)
	if err := counts.write(out); err != nil {
		return err
	}
	whole := len(texts)
	for i := range whole {
		if t, ok := shorten(&texts[i]); ok {
			texts = append(texts, t)
		}
	}
	samples := make([]sample, len(texts)+len(clean))
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.NumCPU())
	for i := range samples {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			if i < len(texts) {
				t := &texts[i]
				samples[i] = label(t, set, counts.without(corpus.Fold(t.URL)))
				samples[i].id, samples[i].fold = t.ID, corpus.Fold(t.URL)
				if i >= whole {
					samples[i].scale(shortWeight)
				}
				return
			}
			c := &clean[i-len(texts)]
			samples[i] = keepAll(line.Split(c.Text, set), set, counts.without(corpus.Fold(c.URL)))
			samples[i].id, samples[i].fold = c.ID, corpus.Fold(c.URL)
		})
	}
	wg.Wait()
	return write(out, samples)
}

// sample is a text turned into rows.
type sample struct {
	id      string
	fold    uint8
	rows    []byte
	labels  []uint8 // 1: residue
	weights []float32
	notes   []string // of each line: its label, what rules say, its words
}

// label makes rows of a text with residue.
func label(t *corpus.Flat, set *rules.Set, odds *line.Odds) sample {
	lines := make([]line.Line, len(t.Lines))
	for i := range lines {
		lines[i] = line.Line{Text: t.Lines[i].Text, P: -1}
	}
	s := sample{rows: line.Rows(lines, set, odds)[:len(lines)*line.FeatureCount]}
	for i := range lines {
		l := &t.Lines[i]
		weight := math.Sqrt(float64(corpus.Words(l.Text)) + 1)
		residue := uint8(0)
		switch l.Label {
		case "drop":
			residue = 1
			if t.Doubtful(i) {
				weight *= doubtfulWeight
			}
		case "title":
			weight *= titleWeight
		case "keep":
		default:
			weight = 0
		}
		s.add(residue, weight, l.Label, &lines[i], t.Doubtful(i))
	}
	return s
}

// Lines that a text cut short holds: of its content at either end, and of
// residue before and after it.
const (
	shortFirst = 3
	shortLast  = 2
	shortRound = 10
)

// shorten makes a short text of a long one, with as much residue close to its
// content. Short texts are rare in the corpus, not in the world.
func shorten(t *corpus.Flat) (corpus.Flat, bool) {
	var content []int
	for i := range t.Lines {
		if t.Lines[i].Label == "keep" {
			content = append(content, i)
		}
	}
	if t.Partial || len(content) < 2*(shortFirst+shortLast) {
		return corpus.Flat{}, false
	}
	gap, after := content[shortFirst-1], content[len(content)-shortLast]
	from, to := max(content[0]-shortRound, 0), min(content[len(content)-1]+1+shortRound, len(t.Lines))
	s := corpus.Flat{ID: t.ID + "#short", URL: t.URL}
	for i := from; i < to; i++ {
		if i <= gap || i >= after {
			s.Lines = append(s.Lines, t.Lines[i])
		}
	}
	return s, true
}

func (s *sample) scale(by float32) {
	for i := range s.weights {
		s.weights[i] *= by
	}
}

// keepAll makes rows of a clean text.
func keepAll(lines []line.Line, set *rules.Set, odds *line.Odds) sample {
	s := sample{rows: line.Rows(lines, set, odds)[:len(lines)*line.FeatureCount]}
	for i := range lines {
		s.add(0, cleanWeight*math.Sqrt(float64(corpus.Words(lines[i].Text))+1), "keep", &lines[i], false)
	}
	return s
}

func (s *sample) add(residue uint8, weight float64, label string, l *line.Line, doubtful bool) {
	s.labels = append(s.labels, residue)
	s.weights = append(s.weights, float32(weight))
	s.notes = append(s.notes, fmt.Sprintf("%s\t%t\t%t\t%.1f", label, l.Dropped(), doubtful, corpus.Words(l.Text)))
}

func write(dir string, samples []sample) error {
	var x, y, w, f, g, list, notes bytes.Buffer
	for i, s := range samples {
		x.Write(s.rows)
		for j := range s.labels {
			y.WriteByte(s.labels[j])
			_ = binary.Write(&w, binary.LittleEndian, s.weights[j])
			f.WriteByte(s.fold)
			_ = binary.Write(&g, binary.LittleEndian, int32(i))
			notes.WriteString(s.notes[j] + "\n")
		}
		b, err := json.Marshal(map[string]any{"n": i, "id": s.id, "fold": s.fold})
		if err != nil {
			return err
		}
		list.Write(append(b, '\n'))
	}
	info, err := json.MarshalIndent(map[string]any{"features": line.FeatureNames(), "folds": corpus.Folds, "rows": y.Len()}, "", " ")
	if err != nil {
		return err
	}
	for name, data := range map[string][]byte{
		"x.u8": x.Bytes(), "y.u8": y.Bytes(), "w.f32": w.Bytes(), "fold.u8": f.Bytes(), "page.i32": g.Bytes(),
		"info.json": info, "pages.jsonl": list.Bytes(), "lines.tsv": notes.Bytes(),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	fmt.Printf("%d texts, %d lines of %d features\n", len(samples), y.Len(), line.FeatureCount)
	return nil
}
