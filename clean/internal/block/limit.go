package block

import (
	"context"
	"slices"

	"github.com/winnowtext/winnow/clean/internal/room"
)

// textPiece is how many bytes of text are read between two looks at the context.
const textPiece = 256 << 10

// stopped tells, once in a while, whether the work on the page has to end; i
// counts the steps of a loop. What is left half done is of no use then: see
// Shorten.
func (d *Doc) stopped(i int) bool { return i&0xff == 0 && d.ctx != nil && d.ctx.Err() != nil }

// What is worked on when the time is over: some milliseconds' worth.
const (
	shortBlocks = 1000
	shortElems  = 20_000
	shortText   = 256 << 10 // bytes
)

// Shorten leaves the beginning of a page, not judged yet, for ctx's time.
func (d *Doc) Shorten(ctx context.Context) {
	d.ctx, d.short = ctx, true
	d.Elems = d.Elems[:min(len(d.Elems), shortElems)]
	n := int32(0)
	for ; int(n) < min(len(d.Blocks), shortBlocks); n++ {
		if b := &d.Blocks[n]; int(b.Elem) >= len(d.Elems) || b.End > shortText {
			break
		}
		b := &d.Blocks[n]
		b.Keep, b.P, b.Kind, b.Rule, b.Step = false, 0, "", "", ""
	}
	d.Blocks = d.Blocks[:n]
	for i := range d.Elems {
		e := &d.Elems[i]
		e.First, e.End = min(e.First, n), min(e.End, n)
	}
	text := int32(0)
	if n > 0 {
		text = d.Blocks[n-1].End
	}
	d.Text = d.Text[:text]
	d.Asides = slices.DeleteFunc(d.Asides, func(a Aside) bool {
		return int(a.Elem) >= len(d.Elems) || a.At > text
	})
}

// leastRoom is how many elements and blocks a step of the walk may add.
const leastRoom = 4

// cramped tells whether room is to be made.
func (b *builder) cramped() bool {
	d := b.d
	return cap(d.Elems)-len(d.Elems) < leastRoom || cap(d.Blocks)-len(d.Blocks) < leastRoom
}

// room makes room for the elements and blocks of one more step of the walk.
func (b *builder) room() (err error) {
	if d := b.d; cap(d.Elems)-len(d.Elems) < leastRoom {
		d.Elems, err = roomier(d, d.Elems)
	} else if cap(d.Blocks)-len(d.Blocks) < leastRoom {
		d.Blocks, err = roomier(d, d.Blocks)
	}
	return err
}

// roomier is s with room for more, unless the context ends.
func roomier[T any](d *Doc, s []T) ([]T, error) { return room.Grow(d.context(), s) }

// context is that of the work on the page.
func (d *Doc) context() context.Context {
	if d.ctx == nil {
		return context.Background()
	}
	return d.ctx
}
