package block

import "github.com/winnowtext/winnow/clean/internal/rules"

// A rule may take an element out only while the page's text survives it.
const (
	// pruneShare is the largest share of the page's prose, in percent, that may
	// go with one element: the class names of boxes also stand on article
	// bodies (.15 of elements named "paywall" are the article itself).
	pruneShare = 10
	// proseBytes is how long a block without links is taken for prose.
	proseBytes = 80
)

// Prune takes out the elements that pruning rules name, unless they are, hold
// or stand for the article itself.
func Prune(d *Doc, set *rules.Set) {
	if set == nil {
		return
	}
	prose := proseSums(d)
	total := prose[len(d.Blocks)]
	for i := 1; i < len(d.Elems); i++ {
		e := &d.Elems[i]
		if e.Near[aConcealed] == 1 && e.End > e.First && concealed(d, prose, e) {
			for j := e.First; j < e.End; j++ {
				if b := &d.Blocks[j]; b.Step == "" && (e.Flags&fBlock != 0 || inside(d, b.Elem, int32(i))) {
					b.Step, b.Kind, b.Rule = "prune", "hidden", "hidden.style"
				}
			}
		}
		if e.Rule == 0 || e.End <= e.First {
			continue
		}
		r := set.DOM(e.Rule - 1)
		if r.Keep {
			if d.Elems[e.Parent].Flags&fKept != 0 {
				continue // that has kept all in it
			}
			for j := e.First; j < e.End; j++ {
				if b := &d.Blocks[j]; e.Flags&fBlock == 0 || inside(d, b.Elem, int32(i)) {
					b.Keep, b.Step, b.Kind, b.Rule = true, "prune", "", r.ID
				}
			}
			continue
		}
		if !r.Prune || e.Tag == tBody || e.Tag == tMain || e.Tag == tArticle {
			continue
		}
		if !r.User && (prose[e.End]-prose[e.First])*100 > total*pruneShare {
			continue
		}
		for j := e.First; j < e.End; j++ {
			if b := &d.Blocks[j]; b.Step == "" && (e.Flags&fBlock != 0 || inside(d, b.Elem, int32(i))) {
				b.Step, b.Kind, b.Rule = "prune", r.Kind, r.ID
			}
		}
	}
}

// fixed tells whether a rule keeps the block: no later step drops it.
func (b *Block) fixed() bool { return b.Keep && b.Step == "prune" }

// concealed tells whether hidden text was never meant to be read, as against
// the closed part of an accordion or a page that a script will show: it is
// outside the window or of no size, or stands hidden among siblings in view.
func concealed(d *Doc, prose []int, e *Elem) bool {
	size := prose[e.End] - prose[e.First]
	if e.Flags&fInvisible != 0 {
		return size*2 < prose[len(d.Blocks)]
	}
	if e.Near[aFold] != 0 && e.Near[aFold] <= 3 {
		return false
	}
	p := &d.Elems[e.Parent]
	around := prose[p.End] - prose[p.First]
	hidden := 0
	for j := p.First; j < p.End; j++ {
		if d.Blocks[j].Flags&(fHidden|fInvisible) != 0 {
			hidden += prose[j+1] - prose[j]
		}
	}
	return around > 0 && hidden*2 < around
}

// inside tells whether element e is a or below it.
func inside(d *Doc, e, a int32) bool {
	for e > a {
		e = d.Elems[e].Parent
	}
	return e == a
}

// proseSums are the prefix sums of bytes in long blocks that are not mostly
// links.
func proseSums(d *Doc) []int {
	sum := make([]int, len(d.Blocks)+1)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		sum[i+1] = sum[i]
		if size := b.End - b.Start; size >= proseBytes && b.Link*2 < size {
			sum[i+1] += int(size)
		}
	}
	return sum
}
