package dom

import (
	"strings"

	"golang.org/x/net/html"
)

// innermostTable returns the table that what does not belong into it goes in
// front of, or the template, in the table, that it goes into instead.
func (p *parser) innermostTable() (at int, template *html.Node) {
	at = p.innermost(elTable)
	if i := max(p.innermost(elTemplate), p.innermost(aliases[elTemplate])); i > at {
		return -1, p.stack[i].node
	}
	return at, nil
}

// insertBeforeTable puts a node in front of the table it stands in, section
// 13.2.6.1, "foster parenting".
func (p *parser) insertBeforeTable(n *html.Node) {
	at, template := p.innermostTable()
	switch {
	case template != nil:
		appendTo(template, n)
	case at < 1:
		appendTo(p.stack[0].node, n)
	case p.stack[at].node.Parent == nil:
		appendTo(p.stack[at-1].node, n)
	default:
		table := p.stack[at].node
		table.Parent.InsertBefore(n, table)
	}
}

func (p *parser) textBeforeTable(s string) {
	at, template := p.innermostTable()
	if template == nil && at >= 1 && p.stack[at].node.Parent != nil {
		if prev := p.stack[at].node.PrevSibling; prev != nil && prev.Type == html.TextNode {
			p.lengthen(prev, s)
			return
		}
	}
	p.insertBeforeTable(p.textNode(s))
}

func (p *parser) inTable() bool {
	t := &p.tok
	switch t.kind {
	case textToken:
		t.text = p.withoutNUL(t.text)
		if p.top().is&kTablePart != 0 && strings.Trim(t.text, blanks) == "" {
			p.addText(t.text)
			return true
		}
	case commentToken:
		p.addComment(p.into())
		return true
	case doctypeToken:
		return true
	case endOfPage:
		return p.body()
	case startToken:
		switch t.el.does {
		case doCaption:
			p.backTo(doTable)
			p.mark()
			p.add()
			p.mode = inCaption
			return true
		case doColgroup:
			p.backTo(doTable)
			p.add()
			p.mode = inColgroup
			return true
		case doCol:
			p.imply(startToken, elColgroup)
			return false
		case doSection:
			p.backTo(doTable)
			p.add()
			p.mode = inSection
			return true
		case doCell, doTr:
			p.imply(startToken, elTbody)
			return false
		case doTable:
			if p.close(elTable, kTableScope) {
				p.resetMode()
				return false
			}
			return true
		case doTemplate:
			p.headTag()
			return true
		case doRaw:
			if t.el.name == "script" || t.el.name == "style" {
				p.headTag()
				return true
			}
		case doInput:
			if isHidden(t.attr) {
				p.addVoid()
				return true
			}
		case doForm:
			if !p.hasTemplate() && p.form == nil {
				p.form = p.add()
				p.pop()
			}
			return true
		}
	case endToken:
		switch t.el.does {
		case doTable:
			if p.close(elTable, kTableScope) {
				p.resetMode()
			}
			return true
		case doBody, doCaption, doCol, doColgroup, doHTML, doSection, doCell, doTr:
			return true
		case doTemplate:
			p.endTemplate()
			return true
		}
	}
	p.foster = true
	done := p.body()
	p.foster = false
	return done
}

// endCaption closes the caption and handles the token again, if one is open.
func (p *parser) endCaption() bool {
	if !p.close(elCaption, kTableScope) {
		return true
	}
	p.unmark()
	p.mode = inTable
	return false
}

func (p *parser) inCaption() bool {
	switch t := &p.tok; t.kind {
	case startToken:
		switch t.el.does {
		case doCaption, doCol, doColgroup, doSection, doTr:
			return p.endCaption()
		case doCell:
			if t.el.name == "td" {
				return p.endCaption()
			}
		}
	case endToken:
		switch t.el.does {
		case doCaption:
			p.endCaption()
			return true
		case doTable:
			return p.endCaption()
		case doBody, doCol, doColgroup, doHTML, doSection, doCell, doTr:
			return true
		}
	}
	return p.body()
}

