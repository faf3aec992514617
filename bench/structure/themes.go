package structure

import (
	"fmt"
	"html"
	"net/url"
	"strings"
)

// The shells of themes: what stands around an article.
const (
	blogShell = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{title}} | The Isle Log</title><meta property="og:title" content="{{title}}"><meta property="og:type" content="article"></head>
<body><header class="site-header"><nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li><li><a href="/tags">Tags</a></li></ul></nav></header>
<main><article class="post"><header class="post-header"><h1 class="post-title">{{title}}</h1><p class="post-meta">4 May 2024 · 6 min read</p></header>
<div class="post-content">
{{body}}
</div><footer class="post-footer"><ul class="post-tags"><li><a href="/tags/boats">boats</a></li></ul><nav class="pagination"><a href="/next">Next: {{other}}</a></nav></footer></article></main>
<footer class="site-footer">© 2024 The Isle Log. Powered by a generator.</footer></body></html>`
	pressShell = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{title}} - Isle Press</title><meta property="og:title" content="{{title}}"></head>
<body class="single"><div id="page"><header id="masthead"><a href="/">Isle Press</a><ul id="menu"><li><a href="/news">News</a></li><li><a href="/shop">Shop</a></li></ul></header>
<div id="primary"><article id="post-17" class="post type-post"><h1 class="entry-title">{{title}}</h1><div class="entry-meta">By <a href="/author/x" rel="author">Anna Example</a> on May 4, 2024</div>
<div class="sharedaddy"><ul><li><a class="share-twitter" href="#">Tweet</a></li><li><a class="share-facebook" href="#">Share</a></li></ul></div>
<div class="entry-content">
{{body}}
</div><div class="author-box"><h4>About the author</h4><p>Anna Example writes about boats.</p></div></article>
<section class="related-posts"><h3>Related posts</h3><ul><li><a href="/a">{{other}}</a></li><li><a href="/b">Seven ways to tie a knot</a></li></ul></section></div>
<aside id="secondary" class="widget-area"><section class="widget"><h2>Recent Posts</h2><ul><li><a href="/c">One</a></li><li><a href="/d">Two</a></li></ul></section></aside>
<footer id="colophon">Proudly powered by a press</footer></div></body></html>`
	docsShell = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{title}} — Isle documentation</title></head>
<body><div class="wy-nav-side"><ul><li><a href="/start">Start</a></li><li><a href="/install">Install</a></li><li><a href="/api">API</a></li></ul></div>
<div class="document" role="main"><div class="breadcrumbs"><a href="/">Docs</a> » {{title}}</div><h1>{{title}}<a class="headerlink" href="#top" title="Permalink">¶</a></h1>
{{body}}
</div><footer><div class="rst-footer-buttons"><a href="/prev">Previous</a> <a href="/next">Next</a></div><p>© Copyright 2024, the isle.</p></footer></body></html>`
	letterShell = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{title}}</title><meta property="og:site_name" content="Isle Letter"></head>
<body><div class="main-menu"><button>Subscribe</button><button>Sign in</button></div><article class="newsletter-post post"><div class="post-header"><h1 class="post-title">{{title}}</h1><div class="byline">Anna Example</div><div class="post-ufi"><a href="#">12</a><a href="#">Share</a></div></div>
<div class="available-content"><div class="body markup">
{{body}}
</div></div></article><div class="subscribe-widget"><p>Thanks for reading! Subscribe for free to receive new posts.</p></div><div class="comments"><h4>Discussion about this post</h4><div class="comment"><p>Great post, thank you</p></div></div></body></html>`
)

func esc(s string) string { return html.EscapeString(s) }

func each(lines []string, sep string, f func(i int, line string) string) string {
	var out []string
	for i, l := range lines {
		out = append(out, f(i+1, l))
	}
	return strings.Join(out, sep)
}

// spans colours a line as highlighters do.
func spans(line string) string {
	s := esc(line)
	for _, word := range []string{"func", "return", "if "} {
		s = strings.ReplaceAll(s, word, `<span class="k">`+word+`</span>`)
	}
	return s
}

