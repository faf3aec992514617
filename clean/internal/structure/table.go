package structure

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/dom"
)

// Data notes that the text has a row of the table that an element lies in, a line of
// several cells.
func (b *Builder) Data(elem int32) {
	for e := elem; e > 0; e = b.doc.Elems[e].Parent {
		if b.doc.Node(e).DataAtom == atom.Table {
			if b.tables == nil {
				b.tables = map[int32]bool{}
			}
			b.tables[e] = true
			return
		}
	}
}

// isData reports whether a table is one of data, not a means of layout: the text has
// rows of it, or it has head cells.
func (b *Builder) isData(e int32) bool {
	return b.tables[e] || hasHead(b.doc.Node(e)) || isGrid(b.doc.Node(e))
}

// Bounds of a table that is one of data though its cells are no single lines.
const (
	gridRows    = 3
	gridColumns = 2
	gridText    = 100  // bytes in a cell, on average
	gridNodes   = 4000 // to look at; what is larger has head cells
)

// isGrid reports whether a table has rows of equally many cells, with little in them.
func isGrid(table *html.Node) bool {
	seen, size, rows, columns, all := 0, 0, 0, 0, 0
	for n := range table.Descendants() {
		if seen++; seen > gridNodes || n.DataAtom == atom.Table {
			return false
		}
		switch {
		case n.Type == html.TextNode:
			size += len(strings.TrimSpace(n.Data))
		case n.DataAtom == atom.Tr:
			k := 0
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
					span, err := strconv.Atoi(dom.Attr(c, "colspan"))
					if k++; err == nil && span > 1 {
						k += span - 1
					}
				}
			}
			if rows++; rows == 1 {
				columns = k
			} else if k != columns {
				return false
			}
			all += k
		case isHeading(n.DataAtom), n.DataAtom == atom.Form, n.DataAtom == atom.Input:
			return false
		}
	}
	return rows >= gridRows && columns >= gridColumns && size <= gridText*all
}

// hasHead reports whether a table has head cells of its own.
func hasHead(table *html.Node) bool {
	const most = 60 // nodes to look at
	seen := 0
	for n := range table.Descendants() {
		if seen++; seen > most {
			return false
		}
		if n.DataAtom == atom.Th || n.DataAtom == atom.Thead {
			return true
		}
		if n.DataAtom == atom.Table {
			return false
		}
	}
	return false
}

// row makes the cells of a row, empty ones, too: columns stay where they were.
func (b *Builder) row(tr *html.Node, elem int32) {
	if b.cells == nil {
		b.cells = map[*html.Node]*html.Node{}
	}
	for c := b.doc.Node(elem).FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		td := b.node(html.ElementNode, c.DataAtom)
		for _, key := range [...]string{"colspan", "rowspan"} {
			const most = 1000
			if k, err := strconv.Atoi(strings.TrimSpace(dom.Attr(c, key))); err == nil && k > 1 && k <= most {
				set(td, key, strconv.Itoa(k))
			}
		}
		tr.AppendChild(td)
		b.cells[c] = td
	}
}

// cell is the cell of a row that its element was made of.
func (b *Builder) cell(s step, row *html.Node) *html.Node {
	if td := b.cells[b.doc.Node(s.elem)]; td != nil && td.Parent == row {
		return td
	}
	td := b.node(html.ElementNode, s.tag)
	row.AppendChild(td)
	return td
}

// isCodeTable reports whether a table is lines of code beside their numbers.
func (b *Builder) isCodeTable(e int32) bool {
	n := b.doc.Node(e)
	code := false
	const most = 400 // nodes to look at
	seen := 0
	for c := range n.Descendants() {
		if seen++; seen > most {
			break
		}
		switch {
		case c.DataAtom == atom.Pre:
			code = true
		case c.DataAtom == atom.Th || c.DataAtom == atom.Table:
			return false
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			if !inCode(c, n) {
				return false
			}
		}
	}
	if code {
		return true
	}
	for class := range strings.FieldsSeq(dom.Attr(n, "class")) {
		switch class {
		case "highlight", "js-file-line-container", "rouge-table", "lntable", "highlighttable", "codehilitetable", "syntaxhighlighter":
			return true
		}
	}
	return false
}

// inCode reports whether a node of a table stands in code or among numbers of lines.
func inCode(n, table *html.Node) bool {
	for p := n.Parent; p != nil && p != table; p = p.Parent {
		if p.DataAtom == atom.Pre || isGutter(p) {
			return true
		}
	}
	return false
}
