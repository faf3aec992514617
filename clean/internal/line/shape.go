package line

import (
	"math/bits"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// shape is what a line looks like, measured once.
type shape struct {
	words   int32 // tokens
	stop    int32 // function words of the text's language
	caps    int32 // words with a capital
	uppers  int32 // words all in capitals
	digits  int32 // numbers
	cjk     int32
	commas  int32
	code    int32 // signs of code
	pipes   int32
	stops   int32 // ends of sentences within it
	ends    bool  // ends like a sentence
	colon   bool  // ends with a colon
	lower   bool  // opens with a small letter
	prose   bool
	lastSep uint16
}

// measure fills the shape of a line from its tokens.
func (l *Line) measure(s *rules.Set, w *rules.Words, stop uint64) {
	var h shape
	h.words = int32(len(w.Tokens))
	for i := range w.Tokens {
		t := &w.Tokens[i]
		if t.Flags&rules.Cap != 0 {
			h.caps++
			if t.Flags&rules.Upper != 0 {
				h.uppers++
			}
		}
		if t.Flags&rules.Digit != 0 {
			h.digits++
		}
		if t.Flags&rules.CJK != 0 {
			h.cjk++
		}
		if t.Sep&rules.SepComma != 0 {
			h.commas++
		}
		if t.Sep&rules.SepEquals != 0 {
			h.code++
		}
		if t.Sep&rules.SepEnd != 0 && i+1 < len(w.Tokens) && t.End-t.Start > 2 && w.Tokens[i+1].Flags&(rules.Cap|rules.CJK) != 0 {
			h.stops++
		}
		if t.Sep&rules.SepPipe != 0 {
			h.pipes++
		}
		if s.ListsOf(t)&stop != 0 {
			h.stop++
		}
	}
	if n := len(w.Tokens); n > 0 {
		h.lastSep = w.Tokens[n-1].Sep
		h.ends = h.lastSep&rules.SepEnd != 0
		h.colon = h.lastSep&rules.SepColon != 0
		h.lower = w.Tokens[0].Flags&(rules.Cap|rules.Digit|rules.CJK) == 0 && w.Lead == 0
	}
	if h.cjk*2 > h.words {
		h.prose = h.ends && h.cjk >= proseCJK
	} else {
		h.prose = h.ends && h.words >= proseWords && float64(h.stop) >= proseStop*float64(h.words)
	}
	l.shape = h
}

// sampleBytes of a text are read to tell its language.
const sampleBytes = 1500

// language returns the bits of the stop-word lists that fit the text best: the
// best one, and any nearly as good (Danish and Norwegian share most).
func language(lines []Line, s *rules.Set, w *rules.Words) uint64 {
	all := s.StopLists()
	var counts [64]int
	read := 0
	for pass := 0; pass < 2 && read < sampleBytes; pass++ {
		for i := range lines {
			text := lines[i].Text
			if long := len(text) >= 100; long != (pass == 0) {
				continue
			}
			if len(text) > sampleBytes-read {
				text = text[:sampleBytes-read]
			}
			s.Scan(w, text)
			for t := range w.Tokens {
				for m := s.ListsOf(&w.Tokens[t]) & all; m != 0; m &= m - 1 {
					counts[bits.TrailingZeros64(m)]++
				}
			}
			if read += len(text); read >= sampleBytes {
				break
			}
		}
	}
	best := 0
	for _, n := range counts {
		best = max(best, n)
	}
	var langs uint64
	for i, n := range counts {
		if best > 0 && n*10 >= best*9 {
			langs |= 1 << i
		}
	}
	return langs
}
