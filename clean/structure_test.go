//go:build unix

package clean

import (
	"context"
	"net/url"
	"strings"
	"testing"
)

// TestMarkdown: what the makers of pages write in many ways comes out in one.
func TestMarkdown(t *testing.T) {
	base, _ := url.Parse("https://isle.example/sea/row.html")
	for _, test := range []struct{ name, page, want string }{
		{"lists", `<ol start=4><li>a<ul><li><input type=checkbox checked> b</ul><li><p>c<p>d</ol><ol><li>e</ol>`,
			"4. a\n\n   - [x] b\n\n5. c\n\n   d\n\n1) e\n"},
		{"first items left out", `<ol><li>READ MORE: Dock gates to be rebuilt after storm<li>a<li>b</ol><ol reversed><li>c<li>d</ol><ol><li value=7>e</ol>`, "2. a\n3. b\n\n1) c\n2) d\n\n7. e\n"},
		{"list without items", `<ul><ul><li>a</ul>b</ul>`, "- - a\n- b\n"},
		{"table", `<table><tr><th>a|b<th>c<tr><td>d<td><br><tr><td><td>e</table>`, "| a\\|b | c |\n| --- | --- |\n| d |  |\n|  | e |\n"},
		{"spans", `<table><tr><th>a<th>b<tr><td colspan=2>c d</table>`, `<table><tbody><tr><th>a</th><th>b</th></tr><tr><td colspan="2">c d</td></tr></tbody></table>` + "\n"},
		{"layout", `<table><tr><td><p>a</p><p>b</p></table>`, "a\n\nb\n"},
		{"code", `<div class="highlight"><pre><code class="language-go"><span class="line"><span class="ln">1</span><span>a {</span>
</span><span class="line"><span class="ln">2</span>
</span><span class="line"><span class="ln">3</span><span>}</span></span></code></pre><button>Copy</button></div>`, "```go\na {\n\n}\n```\n"},
		{"quotation", `<blockquote cite=/x><p>a<blockquote>b</blockquote></blockquote>`, "> a\n>\n> > b\n"},
		{"callout", `<div class="admonition warning"><p>a</div>`, "> [!warning]\n> a\n"},
		{"terms", `<dl><dt>a<dd>b</dl>`, "a\n: b\n"},
		{"emphasis", `<p>a<b> b </b><i>c</i>d<b>「e」</b>f <s>g</s> H<sub>2</sub>O <q>i</q>`, "a **b** *c*d<strong>「e」</strong>f ~~g~~ H<sub>2</sub>O <q>i</q>\n"},
		{"links", `<p><a href="/a (b)">c</a> <a href="javascript:d()">e</a> <a href="mailto:f@isle.example">g</a>`,
			"[c](https://isle.example/a%20%28b%29) e [g](mailto:f@isle.example)\n"},
		{"addresses", `<p><a href="HTTP://Isle.EXAMPLE/A?b">a</a> <a href="http:b">b</a> <a href="https:///c">c</a> <a href="mailto:d @isle.example">d</a>`,
			"[a](http://isle.example/A?b) b c [d](mailto:d%20@isle.example)\n"},
		{"addresses badly written", `<p><a href="https://isle.example/a%zz b%20c">a</a> <a href="http://%&quot;">b</a> <a href="/d
e">c</a>`, "[a](https://isle.example/a%25zz%20b%20c) b [c](https://isle.example/de)\n"},
		{"permalink", `<h1>a</h1><h3 id=b>b <a href=#b>c</a></h3><p>d`, "## a\n\n### b c\n\nd\n"},
		{"images", `<p>a</p><img src="data:image/gif;base64,AA" data-src="/b.jpg" alt="c"><noscript><img src=/d.jpg></noscript><p>e</p><img src=/f.png width=1><p>g`,
			"a\n\n![c](https://isle.example/d.jpg)\n\ne\n\ng\n"},
		{"pictures as cells", `<table><tr><th>a<th>b<th>c<tr><td>d<td> <span><img src=/e.png width="20px"></span><td>f <img src=/g.png width=20><tr><td>h<td><img src=/i.png width=1><td><img src=/e.png height=20></table>`,
			"| a | b | c |\n| --- | --- | --- |\n| d | ![](https://isle.example/e.png) | f |\n| h |  | ![](https://isle.example/e.png) |\n"},
		{"embed", `<p>a</p><iframe src="https://www.youtube-nocookie.com/embed/b_c?rel=0"></iframe><p>d</p><iframe src="https://ads.example/"></iframe><p>e`,
			"a\n\n<https://www.youtube.com/watch?v=b_c>\n\nd\n\ne\n"},
		{"footnotes", `<p>a<sup id=r1><a href=#n1>[7]</a></sup> b</p><p>c</p><ol><li id=n1>d <a href=#r1>↩</a></ol>`, "a[^1] b\n\nc\n\n[^1]: d\n"},
		{"notes without a mark", `<p>a<sup><a href=#n2>[2]</a></sup> b<a href=#cite_note-c>[n 1]</a></p><p>READ MORE: Dock gates to be rebuilt after storm<sup><a href=#n3>[3]</a> <a href=#n4>[4]</a></sup></p><ol><li id=n1>c<li id=n2>d<li id=n3>e<li id=n4>g</ol><ol><li id=cite_note-c>f</ol>`,
			"a[^1] b[^2]\n\n1. c\n\n3) e\n4) g\n\n[^1]: d\n\n[^2]: f\n"},
		{"a mark in a table of HTML", `<table><tr><th>a<th>b<tr><td colspan=2>c<sup><a href=#n1>1</a></sup></table><p>d<sup><a href=#n2>2</a></sup></p><ol><li id=n1>e<li id=n2>f</ol>`,
			"<table><tbody><tr><th>a</th><th>b</th></tr><tr><td colspan=\"2\">c<sup id=\"fnref:1\"><a class=\"footnote-ref\" href=\"#fn:1\">1</a></sup></td></tr></tbody></table>\n\nd[^2]\n\n<section class=\"footnotes\"><ol start=\"1\"><li id=\"fn:1\">e</li></ol></section>\n\n[^2]: f\n"},
		{"a mark in a note", `<p>a<sup><a href=#n1>[1]</a></sup></p><ol><li id=n1>b <sup><a href=#n2>[2]</a></sup> c<li id=n2>d</ol>`, "a[^1]\n\n[^1]: b [^2] c\n\n[^2]: d\n"},
		{"footnote without text", `<p>a<sup><a href=#n1>7</a></sup> b</p>`, "a<sup>[7](https://isle.example/sea/row.html#n1)</sup> b\n"},
		{"formulas", `<p>a <math><semantics><mi>x</mi><annotation encoding="application/x-tex">x_1</annotation></semantics></math> b \(y^2\) <img class=latex alt="z" src=z.png>`,
			"a $x_1$ b $y^2$ $z$\n"},
		{"formulas between signs", `<p>a \( b \(x\) c \[y\] d $$z$$ e \(f`, "a \\\\( b $x$ c $$y$$ d $$z$$ e \\\\(f\n"},
		{"formulas that are no markup", `<p>a \(b&lt;c\) \(\sqrt[3](d)\) <math alttext="\text{\$5 if $e$ }\"></math>`,
			`a $b< c$ $\sqrt[3] (d)$ $\text{\$5 if e }$` + "\n"},
		{"formula with a comment", `<p>a <math><mi>b</mi><annotation encoding="application/x-tex"><!-- c --></annotation></math> <math><annotation encoding="application/x-tex"><!-- c -->d</annotation></math>`,
			"a $b$ $d$\n"},
		{"formulas on lines of their own", `<p>\[a+b\]</p><p>\[- c\]</p><p>\[&gt; d\]</p>`, "$$\na+b\n$$\n\n$$- c$$\n\n$$> d$$\n"},
		{"dollars beside formulas", `<p>a $5 \(b\)<p>a $5<p><a href="/$b">c</a> <a href="/d$">e</a>`,
			"a \\$5 $b$\n\na $5\n\n[c](https://isle.example/\\$b) [e](https://isle.example/d\\$)\n"},
		{"dollars in code beside code", `<p><code>a</code><code>$b$</code>`, "`a`<code>\\$b\\$</code>\n"},
		{"dollars in cells", `<table><tr><th>a<th>b<tr><td>$4<td>$5<tr><td>$6<td>c</table>`, "| a | b |\n| --- | --- |\n| \\$4 | \\$5 |\n| $6 | c |\n"},
		{"raised once more", `<p>a<sup>b<sup>c<sup>d<sup>e<sup>f`, "a<sup>b<sup>c<sup>d<sup>ef</sup></sup></sup></sup>\n"},
		{"a formula in code", `<pre>a <math alttext="b"></math>c</pre>`, "```\na c\n```\n"},
		{"an address of mail in code", "<p>a<code>b@c.example</code> <code>d@e.example</code>", "a<code>b\\@c.example</code> `d@e.example`\n"},
		{"a footnote of a link to itself", `<p>a<sup><a href=#n>1</a></sup><p id=n><a href=#n>b</a> c`, "a[^1]\n\n[^1]: [b](https://isle.example/sea/row.html#n) c\n"},
		{"a note in its own mark", `<p>a<sup><a href=#n>1<p id=n>2`, "a<sup>[1](https://isle.example/sea/row.html#n)</sup>\n\n[2](https://isle.example/sea/row.html#n)\n"},
		{"formulas as pictures", `<p>a <img src="https://latex.codecogs.com/png.image?b%5E2">. <img src="/chart?cht=tx&chl=c%2Bd"> e <img src="/formula/%5Csqrt%7Bf%7D">`,
			"a $b^2$. $c+d$ e $\\sqrt{f}$\n"},
		{"pictures before signs", `<p>a <span><img src=/b.png></span>, c <i><img src=/d.png> </i>e <img src=/f.png><script type="math/tex">g</script>.`,
			"a ![](https://isle.example/b.png), c _![](https://isle.example/d.png)_ e ![](https://isle.example/f.png)$g$.\n"},
		{"backticks", "<p><code>a ` b `` c ```` d</code>", "```a ` b `` c ```` d```\n"},
		{"lists beside each other", `<ul><li>a</ul><ul><li>b</ul><ul><li>c</ul><ol><li>d</ol><ol><li>e</ol>`, "- a\n\n* b\n\n- c\n\n1. d\n\n1) e\n"},
		{"descriptions of no term", `<ul><li>a</ul><dl><dd>b</dl>`, "- a\n\nb\n"},
		{"code between blocks", "<div><p>a</p><code class=\"lean block\">\n  b\n</code><p>c</div><div><code>d\n  e</code></div><div>f <code>g\nh</code></div><div><code>i</code></div>",
			"a\n\n```lean\n  b\n```\n\nc\n\n```\nd\n  e\n```\n\nf `g h`\n\n`i`\n"},
		{"preview", `<p>a<figure><div><img src="/max/60/boats-at-sea.png"></div><div><img src="/max/900/boats-at-sea.png"></div></figure><p>b`,
			"a\n\n![](https://isle.example/max/900/boats-at-sea.png)\n\nb\n"},
		{"images that wait", `<p>a<div style="height:0;padding-bottom:60%"><img src=/b.png></div><img src=/c.png style="opacity: 0"><div style="display:none"><img src=/d.png></div><img data-src='{"a":"/e.png"}' src=/x.gif><p>f`,
			"a\n\n![](https://isle.example/b.png)![](https://isle.example/c.png)\n\nf\n"},
		{"images of others", `<p>a</p><img src=https://ads.b.example/c.png><img src=/img/share-twitter_32.png><img src=/avatar/d.png><img src=/boats-on-twitter.png>`,
			"a\n\n![](https://isle.example/boats-on-twitter.png)\n"},
		{"details", `<details><summary>a</summary><p>b</details>`, "<details>\n<summary>a</summary>\n\nb\n\n</details>\n"},
		{"ruby", `<p><ruby>漢<rp>(<rt>kan<rp>)</ruby>`, "漢\n"},
		{"signs", `<p># a<br>1. b<br>*c* _d_ e_f [g](h) &amp;lt; &lt;i> http://j.example k@l.example`,
			"\\# a\\\n1\\. b\\\n\\*c\\* \\_d\\_ e_f \\[g\\](h) \\&lt; \\<i> http\\://j.example k\\@l.example\n"},
	} {
		c, err := New(Options{Structure: true})
		if err != nil {
			t.Fatal(err)
		}
		res, err := c.Clean(context.Background(), Input{Body: strings.NewReader(test.page), URL: base, Format: FromHTML, Fragment: true})
		if err != nil {
			t.Fatal(err)
		}
		if got := res.Markdown(); got != test.want {
			t.Errorf("%s: Markdown is\n%s\nnot\n%s\nHTML\n%s", test.name, got, test.want, res.HTML())
		}
	}
}

