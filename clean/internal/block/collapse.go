package block

import (
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// text adds a text node to the block being filled.
func (b *builder) text(s string) {
	el := &b.d.Elems[b.top()]
	if el.Flags&fPre != 0 {
		b.preText(s, el)
		return
	}
	// A long text is noted in pieces, behind each, so that its beginning is there
	// when the time is over.
	noted := 0
	for i := 0; i < len(s); {
		if i-noted >= textPiece {
			b.d.clock.Read(i - noted)
			noted = i
		}
		switch textBytes[s[i]] {
		case textBlank:
			b.space = true
			i++
			for i+8 <= len(s) && blankEight(chars.Load8(s[i:])) {
				i += 8
			}
			for i < len(s) && textBytes[s[i]] == textBlank {
				i++
			}
			continue
		case textWide:
			if n := chars.HiddenRun(s[i:min(len(s), i+textPiece)]); n > 0 {
				if b.o.Explain {
					b.d.Asides = append(b.d.Asides, Aside{At: int32(len(b.d.Text)),
						Elem: b.top(), Text: s[i : i+n], Kind: "hidden", Rule: "hidden.characters"})
				}
				i += n
				continue
			}
			if n, blank := blankAt(s[i:]); n > 0 {
				b.space = b.space || blank
				i += n
				continue
			}
		}
		j := i + 1
		end := min(len(s), i+textPiece)
		j += plainRun(s[j:end])
		for j < end {
			switch textBytes[s[j]] {
			case textPlain:
				j++
				continue
			case textWide:
				if n, _ := blankAt(s[j:]); n == 0 && chars.HiddenRun(s[j:]) == 0 {
					j++
					continue
				}
			case textBlank:
				// A single blank stays as it is.
				if s[j] == ' ' && j+1 < end && textBytes[s[j+1]] == textPlain {
					j += 2
					j += plainRun(s[j:end])
					continue
				}
			}
			break
		}
		b.word(s[i:j], el)
		i = j
	}
	if rest := len(s) - noted; rest > 1<<10 { // less is part of nodeUnits
		b.d.clock.Read(rest)
	}
}

// plainRun is how much of the beginning of s stays as it is, being ASCII and
// single spaces, the last of which is not part of it, as far as can be told from
// eight bytes at a time: where words end is hard to foresee.
func plainRun(s string) int {
	n, blank := 0, uint64(0) // whether the last one was a space
	for ; len(s)-n >= 8; n += 8 {
		space, ok := plainEight(chars.Load8(s[n:]), blank)
		if !ok {
			return n - int(blank>>7)
		}
		blank = space >> 56
	}
	if n > 0 && n < len(s) { // the last eight, some of them again
		if space, ok := plainEight(chars.Load8(s[len(s)-8:]), 0); ok {
			return len(s) - int(space>>63)
		}
	}
	return n - int(blank>>7)
}

// plainEight reports whether eight bytes are ASCII and single spaces, and which are
// spaces: those and the one in front are bits, the highest of a byte.
func plainEight(x, before uint64) (space uint64, ok bool) {
	const ones, high = chars.Ones, chars.High
	space = ^(x ^ ' '*ones + 0x7F*ones) & high // right where x has no other high bits
	return space, (x|(x-' '*ones)&^x)&high|space&(space<<8|before) == 0
}

// blankEight reports whether eight bytes are textBlank.
func blankEight(x uint64) bool { return (x+(0x7F-' ')*chars.Ones|x)&chars.High == 0 }

// What bytes are in a text.
const (
	textPlain = iota
	textBlank
	// textWide is the first of a character that may be a blank or invisible. Tags,
	// which begin with 0xF3, are left to the line step, which knows of flags.
	textWide
)

var textBytes = func() (t [256]uint8) {
	for c := range ' ' + 1 {
		t[c] = textBlank
	}
	for _, c := range []byte{0xC2, 0xE2, 0xE3, 0xEF} {
		t[c] = textWide
	}
	return t
}()

// preText adds text whose line breaks and spaces matter.
func (b *builder) preText(s string, el *Elem) {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if !b.open {
		s = strings.TrimLeft(s, "\n")
		if strings.TrimSpace(s) == "" {
			return
		}
	}
	for ; len(s) > textPiece; s = s[textPiece:] {
		b.word(s[:textPiece], el)
		b.d.clock.Read(textPiece)
	}
	b.word(s, el)
}

// blankAt returns the length of a space or invisible character at the start of
// s, 0 when there is none, and whether it parts words.
func blankAt(s string) (n int, blank bool) {
	switch r, n := utf8.DecodeRuneInString(s); {
	case chars.IsSpace(r):
		return n, true
	case chars.Invisible(r):
		return n, false
	}
	return 0, false
}
