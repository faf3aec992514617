package dom

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// outline prints a tree on one line: name(children), "text".
func outline(n *html.Node) string {
	var sb strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			fmt.Fprintf(&sb, "%q ", n.Data)
			return
		case html.CommentNode, html.DoctypeNode:
			return
		case html.ElementNode:
			sb.WriteString(n.Data)
			sb.WriteByte('(')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if n.Type == html.ElementNode {
			sb.WriteString(") ")
		}
	}
	walk(n)
	return strings.ReplaceAll(strings.TrimSpace(sb.String()), " )", ")")
}

// The tree is that of the standard.
func TestTree(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", `html(head() body())`},
		{"text", `html(head() body("text"))`},
		{"<!DOCTYPE html><html><head><title>a<b></title></head><body>x", `html(head(title("a<b>")) body("x"))`},
		{"<p>one<p>two", `html(head() body(p("one") p("two")))`},
		{"<p>one<div>two</div></p>", `html(head() body(p("one") div("two") p()))`},
		{"<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", `html(head() body(ul(li("a") li("b" ul(li("c"))) li("d"))))`},
		{"<ul><li><div>a<li>b", `html(head() body(ul(li(div("a")) li("b"))))`},
		{"<dl><dt>a<dd>b<p>c<dt>d</dl>e", `html(head() body(dl(dt("a") dd("b" p("c")) dt("d")) "e"))`},
		{"<table><tr><td>a<td>b<tr><th>c</table>d", `html(head() body(table(tbody(tr(td("a") td("b")) tr(th("c")))) "d"))`},
		{"<table><td>a<table><td>b</table>c<td>d", `html(head() body(table(tbody(tr(td("a" table(tbody(tr(td("b")))) "c") td("d"))))))`},
		{"<table><thead><tr><td>a<tbody><td>b", `html(head() body(table(thead(tr(td("a"))) tbody(tr(td("b"))))))`},
		{"<table><caption>a<tr><td>b", `html(head() body(table(caption("a") tbody(tr(td("b"))))))`},
		{"<!DOCTYPE html><p><table><td></p>a</table>b", `html(head() body(p() table(tbody(tr(td(p() "a")))) "b"))`},
		{"<p>a<table><td>b</table>c", `html(head() body(p("a" table(tbody(tr(td("b")))) "c")))`},
		{"<h1>a<h2>b</h1>c", `html(head() body(h1("a") h2("b") "c"))`},
		{"a<br>b</br>c<hr/>d", `html(head() body("a" br() "b" br() "c" hr() "d"))`},
		{"<select><option>a<option>b<optgroup><option>c</select>d", `html(head() body(select(option("a") option("b") optgroup(option("c"))) "d"))`},
		{"<a>one<a>two</a>", `html(head() body(a("one") a("two")))`},
		{"<svg><title>a</title><path/><g>b</g></svg>c", `html(head() body(svg(title("a") path() g("b")) "c"))`},
		{"<svg><title/><text>a</text></svg><p>b", `html(head() body(svg(title() text("a")) p("b")))`},
		{"<svg><g><p>out", `html(head() body(svg(g()) p("out")))`},
		{"<svg><desc><p>in</p></desc></svg>", `html(head() body(svg(desc(p("in")))))`},
		{"<math><mi>x</mi></math>y", `html(head() body(math(mi("x")) "y"))`},
		{"<svg><![CDATA[<p>]]></svg>", `html(head() body(svg("<p>")))`},
		{"<noscript><p>a</p></noscript>", `html(head(noscript()) body(p("a")))`},
		{"<body><noscript><p>a</p></noscript>", `html(head() body(noscript(p("a"))))`},
		{"<script>if (a<b) {}</script>x", `html(head(script("if (a<b) {}")) body("x"))`},
		{"<body><textarea>\n<p>a</textarea>b", `html(head() body(textarea("<p>a") "b"))`},
		{"<pre>\n\na</pre>", `html(head() body(pre("\na")))`},
		{"<div></span></p></div>a", `html(head() body(div(p()) "a"))`},
		{"a<image src=x>b", `html(head() body("a" img() "b"))`},
		{"a\x00b", `html(head() body("ab"))`},
		{"<body>a</body></html>b", `html(head() body("ab"))`},
		{"<button>a<button>b", `html(head() body(button("a") button("b")))`},
		{"<form>a<form>b</form>c", `html(head() body(form("ab") "c"))`},
		{"<template><tr><td>a</td></tr>b<p>c</template>d", `html(head(template(tr(td("a")) "b" p("c"))) body("d"))`},
		{"<template><col>a<p>b</template>c", `html(head(template(col())) body("c"))`},
		{"<frameset><frame>a<noframes>b</noframes></frameset>c", `html(head() frameset(frame() noframes("b")))`},
		{" <b><frameset>a", `html(head() frameset())`},
		{"<svg>a</svg><frameset>b", `html(head() body(svg("a") "b"))`},
		{"<svg> </svg><frameset>b", `html(head() frameset())`},
		{"<svg>a\x00</svg><title>\x00</title><table>\x00<td>\x00b", "html(head() body(svg(\"a\ufffd\") title(\"\ufffd\") table(tbody(tr(td(\"b\"))))))"},
		{"<plaintext>a</plaintext><p>b", `html(head() body(plaintext("a</plaintext><p>b")))`},
		{"<template><col><textarea><p>a</textarea></template>b", `html(head(template(col())) body("b"))`},
		{"<template><td>a</td></template>b", `html(head(template(td("a"))) body("b"))`},
	}
	for _, tt := range tests {
		if got := outline(whole([]byte(tt.in))); got != tt.want {
			t.Errorf("%q gives\n%s, want\n%s", tt.in, got, tt.want)
		}
		if !compare(t, []byte(tt.in)) {
			t.Errorf("%q: not compared with html.Parse", tt.in)
		}
	}
	shared.Forget()
}

