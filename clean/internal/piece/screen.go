package piece

import (
	_ "embed"
	"errors"
	"slices"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// Most pieces of a text are plain prose. A screen, a small model that needs neither rules
// nor the weights of words, clears them: they stay, and what costs the most is done for the
// others alone (a cascade, as in Viola and Jones, Rapid Object Detection using a Boosted
// Cascade of Simple Features, CVPR 2001).

// clearOdds are the log-odds of being residue up to which a piece is cleared.
const clearOdds = -4

// screenColumns are the columns of a row that the screen looks at: those that look fills.
var screenColumns = func() (columns []int) {
	for _, r := range screenRanges {
		for c := r.from; c < r.to; c++ {
			columns = append(columns, int(c))
		}
	}
	return columns
}()

var screenRanges = [...]span{{0, wordingAll}, {borderLeft, runLean}, {nextNear, sharedRest}, {repeatWhole, ruleText}}

// ScreenCount is how many bytes a row of the screen has.
const ScreenCount = wordingAll + runLean - borderLeft + sharedRest - nextNear + ruleText - repeatWhole

// ScreenNames returns the name of each of them.
func ScreenNames() []string {
	names := make([]string, 0, ScreenCount)
	for _, c := range screenColumns {
		names = append(names, featureTable[c].name)
	}
	return names
}

// ScreenRow fills the row of piece i of the last Split.
func (m *Memory) ScreenRow(row *[ScreenCount]uint8, i int) {
	m.look()
	var all [FeatureCount]uint8
	m.placeRow(&all, i)
	at := 0
	for _, r := range &screenRanges {
		at += copy(row[at:], all[r.from:r.to])
	}
}

// A Screen clears pieces that are plainly the article's. It never changes after it was made
// and may be used by many goroutines.
type Screen struct{ trees *model.Ensemble }

// LoadScreen reads a screen. It refuses one that was trained on other features.
func LoadScreen(trees []byte) (*Screen, error) {
	e, err := model.Load(trees)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(e.Info.Features, ScreenNames()) {
		return nil, errors.New("piece: the screen was trained on other features: train it again")
	}
	return &Screen{e}, nil
}

// Screen asks which pieces of the last Split are plainly the article's, before Judge or
// Read. What other texts of the site hold is never cleared.
func (m *Memory) Screen(by *Screen) {
	m.look()
	if m.recurs.site != nil {
		m.ReadRecurring()
	}
	n := len(m.pieces)
	m.clear, m.screened = work.Sized(m.clear, n), work.Sized(m.screened, n)
	m.room()
	for from := 0; from < n; from += model.Together {
		m.Clock.Step()
		k := min(model.Together, n-from)
		for i := range k {
			m.ScreenRow((*[ScreenCount]uint8)(m.rows[i*ScreenCount:]), from+i)
		}
		by.trees.Predict(&m.batch, m.rows, ScreenCount, k, m.screened[from:from+k])
	}
	for i := range n {
		m.clear[i] = m.screened[i] <= clearOdds && !m.opensCall(i) && !(m.recurs.site != nil && m.Recurs(i))
		o := &m.owns[i]
		o.lean, o.chance = m.screened[i], model.Sigmoid(m.screened[i])
	}
}

// opensCall reports whether piece i opens like a notice or with a word of a call: a rule may
// cut it off the sentence to which it was glued.
func (m *Memory) opensCall(i int) bool {
	const first = 8 // words
	if m.owns[i].row[shapeOpener] != 0 {
		return true
	}
	words := m.wordsOf(i)
	for k := range words[:min(len(words), first)] {
		if c := words[k].about; c != noConcept && calling[c] {
			return true
		}
	}
	return false
}

// calling are the concepts of words with which calls to readers begin.
var calling = func() (is [maxConcepts]bool) {
	for _, name := range [...]string{"subscribe", "newsletter", "account", "login", "share", "follow", "cookie", "ad", "comment", "donate", "app"} {
		is[conceptNamed(name)] = true
	}
	return is
}()

// Clear reports whether piece i was cleared.
func (m *Memory) Clear(i int) bool { return len(m.clear) > 0 && m.clear[i] }

// Named reports whether a rule names piece i, after Read.
func (m *Memory) Named(i int) bool { return m.signal(i).Level >= MayName }

// Suspect takes back that piece i was cleared.
func (m *Memory) Suspect(i int) {
	if len(m.clear) > 0 {
		m.clear[i] = false
	}
}

// A Look is what is known of a piece without rules.
type Look struct {
	Words      int32 // characters of scripts without spaces are words
	Functions  int32 // function words
	Capitals   int32 // words that open with a capital
	Uppers     int32 // words all in capitals
	Ideographs int32 // characters of scripts without spaces
	Stops      int32 // ends of sentences within it
	Ends       bool  // it ends like a sentence
}

// Look is what piece i looks like.
func (m *Memory) Look(i int) Look {
	m.look()
	o := &m.owns[i]
	n := o.to - o.from
	return Look{
		Words: n, Functions: o.functions, Capitals: o.capitals, Uppers: o.uppers, Ideographs: 2*n - o.halves,
		Stops: int32(o.row[shapeSentences]), Ends: o.ends,
	}
}

// stemLeast is how many letters a word has at least whose beginning says something.
const stemLeast = 4

// Stems appends the hashes of the beginnings of the longer words of piece i.
func (m *Memory) Stems(to []uint32, i int) []uint32 {
	m.look()
	for _, w := range m.wordsOf(i) {
		switch {
		case w.letters < stemLeast:
		case w.stem != 0:
			to = append(to, w.stem)
		default:
			to = append(to, w.hash)
		}
	}
	return to
}

// weighAll fills what words say of the pieces that were not cleared; of the others, what the
// screen says stands for it.
func (m *Memory) weighAll(weights *Weights) {
	for i := range m.pieces {
		m.Clock.Step()
		if !m.Clear(i) {
			m.weigh(i, weights)
		}
	}
}

//go:embed data/screen.model
var screenData []byte
