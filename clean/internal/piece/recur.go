package piece

import (
	_ "embed"
	"errors"
	"math"
	"slices"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/work"
	"github.com/winnowtext/winnow/clean/memory"
)

// A recurrence is what other texts of the site hold of a text.
type recurrence struct {
	site      *memory.Site // nil: nothing is known of others
	reader    memory.Reader
	words     []memory.Word
	texts     int     // that there are
	often     float32 // in so many of them stands what comes often
	stretches []span  // of the text, that come again, in order
	long      []bool  // which of them have many words
	shares    []recurs
	upTo      []int32 // words that come often before each piece, and all
	rows      []uint8
	odds      []float32
}

// recurs is what is known of the words of a piece, in how many other texts a run of
// words around them stands.
type recurs struct {
	from, to           int32 // of recurrence.words
	least, median      int32
	most               int32
	few, some, many    int32 // words in so many texts and more
	inside, insideMost int32 // words of runs that lie within the piece and come often, and the most texts with one
	before, after      int32 // of the word before the piece and of that behind it
}

// What comes often stands in so many other texts, and in so large a share of them.
const (
	oftenTexts = 5
	oftenShare = .02
	fewTexts   = 3
)

// Bounds of a border that memory draws.
const (
	borderTexts  = 4 // texts that hold what begins or ends there
	borderSteps  = 3 // the count of a word is so many times that of the one beside it
	borderWords  = 5 // of a stretch
	longWords    = 10
	tornWords    = 10 // of a notice within a sentence
	tornSmall    = 25 // the same of one that begins with a small letter
	betweenWords = 4  // that change within a notice
)

// Recall has the next texts compared with others of their site, none where s is nil.
func (m *Memory) Recall(s *memory.Site) { m.recurs.site = s }

// Recalls reports whether others of the site of the text are known.
func (m *Memory) Recalls() bool { return m.recurs.site != nil }

// readRecurring finds what of the text others hold, and where that begins and ends.
func (m *Memory) readRecurring() {
	r := &m.recurs
	r.words, r.texts = r.reader.Read(r.site, m.text, m.Clock.Step)
	r.often = max(oftenTexts, oftenShare*float32(r.texts))
	least := int32(math.Ceil(max(borderTexts, oftenShare*float64(r.texts))))
	r.stretches, r.long = r.stretches[:0], r.long[:0]
	for i := 0; i < len(r.words); {
		if r.words[i].Texts < least {
			i++
			continue
		}
		from := i
		for i++; i < len(r.words); i++ {
			a, b := r.words[i-1].Texts, r.words[i].Texts
			if b < least || a >= borderSteps*b || b >= borderSteps*a {
				break
			}
		}
		to := i
		for from < to && r.words[from].Number {
			from++
		}
		for from < to && r.words[to-1].Number {
			to--
		}
		if to-from >= borderWords {
			r.stretches = append(r.stretches, span{r.words[from].From, r.words[to-1].To})
			r.long = append(r.long, to-from >= longWords)
		}
	}
}

// recurring adds the borders of the stretches that lie in a paragraph, from number at on.
// Short ones are phrases of prose, but where a paragraph begins or ends with them.
func (m *Memory) recurring(p *paragraph, at int) int {
	r := &m.recurs
	for ; at < len(r.stretches) && int(r.stretches[at].from) < p.to; at++ {
		start, end := int(r.stretches[at].from), int(r.stretches[at].to)
		for end < p.to {
			c, size := classAt(m.text, end)
			if c&(stop|fullEnd|closing) == 0 {
				break
			}
			end += size
		}
		first := m.wordAt(p, start) == p.firstWord
		if !r.long[at] && !first && end < p.to {
			continue
		}
		if !first && !m.inWord(p, start) {
			m.cut(start, start, Repeat)
		}
		if end > p.to {
			return at // it goes on in the next paragraph
		}
		if end < p.to && !m.inWord(p, end) {
			m.cut(end, end, Repeat)
		}
	}
	return at
}

// inWord reports whether byte i lies within a word of the paragraph.
func (m *Memory) inWord(p *paragraph, i int) bool {
	k := m.wordAt(p, i)
	return k > p.firstWord && int(m.words[k-1].to) > i
}

// Columns of the rows of the memory's model.
const (
	recurOdds = iota
	recurOddsBefore
	recurOddsAfter
	recurMedian
	recurLeast
	recurMost
	recurMedianShare
	recurLeastShare
	recurMostShare
	recurFew
	recurSome
	recurMany
	recurTexts
	recurLeft
	recurRight
	recurBefore
	recurAfter
	recurBefore2
	recurAfter2
	recurText
	recurTail
	recurHead
	recurBesideLeft
	recurBesideRight
	recurWords
	recurProse
	recurEnds
	recurPlace
	recurPieces
	recurPiecesAfter
	recurSignal
	recurBorderLeft
	recurBorderRight
	recurLean
	recurConcepts
	recurTextWords
	recurInside
	recurInsideMost
	recurInsideShare

	RecurCount
)

