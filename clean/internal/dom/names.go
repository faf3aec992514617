package dom

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// An elem is what the builder knows about elements of one name.
type elem struct {
	name string
	atom atom.Atom
	id   uint8 // for counting open ones; 0 is all those without an entry
	does deed
	is   class
}

// A class is a set of facts about an open element.
type class uint16

const (
	kSpecial     class = 1 << iota // section 13.2.4.2: stops the search for an inline element
	kScope                         // stops the search for a block
	kListScope                     // of border: ... for a list item
	kButtonScope                   // ... for a paragraph
	kTableScope                    // ... for parts of a table
	kImplied                       // ends when what is around it ends
	kTablePart                     // text and other elements may not stand in it
	kHeading
	kItem    // special, but for div, p and address: stops the search for a list item
	kRaw     // the tokenizer takes what is in it for text
	kForeign // in svg or math
	kHolds   // ... and what is in it is HTML
	kCut     // in an svg element whose content is not wanted
)

// A deed is what a start tag does in the body; where elements differ in end
// tags only, they are told apart as well.
type deed uint8

const (
	doOther deed = iota
	doHTML
	doHead
	doBody
	doMeta // may stand in the head, no content
	doRaw  // may stand in the head, its content is text
	doTemplate
	doFrameset
	doFrame
	doBlock
	doP
	doHeading
	doPre
	doForm
	doLi
	doDd
	doPlaintext
	doButton
	doA
	doFormat
	doNobr
	doObject
	doTable
	doVoid
	doInput
	doLone // no content, no effect on formatting
	doHr
	doImage
	doText // its content is text: textarea, iframe
	doXmp
	doNoscript
	doSelect
	doOption
	doOptgroup
	doRb
	doRp
	doForeign
	doBr
	doCaption
	doColgroup
	doCol
	doSection
	doTr
	doCell
)

// deeds lists the names by what they do.
var deeds = map[deed]string{
	doOther: "span abbr acronym audio bdi bdo canvas cite data datalist del dfn ins kbd label legend map mark " +
		"meter output picture progress q ruby samp sub sup time var video slot",
	doHTML: "html", doHead: "head", doBody: "body", doFrameset: "frameset", doFrame: "frame",
	doMeta: "base basefont bgsound link meta", doRaw: "noframes script style title", doTemplate: "template",
	doBlock: "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer " +
		"header hgroup main menu nav ol search section summary ul",
	doP: "p", doHeading: "h1 h2 h3 h4 h5 h6", doPre: "pre listing", doForm: "form", doLi: "li", doDd: "dd dt",
	doPlaintext: "plaintext", doButton: "button",
	doA: "a", doFormat: "b big code em font i s small strike strong tt u", doNobr: "nobr",
	doObject: "applet marquee object", doTable: "table", doVoid: "area embed img keygen wbr", doBr: "br",
	doInput: "input", doLone: "param source track", doHr: "hr", doImage: "image", doText: "textarea iframe noembed", doXmp: "xmp",
	doNoscript: "noscript", doSelect: "select", doOption: "option", doOptgroup: "optgroup", doRb: "rb rtc", doRp: "rp rt",
	doForeign: "svg math", doCaption: "caption", doColgroup: "colgroup", doCol: "col", doSection: "tbody tfoot thead",
	doTr: "tr", doCell: "td th",
}

// classNames lists the names of each class.
var classNames = map[class]string{
	kSpecial: "address applet area article aside base basefont bgsound blockquote body br button caption center " +
		"col colgroup dd details dir div dl dt embed fieldset figcaption figure footer form frame frameset " +
		"h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input keygen li link listing main marquee " +
		"menu meta nav noembed noframes noscript object ol p param plaintext pre script section select source " +
		"style summary table tbody td template textarea tfoot th thead title tr track ul wbr xmp",
	kScope:     "applet caption html table td th marquee object template select",
	kImplied:   "dd dt li optgroup option p rb rp rt rtc",
	kTablePart: "table tbody tfoot thead tr",
	kRaw:       "iframe noembed noframes noscript plaintext script style textarea title xmp",
	kHeading:   "h1 h2 h3 h4 h5 h6",
}

