package block

import "math"

// sortByP fills order with the numbers of the blocks, the most probable first,
// equals in their order on the page: by counting, eleven bits of the
// probability at a time, so that a million blocks take no longer than as many
// of a small page.
func sortByP(d *Doc, order []int32) {
	const bits = 11
	from, to := make([]int32, len(order)), order
	for i := range to {
		from[i] = int32(i)
	}
	for shift := 0; shift < 32; shift += bits {
		if d.stopped(0) {
			return
		}
		// The bits of positive numbers are in the order of the numbers.
		key := func(i int32) uint32 {
			return ^math.Float32bits(d.Blocks[i].P) >> shift & (1<<bits - 1)
		}
		var count [1<<bits + 1]int32
		for n, i := range from {
			if d.stopped(n) {
				return
			}
			count[key(i)+1]++
		}
		for k := range count[1:] {
			count[k+1] += count[k]
		}
		for n, i := range from {
			if d.stopped(n) {
				return
			}
			k := key(i)
			to[count[k]] = i
			count[k]++
		}
		from, to = to, from
	}
	copy(order, from) // an odd number of passes: it is order
}
