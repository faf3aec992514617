package hostile

import (
	"fmt"
	"strings"
)

// lampLine is as long as a paragraph must be to be judged with its siblings.
const lampLine = "The boat came in at noon with flour and lamps, and it left again before it was dark, as it had in the winter."

// markup holds shapes of the tree.
var markup = []Shape{
	// depth
	{Name: "nested div", Max: 1e6, make: repeat("<div>x")},
	{Name: "nested div, closed", Max: 1e6, make: func(n int) string {
		return page(strings.Repeat("<div>x", n) + strings.Repeat("y</div>", n))
	}},
	{Name: "nested span", Max: 1e6, make: repeat("<span>x")},
	{Name: "nested unknown elements", Max: 1e6, make: repeat("<x-y>x")},
	{Name: "nested tables", Max: 1e6, make: repeat("<table><tr><td>x")},
	{Name: "tables in tables", Max: 1e6, make: repeat("<table>x")},
	{Name: "nested lists", Max: 1e6, make: repeat("<ul><li>x")},
	{Name: "nested description lists", Max: 1e6, make: repeat("<dl><dt>x<dd>y")},
	{Name: "nested svg", Max: 1e6, make: repeat("<svg><g>x")},
	{Name: "nested math", Max: 1e6, make: repeat("<math><mi>x")},
	{Name: "p out of svg", Max: 1e6, make: repeat("<svg><p>x")},
	{Name: "nested select", Max: 1e6, make: repeat("<select><option>x")},
	{Name: "nested template", Max: 1e6, make: repeat("<template>x")},
	{Name: "nested buttons in forms", Max: 1e6, make: repeat("<form><button>x")},
	{Name: "nested quotes", Max: 1e6, make: repeat("<blockquote>x")},
	{Name: "nested sub", Max: 1e6, make: repeat("<sub>x ")},
	{Name: "lists beside lists", Max: 3e5, make: repeat("<ol><li>some words here</ol>")},
	{Name: "long row above short ones", Max: 3e5, make: func(n int) string {
		return page("<p>x</p><table><tr>" + strings.Repeat("<th>x", n) + strings.Repeat("<tr><td>some words<td>here", n) + "</table>")
	}},
	{Name: "images in a picture", Max: 3e5, make: around("<p>x</p><picture>", "<img>", "</picture><p>y")},
	{Name: "formulas between signs", Max: 1e6, make: around("<p>some words ", `and \(x\) and $$ or \[ `, "</p>")},
	{Name: "nested noscript", Max: 3e5, make: repeat("<noscript>some words ")},

	// formatting elements that are not closed
	{Name: "open b", Max: 1e6, make: repeat("<b>x")},
	{Name: "open b in p", Max: 1e6, make: repeat("<p><b>x")},
	{Name: "open fonts, all different", Max: 3e5, make: each("<p><font size=%d>x</p>")},
	{Name: "copies of 400 fonts", Max: 1e6, make: around("<p>"+numbered("<font size=%d>", 400), "<p>x", "")},
	{Name: "copies of 36 formats", Max: 1e6, make: around("<p>"+strings.Repeat("<b><i><u><s><tt><em><big><code><small><strong><strike><font>", 3), "<p>x", "")},
	{Name: "fonts opened and reopened", Max: 1e5, make: func(n int) string {
		return page(strings.Repeat("<div>"+numbered("<font size=%d>", 100)+"<p>x<p>y<p>z"+strings.Repeat("</font>", 100)+"</div>", n/100+1))
	}},

	// misnesting
	{Name: "a p", Max: 1e5, make: repeat("<a><p>")},
	{Name: "a p, text", Max: 1e6, make: repeat("<a href=/x><p>x")},
	{Name: "a div a", Max: 3e5, make: repeat("<a><div>x</a>")},
	{Name: "b p /b", Max: 1e6, make: repeat("<b><p>x</b>")},
	{Name: "b i /b /i", Max: 1e6, make: repeat("<b><i>x</b>y</i>")},
	{Name: "b p i /b", Max: 3e5, make: repeat("<b><p><i>x</b>")},
	{Name: "nobr p", Max: 1e6, make: repeat("<nobr>x<p>")},
	{Name: "a in tables", Max: 3e5, make: repeat("<a><table>x")},
	{Name: "a b in cells", Max: 3e5, make: repeat("<table><tr><td><b><a>x")},
	{Name: "text in table", Max: 1e6, make: around("<table>", "x<tr>y", "")},
	{Name: "b in table", Max: 3e5, make: around("<table>", "<b>x<tr>", "")},
	{Name: "end tags of nothing", Max: 1e6, make: repeat("</p></span></x>x")},
	{Name: "end tags deep down", Max: 1e6, make: func(n int) string {
		return page(strings.Repeat("<div>", 490) + strings.Repeat("</b></span></x>x", n))
	}},
	{Name: "list items in spans", Max: 1e6, make: func(n int) string {
		return page(strings.Repeat("<span>", n) + strings.Repeat("<li>x</li></p>", n))
	}},
	{Name: "headings", Max: 1e6, make: repeat("<h1>x<h2>")},
	{Name: "framesets", Max: 1e6, make: repeat("<frameset>x")},
	{Name: "html and body again", Max: 3e5, make: each("<html a%d=1><body b=1>x")},
	{Name: "object b", Max: 1e6, make: repeat("<object><b>x")},

	// width
	{Name: "siblings p", Max: 1e6, make: repeat("<p>x</p>")},
	{Name: "siblings p with words", Max: 3e5, make: each("<p>The boat number %d came in at noon and left again before it was dark.</p>\n")},
	{Name: "siblings span", Max: 1e6, make: repeat("<span>x </span>")},
	{Name: "siblings div with classes", Max: 3e5, make: each("<div class='share c%d'>x y</div>")},
	{Name: "siblings br", Max: 1e6, make: repeat("x<br>")},
	{Name: "links", Max: 1e6, make: repeat("<a href=/a>link</a> ")},
	{Name: "images", Max: 1e6, make: repeat("<img src=a.jpg alt=x>")},
	{Name: "cells of a row", Max: 1e6, make: around("<table><tr>", "<td>x", "</table>")},
	{Name: "rows of a table", Max: 3e5, make: around("<table>", "<tr><td>x<td>y<td>z", "</table>")},
	{Name: "list items", Max: 1e6, make: around("<ul>", "<li>x", "</ul>")},
	{Name: "colspan bombs", Max: 3e5, make: around("<table>", "<tr><td colspan=65534 rowspan=65534>x<td colspan=1000>y", "</table>")},
	{Name: "options", Max: 1e6, make: around("<select>", "<option>x", "</select>")},
	{Name: "lines of code", Max: 1e6, make: around("<pre>", "x = y\n", "</pre>")},
	{Name: "noscripts", Max: 1e5, make: repeat("<noscript><p>some words of a notice</noscript>")},
	{Name: "noscripts with pages", Max: 2e4, make: repeat("<noscript><p>" + strings.Repeat("some words of a thread ", 50) + "</noscript>")},
	{Name: "iframes", Max: 3e5, make: repeat("<iframe>x</iframe>")},
	{Name: "boxes of a paragraph and two words", Max: 1e5, make: repeat("<div><p>" + lampLine + "</p><b>x</b><b>x</b></div>")},
	{Name: "comments", Max: 1e5, make: repeat("<div class=comment><p>" + lampLine + "</p><p>" + lampLine + "</p><a href=/r>Reply</a></div>")},
	{Name: "same paragraph", Max: 1e5, make: repeat("<p>" + Paragraphs[0] + "</p>")},
	{Name: "divs without text", Max: 1e6, make: repeat("<div></div>")},
	{Name: "articles", Max: 1e5, make: func(n int) string {
		return page(strings.Repeat(fmt.Sprintf("<article><h2>x</h2><p>%s</p></article>", Paragraphs[1]), n/10+1))
	}},
}
