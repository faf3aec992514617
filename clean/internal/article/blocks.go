package article

import (
	"net/url"
	"sort"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/line"
	"golang.org/x/net/html"
)

// A Block is a paragraph, heading, list item, table row or the like of the
// article.
type Block struct {
	Role     Role
	Level    int    // of a heading, 1 to 6
	List     int    // number of the list or table it belongs to, from 1; 0 for none
	Depth    int    // lists it stands in, one in the other
	Ordered  bool   // it begins an item of a numbered list ...
	Number   int    // ... and this is the item's number
	Quote    int    // quotations it stands in, one in the other
	Language string // of code, "" when unknown
	Src      string // absolute address of an image
	Callout  string // kind of the box with a note or warning that it stands in, "" for none
	Note     int    // number of the footnote that it is a part of, 0 for none
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
	Note  int    // number of the footnote whose mark it is, 0 for none
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

// Structure says how Blocks reads a page.
type Structure struct {
	Base     *url.URL    // makes addresses absolute; may be nil
	Lead     string      // address of the picture that the page names as its own
	Name     func(i int) // sees to it that a block which was left out has its kind; may be nil
	Fragment bool        // all images belong to the article
	NoLinks  bool        // links are left out, but for their text
	NoImages bool        // images are
}

// Blocks returns the clean text, as Text does, the kept blocks, whose runs are parts
// of it, and the tree that package structure makes of it. pieces are those of Pieces,
// or none. A page needs block.Options.Structure.
func (a *Article) Blocks(pieces []Piece, s Structure) (text string, blocks []Block, tree *html.Node) {
	text, from := a.mem.JoinTraced(a.lines)
	m := maker{a: a, text: text, pieces: pieces, last: -1, elements: newElements(a.doc, s)}
	if a.doc != nil {
		kept := 0
		for i := range a.doc.Blocks {
			if a.doc.Blocks[i].Keep {
				kept++
			}
		}
		m.blocks = make([]Block, 0, kept)
	}
	m.tree.begin(&m)
	for _, f := range from {
		m.stretch(f)
	}
	m.images(atEnd)
	m.tree.shown(atEnd)
	tree = m.tree.Tree()
	m.number()
	return text, m.blocks, tree
}

// atEnd is behind all text of a page.
const atEnd = int32(1<<31 - 1)

// A maker makes blocks of the stretches of the text in their order.
type maker struct {
	a        *Article
	text     string
	at       int // byte of the text up to which it is in blocks
	last     int // line of the last stretch, -1 for none
	pieces   []Piece
	next     int // piece that may hold the next stretch
	blocks   []Block
	from, to int // bytes of the text that the last run is
	elements elements
	column   int // of a row that comes from no elements
	tree     tree
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
	m.tree.between(between[:len(between)-len(label)], label, s.Out)
	if label != "" { // it marks a kind
		m.add(s.Out-len(label), s.Out, Run{Piece: -1})
	}
	m.last = s.Line
	m.tree.stretch(s)
	for at, end := s.Src, s.Src+s.Len; at < end; {
		m.a.mem.Clock.Step()
		out := s.Out + at - s.Src
		switch {
		case m.a.doc == nil:
			piece, next := m.pieceAt(s.Line, at, end)
			m.add(out, out+next-at, Run{Piece: piece})
			at = next
		case len(m.a.source[s.Line].Spans) == 0:
			at += m.plain(s.Line, at, end, out)
		default:
			at = m.marked(s.Line, at, end, out)
		}
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
	m.from, m.to, m.column = 0, 0, 0
	m.tree.opened = true
	if m.a.doc == nil {
		m.blocks = append(m.blocks, Block{})
		return
	}
	src := &m.a.source[s.Line]
	if len(src.Spans) == 0 {
		again := m.last >= 0 && src.Blank == 0 && m.a.source[m.last].Role == src.Role
		m.blocks = append(m.blocks, m.elements.none(src.Role, again))
		return
	}
	m.images(src.Spans[0].Doc)
	b := m.elements.block(int(src.Spans[0].Block), src.Role)
	b.Callout, b.Note = m.tree.Around(m.a.doc.Blocks[src.Spans[0].Block].Elem)
	m.blocks = append(m.blocks, b)
}

// plainRoles are the roles of blocks by themselves.
var plainRoles = [...]Role{
	block.Para: Paragraph, block.Heading: Heading, block.Item: Item, block.Row: Row, block.Code: CodeBlock, block.Quote: Quote, block.Caption: Caption,
}

// plain adds the run that begins at at of a line that comes from no elements of the
// page but from its data, and returns its size; tabs part the cells of a row.
func (m *maker) plain(ln, at, end, out int) (size int) {
	b := &m.blocks[len(m.blocks)-1]
	piece, next := m.pieceAt(ln, at, end)
	if b.Role == Row {
		switch tab := strings.IndexByte(m.text[out:out+next-at], '\t'); {
		case tab == 0:
			m.column++
			return 1
		case tab > 0:
			next = at + tab
		}
		b.cell(m.column)
	}
	m.add(out, out+next-at, Run{Piece: piece})
	return next - at
}

// cell makes sure that a row has a cell of that number.
func (b *Block) cell(n int) *Cell {
	for len(b.Cells) <= n {
		b.Cells = append(b.Cells, Cell{})
	}
	return &b.Cells[n]
}

// marked adds the run of a line that begins at at and stands in the text from out
// on, up to end or to where another begins, and returns where that is.
func (m *maker) marked(ln, at, end, out int) (next int) {
	spans := m.a.source[ln].Spans
	k := sort.Search(len(spans), func(k int) bool { return int(spans[k].End) > at })
	if k < len(spans) && at < int(spans[k].Off) {
		return min(end, int(spans[k].Off)) // what parts cells
	}
	piece, next := m.pieceAt(ln, at, end)
	run := Run{Piece: piece}
	if k < len(spans) {
		next = min(next, int(spans[k].End))
		var until int32
		doc := spans[k].Doc + int32(at) - spans[k].Off
		var link int32
		run.Marks, link, until = m.elements.marks(doc)
		if link >= 0 {
			run.Link, run.Note = m.elements.link(link), m.tree.Mark(link)
		}
		next = min(next, at+int(until-doc))
		if b := &m.blocks[len(m.blocks)-1]; b.Role == Row {
			column, head := m.elements.cell(int(spans[k].Block))
			if c := b.cell(max(column, len(b.Cells)-1)); len(c.Runs) == 0 {
				c.Head = head
			}
		}
	}
	m.add(out, out+next-at, run)
	return next
}

// runs are those of the last block, or of its last cell.
func (m *maker) runs() *[]Run {
	b := &m.blocks[len(m.blocks)-1]
	if b.Role == Row && len(b.Cells) > 0 {
		return &b.Cells[len(b.Cells)-1].Runs
	}
	return &b.Runs
}

// add adds a part of the text as a run, or to the last run if that is alike and ends
// there.
func (m *maker) add(from, to int, r Run) {
	runs := m.runs()
	if k := len(*runs) - 1; k >= 0 && m.to == from {
		last := &(*runs)[k]
		if last.Marks == r.Marks && last.Link == r.Link && last.Note == r.Note && last.Piece == r.Piece {
			m.to = to
			last.Text = m.text[m.from:to]
			return
		}
	}
	m.from, m.to = from, to
	r.Text = m.text[from:to]
	*runs = append(*runs, r)
}

// breakLine adds line ends to the last run.
func (m *maker) breakLine(ends string) {
	runs := m.runs()
	if k := len(*runs) - 1; ends != "" && k >= 0 {
		last := (*runs)[k]
		m.add(m.at, m.at+len(ends), last)
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

// number gives footnotes the numbers that they have in the tree.
func (m *maker) number() {
	for i := range m.blocks {
		b := &m.blocks[i]
		b.Note = m.tree.Note(b.Note)
		for k := range b.Runs {
			b.Runs[k].Note = m.tree.Note(b.Runs[k].Note)
		}
		for c := range b.Cells {
			for k := range b.Cells[c].Runs {
				r := &b.Cells[c].Runs[k]
				r.Note = m.tree.Note(r.Note)
			}
		}
	}
}

// images adds the images that stand before a place of the page's text.
func (m *maker) images(before int32) {
	if m.a.doc == nil || m.elements.structure.NoImages {
		return
	}
	for _, i := range m.elements.imagesTo(before) {
		m.a.mem.Clock.Step()
		if i.Kind != block.Picture {
			continue
		}
		if src := m.elements.address(i.Source()); src != "" {
			b := Block{Role: Image, Src: src}
			if alt := strings.Join(strings.Fields(block.AttrOf(i.Node, "alt")), " "); alt != "" {
				b.Runs = []Run{{Text: alt, Piece: -1}}
			}
			m.blocks = append(m.blocks, b)
		}
	}
}
