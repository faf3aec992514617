package block

import (
	"math/bits"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	"github.com/winnowtext/winnow/clean/internal/css"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/words"
	"github.com/winnowtext/winnow/clean/internal/work"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Options of Segment.
type Options struct {
	Rules    *rules.Set
	Host     string // of the page, for rules limited to hosts
	Root     Root   // the article lies in these elements; nil is anywhere
	MaxNodes int    // elements to look at; 0 no limit
	MaxDepth int    // elements nested deeper are taken for siblings; 0 no limit
	Tables   Tables
	Sheets   *css.Sheets // of the page; nil for none

	Explain   bool // record Asides
	Structure bool // record Marks, Images and Places
}

// Segment walks the tree once and returns the page's blocks. The tree is not
// changed. When the clock ends the work, the blocks are those found so far. The
// Doc is m's, and of use until m forgets it or takes the next page.
func (m *Memory) Segment(root *html.Node, o Options) *Doc {
	b := m.newBuilder(o)
	b.begin(root)
	return b.finish()
}

// segment is Segment for those who have no use for a beginning.
func (m *Memory) segment(root *html.Node, o Options) *Doc {
	b := m.newBuilder(o)
	b.all(root)
	return b.finish()
}

// begin takes in all of a tree, or as much as there is time for.
func (b *builder) begin(root *html.Node) (err error) {
	defer work.Catch(&err)
	b.all(root)
	return nil
}

func (b *builder) all(root *html.Node) {
	b.selectNodes(root)
	if len(b.o.Root) > 0 {
		b.findRoots(root)
	}
	b.walk(root)
}

// findRoots finds the elements that Options.Root names.
func (b *builder) findRoots(root *html.Node) {
	b.query(root, cascadia.SelectorGroup(b.o.Root), func(n *html.Node) {
		if b.roots == nil {
			b.roots = map[*html.Node]bool{}
		}
		b.roots[n] = true
	})
}

// selectNodes finds the elements that selectors in users' rules name.
func (b *builder) selectNodes(root *html.Node) {
	if b.o.Rules == nil {
		return
	}
	for _, s := range b.o.Rules.Selectors(b.o.Host) {
		b.query(root, s.Matcher, func(n *html.Node) {
			if b.selected == nil {
				b.selected = map[*html.Node]uint16{}
			}
			if old, ok := b.selected[n]; !ok || b.o.Rules.DOM(s.Rule).Beats(b.o.Rules.DOM(old)) {
				b.selected[n] = s.Rule
			}
		})
	}
}

// query calls f for the elements below root that m finds, in the order of the page. Some
// selectors look at the whole page to judge of one, so there is a look at the clock for each.
func (b *builder) query(root *html.Node, m cascadia.Matcher, f func(n *html.Node)) {
	for n := range root.Descendants() {
		b.d.clock.Look()
		if n.Type == html.ElementNode && m.Match(n) {
			f(n)
		}
	}
}

// A builder makes a Doc from start, end and text events in document order. Of
// a node it reads the name and the attributes only, but for the few elements
// whose content it leaves out.
type builder struct {
	o     Options
	d     *Doc
	stack []frame // open elements

	selected map[*html.Node]uint16 // elements that selectors of rules found
	roots    map[*html.Node]bool   // elements that Options.Root found

	open    bool // a block is being filled
	unseen  bool // what was last put into it is hidden
	cur     Block
	space   bool // white space is due before the next text
	breaks  int  // br elements since the last text
	cells   []int16
	classes *classCache
	linkEnd bool // a link ended just before: part it from one that follows

	sheets *css.Sheets // nil when there is no rule in them
	// Rules that may hide know elements by classes or ids, by names, by attributes, or not
	// at all.
	byKey, byName, byAttr, byAny bool

	linked bool     // there are sheets that are not in the page
	prose  [2]int32 // bytes of paragraphs so far that are seen, and of those that are not
	sights []sight
	asked  int              // place in stack of the element that sheets are asked about
	around func() css.Names // lineage
	look   look             // of the element that is being opened
	style  css.Style        // the same
}

// A frame is an open element and the state of the block when it opened.
type frame struct {
	elem               int32
	text               int32 // length of Doc.Text
	link, bold, button int32
	sight              int32 // in builder.sights
	node               *html.Node
	ground             css.Color // behind its text, when grounded
	grounded           bool
	seen               bool      // some text in it is seen
	names              css.Names // of it and the elements around; worked out when needed
	shadow             bool      // what is in it is seen in place of the rest of the element around
	links              uint16
}

func (m *Memory) newBuilder(o Options) *builder {
	if o.Tables.Vocabulary == nil {
		o.Tables.Vocabulary = builtin.Vocabulary
	}
	if o.Tables.NGrams == nil {
		o.Tables.NGrams = builtin.NGrams
	}
	d := m.newDoc()
	d.ngrams = o.Tables.NGrams
	d.Elems = append(d.Elems, Elem{Path: words.FNVStart})
	if o.Explain || o.Structure {
		d.nodes = append(m.nodes[:0], nil)
	}
	b := &builder{o: o, d: d, stack: append(m.stack[:0], frame{}), cells: m.cells[:0], classes: &m.classes}
	b.light(m)
	return b
}

// light sets how text is seen of which nothing is said.
func (b *builder) light(m *Memory) {
	b.sights = append(m.sights[:0], sight{font: 16, opacity: 1, scale: 1})
	b.stack[0].grounded = true
	b.linked = true // where nothing is known of them
	if s := b.o.Sheets; s != nil {
		b.linked = s.Linked || s.Large()
		if !s.Empty() {
			b.sheets, b.around = s, b.lineage
			b.byKey, b.byName, b.byAttr, b.byAny = s.HasKeys()
		}
	}
	if !b.linked {
		b.stack[0].ground = css.White
	}
}

func (b *builder) finish() *Doc {
	b.flush()
	for len(b.stack) > 1 {
		b.end()
	}
	b.d.memory.stack, b.d.memory.cells, b.d.memory.sights = b.stack[:0], b.cells[:0], b.sights[:0]
	n := int32(len(b.d.Blocks))
	b.d.Elems[0].End = n
	for i := range b.d.Elems {
		// The block an element ended in may have been cut away whole.
		b.d.Elems[i].End = min(b.d.Elems[i].End, n)
	}
	if b.o.Structure {
		b.d.sortMarks()
	}
	return b.d
}

// nodeUnits is what it takes to take in a node, see work.Clock.
const nodeUnits = 512

// walk feeds the tree's events, without recursion: a tree may be deep.
func (b *builder) walk(root *html.Node) {
	n, clock := root, b.d.clock
	for {
		if b.d.cramped() {
			b.d.room()
		}
		clock.Spend(nodeUnits)
		enter := false
		switch n.Type {
		case html.TextNode:
			b.text(n.Data)
		case html.ElementNode:
			if b.o.MaxNodes > 0 && len(b.d.Elems) > b.o.MaxNodes {
				b.d.Cut = true
				return
			}
			enter = b.start(n)
		case html.DocumentNode:
			enter = true
		}
		if enter && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		if enter && n.Type == html.ElementNode {
			b.end()
		}
		for n != root && n.NextSibling == nil {
			n = n.Parent
			if n.Type == html.ElementNode {
				b.end()
			}
		}
		if n == root {
			return
		}
		n = n.NextSibling
	}
}

// start opens an element and reports whether its content is to be walked.
func (b *builder) start(n *html.Node) bool {
	info := infoOf(n.DataAtom)
	shadow := n.DataAtom == atom.Template && (attrOf(n, "shadowrootmode") != "" || attrOf(n, "shadowroot") != "")
	if shadow {
		info = tagInfo{tDiv, fBlock}
	} else if n.Namespace == "math" && n.Data == "mphantom" {
		b.skip(n, "hidden")
		return false
	}
	if info.tag == tBr {
		b.breaks++
		return false
	}
	if n.DataAtom == 0 && ownBlock(n) {
		info.flags |= fBlock
	}
	if info.flags&fSkip != 0 {
		b.skip(n, "")
		if b.o.Structure {
			b.embed(n)
		}
		return false
	}
	if info.tag == tNoscript && !b.readNoscript(n) {
		if b.o.Structure {
			b.fallback(n)
		}
		return false
	}
	parent := b.top()
	if b.o.MaxDepth > 0 && len(b.stack) > b.o.MaxDepth {
		parent = b.stack[b.o.MaxDepth].elem
	}
	// Both are filled where they stand: to copy what was just written takes long.
	at, around := len(b.d.Elems), len(b.stack)-1
	b.d.Elems, b.stack = append(b.d.Elems, Elem{}), append(b.stack, frame{})
	p, e := &b.d.Elems[parent], &b.d.Elems[at]
	outer, f := &b.stack[around], &b.stack[around+1]
	e.Parent, e.Tag, e.Depth, e.Flags = parent, info.tag, p.Depth, p.Flags&^ownFlags|info.flags
	if e.Depth < 255 {
		e.Depth++
	}
	e.Near.age(&p.Near)
	e.Path = words.FNV(p.Path, uint32(info.tag))
	var tokens tokenSum
	areas := tagAreas(info.tag)
	b.look = look{sheets: b.byAny || b.byName && b.sheets.May(css.NameKey, n.Data)}
	for i := range n.Attr {
		areas |= b.attr(e, &tokens, n.Data, &n.Attr[i])
	}
	b.see(e, n, f, outer)
	areas |= tokens.set
	e.weigh(p, &tokens)
	if b.roots != nil && b.roots[n] {
		e.Flags |= fRoot
	}
	if b.selected != nil {
		if r, ok := b.selected[n]; ok {
			b.setRule(e, n.Data, r)
		}
	}
	if e.Rule != 0 && b.o.Rules.DOM(e.Rule-1).Keep {
		e.Flags |= fKept
	}
	if e.Flags&^p.Flags&(fHidden|fInvisible) != 0 {
		areas |= 1 << aConcealed
		b.apart(e, n)
	} else if e.Rule != 0 && b.o.Rules.DOM(e.Rule-1).Kind == "hidden" {
		b.apart(e, n)
		if b.style = (css.Style{}); b.awaits(e, n, &b.style) {
			e.Flags |= fAwaited
		}
	}
	e.In = p.In | areas
	for areas != 0 {
		e.Near[bits.TrailingZeros32(uint32(areas))] = 1
		areas &= areas - 1
	}
	if info.tag == tLi || info.tag == tTr || info.tag == tTd {
		e.Flags &^= fHeading
	}
	if e.Flags&fBlock != 0 {
		b.flush()
		switch info.tag {
		case tTr:
			b.cells = append(b.cells, 0)
		case tTd, tTh:
			if len(b.cells) > 0 {
				b.cells[len(b.cells)-1]++
			}
		}
	}
	if info.tag == tA && b.linkEnd && b.open {
		b.space = true
	}
	e.First = int32(len(b.d.Blocks))
	f.elem, f.text = int32(at), int32(len(b.d.Text))
	f.link, f.bold, f.button, f.links = b.cur.Link, b.cur.Bold, b.cur.Button, b.cur.Links
	f.shadow = shadow
	if b.d.nodes != nil {
		b.d.nodes = append(b.d.nodes, n)
	}
	if info.tag == tNoscript && n.FirstChild.Type == html.TextNode && n.FirstChild.NextSibling == nil {
		if frag := parseNoscript(n.FirstChild.Data); frag != nil {
			// The tree was parsed with scripting on, which leaves the element's
			// markup as one text.
			b.walk(frag)
			b.end()
			return false
		}
	}
	return true
}

// ownBlock reports whether an element of the page's own making, of which the name tells
// nothing, is a block: it stands beside others of its name and no text, or holds blocks.
func ownBlock(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if infoOf(c.DataAtom).flags&fBlock != 0 {
			return true
		}
	}
	before, after := beside(n, false), beside(n, true)
	return (before == nil || before.Type == html.ElementNode) && (after == nil || after.Type == html.ElementNode) &&
		(before != nil && before.Data == n.Data || after != nil && after.Data == n.Data)
}

