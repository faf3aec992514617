package block

import (
	"bytes"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// repeatWords is how many words a block needs to count as a second copy of an
// earlier one; shorter ones repeat by chance.
const repeatWords = 6

// Context revises the verdicts by what lies around: second copies of text that
// is already kept go.
func Context(d *Doc, set *rules.Set, hints Hints) {
	DropTitle(d, hints.Title)
	keepRows(d)
	keepTables(d)
	keepNotes(d)
	keepLists(d, d.otherType || hints.Other)
	if !d.otherType && !hints.Other {
		keepFlow(d)
	}
	keepCode(d)
	keepHeadings(d)
	keepKin(d, d.otherType || hints.Other)
	keepFirstHeading(d, hints.Title)
	keepStandfirst(d)
	dropBoxes(d)
	dropGutters(d)
	keepBehind(d)
	keepDoubted(d)
	keepFellows(d)
	keepBetween(d, d.otherType || hints.Other)
	if !d.otherType && !hints.Other {
		keepQuotes(d)
		keepSources(d)
	}
	dropTitleLines(d, hints.Title)
	dropShareRows(d)
	if !d.otherType && !hints.Other {
		dropThreads(d)
		dropComments(d)
		dropOthers(d, hints.Title)
		dropPosts(d, hints.Title)
		dropTeasers(d)
		dropBelowLabels(d)
		dropPromoLists(d)
		dropAside(d)
		dropAppeals(d, hints.Title)
		dropAppealBoxes(d)
		dropCompany(d)
		dropCredits(d)
		dropAbout(d)
		dropPromos(d)
		dropCaptions(d)
	}
	dropRepeats(d)
	dropPulled(d)
	dropWalls(d, set)
	dropMenus(d)
}

// DropTitle drops the page's title, which is metadata, where it stands as a
// heading.
func DropTitle(d *Doc, title string) {
	want := chars.Glue(title)
	if want == "" {
		return
	}
	answer := "re" + want // the heading of an answer to it
	d.pass()
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Keep && !b.fixed() && (d.titles(b, title, want) || d.titles(b, title, answer)) {
			b.Keep, b.Kind, b.Rule, b.Step = false, "title", "title.heading", "context"
		}
	}
}

// DropTitleAbove does the same, and drops the line above a fragment that says no more
// than its title, whatever it is set in.
func DropTitleAbove(d *Doc, title string) {
	DropTitle(d, title)
	want := chars.Glue(title)
	const near = 3 // kept blocks
	n := 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if !b.Keep || want == "" {
			continue
		}
		if text := d.Text[b.Start:b.End]; !b.fixed() && chars.GluesTo(text, want) {
			b.Keep, b.Kind, b.Rule, b.Step = false, "title", "title.known", "context"
			return
		}
		if n++; n == near || b.prose() {
			return
		}
	}
}

// headingMin is the probability a heading needs to stay when what
// it heads stays.
const headingMin = .06

// keepHeadings keeps headings between kept blocks, titles of boxes inside the
// text, and terms of kept descriptions. It goes from the end, so that a heading
// may head a label that was kept for what follows it.
func keepHeadings(d *Doc) {
	d.pass()
	for i := len(d.Blocks) - 2; i > 0; i-- {
		b, next := &d.Blocks[i], &d.Blocks[i+1]
		if b.Keep || b.Step != "classify" {
			continue
		}
		if !next.Keep {
			if b.Flags&fHeading != 0 && b.P >= headingMin && headsBehind(d, i) && keptBefore(d, i) {
				b.keep("heading.over")
			}
			continue
		}
		switch {
		case d.Elems[b.Elem].Tag == tDt && d.Elems[next.Elem].Tag == tDd:
			b.Keep, b.Step, b.Rule = true, "context", "term.kept"
		case b.P >= headingMin && heads(d, b, next, int32(i)) && keptBefore(d, i):
			b.Keep, b.Step, b.Rule = true, "context", "heading.between"
		}
	}
}

// headsBehind reports whether heading i heads a kept paragraph, its sibling, and nothing
// but a label or two stands between: a caption, a pointer to a longer article.
func headsBehind(d *Doc, i int) bool {
	const labels = 2
	for j := i + 1; j < len(d.Blocks) && j <= i+1+labels; j++ {
		switch b := &d.Blocks[j]; {
		case b.Keep:
			return b.prose() && d.Elems[b.Elem].Parent == d.Elems[d.Blocks[i].Elem].Parent
		case b.prose() || b.Flags&fHeading != 0:
			return false
		}
	}
	return false
}

