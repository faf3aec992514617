package dom

import (
	"github.com/winnowtext/winnow/clean/internal/chars"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/work"
	"golang.org/x/net/html"
)

// referenceUnits is the work of looking up a character reference.
const referenceUnits = 500

// common are the character references that make up nearly all on pages.
var common = map[string]string{
	"&amp;": "&", "&nbsp;": "\u00a0", "&quot;": "\"", "&lt;": "<", "&gt;": ">", "&#39;": "'", "&#039;": "'", "&#x27;": "'",
	"&rsquo;": "\u2019", "&lsquo;": "\u2018", "&rdquo;": "\u201d", "&ldquo;": "\u201c", "&#8217;": "\u2019", "&#8216;": "\u2018",
	"&#8220;": "\u201c", "&#8221;": "\u201d", "&#8211;": "\u2013", "&ndash;": "\u2013", "&mdash;": "\u2014", "&#160;": "\u00a0",
	"&copy;": "\u00a9", "&raquo;": "\u00bb", "&laquo;": "\u00ab", "&hellip;": "\u2026", "&apos;": "'",
	"&fjlig;": "fj", // the only one that stands for letters, which tells reference of a part
}

// reference returns what a reference that begins at the "&" in front of s
// stands for and its length; text is empty when it is none. In attributes,
// names must be complete.
func reference(s string, attr bool) (text string, n int) {
	n = 1
	if n < len(s) && s[n] == '#' {
		n++
	}
	for n < len(s) && isAlnum(s[n]) {
		n++
	}
	name := n
	if n < len(s) && s[n] == ';' {
		n++
	}
	if text, ok := common[s[:n]]; ok {
		return text, n
	}
	text = html.UnescapeString(s[:n])
	if text == s[:n] {
		return "", n
	}
	if !attr || s[1] == '#' {
		return text, n
	}
	// Of a name that merely begins with one of those that need no semicolon,
	// something is left over.
	if last := text[len(text)-1]; isAlnum(last) || last == ';' && len(text) > 1 {
		return "", n
	}
	if n == name && n < len(s) && s[n] == '=' {
		return "", n
	}
	return text, n
}

func isAlnum(c byte) bool { return chars.IsLetter(c) || '0' <= c && c <= '9' }

// unescape resolves the character references in a part of the page, which lies
// behind those it was given before: a text or, with attr, the value of an
// attribute.
func (p *parser) unescape(from, to int, attr bool) string {
	if p.ref >= to {
		return p.s[from:to]
	}
	return p.unescapeSome(from, to, attr)
}

// unescapeSome is unescape where there may be some.
func (p *parser) unescapeSome(from, to int, attr bool) string {
	// Most have none, so the next one is searched for once for all of them.
	if p.ref < from {
		p.ref = len(p.s)
		if i := strings.IndexByte(p.s[from:], '&'); i >= 0 {
			p.ref = from + i
		}
	}
	s := p.s[from:to]
	if p.ref >= to {
		return s
	}
	return p.mem.resolve(p.clock, s, p.ref-from, attr)
}

// resolve is for s whose first reference may stand at i.
func (m *treeMemory) resolve(c *work.Clock, s string, i int, attr bool) string {
	out := m.begin(len(s))
	done := 0
	for i < len(s) {
		c.Spend(referenceUnits)
		text, n := reference(s[i:], attr)
		if text != "" {
			out = append(out, s[done:i]...)
			out = append(out, text...)
			done = i + n
		}
		i += n
		j := strings.IndexByte(s[i:], '&')
		if j < 0 {
			break
		}
		i += j
	}
	return m.end(append(out, s[done:]...))
}
