package block

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// When a page's data holds the article body and the page itself does not show
// it, that body is the text.
const (
	bodyWords   = 40  // fewer are a summary
	bodyPercent = 30  // of its word triples stand on the page at most
	emptyBytes  = 500 // of text, 80 words, are next to nothing
)

// A Source is where a text comes from that is not that of the page's blocks.
type Source struct {
	Rule  string // rule id
	Where string // CSS selector, and a path in what it selects
}

// Rule ids of text that comes from a page's data.
const (
	RuleBody   = "body.linked"
	RuleScript = "body.script"
)

// LacksBody tells whether the page shows next to nothing of the article body
// in its structured data.
func LacksBody(d *Doc, body string) bool {
	return d.bodySize >= bodyWords && d.inBody*100 < d.bodySize*bodyPercent &&
		len(body) > 3*int(d.Summary().Kept)
}

// LacksText tells whether the page shows next to no text at all.
func LacksText(d *Doc) bool { return !d.short && d.Summary().Kept < emptyBytes }

// RenderBody turns that body into lines.
func RenderBody(body string) []Line {
	var lines []Line
	for s := range strings.Lines(strings.Clone(body)) { // the page's memory is used again
		if s = strings.Join(strings.Fields(s), " "); s != "" {
			lines = append(lines, Line{Text: s, Blank: min(len(lines), 1), P: 1})
		}
	}
	return lines
}

// RenderPart turns a part of a body that is markup into lines: all of it but
// what is hidden, captions, a heading that is the title and what rules prune.
func RenderPart(ctx context.Context, root *html.Node, title string, o Options) []Line {
	d, _ := Segment(ctx, root, o)
	defer d.Release()
	Prune(d, o.Rules)
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Step == "" && b.Role != Caption && b.Flags&(fHidden|fInvisible) == 0 {
			b.Keep = true
		}
	}
	dropTitle(d, title)
	lines := slices.Clone(Render(d))
	for i := range lines {
		l := &lines[i]
		l.Text, l.Spans, l.P = strings.Clone(l.Text), nil, 1 // d is released
	}
	return lines
}

// Replace drops the blocks of the page, for text from elsewhere.
func Replace(d *Doc, by Source) {
	d.Replaced = by
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Keep {
			b.Keep, b.Kind, b.Rule, b.Step = false, "boilerplate", by.Rule, "context"
		}
	}
}
