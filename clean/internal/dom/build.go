// Package dom turns a page into a tree. Nothing here knows what an article is.
//
// A [Memory] does the work on an input:
//
//	build.go        a page to a tree; the parser names its own files
//	ready.go        trees that somebody else has built
package dom

import (
	"bytes"
	"hash/maphash"
	"slices"

	"github.com/winnowtext/winnow/clean/internal/css"
	"github.com/winnowtext/winnow/clean/internal/work"
	"golang.org/x/net/html"
)

// A Tree is the tree of a page, and what its scripts hold.
type Tree struct {
	Root   *html.Node
	JSONLD []string    // bodies of the scripts that hold JSON-LD, see holdsJSONLD
	Data   []string    // bodies of those that hold other JSON
	Sheets *css.Sheets // the style sheets; those of the last tree of a Memory
}

// Build returns the tree of a page or fragment, as html.Parse with scripting off
// makes it of what is left of the page after cutting: noscript elements hold
// markup. It reads the page once, nodes are in memory that is used again, strings
// are parts of the page. So page, which Build may change, must stay as it is until
// Forget. Trees that were built before live on.
//
// Where html.Parse refuses or takes more than the size of the page accounts for,
// Build is simpler, and linear: see simplify, maxAttrs. No text is lost there.
//
// When the clock ends, the tree holds what was read up to there.
func (m *Memory) Build(page []byte, what Cutting) Tree {
	if !m.Plain {
		page = newlines(m.Clock, page)
	}
	p := m.newParser(page, &what)
	m.Plain = false // of the next page nothing is known
	p.run()
	return Tree{p.doc, p.jsonld(), p.data(), &m.sheets}
}

// newlines makes all line ends of b a newline, as html.Parse does. The page ends
// where the clock does.
func newlines(c *work.Clock, b []byte) (out []byte) {
	i := bytes.IndexByte(b, '\r')
	if i < 0 {
		return b
	}
	defer work.Catch(new(error))
	out = b[:i]
	for i < len(b) {
		c.Read(8)
		// b[i] is a carriage return.
		out = append(out, '\n')
		i++
		if i < len(b) && b[i] == '\n' {
			i++
		}
		j := bytes.IndexByte(b[i:], '\r')
		if j < 0 {
			j = len(b) - i
		}
		out = append(out, b[i:i+j]...)
		i += j
	}
	return out
}

// A parser builds the tree that html.Parse would, by section 13.2.6 of the
// HTML standard. What it does takes time in proportion to the page: where an
// element stands that a tag asks for is known without a search.
//
//	scan.go     bytes to tokens, by way of entity.go
//	tagwalk.go  ... and the ends of things
//	cut.go      what is left out
//	styles.go   ... and style sheets, which are read in its place
//	doctype.go  document types
//	names.go    what is known about elements by their names
//	modes.go    what tokens do in the head and around the body ...
//	inbody.go   ... in the body
//	tables.go   ... in tables
//	embed.go    ... in svg and math
//	formats.go  formatting elements that are left open or closed in between
//	memory.go   what the tree is made of
type parser struct {
	src []byte
	s   string // the same
	at  int    // place of the next token in it
	ref int    // place of the next "&", as far as it was asked for
	tok token
	mem *treeMemory

	what               *Cutting // nil: nothing is cut
	sheets             *css.Sheets
	wanted             []string // attributes that are not cut, see style
	hadLinked, hadData int      // scripts of other trees in mem

	doc     *html.Node
	stack   []entry
	formats []format
	head    *html.Node
	form    *html.Node
	mode    mode
	inside  []mode // of the templates around
	quirks  bool   // no document type: a table may stand in a paragraph
	foster  bool   // what does not belong into a table goes in front of it
	frames  bool   // a frameset may still take the place of the body
	nul     bool   // there are NUL bytes in the page

	clock  *work.Clock
	tags   int                   // read so far
	copies int                   // of formatting elements
	steps  int                   // that searches among them may still take
	plain  bool                  // see simplify
	long   map[*html.Node][]byte // texts of many pieces
	keys   map[string]struct{}   // attributes of a tag that has many

	last [slots]int32 // place in stack of the innermost element of a slot, plus one
}

// An entry is an open element.
type entry struct {
	node *html.Node
	el   *elem
	is   class
	slot uint16 // elements of one name are in one slot ...
	same int32  // ... where this is the place of the next one around, plus one
	// Places in the stack, of this element or the nearest one around it:
	special int32 // of class kSpecial
	item    int32 // kItem
	scope   int32 // kScope
	markup  int32 // not kForeign
}

