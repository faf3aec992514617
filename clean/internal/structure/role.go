package structure

import (
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/dom"
)

// A role is what an element of the page may become.
type role uint8

const (
	unknownRole role = iota
	plainRole        // nothing
	inlineRole       // an inline element
	listRole
	itemRole
	quoteRole
	codeRole
	tableRole
	partRole // thead, tbody, tfoot
	rowRole
	cellRole
	captionRole // of a table
	termsRole   // dl
	termRole    // dt, dd
	figureRole
	figcaptionRole
	detailsRole
	summaryRole
	headingRole
	formulaRole
	noteRole // a footnote
)

var headings = [...]atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}

func isHeading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// tagRole is the role of an element by its tag alone.
func tagRole(a atom.Atom) role {
	switch a {
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
		return listRole
	case atom.Li:
		return itemRole
	case atom.Blockquote:
		return quoteRole
	case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
		return codeRole
	case atom.Table:
		return tableRole
	case atom.Thead, atom.Tbody, atom.Tfoot:
		return partRole
	case atom.Tr:
		return rowRole
	case atom.Td, atom.Th:
		return cellRole
	case atom.Caption:
		return captionRole
	case atom.Dl:
		return termsRole
	case atom.Dt, atom.Dd:
		return termRole
	case atom.Figure:
		return figureRole
	case atom.Figcaption:
		return figcaptionRole
	case atom.Details:
		return detailsRole
	case atom.Summary:
		return summaryRole
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return headingRole
	case atom.Math:
		return formulaRole
	}
	if inlineTag(a) != 0 {
		return inlineRole
	}
	return plainRole
}

// inlineTag is what an inline element is in the tree, 0 for other elements.
func inlineTag(a atom.Atom) atom.Atom {
	switch a {
	case atom.A, atom.Sub, atom.Sup, atom.Q, atom.Mark:
		return a
	case atom.B, atom.Strong:
		return atom.Strong
	case atom.Em, atom.I:
		return atom.Em
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		return atom.Code
	case atom.Del, atom.S, atom.Strike:
		return atom.Del
	}
	return 0
}

// roleOf is the role of an element, by itself.
func (b *Builder) roleOf(e int32) role {
	if r := b.roles[e]; r != unknownRole {
		return r
	}
	n := b.doc.Node(e)
	r := plainRole
	if n != nil {
		r = tagRole(n.DataAtom)
	}
	switch {
	case n == nil:
	case b.notes.bodies[e] != 0:
		r = noteRole
	case r == tableRole:
		if b.isCodeTable(e) {
			r = codeRole
		} else if !b.isData(e) {
			r = plainRole
		}
	case n.DataAtom == atom.Code && standsAlone(n):
		r = codeRole
	case r != plainRole || len(n.Attr) == 0:
	case block.IsFormula(n):
		r = formulaRole
	case dom.Attr(n, "role") == "heading":
		r = headingRole
	case n.DataAtom == atom.Div || n.DataAtom == atom.Aside || n.DataAtom == atom.Section || n.DataAtom == atom.P:
		if b.callout(n) != "" {
			r = quoteRole
		}
	}
	b.roles[e] = r
	return r
}
