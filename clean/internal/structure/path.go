package structure

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/dom"
)

// A step is an element of the tree that an element of the page asks for. Equal steps
// are the same element of the tree as long as it is open.
type step struct {
	elem int32 // of the page; below 0 for those that come from none, such as paragraphs
	tag  atom.Atom
}

// around is the innermost element around e, or e, that is not plain; -1 for none.
func (b *Builder) around(e int32) int32 {
	if e <= 0 {
		return -1
	}
	if k := b.near[e]; k != 0 {
		return k - 2
	}
	at := e
	for at > 0 && b.roleOf(at) == plainRole && b.near[at] == 0 {
		at = b.doc.Elems[at].Parent
	}
	found := int32(-1)
	switch {
	case at <= 0:
	case b.roleOf(at) != plainRole:
		found = at
	default:
		found = b.near[at] - 2
	}
	for at = e; at > 0 && b.near[at] == 0 && b.roleOf(at) == plainRole; at = b.doc.Elems[at].Parent {
		b.near[at] = found + 2
	}
	b.near[e] = found + 2
	return found
}

// path works out what is wanted around a text: elements that hold paragraphs, the
// paragraph, inline elements.
func (b *Builder) path(elem, blk int32) {
	var room [32]int32
	chain := room[:0]
	for e := b.around(elem); e > 0; e = b.around(b.doc.Elems[e].Parent) {
		chain = append(chain, e)
	}
	b.want = b.want[:0]
	for i := len(chain) - 1; i >= 0; i-- {
		if b.container(chain[i]) {
			break
		}
	}
	b.paragraph(blk)
	b.flow = len(b.want)
	if b.want[b.flow-1].tag == atom.Pre {
		return
	}
	for i := len(chain) - 1; i >= 0; i-- {
		if b.roles[chain[i]] == inlineRole {
			b.inline(chain[i])
		}
	}
}

// topTag is the tag of the innermost element that is wanted, 0 for none.
func (b *Builder) topTag() atom.Atom {
	if len(b.want) == 0 {
		return 0
	}
	return b.want[len(b.want)-1].tag
}

func (b *Builder) push(e int32, tag atom.Atom) { b.want = append(b.want, step{e, tag}) }

// container adds the element of the tree that e makes, with those that it needs
// around it, and reports whether nothing below matters.
func (b *Builder) container(e int32) (last bool) {
	r := b.roles[e]
	if r == inlineRole || r == formulaRole {
		return false
	}
	n := b.doc.Node(e)
	top := b.topTag()
	if isHeading(top) || top == atom.Summary || top == atom.Caption || top == atom.Figcaption || top == atom.Dt {
		if r == headingRole && top != atom.Figcaption || r == figcaptionRole || r == captionRole || r == summaryRole {
			return false
		}
		if isHeading(top) { // it holds more than a line
			b.want = b.want[:len(b.want)-1]
		} else if r != listRole && r != itemRole && r != codeRole {
			return false
		} else {
			return false
		}
		top = b.topTag()
	}
	// Inside of lists, tables and lists of terms stand only items, rows and terms.
	switch top {
	case atom.Ul, atom.Ol:
		if r != itemRole && r != noteRole {
			b.push(e, atom.Li)
		}
	case atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr:
		if r != partRole && r != rowRole && r != cellRole && r != captionRole {
			b.leaveTable()
		}
	case atom.Dl:
		if r != termRole {
			b.push(e, atom.Dd)
		}
	}
	switch r {
	case listRole:
		tag := atom.Ul
		if n.DataAtom == atom.Ol {
			tag = atom.Ol
		}
		b.push(e, tag)
	case itemRole:
		if top != atom.Ul && top != atom.Ol {
			b.push(b.doc.Elems[e].Parent, atom.Ul)
		}
		b.push(e, atom.Li)
	case noteRole:
		b.noteSteps(e)
	case quoteRole:
		b.push(e, atom.Blockquote)
	case codeRole:
		b.push(e, atom.Pre)
		return true
	case tableRole:
		b.push(e, atom.Table)
	case partRole:
		if top == atom.Table {
			b.push(e, n.DataAtom)
		}
	case rowRole:
		if top == atom.Table || top == atom.Thead || top == atom.Tbody || top == atom.Tfoot {
			b.push(e, atom.Tr)
		}
	case cellRole:
		if top == atom.Tr {
			b.push(e, n.DataAtom)
		}
	case captionRole:
		if top == atom.Table {
			b.push(e, atom.Caption)
		}
	case termsRole:
		b.push(e, atom.Dl)
	case termRole:
		if top != atom.Dl {
			b.push(b.doc.Elems[e].Parent, atom.Dl)
		}
		b.push(e, n.DataAtom)
	case figureRole:
		b.push(e, atom.Figure)
	case figcaptionRole:
		if top == atom.Figure {
			b.push(e, atom.Figcaption)
		}
	case detailsRole:
		b.push(e, atom.Details)
	case summaryRole:
		if top == atom.Details {
			b.push(e, atom.Summary)
		}
	case headingRole:
		b.push(e, headings[b.levelOf(n)-1])
	}
	return false
}

