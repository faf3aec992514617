package block

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

//go:embed data/words.txt
var wordData string

const wordBits = 12

var stopWords = loadWords(wordData)

func loadWords(data string) *[1 << wordBits]uint64 {
	t := new([1 << wordBits]uint64)
	for line := range strings.Lines(data) {
		_, words, ok := strings.Cut(line, ":")
		if !ok || line[0] == '#' {
			continue
		}
		for _, w := range strings.Fields(words) {
			h := wordHash(w)
			for i := wordSlot(h); ; i = (i + 1) % (1 << wordBits) {
				if t[i] == 0 {
					t[i] = h
				}
				if t[i] == h {
					break
				}
			}
		}
	}
	return t
}

// wordHash is the hash that scan gives a word.
func wordHash(w string) uint64 {
	h, text := wordStart, []byte(w)
	for i := 0; i < len(text); {
		if n, _, letters := letterRun(eightAt(text, i)); n > 0 {
			h = hashOn(h, letters)
			i += n
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		h = hashOn(h, uint64(r))
		i += n
	}
	return h
}

// keyMix spreads hashes that differ in their low bits only, as FNV of short
// words does, over the high bits: the golden ratio, after Knuth.
const keyMix uint64 = 0x9e3779b97f4a7c15

// wordSlot is the place of a hash in the table.
func wordSlot(h uint64) uint64 { return h * keyMix >> (64 - wordBits) }

// isStop reports whether the word of that hash is a function word.
func isStop(h uint64) bool {
	for i := wordSlot(h); stopWords[i] != 0; i = (i + 1) % (1 << wordBits) {
		if stopWords[i] == h {
			return true
		}
	}
	return false
}

// knownWords tells by the first bits of a hash in which tables a word may be: most
// are in none, and the tables are much larger.
var knownWords = func() (t [1 << knownBits]uint8) {
	for _, h := range stopWords {
		if h != 0 {
			t[h>>(64-knownBits)] |= knownStop
		}
	}
	for _, e := range labels {
		if e.set != 0 {
			t[e.hash>>(64-knownBits)] |= knownLabel
		}
	}
	return t
}()

const (
	knownBits = 12

	knownStop  = 1
	knownLabel = 2
)
