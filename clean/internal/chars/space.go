package chars

// IsSpace reports whether a character is white space, or a control character, which
// is as good as that.
func IsSpace(r rune) bool {
	switch {
	case r <= ' ':
		return true
	case r < 0x85:
		return r == 0x7F
	case r == 0x85, r == 0xA0, r == 0x1680, r == 0x2028, r == 0x2029, r == 0x202F, r == 0x205F, r == 0x3000:
		return true
	}
	return r >= 0x2000 && r <= 0x200A
}

// IsSpaceByte is IsSpace of an ASCII character.
func IsSpaceByte(c byte) bool { return c <= ' ' || c == 0x7F }

// IsHTMLSpace reports whether a byte is what HTML calls white space.
func IsHTMLSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'
}
