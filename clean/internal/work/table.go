package work

import (
	"hash/maphash"
	"iter"
	"math/bits"
	"slices"
)

// A Table holds a value for each of many numbers, mostly hashes, in one piece of
// memory that is used again: open addressing. The zero value is empty.
type Table[K ~uint32 | ~uint64, V any] struct {
	clock *Clock
	slots []entry[K, V]
	used  int
}

type entry[K ~uint32 | ~uint64, V any] struct {
	value V // in front, where one without size takes none
	key   K // 0 is free
}

// Init empties the table and makes room for so many keys.
func (t *Table[K, V]) Init(c *Clock, keys int) {
	n := 1 << bits.Len(uint(keys*3/2+2))
	t.clock, t.used = c, 0
	if cap(t.slots) < n {
		t.slots = Make[entry[K, V]](c, n, n)
		return
	}
	t.slots = t.slots[:n]
	clear(t.slots)
}

// Len is how many keys the table holds.
func (t *Table[K, V]) Len() int { return t.used }

// Cap is for how many entries, free ones included, the table has memory.
func (t *Table[K, V]) Cap() int { return cap(t.slots) }

// Find is the place of a key's value, nil if the table does not hold the key.
func (t *Table[K, V]) Find(key K) *V {
	if t.used == 0 {
		return nil
	}
	if key == 0 {
		key = zeroKey
	}
	mask := len(t.slots) - 1
	for i := spread(uint64(key)) & mask; ; i = (i + 1) & mask {
		switch e := &t.slots[i]; e.key {
		case key:
			return &e.value
		case 0:
			return nil
		}
	}
}

// At is the place of a key's value, up to the next call; the table gets the key if it
// does not hold it.
func (t *Table[K, V]) At(key K) *V {
	if key == 0 {
		key = zeroKey
	}
	mask := len(t.slots) - 1
	for i := spread(uint64(key)) & mask; mask > 0; i = (i + 1) & mask {
		e := &t.slots[i]
		if e.key == key {
			return &e.value
		}
		if e.key == 0 {
			if (t.used+1)*3 > len(t.slots)*2 {
				break
			}
			t.used++
			e.key = key
			return &e.value
		}
	}
	t.grow()
	return t.At(key)
}

// zeroKey stands for the key 0.
const zeroKey = 0x9E3779B9

// grow doubles the table.
func (t *Table[K, V]) grow() {
	const least = 16
	n := max(2*len(t.slots), least)
	slots := Make[entry[K, V]](t.clock, n, n)
	for k := range t.slots {
		t.clock.Step()
		old := &t.slots[k]
		if old.key == 0 {
			continue
		}
		i := spread(uint64(old.key)) & (n - 1)
		for slots[i].key != 0 {
			i = (i + 1) & (n - 1)
		}
		slots[i] = *old
	}
	t.slots = slots
}

// Keys are the keys, in no order.
func (t *Table[K, V]) Keys() iter.Seq[K] {
	return func(yield func(K) bool) {
		for i := range t.slots {
			if k := t.slots[i].key; k != 0 && !yield(k) {
				return
			}
		}
	}
}

// Clone returns a table like t that may be added to.
func (t *Table[K, V]) Clone() Table[K, V] {
	c := *t
	c.slots = slices.Clone(t.slots)
	return c
}

// seed makes places in tables differ from process to process, so that no input can
// be written whose words or classes all go to one place.
var seed = maphash.Comparable(maphash.MakeSeed(), 0)

// spread is where the search for a key begins in a table, to be cut to its size.
// Each bit of it hangs on all bits of the key: keys made of the numbers of elements
// rise by the same step from box to box, and what is less than random puts such keys
// side by side. Two folded products are enough for all steps, one is not.
func spread(key uint64) int {
	hi, lo := bits.Mul64(key^seed, 0x9E3779B97F4A7C15)
	hi, lo = bits.Mul64(hi^lo, 0x9DDFEA08EB382D69)
	return int((hi ^ lo) >> 1)
}
