package model

import (
	"encoding/binary"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// A row that goes down a tree waits at every node for the one before. So rows go
// down together instead, 64 of them: what a node asks is answered for all by one
// word, a bit a row. Nodes of an ensemble that ask the same, as most do,
// share the answer. It takes a third of the time, with exactly the same sums.

// Together is how many rows go through the trees together.
const Together = 64

// tests are the different questions of an ensemble's nodes. That of number 0 is
// one that every row passes.
type tests struct {
	at     []uint16 // by node: the number of its test
	bounds []uint8  // thresholds, those of a feature together
	first  []int32  // by feature: its first test; one more than features
}

func newTests(e *Ensemble) tests {
	var used [256][256]uint16
	inner := func(f func(i int, test *uint16)) {
		for i, node := range e.nodes {
			if i&(1<<e.depth-1) != 0 {
				f(i, &used[node&255][uint8(node>>16)+1])
			}
		}
	}
	inner(func(_ int, test *uint16) { *test = 1 })
	t := tests{at: make([]uint16, len(e.nodes)), bounds: []uint8{0}}
	for f := range e.Info.Features {
		t.first = append(t.first, int32(len(t.bounds)))
		used[f][0] = 0 // all rows reach it
		for bound := 1; bound < 256; bound++ {
			if used[f][bound] != 0 {
				used[f][bound] = uint16(len(t.bounds))
				t.bounds = append(t.bounds, uint8(bound))
			}
		}
	}
	t.first = append(t.first, int32(len(t.bounds)))
	inner(func(i int, test *uint16) { t.at[i] = *test })
	return t
}

// fill reads n rows that lie one after the other.
func (b *Batch) fill(rows []uint8, stride, features, n int) {
	for f := 0; f < features; f += 8 {
		for r := 0; r < n; r += 8 {
			var eight [8]uint64
			for k := range min(8, n-r) {
				eight[k] = binary.LittleEndian.Uint64(rows[(r+k)*stride+f:])
			}
			turnBytes(&eight)
			for k := range min(8, features-f) {
				binary.LittleEndian.PutUint64(b.bytes[(f+k)*Together+r:], eight[k])
			}
		}
	}
}

// read puts n rows to the tests.
func (b *Batch) read(t *tests, n int) {
	b.passed = work.Sized(b.passed, len(t.bounds))
	b.passed[0] = ^uint64(0)
	for f := range len(t.first) - 1 {
		from, to := t.first[f], t.first[f+1]
		if from == to {
			continue
		}
		values := b.bytes[f*Together:][:Together]
		var column [8]uint64 // row r is byte r%8 of word r/8
		for k := range column {
			column[k] = binary.LittleEndian.Uint64(values[8*k:])
		}
		if bounds, passed := t.bounds[from:to], b.passed[from:to]; alike(&column, n) {
			compareOne(values[0], bounds, passed)
		} else {
			b.compare(&column, bounds, passed)
		}
	}
}

// alike reports whether the first n values of a column are the same, as those of a
// feature are that tells of the page, or of what few rows have.
func alike(x *[8]uint64, n int) bool {
	first := uint64(uint8(x[0])) * 0x0101010101010101
	for k := range n / 8 {
		if x[k] != first {
			return false
		}
	}
	return n%8 == 0 || (x[n/8&7]^first)<<(64-8*(n%8)) == 0
}

// compareOne is compare for a column of one value.
func compareOne(v uint8, bounds []uint8, passed []uint64) {
	passed = passed[:len(bounds)]
	for i, b := range bounds {
		passed[i] = -uint64((int(b) - int(v) - 1) >> 63 & 1) // all rows or none
	}
}

// compare tells for every bound which values of a column reach it. It changes
// the column.
func (b *Batch) compare(column *[8]uint64, bounds []uint8, passed []uint64) {
	turnBits(column)
	high, low := &b.high, &b.low
	atLeast((*[16]uint64)(high[:]), column[7], column[6], column[5], column[4])
	atLeast(low, column[3], column[2], column[1], column[0])
	passed = passed[:len(bounds)]
	for i, bound := range bounds {
		h := bound >> 4
		passed[i] = high[h+1] | high[h]&low[bound&15]
	}
}

// atLeast tells for every number below 16 which half bytes, given by their four
// bits, reach it.
func atLeast(x *[16]uint64, b3, b2, b1, b0 uint64) {
	one, two, three := b1|b0, b1, b1&b0
	x[0], x[4], x[8], x[12] = ^uint64(0), b3|b2, b3, b3&b2
	for k := 0; k < 12; k += 4 {
		x[k+1], x[k+2], x[k+3] = x[k+4]|x[k]&one, x[k+4]|x[k]&two, x[k+4]|x[k]&three
	}
	x[13], x[14], x[15] = x[12]&one, x[12]&two, x[12]&three
}

// add adds the leaves of the trees from..to-1 to the sums of the open eights of
// rows.
func (b *Batch) add(e *Ensemble, from, to int, open []int) {
	const leafMask = 1<<highDepth - 1 // spares bounds checks
	sums := &b.sums
	t := from
	for ; t+2 <= to; t += 2 { // two trees, so that sums are read and written half as often
		var first, second [8]uint64
		b.find(e, t, &first)
		b.find(e, t+1, &second)
		leaves, others := (*[1 << highDepth]float32)(e.leaves[t<<e.depth:]), (*[1 << highDepth]float32)(e.leaves[(t+1)<<e.depth:])
		for _, g := range open {
			k, l := first[g&7], second[g&7]
			sum := (*[8]float32)(sums[8*g:])
			sum[0] = sum[0] + leaves[k&leafMask] + others[l&leafMask]
			sum[1] = sum[1] + leaves[k>>8&leafMask] + others[l>>8&leafMask]
			sum[2] = sum[2] + leaves[k>>16&leafMask] + others[l>>16&leafMask]
			sum[3] = sum[3] + leaves[k>>24&leafMask] + others[l>>24&leafMask]
			sum[4] = sum[4] + leaves[k>>32&leafMask] + others[l>>32&leafMask]
			sum[5] = sum[5] + leaves[k>>40&leafMask] + others[l>>40&leafMask]
			sum[6] = sum[6] + leaves[k>>48&leafMask] + others[l>>48&leafMask]
			sum[7] = sum[7] + leaves[k>>56&leafMask] + others[l>>56&leafMask]
		}
	}
	for ; t < to; t++ {
		var at [8]uint64
		b.find(e, t, &at)
		leaves := (*[1 << highDepth]float32)(e.leaves[t<<e.depth:])
		for _, g := range open {
			sum := sums[8*g:][:8]
			for r := range sum {
				sum[r] += leaves[at[g&7]>>(8*r)&leafMask]
			}
		}
	}
}

// find tells to which leaf of a tree each row comes: row r is byte r%8 of word r/8.
func (b *Batch) find(e *Ensemble, t int, at *[8]uint64) {
	// The numbers of the leaves, bit by bit, then row by row.
	if test := e.tests.at[t<<e.depth:]; e.depth == lowDepth {
		at[3], at[2], at[1], at[0] = low(b.passed, (*[1 << lowDepth]uint16)(test))
	} else {
		at[5], at[4], at[3], at[2], at[1], at[0] = high(b.passed, (*[1 << highDepth]uint16)(test))
	}
	turnBits(at)
}

// low tells for every level of a tree which rows go right there.
func low(passed []uint64, t *[1 << lowDepth]uint16) (b0, b1, b2, b3 uint64) {
	b0 = passed[t[1]]
	b1 = two(passed, (*[2]uint16)(t[2:]), b0)
	b2 = four(passed, (*[4]uint16)(t[4:]), b0, b1)
	b3 = eight(passed, (*[8]uint16)(t[8:]), b0, b1, b2)
	return b0, b1, b2, b3
}

// high does the same for trees of greater depth.
func high(passed []uint64, t *[1 << highDepth]uint16) (b0, b1, b2, b3, b4, b5 uint64) {
	b0, b1, b2, b3 = low(passed, (*[1 << lowDepth]uint16)(t[:]))
	b4 = pick(b0, eight(passed, (*[8]uint16)(t[16:]), b1, b2, b3), eight(passed, (*[8]uint16)(t[24:]), b1, b2, b3))
	b5 = pick(b0,
		pick(b1, eight(passed, (*[8]uint16)(t[32:]), b2, b3, b4), eight(passed, (*[8]uint16)(t[40:]), b2, b3, b4)),
		pick(b1, eight(passed, (*[8]uint16)(t[48:]), b2, b3, b4), eight(passed, (*[8]uint16)(t[56:]), b2, b3, b4)))
	return b0, b1, b2, b3, b4, b5
}

// two tells which rows pass that test of two nodes side by side to which their
// bit led them; four and eight do so for more levels.
func two(passed []uint64, t *[2]uint16, a uint64) uint64 {
	return pick(a, passed[t[0]], passed[t[1]])
}

func four(passed []uint64, t *[4]uint16, a, b uint64) uint64 {
	return pick(a,
		pick(b, passed[t[0]], passed[t[1]]),
		pick(b, passed[t[2]], passed[t[3]]))
}

func eight(passed []uint64, t *[8]uint16, a, b, c uint64) uint64 {
	return pick(a,
		pick(b, pick(c, passed[t[0]], passed[t[1]]), pick(c, passed[t[2]], passed[t[3]])),
		pick(b, pick(c, passed[t[4]], passed[t[5]]), pick(c, passed[t[6]], passed[t[7]])))
}

// pick takes the bits of right where those of a are set, else those of left.
func pick(a, left, right uint64) uint64 { return left ^ a&(left^right) }

// turnBytes makes byte j of word i byte i of word j: it swaps halves of
// neighbouring words, then of pairs, then of fours (Hacker's Delight, 7-3).
func turnBytes(x *[8]uint64) {
	const one, two, four = 0x00ff00ff00ff00ff, 0x0000ffff0000ffff, 0x00000000ffffffff
	x0, x1, x2, x3, x4, x5, x6, x7 := x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]
	x0, x1 = swap(x0, x1, 8, one)
	x2, x3 = swap(x2, x3, 8, one)
	x4, x5 = swap(x4, x5, 8, one)
	x6, x7 = swap(x6, x7, 8, one)
	x0, x2 = swap(x0, x2, 16, two)
	x1, x3 = swap(x1, x3, 16, two)
	x4, x6 = swap(x4, x6, 16, two)
	x5, x7 = swap(x5, x7, 16, two)
	x0, x4 = swap(x0, x4, 32, four)
	x1, x5 = swap(x1, x5, 32, four)
	x2, x6 = swap(x2, x6, 32, four)
	x3, x7 = swap(x3, x7, 32, four)
	*x = [8]uint64{x0, x1, x2, x3, x4, x5, x6, x7}
}

