package block

import "fmt"

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

func (r *ruler) text(w *writer, i int) {
	b, m := &r.d.Blocks[i], &r.m[i]
	ts := &m.ts
	size := b.End - b.Start
	w.put(qlog(ts.chars))
	w.put(qlog(ts.words))
	w.put(qlog(ts.chars * 4 / max(ts.words, 1)))
	w.put(ratio(ts.upper, ts.letters))
	w.put(ratio(ts.digits, ts.chars))
	w.put(ratio(ts.punct*4, ts.chars))
	w.put(qlog(ts.commas))
	w.put(qlog(ts.ends))
	w.put(ts.last)
	w.bit(ts.firstUpper)
	w.bit(ts.firstDigit)
	w.put(ratio(ts.stop, ts.words))
	w.put(ratio(ts.title, ts.words))
	w.put(ratio(ts.caps, ts.words))
	w.put(ratio(ts.long, ts.words))
	w.put(qlog(ts.longest))
	w.put(ratio(ts.ideo, ts.chars))
	w.put(qlog(ts.years))
	w.put(qlog(ts.months))
	w.put(ratio(ts.numbers, ts.words))
	w.put(qlog(ts.money))
	w.put(qlog(ts.pipes))
	w.put(qlog(ts.quotes))
	w.put(qlog(ts.lines))
	w.bit(ts.copyright)
	w.put(m.ld)
	w.put(ratio(b.Bold, size))
	w.put(ratio(b.Button, size))
	w.put(qlog(int32(b.Links)))
	w.put(qlog(ts.words / max(ts.ends, 1)))
	w.put(ratio(ts.inTitle, int32(r.hints.title.n)))
	w.put(ratio(ts.inTitle, ts.words))
	w.put(ratio(ts.known, ts.triples))
	w.put(ratio(ts.inBody, ts.triples))
	w.bit(m.good)
	w.put(qlog(ts.stop))
	w.put(ratio(ts.commas*8, ts.words))
	w.put(ratio(ts.ends*8, ts.words))
	for _, a := range labelAreas {
		w.bit(ts.areas&(1<<a) != 0)
	}
}

const tagFeatures = 6 + 18 + int(areaCount) + 1 + 5

func (r *ruler) tags(w *writer, i int) {
	b := &r.d.Blocks[i]
	es := r.d.Elems
	e := &es[b.Elem]
	p := &es[e.Parent]
	g := &es[p.Parent]
	w.put(uint8(e.Tag))
	w.put(uint8(p.Tag))
	w.put(uint8(g.Tag))
	w.put(e.Depth)
	w.put(uint8(min(e.End-e.First, 255)))
	w.put(qlog(p.End - p.First))
	for _, f := range [18]flags{fLink, fBold, fButton, fHeading, fPre, fHidden, fInvisible, fNoscript, fItem, fTable,
		fQuote, fFigure, fCaption, fForm, fList, fDl, fCode, fTime} {
		w.bit(b.Flags&f != 0)
	}
	for _, d := range e.Near {
		w.put(min(d, 31))
	}
	w.bit(e.Rule != 0)
	w.put(uint8(int(e.Own[0]) + 128))
	w.put(uint8(int(e.Own[1]) + 128))
	w.put(uint8(int(e.Chain[0]) + 128))
	w.put(uint8(int(e.Chain[1]) + 128))
	w.put(uint8(min(max(int(e.Sum)/4+128, 0), 255)))
}

const (
	containerLevels   = 5
	containerFeatures = containerLevels * 8
)

// containers describes the nearest ancestors with different ranges.
func (r *ruler) containers(w *writer, i int) {
	e := r.d.Blocks[i].Elem
	if el := &r.d.Elems[e]; el.End-el.First <= 1 {
		e = r.up[e]
	}
	for range containerLevels {
		if e < 0 {
			w.add(255, 255, 255, 255, 255, 255, 255, 255)
			continue
		}
		el := &r.d.Elems[e]
		s := r.pre[el.End].minus(r.pre[el.First])
		n := el.End - el.First
		w.put(qlog(n))
		w.put(qlog(s.chars))
		w.put(ratio(s.link, s.chars))
		w.put(ratio(s.good, r.total.good))
		w.put(qlog(s.words * 2 / max(n, 1)))
		w.put(ratio(s.paras, s.chars))
		w.put(ratio(s.heads, n))
		w.put(ratio(int32(i)-el.First, n))
		e = r.up[e]
	}
}

const relationFeatures = 4 * 4