// elementBits is the size of the table of names.
const elementBits = 9

// elementTable finds elements by their names, and by numbers first, see nameKey.
var elementTable = func() (t [1 << elementBits]struct {
	key uint64
	el  *elem
}) {
	is := map[string]class{}
	for c, names := range classNames {
		for name := range strings.FieldsSeq(names) {
			is[name] |= c
		}
	}
	id := uint8(0)
	for does, names := range deeds {
		for name := range strings.FieldsSeq(names) {
			id++
			key := nameKey(name)
			i := nameSlot(key)
			for t[i].el != nil {
				i = (i + 1) % len(t)
			}
			t[i].key, t[i].el = key, &elem{name: name, atom: atom.Lookup([]byte(name)), id: id, does: does, is: is[name]}
			if e := t[i].el; e.is&kSpecial != 0 && name != "div" && name != "p" && name != "address" {
				e.is |= kItem
			}
		}
	}
	return t
}()

// aliases are elements of svg and math that, in some places, html.Parse takes for
// those of HTML of the same name.
var aliases = func() map[*elem]*elem {
	m := map[*elem]*elem{}
	id := uint8(255) // those of HTML count from 1
	for name := range strings.FieldsSeq("optgroup option rb rp rt rtc tbody tfoot thead tr td th template caption colgroup html frameset") {
		el := mustElement(name)
		m[el] = &elem{name: name, id: id, does: el.does, is: el.is & (kImplied | kTablePart)}
		id--
	}
	return m
}()

// nameKey is the first eight letters of a name.
func nameKey(name string) (key uint64) {
	for i := range len(name) {
		key |= uint64(name[i]) << (8 * i)
	}
	return key
}

// nameSlot is a hash, multiplicative (Knuth).
func nameSlot(key uint64) int { return int(key * 0x9E3779B97F4A7C15 >> (64 - elementBits)) }

// elementOf finds the element of a name in lower case by the name's key; nil
// when it is none that is told apart.
func elementOf(name string, key uint64) *elem {
	for i := nameSlot(key); elementTable[i].el != nil; i = (i + 1) % len(elementTable) {
		if e := &elementTable[i]; e.key == key && len(e.el.name) == len(name) && (len(name) <= 8 || e.el.name == name) {
			return e.el
		}
	}
	return nil
}

func mustElement(name string) *elem { return elementOf(name, nameKey(name)) }

// Elements that the builder asks for by name.
var (
	elHTML     = mustElement("html")
	elHead     = mustElement("head")
	elBody     = mustElement("body")
	elP        = mustElement("p")
	elA        = mustElement("a")
	elImg      = mustElement("img")
	elButton   = mustElement("button")
	elSelect   = mustElement("select")
	elOption   = mustElement("option")
	elOptgroup = mustElement("optgroup")
	elRtc      = mustElement("rtc")
	elForm     = mustElement("form")
	elNobr     = mustElement("nobr")
	elRuby     = mustElement("ruby")
	elTable    = mustElement("table")
	elTbody    = mustElement("tbody")
	elTr       = mustElement("tr")
	elColgroup = mustElement("colgroup")
	elCaption  = mustElement("caption")
	elTemplate = mustElement("template")
	elNoscript = mustElement("noscript")
	elSvg      = mustElement("svg")
	elFont     = mustElement("font")
	elLi       = mustElement("li")
	elOl       = mustElement("ol")
	elUl       = mustElement("ul")

	definitions = []*elem{mustElement("dd"), mustElement("dt")}
	headings    = []*elem{mustElement("h1"), mustElement("h2"), mustElement("h3"), mustElement("h4"), mustElement("h5"), mustElement("h6")}
	sections    = []*elem{elTbody, mustElement("tfoot"), mustElement("thead")}
	cells       = []*elem{mustElement("td"), mustElement("th")}

	// elOther stands for elements without an entry of their own.
	elOther = &elem{}
)
