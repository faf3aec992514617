package block

// Bounds of what stands in the flow of an article.
const (
	flowMin    = .03 // the mean probability of its text
	flowShare  = .8  // of the kept prose stands in the flow
	flowProse  = 2   // kept paragraphs that make one
	flowBlocks = 40  // blocks of one list, table or quotation
)

// keepFlow keeps lists, tables, quotations and code that stand between the paragraphs of
// an article, are their siblings and consist of nothing but such markup: whoever wrote
// the paragraphs wrote them. What pages put between paragraphs themselves, such as
// promos, stands in boxes.
func keepFlow(d *Doc) {
	home := flowHome(d)
	if home < 0 {
		return
	}
	first, last := -1, -1
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Keep && d.Elems[b.Elem].Parent == home && d.Elems[b.Elem].Tag == tP && (b.prose() || first >= 0 && b.Link*2 < b.End-b.Start) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	for i := first + 1; i < last; {
		top, plain := flowTop(d, d.Blocks[i].Elem, home)
		if top < 0 || d.Blocks[i].Elem == top && d.Elems[top].Tag != tBlockquote {
			i++
			continue
		}
		end := min(int(d.Elems[top].End), last)
		size, links, mean := int32(0), int32(0), float32(0)
		said := false // a sentence
		for j := i; j < end; j++ {
			b := &d.Blocks[j]
			n := b.End - b.Start
			size += n
			links += b.Link
			mean += b.P * float32(n)
			_, ok := flowTop(d, b.Elem, home)
			plain = plain && ok && b.Step != "prune"
			said = said || stops(d.Text[b.Start:b.End])
		}
		switch d.Elems[top].Tag {
		case tTable:
			plain = plain && end-i >= cellsMin
		case tBlockquote:
			plain = plain && said
		}
		if plain && end-i <= flowBlocks && links*3 < size && mean >= flowMin*float32(size) {
			for j := i; j < end; j++ {
				if b := &d.Blocks[j]; b.undecided() {
					b.keep("flow.between")
				}
			}
		}
		i = max(end, i+1)
	}
}

// flowHome is the element whose own paragraphs are the article's, -1 for none.
func flowHome(d *Doc) int32 {
	d.pass()
	home, all, in, n := int32(-1), int32(0), int32(0), 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if !b.Keep || !b.prose() {
			continue
		}
		size := b.End - b.Start
		all += size
		// A majority vote (Boyer and Moore 1981): only what has most of it may be left.
		switch up := d.Elems[b.Elem].Parent; {
		case up == home:
			in += size
		case in < size:
			home, in = up, size-in
		default:
			in -= size
		}
	}
	if home < 0 {
		return -1
	}
	in = 0
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Keep && b.prose() && d.Elems[b.Elem].Parent == home {
			in += b.End - b.Start
			n++
		}
	}
	if n < flowProse || float32(in) < flowShare*float32(all) {
		return -1
	}
	return home
}

// flowTop is the child of home around e, -1 when e is outside of it, and whether nothing
// but lists, tables and quotations lies between.
func flowTop(d *Doc, e, home int32) (top int32, plain bool) {
	plain = true
	for ; e > home; e = d.Elems[e].Parent {
		x := &d.Elems[e]
		switch x.Tag {
		case tUl, tOl, tLi, tTable, tTr, tTd, tTh, tCaption, tBlockquote, tP, tPre, tDl, tDt, tDd:
		default:
			plain = plain && d.Elems[x.Parent].Tag == tTable // thead, tbody
		}
		if named(x.Near[aNav]) {
			plain = false
		}
		if x.Parent == home {
			return e, plain
		}
	}
	return -1, false
}