func depth(n *html.Node) int {
	deepest := 0
	for d := 1; n != nil; {
		deepest = max(deepest, d)
		switch {
		case n.FirstChild != nil:
			n = n.FirstChild
			d++
			continue
		}
		for n != nil && n.NextSibling == nil {
			n = n.Parent
			d--
		}
		if n != nil {
			n = n.NextSibling
		}
	}
	return deepest
}

// textOf returns the text of a tree without white space.
func textOf(n *html.Node) string {
	var sb strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			sb.WriteString(c.Data)
		}
	}
	return squeeze(sb.String())
}

func squeeze(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\x00", "")), "")
}

func TestDeepKeepsOrder(t *testing.T) {
	var in, want strings.Builder
	const n = 3 * maxOpen
	for i := range n {
		fmt.Fprintf(&in, "<div class=c%d>a%d<p>p%d</p>", i, i, i)
		fmt.Fprintf(&want, "a%dp%d", i, i)
	}
	for i := range n {
		fmt.Fprintf(&in, "b%d<br>c%d</div>", i, i)
		fmt.Fprintf(&want, "b%dc%d", i, i)
	}
	root := whole([]byte(in.String() + "<p>end"))
	defer shared.Forget()
	if got := textOf(root); got != want.String()+"end" {
		t.Errorf("text lost or moved: %.200s ... %s", got, got[len(got)-50:])
	}
	if d := depth(root); d > maxOpen+4 {
		t.Errorf("depth %d", d)
	}
	last := root.LastChild.LastChild.LastChild
	if last.DataAtom != atom.P || textOf(last) != "end" {
		t.Errorf("what comes after the nest is not in the body but in %s", last.Data)
	}
	// Text behind the end of an element must not stick to the text in it.
	for c := range root.Descendants() {
		if c.Type == html.TextNode && strings.HasPrefix(c.Data, "b1535") {
			if prev := c.PrevSibling; prev != nil && prev.Type == html.TextNode {
				t.Errorf("%q glued to %q", c.Data, prev.Data)
			}
		}
	}
}

// Of an element with very many attributes, the first ones are in the tree.
func TestManyAttrs(t *testing.T) {
	many := func(from, n int) string {
		var sb strings.Builder
		for i := range n {
			fmt.Fprintf(&sb, " a%d=\"<x> %d\"", from+i, i)
		}
		return sb.String()
	}
	for _, n := range []int{1, manyAttrs - 1, manyAttrs, manyAttrs + 1, maxAttrs} {
		if page := "<p>a<b" + many(0, n) + many(0, 7) + "/>c"; !compare(t, []byte(page)) {
			t.Errorf("%d attributes: not compared", n)
		}
	}
	root := whole([]byte("<html" + many(0, 500) + "><p>a<b" + many(0, maxAttrs+5) + "/>c<i" + many(0, 3000) + ">d<html" + many(250, 500) + "><body" + many(0, 600) + ">"))
	defer shared.Forget()
	if textOf(root) != "acd" {
		t.Errorf("text %q", textOf(root))
	}
	for n := range root.Descendants() {
		if k := len(n.Attr); k != maxAttrs && strings.Contains("html body b i", n.Data) && n.Type == html.ElementNode {
			t.Errorf("%s has %d attributes", n.Data, k)
		}
	}
}
