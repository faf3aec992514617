package structure

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/dom"
)

// attributes sets the attributes of an element of the tree that comes from one of the
// page.
func (b *Builder) attributes(n *html.Node, s step) {
	from := b.doc.Node(s.elem)
	switch s.tag {
	case atom.A:
		set(n, "href", strings.Clone(b.link(from, s.elem)))
	case atom.Blockquote:
		if cite := dom.Attr(from, "cite"); cite != "" {
			if cite = b.o.Address(cite); cite != "" {
				set(n, "cite", strings.Clone(cite))
			}
		}
		if kind := b.callout(from); kind != "" {
			set(n, "data-callout", strings.Clone(kind))
		}
	case atom.Li:
		b.firstNumber(n, s.elem)
		if box := taskBox(from); box != nil {
			in := b.node(html.ElementNode, atom.Input)
			set(in, "type", "checkbox")
			set(in, "disabled", "")
			if dom.Has(box, "checked") {
				set(in, "checked", "")
			}
			n.AppendChild(in)
			n.AppendChild(b.words(" "))
		}
		b.noteItem(n, s.elem)
	case atom.Sup:
		b.noteMark(n, s.elem)
	}
}

// firstNumber gives a list the number that its first item has in the page, where those
// before it were left out, too. n is the item, which is no part of the list yet.
func (b *Builder) firstNumber(n *html.Node, elem int32) {
	list, from := b.top(), b.doc.Node(elem)
	if list.DataAtom != atom.Ol || list.FirstChild != nil || from.DataAtom != atom.Li || from.Parent == nil || b.notes.bodies[elem] != 0 {
		return
	}
	if dom.Has(from.Parent, "reversed") {
		return // nothing here counts down
	}
	if k := b.numbers.Of(b.doc, elem); k != 1 && k >= 0 && k < 1e9 {
		set(list, "start", strconv.Itoa(k))
	}
}

// taskBox is the box that an item of a list of tasks begins with, nil for none.
func taskBox(li *html.Node) *html.Node {
	if li.DataAtom != atom.Li {
		return nil
	}
	n := li.FirstChild
	for range 6 {
		switch {
		case n == nil:
			return nil
		case n.Type == html.TextNode && strings.TrimSpace(n.Data) == "":
			n = n.NextSibling
		case n.Type != html.ElementNode:
			return nil
		case n.DataAtom == atom.Input:
			if strings.EqualFold(dom.Attr(n, "type"), "checkbox") {
				return n
			}
			return nil
		case n.DataAtom == atom.Ul || n.DataAtom == atom.Ol:
			return nil
		default:
			n = n.FirstChild
		}
	}
	return nil
}
