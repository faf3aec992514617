package rules

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/eight"
)

// Of a long line the first words and the last bytes are read. What lies
// between is skimmed: eight bytes at a time, for words to count and signs after
// which something may have been glued into the line.
const (
	headTokens   = 14
	tailBytes    = 90
	minSkimBytes = 60
	// wholeBytes is more than lines have that a rule finds as a whole.
	wholeBytes = 2500
)

// skim returns where to read on in a line of which the words before i were
// read: near its end, when the line is long and no rule may find it as a whole,
// else at i. It notes where something may have to be cut out between.
func (s *Set) skim(w *Words, i int) int {
	text := w.Text
	if !w.NoIcons && strings.Contains(text[:i], "icon") || len(text) < wholeBytes &&
		(w.Lists&s.needs != 0 || s.lists[w.Tokens[0].ID]&s.labels != 0 || s.goesOn(w)) {
		return i
	}
	words, at := 0, i
	for end := len(text) - tailBytes; at < end; at += 8 {
		x := eight.Load(text[at:])
		space, signs := skimmed(x)
		words += bits.OnesCount64(space)
		for ; signs != 0; signs &= signs - 1 {
			if !s.sign(w, at+bits.TrailingZeros64(signs)/8) {
				w.inner = w.inner[:0]
				return i
			}
		}
	}
	for ; text[at] != ' '; at++ {
		if at > len(text)-tailBytes/2 {
			w.inner = w.inner[:0]
			return i // too long a word
		}
	}
	w.Skipped = words + 1
	w.Tokens = append(w.Tokens, Token{Start: int32(at), End: int32(at), Sep: SepSpace | SepOther, Flags: Gap})
	return at
}

// skimmed returns the high bits of the bytes of x that are spaces, and of those
// that are other ASCII characters than letters and digits or begin one from
// U+0800 on.
func skimmed(x uint64) (space, signs uint64) {
	const ones, high = eight.Ones, eight.High
	low := x &^ high
	space = ^(low ^ ' '*ones + 0x7F*ones) &^ x & high
	folded := low | caseBits
	letter := (folded + (0x80-'a')*ones) &^ (folded + (0x80-'z'-1)*ones)
	digit := (low + (0x80-'0')*ones) &^ (low + (0x80-'9'-1)*ones)
	return space, (^(letter | digit | space | x) | x&(x<<1)&(x<<2)) & high
}

// sign notes the place after the sign at w.Text[at:] if something may have to
// be cut out there. It returns false when the line cannot be skimmed.
func (s *Set) sign(w *Words, at int) bool {
	text := w.Text
	size, spaced := 1, false
	switch c := text[at]; {
	case c < utf8.RuneSelf:
		switch sep := lowTable[c].sep; {
		case sep&(SepComma|SepOpen) != 0:
			spaced = true
		case sep&(SepEnd|SepQuote|SepClose) == 0:
			return true
		}
	case c < 0xE2:
		return true // a letter
	default:
		var r rune
		r, size = utf8.DecodeRuneInString(text[at:])
		if class, _ := classify(r); class == clCJK {
			return false // nothing stands between its words
		}
		sep := separator(r)
		if sep&(SepEnd|SepComma|SepOpen|SepQuote|SepClose) == 0 {
			return true
		}
		spaced = sep&(SepEnd|SepComma|SepOpen) != 0
	}
	if start := at + size; s.mayBeCut(w, start, spaced) {
		w.inner = append(w.inner, int32(start))
	}
	return true
}

// Bytes around a place noted by skim that are read to decide about it.
const (
	innerBefore = 60
	innerAfter  = 160
)

// CutSkimmed calls f for the pieces to cut out of the part of the line that was
// skimmed, in order.
func (s *Set) CutSkimmed(w *Words, host string, f func(Hit)) {
	done := 0 // bytes decided about
	for _, at := range w.inner {
		if int(at) < done {
			continue
		}
		from, to := max(int(at)-innerBefore, 0), min(int(at)+innerAfter, len(w.Text))
		for !utf8.RuneStart(w.Text[from]) {
			from++
		}
		p := w.probe
		s.Scan(p, w.Text[from:to])
		for next := 0; ; {
			hit, after, ok := s.CutInside(p, host, next)
			if !ok {
				break
			}
			next = after
			if hit.Start, hit.End = hit.Start+from, hit.End+from; hit.Start >= done {
				f(hit)
				done = hit.End
			}
		}
	}
}

// goesOn reports whether a form that begins the line may go on after the words
// that were read. It leaves the forms that end before for Match.
func (s *Set) goesOn(w *Words) bool {
	w.reached = false
	s.begin(w, 0)
	w.walked = !w.reached
	return w.reached
}

// These many bytes of a text are read to see whether a form begins there that
// is cut out of lines: first a few, then as many as it may have.
const (
	fewBytes   = 32
	probeBytes = 120
)

// mayBeCut reports whether a form that is cut out of lines begins at
// w.Text[i:], after white space if there may be some.
func (s *Set) mayBeCut(w *Words, i int, spaced bool) bool {
	text := w.Text
	for spaced && i < len(text) && text[i] == ' ' {
		i++
	}
	if i >= len(text) {
		return false
	}
	if text[i] < utf8.RuneSelf {
		if !isLetter[text[i]] || !spaced && text[i] >= 'a' {
			return false
		}
		n, h := firstPart(text, i)
		if (i+n >= len(text) || text[i+n] < utf8.RuneSelf) && s.lists[s.vocabulary.find(h)]&s.insides == 0 {
			return false
		}
	} else if r, _ := utf8.DecodeRuneInString(text[i:]); !isWord(r) {
		return false
	}
	if w.probe == nil {
		w.probe = &Words{Entire: true}
	}
	p := w.probe
	for _, size := range [...]int{fewBytes, probeBytes} {
		s.Scan(p, text[i:min(i+size, len(text))])
		if len(p.Tokens) == 0 || p.Lists&s.insides == 0 {
			return false
		}
		p.reached = false
		s.begin(p, 0)
		for _, h := range p.hits {
			if s.forms[h.form].shape == Inside {
				return true
			}
		}
		if !p.reached {
			return false
		}
	}
	return true
}

// firstPart returns the length of the ASCII word at text[i:], or of its part
// before a capital that follows a small letter, and its hash.
func firstPart(text string, i int) (n int, h uint64) {
	if i+8 <= len(text) {
		x := eight.Load(text[i:])
		if n = letters(x); n < 8 {
			mask := uint64(1)<<(8*n) - 1
			if ^x&caseBits&mask <= oneCap {
				return n, mix(hashSeed^uint64(n), (x|caseBits)&mask)
			}
		}
	}
	for n = 1; i+n < len(text) && isLetter[text[i+n]] && (text[i+n] >= 'a' || text[i+n-1] < 'a'); n++ {
	}
	return n, hashLetters(text, i, n)
}

func isWord(r rune) bool {
	class, _ := classify(r)
	return class == clLower || class == clUpper || class == clCJK
}