func (p *parser) inColgroup() bool {
	t := &p.tok
	switch t.kind {
	case textToken:
		if p.leadingBlanks() {
			return true
		}
	case commentToken:
		p.addComment(p.into())
		return true
	case doctypeToken:
		return true
	case endOfPage:
		return p.body()
	case startToken:
		switch t.el.does {
		case doHTML:
			return p.body()
		case doCol:
			p.addVoid()
			return true
		case doTemplate:
			p.headTag()
			return true
		}
	case endToken:
		switch t.el.does {
		case doColgroup:
			if p.top().el == elColgroup {
				p.pop()
				p.mode = inTable
			}
			return true
		case doCol:
			return true
		case doTemplate:
			p.endTemplate()
			return true
		}
	}
	if p.top().el != elColgroup {
		return true
	}
	p.pop()
	p.mode = inTable
	return false
}

// endSection closes the section of the table and handles the token again, if
// one is open.
func (p *parser) endSection() bool {
	i := p.findAny(sections, kTableScope)
	if i < 0 {
		return true
	}
	p.popTo(i)
	p.mode = inTable
	return false
}

func (p *parser) inSection() bool {
	t := &p.tok
	switch t.kind {
	case commentToken:
		p.addComment(p.into())
		return true
	case startToken:
		switch t.el.does {
		case doTr:
			p.backTo(doSection)
			p.add()
			p.mode = inRow
			return true
		case doCell:
			p.imply(startToken, elTr)
			return false
		case doCaption, doCol, doColgroup, doSection:
			return p.endSection()
		}
	case endToken:
		switch t.el.does {
		case doSection:
			if p.find(t.el, kTableScope) >= 0 {
				p.backTo(doSection)
				p.pop()
				p.mode = inTable
			}
			return true
		case doTable:
			return p.endSection()
		case doBody, doCaption, doCol, doColgroup, doHTML, doCell, doTr:
			return true
		}
	}
	return p.inTable()
}

// endRow closes the row and reports whether one was open.
func (p *parser) endRow() bool {
	if p.find(elTr, kTableScope) < 0 {
		return false
	}
	p.backTo(doTr)
	p.pop()
	p.mode = inSection
	return true
}

func (p *parser) inRow() bool {
	t := &p.tok
	switch t.kind {
	case startToken:
		switch t.el.does {
		case doCell:
			p.backTo(doTr)
			p.add()
			p.mark()
			p.mode = inCell
			return true
		case doCaption, doCol, doColgroup, doSection, doTr:
			return !p.endRow()
		}
	case endToken:
		switch t.el.does {
		case doTr:
			p.endRow()
			return true
		case doTable:
			return !p.endRow()
		case doSection:
			return p.find(t.el, kTableScope) < 0 || !p.endRow()
		case doBody, doCaption, doCol, doColgroup, doHTML, doCell:
			return true
		}
	}
	return p.inTable()
}

func (p *parser) inCell() bool {
	t := &p.tok
	switch t.kind {
	case startToken:
		switch t.el.does {
		case doCaption, doCol, doColgroup, doSection, doCell, doTr:
			i := p.findAny(cells, kTableScope)
			if i < 0 {
				return true
			}
			p.popTo(i)
			p.unmark()
			p.mode = inRow
			return false
		}
	case endToken:
		switch t.el.does {
		case doCell:
			if p.close(t.el, kTableScope) {
				p.unmark()
				p.mode = inRow
			}
			return true
		case doBody, doCaption, doCol, doColgroup, doHTML:
			return true
		case doTable, doSection, doTr:
			if p.find(t.el, kTableScope) < 0 {
				return true
			}
			if i := p.findAny(cells, kTableScope); i >= 0 {
				p.popTo(i)
				p.unmark()
			}
			p.mode = inRow
			return false
		}
	}
	return p.body()
}
