package main

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/piece"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// checkFile holds hashes of what the shipped model was trained on.
const checkFile = "piece.check"

// check compares what the code makes of the documents with what it made when the model
// was trained: hashes of texts and labels, of the tokens, and of every feature. It
// says what moved.
func check(docs []Document, data string, update bool) error {
	b, err := os.ReadFile(filepath.Join(data, "piece.weights"))
	if err != nil {
		return err
	}
	weights, err := piece.LoadWeights(b)
	if err != nil {
		return err
	}
	now, err := hashes(docs, weights)
	if err != nil {
		return err
	}
	return compare(filepath.Join(data, checkFile), now, update)
}

// compare compares lines of a name and a hash with those of a file, and says which moved.
func compare(file string, now []byte, update bool) error {
	if update {
		return os.WriteFile(file, now, 0o644)
	}
	was, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if bytes.Equal(now, was) {
		return nil
	}
	old := strings.Split(string(was), "\n")
	var moved []string
	for l := range strings.Lines(string(now)) {
		if l = strings.TrimSuffix(l, "\n"); !slices.Contains(old, l) {
			name, _, _ := strings.Cut(l, " ")
			moved = append(moved, name)
		}
	}
	return fmt.Errorf("the code no longer makes what the model was trained on: %s; train it again", strings.Join(moved, ", "))
}

// hashes are lines of a name and a hash.
func hashes(docs []Document, weights *piece.Weights) ([]byte, error) {
	texts, labels, hashed, screened := fnv.New64a(), fnv.New64a(), fnv.New64a(), fnv.New64a()
	columns := make([][]byte, piece.FeatureCount)
	type part struct {
		labels []int
		tokens []uint32
		rows   []uint8
		screen []uint8
	}
	parts := make([]part, len(docs))
	set, err := rules.Builtin()
	if err != nil {
		return nil, err
	}
	err = parallel(len(docs), func(i int) error {
		var m line.Memory
		p := m.Measure(docs[i].Text, set, weights)
		parts[i].labels = labelsOf(p, &docs[i])
		var row [piece.FeatureCount]uint8
		var first [piece.ScreenCount]uint8
		for k := range parts[i].labels {
			parts[i].tokens = p.Tokens(parts[i].tokens, k, weightBits)
			p.ScreenRow(&first, k)
			parts[i].screen = append(parts[i].screen, first[:]...)
			p.Row(&row, k)
			parts[i].rows = append(parts[i].rows, row[:]...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range docs {
		fmt.Fprintln(texts, docs[i].ID, docs[i].Site, docs[i].Fold, docs[i].Text)
		fmt.Fprintln(labels, parts[i].labels)
		fmt.Fprintln(hashed, parts[i].tokens)
		_, _ = screened.Write(parts[i].screen)
		for k, v := range parts[i].rows {
			c := k % piece.FeatureCount
			columns[c] = append(columns[c], v)
		}
	}
	var out bytes.Buffer
	for _, h := range []struct {
		name string
		sum  uint64
	}{{"texts", texts.Sum64()}, {"labels", labels.Sum64()}, {"tokens", hashed.Sum64()}, {"screen", screened.Sum64()}} {
		fmt.Fprintf(&out, "%s %016x\n", h.name, h.sum)
	}
	for c, name := range piece.FeatureNames() {
		h := fnv.New64a()
		_, _ = io.Copy(h, bytes.NewReader(columns[c]))
		fmt.Fprintf(&out, "%s %016x\n", name, h.Sum64())
	}
	return out.Bytes(), nil
}
