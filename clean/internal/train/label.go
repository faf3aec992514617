package main

import (
	"slices"
	"strings"
	"unicode"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// words splits text into lower-case words of letters and digits; an ideograph
// is a word of its own.
func words(text string) []string {
	var out []string
	start := -1
	text = strings.ToLower(text)
	for i, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		ideo := letter && chars.SpacelessInLabels(r)
		if start >= 0 && (!letter || ideo) {
			out = append(out, text[start:i])
			start = -1
		}
		switch {
		case ideo:
			out = append(out, string(r))
		case letter && start < 0:
			start = i
		}
	}
	if start >= 0 {
		out = append(out, text[start:])
	}
	return out
}

// A label says whether a block belongs to the gold text.
type label int8

const (
	unknown label = iota - 1
	foreign
	content
)

const gram = 4

// labelFull labels blocks from the whole gold text.
//
// Runs of words that a block shares with the gold are found by 4-grams; blocks
// at least half covered are candidates, at the gold position of their first
// match. The heaviest chain of candidates with rising positions is content;
// other candidates are content where they cover gold that is still uncovered,
// else second copies, of which nothing is known. Short blocks are content only
// when their words stand in the gold between their neighbours' places.
func labelFull(blocks [][]string, gold []string) []label {
	index := map[string][]int{}
	for i := 0; i+gram <= len(gold); i++ {
		k := strings.Join(gold[i:i+gram], " ")
		index[k] = append(index[k], i)
	}
	type cand struct {
		block, from, to, weight int
	}
	labels := make([]label, len(blocks))
	var cands []cand
	for b, ws := range blocks {
		if len(ws) < gram {
			continue
		}
		// Every position the block may stand at, by diagonal.
		votes := map[int]int{}
		covered := make([]bool, len(ws))
		any := 0
		for i := 0; i+gram <= len(ws); i++ {
			pos := index[strings.Join(ws[i:i+gram], " ")]
			if len(pos) == 0 {
				continue
			}
			for j := i; j < i+gram; j++ {
				if !covered[j] {
					covered[j] = true
					any++
				}
			}
			for _, p := range pos[:min(len(pos), 8)] {
				votes[(p-i)/4]++
			}
		}
		if any*2 < len(ws) {
			continue
		}
		var diags []int
		for d := range votes {
			diags = append(diags, d)
		}
		slices.SortFunc(diags, func(a, b int) int {
			if votes[a] != votes[b] {
				return votes[b] - votes[a]
			}
			return a - b
		})
		for _, d := range diags[:min(len(diags), 3)] {
			from := max(d*4, 0)
			cands = append(cands, cand{b, from, min(from+len(ws), len(gold)), votes[d]})
		}
		labels[b] = unknown
	}
	// Heaviest chain over blocks in order with rising gold positions: a Fenwick
	// tree of best weights by position.
	best := make([]int, len(cands))
	prev := make([]int, len(cands))
	tree := make([]int, len(gold)+2) // index+1 of the best candidate ending there
	query := func(p int) int {
		r := 0
		for p++; p > 0; p -= p & -p {
			if c := tree[p]; c > 0 && (r == 0 || best[c-1] > best[r-1]) {
				r = c
			}
		}
		return r
	}
	update := func(p, c int) {
		for p++; p < len(tree); p += p & -p {
			if o := tree[p]; o == 0 || best[c-1] > best[o-1] {
				tree[p] = c
			}
		}
	}
	end := 0
	for i := 0; i < len(cands); {
		j := i
		for j < len(cands) && cands[j].block == cands[i].block {
			c := query(cands[j].from)
			best[j], prev[j] = cands[j].weight, c
			if c > 0 {
				best[j] += best[c-1]
			}
			j++
		}
		for ; i < j; i++ {
			update(cands[i].from, i+1)
			if end == 0 || best[i] > best[end-1] {
				end = i + 1
			}
		}
	}
	at := make([]int, len(blocks)) // gold position, -1 unknown
	for b := range at {
		at[b] = -1
	}
	used := make([]bool, len(gold)+1)
	take := func(c cand) {
		labels[c.block], at[c.block] = content, c.from
		for p := c.from; p < c.to; p++ {
			used[p] = true
		}
	}
	for c := end; c > 0; c = prev[c-1] {
		take(cands[c-1])
	}
	for _, c := range cands {
		if labels[c.block] != unknown {
			continue
		}
		free := 0
		for p := c.from; p < c.to; p++ {
			if !used[p] {
				free++
			}
		}
		if free*2 >= c.to-c.from && c.to-c.from >= 8 {
			take(c)
			at[c.block] = -1 // out of order: no anchor for others
		}
	}
	// Short blocks, by the gold between their anchored neighbours.
	next := make([]int, len(blocks))
	n := len(gold)
	for b := len(blocks) - 1; b >= 0; b-- {
		next[b] = n
		if at[b] >= 0 {
			n = at[b]
		}
	}
	from := 0
	anchored := false
	for b, ws := range blocks {
		if at[b] >= 0 {
			from, anchored = at[b]+len(ws)/2, true
			continue
		}
		if labels[b] != foreign || len(ws) == 0 || len(ws) >= 2*gram {
			continue
		}
		lo, hi := from, min(next[b]+2, len(gold))
		if !anchored {
			lo = max(0, hi-60)
		}
		hi = min(hi, lo+120)
		if p := findSeq(gold, used, ws, lo, hi); p >= 0 {
			labels[b] = content
			for q := p; q < p+len(ws); q++ {
				used[q] = true
			}
			from, anchored = p+len(ws), true
		}
	}
	return labels
}

// findSeq finds ws in unused gold[lo:hi].
func findSeq(gold []string, used []bool, ws []string, lo, hi int) int {
next:
	for p := lo; p+len(ws) <= hi; p++ {
		for i, w := range ws {
			if gold[p+i] != w || used[p+i] {
				continue next
			}
		}
		return p
	}
	return -1
}

// labelSnippets labels the blocks that hold a snippet.
func labelSnippets(blocks []string, with, without []string) []label {
	labels := make([]label, len(blocks))
	for i, b := range blocks {
		labels[i] = unknown
		for _, s := range without {
			if s != "" && strings.Contains(b, s) {
				labels[i] = foreign
			}
		}
		for _, s := range with {
			if s != "" && strings.Contains(b, s) {
				labels[i] = content
			}
		}
	}
	return labels
}