// beside is the next sibling of n, or the one before it, that is no white space.
func beside(n *html.Node, next bool) *html.Node {
	for {
		if next {
			n = n.NextSibling
		} else {
			n = n.PrevSibling
		}
		if n == nil || n.Type == html.ElementNode || n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			return n
		}
	}
}

// end closes the innermost element.
func (b *builder) end() {
	f := &b.stack[len(b.stack)-1]
	b.stack = b.stack[:len(b.stack)-1]
	e := &b.d.Elems[f.elem]
	if e.Flags&fBlock != 0 {
		b.flush()
		if e.Tag == tTr && len(b.cells) > 0 {
			b.cells = b.cells[:len(b.cells)-1]
		}
	}
	if e.Tag == tA {
		b.linkEnd = true
		b.cur.Links++
		b.pointed(f)
	}
	if outer := &b.stack[len(b.stack)-1]; f.seen {
		outer.seen = true
	}
	if f.shadow {
		b.shade(f)
	}
	b.cutInline(f, e)
	if b.o.Structure {
		b.note(f.elem, f.text)
	}
	e.End = int32(len(b.d.Blocks))
	if b.open {
		e.End++ // the block being filled
	}
}

// shade hides what else is in an element whose shadow, which is f, was just closed,
// unless that has a place for it.
func (b *builder) shade(f *frame) {
	for n := range f.node.Descendants() {
		if n.DataAtom == atom.Slot {
			return
		}
	}
	outer := &b.stack[len(b.stack)-1]
	s := b.sights[outer.sight]
	s.stuck |= fInvisible
	b.sights = append(b.sights, s)
	outer.sight = int32(len(b.sights) - 1)
	e := &b.d.Elems[outer.elem]
	e.Flags |= fInvisible
	e.Near[aConcealed] = 1
}

