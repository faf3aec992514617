package line

import (
	"context"
	"hash/maphash"
)

// Dedupe marks second copies of long lines where the page, not the author,
// repeats them: a copy right after its original, as pages for several screen
// sizes hold it, or a stretch of lines copied in order. Single lines that
// recur are refrains, headers of tables and fixed wordings; they stay.
func Dedupe(lines []Line) { dedupe(context.Background(), lines) }

func dedupe(ctx context.Context, lines []Line) {
	seed := maphash.MakeSeed()
	type seen struct {
		first, last int
		count       int
	}
	long := func(i int) bool {
		l := &lines[i]
		return l.state != dropped && l.state != kept && (l.words >= dupWords || l.cjk >= dupWords) && len(l.Text) >= dupLetters
	}
	var known map[uint64]*seen
	original := make([]int32, 0)
	for i := range lines {
		if ended(ctx, i) {
			return
		}
		if !long(i) {
			continue
		}
		if known == nil {
			known = make(map[uint64]*seen)
		}
		key := maphash.String(seed, lines[i].Text)
		s, ok := known[key]
		if !ok {
			known[key] = &seen{i, i, 1}
			continue
		}
		if lines[s.first].Text != lines[i].Text {
			continue // another text of the same hash
		}
		if len(original) == 0 {
			original = make([]int32, len(lines))
			for j := range original {
				original[j] = -1
			}
		}
		original[i] = int32(s.first)
		s.last = i
		s.count++
	}
	if len(original) == 0 {
		return
	}
	for i, first := range original {
		if ended(ctx, i) {
			return
		}
		if first < 0 {
			continue
		}
		s := known[maphash.String(seed, lines[i].Text)]
		if s.count == 2 && i-int(first) <= dupGap || copied(original, i) {
			lines[i].drop("duplicate", "duplicate.line", "dedupe")
			lines[i].consent = byPlace
		}
	}
}

// copied tells whether a long line next to line i is a copy as well, from
// beside the original of line i.
func copied(original []int32, i int) bool {
	for d := 1; d <= dupGap; d++ {
		if i+d < len(original) && original[i+d] >= 0 && original[i+d] == original[i]+int32(d) {
			return true
		}
		if i-d >= 0 && original[i-d] >= 0 && original[i-d] == original[i]-int32(d) {
			return true
		}
	}
	return false
}
