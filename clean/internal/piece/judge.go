package piece

import (
	_ "embed"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// A Model knows residue by the words, shape and place of a piece, by the pieces around
// it and by what rules say. It never changes after it was made and may be used by many
// goroutines.
type Model struct {
	trees   *model.Ensemble
	weights *Weights
	screen  *Screen
}

// NewModel reads a model, its table of weights and its screen, without which, if nil, every
// piece is asked about. It refuses a model that was trained on other features.
func NewModel(trees, weights, screen []byte) (*Model, error) {
	e, err := model.Load(trees)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(e.Info.Features, FeatureNames()) {
		return nil, errors.New("piece: the model was trained on other features: train it again")
	}
	w, err := LoadWeights(weights)
	if err != nil {
		return nil, err
	}
	by := &Model{trees: e, weights: w}
	if screen != nil {
		if by.screen, err = LoadScreen(screen); err != nil {
			return nil, err
		}
	}
	return by, nil
}

// Screen is what clears pieces before the model is asked, nil if nothing does.
func (m *Model) Screen() *Screen { return m.screen }

// Judge returns the log-odds of being residue of each piece of the last Split, up to
// the next call. signals are what rules say of them. Of pieces that were cleared, they
// are what the screen says.
func (m *Memory) Judge(by *Model, signals []Signal) []float32 {
	m.odds = work.Sized(m.odds, len(m.pieces))
	if m.allClear() {
		m.look()
		copy(m.odds, m.screened)
		m.works.read = false
		return m.odds
	}
	m.Read(by.weights, signals)
	m.room()
	batch := m.asked[:0] // pieces of the next rows
	for i := range m.pieces {
		if m.Clear(i) {
			m.odds[i] = m.screened[i]
		} else {
			m.Row((*[FeatureCount]uint8)(m.rows[len(batch)*FeatureCount:]), i)
			batch = append(batch, int32(i))
		}
		if n := len(batch); n == model.Together || n > 0 && i+1 == len(m.pieces) {
			m.Clock.Step()
			var odds [model.Together]float32
			by.trees.PredictPlain(&m.batch, m.rows, FeatureCount, n, odds[:n], settled)
			for k, j := range batch {
				m.odds[j] = odds[k]
			}
			batch = batch[:0]
		}
	}
	m.asked = batch
	return m.odds
}

// settled are the pieces that the first trees settle. Out of fold, these settle seven in ten
// of the article's pieces that the screen did not clear, with one in 2,000 of those of
// residue to which all trees give .4 and more; their log-odds by all trees are on average
// 1.75 times those by the first.
var settled = model.Plain{First: 48, Sure: -1.5, Scale: 1.75}

// allClear reports whether all pieces were cleared.
func (m *Memory) allClear() bool {
	return len(m.clear) > 0 && !slices.Contains(m.clear, false)
}

// room makes room for rows.
func (m *Memory) room() {
	if m.rows == nil {
		m.rows = make([]uint8, model.Together*FeatureCount+256)
	}
}

// Odds are the log-odds of piece i, after Judge.
func (m *Memory) Odds(i int) float32 { return m.odds[i] }

// InTable reports whether piece i stands in a table: its paragraph looks like a row of
// one.
func (m *Memory) InTable(i int) bool { return m.around.tables[m.pieces[i].Para] }

// Prose reports whether piece i reads like a sentence of an article.
func (m *Memory) Prose(i int) bool { return m.owns[i].prose }

// Words is how many words piece i has; two characters of a script without spaces are
// one.
func (m *Memory) Words(i int) int {
	p := &m.pieces[i]
	q := &m.paras[p.Para]
	halves := 0
	for k := m.wordAt(q, p.Start); k < q.lastWord && int(m.words[k].from) < p.End; k++ {
		if halves += 2; m.words[k].is&ideograph != 0 {
			halves--
		}
	}
	return (halves + 1) / 2
}

// kindOfConcept are the kinds of what the model removes, by what most of its words are
// about.
var kindOfConcept = func() (kinds [maxConcepts]rules.Kind) {
	for name, kind := range map[string]rules.Kind{
		"subscribe": "newsletter", "newsletter": "newsletter", "account": "login", "login": "login", "password": "login",
		"share": "share", "network": "share", "follow": "follow", "photo": "caption", "rights": "copyright", "report": "contributor",
		"cookie": "cookie", "ad": "ad", "comment": "comment", "donate": "donate", "app": "app", "download": "app", "buy": "cta",
		"popular": "related", "related": "related", "service": "footer", "source": "credit", "location": "tags", "read": "readmore",
	} {
		kinds[conceptNamed(name)] = kind
	}
	return kinds
}()

// Kind is what the words of piece i make it, "" if they do not tell.
func (m *Memory) Kind(i int) rules.Kind {
	best, kind := uint8(0), rules.Kind("")
	for c, n := range m.owns[i].row[atConcepts : atConcepts+maxConcepts] {
		if k := kindOfConcept[c]; n > best && k != "" {
			best, kind = n, k
		}
	}
	return kind
}

//go:embed data/piece.model
var modelData []byte

//go:embed data/piece.weights
var weightsData []byte

// Load returns the embedded model. It is read once.
func Load() (*Model, error) { return load() }

var load = sync.OnceValues(func() (*Model, error) { return NewModel(modelData, weightsData, screenData) })

// maxKept bounds the memory that is kept for the next text: words.
const maxKept = 1 << 15

// Forget forgets the text, and gives up what takes too much memory to be kept.
func (m *Memory) Forget() {
	if cap(m.words) > maxKept || m.Clock.Err() != nil {
		*m = Memory{}
		return
	}
	m.Newlines = false
	m.Clock, m.text, m.signals, m.old, m.copies, m.recurs.site = nil, "", nil, nil, nil, nil
	m.recurs.reader.Forget()
	m.pieces, m.words, m.paras = m.pieces[:0], m.words[:0], m.paras[:0]
}

// ResidueShare is the share of the words of the text that the model expects to be
// residue, after Judge.
func (m *Memory) ResidueShare() float32 {
	all, residue := float32(1), float32(0)
	for i := range m.pieces {
		w := float32(m.owns[i].halves)
		all += w
		residue += w * model.Sigmoid(m.odds[i])
	}
	return residue / all
}

// A Doubt is a reason not to follow the model at once: pieces of some places and shapes
// are the article's own more often than it believes.
type Doubt uint8

// Doubts.
const (
	None       Doubt = iota
	Opening          // it opens the text: a headline, as likely
	Repeated         // it is what stands elsewhere in the text, too: a name, a refrain
	Listed           // in a long run of short pieces: cells, items
	Figures          // among numbers and years: cells, references
	Item             // of a list
	Linked           // a sentence with the address of a Markdown link in it
	Among            // a sentence beside prose, in one paragraph with it
	Whole            // a sentence that is a paragraph
	Bare             // nothing in the text reads like a sentence, by which residue could be known
	Few              // the text has but a few pieces by which it could be judged
	Alone            // it is the whole text
	Subhead          // a short line behind prose that no rule names, before prose or figures
	Data             // in a table whose cells stand one a line, or a formula
	Cited            // in a list of works that are cited
	Enumerated       // in a list between two paragraphs of prose
	Filler           // made of the words that stand in for a text
)

// Bounds of what is in doubt.
const (
	longRun     = 8
	fewPieces   = 4
	manyYears   = 20 // of the pieces around, in 63rds
	manyFigures = 6  // of the text around, in 63rds
)

// Doubt is the doubt about piece i, after Judge.
func (m *Memory) Doubt(i int) Doubt {
	p := &m.pieces[i]
	var row [FeatureCount]uint8
	m.aroundRow(&row, i)
	switch {
	case len(m.pieces) == 1:
		return Alone
	case m.around.bare:
		return Bare
	case len(m.pieces) <= fewPieces:
		return Few
	case m.inData(i):
		return Data
	case m.cited(i), m.referred(i):
		return Cited
	case m.filler(i):
		return Filler
	case m.enumerated(i):
		return Enumerated
	case m.isItem(i) && (m.isItem(i-1) || m.isItem(i+1)):
		return Item
	case m.subhead(i):
		return Subhead
	case row[aroundYears] > manyYears, row[aroundDigits] > manyFigures:
		return Figures
	case m.linked(i):
		return Linked
	case i == 0:
		return Opening
	case p.Left == Repeat || p.Right == Repeat:
		return Repeated
	case m.among(i):
		return Among
	case m.stands(i):
		return Whole
	case m.around.runs[i].to-m.around.runs[i].from >= longRun:
		return Listed
	}
	return None
}

// among reports whether piece i is a sentence in one paragraph with prose beside it, or a
// short one beside a whole sentence, from which no more parts it than from any sentence.
func (m *Memory) among(i int) bool {
	const least = 4 // words
	p, o := &m.pieces[i], &m.owns[i]
	if !o.ends || o.halves < 2*least || p.Count < 2 {
		return false
	}
	if p.Left > Sentence && !(p.Left == Seam && m.owns[i-1].ends) || p.Right > Seam {
		return false
	}
	whole := func(o *own) bool {
		return o.prose || o.ends && o.halves >= 2*sentenceWords && m.owns[i].halves < 2*sentenceWords
	}
	return p.Index > 0 && whole(&m.owns[i-1]) || p.Index+1 < p.Count && whole(&m.owns[i+1])
}

// stands reports whether piece i is a sentence in a paragraph of its own.
func (m *Memory) stands(i int) bool {
	return m.pieces[i].Count == 1 && m.owns[i].ends && m.owns[i].halves >= 2*sentenceWords
}

// linked reports whether piece i holds the address of a Markdown link.
func (m *Memory) linked(i int) bool {
	for _, w := range m.wordsOf(i) {
		if w.is&address != 0 && m.text[w.from] == '(' {
			return true
		}
	}
	return false
}

// subhead reports whether piece i may be a heading within the article: behind prose, and
// before more of it or before figures; or marked as one, before a sentence.
func (m *Memory) subhead(i int) bool {
	p, o := &m.pieces[i], &m.owns[i]
	if i == 0 || i+1 == len(m.pieces) || p.Count > 1 || o.ends || o.halves > 2*subheadWords || m.signal(i).Level >= MayName {
		return false
	}
	next := &m.owns[i+1]
	if marked(m.text[p.Start:p.End]) && next.ends && m.signal(i+1).Level < MayName {
		return true
	}
	return m.owns[i-1].prose && (next.prose || next.digits > 0 && m.signal(i+1).Level < MayName && next.chance < .5) && !m.opensSmall(i)
}

// marked reports whether a piece is written as a heading of Markdown.
func marked(s string) bool {
	text := strings.TrimLeft(s, "#")
	n := len(s) - len(text)
	return n >= 1 && n <= 6 && strings.HasPrefix(text, " ")
}

// subheadWords is how many words a heading has at most.
const subheadWords = 12

// isItem reports whether piece i opens like an item of a list.
func (m *Memory) isItem(i int) bool {
	return i >= 0 && i < len(m.pieces) && item(m.text[m.pieces[i].Start:m.pieces[i].End])
}

// Wrapped reports whether the lines of the text were wrapped at a fixed width.
func (m *Memory) Wrapped() bool { return m.width > 0 }

// Nameless reports whether there is no word of two letters in piece i.
func (m *Memory) Nameless(i int) bool { return m.owns[i].names == 0 }
