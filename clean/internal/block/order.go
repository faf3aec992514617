package block

import (
	"math"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// sortByP fills order with the numbers of the blocks, the most probable first,
// equals in their order on the page: by counting, a byte of the probability at
// a time, so that a million blocks take no longer than as many of a small page.
func sortByP(d *Doc, order []int32) {
	n := len(order)
	m := d.memory
	m.sorting = work.Sized(m.sorting, 2*n)
	from, to := m.sorting[:n], m.sorting[n:]
	var counts [4][256]int32
	d.pass()
	for i := range from {
		// The bits of positive numbers are in the order of the numbers.
		key := ^math.Float32bits(d.Blocks[i].P)
		from[i] = uint64(key)<<32 | uint64(i)
		counts[0][key&255]++
		counts[1][key>>8&255]++
		counts[2][key>>16&255]++
		counts[3][key>>24]++
	}
	for b := range counts {
		count, shift := &counts[b], 32+8*b
		if n == 0 || int(count[from[0]>>shift&255]) == n {
			continue // all alike
		}
		sum := int32(0)
		for k, c := range count {
			count[k], sum = sum, sum+c
		}
		d.pass()
		for _, x := range from {
			k := x >> shift & 255
			to[count[k]] = x
			count[k]++
		}
		from, to = to, from
	}
	for i, x := range from {
		order[i] = int32(uint32(x))
	}
}
