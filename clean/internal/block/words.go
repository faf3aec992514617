package block

import (
	_ "embed"
	"strings"
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

// wordHash is FNV-1a with 64 bits.
func wordHash(w string) uint64 {
	h := wordStart
	for i := range len(w) {
		h = (h ^ uint64(w[i])) * wordPrime
	}
	return h
}

// keyMix spreads hashes that differ in their low bits only, as FNV of short
// words does, over the high bits: the golden ratio, after Knuth.
const keyMix uint64 = 0x9e3779b97f4a7c15

// wordSlot is the place of a hash in the table.
func wordSlot(h uint64) uint64 { return h * keyMix >> (64 - wordBits) }

// isStop tells whether the word of that hash is a function word.
func isStop(h uint64) bool {
	for i := wordSlot(h); stopWords[i] != 0; i = (i + 1) % (1 << wordBits) {
		if stopWords[i] == h {
			return true
		}
	}
	return false
}
