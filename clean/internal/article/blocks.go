package article

import (
	"net/url"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/line"
)

// A Block is a paragraph, heading, list item, table row or the like of the
// article. Its strings are parts of the clean text.
type Block struct {
	Role     Role
	Level    int    // of a heading, 1 to 6
	List     int    // number of the list or table it belongs to, from 1; 0 for none
	Depth    int    // lists it stands in, one in the other
	Ordered  bool   // it is an item of a numbered list ...
	Number   int    // ... and has this number
	Quote    int    // quotations it stands in, one in the other
	Language string // of code, "" when unknown
	Source   string // absolute address of an image
	Runs     []Run  // its text, but for a row
	Cells    []Cell // of a row
}

// A Cell is a cell of a table row.
type Cell struct {
	Head bool
	Runs []Run
}

// A Run is a stretch of text that is marked in one way and comes from one piece of
// the input. Line breaks within a block are newlines in it.
type Run struct {
	Text  string
	Marks Marks
	Link  string // absolute address, "" when it is no link
	Piece int    // number of the piece it comes from, -1 when pieces were not asked for or it comes from none
}

// Marks of a run.
type Marks uint8

// Marks, one bit each.
const (
	Strong Marks = 1 << iota
	Em
	Code
	Sub
	Sup
	Del
)

var marksOf = [...]Marks{
	block.LinkMark: 0, block.StrongMark: Strong, block.EmMark: Em, block.CodeMark: Code, block.SubMark: Sub, block.SupMark: Sup, block.DelMark: Del,
}

// Role is what a block is in the article.
type Role uint8

// Roles.
const (
	Paragraph Role = iota
	Heading
	Item
	Quote
	CodeBlock
	Row
	Caption
	Image
	Term
	Description
)

// Blocks are the kept blocks, with their text out of text, which is what Text
// returned, and pieces those of Pieces, or none. Addresses are made absolute by
// base, which may be nil. A page needs block.Options.Structure.
func (a *Article) Blocks(pieces []Piece, base *url.URL) []Block {
	text, runs := a.mem.JoinTraced(a.lines)
	m := maker{a: a, text: text, pieces: pieces, base: base, last: -1, structure: newStructure(a.doc)}
	for _, s := range runs {
		m.stretch(s)
	}
	m.images(int32(1<<31 - 1))
	return m.blocks
}

// A maker makes blocks of the stretches of the text in their order.
type maker struct {
	a         *Article
	text      string
	at        int // byte of the text up to which it is in blocks
	last      int // line of the last stretch, -1 for none
	pieces    []Piece
	next      int // piece that may hold the next stretch
	base      *url.URL
	blocks    []Block
	structure structure
}

// stretch adds a stretch of the text, which was copied from one line.
func (m *maker) stretch(s line.Stretch) {
	between := m.text[m.at:s.Out]
	if m.opens(s, between) {
		m.open(s)
		between = strings.TrimPrefix(strings.TrimLeft(between, "\n"), m.a.lines[s.Line].Prefix)
	}
	label := strings.TrimLeft(between, "\n")
	m.breakLine(between[:len(between)-len(label)])
	if label != "" { // it marks a kind
		m.add(Run{Text: label, Piece: -1})
	}
	m.last = s.Line
	for at, end := s.Src, s.Src+s.Len; at < end; {
		out := s.Out + at - s.Src
		if m.a.doc == nil {
			piece, next := m.pieceAt(s.Line, at, end)
			m.add(Run{Text: m.text[out : out+next-at], Piece: piece})
			at = next
			continue
		}
		at = m.marked(s.Line, at, end, out)
	}
	m.at = s.Out + s.Len
}

// opens reports whether a stretch begins a block.
func (m *maker) opens(s line.Stretch, between string) bool {
	if m.last < 0 {
		return true
	}
	if s.Line == m.last || !strings.Contains(between, "\n") {
		return false // a further line of a paragraph, or glued to the line before
	}
	if m.a.doc == nil {
		return true
	}
	was, is := m.a.source[m.last].Spans, m.a.source[s.Line].Spans
	return len(was) == 0 || len(is) == 0 || was[0].Block != is[0].Block
}

