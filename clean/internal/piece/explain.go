package piece

import (
	"fmt"
	"math"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// An Explainer puts the verdicts of a model in words. It never changes after it was
// made.
type Explainer struct {
	weights *Weights
	trees   *model.Explainer
	screen  *model.Explainer
	phrases *model.Phrases // by feature
}

// NewExplainer explains verdicts of a model.
func NewExplainer(by *Model) (*Explainer, error) {
	said, err := phrasesOf(featureTable[:])
	if err != nil {
		return nil, err
	}
	x := &Explainer{weights: by.weights, trees: model.NewExplainer(by.trees), phrases: model.NewPhrases(said)}
	if by.screen != nil {
		x.screen = model.NewExplainer(by.screen.trees)
	}
	return x, nil
}

// phrasesOf are the words of a table.
func phrasesOf(table []feature) ([]model.Phrase, error) {
	said := make([]model.Phrase, len(table))
	for i, f := range table {
		p, err := model.NewPhrase(f.topic, f.unit, f.words)
		if err != nil {
			return nil, fmt.Errorf("piece: %s: %w", f.name, err)
		}
		said[i] = p
	}
	return said, nil
}

// MaxReasons is how many reasons a verdict is given.
const MaxReasons = 3

// reasonUnits is what it takes to ask all trees about a piece one by one, in units of
// work.Clock.
const reasonUnits = 25_000

// Reasons returns what moved the verdict on each piece of the last Judge most that is
// asked for, the strongest reason first: towards content where the piece stays, else
// towards residue. Weights are below zero towards residue.
func (m *Memory) Reasons(x *Explainer, stays, asked func(i int) bool) [][]model.Reason {
	all := make([][]model.Reason, len(m.pieces))
	var wanted [2]bool // of what goes, of what stays
	for i := range m.pieces {
		if asked(i) {
			wanted[model.Side(stays(i))] = true
		}
	}
	if wanted == [2]bool{} {
		return all
	}
	said := sayings{x: x, m: m}
	sides := model.NewSides(FeatureCount)
	for i := range m.pieces {
		// A piece is set against those of the other side.
		if wanted[1-model.Side(stays(i))] {
			_, moved := said.of(i)
			sides.Add(moved, stays(i))
		}
	}
	for i := range m.pieces {
		if !asked(i) {
			continue
		}
		row, moved := said.of(i)
		sides.Beside(moved, stays(i))
		if m.Clear(i) {
			forget(moved)
		}
		sign := float32(-1)
		if stays(i) {
			sign = 1
		}
		all[i] = x.phrases.Reasons(moved, sign, MaxReasons, func(f int) string {
			p := &x.phrases.List[f]
			return x.phrases.Say(f, row[f], stays(i), func(unit string, v uint8) (s string, always bool) {
				s = say(p, unit, v, stays(i))
				if f == wordingAll && s != "" && !stays(i) {
					return s + m.telling(x.weights, i), false
				}
				return s, true
			})
		})
	}
	return all
}

// sayingPieces is of how many pieces it is kept what the trees say of each feature, half a
// kilobyte a piece: most texts are asked about once, longer ones twice.
const sayingPieces = 1000

// sayings are what the trees say of each feature of pieces that are asked for in order.
type sayings struct {
	x        *Explainer
	m        *Memory
	from, to int // pieces in the memory
}

// said is the memory of sayings: rows, and what their features moved, of the pieces that
// were judged and then of those that were cleared.
type said struct {
	slots []int32 // of each piece
	rows  []uint8
	moved []float32
}

// of is the row of piece i, and what its features added to its log-odds of being content.
func (s *sayings) of(i int) (row []uint8, moved []float32) {
	if i < s.from || i >= s.to {
		s.from, s.to = i, min(i+sayingPieces, len(s.m.pieces))
		s.ask()
	}
	return s.m.said.of(int(s.m.said.slots[i-s.from]))
}

// of are the row in a slot, and what its features moved.
func (s *said) of(slot int) (row []uint8, moved []float32) {
	at := slot * FeatureCount
	return s.rows[at:][:FeatureCount], s.moved[at:][:FeatureCount]
}

func (s *sayings) ask() {
	const room = 8 // behind the rows, for a model that reads so much at once
	n := s.to - s.from
	m, all := s.m, &s.m.said
	all.slots = work.Sized(all.slots, n)
	all.rows, all.moved = work.Sized(all.rows, n*FeatureCount+room), work.Sized(all.moved, n*FeatureCount+model.Room)
	open := 0
	for i := range n {
		if !m.Clear(s.from + i) {
			row, _ := all.of(open)
			m.Row((*[FeatureCount]uint8)(row), s.from+i)
			all.slots[i] = int32(open)
			open++
		}
	}
	slot := open
	for i := range n {
		if m.Clear(s.from + i) {
			m.Clock.Spend(reasonUnits)
			row, moved := all.of(slot)
			m.explainClear(s.x, (*[FeatureCount]uint8)(row), moved, s.from+i)
			all.slots[i] = int32(slot)
			slot++
		}
	}
	for at := 0; at < open; at += model.Together {
		k := min(model.Together, open-at)
		m.Clock.Spend(k * reasonUnits)
		s.x.trees.ExplainRows(&m.batch, all.rows[at*FeatureCount:], k, all.moved[at*FeatureCount:], FeatureCount, settled)
	}
	for f := range all.moved[:n*FeatureCount] {
		all.moved[f] = -all.moved[f] // the trees speak of residue
	}
}

// explainClear fills the row of a piece that was cleared, and what each feature of it added
// to what the screen says.
func (m *Memory) explainClear(x *Explainer, row *[FeatureCount]uint8, moved []float32, i int) {
	var seen [ScreenCount]uint8
	var by [ScreenCount]float32
	m.ScreenRow(&seen, i)
	x.screen.Explain(seen[:], by[:])
	clear(row[:])
	clear(moved)
	for k, c := range screenColumns {
		row[c], moved[c] = seen[k], by[k]
	}
}

// forget takes from what was moved what was not asked of a piece that was cleared.
func forget(moved []float32) {
	from := int32(0)
	for _, r := range &screenRanges {
		clear(moved[from:r.from])
		from = r.to
	}
	clear(moved[from:])
}

// telling is the word or the two words of piece i that speak most for residue, to be put
// behind what is said of all its words.
func (m *Memory) telling(t *Weights, i int) string {
	const longest = 40 // bytes
	words := m.wordsOf(i)
	words = words[:min(len(words), maxTokenWords)]
	best, found := float32(0), ""
	look := func(h uint32, from, to int32) {
		v := float32(t.table[h>>(32-t.bits)]) * t.scale
		if text := m.text[from:to]; v > best && len(text) <= longest && !strings.ContainsAny(text, "\n\r") {
			best, found = v, text
		}
	}
	for k := range words {
		w := &words[k]
		if w.is&ideograph != 0 {
			if k+1 < len(words) && words[k+1].is&ideograph != 0 {
				look(mix(tokenIdeo, w.hash, words[k+1].hash), w.from, words[k+1].to)
			}
			continue
		}
		look(mix(tokenWord, w.hash, 0), w.from, w.to)
		if k > 0 && words[k-1].is&ideograph == 0 {
			look(mix(tokenPair, words[k-1].hash, w.hash), words[k-1].from, w.to)
		}
	}
	if p := &m.pieces[i]; found == "" || found == m.text[p.Start:p.End] {
		return ""
	}
	return ", such as “" + found + "”"
}

// say puts values of this step's own units in words. What words say is a reason only
// for a verdict in their direction.
func say(p *model.Phrase, unit string, v uint8, stays bool) string {
	switch unit {
	case "border":
		return borderNames[v]
	case "sign":
		return signNames[v]
	case "level":
		return levelNames[v]
	case "lean":
		if v > leanZero == stays {
			return ""
		}
		return leaning((float64(v) - leanZero) / leanStep)
	case "chance":
		if v > shareMax/2 == stays {
			return ""
		}
		return fmt.Sprintf("%.2f", float64(v)/shareMax)
	case "share":
		if v == 0 && p.Zero != "" {
			return ""
		}
		return fmt.Sprintf("%.2f", float64(v)/shareMax)
	case "half":
		return fmt.Sprintf("%.1f", float64(v)/2)
	case "near":
		if v >= farAway {
			return ""
		}
		return fmt.Sprint(v)
	case "beside":
		switch {
		case v > besideZero && !stays:
			return "more like residue"
		case v < besideZero && stays:
			return "more like content"
		}
	}
	return ""
}

// leaning says what log-odds of being residue mean.
func leaning(odds float64) string {
	share := 1 / (1 + math.Exp(-odds))
	switch {
	case odds < 0:
		return fmt.Sprintf("of content elsewhere (%.2f)", 1-share)
	case odds > 0:
		return fmt.Sprintf("of residue elsewhere (%.2f)", share)
	}
	return ""
}

// Values in words.
var (
	borderNames = [...]string{Edge: "the edge of the text", Blank: "a blank line", LineEnd: "a line end", Sentence: "the end of a sentence",
		Seam: "a seam of texts that were glued together", Opener: "words that open or close a notice", Hole: "a gap or a divider",
		Capitals: "a border of capitals", Repeat: "a border of what stands twice", Silent: "a seam that nothing marks"}
	signNames = [...]string{0: "", signEnd: "the end of a sentence", signColon: "a colon", signComma: "a comma", signBracket: "a closing bracket",
		signQuote: "a quotation mark", signOther: "another sign"}
	levelNames = [...]string{0: "", NamesPart: "names a part of", MayName: "may name", Names: "names"}
)
