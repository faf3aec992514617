package model

import (
	"math"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// An Explainer tells how much each feature moved the verdict on a row. On the
// way down a tree every step changes what is to be expected of the row, the
// mean of the leaves below; the change counts for the feature that was asked.
// It is made only when somebody asks for reasons, and is safe for concurrent
// use.
type Explainer struct {
	e     *Ensemble
	paths []path // to every leaf
}

// A path is how rows come to a leaf: the features asked on the way, and what the steps
// changed. Where it is shorter, the rest changes nothing.
type path struct {
	features [8]uint8
	moves    [highDepth]float32
}

// NewExplainer explains an ensemble.
func NewExplainer(e *Ensemble) *Explainer { return &Explainer{e, e.paths()} }

// Features is how many features there are.
func (x *Explainer) Features() int { return len(x.e.Info.Features) }

// Explain writes to out, for every feature, what it added to the log-odds of
// a row of bytes, and returns those log-odds. What is left when all of out is
// taken from them is what the model says of a row of which nothing is known.
func (x *Explainer) Explain(row []uint8, out []float32) (odds float32) {
	e := x.e
	odds = float32(e.Info.Base)
	var sums [maxFeatures]float32
	size := 1 << e.depth
	for t := range e.Info.Trees {
		k := 1
		for range e.depth {
			node := e.nodes[t*size+k]
			k = 2*k + int(step(node, row[uint8(node)]))
		}
		x.paths[t*size+k-size].add(&sums)
		odds += e.leaves[t*size+k-size]
	}
	copy(out, sums[:x.Features()])
	return odds
}

// maxFeatures is how many an ensemble may have: nodes name them by a byte.
const maxFeatures = 256

// add adds what the steps of a path changed.
func (p *path) add(sums *[maxFeatures]float32) {
	sums[p.features[0]] += p.moves[0]
	sums[p.features[1]] += p.moves[1]
	sums[p.features[2]] += p.moves[2]
	sums[p.features[3]] += p.moves[3]
	sums[p.features[4]] += p.moves[4]
	sums[p.features[5]] += p.moves[5]
}

// ExplainRows is Explain for n rows one after the other, after which there are eight
// bytes more at least: what is said of the nth begins at out[n*stride], and behind the
// beginning of the last there is Room. As in PredictPlain, plain cases stay at what the first trees say. The rows go through b.
func (x *Explainer) ExplainRows(b *Batch, rows []uint8, n int, out []float32, stride int, plain Plain) {
	width := x.Features()
	for from := 0; from < n; from += Together {
		x.explain(b, rows[from*width:], min(n-from, Together), out[from*stride:], stride, plain)
	}
}

// Room is how many numbers ExplainRows needs behind the beginning of each row, of which
// it leaves those that are no feature as they are.
const Room = maxFeatures

// explain does it for the rows of a batch.
func (x *Explainer) explain(b *Batch, rows []uint8, n int, out []float32, stride int, plain Plain) {
	width, trees := x.Features(), x.e.Info.Trees
	first := min(plain.First, trees)
	b.begin(x.e, rows, width, n)
	all := b.rows[:n]
	for i := range all {
		all[i] = uint8(i)
		clear(out[i*stride:][:width])
	}
	x.through(b, 0, first, all, out, stride)
	open := all[:0]
	for i := range n {
		if b.sums[i] >= plain.Sure {
			open = append(open, uint8(i))
			continue
		}
		for f := range out[i*stride:][:width] {
			out[i*stride+f] *= plain.Scale
		}
	}
	if len(open) > 0 {
		x.through(b, first, trees, open, out, stride)
	}
}

// through adds to out, and to the sums of the batch, what the trees from..to-1 say of some
// of its rows.
func (x *Explainer) through(b *Batch, from, to int, rows []uint8, out []float32, stride int) {
	const together = 16 // as many as lie in the first cache with the paths of a tree
	e := x.e
	leaves := uint8(1<<e.depth - 1) // the bits above them tell nothing
	b.found = work.Sized(b.found, e.Info.Trees)
	for t := from; t < to; t++ {
		b.find(e, t, &b.found[t])
	}
	var sums [together]*[Room]float32
	for len(rows) > 0 {
		some := rows[:min(len(rows), together)]
		rows = rows[len(some):]
		for k, r := range some {
			sums[k] = (*[Room]float32)(out[int(r)*stride:])
		}
		for t := from; t < to; t++ {
			found := &b.found[t]
			paths, values := x.paths[t<<e.depth:][:1<<e.depth], e.leaves[t<<e.depth:][:1<<e.depth]
			for k, r := range some {
				leaf := uint8(found[r/8&7]>>(r%8*8)) & leaves
				paths[leaf].add(sums[k])
				b.sums[r&(Together-1)] += values[leaf]
			}
		}
	}
}

// paths are the paths to all leaves.
func (e *Ensemble) paths() []path {
	means := e.means()
	paths := make([]path, len(means))
	size := 1 << e.depth
	for t := range e.Info.Trees {
		expected := append(append([]float32{}, means[t*size:(t+1)*size]...), e.leaves[t*size:(t+1)*size]...)
		for leaf := range size {
			p := &paths[t*size+leaf]
			for level := range e.depth {
				at, to := (size+leaf)>>(e.depth-level), (size+leaf)>>(e.depth-level-1)
				p.features[level], p.moves[level] = uint8(e.nodes[t*size+at]), expected[to]-expected[at]
			}
		}
	}
	return paths
}

// means are the mean leaves below every node. Leaves count by the rows that
// reached them in training, where the model file knows, else all the same.
func (e *Ensemble) means() []float32 {
	means := make([]float32, len(e.nodes))
	size := 1 << e.depth
	for t := range e.Info.Trees {
		m, leaves := means[t*size:(t+1)*size], e.leaves[t*size:(t+1)*size]
		below := func(k int) float32 {
			if k < size {
				return m[k]
			}
			return leaves[k-size]
		}
		for k := size - 1; k > 0; k-- {
			share := float32(.5)
			if e.shares != nil {
				share = float32(e.shares[t*size+k]) / math.MaxUint8
			}
			m[k] = below(2*k)*(1-share) + below(2*k+1)*share
		}
	}
	return means
}

// Sides are what features added on average to the rows of one input that
// stayed and to those that went. Why a row stayed shows best beside those that
// went, and the other way round: what all rows of the input share says nothing.
type Sides struct {
	sums [2][]float32 // gone, kept
	n    [2]float32
}

// NewSides is for rows of so many features.
func NewSides(features int) *Sides {
	return &Sides{sums: [2][]float32{make([]float32, features), make([]float32, features)}}
}

// Add takes in what Explain said of a row.
func (s *Sides) Add(moved []float32, kept bool) {
	k := Side(kept)
	for f, m := range moved {
		s.sums[k][f] += m
	}
	s.n[k]++
}

// Beside takes from moved, of a row that stayed or went, what the other side
// has as well. Without another side it leaves moved as it is.
func (s *Sides) Beside(moved []float32, kept bool) {
	k := Side(!kept)
	if s.n[k] == 0 {
		return
	}
	for f := range moved {
		moved[f] -= s.sums[k][f] / s.n[k]
	}
}

// Side is the number of the side of what stayed, 1, or went, 0.
func Side(kept bool) int {
	if kept {
		return 1
	}
	return 0
}
