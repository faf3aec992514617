package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/winnowtext/winnow/bench/score"
)

// A stretch is a run of words that two texts share (op '='), or that only the
// wanted one ('-') or only the other one ('+') has.
type stretch struct {
	op    byte
	words int
	text  string // from the first word to the last, as written
}

// wordDiff compares two texts word by word, case aside. Words that occur once
// in both are the anchors (patience diff), so that moved or repeated text does
// not pull the alignment apart.
func wordDiff(want, got string) []stretch {
	d := differ{a: placed(want), b: placed(got), src: [2]string{want, got}}
	d.align(0, len(d.a), 0, len(d.b))
	return d.stretches()
}

// A place is a word and where it stands.
type place struct {
	word       string
	start, end int
}

func placed(s string) []place {
	ws := score.Words(s)
	out := make([]place, len(ws))
	pos := 0
	for i, w := range ws {
		// Words are found in order, each no earlier than the end of the last.
		start := pos
		for s[start:start+len(w)] != w {
			start++
		}
		pos = start + len(w)
		out[i] = place{score.Lower(w), start, pos}
	}
	return out
}

type differ struct {
	a, b  []place
	src   [2]string
	pairs [][2]int // equal words, in order
}

// tableMax limits the table of the plain algorithm used between anchors.
const tableMax = 1 << 22

func (d *differ) align(a0, a1, b0, b1 int) {
	for a0 < a1 && b0 < b1 && d.a[a0].word == d.b[b0].word {
		d.pairs = append(d.pairs, [2]int{a0, b0})
		a0, b0 = a0+1, b0+1
	}
	tail := 0
	for a0 < a1-tail && b0 < b1-tail && d.a[a1-tail-1].word == d.b[b1-tail-1].word {
		tail++
	}
	a1, b1 = a1-tail, b1-tail
	if a0 < a1 && b0 < b1 {
		if anchors := d.anchors(a0, a1, b0, b1); len(anchors) > 0 {
			for _, p := range anchors {
				d.align(a0, p[0], b0, p[1])
				d.pairs = append(d.pairs, p)
				a0, b0 = p[0]+1, p[1]+1
			}
			d.align(a0, a1, b0, b1)
		} else if (a1-a0)*(b1-b0) <= tableMax {
			d.plain(a0, a1, b0, b1)
		}
	}
	for i := range tail {
		d.pairs = append(d.pairs, [2]int{a1 + i, b1 + i})
	}
}

// anchors returns the longest rising sequence of words that stand once on each
// side.
func (d *differ) anchors(a0, a1, b0, b1 int) [][2]int {
	type count struct{ inA, inB, at int }
	seen := map[string]*count{}
	for i := a0; i < a1; i++ {
		if seen[d.a[i].word] == nil {
			seen[d.a[i].word] = &count{}
		}
		seen[d.a[i].word].inA++
	}
	for j := b0; j < b1; j++ {
		if c := seen[d.b[j].word]; c != nil {
			c.inB++
			c.at = j
		}
	}
	var once [][2]int
	for i := a0; i < a1; i++ {
		if c := seen[d.a[i].word]; c.inA == 1 && c.inB == 1 {
			once = append(once, [2]int{i, c.at})
		}
	}
	// ends[k] is the candidate that ends the best sequence of k+1.
	var ends []int
	before := make([]int, len(once))
	for i, p := range once {
		k, _ := slices.BinarySearchFunc(ends, p[1], func(e, at int) int { return cmp.Compare(once[e][1], at) })
		before[i] = -1
		if k > 0 {
			before[i] = ends[k-1]
		}
		if k == len(ends) {
			ends = append(ends, i)
		} else {
			ends[k] = i
		}
	}
	out := make([][2]int, len(ends))
	if len(ends) > 0 {
		for k, i := len(ends)-1, ends[len(ends)-1]; k >= 0; k, i = k-1, before[i] {
			out[k] = once[i]
		}
	}
	return out
}

// plain is the longest common subsequence by a table.
func (d *differ) plain(a0, a1, b0, b1 int) {
	n, m := a1-a0, b1-b0
	best := make([]int32, (n+1)*(m+1))
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if d.a[a0+i].word == d.b[b0+j].word {
				best[i*(m+1)+j] = best[(i+1)*(m+1)+j+1] + 1
			} else {
				best[i*(m+1)+j] = max(best[(i+1)*(m+1)+j], best[i*(m+1)+j+1])
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case d.a[a0+i].word == d.b[b0+j].word:
			d.pairs = append(d.pairs, [2]int{a0 + i, b0 + j})
			i, j = i+1, j+1
		case best[(i+1)*(m+1)+j] >= best[i*(m+1)+j+1]:
			i++
		default:
			j++
		}
	}
}

// weakMatch is the length in words up to which an equal run between two
// differences counts as coincidence.
const weakMatch = 2

func (d *differ) stretches() []stretch {
	type run struct{ a0, a1, b0, b1 int } // equal words
	var runs []run
	for _, p := range d.pairs {
		if k := len(runs) - 1; k >= 0 && runs[k].a1 == p[0] && runs[k].b1 == p[1] {
			runs[k].a1, runs[k].b1 = p[0]+1, p[1]+1
			continue
		}
		runs = append(runs, run{p[0], p[0] + 1, p[1], p[1] + 1})
	}
	runs = slices.DeleteFunc(runs, func(r run) bool {
		edge := r.a0 == 0 && r.b0 == 0 || r.a1 == len(d.a) && r.b1 == len(d.b)
		return r.a1-r.a0 <= weakMatch && !edge
	})
	var out []stretch
	put := func(op byte, side, from, to int, ps []place) {
		if from < to {
			out = append(out, stretch{op, to - from, d.src[side][ps[from].start:ps[to-1].end]})
		}
	}
	a, b := 0, 0
	for _, r := range append(runs, run{len(d.a), len(d.a), len(d.b), len(d.b)}) {
		put('-', 0, a, r.a0, d.a)
		put('+', 1, b, r.b0, d.b)
		put('=', 0, r.a0, r.a1, d.a)
		a, b = r.a1, r.b1
	}
	return out
}

// printDiff prints the stretches in reading order, long ones shortened to
// about width characters; equal ones only by their ends.
func printDiff(w io.Writer, list []stretch, width int) {
	for _, s := range list {
		n := width
		if s.op == '=' {
			n = min(width, 90)
		}
		fmt.Fprintf(w, "%c %5d words  %s\n", s.op, s.words, shorten(score.Squeeze(s.text), n))
	}
}

// shorten keeps both ends of a text of more than n characters.
func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)
	return string(r[:n*2/3]) + " … " + string(r[len(r)-n/3:])
}
