package line

import (
	"encoding/binary"
	"errors"
	"math/bits"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// Odds is what is known about the words of short lines: for words, pairs of
// words, whole lines, their first and last words, the log-odds that a line
// with it is residue. It was counted on texts with known residue, sites
// counting once. It never changes after it was made.
type Odds struct {
	keys  []uint32 // open addressing, 0 is free
	vals  []int8
	shift uint32
}

// OddsStep is how many steps of a stored weight make a factor of e.
const OddsStep = 16

const oddsMagic = "WNODDS01"

// LoadOdds reads a table: the magic, the number of entries as a little-endian
// uint32, for each value of a hash's first byte the number of its entries as
// uint16, then for each entry, in order, the other three bytes of its hash and
// its weight.
func LoadOdds(b []byte) (*Odds, error) {
	const head = len(oddsMagic) + 4 + 512
	if len(b) < head || string(b[:len(oddsMagic)]) != oddsMagic {
		return nil, errors.New("line: not a table of odds")
	}
	n := int(binary.LittleEndian.Uint32(b[len(oddsMagic):]))
	if n < 0 || n > 1<<20 || len(b) != head+4*n {
		return nil, errors.New("line: table of odds cut off")
	}
	size := bits.Len(uint(n*2 + 1))
	o := &Odds{keys: make([]uint32, 1<<size), vals: make([]int8, 1<<size), shift: uint32(32 - size)}
	entry := b[head:]
	for first := range 256 {
		for range binary.LittleEndian.Uint16(b[len(oddsMagic)+4+2*first:]) {
			if len(entry) < 4 {
				return nil, errors.New("line: table of odds does not add up")
			}
			o.put(uint32(first)<<24|uint32(entry[0])<<16|uint32(entry[1])<<8|uint32(entry[2]), int8(entry[3]))
			entry = entry[4:]
		}
	}
	return o, nil
}

// PackOdds writes a table in the form LoadOdds reads. The keys rise.
func PackOdds(keys []uint32, weights []int8) []byte {
	b := append([]byte(oddsMagic), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(b[len(oddsMagic):], uint32(len(keys)))
	var counts [256]uint16
	for _, k := range keys {
		counts[k>>24]++
	}
	for _, c := range counts {
		b = binary.LittleEndian.AppendUint16(b, c)
	}
	for i, k := range keys {
		b = append(b, byte(k>>16), byte(k>>8), byte(k), byte(weights[i]))
	}
	return b
}

func (o *Odds) put(key uint32, v int8) {
	if key == 0 {
		key = 1
	}
	mask := uint32(len(o.keys) - 1)
	for i := key >> o.shift; ; i = (i + 1) & mask {
		if o.keys[i] == 0 || o.keys[i] == key {
			o.keys[i], o.vals[i] = key, v
			return
		}
	}
}

// find returns the weight of a key; ok is false when nothing is known.
func (o *Odds) find(key uint32) (v int32, ok bool) {
	if key == 0 {
		key = 1
	}
	mask := uint32(len(o.keys) - 1)
	for i := key >> o.shift; ; i = (i + 1) & mask {
		switch o.keys[i] {
		case key:
			return int32(o.vals[i]), true
		case 0:
			return 0, false
		}
	}
}

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

func mix(part, a, b uint32) uint32 {
	h := (a ^ part) * 0x85EBCA6B
	h ^= h>>15 ^ b*0xC2B2AE35
	h *= 0x27D4EB2F
	return h ^ h>>16
}

func wordHash(t *rules.Token) uint32 {
	if t.Flags&rules.Digit != 0 {
		return numberHash
	}
	return t.Hash
}

// short tells whether a line's words are looked up one by one.
func short(w *rules.Words) bool {
	n := len(w.Tokens)
	return n <= maxOddsTokens || n <= maxOddsCJK && w.Tokens[0].Flags&rules.CJK != 0 && w.Tokens[n/2].Flags&rules.CJK != 0
}

func lineHash(w *rules.Words) uint32 {
	h := uint32(len(w.Tokens))
	for i := range w.Tokens {
		h = mix(partLine, h, wordHash(&w.Tokens[i]))
	}
	return h
}

// EachPart calls f for the hash of every part of a line that the table may
// know, for counting. The parts of one line may recur.
func EachPart(w *rules.Words, f func(key uint32)) {
	n := len(w.Tokens)
	if n == 0 {
		return
	}
	if short(w) {
		last := uint32(0)
		for i := range w.Tokens {
			h := wordHash(&w.Tokens[i])
			f(mix(partWord, h, 0))
			if i > 0 {
				f(mix(partPair, last, h))
			}
			last = h
		}
	}
	if n <= maxLineTokens {
		f(lineHash(w))
	}
	eachEnd(w, func(_ int, key uint32) { f(key) })
}

// eachEnd calls f for the first two, first three and last two words.
func eachEnd(w *rules.Words, f func(k int, key uint32)) {
	t := w.Tokens
	n := len(t)
	if n < 3 {
		return
	}
	a, b := wordHash(&t[0]), wordHash(&t[1])
	f(0, mix(partFirst2, a, b))
	f(1, mix(partFirst3, mix(partFirst2, a, b), wordHash(&t[2])))
	f(2, mix(partLast2, wordHash(&t[n-2]), wordHash(&t[n-1])))
}
