package clean

import (
	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/pagetype"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/verdict"
	"github.com/winnowtext/winnow/clean/internal/words"
)

// Bounds of verdicts.
const (
	// stubWords is how short a text is, in words, that may be no more than a notice.
	stubWords = 60
	// partialWords is how short the open part of a walled article is, in words.
	partialWords = 250
	// partialBytes is more than those words take.
	partialBytes = 64 << 10
	// listingP is the probability from which on the type of a page alone makes it a
	// listing, whatever text it has.
	listingP = .5
	// stubScore is the most that a stub's text is expected to score.
	stubScore = .05
)

// tellType says what kind of page it is.
func (c *Cleaner) tellType(p *page) {
	about := pagetype.PageOf(p.doc, p.about, p.in.URL, &p.tokens)
	p.kind, p.kindPs = c.types.Of(about)
}

// pageVerdict says what was found on a page.
func (c *Cleaner) pageVerdict(res *Result, p *page) Verdict {
	if p.in.Fragment {
		if res.Text == "" {
			return Empty
		}
		return Article
	}
	s := p.doc.Summary()
	if p.doc.Replaced == (block.Source{}) && fewerWords(res.Text, verdict.MaxWords) {
		c.nameBlocks(p) // unless that was done: what is called a wall may not depend on who asks
		switch wall := verdict.Of(p.wallPage(c.rules)); {
		case p.about.Free != nil && !*p.about.Free && res.Text != "" && fewerWords(res.Text, partialWords):
			return Partial
		case wall == verdict.Partial:
			return Partial
		case wall == verdict.Stub, res.Text == "" && s.Notice:
			return Stub
		case res.Text == "":
			return Empty
		case p.doc.Summary().Wall && fewerWords(res.Text, stubWords):
			return Stub
		}
	}
	return c.listing(res, s, p)
}

// listing tells a page of links from one of text: by its type, or by what of it was kept
// where the type leaves it open.
func (c *Cleaner) listing(res *Result, s block.Summary, p *page) Verdict {
	switch mostlyLinks := s.Links*2 > s.Kept || s.Good == 0 && s.Heads > 8; {
	case p.kind == pagetype.Listing && (mostlyLinks || p.kindPs[p.kind] >= listingP),
		mostlyLinks && p.kindPs[p.kind] < listingP,
		mostlyLinks && p.kind == pagetype.Other:
		return Listing
	}
	return Article
}

// wallPage is a page as package verdict sees it.
func (p *page) wallPage(set *rules.Set) *verdict.Page {
	v := &verdict.Page{
		Title: p.about.Title, Password: p.about.Password,
		Credited: !p.about.Published.IsZero() || len(p.about.Authors) > 0,
	}
	if p.about.PageTitle != "" {
		v.Title = p.about.PageTitle
	}
	p.doc.EachText(func(b *block.Block, text string, heading bool) {
		if b.Keep || !chrome[b.Kind] || heading && b.Kind == "newsletter" {
			v.Blocks = append(v.Blocks, verdict.Block{
				Text: text, Kept: b.Keep, Heading: heading, Linked: int(b.Link)*2 > len(text), Wall: b.Kind == "paywall",
			})
		}
	})
	return v
}

// chrome are the kinds of what stands around the text of any page of a site.
var chrome = map[rules.Kind]bool{
	"nav": true, "header": true, "footer": true, "skip": true, "breadcrumb": true, "share": true, "tags": true, "copyright": true,
	"legal": true, "sidebar": true, "related": true, "comment": true, "byline": true, "date": true, "ad": true, "toc": true, "follow": true,
	"app": true, "icon": true, "rating": true, "duplicate": true, "newsletter": true,
}

// fewerWords reports whether the beginning of a text, up to partialBytes, has fewer
// than n words. It reads no more than it needs.
func fewerWords(text string, n int) bool {
	text = text[:min(len(text), partialBytes)]
	for size := 16 * n; ; size *= 4 {
		if size >= len(text) {
			return words.Count(text) < n
		}
		if words.Count(text[:size]) >= n {
			return false
		}
	}
}
