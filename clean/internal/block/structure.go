package block

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/css"
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

// markKind is the mark that an inline element is, ok false when it is none.
func markKind(a atom.Atom) (kind MarkKind, ok bool) {
	switch a {
	case atom.A:
		return LinkMark, true
	case atom.B, atom.Strong:
		return StrongMark, true
	case atom.Em, atom.I, atom.Cite:
		return EmMark, true
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		return CodeMark, true
	case atom.Sub:
		return SubMark, true
	case atom.Sup:
		return SupMark, true
	case atom.Del, atom.S, atom.Strike:
		return DelMark, true
	}
	return 0, false
}

// An Image is a picture of the page, or what else is to be seen without being text.
type Image struct {
	At   int32 // place in Doc.Text
	End  int32 // of its text, At where it has none
	Elem int32 // innermost element around, or its own if it is among the elements
	Node *html.Node
	Kind ImageKind
	// Space: white space parts it from the text before.
	Space bool
	// Hidden: an element around it hides it, as far as styles tell; see Doc.Hides.
	Hidden bool

	source  string // see Source
	sourced bool
}

// Source is the address of a picture as the page writes it, see ImageSource.
func (i *Image) Source() string {
	if !i.sourced {
		i.source, i.sourced = ImageSource(i.Node), true
	}
	return i.source
}

// ImageKind is what is to be seen.
type ImageKind uint8

// Kinds of images.
const (
	Picture ImageKind = iota
	Embed             // a frame, video or recording
	Formula           // of mathematics
)

// A Place is where text begins that lies in another element than what is before.
type Place struct {
	At   int32 // place in Doc.Text
	Elem int32 // innermost element around
}

// IsFormula reports whether an element is a formula of mathematics, as the makers of
// pages write them: MathML, KaTeX, MathJax, MediaWiki.
func IsFormula(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Math:
		return true
	case atom.Span, atom.Div:
		names := attrOf(n, "class")
		if !strings.Contains(names, "katex") && !strings.Contains(names, "MathJax") && !strings.Contains(names, "mwe-math") {
			return false // as nearly all
		}
		for class := range strings.FieldsSeq(names) {
			switch class {
			case "katex", "katex-display", "katex-block", "MathJax", "MathJax_Display", "MathJax_SVG", "mwe-math-element":
				return true
			}
		}
	case 0:
		return n.Data == "mjx-container"
	}
	return false
}

// place notes the element of the text that begins at the end of what there is.
func (b *builder) place() {
	d, at, elem := b.d, int32(len(b.d.Text)), b.top()
	if n := len(d.Places); n > 0 {
		switch last := &d.Places[n-1]; {
		case last.Elem == elem:
			return
		case last.At == at:
			last.Elem = elem
			return
		}
	}
	d.Places = append(d.Places, Place{at, elem})
}

// embed notes an element whose content is left out, if it may show something that
// belongs to the article.
func (b *builder) embed(n *html.Node) {
	hidden := b.d.Elems[b.top()].Flags&(fHidden|fInvisible) != 0
	kind := Embed
	switch n.DataAtom {
	case atom.Iframe, atom.Video, atom.Audio, atom.Embed, atom.Object:
	case atom.Script:
		if !strings.HasPrefix(attrOf(n, "type"), "math/tex") {
			return
		}
		kind = Formula
	default:
		return
	}
	b.d.Images = append(b.d.Images, Image{At: int32(len(b.d.Text)), End: int32(len(b.d.Text)), Elem: b.top(), Node: n, Kind: kind, Space: b.space, Hidden: hidden})
}

// note notes a mark or image when its element is closed, from being the place
// where its text begins.
func (b *builder) note(elem, from int32) {
	n := b.d.nodes[elem]
	hidden := b.d.Elems[elem].Flags&(fHidden|fInvisible) != 0
	if n.DataAtom == atom.Img {
		if !isPixel(n) {
			b.d.Images = append(b.d.Images, Image{At: from, End: from, Elem: elem, Node: n, Space: b.space, Hidden: hidden})
		}
		return
	}
	if IsFormula(n) {
		if !hidden {
			b.d.Images = append(b.d.Images, Image{At: from, End: int32(len(b.d.Text)), Elem: elem, Node: n, Kind: Formula, Space: b.space})
		}
		return
	}
	kind, ok := markKind(n.DataAtom)
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

// fallback notes the image that a noscript element holds, where scripts show one that
// no element of the page stands for.
func (b *builder) fallback(n *html.Node) {
	hidden := b.d.Elems[b.top()].Flags&(fHidden|fInvisible) != 0
	if n.FirstChild == nil {
		return
	}
	const most = 50 // nodes to look at
	for s := n.PrevSibling; s != nil; s = s.PrevSibling {
		seen := 0
		if s.DataAtom == atom.Img {
			return
		}
		for c := range s.Descendants() {
			if seen++; c.DataAtom == atom.Img || seen > most {
				return
			}
		}
	}
	if img := onlyImage(n); img != nil && !isPixel(img) {
		at := int32(len(b.d.Text))
		b.d.Images = append(b.d.Images, Image{At: at, End: at, Elem: b.top(), Node: img, Space: b.space, Hidden: hidden})
	}
}

// isPixel reports whether an image is there to count readers, not to be seen.
func isPixel(n *html.Node) bool {
	for _, key := range [...]string{"width", "height"} {
		if v := strings.TrimSuffix(strings.TrimSpace(attrOf(n, key)), "px"); v == "0" || v == "1" {
			return true
		}
	}
	return false
}

// Hides reports whether an element hides a picture in it for good, by itself: what has
// no height or cannot be seen through waits for it to be loaded.
func (d *Doc) Hides(elem int32) bool {
	e := &d.Elems[elem]
	if e.Flags&(fHidden|fInvisible) == 0 {
		return false
	}
	n := d.nodes[elem]
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "hidden":
			if !strings.EqualFold(a.Val, "false") {
				return true
			}
		case "style":
			var st css.Style
			if st.Read(a.Val, css.All); st.Set&css.Display != 0 && st.Display == css.None || st.Set&css.Visibility != 0 && st.Hidden {
				return true
			}
		}
	}
	return false
}

// unmark forgets the marks and images within an element whose text is taken back.
func (d *Doc) unmark(elem int32) {
	for n := len(d.Marks); n > 0 && d.Marks[n-1].Elem > elem; n-- {
		d.Marks = d.Marks[:n-1]
	}
	for n := len(d.Images); n > 0 && d.Images[n-1].Elem > elem; n-- {
		d.Images = d.Images[:n-1]
	}
	for n := len(d.Places); n > 0 && int(d.Places[n-1].At) >= len(d.Text); n-- {
		d.Places = d.Places[:n-1]
	}
}

// shortenMarks forgets what is noted of elements and text that are not there.
func (d *Doc) shortenMarks() {
	end := int32(len(d.Text))
	d.Marks = slices.DeleteFunc(d.Marks, func(m Mark) bool { return int(m.Elem) >= len(d.Elems) || m.Start >= end })
	for i := range d.Marks {
		d.Marks[i].End = min(d.Marks[i].End, end)
	}
	d.Places = slices.DeleteFunc(d.Places, func(p Place) bool { return int(p.Elem) >= len(d.Elems) || p.At >= end })
	d.Images = slices.DeleteFunc(d.Images, func(i Image) bool { return int(i.Elem) >= len(d.Elems) || i.At > end })
}

// sortMarks puts the marks in the order of their starts, outer ones first, and the
// images in the order of their places.
func (d *Doc) sortMarks() {
	slices.SortStableFunc(d.Marks, func(a, b Mark) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Elem, b.Elem))
	})
	slices.SortStableFunc(d.Images, func(a, b Image) int { return cmp.Compare(a.At, b.At) })
}

// Node is the node of an element.
func (d *Doc) Node(elem int32) *html.Node { return d.nodes[elem] }

// Attr is the value of an element's attribute, "" when it has none.
func (d *Doc) Attr(elem int32, key string) string { return attrOf(d.nodes[elem], key) }

// AttrOf is the value of a node's attribute, "" when it has none.
func AttrOf(n *html.Node, key string) string { return attrOf(n, key) }

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

