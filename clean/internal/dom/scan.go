package dom

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A token is a piece of a page: a text, a tag, a comment or a document type.
type token struct {
	kind   tokenKind
	el     *elem // of a tag
	atom   atom.Atom
	name   string // of a tag, as it stands in the tree
	attr   []html.Attribute
	closed bool   // the tag ends with "/>"
	raw    bool   // of a start tag: text follows, see rawText
	text   string // of a text or comment
}

type tokenKind uint8

const (
	textToken tokenKind = iota
	startToken
	endToken
	commentToken
	doctypeToken
	endOfPage
)

// What characters are in a tag.
const (
	chEnd   = 1 << iota // ends a name
	chKey               // ends the name of an attribute
	chSpace             // white space
	chUpper             // a capital letter
	chGap               // stands between attributes
)

var tagChars = func() (t [256]uint8) {
	for _, c := range " \n\t\r\f" {
		t[c] = chEnd | chKey | chSpace | chGap
	}
	t['/'] = chEnd | chKey | chGap
	t['>'] = chEnd | chKey
	t['='] = chKey
	for c := 'A'; c <= 'Z'; c++ {
		t[c] = chUpper
	}
	return t
}()

// next reads the next token, by the rules of html.Tokenizer.
func (p *parser) next() {
	s, start := p.s, p.at
	t := &p.tok
	for i := start; ; {
		j := 0
		if i == len(s) || s[i] != '<' { // mostly, a tag follows a tag
			j = strings.IndexByte(s[i:], '<')
		}
		if j < 0 || i+j+1 == len(s) {
			p.rest(start)
			return
		}
		i += j
		c := s[i+1]
		if !chars.IsLetter(c) && c != '/' && c != '!' && c != '?' {
			p.clock.Read(8)
			i++
			continue
		}
		if i > start {
			t.kind, t.text = textToken, p.unescape(start, i, false)
			p.at = i
			return
		}
		switch {
		case c == '/':
			if i+2 == len(s) {
				p.rest(start)
				return
			}
			switch c = s[i+2]; {
			case chars.IsLetter(c):
				p.endTag(i + 2)
			case c == '>':
				t.kind, t.text = commentToken, ""
				p.at = i + 3
			default:
				p.bogus(i + 2)
			}
		case c == '!':
			if p.cutsComment(i) {
				p.clock.Read(16)
				i, start = p.at, p.at
				continue
			}
			p.declaration(i + 2)
		case c == '?':
			p.bogus(i + 1)
		default:
			p.startTag(i + 1)
		}
		return
	}
}

// rest is the text at the end of the page, if there is any.
func (p *parser) rest(start int) {
	p.at = len(p.s)
	if start == p.at {
		p.tok.kind = endOfPage
		return
	}
	p.tok.kind, p.tok.text = textToken, p.unescape(start, len(p.s), false)
}

// torn ends the page in the middle of a tag, which is dropped.
func (p *parser) torn() {
	p.at = len(p.s)
	p.tok.kind = endOfPage
}

// bogus reads up to the next ">" as a comment.
func (p *parser) bogus(i int) {
	end := strings.IndexByte(p.s[i:], '>')
	if end < 0 {
		p.comment(i, len(p.s), len(p.s))
		return
	}
	p.comment(i, i+end, i+end+1)
}

// comment is the token of a comment. Nobody reads what is in it.
func (p *parser) comment(_, _, next int) {
	p.tok.kind, p.tok.text = commentToken, ""
	p.at = next
}

// cutsComment passes over a comment at i that is not to be in the tree.
func (p *parser) cutsComment(i int) bool {
	if p.what == nil || i == 0 || p.top().el.does == doPre || !strings.HasPrefix(p.s[i:], "<!--") || p.s[i-1] != '>' && !chars.IsHTMLSpace(p.s[i-1]) {
		return false
	}
	end := commentEnd(p.clock, p.src, i+4)
	if end >= 0 {
		p.at = end
	}
	return end >= 0
}

