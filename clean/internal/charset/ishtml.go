package charset

import (
	"bytes"

	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

const (
	// maxLook is the number of bytes that IsHTML looks at when the beginning
	// does not decide.
	maxLook = 256 << 10
	// maxTag is the length of a tag, in bytes; data URLs may be long.
	maxTag = 64 << 10
	// nearby is the number of open blocks among which the start tag of an end
	// tag is searched.
	nearby = 64
	// maxSparse is the number of bytes of text per tag above which tags are
	// left-overs: pages have under 300, scraped text with tags in it over 800.
	maxSparse = 700
)

// IsHTML reports whether text, which must be UTF-8, is a page or a fragment of
// HTML, as a feed item is, and not plain text. Flattened text in which some
// tags were left over, Markdown, text about tags, feeds and other XML are not
// HTML. A first element that HTML does not have says nothing where nearly all
// others are of HTML.
//
// A document type or an html, head or body element at the beginning decides.
// Without them, most of the text has to stand in blocks that are closed, or on
// lines with tags.
func IsHTML(text []byte) bool {
	name, rest := opening(text)
	if string(name) == "!doctype" {
		return chars.HasFold(bytes.TrimLeft(rest, " \t\r\n\f"), "html")
	}
	switch atom.Lookup(name) {
	case atom.Html, atom.Head, atom.Body:
		return true
	case atom.Svg, atom.Math:
		return false
	}
	text = text[:min(len(text), maxLook)]
	if len(name) > 0 && hasRoot(text) {
		return true // with scripts or elements of their own in front
	}
	if len(name) > 0 && !known[atom.Lookup(name)] && !bytes.Contains(name, []byte("-")) {
		return marked(text) // else XML of another kind, or text that begins with something like a tag
	}
	s := sketch{first: len(name) > 0}
	s.read(text)
	return s.isHTML()
}

// hasRoot reports whether there is an html or body tag.
func hasRoot(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '<')
		if i < 0 {
			return false
		}
		text = text[i+1:]
		if (chars.HasFold(text, "html") || chars.HasFold(text, "body")) && len(text) > 4 && (text[4] == '>' || chars.IsHTMLSpace(text[4])) {
			return true
		}
	}
}

// opening returns the name of the tag at the beginning of text, in lower
// case, and what follows it; comments, processing instructions and white
// space in front are passed over. The name is nil when text begins otherwise.
func opening(text []byte) (name, rest []byte) {
	for {
		text = bytes.TrimLeft(text, " \t\r\n\f\x00\ufeff")
		switch {
		case chars.HasFold(text, "<!--"):
			text = text[skipTo(text, "-->"):]
			continue
		case chars.HasFold(text, "<?"):
			text = text[skipTo(text, ">"):]
			continue
		case len(text) < 2 || text[0] != '<' || text[1] != '!' && !chars.IsLetter(text[1]):
			return nil, text
		}
		end := 1
		for end < len(text) && !chars.IsHTMLSpace(text[end]) && text[end] != '>' && text[end] != '/' {
			end++
		}
		return bytes.ToLower(text[1:min(end, 64)]), text[end:]
	}
}

// A sketch is what a text looks like at a glance.
type sketch struct {
	first    bool // the text begins with a tag
	tags     int  // of known elements
	pairs    int  // end tags that closed something
	breaks   int  // br and hr
	loose    int  // block tags without their other half
	lines    int  // lines of text outside of blocks
	tagged   int  // of these, lines with a tag
	markdown int  // lines that only Markdown has
	inside   int  // bytes of text in closed blocks
	outside  int  // bytes of text elsewhere

	stack []block // open blocks
	text  bool    // this line has text
	tag   bool    // this line has a tag
}

// block is a block element and the text directly in it.
type block struct {
	a    atom.Atom
	text int
}

func (s *sketch) isHTML() bool {
	switch {
	case s.pairs+s.breaks == 0 && !s.first, s.tags == 1 && !s.first:
		return false
	case s.loose > s.pairs+s.breaks, s.inside+s.outside > maxSparse*s.tags:
		return false
	case s.markdown > 1 && s.markdown*8 >= s.lines:
		return false
	case s.inside > 0 && s.inside >= s.outside:
		return true
	}
	return s.tagged*2 >= s.lines
}

