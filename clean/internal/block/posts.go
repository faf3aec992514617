package block

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// What a site puts behind or into its articles: other posts in full, lists of teasers,
// what is in its sidebar, what it says about a company, appeals. On pages of other types,
// see Hints.Other, the same shapes are the text.

// titled is the heading that is the page's title, and the innermost element around it with a
// short post's worth of kept paragraphs; box is 0 when there is none.
func titled(d *Doc, title string) (heading int, box int32) {
	key := chars.Glue(title)
	if key == "" {
		return 0, 0
	}
	d.pass()
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Flags&fHeading == 0 || !chars.GluesTo(d.Text[b.Start:b.End], key) {
			continue
		}
		first, end, prose := int32(i), int32(i), int32(0) // what was counted
		for e := b.Elem; e > 0; e = d.Elems[e].Parent {
			el := &d.Elems[e]
			prose += keptBetween(d, el.First, first) + keptBetween(d, end, el.End)
			if first, end = el.First, el.End; prose >= postBytes {
				return i, e
			}
		}
		break
	}
	return 0, 0
}

// keptBetween is how many bytes of kept paragraphs blocks from..to-1 hold.
func keptBetween(d *Doc, from, to int32) (n int32) {
	for j := from; j < to; j++ {
		if b := &d.Blocks[j]; b.Keep && b.prose() {
			n += b.End - b.Start
		}
	}
	return n
}

// Bounds of other posts.
const (
	postBytes = 150 // of paragraphs, of a short post
	postsMin  = 2
)

// dropPosts leaves out posts behind the one that the page is of: elements of one shape in a
// box outside of it, each with a heading that is a link, where the title is none.
func dropPosts(d *Doc, title string) {
	heading, box := titled(d, title)
	if box == 0 || d.Blocks[heading].Link > 0 {
		return
	}
	d.passElems()
	for e := box + 1; int(e) < len(d.Elems); e++ {
		el := &d.Elems[e]
		if el.First < d.Elems[box].End || el.End-el.First < 2*postsMin {
			continue
		}
		n, last := 0, int32(0) // posts, and the one before
		at := el.First
		for at < el.End {
			c := d.childOf(d.Blocks[at].Elem, e)
			if c < 0 {
				break
			}
			child, first := &d.Elems[c], &d.Blocks[at]
			post := child.First == at && child.End-child.First >= 2 && first.Flags&fHeading != 0 && first.Link*10 >= (first.End-first.Start)*8
			if !post || n > 0 && child.Tag != d.Elems[last].Tag {
				if at == el.First && child.End == at+1 {
					at++ // the title of the box
					continue
				}
				break
			}
			n++
			last = c
			at = child.End
		}
		if at < el.End || n < postsMin {
			continue
		}
		for j := el.First; j < el.End; j++ {
			if b := &d.Blocks[j]; b.Keep && !b.fixed() {
				b.leave("related.posts").Kind = "related"
			}
		}
	}
}

// teasersMin is how many items make a list of teasers.
const teasersMin = 3

// dropTeasers leaves out lists of teasers: items that begin with a link and break off.
func dropTeasers(d *Doc) {
	prose := keptProse(d)
	if prose < articleBytes {
		return
	}
	d.passElems()
	for e := 1; e < len(d.Elems); e++ {
		l := &d.Elems[e]
		if l.Flags&fList == 0 || l.Tag != tUl && l.Tag != tOl || l.End-l.First < teasersMin {
			continue
		}
		n, kept := 0, int32(0)
		for j := l.First; j < l.End; j++ {
			b := &d.Blocks[j]
			size := b.End - b.Start
			text := d.Text[b.Start:b.End]
			if b.Role == Item && b.Link > 0 && b.Link*2 < size && (bytes.HasSuffix(text, []byte("...")) || bytes.HasSuffix(text, []byte("…"))) {
				n++
			}
			if b.Keep && b.prose() {
				kept += size
			}
		}
		if n < teasersMin || n*4 < int(l.End-l.First)*3 || prose-kept < articleBytes {
			continue
		}
		for j := l.First; j < l.End; j++ {
			if b := &d.Blocks[j]; b.Keep && !b.fixed() {
				if b.prose() {
					prose -= b.End - b.Start
				}
				b.leave("related.teasers").Kind = "related"
			}
		}
	}
}