var recurNames = [RecurCount]string{
	recurOdds: "odds", recurOddsBefore: "odds.before", recurOddsAfter: "odds.after",
	recurMedian: "texts.median", recurLeast: "texts.least", recurMost: "texts.most",
	recurMedianShare: "share.median", recurLeastShare: "share.least", recurMostShare: "share.most",
	recurFew: "words.few", recurSome: "words.some", recurMany: "words.many", recurTexts: "texts",
	recurLeft: "left", recurRight: "right", recurBefore: "before", recurAfter: "after", recurBefore2: "before2", recurAfter2: "after2",
	recurText: "text", recurTail: "tail", recurHead: "head", recurBesideLeft: "beside.left", recurBesideRight: "beside.right",
	recurWords: "words", recurProse: "prose", recurEnds: "ends", recurPlace: "place", recurPieces: "pieces", recurPiecesAfter: "pieces.after",
	recurSignal: "rule", recurBorderLeft: "border.left", recurBorderRight: "border.right", recurLean: "lean", recurConcepts: "concepts",
	recurTextWords: "text.words", recurInside: "inside", recurInsideMost: "inside.most", recurInsideShare: "inside.share",
}

// RecurNames are the names of the columns.
func RecurNames() []string { return recurNames[:] }

// ReadRecurring measures what other texts hold of the pieces.
func (m *Memory) ReadRecurring() {
	r, n := &m.recurs, len(m.pieces)
	r.shares, r.upTo = work.Sized(r.shares, n), work.Sized(r.upTo, n+1)
	at, often := 0, int32(0)
	var counts []int32
	for i := range m.pieces {
		m.Clock.Step()
		p := &m.pieces[i]
		for at < len(r.words) && int(r.words[at].From) < p.Start {
			at++
		}
		from := at
		counts = counts[:0]
		s := recurs{from: int32(from)}
		for ; at < len(r.words) && int(r.words[at].From) < p.End; at++ {
			c := r.words[at].Texts
			counts = append(counts, c)
			if c >= fewTexts {
				s.few++
			}
			if c >= oftenTexts {
				s.some++
			}
			if float32(c) >= r.often {
				s.many++
			}
		}
		s.to = int32(at)
		m.inside(&s)
		if from > 0 {
			s.before = r.words[from-1].Texts
		}
		if at < len(r.words) {
			s.after = r.words[at].Texts
		}
		if len(counts) > 0 {
			slices.Sort(counts)
			s.least, s.median, s.most = counts[0], counts[len(counts)/2], counts[len(counts)-1]
		}
		r.shares[i] = s
		r.upTo[i] = often
		often += s.many
	}
	r.upTo[n] = often
}

// inside looks at the runs that lie within a piece.
func (m *Memory) inside(s *recurs) {
	done := s.from
	for k := s.from; k < s.to; k++ {
		w := &m.recurs.words[k]
		if w.Run == 0 || k+w.Length > s.to {
			continue
		}
		s.insideMost = max(s.insideMost, w.Run)
		if float32(w.Run) >= m.recurs.often {
			s.inside += k + w.Length - max(done, k)
			done = k + w.Length
		}
	}
}

// RecurRow fills the row of piece i, after ReadRecurring.
func (m *Memory) RecurRow(row *[RecurCount]uint8, i int) {
	r, n := &m.recurs, len(m.pieces)
	p, o, s := &m.pieces[i], &m.owns[i], &r.shares[i]
	words := s.to - s.from
	of := func(k int32) uint8 { return share(float32(k) / float32(max(1, r.texts))) }
	odds := func(i int) uint8 {
		if i < 0 || i >= n {
			return nothing
		}
		return lean(m.odds[i])
	}
	around := func(i int) uint8 {
		if i < 0 || i >= n {
			return nothing
		}
		return of(r.shares[i].median)
	}
	row[recurOdds], row[recurOddsBefore], row[recurOddsAfter] = odds(i), odds(i-1), odds(i+1)
	row[recurMedian], row[recurLeast], row[recurMost] = model.Log(s.median), model.Log(s.least), model.Log(s.most)
	row[recurMedianShare], row[recurLeastShare], row[recurMostShare] = of(s.median), of(s.least), of(s.most)
	row[recurFew], row[recurSome], row[recurMany] = model.Ratio(s.few, words), model.Ratio(s.some, words), model.Ratio(s.many, words)
	row[recurTexts] = model.Log(int32(r.texts))
	row[recurLeft], row[recurRight] = of(s.before), of(s.after)
	row[recurBefore], row[recurAfter], row[recurBefore2], row[recurAfter2] = around(i-1), around(i+1), around(i-2), around(i+2)
	all := int32(len(r.words))
	row[recurText] = model.Ratio(r.upTo[n], all)
	row[recurTail] = model.Ratio(r.upTo[n]-r.upTo[i+1], all-s.to)
	row[recurHead] = model.Ratio(r.upTo[i], s.from)
	row[recurBesideLeft], row[recurBesideRight] = beside(s.median, s.before), beside(s.median, s.after)
	row[recurWords] = model.Log(o.halves)
	row[recurProse], row[recurEnds] = bit(o.prose), bit(o.ends)
	row[recurPlace] = model.Ratio(m.around.before[i], m.around.halves)
	row[recurPieces], row[recurPiecesAfter] = few(i, 20), few(n-1-i, 20)
	row[recurSignal] = m.signal(i).Level
	row[recurBorderLeft], row[recurBorderRight] = uint8(p.Left), uint8(p.Right)
	row[recurLean] = lean(o.lean)
	row[recurConcepts] = model.Ratio(o.concepts, o.to-o.from)
	row[recurTextWords] = model.Log(m.around.halves)
	row[recurInside], row[recurInsideMost], row[recurInsideShare] = model.Ratio(s.inside, words), model.Log(s.insideMost), of(s.insideMost)
}

