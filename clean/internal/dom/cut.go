package dom

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// A Cutting says what Cut leaves out besides scripts, style sheets and
// comments.
type Cutting struct {
	SVG   bool // what is in svg elements
	Attrs bool // attributes that tell nothing about text, see dropped
}

// A Page is a page on its way to a tree.
type Page struct {
	HTML   []byte
	JSONLD []string // bodies of the scripts that were cut out and hold JSON-LD
	Data   []string // the same of other JSON

	seams  []int // places in HTML where a long text may be parted
	walked int   // bytes of HTML that load speaks of
	load   load
}

const (
	// maxText is the length of a text, in bytes, that the parser gets in one
	// piece. It takes no notice of a clock in between.
	maxText = 256 << 10
	// maxValue is the length of an attribute's value: whatever is longer says
	// nothing about text. Summaries and lists of keywords reach 20 KB.
	maxValue = 64 << 10
)

// Cut appends to dst what the tree of src needs for the text of the page, and
// puts the bodies of its scripts that hold data aside. Of scripts,
// style sheets and svg elements the tags stay, so that all other elements and
// texts of the tree are where they were. When the clock ends, the page ends there.
//
// Half of the bytes of a page on the web go, and with them a third of the time
// of html.Parse. src is not changed, unless dst is src[:0]: what is written
// never overtakes what is read.
//
// Where the tags alone do not tell how the parser will read what follows, the
// rest is taken as it is.
func Cut(clock *work.Clock, dst, src []byte, what Cutting) Page {
	c := cutter{src: src, out: dst, what: what, clock: clock}
	c.walk()
	if c.last < len(c.src) && c.open {
		c.text(c.last, len(c.src))
	}
	c.page.walked = len(c.out) + max(c.last-c.done, 0)
	c.page.HTML = append(c.out, c.src[c.done:]...)
	return c.page
}

// A cutter walks over the tags of a page by the tokenizer's rules.
type cutter struct {
	src, out []byte
	what     Cutting
	done     int  // bytes of src that are in out or cut
	at       int  // place of the walk in src
	last     int  // place in src up to which all is known
	open     bool // text stands there
	template bool // a template was opened
	page     Page
	clock    *work.Clock
}

// walk goes over the page, until the clock ends.
func (c *cutter) walk() {
	var ended error
	defer func() {
		if ended != nil {
			c.src = c.src[:max(c.at, c.done)]
			c.last, c.open = min(c.last, len(c.src)), false
		}
	}()
	defer work.Catch(&ended)
	for c.next() {
		c.clock.Read(64)
	}
}

// cut passes on all up to i and cuts from there to end.
func (c *cutter) cut(i, end int) {
	c.out = append(c.out, c.src[c.done:i]...)
	c.done = end
}

