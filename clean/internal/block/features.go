package block

import (
	"github.com/winnowtext/winnow/clean/internal/model"
)

func (r *reading) text(w model.Row, i int) {
	b, m := &r.d.Blocks[i], r.blocks.at(i)
	ts := &m.ts
	size := b.End - b.Start
	w.Set(textChars, model.Log(ts.chars))
	w.Set(textWords, model.Log(ts.words))
	w.Set(textUpper, model.Ratio(ts.upper, ts.letters))
	w.Set(textPunct, model.Ratio(ts.punct*4, ts.chars))
	w.Set(textCommas, model.Log(ts.commas))
	w.Set(textEnds, model.Log(ts.ends))
	w.Set(textLast, ts.last)
	w.Set(textStopShare, model.Ratio(ts.stop, ts.words))
	w.Set(textCapitals, model.Ratio(ts.title, ts.words))
	w.Set(textLong, model.Ratio(ts.long, ts.words))
	w.Set(textNumbers, model.Ratio(ts.numbers, ts.words))
	w.Set(textPipes, model.Log(ts.pipes))
	w.Set(textSymbols, model.Ratio(ts.symbols*8, b.End-b.Start))
	w.Set(textQuotes, model.Log(ts.quotes))
	w.Set(textLinkDensity, m.ld)
	w.Set(textBold, model.Ratio(b.Bold, size))
	w.Set(textButtons, model.Ratio(b.Button, size))
	w.Set(textLinks, model.Log(int32(b.Links)))
	w.Set(textSentence, model.Log(ts.words/max(ts.ends, 1)))
	w.Set(textOfTitle, model.Ratio(ts.inTitle, int32(r.hints.title.Len())))
	w.Set(textInTitle, model.Ratio(ts.inTitle, ts.words))
	w.Set(textInSummary, model.Ratio(ts.known, ts.triples))
	w.Set(textInBody, model.Ratio(ts.inBody, ts.triples))
	w.Bit(textProse, m.good)
	w.Set(textStop, model.Log(ts.stop))
	w.Set(textCommaShare, model.Ratio(ts.commas*8, ts.words))
	w.Set(textEndShare, model.Ratio(ts.ends*8, ts.words))
}

// ngrams says how the words of the block, of the heading above and of the
// blocks around lean; besideBlocks says it of each block.
func (r *reading) ngrams(w model.Row, i int, kin *kinSums) {
	p := &r.blocks.at(i).ph
	if p.known == 0 {
		w.Set(wordingSum, 0)
		w.Set(wordingMin, 0)
		w.Set(wordingMax, 0)
	} else {
		w.Set(wordingSum, lean(p.sum/4))
		w.Set(wordingMin, lean(p.min*3/2))
		w.Set(wordingMax, lean(p.max*3/2))
	}
	w.Set(wordingKnown, model.Ratio(p.known, p.n))
	if above := r.above[i]; above >= 0 {
		h := &r.blocks.at(int(above)).ph
		w.Set(wordingHeading, leanMean(h.sum, h.known))
		w.Set(wordingHeadingMin, lean(h.min*3/2))
	} else {
		w.Set(wordingHeading, 0)
		w.Set(wordingHeadingMin, 0)
	}
	w.Set(wordingAround7, r.leanAround(i, 3))
	w.Set(wordingAround17, r.leanAround(i, 8))
	w.Set(wordingKin, leanMean(kin.odds, kin.known))
}

// leanAround says how the words of a block and of so many on either side lean.
func (r *reading) leanAround(i, half int) uint8 {
	a, z := r.before(max(i-half, 0)), r.before(min(i+half+1, r.blocks.n))
	return leanMean(z.odds-a.odds, z.known-a.known)
}

func (r *reading) tags(w model.Row, i int) {
	b := &r.d.Blocks[i]
	es := r.d.Elems
	e := &es[b.Elem]
	p := &es[e.Parent]
	g := &es[p.Parent]
	w.Set(tagOwn, uint8(e.Tag))
	w.Set(tagParent, uint8(p.Tag))
	w.Set(tagGrand, uint8(g.Tag))
	w.Set(tagDepth, e.Depth)
	w.Set(tagParentBlocks, model.Log(p.End-p.First))
	for k, f := range flagColumns {
		w.Bit(atFlags+k, b.Flags&f != 0)
	}
	for a, d := range e.Near {
		w.Set(atAreas+a, min(d, 31))
	}
	w.Bit(tagRule, e.Rule != 0)
	w.Set(classOwnMin, uint8(int(e.Own[0])+128))
	w.Set(classOwnMax, uint8(int(e.Own[1])+128))
	w.Set(classChainMin, uint8(int(e.Chain[0])+128))
	w.Set(classChainMax, uint8(int(e.Chain[1])+128))
	w.Set(classSum, uint8(min(max(int(e.Sum)/4+128, 0), 255)))
}

// containers describes the nearest ancestors with different ranges.
func (r *reading) containers(w model.Row, i int) {
	e := r.d.Blocks[i].Elem
	if el := &r.d.Elems[e]; el.End-el.First <= 1 {
		e = r.up[e]
	}
	for level := range containerLevels {
		col := atContainers + level*containerColumns
		if e < 0 {
			for k := range containerWording {
				w.Set(col+k, 255)
			}
			w.Set(col+containerWording, 0)
			continue
		}
		b, el := r.box(e), &r.d.Elems[e]
		for k, v := range b.head {
			w.Set(col+k, v)
		}
		w.Set(col+containerPlace, model.Ratio(int32(i)-el.First, el.End-el.First))
		w.Set(col+containerWording, b.lean)
		e = r.up[e]
	}
}

// A box is what a container tells of all the blocks in it, kept for the next of
// them.
type box struct {
	elem int32                 // plus one
	head [containerPlace]uint8 // its columns up to the block's place
	lean uint8
}

func (r *reading) box(e int32) *box {
	b := &r.boxes[int(e)%len(r.boxes)]
	if b.elem == e+1 {
		return b
	}
	el := &r.d.Elems[e]
	a, z := r.before(int(el.First)), r.before(int(el.End))
	n, chars := el.End-el.First, z.chars-a.chars
	*b = box{e + 1, [...]uint8{
		containerBlocks:      model.Log(n),
		containerChars:       model.Log(chars),
		containerLinkDensity: model.Ratio(z.link-a.link, chars),
		containerGood:        model.Ratio(z.good-a.good, r.total.good),
		containerWords:       model.Log((z.words - a.words) * 2 / max(n, 1)),
		containerParas:       model.Ratio(z.paras-a.paras, chars),
		containerHeads:       model.Ratio(z.heads-a.heads, n),
	}, leanMean(z.odds-a.odds, z.known-a.known)}
	return b
}

// relation says how the block lies to the elements that hold the good text.
func (r *reading) relation(w model.Row, i int) {
	at, steps := int32(i), r.stepsToHolds(r.d.Blocks[i].Elem)
	for k, h := range r.holds {
		col := atRelations + k*relationColumns
		switch {
		case at < h[0]:
			w.Set(col+relationGap, 100-model.Log(h[0]-at))
		case at >= h[1]:
			w.Set(col+relationGap, 100+model.Log(at-h[1]+1))
		default:
			w.Set(col+relationGap, 100)
		}
		w.Set(col+relationSteps, steps[k])
		w.Set(col+relationLinkDensity, r.holdT[k][0])
		w.Set(col+relationSize, r.holdT[k][1])
	}
}

// maxSteps is the most that is told of steps in the tree.
const maxSteps = 60

// steps is the number of elements from a up to the common ancestor with b, and from
// b.
func (r *reading) steps(a, b int32) (fromA, fromB uint8) {
	outer, n, m := r.outer, 0, 0
	for a != b && min(n, m) < maxSteps {
		// Ids rise in document order: the larger id cannot be the ancestor.
		if a > b {
			a = outer[a]
			n++
		} else {
			b = outer[b]
			m++
		}
	}
	return uint8(min(n, maxSteps)), uint8(min(m, maxSteps))
}

// stepsToHolds is the number of elements from e up to the first around each of
// those that hold the good text.
func (r *reading) stepsToHolds(e int32) (steps [4]uint8) {
	missing := r.around[0]
	for n := range uint8(maxSteps) {
		if found := r.around[e] & missing; found != 0 {
			for k := range steps {
				steps[k] += n * (found >> k & 1)
			}
			if missing &^= found; missing == 0 {
				return steps
			}
		}
		e = r.outer[e]
	}
	for k := range steps {
		steps[k] += maxSteps * (missing >> k & 1)
	}
	return steps
}