// heads reports whether b is a heading, or a label that opens a box, of next.
func heads(d *Doc, b, next *Block, i int32) bool {
	if b.Flags&fHeading != 0 {
		return next.Flags&fHeading == 0
	}
	const label = 30 // bytes
	parent := d.Elems[b.Elem].Parent
	return b.End-b.Start <= label && b.Link == 0 && d.Elems[parent].First == i &&
		d.Elems[next.Elem].Parent == parent && next.End-next.Start >= 2*label
}

// keptBefore reports whether a kept block stands before block i: right before, or
// a little further up in the same container.
func keptBefore(d *Doc, i int) bool {
	if p := &d.Blocks[i-1]; p.Keep || p.Role == Caption {
		return true
	}
	const reach = 8
	for j := i - 1; j >= 0 && j >= i-reach; j-- {
		if p := &d.Blocks[j]; p.Keep && d.Elems[p.Elem].Parent == d.Elems[d.Blocks[i].Elem].Parent {
			return true
		}
	}
	return false
}

// standfirstMin is the probability that a block named as the article's lead
// needs to stay before the text.
const standfirstMin = .15

// keepStandfirst keeps the block above the text that is named as its lead:
// golds disagree about it, and so does the model.
func keepStandfirst(d *Doc) {
	const reach = 8 // blocks between it and the text: byline, picture, buttons
	first := 0
	for first < len(d.Blocks) && !d.Blocks[first].Keep {
		first++
	}
	if first == len(d.Blocks) {
		return
	}
	for i := max(0, first-reach); i < first; i++ {
		b := &d.Blocks[i]
		if near := d.Elems[b.Elem].Near[aLead]; near == 0 || near > 2 || b.Step != "classify" || b.P < standfirstMin {
			continue
		}
		if b.Flags&(fHeading|fInvisible|fCaption) == 0 && b.Link == 0 && b.End-b.Start >= proseBytes/2 {
			b.Keep, b.Step, b.Rule = true, "context", "standfirst.above"
			return
		}
	}
}

// Bounds of a box of links to other pieces.
const (
	boxBlocks = 12
	boxTitle  = .15 // the probability of its title, at most
)

// dropBoxes drops links that stand in a box of related pieces whose title does
// not belong to the article: between paragraphs, a list of links looks like one
// of the article's own.
func dropBoxes(d *Doc) {
	d.pass()
	for i := range d.Blocks {
		title := &d.Blocks[i]
		if title.Keep || title.Step != "classify" || title.P > boxTitle || title.End-title.Start >= proseBytes {
			continue
		}
		e := title.Elem
		if d.Elems[e].End == int32(i)+1 {
			e = d.Elems[e].Parent // a title is an element of its own, mostly
		}
		box := &d.Elems[e]
		if box.Near[aRelated] == 0 || box.First != int32(i) || box.End-box.First > boxBlocks {
			continue
		}
		links := d.Blocks[i+1 : box.End]
		for k := range links {
			if b := &links[k]; b.Link*5 < (b.End-b.Start)*4 {
				links = nil
				break
			}
		}
		for k := range links {
			if b := &links[k]; b.Keep && !b.fixed() {
				b.Keep, b.Kind, b.Rule, b.Step = false, "related", "related.box", "context"
			}
		}
	}
}

// DropTables drops the kept cells of data tables. The cells of tables that
// serve as layout hold paragraphs and stay.
func DropTables(d *Doc) {
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Keep && !b.fixed() && b.Role == Row && b.End-b.Start < 2*proseBytes {
			b.Keep, b.Kind, b.Rule, b.Step = false, "boilerplate", "option.tables", "context"
		}
	}
}

// keepRows keeps the cells of a table row of which most is kept.
func keepRows(d *Doc) {
	d.pass()
	for i := 0; i < len(d.Blocks); {
		row := int32(-1)
		if d.Blocks[i].Role == Row {
			row = rowOf(d, d.Blocks[i].Elem)
		}
		if row < 0 || d.Elems[row].End <= int32(i) {
			i++
			continue
		}
		cells := d.Blocks[i:d.Elems[row].End]
		kept, all := int32(0), int32(0)
		for j := range cells {
			size := cells[j].End - cells[j].Start
			if all += size; cells[j].Keep {
				kept += size
			}
		}
		for j := range cells {
			if b := &cells[j]; kept*2 > all && !b.Keep && b.Step == "classify" {
				b.Keep, b.Step, b.Rule = true, "context", "row.kept"
			}
		}
		i += len(cells)
	}
}

