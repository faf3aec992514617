package meta

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// Bounds of where an author of the article is named, in elements around the
// headline. Further down stand boxes about the author, but also other pieces.
const (
	peopleBefore = 40
	peopleAfter  = 80
)

// markedPeople reads the names in elements that carry one of the signs: the
// first near the headline that hold any, and those right behind them. Far from
// the headline, names count only when all agree.
func (f *facts) markedPeople(d *reader, near *surroundings, want sign) (names []string) {
	var far []string
	said := false // the first far ones stand behind a "By", and those are all
	last := 0
	single := ""
	for i, h := range f.people {
		if h.sign&want == 0 || len(names) > 0 && h.pos-last > maxApart {
			continue
		}
		if near.node != nil && h.pos < near.pos-peopleBefore {
			continue
		}
		got, by := f.person(i, d, near)
		if len(got) == 1 && !by && want == signAuthor && !strings.Contains(got[0], " ") && !wide(got[0]) {
			if single == "" {
				single = got[0] // a word in an element named author may be anything
			}
			continue
		}
		if len(got) == 0 || len(names) > 0 && contains(f.people[:i], h.node) {
			continue // nothing, or inside the element that was read already
		}
		if near.node != nil && h.pos > near.pos+peopleAfter && len(names) == 0 {
			first, before := len(far) == 0, len(far)
			for _, n := range got {
				far = appendName(far, n)
			}
			said = first && by || said && len(far) == before
			continue
		}
		for _, n := range got {
			names = appendName(names, n)
		}
		last = h.pos
	}
	switch {
	case len(names) > 0:
		return names
	case len(far) == 1 || said:
		return far
	case len(far) == 0 && single != "":
		return []string{single}
	}
	return nil
}

// person reads the names in the i-th element that is said to hold one; those
// in parts about other things hold none.
func (f *facts) person(i int, d *reader, near *surroundings) (names []string, by bool) {
	h := &f.people[i]
	if h.read {
		return h.names, h.by
	}
	h.read = true
	text := textOf(h.node, maxByline)
	if text == "" && h.sign&signItemAuthor != 0 {
		text = attr(h.node, "content")
	}
	outer := h.node
	if h.node.DataAtom == atom.Aside && len(text) <= maxNamed {
		outer = h.node.Parent // it is about the author, not about other things
	}
	if text != "" && !near.inAside(outer) {
		h.names, h.by = d.elementPeople(h.node, text)
		if len(h.names) == 1 && h.sign&(signByline|signAuthor) != 0 {
			h.names = linkedNames(h.node, h.names)
		}
		if len(h.names) == 0 && h.sign&signItemAuthor != 0 && wordsIn(text) == 1 {
			h.names, h.by = d.people(text, stated) // a log-in name
		}
	}
	return h.names, h.by
}

// linkedNames is the name of a byline with those that follow it as links to pages about
// authors, where it is such a link itself and nothing tells of other people.
func linkedNames(n *html.Node, names []string) []string {
	first := 0
	for c, left := n.FirstChild, maxNodes; c != nil && left > 0; left-- {
		switch {
		case c.Type == html.TextNode && otherPerson(c.Data):
			return names[:1]
		case c.DataAtom == atom.A && authorPage(attr(c, "href")):
			name := textOf(c, maxNamed)
			if first++; first == 1 && name != names[0] {
				return names[:1]
			}
			if fullName(name) {
				names = appendName(names, name)
			}
		}
		c = following(c, n)
	}
	return names
}

// following is the node after c in the order of the page, nil behind the last one in n.
func following(c, n *html.Node) *html.Node {
	if c.FirstChild != nil {
		return c.FirstChild
	}
	for c != n && c.NextSibling == nil {
		c = c.Parent
	}
	if c == n {
		return nil
	}
	return c.NextSibling
}

// maxNamed is the longest text, in bytes, that is read as a byline as a whole
// where no "By" stands in front; longer ones are boxes about the author.
const maxNamed = 90

// elementPeople reads the names in one element.
func (d *reader) elementPeople(n *html.Node, text string) (names []string, by bool) {
	if len(text) <= maxNamed {
		return d.people(text, marked)
	}
	lines := linesIn(n, 2)
	if len(lines) > 1 && bareLabel(lines[0]) {
		names, _ = d.people(lines[1], marked)
		return names, true
	}
	if names, by = d.people(text, shown); by && len(names) > 0 {
		return names, by // what they are stands behind the names
	}
	if len(lines) > 0 && len(lines[0]) <= maxNamed {
		return d.people(lines[0], marked)
	}
	return nil, false
}

