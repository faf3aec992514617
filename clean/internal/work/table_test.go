package work

import "testing"

// TestTable: a table holds what was put into it, however it grew.
func TestTable(t *testing.T) {
	var table Table[uint64, int]
	if table.Find(7) != nil || table.Len() != 0 {
		t.Error("the zero value holds something")
	}
	for round, room := range []int{0, 1, 5000, 3} {
		table.Init(nil, room)
		const keys = 3000
		for i := range uint64(keys) {
			key := i << (13 * round)
			if table.Find(key) != nil {
				t.Fatalf("%d is there before it was added", key)
			}
			*table.At(key) += int(i) + 1
			*table.At(key) += 1
		}
		for i := range uint64(keys) {
			want := int(i) + 2
			if v := table.Find(i << (13 * round)); v == nil || *v != want {
				t.Fatalf("round %d: %d holds %v, not %d", round, i, v, want)
			}
		}
		if table.Find(1<<63) != nil {
			t.Error("a key that was not added")
		}
		n := 0
		for key := range table.Keys() {
			if table.Find(key) != nil {
				n++
			}
		}
		if n != keys || table.Len() != keys {
			t.Errorf("%d of %d keys, %d of them found", table.Len(), keys, n)
		}
		clone := table.Clone()
		*clone.At(1 << 63) = 1
		if table.Find(1<<63) != nil || table.Find(5<<(13*round)) == nil || clone.Find(5<<(13*round)) == nil {
			t.Error("a clone and its like share memory")
		}
	}
}

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
