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
	p.tokens.Use(c.types)
	about := pagetype.PageOf(p.doc, p.about, p.in.URL, &p.tokens)
	p.kind, p.kindPs = c.types.Of(&about)
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
	if p.doc.Replaced == (block.Source{}) && res.fewerWords(verdict.MaxWords) {
		switch wall := c.wall(res, p); {
		case p.about.Free != nil && !*p.about.Free && res.Text != "" && res.fewerWords(partialWords):
			return Partial
		case wall == verdict.Partial:
			return Partial
		case wall == verdict.Stub, res.Text == "" && s.Notice:
			return Stub
		case res.Text == "":
			return Empty
		case p.doc.Summary().Wall && res.fewerWords(stubWords):
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

// wall says whether a page with little text is a wall, or cut off by one.
func (c *Cleaner) wall(res *Result, p *page) verdict.Verdict {
	v, of := p.wallPage()
	if !v.Says() && !res.fewerWords(stubWords) {
		return verdict.None
	}
	c.nameBlocks(p) // unless that was done: what is called a wall may not depend on who asks
	left := v.Blocks[:0]
	for i, b := range v.Blocks {
		if kind := of[i].Kind; saysOfWall(of[i], b.Heading) {
			b.Wall = kind == "paywall"
			left = append(left, b)
		}
	}
	v.Blocks = left
	return verdict.Of(v)
}

// wallPage is a page as package verdict sees it, and the blocks that its own are made of.
func (p *page) wallPage() (v *verdict.Page, of []*block.Block) {
	v = &verdict.Page{
		Title: p.about.Title, Password: p.about.Password,
		Credited: !p.about.Published.IsZero() || len(p.about.Authors) > 0,
	}
	if p.about.PageTitle != "" {
		v.Title = p.about.PageTitle
	}
	v.Blocks, of = p.wallBlocks[:0], p.wallOf[:0]
	p.doc.EachText(func(b *block.Block, text string, heading bool) {
		if saysOfWall(b, heading) {
			of = append(of, b)
			v.Blocks = append(v.Blocks, verdict.Block{Text: text, Kept: b.Keep, Heading: heading, Linked: int(b.Link)*2 > len(text)})
		}
	})
	p.wallBlocks, p.wallOf = v.Blocks, of
	return v, of
}

// saysOfWall reports whether a block may say what a page is in place of an article.
func saysOfWall(b *block.Block, heading bool) bool {
	return b.Keep || !chrome[b.Kind] || heading && b.Kind == "newsletter"
}

// chrome are the kinds of what stands around the text of any page of a site.
var chrome = map[rules.Kind]bool{
	"nav": true, "header": true, "footer": true, "skip": true, "breadcrumb": true, "share": true, "tags": true, "copyright": true,
	"legal": true, "sidebar": true, "related": true, "comment": true, "byline": true, "date": true, "ad": true, "toc": true, "follow": true,
	"app": true, "icon": true, "rating": true, "duplicate": true, "newsletter": true,
}

// fewerWords reports whether the beginning of the text, up to partialBytes, has fewer
// than n words.
func (res *Result) fewerWords(n int) bool {
	return res.Words < n || len(res.Text) > partialBytes && words.Count(res.Text[:partialBytes]) < n
}
