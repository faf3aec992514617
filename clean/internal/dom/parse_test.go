package dom

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
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

// All builders must give the tree of the standard.
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
		{"<template><td>a</td></template>b", `html(head(template(td("a"))) body("b"))`},
	}
	for _, tt := range tests {
		root, err := html.ParseWithOptions(newGuard([]byte(tt.in)), html.ParseOptionEnableScripting(false))
		if err != nil {
			t.Fatal(err)
		}
		if got := outline(root); got != tt.want {
			t.Errorf("%q: html.Parse gives\n%s, want\n%s", tt.in, got, tt.want)
		}
		compare(t, []byte(tt.in))
		if got := outline(deep([]byte(tt.in))); strings.ReplaceAll(got, `" "`, "") != tt.want {
			t.Errorf("%q: parseDeep gives\n%s, want\n%s", tt.in, got, tt.want)
		}
	}
}

func newGuard(page []byte) *guard {
	return &guard{parted: parted{p: Page{HTML: page}}}
}

func deep(page []byte) *html.Node {
	return parseDeep(nil, Page{HTML: page})
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
	const n = 3 * maxDepth
	for i := range n {
		fmt.Fprintf(&in, "<div class=c%d>a%d<p>p%d</p>", i, i, i)
		fmt.Fprintf(&want, "a%dp%d", i, i)
	}
	for i := range n {
		fmt.Fprintf(&in, "b%d<br>c%d</div>", i, i)
		fmt.Fprintf(&want, "b%dc%d", i, i)
	}
	root, err := Parse([]byte(in.String() + "<p>end"))
	if err != nil {
		t.Fatal(err)
	}
	if got := textOf(root); got != want.String()+"end" {
		t.Errorf("text lost or moved: %.200s ... %s", got, got[len(got)-50:])
	}
	if d := depth(root); d > maxDepth+4 {
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

// Markup that html.Parse must not get to the end of.
func TestGuard(t *testing.T) {
	if testing.Short() {
		t.Skip("not with -short: pages of 40,000 elements that are hard on the parser")
	}
	for _, h := range hostile {
		page := []byte(h.make(3000))
		root, err := Parse(page)
		if err != nil {
			t.Fatalf("%s: %v", h.name, err)
		}
		if d := depth(root); d > 3*maxDepth {
			t.Errorf("%s: depth %d", h.name, d)
		}
		nodes := 0
		for range root.Descendants() {
			nodes++
		}
		if limit := maxBlind + 2*len(page); nodes > limit {
			t.Errorf("%s: %d nodes of %d bytes", h.name, nodes, len(page))
		}
	}
	for _, h := range hostile {
		p := Cut(nil, nil, []byte(h.make(3000)), Cutting{})
		root := p.Parse(nil)
		nodes, tags := 0, bytes.Count(p.HTML, []byte("<"))
		for range root.Descendants() {
			nodes++
		}
		if limit := (maxCopies + 3) * (tags + baseTags); nodes > limit {
			t.Errorf("%s: %d nodes of %d tags", h.name, nodes, tags)
		}
	}
	costly := map[string]bool{
		"copies of 400 fonts": true, "copies of 36 formats": true, "copies, decoy in comment": true,
		"copies, decoy in attribute": true, "copies, decoy in object": true,
		"html attributes": true, "one tag of attributes": true, "end tags deep down": true,
	}
	for _, h := range hostile {
		if !costly[h.name] {
			continue
		}
		g := newGuard([]byte(h.make(40_000)))
		buf, err := make([]byte, 4096), error(nil)
		for err == nil {
			if len(buf) < longToken && h.name == "one tag of attributes" {
				buf = make([]byte, 2*len(buf)) // as the tokenizer would
			}
			_, err = g.Read(buf)
		}
		if err == io.EOF {
			t.Errorf("%s: passed", h.name)
		}
	}
	g := newGuard(ordinaryPage())
	if _, err := io.ReadAll(g); err != nil {
		t.Errorf("ordinary page: %v", err)
	}
}

func TestTrimAttrs(t *testing.T) {
	many := func(n int) string {
		var sb strings.Builder
		for i := range n {
			fmt.Fprintf(&sb, " a%d=\"<x> %d\"", i, i)
		}
		return sb.String()
	}
	for _, ok := range []string{
		"", "<", "<p", "<p>", "a < b", "<a" + many(maxAttrs) + ">x", "<!-- <a" + many(2*maxAttrs) + "> -->",
		"<script>x<a" + many(2*maxAttrs) + "></script>y",
	} {
		if got := string(trimAttrs(nil, []byte(ok))); got != ok || tooManyAttrs(nil, []byte(ok)) {
			t.Errorf("%.40q changed to %.40q", ok, got)
		}
	}
	in := "<p>a<b" + many(maxAttrs+5) + "/>c<i" + many(3000) + ">d"
	if !tooManyAttrs(nil, []byte(in)) {
		t.Error("not noticed")
	}
	root := deep([]byte(in))
	if textOf(root) != "acd" {
		t.Errorf("text %q", textOf(root))
	}
	for n := range root.Descendants() {
		if len(n.Attr) > maxAttrs {
			t.Errorf("%s has %d attributes", n.Data, len(n.Attr))
		}
	}
}

func TestReadability(t *testing.T) {
	page := "<html><head><title>T</title></head><body><nav><a href=/>Home</a></nav><article>" +
		strings.Repeat("<p>The council met on Monday, and it talked for hours about the new bridge, its cost and the noise. <a href=/x>More</a></p>", 20) +
		"</article></body></html>"
	root, err := Parse([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	before := outline(root)
	base, err := url.Parse("https://example.com/a/")
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range []*url.URL{nil, base} {
		node, err := Readability(root, u)
		if err != nil || node == nil {
			t.Fatalf("%v, %v", node, err)
		}
		if got := textOf(node); !strings.Contains(got, "Thecouncilmet") || strings.Contains(got, "Home") {
			t.Errorf("article %.100q", got)
		}
	}
	if outline(root) != before || base.String() != "https://example.com/a/" {
		t.Error("input changed")
	}
	empty, err := Parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	if node, err := Readability(empty, nil); node != nil || err != nil {
		t.Errorf("of an empty page: %v, %v", node, err)
	}
	if _, err := Readability(nil, nil); err == nil {
		t.Error("no error for a nil tree")
	}
}

func FuzzParse(f *testing.F) {
	for _, h := range hostile {
		f.Add([]byte(h.make(20)))
	}
	f.Add([]byte("<svg><title/><desc><p></svg></p><math><mi><table></math>"))
	f.Add([]byte("<table><p>a<template><tr></template></table></head><body x=1>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s := strings.ToValidUTF8(string(b), "\ufffd")
		root, err := Parse([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		if d := depth(root); d > 3*maxDepth {
			t.Fatalf("depth %d", d)
		}
		deep := deep([]byte(s))
		if d := depth(deep); d > maxDepth+4 {
			t.Fatalf("deep: depth %d", d)
		}
		for n := range deep.Descendants() {
			if n.Parent == nil || n.NextSibling != nil && n.NextSibling.PrevSibling != n {
				t.Fatal("tree is not linked")
			}
		}
		// Without raw text, foreign content and frames, whose text depends on
		// where they stand, all that the tokenizer sees is in the tree.
		z := html.NewTokenizer(strings.NewReader(s))
		var want strings.Builder
		for z.Next() != html.ErrorToken {
			switch t := z.Token(); {
			case t.Type == html.TextToken:
				want.WriteString(t.Data)
			case t.DataAtom == atom.Svg, t.DataAtom == atom.Math, t.DataAtom == atom.Noscript:
				return
			}
		}
		if got := textOf(deep); got != squeeze(want.String()) {
			t.Fatalf("text %q\nwant %q", got, squeeze(want.String()))
		}
	})
}
