package line

import (
	"slices"
	"sort"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// maxPasses bounds the passes over a text. Real texts take two or three.
const maxPasses = 12

// Clean marks all residue by rules alone; see [Memory.Clean].
func Clean(lines []Line, set *rules.Set, host string) { new(Memory).Clean(nil, lines, set, host) }

// Clean marks all residue: classify, context and dedupe, and in flattened text
// the model, which may be nil. What goes can make more of its neighbours
// recognisable, so flattened text is judged again, as it would come out, until
// nothing changes: to clean what is clean changes nothing. host is the page's
// host, for the rules of users; it may be empty.
func (m *Memory) Clean(model *Model, lines []Line, set *rules.Set, host string) {
	flat := m.flattened(lines)
	if !flat {
		model = nil
	}
	m.begin(model, set, host)
	for i := range lines {
		lines[i].own, lines[i].known = 0, 0 // nothing of an earlier time
	}
	m.mark(lines)
	if !flat {
		m.patterns(lines)
		return
	}
	if !m.touched(lines) {
		return
	}
	for range maxPasses {
		again, from := m.rest(lines)
		m.mark(again)
		changed := false
		for i := range again {
			m.Clock.Step()
			for _, c := range again[i].Cuts {
				from[i].carry(lines, c)
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
	m.measure.forget()
}

func (m *Memory) mark(lines []Line) {
	m.judge(lines)
	if m.model != nil {
		m.askModel(lines)
	}
}

// judge is what rules do. Where there is a model, it judges what stands around
// the text, which needs no rules about borders then.
func (m *Memory) judge(lines []Line) {
	m.classify(lines)
	m.context(lines, m.model == nil)
	m.dedupe(lines)
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

// An origin says where a line of the output came from: as it is from one line
// of the input, or in pieces.
type origin struct {
	line   int
	pieces []Stretch // none: the line as it is
	at     int       // byte of the output where it begins
}

// rest returns the lines as they would be read from the output, and where each
// came from.
func (m *Memory) rest(lines []Line) (again []Line, from []origin) {
	if !m.takeOut(lines) {
		m.reread(lines)
	}
	return m.again, m.from
}

// takeOut fills m.again and m.from piece by piece. Lines that came through whole
// keep what was measured on them. It returns false where the output must be read
// as a whole.
func (m *Memory) takeOut(lines []Line) bool {
	left := 0
	for i := range lines {
		m.Clock.Step()
		if strings.IndexByte(lines[i].Text, '\n') >= 0 {
			return false
		}
		if !lines[i].Dropped() {
			left++
		}
	}
	m.roomAgain(left)
	o := output{clock: m.Clock, trace: true, runs: m.runs[:0]}
	blank, changed, glued := false, false, false
	for i := 0; i < len(lines); i++ {
		l := &lines[i]
		m.Clock.Step()
		m.Clock.Read(len(l.Text))
		if !l.Glued {
			changed = changedPage(lines[i:])
		}
		blank = blank || l.Blank > 0
		if l.gone() {
			continue
		}
		n := len(m.again)
		whole := len(l.Cuts) == 0 && l.isPlain(m.Clock) && !(l.Glued && l.Text[0] <= ' ')
		switch {
		case whole && !(changed && len(l.Text) >= minGluedBytes) && !joined(lines, i, changed):
			next := Line{P: -1, traits: l.traits}
			next.Text = trimEnd(l.Text)
			if len(next.Text) == len(l.Text) {
				next.shape, next.own, next.pending, next.known, next.state, next.Rule = l.shape, l.own, l.pending, l.known, l.state, l.Rule
			}
			m.again, m.from = addLine(m.Clock, m.again, &next), append(m.from, origin{line: i})
		default: // in pieces; all that come out on one line are read together
			at, runs := o.len(), len(o.runs)
			o.line(l, i, false, true)
			for ; joined(lines, i, changed); i++ {
				o.line(&lines[i+1], i+1, false, false)
			}
			if at == o.len() {
				continue
			}
			m.again = unglue(m.Clock, m.again, &Line{P: -1, Text: o.text()[at:]})
			pieces := o.runs[runs:len(o.runs):len(o.runs)]
			for k := n; k < len(m.again); k++ {
				m.from = append(m.from, origin{at: at, pieces: pieces})
				at += len(m.again[k].Text)
			}
			glued = glued || len(m.again) > n+1
		}
		if blank && n > 0 {
			m.again[n].Blank = 1
		}
		blank = false
	}
	m.runs = o.runs
	if !glued && hardWrapped(m.Clock, m.again) {
		return false
	}
	_, spaced := findSpaced(m.Clock, m.again, m.set)
	return !spaced
}

// roomAgain makes room for n lines and origins, in the memory of those of the
// pass before.
func (m *Memory) roomAgain(n int) {
	m.again = forgetLines(m.again)
	clear(m.from)
	m.from = m.from[:0]
	if cap(m.again) < n {
		m.again = work.Make[Line](m.Clock, 0, n)
	}
	if cap(m.from) < n {
		m.from = work.Make[origin](m.Clock, 0, n)
	}
}

// reread fills m.again and m.from by writing the lines and reading what was
// written.
func (m *Memory) reread(lines []Line) {
	m.roomAgain(0)
	o := output{clock: m.Clock, trace: true, runs: m.runs[:0]}
	o.join(lines)
	m.runs = o.runs
	text := o.text()
	m.again = split(m.Clock, m.again, text, m.set)
	m.from = work.Sized(m.from, len(m.again))
	at, run := 0, 0
	for i := range m.again {
		m.Clock.Step()
		l := &m.again[i]
		at += strings.Index(text[at:], l.Text) // found at once: only line ends lie between
		for run < len(o.runs) && o.runs[run].Out+o.runs[run].Len <= at {
			run++
		}
		m.from[i] = origin{at: at, pieces: o.runs[run:]}
		at += len(l.Text)
	}
}

// carry moves a cut of a later pass over to the lines of the first one.
func (o *origin) carry(lines []Line, c Cut) {
	if o.pieces == nil {
		lines[o.line].addCut(c)
		return
	}
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
	}
}
