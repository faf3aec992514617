package line

import (
	_ "embed"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
)

//go:embed data/line.model
var modelData []byte

//go:embed data/line.odds
var oddsData []byte

// A Model knows residue that no rule names by a line's shape, words, place and
// neighbours. It never changes after it was made and may be used by many
// goroutines.
type Model struct {
	trees   *model.Ensemble
	odds    *Odds
	explain *explainer // nil unless reasons are asked for
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
	o, err := model.LoadOdds(odds)
	if err != nil {
		return nil, err
	}
	return &Model{trees: e, odds: o}, nil
}

// Rows lets the rules judge lines and measures them as the model sees them,
// FeatureCount bytes a line; for training.
func Rows(lines []Line, set *rules.Set, odds *Odds) []uint8 {
	var m Memory
	m.begin(&Model{odds: odds}, set, "")
	m.judge(lines)
	rows := make([]uint8, len(lines)*FeatureCount+256)
	s := &m.predict.around
	s.read(nil, lines, &m.measure)
	for i := range lines {
		s.measure((*[FeatureCount]uint8)(rows[i*FeatureCount:]), i)
	}
	return rows
}

// logit is the inverse of the sigmoid.
func logit(p float64) float32 { return float32(math.Log(p / (1 - p))) }

var (
	sureOdds     = logit(sureResidue)
	dirtyOdds    = logit(dirtyThreshold)
	mixedOdds    = logit(mixedThreshold)
	proseOdds    = logit(proseThreshold)
	cleanOdds    = logit(cleanThreshold)
	never        = float32(math.Inf(1))
	sentenceOdds = logit(sentenceThreshold)
	titleOdds    = logit(titleThreshold)
	gluedOdds    = logit(gluedThreshold)
	foulOdds     = logit(foulConsent)
	consentOdds  = [...]float32{plainly: logit(plainConsent), inCapitals: logit(capitalsConsent), atEdge: logit(edgeConsent), within: logit(innerConsent),
		placeEdge: logit(placeEdgeConsent), byPlace: logit(placeConsent)}
	atEdgeOf = [...]uint8{noConsent: noConsent, plainly: plainly, inCapitals: inCapitals, atEdge: atEdge, within: atEdge, placeEdge: placeEdge, byPlace: placeEdge}
)

// Rules that need the model's consent in a clean text, by how much of it.
const (
	noConsent  uint8 = iota // what is dropped stays so
	plainly                 // the kind has no place in a text
	inCapitals              // the line opens in capitals: READ MORE
	atEdge                  // the line is at the text's edge
	within                  // it is within the text
	placeEdge               // as the next one, the line is at the text's edge
	byPlace                 // the rule acts by place, or knows how the line opens
)

// askModel drops the lines the model calls residue. A text in which it is sure of
// few lines, or rules name few, is taken for clean: there only what is beyond
// doubt goes, and rules need the model's consent, for their words may be the
// text's own. A text in which rules find nothing is not looked at.
func (m *Memory) askModel(lines []Line) {
	named := 0
	for i := range lines {
		m.Clock.Step()
		if lines[i].state == dropped {
			named++
		}
	}
	if named == 0 {
		return
	}
	p := &m.predict
	p.begin(m, lines)
	s := &p.around
	if p.dirty() {
		title, base := headline(lines, s.zone), p.base()
		p.note(func(i int) float32 { return max(base, s.need(i, title)) })
		for i := range lines {
			m.Clock.Step()
			l := &lines[i]
			if l.open() && p.out[i] > base && p.out[i] > s.need(i, title) {
				l.dropAs(s.guess(i), p.out[i])
			}
		}
		p.menus()
		return
	}
	head, tail := edges(m.Clock, lines)
	before, after := p.foul()
	p.note(func(i int) float32 {
		if lines[i].words > maxModelWords {
			return never
		}
		return cleanOdds
	})
	for i := range lines {
		m.Clock.Step()
		l := &lines[i]
		need := l.consent
		switch {
		case need == noConsent:
		case i < s.zone.from && before || i >= s.zone.to && after:
			need = min(need, inCapitals)
		case i < head || i > tail:
			need = atEdgeOf[need]
		}
		switch {
		case l.state == dropped && need != noConsent && p.out[i] <= consentOdds[need]:
			l.Why.overrule(l)
			l.restore()
		case l.open() && l.words <= maxModelWords && p.out[i] > cleanOdds:
			l.dropAs(s.guess(i), p.out[i])
		}
	}
}

// base is the log-odds above which any line of a dirty text goes: more when
// most lines are the article's, as in what came through an extractor.
func (p *predictor) base() float32 {
	sure := 0
	for i := range p.around.lines {
		p.clock.Step()
		if p.around.lines[i].state == dropped || p.out[i] > sureOdds {
			sure++
		}
	}
	if float64(sure) < mixedShare*float64(len(p.around.lines)) {
		return mixedOdds
	}
	return dirtyOdds
}

// foul reports whether there is residue no author would write before and after
// the paragraphs: what rules name beside it is residue, too.
func (p *predictor) foul() (before, after bool) {
	s := &p.around
	for i := range s.lines {
		p.clock.Step()
		l := &s.lines[i]
		if l.state == dropped && l.consent <= inCapitals && p.out[i] > foulOdds {
			before = before || i < s.zone.from
			after = after || i >= s.zone.to
		}
	}
	return before, after
}

