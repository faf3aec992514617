package dom

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// doctype adds the document type. One of those that mean quirks, or none, lets a
// table stand in a paragraph.
func (p *parser) doctype() {
	text := p.tok.text
	end := strings.IndexAny(text, blanks)
	if end < 0 {
		end = len(text)
	}
	n := p.mem.node()
	n.Type, n.Data = html.DoctypeNode, strings.ToLower(text[:end])
	appendTo(p.doc, n)
	rest := strings.TrimLeft(text[end:], blanks)
	rest = identifiers(n, rest)
	p.quirks = text[:end] != "html" || rest != "" || meansQuirks(n.Attr)
}

// identifiers gives the node of a document type its public and its system
// identifier and returns what is left of its text.
func identifiers(n *html.Node, s string) (rest string) {
	const word = len("public")
	if len(s) < word {
		return s
	}
	key := strings.ToLower(s[:word])
	if key != "public" && key != "system" {
		return s
	}
	for s = s[word:]; key != ""; {
		s = strings.TrimLeft(s, blanks)
		if s == "" || s[0] != '"' && s[0] != '\'' {
			// Without the identifier, or with more than a system identifier behind
			// it, it is no document type that is known.
			return key + s
		}
		id, behind, _ := strings.Cut(s[1:], s[:1])
		n.Attr = append(n.Attr, html.Attribute{Key: key, Val: id})
		s = behind
		if key == "system" {
			break
		}
		key = "system"
	}
	return s
}

// meansQuirks reports whether the identifiers of a document type mean quirks,
// section 13.2.6.4.1.
func meansQuirks(attrs []html.Attribute) bool {
	if len(attrs) == 0 {
		return false
	}
	last := attrs[len(attrs)-1]
	if last.Key == "system" && strings.EqualFold(last.Val, "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd") {
		return true
	}
	if attrs[0].Key != "public" {
		return false
	}
	public := strings.ToLower(attrs[0].Val)
	switch public {
	case "-//w3o//dtd w3 html strict 3.0//en//", "-/w3d/dtd html 4.0 transitional/en", "html":
		return true
	}
	return slices.ContainsFunc(quirky, func(id string) bool { return strings.HasPrefix(public, id) })
}

// quirky are beginnings of public identifiers that mean quirks.
var quirky = func() (ids []string) {
	for line := range strings.Lines(quirkyIDs) {
		owner, names, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for name := range strings.SplitSeq(names, ", ") {
			ids = append(ids, owner+"//dtd "+name+"//")
		}
	}
	return ids
}()

// quirkyIDs lists names of document types by their owners.
const quirkyIDs = `+//silmaril: html pro v0r11 19970101
-//advasoft ltd: html 3.0 aswedit + extensions
-//as: html 3.0 aswedit + extensions
-//ietf: html 2.0 level 1, html 2.0 level 2, html 2.0 strict level 1, html 2.0 strict level 2, html 2.0 strict, html 2.0, html 2.1e
-//ietf: html 3.0, html 3.2 final, html 3.2, html 3, html level 0, html level 1, html level 2, html level 3
-//ietf: html strict level 0, html strict level 1, html strict level 2, html strict level 3, html strict, html
-//metrius: metrius presentational
-//microsoft: internet explorer 2.0 html strict, internet explorer 2.0 html, internet explorer 2.0 tables
-//microsoft: internet explorer 3.0 html strict, internet explorer 3.0 html, internet explorer 3.0 tables
-//netscape comm. corp.: html, strict html
-//o'reilly and associates: html 2.0, html extended 1.0, html extended relaxed 1.0
-//softquad software: hotmetal pro 6.0::19990601::extensions to html 4.0
-//softquad: hotmetal pro 4.0::19971010::extensions to html 4.0
-//spyglass: html 2.0 extended
-//sq: html 2.0 hotmetal + extensions
-//sun microsystems corp.: hotjava html, hotjava strict html
-//w3c: html 3 1995-03-24, html 3.2 draft, html 3.2 final, html 3.2, html 3.2s draft
-//w3c: html 4.0 frameset, html 4.0 transitional, html experimental 19960712, html experimental 970421, w3 html
-//w3o: w3 html 3.0
-//webtechs: mozilla html 2.0, mozilla html`
