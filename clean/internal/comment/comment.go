// Package comment finds what readers of a page have written below its article:
// comments with their author, their date and how deep they stand in a discussion.
//
//	comment.go  Find: the comments of a page
//	sign.go     what names of classes and other attributes say about parts of a comment
//	words.go    the text of parts
package comment

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/dom"
	"github.com/winnowtext/winnow/clean/internal/meta/date"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// A Comment is what a reader has written.
type Comment struct {
	Author string
	Date   time.Time // zero when unknown, midnight UTC when only the day is known
	Text   string    // paragraphs as lines
	Depth  int       // 0 for those that answer no other
}

// Find returns the comments of a page, in its order. Those whose text is part of the
// article, as the posts of a forum are, are not among them.
func Find(d *block.Doc, dates *date.Reader, clock *work.Clock) []Comment {
	f := finder{doc: d, dates: dates, clock: clock, items: map[*html.Node]int{}}
	for e := int32(1); int(e) < len(d.Elems); e++ {
		clock.Step()
		n := d.Node(e)
		if n == nil || !isItem(n) {
			continue
		}
		f.items[n] = len(f.found)
		it := item{node: n, elem: e, outer: f.outer(n), inner: -1}
		if it.outer >= 0 && f.found[it.outer].inner < 0 {
			f.found[it.outer].inner = len(f.found)
		}
		f.found = append(f.found, it)
	}
	for i := len(f.found) - 1; i >= 0; i-- { // inner ones first
		f.read(&f.found[i])
	}
	return f.comments()
}

// A finder finds the comments of a page.
type finder struct {
	doc   *block.Doc
	dates *date.Reader
	clock *work.Clock
	found []item
	items map[*html.Node]int // of found
}

// An item is an element that holds a comment, or some.
type item struct {
	Comment
	node   *html.Node
	elem   int32
	outer  int // the innermost of the items around, -1 for none
	inner  int // the first of those in it, -1 for none
	stated int // depth that the page states, from 0; -1 for none
	body   int // how sure it is that an element holds its text, 0 when none does
	kept   bool
}

// isBare reports whether an item has a text, and nothing that says whose it is.
func (it *item) isBare() bool { return it.Text != "" && it.Author == "" && it.Date.IsZero() }

// isWrapper reports whether an item has no text of its own.
func (it *item) isWrapper() bool { return it.Text == "" && it.inner >= 0 }

// mostDeep is how many elements may lie between an item and the one around it. Trees
// may be deeper than anything that is a discussion.
const mostDeep = 100

// outer is the innermost item around an element, -1 for none.
func (f *finder) outer(n *html.Node) int {
	near := mostDeep
	for p := n.Parent; p != nil && near > 0; p, near = p.Parent, near-1 {
		if i, ok := f.items[p]; ok {
			return i
		}
	}
	return -1
}

// read reads what an item holds itself, not the items in it.
func (f *finder) read(it *item) {
	var p parts
	f.look(it, &p)
	it.stated = statedDepth(it.node, p.indent)
	if p.author != nil {
		it.Author = author(name(p.author))
	}
	if it.Author == "" {
		it.Author = author(dom.Attr(it.node, "data-author"))
	}
	if p.date != nil {
		it.Date = f.dateOf(p.date)
	}
	it.body = p.bodyBy
	switch {
	case it.inner >= 0 && f.found[it.inner].isBare() && (it.Author != "" || !it.Date.IsZero()):
		// What it holds besides is about the item in it.
	case p.body != nil:
		it.Text = f.text(p.body, nil)
	default:
		p.head = head(it.node, p.author, p.date)
		it.Text = f.text(it.node, &p)
	}
	f.readHead(it, &p)
	it.kept = f.isKept(it.elem)
}

// readHead takes from the first lines of a comment what its author and date are, where
// no element is named as theirs.
func (f *finder) readHead(it *item, p *parts) {
	first, rest, _ := strings.Cut(it.Text, "\n")
	if rest == "" {
		return
	}
	switch {
	case it.Author == "":
		from := p.body
		if from == nil {
			from = it.node
		}
		if a := firstLink(from); a == nil || line(a) != first || len(first) > mostName {
			return
		}
		it.Author = first
	case first != it.Author:
		return
	}
	it.Text = rest
	const mostDate = 24 // bytes, "Aug 9, 2025 Edited"
	first, rest, _ = strings.Cut(rest, "\n")
	if rest == "" || len(first) > mostDate || !strings.ContainsAny(first, "0123456789") {
		return
	}
	if found, ok := f.dates.Find(first); ok {
		if it.Date.IsZero() {
			it.Date = found.Time
		}
		it.Text = rest
	} else if isAge(first) {
		it.Text = rest
	}
}

// isAge reports whether a line says how long ago a comment was written: "6d", "17h".
func isAge(s string) bool {
	s = strings.TrimSuffix(s, "Edited")
	return len(s) >= 2 && len(s) <= 4 && strings.ContainsRune("smhdwy", rune(s[len(s)-1])) && strings.Trim(s[:len(s)-1], "0123456789") == "" ||
		len(s) == 3 && strings.HasSuffix(s, "mo")
}

