package meta

import (
	"unicode"
	"unicode/utf8"
)

// A short text is folded on the stack, to be compared.
const foldRoom = 256

// fold makes texts comparable: letters and digits in lower case, one blank
// between words.
func fold(s string) string {
	var buf [foldRoom]byte
	return foldedString(appendFold(buf[:0], s, true), s)
}

// foldsTo tells whether fold makes key of s.
func foldsTo(s, key string) bool {
	var buf [foldRoom]byte
	return string(appendFold(buf[:0], s, true)) == key
}

// glue makes names comparable: fold with nothing between the words.
func glue(s string) string {
	var buf [foldRoom]byte
	return foldedString(appendFold(buf[:0], s, false), s)
}

// foldedString is b as a string: s where that is the same.
func foldedString(b []byte, s string) string {
	if string(b) == s {
		return s
	}
	return string(b)
}

// appendFold appends what fold makes of s to b, which is empty, with blanks
// between words or without.
func appendFold(b []byte, s string, blanks bool) []byte {
	space := false
	for i := 0; i < len(s); {
		r, w := rune(s[i]), 1
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r == '\'':
			i++ // Dont and Don't are the same word
			continue
		case r < utf8.RuneSelf:
			space = blanks
			i++
			continue
		default:
			r, w = utf8.DecodeRuneInString(s[i:])
			if r == '’' || invisible(r) {
				i += w
				continue
			}
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				space = blanks
				i += w
				continue
			}
			r = unicode.ToLower(r)
		}
		i += w
		if space && len(b) > 0 {
			b = append(b, ' ')
		}
		space = false
		if r < utf8.RuneSelf {
			b = append(b, byte(r))
		} else {
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// isSite tells whether s names the site; names are glued.
func isSite(s string, names []string) bool {
	var buf [foldRoom]byte
	key := appendFold(buf[:0], s, false)
	if len(key) == 0 {
		return true
	}
	for _, n := range names {
		if n == string(key) {
			return true
		}
	}
	return false
}

// agrees tells whether t is one of the others, which are folded, or the
// beginning or end of one.
func agrees(t string, others []string) bool {
	var buf [foldRoom]byte
	key := appendFold(buf[:0], t, true)
	n := len(key)
	if n == 0 {
		return false
	}
	for _, o := range others {
		if o == string(key) {
			return true
		}
		if rest := len(o) - n; n >= 8 && rest > 0 &&
			(o[n] == ' ' && o[:n] == string(key) || o[rest-1] == ' ' && o[rest:] == string(key)) {
			return true
		}
	}
	return false
}
