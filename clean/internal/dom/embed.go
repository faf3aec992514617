package dom

import "strings"

// inForeign reports whether the token comes under the rules for svg and math.
func (p *parser) inForeign() bool {
	top := p.top()
	if top.is&kForeign == 0 || p.tok.kind == endOfPage {
		return false
	}
	if top.is&kScope == 0 {
		return true
	}
	// What is in it is HTML.
	p.odd = p.odd || p.tok.name == "mglyph" || p.tok.name == "malignmark"
	return p.tok.kind != startToken && p.tok.kind != textToken
}

// foreignContent is the rules for svg and math, section 13.2.6.5. Contents that
// only look like HTML are left to html.Parse.
func (p *parser) foreignContent() bool {
	t := &p.tok
	switch t.kind {
	case textToken:
		p.addText(t.text)
	case commentToken:
		p.addComment(p.into())
	case startToken:
		switch role(bytesOf(t.name)) {
		case breakout:
			i := len(p.stack) - 1
			for i > 0 && p.stack[i].is&kForeign != 0 && p.stack[i].is&kScope == 0 {
				i--
			}
			p.popTo(i + 1)
			return p.step()
		case unclear:
			if t.name != "foreignobject" {
				p.odd = true
				return true
			}
			t.name = "foreignObject"
		}
		space := p.into().Namespace
		is := kForeign
		if t.el.is&(kImplied|kTablePart|kCell) != 0 || t.el == elTemplate || t.el == elCaption || t.el == elColgroup || t.el == elHTML {
			p.odd = true // html.Parse takes some for elements of HTML
			return true
		}
		if role(bytesOf(t.name)) == holdsHTML || t.name == "foreignObject" {
			inSvg := t.name == "title" || t.name == "desc" || t.name == "foreignObject"
			if inSvg != (space == "svg") {
				p.odd = true
				return true
			}
			is |= kSpecial | kScope
		}
		n := p.make()
		n.Namespace = space
		if p.what == nil || !p.what.SVG || space != "svg" {
			p.insert(n)
		}
		if !t.closed {
			p.push(n, elOther, is)
		}
	case endToken:
		for i := len(p.stack) - 1; i > 0; i-- {
			if strings.EqualFold(p.stack[i].node.Data, t.name) {
				p.popTo(i)
				return true
			}
			if p.stack[i-1].is&kForeign == 0 {
				break
			}
			p.steps--
		}
		return p.step()
	}
	return true
}
