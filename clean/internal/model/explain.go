package model

import "math"

// An Explainer tells how much each feature moved the verdict on a row. On the
// way down a tree every step changes what is to be expected of the row, the
// mean of the leaves below; the change counts for the feature that was asked.
// It is made only when somebody asks for reasons, and is safe for concurrent
// use.
type Explainer struct {
	e *Ensemble
	// moves are what the step to a node, and behind those of a tree to a leaf, changes:
	// twice as many as nodes.
	moves []float32
}

// NewExplainer explains an ensemble.
func NewExplainer(e *Ensemble) *Explainer { return &Explainer{e, e.moves()} }

// Features is how many features there are.
func (x *Explainer) Features() int { return len(x.e.Info.Features) }

// Explain writes to out, for every feature, what it added to the log-odds of
// a row of bytes, and returns those log-odds. What is left when all of out is
// taken from them is what the model says of a row of which nothing is known.
func (x *Explainer) Explain(row []uint8, out []float32) (odds float32) {
	var one [1]float32
	x.explain(row[:x.Features()], out, x.Features(), one[:], x.e.Info.Trees, 0)
	return one[0]
}

// ExplainRows is Explain for rows one after the other: what is said of the nth begins at
// out[n*stride]. As in PredictSome, rows of which the first trees give log-odds below
// sure stay at what these say.
func (x *Explainer) ExplainRows(rows []uint8, out []float32, stride, first int, sure float32) {
	var odds [explainTogether]float32
	for width := x.Features() * explainTogether; len(rows) > 0; {
		n := min(len(rows), width)
		x.explain(rows[:n], out, stride, odds[:n/x.Features()], first, sure)
		rows, out = rows[n:], out[min(len(out), explainTogether*stride):]
	}
}

// explainTogether is how many rows go through a tree before the next tree is read.
const explainTogether = 8

// explain explains as many rows as odds has room for.
func (x *Explainer) explain(rows []uint8, out []float32, stride int, odds []float32, first int, sure float32) {
	e, width := x.e, x.Features()
	// As wide as numbers of features can be: nothing needs to ask whether they are within.
	var values [explainTogether][256]uint8
	var sums [explainTogether][256]float32
	var at [explainTogether]uint32 // nodes
	for i := range odds {
		odds[i] = float32(e.Info.Base)
		copy(values[i][:], rows[i*width:][:width])
	}
	size := 1 << e.depth
	var of [explainTogether]int // which row each is, of those that are not settled
	for i := range of {
		of[i] = i
	}
	left := len(odds)
	for t := 0; t < e.Info.Trees && left > 0; t++ {
		if t == first {
			open := 0
			for i := range left {
				if odds[i] < sure {
					copy(out[i*stride:][:width], sums[i][:])
					continue
				}
				if open < i {
					values[open], sums[open], of[open] = values[i], sums[i], i
				}
				open++
			}
			left = open
		}
		nodes, moves, leaves := e.nodes[t*size:(t+1)*size], x.moves[2*t*size:2*(t+1)*size], e.leaves[t*size:(t+1)*size]
		// All go down a level at a time, which leaves no step waiting for the one before.
		at = [explainTogether]uint32{1, 1, 1, 1, 1, 1, 1, 1}
		for range e.depth {
			for i := range at[:left] {
				node := nodes[at[i]]
				f := uint8(node)
				k := 2*at[i] + step(node, values[i][f])
				sums[i][f] += moves[k]
				at[i] = k
			}
		}
		for i := range left {
			odds[of[i]] += leaves[at[i]-uint32(size)]
		}
	}
	for i := range left {
		copy(out[of[i]*stride:][:width], sums[i][:])
	}
}

// moves are what the steps down the trees change of what is to be expected.
func (e *Ensemble) moves() []float32 {
	means := e.means()
	moves := make([]float32, 2*len(means))
	size := 1 << e.depth
	for t := range e.Info.Trees {
		m := moves[2*t*size : 2*(t+1)*size]
		copy(m, means[t*size:(t+1)*size])
		copy(m[size:], e.leaves[t*size:(t+1)*size])
		for k := len(m) - 1; k > 1; k-- {
			m[k] -= m[k/2]
		}
	}
	return moves
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
