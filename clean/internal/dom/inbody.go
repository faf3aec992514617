package dom

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// body is the mode of most of a page, section 13.2.6.4.7.
func (p *parser) body() bool {
	switch p.tok.kind {
	case textToken:
		s := p.tok.text
		if top := p.top(); top.el.does == doPre && top.node.FirstChild == nil {
			s = firstLine(s)
		}
		if s = p.withoutNUL(s); s != "" {
			p.reopen()
			p.addText(s)
			p.frames = p.frames && strings.TrimLeft(s, blanks) == ""
		}
	case startToken:
		return p.startInBody()
	case endToken:
		return p.endInBody()
	case commentToken:
		n := p.mem.node()
		n.Type = html.CommentNode
		p.insert(n)
	case endOfPage:
		if len(p.inside) > 0 {
			p.mode = inTemplate
			return false
		}
	}
	return true
}

func (p *parser) startInBody() bool {
	t := &p.tok
	switch t.el.does {
	case doOther:
		p.reopen()
		p.add()
	case doP, doBlock:
		p.closeP()
		p.add()
	case doPre:
		p.closeP()
		p.add()
		p.frames = false
	case doLi:
		p.closeItem(p.innermost(elLi))
	case doDd:
		p.closeItem(p.findAny(definitions, 0))
	case doA:
		if i := p.innermost(elA); p.plain && i > int(p.top().special) {
			p.popTo(i)
		}
		for i := len(p.formats) - 1; i >= 0 && p.formats[i].node != nil; i-- {
			p.steps--
			if p.formats[i].el == elA {
				n := p.formats[i].node
				p.adopt(elA)
				if i := p.place(n, uint16(elA.id)); i >= 0 {
					p.drop(i)
				}
				p.dropFormat(n)
				break
			}
		}
		p.reopen()
		p.addFormat()
	case doFormat:
		p.reopen()
		p.addFormat()
	case doNobr:
		p.reopen()
		if p.find(elNobr, kScope) >= 0 {
			p.adopt(elNobr)
			p.reopen()
		}
		p.addFormat()
	case doVoid, doBr:
		p.reopen()
		p.addVoid()
		p.frames = false
	case doInput:
		p.close(elSelect, kScope)
		p.reopen()
		p.addVoid()
		p.frames = p.frames && isHidden(t.attr)
	case doLone:
		p.addVoid()
	case doHeading:
		p.closeP()
		if p.top().is&kHeading != 0 {
			p.pop()
		}
		p.add()
	case doMeta, doRaw, doTemplate:
		p.headTag()
	case doText:
		p.frames = p.frames && t.el.name == "noembed"
		p.raw()
	case doXmp:
		p.closeP()
		p.reopen()
		p.frames = false
		p.raw()
	case doPlaintext:
		p.closeP()
		p.add()
	case doNoscript:
		t.raw = false
		p.reopen()
		p.add()
	case doForm:
		if p.form != nil && !p.hasTemplate() {
			return true
		}
		p.closeP()
		n := p.add()
		if !p.hasTemplate() {
			p.form = n
		}
	case doButton:
		if p.find(elButton, kScope) >= 0 {
			p.closeImplied(nil)
			p.close(elButton, kScope)
		}
		p.reopen()
		p.add()
		p.frames = false
	case doObject:
		p.reopen()
		p.add()
		p.mark()
		p.frames = false
	case doTable:
		if !p.quirks {
			p.closeP()
		}
		p.add()
		p.frames = false
		p.mode = inTable
	case doHr:
		if p.find(elP, kScope|kButtonScope) >= 0 {
			p.closeImplied(elP)
			p.close(elP, kScope)
		}
		if p.find(elSelect, kScope) >= 0 {
			p.closeImplied(nil)
		}
		p.addVoid()
		p.frames = false
	case doImage:
		t.el, t.atom, t.name = elImg, elImg.atom, elImg.name
		return false
	case doSelect:
		if p.close(elSelect, kScope) {
			return true
		}
		p.reopen()
		p.add()
		p.frames = false
	case doOption, doOptgroup:
		if p.find(elSelect, kScope) >= 0 {
			if t.el.does == doOption {
				p.closeImplied(elOptgroup)
			} else {
				p.closeImplied(nil)
			}
		} else if p.top().el == elOption {
			p.pop()
		}
		p.reopen()
		p.add()
	case doRb, doRp:
		if p.find(elRuby, kScope) >= 0 {
			if t.el.does == doRb {
				p.closeImplied(nil)
			} else {
				p.closeImplied(elRtc)
			}
		}
		p.add()
	case doForeign:
		p.reopen()
		n, is := p.make(), kForeign
		n.Namespace = t.name
		if t.closed {
			p.insert(n)
			break
		}
		if p.what != nil && p.what.SVG && t.el == elSvg {
			is |= kCut
		}
		p.open(n, elOther, is)
	case doHTML:
		if !p.hasTemplate() {
			p.mergeInto(p.stack[0].node)
		}
	case doBody:
		if !p.hasTemplate() && len(p.stack) > 1 && p.stack[1].el == elBody {
			p.mergeInto(p.stack[1].node)
			p.frames = false
		}
	case doFrameset:
		if p.frames && len(p.stack) > 1 && p.stack[1].el == elBody {
			unlink(p.stack[1].node)
			p.popTo(1)
			p.add()
			p.mode = inFrameset
		}
	case doCaption, doCol, doColgroup, doFrame, doHead, doSection, doCell, doTr:
		// These mean nothing here.
	}
	return true
}

