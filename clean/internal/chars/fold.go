package chars

import (
	"unicode"
	"unicode/utf8"
)

// A short text is folded on the stack, to be compared.
const foldRoom = 256

// Fold makes texts comparable: letters and digits in lower case, one blank
// between words.
func Fold(s string) string {
	var buf [foldRoom]byte
	return foldedString(AppendFold(buf[:0], s, true), s)
}

// FoldsTo reports whether Fold makes key of s.
func FoldsTo(s, key string) bool {
	var buf [foldRoom]byte
	return string(AppendFold(buf[:0], s, true)) == key
}

// Glue makes names comparable: Fold with nothing between the words.
func Glue(s string) string {
	var buf [foldRoom]byte
	return foldedString(AppendFold(buf[:0], s, false), s)
}

// GluesTo reports whether Glue makes key of text.
func GluesTo[T string | []byte](text T, key string) bool {
	for i, w := 0, 0; i < len(text); i += w {
		r := rune(text[i])
		if w = 1; r >= utf8.RuneSelf {
			var room [utf8.UTFMax]byte
			r, w = utf8.DecodeRune(room[:copy(room[:], text[i:])])
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			continue
		}
		want, size := utf8.DecodeRuneInString(key)
		if unicode.ToLower(r) != want {
			return false
		}
		key = key[size:]
	}
	return key == ""
}

// foldedString is b as a string: s where that is the same.
func foldedString(b []byte, s string) string {
	if string(b) == s {
		return s
	}
	return string(b)
}

// AppendFold appends what Fold makes of s to b, which is empty, or what Glue
// makes of it if there are to be no blanks.
func AppendFold(b []byte, s string, blanks bool) []byte {
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
			if r == '’' || Unseen(r) {
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

// HasFold reports whether b begins with prefix, which is in lower case, letters of ASCII folded.
func HasFold(b []byte, prefix string) bool {
	if len(b) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		c := b[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != prefix[i] {
			return false
		}
	}
	return true
}

// IsLetter reports whether c is a letter of ASCII.
func IsLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
