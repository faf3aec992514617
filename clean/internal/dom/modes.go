package dom

import (
	"strings"

	"golang.org/x/net/html"
)

// A mode says which rules a token comes under, section 13.2.4.1.
type mode uint8

const (
	initial mode = iota
	beforeHTML
	beforeHead
	inHead
	inHeadNoscript
	afterHead
	inBody
	inTable
	inCaption
	inColgroup
	inSection
	inRow
	inCell
	inTemplate
	afterBody
	afterAfterBody
)

// step applies the rules of the mode to the token and reports whether that was
// all; else the token is to be handled again in another mode.
func (p *parser) step() bool {
	switch p.mode {
	case inBody:
		return p.body()
	case inCell:
		return p.inCell()
	case inRow:
		return p.inRow()
	case inSection:
		return p.inSection()
	case inTable:
		return p.inTable()
	case inCaption:
		return p.inCaption()
	case inColgroup:
		return p.inColgroup()
	case inHead:
		return p.inHead()
	case inHeadNoscript:
		return p.inHeadNoscript()
	case afterHead:
		return p.afterHead()
	case inTemplate:
		return p.inTemplate()
	case afterBody, afterAfterBody:
		return p.afterBody()
	}
	return p.start()
}

const blanks = " \t\r\n\f"

// start is for what comes before the head: initial, beforeHTML, beforeHead.
func (p *parser) start() bool {
	t := &p.tok
	switch t.kind {
	case textToken:
		if t.text = strings.TrimLeft(t.text, blanks); t.text == "" {
			return true
		}
	case commentToken:
		p.addComment(p.into())
		return true
	case doctypeToken:
		if p.mode == initial {
			p.doctype()
			p.mode = beforeHTML
		}
		return true
	case startToken:
		switch {
		case t.el == elHTML && p.mode == beforeHead:
			p.mergeInto(p.stack[0].node)
			return true
		case t.el == elHTML && p.mode == beforeHTML:
			p.add()
			p.mode = beforeHead
			return true
		case t.el == elHead && p.mode == beforeHead:
			p.head = p.add()
			p.mode = inHead
			return true
		}
	case endToken:
		if p.mode == initial {
			break
		}
		switch t.el.does {
		case doHead, doBody, doHTML, doBr:
		default:
			return true
		}
	}
	switch p.mode {
	case initial:
		p.mode = beforeHTML
	case beforeHTML:
		p.imply(startToken, elHTML)
	case beforeHead:
		p.imply(startToken, elHead)
	}
	return false
}

// doctype takes the document type from html.Parse, which knows those that mean
// quirks: a table may stand in a paragraph then.
func (p *parser) doctype() {
	n := p.mem.node()
	n.Type, n.Data = html.DoctypeNode, "html"
	p.quirks = false
	if !strings.EqualFold(p.tok.text, "<!doctype html>") || p.tok.text[len("<!doctype "):] != "html>" {
		root, err := html.Parse(strings.NewReader(p.tok.text + "<p><table>"))
		if err != nil || root.FirstChild == nil || root.FirstChild.Type != html.DoctypeNode {
			p.odd = true
			return
		}
		n.Data, n.Attr = root.FirstChild.Data, root.FirstChild.Attr
		body := root.LastChild.LastChild
		p.quirks = body.FirstChild.FirstChild != nil
	}
	appendTo(p.doc, n)
}

// mergeInto gives n the attributes of the token that it lacks.
func (p *parser) mergeInto(n *html.Node) {
	for _, a := range p.tok.attr {
		if !hasKey(n.Attr, a.Key) {
			if len(n.Attr) >= maxAttrs {
				p.odd = true
				return
			}
			p.steps -= len(n.Attr)
			n.Attr = append(n.Attr, a)
		}
	}
}

// leadingBlanks adds the white space at the beginning of a text to the
// innermost element, and reports whether that was all.
func (p *parser) leadingBlanks() bool {
	t := &p.tok
	rest := strings.TrimLeft(t.text, blanks)
	if len(rest) < len(t.text) {
		p.addText(t.text[:len(t.text)-len(rest)])
	}
	t.text = rest
	return rest == ""
}

// raw adds an element whose content is text, up to its end tag.
func (p *parser) raw() {
	el := p.tok.el
	n := p.make()
	p.insert(n)
	from := p.at
	end := -1
	if el.name == "script" {
		end = scriptEnd(p.clock, p.src, from)
	} else {
		end = rawEnd(p.clock, p.src, from, el.name)
	}
	if end < 0 {
		end = len(p.s)
	}
	text := p.s[from:end]
	if p.what != nil && (el.name == "script" || el.name == "style") {
		if el.name == "script" {
			p.script(n, text)
		}
		text = ""
	}
	if text != "" {
		switch el.name {
		case "title":
			text = p.unescape(from, end, false)
		case "textarea":
			text = firstLine(p.unescape(from, end, false))
		}
		if text != "" {
			appendTo(n, p.textNode(text))
		}
	}
	if end == len(p.s) {
		p.at = end
		return
	}
	if p.at = tagEnd(p.clock, p.src, end+2); p.at < 0 {
		p.at = len(p.s)
	}
}

// script keeps the body of a script that holds data aside.
func (p *parser) script(n *html.Node, text string) {
	for _, a := range n.Attr {
		if a.Key != "type" || text == "" {
			continue
		}
		switch val := bytesOf(a.Val); {
		case holdsJSONLD(val):
			p.mem.jsonld = append(p.mem.jsonld, text)
		case holdsJSON(val):
			p.mem.data = append(p.mem.data, text)
		}
	}
	n.Attr = nil
}

// firstLine is a text without the line end at its beginning.
func firstLine(s string) string { return strings.TrimPrefix(strings.TrimPrefix(s, "\r"), "\n") }

func (p *parser) inHead() bool {
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
	case startToken:
		switch t.el.does {
		case doHTML:
			return p.body()
		case doMeta, doRaw, doTemplate:
			p.headTag()
			return true
		case doNoscript:
			p.add()
			p.mode = inHeadNoscript
			return true
		case doHead:
			return true
		}
	case endToken:
		switch t.el.does {
		case doHead:
			p.pop()
			p.mode = afterHead
			return true
		case doTemplate:
			p.endTemplate()
			return true
		case doBody, doHTML, doBr:
		default:
			return true
		}
	}
	p.pop()
	p.mode = afterHead
	return false
}

// headTag handles the start tag of an element that belongs into the head,
// wherever it stands.
func (p *parser) headTag() {
	switch p.tok.el.does {
	case doMeta:
		p.addVoid()
	case doRaw:
		p.raw()
	case doTemplate:
		for i := range p.stack {
			p.odd = p.odd || p.stack[i].is&kForeign != 0
		}
		p.add()
		p.mark()
		p.mode = inTemplate
		p.inside = append(p.inside, inTemplate)
	}
}

func (p *parser) endTemplate() {
	if p.open[elTemplate.id] == 0 {
		return
	}
	p.closeImplied(nil)
	p.close(elTemplate, 0)
	p.unmark()
	if n := len(p.inside); n > 0 {
		p.inside = p.inside[:n-1]
	}
	p.resetMode()
}

func (p *parser) inTemplate() bool {
	t := &p.tok
	switch t.kind {
	case startToken:
		switch t.el.does {
		case doMeta, doRaw, doTemplate:
			p.headTag()
			return true
		case doCaption, doColgroup, doCol, doSection, doTr, doCell:
			p.odd = true
			return true
		}
		p.inside[len(p.inside)-1] = inBody
		p.mode = inBody
		return false
	case endToken:
		if t.el == elTemplate {
			p.endTemplate()
		}
		return true
	case endOfPage:
		if p.open[elTemplate.id] == 0 {
			return true
		}
		p.endTemplate()
		return false
	}
	return p.body()
}

func (p *parser) inHeadNoscript() bool {
	t := &p.tok
	switch t.kind {
	case doctypeToken:
		return true
	case textToken:
		if strings.TrimLeft(t.text, blanks) == "" {
			return p.inHead()
		}
	case commentToken:
		return p.inHead()
	case startToken:
		switch t.el.does {
		case doHTML:
			return p.body()
		case doMeta:
			if t.el.name != "base" {
				return p.inHead()
			}
		case doRaw:
			if t.el.name == "noframes" || t.el.name == "style" {
				return p.inHead()
			}
		case doHead, doNoscript:
			return true
		}
	case endToken:
		switch t.el.does {
		case doNoscript:
			p.pop()
			p.mode = inHead
			return true
		case doBr:
		default:
			return true
		}
	}
	p.pop()
	p.mode = inHead
	return false
}

func (p *parser) afterHead() bool {
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
	case startToken:
		switch t.el.does {
		case doHTML:
			return p.body()
		case doBody:
			p.add()
			p.mode = inBody
			return true
		case doFrameset:
			p.odd = true
			return true
		case doMeta, doRaw, doTemplate:
			at := len(p.stack)
			p.push(p.head, elHead, elHead.is)
			p.headTag()
			p.drop(at)
			return true
		case doHead:
			return true
		}
	case endToken:
		switch t.el.does {
		case doBody, doHTML, doBr:
		case doTemplate:
			p.endTemplate()
			return true
		default:
			return true
		}
	}
	p.imply(startToken, elBody)
	return t.kind == endOfPage
}

func (p *parser) afterBody() bool {
	t := &p.tok
	switch t.kind {
	case endOfPage:
		return true
	case textToken:
		if strings.TrimLeft(t.text, blanks) == "" {
			return p.body()
		}
	case startToken:
		if t.el == elHTML {
			return p.body()
		}
	case endToken:
		if t.el == elHTML && p.mode == afterBody {
			p.mode = afterAfterBody
			return true
		}
	case commentToken:
		if p.mode == afterBody {
			p.addComment(p.stack[0].node)
		} else {
			p.addComment(p.doc)
		}
		return true
	case doctypeToken:
		if p.mode == afterAfterBody {
			return p.body()
		}
	}
	p.mode = inBody
	return false
}

// resetMode finds out the mode by what is open.
func (p *parser) resetMode() {
	for i := len(p.stack) - 1; i >= 0; i-- {
		e := &p.stack[i]
		p.steps--
		switch e.el.does {
		case doCell:
			p.mode = inCell
		case doTr:
			p.mode = inRow
		case doSection:
			p.mode = inSection
		case doCaption:
			p.mode = inCaption
		case doColgroup:
			p.mode = inColgroup
		case doTable:
			p.mode = inTable
		case doTemplate:
			if len(p.inside) == 0 {
				p.odd = true
				return
			}
			p.mode = p.inside[len(p.inside)-1]
		case doHead:
			p.mode = inHead
		case doBody:
			p.mode = inBody
		case doHTML:
			p.mode = afterHead
			if p.head == nil {
				p.mode = beforeHead
			}
		default:
			if i == 0 {
				p.mode = inBody
			}
			continue
		}
		return
	}
}