// saidPeople reads the bylines near the headline that say "By".
func (f *facts) saidPeople(d *reader, near *surroundings) []string {
	for i, h := range f.people {
		if near.node == nil || h.pos < near.pos-peopleBefore || h.pos > near.pos+peopleAfter {
			continue
		}
		if !h.read && !d.mayCredit(textOf(h.node, maxByline)) {
			continue
		}
		if names, by := f.person(i, d, near); by && len(names) > 0 {
			return names
		}
	}
	below := *near
	below.lines = near.lines[:min(near.after, maxSaid)]
	return d.shownPeople(&below)
}

// maxSaid is how many lines below the headline may hold its byline.
const maxSaid = 8

// overlap reports whether two bylines have a name in common, be it in part.
func overlap(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			x, y := chars.Fold(x), chars.Fold(y)
			if strings.Contains(x, y) || strings.Contains(y, x) {
				return true
			}
			for _, w := range strings.Fields(x) {
				if len(w) > 2 && strings.Contains(" "+y+" ", " "+w+" ") {
					return true
				}
			}
		}
	}
	return false
}

// maxApart is how many elements may lie between two authors of one byline.
const maxApart = 12

// contains reports whether n lies within one of the hits.
func contains(hits []hit, n *html.Node) bool {
	for _, h := range hits {
		for p, depth := n.Parent, 0; p != nil && depth < 8; p, depth = p.Parent, depth+1 {
			if p == h.node {
				return true
			}
		}
	}
	return false
}

// shownPeople reads the byline among the lines beside the headline.
func (d *reader) shownPeople(near *surroundings) []string {
	for i, line := range near.lines {
		if i > 0 && i != near.after && otherPerson(near.lines[i-1]) && len(near.lines[i-1]) < maxLabel && strings.HasSuffix(strings.ToLower(strings.TrimRight(near.lines[i-1], ": ")), "by") {
			continue
		}
		if bareLabel(line) {
			if i+1 < len(near.lines) && i+1 != near.after {
				if names, _ := d.people("By "+near.lines[i+1], shown); len(names) > 0 {
					return names
				}
			}
			continue
		}
		if !d.credits(line) {
			continue
		}
		if names, by := d.people(line, shown); by && len(names) > 0 {
			return names
		}
	}
	return nil
}

// farPeople reads the names in links to pages about authors further down, as boxes
// about the author have them below the text: if all of them name the same.
func (f *facts) farPeople(d *reader, near *surroundings) []string {
	var names, first []string
	left := maxLinks
	for _, n := range f.anchors {
		if left == 0 {
			break
		}
		if !ofAuthor(attr(n, "href")) {
			continue
		}
		left--
		if near.inAside(n) {
			continue
		}
		got, _ := d.people(textOf(n, maxByline), marked)
		got = slices.DeleteFunc(got, func(n string) bool { return wordsIn(n) < 2 })
		if len(first) == 0 {
			first = got
		}
		for _, name := range got {
			names = appendName(names, name)
		}
	}
	if len(names) == 0 || len(names) != len(first) {
		return nil // links that name others
	}
	return names
}

// credited reads the names in credits that stand far from the headline, as below the
// text: "Written by Ada Winter", or a heading "Author" and a name below it. All have to
// name the same people.
func (a *naming) credited() []string {
	var all sameNames
	for _, n := range a.credits {
		text := textOf(n, maxNamed)
		if len(text) > maxNamed || beneathForeign(n) {
			continue
		}
		if bareLabel(text) {
			text = "By " + strings.Join(below(n), ", ")
		}
		got, by := a.d.people(text, shown)
		if !by || len(got) == 0 || slices.ContainsFunc(got, a.noPerson) {
			continue
		}
		all.add(got)
	}
	return all.agreed()
}

// sameNames are the names of several places that have to name the same people.
type sameNames struct{ first, all []string }

func (s *sameNames) add(names []string) {
	if len(s.first) == 0 {
		s.first = names
	}
	for _, n := range names {
		s.all = appendName(s.all, n)
	}
}

// agreed are the names when all places named those of the first, nil otherwise.
func (s *sameNames) agreed() []string {
	if len(s.all) != len(s.first) {
		return nil
	}
	return s.all
}

// noPerson reports whether a name far from the headline cannot be the writer's.
func (a *naming) noPerson(n string) bool { return !fullName(n) || isSite(n, a.site) }

