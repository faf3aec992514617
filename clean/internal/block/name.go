package block

import (
	"math/bits"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// areaKinds is what a block left out by the model is called, by the area
// nearest to it.
var areaKinds = [areaCount]rules.Kind{
	aAside: "sidebar", aNav: "nav", aHeader: "header", aFooter: "footer", aComment: "comment",
	aRelated: "related", aShare: "share", aAd: "ad", aNewsletter: "newsletter", aMeta: "byline",
	aCaption: "caption", aOverlay: "popup", aCard: "related", aProduct: "boilerplate", aTags: "tags",
	aWidget: "cta", aLegal: "legal",
}

// kindAreas are the areas that have one.
var kindAreas = func() (set uint32) {
	for a, k := range areaKinds {
		if k != "" {
			set |= 1 << a
		}
	}
	return set
}()

// nearest is how many elements up an area still gives a block its name.
const nearest = 6

// Name gives every block left out a kind: that of the page's title where it is a heading,
// of the DOM rule around it, or of the nearest area its ancestors' names point to.
func Name(d *Doc, set *rules.Set, title string) {
	key := chars.Glue(title)
	for i := range d.Blocks {
		d.clock.Step()
		b := &d.Blocks[i]
		if b.Keep || b.Kind != "" {
			continue
		}
		if b.Kind = nameOf(d, b, set); b.Kind != "hidden" && d.titles(b, title, key) {
			b.Kind = "title"
		}
	}
}

// titles says whether a block is a heading that says no more than the page's title, whose
// letters are key.
func (d *Doc) titles(b *Block, title, key string) bool {
	text := d.Text[b.Start:b.End]
	return key != "" && b.Flags&fHeading != 0 && len(text) < 3*len(title)+10 && chars.GluesTo(text, key)
}

// NamedBy is the DOM rule that gives a block left out its kind, nil if none
// does.
func NamedBy(d *Doc, b *Block, set *rules.Set) *rules.DOMRule {
	if b.Flags&(fInvisible|fHidden) != 0 {
		return nil
	}
	for e, n := b.Elem, 0; e > 0 && n < nearest; e, n = d.Elems[e].Parent, n+1 {
		if r := d.Elems[e].Rule; r != 0 {
			return set.DOM(r - 1)
		}
	}
	return nil
}

func nameOf(d *Doc, b *Block, set *rules.Set) rules.Kind {
	if b.Flags&(fInvisible|fHidden) != 0 {
		return "hidden"
	}
	if r := NamedBy(d, b, set); r != nil {
		return r.Kind
	}
	best, kind := uint8(nearest+1), rules.Kind("boilerplate")
	near := &d.Elems[b.Elem].Near
	for in := uint32(d.Elems[b.Elem].In) & kindAreas; in != 0; in &= in - 1 {
		if a := bits.TrailingZeros32(in); near[a] < best {
			best, kind = near[a], areaKinds[a]
		}
	}
	if kind == "boilerplate" {
		switch {
		case near[aNav] != 0:
			return "nav"
		case near[aFooter] != 0:
			return "footer"
		case near[aHeader] != 0:
			return "header"
		case near[aAside] != 0:
			return "sidebar"
		}
	}
	return kind
}
