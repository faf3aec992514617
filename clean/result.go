package clean

import (
	"strings"
	"time"

	"golang.org/x/net/html"
)

// A Result is what was found in one input. A page without an article is a
// Result, too: see Verdict.
type Result struct {
	// Text is the clean text: paragraphs as plain lines, exactly one newline
	// at the end; empty when nothing was found.
	Text string

	// Original is all visible text of a page in the layout of Text, before anything was
	// removed, to be compared with it; of flattened text it is the input. It is empty
	// unless Options.Original is set.
	Original string

	// Format is what the input was read as: FromHTML or FromText.
	Format Format

	Title   string   // headline without the site's name
	Authors []string // names of those who wrote it, without "By", roles and agencies, in order
	Byline  string   // the authors as the page prints them; their names where it does not

	// Published is zero when unknown, and midnight UTC when only the day is known, which
	// PublishedPrecision says. Modified is zero, too, when it does not differ from it.
	Published, Modified                   time.Time
	PublishedPrecision, ModifiedPrecision DatePrecision

	SiteName  string
	Source    string // agency or publication the text was taken from, such as "Reuters"
	Language  string // BCP 47, such as "en" or "pt-BR"; of a text what its script and function words tell
	Direction string // "ltr" or "rtl": the direction of the text; "" when unknown
	Excerpt   string // the page's own summary
	Section   string // part of the site, such as "Sport"
	Tags      []string
	Image     string  // absolute URL of the lead image
	Images    []Image // pictures of the article, in reading order
	Favicon   string  // absolute URL of the site's icon
	URL       string  // canonical URL where it is on the same site, else the one that was passed in
	Canonical string  // canonical URL as the page gives it, on whatever site
	DataType  string  // what the page's own data says it is, such as "NewsArticle"
	Free      *bool   // what the page says about whether all may read it; nil when it says nothing
	Words     int     // in Text; characters in scripts without spaces

	// Type says what kind of page this is, "" for flattened text and fragments, and
	// TypeP, in [0,1], how probable that is.
	Type  PageType
	TypeP float64

	// Verdict says what was found.
	Verdict Verdict
	// Score, in [0,1], is the expected word F1 of a page's text: pages that
	// score .9 and more turn out at .96 on average, those around .7 at .7. For
	// flattened text it is the share of its words that stayed.
	Score float64

	// Warnings are what was decided for lack of better knowledge though the input or the
	// options say otherwise, a sentence each: a name of an encoding that nobody knows,
	// an Options.Root that is not on the page. They are for people.
	Warnings []string

	// Blocks are the blocks of the text with their structure, in order. It is nil
	// unless Options.Structure is set.
	Blocks []Block

	// Comments are what readers have written below the article of a page, in the order
	// of the page; what is part of the text, as the posts of a forum are, is not among
	// them. It is nil unless Options.Comments is set.
	Comments []Comment

	// Origins say where the fields above were found. It is nil unless Options.Explain
	// is set.
	Origins []Origin

	// Decisions says for every piece of the input what happened to it, in
	// reading order. It is nil unless Options.Explain is set.
	Decisions []Decision

	tree *html.Node // see Node
}

// A DatePrecision says how much of a date is known.
type DatePrecision string

const (
	DayOnly    DatePrecision = "day"
	DayAndTime DatePrecision = "time"
)

// An Image is a picture of a page.
type Image struct {
	URL     string `json:"url"` // absolute
	Caption string `json:"caption,omitempty"`
	Alt     string `json:"alt,omitempty"` // what it shows, as the page says to those who cannot see it
}

// A Comment is what a reader has written below an article. Comments that a script
// fetches are not in a page.
type Comment struct {
	Author    string    // as the page has it; empty when unknown
	Published time.Time // zero when unknown, midnight UTC when only the day is known
	Text      string    // paragraphs as lines, without a line end
	Depth     int       // 0 for one that answers no other, 1 for an answer to it
}

// An Origin says where a field was found.
type Origin struct {
	Field  string `json:"field"`          // its name in the JSON form, such as "authors"
	Source string `json:"source"`         // such as "meta", "json-ld", "heading" or "page"
	Name   string `json:"name,omitempty"` // what it is called there, such as "article:author"
}

// PageType says what kind of page a page is, whatever was found in it.
type PageType string

const (
	TypeArticle       PageType = "article"
	TypeListing       PageType = "listing"       // home pages, sections, collections of products
	TypeForum         PageType = "forum"         // threads of discussions, questions and answers
	TypeProduct       PageType = "product"       // one thing that is sold
	TypeDocumentation PageType = "documentation" // manuals, references, help
	TypeOther         PageType = "other"         // services, companies, profiles ...
)

// Verdict says what a page turned out to be once the residue was removed.
type Verdict string

const (
	Article Verdict = "article" // a text to read
	Partial Verdict = "partial" // an article cut off by a wall
	Stub    Verdict = "stub"    // a paywall, consent, error or bot page
	Listing Verdict = "listing" // links to articles, no text of its own
	Empty   Verdict = "empty"   // no text at all
)

// own copies the texts that may be parts of the page, whose memory is used again.
func (res *Result) own() *Result {
	var room [64]*string
	texts := owner{all: room[:0]}
	for _, s := range [...]*string{
		&res.Title, &res.Byline, &res.SiteName, &res.Source, &res.Language, &res.Excerpt, &res.Image, &res.URL,
		&res.Section, &res.Favicon, &res.Canonical, &res.DataType,
	} {
		texts.note(s)
	}
	for _, list := range [...][]string{res.Authors, res.Tags} {
		for i := range list {
			texts.note(&list[i])
		}
	}
	for i := range res.Images {
		m := &res.Images[i]
		texts.note(&m.URL)
		texts.note(&m.Caption)
		texts.note(&m.Alt)
	}
	for i := range res.Comments {
		texts.note(&res.Comments[i].Author)
		texts.note(&res.Comments[i].Text)
	}
	for i := range res.Decisions {
		texts.note(&res.Decisions[i].Text)
	}
	for i := range res.Blocks {
		b := &res.Blocks[i]
		texts.note(&b.Language)
		texts.note(&b.Src)
		texts.note(&b.Callout)
		if b.Role == RoleImage && len(b.Runs) > 0 {
			texts.note(&b.Runs[0].Text) // others are parts of Text
		}
		texts.noteLinks(b.Runs)
		for _, cell := range b.Cells {
			texts.noteLinks(cell.Runs)
		}
	}
	texts.copy()
	return res
}

// An owner copies many strings into one piece of memory.
type owner struct {
	all  []*string
	size int
}

func (o *owner) note(s *string) {
	if *s != "" {
		o.all = append(o.all, s)
		o.size += len(*s)
	}
}

func (o *owner) noteLinks(runs []Run) {
	for i := range runs {
		o.note(&runs[i].Link)
	}
}

func (o *owner) copy() {
	var b strings.Builder
	b.Grow(o.size)
	for _, s := range o.all {
		b.WriteString(*s)
	}
	rest := b.String()
	for _, s := range o.all {
		*s, rest = rest[:len(*s)], rest[len(*s):]
	}
}
