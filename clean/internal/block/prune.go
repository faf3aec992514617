package block

import (
	"bytes"
	"slices"

	"github.com/andybalholm/cascadia"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// A rule may take an element out only while the page's text survives it.
const (
	// pruneShare is the largest share of the page's prose, in percent, that may
	// go with one element: the class names of boxes also stand on article
	// bodies (.15 of elements named "paywall" are the article itself).
	pruneShare = 10
	// shortHidden is how long, in bytes, all texts of a page may be that go by names that
	// may mean something else: where there are more, a script shows one after the other.
	shortHidden = 400
	// maxFold is how many elements up a name still says that a control opens what is
	// hidden.
	maxFold = 4
	// Of hidden prose that is as long, in bytes, so many parts of that length are looked
	// for elsewhere, for so many elements of a page.
	repeatBytes = 1000
	repeatParts = 5
	repeatPart  = 40
	maxSearches = 16
	// proseBytes is how long a block without links is taken for prose.
	proseBytes = 80
)

// A Root finds the elements that the article lies in.
type Root cascadia.SelectorGroup

// RuleRoot is the rule id of decisions by Options.Root.
const RuleRoot = "option.root"

// PruneAround takes out what lies around the elements that Options.Root found, and
// reports whether there is text in them: else nothing goes.
func PruneAround(d *Doc) (found bool) {
	inside := func(b Block) bool { return b.Flags&fRoot != 0 }
	if !slices.ContainsFunc(d.Blocks, inside) {
		return false
	}
	for i := range d.Blocks {
		if b := &d.Blocks[i]; !inside(*b) {
			b.Step, b.Kind, b.Rule = "prune", "boilerplate", RuleRoot
		}
	}
	return true
}

// Prune takes out the elements that pruning rules name, unless they are, hold
// or stand for the article itself.
func Prune(d *Doc, set *rules.Set) {
	if set == nil {
		return
	}
	p := pruner{d: d, prose: proseSums(d)}
	total := p.prose[len(d.Blocks)]
	d.passElems()
	for i := 1; i < len(d.Elems); i++ {
		e := &d.Elems[i]
		if e.Near[aConcealed] == 1 && e.End > e.First && d.Elems[e.Parent].Flags&(fHidden|fInvisible) == 0 && p.concealed(e) {
			p.take(int32(i), "hidden", "hidden.style")
		}
		if e.Tag == tNoscript && e.End > e.First && p.shows() {
			p.take(int32(i), "js", "js.element")
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
				if b := &d.Blocks[j]; e.Flags&fBlock == 0 || p.inside(b.Elem, int32(i)) {
					b.Keep, b.Step, b.Kind, b.Rule = true, "prune", "", r.ID
				}
			}
			continue
		}
		if !r.Prune || e.Tag == tBody || e.Tag == tMain || e.Tag == tArticle {
			continue
		}
		if !r.User {
			prose := p.prose[e.End] - p.prose[e.First]
			if r.Kind != "hidden" && prose*100 > total*pruneShare || r.Kind == "hidden" && prose > 0 && !p.showsBut(e) {
				continue
			}
			if r.Short && (e.Flags&fAwaited != 0 || p.named(set) > shortHidden) {
				continue
			}
		}
		p.take(int32(i), r.Kind, r.ID)
	}
}

// A pruner holds what pruning needs to know of a page, so that an element
// costs no more than the blocks it takes out.
type pruner struct {
	d        *Doc
	prose    []int   // see proseSums
	heads    []int32 // main headings, none of which can be seen; made when needed
	maybe    int     // see named; worked out when needed
	light    []int   // prefix sums of prose that can be seen; made when needed
	last     []int32 // by element, the last one below it; made when needed
	searches int     // see repeats
	taken    int32   // all blocks of the last element taken out, as a whole, end here
}

// take takes the blocks of an element out that nothing took out before.
func (p *pruner) take(i int32, kind rules.Kind, id string) {
	e := &p.d.Elems[i]
	whole := e.Flags&fBlock != 0
	if e.End <= p.taken {
		return // inside of an element that is out
	}
	for j := e.First; j < e.End; j++ {
		p.d.clock.Step()
		b := &p.d.Blocks[j]
		if id == "hidden.style" && b.Flags&(fHidden|fInvisible) == 0 {
			whole = false // what is in it is seen all the same
			continue
		}
		if b.Step == "" && (e.Flags&fBlock != 0 || p.inside(b.Elem, i)) {
			b.Step, b.Kind, b.Rule = "prune", kind, id
		}
	}
	if whole {
		p.taken = e.End
	}
}

// inside reports whether element e is a or below it.
func (p *pruner) inside(e, a int32) bool {
	if p.last == nil {
		es := p.d.Elems
		p.last = make([]int32, len(es))
		p.d.passElems()
		for i := len(es) - 1; i >= 0; i-- {
			p.last[i] = max(p.last[i], int32(i))
			if up := es[i].Parent; i > 0 {
				p.last[up] = max(p.last[up], p.last[i])
			}
		}
	}
	return e >= a && e <= p.last[a]
}

