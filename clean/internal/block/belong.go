package block

import (
	"bytes"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// What belongs together is kept or left out together: lists, tables, code and what
// stands at its head, the first heading of a text.

// undecided reports whether the model alone left the block out.
func (b *Block) undecided() bool { return !b.Keep && b.Step == "classify" }

// keep keeps a block that the model left out.
func (b *Block) keep(rule string) { b.Keep, b.Step, b.Rule = true, "context", rule }

// leave leaves a block out that was kept.
func (b *Block) leave(rule string) *Block {
	b.Keep, b.Step, b.Rule = false, "context", rule
	return b
}

// Bounds of data tables.
const (
	cellBytes = 120 // of a cell of data, on average at most
	cellsMin  = 4
	tableMin  = .02 // the mean probability of its text
)

// keepTables keeps tables of data that stand between kept paragraphs, or most of which
// is kept: a table with some of its rows, or without its head, says something else.
func keepTables(d *Doc) {
	many := d.manyBlocks()
	d.clock.Spend(passUnits * len(many))
	for _, e := range many {
		t := &d.Elems[e]
		if t.Tag != tTable || t.End-t.First < cellsMin || d.Elems[t.Parent].Flags&fTable != 0 || named(t.Near[aNav]) {
			continue
		}
		cells := d.Blocks[t.First:t.End]
		size, links, kept, mean := int32(0), int32(0), int32(0), float32(0)
		rows, last, wide, ok := 0, int32(-1), 0, true
		for j := range cells {
			b := &cells[j]
			n := b.End - b.Start
			size += n
			links += b.Link
			mean += b.P * float32(n)
			if b.Keep {
				kept += n
			}
			r := rowAround(d, b.Elem, e)
			if r < 0 && d.Elems[b.Elem].Tag != tCaption || b.Step == "prune" {
				ok = false
				break
			}
			if r != last {
				rows++
				last = r
			} else if b.Cell > 1 {
				wide++
			}
		}
		if !ok || kept == size || rows < 2 || wide == 0 || size > cellBytes*int32(len(cells)) || links*2 > size || mean < tableMin*float32(size) {
			continue
		}
		if kept*2 < size && !keptBeside(d, int(t.First)-1, -1, e) && !keptBeside(d, int(t.End), 1, e) {
			continue
		}
		for j := range cells {
			if cells[j].undecided() {
				cells[j].keep("table.kept")
			}
		}
	}
}

// manyBlocks are the elements with two blocks and more.
func (d *Doc) manyBlocks() []int32 {
	r := &d.memory.reading
	if r.blocks.n != len(d.Blocks) || r.d != d { // nothing was measured
		r.many = r.many[:0]
		d.passElems()
		for e := range d.Elems {
			if el := &d.Elems[e]; el.End-el.First > 1 {
				r.many = append(r.many, int32(e))
			}
		}
	}
	return r.many
}

// named reports whether an element, or the one around it, is named as an area.
func named(near uint8) bool { return near == 1 || near == 2 }

// rowAround is the row of the table around e, -1 when e is in none or in a table inside.
func rowAround(d *Doc, e, table int32) int32 {
	row := int32(-1)
	for ; e > table; e = d.Elems[e].Parent {
		if d.Elems[e].Tag == tTr {
			if row >= 0 {
				return -1
			}
			row = e
		}
	}
	return row
}

// keptBeside reports whether the paragraph next to block i in that direction is kept and
// a sibling of e or of an element near around it.
func keptBeside(d *Doc, i, step int, e int32) bool {
	const labels, near = 2, 3
	for k := 0; k <= labels && i >= 0 && i < len(d.Blocks); k, i = k+1, i+step {
		b := &d.Blocks[i]
		if !b.prose() {
			if b.End-b.Start > proseBytes {
				return false
			}
			continue
		}
		if !b.Keep {
			return false
		}
		up := d.Elems[b.Elem].Parent
		for range near {
			if e = d.Elems[e].Parent; e == up {
				return true
			}
		}
		return false
	}
	return false
}

// Bounds of lists. Of links there may be a tenth; from the greater probabilities on, more.
const (
	itemsMost  = 60 // of a list that is kept beside paragraphs
	itemMin    = .05
	listedMost = 400 // bytes of such a list's item
	linksMin   = .3  // of links, between paragraphs
	partMin    = .2  // the same, when some of them are kept
	endMin     = .1  // of a list that has a paragraph on one side alone
)

// keepLists keeps the rest of a list of which two thirds are kept, and a list of the
// article's own between two of its paragraphs, or, on an article's page, at an end of
// them.
func keepLists(d *Doc, other bool) {
	many := d.manyBlocks()
	d.clock.Spend(passUnits * len(many))
	for _, e := range many {
		l := &d.Elems[e]
		if l.Flags&fList == 0 || l.Tag != tUl && l.Tag != tOl || l.End-l.First < 2 || d.Elems[l.Parent].Flags&fList != 0 {
			continue
		}
		items := d.Blocks[l.First:l.End]
		size, links, kept, mean := int32(0), int32(0), 0, float32(0)
		plain := true // items of nothing but text
		for j := range items {
			b := &items[j]
			n := b.End - b.Start
			size += n
			links += b.Link
			mean += b.P * float32(n)
			plain = plain && b.Role == Item
			if b.Keep {
				kept++
			}
		}
		if kept == len(items) || !plain {
			continue
		}
		whole := kept*3 >= len(items)*2
		rule := "list.kept"
		if !whole {
			if len(items) > itemsMost {
				continue
			}
			if rule = listBeside(d, e, mean/float32(size), kept > 0, links*10 > size, other); rule == "" {
				continue
			}
		}
		for j := range items {
			if b := &items[j]; b.undecided() && (whole && b.P >= itemMin || !whole && b.End-b.Start <= listedMost) {
				b.keep(rule)
			}
		}
	}
}

// listBeside is the rule by which list e, of that mean probability, is kept for the kept
// paragraphs beside it, empty for none.
func listBeside(d *Doc, e int32, mean float32, part, links, other bool) string {
	l := &d.Elems[e]
	before, after := keptBeside(d, int(l.First)-1, -1, e), keptBeside(d, int(l.End), 1, e)
	switch {
	case before && after && (!links && mean >= itemMin || mean >= linksMin || part && mean >= partMin):
		return "list.between"
	case (before || after) && !links && mean >= endMin && !other:
		return "list.end"
	}
	return ""
}

// Bounds of short paragraphs.
const (
	fellowMin  = .15 // the probability that one needs
	fellowsMin = 2   // siblings of its shape that are kept
)

// keepFellows keeps a short sentence that is the sibling of kept paragraphs of its shape,
// with one of them right before it: the last line of a text, a line of speech.
func keepFellows(d *Doc) {
	d.pass()
	run := 0 // kept paragraphs before, siblings of one shape
	for i := 1; i < len(d.Blocks); i++ {
		b, prev := &d.Blocks[i], &d.Blocks[i-1]
		if !prev.Keep || !sameShape(d, prev, b) {
			run = 0
			continue
		}
		if prev.prose() {
			run++
		}
		if run < fellowsMin || !b.undecided() || b.P < fellowMin || b.Link*2 > b.End-b.Start || b.Role != Para || d.Elems[b.Elem].Tag != tP {
			continue
		}
		if stops(d.Text[b.Start:b.End]) {
			b.keep("paragraph.fellow")
		}
	}
}

// Probabilities that a sentence between kept paragraphs needs.
const (
	betweenMin = .05
	kinMin     = .4 // when they are of its shape, which the model knows
)

// keepBetween keeps a quotation, or a sentence that is the sibling of kept paragraphs or
// text of the element around them, between two of which one is a paragraph.
func keepBetween(d *Doc, other bool) {
	d.pass()
	for i := 1; i+1 < len(d.Blocks); i++ {
		b, prev, next := &d.Blocks[i], &d.Blocks[i-1], &d.Blocks[i+1]
		if !b.undecided() || b.P < betweenMin || !prev.Keep || !next.Keep || !prev.prose() && !next.prose() ||
			b.Flags&(fHeading|fItem|fTable) != 0 || b.Link*3 >= (b.End-b.Start)*2 || !stops(d.Text[b.Start:b.End]) {
			continue
		}
		x, before := &d.Elems[b.Elem], &d.Elems[prev.Elem]
		switch {
		case b.Flags&fQuote != 0:
			if other {
				continue // what an answer quotes
			}
			b.keep("quote.between")
		case x.Path != before.Path && x.Path != d.Elems[next.Elem].Path && (x.Parent == before.Parent || before.Parent == b.Elem):
			b.keep("sentence.between")
		case x.Path == before.Path && x.Path == d.Elems[next.Elem].Path && x.Parent != before.Parent && b.P >= kinMin:
			b.keep("sentence.kin") // a line of speech, each in a box of its own
		}
	}
}

// stops reports whether text ends as a sentence does, or in a script that is not Latin.
func stops(text []byte) bool {
	end := text[len(text)-1]
	return end == '.' || end == '?' || end == '!' || end == '"' || end >= 0x80
}

// Bounds of quotations in boxes of their own.
const (
	quoteBlocks = 4
	quoteMin    = .3 // the probability of its first block
)

// keepQuotes keeps a quotation in a box of its own near kept paragraphs on both sides, with
// the line that says who said it. One that closes with such a line, as posts of networks
// do, needs no probability.
func keepQuotes(d *Doc) {
	d.passElems()
	for e := 1; e < len(d.Elems); e++ {
		q := &d.Elems[e]
		if q.Tag != tBlockquote || q.End == q.First || d.Elems[q.Parent].Flags&fQuote != 0 {
			continue
		}
		box := int32(e)
		if up := &d.Elems[q.Parent]; up.Tag == tFigure {
			box = q.Parent // with its caption
		}
		first, end := d.Elems[box].First, d.Elems[box].End
		if end-first > quoteBlocks || !prosesAround(d, box) {
			continue
		}
		signed := end-first > 1 && bytes.HasPrefix(d.Text[d.Blocks[end-1].Start:], []byte("—"))
		if !signed && d.Blocks[first].P < quoteMin {
			continue
		}
		for j := first; j < end; j++ {
			if b := &d.Blocks[j]; b.undecided() {
				b.keep("quote.boxed")
			}
		}
	}
}

// prosesAround reports whether the paragraphs before and behind element e are kept and
// stand near it; two labels may stand between.
func prosesAround(d *Doc, e int32) bool {
	const labels, near = 2, 2
	prev, next := int(d.Elems[e].First)-1, int(d.Elems[e].End)
	for n := 0; n < labels && prev > 0 && !d.Blocks[prev].prose(); n++ {
		prev--
	}
	for n := 0; n < labels && next < len(d.Blocks)-1 && !d.Blocks[next].prose(); n++ {
		next++
	}
	if prev < 0 || next >= len(d.Blocks) {
		return false
	}
	a, b := &d.Blocks[prev], &d.Blocks[next]
	return a.Keep && a.prose() && b.Keep && b.prose() && sharedNear(d, e, a.Elem, near) && sharedNear(d, e, b.Elem, near)
}

// keepSources keeps the source of a kept quotation, the last line in its element.
func keepSources(d *Doc) {
	d.pass()
	for i := 1; i < len(d.Blocks); i++ {
		b, prev := &d.Blocks[i], &d.Blocks[i-1]
		if !b.undecided() || !prev.Keep || b.End-b.Start > proseBytes || b.Flags&fQuote == 0 || prev.Flags&fQuote == 0 {
			continue
		}
		e := b.Elem
		for e > 0 && d.Elems[e].Tag != tBlockquote {
			e = d.Elems[e].Parent
		}
		if e > 0 && d.Elems[e].End == int32(i)+1 && inside(d, prev.Elem, e) {
			b.keep("quote.source")
		}
	}
}

// firstMin is the probability that the heading of the first paragraph needs.
const firstMin = .04

// keepFirstHeading keeps the heading of the first kept block, which is a section's like
// those that follow, below the page's title.
func keepFirstHeading(d *Doc, title string) {
	first := 0
	for first < len(d.Blocks) && !d.Blocks[first].Keep {
		first++
	}
	if first == 0 || first == len(d.Blocks) {
		return
	}
	b, next := &d.Blocks[first-1], &d.Blocks[first]
	tag := d.Elems[b.Elem].Tag
	if !b.undecided() || tag != tH2 && tag != tH3 && tag != tH4 || next.Flags&fHeading != 0 || b.P < firstMin {
		return
	}
	if d.Elems[b.Elem].Parent != d.Elems[next.Elem].Parent && (b.P < standfirstMin || !sharedNear(d, b.Elem, next.Elem, 2)) {
		return
	}
	key := chars.Glue(title)
	if key == "" || chars.GluesTo(d.Text[b.Start:b.End], key) {
		return
	}
	for i := range first - 1 {
		if h := &d.Blocks[i]; h.Flags&fHeading != 0 && (d.Elems[h.Elem].Tag == tH1 || chars.GluesTo(d.Text[h.Start:h.End], key)) {
			b.keep("heading.first")
			return
		}
	}
}

// codeLabel is the longest label or button at the head of code, in bytes.
const codeLabel = 40

// keepCode keeps code beside kept text of the same section: the shape of code is that of
// boilerplate to the model. Labels, buttons and the numbers of its lines may stand
// between.
func keepCode(d *Doc) {
	const near, labels = 3, 3
	d.pass()
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Role != Code || !b.undecided() || gutter(d.Text[b.Start:b.End]) {
			continue
		}
		for _, step := range [2]int{-1, 1} {
			j := i + step
			for n := 0; j >= 0 && j < len(d.Blocks) && n < labels; n, j = n+1, j+step {
				c := &d.Blocks[j]
				if c.Keep || !(c.Flags&fHeading != 0 || c.End-c.Start <= codeLabel || gutter(d.Text[c.Start:c.End])) {
					break
				}
			}
			if j >= 0 && j < len(d.Blocks) && d.Blocks[j].Keep && (step < 0 || d.Blocks[j].prose()) && sharedNear(d, b.Elem, d.Blocks[j].Elem, near) {
				b.keep("code.follows")
				break
			}
		}
		if !b.Keep && codeBetween(d, i) {
			b.keep("code.between")
		}
	}
}

