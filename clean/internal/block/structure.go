package block

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What the elements of a page say beyond the text of its blocks. It is noted only
// with Options.Structure, as writers of other formats than text need it.

// A Mark is an inline element around a piece of text.
type Mark struct {
	Start, End int32 // in Doc.Text
	Elem       int32
	Kind       MarkKind
}

// MarkKind is what a mark makes of its text.
type MarkKind uint8

// Kinds of marks.
const (
	LinkMark MarkKind = iota
	StrongMark
	EmMark
	CodeMark
	SubMark
	SupMark
	DelMark
)

var markKinds = map[atom.Atom]MarkKind{
	atom.A: LinkMark, atom.B: StrongMark, atom.Strong: StrongMark, atom.Em: EmMark, atom.I: EmMark, atom.Cite: EmMark,
	atom.Code: CodeMark, atom.Kbd: CodeMark, atom.Samp: CodeMark, atom.Tt: CodeMark, atom.Sub: SubMark, atom.Sup: SupMark,
	atom.Del: DelMark, atom.S: DelMark, atom.Strike: DelMark,
}

// An Image is a picture of the page.
type Image struct {
	At   int32 // place in Doc.Text
	Elem int32
}

// note notes a mark or image when its element is closed, from being the place
// where its text begins.
func (b *builder) note(elem, from int32) {
	n := b.d.nodes[elem]
	if n.DataAtom == atom.Img {
		b.d.Images = append(b.d.Images, Image{At: from, Elem: elem})
		return
	}
	kind, ok := markKinds[n.DataAtom]
	if !ok {
		return
	}
	for int(from) < len(b.d.Text) && b.d.Text[from] <= ' ' {
		from++ // what parts it from the text before
	}
	if int(from) < len(b.d.Text) {
		b.d.Marks = append(b.d.Marks, Mark{Start: from, End: int32(len(b.d.Text)), Elem: elem, Kind: kind})
	}
}

// unmark forgets marks and images of text from a place on that is taken back.
func (d *Doc) unmark(from int32) {
	for n := len(d.Marks); n > 0 && d.Marks[n-1].End > from; n-- {
		d.Marks = d.Marks[:n-1] // what is left out was opened and closed behind from
	}
	for n := len(d.Images); n > 0 && d.Images[n-1].At >= from; n-- {
		d.Images = d.Images[:n-1]
	}
}

// sortMarks puts the marks in the order of their starts, outer ones first.
func (d *Doc) sortMarks() {
	slices.SortStableFunc(d.Marks, func(a, b Mark) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Elem, b.Elem))
	})
}

// Attr is the value of an element's attribute, "" when it has none.
func (d *Doc) Attr(elem int32, key string) string { return attrOf(d.nodes[elem], key) }

func attrOf(n *html.Node, key string) string {
	if n == nil {
		return ""
	}
	for i := range n.Attr {
		if n.Attr[i].Key == key && n.Attr[i].Namespace == "" {
			return n.Attr[i].Val
		}
	}
	return ""
}

// A Place says what the elements around a block make of it.
type Place struct {
	Heading int   // level of the heading it is, 1 to 6, or 0
	Item    int32 // innermost list item around, -1 for none
	List    int32 // innermost list around that item, -1 for none
	Depth   int   // lists around it
	Ordered bool  // that list is numbered ...
	Number  int   // ... and this is the item's number
	Quotes  int   // quotations around it
	Row     int32 // innermost table row around, -1 for none
	Table   int32 // outermost of the table elements around that row
	Head    bool  // it stands in a head cell
	Term    bool  // it is a term ...
	Details bool  // ... or the description of one
	Code    int32 // innermost preformatted element around, -1 for none
}

// PlaceOf says what the elements around block i make of it.
func (d *Doc) PlaceOf(i int) Place {
	p := Place{Item: -1, List: -1, Row: -1, Table: -1, Code: -1}
	for e := d.Blocks[i].Elem; e > 0; e = d.Elems[e].Parent {
		n := d.nodes[e]
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			if p.Heading == 0 {
				p.Heading = int(n.Data[1] - '0')
			}
		case atom.Li:
			if p.Item < 0 && p.Depth == 0 {
				p.Item = e
			}
		case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
			if p.Item >= 0 {
				if p.Depth++; p.Depth == 1 {
					p.List, p.Ordered = e, n.DataAtom == atom.Ol
				}
			}
		case atom.Blockquote:
			p.Quotes++
		case atom.Th:
			p.Head = p.Head || p.Row < 0
		case atom.Thead:
			p.Head = p.Head || p.Row >= 0 && p.Table < 0
		case atom.Tr:
			if p.Row < 0 {
				p.Row = e
			}
		case atom.Table:
			if p.Row >= 0 {
				p.Table = e
			}
		case atom.Dt:
			p.Term = p.Term || !p.Details
		case atom.Dd:
			p.Details = p.Details || !p.Term
		case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
			p.Code = e
		}
	}
	if p.Heading == 0 && d.Blocks[i].Role == Heading {
		p.Heading = defaultHeading
	}
	if p.Ordered {
		p.Number = d.itemNumber(p.Item)
	}
	return p
}

// defaultHeading is the level of headings that are no h1 to h6.
const defaultHeading = 2

// itemNumber is the number of an item of a numbered list.
func (d *Doc) itemNumber(item int32) int {
	const most = 10_000 // items to count
	back := 0
	n := d.nodes[item]
	for ; n != nil && back < most; n = n.PrevSibling {
		if n.Type != html.ElementNode || n.DataAtom != atom.Li {
			continue
		}
		if v, err := strconv.Atoi(strings.TrimSpace(attrOf(n, "value"))); err == nil {
			return v + back
		}
		back++
	}
	first := 1
	if v, err := strconv.Atoi(strings.TrimSpace(attrOf(d.nodes[item].Parent, "start"))); err == nil {
		first = v
	}
	return first + back - 1
}

// Language is the programming language that an element of code, or those right
// around it, name in their classes; "" when they name none.
func (d *Doc) Language(elem int32) string {
	const near = 3 // elements further out
	for range near {
		n := d.nodes[elem]
		if elem <= 0 || n == nil {
			break
		}
		for class := range strings.FieldsSeq(attrOf(n, "class")) {
			for _, prefix := range languagePrefixes {
				if name, ok := strings.CutPrefix(class, prefix); ok && isLanguage(name) {
					return strings.ToLower(name)
				}
			}
		}
		for _, key := range languageAttrs {
			if name := attrOf(n, key); isLanguage(name) {
				return strings.ToLower(name)
			}
		}
		elem = d.Elems[elem].Parent
	}
	return ""
}

// How the language of code is written: the first by the HTML standard, the others
// by makers of pages.
var (
	languagePrefixes = []string{"language-", "lang-", "highlight-source-", "highlight-"}
	languageAttrs    = []string{"data-lang", "data-language"}
)

// isLanguage reports whether name may be that of a programming language.
func isLanguage(name string) bool {
	const most = 20 // bytes
	if name == "" || len(name) > most {
		return false
	}
	for i := range len(name) {
		switch c := name[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z', '0' <= c && c <= '9', c == '+', c == '#', c == '-', c == '.', c == '_':
		default:
			return false
		}
	}
	return true
}