// fixed reports whether a rule keeps the block: no later step drops it.
func (b *Block) fixed() bool { return b.Keep && b.Step == "prune" }

// concealed reports whether hidden text was never meant to be read, as against
// what a script or a control will show: nothing says that it waits for one, and the
// page has prose that is seen. However long it is, that is no reason to show it.
func (p *pruner) concealed(e *Elem) bool {
	if e.Flags&fInvisible == 0 && (e.Flags&fAwaited != 0 || e.Near[aFold] != 0 && e.Near[aFold] <= maxFold) {
		return p.repeats(e)
	}
	return p.shows() && !p.headed(e)
}

// repeats reports whether long prose that waits to be shown stands on the page once more,
// seen: it is for a program, or takes the other's place.
func (p *pruner) repeats(e *Elem) bool {
	d := p.d
	if p.prose[e.End]-p.prose[e.First] < repeatBytes || p.searches == maxSearches {
		return false
	}
	p.searches++
	from, to := int(d.Blocks[e.First].Start), int(d.Blocks[e.End-1].End)
	for k := 1; k <= repeatParts; k++ {
		at := from + (to-from)*k/(repeatParts+1)
		// A part may lie across the end of a paragraph; then the one behind it does not.
		if !p.seen(d.Text[at:at+repeatPart]) && !p.seen(d.Text[at+repeatPart:at+2*repeatPart]) {
			return false
		}
	}
	return true
}

// seen reports whether the first place of the page with such a text is seen: where it is
// hidden, a script may show that one.
func (p *pruner) seen(text []byte) bool {
	d := p.d
	d.clock.Spend(len(d.Text))
	i := bytes.Index(d.Text, text)
	j, _ := slices.BinarySearchFunc(d.Blocks, int32(i), func(b Block, at int32) int { return int(b.End - 1 - at) })
	return j < len(d.Blocks) && d.Blocks[j].Flags&(fHidden|fInvisible) == 0
}

// shows reports whether there is prose that can be seen.
func (p *pruner) shows() bool {
	p.look()
	return p.light[len(p.d.Blocks)] > 0
}

// notArticle are the areas whose prose is not that of a text: a page of which nothing
// else is seen waits for a script.
const notArticle areaSet = 1<<aAside | 1<<aNav | 1<<aFooter | 1<<aComment | 1<<aRelated | 1<<aAd | 1<<aNewsletter |
	1<<aCaption | 1<<aOverlay | 1<<aTags | 1<<aLegal

// look sums up the prose that can be seen.
func (p *pruner) look() {
	if p.light != nil {
		return
	}
	p.light = make([]int, len(p.d.Blocks)+1)
	p.d.pass()
	for j := range p.d.Blocks {
		p.light[j+1] = p.light[j]
		b := &p.d.Blocks[j]
		if b.Flags&(fHidden|fInvisible|fNoscript|fCaption) == 0 && p.d.Elems[b.Elem].In&notArticle == 0 {
			p.light[j+1] += p.prose[j+1] - p.prose[j]
		}
	}
}

// showsBut reports whether there is prose that can be seen outside of an element that
// is said to be hidden.
func (p *pruner) showsBut(e *Elem) bool {
	p.look()
	return p.light[len(p.d.Blocks)] > p.light[e.End]-p.light[e.First]
}

// named is how many bytes are in elements of names that may mean something else than
// that they are hidden.
func (p *pruner) named(set *rules.Set) int {
	if p.maybe == 0 {
		p.maybe = 1
		end := int32(0)
		p.d.passElems()
		for i := range p.d.Elems {
			e := &p.d.Elems[i]
			if e.Rule != 0 && e.End > max(e.First, end) && set.DOM(e.Rule-1).Short {
				p.maybe += int(p.d.Blocks[e.End-1].End - p.d.Blocks[max(e.First, end)].Start)
				end = e.End
			}
		}
	}
	return p.maybe
}

// headed reports whether an element holds the main heading of the page, and none is
// seen elsewhere: it is the page, for a script to show.
func (p *pruner) headed(e *Elem) bool {
	if p.heads == nil {
		p.heads = []int32{}
		for j := range p.d.Blocks {
			b := &p.d.Blocks[j]
			if b.Role != Heading || p.d.Elems[b.Elem].Tag != tH1 {
				continue
			}
			if b.Flags&(fHidden|fInvisible) == 0 {
				p.heads = p.heads[:0]
				break
			}
			p.heads = append(p.heads, int32(j))
		}
	}
	at, _ := slices.BinarySearch(p.heads, e.First)
	return at < len(p.heads) && p.heads[at] < e.End
}

// inside reports whether element e is a or below it.
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
	d.pass()
	for i := range d.Blocks {
		b := &d.Blocks[i]
		sum[i+1] = sum[i]
		if size := b.End - b.Start; size >= proseBytes && b.Link*2 < size {
			sum[i+1] += int(size)
		}
	}
	return sum
}
