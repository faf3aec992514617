package room

import (
	"context"
	"slices"
	"testing"
)

func TestMake(t *testing.T) {
	for _, n := range []int{0, 10, large} {
		s, ok := Make[uint64](t.Context(), n/2, n)
		if !ok || len(s) != n/2 || cap(s) != n {
			t.Errorf("%d of %d, wanted %d of %d", len(s), cap(s), n/2, n)
		}
		for i, x := range s {
			if x != 0 {
				t.Fatalf("%d at %d", x, i)
			}
		}
	}
}

func TestGrow(t *testing.T) {
	ended, end := context.WithCancel(t.Context())
	end()
	for _, n := range []int{0, 1, 100, 3 << 20} {
		s := make([]uint64, n)
		for i := range s {
			s[i] = uint64(i)
		}
		grown, err := Grow(t.Context(), s)
		if err != nil || !slices.Equal(grown, s) || cap(grown) <= len(s) {
			t.Errorf("%d elements: %d of %d, %v", n, len(grown), cap(grown), err)
		}
		if n < 1<<20 {
			continue
		}
		if grown, err = Grow(ended, s); err == nil || len(grown) != n {
			t.Errorf("%d elements, after the end: %d, %v", n, len(grown), err)
		}
	}
}
