package line

import (
	"slices"
	"sort"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/piece"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// maxPasses bounds the passes over a text. Real texts take two or three, pages of
// nothing but teasers up to twenty.
const maxPasses = 24

// Clean marks all residue: classify and dedupe, in the lines of a page context, and in
// flattened text, whose lines are those of the last Split, the model, which may be nil.
// What goes can make more of its neighbours recognisable, so flattened text is judged
// again, as it would come out, until nothing changes: to clean what is clean changes
// nothing. host is the page's host, for the rules of users; it may be empty.
func (m *Memory) Clean(model *Model, lines []Line, set *rules.Set, host string) {
	m.begin(model, set, host)
	for i := range lines {
		lines[i].known, lines[i].code = 0, notLooked // nothing of an earlier time
	}
	if !m.flattened(lines) {
		m.classify(lines)
		m.context(lines)
		m.dedupe(lines)
		m.patterns(lines)
		return
	}
	m.mark(&m.pieces, lines)
	if !m.touched(lines) {
		return
	}
	for range maxPasses {
		if m.reread(lines) {
			return
		}
		m.mark(&m.later, m.again)
		changed := false
		for i := range m.again {
			m.Clock.Step()
			for _, c := range m.again[i].Cuts {
				m.from[i].carry(lines, c)
				changed = true
			}
		}
		if !changed {
			return
		}
		for i := range lines {
			m.Clock.Step()
			lines[i].settle()
		}
	}
}

// begin says by what the next lines are judged.
func (m *Memory) begin(model *Model, set *rules.Set, host string) {
	m.set, m.model, m.host = set, model, host
	m.lang.forget()
}

// mark marks lines of flattened text, the pieces that by holds.
func (m *Memory) mark(by *piece.Memory, lines []Line) {
	if m.model != nil {
		m.screen(m.model.pieces.Screen(), by, lines)
	}
	m.classify(lines)
	m.certain(by, lines)
	m.dedupe(lines)
	if m.model != nil {
		m.askModel(by, lines)
		m.recall(by, lines)
		m.dividers(lines)
	}
}

// dividers takes out what parted a piece from one that goes, where nothing is left
// before it on its line.
func (m *Memory) dividers(lines []Line) {
	gone := false // all that stands before it on the line
	for i := range lines {
		m.Clock.Step()
		l := &lines[i]
		if !l.Glued {
			gone = true
		}
		if l.Dropped() {
			continue
		}
		if gone && l.Glued && l.lead > 0 && len(l.Cuts) == 0 && !chars.BlankLine(l.Text[:l.lead]) {
			c := lines[i-1].Cuts[0]
			c.Start, c.End = 0, int(l.lead)
			l.Cuts = append(l.Cuts, c)
			l.state = trimmed
		}
		gone = false
	}
}

// touched reports whether the output may be more than lines of the input.
func (m *Memory) touched(lines []Line) bool {
	for i := range lines {
		m.Clock.Step()
		m.Clock.Read(len(lines[i].Text))
		if len(lines[i].Cuts) > 0 || !lines[i].isPlain(m.Clock) {
			return true
		}
	}
	return false
}

// An origin says where a line of the output came from.
type origin struct {
	pieces []Stretch
	at     int // byte of the output where it begins
}

// reread fills m.again and m.from by writing the lines and reading what was
// written. It reports whether all lines came out as they went in: then they would be
// judged as they were.
func (m *Memory) reread(lines []Line) (same bool) {
	m.again = forgetLines(m.again)
	clear(m.from)
	o := output{clock: m.Clock, trace: true, runs: m.runs[:0], size: roomFor(m.Clock, lines)}
	o.join(lines)
	m.runs = o.runs
	text, copies := o.text(), m.copied(lines)
	if copies != nil && !cutAnywhere(lines) && strings.TrimRight(text, "\n") == strings.TrimRight(m.pieces.Text(), "\n") {
		return true
	}
	m.again = m.split(&m.later, m.again, text, copies)
	m.from = work.Sized(m.from, len(m.again))
	at, run := 0, 0
	same = !m.afresh && len(m.again) == len(lines) && m.later.Alike(&m.pieces)
	for i := range m.again {
		m.Clock.Step()
		l := &m.again[i]
		at += strings.Index(text[at:], l.Text) // found at once: only line ends lie between
		for run < len(o.runs) && o.runs[run].Out+o.runs[run].Len <= at {
			run++
		}
		m.from[i] = origin{at: at, pieces: o.runs[run:]}
		at += len(l.Text)
		if old := m.from[i].whole(lines, l); old != nil && !m.afresh {
			l.knowAs(old)
			same = same && old == &lines[i] && len(old.Cuts) == 0 && old.lead == l.lead && (old.Blank > 0) == (l.Blank > 0)
		} else {
			same = false
		}
	}
	return same
}

func cutAnywhere(lines []Line) bool {
	for i := range lines {
		if len(lines[i].Cuts) > 0 {
			return true
		}
	}
	return false
}

// copied says where in the text of the last Split the output stood, nil if the lines are
// not those of it.
func (m *Memory) copied(lines []Line) []piece.Copy {
	if m.afresh || len(m.pieces.Pieces()) != len(lines) {
		return nil
	}
	m.copies = work.Sized(m.copies, len(m.runs))
	for i, r := range m.runs {
		text, start := m.pieces.Whole(r.Line)
		if text != lines[r.Line].Text {
			return nil
		}
		m.copies[i] = piece.Copy{Out: r.Out, Len: r.Len, Src: start + r.Src}
	}
	return m.copies
}

// whole is the line that all of a line of the output is, nil if there is none.
func (o *origin) whole(lines []Line, l *Line) *Line {
	if len(o.pieces) == 0 {
		return nil
	}
	r := &o.pieces[0]
	old := &lines[r.Line]
	if o.at < r.Out || o.at-r.Out+r.Src != 0 || o.at+len(l.Text) > r.Out+r.Len || len(old.Text) != len(l.Text) || old.Glued != l.Glued {
		return nil
	}
	return old
}

// knowAs takes over what rules said of a line of the same text, if they found nothing
// sure in it, as long as function words are those of the same languages.
func (l *Line) knowAs(old *Line) {
	l.code = old.code
	if old.known != 0 && len(old.Cuts) == 0 && (old.state == open || old.state == kept && old.Rule == titleRule) {
		l.shape, l.pending, l.known = old.shape, old.pending, old.known
	}
}

// carry moves a cut of a later pass over to the lines of the first one.
func (o *origin) carry(lines []Line, c Cut) {
	from, to := o.at+c.Start, o.at+c.End
	k := sort.Search(len(o.pieces), func(k int) bool { return o.pieces[k].Out+o.pieces[k].Len > from })
	for ; k < len(o.pieces) && o.pieces[k].Out < to; k++ {
		r := o.pieces[k]
		start, end := max(from, r.Out)-r.Out+r.Src, min(to, r.Out+r.Len)-r.Out+r.Src
		lines[r.Line].addCut(Cut{Start: start, End: end, Kind: c.Kind, Rule: c.Rule, Step: c.Step, P: c.P, Why: c.Why})
	}
}

// addCut adds a cut of a later pass; settle follows.
func (l *Line) addCut(c Cut) {
	l.Cuts = append(l.Cuts, c)
	l.late = true
}

// settle puts the cuts of a later pass in order. When nothing is left of the
// line it is dropped as a whole, by the rule that took the most.
func (l *Line) settle() {
	if !l.late {
		return
	}
	l.late = false
	slices.SortStableFunc(l.Cuts, func(a, b Cut) int { return a.Start - b.Start })
	l.state = trimmed
	at, most := 0, l.Cuts[0]
	for _, c := range l.Cuts {
		if !chars.BlankLine(l.Text[at:max(at, c.Start)]) {
			return
		}
		at = max(at, c.End)
		if c.End-c.Start > most.End-most.Start {
			most = c
		}
	}
	if chars.BlankLine(l.Text[at:]) {
		l.drop(most.Kind, most.Rule, most.Step)
		l.Cuts[0].P, l.Cuts[0].Why = most.P, most.Why
	}
}
