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
// with copies of its leaf. So a step needs no branch instruction, and eight
// rows run in step. There are fast loops for two depths, lowDepth and highDepth;
// trees are padded to the next of them.
type Ensemble struct {
	Info   Info
	depth  int
	nodes  []uint32  // Trees * 2^depth, index 0 of each tree unused: feature | (threshold-1)<<16
	leaves []float32 // Trees * 2^depth
	shares []uint8   // of the rows at each node those that go right, in 255ths; may be nil
}

const (
	lowDepth  = 4
	highDepth = 6
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
	if e.Info.Depth < 1 || e.Info.Depth > 10 || e.Info.Trees < 1 || e.Info.Trees > 1<<12 || len(e.Info.Features) > 256 {
		return nil, fmt.Errorf("model: %d trees of depth %d over %d features", e.Info.Trees, e.Info.Depth, len(e.Info.Features))
	}
	count := e.Info.Trees << e.Info.Depth
	e.depth = max(e.Info.Depth, lowDepth)
	if e.depth > lowDepth {
		e.depth = max(e.depth, highDepth)
	}
	switch len(b) {
	case count * 6:
	case count * 7:
		e.shares = make([]uint8, e.Info.Trees<<e.depth)
	default:
		return nil, fmt.Errorf("model: %d bytes of trees, want %d or %d", len(b), count*6, count*7)
	}
	e.nodes, e.leaves = make([]uint32, e.Info.Trees<<e.depth), make([]float32, e.Info.Trees<<e.depth)
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
	return e, nil
}

// Predict writes the log-odds of n rows to out. Rows lie one after the other
// in rows, stride bytes each, and rows is at least 255 bytes longer than they
// are, so that a look at a feature needs no bounds check.
func (e *Ensemble) Predict(rows []uint8, stride, n int, out []float32) {
	out = out[:n]
	for i := range out {
		out[i] = float32(e.Info.Base)
	}
	e.add(0, e.Info.Trees, rows, stride, out)
}

// PredictSome is Predict for rows most of which are plain cases: those to which
// the first trees give log-odds below sure stay at that. rows is used up.
func (e *Ensemble) PredictSome(rows []uint8, stride, n int, out []float32, first int, sure float32) {
	out = out[:n]
	for i := range out {
		out[i] = float32(e.Info.Base)
	}
	first = min(first, e.Info.Trees)
	e.add(0, first, rows, stride, out)
	// The rows that are left move together, so that eight of them run in step.
	const most = 256
	var at [most]int32
	var sums [most]float32
	for i := 0; i < n; {
		from, k := i, 0
		for ; i < n && k < most; i++ {
			if out[i] >= sure {
				copy(rows[(from+k)*stride:][:stride], rows[i*stride:][:stride])
				at[k], sums[k] = int32(i), out[i]
				k++
			}
		}
		e.add(first, e.Info.Trees, rows[from*stride:], stride, sums[:k])
		for j := range k {
			out[at[j]] = sums[j]
		}
	}
}

// add adds the leaves of the trees from..to-1 to out.
func (e *Ensemble) add(from, to int, rows []uint8, stride int, out []float32) {
	for t := from; t < to; t++ {
		i := 0
		switch e.depth {
		case lowDepth:
			i = predictLow((*[1 << lowDepth]uint32)(e.nodes[t<<lowDepth:]), (*[1 << lowDepth]float32)(e.leaves[t<<lowDepth:]), rows, stride, out)
		case highDepth:
			i = predictHigh((*[1 << highDepth]uint32)(e.nodes[t<<highDepth:]), (*[1 << highDepth]float32)(e.leaves[t<<highDepth:]), rows, stride, out)
		}
		nodes, leaves := e.nodes[t<<e.depth:][:1<<e.depth], e.leaves[t<<e.depth:][:1<<e.depth]
		for ; i < len(out); i++ {
			r := (*[256]uint8)(rows[i*stride:])
			k := uint32(1)
			for range e.depth {
				k = 2*k + right(nodes[k], r)
			}
			out[i] += leaves[k-1<<e.depth]
		}
	}
}

