package dom

import (
	"strings"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// foreignObject is the name of the one element of svg that has a capital letter in
// the tree, as HTML may stand in it.
const foreignObject = "foreignObject"

// inForeign reports whether the token comes under the rules for svg and math.
func (p *parser) inForeign() bool {
	top, t := p.top(), &p.tok
	if top.is&kForeign == 0 || t.kind == endOfPage {
		return false
	}
	math := top.node.Namespace == "math"
	if top.is&kHolds == 0 {
		return !math || t.kind != startToken || t.el != elSvg || top.node.Data != "annotation-xml"
	}
	// What is in it is HTML.
	if math && t.kind == startToken && (t.name == "mglyph" || t.name == "malignmark") && top.node.Data != "annotation-xml" {
		return true
	}
	return t.kind != startToken && t.kind != textToken
}

// foreignContent is the rules for svg and math, section 13.2.6.5.
func (p *parser) foreignContent() bool {
	t := &p.tok
	switch t.kind {
	case textToken:
		p.frames = p.frames && strings.Trim(t.text, blanks+"\x00") == ""
		p.addText(p.replaceNUL(t.text))
	case commentToken:
		p.addComment(p.into())
	case startToken:
		if p.breaksOut() {
			i := len(p.stack) - 1
			for i > 0 && p.stack[i].is&kForeign != 0 && p.stack[i].is&kHolds == 0 {
				i--
			}
			p.popTo(i + 1)
			return p.step()
		}
		p.addForeign()
	case endToken:
		el := t.el
		if alias := aliases[el]; alias != nil {
			el = alias
		} else {
			el = elOther
		}
		border := int(p.top().markup)
		i := int(p.last[slotOf(el, t.name)]) - 1
		for i > border && !strings.EqualFold(p.stack[i].node.Data, t.name) {
			i = int(p.stack[i].same) - 1
		}
		if i > border {
			p.popTo(i)
			return true
		}
		return p.step()
	}
	return true
}

// breaksOut reports whether the start tag ends svg and math.
func (p *parser) breaksOut() bool {
	t := &p.tok
	if t.el == elFont {
		return hasKey(t.attr, "color") || hasKey(t.attr, "face") || hasKey(t.attr, "size")
	}
	return role(bytesOf(t.name)) == breakout
}

// addForeign makes an element of svg or math of the token.
func (p *parser) addForeign() {
	t := &p.tok
	t.raw = false
	space, el, is := p.top().node.Namespace, elOther, kForeign
	if alias := aliases[t.el]; alias != nil {
		el = alias
		is |= alias.is
	}
	switch {
	case space == "svg" && (t.name == "title" || t.name == "desc"):
		is |= kSpecial | kItem | kScope | kHolds
	case space == "svg" && t.name == "foreignobject":
		t.name = foreignObject
		is |= kSpecial | kItem | kScope | kHolds
	case space == "math" && role(bytesOf(t.name)) == holdsHTML && t.name != "title" && t.name != "desc":
		is |= kSpecial | kItem | kScope | kHolds
	case space == "math" && t.name == "annotation-xml":
		is |= kSpecial | kItem | kScope
		for i := range t.attr {
			if a := &t.attr[i]; a.Key == "encoding" && (strings.EqualFold(a.Val, "text/html") || strings.EqualFold(a.Val, "application/xhtml+xml")) {
				is |= kHolds
			}
		}
	}
	n := p.make()
	n.Namespace = space
	switch cut := p.what != nil && p.what.SVG && space == "svg"; {
	case cut && !t.closed:
		p.push(n, el, is|kCut)
	case cut:
	case t.closed:
		p.insert(n)
	default:
		p.open(n, el, is)
	}
}

// foreignTag returns the end of a tag whose attributes begin at i and whether
// the tag closes itself; ok is false when that is not clear.
func foreignTag(c *work.Clock, b []byte, i int) (end int, closed, ok bool) {
	last := -1
	end = eachAttr(c, b, i, func(_, _ []byte, _, to int) { last = to })
	if end < 0 {
		return 0, false, false
	}
	closed = b[end-2] == '/'
	return end, closed, !closed || last != end-1
}

// What a start tag does in svg and math.
const (
	inside    = iota
	breakout  // ends the foreign content
	holdsHTML // what is in it is HTML
	unclear   // it depends on attributes, or more than a text is in it
)

func role(name []byte) int {
	var low [14]byte
	if len(name) > len(low) {
		return inside // "annotation-xml" is the longest asked for
	}
	for i, ch := range name {
		if 'A' <= ch && ch <= 'Z' {
			ch |= 0x20
		}
		low[i] = ch
	}
	switch string(low[:len(name)]) {
	case "title", "desc", "mi", "mo", "mn", "ms", "mtext":
		return holdsHTML
	case "foreignobject", "annotation-xml", "font":
		return unclear
	case "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed",
		"h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr",
		"ol", "p", "pre", "ruby", "s", "small", "span", "strong", "strike", "sub", "sup", "table", "tt", "u",
		"ul", "var":
		return breakout
	}
	return inside
}