// apart makes a hidden element a block if it holds much: it must not be judged
// together with what is seen. So it does where most of the page so far is in letters that
// cannot be told from their ground: then a look at the page says whether that is its text.
func (b *builder) apart(e *Elem, n *html.Node) {
	if e.Flags&fBlock != 0 {
		return
	}
	blank := b.sights[len(b.sights)-1].blank && b.prose[1] > b.prose[0]
	if blank || textLen(n, inlineCutMax+1) > inlineCutMax {
		e.Flags |= fBlock
	}
}

// inlineCutMax is how long the text of an inline element may be to be taken
// out of its block without a look at the rest of the page: labels and tooltips,
// not paragraphs.
const inlineCutMax = 200

// cardCutMax is the same for a box of links named as one that opens.
const cardCutMax = 1000

// cutInline takes the text of an inline element out of the block being filled
// when the element is hidden or a rule says so.
func (b *builder) cutInline(f *frame, e *Elem) {
	hidden := (e.Flags&^b.d.Elems[e.Parent].Flags)&(fHidden|fInvisible) != 0
	card := e.Near[aNav] == 1 || e.Near[aOverlay] == 1
	if !hidden && e.Rule == 0 && !card || !b.open || f.seen && hidden || e.Flags&(fBlock|fKept) != 0 {
		return
	}
	from := max(f.text, b.cur.Start)
	size := int32(len(b.d.Text)) - from
	if size <= 0 || f.text < b.cur.Start {
		return
	}
	card = card && e.Tag != tA && from > b.cur.Start && size <= cardCutMax && b.cur.Links > f.links+1 && (b.cur.Link-f.link)*5 >= size*4
	if !card && (size > inlineCutMax || !hidden && e.Rule == 0) {
		return
	}
	kind, id := rules.Kind("hidden"), "hidden.inline"
	if card {
		kind, id = "popup", "popup.inline" // what opens above a word: links about it
	} else if e.Rule != 0 {
		r := b.o.Rules.DOM(e.Rule - 1)
		if r.Prune {
			kind, id = r.Kind, r.ID
		} else if !hidden {
			return
		}
	}
	if b.o.Explain {
		b.recordCut(f.elem, from, kind, id)
	}
	b.space = b.space || b.d.Text[from] == ' '
	b.d.Text = b.d.Text[:from]
	b.d.unmark(f.elem)
	b.cur.Link, b.cur.Bold, b.cur.Button = f.link, f.bold, f.button
	if b.unseen = false; from == b.cur.Start {
		b.open, b.space = false, false
	}
}

