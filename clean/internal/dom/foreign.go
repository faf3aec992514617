package dom

import (
	"bytes"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// maxForeign is the depth of svg and math elements that cutting follows: icons
// have 3 to 6 levels.
const maxForeign = 64

// foreign passes over an svg or math element whose attributes begin at i, and
// cuts its content where that is wanted. It returns false when it cannot tell
// how the parser would go on.
func (c *cutter) foreign(start, i int, root string, cut bool) bool {
	b := c.src
	from, closed, ok := foreignTag(c.clock, b, i)
	if !ok {
		return false
	}
	if closed {
		c.at = from
		return true
	}
	var stack [maxForeign][]byte
	depth := 0
	for at := from; ; {
		j := bytes.IndexByte(b[at:], '<')
		if j < 0 || at+j+2 >= len(b) {
			return false
		}
		at += j
		c.clock.Read(16)
		switch ch := b[at+1]; {
		case ch == '!' || ch == '?':
			switch {
			case bytes.HasPrefix(b[at:], []byte("<!--")):
				at = commentEnd(c.clock, b, at+4)
			case bytes.HasPrefix(b[at:], []byte("<![CDATA[")):
				if j = bytes.Index(b[at:], []byte("]]>")); j < 0 {
					return false
				}
				at += j + 3
			default:
				at = after(b, at+2, '>')
			}
		case ch == '/' && !isLetter(b[at+2]):
			at = after(b, at+2, '>')
		case ch == '/':
			name := tagName(b, at+2)
			for depth > 0 && !bytes.EqualFold(stack[depth-1], name) {
				depth--
			}
			end := tagEnd(c.clock, b, at+2+len(name))
			if depth > 0 {
				depth--
				at = end
				break
			}
			if !isFold(name, root) || end < 0 {
				return false // it closes something around the element
			}
			if cut {
				c.cut(start+1+len(root), from-1)
				c.cut(from, at)
			}
			c.at = end
			return true
		case isLetter(ch):
			name := tagName(b, at+1)
			switch role(name) {
			case breakout:
				c.at = at // which ends the element
				return true
			case unclear:
				return false
			}
			end, closed, ok := foreignTag(c.clock, b, at+1+len(name))
			if !ok {
				return false
			}
			if !closed && role(name) == holdsHTML {
				// Mostly a mere text.
				j := bytes.IndexByte(b[end:], '<')
				if j < 0 || !isRawEnd(b, end+j, string(name)) {
					return false
				}
				at = tagEnd(c.clock, b, end+j+2)
				break
			}
			if !closed {
				if depth == maxForeign {
					return false
				}
				stack[depth] = name
				depth++
			}
			at = end
		default:
			at++
		}
		if at < 0 {
			return false
		}
	}
}

// tagName is the name of a tag that begins at i.
func tagName(b []byte, i int) []byte {
	k := i
	for k < len(b) && b[k] != '>' && b[k] != '/' && !chars.IsHTMLSpace(b[k]) {
		k++
	}
	return b[i:k]
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
	unclear   // ... and more than a text, or it depends on attributes
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