// codeBetween reports whether the paragraphs before and behind code are kept, and the one
// before stands near it: in tabs, or boxes of a button and a name.
func codeBetween(d *Doc, i int) bool {
	const near, most = 6, 12 // elements around, blocks on the way
	prev, next := i-1, i+1
	for ; prev >= 0 && !d.Blocks[prev].prose(); prev-- {
		if i-prev > most {
			return false
		}
	}
	for ; next < len(d.Blocks) && !d.Blocks[next].prose(); next++ {
		if next-i > most {
			return false
		}
	}
	return prev >= 0 && next < len(d.Blocks) && d.Blocks[prev].Keep && d.Blocks[next].Keep && sharedNear(d, d.Blocks[i].Elem, d.Blocks[prev].Elem, near)
}

// gutter reports whether text is the numbers of lines.
func gutter(text []byte) bool {
	for _, c := range text {
		if (c < '0' || c > '9') && c != '\n' && c != ' ' {
			return false
		}
	}
	return true
}

// sharedNear reports whether an element at most so many steps above e, and not the page,
// is around other, too.
func sharedNear(d *Doc, e, other int32, steps int) bool {
	for range steps {
		if e = d.Elems[e].Parent; inside(d, other, e) {
			return d.Elems[e].Tag != tBody && e > 0
		}
	}
	return false
}

