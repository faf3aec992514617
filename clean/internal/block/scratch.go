package block

import (
	"sync"

	"github.com/winnowtext/winnow/clean/internal/model"
)

// A scratch is the memory that the blocks of a page and their features take,
// kept for the next page: 0.3 MB on average, where html.Parse allocates 1 MB.
type scratch struct {
	doc      Doc
	stack    []frame
	cells    []int16
	ruler    ruler
	groups   pathTable // see smoothBy and sequence
	sequence sequence
	hints    hintSets
	batch    model.Batch // see predict

	classes classCache
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// Pages above these sizes, one in a hundred, leave their memory to the garbage
// collector.
const (
	maxKeptText  = 1 << 20 // bytes
	maxKeptElems = 1 << 15
)

// Release gives the memory of d back. Nothing of d may be used after that, its
// lines neither; only where decisions are asked for, which tell of pieces of its
// text, that stays.
func (d *Doc) Release() {
	s := d.scratch
	if s == nil || cap(d.Text) > maxKeptText || cap(d.Elems) > maxKeptElems || cap(d.lines) > maxKeptElems {
		return
	}
	if d.nodes != nil {
		d.Text = nil
	}
	*d = Doc{Text: d.Text[:0], Elems: d.Elems[:0], Blocks: d.Blocks[:0], odds: d.odds[:0], sorting: d.sorting[:0], lines: d.lines[:0], spans: d.spans[:0]}
	s.ruler.m.n = 0     // nothing is measured
	clear(s.classes[:]) // they belong to the page's rules, and hold its strings
	scratches.Put(s)
}

// newDoc is an empty Doc.
func newDoc() (*Doc, *scratch) {
	s := scratches.Get().(*scratch)
	d := &s.doc
	d.scratch = s
	if cap(d.Text) == 0 {
		d.Text = make([]byte, 0, 16<<10)
	}
	if cap(d.Elems) == 0 {
		d.Elems = make([]Elem, 0, 1024)
		d.Blocks = make([]Block, 0, 256)
		s.stack = make([]frame, 0, 64)
	}
	return d, s
}

// sized returns a slice of n elements in the memory of s, if that is enough.
// They hold what they held.
func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// zeroed is sized with zero elements.
func zeroed[T any](s []T, n int) []T {
	if cap(s) < n {
		return sized(s, n) // new memory is zero
	}
	s = s[:n]
	clear(s)
	return s
}
