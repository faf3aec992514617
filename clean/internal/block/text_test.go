package block

import "testing"

// Keys that rise by any step lie as far apart in a table as random ones do: a
// page of equal boxes makes such keys of the numbers of their elements.
func TestSpread(t *testing.T) {
	const keys, slots = 5000, 1 << 14
	for shift := 0; shift <= 32; shift += 16 {
		for step := uint64(1); step <= 64; step++ {
			var taken [slots]bool
			tries := 0
			for i := range uint64(keys) {
				at := spread(1<<63|0x5bd1e995+i*step<<shift) % slots
				for ; taken[at]; at = (at + 1) % slots {
					tries++
				}
				taken[at] = true
			}
			if tries > keys {
				t.Errorf("step %d<<%d: %d places in vain for %d keys", step, shift, tries, keys)
			}
		}
	}
}