// dropGutters leaves out the numbers of lines that stand in a column beside code.
func dropGutters(d *Doc) {
	d.pass()
	for i := 0; i+1 < len(d.Blocks); i++ {
		b, next := &d.Blocks[i], &d.Blocks[i+1]
		if !b.Keep || b.fixed() || next.Role != Code || !gutter(d.Text[b.Start:b.End]) {
			continue
		}
		if row := rowOf(d, b.Elem); row >= 0 && inside(d, next.Elem, row) {
			b.leave("code.gutter").Kind = "boilerplate"
		}
	}
}

// Bounds of pull quotes.
const (
	pulledMin  = 25 // bytes
	pulledMost = 500
	pulledNear = 12 // paragraphs to either side
)

// A paragraph is a kept one, for dropPulled.
type paragraph struct {
	block, size int32 // of no size: it was left out since
	path        uint32
}

// dropPulled leaves out sentences of the text that stand a second time in a box of
// their own, to be read at a glance.
func dropPulled(d *Doc) {
	d.pass()
	prose := d.memory.prose[:0]
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Keep && b.prose() && b.Role != Quote {
			prose = append(prose, paragraph{int32(i), b.End - b.Start, d.Elems[b.Elem].Path})
		}
	}
	d.memory.prose = prose
	at := 0 // how many of them stand before block i
	for i := range d.Blocks {
		for at < len(prose) && prose[at].block < int32(i) {
			at++
		}
		b := &d.Blocks[i]
		size := b.End - b.Start
		if !b.Keep || b.fixed() || size < pulledMin || size > pulledMost || b.Role == Heading || b.Role == Item || b.Role == Row || b.Role == Code {
			continue
		}
		d.clock.Step()
		if d.pulled(b, prose, at) {
			b.leave("duplicate.quote").Kind = "duplicate"
			if at < len(prose) && prose[at].block == int32(i) {
				prose[at].size = 0
			}
		}
	}
}