// TestImagesOfArticle: pictures belong to the article where they stand in its text,
// whatever is left out beside them, and are left out with what they belong to.
func TestImagesOfArticle(t *testing.T) {
	const text = `<p>The harbour board met on Tuesday evening and agreed to repair the northern quay before the winter, with money that the council had set aside for a second crane.</p>`
	const more = `<p>Work begins in the first week of October and will close the slipway to visitors for a month, the harbour master said, while the ferry goes from the old pier instead.</p>`
	c, err := New(Options{Structure: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, page string
		want       bool
	}{
		{"caption in a box", `<div class=thumb><div><a href=/file><img src=/quay-in-spring.png></a><div>The quay</div></div></div>` + more, true},
		{"before a notice", `<p><img src=/quay-in-spring.png></p><div class=related><h3>See also</h3><ul><li><a href=/a>Quays of the past</a></ul></div>`, true},
		{"of its own metadata", `<h1>The quay</h1><div class=meta><span>By A. Reed</span> <span>13</span></div><div class=hero><img src=/900/quay-in-spring.png></div>` + text + more, true},
		{"after a label", `<div><span>Gallery</span><figure><img src=/quay-in-spring.png></figure></div>` + more, true},
		{"beside a mark", `<p><img src=/quay-in-spring.png><sup>[3]</sup></p>` + more, true},
		{"of an advertisement", `<div><span>Advertisement</span><figure><img src=/quays-of-old.png></figure></div>` + more, false},
		{"of a teaser", `<div class=related><h3><a href=/a>Quays of the past</a></h3><img src=/quays-of-old.png><p><a href=/a>Read more</a></div>`, false},
		{"of the author", `<div class=author-bio><img src=/quays-of-old.png><p>A. Reed writes about harbours.</div>`, false},
	} {
		page := `<html><head><title>The quay</title><meta property="og:image" content="/300/quay-in-spring.png"></head><body><article>` + text + test.page + `</article></body></html>`
		if strings.HasPrefix(test.page, "<h1>") {
			page = strings.Replace(page, "<article>"+text, "<article>", 1)
		}
		u, _ := url.Parse("https://isle.example/sea/row.html")
		res, err := c.HTML(context.Background(), strings.NewReader(page), u)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(res.Markdown(), "]("); got != test.want {
			t.Errorf("%s: has a picture: %v\n%s", test.name, got, res.Markdown())
		}
	}
}

// TestLongRow: a table of a long row and many short ones stays as large as it is.
func TestLongRow(t *testing.T) {
	c, err := New(Options{Structure: true})
	if err != nil {
		t.Fatal(err)
	}
	page := "<p>a</p><table><tr>" + strings.Repeat("<th>b", 500) + strings.Repeat("<tr><td>c<td>d", 500) + "</table>"
	res, err := c.Clean(context.Background(), Input{Body: strings.NewReader(page), Format: FromHTML, Fragment: true})
	if err != nil {
		t.Fatal(err)
	}
	md := res.Markdown()
	if n := strings.Count(md, "<td>"); n != 1000 {
		t.Errorf("Markdown of %d bytes has %d cells, not 1000", len(md), n)
	}
}

// TestNodeCopies: a result hands out copies, and none without structure.
func TestNodeCopies(t *testing.T) {
	c, err := New(Options{Structure: true, Title: true})
	if err != nil {
		t.Fatal(err)
	}
	in := func() Input {
		return Input{Body: strings.NewReader("<p>The ferry left at <b>noon</b>.</p>"), Format: FromHTML, Fragment: true, Title: "Ferry"}
	}
	res, err := c.Clean(context.Background(), in())
	if err != nil {
		t.Fatal(err)
	}
	want := "<h1>Ferry</h1>\n<p>The ferry left at <strong>noon</strong>.</p>\n"
	root := res.Node()
	root.RemoveChild(root.FirstChild)
	root.FirstChild.FirstChild.Data = "changed"
	if got := res.HTML(); got != want {
		t.Errorf("HTML is %q, not %q", got, want)
	}
	plain, err := standard().Clean(context.Background(), in())
	if err != nil {
		t.Fatal(err)
	}
	if plain.Node() != nil || plain.HTML() != "" || plain.Markdown() != "" {
		t.Error("there is structure that was not asked for")
	}
}

// TestNoLinks: options leave links and images out of all forms of structure.
func TestNoLinks(t *testing.T) {
	c, err := New(Options{Structure: true, NoLinks: true, NoImages: true})
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.Clean(context.Background(), Input{
		Body: strings.NewReader(`<p>a <a href="https://b.example/">c</a></p><img src="https://d.example/e.png"><p>f`), Format: FromHTML, Fragment: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := res.Markdown(), "a c\n\nf\n"; got != want {
		t.Errorf("Markdown is %q, not %q", got, want)
	}
	for _, b := range res.Blocks {
		for _, r := range b.Runs {
			if r.Link != "" || b.Role == RoleImage {
				t.Errorf("block %+v", b)
			}
		}
	}
}
