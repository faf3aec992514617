package line

import (
	"fmt"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/piece"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/memory"
)

// byMemory is the id of the decisions that what other texts of the site hold gave, in
// place of a rule's.
const byMemory = "memory"

// Recall has the lines of the next Split compared with other texts of their site, whose
// name reasons give; with none where s is nil.
func (m *Memory) Recall(s *memory.Site, name string) {
	m.pieces.Recall(s)
	m.later.Recall(s)
	m.site = name
}

// Recalling returns the model with one about what other texts hold. Pieces go that are
// residue with more than that probability.
func (m *Model) Recalling(by *piece.RecurModel, p float64) *Model {
	out := *m
	out.recurs, out.recall = by, logit(p)
	return &out
}

// MeasureRecurring reads a text and lets the rules and the model judge it as Clean does, up to
// what other texts of the site say; for training.
func (m *Memory) MeasureRecurring(text string, set *rules.Set, s *memory.Site, by *piece.Model) *piece.Memory {
	m.Recall(s, "")
	lines := m.Split(text, set)
	m.begin(NewModel(by), set, "")
	m.screen(by.Screen(), &m.pieces, lines)
	m.classify(lines)
	m.certain(&m.pieces, lines)
	m.dedupe(lines)
	m.pieces.Judge(by, m.signalsOf(lines))
	m.pieces.ReadRecurring()
	return &m.pieces
}

// recall drops what other texts of the site hold, too, where the model of it agrees, and
// takes back what the model of pieces dropped where it does not: the more so what no other
// text holds, but in pages with all that stands around their article. What opens a text
// may be its title, also where all titles are alike.
func (m *Memory) recall(by *piece.Memory, lines []Line) {
	odds := by.JudgeRecurring(m.model.recurs)
	if odds == nil {
		return
	}
	for i := range lines {
		m.Clock.Step()
		l := &lines[i]
		switch {
		case l.state == kept:
		case l.state == dropped:
			if need := veto(by.Recurs(i)); l.Cuts[0].Rule == byModel && odds[i] <= need && !m.isFoul(by) {
				l.restore()
				l.Why = m.recurrence(by, i, odds[i], need)
			}
		case by.Recurs(i) && odds[i] > m.model.recall && !by.InTable(i) && !by.Nameless(i) && (i > 0 || by.Odds(i) > m.model.limit):
			m.recallLine(by, lines, i, odds[i])
		}
	}
	for i := 1; i+1 < len(lines); i++ { // the words of a notice that change
		if l := &lines[i]; l.state == open && lines[i-1].recalled() && lines[i+1].recalled() && by.Between(i) {
			m.recallLine(by, lines, i, odds[i-1])
			l.Cuts[0].Why = lines[i-1].Cuts[0].Why
		}
	}
	for from := 0; from < len(lines); from++ { // no sentence is torn
		to := from
		for to < len(lines) && lines[to].recalled() {
			to++
		}
		if to > from && by.Torn(from, to) {
			for i := from; i < to; i++ {
				lines[i].restore()
			}
		}
		from = to
	}
}

// recallLine drops line i by what other texts hold.
func (m *Memory) recallLine(by *piece.Memory, lines []Line, i int, odds float32) {
	l := &lines[i]
	l.drop(m.guess(by, lines, i), byMemory, "classify")
	l.Cuts[0].P = 1 - model.Sigmoid(odds)
	l.Cuts[0].Why = m.recurrence(by, i, odds, m.model.recall)
}

// recalled reports whether a line goes by what other texts hold.
func (l *Line) recalled() bool { return l.Dropped() && l.Cuts[0].Rule == byMemory }

// veto are the log-odds that a piece needs which the model of pieces calls residue.
func veto(recurs bool) float32 {
	if recurs {
		return againOdds
	}
	return onceOdds
}

var againOdds, onceOdds = logit(recallingAgain), logit(recallingOnce)

// recurrence says, when reasons are asked for, in how many texts piece i stands. need are
// the log-odds above which it goes.
func (m *Memory) recurrence(by *piece.Memory, i int, odds, need float32) *Why {
	if m.model.explain == nil {
		return nil
	}
	in, of := by.Texts(i)
	text := fmt.Sprintf("in %d of %d other texts", in, of)
	if m.site != "" {
		text += " of " + m.site
	}
	return &Why{P: 1 - model.Sigmoid(odds), Threshold: 1 - model.Sigmoid(need), Reasons: []model.Reason{{Text: text}}}
}

// MostlyRecalled reports whether more than half of a text goes by what other texts hold.
func MostlyRecalled(lines []Line) bool {
	all, gone := 0, 0
	for i := range lines {
		all += len(lines[i].Text)
		for _, c := range lines[i].Cuts {
			if c.Rule == byMemory {
				gone += c.End - c.Start
			}
		}
	}
	return gone*2 > all
}
