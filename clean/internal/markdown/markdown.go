// Package markdown writes the tree of an article, as package structure builds it, as
// Markdown: CommonMark with the tables, task lists and strikethrough of GitHub,
// footnotes, formulas between dollar signs, and callouts as quotations that begin with
// their kind. Where Markdown has no way to say what the tree says, HTML stands in it.
//
//	markdown.go  blocks
//	inline.go    texts and what marks them
//	escape.go    characters that would mean something
//	table.go     tables
//
// What a reader of CommonMark makes of it is the tree again.
package markdown

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/dom"
)

// mostDeep is how many quotations and lists may stand one inside the other: further
// ones are left out, not what is in them. Beyond it, what is in front of a line would
// be most of it.
const mostDeep = 40

// Write writes a tree. The text is empty or ends with one line end; size is how long
// it may be, as far as is known.
func Write(root *html.Node, size int) string {
	w := writer{referred: referred(root)}
	w.out.Grow(size)
	w.blocks(root)
	if w.out.Len() > 0 {
		w.out.WriteByte('\n')
	}
	return w.out.String()
}

// A writer writes blocks, each line behind what the containers around put in front
// of it.
type writer struct {
	out    strings.Builder
	frames []frame
	begun  bool // something is written
	blank  bool // a blank line is due
	inline inline
	marks  map[*html.Node]string // of lists that another one follows

	referred map[string]bool // notes by their number, that marks in Markdown refer to
}

// A frame is what a container puts in front of lines: of its first, of the others.
type frame struct {
	first, rest string
	used        bool
}

// newline begins a line.
func (w *writer) newline() {
	if w.begun {
		w.out.WriteByte('\n')
	}
	if w.blank && w.begun {
		w.blankLine()
		w.out.WriteByte('\n')
	}
	w.blank, w.begun = false, true
	for i := range w.frames {
		f := &w.frames[i]
		if f.used {
			w.out.WriteString(f.rest)
		} else {
			w.out.WriteString(f.first)
			f.used = true
		}
	}
}

// blankLine writes what stands in front of a blank line: signs of quotations.
func (w *writer) blankLine() {
	last := -1
	for i := range w.frames {
		if w.frames[i].used && strings.TrimSpace(w.frames[i].rest) != "" {
			last = i
		}
	}
	for i := 0; i <= last; i++ {
		rest := w.frames[i].rest
		if i == last {
			rest = strings.TrimRight(rest, " ")
		}
		if w.frames[i].used {
			w.out.WriteString(rest)
		}
	}
}

// within writes what is in a container.
func (w *writer) within(first, rest string, do func()) {
	if len(w.frames) >= mostDeep {
		do()
		return
	}
	w.frames = append(w.frames, frame{first: first, rest: rest})
	do()
	if f := &w.frames[len(w.frames)-1]; !f.used { // nothing is in it
		w.newline()
	}
	w.frames = w.frames[:len(w.frames)-1]
}

// isBlock reports whether an element of the tree is no part of a line.
func isBlock(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.DataAtom {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Blockquote,
		atom.Pre, atom.Table, atom.Figure, atom.Figcaption, atom.Details, atom.Summary, atom.Section, atom.Article:
		return true
	}
	return false
}

// blocks writes the blocks of a container; texts between them are paragraphs.
func (w *writer) blocks(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		if isBlock(c) {
			w.block(c)
			c = c.NextSibling
			continue
		}
		first := c
		for c != nil && !isBlock(c) {
			c = c.NextSibling
		}
		w.paragraph(first, c)
	}
}

// paragraph writes inline content, the siblings from first up to last.
func (w *writer) paragraph(first, last *html.Node) {
	if m := onlyFormula(first, last); m != nil && dom.Attr(m, "display") == "block" && !beginsBlock(dom.Attr(m, "alttext")) {
		w.newline()
		w.out.WriteString("$$")
		w.newline()
		w.out.WriteString(dom.Attr(m, "alttext"))
		w.newline()
		w.out.WriteString("$$")
		w.blank = true
		return
	}
	lines := w.inline.lines(first, last, plainPlace)
	for _, l := range lines {
		w.newline()
		w.out.WriteString(l)
	}
	w.blank = w.blank || len(lines) > 0
}

