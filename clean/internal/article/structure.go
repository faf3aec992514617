package article

import (
	"net/url"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/block"
)

// A structure reads what the elements of a page make of its blocks, in the order
// of the page.
type structure struct {
	doc    *block.Doc
	lists  map[int32]int // numbers of lists and tables, by element
	items  map[int32]bool
	links  map[int32]string // addresses by element
	active []block.Mark     // marks around the last place
	mark   int              // the next one
	image  int              // the next one
	kept   []bool           // images that stand among kept blocks; made when needed
}

func newStructure(d *block.Doc) structure {
	return structure{doc: d, lists: map[int32]int{}, items: map[int32]bool{}, links: map[int32]string{}}
}

// block is block i of the page without its text. role is that of its line.
func (s *structure) block(i int, role block.Role) Block {
	p := s.doc.PlaceOf(i)
	b := Block{Role: plainRoles[role], Quote: p.Quotes}
	if p.List >= 0 {
		b.List, b.Depth, b.Ordered, b.Number = s.number(p.List), p.Depth, p.Ordered, p.Number
	}
	switch {
	case b.Role == Heading:
		b.Level = p.Heading
	case b.Role == CodeBlock:
		b.Language = s.language(i, p.Code)
	case b.Role == Row:
		b.List, b.Depth, b.Ordered, b.Number = s.number(p.Table), 0, false, 0
	case b.Role == Caption:
	case p.Term:
		b.Role = Term
	case p.Details:
		b.Role = Description
	case p.Item >= 0 && p.List >= 0:
		// The first block of an item is the item, others go on in it.
		if b.Role = Item; s.items[p.Item] {
			b.Role, b.Ordered, b.Number = Paragraph, false, 0
		}
		s.items[p.Item] = true
	}
	return b
}

// number is the number of a list or table.
func (s *structure) number(elem int32) int {
	if _, ok := s.lists[elem]; !ok {
		s.lists[elem] = len(s.lists) + 1
	}
	return s.lists[elem]
}

// head reports whether a cell is a head cell.
func (s *structure) head(i int32) bool { return s.doc.PlaceOf(int(i)).Head }

// language is the language of block i of code, named by the preformatted element
// or by one of code in it.
func (s *structure) language(i int, pre int32) string {
	b := &s.doc.Blocks[i]
	for _, m := range s.doc.Marks[s.mark:] {
		if m.Start >= b.End {
			break
		}
		if name := s.doc.Language(m.Elem); m.Kind == block.CodeMark && name != "" {
			return name
		}
	}
	if pre < 0 {
		return ""
	}
	return s.doc.Language(pre)
}

// marks tells how a place of the page's text is marked, and up to where. Places
// are asked for in their order.
func (s *structure) marks(at int32, base *url.URL) (marks Marks, link string, until int32) {
	n := 0
	for _, m := range s.active {
		if m.End > at {
			s.active[n] = m
			n++
		}
	}
	s.active = s.active[:n]
	all := s.doc.Marks
	for ; s.mark < len(all) && all[s.mark].Start <= at; s.mark++ {
		if all[s.mark].End > at {
			s.active = append(s.active, all[s.mark])
		}
	}
	until = 1<<31 - 1
	if s.mark < len(all) {
		until = all[s.mark].Start
	}
	for _, m := range s.active {
		until = min(until, m.End)
		if m.Kind == block.LinkMark {
			link = s.link(m.Elem, base)
		}
		marks |= marksOf[m.Kind]
	}
	return marks, link, until
}

// link is the absolute address of a link, "" when it leads nowhere.
func (s *structure) link(elem int32, base *url.URL) string {
	if _, ok := s.links[elem]; !ok {
		s.links[elem] = s.address(s.doc.Attr(elem, "href"), base)
	}
	return s.links[elem]
}

// address makes an address absolute. Those that run something are none.
func (s *structure) address(ref string, base *url.URL) string {
	ref = strings.TrimSpace(ref)
	u, err := url.Parse(ref)
	if err != nil || ref == "" {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	switch u.Scheme {
	case "http", "https", "mailto", "":
		return u.String()
	}
	return ""
}

// imagesTo returns the images before a place of the page's text that come next and
// belong to the article: the nearest blocks before and behind, captions aside, are
// kept, or one of them is and the image stands in it.
func (s *structure) imagesTo(before int32) []block.Image {
	if s.kept == nil {
		s.keepImages()
	}
	var found []block.Image
	for ; s.image < len(s.doc.Images) && s.doc.Images[s.image].At < before; s.image++ {
		if s.kept[s.image] {
			found = append(found, s.doc.Images[s.image])
		}
	}
	return found
}

func (s *structure) keepImages() {
	d := s.doc
	s.kept = make([]bool, len(d.Images))
	k := 0
	for i, image := range d.Images {
		for k < len(d.Blocks) && d.Blocks[k].End <= image.At {
			k++
		}
		if k < len(d.Blocks) && d.Blocks[k].Start < image.At {
			s.kept[i] = d.Blocks[k].Keep // within a block
			continue
		}
		before, behind := k-1, k
		for before >= 0 && besidePicture(&d.Blocks[before]) {
			before--
		}
		for behind < len(d.Blocks) && besidePicture(&d.Blocks[behind]) {
			behind++
		}
		s.kept[i] = before >= 0 && behind < len(d.Blocks) && d.Blocks[before].Keep && d.Blocks[behind].Keep
	}
}

// besidePicture reports whether a block that was left out belongs to a picture.
func besidePicture(b *block.Block) bool {
	return !b.Keep && (b.Role == block.Caption || b.Kind == "caption" || b.Kind == "credit")
}
