package dom

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A format is an active formatting element, section 13.2.4.3: b, font and the
// like, which are opened anew in the next block when they are left open. One
// without a node is a mark that they do not pass.
type format struct {
	node *html.Node
	el   *elem
}

// mark begins a part of the page, such as a table cell, that the formatting
// around does not concern.
func (p *parser) mark() {
	if !p.plain {
		p.formats = append(p.formats, format{})
	}
}

// unmark ends it.
func (p *parser) unmark() {
	for i := len(p.formats) - 1; i >= 0; i-- {
		if p.formats[i].node == nil || i == 0 {
			p.formats = p.formats[:i]
			return
		}
	}
}

// addFormat makes a formatting element of the token. Of those that are alike,
// three are remembered.
func (p *parser) addFormat() {
	attrs := p.tok.attr
	if len(attrs) > 1 {
		slices.SortFunc(attrs, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
	}
	n := p.add()
	if p.plain {
		return
	}
	same := 0
	for i := len(p.formats) - 1; i >= 0 && p.formats[i].node != nil; i-- {
		p.steps -= 1 + len(attrs)
		f := p.formats[i]
		if f.el != p.tok.el || !slices.Equal(f.node.Attr, attrs) {
			continue
		}
		if same++; same >= 3 {
			p.formats = slices.Delete(p.formats, i, i+1)
		}
	}
	p.formats = append(p.formats, format{n, p.tok.el})
}

// reopen opens the formatting elements that were left open when the block
// around them ended.
func (p *parser) reopen() {
	if p.steps < 0 {
		p.simplify()
	}
	i := len(p.formats)
	for i > 0 && p.formats[i-1].node != nil && !p.isOpen(p.formats[i-1]) {
		i--
	}
	for ; i < len(p.formats); i++ {
		p.copies++
		if p.copies > baseCopies+maxCopies*p.tags {
			p.simplify()
			return
		}
		f := &p.formats[i]
		f.node = p.copyOf(f.node)
		p.open(f.node, f.el, f.el.is)
	}
}

// isOpen reports whether a formatting element is open.
func (p *parser) isOpen(f format) bool { return p.place(f.node, uint16(f.el.id)) >= 0 }

func (p *parser) copyOf(n *html.Node) *html.Node {
	m := p.mem.node()
	m.Type, m.DataAtom, m.Data, m.Namespace, m.Attr = n.Type, n.DataAtom, n.Data, n.Namespace, n.Attr
	return m
}

// formatPlace returns the place of n among the active formatting elements.
func (p *parser) formatPlace(n *html.Node) int {
	for i := len(p.formats) - 1; i >= 0; i-- {
		if p.formats[i].node == n {
			return i
		}
		p.steps--
	}
	return -1
}

func (p *parser) dropFormat(n *html.Node) {
	if i := p.formatPlace(n); i >= 0 {
		p.formats = slices.Delete(p.formats, i, i+1)
	}
}

// adopt handles the end tag of a formatting element, which may stand in the
// wrong place: the "adoption agency" of the standard.
func (p *parser) adopt(el *elem) {
	if top := p.top(); top.el == el && p.formatPlace(top.node) < 0 {
		p.pop()
		return
	}
	for range 8 {
		if p.steps < 0 {
			p.simplify()
		}
		// The innermost element of that name.
		at := len(p.formats) - 1
		for at >= 0 && p.formats[at].node != nil && p.formats[at].el != el {
			at--
			p.steps--
		}
		if at < 0 || p.formats[at].node == nil {
			p.endOther()
			return
		}
		node := p.formats[at].node
		i := p.place(node, uint16(el.id))
		if i < 0 {
			p.formats = slices.Delete(p.formats, at, at+1)
			return
		}
		if p.find(el, kScope) < 0 {
			return
		}
		// The outermost block in it.
		k := i + 1
		for k < len(p.stack) && p.stack[k].is&kSpecial == 0 {
			k++
		}
		if k == len(p.stack) {
			p.popTo(i)
			p.formats = slices.Delete(p.formats, at, at+1)
			return
		}
		p.steps -= 16 + 2*(len(p.stack)-i)
		p.moveOut(i, k, at)
	}
}

// moveOut puts the block at place k of the stack behind the formatting element
// at place i, number at among the active ones, in which it is, and a copy of
// that element into the block.
func (p *parser) moveOut(i, k, at int) {
	el, outer, block := p.stack[i].el, p.stack[i].node, p.stack[k]
	around := p.stack[i-1]
	mark := at
	// The elements between the two: formatting ones are copied, the first
	// three counted from inside, and the others close.
	last := block.node
	for j, x := 1, k-1; x > i; j, x = j+1, x-1 {
		inner := p.stack[x]
		f := p.formatPlace(inner.node)
		if f >= 0 && j > 3 {
			p.formats = slices.Delete(p.formats, f, f+1)
			if f <= mark {
				mark--
			}
			// It stays open.
			continue
		}
		if f < 0 {
			p.drop(x)
			continue
		}
		n := p.copyOf(inner.node)
		p.formats[f].node, p.stack[x].node = n, n
		if last == block.node {
			mark = f + 1
		}
		unlink(last)
		appendTo(n, last)
		last = n
	}
	unlink(last)
	if around.is&kTablePart != 0 {
		p.insertBeforeTable(last)
	} else {
		appendTo(around.node, last)
	}
	n := p.copyOf(outer)
	for c := block.node.FirstChild; c != nil; c = block.node.FirstChild {
		p.steps--
		unlink(c)
		appendTo(n, c)
	}
	appendTo(block.node, n)
	if f := p.formatPlace(outer); f >= 0 {
		if f < mark {
			mark--
		}
		p.formats = slices.Delete(p.formats, f, f+1)
	}
	p.formats = slices.Insert(p.formats, mark, format{n, el})
	p.drop(p.place(outer, uint16(el.id)))
	p.squeezeIn(p.place(block.node, block.slot)+1, entry{node: n, el: el, is: el.is, slot: uint16(el.id)})
}

// unlink takes a node away from its parent.
func unlink(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}
