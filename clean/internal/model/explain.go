package model

import "math"

// An Explainer tells how much each feature moved the verdict on a row. On the
// way down a tree every step changes what is to be expected of the row, the
// mean of the leaves below; the change counts for the feature that was asked.
// It is made only when somebody asks for reasons, and is safe for concurrent
// use.
type Explainer struct {
	e     *Ensemble
	means []float32 // by node, in the order of e.nodes
}

// NewExplainer explains an ensemble.
func NewExplainer(e *Ensemble) *Explainer { return &Explainer{e, e.means()} }

// Features is how many features there are.
func (x *Explainer) Features() int { return len(x.e.Info.Features) }

// Explain writes to out, for every feature, what it added to the log-odds of
// a row of bytes, and returns those log-odds. What is left when all of out is
// taken from them is what the model says of a row of which nothing is known.
func (x *Explainer) Explain(row []uint8, out []float32) (odds float32) {
	e := x.e
	clear(out[:x.Features()])
	odds = float32(e.Info.Base)
	size := 1 << e.depth
	for t := range e.Info.Trees {
		nodes, means := e.nodes[t*size:(t+1)*size], x.means[t*size:(t+1)*size]
		leaves := e.leaves[t*size : (t+1)*size]
		at := means[1]
		for k := 1; k < size; {
			f := nodes[k] & 255
			next := 2*k + int(step(nodes[k], row[f]))
			to := float32(0)
			if next < size {
				to = means[next]
			} else {
				to = leaves[next-size]
			}
			out[f] += to - at
			k, at = next, to
		}
		odds += at
	}
	return odds
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
	k := side(kept)
	for f, m := range moved {
		s.sums[k][f] += m
	}
	s.n[k]++
}

// Beside takes from moved, of a row that stayed or went, what the other side
// has as well. Without another side it leaves moved as it is.
func (s *Sides) Beside(moved []float32, kept bool) {
	k := side(!kept)
	if s.n[k] == 0 {
		return
	}
	for f := range moved {
		moved[f] -= s.sums[k][f] / s.n[k]
	}
}

func side(kept bool) int {
	if kept {
		return 1
	}
	return 0
}
