// Package structure builds the tree of an article: one element for each thing that
// has a name in HTML and Markdown, whatever markup the page has for it, and nothing
// else. Elements and attributes are those that this package names; addresses are
// absolute and lead to places, never to scripts. So the tree needs no sanitizing, and
// writers need to know no more than a score of elements.
//
//	builder.go   Builder: takes texts in their order and opens and closes elements
//	role.go      what an element of the page may become
//	path.go      what the elements around a text make of it
//	attribute.go attributes: addresses, numbers of lists, boxes of tasks
//	table.go     tables of data, of layout and of code
//	code.go      code as its lines
//	formula.go   mathematics as TeX
//	image.go     pictures, and links to what a page embeds
//	note.go      footnotes and the marks that refer to them
//	callout.go   notes and warnings in boxes
//	finish.go    what is put right when all is there
//
// Elements of the tree: p, h1 to h6, ul, ol, li, input (the box of a task), dl, dt,
// dd, blockquote, pre, code, table, caption, thead, tbody, tfoot, tr, th, td, figure,
// figcaption, details, summary, a, img, strong, em, del, sub, sup, q, mark, br, math with
// semantics, mtext and annotation, section for footnotes.
package structure

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/block"
)

// Options of a Builder.
type Options struct {
	// Address makes an address absolute, "" where it leads nowhere.
	Address func(string) string
	// Link is that of the address of a link of the page.
	Link     func(elem int32) string
	Page     string // address of the page itself, "" when not known
	NoLinks  bool   // their text alone
	NoImages bool   // and nothing embedded
}

// A Builder makes the tree of an article of the texts that it is given in their
// order.
type Builder struct {
	doc  *block.Doc // nil for a text without elements
	o    Options
	text string // the whole text, whose parts the tree's texts are

	root *html.Node
	open []level // open elements, outermost first
	want []step  // see path
	flow int     // steps of want that are no inline elements

	roles []role  // of elements, as far as known
	near  []int32 // by element, the innermost around that is not plain, plus one

	last     *html.Node // the text that was added last ...
	from, to int        // ... and its place in the text
	space    bool       // white space is due before the next text
	line     bool       // a line break is
	joined   bool       // white space in front of the next text is that before a picture

	code     code
	formulas map[*html.Node]bool // those that are in the tree
	tables   map[int32]bool      // whether an element is a table of data
	cells    map[*html.Node]*html.Node
	notes    notes
	numbers  block.Numbering   // of items
	boxes    map[string]string // by class, the callout that it makes
	nodes    []html.Node       // room for those to come
}

// A level is an open element of the tree.
type level struct {
	step
	node  *html.Node
	block int32 // that its last text is of, plus one
}

// New is a Builder for an article of the page that doc is, nil for one of a text.
func New(doc *block.Doc, text string, o Options) *Builder {
	b := &Builder{doc: doc, o: o, text: text}
	b.root = b.node(html.ElementNode, atom.Article)
	if doc != nil {
		b.roles = make([]role, len(doc.Elems))
		b.near = make([]int32, len(doc.Elems))
		b.findNotes()
	}
	return b
}

// Text adds text[from:to], which lies in an element and a block of the page.
func (b *Builder) Text(elem, blk int32, from, to int) {
	b.path(elem, blk)
	if f := b.formulaOf(elem); f >= 0 && b.want[b.flow-1].tag != atom.Pre {
		b.formula(b.doc.Node(f), blk)
		b.space = b.space || endsSpaced(b.text[from:to])
		return
	}
	if b.skips(elem, b.text[from:to]) {
		b.space = b.space || endsSpaced(b.text[from:to])
		return
	}
	b.write(blk, from, to)
}

// write adds a text where want says.
func (b *Builder) write(blk int32, from, to int) {
	if len(b.want) > 0 && b.want[b.flow-1].tag == atom.Pre {
		b.enter(blk)
		b.code.write(b, blk, b.text[from:to])
		return
	}
	for from < to && isSpace(b.text[from]) {
		b.space = b.space || !b.joined
		from++
	}
	b.joined = false
	end := to
	for end > from && isSpace(b.text[end-1]) {
		end--
	}
	if from < end {
		b.enter(blk)
		// Line breaks inside are those of the page.
		for {
			k := strings.IndexByte(b.text[from:end], '\n')
			if k < 0 {
				break
			}
			b.put(from, from+k)
			b.append(b.node(html.ElementNode, atom.Br))
			from += k + 1
		}
		b.put(from, end)
	}
	b.space = b.space || end < to
}

