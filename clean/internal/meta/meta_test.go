package meta

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/winnowtext/winnow/clean/internal/dom"
	"golang.org/x/net/html"
)

func parseFragment(t testing.TB, page string) *html.Node {
	t.Helper()
	root, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func mustURL(t testing.TB, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// extract reads a page given as markup. page is its address, "" for none.
func extract(t testing.TB, markup, page string) *Meta {
	t.Helper()
	var u *url.URL
	if page != "" {
		u = mustURL(t, page)
	}
	return extractTree(parseFragment(t, markup), u)
}

func (m *Memory) extract(t testing.TB, markup, page string) *Meta {
	t.Helper()
	tree := new(dom.Memory).Ready(parseFragment(t, markup))
	return m.Extract(tree.Root, mustURL(t, page), tree.JSONLD)
}

// extractTree reads a tree and the scripts in it.
func extractTree(root *html.Node, page *url.URL) *Meta {
	tree := new(dom.Memory).Ready(root)
	return new(Memory).Extract(tree.Root, page, tree.JSONLD)
}

// authors are those of a page, on one line.
func authors(m *Meta) string { return strings.Join(m.Authors, ", ") }

func TestNothing(t *testing.T) {
	for _, root := range []*html.Node{nil, {Type: html.DocumentNode}, {Type: html.ElementNode, Data: "p"}} {
		m := new(Memory).Extract(root, nil, nil)
		if m.Title != "" || authors(m) != "" || !m.Published.IsZero() || m.URL != "" {
			t.Errorf("%+v", m)
		}
	}
}

func TestByline(t *testing.T) {
	const h1 = "<h1>Rain ends the long drought</h1>"
	for name, c := range map[string]struct{ page, want string }{
		"meta":                   {`<meta name=author content="By Ada Winter, Senior Reporter">` + h1, "Ada Winter"},
		"two metas":              {`<meta name=author content="Ada Winter"><meta name=author content="Ben Frost">` + h1, "Ada Winter, Ben Frost"},
		"article:author is link": {`<meta property="article:author" content="https://www.facebook.com/adawinter">` + h1, ""},
		"citation":               {`<meta name=citation_author content="Winter, Ada"><meta name=citation_author content="Frost, Ben">` + h1, "Ada Winter, Ben Frost"},
		"microdata":              {h1 + `<p itemprop=author itemscope><a itemprop=name href=/a>Ada Winter</a></p>`, "Ada Winter"},
		"microdata meta":         {h1 + `<meta itemprop=author content="Ada Winter">`, "Ada Winter"},
		"rel":                    {h1 + `<a rel=author href=/x>Ada Winter</a>`, "Ada Winter"},
		"class":                  {h1 + `<div class="article__byline">By Ada Winter and Ben Frost<br>16 Sep 2015</div>`, "Ada Winter, Ben Frost"},
		"camel case class":       {h1 + `<div class="ArticleByline">By Ada Winter</div>`, "Ada Winter"},
		"glued label":            {h1 + `<div class="byline"><span>By</span><span>Ada Winter</span><span>Updated</span></div>`, "Ada Winter"},
		"link to author page":    {h1 + `<p><a href="/author/ada">Ada Winter</a> in Weather</p>`, "Ada Winter"},
		"shown":                  {h1 + `<p>By Ada Winter</p>`, "Ada Winter"},
		"shown, two lines":       {h1 + `<div>Written by</div><div>Ada Winter</div>`, "Ada Winter"},
		"shown with date":        {h1 + `<p>September 16, 2015 | by Ada Winter | Weather</p>`, "Ada Winter"},
		"forum":                  {h1 + `<p class=author><a href="#p1">Post</a><span>by <b><a href=/u/1>Ada77</a></b> &raquo; </span><time>Tue Mar 05, 2019 9:02 pm</time></p>`, "Ada77"},
		"log-in, microdata":      {h1 + `<span itemprop=author itemscope><a itemprop=url href=/u/ada><span itemprop=name>ada_winter</span></a></span>`, "ada_winter"},
		"German":                 {`<html lang=de>` + h1 + `<p>Von Ada Winter und Ben Frost</p>`, "Ada Winter, Ben Frost"},
		"French":                 {`<html lang=fr>` + h1 + `<p>Par Ada Winter</p>`, "Ada Winter"},
		"letters":                {h1 + `<p class=byline>By Ada Winter, MS, RD</p>`, "Ada Winter"},
		"role without comma":     {h1 + `<p class=byline>Ada Winter Senior Editor</p>`, "Ada Winter"},
		"particles":              {h1 + `<p class=byline>By Ada van der Winter</p>`, "Ada van der Winter"},
		"reviewer":               {h1 + `<p class=byline>Medically reviewed by Ben Frost, MD</p><p class=byline>Written by Ada Winter</p>`, "Ada Winter"},
		"page says other":        {`<meta name=author content="Web Import">` + h1 + `<p class=byline>By Ada Winter</p>`, "Ada Winter"},
		"log-in name":            {`<meta name=author content="awinter7">` + h1 + `<p class=byline>Ada Winter</p>`, "Ada Winter"},
		"only a log-in name":     {`<meta name=author content="awinter7">` + h1, "awinter7"},
		"only an organisation":   {`<meta name=author content="Coast News Desk">` + h1, "Coast News Desk"},
		"desk of the site":       {`<meta name=author content="Weather News Desk">` + h1, ""},
		"nobody":                 {`<meta name=author content="admin">` + h1, ""},
		"comment author":         {h1 + `<p>Text.</p><div class=comments><span class=author>Loud Reader</span></div>`, ""},
		"related author":         {h1 + `<aside><span class=byline>By Other Person</span></aside>`, ""},
		"sentence":               {h1 + `<p>By the time the rain came the fields were dry and cracked.</p>`, ""},
		"caption":                {h1 + `<p>Photo by Ben Frost</p>`, ""},
		"open nav":               {`<nav><a href=/>Home</a>` + h1 + `<p class=byline>By Ada Winter</p>`, "Ada Winter"},
		"byline in footer":       {`<article>` + h1 + `<footer class=author>Ada Winter</footer></article><footer class=author>Wrong Person</footer>`, "Ada Winter"},
		"duplicate":              {h1 + `<p class=byline>By <a>Ada Winter</a>, <a>Ada Winter</a></p>`, "Ada Winter"},
		"apostrophe":             {h1 + `<p class=byline>By Rory O’Neil</p>`, "Rory O’Neil"},
		"author below headline":  {`<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Person","name":"Ada Winter"}}</script>` + h1 + `<p><a href=/x>Ada Winter</a> 16 Sep 2015</p><div class=authors>von <span>Ben Frost</span></div>`, "Ada Winter"},
		"several, one stated":    {`<meta name=author content="Ada Winter">` + h1 + `<p>Ada Winter, Ben Frost &amp; Cora Hale</p>`, "Ada Winter, Ben Frost, Cora Hale"},
		"stated without title":   {`<meta name=author content="Ada Winter">` + h1 + `<p class=byline>By Dr Ada Winter, Ben Frost</p>`, "Dr Ada Winter, Ben Frost"},
		"links with roles":       {h1 + `<div class=byline><b>Written by</b><br><a href=/authors/ada>Ada Winter</a>, 4 years of looking at clouds, rain and what comes of it in the valley<br><a href=/authors/ben>Ben Frost</a>, senior editor</div>`, "Ada Winter, Ben Frost"},
		"link of a reviewer":     {h1 + `<div class=byline>By <a href=/authors/ada>Ada Winter</a> <i>Reviewed by <a href=/authors/ben>Ben Frost</a></i></div>`, "Ada Winter"},
		"letters of all":         {h1 + `<p>Ada Winter, MD; Ben Frost, BA, PhD (Clouds) &amp; Cora Hale, MD</p>`, "Ada Winter, Ben Frost, Cora Hale"},
		"letters of some":        {h1 + `<p>Ada Winter, MD; Ben Frost</p>`, ""},
		"heading far below":      {h1 + strings.Repeat("<p>The rain went on.</p>", 40) + `<h3>Author</h3><p>Ada Winter</p>`, "Ada Winter"},
		"list far below":         {h1 + strings.Repeat("<p>The rain went on.</p>", 40) + `<div class=sidebar><h6>Author(s)</h6><ul><li>Ada Winter</li><li>Ben Frost</li></ul></div>`, "Ada Winter, Ben Frost"},
		"credit far below":       {h1 + strings.Repeat("<p>The rain went on.</p>", 40) + `<p>Written by <a href=/x>Ada Winter</a></p>`, "Ada Winter"},
		"credits that differ":    {h1 + strings.Repeat("<p>The rain went on.</p>", 40) + `<p>Written by Ada Winter</p><p>Written by Ben Frost</p>`, ""},
		"column, rel":            {h1 + `<aside><address><a rel=author href=/ada>Ada Winter</a></address></aside>`, "Ada Winter"},
		"column, others":         {h1 + `<aside><a rel=author href=/ada>Ada Winter</a><a rel=author href=/ben>Ben Frost</a></aside>`, ""},
		"label of a date":        {h1 + `<p>Ada Winter</p><div>Last Updated:</div>`, "Ada Winter"},
		"title of another page":  {`<title>Winter Clouds</title><h1>Ada's pages</h1><p>Winter Clouds</p><p>16 Sep 2015</p>`, ""},
		"second meta element":    {`<meta name=parsely-author content=ada-winter><meta name=author content="Ada Winter">` + h1, "Ada Winter"},
		"site in brackets":       {`<meta name=author content="Coast Radio (www.weather.example)">` + h1 + `<ul><li><strong>Autorin/Autor</strong> Ada Winter</ul>`, "Ada Winter"},
		"account":                {`<meta name=author content="CR Admin">` + h1, ""},
		"staff of the site":      {`<meta name=author content="Weather Staff Writer">` + h1 + `<p>Valley Movers</p><p>16 Sep 2015</p>`, ""},
		"about the author":       {h1 + `<div class=author-description>Licensed Cloud Grader, B.A. Meteorology</div>`, ""},
		"ampersand name":         {`<meta name=author content="Sun &amp; sea">` + h1, "Sun & sea"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := authors(extract(t, c.page, "https://weather.example/rain")); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestDates(t *testing.T) {
	const h1 = "<h1>Rain ends the long drought</h1>"
	for name, c := range map[string]struct{ page, published, modified string }{
		"meta":                {`<meta property="article:published_time" content="2015-09-16T21:38:00Z"><meta property="article:modified_time" content="2015-09-18T01:00:00Z">` + h1, "2015-09-16", "2015-09-18"},
		"modified earlier":    {`<meta property="article:published_time" content="2015-09-16"><meta property="article:modified_time" content="2014-01-02">` + h1, "2015-09-16", ""},
		"microdata":           {h1 + `<span itemprop=datePublished content="2015-09-16">yesterday</span>`, "2015-09-16", ""},
		"time":                {h1 + `<time datetime="2015-09-16T21:38">16 Sep</time>`, "2015-09-16", ""},
		"time, updated":       {h1 + `<p>Last updated: <time datetime="2015-09-16">16 Sep</time></p>`, "", "2015-09-16"},
		"class":               {h1 + `<span class=post-date>16 Sep 2015</span>`, "2015-09-16", ""},
		"both shown":          {h1 + `<p>Published Sep 16, 2015 Updated Sep 18, 2015</p>`, "2015-09-16", "2015-09-18"},
		"label on own line":   {h1 + `<div>Updated at</div><div>Sep 18, 2015</div>`, "", "2015-09-18"},
		"glued label":         {h1 + `<p class=byline>By Ada WinterUpdated Sep 18, 2015</p>`, "", "2015-09-18"},
		"before the headline": {`<p>Weather | September 16, 2015</p>` + h1, "2015-09-16", ""},
		"shown is older":      {`<meta property="article:published_time" content="2020-01-15T10:00:00Z">` + h1 + `<p>16 Sep 2015</p>`, "2015-09-16", ""},
		"shown is newer":      {`<meta property="article:published_time" content="2015-09-16">` + h1 + `<p>18 Sep 2018</p>`, "2015-09-16", ""},
		"time zone":           {`<meta property="article:published_time" content="2015-09-17T02:00:00Z">` + h1 + `<p>16 Sep 2015</p>`, "2015-09-17", ""},
		"time zone, labelled": {`<meta property="article:published_time" content="2015-09-17T02:00:00Z">` + h1 + `<p>Posted on 16 Sep 2015</p>`, "2015-09-16", ""},
		"time zone, address":  {`<meta property="article:published_time" content="2015-09-15T02:00:00Z">` + h1, "2015-09-14", ""},
		"local time, address": {`<meta property="article:published_time" content="2015-09-15T02:00:00+02:00">` + h1, "2015-09-15", ""},
		"changed, by wrapper": {h1 + `<div class="date_line"><div class="field--type-changed"><time class=datetime datetime="2015-09-18">18 Sep 2015</time></div></div>`, "", "2015-09-18"},
		"published updated":   {h1 + `<time class="entry-date published updated" datetime="2015-09-16">16 Sep 2015</time>`, "2015-09-16", ""},
		"two nodes, precise": {`<script type="application/ld+json">[{"@type":"NewsArticle","headline":"Rain ends the long drought","datePublished":"2015-09-16"},
			{"@type":"WebPage","datePublished":"2015-09-17T03:00:00Z"}]</script>` + h1, "2015-09-17", ""},
		"two nodes, far apart": {`<script type="application/ld+json">[{"@type":"NewsArticle","headline":"Rain ends the long drought","datePublished":"2015-09-16"},
			{"@type":"WebPage","datePublished":"2015-09-20T03:00:00Z"}]</script>` + h1, "2015-09-16", ""},
		"export": {`<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2015-11-16T10:00:00Z","dateModified":"2015-11-16T10:00:00Z"}</script>` + h1 +
			strings.Repeat("<p>The rain went on.</p>", 200) + `<p class=published>Published September 16, 2015</p>`, "2015-09-16", "2015-11-16"},
		"name of a system":         {`<meta name=w-published-date content="2015-09-16T10:00:00Z">` + h1, "2015-09-16", ""},
		"first of two, far":        {`<meta property="article:modified_time" content="2015-09-18">` + h1 + strings.Repeat("<p>The rain went on.</p>", 200) + `<p class=date>September 16, 2015. <i>Updated: September 18, 2015</i></p>`, "2015-09-16", "2015-09-18"},
		"only that of a change":    {`<meta property="article:modified_time" content="2015-09-18">` + h1 + strings.Repeat("<p>The rain went on.</p>", 200) + `<time datetime="2015-09-18">18 Sep</time>`, "", "2015-09-18"},
		"one moment, two zones":    {`<meta property="article:published_time" content="2015-09-17T03:05:10+09:00">` + h1 + `<time datetime="2015-09-16T18:05:00Z">16 Sep</time>`, "2015-09-16", ""},
		"changed before published": {`<meta property="article:published_time" content="2015-09-16T10:00:00Z">` + h1 + `<p>Updated: 12 September 2015</p>`, "2015-09-12", ""},

		"address":   {h1, "2015-09-14", ""},
		"copyright": {h1 + `<p>Copyright 16 Sep 2010</p>`, "2015-09-14", ""},
		"caption":   {h1 + `<p>Dry fields in the far south of the country, 16 Sep 2010</p>`, "2015-09-14", ""},
		"related":   {h1 + `<ul class=related><li><time datetime="2010-09-16">x</time></ul>`, "2015-09-14", ""},
		"epoch":     {`<meta property="article:published_time" content="1970-01-01T00:00:00Z">` + h1, "2015-09-14", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := extract(t, c.page, "https://weather.example/2015/09/14/rain")
			published := isoDay(m.Published)
			if c.published == "" && published == "2015-09-14" {
				published = "" // the address
			}
			if published != c.published || isoDay(m.Modified) != c.modified {
				t.Errorf("%s, %s, want %s, %s", published, isoDay(m.Modified), c.published, c.modified)
			}
		})
	}
}

func TestPageFacts(t *testing.T) {
	const page = `<html lang="pt_BR"><head>
		<base href="https://sea.example/base/">
		<link rel=canonical href="/news/tide?utm=0">
		<meta property="og:site_name" content="Sea Daily | All about water">
		<meta property="og:description" content="High &amp;amp; dry">
		<meta property="og:image" content="../img/tide.jpg">
		<meta property="og:type" content="article">
		<title>The tide turns | Sea Daily</title></head><body><h1>The tide turns</h1>`
	m := extract(t, page, "https://www.sea.example/news/tide")
	for _, c := range []struct{ what, got, want string }{
		{"title", m.Title, "The tide turns"},
		{"language", m.Language, "pt-br"},
		{"url", m.URL, "https://sea.example/news/tide?utm=0"},
		{"site", m.SiteName, "Sea Daily"},
		{"excerpt", m.Excerpt, "High & dry"},
		{"image", m.Image, "https://sea.example/img/tide.jpg"},
		{"type", m.Type, "article"},
	} {
		if c.got != c.want {
			t.Errorf("%s %q, want %q", c.what, c.got, c.want)
		}
	}
	other := extract(t, `<link rel=canonical href="https://elsewhere.example/x"><h1>x</h1>`, "https://sea.example/y")
	if other.URL != "https://sea.example/y" {
		t.Errorf("canonical of another site taken: %q", other.URL)
	}
	same := extract(t, `<meta name=description content="The tide turns"><h1>The tide turns</h1>`, "")
	if same.Excerpt != "" {
		t.Errorf("excerpt is the title: %q", same.Excerpt)
	}
}

func TestLanguageTag(t *testing.T) {
	for in, want := range map[string]string{
		"en": "en", "EN-us": "en-us", "pt_BR.UTF-8": "pt-br", "zh-Hant-TW": "zh-hant-tw",
		"de, en": "de", "": "", "x-default": "", "english": "", "{{lang}}": "", "1": "",
	} {
		if got := languageTag(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestLineOrigins: what lines tell says which rule took them out.
func TestLineOrigins(t *testing.T) {
	m := new(Meta)
	m.AddLines(nil, []Piece{{"date", "d", "Updated 18 SEP 2015"}, {"credit", "c", "Source: Reuters"}, {"byline", "b", "By Ada Winter"}})
	want := []Origin{{"published", "text", "d"}, {"source_name", "text", "c"}, {"authors", "text", "b"}, {"byline", "text", "b"}}
	if !slices.Equal(m.Origins, want) {
		t.Errorf("%v, want %v", m.Origins, want)
	}
}

func TestAddLines(t *testing.T) {
	m := new(Meta)
	m.AddLines(nil, []Piece{
		{"byline", "byline.by", "by Our Foreign Desk"},
		{"date", "date.line", "Published: 16 Sep, 2015 21:38"},
		{"date", "date.line", "Last updated 18 Sep, 2015"},
		{"credit", "credit.photo", "Photo: Someone Else"},
		{"credit", "credit.agency", "IANS/EFE"},
		{"readmore", "readmore.source", "Read more: NY Times"},
		{"nav", "nav.x", "by Somebody Else"},
	})
	if authors(m) != "Our Foreign Desk" || m.Source != "IANS/EFE" {
		t.Errorf("byline %q, source %q", authors(m), m.Source)
	}
	if want := time.Date(2015, 9, 16, 21, 38, 0, 0, time.UTC); !m.Published.Equal(want) {
		t.Errorf("published %v", m.Published)
	}
	if isoDay(m.Modified) != "2015-09-18" {
		t.Errorf("modified %v", m.Modified)
	}
	for text, want := range map[string]string{
		"Read more: NY Times":                            "NY Times",
		"READ MORE: Minister denies he knew of the plan": "",
		"Read more":                            "",
		"Read more: https://x.example/a":       "",
		"Read more: Will it rain?":             "",
		"Read more: Journal of the North Seas": "Journal of the North Seas",
	} {
		m := new(Meta)
		m.AddLines(nil, []Piece{{"readmore", "r", text}})
		if m.Source != want {
			t.Errorf("%q: source %q, want %q", text, m.Source, want)
		}
	}
	for text, want := range map[string]string{
		"2017-11-03 10:22 来源：江城晚报":              "江城晚报",
		"2017-11-03 10:22 来源：江城晚报 作者：林":         "江城晚报",
		"16 Sep 2015 | Source: The Daily Rain":  "The Daily Rain",
		"16 Sep 2015, sources: many people say": "",
		"Open source, 16 Sep 2015":              "",
	} {
		m := new(Meta)
		m.AddLines(nil, []Piece{{"date", "d", text}})
		if m.Source != want {
			t.Errorf("%q: source %q, want %q", text, m.Source, want)
		}
	}
	// A text's one date is its date, a page's update is not.
	for page, want := range map[string]string{"": "2015-09-18", "https://sea.example/a": ""} {
		m := &Meta{URL: page}
		m.AddLines(nil, []Piece{{"date", "d", "Updated 12:07, 18 SEP 2015"}})
		if isoDay(m.Published) != want {
			t.Errorf("page %q: published %v", page, m.Published)
		}
	}
	// What is known stays.
	m = &Meta{Authors: []string{"Ada Winter"}, Source: "AP"}
	m.AddLines(nil, []Piece{{"byline", "b", "By Ben Frost"}, {"credit", "c", "Reuters"}})
	if authors(m) != "Ada Winter" || m.Source != "AP" {
		t.Errorf("overwritten: %q, %q", authors(m), m.Source)
	}
}

// TestTreeStays checks that reading a page changes nothing in it, and that
// trees may be read by several goroutines at once (with -race).
func TestTreeStays(t *testing.T) {
	const page = `<html lang=en><head><title>A long way home | X</title><script type="application/ld+json">{"@type":"Article"}</script></head>
		<body><h1>A long way home</h1><div class="byline author">By Ada Winter ` + "and a very long biography that goes on and on so that it is no byline any more at all" + `</div><time>16 Sep 2015</time></body>`
	root := parseFragment(t, page)
	var before, after strings.Builder
	if err := html.Render(&before, root); err != nil {
		t.Fatal(err)
	}
	done := make(chan *Meta)
	for range 4 {
		go func() { done <- new(Memory).Extract(root, nil, nil) }()
	}
	first := <-done
	for range 3 {
		if m := <-done; m.Title != first.Title || authors(m) != authors(first) || !m.Published.Equal(first.Published) {
			t.Error("two runs differ")
		}
	}
	if err := html.Render(&after, root); err != nil {
		t.Fatal(err)
	}
	if before.String() != after.String() {
		t.Error("the tree was changed")
	}
}

// BenchmarkGrowth reports what eight times a page costs in times the page, for
// pages made to be slow: 8 is linear, 64 quadratic.
func BenchmarkGrowth(b *testing.B) {
	unit := map[string]string{
		"bylines":  `<p class="byline author date">By <a rel=author>Ada</a> Winter 16 Sep 2015</p>`,
		"headings": `<h1>Rain ends the long drought | x</h1>`,
		"times":    `<div class=updated><time>16 Sep 2015</time></div>`,
		"inline":   `<span class=author><b>`,
		"metas":    `<meta name=author content="a, b and c"><meta property="article:published_time" content="x">`,
		"classes":  `<i class="` + strings.Repeat("a-b ", 400) + `"></i>`,
	}
	for name, u := range unit {
		b.Run(name, func(b *testing.B) {
			page := func(n int) *html.Node {
				if name == "inline" {
					n /= 40 // the parser refuses deeper trees
				}
				return parseFragment(b, strings.Repeat(u, n))
			}
			took := func(root *html.Node) time.Duration {
				start := time.Now()
				new(Memory).Extract(root, nil, nil)
				return time.Since(start)
			}
			little, much := page(1000), page(8000)
			var small, large time.Duration
			for b.Loop() {
				small += took(little)
				large += took(much)
			}
			b.ReportMetric(float64(large)/float64(small), "x-for-8x")
		})
	}
}
