// Package piece reads flattened text as pieces: sentences, and what stands like one,
// which stay or go as a whole.
//
//	paragraph  finds paragraphs, and joins the lines of wrapped ones
//	word       finds words, and addresses, into which no border falls; again takes them
//	           over from a text of which this one is what is left
//	border     finds what parts pieces between two words: ends of sentences, seams,
//	           openers and closers of notices, holes
//	run        finds what parts pieces over several words: capitals, repeats, and
//	           seams that nothing marks
//	measure    fills the features of a piece by itself (table says what they are), odds
//	           what its hashed words say, lexicon what they are about
//	around     fills those of what stands around it
//	screen     clears what is plainly the article's, so that no more is asked about it
//	judge      asks the trees; guard and cite say what stays whatever they answer; explain
//	           puts their reasons in words
//	recur      borders, features and model of what other texts of the site hold
//
// All of it works in a [Memory], one for a text. The words of this package:
//
//	border     what parts two pieces
//	seam       a border where texts were glued together; silent: one that no sign shows
//	opener     words that open or close a notice
//	hole       white space or a sign where something was taken out
//	lean       how much words speak for residue, as log-odds
//	furniture  of a page: what is not its article; concept: what its words are about
package piece

import (
	"cmp"
	"slices"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// A Border is what parts a piece from the one beside it.
type Border uint8

// Borders.
const (
	Edge     Border = iota // the text's beginning or end
	Blank                  // a blank line
	LineEnd                // the end of a line
	Sentence               // the end of a sentence
	Seam                   // nothing: two texts that were glued together
	Opener                 // words that open or close a notice: "Read more:", a credit
	Hole                   // white space where something was lost, or a divider
	Capitals               // a run of words in capitals begins or ends
	Repeat                 // what stands here stands elsewhere in the text, too
	Silent                 // a function word with a capital, where no sentence ends
)

// A Piece is a stretch of a text.
type Piece struct {
	Start, End   int    // bytes of the text, without the white space around it
	Left, Right  Border // what parts it from its neighbours
	Para         int32  // number of its paragraph
	Index, Count int32  // its number among the pieces of the paragraph, and theirs
}

// A Memory holds the pieces of one text. The zero value is ready for use; used for
// the next text, it spares making everything anew. It serves one goroutine.
type Memory struct {
	Clock *work.Clock // nil: nothing ends
	// Newlines says that all line ends of the text of the next Split are \n: it spares
	// looking for others.
	Newlines bool

	text    string
	paras   []paragraph
	words   []word
	lower   [64]uint64 // words that begin with a small letter somewhere, by some bits of their hashes
	buffer  []byte     // of a word that is spelled
	repeats []span
	runs    []uint32 // hash table of runs of words
	cuts    []cut    // of one paragraph
	pieces  []Piece
	whole   []Piece // of one paragraph, before the last borders are looked for
	width   int     // at which the text was wrapped, 0 if it was not

	old    *Memory // of the text of which this one is what is left, nil if of none
	copies []Copy  // where it comes from

	owns     []own
	signals  []Signal
	around   text
	meanings []int32 // of one piece: its words that have a meaning
	pipes    []uint8 // dividers of each paragraph
	odds     []float32
	looked   bool // since the last Split
	clear    []bool
	screened []float32 // log-odds by the screen
	asked    []int32
	tokens   [maxTokens]uint32 // of one piece
	rows     []uint8
	said     said // when reasons are asked for
	batch    model.Batch
	recurs   recurrence
	works    works
}

// A span is a stretch of bytes of the text.
type span struct{ from, to int32 }

// A cut is a place where two pieces meet. Between them may lie white space or a
// divider.
type cut struct {
	end, start int // of what is left of it, and of what is right of it
	kind       Border
}

// Split cuts a text into pieces, which live until the next call. All that lies
// outside of them is white space and dividers.
func (m *Memory) Split(text string) []Piece { return m.SplitAgain(text, nil, nil) }

// SplitAgain is Split of what is left of the text of the last Split of old, copied from
// there as copies say. It takes less time, and so does a Read that follows.
func (m *Memory) SplitAgain(text string, old *Memory, copies []Copy) []Piece {
	m.text, m.old, m.copies, m.looked, m.clear = text, old, copies, false, m.clear[:0]
	m.pieces = m.pieces[:0]
	m.paragraphs()
	m.words, m.lower = m.words[:0], [64]uint64{}
	again := m.newAgain()
	for i := range m.paras {
		m.Clock.Step()
		p := &m.paras[i]
		p.firstWord = len(m.words)
		m.scan(p.from, p.to, again)
		p.lastWord = len(m.words)
	}
	m.findRepeats()
	if m.recurs.site != nil {
		m.readRecurring()
	}
	at, recurs := 0, 0 // repeat, stretch that other texts hold
	for i := range m.paras {
		m.Clock.Step()
		p := &m.paras[i]
		m.cuts = m.cuts[:0]
		m.borders(p)
		m.capitals(p)
		at = m.repeated(p, at)
		if m.recurs.site != nil {
			recurs = m.recurring(p, recurs)
		}
		m.closers(p)
		m.settle(p, int32(i))
	}
	for i := range m.pieces {
		switch {
		case i+1 == len(m.pieces):
			m.pieces[i].Right = Edge
		default:
			m.pieces[i].Right = m.pieces[i+1].Left
		}
	}
	return m.pieces
}

// Lead tells where what belongs to piece i begins: behind the piece before it in its
// paragraph, or where its line begins, and how many blank lines stand before that.
func (m *Memory) Lead(i int) (start, blank int) {
	p := &m.pieces[i]
	if p.Index > 0 {
		return m.pieces[i-1].End, 0
	}
	q := &m.paras[p.Para]
	return q.line, q.blank
}

// Whole is piece i with what stands before it, see Lead, and where that begins.
func (m *Memory) Whole(i int) (text string, start int) {
	start, _ = m.Lead(i)
	return m.text[start:m.pieces[i].End], start
}

// Alike reports whether two texts have the same number of pieces in the same paragraphs,
// with the same borders.
func (m *Memory) Alike(other *Memory) bool {
	if len(m.pieces) != len(other.pieces) || len(m.words) != len(other.words) || (m.width > 0) != (other.width > 0) {
		return false
	}
	for i := range m.pieces {
		p, q := &m.pieces[i], &other.pieces[i]
		if p.Left != q.Left || p.Right != q.Right || p.Para != q.Para || p.Index != q.Index || p.Count != q.Count {
			return false
		}
	}
	return true
}

// cut notes that a piece ends at end and the next one begins at start.
func (m *Memory) cut(end, start int, kind Border) { m.cuts = append(m.cuts, cut{end, start, kind}) }

// settle makes the pieces of a paragraph from its cuts.
func (m *Memory) settle(p *paragraph, number int32) {
	for i := range m.cuts {
		c := &m.cuts[i]
		if c.kind != Sentence && c.kind != Hole {
			c.open(m.text, p.from)
		}
		c.start = skipSpace(m.text, c.start, p.to)
		c.end = trimSpace(m.text, p.from, c.end)
	}
	slices.SortStableFunc(m.cuts, func(a, b cut) int { return cmp.Compare(a.start, b.start) })
	first := len(m.pieces)
	add := func(start, end int, left Border) {
		if end > start {
			m.add(Piece{Start: start, End: end, Left: left, Para: number}, first)
		}
	}
	start, left := p.from, p.left
	for i := 0; i < len(m.cuts); {
		c := m.cuts[i]
		for i++; i < len(m.cuts) && m.cuts[i].start == c.start; i++ {
			c.merge(m.cuts[i])
		}
		if c.start <= start || c.start >= p.to {
			continue
		}
		add(start, min(max(c.end, start), c.start), left)
		if start = c.start; len(m.pieces) > first {
			left = c.kind
		}
	}
	add(start, p.to, left)
	m.leads(p, first)
	m.silent(p, first)
	for i := first; i < len(m.pieces); i++ {
		m.pieces[i].Index, m.pieces[i].Count = int32(i-first), int32(len(m.pieces)-first)
	}
}

// open moves a cut in front of the signs that open what is right of it.
func (c *cut) open(text string, from int) {
	for c.start > from {
		k, size := classBefore(text, c.start)
		if k&opening == 0 {
			break
		}
		if k&closing != 0 { // it opens where white space stands before it
			if before, _ := classBefore(text[from:], c.start-size-from); c.start-size > from && before&space == 0 {
				break
			}
		}
		c.start -= size
	}
	c.end = min(c.end, c.start)
}

// merge takes over another cut at the same place. The end of a sentence says more
// than what opens behind it, and that more than a hole.
func (c *cut) merge(d cut) {
	c.end = min(c.end, d.end)
	if rank(d.kind) > rank(c.kind) {
		c.kind = d.kind
	}
}

func rank(b Border) int {
	switch b {
	case Sentence:
		return 3
	case Seam, Opener, Capitals:
		return 2
	case Hole:
		return 1
	}
	return 0
}

// add adds a piece of the paragraph whose first one is first, or joins it to the one
// before: where no letter and no digit is in it, or but one in that.
func (m *Memory) add(q Piece, first int) {
	if n := len(m.pieces); n > first {
		last := &m.pieces[n-1]
		if signs(m.text[q.Start:q.End], 1) == 0 || signs(m.text[last.Start:last.End], 1) == 0 {
			last.End = q.End
			return
		}
		if (q.Left == Sentence || q.Left == Hole) && last.Left != Opener && signs(m.text[last.Start:last.End], 2) <= 1 && !isDigit(m.text[last.Start]) {
			last.End = q.End
			return
		}
	}
	m.pieces = append(m.pieces, q)
}

// signs counts letters and digits, up to most.
func signs(s string, most int) (n int) {
	for i := 0; i < len(s) && n < most; {
		c, size := classAt(s, i)
		if c&wordly != 0 {
			n++
		}
		i += size
	}
	return n
}

// Text is the text of the last Split.
func (m *Memory) Text() string { return m.text }

// Pieces are the pieces of the last Split.
func (m *Memory) Pieces() []Piece { return m.pieces }
