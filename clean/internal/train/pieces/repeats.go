package main

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/piece"
)

// repeats says what comes again in the texts of a site. Nobody labelled these texts:
// what many of them hold is not to be taught as article.
type repeats struct {
	runs   map[uint64]int // texts that hold a run of five words
	pieces map[uint64]int // texts that hold a whole piece
	texts  int
	counts []bool // by text: whether it was counted; near-copies are not
}

// Bounds of what comes again.
const (
	runOfWords  = 5
	bottom      = 24 // smallest hashes of a text, and
	sameBottom  = 14 // how many a near-copy of it has, too
	oftenTexts  = 5  // texts in which a run comes often,
	oftenShare  = .02
	mostWords   = .8  // of a piece that comes often
	someWords   = .3  // of a piece that nothing is known of
	fewTexts    = 3   // that hold them
	pieceShare  = .03 // of texts that hold a whole piece which comes often
	certain     = .08 // of texts that hold what is certain residue,
	manyTexts   = 20  // where there are as many
	maxRepeated = 2   // texts that may hold a whole piece of an article
)

// countRepeats counts the texts of one site.
func countRepeats(m *piece.Memory, texts []string) *repeats {
	r := &repeats{runs: map[uint64]int{}, pieces: map[uint64]int{}, counts: make([]bool, len(texts))}
	holders := map[uint64][]int{}
	for i, t := range texts {
		runs := map[uint64]bool{}
		for _, h := range hashRuns(numberless(t), runOfWords) {
			runs[h] = true
		}
		least := sortedKeys(runs)
		least = least[:min(len(least), bottom)]
		shared := map[int]int{}
		copied := false
		for _, h := range least {
			for _, j := range holders[h] {
				shared[j]++
				copied = copied || shared[j] >= sameBottom
			}
			holders[h] = append(holders[h], i)
		}
		if copied {
			continue
		}
		r.counts[i] = true
		r.texts++
		for h := range runs {
			r.runs[h]++
		}
		pieces := map[uint64]bool{}
		for _, p := range m.Split(t) {
			pieces[hash(numberless(t[p.Start:p.End])...)] = true
		}
		for h := range pieces {
			r.pieces[h]++
		}
	}
	return r
}

// label says what a piece of the text with that number is.
func (r *repeats) label(text int, words []int, whole uint64) int {
	own, n := 0, r.texts
	if r.counts[text] {
		own = 1
	}
	n = max(1, n-own)
	same := r.pieces[whole] - own
	often, few := 0, 0
	for _, c := range words {
		if float64(c) >= max(oftenTexts, oftenShare*float64(n)) {
			often++
		}
		if c >= fewTexts {
			few++
		}
	}
	share := func(k int) float64 { return float64(k) / float64(max(1, len(words))) }
	of := func(k int) float64 { return float64(k) / float64(n) }
	switch {
	case share(often) > mostWords || of(same) > pieceShare && same >= maxRepeated:
		if n >= manyTexts && (of(median(words)) > certain || of(same) > certain) {
			return residue
		}
		return unscored
	case share(few) > someWords || same >= maxRepeated:
		return unscored
	}
	return article
}

// counted are, of every word of the text with that number, the texts that hold a run
// around it.
func (r *repeats) counted(text int, words []string) []int {
	own := 0
	if r.counts[text] {
		own = 1
	}
	out := make([]int, len(words))
	for i, h := range hashRuns(words, runOfWords) {
		n := r.runs[h] - own
		for j := i; j < i+runOfWords; j++ {
			out[j] = max(out[j], n)
		}
	}
	return out
}

func median(of []int) int {
	if len(of) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(of))
	return int(math.Round(float64(s[(len(s)-1)/2]+s[len(s)/2]) / 2))
}

// numberless are the words of a text, all numbers in them the same.
func numberless(s string) []string {
	words := wordsOf(s)
	for i, w := range words {
		if strings.ContainsFunc(w, unicode.IsDigit) {
			b := make([]rune, 0, utf8.RuneCountInString(w))
			for _, r := range w {
				if unicode.IsDigit(r) {
					if n := len(b); n > 0 && b[n-1] == '0' {
						continue
					}
					r = '0'
				}
				b = append(b, r)
			}
			words[i] = string(b)
		}
	}
	return words
}

// wordStarts is where the words of a text begin.
func wordStarts(s string) []int {
	var out []int
	in := false
	for i, r := range s {
		w := isWord(r)
		if w && !in {
			out = append(out, i)
		}
		in = w
	}
	return out
}
