package dom

import (
	"bytes"
	"context"

	"golang.org/x/net/html"
)

// A Tree is the tree of a page and the memory it is made of.
type Tree struct {
	Root   *html.Node
	JSONLD []string // bodies of the application/ld+json scripts left out
	Data   []string // the same of the application/json scripts
	mem    *memory
	size   int // of the page
}

// Build returns the tree that [Parse] makes of what [Cut] leaves of a page or
// fragment, at a sixth of the cost: it reads the page once, nodes are in memory
// that is used again, strings are parts of the page. So page, which Build may change, must stay as it is until Free ends the
// life of the tree and of all strings that come from it.
//
// What is rare and takes many rules is left to Cut and Parse: framesets, tables
// in templates, more than 512 open elements, markup so broken that searches for
// start tags take long. None of 2,259 pages of the web has any of these.
//
// When ctx ends, the tree holds what was read up to there, and the error is that
// of ctx.
func Build(ctx context.Context, page []byte, what Cutting) (Tree, error) {
	page = newlines(ctx, page)
	p := newParser(page, &what)
	root, err := p.run(ctx)
	if root != nil {
		return Tree{root, p.jsonld, p.mem.data, p.mem, len(page)}, err
	}
	p.mem.release(len(page))
	cut := Cut(ctx, page[:0], page, what)
	root, err = cut.Parse(ctx)
	return Tree{Root: root, JSONLD: cut.JSONLD, Data: cut.Data}, err
}

// Free ends the life of the tree.
func (t Tree) Free() {
	if t.mem != nil {
		t.mem.release(t.size)
	}
}

// newlines makes all line ends of b a newline, as html.Parse does, up to where
// ctx ends.
func newlines(ctx context.Context, b []byte) []byte {
	i := bytes.IndexByte(b, '\r')
	if i < 0 {
		return b
	}
	out := b[:i]
	for n := 1; i < len(b); n++ {
		if n&0xffff == 0 && ctx.Err() != nil {
			break
		}
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
	mem *memory

	what   *Cutting // nil: nothing is cut
	jsonld []string

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

	pace pace
	odd  bool // the page is left to html.Parse
	work int  // steps that searches may still take
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

func newParser(page []byte, what *Cutting) *parser {
	m := memories.Get().(*memory)
	p := &parser{src: page, s: stringOf(page), mem: m, what: what, stack: m.stack[:0], formats: m.formats[:0], ref: -1, quirks: true, work: baseSteps + maxSteps*len(page)}
	p.doc = m.node()
	p.doc.Type = html.DocumentNode
	return p
}

// run builds the tree, a beginning of it with the error of ctx; nil means that
// it is to be left to Parse.
func (p *parser) run(ctx context.Context) (root *html.Node, err error) {
	defer stopped(func(e error) {
		p.mem.stack, p.mem.formats = p.stack, p.formats
		root, err = p.doc, e
	})
	p.odd = bytes.IndexByte(p.src, 0) >= 0 // whose meaning depends on where it stands
	var ended error
	p.pace.ctx = ctx
	for n := 0; !p.odd && p.work > 0; n++ {
		if n&0x3ff == 0 {
			if ended = ctx.Err(); ended != nil {
				p.at = len(p.s)
			}
		}
		p.next()
		if p.odd {
			break
		}
		p.handle()
		if p.tok.kind == endOfPage {
			break
		}
	}
	p.mem.stack, p.mem.formats = p.stack, p.formats
	if p.odd || p.work <= 0 {
		return nil, ended
	}
	return p.doc, ended
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
	p.work -= copied / 64
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
		p.work--
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
		p.work--
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
		p.work--
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