// levelOf is the level of a heading. The first level is that of the title, which is no
// part of the article.
func (b *Builder) levelOf(n *html.Node) int {
	if isHeading(n.DataAtom) {
		return max(int(n.Data[1]-'0'), 2)
	}
	if k, err := strconv.Atoi(dom.Attr(n, "aria-level")); err == nil && k >= 1 && k <= 6 {
		return max(k, 2)
	}
	return block.DefaultHeading
}

// leaveTable forgets the elements of a table outside of its cells.
func (b *Builder) leaveTable() {
	for k := len(b.want); k > 0; k-- {
		switch b.want[k-1].tag {
		case atom.Table:
			b.want = b.want[:k-1]
			return
		case atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr:
		default:
			return
		}
	}
}

// paragraph adds the paragraph that a block is, or says that it needs none.
func (b *Builder) paragraph(blk int32) {
	switch top := b.topTag(); top {
	case atom.Pre, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Summary, atom.Dt, atom.Figcaption, atom.Caption:
		return
	case atom.Ul, atom.Ol:
		b.push(-10-blk, atom.Li)
	case atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr:
		b.leaveTable()
		b.push(-10-blk, atom.P)
	case atom.Dl:
		b.push(-10-blk, atom.Dd)
	default:
		b.push(-10-blk, atom.P)
	}
}

// mostRaised is how many raised and lowered texts may stand one inside the other. More
// are nothing that anybody reads, and would cost the square of their number.
const mostRaised = 4

// inline adds an inline element, unless it says nothing more.
func (b *Builder) inline(e int32) {
	n := b.doc.Node(e)
	tag := inlineTag(n.DataAtom)
	raised := 0
	for _, s := range b.want[b.flow:] {
		if s.tag == atom.Sup && b.notes.marks[s.elem] != 0 {
			return // the mark of a footnote is nothing else
		}
		if s.tag == tag && tag != atom.Sub && tag != atom.Sup || s.tag == atom.Code {
			return
		}
		if s.tag == atom.Sub || s.tag == atom.Sup {
			if raised++; raised == mostRaised {
				return
			}
		}
	}
	switch tag {
	case atom.A:
		if b.notes.marks[e] == 0 && (b.o.NoLinks || b.link(n, e) == "") {
			return
		}
	case atom.Sup:
		if b.notes.sups[e] {
			return // the mark of a footnote brings its own
		}
	}
	if tag == atom.A && b.notes.marks[e] != 0 {
		b.push(e, atom.Sup)
		return
	}
	b.push(e, tag)
}

// link is the address of a link, absolute, "" when it leads nowhere.
func (b *Builder) link(n *html.Node, e int32) string {
	if strings.HasPrefix(strings.TrimSpace(dom.Attr(n, "href")), "#") && isPermalink(n) {
		return ""
	}
	return b.o.Link(e)
}

// isPermalink reports whether a link does no more than lead to where it stands.
func isPermalink(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if isHeading(p.DataAtom) {
			return true
		}
	}
	return false
}
