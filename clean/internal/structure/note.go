package structure

import (
	"bytes"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/dom"
)

// notes are the footnotes of a page, found before the tree is built.
type notes struct {
	bodies  map[int32]int  // by the element that holds a note, its number, from 1
	marks   map[int32]int  // by the link that refers to it
	sups    map[int32]bool // raised texts that hold no more than such links
	backs   map[int32]int  // by the link from a note to its mark, the note's number
	count   []int          // by number, marks in the tree
	numbers map[int]int    // by number, that in the order of the marks; see finishNotes
	items   map[int]int    // by number, that which the page's list gives a note
	begun   map[int]bool   // notes whose text has begun

	texts map[*html.Node]string // of marks, as the page has them
	plain map[*html.Node]bool   // marks that are not raised
}

// A ref is a link to a part of the page.
type ref struct {
	mark   block.Mark
	target string // the name of the part
	text   string
}

// leadsBack reports whether a link in a note leads to its mark, or to the note itself.
func (r *ref) leadsBack(body int32, wanted map[string]int32) bool {
	n := utf8.RuneCountInString(r.text)
	t := wanted[r.target]
	return (t < body || t > body && n <= mostMark) && n <= 3*mostMark
}

// mostMark is how long the text of a mark may be, in characters: "[12]", "note 3".
const mostMark = 6

// findNotes looks for links that refer to notes further down.
func (b *Builder) findNotes() {
	d := b.doc
	var refs []ref
	some := false // of them is that of a note, as likely
	for _, m := range d.Marks {
		if m.Kind != block.LinkMark {
			continue
		}
		target := b.samePage(dom.Attr(d.Node(m.Elem), "href"))
		if target == "" {
			continue
		}
		refs = append(refs, ref{m, target, strings.TrimSpace(string(d.Text[m.Start:m.End]))})
		some = some || isMark(refs[len(refs)-1].text, d.Node(m.Elem))
	}
	if !some {
		return
	}
	wanted := make(map[string]int32, len(refs))
	for _, r := range refs {
		wanted[r.target] = -1
	}
	for e := 1; e < len(d.Elems); e++ {
		n := d.Node(int32(e))
		for _, key := range [...]string{"id", "name"} {
			if id := dom.Attr(n, key); id != "" {
				if at, ok := wanted[id]; ok && at < 0 {
					wanted[id] = int32(e)
				}
			}
		}
	}
	says := map[int32]bool{} // by element that may hold a note
	for _, r := range refs {
		target := wanted[r.target]
		if target < 0 || !isMark(r.text, d.Node(r.mark.Elem)) {
			continue
		}
		body := b.bodyOf(target)
		if body < 0 || !b.refersDown(r.mark, body) {
			continue
		}
		some, known := says[body]
		if !known {
			some = b.saysSomething(body, refs, wanted)
			says[body] = some
		}
		if !some {
			continue
		}
		if b.notes.bodies == nil {
			b.notes = notes{bodies: map[int32]int{}, marks: map[int32]int{}, sups: map[int32]bool{}, backs: map[int32]int{}, begun: map[int]bool{}, count: []int{0}, items: map[int]int{},
				texts: map[*html.Node]string{}, plain: map[*html.Node]bool{}}
		}
		if b.notes.bodies[body] == 0 {
			b.notes.bodies[body] = len(b.notes.count)
			b.notes.count = append(b.notes.count, 0)
		}
		b.notes.marks[r.mark.Elem] = b.notes.bodies[body]
		for p := d.Elems[r.mark.Elem].Parent; p > 0; p = d.Elems[p].Parent {
			if n := d.Node(p); n.DataAtom == atom.Sup {
				b.notes.sups[p] = true
			} else if n.DataAtom != atom.Span {
				break
			}
		}
	}
	if b.notes.bodies == nil {
		return
	}
	// In a note, a link up to its mark leads back.
	for _, r := range refs {
		if b.notes.marks[r.mark.Elem] != 0 {
			continue
		}
		for e := r.mark.Elem; e > 0; e = d.Elems[e].Parent {
			if k := b.notes.bodies[e]; k != 0 {
				if r.leadsBack(e, wanted) {
					b.notes.backs[r.mark.Elem] = k
				}
				break
			}
		}
	}
}