const (
	// maxOpen is how deep trees are, in elements. html.Parse refuses what is deeper.
	maxOpen = 512
	// slots is the number of slots: those of elements with an id, and 256 that all
	// others share.
	slots = 512
	// maxAttrs is the number of attributes of an element: those beyond are left out.
	maxAttrs = 512

	// Bounds of what formatting elements may take: steps of searches for a byte of
	// the page and for any page, pages of the web take under one a byte; copies for
	// a tag and for any page. Of 4,707 pages of the web one in a hundred has more
	// than .01 copies for each of its tags and none more than .35.
	maxSteps   = 16
	baseSteps  = 1 << 16
	maxCopies  = 4
	baseCopies = 1 << 14
)

// simplify is for pages with more open elements than maxOpen, and for those where
// formatting elements are so entangled that work on them would not be in proportion
// to the size of the page. From here on they are elements like others: they end
// with the block around them and are not opened anew in the next one. Elements
// deeper than maxOpen are siblings in the tree, see intoDeep.
func (p *parser) simplify() { p.formats, p.plain = p.formats[:0], true }

func (m *Memory) newParser(page []byte, what *Cutting) *parser {
	t := &m.tree
	t.size += len(page)
	m.sheets.Reset()
	p := &m.parser
	*p = parser{
		sheets: &m.sheets, src: page, s: stringOf(page), ref: -1, mem: t, what: what, clock: m.Clock,
		hadLinked: len(t.jsonld), hadData: len(t.data),
		stack: t.stack[:0], formats: t.formats[:0], quirks: true, frames: true, steps: baseSteps + maxSteps*len(page),
		nul: !m.Plain && bytes.IndexByte(page, 0) >= 0,
	}
	p.doc = t.node()
	p.doc.Type = html.DocumentNode
	return p
}

// jsonld returns the bodies of the page's scripts that hold JSON-LD.
func (p *parser) jsonld() []string { return slices.Clip(p.mem.jsonld[p.hadLinked:]) }

// data returns the bodies of those that hold other JSON.
func (p *parser) data() []string { return slices.Clip(p.mem.data[p.hadData:]) }

// run builds the tree, its beginning when the clock ends.
func (p *parser) run() {
	if p.tokens() != nil {
		p.finish()
	}
	p.mem.stack, p.mem.formats = p.stack, p.formats
}

// finish ends the page where the clock has ended.
func (p *parser) finish() {
	defer work.Catch(new(error))
	p.torn()
	p.handle()
}

// tokenUnits is the work that a token takes.
const tokenUnits = 1 << 10

// tokens reads the page and handles one token after the other.
func (p *parser) tokens() (ended error) {
	defer work.Catch(&ended)
	p.clock.Look()
	for {
		p.clock.Spend(tokenUnits)
		p.next()
		p.handle()
		if p.tok.kind == endOfPage {
			return nil
		}
		if p.tok.raw && p.tok.kind == startToken {
			p.rawText()
		}
	}
}

// handle runs the token through the rules until one takes it.
func (p *parser) handle() {
	for {
		if p.inForeign() {
			if p.foreignContent() {
				return
			}
		} else if p.step() {
			return
		}
	}
}

// imply handles a tag that the page leaves out.
func (p *parser) imply(kind tokenKind, el *elem) {
	tok := p.tok
	p.tok = token{kind: kind, el: el, atom: el.atom, name: el.name}
	p.handle()
	p.tok = tok
}

var noEntry = entry{el: elOther}

// top is the innermost open element.
func (p *parser) top() *entry {
	if n := len(p.stack); n > 0 {
		return &p.stack[n-1]
	}
	return &noEntry
}

// into is the node that what follows goes into, unless it is an element that opens.
func (p *parser) into() *html.Node {
	if n := len(p.stack); n > 0 && n <= maxOpen {
		return p.stack[n-1].node
	}
	return p.intoDeep()
}

// intoDeep is into where no element is open or more than maxOpen are. Of those
// deeper than that, which are siblings, it is a copy when another one has begun
// since, so that the order of the text stays.
func (p *parser) intoDeep() *html.Node {
	if len(p.stack) == 0 {
		return p.doc
	}
	top, level := p.top(), p.stack[maxOpen-1].node
	if top.is&kCut == 0 && level.LastChild != top.node {
		top.node = p.copyOf(top.node)
		appendTo(level, top.node)
	}
	return top.node
}