// Headings.
func plainHeading(level int, id, text string) string {
	return fmt.Sprintf(`<h%d id="%s">%s</h%d>`, level, id, text, level)
}
func signHeading(level int, id, text string) string {
	return fmt.Sprintf(`<h%d id="%s">%s<a class="headerlink" href="#%s" title="Link to this heading">¶</a></h%d>`, level, id, text, id, level)
}
func hashHeading(level int, id, text string) string {
	return fmt.Sprintf(`<h%d id="%s"><a class="anchor" aria-hidden="true" href="#%s">#</a> %s</h%d>`, level, id, id, text, level)
}
func linkHeading(level int, id, text string) string {
	return fmt.Sprintf(`<div class="heading-wrapper"><h%d id="%s"><a href="#%s"><span>%s</span></a></h%d></div>`, level, id, id, text, level)
}

// Code.
func plainCode(lang string, lines []string) string {
	return `<pre><code class="language-` + lang + `">` + esc(strings.Join(lines, "\n")) + "\n</code></pre>"
}
func chromaInline(lang string, lines []string) string {
	return `<div class="highlight"><pre tabindex="0" class="chroma"><code class="language-` + lang + `" data-lang="` + lang + `">` + each(lines, "", func(i int, l string) string {
		return fmt.Sprintf(`<span class="line"><span class="ln">%2d</span><span class="cl">%s`+"\n</span></span>", i, spans(l))
	}) + "</code></pre></div>"
}
func chromaTable(lang string, lines []string) string {
	return `<div class="highlight"><div class="chroma"><table class="lntable"><tr><td class="lntd"><pre tabindex="0" class="chroma"><code>` +
		each(lines, "", func(i int, _ string) string { return fmt.Sprintf(`<span class="lnt">%d`+"\n</span>", i) }) +
		`</code></pre></td><td class="lntd"><pre tabindex="0" class="chroma"><code class="language-` + lang + `" data-lang="` + lang + `">` +
		each(lines, "", func(_ int, l string) string {
			return `<span class="line"><span class="cl">` + spans(l) + "\n</span></span>"
		}) + `</code></pre></td></tr></table></div></div>`
}
func rougeTable(lang string, lines []string) string {
	return `<div class="language-` + lang + ` highlighter-rouge"><div class="highlight"><pre class="highlight"><code><table class="rouge-table"><tbody><tr><td class="rouge-gutter gl"><pre class="lineno">` +
		each(lines, "\n", func(i int, _ string) string { return fmt.Sprint(i) }) + "\n" + `</pre></td><td class="rouge-code"><pre>` + each(lines, "\n", func(_ int, l string) string { return spans(l) }) + "\n</pre></td></tr></tbody></table></code></pre></div></div>"
}
func pygmentsTable(lang string, lines []string) string {
	return `<div class="highlight-` + lang + ` notranslate"><table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>` + each(lines, "\n", func(i int, _ string) string { return fmt.Sprint(i) }) +
		`</pre></div></td><td class="code"><div class="highlight"><pre>` + each(lines, "\n", func(_ int, l string) string { return spans(l) }) + "\n</pre></div></td></tr></table></div>"
}
func pygments(lang string, lines []string) string {
	return `<div class="highlight-` + lang + ` notranslate"><div class="highlight"><pre><span></span>` + each(lines, "\n", func(_ int, l string) string { return spans(l) }) + "\n</pre></div></div>"
}
func prismCode(lang string, lines []string) string {
	return `<div class="code-toolbar"><pre class="language-` + lang + ` line-numbers"><code class="language-` + lang + `">` + each(lines, "\n", func(_ int, l string) string { return spans(l) }) +
		`<span aria-hidden="true" class="line-numbers-rows">` + strings.Repeat("<span></span>", len(lines)) + `</span></code></pre><div class="toolbar"><button>Copy</button></div></div>`
}
func dataLines(lang string, lines []string) string {
	return `<figure data-rehype-pretty-code-figure=""><pre data-language="` + lang + `" data-theme="dark"><code data-language="` + lang + `" style="display: grid;">` +
		each(lines, "\n", func(_ int, l string) string { return `<span data-line="">` + spans(l) + `</span>` }) + `</code></pre></figure>`
}
func reactCode(lang string, lines []string) string {
	return `<pre style="display:block;overflow-x:auto"><code class="language-` + lang + `" style="white-space:pre">` + each(lines, "", func(i int, l string) string {
		return fmt.Sprintf(`<span><span class="linenumber react-syntax-highlighter-line-number" style="display:inline-block;user-select:none">%d</span>%s`+"\n</span>", i, spans(l))
	}) + `</code></pre>`
}
func divLines(lang string, lines []string) string {
	return `<div class="expressive-code"><figure class="frame"><pre data-language="` + lang + `"><code>` + each(lines, "", func(i int, l string) string {
		return fmt.Sprintf(`<div class="ec-line"><div class="gutter"><div class="ln" aria-hidden="true">%d</div></div><div class="code">%s</div></div>`, i, spans(l))
	}) + `</code></pre><div class="copy"><button title="Copy to clipboard"><div></div></button></div></figure></div>`
}
func pressCode(lang string, lines []string) string {
	return `<pre class="wp-block-code"><code lang="` + lang + `" class="language-` + lang + `">` + strings.ReplaceAll(esc(strings.Join(lines, "\n")), "    ", "&nbsp;&nbsp;&nbsp;&nbsp;") + `</code></pre>`
}
func brushCode(lang string, lines []string) string {
	return `<pre class="brush: ` + lang + `; title: ; notranslate" title="">` + esc(strings.Join(lines, "\n")) + "\n</pre>"
}

