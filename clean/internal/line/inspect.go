package line

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// traits are what is known of the characters of a line.
type traits uint8

const (
	plainChars traits = 1 << iota // it can be copied as it is, and hides nothing
	noTags                        // there is no < in it
	noIcons                       // it does not hold the word icon
)

// textInfo is what there is to know of a text as a whole: most are free of all
// that is looked for in each line, and then no line need be looked at.
type textInfo struct {
	newlines, others int // line ends that are \n, and all others; \r\n is one of each
	traits           traits
	invalid          bool // it is not UTF-8; the rest is not known then
}

// inspect looks at a text as a whole.
func inspect(c *work.Clock, text string) textInfo {
	all, read := textInfo{traits: plainChars | noTags | noIcons}, 0
	for part := range parts(text) {
		c.Read(len(part))
		s := characters(part)
		if all.invalid = s.invalid; s.invalid {
			break
		}
		all.newlines += s.newlines
		all.others += s.others
		all.traits &= s.traits
		if strings.IndexByte(part, '<') >= 0 {
			all.traits &^= noTags
		}
		const word = len("icon") // it may lie across two parts
		if holdsIcon(text[max(0, read-word) : read+len(part)]) {
			all.traits &^= noIcons
		}
		read += len(part)
	}
	return all
}

// ofPart are the traits of a text that was copied from one of plain characters.
func (t *textInfo) ofPart(text string) traits {
	is := plainChars | noTags | noIcons
	if t.traits&noTags == 0 && strings.IndexByte(text, '<') >= 0 {
		is &^= noTags
	}
	if holdsIcon(text) { // two copies side by side may, though the first text did not
		is &^= noIcons
	}
	return is
}

const (
	ones = chars.Ones
	high = chars.High
)

// characters looks at every character: of the traits it leaves out noTags and
// noIcons.
func characters(s string) textInfo {
	found := textInfo{traits: plainChars | noTags | noIcons}
	for i := 0; i < len(s); {
		if i+8 <= len(s) {
			x := chars.Load8(s[i:])
			low := x &^ high
			newlines := chars.Are8(low, '\n') &^ x
			others := (x | ^(low + (0x80-' ')*ones) | (low + ones)) & high &^ newlines // what paper does not show
			if others == 0 {
				found.newlines += bits.OnesCount64(newlines)
				i += 8
				continue
			}
			ahead := bits.TrailingZeros64(others) &^ 7
			found.newlines += bits.OnesCount64(newlines & (1<<ahead - 1))
			i += ahead / 8
		}
		size := 1
		switch c := s[i]; {
		case c == '\n':
			found.newlines++
		case c == '\r':
			found.others++
			found.traits &^= plainChars
		case c >= ' ' && c < 0x7F || c == '\t':
		case c < utf8.RuneSelf:
			found.traits &^= plainChars
		case plainAt(s, i) > 0:
			size = plainAt(s, i)
		default:
			var r rune
			switch r, size = utf8.DecodeRuneInString(s[i:]); {
			case size == 1:
				found.invalid = true
				return found
			case r == 0x2028 || r == 0x2029:
				found.others++
			case chars.Hides(r), chars.Ghost(r):
				found.traits &^= plainChars
			}
		}
		i += size
	}
	return found
}

// plainAt is the size of the character at byte i, beyond ASCII, if it is one of those
// that paper shows for certain: letters of two bytes, most of those of three, quotation
// marks and dashes. Else it is 0.
func plainAt(s string, i int) int {
	c := s[i]
	switch {
	case c >= 0xC3 && c < 0xE0:
		if i+1 < len(s) && s[i+1]&0xC0 == 0x80 && c != 0xCC && c != 0xCD && (c != 0xD8 || s[i+1] != 0x9C) {
			return 2
		}
	case c >= 0xE4 && c < 0xED || c == 0xE2: // from U+4000 to U+CFFF, and U+2010 to U+2027
		if i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 && (c != 0xE2 || s[i+1] == 0x80 && s[i+2] >= 0x90 && s[i+2] <= 0xA7) {
			return 3
		}
	}
	return 0
}

// hasPlainChars reports whether nothing in a line of UTF-8 is against copying it as it
// is, and nothing hidden in it.
func hasPlainChars(line string) bool { return characters(line).traits&plainChars != 0 }

// holdsIcon looks for icon and Icon.
func holdsIcon(text string) bool {
	i := 0
	for ; i+10 <= len(text); i += 8 {
		// A place where there is none may be taken for one, but not the reverse.
		at := ((chars.Load8(text[i:]) | ' '*ones) ^ 'i'*ones) | (chars.Load8(text[i+1:]) ^ 'c'*ones) | (chars.Load8(text[i+2:]) ^ 'o'*ones)
		if (at-ones)&^at&high != 0 && hasIcon(text[i:min(i+11, len(text))]) {
			return true
		}
	}
	return hasIcon(text[i:])
}

func hasIcon(text string) bool {
	return strings.Contains(text, "icon") || strings.Contains(text, "Icon")
}