// predictHigh adds one tree's leaves to out, for as many rows as make eights, and
// returns their number.
func predictHigh(nodes *[1 << highDepth]uint32, leaves *[1 << highDepth]float32, rows []uint8, stride int, out []float32) int {
	const mask = 1<<highDepth - 1 // spares bounds checks
	i := 0
	for ; i+8 <= len(out); i += 8 {
		r0 := (*[256]uint8)(rows[i*stride:])
		r1 := (*[256]uint8)(rows[(i+1)*stride:])
		r2 := (*[256]uint8)(rows[(i+2)*stride:])
		r3 := (*[256]uint8)(rows[(i+3)*stride:])
		r4 := (*[256]uint8)(rows[(i+4)*stride:])
		r5 := (*[256]uint8)(rows[(i+5)*stride:])
		r6 := (*[256]uint8)(rows[(i+6)*stride:])
		r7 := (*[256]uint8)(rows[(i+7)*stride:])
		var k0, k1, k2, k3, k4, k5, k6, k7 uint32 = 1, 1, 1, 1, 1, 1, 1, 1
		for range highDepth {
			k0 = 2*k0 + right(nodes[k0&mask], r0)
			k1 = 2*k1 + right(nodes[k1&mask], r1)
			k2 = 2*k2 + right(nodes[k2&mask], r2)
			k3 = 2*k3 + right(nodes[k3&mask], r3)
			k4 = 2*k4 + right(nodes[k4&mask], r4)
			k5 = 2*k5 + right(nodes[k5&mask], r5)
			k6 = 2*k6 + right(nodes[k6&mask], r6)
			k7 = 2*k7 + right(nodes[k7&mask], r7)
		}
		o := (*[8]float32)(out[i:])
		o[0] += leaves[k0&mask]
		o[1] += leaves[k1&mask]
		o[2] += leaves[k2&mask]
		o[3] += leaves[k3&mask]
		o[4] += leaves[k4&mask]
		o[5] += leaves[k5&mask]
		o[6] += leaves[k6&mask]
		o[7] += leaves[k7&mask]
	}
	return i
}

// predictLow is the same for trees of less depth: the compiler knows the size of
// an array, not that of a slice.
func predictLow(nodes *[1 << lowDepth]uint32, leaves *[1 << lowDepth]float32, rows []uint8, stride int, out []float32) int {
	const mask = 1<<lowDepth - 1 // spares bounds checks
	i := 0
	for ; i+8 <= len(out); i += 8 {
		r0 := (*[256]uint8)(rows[i*stride:])
		r1 := (*[256]uint8)(rows[(i+1)*stride:])
		r2 := (*[256]uint8)(rows[(i+2)*stride:])
		r3 := (*[256]uint8)(rows[(i+3)*stride:])
		r4 := (*[256]uint8)(rows[(i+4)*stride:])
		r5 := (*[256]uint8)(rows[(i+5)*stride:])
		r6 := (*[256]uint8)(rows[(i+6)*stride:])
		r7 := (*[256]uint8)(rows[(i+7)*stride:])
		var k0, k1, k2, k3, k4, k5, k6, k7 uint32 = 1, 1, 1, 1, 1, 1, 1, 1
		for range lowDepth {
			k0 = 2*k0 + right(nodes[k0&mask], r0)
			k1 = 2*k1 + right(nodes[k1&mask], r1)
			k2 = 2*k2 + right(nodes[k2&mask], r2)
			k3 = 2*k3 + right(nodes[k3&mask], r3)
			k4 = 2*k4 + right(nodes[k4&mask], r4)
			k5 = 2*k5 + right(nodes[k5&mask], r5)
			k6 = 2*k6 + right(nodes[k6&mask], r6)
			k7 = 2*k7 + right(nodes[k7&mask], r7)
		}
		o := (*[8]float32)(out[i:])
		o[0] += leaves[k0&mask]
		o[1] += leaves[k1&mask]
		o[2] += leaves[k2&mask]
		o[3] += leaves[k3&mask]
		o[4] += leaves[k4&mask]
		o[5] += leaves[k5&mask]
		o[6] += leaves[k6&mask]
		o[7] += leaves[k7&mask]
	}
	return i
}

// Split cuts an ensemble into its first n trees and the others, whose base is
// zero: a row that the first ones decide beyond doubt need not see the others.
func (e *Ensemble) Split(n int) (first, others *Ensemble) {
	n = min(n, e.Info.Trees)
	at := n << e.depth
	a, b := *e, *e
	a.Info.Trees, a.nodes, a.leaves = n, e.nodes[:at], e.leaves[:at]
	b.Info.Trees, b.nodes, b.leaves = e.Info.Trees-n, e.nodes[at:], e.leaves[at:]
	if e.shares != nil {
		a.shares, b.shares = e.shares[:at], e.shares[at:]
	}
	b.Info.Base = 0
	return &a, &b
}

// right is 1 when the row reaches the node's threshold, else 0.
func right(node uint32, r *[256]uint8) uint32 { return step(node, r[node&255]) }

func step(node uint32, v uint8) uint32 { return uint32(int32(node)>>16-int32(v)) >> 31 }

// Sigmoid turns log-odds into a probability.
func Sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }
