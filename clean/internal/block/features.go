package block

import (
	"fmt"

	"github.com/winnowtext/winnow/clean/internal/model"
)

// FeatureNames returns the name of each byte of a row.
func FeatureNames() []string {
	names := make([]string, 0, FeatureCount)
	for _, g := range []struct {
		name string
		n    int
	}{
		{"text", textFeatures}, {"ngram", ngramFeatures}, {"tag", tagFeatures}, {"container", containerFeatures}, {"relation", relationFeatures},
		{"position", positionFeatures}, {"neighbour", neighbourFeatures}, {"repeat", repeatFeatures}, {"page", pageFeatures},
	} {
		for i := range g.n {
			names = append(names, fmt.Sprintf("%s.%d", g.name, i))
		}
	}
	return names
}

// FeatureCount is the number of bytes in a block's row.
const FeatureCount = textFeatures + ngramFeatures + tagFeatures + containerFeatures + relationFeatures +
	positionFeatures + neighbourFeatures + repeatFeatures + pageFeatures

const textFeatures = 27

func (r *reading) text(w model.Row, i int) model.Row {
	b, m := &r.d.Blocks[i], r.blocks.at(i)
	ts := &m.ts
	size := b.End - b.Start
	w = w.Put(model.Log(ts.chars))
	w = w.Put(model.Log(ts.words))
	w = w.Put(model.Ratio(ts.upper, ts.letters))
	w = w.Put(model.Ratio(ts.punct*4, ts.chars))
	w = w.Put(model.Log(ts.commas))
	w = w.Put(model.Log(ts.ends))
	w = w.Put(ts.last)
	w = w.Put(model.Ratio(ts.stop, ts.words))
	w = w.Put(model.Ratio(ts.title, ts.words))
	w = w.Put(model.Ratio(ts.long, ts.words))
	w = w.Put(model.Ratio(ts.numbers, ts.words))
	w = w.Put(model.Log(ts.pipes))
	w = w.Put(model.Ratio(ts.symbols*8, b.End-b.Start))
	w = w.Put(model.Log(ts.quotes))
	w = w.Put(m.ld)
	w = w.Put(model.Ratio(b.Bold, size))
	w = w.Put(model.Ratio(b.Button, size))
	w = w.Put(model.Log(int32(b.Links)))
	w = w.Put(model.Log(ts.words / max(ts.ends, 1)))
	w = w.Put(model.Ratio(ts.inTitle, int32(r.hints.title.Len())))
	w = w.Put(model.Ratio(ts.inTitle, ts.words))
	w = w.Put(model.Ratio(ts.known, ts.triples))
	w = w.Put(model.Ratio(ts.inBody, ts.triples))
	w = w.Bit(m.good)
	w = w.Put(model.Log(ts.stop))
	w = w.Put(model.Ratio(ts.commas*8, ts.words))
	w = w.Put(model.Ratio(ts.ends*8, ts.words))
	return w
}

const ngramFeatures = 12

// ngrams says how the words of the block, of the heading above and of the
// blocks around lean.
func (r *reading) ngrams(w model.Row, i int, kin *pathSlot) model.Row {
	p := &r.blocks.at(i).ph
	w = w.Put(leanMean(p.sum, p.known))
	if p.known == 0 {
		w = w.Add(0, 0, 0)
	} else {
		w = w.Put(lean(p.sum / 4))
		w = w.Put(lean(p.min * 3 / 2))
		w = w.Put(lean(p.max * 3 / 2))
	}
	w = w.Put(model.Ratio(p.known, p.n))
	if above := r.above[i]; above >= 0 {
		h := &r.blocks.at(int(above)).ph
		w = w.Put(leanMean(h.sum, h.known))
		w = w.Put(lean(h.min * 3 / 2))
	} else {
		w = w.Add(0, 0)
	}
	for _, j := range [2]int{i - 1, i + 1} {
		if j >= 0 && j < r.blocks.n {
			w = w.Put(leanMean(r.blocks.at(j).ph.sum, r.blocks.at(j).ph.known))
		} else {
			w = w.Put(0)
		}
	}
	for _, half := range [2]int{3, 8} {
		a, z := r.before(max(i-half, 0)), r.before(min(i+half+1, r.blocks.n))
		w = w.Put(leanMean(z.odds-a.odds, z.known-a.known))
	}
	w = w.Put(leanMean(kin.odds, kin.known))
	return w
}

