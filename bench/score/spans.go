package score

import (
	"errors"
	"strings"
	"unicode"
)

// A Labelled is a text of any form in which stretches are labelled, whatever lines it
// has. Offsets are characters.
type Labelled struct {
	ID, Source, Site, Lang, Form string

	Text     []rune
	Residue  []Span
	Optional []Span // may stay or go, and counts nowhere
}

// A Span is a stretch of a text.
type Span struct {
	Start, End int
	Kind       string // of residue
}

// A Piece is a part of an input and what became of it, as winnow reports it. All
// pieces are the input, white space aside.
type Piece struct {
	Text string  `json:"text"`
	Kept bool    `json:"kept"`
	Kind string  `json:"kind"`
	Rule string  `json:"rule"`
	P    float64 `json:"p"` // that it belongs to the article
}

// Removal counts what was removed from labelled texts. Words are runs of letters and
// digits, cut where a label begins or ends; a word is removed when more than half of
// its characters are.
type Removal struct {
	Docs     int // texts
	Dirty    int // of them with residue
	Clean    int // no residue left, no word lost
	Damaged  int // more than damagedLost of the article's words lost
	Complete int // no residue left

	Residue, Found int // words of residue, and of them removed
	Article, Lost  int // the article's words, and of them removed

	Spans, Exact      int // stretches of residue, and of them removed to the letter
	Glued, GluedExact int // the same for those inside of a line
}

// Add adds the counts of o.
func (r *Removal) Add(o Removal) {
	r.Docs += o.Docs
	r.Dirty += o.Dirty
	r.Clean += o.Clean
	r.Damaged += o.Damaged
	r.Complete += o.Complete
	r.Residue += o.Residue
	r.Found += o.Found
	r.Article += o.Article
	r.Lost += o.Lost
	r.Spans += o.Spans
	r.Exact += o.Exact
	r.Glued += o.Glued
	r.GluedExact += o.GluedExact
}

// Recall is the share of the residue's words that was removed, 1 when there are none.
func (r *Removal) Recall() float64 {
	if r.Residue == 0 {
		return 1
	}
	return float64(r.Found) / float64(r.Residue)
}

// F1 is the harmonic mean of recall and of the share of residue in what was removed.
func (r *Removal) F1() float64 {
	return 2 * float64(r.Found) / float64(max(1, r.Residue+r.Found+r.Lost))
}

// LostShare is the share of the article's words that was removed.
func (r *Removal) LostShare() float64 { return float64(r.Lost) / float64(max(1, r.Article)) }

// Of is the share of the texts that n are.
func (r *Removal) Of(n int) float64 { return float64(n) / float64(max(1, r.Docs)) }

// Labels of characters.
const (
	article = iota
	residue
	optional
)

// ErrNoPieces says that an output tells nothing of what became of the input.
var ErrNoPieces = errors.New("an output without decisions: make it with --explain")

// Score compares what became of the text with its labels; kinds counts words and
// stretches of residue by their kind.
func (t *Labelled) Score(pieces []Piece) (r Removal, kinds map[string]Removal, err error) {
	if len(pieces) == 0 && len(t.Text) > 0 {
		return r, nil, ErrNoPieces
	}
	gone := removed(t.Text, pieces)
	mark := make([]uint8, len(t.Text))
	cut := make([]bool, len(t.Text)+1)
	for _, s := range t.Optional {
		cut[s.Start], cut[s.End] = true, true
		fill(mark[s.Start:s.End], optional)
	}
	for _, s := range t.Residue {
		cut[s.Start], cut[s.End] = true, true
		fill(mark[s.Start:s.End], residue)
	}
	eachWord(t.Text, cut, func(from, to int) {
		out := mostly(gone[from:to])
		switch mark[from] {
		case residue:
			r.Residue++
			r.Found += out
		case article:
			r.Article++
			r.Lost += out
		}
	})
	kinds = map[string]Removal{}
	for _, s := range t.Residue {
		k := t.stretch(s, mark, gone)
		sum := kinds[s.Kind]
		sum.Add(k)
		kinds[s.Kind] = sum
		k.Residue, k.Found = 0, 0 // counted above
		r.Add(k)
	}
	r.Docs = 1
	r.Dirty = number(r.Residue > 0)
	r.Complete = number(r.Found == r.Residue)
	r.Clean = number(r.Found == r.Residue && r.Lost == 0)
	r.Damaged = number(float64(r.Lost) > damagedLost*float64(max(1, r.Article)))
	return r, kinds, nil
}

