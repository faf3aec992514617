package rules

import "unicode/utf8"

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
		tag := r == 0xE0001 || r >= 0xE0020 && r <= 0xE007F
		if !tag && (r < 0x200C || r > 0x200F) && (r < 0x80 || !Invisible(r)) {
			break
		}
		telling = telling || tag || r == 0x202D || r == 0x202E
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
