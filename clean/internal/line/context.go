package line

import (
	"strings"

	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/words"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// context marks what place and neighbours call residue; borders: by rules about
// the text's borders as well.
func (m *Memory) context(lines []Line, borders bool) {
	z := findZone(m.Clock, lines)
	m.applyPending(lines, z)
	flat := m.flattened(lines)
	if flat && borders {
		border(lines, z)
		islands(lines, z)
		gaps(lines, z)
		m.applyPending(lines, z)
	}
	signature(lines)
	if flat {
		trailing(lines)
	}
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

// border drops what stands between residue at the text's beginning and end:
// menus, link lists and headlines that no rule can name. It needs evidence:
// enough lines that rules named before or after the paragraphs. Lines between
// that residue and the paragraphs stay: headline, lead and subheads are there.
func border(lines []Line, z zone) {
	if z.empty() {
		return
	}
	last, named := -1, 0
	for i := range z.from {
		if lines[i].state == dropped {
			last = i
			named++
		}
	}
	if named >= minBorderNamed && named*maxBorderPerNamed >= last+1 {
		title := headline(lines, z)
		for i := range last {
			if i != title && !broken(lines, i) {
				lines[i].dropShort("head")
			}
		}
	}
	first := -1
	named = 0
	for i := z.to; i < len(lines); i++ {
		if lines[i].state == dropped {
			if first < 0 {
				first = i
			}
			named++
		}
	}
	if named >= minBorderNamed && named*maxBorderPerNamed >= len(lines)-first {
		for i := first + 1; i < len(lines); i++ {
			if !broken(lines, i) {
				lines[i].dropShort("tail")
			}
		}
	}
}

// islands drops sentences outside the paragraphs that stand among residue:
// teasers, notices and slogans.
func islands(lines []Line, z zone) {
	if z.empty() {
		return
	}
	title := headline(lines, z)
	paragraphs := 0
	for i := z.from; i < z.to; i++ {
		if lines[i].prose && lines[i].state != dropped {
			paragraphs++
		}
	}
	for i := range lines {
		l := &lines[i]
		if i >= z.from && i < z.to || i == title || l.state == dropped || l.state == kept || broken(lines, i) {
			continue
		}
		long := l.prose || l.words > maxShortWords
		if long && (paragraphs < minIslandProse || i >= z.from-leadGap && i < z.to+leadGap) {
			continue // a lead, or one of few paragraphs
		}
		if i >= z.from-sentenceGap && i < z.to+sentenceGap {
			continue
		}
		before, after := 0, 0
		for d := 1; d <= islandSpan; d++ {
			if i-d < 0 || lines[i-d].state == dropped {
				before++
			}
			if i+d >= len(lines) || lines[i+d].state == dropped {
				after++
			}
		}
		need := islandDropped
		if long {
			need = islandSpan
		}
		if before >= need && after >= need {
			l.drop("boilerplate", "zone.island", "context")
		}
	}
}

// headline returns the line before the paragraphs that is most likely the
// text's own headline, -1 if none is.
func headline(lines []Line, z zone) int {
	for i := z.from - 1; i >= 0 && i >= z.from-maxHeadlineGap; i-- {
		l := &lines[i]
		if l.state != dropped && l.words >= 4 && l.words <= 30 && !l.lower && l.digits*4 < l.words {
			return i
		}
	}
	return -1
}

// broken reports whether line i is a piece of a sentence that goes on in the next
// line or came from the one before.
func broken(lines []Line, i int) bool {
	return i+1 < len(lines) && goesOn(&lines[i], &lines[i+1]) || i > 0 && goesOn(&lines[i-1], &lines[i])
}

func goesOn(a, b *Line) bool {
	return !a.ends && !a.colon && b.lower && a.words >= 4 && b.words >= 3 && a.stop > 0 && b.stop > 0 && a.stop+b.stop >= 3
}

// dropShort drops a line that is no sentence.
func (l *Line) dropShort(where string) {
	if l.state == dropped || l.state == kept || l.sentence() {
		return
	}
	l.drop("boilerplate", "zone."+where, "context")
}

// sentence reports whether a line reads like one.
func (l *Line) sentence() bool {
	if l.cjk*2 > l.words {
		return l.ends && l.cjk >= proseCJK
	}
	return l.ends && l.words >= sentenceWords && (l.stops > 0 || float64(l.stop) >= sentenceStop*float64(l.words)) || l.words > maxShortWords
}

// gaps drops short lines within the article that stand among residue on both
// sides: boxes of links between paragraphs.
func gaps(lines []Line, z zone) {
	for i := z.from; i < z.to; i++ {
		if lines[i].state != dropped {
			continue
		}
		end, named := i+1, 1
		for j := i + 1; j < z.to && j-end < maxGapStep && !lines[j].sentence(); j++ {
			if lines[j].state == dropped {
				end = j + 1
				named++
			}
		}
		if named >= minGapNamed {
			for j := i + 1; j < end; j++ {
				lines[j].dropShort("gap")
			}
		}
		i = end - 1
	}
}

// signature drops an agency tag no list knows: a few capitalised words in
// brackets, alone on the last line, after a paragraph.
func signature(lines []Line) {
	last := lastLine(lines, len(lines))
	before := lastLine(lines, last)
	if before < 0 {
		return
	}
	l := &lines[last]
	text := strings.TrimSpace(l.Text)
	if l.state != open || len(text) < 3 || text[0] != '(' || text[len(text)-1] != ')' || l.words > maxTagWords || l.caps != l.words || !lines[before].ends {
		return
	}
	l.drop("credit", "credit.tag", "context")
}

// trailing drops the headline of another piece after the last paragraph: title
// case, no end punctuation, nothing after it.
func trailing(lines []Line) {
	last := lastLine(lines, len(lines))
	before := lastLine(lines, last)
	if before < 0 {
		return
	}
	l := &lines[last]
	switch {
	case l.state == kept || l.ends || l.colon || l.words < minTrailingWords || l.words > maxTrailingWords:
		return
	case !l.titled() || l.digits*3 > l.words || l.commas > 1:
		return
	case l.lastSep&(words.SepQuote|words.SepClose) != 0 || !lines[before].prose:
		return
	}
	prose := 0
	for i := last - 1; i >= 0 && i >= last-trailingSpan; i-- {
		if lines[i].state != dropped && lines[i].prose {
			prose++
		}
	}
	if prose >= minTrailingProse && !sections(lines[:last]) {
		l.drop("related", "related.trailing", "context")
	}
}

// titled reports whether most words of a line have a capital, as in headlines.
func (l *Line) titled() bool { return l.caps*4 >= l.words*3 }

// sections reports whether the text has headings of its own in the style of
// headlines: one more at the end is then likely its own, too.
func sections(lines []Line) bool {
	seen := 0 // lines that are left
	for i := range lines {
		l := &lines[i]
		if l.state == dropped {
			continue
		}
		seen++
		if seen > 1 && l.titled() && l.words >= minSectionWords && l.words <= maxTrailingWords {
			return true
		}
	}
	return false
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