// recordCut notes the text from a place on as taken out, in order with what was
// taken out inside it before.
func (b *builder) recordCut(elem, from int32, kind rules.Kind, id string) {
	first := len(b.d.Asides)
	for first > 0 && b.d.Asides[first-1].At > from {
		first--
	}
	inner := slices.Clone(b.d.Asides[first:])
	b.d.Asides = b.d.Asides[:first]
	at := from
	add := func(to int32) {
		if text := strings.TrimSpace(string(b.d.Text[at:to])); text != "" {
			b.d.Asides = append(b.d.Asides, Aside{At: from, Elem: elem, Text: text, Kind: kind, Rule: id})
		}
		at = to
	}
	for _, a := range inner {
		add(max(a.At, at))
		a.At = from
		b.d.Asides = append(b.d.Asides, a)
	}
	add(int32(len(b.d.Text)))
}

// top is the innermost open element.
func (b *builder) top() int32 { return b.stack[len(b.stack)-1].elem }

// word adds s, a word or more, to the block being filled, opening one if need
// be.
func (b *builder) word(s string, el *Elem) {
	if len(b.d.Text)+len(s)+len("\n ") > cap(b.d.Text) && len(b.d.Text) > textPiece {
		b.d.Text = work.Grow(b.d.clock, b.d.Text)
	}
	f := &b.stack[len(b.stack)-1]
	switch hidden := el.Flags&(fHidden|fInvisible) != 0 && el.Flags&fKept == 0; {
	case !hidden:
		if b.unseen {
			b.flush() // what is hidden is no part of what is seen
		}
		f.seen = true
	case f.seen && b.open && !b.unseen:
		b.flush()
		b.unseen = true
	default:
		b.unseen = true
	}
	if b.breaks > 0 {
		if b.breaks > 1 {
			b.flush()
		} else if b.open {
			b.d.Text = append(b.d.Text, '\n')
			b.space = false
		}
		b.breaks = 0
	}
	start := len(b.d.Text)
	if !b.open {
		b.openBlock()
		start = int(b.cur.Start)
	} else if b.space {
		b.d.Text = append(b.d.Text, ' ')
	}
	b.space, b.linkEnd = false, false
	if b.o.Structure {
		b.place()
	}
	b.d.Text = append(b.d.Text, s...)
	n := int32(len(b.d.Text) - start)
	if el.Flags&(fLink|fBold|fButton) != 0 {
		if el.Flags&fLink != 0 {
			b.cur.Link += n
		}
		if el.Flags&fBold != 0 {
			b.cur.Bold += n
		}
		if el.Flags&fButton != 0 {
			b.cur.Button += n
		}
	}
}

