package structure

import (
	"context"
	"html"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean"
)

// tooMuch is what a fuzzed input is passed over for: goldmark takes more than linear
// time for some nesting.
const tooMuch = 1 << 10 // bytes

// clean2 cleans an input, nil where it is none.
func clean2(in clean.Input) *clean.Result {
	in.URL = base
	res, err := cleaner.Clean(context.Background(), in)
	if err != nil {
		return nil
	}
	return res
}

// FuzzHTML: what must hold of results holds of those of any page or fragment.
func FuzzHTML(f *testing.F) {
	for _, page := range attacks {
		f.Add(page)
	}
	for _, page := range []string{
		"<ul><li>a<ul><li>b</ul><li><p>c<p>d</ul>", "<ol start=7><li><ol><li>a</ol><li>b</ol><ol><li>c</ol>",
		"<table><tr><th>a<th>b<tr><td colspan=2>c<tr><td><p>d<p>e<td>f</table>", "<blockquote><blockquote>a</blockquote>b</blockquote>",
		"<dl><dt>a<dd>b<dd><ul><li>c</ul></dl>", "<ul><li>a</ul><dl><dd>b</dl>", "<pre>a\n\n\n  b\n```\n</pre>", "<details><summary>a</summary><p>b</details>",
		"<p>a<b>b<i>c</i></b><i>d</i>e<br>f<code>`g``</code>", "<h2>a <b>b</b> #</h2><h3><a href=#x>c</a></h3>",
		"<p>1. a<br>- b<br># c<br>> d<br>+ e<br>=== <br>---</p>", "<div>a<li>b<td>c</div>", "<p>a<sup><a href=#n1>1</a></sup><p id=n1>1. b <a href=#r>↩</a>",
		"<ruby>a<rp>(<rt>b<rp>)</ruby><q>c</q>", "<p>a_b_c *d* **e** ~f~ [g](h) <mark>i</mark> $j$ $k$ | &amp;lt; http://l.example m@n.example",
		"<div class='admonition tip'><p>a</div><figure><img src=a.png><figcaption>b</figcaption></figure>",
		"<span class=katex><math><semantics><mi>x</mi><annotation encoding='application/x-tex'>x|y</annotation></semantics></math></span>",
	} {
		f.Add(page)
	}
	f.Fuzz(func(t *testing.T, page string) {
		if len(page) > tooMuch {
			return
		}
		for _, in := range []clean.Input{
			{Body: strings.NewReader(page), Format: clean.FromHTML},
			{Body: strings.NewReader(page), Format: clean.FromHTML, Fragment: true},
		} {
			if res := clean2(in); res != nil {
				check(t, page, res)
			}
		}
	})
}

// FuzzInline: texts of any characters, marked in any way beside each other, are in
// Markdown what they are in HTML.
func FuzzInline(f *testing.F) {
	f.Add("a", "b", "c", uint32(0))
	f.Add("これは", "「重要」", "です。", uint32(1))
	f.Add("*", "_", "~", uint32(0x1234))
	f.Add("![", "](x)", "<b>", uint32(0x777))
	f.Add("1. ", "- [ ] ", "```", uint32(0x8421))
	f.Add("a http://b.example", "www.c.example", "d@e.example", uint32(0x2222))
	f.Add("&amp;", "\\", "\\*", uint32(0xFFFF))
	f.Add("[^1]", "[^1]: x", "$x$ $y$", uint32(0x4444))
	f.Fuzz(func(t *testing.T, a, b, c string, shape uint32) {
		if len(a)+len(b)+len(c) > tooMuch/4 {
			return
		}
		page := inlinePage([]string{a, b, c}, shape)
		if res := clean2(clean.Input{Body: strings.NewReader(page), Format: clean.FromHTML, Fragment: true}); res != nil {
			check(t, page, res)
		}
	})
}

// inlinePage marks three texts, and puts them into one of some blocks.
func inlinePage(texts []string, shape uint32) string {
	tags := []string{"", "b", "i", "code", "a", "del", "sub", "b", "i", "q", "mark", "kbd", "", "sup", "s", ""}
	var sb strings.Builder
	var open []string
	for _, text := range texts {
		tag := tags[shape&15]
		if shape >>= 4; shape&1 != 0 && len(open) > 0 {
			sb.WriteString("</" + open[len(open)-1] + ">")
			open = open[:len(open)-1]
		}
		if shape>>1&1 != 0 {
			sb.WriteByte(' ')
		}
		shape >>= 2
		if tag != "" {
			open = append(open, tag)
			sb.WriteString("<" + tag)
			if tag == "a" {
				sb.WriteString(` href="/x_(y)*z?a=1&amp;b=2"`)
			}
			sb.WriteString(">")
		}
		sb.WriteString(html.EscapeString(text))
	}
	for len(open) > 0 {
		sb.WriteString("</" + open[len(open)-1] + ">")
		open = open[:len(open)-1]
	}
	blocks := []string{"<p>%</p>", "<h2>%</h2>", "<ul><li>%<li>x</ul>", "<table><tr><th>a<th>%<tr><td>%<td>b</table>", "<blockquote>%</blockquote>",
		"<p>x<br>%<br>y</p>", "<ol><li><p>%</p><p>%</p></ol>", "<dl><dt>%<dd>%</dl>"}
	return strings.ReplaceAll(blocks[shape%uint32(len(blocks))], "%", sb.String())
}

// FuzzText: the same of flattened text.
func FuzzText(f *testing.F) {
	f.Add("A ferry left at noon.\n\n# Not a heading\n- no list\n1. none\n    no code\n> none\n")
	f.Add("a | b\n--- | ---\nc | d\n")
	f.Add("$$\\\\$$0 \\(a\\\\\\) b")
	f.Add("Setext\n===\n\n[x]: y\n[^1]: z\n<div>\n&amp; *a* _b_ `c`\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > tooMuch {
			return
		}
		if res := clean2(clean.Input{Body: strings.NewReader(text), Format: clean.FromText}); res != nil {
			check(t, text, res)
		}
	})
}

// FuzzAgain: HTML output cleaned again, as a fragment, is what it was.
func FuzzAgain(f *testing.F) {
	for i, p := range Pages(1) {
		f.Add(p.HTML[:min(len(p.HTML), 3000)], uint8(i))
	}
	f.Add("<ul><li>a<ul><li>b</ul><li><p>c<p>d</ul>", uint8(1))
	f.Fuzz(func(t *testing.T, page string, _ uint8) {
		if len(page) > 4*tooMuch {
			return
		}
		res := clean2(clean.Input{Body: strings.NewReader(page), Format: clean.FromHTML, Fragment: true})
		if res == nil || res.Text == "" {
			return
		}
		one := res.HTML()
		if strings.Contains(one, "<math") && !strings.Contains(strings.ToLower(page), "<math") {
			return // what is no word of the text but the source of a formula is one the next time, and may be residue
		}
		again := clean2(clean.Input{Body: strings.NewReader(one), Format: clean.FromHTML, Fragment: true})
		if again == nil {
			t.Fatalf("HTML output is no page: %q", one)
		}
		if two := again.HTML(); two != one {
			t.Errorf("%q: HTML\n%s\ncleaned again is\n%s", page, one, two)
		}
	})
}