// Marks of notes, and notes.
func goldMark(n int) string {
	return fmt.Sprintf(`<sup id="fnref:%d"><a href="#fn:%d" class="footnote-ref" role="doc-noteref">%d</a></sup>`, n, n, n)
}
func goldNotes(texts []string) string {
	return `<section class="footnotes" role="doc-endnotes"><hr><ol>` + each(texts, "\n", func(i int, s string) string {
		return fmt.Sprintf(`<li id="fn:%d"><p>%s&#160;<a href="#fnref:%d" class="footnote-backref" role="doc-backlink">&#x21a9;&#xfe0e;</a></p></li>`, i, s, i)
	}) + `</ol></section>`
}
func pandocMark(n int) string {
	return fmt.Sprintf(`<a href="#fn%d" class="footnote-ref" id="fnref%d" role="doc-noteref"><sup>%d</sup></a>`, n, n, n)
}
func pandocNotes(texts []string) string {
	return `<section id="footnotes" class="footnotes footnotes-end-of-document"><hr /><ol>` + each(texts, "\n", func(i int, s string) string {
		return fmt.Sprintf(`<li id="fn%d"><p>%s<a href="#fnref%d" class="footnote-back" role="doc-backlink">↩︎</a></p></li>`, i, s, i)
	}) + `</ol></section>`
}
func pressMark(n int) string {
	return fmt.Sprintf(`<sup data-fn="a%d" class="fn"><a href="#a%d" id="a%d-link">%d</a></sup>`, n, n, n, n)
}
func pressNotes(texts []string) string {
	return `<ol class="wp-block-footnotes">` + each(texts, " ", func(i int, s string) string {
		return fmt.Sprintf(`<li id="a%d">%s <a href="#a%d-link" aria-label="Jump to footnote reference %d">↩︎</a></li>`, i, s, i, i)
	}) + `</ol>`
}
func letterMark(n int) string {
	return fmt.Sprintf(`<a class="footnote-anchor" data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-%d-9" href="#footnote-%d-9" target="_self">%d</a>`, n, n, n)
}
func letterNotes(texts []string) string {
	return each(texts, "\n", func(i int, s string) string {
		return fmt.Sprintf(`<div class="footnote" data-component-name="FootnoteToDOM"><a id="footnote-%d-9" href="#footnote-anchor-%d-9" class="footnote-number" contenteditable="false" target="_self">%d</a><div class="footnote-content"><p>%s</p></div></div>`, i, i, i, s)
	})
}
func bracketMark(n int) string { return fmt.Sprintf(`<a href="#note%d">[%d]</a>`, n, n) }
func bracketNotes(texts []string) string {
	return each(texts, "\n", func(i int, s string) string { return fmt.Sprintf(`<p id="note%d">[%d] %s</p>`, i, i, s) })
}
func encyclopediaMark(n int) string {
	return fmt.Sprintf(`<sup id="cite_ref-%d" class="reference"><a href="#cite_note-%d">[%d]</a></sup>`, n, n, n)
}
func encyclopediaNotes(texts []string) string {
	return `<ol class="references">` + each(texts, "\n", func(i int, s string) string {
		return fmt.Sprintf(`<li id="cite_note-%d"><span class="mw-cite-backlink"><b><a href="#cite_ref-%d">^</a></b></span> <span class="reference-text">%s</span></li>`, i, i, s)
	}) + `</ol>`
}

