package line

import (
	"strings"

	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/words"
)

// iconWords finds runs of icon names, as the titles of an SVG sprite make them
// when its text is taken: "icon closeicon editicon chevron down".
type iconWords struct {
	set *rules.Set
	bit uint64
}

// An icon run needs this many pieces that are icon names, and as many times
// the word that says so.
const (
	minIconNames  = 6
	minIconMarks  = 3
	manyIconNames = 12
	maxIconStrays = 2 // unknown words in a row within a run
)

// run returns the end, in bytes, of the icon run at the line's start, 0 if
// there is none.
func (ic iconWords) run(w *rules.Words) int {
	if w.NoIcons || w.Lists&ic.bit == 0 || !holdsIcon(w.Text) {
		return 0
	}
	names, marks, strays, last := 0, 0, 0, -1
	total := 0
	for i := range w.Tokens {
		t := &w.Tokens[i]
		word := w.Text[t.Start:t.End]
		n, m := ic.pieces(word)
		total++
		if n == 0 {
			if strays++; strays > maxIconStrays {
				break
			}
			continue
		}
		if t.Flags&words.Cap != 0 && i > 0 && t.Flags&words.Glued == 0 && m == 0 {
			break // a sentence begins
		}
		names += n
		marks += m
		strays = 0
		last = i
	}
	if names < minIconNames || marks < minIconMarks || marks*6 < last+1 {
		return 0
	}
	if last == len(w.Tokens)-1 {
		return len(w.Text)
	}
	next := &w.Tokens[last+1]
	for k := 1; k <= maxIconStrays && names >= manyIconNames && next.Flags&(words.Cap|words.CJK|words.Digit) == 0 && last+1+k < len(w.Tokens); k++ {
		next = &w.Tokens[last+1+k] // a name that is not known
	}
	if next.Flags&(words.Cap|words.CJK) == 0 && !(names >= manyIconNames && next.Flags&words.Digit != 0) {
		return 0
	}
	return int(next.Start)
}

// pieces returns how many icon names a word is made of, 0 if it is not, and
// how often it says "icon".
func (ic iconWords) pieces(word string) (names, marks int) {
	const maxIconWord = 24
	if len(word) > maxIconWord {
		return 0, 0
	}
	word = strings.ToLower(word)
	if strings.Contains(word, "icon") {
		marks++
	}
	// the fewest names that make up the word, by its prefixes
	var best [maxIconWord + 1]int
	for end := 1; end <= len(word); end++ {
		for start := range end {
			if start > 0 && best[start] == 0 {
				continue
			}
			if n := best[start] + 1; (best[end] == 0 || n < best[end]) && ic.set.WordIn(word[start:end], ic.bit) {
				best[end] = n
			}
		}
	}
	return best[len(word)], marks
}
