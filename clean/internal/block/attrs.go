package block

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/clean/internal/css"
	"github.com/winnowtext/winnow/clean/internal/words"
)

// attr notes what an attribute says about e and returns the areas it names.
func (b *builder) attr(e *Elem, tokens *tokenSum, name string, a *html.Attribute) areaSet {
	if b.byAttr && b.sheets.May(css.AttrKey, a.Key) {
		b.look.sheets = true
	}
	switch a.Key {
	case "class":
		c := b.class(a.Val)
		b.look.named = b.look.named || a.Val != ""
		b.look.sheets = b.look.sheets || c.styled
		tokens.join(&c.sum)
		e.Path = words.FNV(e.Path, c.hash)
		if c.ruled {
			b.matchTokens(e, name, a.Val)
		}
		return 0
	case "id":
		tokens.tokens(b.o.Tables.Vocabulary, a.Val)
		b.look.named = true
		b.mayBeNote(a.Val)
		if b.byKey && b.sheets.May(css.IDKey, a.Val) {
			b.look.sheets = true
		}
		if b.o.Rules != nil {
			b.matchTokens(e, name, a.Val)
		}
		return 0
	case "role", "itemprop":
		tokens.tokens(b.o.Tables.Vocabulary, a.Val)
		if a.Key == "role" && a.Val == "heading" {
			e.Flags |= fHeading
		}
	case "href":
		if e.Tag == tA {
			e.Flags |= fLink
			b.point(a.Val)
		}
	case "hidden":
		b.look.hidden = true
	case "open":
		b.look.open = true
	case "aria-hidden":
		if a.Val == "true" {
			return 1 << aHidden // often shown all the same: evidence only
		}
	case "style":
		b.look.style = a.Val
	case "color":
		if e.Tag == tFont {
			b.look.color = hexed(a.Val)
		}
	case "text":
		if e.Tag == tBody {
			b.look.color = hexed(a.Val)
		}
	case "bgcolor":
		b.look.ground = a.Val
	case "background":
		b.look.picture = true
	case "name":
		if e.Tag == tA {
			b.mayBeNote(a.Val)
		}
		return 0
	case "src", "srcset", "alt", "title", "target", "rel", "type", "value", "width", "height", "content", "datetime":
		return 0 // no rule asks for these
	}
	if b.o.Rules != nil && b.o.Rules.AttrName(a.Key) {
		if r, ok := b.o.Rules.Attr(a.Key, strings.ToLower(a.Val)); ok {
			b.setRule(e, name, r)
		}
	}
	return 0
}

// weigh joins the weights of an element's tokens with those of its ancestors.
func (e *Elem) weigh(p *Elem, t *tokenSum) {
	e.Own = [2]int8{t.min, t.max}
	e.Chain = [2]int8{min(p.Chain[0], t.min), max(p.Chain[1], t.max)}
	// What is said further out counts less.
	e.Sum = int16(min(max(int32(p.Sum)*3/4+t.sum, -1<<14), 1<<14))
}

// matchTokens looks up whole class and id tokens in the DOM rules.
func (b *builder) matchTokens(e *Elem, name, value string) {
	for tok, rest := firstToken(value); tok != ""; tok, rest = firstToken(rest) {
		if r, ok := b.o.Rules.Token(tok); ok && !b.o.Rules.DOM(r).Excepted(value) {
			b.setRule(e, name, r)
		}
	}
}

// firstToken cuts the first of the tokens in value off; it is "" at the end.
func firstToken(value string) (tok, rest string) {
	i := 0
	for i < len(value) && value[i] <= ' ' {
		i++
	}
	j := i
	for j < len(value) && value[j] > ' ' {
		j++
	}
	return value[i:j], value[j:]
}

// setRule gives an element the DOM rule that matched it, unless that is limited
// to other elements or hosts, or a stronger one matched before.
func (b *builder) setRule(e *Elem, name string, r uint16) {
	rule := b.o.Rules.DOM(r)
	if !rule.OnTag(name) || !rule.OnHost(b.o.Host) {
		return
	}
	if e.Rule == 0 || rule.Beats(b.o.Rules.DOM(e.Rule-1)) {
		e.Rule = r + 1
	}
}