// below is the line that follows an element, or the items of a list that does.
func below(n *html.Node) []string {
	next := n.NextSibling
	for next != nil && next.Type == html.TextNode && chars.Blank(next.Data) {
		next = next.NextSibling
	}
	if next == nil || next.DataAtom != atom.Ul && next.DataAtom != atom.Ol {
		return new(surroundings).beside(nil, n, n.Parent, 1, false)
	}
	var items []string
	for c := next.FirstChild; c != nil && len(items) < maxAuthors; c = c.NextSibling {
		if c.DataAtom == atom.Li {
			items = append(items, textOf(c, maxNamed))
		}
	}
	return items
}

// asidePeople reads the names in columns beside the text and in the foot of the page,
// where all that are named there are the same.
func (a *naming) asidePeople() []string {
	var all sameNames
	for _, n := range a.asideBylines {
		if beneathForeign(n) {
			continue
		}
		text := textOf(n, maxByline)
		if a.item.scan(attr(n, "rel"))&signRelAuthor == 0 && (len(text) < minCredit || !bylines().credits(text)) {
			continue // teasers have bylines, too
		}
		got, _ := a.d.elementPeople(n, text)
		if slices.ContainsFunc(got, a.noPerson) {
			continue
		}
		all.add(got)
	}
	return all.agreed()
}

// beneathForeign reports whether an element lies in a part about other things, columns
// and feet of pages aside.
func beneathForeign(n *html.Node) bool {
	for depth := 0; n != nil && depth < maxClimb; n, depth = n.Parent, depth+1 {
		for i := range n.Attr {
			if k := n.Attr[i].Key; (k == "class" || k == "id") && foreign().scan(n.Attr[i].Val)&signForeign != 0 {
				return true
			}
		}
	}
	return false
}

// namesake reads a name that stands alone right below the headline, where a picture
// is called the same, the portrait of the author, or where a date or a role stands
// beside it.
func (a *naming) namesake() []string {
	f, d := a.facts, a.d
	if a.staff {
		return nil // nobody in particular wrote it
	}
	below := a.near.lines[:a.near.after]
	for i, line := range below[:min(len(below), maxNamesake)] {
		if names := lettered(line); len(names) > 0 {
			return names
		}
		if len(line) > maxNamed {
			continue
		}
		var room [partsRoom]string
		parts := hardParts(room[:0], line)
		if len(parts) == 0 {
			continue
		}
		name := strings.Trim(parts[0], " ,")
		if _, rest, ok := strings.Cut(name, " in "); ok && wordsIn(rest) <= 2 {
			name, _, _ = strings.Cut(name, " in ") // a section
		}
		all := []string{name}
		if strings.ContainsAny(name, ",&") {
			all = splitNames(name)
		}
		if slices.ContainsFunc(all, func(n string) bool { return !likePerson(n) }) {
			continue
		}
		if names, _ := d.people(name, marked); !slices.Equal(names, all) || slices.Contains(f.headlineKeys, chars.Fold(name)) || strings.Contains(f.title, name) {
			continue
		}
		sure := name != strings.TrimSpace(line) && len(parts) == 1
		for _, part := range parts[1:] {
			sure = sure || d.besideName(part)
		}
		for k := max(i-2, 0); k < min(i+3, len(below)); k++ {
			sure = sure || k != i && d.besideName(below[k])
		}
		for _, h := range f.pictures {
			sure = sure || strings.HasPrefix(attr(h.node, "alt"), name)
		}
		if sure {
			return all
		}
	}
	return nil
}

// lettered is the people of a line behind each of whose names letters stand, "Ada
// Winter, MD"; nil where somebody has none, or something else is in it.
func lettered(line string) []string {
	var names []string
	proved := false // letters follow the last name
	for piece := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == ',' || r == ';' || r == '&' }) {
		if from, to := strings.IndexByte(piece, '('), strings.IndexByte(piece, ')'); from > 0 && to > from {
			piece = piece[:from] + piece[to+1:]
		}
		piece = strings.TrimSpace(piece)
		switch {
		case piece == "":
		case len(names) > 0 && isLetters(piece):
			proved = true
		case fullName(piece) && (len(names) == 0 || proved):
			names, proved = append(names, piece), false
		default:
			return nil
		}
	}
	if !proved {
		return nil
	}
	return names
}

// besideName reports whether a line is what stands beside the name of an author: a
// date, the label of one, or a role.
func (d *reader) besideName(line string) bool {
	if len(line) > maxNamed {
		return false
	}
	if found, ok := d.Find(line); ok {
		return wordsBeside(line[:found.Start], line[found.End:]) <= maxDateWords
	}
	return wordsIn(line) <= maxNameWords && hasRole(strings.Fields(line)) >= 0 || labelLine(line) != labelNone
}

// maxNamesake is how many lines below the headline a name may stand alone.
const maxNamesake = 6
