package dom

import (
	"strings"

	"github.com/winnowtext/winnow/clean/internal/work"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxDepth is the depth of the trees that parseDeep builds, in elements, give
// or take one: as much as html.Parse allows.
const maxDepth = 512

// A builder makes a tree of markup that html.Parse cannot take. It follows
// the HTML standard in what matters for text (implied end tags, scopes, void
// and raw elements, foreign content) and leaves out what can make an end tag or
// a text cost more than a constant: formatting elements are not opened anew in
// the next block, nothing is moved out of tables.
type builder struct {
	z      *html.Tokenizer
	doc    *html.Node
	html   *html.Node
	head   *html.Node
	body   *html.Node
	stack  []open
	quirks bool            // no document type: a table may stand in a paragraph
	last   map[string]*int // place in stack of the innermost element of a name, plus one
	page   *parted
}

// open is an element whose end tag has not come.
type open struct {
	node *html.Node
	last *int // builder.last of its name ...
	same int  // ... and what that was before
	// Places in stack, of this element or the nearest one around it:
	special int // one that stops the search for the start tag of an inline element
	item    int // special, but for div, p and address: one that stops the search for a list item
	scope   int // one that stops the search for the start tag of a block
	button  int // scope or a button
}

// parseDeep builds the tree of a page, of its beginning when the clock ends.
func parseDeep(c *work.Clock, p Page) *html.Node {
	r := &parted{clock: c, p: p}
	if trimmed := trimAttrs(c, p.HTML); len(trimmed) != len(p.HTML) {
		r.p = Page{HTML: trimmed} // the seams are elsewhere now
	}
	b := &builder{
		z:      html.NewTokenizer(r),
		doc:    &html.Node{Type: html.DocumentNode},
		last:   make(map[string]*int),
		quirks: true,
		page:   r,
	}
	b.html = &html.Node{Type: html.ElementNode, DataAtom: atom.Html, Data: "html"}
	b.head = &html.Node{Type: html.ElementNode, DataAtom: atom.Head, Data: "head"}
	b.body = &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"}
	b.html.AppendChild(b.head)
	b.push(b.html)
	b.push(b.head)
	for b.next() {
	}
	if b.inHead() {
		b.leaveHead()
	}
	return b.doc
}

// next handles one token and reports whether there may be more.
func (b *builder) next() bool {
	if b.page.clock.Err() != nil {
		b.begin()
		return false
	}
	b.z.AllowCDATA(b.top().Namespace != "")
	switch b.z.Next() {
	case html.ErrorToken:
		b.begin()
		return false
	case html.TextToken:
		b.text(string(b.z.Text()))
	case html.StartTagToken, html.SelfClosingTagToken:
		t := b.z.Token()
		b.start(t)
	case html.EndTagToken:
		name, _ := b.z.TagName()
		b.end(string(name))
	case html.CommentToken:
		n := &html.Node{Type: html.CommentNode, Data: string(b.z.Text())}
		if b.html.Parent == nil {
			b.doc.AppendChild(n)
		} else {
			b.insert(n)
		}
	case html.DoctypeToken:
		if b.html.Parent == nil {
			name, _, _ := strings.Cut(strings.TrimSpace(string(b.z.Text())), " ")
			b.doc.AppendChild(&html.Node{Type: html.DoctypeNode, Data: strings.ToLower(name)})
			b.quirks = false
		}
	}
	return true
}

func (b *builder) top() *html.Node { return b.stack[len(b.stack)-1].node }

func (b *builder) inHead() bool { return b.body.Parent == nil }

// leaveHead opens the body.
func (b *builder) leaveHead() {
	b.pop(1)
	b.html.AppendChild(b.body)
	b.push(b.body)
}

// begin puts the html element into the document, behind its doctype.
func (b *builder) begin() {
	if b.html.Parent == nil {
		b.doc.AppendChild(b.html)
	}
}

func (b *builder) text(s string) {
	s = strings.ReplaceAll(s, "\x00", "")
	top := b.top()
	if n := top; n.FirstChild == nil && n.Namespace == "" &&
		(n.DataAtom == atom.Pre || n.DataAtom == atom.Textarea || n.DataAtom == atom.Listing) {
		s = strings.TrimPrefix(strings.TrimPrefix(s, "\r"), "\n")
	}
	if s == "" {
		return
	}
	if b.inHead() && (top == b.head || top.DataAtom == atom.Noscript) {
		if strings.Trim(s, " \t\r\n\f") == "" {
			return
		}
		b.leaveHead()
	}
	b.begin()
	b.insert(&html.Node{Type: html.TextNode, Data: s})
}

// insert appends n to the innermost open element. Below maxDepth open elements
// are siblings in the tree; when the one in hand is no more the last of them,
// a copy of it takes what follows, so that the order of the text stays.
func (b *builder) insert(n *html.Node) {
	i := len(b.stack) - 1
	if i >= maxDepth {
		level := b.stack[maxDepth-1].node
		if n.Type == html.ElementNode && !isVoid(n.DataAtom) {
			level.AppendChild(n)
			return
		}
		top := b.stack[i].node
		if level.LastChild != top {
			top = &html.Node{Type: html.ElementNode, DataAtom: top.DataAtom, Data: top.Data, Namespace: top.Namespace, Attr: top.Attr}
			b.stack[i].node = top
			level.AppendChild(top)
		}
		top.AppendChild(n)
		return
	}
	b.stack[i].node.AppendChild(n)
}

// push opens n, unless the clock ends before there is room for it.
func (b *builder) push(n *html.Node) {
	i := len(b.stack)
	if i == cap(b.stack) && !b.grow() {
		return
	}
	last := b.last[n.Data]
	if last == nil {
		last = new(int)
		b.last[n.Data] = last
	}
	o := open{node: n, last: last, same: *last}
	if i > 0 {
		around := b.stack[i-1]
		o.special, o.item, o.scope, o.button = around.special, around.item, around.scope, around.button
	}
	kind := kindOf(n)
	if kind&special != 0 {
		o.special = i
		if n.DataAtom != atom.Div && n.DataAtom != atom.P && n.DataAtom != atom.Address {
			o.item = i
		}
	}
	if kind&scope != 0 {
		o.scope, o.button = i, i
	}
	if n.DataAtom == atom.Button && n.Namespace == "" {
		o.button = i
	}
	*last = i + 1
	b.stack = append(b.stack, o)
}

// stackPiece is how many open elements are copied or closed between two looks
// at the clock.
const stackPiece = 1 << 14

// grow makes room for more open elements; not when the clock ends.
func (b *builder) grow() bool {
	more := make([]open, 0, len(b.stack)*3/2+64)
	for rest := b.stack; len(rest) > 0; {
		if b.page.over() {
			return false
		}
		n := min(len(rest), stackPiece)
		more, rest = append(more, rest[:n]...), rest[n:]
	}
	b.stack = more
	return true
}

// pop closes the elements from place i on.
func (b *builder) pop(i int) {
	for j := len(b.stack) - 1; j >= i; j-- {
		if j%stackPiece == 0 && b.page.over() {
			clear(b.last) // nobody asks where the others were
			break
		}
		*b.stack[j].last = b.stack[j].same
		b.stack[j].node = nil
	}
	b.stack = b.stack[:i]
}

// innermost is the place of the innermost open element of a name, plus one.
func (b *builder) innermost(name string) int {
	if last := b.last[name]; last != nil {
		return *last
	}
	return 0
}

// find returns the place of the innermost open element of a name if it is
// not outside of limit, else -1.
func (b *builder) find(name string, limit int) int {
	if i := b.innermost(name) - 1; i >= limit && i > 1 {
		return i
	}
	return -1
}

// close closes the innermost element of a name, if it is inside of limit.
func (b *builder) close(name string, limit int) bool {
	i := b.find(name, limit)
	if i < 0 {
		return false
	}
	b.pop(i)
	return true
}

func (b *builder) here() open { return b.stack[len(b.stack)-1] }

func (b *builder) start(t html.Token) {
	b.begin()
	a := t.DataAtom
	switch a {
	case atom.Html:
		mergeAttrs(b.html, t.Attr)
		return
	case atom.Head:
		if b.inHead() {
			mergeAttrs(b.head, t.Attr)
		}
		return
	case atom.Body:
		if b.inHead() {
			b.leaveHead()
		}
		mergeAttrs(b.body, t.Attr)
		return
	case atom.Image:
		a, t.DataAtom, t.Data = atom.Img, atom.Img, "img"
	}

	space := b.space(a)
	if space != "" && breaksOut[a] {
		for i := len(b.stack) - 1; i > 1 && b.stack[i].node.Namespace != "" && !integrates(b.stack[i].node); i-- {
			b.pop(i)
		}
		space = ""
	}
	n := &html.Node{Type: html.ElementNode, DataAtom: a, Data: t.Data, Attr: t.Attr, Namespace: space}
	if space != "" {
		b.z.NextIsNotRawText()
		if b.inHead() {
			b.leaveHead()
		}
		b.insert(n)
		if t.Type != html.SelfClosingTagToken {
			b.push(n)
		}
		return
	}
	if a == atom.Noscript {
		b.z.NextIsNotRawText()
	}
	if b.inHead() && !headOnly[a] && !b.inside(atom.Template) {
		b.leaveHead()
	}
	if !b.imply(a) {
		return
	}
	b.insert(n)
	if !isVoid(a) {
		b.push(n)
	}
}

func (b *builder) inside(a atom.Atom) bool { return b.innermost(a.String()) > 0 }

// space returns the namespace of an element that begins here.
func (b *builder) space(a atom.Atom) string {
	top := b.top()
	if top.Namespace != "" && !integrates(top) {
		return top.Namespace
	}
	switch a {
	case atom.Svg:
		return "svg"
	case atom.Math:
		return "math"
	}
	return ""
}

// imply closes what the start tag of a closes and opens what it needs. It
// returns false when the tag is to be ignored.
func (b *builder) imply(a atom.Atom) bool {
	if closesP[a] && (a != atom.Table || !b.quirks) {
		b.close("p", b.here().button)
	}
	switch a {
	case atom.Li:
		b.closeNearest(atom.Li, 0)
		b.close("p", b.here().button)
	case atom.Dd, atom.Dt:
		b.closeNearest(atom.Dd, atom.Dt)
		b.close("p", b.here().button)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if isHeading(b.top()) {
			b.pop(len(b.stack) - 1)
		}
	case atom.A:
		b.close("a", b.here().special)
	case atom.Button:
		b.close("button", b.here().scope)
	case atom.Option:
		if b.top().DataAtom == atom.Option {
			b.pop(len(b.stack) - 1)
		}
	case atom.Optgroup:
		if b.top().DataAtom == atom.Option {
			b.pop(len(b.stack) - 1)
		}
		if b.top().DataAtom == atom.Optgroup {
			b.pop(len(b.stack) - 1)
		}
	case atom.Form:
		return !b.inside(atom.Form) || b.inside(atom.Template)
	case atom.Table:
		switch b.top().DataAtom {
		case atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr:
			b.close("table", b.innermost("template"))
		}
	case atom.Caption, atom.Colgroup, atom.Col, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Td, atom.Th:
		b.table(a)
	}
	return true
}

// table closes parts of the innermost table up to where a belongs and opens
// the row that a cell needs. Outside of tables there is nothing to do.
func (b *builder) table(a atom.Atom) {
	table := b.find("table", b.innermost("template"))
	if table < 0 {
		return
	}
	keep := table // innermost element that stays open
	section := max(b.find("tbody", table), b.find("thead", table), b.find("tfoot", table))
	row := b.find("tr", table)
	switch a {
	case atom.Tr:
		keep = max(keep, section)
	case atom.Td, atom.Th:
		keep = max(keep, section, row)
	case atom.Col:
		keep = max(keep, b.find("colgroup", table))
	}
	b.pop(keep + 1)
	if a != atom.Tr && a != atom.Td && a != atom.Th {
		return
	}
	if b.top().DataAtom == atom.Table {
		b.open(atom.Tbody)
	}
	if a != atom.Tr && b.top().DataAtom != atom.Tr {
		b.open(atom.Tr)
	}
}

func (b *builder) open(a atom.Atom) {
	n := &html.Node{Type: html.ElementNode, DataAtom: a, Data: a.String()}
	b.insert(n)
	b.push(n)
}

// closeNearest closes the nearest list item or the like, which paragraphs and
// divisions inside of it do not prevent, while lists do.
func (b *builder) closeNearest(a1, a2 atom.Atom) {
	for _, a := range [...]atom.Atom{a1, a2} {
		if a == 0 {
			continue
		}
		if i := b.find(a.String(), 0); i >= 0 && i >= b.here().item {
			b.pop(i)
			return
		}
	}
}

func (b *builder) end(name string) {
	b.begin()
	top := b.top()
	if top.Namespace != "" {
		// An end tag in foreign content closes what it names, and nothing
		// around the foreign content unless it is no element in there.
		if b.close(name, b.here().scope) {
			return
		}
	}
	switch a := atom.Lookup([]byte(name)); a {
	case atom.Html, atom.Body:
		return
	case atom.Head:
		if b.inHead() {
			b.leaveHead()
		}
	case atom.Br:
		b.start(html.Token{Type: html.StartTagToken, DataAtom: atom.Br, Data: "br"})
	case atom.P:
		if b.inHead() {
			b.leaveHead()
		}
		if !b.close("p", b.here().button) {
			b.insert(&html.Node{Type: html.ElementNode, DataAtom: atom.P, Data: "p"})
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		i := -1
		for _, h := range headings {
			i = max(i, b.find(h, b.here().scope))
		}
		if i >= 0 {
			b.pop(i)
		}
	case atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption:
		limit := b.innermost("template")
		if a != atom.Table {
			limit = max(limit, b.innermost("table")-1)
		}
		b.close(name, limit)
	case atom.Template:
		b.close(name, 0)
	default:
		if isVoid(a) {
			return
		}
		limit := b.here().scope
		if kinds[a]&special == 0 {
			limit = b.here().special
		}
		b.close(name, limit)
	}
}
