package dom

import (
	"bytes"
	"slices"

	"github.com/winnowtext/winnow/clean/internal/work"
	"golang.org/x/net/html"
)

// A Tree is the tree of a page, and what its scripts hold.
type Tree struct {
	Root   *html.Node
	JSONLD []string // bodies of the scripts that hold JSON-LD, see holdsJSONLD
	Data   []string // bodies of those that hold other JSON
}

// Build returns the tree that [Parse] makes of what [Cut] leaves of a page or
// fragment, at a sixth of the cost: it reads the page once, nodes are in memory
// that is used again, strings are parts of the page. So page, which Build may
// change, must stay as it is until Forget. Trees that were built before live on.
//
// What is rare and takes many rules is left to Cut and Parse: framesets, tables
// in templates, more than 512 open elements, markup so broken that searches for
// start tags take long. None of 2,259 pages of the web has any of these.
//
// When the clock ends, the tree holds what was read up to there.
func (m *Memory) Build(page []byte, what Cutting) Tree {
	first := len(m.tree.nodes) == 0
	page = newlines(m.Clock, page)
	p := m.newParser(page, &what)
	if p.run() {
		return Tree{p.doc, p.jsonld(), p.data()}
	}
	if first {
		m.tree.forget() // what was built in vain
	}
	cut := Cut(m.Clock, page[:0], page, what)
	root := cut.Parse(m.Clock)
	jsonld, data := m.scripts(root) // those that Cut did not dare to take
	return Tree{root, append(cut.JSONLD, jsonld...), append(cut.Data, data...)}
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
// HTML standard.
//
//	scan.go     bytes to tokens, by way of entity.go
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
	hadLinked, hadData int      // scripts of other trees in mem

	doc     *html.Node
	stack   []entry
	formats []format
	open    [256]uint16 // open elements by id
	head    *html.Node
	form    *html.Node
	mode    mode
	inside  []mode // of the templates around
	quirks  bool   // no document type: a table may stand in a paragraph
	foster  bool   // what does not belong into a table goes in front of it

	clock *work.Clock
	odd   bool // the page is left to html.Parse
	steps int  // that searches may still take
}

// An entry is an open element.
type entry struct {
	node *html.Node
	el   *elem
	is   class
}

// maxSteps bounds the search for open elements, in steps a byte of the page
// and for any page: where markup is so broken that it takes more, the page is
// left to Parse, which looks closer. Pages of the web take under one a byte.
const (
	maxSteps  = 16
	baseSteps = 1 << 16
)

func (m *Memory) newParser(page []byte, what *Cutting) *parser {
	t := &m.tree
	t.size += len(page)
	p := &parser{
		src: page, s: stringOf(page), ref: -1, mem: t, what: what, clock: m.Clock,
		hadLinked: len(t.jsonld), hadData: len(t.data),
		stack: t.stack[:0], formats: t.formats[:0], quirks: true, steps: baseSteps + maxSteps*len(page),
	}
	p.doc = t.node()
	p.doc.Type = html.DocumentNode
	return p
}

// jsonld returns the bodies of the page's scripts that hold JSON-LD.
func (p *parser) jsonld() []string { return slices.Clip(p.mem.jsonld[p.hadLinked:]) }

// data returns the bodies of those that hold other JSON.
func (p *parser) data() []string { return slices.Clip(p.mem.data[p.hadData:]) }

// run builds the tree, its beginning when the clock ends. It reports whether the
// tree is good; else it is to be left to Parse.
func (p *parser) run() bool {
	ended := p.tokens() != nil
	if ended && !p.odd {
		p.torn()
		p.handle()
	}
	p.mem.stack, p.mem.formats = p.stack, p.formats
	return ended || !p.odd && p.steps > 0
}

// tokenUnits is the work that a token takes.
const tokenUnits = 1 << 10