// beside is by how many times a count differs from the one beside it.
func beside(a, b int32) uint8 {
	return uint8(min(max(besideZero+16*math.Log2(float64(a+1)/float64(b+1)), 0), 254))
}

// A RecurModel knows residue by what other texts of the site hold of a piece and by what
// a Model says of it. It never changes after it was made and may be used by many
// goroutines.
type RecurModel struct{ trees *model.Ensemble }

// NewRecurModel reads a model. It refuses one that was trained on other features.
func NewRecurModel(data []byte) (*RecurModel, error) {
	e, err := model.Load(data)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(e.Info.Features, RecurNames()) {
		return nil, errors.New("piece: the model of a memory was trained on other features: train it again")
	}
	return &RecurModel{e}, nil
}

// JudgeRecurring returns the log-odds of being residue of each piece, up to the next
// call, after Judge. It is nil where nothing is known of other texts.
func (m *Memory) JudgeRecurring(by *RecurModel) []float32 {
	r := &m.recurs
	if r.site == nil || by == nil || r.texts < memory.LeastTexts-1 {
		return nil
	}
	m.ReadRecurring()
	n := len(m.pieces)
	r.odds = work.Sized(r.odds, n)
	if r.rows == nil {
		r.rows = make([]uint8, model.Together*RecurCount+256)
	}
	for from := 0; from < n; from += model.Together {
		m.Clock.Step()
		k := min(model.Together, n-from)
		for i := range k {
			m.RecurRow((*[RecurCount]uint8)(r.rows[i*RecurCount:]), from+i)
		}
		by.trees.Predict(&m.batch, r.rows, RecurCount, k, r.odds[from:from+k])
	}
	return r.odds
}

// Texts is in how many other texts stands what of piece i stands in the most, and of how
// many, after JudgeRecurring.
func (m *Memory) Texts(i int) (in, of int) { return int(m.recurs.shares[i].most), m.recurs.texts }

// Torn reports whether a sentence would be torn apart without the pieces from..to-1: no
// sentence ends before them, or what is behind them goes on, and they are too few words to
// be a notice that stands within one.
func (m *Memory) Torn(from, to int) bool {
	halves := int32(0)
	for i := from; i < to; i++ {
		halves += m.owns[i].halves
	}
	if p := &m.pieces[from]; p.Index > 0 && p.Left == Repeat && !m.owns[from-1].ends {
		if halves < 2*tornWords || halves < 2*tornSmall && m.opensSmall(from) {
			return true
		}
	}
	if to == len(m.pieces) || m.pieces[to].Index == 0 || m.pieces[to].Left != Repeat {
		return false
	}
	return halves < 2*tornWords && (!m.owns[to-1].ends || m.opensSmall(to))
}

// opensSmall reports whether piece i begins as no sentence does.
func (m *Memory) opensSmall(i int) bool {
	first, _ := classAt(m.text, m.pieces[i].Start)
	return first&(capital|script|ideo|digit|opening) == 0
}

// Between reports whether piece i is a few words within what comes again: those that
// change.
func (m *Memory) Between(i int) bool {
	p := &m.pieces[i]
	return p.Left == Repeat && p.Right == Repeat && m.owns[i].halves <= 2*betweenWords
}

// Recurs reports whether enough of piece i stands in enough other texts to be said to
// come again.
func (m *Memory) Recurs(i int) bool {
	s := &m.recurs.shares[i]
	return s.few*2 >= s.to-s.from && s.few > 0
}

//go:embed data/memory.model
var memoryData []byte

// LoadRecurModel returns the embedded model. It is read once.
func LoadRecurModel() (*RecurModel, error) { return loadRecur() }

var loadRecur = sync.OnceValues(func() (*RecurModel, error) { return NewRecurModel(memoryData) })