const tagFeatures = 5 + 11 + int(areaCount) + 1 + 5

func (r *reading) tags(w model.Row, i int) model.Row {
	b := &r.d.Blocks[i]
	es := r.d.Elems
	e := &es[b.Elem]
	p := &es[e.Parent]
	g := &es[p.Parent]
	w = w.Put(uint8(e.Tag))
	w = w.Put(uint8(p.Tag))
	w = w.Put(uint8(g.Tag))
	w = w.Put(e.Depth)
	w = w.Put(model.Log(p.End - p.First))
	for _, f := range [11]flags{fHeading, fPre, fHidden, fNoscript, fItem, fTable, fQuote, fFigure, fCaption, fForm, fList} {
		w = w.Bit(b.Flags&f != 0)
	}
	for _, d := range e.Near {
		w = w.Put(min(d, 31))
	}
	w = w.Bit(e.Rule != 0)
	w = w.Put(uint8(int(e.Own[0]) + 128))
	w = w.Put(uint8(int(e.Own[1]) + 128))
	w = w.Put(uint8(int(e.Chain[0]) + 128))
	w = w.Put(uint8(int(e.Chain[1]) + 128))
	w = w.Put(uint8(min(max(int(e.Sum)/4+128, 0), 255)))
	return w
}

const (
	containerLevels   = 5
	containerFeatures = containerLevels * 9
)

// containers describes the nearest ancestors with different ranges.
func (r *reading) containers(w model.Row, i int) model.Row {
	e := r.d.Blocks[i].Elem
	if el := &r.d.Elems[e]; el.End-el.First <= 1 {
		e = r.up[e]
	}
	for range containerLevels {
		if e < 0 {
			w = w.Add(255, 255, 255, 255, 255, 255, 255, 255, 0)
			continue
		}
		b, el := r.box(e), &r.d.Elems[e]
		w = w.Add(b.head[:]...)
		w = w.Put(model.Ratio(int32(i)-el.First, el.End-el.First))
		w = w.Put(b.lean)
		e = r.up[e]
	}
	return w
}

// A box is what a container tells of all the blocks in it, kept for the next of
// them.
type box struct {
	elem int32 // plus one
	head [7]uint8
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
		model.Log(n),
		model.Log(chars),
		model.Ratio(z.link-a.link, chars),
		model.Ratio(z.good-a.good, r.total.good),
		model.Log((z.words - a.words) * 2 / max(n, 1)),
		model.Ratio(z.paras-a.paras, chars),
		model.Ratio(z.heads-a.heads, n),
	}, leanMean(z.odds-a.odds, z.known-a.known)}
	return b
}

const relationFeatures = 4 * 4

// relation says how the block lies to the elements that hold the good text.
func (r *reading) relation(w model.Row, i int) model.Row {
	at := int32(i)
	for k, h := range r.holds {
		switch {
		case at < h[0]:
			w = w.Put(100 - model.Log(h[0]-at))
		case at >= h[1]:
			w = w.Put(100 + model.Log(at-h[1]+1))
		default:
			w = w.Put(100)
		}
		w = w.Put(r.steps(r.d.Blocks[i].Elem, r.holdE[k]))
		w = w.Put(r.holdT[k][0])
		w = w.Put(r.holdT[k][1])
	}
	return w
}

// steps is the number of elements from a up to the common ancestor with b.
func (r *reading) steps(a, b int32) uint8 {
	n := uint8(0)
	outer := r.outer
	for a != b && n < 60 {
		// Ids rise in document order: the larger id cannot be the ancestor.
		if a > b {
			a = outer[a]
			n++
		} else {
			b = outer[b]
		}
	}
	return n
}

const positionFeatures = 16 + len(headingAreas)

