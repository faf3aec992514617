package line

import (
	_ "embed"
	"fmt"
	"math"

	"github.com/winnowtext/winnow/clean/internal/model"
)

//go:embed data/phrases.txt
var phraseData string

// Why is what the model said of a line, kept when reasons are asked for.
type Why struct {
	P         float32 // its probability of being content
	Threshold float32 // the line stays from this probability on
	Reasons   []model.Reason
	// Unasked lines are paragraphs among others: they stay, whatever P is.
	Unasked bool
	// Rule is the id of a rule that named the line and was overruled.
	Rule string
}

// overrule notes that the model does not follow the rule that dropped a line.
func (w *Why) overrule(l *Line) {
	if w != nil && len(l.Cuts) > 0 {
		w.Rule = l.Cuts[0].Rule
	}
}

// explainer puts the model's verdicts in words.
type explainer struct {
	trees   *model.Explainer
	phrases []model.Phrase // by feature
}

// Explaining returns a model that gives its reasons in Line.Why and Cut.Why.
func (m *Model) Explaining() (*Model, error) {
	all, err := model.ParsePhrases(phraseData)
	if err != nil {
		return nil, fmt.Errorf("line: %w", err)
	}
	x := &explainer{trees: model.NewExplainer(m.trees)}
	for _, name := range FeatureNames() {
		x.phrases = append(x.phrases, all[name]) // a test wants one for each
	}
	out := *m
	out.explain = x
	return &out, nil
}

// note keeps, when reasons are asked for, why the model judges lines as it does;
// limit is that for residue above which a line goes. Lines it was not
// asked about stay, whatever it would say.
func (p *predictor) note(limit func(i int) float32) {
	x, s := p.model.explain, &p.around
	if x == nil {
		return
	}
	row := make([]uint8, FeatureCount+256)
	moved := make([]float32, x.trees.Features())
	explain := func(i int) (odds float32) {
		const explainUnits = 50_000
		p.clock.Spend(explainUnits)
		s.measure((*[FeatureCount]uint8)(row), i)
		return x.trees.Explain(row, moved)
	}
	goes := func(i int) bool { return p.out[i] > limit(i) }
	sides := model.NewSides(len(moved))
	for i := range s.lines {
		explain(i)
		sides.Add(moved, s.lines[i].state == kept || s.lines[i].open() && !goes(i))
	}
	for i := range s.lines {
		l := &s.lines[i]
		if l.state == kept {
			continue
		}
		top, unasked := limit(i), p.out[i] == 0
		if unasked || top == never {
			top = unaskedOdds
		}
		w := &Why{P: 1 - model.Sigmoid(explain(i)), Threshold: 1 - model.Sigmoid(top), Unasked: unasked}
		sides.Beside(moved, !goes(i))
		sign := float32(-1)
		if goes(i) {
			sign = 1
		}
		w.Reasons = model.Reasons(moved, x.phrases, sign, MaxReasons, func(f int) string {
			return x.phrases[f].Say(row[f], sayUnit)
		})
		for k := range w.Reasons {
			w.Reasons[k].Weight *= -1 // as for blocks: below zero towards residue
		}
		l.Why = w
	}
}

// unaskedOdds stand for the limit of lines that stay unasked or are too long to
// go: next to certain.
var unaskedOdds = logit(1 - 1e-6)

// MaxReasons is how many reasons a verdict is given.
const MaxReasons = 3

// sayUnit puts values of this step's own units in words.
func sayUnit(unit string, v uint8) string {
	switch unit {
	case "odds":
		return oddsWords(float64(int(v)-128) / model.OddsStep)
	case "odds4":
		return oddsWords(float64(int(v)-128) / model.OddsStep * 4)
	case "sign":
		if v > 0 && int(v) < len(signNames) {
			return signNames[v]
		}
	case "level":
		if int(v) < len(levelNames) {
			return levelNames[v]
		}
	case "kind":
		if v > 0 && v < math.MaxUint8 {
			return string(kindName(v))
		}
	}
	return ""
}

// oddsWords says what log-odds of being residue mean.
func oddsWords(odds float64) string {
	share := 1 / (1 + math.Exp(-odds))
	if odds < 0 {
		return fmt.Sprintf("content elsewhere (%.2f)", 1-share)
	}
	if odds > 0 {
		return fmt.Sprintf("residue elsewhere (%.2f)", share)
	}
	return ""
}

// signNames are the signs of lastSign in words, levelNames how sure rules are.
var (
	signNames = [...]string{"", "the end of a sentence", "a colon", "a divider", "a quotation mark", "a closing bracket",
		"an opening bracket", "a comma", "a dash", "an equals sign", "an @", "another sign"}
	levelNames = [...]string{"no rule names it", "a rule names a piece of it", "a rule may name it", "a rule names it"}
)