// keepBehind keeps paragraphs behind a table when those before it, its siblings of
// the same shape, are kept: to the model, what follows a thousand cells is at the
// page's end.
func keepBehind(d *Doc) {
	d.pass()
	for i := 1; i < len(d.Blocks); i++ {
		b, prev := &d.Blocks[i], &d.Blocks[i-1]
		if b.Keep || b.Step != "classify" || !b.prose() {
			continue
		}
		if !(prev.Rule == ruleBehind && sameShape(d, prev, b)) {
			t := childAround(d, prev.Elem, d.Elems[b.Elem].Parent)
			if t < 0 || d.Elems[t].Tag != tTable || d.Elems[t].First == 0 {
				continue
			}
			before := &d.Blocks[d.Elems[t].First-1]
			if !before.Keep || !before.prose() || !sameShape(d, before, b) {
				continue
			}
		}
		b.Keep, b.Step, b.Rule = true, "context", ruleBehind
	}
}

// ruleBehind is the rule id of what keepBehind keeps.
const ruleBehind = "table.behind"

// Bounds of what keepDoubted keeps. With them no figure out of fold moves by more
// than .001, and words lost on andy-dev, of whose pages no model knows any, fall from
// 3.5 to 3.3 %.
const (
	doubtedMin    = .2 // the probability it needs
	doubtedBlocks = 40 // short ones between the paragraphs
)

// keepDoubted keeps a paragraph that the model doubts when the one before it, its
// sibling of the same shape, is kept: headings, embeds or links between the two look
// like the end of the text, and what is lost cannot be got back.
func keepDoubted(d *Doc) {
	last := -1 // the paragraph before
	d.pass()
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if !b.prose() {
			continue
		}
		if last >= 0 && !b.Keep && b.Step == "classify" && b.Rule == ruleModel && b.P >= doubtedMin && i-last <= doubtedBlocks {
			if a := &d.Blocks[last]; a.Keep && sameShape(d, a, b) {
				b.Keep, b.Step, b.Rule = true, "context", "paragraph.doubted"
			}
		}
		last = i
	}
}

// prose reports whether a block is long and not mostly links.
func (b *Block) prose() bool {
	size := b.End - b.Start
	return size >= proseBytes && b.Link*2 < size
}

// sameShape reports whether two blocks are siblings with the same names.
func sameShape(d *Doc, a, b *Block) bool {
	x, y := &d.Elems[a.Elem], &d.Elems[b.Elem]
	return x.Parent == y.Parent && x.Path == y.Path
}

// childAround is the child of an element that is e or around it, -1 when e is
// not near below the element.
func childAround(d *Doc, e, parent int32) int32 {
	const near = 8
	for range near {
		if e <= parent {
			break
		}
		if d.Elems[e].Parent == parent {
			return e
		}
		e = d.Elems[e].Parent
	}
	return -1
}

// ruleNotice is the rule id of what dropWalls drops.
const ruleNotice = "notice.only"

// dropWalls drops the text of pages that are no more than a dialog: a consent
// notice or a sign-in form.
func dropWalls(d *Doc, set *rules.Set) {
	const most = 1500 // bytes; more is a text that a wall stands around
	kept := 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if !b.Keep {
			continue
		}
		if kept += int(b.End - b.Start); kept > most || b.fixed() || wallAround(d, b, set) == "" {
			return
		}
	}
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Keep {
			b.Keep, b.Step, b.Rule, b.Kind = false, "context", ruleNotice, wallAround(d, b, set)
		}
	}
}

// Bounds of a menu on one line.
const (
	menuLinks = 4
	menuShare = .8 // of its text is links
)

// dropMenus drops the text of pages of which nothing but menus is kept: what
// a page whose text a script will fetch is without it.
func dropMenus(d *Doc) {
	kept, menus := int32(0), int32(0)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if !b.Keep {
			continue
		}
		size := b.End - b.Start
		if b.fixed() || size >= proseBytes && b.Link*2 < size {
			return
		}
		if kept += size; b.Links >= menuLinks && float32(b.Link) >= menuShare*float32(size) {
			menus += size
		}
	}
	if menus*2 <= kept {
		return
	}
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Keep {
			b.Keep, b.Step, b.Rule, b.Kind = false, "context", "menu.only", "nav"
		}
	}
}

// wallAround is the kind of wall an element around the block is named as.
func wallAround(d *Doc, b *Block, set *rules.Set) rules.Kind {
	for e := b.Elem; e > 0; e = d.Elems[e].Parent {
		if r := d.Elems[e].Rule; r != 0 {
			switch k := set.DOM(r - 1).Kind; k {
			case "cookie", "login": // "paywall" also stands on free articles
				return k
			}
		}
	}
	return ""
}

