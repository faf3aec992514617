package dom

import (
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/css"
	"golang.org/x/net/html"
)

// maxWanted is how many names of attributes that selectors ask for are kept.
const maxWanted = 16

// style takes in the text of a style element that p reads, unless it applies to
// nothing: in a noscript element or a template.
func (p *parser) style(n *html.Node, text string) {
	if p.hasTemplate() {
		return
	}
	for i := range p.stack {
		if e := &p.stack[i]; e.el == elNoscript || e.is&kForeign != 0 {
			return
		}
	}
	if !addStyle(p.sheets, n, text) || p.what == nil || !p.what.Attrs {
		return
	}
	// Of the attributes that are cut, those that selectors ask for stay.
	for rest := text[:min(len(text), css.MaxSize)]; len(p.wanted) < maxWanted; {
		i := strings.IndexByte(rest, '[')
		if i < 0 {
			break
		}
		rest = rest[i+1:]
		if end := strings.IndexAny(rest, "=]~|^$*\"' {"); end > 0 {
			if name := rest[:end]; dropped(name) && !slices.Contains(p.wanted, name) {
				p.wanted = append(p.wanted, name)
			}
		}
	}
}

// addStyle adds a style element and reports whether it is one of CSS.
func addStyle(s *css.Sheets, n *html.Node, text string) bool {
	if typ := Attr(n, "type"); text == "" || typ != "" && !strings.EqualFold(strings.TrimSpace(typ), "text/css") {
		return false
	}
	s.Add(text, Attr(n, "media"))
	return true
}

// addLink adds what a link element says of style sheets: one that is written into the
// address, or that there is one elsewhere.
func addLink(s *css.Sheets, attrs []html.Attribute) {
	sheet, address := false, ""
	for i := range attrs {
		switch a := &attrs[i]; a.Key {
		case "rel":
			sheet = strings.Contains(strings.ToLower(a.Val), "stylesheet")
		case "href":
			address = a.Val
		}
	}
	if !sheet || address == "" {
		return
	}
	if text, ok := css.DataSheet(strings.TrimSpace(address)); ok {
		s.Add(text, "")
		return
	}
	s.Linked = true
}

// runs reports whether a script is one that runs, not data.
func runs(n *html.Node) bool {
	typ := strings.ToLower(Attr(n, "type"))
	return typ == "" || typ == "module" || strings.Contains(typ, "javascript") || strings.Contains(typ, "ecmascript")
}

// styles adds those of a tree that somebody else has built.
func (m *Memory) styles(n *html.Node) {
	switch n.Data {
	case "link":
		addLink(&m.sheets, n.Attr)
	case "script":
		m.sheets.Scripted = m.sheets.Scripted || runs(n)
	case "style":
		for up := n.Parent; up != nil; up = up.Parent {
			if up.Data == "noscript" || up.Data == "template" || up.Namespace != "" {
				return
			}
		}
		if n.FirstChild != nil {
			addStyle(&m.sheets, n, n.FirstChild.Data)
		}
	}
}
