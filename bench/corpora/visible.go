package corpora

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// VisibleText returns the text under n as a reader sees it: white space
// squeezed, a line break around every block, nothing of scripts, forms'
// values and the like. Elements HTML does not know count as inline. It gives
// extractors that return a tree the same rendering.
func VisibleText(n *html.Node) string {
	var t textWriter
	t.walk(n)
	return t.b.String()
}

// noText are elements whose content is not shown as text.
var noText = map[atom.Atom]bool{
	atom.Head: true, atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true,
	atom.Svg: true, atom.Iframe: true, atom.Select: true, atom.Textarea: true,
}

// inline are the elements that do not break a line.
var inline = func() map[atom.Atom]bool {
	m := map[atom.Atom]bool{}
	for _, a := range []atom.Atom{
		atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Cite, atom.Code, atom.Data, atom.Del, atom.Dfn, atom.Em,
		atom.Font, atom.I, atom.Img, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Q, atom.Rp, atom.Rt, atom.Ruby,
		atom.S, atom.Samp, atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt,
		atom.U, atom.Var, atom.Wbr,
	} {
		m[a] = true
	}
	return m
}()

// gapKind is what separates the next letter from the last one.
type gapKind int

const (
	noGap gapKind = iota
	spaceGap
	lineGap
)

type textWriter struct {
	b   strings.Builder
	gap gapKind
}

// walk descends without recursion: pages nest deeper than a stack should.
func (t *textWriter) walk(root *html.Node) {
	n, down := root, true
	for {
		if down {
			if t.enter(n) && n.FirstChild != nil {
				n = n.FirstChild
				continue
			}
		}
		t.leave(n)
		if n == root {
			return
		}
		if n.NextSibling != nil {
			n, down = n.NextSibling, true
		} else {
			n, down = n.Parent, false
		}
	}
}

// enter reports whether the node's children are to be looked at.
func (t *textWriter) enter(n *html.Node) bool {
	switch n.Type {
	case html.TextNode:
		t.text(n.Data)
		return false
	case html.ElementNode:
		if noText[n.DataAtom] {
			return false
		}
	}
	t.edge(n)
	return true
}

func (t *textWriter) leave(n *html.Node) {
	if n.Type == html.ElementNode && !noText[n.DataAtom] {
		t.edge(n)
	}
}

func (t *textWriter) edge(n *html.Node) {
	if n.Type == html.ElementNode && n.DataAtom != 0 && !inline[n.DataAtom] {
		t.gap = lineGap
	}
}

func (t *textWriter) text(s string) {
	for _, r := range s {
		if unicode.IsSpace(r) || 0x1c <= r && r <= 0x1f {
			t.gap = max(t.gap, spaceGap)
			continue
		}
		if t.b.Len() > 0 && t.gap != noGap {
			t.b.WriteByte(" \n"[t.gap-spaceGap])
		}
		t.gap = noGap
		t.b.WriteRune(r)
	}
}
