package line

import (
	"hash/maphash"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// dedupe marks second copies of long lines where the page, not the author,
// repeats them: a copy right after its original, as pages for several screen
// sizes hold it, or a stretch of lines copied in order. Single lines that
// recur are refrains, headers of tables and fixed wordings; they stay.
func (m *Memory) dedupe(lines []Line) {
	if !alike(m.Clock, lines) {
		return
	}
	seed := maphash.MakeSeed()
	type seen struct {
		first, last int
		count       int
	}
	var known map[uint64]*seen
	original := make([]int32, 0)
	for i := range lines {
		m.Clock.Step()
		if !lines[i].mayRepeat() {
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
		m.Clock.Step()
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

// mayRepeat reports whether a line is so long that a second copy of it goes.
func (l *Line) mayRepeat() bool {
	return (l.words >= dupWords || l.cjk >= dupWords) && l.state != dropped && l.state != kept && len(l.Text) >= dupLetters
}

// alike reports, with next to no effort, whether two long lines might be equal:
// most texts hold no copies. It looks at the lines' lengths and last letters.
func alike(c *work.Clock, lines []Line) bool {
	const size = 1 << 9
	var seen [size]uint32 // open addressing
	n := 0
	for i := range lines {
		c.Step()
		l := &lines[i]
		if !l.mayRepeat() {
			continue
		}
		h := uint32(len(l.Text))
		for _, b := range []byte(l.Text[len(l.Text)-dupTail:]) {
			h = h*31 + uint32(b)
		}
		if n++; n > size/2 {
			return true // or too many to tell
		}
		h |= 1
		k := h * 0x9E3779B1 >> 16 % size
		for ; seen[k] != 0; k = (k + 1) % size {
			if seen[k] == h {
				return true
			}
		}
		seen[k] = h
	}
	return false
}

// dupTail is how many bytes of a line's end tell most lines apart.
const dupTail = 12

// copied reports whether a long line next to line i is a copy as well, from
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
