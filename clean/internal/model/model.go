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
// Every tree is stored as a perfect binary tree in heap order, a node being
// feature<<8 | threshold: a row goes right where its byte is at least the
// threshold. A branch that ends early is padded with copies of its leaf. So a
// step needs no branch instruction, and four rows run in step.
type Ensemble struct {
	Info   Info
	nodes  []uint16  // Trees * 2^Depth, index 0 of each tree unused
	leaves []float32 // Trees * 2^Depth
	shares []uint8   // of the rows at each node those that go right, in 255ths; may be nil
}

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
	switch len(b) {
	case count * 6:
	case count * 7:
		e.shares = b[count*6:]
	default:
		return nil, fmt.Errorf("model: %d bytes of trees, want %d or %d", len(b), count*6, count*7)
	}
	e.nodes = make([]uint16, count)
	for i := range e.nodes {
		e.nodes[i] = binary.LittleEndian.Uint16(b[2*i:])
		if f := int(e.nodes[i] >> 8); f >= len(e.Info.Features) && f > 0 {
			return nil, fmt.Errorf("model: node %d asks for feature %d of %d", i, f, len(e.Info.Features))
		}
	}
	b = b[2*count:]
	e.leaves = make([]float32, count)
	for i := range e.leaves {
		e.leaves[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
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
	depth, size := e.Info.Depth, 1<<e.Info.Depth
	for t := range e.Info.Trees {
		nodes, leaves := e.nodes[t*size:(t+1)*size], e.leaves[t*size:(t+1)*size]
		i := 0
		for ; i+4 <= n; i += 4 {
			r0 := (*[256]uint8)(rows[i*stride:])
			r1 := (*[256]uint8)(rows[(i+1)*stride:])
			r2 := (*[256]uint8)(rows[(i+2)*stride:])
			r3 := (*[256]uint8)(rows[(i+3)*stride:])
			k0, k1, k2, k3 := 1, 1, 1, 1
			for range depth {
				n0, n1, n2, n3 := nodes[k0], nodes[k1], nodes[k2], nodes[k3]
				k0 = 2*k0 + right(n0, r0[n0>>8])
				k1 = 2*k1 + right(n1, r1[n1>>8])
				k2 = 2*k2 + right(n2, r2[n2>>8])
				k3 = 2*k3 + right(n3, r3[n3>>8])
			}
			out[i] += leaves[k0-size]
			out[i+1] += leaves[k1-size]
			out[i+2] += leaves[k2-size]
			out[i+3] += leaves[k3-size]
		}
		for ; i < n; i++ {
			r := (*[256]uint8)(rows[i*stride:])
			k := 1
			for range depth {
				k = 2*k + right(nodes[k], r[nodes[k]>>8])
			}
			out[i] += leaves[k-size]
		}
	}
}

// Split cuts an ensemble into its first n trees and the others, whose base is
// zero: a row that the first ones decide beyond doubt need not see the others.
func (e *Ensemble) Split(n int) (first, others *Ensemble) {
	n = min(n, e.Info.Trees)
	at := n << e.Info.Depth
	a, b := *e, *e
	a.Info.Trees, a.nodes, a.leaves = n, e.nodes[:at], e.leaves[:at]
	b.Info.Trees, b.nodes, b.leaves = e.Info.Trees-n, e.nodes[at:], e.leaves[at:]
	if e.shares != nil {
		a.shares, b.shares = e.shares[:at], e.shares[at:]
	}
	b.Info.Base = 0
	return &a, &b
}

// right is 1 when v reaches the node's threshold, else 0.
func right(node uint16, v uint8) int {
	return int(uint32(int32(node&255)-int32(v)-1) >> 31)
}

// Sigmoid turns log-odds into a probability.
func Sigmoid(x float32) float32 { return float32(1 / (1 + math.Exp(-float64(x)))) }
