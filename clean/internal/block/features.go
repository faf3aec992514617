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
		{"text", textFeatures}, {"tag", tagFeatures}, {"container", containerFeatures}, {"relation", relationFeatures},
		{"position", positionFeatures}, {"neighbour", neighbourFeatures}, {"repeat", repeatFeatures}, {"page", pageFeatures},
	} {
		for i := range g.n {
			names = append(names, fmt.Sprintf("%s.%d", g.name, i))
		}
	}
	return names
}

// FeatureCount is the number of bytes in a block's row.
const FeatureCount = textFeatures + tagFeatures + containerFeatures + relationFeatures +
	positionFeatures + neighbourFeatures + repeatFeatures + pageFeatures

const textFeatures = 38 + len(labelAreas)

func (r *ruler) text(w *model.Row, i int) {
	b, m := &r.d.Blocks[i], &r.m[i]
	ts := &m.ts
	size := b.End - b.Start
	w.Put(model.Log(ts.chars))
	w.Put(model.Log(ts.words))
	w.Put(model.Log(ts.chars * 4 / max(ts.words, 1)))
	w.Put(model.Ratio(ts.upper, ts.letters))
	w.Put(model.Ratio(ts.digits, ts.chars))
	w.Put(model.Ratio(ts.punct*4, ts.chars))
	w.Put(model.Log(ts.commas))
	w.Put(model.Log(ts.ends))
	w.Put(ts.last)
	w.Bit(ts.firstUpper)
	w.Bit(ts.firstDigit)
	w.Put(model.Ratio(ts.stop, ts.words))
	w.Put(model.Ratio(ts.title, ts.words))
	w.Put(model.Ratio(ts.caps, ts.words))
	w.Put(model.Ratio(ts.long, ts.words))
	w.Put(model.Log(ts.longest))
	w.Put(model.Ratio(ts.ideo, ts.chars))
	w.Put(model.Log(ts.years))
	w.Put(model.Log(ts.months))
	w.Put(model.Ratio(ts.numbers, ts.words))
	w.Put(model.Log(ts.money))
	w.Put(model.Log(ts.pipes))
	w.Put(model.Log(ts.quotes))
	w.Put(model.Log(ts.lines))
	w.Bit(ts.copyright)
	w.Put(m.ld)
	w.Put(model.Ratio(b.Bold, size))
	w.Put(model.Ratio(b.Button, size))
	w.Put(model.Log(int32(b.Links)))
	w.Put(model.Log(ts.words / max(ts.ends, 1)))
	w.Put(model.Ratio(ts.inTitle, int32(r.hints.title.n)))
	w.Put(model.Ratio(ts.inTitle, ts.words))
	w.Put(model.Ratio(ts.known, ts.triples))
	w.Put(model.Ratio(ts.inBody, ts.triples))
	w.Bit(m.good)
	w.Put(model.Log(ts.stop))
	w.Put(model.Ratio(ts.commas*8, ts.words))
	w.Put(model.Ratio(ts.ends*8, ts.words))
	for _, a := range labelAreas {
		w.Bit(ts.areas&(1<<a) != 0)
	}
}

const tagFeatures = 6 + 18 + int(areaCount) + 1 + 5

func (r *ruler) tags(w *model.Row, i int) {
	b := &r.d.Blocks[i]
	es := r.d.Elems
	e := &es[b.Elem]
	p := &es[e.Parent]
	g := &es[p.Parent]
	w.Put(uint8(e.Tag))
	w.Put(uint8(p.Tag))
	w.Put(uint8(g.Tag))
	w.Put(e.Depth)
	w.Put(uint8(min(e.End-e.First, 255)))
	w.Put(model.Log(p.End - p.First))
	for _, f := range [18]flags{fLink, fBold, fButton, fHeading, fPre, fHidden, fInvisible, fNoscript, fItem, fTable,
		fQuote, fFigure, fCaption, fForm, fList, fDl, fCode, fTime} {
		w.Bit(b.Flags&f != 0)
	}
	for _, d := range e.Near {
		w.Put(min(d, 31))
	}
	w.Bit(e.Rule != 0)
	w.Put(uint8(int(e.Own[0]) + 128))
	w.Put(uint8(int(e.Own[1]) + 128))
	w.Put(uint8(int(e.Chain[0]) + 128))
	w.Put(uint8(int(e.Chain[1]) + 128))
	w.Put(uint8(min(max(int(e.Sum)/4+128, 0), 255)))
}

const (
	containerLevels   = 5
	containerFeatures = containerLevels * 8
)

// containers describes the nearest ancestors with different ranges.
func (r *ruler) containers(w *model.Row, i int) {
	e := r.d.Blocks[i].Elem
	if el := &r.d.Elems[e]; el.End-el.First <= 1 {
		e = r.up[e]
	}
	for range containerLevels {
		if e < 0 {
			w.Add(255, 255, 255, 255, 255, 255, 255, 255)
			continue
		}
		el := &r.d.Elems[e]
		s := r.pre[el.End].minus(r.pre[el.First])
		n := el.End - el.First
		w.Put(model.Log(n))
		w.Put(model.Log(s.chars))
		w.Put(model.Ratio(s.link, s.chars))
		w.Put(model.Ratio(s.good, r.total.good))
		w.Put(model.Log(s.words * 2 / max(n, 1)))
		w.Put(model.Ratio(s.paras, s.chars))
		w.Put(model.Ratio(s.heads, n))
		w.Put(model.Ratio(int32(i)-el.First, n))
		e = r.up[e]
	}
}

