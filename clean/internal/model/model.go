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
// are, so that a row may be read in eights.
func (e *Ensemble) Predict(rows []uint8, stride, n int, out []float32) {
	e.PredictSome(rows, stride, n, out, e.Info.Trees, 0)
}

// PredictSome is Predict for rows most of which are plain cases: those to which
// the first trees give log-odds below sure stay at that.
func (e *Ensemble) PredictSome(rows []uint8, stride, n int, out []float32, first int, sure float32) {
	s := slicePool.Get().(*slice)
	defer slicePool.Put(s)
	for from := 0; from < n; from += Together {
		out := out[from:min(n, from+Together)]
		s.batch.fill(rows[from*stride:], stride, len(e.Info.Features), len(out))
		s.predict(e, &s.batch, out, first, sure)
	}
}

// PredictBatch is PredictSome for the rows of a batch, as many as out has room for.
func (e *Ensemble) PredictBatch(b *Batch, out []float32, first int, sure float32) {
	s := slicePool.Get().(*slice)
	defer slicePool.Put(s)
	s.predict(e, b, out, first, sure)
}

func (s *slice) predict(e *Ensemble, b *Batch, out []float32, first int, sure float32) {
	s.read(&e.tests, b, len(out))
	for i := range s.sums {
		s.sums[i] = float32(e.Info.Base)
	}
	s.open = s.open[:0]
	for g := 0; 8*g < len(out); g++ {
		s.open = append(s.open, g)
	}
	first = min(first, e.Info.Trees)
	s.add(e, 0, first)
	copy(out, s.sums[:])
	// The eights in which nothing is left go out.
	s.open = s.open[:0]
	for i, x := range out {
		if g := i / 8; x >= sure && (len(s.open) == 0 || s.open[len(s.open)-1] < g) {
			s.open = append(s.open, g)
		}
	}
	if len(s.open) == 0 {
		return
	}
	s.add(e, first, e.Info.Trees)
	for i := range out {
		if out[i] >= sure {
			out[i] = s.sums[i]
		}
	}
}

// step is 1 when the byte reaches the node's threshold, else 0.
func step(node uint32, v uint8) uint32 { return uint32(int32(node)>>16-int32(v)) >> 31 }

// Sigmoid turns log-odds into a probability.
func Sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }
