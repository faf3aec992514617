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
	inFrameset
	afterFrameset
	afterAfterFrameset
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
	case inFrameset, afterFrameset, afterAfterFrameset:
		return p.inFrameset()
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

// mergeInto gives n the attributes of the token that it lacks.
func (p *parser) mergeInto(n *html.Node) {
	for _, a := range p.tok.attr {
		if len(n.Attr) < maxAttrs && !hasKey(n.Attr, a.Key) {
			n.Attr = append(n.Attr, a)
		}
	}
}

// leadingBlanks adds the white space at the beginning of a text to the
// innermost element, and reports whether that was all.
func (p *parser) leadingBlanks() bool {
	t := &p.tok
	rest := strings.TrimLeft(t.text, blanks)
	if len(rest) == len(t.text) {
		return false
	}
	p.addText(t.text[:len(t.text)-len(rest)])
	t.text = rest
	return rest == ""
}

// raw adds an element whose content is text, up to its end tag.
func (p *parser) raw() {
	el := p.tok.el
	n := p.make()
	p.insert(n)
	from, end := p.at, p.rawEnd()
	text := p.s[from:end]
	switch el.name {
	case "style":
		p.style(n, text)
	case "script":
		p.sheets.Scripted = p.sheets.Scripted || runs(n)
	}
	if p.what != nil && (el.name == "script" || el.name == "style") {
		switch {
		case el.name == "script" && p.what.Structure && holdsFormula(n):
		case el.name == "script":
			p.script(n, text)
			text = ""
		default:
			text, n.Attr = "", nil
		}
	}
	if text != "" {
		switch el.name {
		case "title":
			text = p.unescape(from, end, false)
		case "textarea":
			text = firstLine(p.unescape(from, end, false))
		}
		if text != "" {
			appendTo(n, p.textNode(p.replaceNUL(text)))
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

// holdsFormula reports whether a script is the source of a formula.
func holdsFormula(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "type" {
			return strings.HasPrefix(a.Val, "math/tex")
		}
	}
	return false
}

// rawEnd returns where the text ends that the start tag is followed by.
func (p *parser) rawEnd() int {
	p.tok.raw = false
	end := -1
	switch name := p.tok.el.name; name {
	case "plaintext":
	case "script":
		end = scriptEnd(p.clock, p.src, p.at)
	default:
		end = rawEnd(p.clock, p.src, p.at, name)
	}
	if end < 0 {
		end = len(p.s)
	}
	return end
}

// rawText handles the text behind the start tag of an element that holds text but
// was not opened as such.
func (p *parser) rawText() {
	name, from, end := p.tok.el.name, p.at, p.rawEnd()
	text := p.s[from:end]
	if name == "textarea" || name == "title" {
		text = p.unescape(from, end, false)
	}
	p.at = end
	if text == "" {
		return
	}
	p.tok.kind, p.tok.text = textToken, p.replaceNUL(text)
	p.handle()
}

// replaceNUL is a text with U+FFFD for NUL bytes.
func (p *parser) replaceNUL(s string) string {
	if !p.nul {
		return s
	}
	return strings.ReplaceAll(s, "\x00", "\uFFFD")
}

// withoutNUL is a text without NUL bytes.
func (p *parser) withoutNUL(s string) string {
	if !p.nul {
		return s
	}
	return strings.ReplaceAll(s, "\x00", "")
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
			t.raw = false
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
		if p.tok.el.name == "link" {
			addLink(p.sheets, p.tok.attr)
		}
		p.addVoid()
	case doRaw:
		p.raw()
	case doTemplate:
		p.add()
		p.mark()
		p.frames = false
		p.mode = inTemplate
		p.inside = append(p.inside, inTemplate)
	}
}

func (p *parser) endTemplate() {
	if !p.hasTemplate() {
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

// hasTemplate reports whether a template is open.
func (p *parser) hasTemplate() bool { return p.last[elTemplate.id] != 0 }

func (p *parser) inTemplate() bool {
	t := &p.tok
	switch t.kind {
	case startToken:
		switch t.el.does {
		case doMeta, doRaw, doTemplate:
			p.headTag()
			return true
		case doCaption, doColgroup, doSection:
			p.mode = inTable
		case doCol:
			p.mode = inColgroup
		case doTr:
			p.mode = inSection
		case doCell:
			p.mode = inRow
		default:
			p.mode = inBody
		}
		p.inside[len(p.inside)-1] = p.mode
		return false
	case endToken:
		if t.el == elTemplate {
			p.endTemplate()
		}
		return true
	case endOfPage:
		if !p.hasTemplate() {
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
		case doHead:
			return true
		case doNoscript:
			t.raw = false
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
			p.frames = false
			p.mode = inBody
			return true
		case doFrameset:
			p.add()
			p.mode = inFrameset
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
	p.frames = true
	return t.kind == endOfPage
}

// inFrameset is the rules for pages that have frames instead of a body: inFrameset,
// afterFrameset, afterAfterFrameset. Of texts, white space is left.
func (p *parser) inFrameset() bool {
	t := &p.tok
	switch t.kind {
	case textToken:
		t.text = onlyBlanks(t.text)
		if t.text == "" {
			break
		}
		if p.mode == afterAfterFrameset {
			return p.body()
		}
		p.addText(t.text)
	case commentToken:
		if p.mode == afterAfterFrameset {
			p.addComment(p.doc)
			break
		}
		p.addComment(p.into())
	case startToken:
		switch {
		case t.el == elHTML:
			return p.body()
		case t.el.name == "noframes":
			return p.inHead()
		case t.el.does == doFrameset && p.mode == inFrameset:
			p.add()
		case t.el.does == doFrame && p.mode == inFrameset:
			p.addVoid()
		}
	case endToken:
		switch {
		case t.el.does == doFrameset && p.mode == inFrameset && p.top().el.does != doHTML:
			p.pop()
			if p.top().el.does != doFrameset {
				p.mode = afterFrameset
			}
		case t.el == elHTML && p.mode == afterFrameset:
			p.mode = afterAfterFrameset
		}
	}
	return true
}

// onlyBlanks is the white space of a text.
func onlyBlanks(s string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(blanks, c) {
			return c
		}
		return -1
	}, s)
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

// deciding are the elements by which resetMode finds out the mode.
var deciding = func() (els []*elem) {
	for _, does := range []deed{doCell, doTr, doSection, doCaption, doColgroup, doTable, doTemplate, doHead, doBody, doFrameset, doHTML} {
		for name := range strings.FieldsSeq(deeds[does]) {
			el := mustElement(name)
			els = append(els, el)
			if alias := aliases[el]; alias != nil && el != elTemplate {
				els = append(els, alias)
			}
		}
	}
	return els
}()

// resetMode finds out the mode by what is open.
func (p *parser) resetMode() {
	i := 0
	for _, el := range deciding {
		i = max(i, p.innermost(el))
	}
	p.mode = inBody
	if len(p.stack) == 0 {
		return
	}
	switch p.stack[i].el.does {
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
		p.mode = p.inside[len(p.inside)-1]
	case doHead:
		p.mode = inHead
	case doFrameset:
		p.mode = inFrameset
	case doHTML:
		p.mode = afterHead
		if p.head == nil {
			p.mode = beforeHead
		}
	}
}
