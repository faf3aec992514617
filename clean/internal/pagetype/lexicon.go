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
	weights [1 << LexiconBits]uint64 // a byte for each type: 128 more than its weight
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
	// List is the hashes, where no model weighs them.
	List []uint16

	seen [1 << LexiconBits / 64]uint64
	n    int // words

	// by weighs words as they come: each is seldom in a cache, and while it is waited
	// for, the next is read. The sums of weigh are of the last n%together words, those
	// of sums of all before.
	by    *lexicon
	weigh [2]uint64
	sums  [Count]int32
}

// together is how many words' weights, a byte each, fit into two bytes.
const together = 256

// Use has a model weigh the words of the next pages.
func (t *Tokens) Use(m *Model) { t.by = m.words }

// Add adds the words of a text that stands in a certain field of the page: runs of
// letters and digits in any script, ASCII in lower case.
func (t *Tokens) Add(field byte, text []byte) {
	const prime = 16777619
	start := (uint32(2166136261) ^ uint32(field)) * prime // FNV-1a
	for i := 0; i < len(text); i++ {
		h, from := start, i
		for ; i < len(text); i++ {
			c := lower[text[i]]
			if c == 0 {
				break
			}
			h = (h ^ uint32(c)) * prime
		}
		if i-from > 1 && t.n < maxTokens {
			k := uint16(h>>(32-LexiconBits) ^ h&(1<<LexiconBits-1))
			if t.seen[k/64]>>(k%64)&1 == 0 {
				t.seen[k/64] |= 1 << (k % 64)
				t.add(k)
			}
		}
	}
}

// lanes are every other byte of a word's weights.
const lanes = 0x00ff00ff00ff00ff

// add adds a word that is new.
func (t *Tokens) add(k uint16) {
	t.n++
	if t.by == nil {
		t.List = append(t.List, k)
		return
	}
	w := t.by.weights[k%(1<<LexiconBits)]
	t.weigh[0] += w & lanes
	t.weigh[1] += w >> 8 & lanes
	if t.n%together == 0 {
		t.sum(together)
	}
}

// sum adds what the last n words weigh to the sums.
func (t *Tokens) sum(n int) {
	for i := range t.sums {
		t.sums[i] += int32(t.weigh[i%2]>>(i/2*16)&0xffff) - 128*int32(n)
	}
	t.weigh = [2]uint64{}
}

// lower are the bytes that words are made of, ASCII in lower case, and 0 for others.
var lower = func() (table [256]byte) {
	for c := range table {
		switch c := byte(c); {
		case c >= 'A' && c <= 'Z':
			table[c] = c | 0x20
		case c >= 0x80 || isWord(c):
			table[c] = c
		}
	}
	return table
}()

// Forget empties it.
func (t *Tokens) Forget() {
	*t = Tokens{List: t.List[:0], by: t.by}
}

// votes are the log-odds of each type, as bytes around 128.
func (l *lexicon) votes(t *Tokens) (votes [Count]uint8) {
	if t.by != l { // they were not weighed by this one
		words := t.List
		t.by, t.n = l, 0
		for _, k := range words {
			t.add(k)
		}
	}
	t.sum(t.n % together)
	root := float32(math.Sqrt(float64(max(t.n, 1))))
	for i, s := range t.sums {
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
		for i, w := range b[:Count] {
			l.weights[k] |= uint64(w^0x80) << (8 * i) // a signed byte, and 128
		}
		b = b[Count:]
	}
	return l, b, nil
}
