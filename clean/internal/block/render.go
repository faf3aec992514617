package block

import (
	"bytes"
	"unsafe"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// A Line is a line of the text to be: a paragraph, a list item, a table row, or
// one line of a block with line breaks.
type Line struct {
	Text  string // mostly a piece of Doc.Text
	Role  Role
	Blank int // blank lines wanted before it
	P     float32
	Spans []Span // what the text is made of
}

// A Span is a piece of a line that comes from one block.
type Span struct {
	Block    int32
	Doc      int32 // place in Doc.Text
	Off, End int32 // place in the line
}

// Render turns the kept blocks into lines. Blocks are parted by a blank line,
// items of one list and rows of one table are not; the cells of a row are
// parted by tabs.
func Render(d *Doc) []Line {
	m, n := d.memory, linesOf(d)
	m.spans = work.Sized(m.spans, n)
	r := renderer{d: d, lines: work.Sized(m.lines, n)[:0], spans: m.spans[:0]}
	prev, layout := -1, 0
	d.pass()
	for i := 0; i < len(d.Blocks); i++ {
		b := &d.Blocks[i]
		if !b.Keep {
			continue
		}
		if i >= layout {
			n := 0
			if n, layout = rowBlocks(d, i); n > 0 {
				r.add(r.row(i, n))
				setBlank(d, r.lines, len(r.lines)-1, prev, i)
				prev, i = i, i+n-1
				continue
			}
		}
		at := len(r.lines)
		r.block(i)
		setBlank(d, r.lines, at, prev, i)
		prev = i
	}
	m.lines = r.lines
	return r.lines
}

// A renderer collects lines.
type renderer struct {
	d     *Doc
	lines []Line
	spans []Span // room for those of the lines to come
}

// manyLines is how many lines of a page have their room made beforehand.
const manyLines = 4096

// linesOf is how many lines the kept blocks have, or more, up to manyLines.
func linesOf(d *Doc) (n int) {
	d.pass()
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Keep {
			if n += 1 + bytes.Count(d.Text[b.Start:b.End], []byte{'\n'}); n > manyLines {
				return manyLines
			}
		}
	}
	return n
}

// span is a Span by itself.
func (r *renderer) span(s Span) []Span {
	if len(r.spans) == cap(r.spans) {
		return []Span{s}
	}
	r.spans = append(r.spans, s)
	return r.spans[len(r.spans)-1 : len(r.spans) : len(r.spans)]
}

func (r *renderer) add(l Line) {
	if len(r.lines) == cap(r.lines) {
		r.lines = work.Grow(r.d.clock, r.lines)
	}
	r.lines = append(r.lines, l)
}

// view is b as a string, which lives as long as nobody writes to b.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// setBlank sets the blank lines before lines[at], which opens block i; prev is
// the kept block before, -1 none.
func setBlank(d *Doc, lines []Line, at, prev, i int) {
	if prev < 0 || at >= len(lines) {
		return
	}
	a, b := &d.Blocks[prev], &d.Blocks[i]
	if a.Role == b.Role && (b.Role == Item || b.Role == Row) && lines[at].Role == b.Role && listOf(d, a, b.Role) == listOf(d, b, b.Role) {
		return
	}
	lines[at].Blank = 1
}

// listOf is the list or table a block belongs to.
func listOf(d *Doc, b *Block, r Role) int32 {
	for e := b.Elem; e > 0; e = d.Elems[e].Parent {
		switch t := d.Elems[e].Tag; {
		case r == Item && t == tLi:
			return d.Elems[e].Parent
		case r == Row && t == tTr:
			return tableOf(d, e)
		}
	}
	return -1
}

// tableOf is the outermost of the table elements directly around a row.
func tableOf(d *Doc, row int32) int32 {
	e := d.Elems[row].Parent
	for d.Elems[e].Tag == tTable && d.Elems[d.Elems[e].Parent].Tag == tTable {
		e = d.Elems[e].Parent
	}
	return e
}

// block adds the lines of block i.
func (r *renderer) block(i int) {
	d := r.d
	b := &d.Blocks[i]
	text := d.Text[b.Start:b.End]
	role := b.Role
	if role == Row {
		role = Para // a cell that stands alone
	}
	off := b.Start
	blank := 0
	first := true
	for len(text) > 0 {
		d.clock.Step()
		line, rest := text, []byte(nil)
		if k := bytes.IndexByte(text, '\n'); k >= 0 {
			line, rest = text[:k], text[k+1:]
		}
		next := off + int32(len(text)-len(rest))
		trimmed := bytes.TrimRight(line, " \t\r")
		if len(trimmed) == 0 {
			blank = 1
		} else {
			if first {
				blank = 0
			}
			r.add(Line{
				Text: view(trimmed), Role: role, Blank: blank, P: b.P,
				Spans: r.span(Span{int32(i), off, 0, int32(len(trimmed))}),
			})
			if role == Item {
				role = Para // further lines of the item
			}
			blank, first = 0, false
		}
		text, off = rest, next
	}
}

// rowBlocks returns how many blocks from i on are the cells of one table row,
// 0 when the table serves as layout: then its cells are blocks like others, and
// so are the blocks up to layout.
func rowBlocks(d *Doc, i int) (n, layout int) {
	b := &d.Blocks[i]
	if b.Role != Row || b.Cell == 0 {
		return 0, i
	}
	row := rowOf(d, b.Elem)
	if row < 0 {
		return 0, i
	}
	cell := int16(0)
	for j := i; j < len(d.Blocks) && int32(j) < d.Elems[row].End; j++ {
		d.clock.Step()
		c := &d.Blocks[j]
		if !c.Keep {
			break
		}
		if c.Role != Row || c.Cell == cell || rowOf(d, c.Elem) != row || bytes.IndexByte(d.Text[c.Start:c.End], '\n') >= 0 {
			return 0, j
		}
		cell = c.Cell
		n++
	}
	return n, i
}

func rowOf(d *Doc, e int32) int32 {
	for range 3 {
		if d.Elems[e].Tag == tTr {
			return e
		}
		e = d.Elems[e].Parent
	}
	return -1
}

// row is the line of the cells i..i+n-1.
func (r *renderer) row(i, n int) Line {
	d := r.d
	l := Line{Role: Row}
	size := 0
	for j := i; j < i+n; j++ {
		size += int(d.Blocks[j].End-d.Blocks[j].Start) + 1
	}
	text := d.memory.space(size)
	l.Spans = make([]Span, 0, n)
	for j := i; j < i+n; j++ {
		d.clock.Step()
		b := &d.Blocks[j]
		if j > i {
			text = append(text, '\t')
		}
		off := int32(len(text))
		text = append(text, d.Text[b.Start:b.End]...)
		l.Spans = append(l.Spans, Span{int32(j), b.Start, off, int32(len(text))})
		l.P = max(l.P, b.P)
	}
	l.Text = view(text)
	return l
}
