package model

import "math/bits"

// A Batch holds the features of up to Together rows, the values of one feature
// side by side, and what is found out about them on their way through the trees.
// Its memory serves one batch after the other; the zero value is ready.
type Batch struct {
	passed []uint64 // by test: the rows that pass it; row r is bit r%8*8 + r/8
	sums   [Together]float32

	found [][8]uint64 // by tree: to which leaf each row comes, see find
	rows  [Together]uint8

	high [17]uint64 // see compare; no half byte reaches the last
	low  [16]uint64

	bytes [(256 + 1) * Together]uint8 // feature f of row r is at f*Together + r; last, for it is large
}

// Row takes the features of row r.
func (b *Batch) Row(r int) Row { return Row{(*[256 * Together]uint8)(b.bytes[r:])} }

// Put writes a feature of the first rows, as many as there are values.
func (b *Batch) Put(column int, values []uint8) {
	copy(b.bytes[column*Together:][:Together], values)
}

// PutAll writes a feature that all rows share.
func (b *Batch) PutAll(column int, v uint8) {
	rows := b.bytes[column*Together:][:Together]
	for i := range rows {
		rows[i] = v
	}
}

// Copy copies features of row r to out, from the given one on.
func (b *Batch) Copy(out []uint8, from, r int) {
	for f := range out {
		out[f] = b.bytes[(from+f)*Together+r]
	}
}

// A Row takes the features of one row, each in its column.
type Row struct{ bytes *[256 * Together]uint8 }

// Set puts v into a column below 256.
func (r Row) Set(column int, v uint8) { r.bytes[uint(uint8(column))*Together] = v }

// Bit puts 1 or 0 into a column.
func (r Row) Bit(column int, b bool) {
	v := uint8(0)
	if b {
		v = 1
	}
	r.Set(column, v)
}

// Quantisers have fixed rules, so that no table of borders goes with a model.

// Log puts a count on a logarithmic scale, four steps an octave.
func Log(n int32) uint8 {
	if n < 4 {
		return uint8(max(n, 0))
	}
	l := bits.Len32(uint32(n))
	return uint8((l-2)*4 + int(n>>(l-3))&3)
}

// ratioMax is the byte for one, and more.
const ratioMax = 63

// Ratio is a/b as 0..63.
func Ratio(a, b int32) uint8 {
	if a <= 0 || b <= 0 {
		return 0
	}
	if a >= b {
		return ratioMax
	}
	if a < 1<<26 {
		return uint8(uint32(a) * ratioMax / uint32(b)) // the faster division
	}
	return uint8(int64(a) * ratioMax / int64(b))
}

// signedZero is the byte for no distance.
const signedZero = 100

// Signed puts a signed distance on a logarithmic scale around 100.
func Signed(n int32) uint8 {
	if n < 0 {
		return signedZero - Log(-n)
	}
	return signedZero + Log(n)
}