func (r *reading) position(w model.Row, i int) {
	n := int32(r.blocks.n)
	at := int32(i)
	before := r.before(i)
	w.Set(placeShare, model.Ratio(at, n))
	w.Set(placeBefore, model.Log(at))
	w.Set(placeAfter, model.Log(n-at-1))
	w.Set(placeText, model.Ratio(before.chars, r.total.chars))
	w.Set(placeGood, model.Ratio(before.good, r.total.good))
	w.Set(placeGoodBefore, model.Log(before.good))
	w.Set(placeGoodAfter, model.Log(r.total.good-r.before(i+1).good))
	if r.title < 0 {
		w.Set(placeTitle, 255)
	} else {
		w.Set(placeTitle, model.Signed(at-r.title))
	}
	prev, next := r.prevG[i], r.nextG[i]
	if prev < 0 {
		w.Set(gapBeforeBlocks, 255)
		w.Set(gapBeforeChars, 255)
		w.Set(gapBeforeSteps, 255)
	} else {
		w.Set(gapBeforeBlocks, model.Log(at-prev))
		w.Set(gapBeforeChars, model.Log(before.chars-r.before(int(prev+1)).chars))
		steps, _ := r.steps(r.d.Blocks[i].Elem, r.d.Blocks[prev].Elem)
		w.Set(gapBeforeSteps, steps)
	}
	if next >= n {
		w.Set(gapAfterBlocks, 255)
		w.Set(gapAfterChars, 255)
		w.Set(gapAfterSteps, 255)
	} else {
		w.Set(gapAfterBlocks, model.Log(next-at))
		w.Set(gapAfterChars, model.Log(r.before(int(next)).chars-r.before(i+1).chars))
		steps, _ := r.steps(r.d.Blocks[i].Elem, r.d.Blocks[next].Elem)
		w.Set(gapAfterSteps, steps)
	}
	// For a heading: what stands below it up to the next one.
	h := int32(0)
	if r.d.Blocks[i].Flags&fHeading != 0 {
		j := i + 1
		for j < r.blocks.n && j < i+40 && r.d.Blocks[j].Flags&fHeading == 0 {
			j++
		}
		h = r.before(j).good - r.before(i+1).good + 1
	}
	w.Set(headingGood, model.Log(h))
	// The heading above: how far, and what its words name.
	above := r.above[i]
	if above < 0 {
		w.Set(headingAbove, 255)
	} else {
		w.Set(headingAbove, model.Log(at-above))
	}
	for k, a := range headingAreas {
		w.Bit(atHeadingAreas+k, above >= 0 && r.blocks.at(int(above)).ts.areas&(1<<a) != 0)
	}
}

// neighbours sums up the blocks around; besideBlocks says what each of them is.
func (r *reading) neighbours(w model.Row, i int) {
	for k, half := range aroundReach {
		col := atAround + k*aroundColumns
		from, to := max(i-half, 0), min(i+half+1, r.blocks.n)
		a, z, n := r.before(from), r.before(to), int32(to-from)
		chars := z.chars - a.chars
		w.Set(col+aroundChars, model.Log(chars/n))
		w.Set(col+aroundLinkDensity, model.Ratio(z.link-a.link, chars))
		w.Set(col+aroundGood, model.Ratio(z.good-a.good, chars))
		w.Set(col+aroundHeads, model.Ratio(z.heads-a.heads, n))
		w.Set(col+aroundEnds, model.Ratio((z.ends-a.ends)*4, z.words-a.words))
	}
}

func (r *reading) repeats(w model.Row, i int, p *kinSums) {
	w.Set(kinCount, model.Log(p.count))
	w.Set(kinGood, model.Ratio(p.good, r.total.good))
	w.Set(kinChars, model.Log(p.chars/max(p.count, 1)))
	w.Set(kinLinkDensity, model.Ratio(p.link, p.chars))
	w.Set(copiesOnPage, model.Log(r.copies(i)))
	// Siblings: how many blocks the parent holds for each of its children, and
	// where among them this one stands.
	q := &r.d.Elems[r.d.Elems[r.d.Blocks[i].Elem].Parent]
	a, z := r.before(int(q.First)), r.before(int(q.End))
	w.Set(parentGood, model.Ratio(z.good-a.good, z.chars-a.chars))
	w.Set(parentLinkDensity, model.Ratio(z.link-a.link, z.chars-a.chars))
	w.Set(parentPlace, model.Ratio(int32(i)-q.First, q.End-q.First))
}
