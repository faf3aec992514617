package line

import (
	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/words"
)

// Odds is what is known about the words of short lines: for words, pairs of
// words, whole lines, their first and last words, the log-odds that a line
// with it is residue, counted on texts with known residue.
type Odds = model.Odds

// Parts of a line whose odds are known, mixed into their hashes.
const (
	partWord uint32 = 0x1E3779B1 + iota*0x1F123BB5
	partPair
	partLine
	partFirst2
	partFirst3
	partLast2
)

// Bounds of what is looked up, in tokens.
const (
	maxOddsTokens = 16 // longer lines are known by their shape
	maxOddsCJK    = 30 // the same for characters of scripts without spaces
	maxLineTokens = 12 // whole lines of more are one site's own
)

// numberHash stands for any number.
const numberHash = 0x2545F491

func wordHash(t *words.Token) uint32 {
	if t.Flags&words.Digit != 0 {
		return numberHash
	}
	return t.Hash
}

// short reports whether a line's words are looked up one by one.
func short(w *words.Line) bool {
	n := len(w.Tokens)
	return n <= maxOddsTokens || n <= maxOddsCJK && w.Tokens[0].Flags&words.CJK != 0 && w.Tokens[n/2].Flags&words.CJK != 0
}

func lineHash(w *words.Line) uint32 {
	h := uint32(len(w.Tokens))
	for i := range w.Tokens {
		h = words.HashPart(partLine, h, wordHash(&w.Tokens[i]))
	}
	return h
}

// EachPart calls f for the hash of every part of a line that the table may
// know, for counting. The parts of one line may recur.
func EachPart(w *words.Line, f func(key uint32)) {
	n := len(w.Tokens)
	if n == 0 {
		return
	}
	if short(w) {
		last := uint32(0)
		for i := range w.Tokens {
			h := wordHash(&w.Tokens[i])
			f(words.HashPart(partWord, h, 0))
			if i > 0 {
				f(words.HashPart(partPair, last, h))
			}
			last = h
		}
	}
	if n <= maxLineTokens {
		f(lineHash(w))
	}
	if n >= 3 {
		for _, key := range ends(w) {
			f(key)
		}
	}
}

// ends are the hashes of the first two, first three and last two words of three
// and more.
func ends(w *words.Line) [3]uint32 {
	t := w.Tokens
	n := len(t)
	first := words.HashPart(partFirst2, wordHash(&t[0]), wordHash(&t[1]))
	return [3]uint32{first, words.HashPart(partFirst3, first, wordHash(&t[2])), words.HashPart(partLast2, wordHash(&t[n-2]), wordHash(&t[n-1]))}
}