func endsSpaced(s string) bool { return s != "" && isSpace(s[len(s)-1]) }

func isSpace(c byte) bool { return c == ' ' || c == '\t' }

// put adds text[from:to] to the innermost open element.
func (b *Builder) put(from, to int) {
	if from == to {
		return
	}
	top := b.top()
	if b.last != nil && b.last == top.LastChild && b.to == from {
		b.to = to
		b.last.Data = b.text[b.from:to]
		return
	}
	b.last, b.from, b.to = b.words(b.text[from:to]), from, to
	top.AppendChild(b.last)
}

// Label adds a text that stands in no element, in front of what comes next.
func (b *Builder) Label(from, to int) {
	if len(b.open) > 0 {
		b.put(from, to)
	}
}

// Break notes that a line ends, within a block.
func (b *Builder) Break() {
	b.line = true
}

// Space notes that white space parts what was added from what will be.
func (b *Builder) Space() { b.space = true }

// Plain adds a text that comes from no elements of the page: a block of that kind.
// Those of the same number are parts of one list or table.
func (b *Builder) Plain(role PlainRole, number, heading int, from, to int) {
	const none = -1
	b.want = b.want[:0]
	id := int32(-2 - number) // no element has it
	switch role {
	case PlainHeading:
		b.want = append(b.want, step{id, headings[min(max(heading, 1), 6)-1]})
	case PlainItem:
		b.want = append(b.want, step{id, atom.Ul}, step{none, atom.Li})
	case PlainCode:
		b.want = append(b.want, step{id, atom.Pre})
	case PlainQuote:
		b.want = append(b.want, step{id, atom.Blockquote}, step{none, atom.P})
	case PlainRow:
		b.want = append(b.want, step{id, atom.Table}, step{none, atom.Tr})
	default:
		b.want = append(b.want, step{none, atom.P})
	}
	b.flow = len(b.want)
	if k := b.common(); k == len(b.want) && k > 0 && b.open[k-1].elem == none {
		b.closeTo(k - 1) // another of them
	}
	if role != PlainRow {
		b.write(0, from, to)
		return
	}
	b.enter(0)
	b.cellsOf(from, to)
}

// cellsOf adds cells to the open row, which tabs part.
func (b *Builder) cellsOf(from, to int) {
	row := b.top()
	for cell := range strings.SplitSeq(b.text[from:to], "\t") {
		td := b.node(html.ElementNode, atom.Td)
		if cell != "" {
			td.AppendChild(b.words(cell))
		}
		row.AppendChild(td)
	}
}

// PlainRole is what a text is that comes from no elements.
type PlainRole uint8

// Roles.
const (
	PlainParagraph PlainRole = iota
	PlainHeading
	PlainItem
	PlainCode
	PlainQuote
	PlainRow
)

// More adds a further line or piece to the block that Plain began.
func (b *Builder) More(from, to int) {
	if len(b.want) == 0 {
		return
	}
	if b.want[len(b.want)-1].tag != atom.Tr {
		b.write(0, from, to)
		return
	}
	b.enter(0)
	b.cellsOf(from, to)
}

