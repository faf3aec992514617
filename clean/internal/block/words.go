package block

import (
	_ "embed"
	"strings"
)

//go:embed data/words.txt
var wordData string

// What a word is known as.
const (
	wordStop  = 1
	wordMonth = 2
)

const wordBits = 12

var knownWords = loadWords(wordData)

func loadWords(data string) *[1 << wordBits]uint64 {
	t := new([1 << wordBits]uint64)
	for line := range strings.Lines(data) {
		lang, words, ok := strings.Cut(line, ":")
		if !ok || line[0] == '#' {
			continue
		}
		kind := uint64(wordStop)
		if lang == "month" {
			kind = wordMonth
		}
		for _, w := range strings.Fields(words) {
			h := wordHash(w)
			for i := wordSlot(h); ; i = (i + 1) % (1 << wordBits) {
				if t[i] == 0 {
					t[i] = h&^3 | kind
				}
				if t[i]&^3 == h&^3 {
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

// wordKind says what is known about the word of that hash, 0 for nothing.
func wordKind(h uint64) uint64 {
	for i := wordSlot(h); knownWords[i] != 0; i = (i + 1) % (1 << wordBits) {
		if knownWords[i]&^3 == h&^3 {
			return knownWords[i] & 3
		}
	}
	return 0
}
