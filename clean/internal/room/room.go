// Package room makes large slices without keeping a context waiting: memory that
// has to come from the system and be cleared takes half a second a gigabyte.
package room

import (
	"context"
	"slices"
	"time"
	"unsafe"
)

const (
	// large is the size, in bytes, from which on the context is looked at while
	// the memory is made ready.
	large = 8 << 20
	// every is the time between two looks.
	every = 2 * time.Millisecond
)

// Make returns a slice of length and capacity as make does, or false when ctx
// ends before it is ready; then the memory is left to the garbage collector.
func Make[T any](ctx context.Context, length, capacity int) ([]T, bool) {
	if capacity*int(unsafe.Sizeof(*new(T))) < large {
		return make([]T, length, capacity), true
	}
	made := make(chan []T, 1)
	go func() { made <- make([]T, length, capacity) }()
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case s := <-made:
			return s, true
		case <-tick.C:
			if ctx.Err() != nil {
				return nil, false
			}
		}
	}
}

// Grow copies s to a slice with room for as many elements again, for half or a
// quarter as many where that is much. It returns s as it is, with ctx's error,
// when that ends before.
func Grow[T any](ctx context.Context, s []T) ([]T, error) {
	const pieceBytes, least = 512 << 10, 8
	size := int(unsafe.Sizeof(*new(T)))
	if len(s)*size < pieceBytes {
		return slices.Grow(s, len(s)+least), nil
	}
	more := len(s) / 2
	if len(s)*size > 4*large {
		more = len(s) / 4
	}
	grown, ok := Make[T](ctx, 0, len(s)+more)
	if !ok {
		return s, ctx.Err()
	}
	piece := max(1, pieceBytes/size)
	for rest := s; len(rest) > 0; {
		n := min(len(rest), piece)
		grown, rest = append(grown, rest[:n]...), rest[n:]
		if len(rest) > 0 && ctx.Err() != nil {
			return s, ctx.Err()
		}
	}
	return grown, nil
}
