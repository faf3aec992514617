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
	kListScope                     // ... for a list item
	kButtonScope                   // ... for a paragraph
	kTableScope                    // stops the search for parts of a table
	kImplied                       // ends when what is around it ends
	kTablePart                     // text and other elements may not stand in it
	kSection                       // of a table
	kCell
	kHeading
	kForeign // in svg or math
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
	kScope:       "applet caption html table td th marquee object template select",
	kListScope:   "ol ul",
	kButtonScope: "button",
	kTableScope:  "html table template",
	kImplied:     "dd dt li optgroup option p rb rp rt rtc",
	kTablePart:   "table tbody tfoot thead tr",
	kSection:     "tbody tfoot thead",
	kCell:        "td th",
	kHeading:     "h1 h2 h3 h4 h5 h6",
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
		}
	}
	return t
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
		if e := &elementTable[i]; e.key == key && e.el.name == name {
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
	elSvg      = mustElement("svg")

	// elOther stands for elements without an entry of their own.
	elOther = &elem{}
)