// stretch counts one stretch of residue. It is exact when all of it went and, inside of
// a line, nothing of the article beside it.
func (t *Labelled) stretch(s Span, mark []uint8, gone []bool) (r Removal) {
	eachWord(t.Text[s.Start:s.End], nil, func(from, to int) {
		r.Residue++
		r.Found += mostly(gone[s.Start+from : s.Start+to])
	})
	before, after := s.Start-1, s.End
	for before >= 0 && inLine(t.Text[before]) {
		before--
	}
	for after < len(t.Text) && inLine(t.Text[after]) {
		after++
	}
	left, right := before >= 0 && t.Text[before] != '\n', after < len(t.Text) && t.Text[after] != '\n'
	exact := true
	for i := s.Start; i < s.End; i++ {
		exact = exact && (gone[i] || isSpace(t.Text[i]))
	}
	if left && mark[before] == article && gone[before] || right && mark[after] == article && gone[after] {
		exact = false
	}
	r.Spans, r.Exact = 1, number(exact)
	r.Glued, r.GluedExact = number(left || right), number(exact && (left || right))
	return r
}

// lookahead is how many characters of the input a character of a piece is looked for
// in: more than winnow leaves out unseen.
const lookahead = 400

// removed reports for every character whether it is in no piece that was kept.
func removed(text []rune, pieces []Piece) []bool {
	gone := make([]bool, len(text))
	fill(gone, true)
	at := 0
	for _, p := range pieces {
		for _, c := range p.Text {
			if isSpace(c) {
				continue
			}
			for i := at; i < min(at+lookahead, len(text)); i++ {
				if text[i] == c {
					gone[i] = !p.Kept
					at = i + 1
					break
				}
			}
		}
	}
	return gone
}

// eachWord calls f for every word, cut where cut says so.
func eachWord(text []rune, cut []bool, f func(from, to int)) {
	start := -1
	for i := 0; i <= len(text); i++ {
		word := i < len(text) && inWord(text[i])
		if start >= 0 && (!word || cut != nil && cut[i]) {
			f(start, i)
			start = -1
		}
		if word && start < 0 {
			start = i
		}
	}
}

func inWord(r rune) bool { return r != '_' && isWord(r) || 0x300 <= r && r <= 0x36f }

// inLine reports whether r is white space that may stand beside a stretch.
func inLine(r rune) bool { return r == ' ' || r == '\t' || r == '\u00a0' }

// isSpace reports whether r is white space, as Python sees it.
func isSpace(r rune) bool { return unicode.IsSpace(r) || 0x1c <= r && r <= 0x1f }

// mostly is 1 when more than half are true.
func mostly(gone []bool) int {
	n := 0
	for _, g := range gone {
		n += number(g)
	}
	return number(2*n > len(gone))
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

func fill[T any](s []T, v T) {
	for i := range s {
		s[i] = v
	}
}

// CountWords is the number of words of s.
func CountWords(s string) (n int) {
	eachWord([]rune(s), nil, func(int, int) { n++ })
	return n
}

// Labelled returns the document as one text; what its core leaves out is optional.
func (d *Flat) Labelled() *Labelled {
	t := &Labelled{ID: d.ID, Source: d.Source(), Lang: d.Lang, Form: d.Flattener}
	put := func(text string, label Label, kind string) {
		from := len(t.Text)
		t.Text = append(t.Text, []rune(text)...)
		s := Span{from, len(t.Text), kind}
		switch {
		case s.Start == s.End, label == Keep:
		case label == Drop:
			t.Residue = append(t.Residue, s)
		default:
			t.Optional = append(t.Optional, s)
		}
	}
	for i := range d.Lines {
		l := &d.Lines[i]
		if i > 0 {
			t.Text = append(t.Text, '\n')
		}
		switch {
		case l.Label == Keep || l.Label == Drop && !d.doubtful(l):
			put(l.Text, l.Label, l.Cat)
		case l.Label == Edit && !d.doubtful(l):
			rest := l.Text
			for _, run := range l.Runs {
				k := strings.Index(rest, run.Text)
				if k < 0 {
					continue
				}
				put(rest[:k], "", "")
				put(run.Text, runLabel[run.Keep], l.Cat)
				rest = rest[k+len(run.Text):]
			}
			put(rest, "", "")
		default:
			put(l.Text, "", "")
		}
	}
	return t
}

var runLabel = map[bool]Label{true: Keep, false: Drop}
