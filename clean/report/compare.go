package report

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean"
)

// A Pair is a stretch of an input's text and what two runs decided on it.
type Pair struct {
	Text string
	// Before and After are nil where a run does not have the text.
	Before, After *clean.Decision
}

// Changed reports whether one run keeps what the other removes, or removes it as
// another kind or by another rule. Other figures of the model are no change.
func (p *Pair) Changed() bool {
	a, b := p.Before, p.After
	if a == nil || b == nil {
		return true
	}
	if a.Kept != b.Kept || a.Kind != b.Kind {
		return true
	}
	// What stays, stays: whether the model was asked, which it is not where
	// nothing else goes, is no change.
	byRule := func(d *clean.Decision) bool { return d.Rule != "none" && d.Rule != clean.ByModel }
	return a.Rule != b.Rule && (byRule(a) || byRule(b))
}

// Compare puts the decisions of two runs over one input side by side. Both are
// the input's visible text in order; where they cut it differently, the pairs
// are the smaller pieces. Text that only one run has, as of two versions of a
// page, stands alone.
func Compare(before, after []clean.Decision) []Pair {
	a, b := spell(before), spell(after)
	var pairs []Pair
	for _, m := range a.anchors(b) {
		pairs = a.meet(b, a.starts[m.before], b.starts[m.after], pairs)
	}
	return a.meet(b, len(a.runes), len(b.runes), pairs)
}

// A spelling is a run's visible characters. Piece k has those from starts[k]
// on.
type spelling struct {
	ds     []clean.Decision
	runes  []rune
	starts []int
	at     int // the next to be paired
	piece  int // it is in this one ...
	byte   int // ... from there on
}

func spell(ds []clean.Decision) *spelling {
	s := &spelling{ds: ds, starts: make([]int, 0, len(ds)+1)}
	for i := range ds {
		s.starts = append(s.starts, len(s.runes))
		for _, r := range ds[i].Text {
			if visible(r) {
				s.runes = append(s.runes, r)
			}
		}
	}
	s.starts = append(s.starts, len(s.runes))
	return s
}

// meet pairs the characters up to ends aTo and bTo, which stand side by side:
// equal ones from the front and from the back, the others alone.
func (a *spelling) meet(b *spelling, aTo, bTo int, pairs []Pair) []Pair {
	front := 0
	for a.at+front < aTo && b.at+front < bTo && a.runes[a.at+front] == b.runes[b.at+front] {
		front++
	}
	back := 0
	for aTo-back > a.at+front && bTo-back > b.at+front && a.runes[aTo-back-1] == b.runes[bTo-back-1] {
		back++
	}
	pairs = a.side(b, front, pairs)
	for a.at < aTo-back {
		k, n := a.piece, min(a.left(), aTo-back-a.at)
		pairs = append(pairs, Pair{Text: a.take(n), Before: &a.ds[k]})
	}
	for b.at < bTo-back {
		k, n := b.piece, min(b.left(), bTo-back-b.at)
		pairs = append(pairs, Pair{Text: b.take(n), After: &b.ds[k]})
	}
	return a.side(b, back, pairs)
}

// side pairs the next n characters, which are the same.
func (a *spelling) side(b *spelling, n int, pairs []Pair) []Pair {
	for n > 0 {
		a.left()
		b.left()
		i, j := a.piece, b.piece
		step := min(a.left(), b.left(), n)
		text := a.take(step)
		b.take(step)
		pairs = append(pairs, Pair{Text: text, Before: &a.ds[i], After: &b.ds[j]})
		n -= step
	}
	return pairs
}

// left goes to the piece of the next character and tells how many it has from
// there on.
func (s *spelling) left() int {
	for s.piece < len(s.ds) && s.starts[s.piece+1] <= s.at {
		s.piece, s.byte = s.piece+1, 0
	}
	if s.piece == len(s.ds) {
		return 0
	}
	return s.starts[s.piece+1] - s.at
}

// take moves over n characters of a piece and returns their text.
func (s *spelling) take(n int) string {
	all := s.left() == n
	text := s.ds[s.piece].Text
	end := s.byte
	for k := 0; k < n && end < len(text); {
		r, size := utf8.DecodeRuneInString(text[end:])
		if visible(r) {
			k++
		}
		end += size
	}
	if all {
		end = len(text)
	}
	taken := strings.TrimSpace(text[s.byte:end])
	s.at, s.byte = s.at+n, end
	return taken
}

// An anchor is a pair of pieces that are the same in both runs.
type anchor struct{ before, after int }

// anchors are pieces whose text stands once in each run, in an order both
// share: the longest such row, as in a patience diff.
func (a *spelling) anchors(b *spelling) []anchor {
	if slices.Equal(a.runes, b.runes) {
		return nil // the usual case: nothing to look for
	}
	before, after := a.ds, b.ds
	type seen struct{ before, after, n, m int }
	byText := map[string]*seen{}
	for i := range before {
		s := byText[before[i].Text]
		if s == nil {
			s = &seen{}
			byText[before[i].Text] = s
		}
		s.before, s.n = i, s.n+1
	}
	for j := range after {
		if s := byText[after[j].Text]; s != nil {
			s.after, s.m = j, s.m+1
		}
	}
	var all []anchor
	for i := range before {
		if s := byText[before[i].Text]; s.n == 1 && s.m == 1 {
			all = append(all, anchor{i, s.after})
		}
	}
	return rising(all)
}

// rising returns the longest row of anchors in which after rises, too.
func rising(all []anchor) []anchor {
	var tails []int // index of the last anchor of the best row of each length
	prev := make([]int, len(all))
	for i, a := range all {
		lo, hi := 0, len(tails)
		for lo < hi {
			if mid := (lo + hi) / 2; all[tails[mid]].after < a.after {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		prev[i] = -1
		if lo > 0 {
			prev[i] = tails[lo-1]
		}
		if lo == len(tails) {
			tails = append(tails, i)
		} else {
			tails[lo] = i
		}
	}
	row := make([]anchor, len(tails))
	if len(tails) > 0 {
		for k, i := len(tails)-1, tails[len(tails)-1]; k >= 0; k, i = k-1, prev[i] {
			row[k] = all[i]
		}
	}
	return row
}

// visible reports whether a character counts when texts are compared: layout and
// invisible characters are not kept by cleaning.
func visible(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && !unicode.IsControl(r)
}
