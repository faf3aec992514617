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

// HiddenRun returns the length of a run of invisible characters at the start of
// s that hides something, 0 when there is none: tags, with which a whole text
// can be written that nobody sees, an override of the reading direction, or
// more zero-width characters in a row than any tool leaves. The tags of a flag
// emoji are no such run; it has to be asked for after its black flag.
func HiddenRun(s string) int {
	const most = 4 // in a row
	n, at := 0, 0
	telling := false
	for at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		if !tag(r) && !spells(r) && (r < utf8.RuneSelf || !Invisible(r)) {
			break
		}
		telling = telling || tag(r) || r == 0x202D || r == 0x202E
		at += size
		n++
	}
	if telling || n > most {
		return at
	}
	return 0
}

// MayHide reports whether the byte may begin a character of a hidden run.
func MayHide(c byte) bool { return c == 0xC2 || c == 0xE1 || c == 0xE2 || c == 0xEF || c == 0xF3 }
