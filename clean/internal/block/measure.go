package block

import (
	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// goodChars is how many letters and digits a block needs to count as good
// text, the anchor that containers, gaps and positions are measured against.
// The definition (80 characters, link density under .4, a sentence end or two
// commas, not hidden) was fixed on 1,500 pages and not tuned since.
const goodChars = 80

// aroundText is what measuring a block takes besides its text, in bytes of that.
const aroundText = 256

// maxScan is how much of a block's text is measured, in bytes: counts are
// saturated long before that.
const maxScan = 1 << 20

// A measured block: its text's statistics and what follows from them.
type measured struct {
	ts     textStats
	ph     ngramSum
	good   bool
	ld     uint8 // link density x 63
	first  int32 // the first block with the same words ...
	copies int32 // ... which knows how many have them
}

// A parted slice is in pieces, so that what is known of a million blocks is not
// made, and cleared, at once.
type parted[T any] struct {
	pieces [][]T
	n      int
}

const pieceLen = 1 << 10

// init empties it, for n elements to be added.
func (s *parted[T]) init(n int) {
	if len(s.pieces) > 1 {
		s.pieces = s.pieces[:1]
	}
	s.n = n
}

// at is the element of that number, which was added.
func (s *parted[T]) at(i int) *T { return &s.pieces[uint(i)/pieceLen][uint(i)%pieceLen] }

// add makes room for element i, the next one.
func (s *parted[T]) add(i int) *T {
	size := min(pieceLen, s.n-i)
	switch k := i / pieceLen; {
	case i == 0 && len(s.pieces) > 0 && len(s.pieces[0]) >= size:
		clear(s.pieces[0][:size])
	case i == 0:
		s.pieces = append(s.pieces[:0], make([]T, min(pieceLen, size+size/4)))
	case k == len(s.pieces):
		s.pieces = append(s.pieces, make([]T, size))
	}
	return s.at(i)
}

// before is the sum over the blocks before block i.
func (r *reading) before(i int) *sums { return &r.pre[i] }

// sums are prefix sums over blocks: the sum over Blocks[a:b] is s[b]-s[a].
type sums struct {
	chars, link, good, words, paras, heads, items, ends int32
	value                                               int32 // see value()
	odds, known                                         int32 // of n-grams
}

// A reading is what was measured of a page.
type reading struct {
	d      *Doc
	blocks parted[measured]
	pre    []sums      // one more than blocks
	up     []int32     // next ancestor with another range of blocks
	prevG  []int32     // last good block before, -1 none
	nextG  []int32     // first good block after, len none
	above  []int32     // last heading before, -1 none
	holds  [4][2]int32 // ranges of the smallest elements with 30, 50, 80 % of good text, and of the best sum
	holdE  [4]int32
	holdT  [4][2]uint8 // link density and size of blocks of those ranges
	around []uint8     // by element: bit k if holdE[k] is in it or is it
	beside besideBlocks
	title  int32   // title block, -1 unknown
	outer  []int32 // parents of the elements, close together
	many   []int32 // elements with two blocks and more
	kin    []int32 // number of the block's kin, in kins
	kins   []kinSums
	paths  work.Table[uint32, int32] // numbers of kins, plus one
	seen   work.Table[uint64, int32] // first blocks by a hash of their words, plus one
	total  sums
	shape  shaping
	page   [pageColumns]uint8
	boxes  [32]box
	ngram  ngramReader
	hints  *hintSets
}

// Measure reads the texts of all blocks and finds what the features of each
// need to know of the page.
func Measure(d *Doc, h Hints) {
	m := d.memory
	r := &m.reading
	*r = reading{d: d, hints: &m.hints, blocks: r.blocks, pre: r.pre, up: r.up, prevG: r.prevG, nextG: r.nextG, above: r.above, outer: r.outer, many: r.many, around: r.around, beside: r.beside, kin: r.kin, kins: r.kins, paths: r.paths, seen: r.seen, shape: r.shape}
	r.hints.init(h)
	d.inBody, d.bodySize = 0, r.hints.body.Len()
	r.measureTexts()
	r.measureElems()
	r.measureGaps()
	r.measureBeside()
	r.measurePage(h)
}

// Rows returns the features of all blocks, which were measured, FeatureCount
// bytes each. They take more memory than the page: Classify needs few at a time.
func Rows(d *Doc) []uint8 { return rowsOf(nil, d, FeatureCount, d.memory.reading.fill) }

// rowsOf are the rows that fill writes, one after the other, in the memory of rows, if that
// is enough. Behind them is as much room as a model reads at once.
func rowsOf(rows []uint8, d *Doc, width int, fill func(rows *model.Batch, from, to int)) []uint8 {
	const room = 8
	rows = work.Sized(rows, len(d.Blocks)*width+room)[:len(d.Blocks)*width]
	b := &d.memory.batch
	for from := 0; from < len(d.Blocks); from += model.Together {
		to := min(len(d.Blocks), from+model.Together)
		fill(b, from, to)
		for i := from; i < to; i++ {
			b.Copy(rows[i*width:][:width], 0, i-from)
		}
	}
	return rows
}

// fill writes the features of the blocks from..to-1 into rows.
func (r *reading) fill(rows *model.Batch, from, to int) {
	if from == 0 {
		for k, v := range r.page {
			rows.PutAll(pageBlocks+k, v)
		}
	}
	r.beside.fill(rows, from, to)
	for i := from; i < to; i++ {
		r.d.clock.Step()
		w := rows.Row(i - from)
		kin := &r.kins[r.kin[i]]
		r.text(w, i)
		r.ngrams(w, i, kin)
		r.tags(w, i)
		r.containers(w, i)
		r.relation(w, i)
		r.position(w, i)
		r.neighbours(w, i)
		r.repeats(w, i, kin)
	}
}

// measureTexts reads every block's text and sums up.
func (r *reading) measureTexts() {
	d := r.d
	r.blocks.init(len(d.Blocks))
	if n := len(d.Blocks) + 1; cap(r.pre) < n {
		r.pre = work.Make[sums](d.clock, n, n+n/4)
	}
	r.pre = r.pre[:len(d.Blocks)+1]
	r.pre[0] = sums{}
	r.paths.Init(d.clock, min(len(d.Blocks), smallTable))
	r.seen.Init(d.clock, min(len(d.Blocks), smallTable))
	r.kin, r.kins = work.Sized(r.kin, len(d.Blocks)), r.kins[:0]
	r.title = -1
	r.shape.reset()
	titleWords := int32(r.hints.title.Len())
	for i := range d.Blocks {
		b, m := &d.Blocks[i], r.blocks.add(i)
		var st scanState
		if b.End-b.Start <= ngramBytes {
			st.ngrams = &r.ngram
			r.ngram.reset(d.ngrams)
		}
		text := d.Text[b.Start:min(b.End, b.Start+maxScan)]
		d.clock.Read(len(text) + aroundText)
		st.scan(text, &m.ts, r.hints)
		if st.ngrams != nil {
			r.ngram.flush()
			m.ph = r.ngram.ngramSum
		}
		ts := &m.ts
		size := b.End - b.Start
		m.ld = model.Ratio(b.Link, size)
		m.good = (ts.chars >= goodChars || ts.ideo >= goodChars/2) && b.Link*5 < size*2 && (ts.ends > 0 || ts.commas >= 2) &&
			b.Flags&(fInvisible|fButton) == 0
		d.inBody += int(ts.inBody)
		s := *r.before(i)
		s.chars += ts.chars
		s.link += b.Link
		s.words += ts.words
		s.ends += ts.ends
		if m.good {
			s.good += ts.chars
		}
		switch d.Elems[b.Elem].Tag {
		case tP:
			s.paras += ts.chars
		case tLi:
			s.items += ts.chars
		}
		if b.Flags&fHeading != 0 {
			s.heads++
		}
		s.value += value(b, m)
		s.odds += m.ph.sum
		s.known += m.ph.known
		r.pre[i+1] = s
		r.kin[i] = r.kinOf(b)
		p := &r.kins[r.kin[i]]
		p.count++
		p.chars += ts.chars
		if m.good {
			p.good += ts.chars
		}
		p.link += b.Link
		p.odds += m.ph.sum
		p.known += m.ph.known
		first := r.seen.At(ts.hash)
		if *first == 0 {
			*first = int32(i) + 1
		}
		m.first = *first - 1
		same := r.blocks.at(int(m.first))
		same.copies++
		r.shape.add(d, i, m, same)
		if r.title < 0 && titleWords > 0 && ts.inTitle*4 >= titleWords*3 && ts.words <= titleWords*2+2 &&
			b.Flags&(fHeading|fHidden) == fHeading {
			r.title = int32(i)
		}
	}
	r.total = *r.before(len(d.Blocks))
}

// mayRepeat reports whether the text of a block may be that of another, too: when it
// was measured, only if their words are the same.
func (d *Doc) mayRepeat(i int) bool {
	r := &d.memory.reading
	return r.blocks.n != len(d.Blocks) || r.copies(i) > 1
}

// copies is how many blocks have the words of block i.
func (r *reading) copies(i int) int32 { return r.blocks.at(int(r.blocks.at(i).first)).copies }

// kinOf is the number of a block's kin: those with the same path of elements and
// classes.
func (r *reading) kinOf(b *Block) int32 {
	k := r.paths.At(r.d.Elems[b.Elem].Path)
	if *k == 0 {
		if len(r.kins) == cap(r.kins) {
			r.kins = work.Grow(r.d.clock, r.kins)
		}
		r.kins = append(r.kins, kinSums{})
		*k = int32(len(r.kins))
	}
	return *k - 1
}

// value is what a block adds to the container it lies in: its words that are
// not links, less a price a block, so that lists of short blocks weigh down.
func value(b *Block, m *measured) int32 {
	const price = 10
	v := m.ts.words - 3*m.ts.words*int32(m.ld)/63 - price
	if m.good {
		v += price
	}
	return v
}

// measureElems finds every element's next larger ancestor and the elements
// that hold the good text.
func (r *reading) measureElems() {
	es := r.d.Elems
	r.up, r.outer, r.many = work.Sized(r.up, len(es)), work.Sized(r.outer, len(es)), r.many[:0]
	r.up[0] = -1
	shares := [3]int32{30, 50, 80}
	best := int32(-1 << 30)
	for k := range r.holds {
		r.holds[k] = [2]int32{0, int32(len(r.d.Blocks))}
	}
	for i := range es {
		r.d.clock.Step()
		e := &es[i]
		r.outer[i] = e.Parent
		if i > 0 {
			if p := &es[e.Parent]; p.First == e.First && p.End == e.End {
				r.up[i] = r.up[e.Parent]
			} else {
				r.up[i] = e.Parent
			}
		}
		if e.End <= e.First {
			continue
		}
		if e.End-e.First > 1 {
			r.many = append(r.many, int32(i))
		}
		good := r.before(int(e.End)).good - r.before(int(e.First)).good
		if good > 0 {
			for k, s := range shares {
				if h := &r.holds[k]; int64(good)*100 >= int64(r.total.good)*int64(s) && e.End-e.First <= h[1]-h[0] {
					if k == 0 && (e.First < h[0] || e.End > h[1]) && good <= r.before(int(h[1])).good-r.before(int(h[0])).good {
						continue // two elements with 30 % each: the one with more
					}
					*h = [2]int32{e.First, e.End}
					r.holdE[k] = int32(i)
				}
			}
		}
		if v := r.before(int(e.End)).value - r.before(int(e.First)).value; v > best || v == best && e.End-e.First <= r.holds[3][1]-r.holds[3][0] {
			best = v
			r.holds[3] = [2]int32{e.First, e.End}
			r.holdE[3] = int32(i)
		}
	}
	r.d.passElems()
	r.around = work.Zeroed(r.around, len(es))
	for k, e := range r.holdE {
		for ; e > 0; e = r.outer[e] {
			r.around[e] |= 1 << k
		}
	}
	r.around[0] = 1<<len(r.holdE) - 1
	for k, h := range r.holds {
		a, z := r.before(int(h[0])), r.before(int(h[1]))
		r.holdT[k] = [2]uint8{model.Ratio(z.link-a.link, z.chars-a.chars), model.Log((z.chars - a.chars) / max(h[1]-h[0], 1))}
	}
}

// besideBlocks is what the blocks tell of themselves to those beside them: a byte for
// each, and besideEdge more at either end for what is beyond the page's edge.
type besideBlocks struct {
	chars, links, tags, lean []uint8
	steps                    [len(neighbourAt)][]uint8 // from each block to its neighbours
}

// besideEdge is how far the farthest of the neighbours is.
const besideEdge = 2

// init makes it ready for n blocks.
func (s *besideBlocks) init(n int) {
	size := n + 2*besideEdge
	s.lean = work.Zeroed(s.lean, size)
	for _, column := range [...]*[]uint8{&s.chars, &s.links, &s.tags, &s.steps[0], &s.steps[1], &s.steps[2], &s.steps[3]} {
		*column = work.Sized(*column, size)
		for i := range besideEdge {
			(*column)[i], (*column)[size-1-i] = 255, 255
		}
	}
}

// fill writes what the neighbours of the blocks from..to-1 tell into the columns.
func (s *besideBlocks) fill(rows *model.Batch, from, to int) {
	put := func(column int, values []uint8, off int) {
		rows.Put(column, values[besideEdge+from+off:besideEdge+to+off])
	}
	for k, off := range neighbourAt {
		col := atNeighbours + k*neighbourColumns
		put(col+neighbourChars, s.chars, off)
		put(col+neighbourLinkDensity, s.links, off)
		put(col+neighbourTag, s.tags, off)
		put(col+neighbourSteps, s.steps[k], 0)
	}
	put(wordingBefore, s.lean, -1)
	put(wordingMean, s.lean, 0)
	put(wordingAfter, s.lean, 1)
}

// measureBeside notes what the blocks tell to their neighbours, and finds the steps to
// those.
func (r *reading) measureBeside() {
	n := r.blocks.n
	s := &r.beside
	s.init(n)
	const after, far = len(neighbourAt) / 2, len(neighbourAt) - 1
	for i := range n {
		r.d.clock.Step()
		b, m := &r.d.Blocks[i], r.blocks.at(i)
		at := besideEdge + i
		s.chars[at] = model.Log(m.ts.chars)
		s.links[at] = m.ld
		s.tags[at] = uint8(r.d.Elems[b.Elem].Tag)
		s.lean[at] = leanMean(m.ph.sum, m.ph.known)
		for k := after; k <= far; k++ {
			off := neighbourAt[k]
			if j := i + off; j < n {
				s.steps[k][at], s.steps[far-k][at+off] = r.steps(b.Elem, r.d.Blocks[j].Elem)
			} else {
				s.steps[k][at] = 255
			}
			if i < off {
				s.steps[far-k][at] = 255
			}
		}
	}
}

// measureGaps finds the good blocks next to every block.
func (r *reading) measureGaps() {
	n := r.blocks.n
	r.prevG, r.nextG, r.above = work.Sized(r.prevG, n), work.Sized(r.nextG, n), work.Sized(r.above, n)
	last, head := int32(-1), int32(-1)
	r.d.pass()
	for i := range r.blocks.n {
		r.prevG[i], r.above[i] = last, head
		if r.d.Blocks[i].Flags&fHeading != 0 {
			head = int32(i)
		}
		if r.blocks.at(i).good {
			last = int32(i)
		}
	}
	last = int32(n)
	r.d.pass()
	for i := n - 1; i >= 0; i-- {
		r.nextG[i] = last
		if r.blocks.at(i).good {
			last = int32(i)
		}
	}
}

// measurePage fills the features that are the same for all blocks.
func (r *reading) measurePage(h Hints) {
	n := int32(r.blocks.n)
	t := r.total
	var goods, articles, mains, tables, dates int32
	r.d.pass()
	for i := range r.blocks.n {
		m := r.blocks.at(i)
		if m.good {
			goods++
		}
		if m.ts.years > 0 && m.ts.words < 12 {
			dates++
		}
	}
	r.d.passElems()
	for i := range r.d.Elems {
		switch r.d.Elems[i].Tag {
		case tArticle:
			articles++
		case tMain:
			mains++
		case tTable:
			tables++
		}
	}
	r.d.otherType = h.OtherType
	w := r.d.memory.batch.Row(0)
	w.Set(pageBlocks, model.Log(n))
	w.Set(pageChars, model.Log(t.chars))
	w.Set(pageLinkDensity, model.Ratio(t.link, int32(len(r.d.Text))))
	w.Set(pageGoods, model.Log(goods))
	w.Set(pageGood, model.Ratio(t.good, t.chars))
	w.Set(pageParas, model.Ratio(t.paras, t.chars))
	w.Set(pageItems, model.Ratio(t.items, t.chars))
	w.Set(pageArticles, model.Log(articles))
	w.Bit(pageMain, mains > 0)
	w.Set(pageHeads, model.Log(t.heads))
	w.Set(pageGoodChars, model.Log(t.good/max(goods, 1)))
	w.Bit(pageNews, h.NewsType)
	w.Bit(pageOther, h.OtherType)
	w.Set(pageTables, model.Log(tables))
	w.Set(pageDates, model.Log(dates))
	w.Set(pageMainLinkDensity, r.holdT[1][0])
	w.Set(pageMainShare, model.Ratio(r.before(int(r.holds[1][1])).chars-r.before(int(r.holds[1][0])).chars, t.chars))
	w.Bit(pageData, h.Body != "")
	w.Set(pageWording, leanMean(t.odds, t.known))
	r.d.memory.batch.Copy(r.page[:], pageBlocks, 0)
}

// kinSums is what is known of all blocks of one kin.
type kinSums struct {
	count, chars, good, link int32
	odds, known              int32
}

// smallTable is how many keys a table has room for at first: pages of more
// blocks mostly have fewer.
const smallTable = 1 << 12
