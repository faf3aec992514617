package dom

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// hostile holds markup that grows with n and is hard on parsers.
var hostile = []struct {
	name string
	make func(n int) string
}{
	{"nested div", func(n int) string { return strings.Repeat("<div>x", n) }},
	{"nested and closed", func(n int) string {
		return strings.Repeat("<div>x", n) + strings.Repeat("y</div>", n)
	}},
	{"nested span", func(n int) string { return strings.Repeat("<span>x", n) }},
	{"nested unknown", func(n int) string { return strings.Repeat("<x-y>x", n) }},
	{"open b", func(n int) string { return strings.Repeat("<p><b>x", n) }},
	{"open font, all different", func(n int) string {
		var sb strings.Builder
		for i := range n {
			fmt.Fprintf(&sb, "<p><font size=%d>x</p>", i)
		}
		return sb.String()
	}},
	{"copies of 400 fonts", func(n int) string { return "<p>" + fonts(400) + strings.Repeat("<p>x", n) }},
	{"copies of 36 formats", func(n int) string {
		return "<p>" + strings.Repeat("<b><i><u><s><tt><em><big><code><small><strong><strike><font>", 3) +
			strings.Repeat("<p>x", n)
	}},
	// End tags that are none, so that the open elements are hard to count.
	{"copies, decoy in comment", func(n int) string {
		return "<p>" + fonts(250) + "<!--" + strings.Repeat("</font>", 250) + "-->" + strings.Repeat("<p>x", n)
	}},
	{"copies, decoy in attribute", func(n int) string {
		return "<p>" + fonts(250) + "<p a='" + strings.Repeat("</font>", 250) + "'>" + strings.Repeat("<p>x", n)
	}},
	{"copies, decoy in object", func(n int) string {
		return "<p>" + fonts(250) + "<object>" + strings.Repeat("</font>", 250) + "</object>" + strings.Repeat("<p>x", n)
	}},
	{"copies into spans", func(n int) string {
		return strings.Repeat("<div>"+strings.Repeat("<span>", 200)+"<p>"+fonts(100)+"</p>"+
			strings.Repeat("x</span>", 200)+strings.Repeat("</font>", 100)+"</div>", n/400+1)
	}},
	{"a and p", func(n int) string { return strings.Repeat("<a><p>x", n) }},
	{"misnested b i", func(n int) string { return strings.Repeat("<b><i>x</b>y</i>", n) }},
	{"misnested b p", func(n int) string { return strings.Repeat("<b><p>x</b>", n) }},
	{"end tags deep down", func(n int) string {
		return strings.Repeat("<div>", 500) + strings.Repeat("</p></span></x>x", n)
	}},
	{"nested tables", func(n int) string { return strings.Repeat("<table><tr><td>x", n) }},
	{"tables in tables", func(n int) string { return strings.Repeat("<table>x", n) }},
	{"nested lists", func(n int) string { return strings.Repeat("<ul><li>x", n) }},
	{"spans in items", func(n int) string {
		return strings.Repeat("<span>", n) + strings.Repeat("<li>x</li></p>", n)
	}},
	{"nested svg", func(n int) string { return strings.Repeat("<svg><g>x", n) }},
	{"p out of svg", func(n int) string { return strings.Repeat("<svg><p>x", n) }},
	{"nested forms, buttons", func(n int) string { return strings.Repeat("<form><button>x", n) }},
	{"nested select", func(n int) string { return strings.Repeat("<select><option>x", n) }},
	{"nested template", func(n int) string { return strings.Repeat("<template>x", n) }},
	{"nested object", func(n int) string { return strings.Repeat("<object><b>x", n) }},
	{"siblings", func(n int) string { return strings.Repeat("<p>x</p>", n) }},
	{"html attributes", func(n int) string {
		var sb strings.Builder
		for i := range n {
			fmt.Fprintf(&sb, "<html a%d=1>", i)
		}
		return sb.String()
	}},
	{"one tag of attributes", func(n int) string {
		var sb strings.Builder
		sb.WriteString("<div")
		for i := range n {
			fmt.Fprintf(&sb, " a%d=1", i)
		}
		return sb.String() + ">" + strings.Repeat("<i a=1>x</i>", n)
	}},
	{"text in table", func(n int) string { return "<table>" + strings.Repeat("x<tr>y", n) }},
	{"open comments", func(n int) string { return strings.Repeat("<!-- x", n) }},
	{"open scripts", func(n int) string { return strings.Repeat("<script>x", n) }},
	{"less-than signs", func(n int) string { return strings.Repeat("<", n) }},
	{"open quotes", func(n int) string { return strings.Repeat("<a b=\"", n) }},
	{"entities", func(n int) string { return strings.Repeat("&amp;&#x", n) }},
	{"NUL bytes", func(n int) string { return strings.Repeat("\x00x", n) }},
	{"framesets", func(n int) string { return strings.Repeat("<frameset>x", n) }},
	{"headings", func(n int) string { return strings.Repeat("<h1>x<h2>", n) }},
	{"a among fonts", func(n int) string { return "<p>" + fonts(400) + strings.Repeat("<a>x</a>", n) }},
	{"ends among fonts", func(n int) string { return "<p>" + fonts(400) + strings.Repeat("</b>", n) }},
	{"b among fonts", func(n int) string { return "<p>" + fonts(400) + strings.Repeat("<b></b>", n) }},
	{"ends in svg", func(n int) string { return "<svg>" + strings.Repeat("<g>", n) + strings.Repeat("</x>", n) }},
	{"unknown ends", func(n int) string { return strings.Repeat("<x-y>", n) + strings.Repeat("</z>", n) }},
	{"ends and items deep down", func(n int) string {
		return strings.Repeat("<span>", n) + strings.Repeat("</li></dd></h1><dd>x", n)
	}},
	{"tables deep down", func(n int) string {
		return "<svg><td><desc>" + strings.Repeat("<div>", n) + strings.Repeat("<table></table>", n)
	}},
	{"text in front of tables", func(n int) string { return "<table>" + strings.Repeat(" </q>x&amp;</q>", n) }},
	{"rows of templates", func(n int) string { return strings.Repeat("<template><tr>x", n) }},
	{"forms left open", func(n int) string { return strings.Repeat("<form><div></form>", n) }},
	{"nobr", func(n int) string { return strings.Repeat("<nobr>x<p>", n) }},
}

