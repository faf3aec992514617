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

// readNoscript reports whether a noscript element holds page text.
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

// textLen counts the bytes of text below n, stopping at limit. It does not look
// into svg elements, whose content is mostly cut before.
func textLen(n *html.Node, limit int) int {
	const most = 2000 // nodes to look at: what holds no text by then is no text
	total, seen := 0, 0
	for d := n; ; {
		if d.FirstChild != nil && d.Namespace != "svg" {
			d = d.FirstChild
		} else {
			for d != n && d.NextSibling == nil {
				d = d.Parent
			}
			if d == n {
				return total
			}
			d = d.NextSibling
		}
		if seen++; seen > most {
			return total
		}
		if d.Type == html.TextNode && infoOf(d.Parent.DataAtom).flags&fSkip == 0 {
			if total += len(strings.TrimSpace(d.Data)); total >= limit {
				return total
			}
		}
	}
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
		At: int32(len(b.d.Text)), Elem: b.top(),
		Text: sb.String(), Kind: kind, Rule: string(kind) + ".element",
	})
}

// asideKinds are the elements left out whose text can be seen.
var asideKinds = map[atom.Atom]rules.Kind{
	atom.Rp: "hidden", atom.Svg: "icon", atom.Select: "tools", atom.Textarea: "tools", atom.Datalist: "tools", atom.Progress: "tools", atom.Meter: "tools",
	atom.Rt: "boilerplate", atom.Rtc: "boilerplate", // readings of characters
}

// collectAside adds the words below root that are text of the page. It does not
// recurse: a tree may be deep.
func collectAside(sb *strings.Builder, root *html.Node, svg bool) {
	var around *html.Node // the outermost svg element around, below root
	for n := root.FirstChild; n != nil; {
		enter := false
		switch {
		case n.Type == html.TextNode:
			for f := range strings.FieldsSeq(n.Data) {
				if sb.Len() > 0 {
					sb.WriteByte(' ')
				}
				sb.WriteString(f)
			}
		case n.Type != html.ElementNode:
		case infoOf(n.DataAtom).flags&fSkip == 0, asideKinds[n.DataAtom] != "", (svg || around != nil) && n.DataAtom == atom.Title:
			enter = true
			if n.DataAtom == atom.Svg && around == nil {
				around = n
			}
		}
		if enter && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n != root && n.NextSibling == nil {
			if n == around {
				around = nil
			}
			n = n.Parent
		}
		if n == root {
			return
		}
		if n == around {
			around = nil
		}
		n = n.NextSibling
	}
}
