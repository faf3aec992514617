package block

import (
	_ "embed"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/words"
)

//go:embed data/words.txt
var wordData string

// stopWords are the function words, by their hash: a table of its own, as it is asked
// for every other word of a page. Nobody but us chooses what is in it, so places need
// no seed.
var stopWords = loadWords(wordData)

const stopBits = 12 // some 800 words, so four fifths of the places are free

// stopSlot is the place of a hash in the table.
func stopSlot(h uint64) uint64 { return h * 0x9E3779B97F4A7C15 >> (64 - stopBits) }

// isStop reports whether the word of that hash is a function word.
func isStop(h uint64) bool {
	for i := stopSlot(h); stopWords[i] != 0; i = (i + 1) % (1 << stopBits) {
		if stopWords[i] == h {
			return true
		}
	}
	return false
}

func loadWords(data string) (t [1 << stopBits]uint64) {
	for line := range strings.Lines(data) {
		_, list, ok := strings.Cut(line, ":")
		if !ok || line[0] == '#' {
			continue
		}
		for _, w := range strings.Fields(list) {
			h := words.HashAll(w)
			i := stopSlot(h)
			for t[i] != 0 && t[i] != h {
				i = (i + 1) % (1 << stopBits)
			}
			t[i] = h
		}
	}
	return t
}

// knownWords tells by the first bits of a hash in which tables a word may be: most
// are in none, and the tables are much larger.
var knownWords = func() (t [1 << knownBits]uint8) {
	for _, h := range stopWords {
		if h != 0 {
			t[h>>(64-knownBits)] |= knownStop
		}
	}
	for h := range labels.Keys() {
		t[h>>(64-knownBits)] |= knownLabel
	}
	return t
}()

const (
	knownBits = 12

	knownStop  = 1
	knownLabel = 2
)