// fonts returns n start tags of which no two are equal.
func fonts(n int) string {
	var sb strings.Builder
	for i := range n {
		fmt.Fprintf(&sb, "<font size=%d>", i)
	}
	return sb.String()
}

// BenchmarkHostile shows how the cost of Build grows: the time for each n
// should be ten times that of the one before.
func BenchmarkHostile(b *testing.B) {
	for _, h := range hostile {
		for n := 100; n <= 1_000_000; n *= 10 {
			page := []byte(h.make(n))
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(h.name, " ", "_"), n), func(b *testing.B) {
				b.SetBytes(int64(len(page)))
				b.ReportAllocs()
				m := newMemory(b.Context())
				for b.Loop() {
					m.Build(page, all)
					m.Forget()
				}
			})
		}
	}
}

// ordinaryPage is a page of the usual kind: menus, 200 paragraphs with links,
// and scripts.
func ordinaryPage() []byte {
	var sb strings.Builder
	sb.WriteString("<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>News</title></head><body>")
	for i := range 80 {
		fmt.Fprintf(&sb, "<li class=\"menu-item item-%d\"><a href=\"/section/%d\">Section %d</a></li>\n", i, i, i)
	}
	for i := range 200 {
		fmt.Fprintf(&sb, "<div class=\"block block--%d\" data-id=\"%d\"><p>Paragraph %d has a <a href=\"/p/%d\">link</a>, "+
			"some <b>bold</b> words, caf\u00e9s and \u201cquotes\u201d that go on for a line or two.</p></div>\n", i%7, i, i, i)
	}
	sb.WriteString("<script>var data = " + strings.Repeat(`{"key": "value", "list": [1, 2, 3]},`, 1500) + "</script></body></html>")
	return []byte(sb.String())
}

func BenchmarkPage(b *testing.B) {
	page := ordinaryPage()
	run := func(name string, work func()) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			b.ReportAllocs()
			for b.Loop() {
				work()
			}
		})
	}
	m := newMemory(b.Context())
	run("html.Parse", func() { _, _ = html.Parse(bytes.NewReader(page)) })
	run("Build", func() {
		m.Build(page, all)
		m.Forget()
	})
}
