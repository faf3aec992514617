package article

import (
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/block"
)

// elements reads what the elements of a page make of its blocks, in the order of the
// page.
type elements struct {
	doc       *block.Doc
	structure Structure
	lists     map[int32]int // numbers of lists and tables, by element
	count     int           // of them
	items     map[int32]bool
	numbers   block.Numbering
	links     map[int32]string // addresses by element
	site      string           // that of the page, "" when addresses cannot be told by it
	active    []block.Mark     // marks around the last place
	mark      int              // the next one
	image     int              // the next one
	at        int              // block, see blockAt
	kept      []bool           // images that stand among kept blocks; made when needed
}

func newElements(d *block.Doc, s Structure) elements {
	return elements{doc: d, structure: s, lists: map[int32]int{}, items: map[int32]bool{}, links: map[int32]string{}, site: siteOf(s.Base)}
}

// block is block i of the page without its text. role is that of its line.
func (e *elements) block(i int, role block.Role) Block {
	p := e.doc.Surroundings(i)
	b := Block{Role: plainRoles[role], Quote: p.Quotes}
	if b.Role == Row {
		b.List = e.number(p.Table)
		return b
	}
	begins := false // an item
	if p.List >= 0 {
		b.List, b.Depth = e.number(p.List), p.Depth
		begins = !e.items[p.Item]
		e.items[p.Item] = true
		if begins && p.Ordered {
			b.Ordered, b.Number = true, e.numbers.Of(e.doc, p.Item)
		}
	}
	switch b.Role {
	case Heading:
		b.Level = p.Heading
	case CodeBlock:
		b.Language = e.language(i, p.Code)
	case Caption:
	default:
		b.Role = Paragraph
		switch p.Inner {
		case atom.Blockquote:
			b.Role = Quote
		case atom.Dt:
			b.Role = Term
		case atom.Dd:
			b.Role = Description
		case atom.Li:
			if begins {
				b.Role = Item // others go on in it
			}
		}
		if p.Inner == 0 && p.Quotes > 0 {
			b.Role = Quote
		}
	}
	return b
}

// none is a block that comes from no element. again: it follows another of its role
// at once.
func (e *elements) none(role block.Role, again bool) Block {
	b := Block{Role: plainRoles[role]}
	switch b.Role {
	case Heading:
		b.Level = block.DefaultHeading
	case Item, Row:
		if !again {
			e.count++
		}
		if b.List = e.count; b.Role == Item {
			b.Depth = 1
		}
	}
	return b
}

// number is the number of a list or table.
func (e *elements) number(elem int32) int {
	if elem < 0 {
		return 0
	}
	if _, ok := e.lists[elem]; !ok {
		e.count++
		e.lists[elem] = e.count
	}
	return e.lists[elem]
}

// cell is the column of a cell, and whether it is a head cell.
func (e *elements) cell(i int) (column int, head bool) {
	const most = 1000 // columns
	return min(max(int(e.doc.Blocks[i].Cell)-1, 0), most), e.doc.Surroundings(i).Head
}

// language is the language of block i of code, named by the preformatted element
// or by one of code in it.
func (e *elements) language(i int, pre int32) string {
	b := &e.doc.Blocks[i]
	for _, m := range e.doc.Marks[e.mark:] {
		if m.Start >= b.End {
			break
		}
		if m.Kind != block.CodeMark || m.End <= b.Start {
			continue
		}
		if name := e.doc.Language(m.Elem); name != "" {
			return name
		}
	}
	return e.doc.Language(pre)
}

// marks says how a place of the page's text is marked, and up to where; link is the
// element of the link around it, -1 for none. Places are asked for in their order.
func (e *elements) marks(at int32) (marks Marks, link, until int32) {
	n := 0
	for _, m := range e.active {
		if m.End > at {
			e.active[n] = m
			n++
		}
	}
	e.active = e.active[:n]
	all := e.doc.Marks
	for ; e.mark < len(all) && all[e.mark].Start <= at; e.mark++ {
		if all[e.mark].End > at {
			e.active = append(e.active, all[e.mark])
		}
	}
	link, until = -1, atEnd
	if e.mark < len(all) {
		until = all[e.mark].Start
	}
	for _, m := range e.active {
		until = min(until, m.End)
		if m.Kind == block.LinkMark {
			link = m.Elem
		}
		marks |= marksOf[m.Kind]
	}
	return marks, link, until
}

// link is the absolute address of a link, "" when it leads nowhere.
func (e *elements) link(elem int32) string {
	if e.structure.NoLinks {
		return ""
	}
	if _, ok := e.links[elem]; !ok {
		e.links[elem] = e.address(e.doc.Attr(elem, "href"))
	}
	return e.links[elem]
}

// imagesTo returns the images up to a place of the page's text that come next and
// belong to the article: those within kept blocks, and those between two.
func (e *elements) imagesTo(place int32) []block.Image {
	if e.kept == nil {
		e.keepImages()
	}
	var found []block.Image
	for ; e.image < len(e.doc.Images) && e.doc.Images[e.image].At <= place; e.image++ {
		if e.kept[e.image] {
			found = append(found, e.doc.Images[e.image])
		}
	}
	return found
}

// blockAt is the block that a place of the page's text lies in, or ends at, and
// whether it lies within. It is asked for places in their order.
func (e *elements) blockAt(place int32) (blk int32, within bool) {
	d := e.doc
	for e.at+1 < len(d.Blocks) && d.Blocks[e.at].End < place {
		e.at++
	}
	if e.at >= len(d.Blocks) {
		return 0, false
	}
	b := &d.Blocks[e.at]
	return int32(e.at), b.Start < place && place < b.End
}
