package report

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/winnowtext/winnow/clean"
)

// A sum is what a list of inputs, and the picture of all of them, say of one before
// its data is read.
type sum struct {
	Score float64 `json:"score"` // in hundredths
	Kept  size    `json:"kept"`
	All   size    `json:"all"`
	// Gone is the size of what went, by kind.
	Gone map[clean.Kind]int `json:"gone,omitempty"`
	// Doubts is how many pieces are within doubtWidth of their threshold.
	Doubts int     `json:"doubts,omitempty"`
	Millis float64 `json:"ms,omitempty"` // how long it took; 0 when unknown
}

// doubtWidth is how near its threshold the probability of a doubtful piece is; scripts
// have it, too.
const doubtWidth = .1

// A size is how long texts are: words, and characters of scripts that put no spaces
// between words.
type size struct {
	Words int `json:"w"`
	Chars int `json:"c,omitempty"`
}

func (s size) n() int { return s.Words + s.Chars }

func (s size) unit() string {
	if s.Chars > s.Words {
		return "characters"
	}
	return "words"
}

func (s *size) add(t size) { s.Words, s.Chars = s.Words+t.Words, s.Chars+t.Chars }

// unspaced are the scripts that put no spaces between words.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

func sizeOf(text string) size {
	var s size
	in := false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			in = false
		case r >= 0xE00 && unicode.In(r, unspaced...):
			s.Chars++
			in = false
		case !in:
			s.Words++
			in = true
		}
	}
	return s
}

func sumOf(res *clean.Result) *sum {
	s := &sum{Score: math.Round(res.Score*100) / 100, Gone: map[clean.Kind]int{}}
	for i := range res.Decisions {
		d := &res.Decisions[i]
		n := sizeOf(d.Text)
		s.All.add(n)
		if d.Kept {
			s.Kept.add(n)
		} else {
			s.Gone[d.Kind] += n.n()
		}
		if d.Rule == clean.ByModel && d.Threshold > 1.5e-6 && math.Abs(d.P-d.Threshold) <= doubtWidth {
			s.Doubts++
		}
	}
	return s
}

// String is the sum in a few words.
func (s *sum) String() string {
	about := fmt.Sprintf("%d of %d %s kept", s.Kept.n(), s.All.n(), s.All.unit())
	if s.Doubts > 0 {
		about += fmt.Sprintf(", %d doubtful", s.Doubts)
	}
	return strings.TrimSpace(about)
}
