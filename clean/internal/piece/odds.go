package piece

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Weights say of hashed words, pairs of words and places how much they speak for
// residue: a linear model whose weights share a table of fixed size, in bytes. It
// never changes after it was read.
type Weights struct {
	table []int8
	bits  int
	scale float32 // of a weight of 1
	bias  float32
	high  int32 // the least weight that speaks for residue
}

const weightsMagic = "WNWEIGH1"

// LoadWeights reads a table: the magic, the number of bits of a hash, scale and bias
// as float32, and a byte a weight.
func LoadWeights(b []byte) (*Weights, error) {
	const head = len(weightsMagic) + 12
	if len(b) < head || string(b[:len(weightsMagic)]) != weightsMagic {
		return nil, errors.New("piece: not a table of weights")
	}
	f := b[len(weightsMagic):]
	w := &Weights{
		bits:  int(binary.LittleEndian.Uint32(f)),
		scale: math.Float32frombits(binary.LittleEndian.Uint32(f[4:])),
		bias:  math.Float32frombits(binary.LittleEndian.Uint32(f[8:])),
	}
	b = b[head:]
	if w.bits < 1 || w.bits > 24 || len(b) != 1<<w.bits {
		return nil, fmt.Errorf("piece: %d weights for hashes of %d bits", len(b), w.bits)
	}
	w.table = make([]int8, len(b))
	for i, x := range b {
		w.table[i] = int8(x)
	}
	for w.high = math.MinInt8; w.high <= math.MaxInt8 && float32(w.high)*w.scale <= highWeight; {
		w.high++
	}
	return w, nil
}

// Groups of tokens: where in a piece its words stand.
const (
	tokenWord  = iota + 1
	tokenPair  // a word and the one before it
	tokenStem  // the beginning of a long word
	tokenIdeo  // two characters of a script without spaces
	tokenFirst // the first word, the first two, the first three
	tokenFirst2
	tokenFirst3
	tokenLast // the last word, the last two
	tokenLast2
)

// maxTokenWords is how many words of a piece are looked at. Longer pieces are prose.
const maxTokenWords = 60

// maxTokens is how many tokens a piece has at most.
const maxTokens = 3*maxTokenWords + 1 + firstTokens + lastTokens

// mix is the hash of a token.
func mix(group int, a, b uint32) uint32 {
	h := (uint64(uint32(group))<<32 | uint64(a)) * 0x9E3779B97F4A7C15
	h ^= h >> 32
	h = (h ^ uint64(b)) * 0xD6E8FEB86659FD93
	return uint32(h >> 32)
}

// Hashes of words that stand for no word.
const (
	atStart = 0x5bd1e995
	atEnd   = 0x1b873593
)

// tokens are the hashes of the tokens of a piece: those of all words, then those of
// the first ones and those of the last ones.
func tokens(room *[maxTokens]uint32, words []word) []uint32 {
	if len(words) > maxTokenWords {
		words = words[:maxTokenWords]
	}
	before := uint32(atStart)
	n := 0
	for k := range words {
		w := &words[k]
		if w.is&ideograph != 0 {
			if k+1 < len(words) && words[k+1].is&ideograph != 0 {
				room[n] = mix(tokenIdeo, w.hash, words[k+1].hash)
				n++
			} else if k == 0 || words[k-1].is&ideograph == 0 {
				room[n] = mix(tokenIdeo, w.hash, 0)
				n++
			}
			before = w.hash
			continue
		}
		room[n], room[n+1] = mix(tokenWord, w.hash, 0), mix(tokenPair, before, w.hash)
		n += 2
		if w.stem != 0 {
			room[n] = mix(tokenStem, w.stem, 0)
			n++
		}
		before = w.hash
	}
	room[n] = mix(tokenPair, before, atEnd)
	n++
	if len(words) == 0 {
		return room[:n]
	}
	ends := endTokens(words)
	return room[:n+copy(room[n:], ends[:])]
}

// endTokens are those of the first words and of the last ones.
func endTokens(words []word) [firstTokens + lastTokens]uint32 {
	n := len(words)
	two, three := uint32(atEnd), uint32(atEnd)
	if n > 1 {
		two = words[1].hash
	}
	if n > 2 {
		three = words[2].hash
	}
	last := uint32(atStart)
	if n > 1 {
		last = words[n-2].hash
	}
	return [...]uint32{
		mix(tokenFirst, words[0].hash, 0), mix(tokenFirst2, words[0].hash, two), mix(tokenFirst3, words[0].hash^two*hashPrime, three),
		mix(tokenLast, words[n-1].hash, 0), mix(tokenLast2, last, words[n-1].hash),
	}
}

// How many tokens are those of the first words and of the last ones.
const (
	firstTokens = 3
	lastTokens  = 2
)

// wording is what the weights say of a piece: of all its words, of the first and the
// last ones, the most and the least of one, and the share of those that speak for
// residue.
type wording struct {
	all, first, last, most, least, share float32
}

func (m *Memory) wording(t *Weights, words []word) (x wording) {
	tokens := tokens(&m.tokens, words)
	shift, table := uint(32-t.bits)&31, t.table
	sum, high := int32(0), int32(0)
	most, least := int32(math.MinInt8), int32(math.MaxInt8)
	for _, h := range tokens {
		v := int32(table[h>>shift])
		sum += v
		most, least = max(most, v), min(least, v)
		high += int32(uint32(t.high-1-v) >> 31) // no branch, for nobody could foresee it
	}
	n := len(tokens)
	if len(words) > 0 {
		ends := tokens[n-firstTokens-lastTokens:]
		for i, h := range ends {
			v := float32(table[h>>shift]) * t.scale
			if i < firstTokens {
				x.first += v
			} else {
				x.last += v
			}
		}
	}
	x.most, x.least = float32(most)*t.scale, float32(least)*t.scale
	x.all = float32(sum)*t.scale/float32(math.Sqrt(float64(n))) + t.bias
	x.share = float32(high) / float32(n)
	return x
}

// highWeight is a weight that speaks for residue.
const highWeight = .5

// Tokens appends the hashes of the tokens of piece i, for training the weights of a
// table of so many bits.
func (m *Memory) Tokens(to []uint32, i, bits int) []uint32 {
	for _, h := range tokens(&m.tokens, m.wordsOf(i)) {
		to = append(to, h>>(32-bits))
	}
	return to
}
