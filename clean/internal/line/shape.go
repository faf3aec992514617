package line

import (
	"math/bits"
	"slices"

	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/words"
	"github.com/winnowtext/winnow/clean/internal/work"
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
	stops   int32  // ends of sentences within it
	glued   int32  // words with nothing before them
	seps    uint16 // all signs between its words
	ends    bool   // ends like a sentence
	colon   bool   // ends with a colon
	lower   bool   // opens with a small letter
	prose   bool
	lastSep uint16
}

// Counts of tokens by their flags, side by side in one number each.
const (
	countBits      = 12 // a count has; lines of more tokens are counted in parts
	countMask      = 1<<countBits - 1
	capAt, upperAt = 0, countBits
	digitAt, cjkAt = 2 * countBits, 3 * countBits
	gluedAt        = 4 * countBits
	maxCounted     = countMask
)

var flagCounts = func() (t [256]uint64) {
	for f := range t {
		for _, c := range [...]struct {
			is bool
			at int
		}{
			{f&int(words.Cap) != 0, capAt}, {f&int(words.Cap) != 0 && f&int(words.Upper) != 0, upperAt},
			{f&int(words.Digit) != 0, digitAt}, {f&int(words.CJK) != 0, cjkAt},
			{f&int(words.Glued) != 0 && f&int(words.CJK) == 0, gluedAt},
		} {
			if c.is {
				t[f] |= 1 << c.at
			}
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
	const signs = ^words.SepSpace
	for rest := w.Tokens; len(rest) > 0; {
		part := rest[:min(len(rest), maxCounted)]
		counts, stops := uint64(0), int32(0)
		for i := range part {
			t := &part[i]
			counts += flagCounts[t.Flags]
			stops += some(s.ListsOf(t) & stop)
			if t.Sep&signs != 0 {
				var next *words.Token
				if i+1 < len(rest) {
					next = &rest[i+1]
				}
				h.sign(t, next)
			}
		}
		h.count(counts)
		h.stop += stops
		rest = rest[len(part):]
	}
	h.words = n
	if w.Skipped > 0 {
		h.scale(n, n+int32(w.Skipped))
	}
	h.lastSep = w.Tokens[n-1].Sep
	h.ends = h.lastSep&words.SepEnd != 0
	h.colon = h.lastSep&words.SepColon != 0
	h.lower = w.Tokens[0].Flags&(words.Cap|words.Digit|words.CJK) == 0 && w.Lead == 0
	if h.cjk*2 > h.words {
		h.prose = h.ends && h.cjk >= proseCJK
	} else {
		h.prose = h.ends && h.words >= proseWords && float64(h.stop) >= proseStop*float64(h.words)
	}
	l.shape = h
}

// sign counts the signs between a token and the next one.
func (h *shape) sign(t, next *words.Token) {
	h.seps |= t.Sep
	if t.Sep&words.SepComma != 0 {
		h.commas++
	}
	if t.Sep&words.SepEquals != 0 {
		h.code++
	}
	if t.Sep&words.SepEnd != 0 && next != nil && t.End-t.Start > 2 && next.Flags&(words.Cap|words.CJK) != 0 {
		h.stops++
	}
	if t.Sep&words.SepPipe != 0 {
		h.pipes++
	}
}

// count adds counts of flags.
func (h *shape) count(c uint64) {
	h.caps += int32(c >> capAt & countMask)
	h.uppers += int32(c >> upperAt & countMask)
	h.digits += int32(c >> digitAt & countMask)
	h.cjk += int32(c >> cjkAt & countMask)
	h.glued += int32(c >> gluedAt & countMask)
}

// scale takes the words of a long line that were read for all of them.
func (h *shape) scale(read, words int32) {
	for _, n := range [...]*int32{&h.stop, &h.caps, &h.uppers, &h.digits, &h.cjk, &h.glued, &h.commas, &h.code, &h.stops, &h.pipes} {
		*n = int32(int64(*n) * int64(words) / int64(read))
	}
	h.words = words
}

// sampleBytes of a text are read to tell its language.
const sampleBytes = 600

// A sample is the part of a text by which its language was told.
type sample struct {
	texts, last []string
	stop        uint64
	words       rules.Words
}

// language returns the bits of the stop-word lists that fit the text best: the
// best one, and any nearly as good (Danish and Norwegian share most).
func (m *sample) language(c *work.Clock, lines []Line, s *rules.Set) uint64 {
	m.texts = m.texts[:0]
	read := 0
	for pass := 0; pass < 2 && read < sampleBytes; pass++ {
		for i := range lines {
			c.Step()
			text := lines[i].Text
			if long := len(text) >= 100; long != (pass == 0) {
				continue
			}
			text = text[:min(len(text), sampleBytes-read)]
			m.texts = append(m.texts, text)
			if read += len(text); read >= sampleBytes {
				break
			}
		}
	}
	if slices.Equal(m.texts, m.last) {
		return m.stop
	}
	m.last = append(m.last[:0], m.texts...)
	m.stop = languageOf(m.texts, s, &m.words)
	return m.stop
}

// forget makes the sample ready for another text.
func (m *sample) forget() {
	clear(m.texts)
	clear(m.last)
	m.texts, m.last, m.words.Text = m.texts[:0], m.last[:0], ""
}

func languageOf(texts []string, s *rules.Set, w *rules.Words) uint64 {
	var counts listCounts
	for _, text := range texts {
		s.Scan(w, text)
		counts.add(s, w)
	}
	return counts.most()
}

// listCounts counts function words, by the bit of their list.
type listCounts [64]int

func (c *listCounts) add(s *rules.Set, w *rules.Words) {
	all := s.StopLists()
	for t := range w.Tokens {
		for m := s.ListsOf(&w.Tokens[t]) & all; m != 0; m &= m - 1 {
			c[bits.TrailingZeros64(m)]++
		}
	}
}

// most returns the bits of the list with the most words, and of any with nearly
// as many.
func (c *listCounts) most() uint64 {
	best := 0
	for _, n := range c {
		best = max(best, n)
	}
	var langs uint64
	for i, n := range c {
		if best > 0 && n*10 >= best*9 {
			langs |= 1 << i
		}
	}
	return langs
}