// next handles the next tag or comment and reports whether there may be more.
func (c *cutter) next() bool {
	c.last, c.open = c.at, true
	j := bytes.IndexByte(c.src[c.at:], '<')
	if j < 0 || c.at+j+1 >= len(c.src) {
		return false
	}
	start := c.at + j
	if j > maxText {
		c.text(c.at, start)
	}
	c.open = false
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

// text parts a long text that goes from one place to another: where a blank
// stands, else between characters and not in the middle of an entity.
func (c *cutter) text(from, to int) {
	const reach = 64
	for at := from + maxText; at < to; at += maxText {
		near := c.src[at-reach : at]
		cut := at
		if k := bytes.LastIndexByte(near, ' '); k >= 0 {
			cut = at - reach + k
		} else if k := bytes.LastIndexByte(near, '&'); k >= 0 {
			cut = at - reach + k
		} else {
			for cut > at-utf8.UTFMax && (!utf8.RuneStart(c.src[cut]) || c.src[cut] == '\n') {
				cut--
			}
		}
		c.page.seams = append(c.page.seams, len(c.out)+cut-c.done)
	}
}

// endTag passes over an end tag or the comment that a broken one is.
func (c *cutter) endTag(start int) bool {
	if start+2 >= len(c.src) {
		return false
	}
	if isLetter(c.src[start+2]) {
		var low [maxName]byte
		name, _ := lowerName(low[:], c.src, start+2)
		c.page.load.end(name)
		c.at = tagEnd(c.clock, c.src, start+2)
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
	end := commentEnd(c.clock, c.src, start+4)
	if end < 0 {
		return false
	}
	c.at = end
	if start > 0 && (c.src[start-1] == '>' || chars.IsHTMLSpace(c.src[start-1])) {
		c.cut(start, end)
	}
	return true
}

// startTag handles a start tag and what belongs to it.
func (c *cutter) startTag(start int) bool {
	var low [maxName]byte
	name, i := lowerName(low[:], c.src, start+1)
	c.page.load.start(name)
	switch string(name) {
	case "script":
		return c.script(start, i)
	case "style":
		end := tagEnd(c.clock, c.src, i)
		if end < 0 {
			return false
		}
		return c.raw(start, end, "style", true)
	case "textarea", "title", "xmp", "iframe", "noembed", "noframes":
		end := tagEnd(c.clock, c.src, i)
		if end < 0 {
			return false
		}
		return c.raw(start, end, string(name), false)
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
		c.at = c.attributes(i, false)
		return c.at > 0
	}
	c.at = c.attributes(i, c.what.Attrs)
	return c.at > 0
}

// maxName is more than the length of the names that matter.
const maxName = 12

// lowerName puts the beginning of the tag name at i into low, in lower case,
// and returns it with where the whole name ends.
func lowerName(low, src []byte, i int) (name []byte, end int) {
	n := 0
	for ; i < len(src); i++ {
		ch := src[i]
		if ch == '>' || ch == '/' || chars.IsHTMLSpace(ch) {
			break
		}
		if n < len(low) {
			if 'A' <= ch && ch <= 'Z' {
				ch |= 0x20
			}
			low[n] = ch
			n++
		}
	}
	return low[:n], i
}

// raw passes over an element whose content is text up to its end tag; from is
// where that begins.
func (c *cutter) raw(start, from int, name string, cut bool) bool {
	end := rawEnd(c.clock, c.src, from, name)
	if end < 0 {
		return false
	}
	if cut {
		c.cut(start+1+len(name), from-1)
		c.cut(from, end)
	}
	c.at = tagEnd(c.clock, c.src, end+2)
	return c.at > 0
}

// script cuts a script. Bodies of JSON-LD are kept aside.
func (c *cutter) script(start, i int) bool {
	linked, data, odd := false, false, false
	from := eachAttr(c.clock, c.src, i, func(key, val []byte, _, _ int) {
		if !linked && len(key) == 4 && hasFold(key, "type") {
			linked, data, odd = holdsJSONLD(val), holdsJSON(val), bytes.IndexByte(val, '&') >= 0
		}
	})
	if from < 0 {
		return false
	}
	end := scriptEnd(c.clock, c.src, from)
	if end < 0 {
		return false
	}
	c.at = tagEnd(c.clock, c.src, end+2)
	if c.at < 0 {
		return false
	}
	if odd {
		return true // the type is written with entities: left to the parser
	}
	switch {
	case end == from:
	case linked:
		c.page.JSONLD = append(c.page.JSONLD, scriptText(c.src[from:end]))
	case data:
		c.page.Data = append(c.page.Data, scriptText(c.src[from:end]))
	}
	c.cut(start+len("<script"), from-1)
	c.cut(from, end)
	return true
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
// those that are dropped, if that is wanted, and those that are too long.
func (c *cutter) attributes(i int, drop bool) int {
	if i < len(c.src) && c.src[i] == '>' {
		return i + 1
	}
	if !drop {
		if end := tagEnd(c.clock, c.src, i); end < i+maxValue {
			return end
		}
	}
	return eachAttr(c.clock, c.src, i, func(key, val []byte, from, to int) {
		if (!drop || !dropped(key)) && len(val) <= maxValue {
			return
		}
		// An equals sign behind it would now belong to what stands before it.
		k := to
		for k < len(c.src) && chars.IsHTMLSpace(c.src[k]) {
			k++
		}
		if k == len(c.src) || c.src[k] != '=' {
			c.cut(from, to)
		}
	})
}

// dropped reports whether an attribute says nothing about text, structure or
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
