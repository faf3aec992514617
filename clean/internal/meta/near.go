package meta

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// surroundings is what stands beside the headline on the page.
type surroundings struct {
	node  *html.Node
	pos   int
	lines []string     // after the headline, then those before it
	after int          // how many of the lines stand after it
	path  []*html.Node // the ancestors of the headline
	links []string     // texts of links to pages about authors
}

// Bounds of the surroundings: a byline or date stands within a few lines of
// the headline, before the text starts.
const (
	linesAfter  = 14
	linesBefore = 5
	maxLine     = 200 // bytes; a longer line is text
	maxPieces   = 32  // texts of a line
	maxTexts    = 2   // lines of text after which nothing more is expected
	maxNodes    = 400 // siblings visited on either side
	maxClimb    = 24  // ancestors asked whether they hold other things
	maxLinks    = 8   // links to authors remembered
	maxPath     = 64  // ancestors of the headline remembered
)

// nearTitle finds the heading that is the headline, as title has it or with a kicker,
// and reads the lines beside it.
func (f *facts) nearTitle(title string) *surroundings {
	own := chars.Fold(title)
	keys := f.headlineKeys[:min(4, len(f.headlineKeys))]
	best, at := 0, -1
	for _, level := range [...]int{1, 2, 3} {
		for i, h := range f.headings {
			if h.level != level {
				continue
			}
			t := f.headingKey(i)
			if t == "" {
				continue
			}
			score := 1
			switch k := slices.Index(keys, t); {
			case t == own, k == 0 && strings.HasSuffix(t, own):
				score = 12
			case k >= 0:
				score = 8 - k
			}
			if level == 1 {
				score += 4
			}
			if score > best || score == best && t == own && h.pos < f.headings[at].pos {
				best, at = score, i
			}
			if best == 16 {
				break
			}
		}
		if best > 12 {
			break // no heading further down can do better
		}
	}
	near := &f.near
	if at < 0 {
		return near
	}
	h := f.headings[at]
	near.node, near.pos = h.node, h.pos
	var room [linesBefore]string
	before := near.beside(room[:0], h.node, nil, linesBefore, true)
	slices.Reverse(before)
	for p := h.node.Parent; p != nil && len(near.path) < maxPath; p = p.Parent {
		near.path = append(near.path, p)
	}
	near.lines = near.beside(near.lines, h.node, nil, linesAfter, false)
	near.after = len(near.lines)
	near.lines = append(near.lines, before...)
	return near
}

// people reads the names in links to pages about authors.
func (near *surroundings) people(d *reader) (names []string) {
	for _, text := range near.links {
		got, _ := d.people(text, marked)
		for _, n := range got {
			names = appendName(names, n)
		}
	}
	return names
}

// authorPage reports whether an address is that of a page about an author: a
// part of its path says so, and another follows.
func authorPage(href string) bool {
	for {
		i := strings.IndexByte(href, '/')
		if i < 0 {
			return false
		}
		if i+1 < len(href) && bylines().pages[href[:i]] {
			return true
		}
		href = href[i+1:]
	}
}

// ofAuthor reports whether an address is that of a page about an author, asked of all
// links of a page.
func ofAuthor(href string) bool {
	i := strings.Index(href, "/aut")
	return i >= 0 && (strings.Contains(href[i:], "/auth") || strings.Contains(href[i:], "/autor")) && authorPage(href)
}

// isAside reports whether an element is by its nature about other things. The
// foot of an article is its own.
func isAside(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Aside, atom.Nav:
		return true
	case atom.Footer:
		return n.Parent == nil || n.Parent.DataAtom != atom.Article
	}
	return false
}

// linesIn reads up to max lines of visible text under n.
func linesIn(n *html.Node, max int) []string {
	if n.FirstChild == nil {
		return nil
	}
	var near surroundings
	first := &html.Node{Type: html.CommentNode, Parent: n, NextSibling: n.FirstChild}
	return near.beside(nil, first, n, max, false)
}

// beside reads up to max lines of visible text after n, or before it, nearest
// first, and takes note of links to authors. It does not leave top. The lines are
// appended to room, which is empty.
func (near *surroundings) beside(room []string, n, top *html.Node, max int, before bool) []string {
	var pieces [maxPieces]string
	line, lines := pieces[:0], room
	texts := 0
	flush := func() {
		if len(line) == 0 {
			return
		}
		if before {
			for i, j := 0, len(line)-1; i < j; i, j = i+1, j-1 {
				line[i], line[j] = line[j], line[i]
			}
		}
		s := chars.SqueezeAll(line, maxLine)
		line = line[:0]
		switch {
		case s == "":
		case len(s) > maxLine:
			texts++
		default:
			lines = append(lines, s)
		}
	}
	next := func(n *html.Node) *html.Node {
		if before {
			return n.PrevSibling
		}
		return n.NextSibling
	}
	for visited := 0; visited < maxNodes && len(lines) < max && texts < maxTexts; visited++ {
		for next(n) == nil {
			n = n.Parent
			if n == nil || n == top || n.DataAtom == atom.Body {
				flush()
				return lines
			}
			if !inline(n.DataAtom) {
				flush()
			}
		}
		n = next(n)
		for {
			if n.Type == html.TextNode && len(line) < maxPieces {
				line = append(line, chars.Head(n.Data, 2*maxLine))
			}
			if n.Type != html.ElementNode {
				break
			}
			if n.DataAtom == atom.A && len(near.links) < maxLinks && authorPage(attr(n, "href")) {
				if text := textOf(n, maxLine); text != "" {
					near.links = append(near.links, text)
				}
			}
			if !inline(n.DataAtom) {
				flush()
			}
			child := n.FirstChild
			if before {
				child = n.LastChild
			}
			if child == nil || unseen(n.DataAtom) {
				break
			}
			n = child
		}
	}
	flush()
	return lines
}

func unseen(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Svg, atom.Template, atom.Noscript, atom.Select, atom.Textarea, atom.Iframe, atom.Nav, atom.Aside, atom.Footer:
		return true
	}
	return false
}

// inAside reports whether a node lies in a part of the page that is about other
// things: comments, lists of other pieces, the page's foot. What holds the
// headline, too, is about the article.
func (near *surroundings) inAside(n *html.Node) bool {
	for depth := 0; n != nil && depth < maxClimb; n, depth = n.Parent, depth+1 {
		if slices.Contains(near.path, n) {
			return false
		}
		if n.DataAtom == atom.Body || n.DataAtom == atom.Main {
			return false
		}
		if isAside(n) {
			return true
		}
		for i := range n.Attr {
			if k := n.Attr[i].Key; k == "class" || k == "id" {
				if foreign().scan(n.Attr[i].Val)&(signForeign|signColumn) != 0 {
					return true
				}
			}
		}
	}
	return false
}
