package block

import (
	"slices"
	"strings"
)

// Notes belong to the text that they explain: a mark in it links to the note, and the
// note back to the mark.

// A pointer is a link to a place of some page, mostly this one.
type pointer struct {
	elem int32
	size int32 // bytes of its text
	id   string
}

// A target is an element that may be pointed at.
type target struct {
	elem int32
	id   string
}

// point notes the link of an element to a place, if it is one.
func (b *builder) point(href string) {
	if i := strings.IndexByte(href, '#'); i >= 0 && i+1 < len(href) {
		b.d.pointers = append(b.d.pointers, pointer{elem: int32(len(b.d.Elems) - 1), id: href[i+1:]})
	}
}

// pointed notes how long the text of a link is that ends.
func (b *builder) pointed(f *frame) {
	if n := len(b.d.pointers); n > 0 && b.d.pointers[n-1].elem == f.elem {
		b.d.pointers[n-1].size = int32(len(b.d.Text)) - f.text
	}
}

// mayBeNote notes an id. What stands before the first link to a place is no note.
func (b *builder) mayBeNote(id string) {
	if len(b.d.pointers) > 0 {
		b.d.targets = append(b.d.targets, target{int32(len(b.d.Elems) - 1), id})
	}
}

// Bounds of notes.
const (
	markMost   = 12   // bytes of a mark
	noteBlocks = 6    // of a note
	noteBytes  = 2000 // the same
)

// keepNotes keeps the notes of kept text.
func keepNotes(d *Doc) {
	if len(d.pointers) < 2 || len(d.targets) == 0 {
		return
	}
	marked := map[string]int32{} // the first block with a mark that points there
	for i := range d.pointers {
		p := &d.pointers[i]
		at := d.Elems[p.elem].First
		if p.size > markMost || int(at) >= len(d.Blocks) || !d.Blocks[at].Keep {
			continue
		}
		if _, ok := marked[p.id]; !ok {
			marked[p.id] = at
		}
	}
	if len(marked) == 0 {
		return
	}
	d.passElems()
	next := 0 // pointer
	for _, t := range d.targets {
		mark, ok := marked[t.id]
		if !ok {
			continue
		}
		e := d.noteAround(t.elem)
		note := &d.Elems[e]
		if note.First <= mark || note.End-note.First > noteBlocks || note.End <= note.First || note.Near[aComment] > 0 || note.Flags&fHeading != 0 ||
			d.Blocks[note.End-1].End-d.Blocks[note.First].Start > noteBytes {
			continue
		}
		for next < len(d.pointers) && d.pointers[next].elem < e {
			next++
		}
		back := false
		for k := next; k < len(d.pointers) && d.Elems[d.pointers[k].elem].First < note.End; k++ {
			p := &d.pointers[k]
			back = back || p.size <= markMost && p.id != t.id
		}
		if !back {
			continue
		}
		for j := note.First; j < note.End; j++ {
			if b := &d.Blocks[j]; b.undecided() {
				b.keep("note.pointed")
			}
		}
	}
}

// pointsWithin reports whether a link in element e leads to a place of the page, or a
// place that only scripts know.
func (d *Doc) pointsWithin(e int32) bool {
	i, _ := slices.BinarySearchFunc(d.pointers, e, func(p pointer, e int32) int { return int(p.elem - e) })
	return i < len(d.pointers) && inside(d, d.pointers[i].elem, e)
}

// noteAround is the element of the note that element e opens: the item that it stands in,
// or the innermost block-level element.
func (d *Doc) noteAround(e int32) int32 {
	for e > 0 && d.Elems[e].Flags&fBlock == 0 {
		e = d.Elems[e].Parent
	}
	const near = 3
	at := e
	for range near {
		if d.Elems[at].Tag == tLi {
			return at
		}
		at = d.Elems[at].Parent
	}
	return e
}
