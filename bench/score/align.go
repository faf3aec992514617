package score

import (
	"strings"
	"unicode"
)

// letters returns the letters and digits of s in lower case: the form in which
// flattened texts are compared, so that white space and punctuation do not
// matter.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || combining(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func combining(r rune) bool { return unicode.In(r, unicode.Mn, unicode.Mc) }

// weight is the length of s in words. Apostrophes, hyphens and combining marks
// do not end a word; letters of scripts without spaces are half a word each.
func weight(s string) float64 {
	words, halves, inside := 0, 0, false
	for _, r := range s {
		if unspaced(r) {
			halves++
			inside = false
			continue
		}
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			if !inside {
				words++
			}
			inside = true
			continue
		}
		inside = inside && (combining(r) || r == '\'' || r == '’' || r == '-')
	}
	return float64(words + (halves+1)/2)
}

// kept returns for every line of the document which share of it is in the
// text, for a line to be cut the share of each run. Whole lines are matched
// first, in order; what lies between two matched lines is compared by content,
// so that a tool may cut, join or re-space lines.
func (d *Flat) kept(text string) [][]float64 {
	in := make([]string, len(d.Lines))
	for i := range d.Lines {
		in[i] = letters(d.Lines[i].Text)
	}
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if s := letters(line); s != "" {
			out = append(out, s)
		}
	}
	match := matchLines(in, out)
	res := make([][]float64, len(in))
	for i, from := 0, 0; i < len(in); {
		if match[i] >= 0 {
			res[i] = make([]float64, max(1, len(d.Lines[i].Runs)))
			for k := range res[i] {
				res[i][k] = 1
			}
			from = match[i] + 1
			i++
			continue
		}
		end, to := i, len(out)
		for end < len(in) && match[end] < 0 {
			end++
		}
		if end < len(in) {
			to = match[end]
		}
		g := gap{text: strings.Join(out[from:to], "")}
		for ; i < end; i++ {
			if len(d.Lines[i].Runs) == 0 {
				res[i] = []float64{g.share(in[i])}
			}
			for _, run := range d.Lines[i].Runs {
				res[i] = append(res[i], g.share(letters(run.Text)))
			}
		}
	}
	return res
}

// matchLines pairs equal lines in order, as many as possible: for each line of
// in the index of its partner in out, or -1.
func matchLines(in, out []string) []int {
	match := make([]int, len(in))
	for i := range match {
		match[i] = -1
	}
	lo, hiIn, hiOut := 0, len(in), len(out)
	for lo < hiIn && lo < hiOut && in[lo] == out[lo] {
		match[lo] = lo
		lo++
	}
	for hiIn > lo && hiOut > lo && in[hiIn-1] == out[hiOut-1] {
		hiIn--
		hiOut--
		match[hiIn] = hiOut
	}
	a, b := in[lo:hiIn], out[lo:hiOut]
	if len(a) == 0 || len(b) == 0 {
		return match
	}
	// best[i][j] is the length of the longest common subsequence of a[i:], b[j:].
	best := make([][]int32, len(a)+1)
	for i := range best {
		best[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				best[i][j] = best[i+1][j+1] + 1
			} else {
				best[i][j] = max(best[i+1][j], best[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			match[lo+i] = lo + j
			i++
			j++
		case best[i+1][j] >= best[i][j+1]:
			i++
		default:
			j++
		}
	}
	return match
}

// A gap is the output between two matched lines.
type gap struct {
	text  string
	grams map[int]map[string]bool // by length in letters
}

const (
	partLetters = 20 // a shorter piece is there whole or not at all
	gramLetters = 14 // a sequence this long is no coincidence
	gramCJK     = 7  // nor one this long in a script without spaces
)

// share returns which part of s is in the gap: all when it is there in one
// piece, else the part covered by sequences of gramLetters.
func (g *gap) share(s string) float64 {
	if s == "" || g.text == "" {
		return 0
	}
	if strings.Contains(g.text, s) {
		return 1
	}
	rs := []rune(s)
	if len(rs) < partLetters {
		return 0
	}
	n := gramLetters
	if mostlyUnspaced(rs) {
		n = gramCJK
	}
	grams := g.gramsOf(n)
	covered, upto := 0, 0 // upto: end of what has been counted
	for i := 0; i+n <= len(rs); i++ {
		if grams[string(rs[i:i+n])] {
			covered += i + n - max(i, upto)
			upto = i + n
		}
	}
	return float64(covered) / float64(len(rs))
}

func (g *gap) gramsOf(n int) map[string]bool {
	if m := g.grams[n]; m != nil {
		return m
	}
	rs := []rune(g.text)
	m := make(map[string]bool, len(rs))
	for i := 0; i+n <= len(rs); i++ {
		m[string(rs[i:i+n])] = true
	}
	if g.grams == nil {
		g.grams = map[int]map[string]bool{}
	}
	g.grams[n] = m
	return m
}

// mostlyUnspaced reports whether more than a third of the letters are of such a
// script.
func mostlyUnspaced(rs []rune) bool {
	n := 0
	for _, r := range rs {
		if unspaced(r) {
			n++
		}
	}
	return 3*n > len(rs)
}