// tokens reads the page and handles one token after the other.
func (p *parser) tokens() (ended error) {
	defer work.Catch(&ended)
	p.clock.Look()
	p.odd = bytes.IndexByte(p.src, 0) >= 0 // whose meaning depends on where it stands
	for !p.odd && p.steps > 0 {
		p.clock.Spend(tokenUnits)
		p.next()
		if p.odd {
			break
		}
		p.handle()
		if p.tok.kind == endOfPage {
			break
		}
	}
	return nil
}

// handle runs the token through the rules until one takes it.
func (p *parser) handle() {
	for !p.odd {
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

// into is the node that what follows goes into.
func (p *parser) into() *html.Node {
	if n := len(p.stack); n > 0 {
		return p.stack[n-1].node
	}
	return p.doc
}

// add makes an element of the token and opens it.
func (p *parser) add() *html.Node {
	n := p.make()
	p.insert(n)
	p.push(n, p.tok.el, p.tok.el.is)
	return n
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
	if p.foster && p.top().is&kTablePart != 0 {
		p.insertBeforeTable(n)
		return
	}
	appendTo(p.into(), n)
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
	if p.foster && p.top().is&kTablePart != 0 {
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

func (p *parser) lengthen(n *html.Node, s string) {
	joined, copied := p.mem.join(n.Data, s)
	n.Data = joined
	p.steps -= copied / 64
}

func (p *parser) addComment(parent *html.Node) {
	n := p.mem.node()
	n.Type = html.CommentNode
	appendTo(parent, n)
}

// maxOpen is the limit of html.Parse, too: see guard.
func (p *parser) push(n *html.Node, el *elem, is class) {
	if len(p.stack) == maxOpen {
		p.odd = true
		return
	}
	p.open[el.id]++
	p.stack = append(p.stack, entry{n, el, is})
}

// pop closes the innermost element.
func (p *parser) pop() { p.popTo(len(p.stack) - 1) }

// popTo closes the elements from place i on.
func (p *parser) popTo(i int) {
	for j := len(p.stack) - 1; j >= i; j-- {
		p.open[p.stack[j].el.id]--
	}
	p.stack = p.stack[:i]
}

// drop takes the element at place i out, those in it stay open.
func (p *parser) drop(i int) {
	p.open[p.stack[i].el.id]--
	p.stack = append(p.stack[:i], p.stack[i+1:]...)
}

// place returns where an element stands among the open ones, -1 if it is not.
func (p *parser) place(n *html.Node) int {
	for i := len(p.stack) - 1; i >= 0; i-- {
		if p.stack[i].node == n {
			return i
		}
		p.steps--
	}
	return -1
}

// find returns the place of the innermost open element el, -1 where there is
// none or one of the class stop comes first.
func (p *parser) find(el *elem, stop class) int {
	if p.open[el.id] == 0 {
		return -1
	}
	for i := len(p.stack) - 1; i >= 0; i-- {
		e := &p.stack[i]
		if e.el == el {
			return i
		}
		if e.is&stop != 0 {
			return -1
		}
		p.steps--
	}
	return -1
}

// findClass is find for elements of a class.
func (p *parser) findClass(want, stop class) int {
	for i := len(p.stack) - 1; i >= 0; i-- {
		e := &p.stack[i]
		if e.is&want != 0 {
			return i
		}
		if e.is&stop != 0 {
			return -1
		}
		p.steps--
	}
	return -1
}

// closes closes el and what is in it, unless stop comes first.
func (p *parser) close(el *elem, stop class) bool {
	i := p.find(el, stop)
	if i >= 0 {
		p.popTo(i)
	}
	return i >= 0
}

// closeP closes a paragraph.
func (p *parser) closeP() {
	if p.open[elP.id] != 0 {
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

// backTo closes elements up to one of a class or to the root.
func (p *parser) backTo(stop class) {
	for i := len(p.stack) - 1; i >= 0; i-- {
		if p.stack[i].is&stop != 0 || p.stack[i].el == elHTML || p.stack[i].el == elTemplate {
			p.popTo(i + 1)
			return
		}
	}
}