// closeItem closes the list item at place i unless that is too far out, and opens
// the next one.
func (p *parser) closeItem(i int) {
	if i >= int(p.top().item) {
		p.popTo(i)
	}
	p.closeP()
	p.add()
	p.frames = false
}

// isHidden reports whether that is what the attributes of an input element say.
func isHidden(attrs []html.Attribute) bool {
	return slices.ContainsFunc(attrs, func(a html.Attribute) bool {
		return a.Key == "type" && strings.EqualFold(a.Val, "hidden")
	})
}

func (p *parser) endInBody() bool {
	el := p.tok.el
	switch el.does {
	case doP:
		if p.close(elP, kScope|kButtonScope) {
			break
		}
		p.imply(startToken, elP)
		p.closeP()
	case doBlock, doPre, doButton, doSelect:
		if top := p.top(); top.el == el {
			p.pop()
			break
		}
		if p.find(el, kScope) < 0 {
			break
		}
		p.closeImplied(nil)
		p.close(el, kScope)
	case doLi:
		p.close(el, kScope|kListScope)
	case doDd, doObject:
		if p.close(el, kScope) && el.does == doObject {
			p.unmark()
		}
	case doHeading:
		if i := p.findAny(headings, kScope); i >= 0 {
			p.popTo(i)
		}
	case doA, doFormat, doNobr:
		p.adopt(el)
	case doForm:
		p.endForm()
	case doBr:
		p.tok.kind, p.tok.attr = startToken, nil
		return false
	case doTemplate:
		p.endTemplate()
	case doBody:
		if p.find(elBody, kScope) >= 0 {
			p.mode = afterBody
		}
	case doHTML:
		if p.find(elBody, kScope) >= 0 {
			p.imply(endToken, elBody)
			return false
		}
	default:
		p.endOther()
	}
	return true
}

func (p *parser) endForm() {
	i := p.find(elForm, kScope)
	if p.hasTemplate() {
		if i >= 0 {
			p.closeImplied(nil)
			p.close(elForm, kScope)
		}
		return
	}
	n := p.form
	p.form = nil
	if n == nil || i < 0 || p.stack[i].node != n {
		return
	}
	p.closeImplied(nil)
	p.drop(i)
}

// endOther handles the end tag of an inline element or of one that is not
// known.
func (p *parser) endOther() {
	if top := p.top(); top.el == p.tok.el && top.el != elOther {
		p.pop()
		return
	}
	t, special := &p.tok, int(p.top().special)
	i := int(p.last[slotOf(t.el, t.name)]) - 1
	for i >= special && t.el == elOther && (p.stack[i].is&kForeign != 0 || p.stack[i].node.Data != t.name) {
		i = int(p.stack[i].same) - 1
	}
	if i >= special {
		p.popTo(i)
	}
}