func (r *reading) position(w model.Row, i int) model.Row {
	n := int32(r.blocks.n)
	at := int32(i)
	before := r.before(i)
	w = w.Put(model.Ratio(at, n))
	w = w.Put(model.Log(at))
	w = w.Put(model.Log(n - at - 1))
	w = w.Put(model.Ratio(before.chars, r.total.chars))
	w = w.Put(model.Ratio(before.good, r.total.good))
	w = w.Put(model.Log(before.good))
	w = w.Put(model.Log(r.total.good - r.before(i+1).good))
	if r.title < 0 {
		w = w.Put(255)
	} else {
		w = w.Put(model.Signed(at - r.title))
	}
	prev, next := r.prevG[i], r.nextG[i]
	if prev < 0 {
		w = w.Add(255, 255, 255)
	} else {
		w = w.Put(model.Log(at - prev))
		w = w.Put(model.Log(before.chars - r.before(int(prev+1)).chars))
		w = w.Put(r.steps(r.d.Blocks[i].Elem, r.d.Blocks[prev].Elem))
	}
	if next >= n {
		w = w.Add(255, 255, 255)
	} else {
		w = w.Put(model.Log(next - at))
		w = w.Put(model.Log(r.before(int(next)).chars - r.before(i+1).chars))
		w = w.Put(r.steps(r.d.Blocks[i].Elem, r.d.Blocks[next].Elem))
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
	w = w.Put(model.Log(h))
	// The heading above: how far, and what its words name.
	above := r.above[i]
	if above < 0 {
		w = w.Put(255)
	} else {
		w = w.Put(model.Log(at - above))
	}
	for _, a := range headingAreas {
		w = w.Bit(above >= 0 && r.blocks.at(int(above)).ts.areas&(1<<a) != 0)
	}
	return w
}

const neighbourFeatures = 4*4 + 2*5

func (r *reading) neighbours(w model.Row, i int) model.Row {
	for _, off := range [4]int{-2, -1, 1, 2} {
		j := i + off
		if j < 0 || j >= r.blocks.n {
			w = w.Add(255, 255, 255, 255)
			continue
		}
		b, m := &r.d.Blocks[j], r.blocks.at(j)
		w = w.Put(model.Log(m.ts.chars))
		w = w.Put(m.ld)
		w = w.Put(uint8(r.d.Elems[b.Elem].Tag))
		w = w.Put(r.steps(r.d.Blocks[i].Elem, b.Elem))
	}
	for _, half := range [2]int{3, 8} {
		from, to := max(i-half, 0), min(i+half+1, r.blocks.n)
		a, z, n := r.before(from), r.before(to), int32(to-from)
		chars := z.chars - a.chars
		w = w.Put(model.Log(chars / n))
		w = w.Put(model.Ratio(z.link-a.link, chars))
		w = w.Put(model.Ratio(z.good-a.good, chars))
		w = w.Put(model.Ratio(z.heads-a.heads, n))
		w = w.Put(model.Ratio((z.ends-a.ends)*4, z.words-a.words))
	}
	return w
}

const repeatFeatures = 8

func (r *reading) repeats(w model.Row, i int, p *pathSlot) model.Row {
	w = w.Put(model.Log(p.count))
	w = w.Put(model.Ratio(p.good, r.total.good))
	w = w.Put(model.Log(p.chars / max(p.count, 1)))
	w = w.Put(model.Ratio(p.link, p.chars))
	w = w.Put(model.Log(r.seen.At(r.blocks.at(i).ts.hash).count))
	// Siblings: how many blocks the parent holds for each of its children, and
	// where among them this one stands.
	q := &r.d.Elems[r.d.Elems[r.d.Blocks[i].Elem].Parent]
	a, z := r.before(int(q.First)), r.before(int(q.End))
	w = w.Put(model.Ratio(z.good-a.good, z.chars-a.chars))
	w = w.Put(model.Ratio(z.link-a.link, z.chars-a.chars))
	w = w.Put(model.Ratio(int32(i)-q.First, q.End-q.First))
	return w
}
