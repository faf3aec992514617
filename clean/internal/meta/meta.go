// Package meta finds out what is known about a page besides its text: title,
// author, dates, site, language, summary, picture and address.
//
// [Memory.Extract] reads the parsed page once, in document order. Sources are
// asked in order of trust: JSON-LD, meta elements, microdata, time elements and
// elements named as bylines, the address, and last the visible lines beside
// the headline. [Meta.AddLines] fills gaps from lines that cleaning removed,
// which is all there is when the input is text. [Memory.ScriptBody] looks for a
// text that the page holds as data and does not show.
//
// Nothing is invented: a value that cannot be read with confidence stays zero.
//
// # Files, in the order of the flow
//
//	meta.go       Meta and Extract: the whole flow
//	memory.go     room for what is found, kept for the next page
//	walk.go       tree to facts, unjudged
//	metaname.go   names of meta elements
//	sign.go       what class, id, itemprop and rel say about an element
//	linked.go     which node of the JSON-LD describes the article
//	site.go       language, address, site, summary, picture
//	title.go      headlines
//	kicker.go     the headline among them, without a kicker
//	cutsite.go    titles without the names of site and section
//	near.go       what stands beside the headline
//	byline.go     authors: whom to believe
//	marked.go     authors in elements marked as such, and in shown lines
//	people.go     names in a byline
//	bywords.go    words that bylines are known by
//	dates.go      dates: which to believe
//	shown.go      dates that the page shows
//	label.go      words in front of dates
//	pieces.go     AddLines: what removed lines tell
//	firstline.go  TitleOf: the headline of a flattened text
//	script.go     ScriptBody
//	subject.go    section, tags, free or paid, direction
//	images.go     pictures of the article, favicon
//	origin.go     where each field comes from
//
//	jsonld        JSON as pages hold it
//	date          dates as languages write them
//	plain         plain, comparable text
package meta

import (
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/clean/internal/meta/jsonld"
	"github.com/winnowtext/winnow/clean/internal/meta/plain"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// Meta is what was found out about a page. Zero values mean unknown. Its strings may
// point into the page; see [Memory].
type Meta struct {
	Title     string    // headline without the site's name, and without a kicker
	Authors   []string  // names of people, or of an organisation where no person is named; never the site's own
	Byline    string    // the line that names them, as printed
	Published time.Time // in the zone given by the page; midnight UTC when only the day is known
	Modified  time.Time // as Published; zero when it does not differ from Published
	SiteName  string
	Source    string // agency or publication that the text was taken from
	Language  string // BCP 47, lower case, such as "en" or "pt-br"
	Direction string // "ltr" or "rtl", of the page's text; "" when unknown
	Excerpt   string // the page's own summary, never the same as Title
	Section   string // part of the site that the page stands in, such as "Sport"
	Tags      []string
	Image     string  // absolute URL of the lead picture
	Images    []Image // pictures in the article's part of the page, in reading order
	URL       string  // canonical URL, absolute, where it is on the same site; else the page's own
	Canonical string  // canonical URL as the page gives it, on whatever site
	Favicon   string  // absolute URL of the site's icon

	// Origins say where the fields were found, in the order of their names above.
	Origins []Origin

	// Base is the address that references of the page start from; nil when it is not
	// known.
	Base *url.URL

	// Type is the schema.org type of the page's main node, such as
	// "NewsArticle", else the value of og:type, such as "article".
	Type string

	// Types are the types of all nodes of the page's JSON-LD, OG is og:type, Class the
	// classes of the body element, and Maker the program that made the page: what tells
	// kinds of pages.
	Types            []string
	OG, Class, Maker string

	// PageTitle is the title element as it is, Password reports whether the page asks for
	// a password.
	PageTitle string
	Password  bool

	// Free is what JSON-LD's isAccessibleForFree says; nil when it says nothing.
	Free *bool

	// Body is the longest articleBody (or text) in the JSON-LD of the page:
	// plain text with its line breaks, markup removed.
	Body string

	// Headlines are the different headlines of the page as its sources give
	// them, best first, site names cut off: what the title block of the page
	// may look like. The first may have a kicker in front that Title has not.
	Headlines []string

	// Description is all summaries the page gives of itself, a line each. It may be
	// printed on the page as the article's lead.
	Description string
}

// Heading is the headline as the page prints it, with its kicker: what blocks are
// compared with.
func (m *Meta) Heading() string {
	if len(m.Headlines) == 0 {
		return m.Title
	}
	return m.Headlines[0]
}

// Extract reads the metadata of a parsed page. page is the address the page
// was fetched from; it may be nil. scripts are its scripts of JSON-LD; those in the
// tree are not looked for. The tree is not changed. When the clock ends, what was found so far is judged,
// and what was judged so far is returned.
func (m *Memory) Extract(root *html.Node, page *url.URL, scripts []string) *Meta {
	found := new(Meta)
	if root == nil {
		return found
	}
	f := &facts{Memory: m, page: page, host: hostWords(page), class: classSigns(), item: itemSigns(), words: bylines()}
	f.walk(root)
	ld := &linked{Graph: jsonld.Read(m.Clock, scripts)}
	f.judge(ld, found)
	return found
}

// judge fills m from what was found in the tree and in its JSON-LD.
func (f *facts) judge(ld *linked, m *Meta) {
	var ended error
	defer work.Catch(&ended)
	if f.Explain {
		f.origins = &m.Origins
	}
	m.Base = f.baseURL()
	m.Language = f.language(ld)
	m.URL, m.Canonical = f.canonicalURL()
	m.SiteName = f.siteName(ld)
	ld.choose(f, m)
	site := f.siteNames(ld, m.SiteName)
	m.Headlines = f.headlines(ld, site)
	m.Title = f.chooseTitle(m.Headlines, site)
	near := f.nearTitle(m.Title)
	d := &f.reader
	d.reset(m.Language, f.page)
	m.Authors, m.Byline = f.byline(ld, near, d, site)
	m.Published, m.Modified = f.dates(ld, near, d)
	m.Direction = f.direction(m.Language)
	m.Excerpt, m.Description = f.summary(ld, m.Headlines)
	m.Section, m.Tags = f.section(ld), f.tags(ld, site)
	m.Image = f.image(ld)
	m.Images = f.images(near)
	m.Favicon = f.favicon()
	if m.Type = ld.main.Type; m.Type != "" {
		f.note("data_type", "json-ld", "@type")
	} else if m.Type = f.first(fieldType); m.Type != "" {
		f.noteMeta("data_type", fieldType, "")
	}
	m.Types, m.OG, m.Class, m.Maker = ld.Types, strings.ToLower(f.first(fieldType)), f.body, f.first(fieldMaker)
	m.PageTitle, m.Password = f.line(f.title), f.password
	m.Free = f.free(ld)
	f.Clock.Read(len(ld.body))
	m.Body = plain.Text(jsonld.Unquote(ld.body))
}
