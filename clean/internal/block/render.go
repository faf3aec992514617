package block

import (
	"bytes"
)

// A Line is a line of the text to be: a paragraph, a list item, a table row, or
// one line of a block with line breaks.
type Line struct {
	Text  string
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
	var lines []Line
	prev, layout := -1, 0
	for i := 0; i < len(d.Blocks); i++ {
		if d.stopped(i) {
			break
		}
		b := &d.Blocks[i]
		if !b.Keep {
			continue
		}
		if i >= layout {
			n := 0
			if n, layout = rowBlocks(d, i); n > 0 {
				lines = append(lines, rowLine(d, i, n))
				setBlank(d, lines, len(lines)-1, prev, i)
				prev, i = i, i+n-1
				continue
			}
		}
		at := len(lines)
		lines = blockLines(d, i, lines)
		setBlank(d, lines, at, prev, i)
		prev = i
	}
	return lines
}

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

// blockLines adds the lines of block i.
func blockLines(d *Doc, i int, lines []Line) []Line {
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
			lines = append(lines, Line{
				Text: string(trimmed), Role: role, Blank: blank, P: b.P,
				Spans: []Span{{int32(i), off, 0, int32(len(trimmed))}},
			})
			if role == Item {
				role = Para // further lines of the item
			}
			blank, first = 0, false
		}
		text, off = rest, next
	}
	return lines
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

func rowLine(d *Doc, i, n int) Line {
	l := Line{Role: Row}
	var text []byte
	for j := i; j < i+n; j++ {
		b := &d.Blocks[j]
		if j > i {
			text = append(text, '\t')
		}
		off := int32(len(text))
		text = append(text, d.Text[b.Start:b.End]...)
		l.Spans = append(l.Spans, Span{int32(j), b.Start, off, int32(len(text))})
		l.P = max(l.P, b.P)
	}
	l.Text = string(text)
	return l
}
