package block

import (
	_ "embed"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/words"
)

//go:embed data/words.txt
var wordData string

// stopWords are the function words, by their hash.
var stopWords = loadWords(wordData)

func loadWords(data string) (t wordSet) {
	for line := range strings.Lines(data) {
		_, list, ok := strings.Cut(line, ":")
		if !ok || line[0] == '#' {
			continue
		}
		for _, w := range strings.Fields(list) {
			t.At(words.HashAll(w))
		}
	}
	return t
}

// knownWords tells by the first bits of a hash in which tables a word may be: most
// are in none, and the tables are much larger.
var knownWords = func() (t [1 << knownBits]uint8) {
	for h := range stopWords.Keys() {
		t[h>>(64-knownBits)] |= knownStop
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
