package model

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// Odds says of hashes of words and phrases how the text they stand in leans,
// as log-odds. It was counted on texts whose truth is known, sites counting
// once, and never changes after it was made.
type Odds struct {
	entries []uint32 // open addressing, 0 is free: the last three bytes of a key, and its value, see entry
	shift   uint32
	filter  []uint64 // a bit for the first bits of every key, see Sift
}

// filterBits is how many more of a key's bits the filter goes by than its place in
// the table does.
const filterBits = 3

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
		return nil, errors.New("model: not a table of odds")
	}
	n := int(binary.LittleEndian.Uint32(b[len(oddsMagic):]))
	if n < 0 || n > 1<<20 || len(b) != head+4*n {
		return nil, errors.New("model: table of odds cut off")
	}
	for size := max(minOddsBits, bits.Len(uint(n*2+1))); ; size++ {
		o := &Odds{entries: make([]uint32, 1<<size), shift: uint32(32 - size), filter: make([]uint64, 1<<size>>(6-filterBits))}
		fits := true
		entry := b[head:]
		for first := range 256 {
			for range binary.LittleEndian.Uint16(b[len(oddsMagic)+4+2*first:]) {
				if len(entry) < 4 {
					return nil, errors.New("model: table of odds does not add up")
				}
				fits = fits && o.put(uint32(first)<<24|uint32(entry[0])<<16|uint32(entry[1])<<8|uint32(entry[2]), int8(entry[3]))
				entry = entry[4:]
			}
		}
		if fits {
			return o, nil
		}
		if size >= maxOddsBits {
			return nil, errors.New("model: table of odds with too many keys alike")
		}
	}
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

// A key's first byte is told by its place: keys that are the same but for it
// belong far apart, and no entry lies as far behind where it belongs, see put.
const (
	minOddsBits = 12
	maxOddsBits = 24
)

// entry is what is stored of a key and its value. It is never 0.
func entry(key uint32, v int8) uint32 { return key<<8 | uint32(uint8(max(v, -127))+128) }

// put reports whether there was room near the key's place.
func (o *Odds) put(key uint32, v int8) bool {
	f := key >> (o.shift - filterBits)
	o.filter[f>>6] |= 1 << (f & 63)
	mask := uint32(len(o.entries) - 1)
	i := key >> o.shift
	for range len(o.entries) >> 8 {
		if o.entries[i] == 0 || o.entries[i]>>8 == key&0xFFFFFF {
			o.entries[i] = entry(key, v)
			return true
		}
		i = (i + 1) & mask
	}
	return false
}

// Find returns the weight of a key; ok is false when nothing is known.
func (o *Odds) Find(key uint32) (v int32, ok bool) {
	return o.search(key, o.entries[key>>o.shift])
}

// search is Find given the entry at the key's place.
func (o *Odds) search(key, e uint32) (v int32, ok bool) {
	mask := uint32(len(o.entries) - 1)
	i := key >> o.shift
	for range len(o.entries) >> 8 {
		switch {
		case e == 0:
			return 0, false
		case e>>8 == key&0xFFFFFF:
			return int32(uint8(e)) - 128, true
		}
		i = (i + 1) & mask
		e = o.entries[i]
	}
	return 0, false
}

// oddsBatch is how many keys Weights takes at a time, at most.
const oddsBatch = 64

// Weights appends the weights of those keys that the table holds to out. The
// keys are used up, and no more than oddsBatch.
//
// The table is mostly not in the processor's cache. So most keys that it does not
// hold are sifted out by a filter that is, and of the others the places are read
// before anything is asked about them, to wait for all of them at once.
func (o *Odds) Weights(keys []uint32, out []int32) []int32 {
	n := 0
	for _, key := range keys {
		keys[n] = key
		f := key >> (o.shift - filterBits)
		n += int(o.filter[f>>6] >> (f & 63) & 1) // no branch, for nobody could foresee it
	}
	var at [oddsBatch]uint32
	for i, key := range keys[:n] {
		at[i] = o.entries[key>>o.shift]
	}
	for i, key := range keys[:n] {
		if v, ok := o.search(key, at[i]); ok {
			out = append(out, v)
		}
	}
	return out
}