// declaration reads a comment, a document type or something that is neither;
// i is behind the "<!".
func (p *parser) declaration(i int) {
	s := p.s
	switch {
	case strings.HasPrefix(s[i:], "--"):
		end := commentEnd(p.clock, p.src, i+2)
		if end < 0 {
			end = len(s)
		}
		p.comment(i+2, end, end)
	case len(s) >= i+7 && strings.EqualFold(s[i:i+7], "doctype"):
		end := strings.IndexByte(s[i:], '>')
		next := i + end + 1
		if end < 0 {
			end, next = len(s)-i, len(s)
		}
		from := i + len("doctype")
		for from < i+end && chars.IsHTMLSpace(s[from]) {
			from++
		}
		p.tok.kind, p.tok.text = doctypeToken, p.unescape(from, i+end, false)
		p.at = next
	case strings.HasPrefix(s[i:], "[CDATA[") && p.top().is&kForeign != 0:
		i += len("[CDATA[")
		end, next := len(s), len(s)
		if j := strings.Index(s[i:], "]]>"); j >= 0 {
			end, next = i+j, i+j+3
		}
		p.tok.kind, p.tok.text = textToken, p.replaceNUL(p.unescape(i, end, false))
		p.at = next
	default:
		p.bogus(i)
	}
}

// tagName reads the name that begins at i and returns its end.
func (p *parser) tagName(i int) int {
	s, start := p.s, i
	key, upper := uint64(0), false
	if i+8 <= len(s) {
		x := binary.LittleEndian.Uint64(p.src[i:])
		n := smallRun(x)
		key = x & (1<<(8*n) - 1)
		i += n
	}
	stop := min(len(s), start+tagPiece)
more:
	for ; i < stop; i++ {
		c := s[i]
		k := tagChars[c]
		if k != 0 {
			if k&chEnd != 0 {
				break
			}
			if k&chUpper != 0 {
				c |= 0x20
				upper = true
			}
		}
		key |= uint64(c) << (8 * (i - start))
	}
	if i == stop && stop < len(s) {
		p.clock.Read(tagPiece)
		stop = min(len(s), stop+tagPiece)
		goto more
	}
	p.tags++
	name := s[start:i]
	if p.nul {
		name = p.replaceNUL(name)
	}
	if upper {
		name = p.mem.lower(name)
	}
	t := &p.tok
	if e := elementOf(name, key); e != nil {
		t.el, t.atom, t.name = e, e.atom, e.name
		return i
	}
	t.el, t.name = elOther, name
	if t.atom = atom.Lookup(bytesOf(name)); t.atom != 0 {
		t.name = t.atom.String()
	}
	return i
}

// smallRun is how many of eight bytes, from the lowest on, are small letters or
// digits. Where names end is hard to foresee, so they are not looked at one by
// one.
func smallRun(x uint64) int {
	const ones, high = chars.Ones, chars.High
	low := x &^ high
	letter := (low + (0x80-'a')*ones) &^ (low + (0x7F-'z')*ones)
	digit := (low + (0x80-'0')*ones) &^ (low + (0x7F-'9')*ones)
	return bits.TrailingZeros64(((letter|digit)&^x&high)^high) / 8
}

// endTag reads the end tag whose name begins at i.
func (p *parser) endTag(i int) {
	i = p.tagName(i)
	p.tok.kind, p.tok.attr, p.tok.closed, p.tok.raw = endToken, nil, false, false
	if i < len(p.s) && p.s[i] == '>' {
		p.at = i + 1
		return
	}
	if i = eachAttr(p.clock, p.src, i, nil); i < 0 {
		p.torn()
		return
	}
	p.at = i
}

// manyAttrs is the number of attributes from which those of a tag are in a table:
// each is compared with those before.
const manyAttrs = 32

// tagPiece is how much of a tag is read, in bytes, between two looks at the clock.
const tagPiece = 128 << 10

