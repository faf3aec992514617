package work

import (
	"slices"
	"time"
	"unsafe"
)

const (
	// large is the size, in bytes, from which on the context is looked at while
	// memory is made ready: what has to come from the system and be cleared takes
	// half a second a gigabyte.
	large = 8 << 20
	// every is the time between two looks.
	every = 2 * time.Millisecond
	// pieceBytes is how much is copied between two looks.
	pieceBytes = 512 << 10
)

// Make returns a slice of length and capacity as make does. If the context ends
// before it is ready, the memory is left to the garbage collector.
func Make[T any](c *Clock, length, capacity int) []T {
	if c == nil || c.ctx == nil || capacity*sizeOf[T]() < large {
		return make([]T, length, capacity)
	}
	made := make(chan []T, 1)
	go func() { made <- make([]T, length, capacity) }()
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case s := <-made:
			return s
		case <-tick.C:
			c.Look()
		}
	}
}

// Grow copies s to a slice with room for as many elements again, for half or a
// quarter as many where that is much.
func Grow[T any](c *Clock, s []T) []T {
	const least = 8
	size := sizeOf[T]()
	if len(s)*size < pieceBytes {
		return slices.Grow(s, len(s)+least)
	}
	more := len(s) / 2
	if len(s)*size > 4*large {
		more = len(s) / 4
	}
	grown := Make[T](c, 0, len(s)+more)
	piece := max(1, pieceBytes/size)
	for rest := s; len(rest) > 0; {
		n := min(len(rest), piece)
		grown, rest = append(grown, rest[:n]...), rest[n:]
		c.Spend(n * size)
	}
	return grown
}

// Sized returns a slice of n elements in the memory of s, if that is enough.
// They hold what they held.
func Sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// Zeroed is Sized with zero elements.
func Zeroed[T any](s []T, n int) []T {
	if cap(s) < n {
		return Sized(s, n) // new memory is zero
	}
	s = s[:n]
	clear(s)
	return s
}

// Emptied forgets what s holds and keeps its memory, if that is at most most
// elements.
func Emptied[T any](s []T, most int) []T {
	if cap(s) > most {
		return nil
	}
	clear(s[:cap(s)])
	return s[:0]
}

func sizeOf[T any]() int { return int(unsafe.Sizeof(*new(T))) }
