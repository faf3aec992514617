package line

import (
	"github.com/winnowtext/winnow/clean/internal/piece"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/words"
)

// shape is what a line looks like, measured once.
type shape struct {
	words  int32 // tokens
	stop   int32 // function words of the text's language
	caps   int32 // words with a capital
	uppers int32 // words all in capitals
	cjk    int32
	stops  int32 // ends of sentences within it
	ends   bool  // ends like a sentence
	prose  bool
	speech bool // it reports speech
	dated  bool // it has the name of a month or a weekday
}

// Counts of tokens by their flags, side by side in one number each.
const (
	countBits             = 16 // a count has; lines of more tokens are counted in parts
	countMask             = 1<<countBits - 1
	capAt, cjkAt, upperAt = 0, countBits, 2 * countBits
	maxCounted            = countMask
)

var flagCounts = func() (t [256]uint64) {
	for f := range t {
		if f&int(words.Cap) != 0 {
			t[f] |= 1 << capAt
		}
		if f&int(words.Cap) != 0 && f&int(words.Upper) != 0 {
			t[f] |= 1 << upperAt
		}
		if f&int(words.CJK) != 0 {
			t[f] |= 1 << cjkAt
		}
	}
	return
}()

// measure fills the shape of a line from its tokens.
func (l *Line) measure(s *rules.Set, w *rules.Words, stop uint64) {
	var h shape
	n := int32(len(w.Tokens))
	if n == 0 {
		l.shape = h
		return
	}
	for rest := w.Tokens; len(rest) > 0; {
		part := rest[:min(len(rest), maxCounted)]
		counts, stops := uint64(0), int32(0)
		for i := range part {
			t := &part[i]
			counts += flagCounts[t.Flags]
			stops += some(s.ListsOf(t) & stop)
			if t.Sep&words.SepEnd != 0 && i+1 < len(rest) && t.End-t.Start > 2 && rest[i+1].Flags&(words.Cap|words.CJK) != 0 {
				h.stops++
			}
		}
		h.caps += int32(counts >> capAt & countMask)
		h.cjk += int32(counts >> cjkAt & countMask)
		h.uppers += int32(counts >> upperAt & countMask)
		h.stop += stops
		rest = rest[len(part):]
	}
	h.words = n
	if w.Skipped > 0 {
		h.scale(n, n+int32(w.Skipped))
	}
	h.speech = w.Lists&s.SpeechList() != 0
	h.dated = w.Lists&s.DateLists() != 0
	h.ends = w.Tokens[n-1].Sep&words.SepEnd != 0
	h.prose = h.readsLikeProse()
	l.shape = h
}

// shapeOf is the shape of a line of which no more is known than what its piece looks like.
func shapeOf(p piece.Look) shape {
	h := shape{words: p.Words, stop: p.Functions, caps: p.Capitals, uppers: p.Uppers, cjk: p.Ideographs, stops: p.Stops, ends: p.Ends}
	h.prose = h.readsLikeProse()
	return h
}

// readsLikeProse reports whether the counts are those of a paragraph.
func (h *shape) readsLikeProse() bool {
	if h.cjk*2 > h.words {
		return h.ends && h.cjk >= proseCJK
	}
	return h.ends && h.words >= proseWords && float64(h.stop) >= proseStop*float64(h.words)
}

// scale takes the words of a long line that were read for all of them.
func (h *shape) scale(read, words int32) {
	for _, n := range [...]*int32{&h.stop, &h.caps, &h.uppers, &h.cjk, &h.stops} {
		*n = int32(int64(*n) * int64(words) / int64(read))
	}
	h.words = words
}

// some is 1 for bits of which any is set, without a branch that nobody could
// foretell.
func some(bits uint64) int32 { return int32((bits | -bits) >> 63) }
