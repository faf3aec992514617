// Package model evaluates small ensembles of regression trees over rows of
// bytes.
package model

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// An Ensemble is a set of regression trees over byte features whose leaf
// values add up to log-odds. It is immutable and safe for concurrent use.
//
// Every tree is stored as a perfect binary tree in heap order: a row goes right
// where its byte is at least the threshold. A branch that ends early is padded
// with copies of its leaf. Trees are padded to one of two depths, lowDepth and
// highDepth; rows go through them 64 at a time, see slice.go.
type Ensemble struct {
	Info   Info
	depth  int
	nodes  []uint32  // Trees * 2^depth, index 0 of each tree unused: feature | (threshold-1)<<16
	leaves []float32 // Trees * 2^depth, and leavesPad
	shares []uint8   // of the rows at each node those that go right, in 255ths; may be nil
	tests  tests
}

const (
	lowDepth  = 4
	highDepth = 6

	// leavesPad is how many leaves may be read behind those of the last tree.
	leavesPad = 1<<highDepth - 1<<lowDepth
)

// Info is the model file's header: what it was made of and how good it is.
type Info struct {
	Name     string   `json:"name"`
	Trees    int      `json:"trees"`
	Depth    int      `json:"depth"`
	Features []string `json:"features"` // names, one a byte of a row
	Base     float64  `json:"base"`     // log-odds added to the sum of leaves
	// Provenance: corpora, date, settings and out-of-fold figures.
	Provenance json.RawMessage `json:"provenance,omitempty"`
}

const magic = "WNTREES1"

// Load reads a model file: the magic, the length of the header as a
// little-endian uint32, the header as JSON, the nodes as uint16, the leaves as
// float32, both little-endian, and, in newer files, for each node the share of
// the training rows there that went right, in 255ths.
func Load(b []byte) (*Ensemble, error) {
	if len(b) < len(magic)+4 || string(b[:len(magic)]) != magic {
		return nil, errors.New("model: not a model file")
	}
	b = b[len(magic):]
	n := int(binary.LittleEndian.Uint32(b))
	if b = b[4:]; n < 0 || n > len(b) {
		return nil, errors.New("model: header cut off")
	}
	e := new(Ensemble)
	if err := json.Unmarshal(b[:n], &e.Info); err != nil {
		return nil, fmt.Errorf("model: header: %w", err)
	}
	b = b[n:]
	if e.Info.Depth < 1 || e.Info.Depth > highDepth || e.Info.Trees < 1 || e.Info.Trees > 1<<12 || len(e.Info.Features) > 256 {
		return nil, fmt.Errorf("model: %d trees of depth %d over %d features", e.Info.Trees, e.Info.Depth, len(e.Info.Features))
	}
	count := e.Info.Trees << e.Info.Depth
	e.depth = max(e.Info.Depth, lowDepth)
	if e.depth > lowDepth {
		e.depth = highDepth
	}
	switch len(b) {
	case count * 6:
	case count * 7:
		e.shares = make([]uint8, e.Info.Trees<<e.depth)
	default:
		return nil, fmt.Errorf("model: %d bytes of trees, want %d or %d", len(b), count*6, count*7)
	}
	e.nodes, e.leaves = make([]uint32, e.Info.Trees<<e.depth), make([]float32, e.Info.Trees<<e.depth+leavesPad)
	size, pad := 1<<e.Info.Depth, e.depth-e.Info.Depth
	for i := range count {
		tree, k := i/size<<e.depth, i%size
		node := binary.LittleEndian.Uint16(b[2*i:])
		if f := int(node >> 8); f >= len(e.Info.Features) && f > 0 {
			return nil, fmt.Errorf("model: node %d asks for feature %d of %d", i, f, len(e.Info.Features))
		}
		e.nodes[tree+k] = uint32(node>>8) | (uint32(node&255)-1)<<16
		if e.shares != nil {
			e.shares[tree+k] = b[6*count+i]
		}
		leaf := math.Float32frombits(binary.LittleEndian.Uint32(b[2*count+4*i:]))
		for j := range 1 << pad {
			e.leaves[tree+k<<pad+j] = leaf
		}
	}
	e.tests = newTests(e)
	return e, nil
}

// Predict writes the log-odds of n rows to out. Rows lie one after the other
// in rows, stride bytes each, and rows is at least 255 bytes longer than they
// are, so that a row may be read in eights. They go through b, which holds
// nothing of use before or after.
func (e *Ensemble) Predict(b *Batch, rows []uint8, stride, n int, out []float32) {
	e.PredictSome(b, rows, stride, n, out, e.Info.Trees, 0)
}