// enter closes and opens elements so that those that want names are open.
func (b *Builder) enter(blk int32) {
	k := b.common()
	if k < len(b.open) {
		b.closeTo(k)
	}
	if k < b.flow {
		b.space, b.line = false, false
	} else if b.flow > 0 {
		// The same paragraph goes on; bare ones may have ended.
		l := &b.open[b.flow-1]
		if l.block != blk+1 && l.tag != atom.Pre {
			b.space, b.line = false, false
			if l.node.FirstChild != nil && !isHeading(l.tag) {
				b.append(b.node(html.ElementNode, atom.Br))
			} else {
				b.space = true
			}
		}
	}
	if b.line && b.flow > 0 && b.want[b.flow-1].tag != atom.Pre {
		if b.top().LastChild != nil {
			b.append(b.node(html.ElementNode, atom.Br))
		}
		b.space = false
	}
	if b.space && k >= b.flow && b.want[max(b.flow-1, 0)].tag != atom.Pre {
		b.blank()
	}
	b.space = false
	if b.want[max(b.flow-1, 0)].tag != atom.Pre {
		b.line = false
	}
	for ; k < len(b.want); k++ {
		b.openStep(b.want[k])
	}
	if b.flow > 0 {
		b.open[b.flow-1].block = blk + 1
	}
}

// blank adds a space between two texts of the innermost open element.
func (b *Builder) blank() {
	top := b.top()
	if top.LastChild == nil || top.LastChild.DataAtom == atom.Br {
		return
	}
	if b.last == top.LastChild && b.last != nil && b.to < len(b.text) && b.text[b.to] == ' ' {
		b.to++
		b.last.Data = b.text[b.from:b.to]
		return
	}
	b.last = b.words(" ")
	b.from, b.to = -1, -1
	top.AppendChild(b.last)
}

// common is how many of the open elements are those that are wanted.
func (b *Builder) common() int {
	k := 0
	for k < len(b.open) && k < len(b.want) && b.open[k].step == b.want[k] {
		k++
	}
	return k
}

// closeTo closes elements until k are open.
func (b *Builder) closeTo(k int) {
	for len(b.open) > k {
		l := b.open[len(b.open)-1]
		b.open = b.open[:len(b.open)-1]
		if l.tag == atom.Pre {
			b.code.finish(b, l)
		}
	}
}

// openStep opens an element.
func (b *Builder) openStep(s step) {
	parent := b.top()
	var n *html.Node
	switch {
	case s.tag == atom.P && isBare(parent):
		n = parent // what is to come stands in it without a paragraph of its own
	case s.tag == atom.Li && (parent.DataAtom == atom.Ul || parent.DataAtom == atom.Ol) && b.doc != nil && s.elem >= 0 && b.roles[s.elem] == listRole:
		// A list right in a list goes on in the item before.
		if n = parent.LastChild; n == nil {
			n = b.node(html.ElementNode, s.tag)
			parent.AppendChild(n)
		}
	case s.tag == atom.Td || s.tag == atom.Th:
		n = b.cell(s, parent)
	default:
		n = b.node(html.ElementNode, s.tag)
		if s.elem >= 0 {
			b.attributes(n, s)
		}
		parent.AppendChild(n)
		if s.tag == atom.Tr && s.elem >= 0 {
			b.row(n, s.elem)
		}
	}
	b.open = append(b.open, level{step: s, node: n})
	if s.tag == atom.Pre {
		b.code.begin()
	}
}

// isBare reports whether an element that may hold a text as it is holds nothing yet.
func isBare(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Li, atom.Td, atom.Th, atom.Dd:
		return n.FirstChild == nil || n.FirstChild.DataAtom == atom.Input && n.FirstChild.NextSibling == n.LastChild && n.LastChild.Data == " "
	}
	return false
}

// top is the innermost open element.
func (b *Builder) top() *html.Node {
	if len(b.open) == 0 {
		return b.root
	}
	return b.open[len(b.open)-1].node
}

func (b *Builder) append(n *html.Node) { b.top().AppendChild(n) }

// node is a new node.
func (b *Builder) node(kind html.NodeType, a atom.Atom) *html.Node {
	if len(b.nodes) == cap(b.nodes) {
		b.nodes = make([]html.Node, 0, min(max(8, 2*cap(b.nodes)), 128))
	}
	b.nodes = append(b.nodes, html.Node{Type: kind, DataAtom: a})
	n := &b.nodes[len(b.nodes)-1]
	if a != 0 {
		n.Data = a.String()
	}
	return n
}

// words is a new text.
func (b *Builder) words(s string) *html.Node {
	n := b.node(html.TextNode, 0)
	n.Data = s
	return n
}

func set(n *html.Node, key, value string) {
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}