// Formulas.
const glyphs = `<mi>x</mi><mo>=</mo><mi>y</mi>`

func mathML(tex string, display bool) string {
	kind := ""
	if display {
		kind = ` display="block"`
	}
	return `<math xmlns="http://www.w3.org/1998/Math/MathML"` + kind + `><semantics><mrow>` + glyphs + `</mrow><annotation encoding="application/x-tex">` + esc(tex) + `</annotation></semantics></math>`
}
func katex(tex string, display bool) string {
	s := `<span class="katex"><span class="katex-mathml">` + mathML(tex, display) + `</span><span class="katex-html" aria-hidden="true"><span class="base"><span class="mord mathnormal">x</span><span class="mrel">=</span><span class="mord">y</span></span></span></span>`
	if display {
		return `<span class="katex-display">` + s + `</span>`
	}
	return s
}
func mathJax2(tex string, display bool) string {
	kind := "math/tex"
	if display {
		kind += "; mode=display"
	}
	return `<span class="MathJax_Preview" style="color: inherit; display: none;"></span><span class="MathJax" role="presentation"><nobr aria-hidden="true"><span class="math"><span class="mi">x</span><span class="mo">=</span><span class="mi">y</span></span></nobr></span><script type="` + kind + `">` + tex + `</script>`
}
func mathJax3(tex string, display bool) string {
	return `<mjx-container class="MathJax" jax="SVG"` + map[bool]string{true: ` display="true"`, false: ""}[display] + `><svg viewBox="0 0 9 9"><path d="M0 0"></path></svg><mjx-assistive-mml>` + mathML(tex, display) + `</mjx-assistive-mml></mjx-container>`
}
func pictureMath(tex string, _ bool) string {
	return `<img src="https://math.example/latex.php?latex=` + url.QueryEscape(tex) + `&amp;bg=ffffff" alt="` + esc(tex) + `" class="latex" width="17" height="9">`
}
func altMath(tex string, display bool) string {
	return `<math alttext="` + esc(tex) + `"` + map[bool]string{true: ` display="block"`, false: ""}[display] + `><mrow>` + glyphs + `</mrow></math>`
}

// Pictures.
func plainImage(src, alt string) string { return `<p><img src="` + src + `" alt="` + alt + `"></p>` }
func figureImage(src, alt string) string {
	return `<figure class="wp-block-image size-large"><a href="` + src + `"><img loading="lazy" src="` + src + `" srcset="` + src + ` 800w, /img/small.jpg 300w" alt="` + alt + `"></a></figure>`
}
func lazyImage(src, alt string) string {
	return `<figure><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="` + src + `" alt="` + alt + `" class="lazyload"></figure>`
}
func scriptImage(src, alt string) string {
	return `<div class="image"><img src="/img/placeholder.gif" alt="` + alt + `"><noscript><img src="` + src + `" alt="` + alt + `"></noscript></div>`
}
func pictureImage(src, alt string) string {
	return `<div class="captioned-image-container"><figure><a class="image-link" href="` + src + `"><div class="image2-inset"><picture><source type="image/webp" srcset="/img/a.webp 424w"><img src="` + src + `" alt="` + alt + `"></picture></div></a></figure></div>`
}

