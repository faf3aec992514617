package block

import (
	"strings"

	"golang.org/x/net/html"
)

// attr notes what an attribute says about e and returns the areas it names.
func (b *builder) attr(e *Elem, tokens *tokenSum, name string, a *html.Attribute) areaSet {
	switch a.Key {
	case "class":
		c := b.class(a.Val)
		tokens.join(&c.sum)
		e.Path = (e.Path ^ c.hash) * hashPrime
		if c.ruled {
			b.matchTokens(e, name, a.Val)
		}
		return 0
	case "id":
		tokens.tokens(b.o.Tables.Vocabulary, a.Val)
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
		}
	case "hidden":
		if !strings.EqualFold(a.Val, "false") {
			e.Flags |= fHidden
		}
	case "aria-hidden":
		if a.Val == "true" {
			return 1 << aHidden // often shown all the same: evidence only
		}
	case "style":
		e.Flags |= styleFlags(a.Val)
	case "src", "srcset", "alt", "title", "target", "rel", "type", "value", "width", "height", "name", "content", "datetime":
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
		if r, ok := b.o.Rules.Token(tok); ok {
			b.setRule(e, name, r)
		}
	}
}

// named tells whether a DOM rule names one of the tokens in value.
func (b *builder) named(value string) bool {
	for tok, rest := firstToken(value); tok != ""; tok, rest = firstToken(rest) {
		if _, ok := b.o.Rules.Token(tok); ok {
			return true
		}
	}
	return false
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

// styleFlags reads the few inline styles that say whether text is shown.
func styleFlags(s string) flags {
	if len(s) < 9 {
		return 0
	}
	var f flags
	var color, ground string
	for decl := range strings.SplitSeq(s, ";") {
		name, val, ok := strings.Cut(decl, ":")
		if !ok {
			continue
		}
		val = strings.TrimSpace(val)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "display":
			if strings.HasPrefix(val, "none") {
				f |= fHidden
			} else if strings.HasPrefix(val, "block") || strings.HasPrefix(val, "flex") || strings.HasPrefix(val, "grid") {
				f |= fBlock
			}
		case "visibility":
			if strings.HasPrefix(val, "hidden") {
				f |= fHidden
			}
		case "color":
			color = val
		case "background", "background-color":
			ground = val
		case "font-size":
			if isZero(val) {
				f |= fInvisible
			}
		case "opacity", "max-height", "height":
			if isZero(val) {
				f |= fHidden // animations and folded panels begin like this
			}
		case "left", "top", "text-indent", "margin-left", "right":
			if len(val) >= 5 && val[0] == '-' && val[1] >= '1' && val[1] <= '9' && val[2] >= '0' && val[2] <= '9' &&
				val[3] >= '0' && val[3] <= '9' && val[4] >= '0' && val[4] <= '9' {
				f |= fInvisible // a thousand pixels or more outside
			}
		}
	}
	if color != "" && strings.EqualFold(color, ground) {
		f |= fInvisible
	}
	return f
}

// isZero tells whether a CSS length or number is zero.
func isZero(v string) bool {
	i := 0
	for i < len(v) && (v[i] == '0' || v[i] == '.') {
		i++
	}
	return i > 0 && (i == len(v) || v[i] < '1' || v[i] > '9')
}
