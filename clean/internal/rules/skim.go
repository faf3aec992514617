package rules

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/words"
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

// Words is a line cut into tokens, for rules to match. The zero value is ready for
// use; used again, it keeps its memory. It must not be used by two goroutines at
// once.
type Words struct {
	words.Line
	// Skipped is how many words within a long line are not among the tokens;
	// a token with the flag Gap stands in their place.
	Skipped int
	// NoIcons: who asks for the scan knows that the line does not hold "icon".
	NoIcons bool
	// Entire: who asks for the scan wants all tokens, however long the line is.
	Entire bool

	hits    []accept // scratch of the matcher
	needed  []uint32 // see findNeeded
	reached bool     // a walk came to the end of the tokens
	heads   []accept // the forms that the line begins with, once they are known
	begun   bool     // they are
	probe   *Words   // scratch of the scanner
	inner   []int32  // bytes of the skimmed part where something may have to be cut out
}

// Scan cuts a line into tokens and looks each up in the set's vocabulary; rules
// see glued words both as pieces and as a whole. Of a long paragraph only the words
// at its ends are read and the others counted, unless a rule may find it as a whole.
func (s *Set) Scan(w *Words, text string) {
	w.Skipped, w.begun, w.inner = 0, false, w.inner[:0]
	if w.Entire {
		s.vocabulary.Scan(&w.Line, text)
		return
	}
	if at := s.vocabulary.ScanHead(&w.Line, text, headTokens, tailBytes+minSkimBytes); at < len(text) {
		s.vocabulary.ScanOn(&w.Line, s.skim(w, at))
	}
}

// skim returns where to read on in a line of which the words before i were
// read: near its end, when the line is long and no rule may find it as a whole,
// else at i. It notes where something may have to be cut out between.
func (s *Set) skim(w *Words, i int) int {
	text := w.Text
	if !w.NoIcons && strings.Contains(text[:i], "icon") || len(text) < wholeBytes &&
		(w.Lists&s.needs != 0 || s.lists(w.Tokens[0].ID)&s.labels != 0 || s.goesOn(w)) {
		return i
	}
	skipped, at := 0, i
	for end := len(text) - tailBytes; at < end; at += 8 {
		x := chars.Load8(text[at:])
		space, signs := skimmed(x)
		skipped += bits.OnesCount64(space)
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
	w.Skipped = skipped + 1
	w.Tokens = append(w.Tokens, words.Token{Start: int32(at), End: int32(at), Sep: words.SepSpace | words.SepOther, Flags: words.Gap})
	return at
}

// skimmed returns the high bits of the bytes of x that are spaces, and of those
// that are other ASCII characters than letters and digits or begin one from
// U+0800 on.
func skimmed(x uint64) (space, signs uint64) {
	const ones, high = chars.Ones, chars.High
	low := x &^ high
	space = ^(low ^ ' '*ones + 0x7F*ones) &^ x & high
	folded := low | chars.CaseBits
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
		switch sep := words.Separator(rune(c)); {
		case sep&(words.SepComma|words.SepOpen) != 0:
			spaced = true
		case sep&(words.SepEnd|words.SepQuote|words.SepClose) == 0:
			return true
		}
	case c < 0xE2:
		return true // a letter
	default:
		var r rune
		r, size = utf8.DecodeRuneInString(text[at:])
		if chars.SpacelessInLines(r) {
			return false // nothing stands between its words
		}
		sep := words.Separator(r)
		if sep&(words.SepEnd|words.SepComma|words.SepOpen|words.SepQuote|words.SepClose) == 0 {
			return true
		}
		spaced = sep&(words.SepEnd|words.SepComma|words.SepOpen) != 0
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
// that were read. If none does, those that end before are all that begin it.
func (s *Set) goesOn(w *Words) bool {
	w.reached = false
	s.begin(w, 0)
	w.begun = !w.reached
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
		if !chars.IsLetterByte(text[i]) || !spaced && text[i] >= 'a' {
			return false
		}
		n, h := words.FirstPart(text, i)
		if (i+n >= len(text) || text[i+n] < utf8.RuneSelf) && s.lists(s.vocabulary.Find(h))&s.insides == 0 {
			return false
		}
	} else if r, _ := utf8.DecodeRuneInString(text[i:]); !words.IsWord(r) {
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
		for _, h := range s.begin(p, 0) {
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