func (b *builder) openBlock() {
	b.open = true
	b.cur = Block{Start: int32(len(b.d.Text)), Elem: b.top()}
}

// flush ends the block being filled.
func (b *builder) flush() {
	b.breaks, b.space, b.linkEnd, b.unseen = 0, false, false, false
	if !b.open {
		return
	}
	b.open = false
	c := &b.cur
	c.End = int32(len(b.d.Text))
	// The block belongs to the innermost block-level element around its first
	// text; inline elements in between only lend their flags when they hold
	// all of it.
	e := c.Elem
	el := &b.d.Elems[e]
	c.Flags = el.Flags
	for e > 0 && b.d.Elems[e].Flags&fBlock == 0 {
		e = b.d.Elems[e].Parent
	}
	c.Elem = e
	size := c.End - c.Start
	outer := b.d.Elems[e].Flags
	if c.Link*2 < size {
		c.Flags = c.Flags&^(fLink|fBold|fButton) | outer&(fLink|fBold|fButton)
	}
	if len(b.cells) > 0 && outer&fTable != 0 {
		c.Cell = b.cells[len(b.cells)-1]
	}
	c.Role = roleOf(outer, b.d.Elems[e].Tag)
	if size >= proseBytes && c.Link*2 < size {
		k := 0
		if c.Flags&(fHidden|fInvisible) != 0 {
			k = 1
		}
		b.prose[k] += size
	}
	b.d.Blocks = append(b.d.Blocks, *c)
}

func roleOf(f flags, t tag) Role {
	switch {
	case f&fHeading != 0:
		return Heading
	case f&fPre != 0:
		return Code
	case f&fCaption != 0:
		return Caption
	case f&fTable != 0 && (t == tTd || t == tTh):
		return Row
	case t == tLi:
		return Item
	case f&fQuote != 0:
		return Quote
	}
	return Para
}
