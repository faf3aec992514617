package block

import (
	"slices"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// A rule may take an element out only while the page's text survives it.
const (
	// pruneShare is the largest share of the page's prose, in percent, that may
	// go with one element: the class names of boxes also stand on article
	// bodies (.15 of elements named "paywall" are the article itself).
	pruneShare = 10
	// hiddenShare is the same for what is there for screen readers only.
	hiddenShare = 40
	// proseBytes is how long a block without links is taken for prose.
	proseBytes = 80
)

// A Root finds the elements that the article lies in.
type Root cascadia.SelectorGroup

func (r Root) find(root *html.Node) []*html.Node {
	if len(r) == 0 {
		return nil
	}
	return cascadia.QueryAll(root, cascadia.SelectorGroup(r))
}

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
		if e.Near[aConcealed] == 1 && e.End > e.First && p.concealed(e) {
			p.take(int32(i), "hidden", "hidden.style")
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
		share := pruneShare
		if r.Kind == "hidden" {
			share = hiddenShare
		}
		if !r.User && (p.prose[e.End]-p.prose[e.First])*100 > total*share {
			continue
		}
		p.take(int32(i), r.Kind, r.ID)
	}
}

// A pruner holds what pruning needs to know of a page, so that an element
// costs no more than the blocks it takes out.
type pruner struct {
	d      *Doc
	prose  []int   // see proseSums
	hidden []int   // the same of hidden blocks; made when needed
	last   []int32 // by element, the last one below it; made when needed
	taken  int32   // all blocks of the last element taken out, as a whole, end here
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
		if b := &p.d.Blocks[j]; b.Step == "" && (whole || p.inside(b.Elem, i)) {
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
// the closed part of an accordion or a page that a script will show: it is
// outside the window or of no size, or stands hidden among siblings in view.
func (p *pruner) concealed(e *Elem) bool {
	d := p.d
	size := p.prose[e.End] - p.prose[e.First]
	if e.Flags&fInvisible != 0 {
		return size*2 < p.prose[len(d.Blocks)]
	}
	if e.Near[aFold] != 0 && e.Near[aFold] <= 3 {
		return false
	}
	if p.hidden == nil {
		p.hidden = make([]int, len(d.Blocks)+1)
		d.pass()
		for j := range d.Blocks {
			p.hidden[j+1] = p.hidden[j]
			if d.Blocks[j].Flags&(fHidden|fInvisible) != 0 {
				p.hidden[j+1] += p.prose[j+1] - p.prose[j]
			}
		}
	}
	up := &d.Elems[e.Parent]
	if up.Tag == tP {
		up = &d.Elems[up.Parent] // of the paragraph there may be little to see
	}
	around := p.prose[up.End] - p.prose[up.First]
	hidden := p.hidden[up.End] - p.hidden[up.First]
	return around > 0 && hidden*2 < around
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
