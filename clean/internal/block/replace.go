package block

import (
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

// LacksBody reports whether the page shows next to nothing of the article body
// in its structured data.
func LacksBody(d *Doc, body string) bool {
	return d.bodySize >= bodyWords && d.inBody*100 < d.bodySize*bodyPercent &&
		len(body) > 3*int(d.Summary().Kept)
}

// LacksText reports whether the page shows next to no text at all.
func LacksText(d *Doc) bool { return !d.short && d.Summary().Kept < emptyBytes }

// RenderBody turns that body into lines.
func RenderBody(body string) []Line {
	var lines []Line
	for s := range strings.Lines(body) {
		if s = strings.Join(strings.Fields(s), " "); s != "" {
			lines = append(lines, Line{Text: s, Blank: min(len(lines), 1), P: 1})
		}
	}
	return lines
}

// RenderPart turns a part of a body that is markup into lines: all of it but
// what is hidden, captions, a heading that is the title and what rules prune. It
// takes the part for m's page; the lines live until m forgets the input, those of
// earlier parts, too.
func RenderPart(m *Memory, root *html.Node, title string, o Options) []Line {
	d := m.segment(root, o)
	Prune(d, o.Rules)
	KeepAll(d)
	DropTitle(d, title)
	at := len(m.parts)
	for _, l := range Render(d) {
		// The next part overwrites d.Text.
		l.Text, l.Spans, l.P = view(append(m.space(len(l.Text)), l.Text...)), nil, 1
		m.parts = append(m.parts, l)
	}
	return m.parts[at:len(m.parts):len(m.parts)]
}

// RuleFragment is the rule id of what KeepAll decides.
const RuleFragment = "fragment"

// KeepAll keeps all blocks but those that rules settled, hidden ones and captions:
// a fragment is an article, and no page around one. It returns the share of the
// text that stays.
func KeepAll(d *Doc) (kept float64) {
	size, all := 0, 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Step == "" {
			b.Keep = b.Role != Caption && b.Flags&(fHidden|fInvisible) == 0
			b.Step, b.Rule = "context", RuleFragment
		}
		n := int(b.End - b.Start)
		if all += n; b.Keep {
			size += n
		}
	}
	if all == 0 {
		return 0
	}
	return float64(size) / float64(all)
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