// open begins the block of a stretch.
func (m *maker) open(s line.Stretch) {
	if m.a.doc == nil {
		m.blocks = append(m.blocks, Block{})
		return
	}
	src := &m.a.source[s.Line]
	if len(src.Spans) == 0 { // text from the page's data
		m.blocks = append(m.blocks, Block{Role: plainRoles[src.Role]})
		return
	}
	m.images(src.Spans[0].Doc)
	m.blocks = append(m.blocks, m.structure.block(int(src.Spans[0].Block), src.Role))
}

// plainRoles are the roles of blocks by themselves.
var plainRoles = [...]Role{
	block.Para: Paragraph, block.Heading: Heading, block.Item: Item, block.Row: Row, block.Code: CodeBlock, block.Quote: Quote, block.Caption: Caption,
}

// marked adds the run of a line that begins at at and stands in the text from out
// on, up to end or to where another begins, and returns where that is.
func (m *maker) marked(ln, at, end, out int) (next int) {
	spans := m.a.source[ln].Spans
	k := 0
	for k < len(spans) && int(spans[k].End) <= at {
		k++
	}
	if k < len(spans) && at < int(spans[k].Off) {
		return min(end, int(spans[k].Off)) // what parts cells
	}
	piece, next := m.pieceAt(ln, at, end)
	run := Run{Piece: piece}
	if k < len(spans) {
		next = min(next, int(spans[k].End))
		var until int32
		doc := spans[k].Doc + int32(at) - spans[k].Off
		run.Marks, run.Link, until = m.structure.marks(doc, m.base)
		next = min(next, at+int(until-doc))
	}
	run.Text = m.text[out : out+next-at]
	if b := &m.blocks[len(m.blocks)-1]; b.Role == Row && k < len(spans) {
		for len(b.Cells) <= k {
			b.Cells = append(b.Cells, Cell{Head: m.structure.head(spans[len(b.Cells)].Block)})
		}
	}
	m.add(run)
	return next
}

// add adds a run to the last block or cell, or to its last run if that is alike.
func (m *maker) add(r Run) {
	b := &m.blocks[len(m.blocks)-1]
	runs := &b.Runs
	if b.Role == Row && len(b.Cells) > 0 {
		runs = &b.Cells[len(b.Cells)-1].Runs
	}
	if k := len(*runs) - 1; k >= 0 {
		last := &(*runs)[k]
		if last.Marks == r.Marks && last.Link == r.Link && last.Piece == r.Piece {
			last.Text += r.Text
			return
		}
	}
	*runs = append(*runs, r)
}

// breakLine adds line ends to the last run.
func (m *maker) breakLine(ends string) {
	runs := m.blocks[len(m.blocks)-1].Runs
	if k := len(runs) - 1; ends != "" && k >= 0 {
		runs[k].Text += ends
	}
}

// pieceAt is the number of the piece that holds a byte of a line, -1 for none, and
// where that piece ends, at most end.
func (m *maker) pieceAt(ln, at, end int) (piece, next int) {
	for ; m.next < len(m.pieces); m.next++ {
		p := &m.pieces[m.next]
		if int(p.line) < ln || int(p.line) == ln && int(p.to) <= at {
			continue
		}
		switch {
		case int(p.line) > ln:
			return -1, end
		case int(p.from) > at:
			return -1, min(end, int(p.from))
		}
		return m.next, min(end, int(p.to))
	}
	return -1, end
}

// images adds the images that stand before a place of the page's text.
func (m *maker) images(before int32) {
	if m.a.doc == nil {
		return
	}
	for _, i := range m.structure.imagesTo(before) {
		if source := m.structure.address(m.a.doc.Attr(i.Elem, "src"), m.base); source != "" {
			b := Block{Role: Image, Source: source}
			if alt := strings.Join(strings.Fields(m.a.doc.Attr(i.Elem, "alt")), " "); alt != "" {
				b.Runs = []Run{{Text: alt, Piece: -1}}
			}
			m.blocks = append(m.blocks, b)
		}
	}
}
