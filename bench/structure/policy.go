package structure

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

// Policy is what winnow's HTML may hold, in the words of another library: sanitizing
// by it must change nothing.
func Policy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code",
		"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption", "details", "summary",
		"a", "img", "strong", "em", "del", "sub", "sup", "q", "mark", "ruby", "rt", "rp", "br", "input", "section",
		"math", "semantics", "mtext", "annotation")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(false)
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^(footnote-ref|embed)$`)).OnElements("a")
	p.AllowAttrs("src", "alt").OnElements("img")
	p.AllowAttrs("cite").OnElements("blockquote")
	p.AllowAttrs("data-callout").Matching(regexp.MustCompile(`^[a-z-]{1,20}$`)).OnElements("blockquote")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("colspan", "rowspan").Matching(bluemonday.Integer).OnElements("td", "th")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^language-[a-z0-9+#._-]{1,20}$`)).OnElements("code")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^checkbox$`)).OnElements("input")
	p.AllowAttrs("checked", "disabled").Matching(regexp.MustCompile(`^$`)).OnElements("input")
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^fn(ref)?:\d+(-\d+)?$`)).OnElements("li", "sup")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^footnotes$`)).OnElements("section")
	p.AllowAttrs("display").Matching(regexp.MustCompile(`^block$`)).OnElements("math")
	p.AllowAttrs("alttext").OnElements("math")
	p.AllowAttrs("encoding").Matching(regexp.MustCompile(`^application/x-tex$`)).OnElements("annotation")
	p.AllowNoAttrs().OnElements("a", "img", "input", "math", "semantics", "mtext", "mark", "section", "figure", "figcaption", "ruby", "rt", "rp", "details", "summary")
	return p
}
