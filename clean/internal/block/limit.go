package block

import (
	"slices"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// textPiece is how many bytes of text are read between two notes of that.
const textPiece = 256 << 10

// What is worked on when the time is over: some milliseconds' worth.
const (
	shortBlocks = 1000
	shortElems  = 20_000
	shortText   = 256 << 10 // bytes
)

// Shorten leaves the beginning of a page, not judged yet: what can be done when
// the time is over.
func (d *Doc) Shorten() {
	d.short, d.Replaced = true, Source{}
	d.Elems = d.Elems[:min(len(d.Elems), shortElems)]
	n := int32(0)
	for ; int(n) < min(len(d.Blocks), shortBlocks); n++ {
		b := &d.Blocks[n]
		if int(b.Elem) >= len(d.Elems) || b.End > shortText {
			break
		}
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
	d.shortenMarks()
}

// passUnits is what it takes to do little with a block or an element, see
// work.Clock.
const passUnits = 8

// pass notes that all blocks are gone through once, little being done with each.
func (d *Doc) pass() { d.clock.Spend(passUnits * len(d.Blocks)) }

// passElems is pass for the elements.
func (d *Doc) passElems() { d.clock.Spend(passUnits * len(d.Elems)) }

// leastRoom is how many elements and blocks a step of the walk may add.
const leastRoom = 4

// cramped reports whether room is to be made.
func (d *Doc) cramped() bool {
	return cap(d.Elems)-len(d.Elems) < leastRoom || cap(d.Blocks)-len(d.Blocks) < leastRoom
}

// room makes room for the elements and blocks of one more step of the walk.
func (d *Doc) room() {
	if cap(d.Elems)-len(d.Elems) < leastRoom {
		d.Elems = work.Grow(d.clock, d.Elems)
	}
	if cap(d.Blocks)-len(d.Blocks) < leastRoom {
		d.Blocks = work.Grow(d.clock, d.Blocks)
	}
}