// turnBits makes bit j of every byte of word i bit i of the same byte of word j,
// in the same way.
func turnBits(x *[8]uint64) {
	const one, two, four = 0x5555555555555555, 0x3333333333333333, 0x0f0f0f0f0f0f0f0f
	x0, x1, x2, x3, x4, x5, x6, x7 := x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]
	x0, x1 = swap(x0, x1, 1, one)
	x2, x3 = swap(x2, x3, 1, one)
	x4, x5 = swap(x4, x5, 1, one)
	x6, x7 = swap(x6, x7, 1, one)
	x0, x2 = swap(x0, x2, 2, two)
	x1, x3 = swap(x1, x3, 2, two)
	x4, x6 = swap(x4, x6, 2, two)
	x5, x7 = swap(x5, x7, 2, two)
	x0, x4 = swap(x0, x4, 4, four)
	x1, x5 = swap(x1, x5, 4, four)
	x2, x6 = swap(x2, x6, 4, four)
	x3, x7 = swap(x3, x7, 4, four)
	*x = [8]uint64{x0, x1, x2, x3, x4, x5, x6, x7}
}

// swap exchanges the masked bits of b with those of a, s further up.
func swap(a, b uint64, s uint, mask uint64) (uint64, uint64) {
	t := (a>>s ^ b) & mask
	return a ^ t<<s, b ^ t
}
