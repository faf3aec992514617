package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/markdown"
)

// Markdown returns the article as Markdown: CommonMark with GitHub's tables, task
// lists and strikethrough, footnotes ([^1]), formulas between dollar signs, callouts
// as quotations that begin with [!note], and HTML for what Markdown cannot say. It
// ends with one line end, or is empty without Options.Structure.
func (res *Result) Markdown() string {
	if res.tree == nil {
		return ""
	}
	return markdown.Write(res.tree, len(res.Text)*5/4)
}

// HTML returns the article as HTML to stand in a page of any kind: a few elements,
// whatever markup the page had, no scripts, no styles, no attributes but those that
// an element needs, addresses that lead to http, https and mailto only. Elements that
// are no part of a line end with a line end. It is empty without Options.Structure.
func (res *Result) HTML() string {
	if res.tree == nil {
		return ""
	}
	var sb strings.Builder
	sb.Grow(len(res.Text) * 5 / 4)
	for c := res.tree.FirstChild; c != nil; c = c.NextSibling {
		html.Render(&sb, c) // a strings.Builder takes all
		sb.WriteByte('\n')
	}
	return sb.String()
}

// Node returns the article as a tree, an article element around the elements that
// HTML returns, for programs that go on with it. It is a copy that the caller may
// change, nil without Options.Structure.
func (res *Result) Node() *html.Node {
	if res.tree == nil {
		return nil
	}
	return cloned(res.tree)
}

// cloned copies a tree. It does not recurse: a tree may be deep.
func cloned(root *html.Node) *html.Node {
	copied := func(n *html.Node) *html.Node {
		return &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace, Attr: append([]html.Attribute(nil), n.Attr...)}
	}
	top := copied(root)
	for n, to := root, top; ; {
		if n.FirstChild != nil {
			n = n.FirstChild
			c := copied(n)
			to.AppendChild(c)
			to = c
			continue
		}
		for n != root && n.NextSibling == nil {
			n, to = n.Parent, to.Parent
		}
		if n == root {
			return top
		}
		n = n.NextSibling
		c := copied(n)
		to.Parent.AppendChild(c)
		to = c
	}
}

// addTitleNode puts a title in front of a tree.
func addTitleNode(tree *html.Node, title string) {
	h := &html.Node{Type: html.ElementNode, DataAtom: atom.H1, Data: "h1"}
	h.AppendChild(&html.Node{Type: html.TextNode, Data: title})
	tree.InsertBefore(h, tree.FirstChild)
}