const relationFeatures = 4 * 4

// relation says how the block lies to the elements that hold the good text.
func (r *ruler) relation(w *model.Row, i int) {
	at := int32(i)
	for k, h := range r.holds {
		switch {
		case at < h[0]:
			w.Put(100 - model.Log(h[0]-at))
		case at >= h[1]:
			w.Put(100 + model.Log(at-h[1]+1))
		default:
			w.Put(100)
		}
		w.Put(r.steps(r.d.Blocks[i].Elem, r.holdE[k]))
		s := r.pre[h[1]].minus(r.pre[h[0]])
		w.Put(model.Ratio(s.link, s.chars))
		w.Put(model.Log(s.chars / max(h[1]-h[0], 1)))
	}
}

// steps is the number of elements from a up to the common ancestor with b.
func (r *ruler) steps(a, b int32) uint8 {
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

const positionFeatures = 16 + len(labelAreas)

func (r *ruler) position(w *model.Row, i int) {
	n := int32(len(r.m))
	at := int32(i)
	before := r.pre[i]
	w.Put(model.Ratio(at, n))
	w.Put(model.Log(at))
	w.Put(model.Log(n - at - 1))
	w.Put(model.Ratio(before.chars, r.total.chars))
	w.Put(model.Ratio(before.good, r.total.good))
	w.Put(model.Log(before.good))
	w.Put(model.Log(r.total.good - r.pre[i+1].good))
	if r.title < 0 {
		w.Put(255)
	} else {
		w.Put(model.Signed(at - r.title))
	}
	prev, next := r.prevG[i], r.nextG[i]
	if prev < 0 {
		w.Add(255, 255, 255)
	} else {
		w.Put(model.Log(at - prev))
		w.Put(model.Log(before.chars - r.pre[prev+1].chars))
		w.Put(r.steps(r.d.Blocks[i].Elem, r.d.Blocks[prev].Elem))
	}
	if next >= n {
		w.Add(255, 255, 255)
	} else {
		w.Put(model.Log(next - at))
		w.Put(model.Log(r.pre[next].chars - r.pre[i+1].chars))
		w.Put(r.steps(r.d.Blocks[i].Elem, r.d.Blocks[next].Elem))
	}
	// For a heading: what stands below it up to the next one.
	h := int32(0)
	if r.d.Blocks[i].Flags&fHeading != 0 {
		j := i + 1
		for j < len(r.m) && j < i+40 && r.d.Blocks[j].Flags&fHeading == 0 {
			j++
		}
		h = r.pre[j].good - r.pre[i+1].good + 1
	}
	w.Put(model.Log(h))
	// The heading above: how far, and what its words name.
	above := r.above[i]
	if above < 0 {
		w.Put(255)
	} else {
		w.Put(model.Log(at - above))
	}
	for _, a := range labelAreas {
		w.Bit(above >= 0 && r.m[above].ts.areas&(1<<a) != 0)
	}
}

const neighbourFeatures = 4*7 + 2*5

func (r *ruler) neighbours(w *model.Row, i int) {
	for _, off := range [4]int{-2, -1, 1, 2} {
		j := i + off
		if j < 0 || j >= len(r.m) {
			w.Add(255, 255, 255, 255, 255, 255, 255)
			continue
		}
		b, m := &r.d.Blocks[j], &r.m[j]
		w.Put(model.Log(m.ts.chars))
		w.Put(m.ld)
		w.Put(uint8(r.d.Elems[b.Elem].Tag))
		w.Put(model.Ratio(m.ts.stop, m.ts.words))
		w.Bit(m.good)
		w.Put(r.steps(r.d.Blocks[i].Elem, b.Elem))
		w.Bit(b.Flags&fHeading != 0)
	}
	for _, half := range [2]int{3, 8} {
		a, z := max(i-half, 0), min(i+half+1, len(r.m))
		s := r.pre[z].minus(r.pre[a])
		n := int32(z - a)
		w.Put(model.Log(s.chars / n))
		w.Put(model.Ratio(s.link, s.chars))
		w.Put(model.Ratio(s.good, s.chars))
		w.Put(model.Ratio(s.heads, n))
		w.Put(model.Ratio(s.ends*4, s.words))
	}
}

const repeatFeatures = 8

func (r *ruler) repeats(w *model.Row, i int) {
	b, m := &r.d.Blocks[i], &r.m[i]
	e := &r.d.Elems[b.Elem]
	p := r.paths.at(uint64(e.Path) | 1<<40)
	w.Put(model.Log(p.count))
	w.Put(model.Ratio(p.good, r.total.good))
	w.Put(model.Log(p.chars / max(p.count, 1)))
	w.Put(model.Ratio(p.link, p.chars))
	w.Put(model.Log(r.seen.at(m.ts.hash).count))
	// Siblings: how many blocks the parent holds for each of its children, and
	// where among them this one stands.
	q := &r.d.Elems[e.Parent]
	s := r.pre[q.End].minus(r.pre[q.First])
	w.Put(model.Ratio(s.good, s.chars))
	w.Put(model.Ratio(s.link, s.chars))
	w.Put(model.Ratio(int32(i)-q.First, q.End-q.First))
}