// beginsBlock reports whether a formula on a line of its own would begin a block for
// readers who know no formulas, or make a heading of the line before.
func beginsBlock(tex string) bool {
	return tex != "" && (strings.IndexByte("#>+-=*|:~`_<[", tex[0]) >= 0 || '0' <= tex[0] && tex[0] <= '9')
}

// onlyFormula is the formula that a paragraph consists of, nil when it has more.
func onlyFormula(first, last *html.Node) (m *html.Node) {
	for c := first; c != last; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "":
		case c.DataAtom == atom.Math && m == nil:
			m = c
		default:
			return nil
		}
	}
	return m
}

func (w *writer) block(n *html.Node) {
	switch n.DataAtom {
	case atom.P, atom.Dt, atom.Figcaption, atom.Summary:
		w.paragraph(n.FirstChild, nil)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.heading(n)
	case atom.Ul, atom.Ol:
		w.list(n)
	case atom.Dl:
		w.terms(n)
	case atom.Blockquote:
		w.quote(n)
	case atom.Pre:
		w.code(n)
	case atom.Table:
		w.table(n)
	case atom.Details:
		w.details(n)
	case atom.Section:
		w.notes(n)
	default:
		w.blocks(n)
	}
	w.blank = true
}

func (w *writer) heading(n *html.Node) {
	text := strings.Join(w.inline.lines(n.FirstChild, nil, headingPlace), " ")
	if text == "" {
		return
	}
	if k := strings.TrimRight(text, "#"); k != text && (k == "" || k[len(k)-1] != '\\') {
		text = k + `\` + text[len(k):]
	}
	w.newline()
	w.out.WriteString("######"[:n.Data[1]-'0'])
	w.out.WriteByte(' ')
	w.out.WriteString(text)
}

// list writes a list. One that follows another has other marks, or they were one.
func (w *writer) list(n *html.Node) {
	marks := [2]string{"-", "*"}
	if n.DataAtom == atom.Ol {
		marks = [2]string{".", ")"}
	}
	mark := marks[0]
	if p := n.PrevSibling; p != nil && p.DataAtom == n.DataAtom && w.marks[p] == mark {
		mark = marks[1]
	}
	if p := n.NextSibling; p != nil && p.DataAtom == n.DataAtom {
		if w.marks == nil {
			w.marks = map[*html.Node]string{}
		}
		w.marks[n] = mark
	}
	number := 1
	if k, err := strconv.Atoi(dom.Attr(n, "start")); err == nil {
		number = k
	}
	loose := isLoose(n)
	for li := n.FirstChild; li != nil; li = li.NextSibling {
		first := mark + " "
		if n.DataAtom == atom.Ol {
			first = strconv.Itoa(number) + mark + " "
			number++
		}
		w.within(first, strings.Repeat(" ", len(first)), func() { w.item(li, loose) })
		w.blank = loose || li.NextSibling == nil
	}
}

// isLoose reports whether a list has items of several paragraphs or the like.
func isLoose(list *html.Node) bool {
	for li := list.FirstChild; li != nil; li = li.NextSibling {
		for c := li.FirstChild; c != nil; c = c.NextSibling {
			if isBlock(c) && c.DataAtom != atom.Ul && (c.DataAtom != atom.Ol || dom.Attr(c, "start") != "") {
				return true
			}
		}
	}
	return false
}

func (w *writer) item(li *html.Node, loose bool) {
	for c := li.FirstChild; c != nil; {
		w.blank = w.blank && (loose || c == li.FirstChild)
		if isBlock(c) {
			w.block(c)
			c = c.NextSibling
			continue
		}
		first := c
		for c != nil && !isBlock(c) {
			c = c.NextSibling
		}
		w.paragraph(first, c)
	}
}

// terms writes a list of terms as many readers know it; those who do not show the
// lines one below the other. Descriptions of more than a line, and those of no term,
// are blocks like others.
func (w *writer) terms(n *html.Node) {
	simple := n.FirstChild != nil && n.FirstChild.DataAtom == atom.Dt
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		for k := c.FirstChild; k != nil; k = k.NextSibling {
			simple = simple && !isBlock(k)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Dd && simple {
			w.blank = false
			w.within(": ", "  ", func() { w.blocks(c) })
			w.blank = true
			continue
		}
		w.blocks(c)
		w.blank = true
	}
}

func (w *writer) quote(n *html.Node) {
	w.within("> ", "> ", func() {
		if kind := dom.Attr(n, "data-callout"); kind != "" {
			w.newline()
			w.out.WriteString("[!" + kind + "]")
		}
		w.blocks(n)
	})
	w.blank = true
}

func (w *writer) code(n *html.Node) {
	text := strings.TrimSuffix(textOf(n), "\n")
	language := ""
	if n.FirstChild != nil {
		language = strings.TrimPrefix(dom.Attr(n.FirstChild, "class"), "language-")
	}
	fence := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	w.newline()
	w.out.WriteString(fence + language)
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" {
			w.out.WriteByte('\n')
			w.blankLine()
			continue
		}
		w.newline()
		w.out.WriteString(line)
	}
	w.newline()
	w.out.WriteString(fence)
}

// longestRun is the length of the longest run of c in s.
func longestRun(s string, c byte) (most int) {
	n := 0
	for i := range len(s) {
		if s[i] == c {
			n++
			most = max(most, n)
		} else {
			n = 0
		}
	}
	return most
}

func (w *writer) details(n *html.Node) {
	w.newline()
	w.out.WriteString("<details>")
	c := n.FirstChild
	if c != nil && c.DataAtom == atom.Summary {
		w.newline()
		w.out.WriteString(oneLine(c))
		c = c.NextSibling
	}
	w.blank = true
	for ; c != nil; c = c.NextSibling {
		if isBlock(c) {
			w.block(c)
		} else {
			w.paragraph(c, c.NextSibling)
		}
	}
	w.blank = true
	w.newline()
	w.out.WriteString("</details>")
	w.blank = true
}

// notes writes footnotes. Readers show none that only a mark in HTML refers to: those are
// HTML, too.
func (w *writer) notes(n *html.Node) {
	for ol := n.FirstChild; ol != nil; ol = ol.NextSibling {
		for li := ol.FirstChild; li != nil; li = li.NextSibling {
			k := strings.TrimPrefix(dom.Attr(li, "id"), "fn:")
			if w.referred[k] {
				w.within("[^"+k+"]: ", "    ", func() { w.blocks(li) })
			} else {
				w.newline()
				w.out.WriteString(`<section class="footnotes"><ol start="` + k + `">` + oneLine(li) + "</ol></section>")
			}
			w.blank = true
		}
	}
}

// referred are the notes that marks outside of HTML refer to, those in other such notes
// among them.
func referred(root *html.Node) map[string]bool {
	var items map[string]*html.Node // notes by their number
	for s := root.FirstChild; s != nil; s = s.NextSibling {
		if s.DataAtom != atom.Section || s.FirstChild == nil {
			continue
		}
		if items == nil {
			items = map[string]*html.Node{}
		}
		for li := s.FirstChild.FirstChild; li != nil; li = li.NextSibling {
			items[strings.TrimPrefix(dom.Attr(li, "id"), "fn:")] = li
		}
	}
	if items == nil {
		return nil
	}
	found := map[string]bool{}
	var look func(n *html.Node)
	look = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch c.DataAtom {
			case atom.Section, atom.Summary:
				continue
			case atom.Table:
				if _, _, _, ok := barsOf(c); !ok {
					continue
				}
			case atom.Sup:
				if strings.HasPrefix(dom.Attr(c, "id"), "fnref:") {
					if k := textOf(c); !found[k] {
						found[k] = true
						if items[k] != nil {
							look(items[k])
						}
					}
					continue
				}
			}
			look(c)
		}
	}
	look(root)
	return found
}

// oneLine is an element as HTML on one line.
func oneLine(n *html.Node) string {
	var sb strings.Builder
	html.Render(&sb, n)
	return strings.ReplaceAll(sb.String(), "\n", "&#10;")
}

// textOf is all text in an element.
func textOf(n *html.Node) string {
	if n.FirstChild != nil && n.FirstChild == n.LastChild && n.FirstChild.Type == html.TextNode {
		return n.FirstChild.Data
	}
	var sb strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			sb.WriteString(c.Data)
		} else if c.DataAtom == atom.Br {
			sb.WriteByte(' ') // a span of code has no lines
		}
	}
	return sb.String()
}
