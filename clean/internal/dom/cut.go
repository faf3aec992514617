package dom

import (
	"bytes"
	"strings"
)

// A Cutting says what Cut leaves out besides scripts, style sheets and
// comments.
type Cutting struct {
	SVG   bool // what is in svg elements
	Attrs bool // attributes that tell nothing about text, see dropped
}

// Cut appends to dst what the tree of src needs for the text of the page, and
// returns it with the bodies of its application/ld+json scripts. Of scripts,
// style sheets and svg elements the tags stay, so that all other elements and
// texts of the tree are where they were.
//
// Half of the bytes of a page on the web go, and with them a third of the time
// of html.Parse. src is not changed, unless dst is src[:0]: what is written
// never overtakes what is read.
//
// Where the tags alone do not tell how the parser will read what follows, the
// rest is taken as it is.
func Cut(dst, src []byte, what Cutting) (rest []byte, jsonld []string) {
	c := cutter{src: src, out: dst, what: what}
	for c.next() {
	}
	return append(c.out, c.src[c.done:]...), c.jsonld
}

// A cutter walks over the tags of a page by the tokenizer's rules.
type cutter struct {
	src, out []byte
	what     Cutting
	done     int  // bytes of src that are in out or cut
	at       int  // place of the walk in src
	template bool // a template was opened
	jsonld   []string
}

// cut passes on all up to i and cuts from there to end.
func (c *cutter) cut(i, end int) {
	c.out = append(c.out, c.src[c.done:i]...)
	c.done = end
}

// next handles the next tag or comment and tells whether there may be more.
func (c *cutter) next() bool {
	j := bytes.IndexByte(c.src[c.at:], '<')
	if j < 0 || c.at+j+1 >= len(c.src) {
		return false
	}
	start := c.at + j
	switch ch := c.src[start+1]; {
	case isLetter(ch):
		return c.startTag(start)
	case ch == '/':
		return c.endTag(start)
	case ch == '!' || ch == '?':
		return c.comment(start)
	}
	c.at = start + 1
	return true
}

// endTag passes over an end tag or the comment that a broken one is.
func (c *cutter) endTag(start int) bool {
	if start+2 >= len(c.src) {
		return false
	}
	if isLetter(c.src[start+2]) {
		c.at = tagEnd(c.src, start+2)
	} else {
		c.at = after(c.src, start+2, '>')
	}
	return c.at > 0
}

// comment passes over a comment, a document type or a processing instruction,
// and cuts real comments unless that could join what they part.
func (c *cutter) comment(start int) bool {
	if !bytes.HasPrefix(c.src[start:], []byte("<!--")) {
		c.at = after(c.src, start+2, '>')
		return c.at > 0
	}
	end := commentEnd(c.src, start+4)
	if end < 0 {
		return false
	}
	c.at = end
	if start > 0 && (c.src[start-1] == '>' || isSpace(c.src[start-1])) {
		c.cut(start, end)
	}
	return true
}

// startTag handles a start tag and what belongs to it.
func (c *cutter) startTag(start int) bool {
	var name [12]byte
	n := 0
	i := start + 1
	for ; i < len(c.src); i++ {
		ch := c.src[i]
		if ch == '>' || ch == '/' || isSpace(ch) {
			break
		}
		if n < len(name) {
			if 'A' <= ch && ch <= 'Z' {
				ch |= 0x20
			}
			name[n] = ch
			n++
		}
	}
	switch string(name[:n]) {
	case "script":
		return c.script(start, i)
	case "style":
		end := tagEnd(c.src, i)
		if end < 0 {
			return false
		}
		return c.raw(start, end, "style", true)
	case "textarea", "title", "xmp", "iframe", "noembed", "noframes":
		end := tagEnd(c.src, i)
		if end < 0 {
			return false
		}
		return c.raw(start, end, string(name[:n]), false)
	case "plaintext", "frameset":
		return false
	case "template":
		c.template = true
	case "col", "colgroup":
		if c.template {
			return false // what follows may be ignored, tags and all
		}
	case "svg":
		return c.foreign(start, i, "svg", c.what.SVG)
	case "math":
		return c.foreign(start, i, "math", false)
	case "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u":
		// The parser compares these by all their attributes.
		c.at = tagEnd(c.src, i)
		return c.at > 0
	}
	c.at = c.attributes(i)
	return c.at > 0
}

