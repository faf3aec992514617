package block

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What the elements of a page say beyond the text of its blocks. It is noted only
// with Options.Structure, as writers of other formats than text need it.

// A Mark is an inline element around a piece of text.
type Mark struct {
	Start, End int32 // in Doc.Text
	Elem       int32
	Kind       MarkKind
}

// MarkKind is what a mark makes of its text.
type MarkKind uint8

// Kinds of marks.
const (
	LinkMark MarkKind = iota
	StrongMark
	EmMark
	CodeMark
	SubMark
	SupMark
	DelMark
)

// markKind is the mark that an inline element is, ok false when it is none.
func markKind(a atom.Atom) (kind MarkKind, ok bool) {
	switch a {
	case atom.A:
		return LinkMark, true
	case atom.B, atom.Strong:
		return StrongMark, true
	case atom.Em, atom.I, atom.Cite:
		return EmMark, true
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		return CodeMark, true
	case atom.Sub:
		return SubMark, true
	case atom.Sup:
		return SupMark, true
	case atom.Del, atom.S, atom.Strike:
		return DelMark, true
	}
	return 0, false
}

// A Place is where text begins that lies in another element than what is before.
type Place struct {
	At   int32 // place in Doc.Text
	Elem int32 // innermost element around
}

// IsFormula reports whether an element is a formula of mathematics, as the makers of
// pages write them: MathML, KaTeX, MathJax, MediaWiki.
func IsFormula(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Math:
		return true
	case atom.Span, atom.Div:
		names := attrOf(n, "class")
		if !strings.Contains(names, "katex") && !strings.Contains(names, "MathJax") && !strings.Contains(names, "mwe-math") {
			return false // as nearly all
		}
		for class := range strings.FieldsSeq(names) {
			switch class {
			case "katex", "katex-display", "katex-block", "MathJax", "MathJax_Display", "MathJax_SVG", "mwe-math-element":
				return true
			}
		}
	case 0:
		return n.Data == "mjx-container"
	}
	return false
}

// place notes the element of the text that begins at the end of what there is.
func (b *builder) place() {
	d, at, elem := b.d, int32(len(b.d.Text)), b.top()
	if n := len(d.Places); n > 0 {
		switch last := &d.Places[n-1]; {
		case last.Elem == elem:
			return
		case last.At == at:
			last.Elem = elem
			return
		}
	}
	d.Places = append(d.Places, Place{at, elem})
}

// embed notes an element whose content is left out, if it may show something that
// belongs to the article.
func (b *builder) embed(n *html.Node) {
	hidden := b.d.Elems[b.top()].Flags&(fHidden|fInvisible) != 0
	kind := Embed
	switch n.DataAtom {
	case atom.Iframe, atom.Video, atom.Audio, atom.Embed, atom.Object:
	case atom.Script:
		if !strings.HasPrefix(attrOf(n, "type"), "math/tex") {
			return
		}
		kind = Formula
	default:
		return
	}
	b.d.Images = append(b.d.Images, Image{At: int32(len(b.d.Text)), End: int32(len(b.d.Text)), Elem: b.top(), Node: n, Kind: kind, Space: b.space, Hidden: hidden})
}

// note notes a mark or image when its element is closed, from being the place
// where its text begins.
func (b *builder) note(elem, from int32) {
	n := b.d.nodes[elem]
	hidden := b.d.Elems[elem].Flags&(fHidden|fInvisible) != 0
	if n.DataAtom == atom.Img {
		if !isPixel(n) {
			b.d.Images = append(b.d.Images, Image{At: from, End: from, Elem: elem, Node: n, Space: b.space, Hidden: hidden})
		}
		return
	}
	if IsFormula(n) {
		if !hidden {
			b.d.Images = append(b.d.Images, Image{At: from, End: int32(len(b.d.Text)), Elem: elem, Node: n, Kind: Formula, Space: b.space})
		}
		return
	}
	kind, ok := markKind(n.DataAtom)
	if !ok {
		return
	}
	for int(from) < len(b.d.Text) && b.d.Text[from] <= ' ' {
		from++ // what parts it from the text before
	}
	if int(from) < len(b.d.Text) {
		b.d.Marks = append(b.d.Marks, Mark{Start: from, End: int32(len(b.d.Text)), Elem: elem, Kind: kind})
	}
}

// unmark forgets the marks and images within an element whose text is taken back.
func (d *Doc) unmark(elem int32) {
	for n := len(d.Marks); n > 0 && d.Marks[n-1].Elem > elem; n-- {
		d.Marks = d.Marks[:n-1]
	}
	for n := len(d.Images); n > 0 && d.Images[n-1].Elem > elem; n-- {
		d.Images = d.Images[:n-1]
	}
	for n := len(d.Places); n > 0 && int(d.Places[n-1].At) >= len(d.Text); n-- {
		d.Places = d.Places[:n-1]
	}
}

// shortenMarks forgets what is noted of elements and text that are not there.
func (d *Doc) shortenMarks() {
	end := int32(len(d.Text))
	d.Marks = slices.DeleteFunc(d.Marks, func(m Mark) bool { return int(m.Elem) >= len(d.Elems) || m.Start >= end })
	for i := range d.Marks {
		d.Marks[i].End = min(d.Marks[i].End, end)
	}
	d.Places = slices.DeleteFunc(d.Places, func(p Place) bool { return int(p.Elem) >= len(d.Elems) || p.At >= end })
	d.Images = slices.DeleteFunc(d.Images, func(i Image) bool { return int(i.Elem) >= len(d.Elems) || i.At > end })
}

// sortMarks puts the marks in the order of their starts, outer ones first, and the
// images in the order of their places.
func (d *Doc) sortMarks() {
	slices.SortStableFunc(d.Marks, func(a, b Mark) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Elem, b.Elem))
	})
	slices.SortStableFunc(d.Images, func(a, b Image) int { return cmp.Compare(a.At, b.At) })
}

// Node is the node of an element.
func (d *Doc) Node(elem int32) *html.Node { return d.nodes[elem] }

// Attr is the value of an element's attribute, "" when it has none.
func (d *Doc) Attr(elem int32, key string) string { return attrOf(d.nodes[elem], key) }

// AttrOf is the value of a node's attribute, "" when it has none.
func AttrOf(n *html.Node, key string) string { return attrOf(n, key) }

func attrOf(n *html.Node, key string) string {
	if n == nil {
		return ""
	}
	for i := range n.Attr {
		if n.Attr[i].Key == key && n.Attr[i].Namespace == "" {
			return n.Attr[i].Val
		}
	}
	return ""
}