// samePage is the part of the page that an address refers to, "" when it is on
// another page.
func (b *Builder) samePage(ref string) string {
	page, part, ok := strings.Cut(ref, "#")
	if !ok || part == "" {
		return ""
	}
	if page != "" {
		own, _, _ := strings.Cut(b.o.Page, "#")
		if (own == "" || strings.TrimSuffix(page, "/") != strings.TrimSuffix(own, "/")) && !namesNote(part) {
			return "" // pages move, and their notes with them
		}
	}
	return part
}

// isMark reports whether the text of a link is that of a mark: a number, in brackets
// or raised, or a sign.
func isMark(text string, n *html.Node) bool {
	t := strings.Trim(text, "[]() \u00a0")
	if t == "" || utf8.RuneCountInString(text) > mostMark {
		return false
	}
	if text[0] == '[' && namesNote(dom.Attr(n, "href")) { // "[n 3]"
		return true
	}
	switch t {
	case "*", "**", "***", "†", "‡", "§", "¶", "※":
		return true
	}
	if _, err := strconv.Atoi(t); err == nil {
		return raised(n) || text[0] == '[' || namesNote(dom.Attr(n, "class")+" "+dom.Attr(n, "href")+" "+dom.Attr(n, "id")+" "+dom.Attr(n, "role"))
	}
	return len(t) <= 2 && (raised(n) || text[0] == '[') // a letter
}

