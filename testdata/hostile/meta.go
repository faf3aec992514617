package hostile

import (
	"fmt"
	"strings"
)

// linked puts JSON-LD in front of the article.
func linked(script string) string {
	return "<script type=application/ld+json>" + script + "</script>" + page("")
}

// shell is a page that shows nothing and holds data for a script.
func shell(data string) string {
	return "<title>A title</title><div id=app></div><script type=application/json>" + data + "</script>"
}

// metadata holds shapes that aim at metadata, class rules and hidden text.
var metadata = []Shape{
	{Name: "JSON-LD, nested objects", Max: 1e6, make: func(n int) string {
		return linked(strings.Repeat(`{"@type":"NewsArticle","author":`, n) + "1" + strings.Repeat("}", n))
	}},
	{Name: "JSON-LD, nested arrays", Max: 1e6, make: func(n int) string { return linked(strings.Repeat("[", n)) }},
	{Name: "JSON-LD, unknown and nested", Max: 1e6, make: func(n int) string { return linked(strings.Repeat(`{"x":`, n)) }},
	{Name: "JSON-LD, many nodes", Max: 1e5, make: func(n int) string {
		return linked("[" + strings.TrimSuffix(numbered(`{"@type":"NewsArticle","@id":"#%d","headline":"x","author":{"@id":"#1"}},`, n), ",") + "]")
	}},
	{Name: "JSON-LD, references in circles", Max: 1e5, make: func(n int) string {
		return linked(`{"@graph":[` + numbered(`{"@type":"NewsArticle","@id":"#%d","mainEntity":{"@id":"#0"},"author":[{"@id":"#0"}]},`, n) + `]}`)
	}},
	{Name: "JSON-LD, quotes", Max: 1e6, make: func(n int) string { return linked(`{"headline":` + strings.Repeat(`"x" y `, n)) }},
	{Name: "JSON-LD, quotes and space", Max: 1e5, make: func(n int) string {
		return linked(`{"headline":"x` + strings.Repeat(`"`+strings.Repeat(" ", 30)+"\n", n))
	}},
	{Name: "JSON-LD, backslashes", Max: 1e6, make: func(n int) string { return linked(`{"headline":"` + strings.Repeat(`\\`, n) + `"}`) }},
	{Name: "JSON-LD, text", Max: 10e6, make: func(n int) string {
		return linked(`{"@type":"NewsArticle","articleBody":"` + prose(n) + `"}`)
	}},
	{Name: "JSON-LD, authors", Max: 1e5, make: func(n int) string {
		return linked(`{"@type":"NewsArticle","author":[` + numbered(`{"@type":"Person","name":"Jane Doe %d"},`, n) + `]}`)
	}},
	{Name: "JSON-LD, comments open", Max: 1e6, make: func(n int) string { return linked(strings.Repeat("{/*", n)) }},
	{Name: "JSON-LD, scripts", Max: 1e5, make: each(`<script type=application/ld+json>{"@type":"NewsArticle","headline":"x %d"}</script>`)},

	{Name: "script data, nested objects", Max: 1e6, make: func(n int) string { return shell(strings.Repeat(`{"content":`, n)) }},
	{Name: "script data, many values", Max: 1e5, make: func(n int) string {
		return shell(`{"posts":[` + numbered(`{"id":%d,"content":"<p>A post of some words. And of more."},`, n) + `]}`)
	}},
	{Name: "script data, one paragraph", Max: 1e6, make: func(n int) string {
		return shell(`{"body":[` + strings.Repeat(`{"text":"some words. "},`, n) + `]}`)
	}},
	{Name: "script data, many names", Max: 1e5, make: func(n int) string { return shell("{" + numbered(`"k%dx":{"body":"Some words of text."},`, n) + "}") }},
	{Name: "script data, titles", Max: 1e5, make: func(n int) string {
		return shell(strings.Repeat(`{"title":"A title","x":`, 40) + `{"body":[` + strings.Repeat(`["Words of text. "],`, n))
	}},
	{Name: "script data, JSON in JSON", Max: 1e5, make: func(n int) string {
		return shell(`{"x":"{\\"body\\":\\"` + strings.Repeat("Words of text. ", n) + `\\"}"}`)
	}},

	{Name: "meta elements", Max: 3e5, make: repeat("<meta property=og:title content='A title of some words'>")},
	{Name: "meta with names", Max: 1e6, make: around("<meta name='", "author ", "' content=x>")},
	{Name: "bylines", Max: 3e5, make: each("<span class=byline rel=author>By Jane Doe %d</span>")},
	{Name: "long byline", Max: 1e6, make: around("<p class=byline>By ", "Jane Doe, ", "</p>")},
	{Name: "dates", Max: 3e5, make: repeat("<time datetime=2015-09-18T08:56:14Z>18 Sep 2015</time> ")},
	{Name: "long date", Max: 1e6, make: around("<p class=date>", "18 September 2015 ", "</p>")},
	{Name: "long title", Max: 1e6, make: func(n int) string {
		return "<title>" + strings.Repeat("Words | of - a : title ", n) + "</title>" + page("")
	}},
	{Name: "long heading", Max: 1e6, make: around("<h1>", "Words of a heading ", "</h1>")},
	{Name: "headings with words", Max: 1e5, make: each("<h1>No ferry number %d</h1>")},
	{Name: "long canonical address", Max: 1e6, make: around("<link rel=canonical href='/", "../x/", "'>")},

	{Name: "hidden siblings", Max: 3e5, make: repeat("<div hidden>x</div>")},
	{Name: "hidden siblings, prose", Max: 3e4, make: repeat("<div style='display:none'><p>" + Paragraphs[0] + "</p></div><p>x</p>")},
	{Name: "hidden, nested", Max: 1e5, make: repeat("<div style='left:-9999px'>some words ")},
	{Name: "hidden spans, nested", Max: 1e5, make: repeat("x<span hidden>y")},
	{Name: "hidden spans", Max: 3e5, make: around("<p>", "x <span hidden>y</span> ", "</p>")},
	{Name: "hidden spans, closed nests", Max: 1e5, make: around("<p>", "x <span hidden>y<span hidden>z</span></span> ", "</p>")},
	{Name: "zero-width characters", Max: 3e6, make: repeat("x\u200b\u202e")},
	{Name: "named boxes, nested", Max: 1e5, make: repeat("<div class='share newsletter related'>x")},
	{Name: "named boxes", Max: 3e5, make: repeat("<div class='newsletter-signup'><p>x y</p></div>")},
	{Name: "accordions", Max: 1e5, make: func(n int) string {
		return page(strings.Repeat("<details><summary>x</summary><div style='max-height:0'>"+prose(60)+"</div></details>", n))
	}},
	{Name: "comment threads", Max: 1e5, make: each("<div class=comment id=comment-%d><p>I think so too, and so does my aunt.</p>")},
	{Name: "attributes that rules know", Max: 3e5, make: func(n int) string {
		return page(strings.Repeat(fmt.Sprintf("<div role=%q aria-label=%q itemprop=%q>x</div>", "navigation", "Share", "comment"), n))
	}},
}
