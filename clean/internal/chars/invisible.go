package chars

import "unicode/utf8"

// Joiners that shape the writing.
const (
	NonJoiner = 0x200C
	Joiner    = 0x200D
)

// Invisible reports whether a character leaves no trace on paper and has no part
// in spelling: soft hyphens, zero-width spaces, marks that turn the reading
// direction, but for those that Hebrew and Arabic need. Operators without a sign stay, for formulas, and tags, for flags.
func Invisible(r rune) bool {
	switch {
	case r < 0xAD:
		return r < ' ' && r != '\t' && r != '\n' || r == 0x7F
	case r < 0x2000:
		return r == 0xAD || r == 0x180E
	case r < 0x2070:
		return r == 0x200B || r >= 0x202A && r <= 0x202E || r == 0x2060 || r >= 0x2066
	}
	return r == 0xFEFF || r >= 0xFFF9 && r <= 0xFFFB
}

// spells reports whether a character is a joiner or a mark of direction, nowhere
// seen either, that the spelling of some languages needs.
func spells(r rune) bool { return r >= NonJoiner && r <= 0x200F }

// Unseen reports whether a character is of no use in names and keys: what is
// invisible, what only spells, and what stands for a picture that is not there.
func Unseen(r rune) bool { return Invisible(r) || spells(r) || r == 0xFFFC }

// tag reports whether a character is one of those that spell flags.
func tag(r rune) bool { return r == 0xE0001 || r >= 0xE0020 && r <= 0xE007F }

// Hides reports whether a character beyond ASCII is unseen or may be a part of a
// hidden run.
func Hides(r rune) bool { return r >= 0xAD && (Unseen(r) || tag(r)) }

// Shapes reports whether a joiner after a character shapes the writing: in
// Arabic and Indic scripts and between the parts of an emoji.
func Shapes(r rune) bool {
	return r >= 0x0600 && r <= 0x08FF || r >= 0x0900 && r <= 0x0DFF || r >= 0x1000 && r <= 0x18AF ||
		r >= 0xFB50 && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFE || r == 0xFE0F || r >= 0x2190 && r <= 0x2BFF || r >= 0x1F000 && r <= 0x1FAFF
}

// Ghost reports whether a character beyond ASCII, though it may have a place in writing,
// is nothing to be seen in a run of its kind: operators without a sign, fillers, controls,
// signs that choose a form, codes that are no characters, marks upon a letter.
func Ghost(r rune) bool {
	switch {
	case r < 0xA0:
		return r >= 0x80
	case r < 0x2000:
		return r >= 0x300 && r < 0x370 || r == 0x61C || r == 0x115F || r == 0x1160 || r == 0x17B4 || r == 0x17B5 || r >= 0x180B && r <= 0x180F ||
			r >= 0x1AB0 && r < 0x1B00 || r >= 0x1DC0 && r < 0x1E00
	case r < 0x10000:
		return r >= 0x2061 && r <= 0x2064 || r >= 0x20D0 && r < 0x2100 || r == 0x2800 || r == 0x3164 || r >= 0xFDD0 && r <= 0xFDEF ||
			selects(r) || r >= 0xFE20 && r < 0xFE30 || r == 0xFFA0 || r >= 0xFFFE
	}
	return r >= 0x1BCA0 && r <= 0x1BCA3 || r >= 0x1D173 && r <= 0x1D17A || selects(r) || r&0xFFFE == 0xFFFE
}

// selects reports whether a character chooses the form of the one before it.
func selects(r rune) bool { return r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF }

// isMark reports whether a ghost is a mark upon a letter.
func isMark(r rune) bool {
	return r >= 0x300 && r < 0x370 && r != 0x34F || r >= 0x1AB0 && r < 0x1B00 || r >= 0x1DC0 && r < 0x1E00 || r >= 0x20D0 && r < 0x2100 || r >= 0xFE20 && r < 0xFE30
}

// HiddenRun returns the length of a run of invisible characters at the start of
// s that hides something, 0 when there is none: tags, with which a whole text
// can be written that nobody sees, an override of the reading direction, signs that
// choose a form one after the other, each a byte to a program, or more characters
// without a trace, or marks upon one letter, in a row than any language or tool has.
// The tags of a flag emoji are no such run; FlagTags is to be asked for after its black
// flag.
func HiddenRun(s string) int {
	const most = 4 // in a row
	n, at, chosen := 0, 0, 0
	telling, after := false, rune(0)
	for at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		if r < 0x80 || !tag(r) && !spells(r) && !Invisible(r) && !Ghost(r) || n > 0 && isMark(r) != isMark(after) {
			if r > 0x2800 && r < 0x2900 {
				return 0 // Braille
			}
			break
		}
		if chosen++; !selects(r) {
			chosen = 0
		}
		telling = telling || tag(r) || r == 0x202D || r == 0x202E || chosen > 1
		at += size
		n, after = n+1, r
	}
	if telling || n > most {
		return at
	}
	return 0
}

// FlagTags is the length of the tags at the start of s that make a flag of a black one:
// the letters of a part of a country, and the tag that ends them.
func FlagTags(s string) int {
	const letters = 6
	for at, n := 0, 0; n <= letters; n++ {
		r, size := utf8.DecodeRuneInString(s[at:])
		at += size
		switch {
		case r == 0xE007F && n > 1:
			return at
		case r < 0xE0030 || r > 0xE007A:
			return 0
		}
	}
	return 0
}

// MayHide reports whether the byte may begin a character of a hidden run.
func MayHide(c byte) bool {
	switch c {
	case 0xC2, 0xCC, 0xCD, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF:
		return true
	}
	return c >= 0xF0
}
