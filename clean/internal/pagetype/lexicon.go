package pagetype

import (
	"encoding/binary"
	"errors"
	"math"
)

// A lexicon is what the words of a page's title, headings and labels, and of its
// address, say about its type: the sum of the weights that each had, by its hash, on
// pages of known type. It holds no word.
type lexicon struct {
	scale   float32
	bias    [Count]float32
	weights [1 << LexiconBits][Count]int8
}

const (
	// LexiconBits is the length of a word's hash.
	LexiconBits = 13

	// maxTokens bounds the words of a page that count.
	maxTokens = 2000

	// LexiconStep is how much of a feature's byte one of log-odds is.
	LexiconStep = 16
)

// Tokens are the hashes of the words of a page, each once, in no order.
type Tokens struct {
	seen [1 << LexiconBits / 64]uint64
	List []uint16
}

// Add adds the words of a text that stands in a certain field of the page: runs of
// letters and digits in any script, ASCII in lower case.
func (t *Tokens) Add(field byte, text []byte) {
	h := uint32(2166136261) ^ uint32(field) // FNV-1a
	const prime = 16777619
	h *= prime
	start, n := h, 0
	for i := 0; i <= len(text); i++ {
		var c byte
		if i < len(text) {
			c = text[i]
		}
		if c >= 0x80 || isWord(c) {
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			h = (h ^ uint32(c)) * prime
			n++
			continue
		}
		if n > 1 && len(t.List) < maxTokens {
			k := uint16(h>>(32-LexiconBits) ^ h&(1<<LexiconBits-1))
			if t.seen[k/64]>>(k%64)&1 == 0 {
				t.seen[k/64] |= 1 << (k % 64)
				t.List = append(t.List, k)
			}
		}
		h, n = start, 0
	}
}

// Forget empties it.
func (t *Tokens) Forget() {
	for _, k := range t.List {
		t.seen[k/64] = 0
	}
	t.List = t.List[:0]
}

// votes are the log-odds of each type, as bytes around 128.
func (l *lexicon) votes(t *Tokens) (votes [Count]uint8) {
	var sums [Count]int32
	for _, k := range t.List {
		for i, w := range &l.weights[k] {
			sums[i] += int32(w)
		}
	}
	root := float32(math.Sqrt(float64(max(len(t.List), 1))))
	for i, s := range sums {
		odds := l.scale*float32(s)/root + l.bias[i]
		votes[i] = uint8(min(max(math.Floor(float64(128+LexiconStep*odds)+.5), 0), 255))
	}
	return votes
}

const lexiconSize = 4 + 4*int(Count) + int(Count)<<LexiconBits

// readLexicon reads the head of a model file, and returns what follows: a scale and the
// biases as little-endian float32, then the weights.
func readLexicon(b []byte) (*lexicon, []byte, error) {
	if len(b) < lexiconSize {
		return nil, nil, errors.New("model of page types: cut off")
	}
	l := new(lexicon)
	number := func() float32 {
		x := math.Float32frombits(binary.LittleEndian.Uint32(b))
		b = b[4:]
		return x
	}
	l.scale = number()
	for i := range l.bias {
		l.bias[i] = number()
	}
	for k := range l.weights {
		for i := range l.weights[k] {
			l.weights[k][i] = int8(b[i])
		}
		b = b[Count:]
	}
	return l, b, nil
}
