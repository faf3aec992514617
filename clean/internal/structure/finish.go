package structure

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/dom"
)

// Tree closes what is open and returns the tree, an article element around all.
func (b *Builder) Tree() *html.Node {
	b.closeTo(0)
	b.finishNotes()
	b.finishFormulas()
	return b.root
}

// finishNotes numbers footnotes in the order of their marks, as readers of Markdown do,
// and undoes marks whose notes are not there and notes that no mark refers to.
func (b *Builder) finishNotes() {
	if len(b.notes.bodies) == 0 {
		return
	}
	var marks, sections []*html.Node
	there := map[string]bool{} // notes
	for n := range b.root.Descendants() {
		switch {
		case n.DataAtom == atom.Sup && strings.HasPrefix(dom.Attr(n, "id"), "fnref:"):
			marks = append(marks, n)
		case n.DataAtom == atom.Section:
			sections = append(sections, n)
		case n.DataAtom == atom.Li && strings.HasPrefix(dom.Attr(n, "id"), "fn:"):
			there[strings.TrimPrefix(dom.Attr(n, "id"), "fn:")] = true
		}
	}
	numbers, times := map[string]int{}, map[string]int{}
	b.notes.numbers = map[int]int{}
	for _, sup := range marks {
		a := sup.FirstChild
		k := strings.TrimPrefix(dom.Attr(a, "href"), "#fn:")
		if !there[k] {
			b.undoMark(sup)
			continue
		}
		if numbers[k] == 0 {
			numbers[k] = len(numbers) + 1
			if found, err := strconv.Atoi(k); err == nil {
				b.notes.numbers[found] = numbers[k]
			}
		}
		number := strconv.Itoa(numbers[k])
		times[k]++
		id := "fnref:" + number
		if times[k] > 1 {
			id += "-" + strconv.Itoa(times[k])
		}
		sup.Attr[0].Val = id
		a.Attr[1].Val = "#fn:" + number
		a.FirstChild.Data = number
	}
	for _, s := range sections {
		b.finishSection(s, numbers)
	}
}

// finishSection sorts the notes of a section by their numbers. Those without one are items
// of a list, where they are in the page, and else paragraphs.
func (b *Builder) finishSection(s *html.Node, numbers map[string]int) {
	type note struct {
		number int
		li     *html.Node
	}
	var kept []note
	var list *html.Node // of notes without a mark, the last one
	due := 0            // the number of the next one
	ol := s.FirstChild
	for li := ol.FirstChild; li != nil; li = ol.FirstChild {
		ol.RemoveChild(li)
		if k := numbers[strings.TrimPrefix(dom.Attr(li, "id"), "fn:")]; k > 0 {
			li.Attr[0].Val = "fn:" + strconv.Itoa(k)
			kept = append(kept, note{k, li})
			continue
		}
		if k := b.numberOf(li); k >= 0 && li.FirstChild != nil {
			if list == nil || k != due {
				list = b.node(html.ElementNode, atom.Ol)
				if k != 1 {
					set(list, "start", strconv.Itoa(k))
				}
				s.Parent.InsertBefore(list, s)
			}
			due = k + 1
			li.Attr = nil
			list.AppendChild(li)
			continue
		}
		list = nil
		for li.FirstChild != nil {
			c := li.FirstChild
			li.RemoveChild(c)
			if !isInline(c) {
				s.Parent.InsertBefore(c, s)
				continue
			}
			p := b.node(html.ElementNode, atom.P)
			p.AppendChild(c)
			for li.FirstChild != nil && isInline(li.FirstChild) {
				c = li.FirstChild
				li.RemoveChild(c)
				p.AppendChild(c)
			}
			s.Parent.InsertBefore(p, s)
		}
	}
	if len(kept) == 0 {
		s.Parent.RemoveChild(s)
		return
	}
	slices.SortStableFunc(kept, func(a, b note) int { return a.number - b.number })
	for _, n := range kept {
		ol.AppendChild(n.li)
	}
	set(s, "class", "footnotes")
	if kept[0].number > 1 {
		set(ol, "start", strconv.Itoa(kept[0].number))
	}
}

// numberOf is the number that the page's list gives a note, -1 for none.
func (b *Builder) numberOf(li *html.Node) int {
	k, err := strconv.Atoi(strings.TrimPrefix(dom.Attr(li, "id"), "fn:"))
	if number, ok := b.notes.items[k]; err == nil && ok && number >= 0 && number < 1e9 {
		return number
	}
	return -1
}

// undoMark puts the text that the page has in the place of a mark.
func (b *Builder) undoMark(sup *html.Node) {
	text := b.words(b.notes.texts[sup])
	if b.notes.plain[sup] {
		sup.Parent.InsertBefore(text, sup)
		sup.Parent.RemoveChild(sup)
		return
	}
	sup.Attr = nil
	sup.RemoveChild(sup.FirstChild)
	sup.AppendChild(text)
}

// isInline reports whether a node is part of a line.
func isInline(n *html.Node) bool {
	if n.Type == html.TextNode {
		return true
	}
	switch n.DataAtom {
	case atom.A, atom.Img, atom.Strong, atom.Em, atom.Del, atom.Sub, atom.Sup, atom.Code, atom.Q, atom.Mark, atom.Br, atom.Input, atom.Math:
		return true
	}
	return false
}