// dropRepeats drops kept blocks whose text an earlier kept block holds, and short repeats
// next to one. A copy that stands alone between others of its own shape, as a question
// that each guest is asked, stays: texts that stand twice do so a run at a time.
func dropRepeats(d *Doc) {
	seen := map[string]int{} // where texts that may repeat, which few do, stand first
	last := -1               // the original of the block before, if that was dropped
	list, own := int32(0), false
	for i := range d.Blocks {
		d.clock.Step()
		b := &d.Blocks[i]
		if !b.Keep {
			continue
		}
		if !d.mayRepeat(i) {
			last = -1
			continue
		}
		text := d.Text[b.Start:b.End]
		key := view(text) // d.Text outlives seen
		first, ok := seen[key]
		if !ok {
			seen[key] = i
			last = -1
			continue
		}
		if b.fixed() || last < 0 && (!enoughWords(text) || d.asked(first, i)) {
			last = -1
			continue
		}
		if l := d.listOf(b); l > 0 && d.Elems[b.Elem].Path == d.Elems[d.Blocks[first].Elem].Path {
			if l != list {
				list, own = l, d.mostlyOwn(l, seen)
			}
			if own {
				last = -1
				continue
			}
		}
		b.Keep, b.Kind, b.Rule, b.Step = false, "duplicate", "duplicate.block", "dedupe"
		last = first
	}
}

// asked reports whether a copy repeats a question of the text: it is one, of the shape of the
// first, and an answer that is not the first one's follows.
func (d *Doc) asked(first, i int) bool {
	a, b := &d.Blocks[first], &d.Blocks[i]
	text := bytes.TrimRight(d.Text[b.Start:b.End], " \"”»")
	if !bytes.HasSuffix(text, []byte("?")) && !bytes.HasSuffix(text, []byte("？")) || d.Elems[a.Elem].Path != d.Elems[b.Elem].Path || i+1 >= len(d.Blocks) || first+1 >= i {
		return false
	}
	x, y := &d.Blocks[first+1], &d.Blocks[i+1]
	return !bytes.Equal(d.Text[x.Start:x.End], d.Text[y.Start:y.End])
}

// listOf is the list around text of an item, 0 where there is none. Links and quotations
// are what repeats in an item that is the text's own.
func (d *Doc) listOf(b *Block) int32 {
	if b.Flags&(fItem|fQuote) != fItem || b.Link*2 >= b.End-b.Start || d.isComment(b) {
		return 0
	}
	e := b.Elem
	for e > 0 && d.Elems[e].Tag != tUl && d.Elems[e].Tag != tOl {
		e = d.Elems[e].Parent
	}
	return e
}

// mostlyOwn reports whether most kept items of a list are no copies of what stands before
// it: the week of a plan, what one of several products has.
func (d *Doc) mostlyOwn(list int32, seen map[string]int) bool {
	l := &d.Elems[list]
	own := 0
	for j := l.First; j < l.End; j++ {
		d.clock.Step()
		b := &d.Blocks[j]
		if !b.Keep {
			continue
		}
		if at, ok := seen[view(d.Text[b.Start:b.End])]; ok && at < int(l.First) {
			own--
		} else {
			own++
		}
	}
	return own > 0
}

// enoughWords reports whether text has repeatWords words, or as many bytes of a
// script without spaces.
func enoughWords(text []byte) bool {
	n, high := 1, 0
	for _, c := range text {
		if c == ' ' || c == '\n' {
			n++
		} else if c >= 0xE0 {
			high++
		}
	}
	return n >= repeatWords || high >= 2*repeatWords
}

// A Summary is what a page's kept blocks are, in bytes but for Heads.
type Summary struct {
	Kept, Links, Good int
	Heads             int
	Wall              bool // a wall or an offer to subscribe stands on the page
	Notice            bool // the page is no more than a notice
}

// Summary sums up the kept blocks.
func (d *Doc) Summary() Summary {
	var s Summary
	d.pass()
	for i := range d.Blocks {
		b := &d.Blocks[i]
		s.Wall = s.Wall || b.Kind == "paywall"
		s.Notice = s.Notice || b.Rule == ruleNotice
		if !b.Keep {
			continue
		}
		size := int(b.End - b.Start)
		s.Kept += size
		s.Links += int(b.Link)
		if b.Flags&fHeading != 0 {
			s.Heads++
		}
		if size >= proseBytes && int(b.Link)*2 < size {
			s.Good += size
		}
	}
	return s
}