// PredictSome is Predict for rows most of which are plain cases: those to which
// the first trees give log-odds below sure stay at that.
func (e *Ensemble) PredictSome(b *Batch, rows []uint8, stride, n int, out []float32, first int, sure float32) {
	for from := 0; from < n; from += Together {
		out := out[from:min(n, from+Together)]
		b.fill(rows[from*stride:], stride, len(e.Info.Features), len(out))
		e.PredictBatch(b, out, first, sure)
	}
}

// PredictBatch is PredictSome for the rows of a batch, as many as out has room for.
func (e *Ensemble) PredictBatch(b *Batch, out []float32, first int, sure float32) {
	b.read(&e.tests, len(out))
	for i := range b.sums {
		b.sums[i] = float32(e.Info.Base)
	}
	var room [Together / 8]int
	first = min(first, e.Info.Trees)
	b.add(e, 0, first, allEights(room[:0], len(out)))
	copy(out, b.sums[:])
	together := openRows(out, sure) > fewRows
	if together {
		b.add(e, first, e.Info.Trees, eights(room[:0], out, sure))
	}
	var row [256]uint8
	for i, x := range out {
		switch {
		case x < sure:
		case together:
			out[i] = b.sums[i]
		default:
			b.Copy(row[:len(e.Info.Features)], 0, i)
			out[i] = e.walk(&row, x, first, e.Info.Trees)
		}
	}
}

// openRows is how many rows have no less than sure.
func openRows(out []float32, sure float32) (n int) {
	for _, x := range out {
		if x >= sure {
			n++
		}
	}
	return n
}

// eights appends the numbers of the eights of rows in which one has no less than sure.
func eights(to []int, out []float32, sure float32) []int {
	for i, x := range out {
		if g := i / 8; x >= sure && (len(to) == 0 || to[len(to)-1] < g) {
			to = append(to, g)
		}
	}
	return to
}

// allEights appends the numbers of the eights of n rows.
func allEights(to []int, n int) []int {
	for g := 0; 8*g < n; g++ {
		to = append(to, g)
	}
	return to
}

// Plain says which rows the first trees settle: those to which they give log-odds below
// Sure. Scale times these stands for what all trees would say.
type Plain struct {
	First       int
	Sure, Scale float32
}

// PredictPlain is Predict for rows most of which are plain cases.
func (e *Ensemble) PredictPlain(b *Batch, rows []uint8, stride, n int, out []float32, plain Plain) {
	if e.depth != highDepth {
		e.Predict(b, rows, stride, n, out)
		return
	}
	first := min(plain.First, e.Info.Trees)
	for from := 0; from < n; from += Together {
		e.predictPlain(b, rows[from*stride:], stride, out[from:min(n, from+Together)], first, plain)
	}
}

// predictPlain does it for the rows of a batch.
func (e *Ensemble) predictPlain(b *Batch, rows []uint8, stride int, out []float32, first int, plain Plain) {
	row := func(i int) *[256]uint8 { return (*[256]uint8)(rows[i*stride:]) }
	together := len(out) > fewRows
	if together {
		b.begin(e, rows, stride, len(out))
		var room [Together / 8]int
		b.add(e, 0, first, allEights(room[:0], len(out)))
		copy(out, b.sums[:])
	} else {
		for i := range out {
			out[i] = e.walk(row(i), float32(e.Info.Base), 0, first)
		}
	}
	if together = openRows(out, plain.Sure) > fewRows; together {
		var room [Together / 8]int
		b.add(e, first, e.Info.Trees, eights(room[:0], out, plain.Sure))
	}
	for i, x := range out {
		switch {
		case x < plain.Sure:
			out[i] = x * plain.Scale
		case together:
			out[i] = b.sums[i]
		default:
			out[i] = e.walk(row(i), x, first, e.Info.Trees)
		}
	}
}

// begin reads rows and puts them to the tests of an ensemble.
func (b *Batch) begin(e *Ensemble, rows []uint8, stride, n int) {
	b.fill(rows, stride, len(e.Info.Features), n)
	b.read(&e.tests, n)
	for i := range b.sums {
		b.sums[i] = float32(e.Info.Base)
	}
}

// One is the log-odds of one row, which takes less than a batch does.
func (e *Ensemble) One(row *[256]uint8) float32 {
	return e.walk(row, float32(e.Info.Base), 0, e.Info.Trees)
}

// step is 1 when the byte reaches the node's threshold, else 0.
func step(node uint32, v uint8) uint32 { return uint32(int32(node)>>16-int32(v)) >> 31 }

// Sigmoid turns log-odds into a probability.
func Sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }
