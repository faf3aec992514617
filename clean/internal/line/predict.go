package line

import (
	"context"
	_ "embed"
	"errors"
	"math"
	"slices"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

//go:embed data/line.model
var modelData []byte

//go:embed data/line.odds
var oddsData []byte

// A Model tells residue that no rule names by a line's shape, words, place and
// neighbours. It never changes after it was made and may be used by many
// goroutines.
type Model struct {
	first, others *model.Ensemble
	odds          *Odds
	explain       *explainer // nil unless reasons are asked for
}

// LoadModel returns the embedded model. It is read once.
func LoadModel() (*Model, error) { return loadModel() }

var loadModel = sync.OnceValues(func() (*Model, error) { return NewModel(modelData, oddsData) })

// NewModel reads a model and its table of odds. It refuses a model that was
// trained on other features.
func NewModel(trees, odds []byte) (*Model, error) {
	e, err := model.Load(trees)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(e.Info.Features, FeatureNames()) {
		return nil, errors.New("line: the model was trained on other features: train it again")
	}
	o, err := LoadOdds(odds)
	if err != nil {
		return nil, err
	}
	m := &Model{odds: o}
	m.first, m.others = e.Split(firstTrees)
	return m, nil
}

// Rows lets the rules judge lines and measures them as the model sees them,
// FeatureCount bytes a line; for training.
func Rows(lines []Line, set *rules.Set, odds *Odds) []uint8 {
	judge(context.Background(), lines, set, &Model{odds: odds}, "")
	rows := make([]uint8, len(lines)*FeatureCount+256)
	newSurveyor(context.Background(), lines).measure(rows, 0, len(lines))
	return rows
}

// logit is the inverse of the sigmoid.
func logit(p float64) float32 { return float32(math.Log(p / (1 - p))) }

var (
	sureOdds     = logit(sureResidue)
	dirtyOdds    = logit(dirtyThreshold)
	proseOdds    = logit(proseThreshold)
	cleanOdds    = logit(cleanThreshold)
	sentenceOdds = logit(sentenceThreshold)
	titleOdds    = logit(titleThreshold)
	consentOdds  = [...]float32{plainly: logit(plainConsent), atEdge: logit(edgeConsent), within: logit(innerConsent),
		placeEdge: logit(placeEdgeConsent), byPlace: logit(placeConsent)}
	atEdgeOf = [...]uint8{noConsent: noConsent, plainly: plainly, atEdge: atEdge, within: atEdge, placeEdge: placeEdge, byPlace: placeEdge}
)

// Rules that need the model's consent in a clean text, by how much of it.
const (
	noConsent uint8 = iota // what is dropped stays so
	plainly                // the kind has no place in a text, or the line opens in capitals: READ MORE
	atEdge                 // the line is at the text's edge
	within                 // it is within the text
	placeEdge              // as the next one, the line is at the text's edge
	byPlace                // the rule acts by place, or knows how the line opens
)

// apply drops the lines the model calls residue. A text in which it is sure of
// few lines, or rules name few, is taken for clean: there only what is beyond
// doubt goes, and rules need the model's consent, for their words may be the
// text's own.
func (m *Model) apply(ctx context.Context, lines []Line) {
	s := newSurveyor(ctx, lines)
	out := m.predict(ctx, s)
	if ctx.Err() != nil {
		return
	}
	if !dirty(lines, out) {
		m.finish(ctx, s, out)
		if m.explain != nil {
			m.explain.note(s, out, func(int) float32 { return cleanOdds })
		}
		head, tail := edges(lines)
		for i := range lines {
			l := &lines[i]
			need := l.consent
			if i < head || i > tail {
				need = atEdgeOf[need]
			}
			switch {
			case l.state == dropped && need != noConsent && out[i] <= consentOdds[need]:
				l.Why.overrule(l)
				l.restore()
			case l.open() && out[i] > cleanOdds:
				l.dropAs(s.guess(i), out[i])
			}
		}
		return
	}
	title := headline(lines, s.zone)
	if m.explain != nil {
		m.explain.note(s, out, func(i int) float32 { return max(dirtyOdds, s.need(i, title)) })
	}
	for i := range lines {
		l := &lines[i]
		if !l.open() || out[i] <= dirtyOdds || out[i] <= s.need(i, title) {
			continue
		}
		l.dropAs(s.guess(i), out[i])
	}
}

// need is the log-odds above which a line of a dirty text goes: more for what
// is most likely the article's own.
func (s *surveyor) need(i, title int) float32 {
	l := &s.lines[i]
	inside := i >= s.zone.from && i < s.zone.to
	switch {
	case i == title:
		return titleOdds
	case inside && l.ends && l.sentence():
		return sentenceOdds
	case l.prose:
		return proseOdds
	}
	return dirtyOdds
}

// chunk is how many lines are measured and judged at a time, so that their
// rows stay in the processor's cache.
const chunk = 256

// predict returns the log-odds of all lines. Most are settled by the first
// trees; only the others see all of them.
func (m *Model) predict(ctx context.Context, s *surveyor) []float32 {
	n := len(s.lines)
	size := min(n, chunk)
	out := make([]float32, n+size)
	out, rest := out[:n], out[n:]
	rows := make([]uint8, size*FeatureCount+256)
	unsure := make([]int32, 0, size)
	s.settled = make([]bool, n)
	for from := 0; from < n && ctx.Err() == nil; from += chunk {
		to := min(from+chunk, n)
		clear(rows)
		s.measure(rows, from, to)
		m.first.Predict(rows, FeatureCount, to-from, out[from:])
		unsure = unsure[:0]
		for i := from; i < to; i++ {
			s.settled[i] = out[i] >= settledDrop
			if out[i] > settledKeep && !s.settled[i] {
				// its row moves up, over one that is settled
				copy(rows[len(unsure)*FeatureCount:], rows[(i-from)*FeatureCount:(i-from+1)*FeatureCount])
				unsure = append(unsure, int32(i))
			}
		}
		m.others.Predict(rows, FeatureCount, len(unsure), rest)
		for k, i := range unsure {
			out[i] += rest[k]
		}
	}
	return out
}

// finish adds what the other trees say of lines that the first ones settled as
// residue: enough for a dirty text, but not beyond doubt.
func (m *Model) finish(ctx context.Context, s *surveyor, out []float32) {
	row := make([]uint8, FeatureCount+256)
	var rest [1]float32
	for i := range out {
		if ended(ctx, i) {
			return
		}
		if s.settled[i] {
			clear(row)
			s.measure(row, i, i+1)
			m.others.Predict(row, FeatureCount, 1, rest[:])
			out[i] += rest[0]
		}
	}
}

// dirty tells whether a text holds residue beyond doubt, and paragraphs by
// which what is residue can be known.
func dirty(lines []Line, out []float32) bool {
	sure, named := 0, 0
	for i := range lines {
		if out[i] > sureOdds {
			sure++
			if lines[i].state == dropped {
				named++
			}
		}
	}
	return sure >= minSure && named >= minSureNamed && hasProse(lines)
}

// open tells whether the model may judge the line.
func (l *Line) open() bool { return l.state == open || l.state == trimmed }

func (l *Line) dropAs(kind rules.Kind, odds float32) {
	l.drop(kind, "model", "classify")
	l.Cuts[0].P = 1 - model.Sigmoid(odds)
	l.Cuts[0].Why = l.Why
}

// restore takes back what rules said. The next pass judges the line afresh.
func (l *Line) restore() {
	l.state, l.Cuts, l.known = open, l.Cuts[:0], 0
}

// hasProse tells whether anything would be left that reads like paragraphs:
// without, what is residue cannot be known.
func hasProse(lines []Line) bool {
	for i := range lines {
		if lines[i].prose && lines[i].state != dropped {
			return true
		}
	}
	return false
}

// maxNameGap is how far a line that a rule names lends its kind to others.
const maxNameGap = 6

// guess names what the model removed: by the rule that found the line but had
// no leave to act, or by the last line above that opens a list.
func (s *surveyor) guess(i int) rules.Kind {
	if p := s.lines[i].pending; p != nil {
		return p.Kind
	}
	if j := s.prevH[i]; j >= 0 && i-int(j) <= maxNameGap {
		switch k := kindName(s.named[j].kind); k {
		case "related", "comment", "nav", "share", "tags", "newsletter", "cookie", "footer", "toc", "login", "legal":
			return k
		}
	}
	return "boilerplate"
}