// namesNote reports whether names in markup are those of notes.
func namesNote(s string) bool {
	s = strings.ToLower(s)
	for _, word := range [...]string{"fn", "ftn", "note", "cite", "edn", "sdfoot"} {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}

// raised reports whether a link is set above the line.
func raised(n *html.Node) bool {
	for c := range n.Descendants() {
		if c.DataAtom == atom.Sup {
			return true
		}
	}
	for range 3 {
		if n = n.Parent; n == nil {
			return false
		}
		if n.DataAtom == atom.Sup {
			return true
		}
	}
	return false
}

// refersDown reports whether a target is a place further down, not one in the link
// itself.
func (b *Builder) refersDown(m block.Mark, target int32) bool {
	out := target
	for out > m.Elem {
		out = b.doc.Elems[out].Parent
	}
	return target > m.Elem && out != m.Elem
}

// saysSomething reports whether an element has text that is kept and more than a label
// and a way back.
func (b *Builder) saysSomething(body int32, refs []ref, wanted map[string]int32) bool {
	const most = 4000 // bytes to look at
	d := b.doc
	e := &d.Elems[body]
	for i := e.First; i < max(e.End, e.First+1) && int(i) < len(d.Blocks); i++ {
		k := &d.Blocks[i]
		if !k.Keep {
			continue
		}
		if i-e.First > most || k.End-k.Start > most {
			return true
		}
		at := k.Start
		for r := sort.Search(len(refs), func(r int) bool { return refs[r].mark.Start >= at }); r < len(refs) && refs[r].mark.Start < k.End; r++ {
			if m := refs[r].mark; m.Start >= at && refs[r].leadsBack(body, wanted) {
				if bytes.ContainsFunc(d.Text[at:m.Start], unicode.IsLetter) {
					return true
				}
				at = min(m.End, k.End)
			}
		}
		if bytes.ContainsFunc(d.Text[at:k.End], unicode.IsLetter) {
			return true
		}
	}
	return false
}

// bodyOf is the element that holds the note whose target that is: an item, a
// paragraph, a row; -1 when it is none.
func (b *Builder) bodyOf(target int32) int32 {
	const most = 6 // elements further out
	e := target
	for range most {
		if e <= 0 {
			return -1
		}
		switch n := b.doc.Node(e); n.DataAtom {
		case atom.Li, atom.P, atom.Dd:
			return e
		case atom.Div, atom.Aside, atom.Section:
			if el := &b.doc.Elems[e]; e == target || el.End-el.First == 1 || namesNote(dom.Attr(n, "class")) {
				return e
			}
			return -1
		case atom.A, atom.Span, atom.Sup, atom.B, atom.Strong, atom.Em, atom.I, atom.Cite, atom.Small, atom.Font:
		default:
			return -1
		}
		e = b.doc.Elems[e].Parent
	}
	return -1
}

// skips reports whether a text in a note only leads back to its mark, or repeats it.
func (b *Builder) skips(elem int32, text string) bool {
	if len(b.notes.bodies) == 0 {
		return false
	}
	label := false
	for e := b.around(elem); e > 0; e = b.around(b.doc.Elems[e].Parent) {
		if b.notes.marks[e] != 0 || b.notes.sups[e] {
			break // a mark, in a note as elsewhere
		}
		if k := b.notes.backs[e]; k != 0 && b.notes.count[k] > 0 {
			return true
		}
		if b.roles[e] == inlineRole && b.doc.Node(e).DataAtom == atom.Sup {
			label = true
		}
		if k := b.notes.bodies[e]; k != 0 {
			if b.notes.count[k] == 0 {
				return false // its marks were left out: an item or paragraph like others
			}
			begun := b.notes.begun[k]
			t := strings.Trim(text, " []().:^\u00a0")
			if !begun {
				if _, err := strconv.Atoi(t); (err == nil || t == "") && (label || len(t) < 3) {
					return true
				}
			}
			switch strings.Trim(t, "\ufe0e\ufe0f") {
			case "↩", "↑", "⏎", "↵", "⤴", "^", "":
				return true
			}
			b.notes.begun[k] = true
			return false
		}
	}
	// A mark is a number, whatever the page writes.
	for e := b.around(elem); e > 0; e = b.around(b.doc.Elems[e].Parent) {
		if b.notes.marks[e] != 0 {
			if n := len(b.want); n > 0 && b.want[n-1].tag == atom.Sup && b.want[n-1].elem == e {
				if b.common() < len(b.want) {
					b.enter(b.blockWanted())
				}
				b.notes.texts[b.top()] += text
				return true
			}
			return false
		}
		if b.notes.sups[e] {
			return strings.Trim(text, " [](),;\u00a0") == ""
		}
	}
	return false
}

// blockWanted is the block that want is of.
func (b *Builder) blockWanted() int32 {
	if s := b.want[b.flow-1]; s.tag == atom.P || s.elem <= -10 {
		return -10 - s.elem
	}
	if b.flow <= len(b.open) && b.open[b.flow-1].step == b.want[b.flow-1] {
		return b.open[b.flow-1].block - 1
	}
	return 0
}

// Mark is the footnote that a link refers to, 0 for none, and Around that which the
// text of an element is of; Note tells the number of one.
func (b *Builder) Mark(elem int32) (note int) { return b.notes.marks[elem] }

// Around says what the elements around one make of it: the kind of the innermost
// callout, and the footnote.
func (b *Builder) Around(elem int32) (callout string, note int) {
	for e := b.around(elem); e > 0; e = b.around(b.doc.Elems[e].Parent) {
		if b.roles[e] == quoteRole && callout == "" {
			callout = b.callout(b.doc.Node(e))
		}
		if note = b.notes.bodies[e]; note != 0 {
			break
		}
	}
	return callout, note
}

// Note is the number of a footnote, from 1 in the order of their marks, 0 for one that
// nothing refers to. It is known when the tree is done.
func (b *Builder) Note(note int) int { return b.notes.numbers[note] }

// noteSteps adds the elements of a note.
func (b *Builder) noteSteps(e int32) {
	b.want = b.want[:0] // notes stand in nothing, whatever the page has around them
	b.push(-3, atom.Section)
	b.push(-3, atom.Ol)
	b.push(e, atom.Li)
}

// noteMark makes the mark of a note.
func (b *Builder) noteMark(sup *html.Node, e int32) {
	k := b.notes.marks[e]
	if k == 0 {
		return
	}
	b.notes.count[k]++
	a := b.node(html.ElementNode, atom.A)
	set(a, "class", "footnote-ref")
	set(a, "href", "#fn:"+strconv.Itoa(k))
	a.AppendChild(b.words(strconv.Itoa(k)))
	id := "fnref:" + strconv.Itoa(k)
	if b.notes.count[k] > 1 {
		id += "-" + strconv.Itoa(b.notes.count[k])
	}
	set(sup, "id", id)
	sup.AppendChild(a)
	b.notes.plain[sup] = !raised(b.doc.Node(e))
}

// noteItem marks the item that holds a note.
func (b *Builder) noteItem(li *html.Node, e int32) {
	if k := b.notes.bodies[max(e, 0)]; k != 0 {
		set(li, "id", "fn:"+strconv.Itoa(k))
		if n := b.doc.Node(e); n.DataAtom == atom.Li && n.Parent != nil && n.Parent.DataAtom == atom.Ol {
			b.notes.items[k] = b.numbers.Of(b.doc, e)
		}
	}
}
