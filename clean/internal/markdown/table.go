package markdown

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/dom"
)

// mostEmpty is how many empty cells may fill up the rows of any table. One of a long row
// and many short ones would be filled up to the square of its size: HTML needs none.
const mostEmpty = 1000

// table writes a table with bars where all cells are lines without spans, otherwise as
// HTML.
func (w *writer) table(n *html.Node) {
	rows, caption, columns, ok := barsOf(n)
	if !ok {
		w.newline()
		w.out.WriteString(oneLine(n))
		return
	}
	if columns == 0 {
		return
	}
	if caption != nil {
		w.paragraph(caption.FirstChild, nil)
	}
	w.blank = true
	if isHead(rows[0]) {
		w.row(rows[0], columns)
		rows = rows[1:]
	} else {
		w.row(nil, columns)
	}
	w.newline()
	w.out.WriteString("|" + strings.Repeat(" --- |", columns))
	for _, r := range rows {
		w.row(r, columns)
	}
}

func (w *writer) row(r *html.Node, columns int) {
	w.newline()
	w.out.WriteByte('|')
	var c *html.Node
	if r != nil {
		c = r.FirstChild
		w.inline.around = dollarsIn(r)
		defer func() { w.inline.around = 0 }()
	}
	for range columns {
		w.out.WriteByte(' ')
		if c != nil {
			w.out.WriteString(strings.Join(w.inline.lines(c.FirstChild, nil, cellPlace), "<br>"))
			c = c.NextSibling
		}
		w.out.WriteString(" |")
	}
}

// barsOf are the rows, the caption and the number of columns of a table, and whether it
// is written with bars.
func barsOf(table *html.Node) (rows []*html.Node, caption *html.Node, columns int, ok bool) {
	rows, caption, ok = rowsOf(table)
	cells := 0
	for _, r := range rows {
		k := 0
		for c := r.FirstChild; c != nil; c = c.NextSibling {
			k++
		}
		columns, cells = max(columns, k), cells+k
	}
	return rows, caption, columns, ok && columns*len(rows) <= 4*cells+mostEmpty
}

// dollarsIn is how many dollar signs a row is written with. Some readers look for
// formulas in lines, whatever cells they have.
func dollarsIn(row *html.Node) (n int) {
	for c := range row.Descendants() {
		if c.DataAtom == atom.Math {
			n += 2
		}
		if c.Type == html.TextNode {
			n += strings.Count(c.Data, "$")
		}
		for i := range c.Attr {
			n += strings.Count(c.Attr[i].Val, "$")
		}
	}
	return n
}

// rowsOf are the rows and the caption of a table, and whether bars can show it.
func rowsOf(table *html.Node) (rows []*html.Node, caption *html.Node, simple bool) {
	simple = true
	add := func(tr *html.Node) {
		rows = append(rows, tr)
		for c := tr.FirstChild; c != nil; c = c.NextSibling {
			if dom.Has(c, "colspan") || dom.Has(c, "rowspan") || c.DataAtom == atom.Th && len(rows) > 1 {
				simple = simple && c.DataAtom == atom.Th && !dom.Has(c, "colspan") && !dom.Has(c, "rowspan")
			}
			for k := c.FirstChild; k != nil; k = k.NextSibling {
				simple = simple && !isBlock(k)
			}
		}
	}
	for c := table.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Caption:
			caption = c
		case atom.Tr:
			add(c)
		default:
			for r := c.FirstChild; r != nil; r = r.NextSibling {
				if r.DataAtom == atom.Tr {
					add(r)
				} else {
					simple = false
				}
			}
		}
	}
	return rows, caption, simple && len(rows) > 0
}

// isHead reports whether a row names the columns.
func isHead(r *html.Node) bool {
	if r.Parent.DataAtom == atom.Thead {
		return true
	}
	for c := r.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Th {
			return false
		}
	}
	return r.FirstChild != nil
}
