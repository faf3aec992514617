package line

import (
	"math"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/piece"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// A Model judges pieces of flattened text at an operating point. It never changes
// after it was made and may be used by many goroutines.
type Model struct {
	pieces  *piece.Model
	limit   float32           // log-odds above which a piece goes
	explain *piece.Explainer  // nil unless reasons are asked for
	recurs  *piece.RecurModel // nil unless a memory of other texts is used
	recall  float32           // log-odds above which a piece goes that other texts hold
}

// LoadModel returns the embedded model, at the balanced point.
func LoadModel() (*Model, error) {
	p, err := piece.Load()
	if err != nil {
		return nil, err
	}
	return NewModel(p), nil
}

// NewModel makes a model of one about pieces, at the balanced point.
func NewModel(p *piece.Model) *Model { return &Model{pieces: p, limit: logit(Balanced)} }

// At returns the model at another point: pieces go that are residue with more than
// that probability.
func (m *Model) At(p float64) *Model {
	out := *m
	out.limit = logit(p)
	return &out
}

// logit is the inverse of the sigmoid.
func logit(p float64) float32 { return float32(math.Log(p / (1 - p))) }

// Rules that need the model's consent, by how much of it.
const (
	noConsent  uint8 = iota // what is dropped stays so
	plainly                 // the kind has no place in a text
	inCapitals              // the line opens in capitals: READ MORE
	within                  // the whole line is what the rule finds
	byPlace                 // the rule acts by place, or knows how the line opens
)

var consentOdds = [...]float32{plainly: logit(plainConsent), inCapitals: logit(capitalsConsent), within: logit(innerConsent), byPlace: logit(placeConsent)}

// signalsOf are what rules said of lines.
func (m *Memory) signalsOf(lines []Line) []piece.Signal {
	m.signals = work.Sized(m.signals, len(lines))
	for i := range lines {
		m.Clock.Step()
		l := &lines[i]
		s := piece.Signal{}
		switch {
		case l.state == dropped:
			s = piece.Signal{Kind: l.Cuts[0].Kind, Level: piece.Names}
		case l.pending != nil:
			s = piece.Signal{Kind: l.pending.Kind, Level: piece.MayName}
		case l.state == trimmed:
			s = piece.Signal{Kind: l.Cuts[0].Kind, Level: piece.NamesPart}
		}
		m.signals[i] = s
	}
	return m.signals
}

// Measure splits a text into pieces and measures them, for training. weights may be nil.
func (m *Memory) Measure(text string, set *rules.Set, weights *piece.Weights) *piece.Memory {
	m.pieces.Read(weights, m.ruleSignals(text, set))
	return &m.pieces
}

// Ask splits a text into pieces and asks a model about each, for training: the log-odds of
// being residue hold up to the next call.
func (m *Memory) Ask(text string, set *rules.Set, by *piece.Model) (*piece.Memory, []float32) {
	odds := m.pieces.Judge(by, m.ruleSignals(text, set))
	return &m.pieces, odds
}

// ruleSignals splits a text into pieces, of which none is cleared, and is what rules say of
// each: as in Clean, up to the model.
func (m *Memory) ruleSignals(text string, set *rules.Set) []piece.Signal {
	lines := m.Split(text, set)
	m.begin(&Model{}, set, "")
	m.screen(nil, &m.pieces, lines)
	m.classify(lines)
	m.certain(&m.pieces, lines)
	m.dedupe(lines)
	return m.signalsOf(lines)
}

// askModel drops the pieces that the model calls residue, and takes back what rules
// dropped of which it is sure that it is not.
func (m *Memory) askModel(by *piece.Memory, lines []Line) {
	odds := by.Judge(m.model.pieces, m.signalsOf(lines))
	m.foul, m.listingsRead, m.sparse = unknown, false, m.isSparse(lines, odds)
	least := min(m.model.limit, consentOdds[byPlace]) // what any piece needs
	for i := range lines {
		m.Clock.Step()
		l := &lines[i]
		switch {
		case l.state == kept:
		case l.state == dropped:
			if l.consent != noConsent && odds[i] <= consentOdds[l.consent] {
				m.overrule(l)
				l.restore()
			} else {
				l.Cuts[0].P = 1 - model.Sigmoid(odds[i])
			}
		case odds[i] > least && m.goes(by, lines, i, odds[i]) && !by.InTable(i) && !l.reports() && !alone(lines) && !m.listed(by, lines, i):
			l.dropAs(m.guess(by, lines, i), odds[i])
		}
	}
	m.between(by, lines, odds)
	// What has no words goes with what stands around it.
	for i := range lines {
		l := &lines[i]
		if l.Dropped() && l.Cuts[0].Rule == byModel && by.Nameless(i) && (i > 0 && !lines[i-1].Dropped() || i+1 < len(lines) && !lines[i+1].Dropped()) {
			l.restore()
		}
	}
	for i := 1; i+1 < len(lines); i++ {
		l := &lines[i]
		if l.state == open && l.words <= 1 && by.Nameless(i) && lines[i-1].Dropped() && lines[i+1].Dropped() && !by.InTable(i) {
			l.dropAs(lines[i-1].Cuts[0].Kind, odds[i])
		}
	}
	m.note(by, lines, odds)
}

// byModel is the id of the model's decisions, in place of a rule's.
const byModel = "model"

// doubtOdds are the log-odds that a piece must have at least to go, by the doubt about
// it.
var doubtOdds = [...]float32{
	piece.None:     float32(math.Inf(-1)),
	piece.Opening:  logit(openingDoubt),
	piece.Repeated: logit(repeatedDoubt),
	piece.Listed:   logit(listedDoubt),
	piece.Figures:  logit(figuresDoubt),
	piece.Item:     logit(itemDoubt),
	piece.Linked:   logit(linkedDoubt),
	piece.Among:    logit(amongDoubt),
	piece.Whole:    logit(wholeDoubt),
	piece.Bare:     logit(bareDoubt),
	piece.Few:      logit(fewDoubt),
	piece.Alone:    float32(math.Inf(1)),
	piece.Data:     logit(guarded),
	piece.Cited:    logit(guarded),

	piece.Enumerated: logit(guarded),
	piece.Filler:     logit(guarded),
	piece.Subhead:    logit(subheadDoubt),
}

// wrappedOdds are those that pieces of a page need whose lines were wrapped: where a
// paragraph ends there is not as sure.
var wrappedOdds = logit(wrappedDoubt)

// foulOpeningOdds are those that what opens such a page needs.
var foulOpeningOdds = logit(foulOpeningDoubt)

// need are the log-odds above which piece i goes. On a page with all that stands around
// its article, openings, repeats, items and long runs are menus as likely.
func (m *Memory) need(by *piece.Memory, lines []Line, i int) float32 {
	doubt := by.Doubt(i)
	if named(lines, i) && doubt < piece.Data {
		return consentOdds[byPlace] // a rule names it, beside what goes
	}
	if (doubt < piece.Figures || doubt == piece.Item || doubt == piece.Linked) && m.isFoul(by) {
		limit := m.model.limit
		if by.Pieces()[i].Count < longLine {
			limit += foulOdds
		}
		switch {
		case doubt == piece.Opening:
			return max(limit, foulOpeningOdds)
		case by.Wrapped():
			return max(limit, wrappedOdds)
		}
		return limit
	}
	limit := m.model.limit
	if m.sparse {
		limit += sparseOdds
	}
	return max(limit, doubtOdds[doubt])
}

// isSparse reports whether little in the text looks like residue: what rules drop, and what
// the model suspects. Most of what it suspects in such a text alone is the article's.
func (m *Memory) isSparse(lines []Line, odds []float32) bool {
	n := 0
	for i := range lines {
		if lines[i].state == dropped || odds[i] > m.model.limit {
			if n++; n > sparsePieces {
				return false
			}
		}
	}
	return true
}

// goes reports whether the log-odds of piece i are more than it needs.
func (m *Memory) goes(by *piece.Memory, lines []Line, i int, odds float32) bool {
	if odds <= m.model.limit && !named(lines, i) {
		return false // whatever the doubt is
	}
	return odds > m.need(by, lines, i)
}

// named reports whether a rule names line i, beside what goes.
func named(lines []Line, i int) bool {
	return lines[i].pending != nil && i > 0 && lines[i-1].state == dropped
}

// An answer is known once the question was asked.
type answer uint8

const (
	unknown answer = iota
	no
	yes
)

// isFoul reports whether the text is a page with all that stands around its article.
func (m *Memory) isFoul(by *piece.Memory) bool {
	if m.foul == unknown {
		m.foul = no
		if by.ResidueShare() > foulShare {
			m.foul = yes
		}
	}
	return m.foul == yes
}

// reports reports whether a line is a sentence that says who said something, as no notice
// does.
func (l *Line) reports() bool { return l.speech && l.ends && l.words >= sentenceWords }

// alone reports whether the text is one sentence: nothing is known but its words.
func alone(lines []Line) bool {
	return len(lines) == 1 && lines[0].ends && lines[0].words >= sentenceWords
}

func (l *Line) dropAs(kind rules.Kind, odds float32) {
	l.drop(kind, byModel, "classify")
	l.Cuts[0].P = 1 - model.Sigmoid(odds)
}

// restore takes back what rules said. The next pass judges the line afresh.
func (l *Line) restore() {
	l.state, l.Cuts, l.known = open, l.Cuts[:0], 0
}

// guess names what the model removed: by the rule that found the line but had no leave
// to act, by its words, or by the piece before it that goes.
func (m *Memory) guess(by *piece.Memory, lines []Line, i int) rules.Kind {
	if p := lines[i].pending; p != nil {
		return p.Kind
	}
	if isSignature(lines, i) {
		return "credit"
	}
	if k := by.Kind(i); k != "" {
		return k
	}
	if i > 0 && lines[i-1].Dropped() {
		switch k := lines[i-1].Cuts[0].Kind; k {
		case "related", "comment", "nav", "share", "tags", "newsletter", "cookie", "footer", "toc", "login", "legal", "paywall", "donate":
			return k
		}
	}
	return "boilerplate"
}
