package block

import (
	"strings"

	"github.com/winnowtext/winnow/clean/internal/rules"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// noscriptMin is how many bytes of text a noscript element must hold to be
// read as part of the page: forum software ships whole threads in one, while
// most hold a notice or the copy of a lazy image.
const noscriptMin = 1000

// readNoscript tells whether a noscript element holds page text.
func (b *builder) readNoscript(n *html.Node) bool {
	if textLen(n, noscriptMin) >= noscriptMin {
		return true
	}
	b.skip(n, "js")
	return false
}

// parseNoscript parses markup that stands as text; nil when it is none.
func parseNoscript(s string) *html.Node {
	if !strings.Contains(s, "</") {
		return nil
	}
	doc, err := html.ParseWithOptions(strings.NewReader(s), html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil
	}
	return doc
}

// textLen counts the bytes of text below n, stopping at limit.
func textLen(n *html.Node, limit int) int {
	const most = 2000 // nodes to look at: what holds no text by then is no text
	total, seen := 0, 0
	for d := range n.Descendants() {
		if seen++; seen > most {
			break
		}
		if d.Type == html.TextNode && infoOf(d.Parent.DataAtom).flags&fSkip == 0 {
			if total += len(strings.TrimSpace(d.Data)); total >= limit {
				break
			}
		}
	}
	return total
}

// skip leaves an element's content out; the text in it that belongs to the
// page's visible text is recorded when the report is wanted.
func (b *builder) skip(n *html.Node, kind rules.Kind) {
	if !b.o.Explain {
		return
	}
	if kind == "" {
		if kind = asideKinds[n.DataAtom]; kind == "" {
			return // script, style and the like are no text
		}
	}
	var sb strings.Builder
	collectAside(&sb, n, n.DataAtom == atom.Svg)
	if sb.Len() == 0 {
		return
	}
	b.d.Asides = append(b.d.Asides, Aside{
		Block: int32(len(b.d.Blocks)), At: int32(len(b.d.Text)), Elem: b.top(),
		Text: sb.String(), Kind: kind, Rule: string(kind) + ".element",
	})
}

// asideKinds are the elements left out whose text can be seen.
var asideKinds = map[atom.Atom]rules.Kind{
	atom.Svg: "icon", atom.Select: "tools", atom.Textarea: "tools", atom.Datalist: "tools", atom.Progress: "tools", atom.Meter: "tools",
}

// collectAside adds the words below n that are text of the page.
func collectAside(sb *strings.Builder, n *html.Node, svg bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			for f := range strings.FieldsSeq(c.Data) {
				if sb.Len() > 0 {
					sb.WriteByte(' ')
				}
				sb.WriteString(f)
			}
		case c.Type != html.ElementNode:
		case infoOf(c.DataAtom).flags&fSkip == 0, asideKinds[c.DataAtom] != "", svg && c.DataAtom == atom.Title:
			collectAside(sb, c, svg || c.DataAtom == atom.Svg)
		}
	}
}
