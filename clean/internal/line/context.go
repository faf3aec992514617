package line

import (
	"strings"

	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// context marks what place and neighbours call residue in the lines of a page. In
// flattened text the model judges that.
func (m *Memory) context(lines []Line) {
	m.applyPending(lines, findZone(m.Clock, lines))
	signature(lines)
}

// flattened reports whether the lines come from flattened text. Lines of a page
// were judged by the block model already, which saw more.
func (m *Memory) flattened(lines []Line) bool {
	for i := range lines {
		m.Clock.Step()
		if lines[i].Role != Plain {
			return false
		}
	}
	return true
}

// zone is the part of a text from its first to its last paragraphs: lines
// from..to-1. An empty zone means that no paragraphs were found.
type zone struct{ from, to int }

func (z zone) empty() bool { return z.from >= z.to }

// findZone looks for prose lines that have another one near. A lone prose line
// far from the others is a teaser or a notice as often as not.
func findZone(c *work.Clock, lines []Line) zone {
	z, single := zone{len(lines), 0}, zone{len(lines), 0}
	last, at, seen := -1, 0, 0 // seen counts the lines that are left
	for i := range lines {
		c.Step()
		l := &lines[i]
		if l.state == dropped {
			continue
		}
		seen++
		if !l.prose {
			continue
		}
		single.from = min(single.from, i)
		single.to = i + 1
		if last >= 0 && seen-at <= proseGap+1 {
			z.from = min(z.from, last)
			z.to = i + 1
		}
		last, at = i, seen
	}
	if z.empty() {
		z = single
	}
	return z.extend(lines)
}

// extend moves the borders of a zone over sentences close by.
func (z zone) extend(lines []Line) zone {
	if z.empty() {
		return z
	}
	for i, gap := z.from-1, 0; i >= 0 && gap <= extendGap; i-- {
		if l := &lines[i]; l.state != dropped {
			gap++
			if l.ends && l.sentence() {
				z.from, gap = i, 0
			}
		} else {
			gap += extendDropped
		}
	}
	for i, gap := z.to, 0; i < len(lines) && gap <= extendGap; i++ {
		if l := &lines[i]; l.state != dropped {
			gap++
			if l.ends && l.sentence() {
				z.to, gap = i+1, 0
			}
		} else {
			gap += extendDropped
		}
	}
	return z
}

// applyPending drops the lines of rules that need a zone or a neighbour, until
// nothing changes. A rule that names both acts in its zone and, elsewhere,
// beside other residue. Their words are ordinary ones, so they need evidence:
// a text with residue that leaves no doubt, or a place at the text's edge.
func (m *Memory) applyPending(lines []Line, z zone) {
	dirty := evidence(m.Clock, lines, z) >= minEvidence
	for changed := true; changed; {
		changed = false
		head, tail := edges(m.Clock, lines)
		for i := range lines {
			m.Clock.Step()
			l := &lines[i]
			r := l.pending
			if r == nil || l.state == dropped || !dirty && i >= head && i <= tail {
				continue
			}
			if inZone(r.Zone, z, i) || r.Beside && besideDropped(lines, i) {
				l.dropBy(r, "context", consentByPlace(r))
				changed = true
			}
		}
	}
}

// inZone reports whether line i is where a rule may act. Items of lists wait
// here although their rules act anywhere: for them, too, it is either border.
func inZone(r rules.Zone, z zone, i int) bool {
	return (r == 0 || r&rules.Head != 0) && i < z.from || (r == 0 || r&rules.Tail != 0) && i >= z.to
}

// evidence counts the lines that rules name: twice those of rules that need no
// context, without the kinds that clean articles hold as well, and once those
// of other rules in the place they ask for.
func evidence(c *work.Clock, lines []Line, z zone) int {
	n := 0
	for i := range lines {
		c.Step()
		l := &lines[i]
		if l.state == dropped {
			switch l.Cuts[0].Kind {
			case "readmore", "affiliate", "credit", "duplicate":
			default:
				n += 2
			}
		} else if r := l.pending; r != nil && inZone(r.Zone, z, i) {
			n++
		}
	}
	return n
}

// edges returns the last line at the text's beginning, and the first at its
// end, with no more than a few lines left outside of them.
func edges(c *work.Clock, lines []Line) (head, tail int) {
	head, tail = len(lines), -1
	left := 0
	for i := range lines {
		c.Step()
		if lines[i].state != dropped {
			if left++; left > edgeLines {
				head = i
				break
			}
		}
	}
	left = 0
	for i := len(lines) - 1; i >= 0; i-- {
		c.Step()
		if lines[i].state != dropped {
			if left++; left > edgeLines {
				tail = i
				break
			}
		}
	}
	return head, tail
}

// besideDropped reports whether a neighbour of line i goes.
func besideDropped(lines []Line, i int) bool {
	return i > 0 && lines[i-1].state == dropped || i+1 < len(lines) && lines[i+1].state == dropped
}

// sentence reports whether a line reads like one.
func (l *Line) sentence() bool {
	if l.cjk*2 > l.words {
		return l.ends && l.cjk >= proseCJK
	}
	return l.ends && l.words >= sentenceWords && (l.stops > 0 || float64(l.stop) >= sentenceStop*float64(l.words)) || l.words > maxShortWords
}

// signature drops an agency tag no list knows.
func signature(lines []Line) {
	if i := lastLine(lines, len(lines)); i >= 0 && isSignature(lines, i) {
		lines[i].drop("credit", "credit.tag", "context")
	}
}

// isSignature reports whether line i is an agency's tag: a few capitalised words in
// brackets, alone on the last line, after a paragraph.
func isSignature(lines []Line, i int) bool {
	l := &lines[i]
	text := strings.TrimSpace(l.Text)
	if l.state != open || len(text) < 3 || text[0] != '(' || text[len(text)-1] != ')' || l.words > maxTagWords || l.caps != l.words {
		return false
	}
	before := lastLine(lines, i)
	return before >= 0 && lines[before].ends && lastLine(lines, len(lines)) == i
}

// lastLine returns the last line before end that is left, -1 if none is.
func lastLine(lines []Line, end int) int {
	for end--; end >= 0 && lines[end].state == dropped; end-- {
	}
	return end
}

// patterns gives lines of a page back whose rule found many of its lines: dates
// and names between the posts of a forum or the entries of a list, labels in
// each of its items. They are the page's own pattern, and the block model let
// them stay.
func (m *Memory) patterns(lines []Line) {
	var counts map[string]int
	for i := range lines {
		m.Clock.Step()
		if l := &lines[i]; l.patterned() {
			if counts == nil {
				counts = map[string]int{}
			}
			counts[l.Cuts[0].Rule]++
		}
	}
	for i := range lines {
		if counts == nil {
			return
		}
		m.Clock.Step()
		if l := &lines[i]; l.patterned() && counts[l.Cuts[0].Rule] > maxPageHits {
			l.restore()
		}
	}
}

// patterned reports whether a line was dropped as something that makes up lists
// as well.
func (l *Line) patterned() bool {
	if l.state != dropped || len(l.Cuts) == 0 {
		return false
	}
	switch l.Cuts[0].Kind {
	case "date", "byline", "nav", "cta", "tags":
		return true
	}
	return false
}
