package model

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Show writes an ensemble as text, so that two may be compared line by line: the
// header, how often and to what gain each feature is asked, and the trees as rules.
// The gain of a feature is the part of what its nodes explain of the variance of the
// log-odds, in percent; rows count by the shares noted in training.
func (e *Ensemble) Show(out io.Writer) error {
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "name %s\ntrees %d\ndepth %d\nbase %g\n", e.Info.Name, e.Info.Trees, e.Info.Depth, e.Info.Base)
	if len(e.Info.Provenance) > 0 {
		facts := map[string]json.RawMessage{}
		if err := json.Unmarshal(e.Info.Provenance, &facts); err != nil {
			return fmt.Errorf("model: provenance: %w", err)
		}
		for _, k := range sortedKeys(facts) {
			fmt.Fprintf(w, "%s %s\n", k, facts[k])
		}
	}
	s := shower{e: e, means: e.means(), uses: make([]int, len(e.Info.Features)), gains: make([]float64, len(e.Info.Features))}
	var trees strings.Builder
	for t := range e.Info.Trees {
		fmt.Fprintf(&trees, "\ntree %d\n", t)
		s.node(&trees, t, 1, 0, 1)
	}
	total := 0.0
	for _, g := range s.gains {
		total += g
	}
	order := make([]int, len(s.gains))
	for f := range order {
		order[f] = f
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.gains[b], s.gains[a]) })
	fmt.Fprintf(w, "\n%-28s %6s %7s\n", "feature", "nodes", "gain %")
	for _, f := range order {
		fmt.Fprintf(w, "%-28s %6d %7.3f\n", e.Info.Features[f], s.uses[f], 100*s.gains[f]/max(total, 1e-12))
	}
	w.WriteString(trees.String())
	return w.Flush()
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// A shower writes trees and sums up what their nodes ask.
type shower struct {
	e     *Ensemble
	means []float32 // see means
	uses  []int
	gains []float64
}

// node writes what is below node k of a tree, which that share of the rows reaches.
func (s *shower) node(w io.Writer, tree, k, level int, reach float64) {
	size := 1 << s.e.depth
	indent := strings.Repeat("  ", level)
	if level == s.e.Info.Depth {
		first := k << (s.e.depth - level) // of the leaves it was padded to
		fmt.Fprintf(w, "%s%+.4f\n", indent, s.e.leaves[tree*size+first-size])
		return
	}
	node := s.e.nodes[tree*size+k]
	if int32(node)>>16 < 0 { // a branch that ended early: all rows go right
		for ; level < s.e.Info.Depth; level++ {
			k = 2*k + 1
		}
		fmt.Fprintf(w, "%s%+.4f\n", indent, s.e.leaves[tree*size+k<<(s.e.depth-level)-size])
		return
	}
	right := .5
	if s.e.shares != nil {
		right = float64(s.e.shares[tree*size+k]) / 255
	}
	f, bound := node&255, node>>16+1
	apart := float64(s.mean(tree, 2*k+1) - s.mean(tree, 2*k))
	s.uses[f]++
	s.gains[f] += reach * right * (1 - right) * apart * apart
	fmt.Fprintf(w, "%s%s < %d\n", indent, s.e.Info.Features[f], bound)
	s.node(w, tree, 2*k, level+1, reach*(1-right))
	fmt.Fprintf(w, "%s%s >= %d (%.0f %%)\n", indent, s.e.Info.Features[f], bound, 100*right)
	s.node(w, tree, 2*k+1, level+1, reach*right)
}

// mean is what is to be expected at a node or a leaf.
func (s *shower) mean(tree, k int) float32 {
	if size := 1 << s.e.depth; k < size {
		return s.means[tree*size+k]
	} else {
		return s.e.leaves[tree*size+k-size]
	}
}