// startTag reads the start tag whose name begins at i.
func (p *parser) startTag(i int) {
	i = p.tagName(i)
	s, t := p.s, &p.tok
	t.kind, t.attr, t.closed, t.raw = startToken, nil, false, t.el.is&kRaw != 0
	if i < len(s) && s[i] == '>' {
		p.at = i + 1
		return
	}
	if p.what != nil && p.cutsAttrs() {
		end, closed, ok := foreignTag(p.clock, p.src, i)
		if end == 0 {
			p.torn()
			return
		}
		p.at, t.closed = end, closed && (ok || p.endsRepeated(i))
		return
	}
	drops := p.what != nil && p.what.Attrs && t.el.does != doFormat
	if drops && p.what.Structure && showsMore(t.el.name) {
		drops = false
	}
	attrs, first := p.mem.attrs(), i
	last, stop := -1, i+tagPiece // end of the last value; where the clock is told
	for {
		for i < len(s) && tagChars[s[i]]&chGap != 0 {
			i++
		}
		if i >= len(s) {
			p.torn()
			return
		}
		if s[i] == '>' {
			break
		}
		start, upper := i, tagChars[s[i]]
		if i > stop {
			p.clock.Read(tagPiece)
			stop = i + tagPiece
		}
		i++ // an equals sign in front belongs to the name
		if i+8 <= len(s) {
			i += smallRun(binary.LittleEndian.Uint64(p.src[i:]))
		}
		for i < len(s) {
			k := tagChars[s[i]]
			if k&chKey != 0 {
				break
			}
			upper |= k
			i++
		}
		key := s[start:i]
		if upper&chUpper != 0 {
			key = p.mem.lower(key)
		}
		from, end := i, i // of the value
		k := i
		for k < len(s) && tagChars[s[k]]&chSpace != 0 {
			k++
		}
		if k < len(s) && s[k] == '=' {
			for k++; k < len(s) && tagChars[s[k]]&chSpace != 0; k++ {
			}
			if k == len(s) {
				p.torn()
				return
			}
			switch q := s[k]; q {
			case '>':
				from, end, i = k, k, k
			case '"', '\'':
				j := strings.IndexByte(s[k+1:], q)
				if j < 0 {
					p.torn()
					return
				}
				from, end = k+1, k+1+j
				i = end + 1
			default:
				from = k
				for k < len(s) && s[k] != '>' && tagChars[s[k]]&chSpace == 0 {
					k++
				}
				i, end = k, k
			}
		} else {
			i = k
		}
		if drops && dropped(key) && !(isPicture(t.el) && ofPicture(key)) && !(p.what.Structure && structural(key)) && !(len(p.wanted) > 0 && slices.Contains(p.wanted, key)) || end-from > maxValue && p.what != nil && !p.equals(i) {
			last = end
			continue
		}
		if len(attrs) >= manyAttrs {
			if len(attrs) == maxAttrs || p.amongMany(attrs, key) {
				continue
			}
		} else if hasKey(attrs, key) {
			continue
		}
		val := s[from:end]
		if p.ref < end {
			val = p.unescapeSome(from, end, true)
		}
		attrs = append(attrs, html.Attribute{Key: key, Val: val})
		last = end
	}
	if p.nul {
		for k := range attrs {
			attrs[k].Key, attrs[k].Val = p.replaceNUL(attrs[k].Key), p.replaceNUL(attrs[k].Val)
		}
	}
	t.closed = s[i-1] == '/' && (last != i || p.endsRepeated(first))
	t.attr = p.mem.keepAttrs(attrs)
	p.at = i + 1
}

// isPicture reports whether an element is an img, of which the parser makes an image, too.
func isPicture(e *elem) bool { return e.name == "img" || e.name == "image" }

// endsRepeated reports whether the last attribute of the tag whose attributes begin
// at i has come before: as it counts for nothing, a slash at its end closes the tag.
func (p *parser) endsRepeated(i int) bool {
	last, at, again := "", 0, false
	eachAttr(p.clock, p.src, i, func(key, _ []byte, from, _ int) { last, at = stringOf(key), from })
	last = p.mem.lower(last)
	eachAttr(p.clock, p.src, i, func(key, _ []byte, from, _ int) { again = again || from < at && isFold(key, last) })
	return again
}

// equals reports whether an equals sign stands at i, blanks aside.
func (p *parser) equals(i int) bool {
	for i < len(p.s) && tagChars[p.s[i]]&chSpace != 0 {
		i++
	}
	return i < len(p.s) && p.s[i] == '='
}

// cutsAttrs reports whether no attribute of the start tag is to be in the tree:
// that of an svg element, and those in it.
func (p *parser) cutsAttrs() bool {
	t := &p.tok
	if !p.what.SVG {
		return false
	}
	if top := p.top(); top.is&kForeign != 0 && top.is&kHolds == 0 {
		if top.node.Namespace != "svg" {
			return false // math is text
		}
		switch role(bytesOf(t.name)) {
		case inside, holdsHTML:
			return true
		}
		return false
	}
	return t.el == elSvg
}

// amongMany is hasKey for the attributes so far of a tag that has many.
func (p *parser) amongMany(attrs []html.Attribute, key string) bool {
	if len(attrs) == manyAttrs {
		if p.keys == nil {
			p.keys = map[string]struct{}{}
		}
		clear(p.keys)
		for i := range attrs {
			p.keys[attrs[i].Key] = struct{}{}
		}
	}
	_, ok := p.keys[key]
	if !ok {
		p.keys[key] = struct{}{}
	}
	return ok
}

func hasKey(attrs []html.Attribute, key string) bool {
	for i := range attrs {
		if attrs[i].Key == key {
			return true
		}
	}
	return false
}
