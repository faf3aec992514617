package line

import (
	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/piece"
)

// Why is what the model said of a piece, kept when reasons are asked for.
type Why struct {
	P         float32 // its probability of being content
	Threshold float32 // the piece stays from this probability on
	Reasons   []model.Reason
	// Unasked pieces stand in tables and listings, or are numbers beside what stays:
	// they stay, whatever P is.
	Unasked bool
	// Rule is the id of a rule that named the piece and was overruled.
	Rule string
}

// MaxReasons is how many reasons a verdict is given.
const MaxReasons = piece.MaxReasons

// Explaining returns a model that gives its reasons in Line.Why and Cut.Why.
func (m *Model) Explaining() (*Model, error) {
	x, err := piece.NewExplainer(m.pieces)
	if err != nil {
		return nil, err
	}
	out := *m
	out.explain = x
	return &out, nil
}

// overrule notes, when reasons are asked for, that the model does not follow the rule
// that dropped a line.
func (m *Memory) overrule(l *Line) {
	if m.model.explain != nil {
		l.Why = &Why{Rule: l.Cuts[0].Rule, Threshold: 1 - model.Sigmoid(consentOdds[l.consent])}
	}
}

// note keeps, when reasons are asked for, why the model judged lines as it did. odds
// are the log-odds of being residue by which it went.
func (m *Memory) note(by *piece.Memory, lines []Line, odds []float32) {
	x := m.model.explain
	if x == nil {
		return
	}
	// Of a later pass, only what goes is carried over to the lines of the first one.
	later := by == &m.later
	asked := func(i int) bool {
		switch l := &lines[i]; l.state {
		case dropped:
			return l.Cuts[0].Rule == byModel
		case kept:
			return false // a rule decides
		}
		return !later
	}
	reasons := by.Reasons(x, func(i int) bool { return lines[i].state != dropped }, asked)
	for i := range lines {
		m.Clock.Step()
		if !asked(i) {
			continue
		}
		l := &lines[i]
		byModel := l.state == dropped
		w := l.Why
		if w == nil {
			need := m.need(by, lines, i)
			if l.between {
				need = min(m.model.limit, betweenOdds)
			}
			w = &Why{Threshold: 1 - model.Sigmoid(need)}
			if w.Unasked = !byModel && odds[i] > need; w.Unasked {
				w.Threshold = unaskedThreshold
			}
		}
		w.P, w.Reasons = 1-model.Sigmoid(odds[i]), reasons[i]
		if byModel {
			l.Cuts[0].Why = w
		}
		l.Why = w
	}
}

// unaskedThreshold stands for the threshold of pieces that stay unasked.
const unaskedThreshold = 1e-6
