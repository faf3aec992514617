package dom

import (
	"bytes"
	"github.com/winnowtext/winnow/clean/internal/chars"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/work"
	"golang.org/x/net/html"
)

// holdsJSONLD reports whether a script of that type holds JSON-LD. A page that
// leaves out "application/", or has a list of types, means it all the same.
func holdsJSONLD(typ []byte) bool {
	const mark = "ld+json"
	for i := 0; i+len(mark) <= len(typ); i++ {
		if chars.HasFold(typ[i:], mark) {
			return true
		}
	}
	return false
}

// holdsJSON reports whether a script of that type holds other JSON.
func holdsJSON(typ []byte) bool { return chars.HasFold(bytes.TrimSpace(typ), "application/json") }

// Ready makes a tree of one that somebody else has built, which is not changed:
// it finds the scripts that Build would put aside, and where a text or attribute
// is not valid UTF-8, the result is a copy that is. When the clock ends, it is a
// copy of the beginning.
func (m *Memory) Ready(root *html.Node) Tree {
	if root == nil {
		return Tree{}
	}
	if !m.valid(root) {
		root = m.copy(root)
	}
	m.sheets.Reset()
	jsonld, data := m.scripts(root)
	return Tree{root, jsonld, data, &m.sheets}
}

// nodeUnits is the work of going from one node to the next.
const nodeUnits = 64

// valid reports whether all of a tree was seen to be valid UTF-8.
func (m *Memory) valid(root *html.Node) bool {
	defer work.Catch(new(error))
	m.Clock.Look()
	for n := root; n != nil; n = following(n, root) {
		if !utf8.ValidString(n.Data) {
			return false
		}
		m.Clock.Spend(nodeUnits + len(n.Data))
		for i := range n.Attr {
			if a := &n.Attr[i]; !utf8.ValidString(a.Key) || !utf8.ValidString(a.Val) {
				return false
			}
			m.Clock.Spend(nodeUnits + len(n.Attr[i].Val))
		}
	}
	return true
}

// following is the node behind n in the order of the document, nil at the end of
// root.
func following(n, root *html.Node) *html.Node {
	if n.FirstChild != nil {
		return n.FirstChild
	}
	for n != nil && n != root {
		if n.NextSibling != nil {
			return n.NextSibling
		}
		n = n.Parent
	}
	return nil
}

// copy returns a copy of a tree with U+FFFD for what is not valid UTF-8, of its
// beginning when the clock ends.
func (m *Memory) copy(root *html.Node) (top *html.Node) {
	top = m.copyNode(root)
	defer work.Catch(new(error))
	for n, c := root, top; ; {
		if n.FirstChild != nil {
			n = n.FirstChild
		} else {
			for n != root && n.NextSibling == nil {
				n, c = n.Parent, c.Parent
			}
			if n == root {
				return top
			}
			n, c = n.NextSibling, c.Parent
		}
		m.Clock.Spend(nodeUnits*(1+len(n.Attr)) + len(n.Data))
		k := m.copyNode(n)
		appendTo(c, k)
		c = k
	}
}

func (m *Memory) copyNode(n *html.Node) *html.Node {
	c := m.tree.node()
	c.Type, c.DataAtom, c.Data, c.Namespace = n.Type, n.DataAtom, validString(n.Data), n.Namespace
	for _, a := range n.Attr {
		c.Attr = append(c.Attr, html.Attribute{Namespace: a.Namespace, Key: validString(a.Key), Val: validString(a.Val)})
	}
	return c
}

func validString(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// scripts returns the bodies of the scripts in a tree that hold data.
func (m *Memory) scripts(root *html.Node) (jsonld, data []string) {
	defer work.Catch(new(error))
	for n := root; n != nil; n = following(n, root) {
		m.Clock.Spend(nodeUnits)
		if n.Type == html.ElementNode && n.Namespace == "" {
			m.styles(n)
		}
		body := n.FirstChild
		if n.Data != "script" || n.Type != html.ElementNode || n.Namespace != "" || body == nil || body.Data == "" {
			continue
		}
		for _, a := range n.Attr {
			switch typ := bytesOf(a.Val); {
			case a.Key != "type":
			case holdsJSONLD(typ):
				jsonld = append(jsonld, body.Data)
			case holdsJSON(typ):
				data = append(data, body.Data)
			}
		}
	}
	return jsonld, data
}