// raw passes over an element whose content is text up to its end tag; from is
// where that begins.
func (c *cutter) raw(start, from int, name string, cut bool) bool {
	end := rawEnd(c.src, from, name)
	if end < 0 {
		return false
	}
	if cut {
		c.cut(start+1+len(name), from-1)
		c.cut(from, end)
	}
	c.at = tagEnd(c.src, end+2)
	return c.at > 0
}

// script cuts a script. Bodies of JSON-LD are kept aside.
func (c *cutter) script(start, i int) bool {
	linked, odd := false, false
	from := eachAttr(c.src, i, func(key, val []byte, _, _ int) {
		if !linked && len(key) == 4 && hasFold(key, "type") {
			linked, odd = isLinked(val), bytes.IndexByte(val, '&') >= 0
		}
	})
	if from < 0 {
		return false
	}
	end := scriptEnd(c.src, from)
	if end < 0 {
		return false
	}
	c.at = tagEnd(c.src, end+2)
	if c.at < 0 {
		return false
	}
	if odd {
		return true // the type is written with entities: left to the parser
	}
	if linked && end > from {
		c.jsonld = append(c.jsonld, scriptText(c.src[from:end]))
	}
	c.cut(start+len("<script"), from-1)
	c.cut(from, end)
	return true
}

// isLinked tells whether a script of that type holds JSON-LD.
func isLinked(val []byte) bool {
	for i := 0; i+7 <= len(val); i++ {
		if hasFold(val[i:], "ld+json") {
			return true
		}
	}
	return false
}

// scriptText is the body of a script as the tokenizer gives it.
func scriptText(b []byte) string {
	s := string(b)
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return strings.ReplaceAll(s, "\x00", "\uFFFD")
}

// attributes passes over the attributes of a tag that begin at i, and cuts
// those that are dropped.
func (c *cutter) attributes(i int) int {
	if !c.what.Attrs || i < len(c.src) && c.src[i] == '>' {
		return tagEnd(c.src, i)
	}
	return eachAttr(c.src, i, func(key, _ []byte, from, to int) {
		if !dropped(key) {
			return
		}
		// An equals sign behind it would now belong to what stands before it.
		k := to
		for k < len(c.src) && isSpace(c.src[k]) {
			k++
		}
		if k == len(c.src) || c.src[k] != '=' {
			c.cut(from, to)
		}
	})
}

// dropped tells whether an attribute says nothing about text, structure or
// metadata. Each one costs html.Parse five allocations; of those on pages one
// in four is dropped.
func dropped(key []byte) bool {
	if len(key) < 3 {
		return false
	}
	switch key[0] | 0x20 {
	case 'a':
		return hasFold(key, "aria-") && !isFold(key, "aria-hidden") && !isFold(key, "aria-label")
	case 'd':
		return hasFold(key, "data-") && !isFold(key, "data-testid") || isFold(key, "decoding")
	case 'f':
		return isFold(key, "for")
	case 'h':
		return isFold(key, "height")
	case 'l':
		return isFold(key, "loading")
	case 'o':
		return hasFold(key, "on")
	case 's':
		return isFold(key, "src") || isFold(key, "srcset") || isFold(key, "sizes")
	case 't':
		return isFold(key, "target") || isFold(key, "tabindex")
	case 'w':
		return isFold(key, "width")
	}
	return false
}

func isFold(b []byte, s string) bool { return len(b) == len(s) && hasFold(b, s) }
