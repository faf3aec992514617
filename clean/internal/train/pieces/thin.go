package main

import "math/rand/v2"

// Residue of a thinned text.
var (
	thinRuns   = []int{0, 0, 1, 1, 1, 2, 2, 3, 4} // how many runs of lines stay,
	thinLength = []int{1, 1, 1, 2, 3}             // and of how many lines one is
)

// How far from the article its residue may stand, in lines.
const (
	thinBefore = 6
	thinAfter  = 12
)

// thin keeps the article of a page and little of the rest, near it, where it stood:
// what people have is an article with a piece or two of residue, not a whole page. It
// is nil where no line is the article's.
func thin(lines []lined, rnd *rand.Rand) []lined {
	first, last := -1, -1
	for i := range lines {
		if lines[i].has(article) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return nil
	}
	other := func(i int) bool { return len(lines[i].marks) > 0 && !lines[i].has(article) }
	var near []int
	for i := max(0, first-thinBefore); i < min(len(lines), last+thinAfter); i++ {
		if other(i) {
			near = append(near, i)
		}
	}
	keep := map[int]bool{}
	runs := pick(rnd, thinRuns)
	for ; runs > 0 && len(near) > 0; runs-- {
		at := pick(rnd, near)
		for end := at + pick(rnd, thinLength); at < min(end, len(lines)) && other(at); at++ {
			keep[at] = true
		}
	}
	var out []lined
	for i := range lines {
		if keep[i] || first <= i && i <= last && !other(i) {
			out = append(out, lines[i])
		}
	}
	return out
}