// add makes an element of the token and opens it.
func (p *parser) add() *html.Node {
	n := p.make()
	p.open(n, p.tok.el, p.tok.el.is)
	return n
}

// open puts an element where it belongs and opens it.
func (p *parser) open(n *html.Node, el *elem, is class) {
	if p.foster || len(p.stack) > maxOpen {
		p.putElsewhere(n)
	} else {
		appendTo(p.into(), n)
	}
	p.push(n, el, is)
}

// putElsewhere puts an element that opens in front of a table, or where no element
// can be deeper.
func (p *parser) putElsewhere(n *html.Node) {
	switch {
	case len(p.stack) <= maxOpen:
		p.insert(n)
	case p.top().is&kCut != 0:
		appendTo(p.top().node, n)
	default:
		appendTo(p.stack[maxOpen-1].node, n)
	}
}

// addVoid makes an element without content.
func (p *parser) addVoid() { p.insert(p.make()) }

func (p *parser) make() *html.Node {
	n := p.mem.node()
	n.Type, n.DataAtom, n.Data, n.Attr = html.ElementNode, p.tok.atom, p.tok.name, p.tok.attr
	return n
}

// insert puts a node where it belongs.
func (p *parser) insert(n *html.Node) {
	if p.fosters() {
		p.insertBeforeTable(n)
		return
	}
	appendTo(p.into(), n)
}

// fosters reports whether what is added goes in front of the table around.
func (p *parser) fosters() bool {
	return p.foster && p.top().is&kTablePart != 0 && len(p.stack) <= maxOpen
}

// appendTo makes n, which is nowhere yet, the last child of parent.
func appendTo(parent, n *html.Node) {
	n.Parent = parent
	if last := parent.LastChild; last != nil {
		last.NextSibling, n.PrevSibling = n, last
	} else {
		parent.FirstChild = n
	}
	parent.LastChild = n
}

// addText adds a text, to the one before where there is one.
func (p *parser) addText(s string) {
	if s == "" {
		return
	}
	if p.fosters() {
		p.textBeforeTable(s)
		return
	}
	parent := p.into()
	if last := parent.LastChild; last != nil && last.Type == html.TextNode {
		p.lengthen(last, s)
		return
	}
	appendTo(parent, p.textNode(s))
}

func (p *parser) textNode(s string) *html.Node {
	n := p.mem.node()
	n.Type, n.Data = html.TextNode, s
	return n
}

// longText is the length of a text, in bytes, that is not copied any more when
// another piece is added.
const longText = 4 << 10

func (p *parser) lengthen(n *html.Node, s string) {
	if len(n.Data) < longText {
		n.Data = p.mem.join(n.Data, s)
		return
	}
	text, ok := p.long[n]
	if !ok {
		if p.long == nil {
			p.long = map[*html.Node][]byte{}
		}
		text = []byte(n.Data)
	}
	text = append(text, s...)
	p.long[n] = text
	n.Data = stringOf(text)
}

func (p *parser) addComment(parent *html.Node) {
	n := p.mem.node()
	n.Type = html.CommentNode
	appendTo(parent, n)
}

// push opens n.
func (p *parser) push(n *html.Node, el *elem, is class) {
	i := len(p.stack)
	if i == maxOpen || i == cap(p.stack) {
		p.makeRoom()
	}
	slot := uint16(el.id)
	if slot == 0 {
		slot = slotOf(el, n.Data)
	}
	p.stack = p.stack[:i+1]
	e := &p.stack[i]
	e.node, e.el, e.is, e.slot = n, el, is, slot
	p.link(i)
}

// makeRoom makes ready for one more element than maxOpen, or than there was room for.
func (p *parser) makeRoom() {
	if len(p.stack) == maxOpen {
		p.simplify()
	}
	if len(p.stack) == cap(p.stack) {
		p.stack = work.Grow(p.clock, p.stack)
	}
}

var nameSeed = maphash.MakeSeed()

// slotOf is the slot of an element.
func slotOf(el *elem, name string) uint16 {
	const shared = slots / 2
	if el.id != 0 {
		return uint16(el.id)
	}
	if name == foreignObject {
		name = "foreignobject"
	}
	return shared + uint16(maphash.String(nameSeed, name)%shared)
}