// parts are the elements of an item that hold its parts, and how sure that is.
type parts struct {
	author, date, body       *html.Node
	authorBy, dateBy, bodyBy int
	head                     [2]*html.Node // boxes with little more than author and date
	indent                   *html.Node    // a cell that moves it to the right
}

// look finds the parts of an item.
func (f *finder) look(it *item, p *parts) {
	f.walk(it.node, func(n *html.Node) (into bool) {
		if n.DataAtom == atom.Td && n.Parent != nil && dom.Has(n, "indent") {
			p.indent = n
		}
		s := signOf(n)
		if s.author > p.authorBy && isName(n) {
			p.author, p.authorBy = n, s.author
		}
		if s.date > p.dateBy {
			p.date, p.dateBy = n, s.date
		}
		if n != it.node && (s.body > p.bodyBy || s.body == p.bodyBy && s.body > 0 && n.Parent == p.body) {
			p.body, p.bodyBy = n, s.body
		}
		return !s.control
	})
}

// walk visits the elements of a comment, without those of comments in it. It does not
// recurse: a tree may be deep.
func (f *finder) walk(root *html.Node, visit func(n *html.Node) (into bool)) {
	for n := root; ; {
		f.clock.Step()
		into := n.Type == html.ElementNode
		if into {
			if _, other := f.items[n]; other && n != root {
				into = false
			} else {
				into = visit(n)
			}
		}
		if into && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n != root && n.NextSibling == nil {
			n = n.Parent
		}
		if n == root {
			return
		}
		n = n.NextSibling
	}
}

// dateOf is the date that an element shows, or that its attributes state.
func (f *finder) dateOf(n *html.Node) time.Time {
	for _, key := range [...]string{"datetime", "content", "data-time", "data-timestamp", "title"} {
		v := dom.Attr(n, key)
		if v == "" {
			continue
		}
		if first, _, ok := strings.Cut(v, " "); ok && strings.Contains(first, "T") {
			v = first // "2024-05-03T08:15:00 1714724100"
		}
		if t, ok := f.dates.Machine(v); ok {
			return t
		}
	}
	const most = 80 // bytes
	text := line(n)
	if len(text) > most {
		return time.Time{}
	}
	if found, ok := f.dates.Find(text); ok {
		return found.Time
	}
	return time.Time{}
}

// isKept reports whether more than half of the text of an element is part of the
// article.
func (f *finder) isKept(elem int32) bool {
	kept, all := int32(0), int32(0)
	e := &f.doc.Elems[elem]
	for i := e.First; i < e.End && int(i) < len(f.doc.Blocks); i++ {
		f.clock.Step()
		b := &f.doc.Blocks[i]
		if all += b.End - b.Start; b.Keep {
			kept += b.End - b.Start
		}
	}
	return 2*kept > all
}

// comments are the items that are comments, with their depth.
func (f *finder) comments() (list []Comment) {
	states := false
	for i := range f.found {
		states = states || f.found[i].stated > 0
	}
	depth := make([]int, len(f.found))
	for i := range f.found {
		it := &f.found[i]
		if it.outer >= 0 {
			out := &f.found[it.outer]
			depth[i] = depth[it.outer]
			switch {
			case !out.isWrapper():
				depth[i]++
			case out.inner == i: // what it is wrapped in says the rest
				it.complete(out)
			case it.node.Parent != f.found[out.inner].node.Parent:
				depth[i]++
			}
		}
		if it.Text == "" || it.kept || it.Author == "" && it.body < sureBody {
			continue
		}
		if it.Depth = depth[i]; states && it.stated >= 0 {
			it.Depth = it.stated
		}
		list = append(list, it.Comment)
	}
	return list
}

// complete takes what an item lacks from the one that wraps it.
func (it *item) complete(out *item) {
	if it.Author == "" {
		it.Author = out.Author
	}
	if it.Date.IsZero() {
		it.Date = out.Date
	}
	if it.stated < 0 {
		it.stated = out.stated
	}
}

// statedDepth is how deep a comment stands by what the page says, from 0; -1 when it
// says nothing. indent is a cell that moves it to the right.
func statedDepth(n *html.Node, indent *html.Node) int {
	number := func(s string) (k int, ok bool) {
		const most = 1000
		k, err := strconv.Atoi(s)
		return k, err == nil && 0 <= k && k <= most
	}
	if indent != nil {
		if k, ok := number(dom.Attr(indent, "indent")); ok {
			return k
		}
	}
	for _, key := range [...]string{"data-depth", "data-level", "depth"} {
		if k, ok := number(dom.Attr(n, key)); ok {
			return k
		}
	}
	for class := range strings.FieldsSeq(dom.Attr(n, "class")) {
		if rest, ok := strings.CutPrefix(class, "depth-"); ok { // WordPress counts from 1
			if k, ok := number(rest); ok && k > 0 {
				return k - 1
			}
		}
	}
	return -1
}
