package dom

import "golang.org/x/net/html"

// body is the mode of most of a page, section 13.2.6.4.7.
func (p *parser) body() bool {
	switch p.tok.kind {
	case textToken:
		s := p.tok.text
		if top := p.top(); top.el.does == doPre && top.node.FirstChild == nil {
			s = firstLine(s)
		}
		if s != "" {
			p.reopen()
			p.addText(s)
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
	case doP, doBlock, doPre:
		p.closeP()
		p.add()
	case doLi, doDd:
		for i := len(p.stack) - 1; i >= 0; i-- {
			e := &p.stack[i]
			p.steps--
			if e.el.does == t.el.does {
				p.popTo(i)
				break
			}
			if e.is&kSpecial != 0 && e.el != elP && e.el.name != "div" && e.el.name != "address" {
				break
			}
		}
		p.closeP()
		p.add()
	case doA:
		for i := len(p.formats) - 1; i >= 0 && p.formats[i].node != nil; i-- {
			if p.formats[i].el == elA {
				n := p.formats[i].node
				p.adopt(elA)
				if i := p.place(n); i >= 0 {
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
	case doInput:
		p.close(elSelect, kScope)
		p.reopen()
		p.addVoid()
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
		p.raw()
	case doXmp:
		p.closeP()
		p.reopen()
		p.raw()
	case doNoscript:
		p.reopen()
		p.add()
	case doForm:
		if p.form != nil && p.open[elTemplate.id] == 0 {
			return true
		}
		p.closeP()
		n := p.add()
		if p.open[elTemplate.id] == 0 {
			p.form = n
		}
	case doButton:
		if p.find(elButton, kScope) >= 0 {
			p.closeImplied(nil)
			p.close(elButton, kScope)
		}
		p.reopen()
		p.add()
	case doObject:
		p.reopen()
		p.add()
		p.mark()
	case doTable:
		if !p.quirks {
			p.closeP()
		}
		p.add()
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
	case doImage:
		t.el, t.atom, t.name = elImg, elImg.atom, elImg.name
		return false
	case doSelect:
		if p.close(elSelect, kScope) {
			return true
		}
		p.reopen()
		p.add()
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
		n := p.make()
		n.Namespace = t.name
		p.insert(n)
		if !t.closed {
			p.push(n, elOther, kForeign)
		}
	case doHTML:
		if p.open[elTemplate.id] == 0 {
			p.mergeInto(p.stack[0].node)
		}
	case doBody:
		if p.open[elTemplate.id] == 0 && len(p.stack) > 1 && p.stack[1].el == elBody {
			p.mergeInto(p.stack[1].node)
		}
	case doFrameset, doPlaintext:
		p.odd = true
	case doCaption, doCol, doColgroup, doFrame, doHead, doSection, doCell, doTr:
		// These mean nothing here.
	}
	return true
}

func (p *parser) endInBody() bool {
	el := p.tok.el
	switch el.does {
	case doP:
		if p.find(elP, kScope|kButtonScope) < 0 {
			p.imply(startToken, elP)
		}
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
		if i := p.findClass(kHeading, kScope); i >= 0 {
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
	if p.open[elTemplate.id] != 0 {
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
	if i := p.place(n); i >= 0 {
		p.drop(i)
	}
}

// endOther handles the end tag of an inline element or of one that is not
// known.
func (p *parser) endOther() {
	for i := len(p.stack) - 1; i >= 0; i-- {
		e := &p.stack[i]
		if e.is&kForeign == 0 && e.el == p.tok.el && (e.el != elOther || e.node.Data == p.tok.name) {
			p.popTo(i)
			return
		}
		if e.is&kSpecial != 0 {
			return
		}
		p.steps--
	}
}