// pulled reports whether a paragraph near b, of which so many stand before it, holds its
// text and is of another shape.
func (d *Doc) pulled(b *Block, prose []paragraph, before int) bool {
	path, least := d.Elems[b.Elem].Path, b.End-b.Start+pulledMin
	var text []byte
	n := 0
	for k := before - 1; k >= 0 && n < pulledNear; k-- {
		if prose[k].size > 0 {
			n++
		}
		if prose[k].size > least && prose[k].path != path && d.holds(&prose[k], b, &text) {
			return true
		}
	}
	behind := prose[before:]
	if len(behind) > 0 && &d.Blocks[behind[0].block] == b {
		behind = behind[1:]
	}
	for k := range behind[:min(len(behind), pulledNear)] {
		if p := &behind[k]; p.size > least && p.path != path && d.holds(p, b, &text) {
			return true
		}
	}
	return false
}

// holds reports whether a paragraph holds the text of b, if that is some words long:
// text, which is worked out once.
func (d *Doc) holds(p *paragraph, b *Block, text *[]byte) bool {
	if *text == nil {
		*text = unquoted(d.Text[b.Start:b.End])
		if t := *text; len(t) < pulledMin || bytes.Count(t, []byte{' '}) < 4 && t[0] < 0xE0 {
			*text = []byte{}
		}
	}
	c := &d.Blocks[p.block]
	return len(*text) > 0 && bytes.Contains(d.Text[c.Start:c.End], *text)
}

// unquoted is text without the quotation marks around it and the stop at its end.
func unquoted(text []byte) []byte {
	return bytes.Trim(text, " \n.,;\"'“”„‘’«»‹›…")
}

// dropTitleLines leaves out the page's title where it stands above the text and is no
// heading.
func dropTitleLines(d *Doc, title string) {
	key := chars.Glue(title)
	if key == "" {
		return
	}
	const near = 3 // kept blocks
	n := 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if !b.Keep {
			continue
		}
		text := d.Text[b.Start:b.End]
		if !b.fixed() && len(text) < 3*len(title)+10 && chars.GluesTo(text, key) && text[len(text)-1] != '.' {
			b.leave("title.line").Kind = "title"
			continue
		}
		if n++; n == near || b.prose() {
			return
		}
	}
}
