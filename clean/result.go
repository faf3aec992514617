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

	// Format is what the input was read as: FromHTML or FromText.
	Format Format

	Title     string    // headline without the site's name
	Byline    string    // author names separated by ", ", without "By" and roles
	Published time.Time // zero when unknown; midnight UTC when only the day is known
	Modified  time.Time // as Published
	SiteName  string
	Source    string // agency or publication the text was taken from, such as "Reuters"
	Language  string // BCP 47, lower case, such as "en" or "pt-br"; of a text what its script and function words tell
	Excerpt   string // the page's own summary
	Image     string // absolute URL of the lead image
	URL       string // canonical URL, else the one that was passed in

	// Verdict says what kind of page this is.
	Verdict Verdict
	// Score, in [0,1], is the expected word F1 of a page's text: pages that
	// score .9 and more turn out at .96 on average, those around .7 at .7. For
	// flattened text it is the share of its words that stayed.
	Score float64

	// Blocks are the blocks of the text with their structure, in order. It is nil
	// unless Options.Structure is set.
	Blocks []Block

	// Decisions says for every piece of the input what happened to it, in
	// reading order. It is nil unless Options.Explain is set.
	Decisions []Decision

	tree *html.Node // see Node
}

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
	for _, s := range []*string{
		&res.Title, &res.Byline, &res.SiteName, &res.Source, &res.Language, &res.Excerpt, &res.Image, &res.URL,
	} {
		*s = strings.Clone(*s)
	}
	var texts owner
	for i := range res.Decisions {
		texts.note(&res.Decisions[i].Text)
	}
	for i := range res.Blocks {
		b := &res.Blocks[i]
		texts.note(&b.Language)
		texts.note(&b.Src)
		if b.Role == RoleImage && len(b.Runs) > 0 {
			texts.note(&b.Runs[0].Text) // others are parts of Text
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