// link notes what is to be known about the element at place i of the stack.
func (p *parser) link(i int) {
	e, at := &p.stack[i], int32(i)
	last := &p.last[e.slot%slots]
	e.same, *last = *last, at+1
	if i == 0 {
		e.special, e.item, e.scope, e.markup = 0, 0, 0, 0 // it is the root
		return
	}
	around := &p.stack[i-1]
	is := e.is | around.is&kCut
	e.is, e.special, e.item, e.scope, e.markup = is, around.special, around.item, around.scope, at
	if is&(kSpecial|kScope|kForeign) == 0 {
		return
	}
	if is&kForeign != 0 {
		e.markup = around.markup
	}
	if is&kSpecial != 0 {
		e.special = at
	}
	if is&kItem != 0 {
		e.item = at
	}
	if is&kScope != 0 {
		e.scope = at
	}
}

// unlinkFrom forgets the places of the elements from place i on.
func (p *parser) unlinkFrom(i int) {
	for j := len(p.stack) - 1; j >= i; j-- {
		e := &p.stack[j]
		p.last[e.slot] = e.same
	}
}

// pop closes the innermost element.
func (p *parser) pop() { p.popTo(len(p.stack) - 1) }

const (
	// closeUnits is the work of closing an element.
	closeUnits = 4
	// manyClosed is how many are closed at once before the clock is told.
	manyClosed = 64
)

// popTo closes the elements from place i on.
func (p *parser) popTo(i int) {
	p.unlinkFrom(i)
	n := len(p.stack) - i
	if p.stack = p.stack[:i]; n > manyClosed {
		p.clock.Spend(closeUnits * n)
	}
}

// drop takes the element at place i out, those in it stay open.
func (p *parser) drop(i int) {
	p.unlinkFrom(i)
	p.stack = append(p.stack[:i], p.stack[i+1:]...)
	for ; i < len(p.stack); i++ {
		p.link(i)
	}
}

// squeezeIn opens an element at place i, around those that are there.
func (p *parser) squeezeIn(i int, e entry) {
	p.unlinkFrom(i)
	p.stack = slices.Insert(p.stack, i, e)
	for ; i < len(p.stack); i++ {
		p.link(i)
	}
}

// place returns where an element of a slot stands among the open ones, -1 if it is
// not open.
func (p *parser) place(n *html.Node, slot uint16) int {
	i := p.last[slot] - 1
	for i >= 0 && p.stack[i].node != n {
		i = p.stack[i].same - 1
		p.steps--
	}
	return int(i)
}

// innermost returns the place of the innermost open element el, -1 if there is none.
func (p *parser) innermost(el *elem) int { return int(p.last[el.id]) - 1 }

// border returns the place of the innermost element of the class stop.
func (p *parser) border(stop class) int {
	i := 0
	if stop&kScope != 0 {
		i = int(p.top().scope)
	}
	if stop&kButtonScope != 0 {
		i = max(i, p.innermost(elButton))
	}
	if stop&kListScope != 0 {
		i = max(i, p.innermost(elOl), p.innermost(elUl))
	}
	if stop&kTableScope != 0 {
		i = max(i, p.innermost(elTable), p.innermost(elTemplate))
	}
	return i
}

// find returns the place of the innermost open element el, -1 where there is
// none or one of the class stop comes first.
func (p *parser) find(el *elem, stop class) int {
	i := p.innermost(el)
	if i >= 0 && i < len(p.stack)-1 && i < p.border(stop) {
		return -1
	}
	return i
}

// findAny is find for the innermost of several elements.
func (p *parser) findAny(els []*elem, stop class) int {
	i := -1
	for _, el := range els {
		i = max(i, p.innermost(el))
	}
	if i < p.border(stop) {
		return -1
	}
	return i
}

// close closes el and what is in it, unless stop comes first.
func (p *parser) close(el *elem, stop class) bool {
	i := p.find(el, stop)
	if i >= 0 {
		p.popTo(i)
	}
	return i >= 0
}

// closeP closes a paragraph.
func (p *parser) closeP() {
	if p.last[elP.id] != 0 {
		p.close(elP, kScope|kButtonScope)
	}
}

// closeImplied closes elements whose end tags may be left out, but for one.
func (p *parser) closeImplied(but *elem) {
	i := len(p.stack)
	for i > 0 && p.stack[i-1].is&kImplied != 0 && p.stack[i-1].el != but {
		i--
	}
	p.popTo(i)
}

// backTo closes elements up to one that does what is asked for or to a template or
// the root, be they foreign.
func (p *parser) backTo(stop deed) {
	for i := len(p.stack) - 1; i >= 0; i-- {
		switch does := p.stack[i].el.does; does {
		case stop, doHTML, doTemplate:
			p.popTo(i + 1)
			return
		}
	}
}