// relation says how the block lies to the elements that hold the good text.
func (r *ruler) relation(w *writer, i int) {
	at := int32(i)
	for k, h := range r.holds {
		switch {
		case at < h[0]:
			w.put(100 - qlog(h[0]-at))
		case at >= h[1]:
			w.put(100 + qlog(at-h[1]+1))
		default:
			w.put(100)
		}
		w.put(r.steps(r.d.Blocks[i].Elem, r.holdE[k]))
		s := r.pre[h[1]].minus(r.pre[h[0]])
		w.put(ratio(s.link, s.chars))
		w.put(qlog(s.chars / max(h[1]-h[0], 1)))
	}
}

// steps is the number of elements from a up to the common ancestor with b.
func (r *ruler) steps(a, b int32) uint8 {
	n := uint8(0)
	es := r.d.Elems
	for a != b && n < 60 {
		// Ids rise in document order: the larger id cannot be the ancestor.
		if a > b {
			a = es[a].Parent
			n++
		} else {
			b = es[b].Parent
		}
	}
	return n
}

const positionFeatures = 16 + len(labelAreas)

func (r *ruler) position(w *writer, i int) {
	n := int32(len(r.m))
	at := int32(i)
	before := r.pre[i]
	w.put(ratio(at, n))
	w.put(qlog(at))
	w.put(qlog(n - at - 1))
	w.put(ratio(before.chars, r.total.chars))
	w.put(ratio(before.good, r.total.good))
	w.put(qlog(before.good))
	w.put(qlog(r.total.good - r.pre[i+1].good))
	if r.title < 0 {
		w.put(255)
	} else {
		w.put(qsigned(at - r.title))
	}
	prev, next := r.prevG[i], r.nextG[i]
	if prev < 0 {
		w.add(255, 255, 255)
	} else {
		w.put(qlog(at - prev))
		w.put(qlog(before.chars - r.pre[prev+1].chars))
		w.put(r.steps(r.d.Blocks[i].Elem, r.d.Blocks[prev].Elem))
	}
	if next >= n {
		w.add(255, 255, 255)
	} else {
		w.put(qlog(next - at))
		w.put(qlog(r.pre[next].chars - r.pre[i+1].chars))
		w.put(r.steps(r.d.Blocks[i].Elem, r.d.Blocks[next].Elem))
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
	w.put(qlog(h))
	// The heading above: how far, and what its words name.
	above := r.above[i]
	if above < 0 {
		w.put(255)
	} else {
		w.put(qlog(at - above))
	}
	for _, a := range labelAreas {
		w.bit(above >= 0 && r.m[above].ts.areas&(1<<a) != 0)
	}
}

const neighbourFeatures = 4*7 + 2*5

func (r *ruler) neighbours(w *writer, i int) {
	for _, off := range [4]int{-2, -1, 1, 2} {
		j := i + off
		if j < 0 || j >= len(r.m) {
			w.add(255, 255, 255, 255, 255, 255, 255)
			continue
		}
		b, m := &r.d.Blocks[j], &r.m[j]
		w.put(qlog(m.ts.chars))
		w.put(m.ld)
		w.put(uint8(r.d.Elems[b.Elem].Tag))
		w.put(ratio(m.ts.stop, m.ts.words))
		w.bit(m.good)
		w.put(r.steps(r.d.Blocks[i].Elem, b.Elem))
		w.bit(b.Flags&fHeading != 0)
	}
	for _, half := range [2]int{3, 8} {
		a, z := max(i-half, 0), min(i+half+1, len(r.m))
		s := r.pre[z].minus(r.pre[a])
		n := int32(z - a)
		w.put(qlog(s.chars / n))
		w.put(ratio(s.link, s.chars))
		w.put(ratio(s.good, s.chars))
		w.put(ratio(s.heads, n))
		w.put(ratio(s.ends*4, s.words))
	}
}

const repeatFeatures = 8

func (r *ruler) repeats(w *writer, i int) {
	b, m := &r.d.Blocks[i], &r.m[i]
	e := &r.d.Elems[b.Elem]
	p := r.paths.at(uint64(e.Path) | 1<<40)
	w.put(qlog(p.count))
	w.put(ratio(p.good, r.total.good))
	w.put(qlog(p.chars / max(p.count, 1)))
	w.put(ratio(p.link, p.chars))
	w.put(qlog(r.seen.at(m.ts.hash).count))
	// Siblings: how many blocks the parent holds for each of its children, and
	// where among them this one stands.
	q := &r.d.Elems[e.Parent]
	s := r.pre[q.End].minus(r.pre[q.First])
	w.put(ratio(s.good, s.chars))
	w.put(ratio(s.link, s.chars))
	w.put(ratio(int32(i)-q.First, q.End-q.First))
}