// need is the log-odds above which a line of a dirty text goes: more for what
// is most likely the article's own.
func (s *surroundings) need(i, title int) float32 {
	l := &s.lines[i]
	inside := i >= s.zone.from && i < s.zone.to
	switch {
	case l.words > maxModelWords, inside && numberSigns(l.Text):
		return never
	case i == title:
		return titleOdds
	case inside && l.ends && (l.sentence() || bullet(l.Text)), s.bare && l.passage():
		return sentenceOdds
	case l.prose, l.words >= proseWords && l.stops > 0: // it may end oddly
		return proseOdds
	case s.glued(i):
		return gluedOdds
	}
	return dirtyOdds
}

// glued reports whether line i is a piece of a longer one.
func (s *surroundings) glued(i int) bool {
	return s.lines[i].Glued || i+1 < len(s.lines) && s.lines[i+1].Glued
}

// numberSigns reports whether a line is a heading in Markdown.
func numberSigns(text string) bool {
	rest := strings.TrimLeft(text, "#")
	return len(rest) < len(text) && len(text)-len(rest) <= 6 && strings.HasPrefix(rest, " ")
}

// A predictor asks the model about lines of one text, and only about those on
// which something hangs.
type predictor struct {
	clock  *work.Clock
	model  *Model
	around surroundings
	out    []float32 // log-odds, 0 where nothing was asked
	rows   []uint8
	batch  model.Batch
	part   [chunk]float32
	list   [chunk]int32
}

// begin readies the predictor for the lines of m.
func (p *predictor) begin(m *Memory, lines []Line) {
	p.clock, p.model = m.Clock, m.model
	p.around.read(m.Clock, lines, &m.measure)
	p.out = work.Zeroed(p.out, len(lines))
}

// forget makes the predictor ready for another text.
func (p *predictor) forget() {
	if cap(p.around.index) > maxKeptTokens || p.around.shared.counts.Cap() > 4*maxKeptTokens {
		*p = predictor{}
	}
	p.model, p.around.lines, p.around.by = nil, nil, nil
}

// chunk is how many lines are measured and judged at a time.
const chunk = model.Together

// dirty reports whether the text holds residue beyond doubt, and paragraphs by
// which what is residue can be known. Of the lines that rules drop a few are
// looked at first, for they mostly settle it: together with open ones, as a chunk
// takes nearly the same time however few lines are in it.
func (p *predictor) dirty() bool {
	lines := p.around.lines
	prose := p.around.prose()
	n, next := p.dropped(0)
	few, named, sure := n, 0, 0
	for i := range lines {
		p.clock.Step()
		l := &lines[i]
		if !l.open() || l.prose && i >= p.around.zone.from && i < p.around.zone.to {
			continue // a paragraph among others stays
		}
		p.list[n] = int32(i)
		if n++; n == chunk {
			p.ask(n, few)
			named, sure = named+p.sure(0, few), sure+p.sure(few, n)
			n, few = 0, 0
		}
	}
	p.ask(n, few)
	named, sure = named+p.sure(0, few), sure+p.sure(few, n)
	for next < len(lines) && (named < minSure || !prose) {
		n, next = p.dropped(next)
		p.ask(n, n)
		named += p.sure(0, n)
	}
	return prose && named+sure >= minSure && named >= minSureNamed
}

// dropped makes the list of the next lines from from on that rules drop, and
// returns how many they are and where to go on.
func (p *predictor) dropped(from int) (n, next int) {
	lines := p.around.lines
	for next = from; next < len(lines) && n < minSure*2; next++ {
		p.clock.Step()
		if lines[next].state == dropped {
			p.list[n] = int32(next)
			n++
		}
	}
	return n, next
}

// ask fills the log-odds of the first n lines of the list. Those from whole on
// are settled when the first trees call them content beyond doubt.
func (p *predictor) ask(n, whole int) {
	if n == 0 {
		return
	}
	if p.rows == nil {
		p.rows = make([]uint8, chunk*FeatureCount+256)
	}
	for k, i := range p.list[:n] {
		p.around.measure((*[FeatureCount]uint8)(p.rows[k*FeatureCount:]), int(i))
	}
	settled := whole < n
	if settled {
		p.model.trees.PredictSome(&p.batch, p.rows, FeatureCount, n, p.part[:], firstTrees, settledKeep)
		settled = whole == 0 || slices.Min(p.part[:whole]) >= settledKeep
	}
	if !settled {
		p.model.trees.Predict(&p.batch, p.rows, FeatureCount, whole, p.part[:])
	}
	for k, i := range p.list[:n] {
		p.out[i] = p.part[k]
	}
}

// sure counts the lines from..to-1 of the list of which the model is sure that
// they are residue.
func (p *predictor) sure(from, to int) (n int) {
	for _, i := range p.list[from:to] {
		if p.out[i] > sureOdds {
			n++
		}
	}
	return n
}

// open reports whether the model may judge the line.
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

// prose reports whether anything would be left that reads like paragraphs, or at
// least a passage: without, what is residue cannot be known.
func (s *surroundings) prose() bool {
	s.bare = false
	for i := range s.lines {
		l := &s.lines[i]
		if l.state == dropped {
			continue
		}
		if l.prose {
			s.bare = false
			return true
		}
		s.bare = s.bare || l.passage()
	}
	return s.bare
}

// passage reports whether a line is long and of several sentences: prose, though
// it ends oddly or in a language whose function words are not known.
func (l *Line) passage() bool { return l.words >= passageWords && l.stops > 0 }

// maxNameGap is how far a line that a rule names lends its kind to others.
const maxNameGap = 6

// guess names what the model removed: by the rule that found the line but had
// no leave to act, or by the last line above that opens a list.
func (s *surroundings) guess(i int) rules.Kind {
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
