package work

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// endless runs until the clock ends it, and tells how many steps it took.
func endless(c *Clock) (steps int, err error) {
	defer Catch(&err)
	for {
		steps++
		c.Step()
	}
}

func TestEnd(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	var c Clock
	c.Start(ctx)
	for range 10_000 {
		c.Step()
		c.Read(1000)
	}
	c.Look()
	if c.Err() != nil {
		t.Fatal("ended before its context")
	}
	end()
	if n, err := endless(&c); n > everyUnits/stepUnits+1 || !errors.Is(err, context.Canceled) || c.Err() != err {
		t.Errorf("%d steps after the end, error %v", n, err)
	}
	// Whoever was told may do a little more, and is then told again.
	if n, err := endless(&c); n < 100 || n > graceUnits/stepUnits+1 || err == nil {
		t.Errorf("%d steps of grace, error %v", n, err)
	}
	c.Stop()
	for range 100_000 {
		c.Step()
	}
	if c.Err() == nil {
		t.Error("forgot that it had ended")
	}
}

func TestNever(t *testing.T) {
	for _, c := range []*Clock{nil, {}} {
		for range 100_000 {
			c.Step()
			c.Look()
		}
		c.Stop()
		if c.Err() != nil {
			t.Error(c.Err())
		}
	}
}

func TestCatchLetsFaultsPass(t *testing.T) {
	defer func() {
		if recover() != "fault" {
			t.Error("a fault was taken for an end")
		}
	}()
	var err error
	defer Catch(&err)
	panic("fault")
}

func TestMake(t *testing.T) {
	var c Clock
	c.Start(t.Context())
	for _, n := range []int{0, 10, large} {
		s := Make[uint64](&c, n/2, n)
		if len(s) != n/2 || cap(s) != n {
			t.Errorf("%d of %d, wanted %d of %d", len(s), cap(s), n/2, n)
		}
	}
}

func TestGrow(t *testing.T) {
	var c Clock
	c.Start(t.Context())
	for _, n := range []int{0, 1, 100, 3 << 20} {
		s := make([]uint64, n)
		for i := range s {
			s[i] = uint64(i)
		}
		if grown := Grow(&c, s); !slices.Equal(grown, s) || cap(grown) <= len(s) {
			t.Errorf("%d elements: %d of %d", n, len(grown), cap(grown))
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	c.Start(ended)
	err := func() (err error) {
		defer Catch(&err)
		Grow(&c, make([]uint64, 3<<20))
		return nil
	}()
	if !errors.Is(err, context.Canceled) {
		t.Errorf("grew after the end: %v", err)
	}
}

func TestMemory(t *testing.T) {
	s := []int{1, 2, 3}
	if z := Zeroed(s, 2); len(z) != 2 || z[0] != 0 || &z[0] != &s[0] {
		t.Error("not zeroed in place:", z)
	}
	if e := Emptied(s, 10); len(e) != 0 || cap(e) != 3 || s[2] != 0 {
		t.Error("not emptied:", s)
	}
	if Emptied(s, 2) != nil {
		t.Error("too large and kept")
	}
	if n := Sized(s, 9); len(n) != 9 {
		t.Error(len(n))
	}
}