// ImageSource is the address of an image as the page writes it: that which lazy
// images wait for, if they have a placeholder.
func ImageSource(n *html.Node) string {
	if behind := behindScript(n); behind != nil {
		n = behind
	}
	for _, key := range imageAttrs {
		if src := firstAddress(key, attrOf(n, key)); src != "" {
			return src
		}
	}
	// Whatever else makers of scripts call it.
	for i := range n.Attr {
		if a := &n.Attr[i]; strings.HasPrefix(a.Key, "data-") && namesImage(a.Val) {
			return firstAddress(a.Key, a.Val)
		}
	}
	if n.Parent == nil || n.Parent.DataAtom != atom.Picture && n.Parent.DataAtom != atom.Figure {
		return ""
	}
	near := 32 // siblings; each image among them asks all
	for s := n.Parent.FirstChild; s != nil && near > 0; s, near = s.NextSibling, near-1 {
		for _, key := range imageAttrs {
			if src := firstAddress(key, attrOf(s, key)); src != "" {
				return src
			}
		}
	}
	return ""
}

// behindScript is the image for readers without scripts that stands behind one which
// waits for a script, nil for none.
func behindScript(n *html.Node) *html.Node {
	const near = 2 // elements further out, when there is nothing but the image in them
	at := n
	for range near {
		s := at.NextSibling
		for s != nil && s.Type == html.TextNode && strings.TrimSpace(s.Data) == "" {
			s = s.NextSibling
		}
		if s != nil && s.DataAtom == atom.Noscript && s.FirstChild != nil {
			if img := onlyImage(s); img != nil {
				return img
			}
			return nil
		}
		if s != nil || at.Parent == nil {
			return nil
		}
		at = at.Parent
	}
	return nil
}

// onlyImage is the image that a noscript element holds, nil if that holds none or
// anything else.
func onlyImage(noscript *html.Node) (img *html.Node) {
	const most = 8 << 10 // bytes
	if c := noscript.FirstChild; c.Type == html.TextNode && c.NextSibling == nil {
		if len(c.Data) > most || !strings.Contains(c.Data, "<img") {
			return nil
		}
		doc, err := html.ParseWithOptions(strings.NewReader(c.Data), html.ParseOptionEnableScripting(false))
		if err != nil {
			return nil
		}
		noscript = doc
	}
	for c := range noscript.Descendants() {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			return nil
		case c.DataAtom == atom.Img && img != nil:
			return nil
		case c.DataAtom == atom.Img:
			img = c
		}
	}
	return img
}

// imageAttrs hold addresses of an image, the most likely to be the real one first.
var imageAttrs = [...]string{
	"data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-actualsrc", "data-full-src", "data-echo",
	"src", "data-srcset", "data-lazy-srcset", "srcset",
}

// firstAddress is the first address in the value of an attribute that is no
// placeholder.
func firstAddress(key, value string) string {
	if strings.HasSuffix(key, "srcset") {
		value = largest(value)
	}
	value = strings.TrimSpace(value)
	if len(value) >= 5 && strings.EqualFold(value[:5], "data:") || strings.HasPrefix(value, "{") || isPlaceholder(value) {
		return ""
	}
	return value
}

// namesImage reports whether a value is the address of an image by its ending.
func namesImage(v string) bool {
	const most = 2000 // bytes
	if len(v) > most || strings.ContainsAny(v, " {}\"") || !strings.Contains(v, "/") {
		return false
	}
	v, _, _ = strings.Cut(v, "?")
	for _, ending := range [...]string{".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"} {
		if len(v) > len(ending) && strings.EqualFold(v[len(v)-len(ending):], ending) {
			return !isPlaceholder(v)
		}
	}
	return false
}

// isPlaceholder reports whether an address is by its name that of what is shown until
// the image is there.
func isPlaceholder(src string) bool {
	name := strings.ToLower(src[strings.LastIndexByte(src, '/')+1:])
	if len(name) == len("x.gif") && strings.HasSuffix(name, ".gif") {
		return true
	}
	for _, word := range [...]string{"placeholder", "blank.", "spacer", "transparent.", "1x1", "pixel.", "loading.", "lazyload", "grey.gif", "clear.gif", "empty."} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// largest is the address of the largest image in a list of addresses, each followed by
// its size.
func largest(list string) (found string) {
	most := -1.0
	fields := strings.Fields(list)
	for i := 0; i < len(fields); i++ {
		src, size := fields[i], 1.0
		if alone := strings.HasSuffix(src, ","); alone {
			src = strings.TrimRight(src, ",")
		} else if i+1 < len(fields) {
			i++
			if v, err := strconv.ParseFloat(strings.TrimRight(fields[i], "wxh,"), 64); err == nil {
				size = v
			}
		}
		if src != "" && size > most {
			most, found = size, src
		}
	}
	return found
}

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