// endLabels open a label behind which, to the end of its box, other pieces of the site
// stand: its name and a colon follow.
var endLabels = [][]byte{[]byte("also on "), []byte("related on "), []byte("more on "), []byte("auch bei "), []byte("aussi sur "), []byte("también en ")}

// dropBelowLabels leaves out what stands below such a label behind an article's worth of
// kept paragraphs.
func dropBelowLabels(d *Doc) {
	prose := int32(0)
	d.pass()
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Keep && b.prose() {
			prose += b.End - b.Start
		}
		if prose < articleBytes || b.End-b.Start > shortLine || !endLabel(d.Text[b.Start:b.End]) {
			continue
		}
		e := b.Elem
		if d.Elems[e].End == int32(i)+1 {
			e = d.Elems[e].Parent // the label is an element of its own
		}
		for j := i; j < int(d.Elems[e].End); j++ {
			if c := &d.Blocks[j]; c.Keep && !c.fixed() {
				c.leave("related.label").Kind = "related"
			}
		}
	}
}

func endLabel(text []byte) bool {
	const words = 6 // of label and name
	if text[len(text)-1] != ':' || bytes.Count(text, []byte{' '}) >= words {
		return false
	}
	lower := bytes.ToLower(text)
	for _, l := range endLabels {
		if bytes.HasPrefix(lower, l) {
			return true
		}
	}
	return false
}

// Bounds of a promo with several lines.
const (
	promoLines = 3
	promoShare = 6 // of ten bytes are links
	promoLabel = 40
)

// dropPromoLists leaves out paragraphs between those of the article that are a label and
// lines of links to other pieces.
func dropPromoLists(d *Doc) {
	d.pass()
	for i := 1; i < len(d.Blocks); i++ {
		b, prev := &d.Blocks[i], &d.Blocks[i-1]
		if !b.Keep || b.fixed() || b.Role != Para || !prev.prose() || b.Links < promoLines-1 || b.Link*10 < (b.End-b.Start)*promoShare {
			continue
		}
		text := d.Text[b.Start:b.End]
		if bytes.Count(text, []byte{'\n'}) < promoLines-1 || int(b.Links) < bytes.Count(text, []byte{'\n'}) {
			continue
		}
		head, _, _ := bytes.Cut(text, []byte{'\n'})
		stop := len(head) > promoLabel || b.Bold < int32(len(head))
		for line := range bytes.SplitSeq(text, []byte{'\n'}) {
			stop = stop || len(line) > 0 && line[len(line)-1] == '.'
		}
		if !stop {
			b.leave("related.lines").Kind = "related"
		}
	}
}

// asideMax is the probability up to which what stands in a sidebar goes.
const asideMax = .5

// dropAside leaves out what the model doubts in the page's sidebars, where most of the text
// stands outside of them. Lists and tables between the paragraphs of the text are its own,
// whatever they are named.
func dropAside(d *Doc) {
	in, out := int32(0), int32(0)
	first, last := len(d.Blocks), -1 // paragraphs outside
	d.pass()
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Keep {
			if d.Elems[b.Elem].Near[aAside] > 0 {
				if b.P >= asideMax && b.prose() {
					return
				}
				in += b.End - b.Start
			} else {
				out += b.End - b.Start
				if b.prose() {
					first, last = min(first, i), i
				}
			}
		}
	}
	if in == 0 || in > out {
		return
	}
	d.pass()
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if !b.Keep || b.fixed() || b.P >= asideMax || d.Elems[b.Elem].Near[aAside] == 0 {
			continue
		}
		if !(first < i && i < last && b.Flags&(fItem|fTable) != 0 && b.Link*2 < b.End-b.Start) {
			b.leave("sidebar.doubted").Kind = "sidebar"
		}
	}
}