// Boxes.
func sphinxBox(kind, text string) string {
	return `<div class="admonition ` + kind + `"><p>` + text + `</p></div>`
}
func alertBox(kind, text string) string {
	return `<div class="markdown-alert markdown-alert-` + kind + `"><p>` + text + `</p></div>`
}
func calloutBox(kind, text string) string {
	return `<div class="callout" data-callout="` + kind + `"><div class="callout-content"><p>` + text + `</p></div></div>`
}
func themeBox(kind, text string) string {
	return `<div class="theme-admonition theme-admonition-` + kind + ` alert"><div class="content"><p>` + text + `</p></div></div>`
}

// Tables.
func cells(tag string, row []string) string {
	return "<tr>" + each(row, "", func(_ int, s string) string { return "<" + tag + ">" + s + "</" + tag + ">" }) + "</tr>"
}
func fullTable(head []string, rows [][]string) string {
	s := "<table><thead>" + cells("th", head) + "</thead><tbody>"
	for _, r := range rows {
		s += "\n" + cells("td", r)
	}
	return s + "</tbody></table>"
}
func bareTable(head []string, rows [][]string) string {
	s := `<div class="table-responsive"><table class="docutils"><tbody>` + cells("th", head)
	for _, r := range rows {
		s += "\n" + cells("td", each2(r))
	}
	return s + "</tbody></table></div>"
}
func each2(row []string) (out []string) {
	for _, s := range row {
		out = append(out, "<p>"+s+"</p>")
	}
	return out
}
func figureTable(head []string, rows [][]string) string {
	return `<figure class="wp-block-table">` + fullTable(head, rows) + "</figure>"
}

// Tasks.
func box(done bool) string {
	return `<input type="checkbox" disabled` + map[bool]string{true: " checked", false: ""}[done] + `>`
}
func plainTask(done bool, text string) string {
	return `<li class="task-list-item">` + box(done) + " " + text + "</li>"
}
func labelTask(done bool, text string) string {
	return `<li class="task-list-item"><label>` + box(done) + " " + text + "</label></li>"
}

var themes = []theme{
	{"hugo", blogShell, plainHeading, chromaInline, goldMark, goldNotes, katex, plainImage, alertBox, fullTable, plainTask, false},
	{"hugo-table", blogShell, hashHeading, chromaTable, goldMark, goldNotes, mathJax2, figureImage, sphinxBox, fullTable, plainTask, true},
	{"jekyll", blogShell, plainHeading, rougeTable, goldMark, goldNotes, mathJax3, plainImage, alertBox, fullTable, plainTask, false},
	{"sphinx", docsShell, signHeading, pygments, bracketMark, bracketNotes, altMath, plainImage, sphinxBox, bareTable, plainTask, true},
	{"mkdocs", docsShell, signHeading, pygmentsTable, goldMark, goldNotes, katex, plainImage, sphinxBox, fullTable, labelTask, false},
	{"pandoc", blogShell, plainHeading, prismCode, pandocMark, pandocNotes, mathML, plainImage, calloutBox, fullTable, labelTask, false},
	{"rehype", blogShell, linkHeading, dataLines, pandocMark, goldNotesPandoc, katex, pictureImage, calloutBox, fullTable, plainTask, false},
	{"react", blogShell, hashHeading, reactCode, goldMark, goldNotes, katex, lazyImage, themeBox, fullTable, plainTask, false},
	{"starlight", docsShell, linkHeading, divLines, goldMark, goldNotes, katex, lazyImage, themeBox, fullTable, plainTask, false},
	{"press", pressShell, plainHeading, pressCode, pressMark, pressNotes, pictureMath, figureImage, themeBox, figureTable, plainTask, false},
	{"press-old", pressShell, plainHeading, brushCode, bracketMark, bracketNotes, pictureMath, scriptImage, sphinxBox, figureTable, plainTask, false},
	{"letter", letterShell, plainHeading, plainCode, letterMark, letterNotes, altMath, pictureImage, calloutBox, fullTable, plainTask, true},
	{"wiki", pressShell, plainHeading, plainCode, encyclopediaMark, encyclopediaNotes, mathML, lazyImage, alertBox, bareTable, plainTask, false},
}

// goldNotesPandoc are notes of two makers mixed, as converters chain them.
func goldNotesPandoc(texts []string) string { return pandocNotes(texts) }
