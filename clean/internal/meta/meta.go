// Package meta finds out what is known about a page besides its text: title,
// author, dates, site, language, summary, picture and address.
//
// [Extract] reads the parsed page once, in document order. Sources are asked
// in order of trust: JSON-LD, meta elements, microdata, time elements and
// elements named as bylines, the address, and last the visible lines beside
// the headline. [Meta.AddLines] fills gaps from lines that cleaning removed,
// which is all there is when the input is text.
//
// Nothing is invented: a value that cannot be read with confidence stays zero.
package meta

import (
	"context"
	"net/url"
	"time"

	"golang.org/x/net/html"
)

// Meta is what was found out about a page. Zero values mean unknown.
type Meta struct {
	Title     string    // headline without the site's name
	Byline    string    // author names joined by ", ", without "By" and roles
	Published time.Time // in the zone given by the page; midnight UTC when only the day is known
	Modified  time.Time // as Published; zero when it does not differ from Published
	SiteName  string
	Source    string // agency or publication that the text was taken from
	Language  string // BCP 47, lower case, such as "en" or "pt-br"
	Excerpt   string // the page's own summary, never the same as Title
	Image     string // absolute URL of the lead picture
	URL       string // canonical URL, absolute; else the page's own

	// Type is the schema.org type of the page's main node, such as
	// "NewsArticle", else the value of og:type, such as "article".
	Type string

	// Free is what JSON-LD's isAccessibleForFree says; nil when it says nothing.
	Free *bool

	// Body is the longest articleBody (or text) in the JSON-LD of the page:
	// plain text with its line breaks, markup removed.
	Body string

	// Headlines are the different headlines of the page as its sources give
	// them, best first, site names cut off: what the title block of the page
	// may look like. Title is among them.
	Headlines []string

	// Description is all summaries the page gives of itself, a line each. It may be
	// printed on the page as the article's lead.
	Description string
}

// Extract reads the metadata of a parsed page. page is the address the page
// was fetched from; it may be nil. jsonld holds the bodies of
// application/ld+json scripts that were cut out before the parse; scripts
// still in the tree are read as well. The tree is not changed. When ctx ends,
// what was found so far is judged.
func Extract(ctx context.Context, root *html.Node, page *url.URL, jsonld []string) *Meta {
	m := new(Meta)
	if root == nil {
		return m
	}
	f := collect(ctx, root)
	f.page = page
	f.host = hostWords(page)
	ld := readLinked(ctx, append(jsonld[:len(jsonld):len(jsonld)], f.scripts...))

	m.Language = f.language(ld)
	m.URL = f.canonicalURL()
	m.SiteName = f.siteName(ld)
	ld.choose(f, m)
	site := f.siteNames(ld, m.SiteName)
	m.Headlines = f.headlines(ld, site)
	if len(m.Headlines) > 0 {
		m.Title = m.Headlines[0]
	}
	near := f.nearTitle(m.Headlines)
	d := f.reader(m.Language)
	m.Byline = f.byline(ld, near, d, site)
	m.Published, m.Modified = f.dates(ld, near, d)
	m.Excerpt, m.Description = f.summary(ld, m.Title)
	m.Image = f.image(ld)
	m.Type = ld.main.kind
	if m.Type == "" {
		m.Type = f.first(fieldType)
	}
	m.Free = ld.free
	m.Body = ld.body
	f.release()
	return m
}