// aboutWords open the heading of what is said about a company.
var aboutWords = namesIn(`about über propos sobre acerca informazioni om over o про о 关于 關於`)

// dropCompany leaves out what is said about a company below a heading with its name, at the
// end of the text, where the text above tells of it.
func dropCompany(d *Doc) {
	d.leaveTail("bio.company", func(i, last int) bool {
		b := &d.Blocks[i]
		if i == last || b.End-b.Start > shortLine {
			return false
		}
		text := strings.Trim(string(d.Text[b.Start:b.End]), ": .\n\t")
		first, name, ok := strings.Cut(text, " ")
		if !ok || first == "" || name == "" || !aboutWords.has(first) || stops([]byte(text)) && text[len(text)-1] < 0x80 {
			return false
		}
		r := []rune(name)
		return unicode.IsUpper(r[0]) && d.tells(i, name) && d.tellsBetween(i+1, last+1, name)
	})
}

// tells reports whether kept paragraphs before block i hold a name.
func (d *Doc) tells(i int, name string) bool { return d.tellsBetween(0, i, name) }

func (d *Doc) tellsBetween(from, to int, name string) bool {
	key := []byte(strings.ToLower(name))
	for j := from; j < to; j++ {
		d.clock.Step()
		if b := &d.Blocks[j]; b.Keep && bytes.Contains(bytes.ToLower(d.Text[b.Start:b.End]), key) {
			return true
		}
	}
	return false
}

// creditMost is the longest caption with its credit, in bytes.
const creditMost = 300

// creditWords open the credit of a picture, in brackets at the end of its caption.
var creditWords = namesIn(`photo photos photograph photographs picture pictures image images illustration credit courtesy
	foto fotos bild bilder grafik photographie crédit imagen imágenes immagine zdjęcie фото kuva`)

// dropCredits leaves out captions that no box tells apart: short paragraphs that end with the
// credit of a picture in brackets.
func dropCredits(d *Doc) {
	d.pass()
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if !b.Keep || b.fixed() || b.Role != Para || b.End-b.Start > creditMost {
			continue
		}
		text := bytes.TrimRight(d.Text[b.Start:b.End], " .")
		at := bytes.LastIndexByte(text, '(')
		if at <= 0 || text[len(text)-1] != ')' || len(text)-at > shortLine {
			continue
		}
		for w := range bytes.FieldsFuncSeq(text[at:], noWord) {
			if creditWords.has(string(w)) {
				b.leave("caption.credit").Kind = "caption"
			}
			break
		}
	}
}

// appealBlocks is how many blocks a box with an appeal has at most.
const appealBlocks = 6

// appeals are phrases by which a site asks its readers for money.
var appeals = phrasesOf(`become a friend of
become a member
become a supporter
support our journalism
support our work
support independent journalism
make a donation
donate now
donate today
consider donating
unterstützen sie uns
unterstütze uns
jetzt spenden
spendenkonto
faites un don
faire un don
soutenez-nous
devenez membre
haz una donación
hazte socio
apóyanos
sostienici
fai una donazione
doneer nu
steun ons
wesprzyj nas
поддержите нас
поддержать редакцию
stöd oss
støtt oss
støt os`)

// ownAppeals are those in which it speaks of itself, or of little money: nothing but an
// appeal has several paragraphs of them.
var ownAppeals = phrasesOf(`support our newsroom
support our journalism
support our reporting
support our work
support our mission
support us
keep our news free
keep our journalism
keep news free
keep us going
fund our journalism
we need your help
we need your support
with your support, we
by giving us
as little as $
as little as £
as little as €
your contribution will
your contribution helps
your donation will
your donation helps
unterstützen sie uns
unterstützen sie unser
ihre spende
ihrer spende
soutenez-nous
soutenez notre
votre don
votre soutien nous
apóyanos
apoya nuestro
tu aportación
tu donación
sostienici
sostieni il nostro
il tuo sostegno
steun ons
uw steun
wesprzyj nas
wspieraj nas
поддержите нас
поддержите наш`)

