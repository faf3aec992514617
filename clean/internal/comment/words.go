package comment

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// line is the text of an element on one line, or its beginning.
func line(n *html.Node) string {
	const most = 100 // nodes
	var sb strings.Builder
	seen := 0
	for c := range n.Descendants() {
		if seen++; seen > most {
			break
		}
		if c.Type == html.TextNode {
			sb.WriteString(c.Data)
			sb.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(sb.String()), " ")
}

// text is the text of an element of a comment: paragraphs as lines. What shows the
// parts of a comment other than its text is left out when p has them.
func (f *finder) text(root *html.Node, p *parts) string {
	var t text
	for n := root; ; {
		f.clock.Step()
		into := false
		switch n.Type {
		case html.TextNode:
			t.add(n.Data)
		case html.ElementNode:
			into = n == root || f.shows(n, p)
			if n.DataAtom == atom.Br || isBlock(n.DataAtom) {
				t.end()
			}
		}
		if into && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n != root && n.NextSibling == nil {
			if n = n.Parent; isBlock(n.DataAtom) {
				t.end()
			}
		}
		if n == root {
			break
		}
		if isBlock(n.DataAtom) {
			t.end()
		}
		n = n.NextSibling
	}
	t.end()
	return strings.TrimRight(t.sb.String(), "\n")
}

// shows reports whether an element shows text of a comment.
func (f *finder) shows(n *html.Node, p *parts) bool {
	if _, other := f.items[n]; other {
		return false
	}
	if signOf(n).control {
		return false
	}
	if p == nil {
		return true
	}
	switch n.DataAtom {
	case atom.Header, atom.Footer, atom.Form:
		return false
	}
	return n != p.author && n != p.date && n != p.head[0] && n != p.head[1]
}

// head is the boxes of a comment that show the author and the date, where they show
// little else: "wrote on 3 May at 8:15".
func head(root *html.Node, parts ...*html.Node) (boxes [2]*html.Node) {
	const most, near = 80, 4 // bytes beside the part; elements further out
	for i, n := range parts {
		if n == nil {
			continue
		}
		at := n
		for range near {
			if at = at.Parent; at == nil || at == root || len(line(at)) > len(line(n))+most {
				break
			}
			if isBlock(at.DataAtom) {
				boxes[i] = at
				break
			}
		}
	}
	return boxes
}

// A text is written line by line.
type text struct {
	sb    strings.Builder
	line  bool // one is begun
	space bool // white space is due
}

func (t *text) add(s string) {
	for i, word := range strings.Fields(s) {
		if t.line && (t.space || i > 0 || isSpace(s[0])) {
			t.sb.WriteByte(' ')
		}
		t.sb.WriteString(word)
		t.line, t.space = true, false
	}
	if s != "" && isSpace(s[len(s)-1]) {
		t.space = true
	}
}

func (t *text) end() {
	if t.line {
		t.sb.WriteByte('\n')
	}
	t.line, t.space = false, false
}

func isSpace(c byte) bool { return c <= ' ' }

// isBlock reports whether an element begins and ends lines.
func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Blockquote, atom.Pre, atom.Table, atom.Tr, atom.Td, atom.Th, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Section, atom.Article, atom.Header, atom.Footer, atom.Aside, atom.Figure, atom.Dl, atom.Dt, atom.Dd, atom.Hr, atom.Details, atom.Summary, atom.Main, atom.Address:
		return true
	}
	return false
}
