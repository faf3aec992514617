package dom

// A load is a bound of what html.Parse makes of markup beyond an element for
// each tag. Elements like b or font that are open when a block around them
// closes are opened anew in the next one, so that each tag can cost as many
// elements as there are such tags without an end.
//
// An end tag takes the innermost of its kind off that list, as long as no
// element that hides it from the end tag was opened in between. Whether such an
// element was really opened, and when it ended, is too hard to know: what was
// open before it counts for the rest of the page.
type load struct {
	open   [formats]int32 // since the last element that hides
	stuck  int            // open before
	copies int            // the bound
	tags   int
}

// Of 2,259 pages of the web, with the bound as it is, the median has .8 copies
// for each of its tags and baseTags more, one in 100 has 2.6, one in 200 has 9.
const (
	maxCopies = 16
	baseTags  = 2000
)

// tooMany reports whether a page with so many tags may need so many elements that
// html.Parse would take much longer than for others of its size.
func tooMany(copies, tags int) bool { return copies > maxCopies*(tags+baseTags) }

// formats is the number of elements that are opened anew, a and nobr aside, of
// which only one is open at a time.
const formats = 12

// formatOf is the number of a formatting element from its lower-case name, -1
// for others.
func formatOf(name []byte) int {
	switch string(name) {
	case "b":
		return 0
	case "i":
		return 1
	case "u":
		return 2
	case "s":
		return 3
	case "tt":
		return 4
	case "em":
		return 5
	case "big":
		return 6
	case "code":
		return 7
	case "font":
		return 8
	case "small":
		return 9
	case "strike":
		return 10
	case "strong":
		return 11
	}
	return -1
}

// start notes a start tag.
func (l *load) start(name []byte) {
	l.tags++
	if f := formatOf(name); f >= 0 {
		l.open[f]++
		return
	}
	switch string(name) {
	case "span", "img", "br":
		return // close nothing
	case "table", "td", "th", "caption", "object", "applet", "marquee", "template", "select", "svg", "math", "html", "body", "frameset":
		for i := range l.open {
			l.stuck += int(l.open[i])
			l.open[i] = 0
		}
	}
	l.step()
}

// end notes an end tag.
func (l *load) end(name []byte) {
	l.tags++
	if f := formatOf(name); f >= 0 && l.open[f] > 0 {
		l.open[f]--
	}
	l.step()
}

// step adds what a tag may open anew.
func (l *load) step() { l.copies += min(l.size()+2, maxOpen) }

// size is the number of elements that may be open.
func (l *load) size() int {
	n := l.stuck
	for _, k := range l.open {
		n += int(k)
	}
	return n
}