func phrasesOf(s string) (list [][]byte) {
	for line := range strings.Lines(s) {
		list = append(list, bytes.TrimSpace([]byte(line)))
	}
	return list
}

// dropAppeals leaves out boxes behind the article in which a site asks for money.
func dropAppeals(d *Doc, title string) {
	_, box := titled(d, title)
	if box == 0 {
		return
	}
	d.pass()
	for i := int(d.Elems[box].End); i < len(d.Blocks); i++ {
		b := &d.Blocks[i]
		if !b.Keep || b.fixed() || !holdsAny(bytes.ToLower(d.Text[b.Start:b.End]), appeals) {
			continue
		}
		e := b.Elem
		for p := d.Elems[e].Parent; p > 0 && !inside(d, box, p) && d.Elems[p].End-d.Elems[p].First <= appealBlocks; p = d.Elems[p].Parent {
			e = p
		}
		for j := d.Elems[e].First; j < d.Elems[e].End; j++ {
			if c := &d.Blocks[j]; c.Keep && !c.fixed() {
				c.leave("appeal.box").Kind = "donate"
			}
		}
	}
}

// Bounds of appeals within an article.
const (
	appealTail  = 24  // kept blocks from the end, among which they are looked for
	appealRest  = 400 // bytes of paragraphs, at least, of what is none
	appealShare = 3   // at most one part in so many of all paragraphs, where only two ask
)

// dropAppealBoxes leaves out what an element at the article's end holds of which several
// paragraphs ask for money.
func dropAppealBoxes(d *Doc) {
	d.pass()
	from, end := len(d.Blocks), len(d.Blocks)
	for n := 0; from > 0 && n < appealTail; from-- {
		if b := &d.Blocks[from-1]; b.Keep && !b.fixed() {
			n++
		}
	}
	if from == end || !namesMoney(d.Text[d.Blocks[from].Start:]) {
		return
	}
	first, last, asks := int32(0), int32(0), int32(0)
	for i := from; i < end; i++ {
		b := &d.Blocks[i]
		if !b.Keep || b.fixed() || b.End-b.Start < proseBytes/2 || !holdsAny(bytes.ToLower(d.Text[b.Start:b.End]), ownAppeals) {
			continue
		}
		if asks++; asks == 1 {
			first = int32(i)
		}
		last = int32(i)
	}
	if asks < 2 {
		return
	}
	e := d.Blocks[last].Elem
	for e > 0 && d.Elems[e].First > first {
		e = d.Elems[e].Parent
	}
	size := keptBetween(d, d.Elems[e].First, d.Elems[e].End)
	for p := d.Elems[e].Parent; p > 0 && keptBetween(d, d.Elems[p].First, d.Elems[p].End) == size; p = d.Elems[p].Parent {
		e = p // titles stand around them
	}
	el, paragraphs := &d.Elems[e], int32(0)
	for j := el.First; j < el.End; j++ {
		if b := &d.Blocks[j]; b.Keep && b.prose() {
			paragraphs++
		}
	}
	whole := keptBetween(d, 0, int32(end))
	if whole-size < appealRest || asks == 2 && size*appealShare > whole || asks*3 < paragraphs {
		return
	}
	for j := el.First; j < el.End; j++ {
		if b := &d.Blocks[j]; b.Keep && !b.fixed() {
			b.leave("appeal.box").Kind = "donate"
		}
	}
}

// namesMoney reports whether a text may have an appeal in it: most have none of this.
func namesMoney(text []byte) bool {
	return bytes.IndexByte(text, '$') >= 0 || holdsAny(text, moneySigns)
}

var moneySigns = phrasesOf("£\n€\nonat\npende")

func holdsAny(text []byte, phrases [][]byte) bool {
	for _, p := range phrases {
		if bytes.Contains(text, p) {
			return true
		}
	}
	return false
}