func (s *sketch) read(text []byte) {
	for len(text) > 0 {
		n := bytes.IndexByte(text, '<')
		if n < 0 {
			n = len(text)
		}
		s.words(text[:n])
		if text = text[n:]; len(text) == 0 {
			break
		}
		if chars.HasFold(text, "<!--") {
			text = text[skipTo(text, "-->"):]
			s.tag = true
			continue
		}
		a, closing, n := element(text)
		if n == 0 {
			s.words(text[:1])
			text = text[1:]
			continue
		}
		text = text[n:]
		s.tags++
		s.tag = true
		switch {
		case void[a]:
			if a == atom.Br || a == atom.Hr {
				s.breaks++
			}
		case closing && blocks[a]:
			s.close(a)
		case closing:
			s.pairs++
		case blocks[a]:
			s.stack = append(s.stack, block{a: a})
		case a == atom.Script || a == atom.Style:
			text = text[toEnd(text, "</"+a.String()):]
		}
	}
	s.newline()
	for _, b := range s.stack {
		if s.first && optionalEnd[b.a] {
			s.inside += b.text
		} else {
			s.outside += b.text
			s.loose++
		}
	}
}

// words takes in text between tags.
func (s *sketch) words(text []byte) {
	for {
		seg, rest, more := bytes.Cut(text, []byte("\n"))
		if trimmed := bytes.TrimSpace(seg); len(trimmed) > 0 {
			if !s.text && !s.tag && isMarkdown(trimmed) {
				s.markdown++
			}
			s.text = true
			if n := len(s.stack); n > 0 {
				s.stack[n-1].text += len(trimmed)
			} else {
				s.outside += len(trimmed)
			}
		}
		if !more {
			return
		}
		s.newline()
		text = rest
	}
}

func (s *sketch) newline() {
	if s.text && len(s.stack) == 0 {
		s.lines++
		if s.tag {
			s.tagged++
		}
	}
	s.text, s.tag = false, false
}

// close closes the nearest open block of that name and all in it.
func (s *sketch) close(a atom.Atom) {
	n := len(s.stack)
	for i := n - 1; i >= 0 && i > n-nearby; i-- {
		if s.stack[i].a != a {
			continue
		}
		s.pairs++
		for _, b := range s.stack[i:] {
			s.inside += b.text
			if b.a != a && !optionalEnd[b.a] {
				s.loose++
			}
		}
		s.stack = s.stack[:i]
		return
	}
	s.loose++
}

// isMarkdown reports whether a line, trimmed and not empty, is one that neither
// HTML nor prose has.
func isMarkdown(line []byte) bool {
	switch line[0] {
	case '#':
		rest := bytes.TrimLeft(line, "#")
		return len(line)-len(rest) <= 6 && len(rest) > 0 && rest[0] == ' '
	case '`', '~':
		return bytes.HasPrefix(line, []byte("```")) || bytes.HasPrefix(line, []byte("~~~"))
	case '-', '*':
		return len(line) > 2 && line[1] == ' '
	case '|':
		return line[len(line)-1] == '|'
	}
	return bytes.Contains(line, []byte("](http"))
}

// element returns the element whose tag text begins with and the length of
// that tag, which is 0 when it is none: an unknown name, or words behind the
// name that are no attributes.
func element(text []byte) (a atom.Atom, closing bool, n int) {
	i := 1
	if closing = i < len(text) && text[i] == '/'; closing {
		i++
	}
	start := i
	for i < len(text) && i-start < 16 && (chars.IsLetter(text[i]) || '0' <= text[i] && text[i] <= '9') {
		i++
	}
	if i == start || i == len(text) {
		return 0, false, 0
	}
	var name [16]byte
	for k, c := range text[start:i] {
		if chars.IsLetter(c) {
			c |= 0x20
		}
		name[k] = c
	}
	if a = atom.Lookup(name[:i-start]); !known[a] {
		return 0, false, 0
	}
	if text[i] == '>' {
		return a, closing, i + 1
	}
	if !chars.IsHTMLSpace(text[i]) && text[i] != '/' {
		return 0, false, 0
	}
	end := bytes.IndexByte(text[i:min(len(text), i+maxTag)], '>')
	if end < 0 {
		return 0, false, 0
	}
	attrs := bytes.Trim(text[i:i+end], " \t\r\n\f/")
	if bytes.IndexByte(attrs, '=') < 0 && bytes.ContainsAny(attrs, " <") {
		return 0, false, 0
	}
	return a, closing, i + end + 1
}
