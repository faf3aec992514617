package block

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Surroundings say what the elements around a block make of it.
type Surroundings struct {
	Heading int   // level of the heading it is, 1 to 6, or 0
	Item    int32 // innermost list item around, -1 for none
	List    int32 // innermost list around that item, -1 for none
	Depth   int   // lists around it
	Ordered bool  // that list is numbered
	Quotes  int   // quotations around it
	Row     int32 // innermost table row around, -1 for none
	Table   int32 // outermost of the table elements directly around that row, -1 for none
	Head    bool  // it stands in a head cell
	Code    int32 // outermost preformatted element around, -1 for none
	// Inner is the innermost around that gives it a role: atom.Li, atom.Blockquote,
	// atom.Dt or atom.Dd, 0 for none.
	Inner atom.Atom
}

// Surroundings are those of block i.
func (d *Doc) Surroundings(i int) Surroundings {
	p := Surroundings{Item: -1, List: -1, Row: -1, Table: -1, Code: -1}
	inTable := false // the elements since the row are of its table
	for e := d.Blocks[i].Elem; e > 0; e = d.Elems[e].Parent {
		n := d.nodes[e]
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			if p.Heading == 0 {
				p.Heading = int(n.Data[1] - '0')
			}
		case atom.Li:
			if p.Item < 0 {
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
		case atom.Tr:
			if p.Row < 0 {
				p.Row, inTable = e, true
				continue
			}
		case atom.Thead, atom.Tbody, atom.Tfoot, atom.Table:
			if inTable {
				p.Table = e
				p.Head = p.Head || n.DataAtom == atom.Thead
				continue
			}
		case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
			p.Code = e
		default:
			if level := attrOf(n, "aria-level"); p.Heading == 0 && len(level) == 1 && level[0] >= '1' && level[0] <= '6' {
				p.Heading = int(level[0] - '0')
			}
		}
		inTable = false
		switch n.DataAtom {
		case atom.Li, atom.Blockquote, atom.Dt, atom.Dd:
			if p.Inner == 0 {
				p.Inner = n.DataAtom
			}
		}
	}
	if p.Heading == 0 && d.Blocks[i].Role == Heading {
		p.Heading = DefaultHeading
	}
	return p
}

// DefaultHeading is the level of headings of which none is known.
const DefaultHeading = 2

// A Numbering numbers the items of numbered lists, which are asked for in the order
// of the page. The zero value is ready to use.
type Numbering struct {
	last map[*html.Node]itemCount // by list
}

type itemCount struct {
	item   *html.Node
	number int
	step   int
}

// Of is the number of an item.
func (n *Numbering) Of(d *Doc, item int32) int {
	node := d.nodes[item]
	list := node.Parent
	if list == nil {
		return 1
	}
	at, known := n.last[list]
	next := list.FirstChild
	if known {
		next = at.item.NextSibling
	} else {
		at = begin(d, list)
	}
	if at.item == node {
		return at.number
	}
	for s := next; s != nil; s = s.NextSibling {
		if s.Type != html.ElementNode || s.DataAtom != atom.Li {
			continue
		}
		d.clock.Step()
		at.item, at.number = s, at.number+at.step
		if v, err := strconv.Atoi(strings.TrimSpace(attrOf(s, "value"))); err == nil {
			at.number = v
		}
		if s == node {
			break
		}
	}
	if n.last == nil {
		n.last = make(map[*html.Node]itemCount)
	}
	n.last[list] = at
	return at.number
}

// begin is what stands before the first item of a list.
func begin(d *Doc, list *html.Node) itemCount {
	at := itemCount{step: 1}
	first := 1
	if reversed := slices.ContainsFunc(list.Attr, func(a html.Attribute) bool { return a.Key == "reversed" }); reversed {
		at.step, first = -1, 0
		for s := list.FirstChild; s != nil; s = s.NextSibling {
			if d.clock.Step(); s.DataAtom == atom.Li {
				first++
			}
		}
	}
	if v, err := strconv.Atoi(strings.TrimSpace(attrOf(list, "start"))); err == nil {
		first = v
	}
	at.number = first - at.step
	return at
}

// Language is the programming language that an element of code, or those right
// around it, name in their classes; "" when they name none.
func (d *Doc) Language(elem int32) string {
	const near = 3 // elements further out
	for range near {
		if elem <= 0 || int(elem) >= len(d.Elems) {
			break
		}
		n := d.nodes[elem]
		own := n.DataAtom == atom.Code || n.DataAtom == atom.Pre // else "lang-en" is of people
		for class := range strings.FieldsSeq(attrOf(n, "class")) {
			for _, p := range languageClasses {
				if name, ok := strings.CutPrefix(class, p.prefix); ok && (own || p.around) && isLanguage(name) {
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
// by makers of pages. around: on elements around the code, too.
var (
	languageClasses = []struct {
		prefix string
		around bool
	}{{"language-", true}, {"highlight-source-", true}, {"lang-", false}, {"highlight-", true}}
	languageAttrs = []string{"data-lang", "data-language"}
	// notLanguages follow the prefixes in names of boxes.
	notLanguages = []string{"box", "block", "wrapper", "container", "content", "code", "text", "area", "inner", "switcher", "selector", "menu"}
)

// isLanguage reports whether name may be that of a programming language.
func isLanguage(name string) bool {
	const most = 20 // bytes
	if name == "" || len(name) > most || slices.Contains(notLanguages, name) {
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
