package plain

import "unicode/utf8"

// roomBytes is room on the stack for a line to be squeezed.
const roomBytes = 400

// Squeeze makes every run of white space one blank and drops what is not
// visible: zero-width characters and soft hyphens.
func Squeeze(s string) string {
	for s != "" && blankByte(s[0]) {
		s = s[1:]
	}
	for s != "" && blankByte(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	if isPlain(s) {
		return s
	}
	var buf [roomBytes]byte
	b, _ := AppendSqueezed(buf[:0], s, false)
	return string(b)
}

// SqueezeAll is Squeeze of pieces in one. Of what comes to more than max bytes
// it may be a beginning of more than max bytes.
func SqueezeAll(pieces []string, max int) string {
	if len(pieces) == 1 {
		s := pieces[0]
		if few := max + max/4; len(s) > few { // mostly enough to tell that it is longer
			if t := Squeeze(Head(s, few)); len(t) > max {
				return t
			}
		}
		return Squeeze(s)
	}
	var buf [roomBytes]byte
	b, space := buf[:0], false
	for _, p := range pieces {
		if len(b) > max {
			break
		}
		b, space = AppendSqueezed(b, p, space)
	}
	return string(b)
}

// AppendSqueezed appends what Squeeze leaves of s to b. space tells, before and
// after, that white space is due before the next visible character.
func AppendSqueezed(b []byte, s string, space bool) ([]byte, bool) {
	for i := 0; i < len(s); {
		start := i
		for i < len(s) && s[i] < utf8.RuneSelf && !blankByte(s[i]) {
			i++
		}
		if i == start {
			r, w := utf8.DecodeRuneInString(s[i:])
			i += w
			switch {
			case IsSpace(r):
				space = true
				continue
			case IsInvisible(r):
				continue
			}
			if space && len(b) > 0 {
				b = append(b, ' ')
			}
			b, space = utf8.AppendRune(b, r), false
			continue
		}
		if space && len(b) > 0 {
			b = append(b, ' ')
		}
		b, space = append(b, s[start:i]...), false
	}
	return b, space
}

// Blank reports whether Squeeze leaves nothing of s.
func Blank(s string) bool {
	for _, r := range s {
		if !IsSpace(r) && !IsInvisible(r) {
			return false
		}
	}
	return true
}

// isPlain reports whether s, which neither begins nor ends with white space, is ASCII
// that Squeeze would leave alone.
func isPlain(s string) bool {
	last := byte(0)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x7f || c < ' ' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return true
}

// blankByte reports whether an ASCII character is white space, or as good as that.
func blankByte(c byte) bool { return c <= ' ' || c == 0x7f }

// IsSpace reports whether a character is white space, or a control character.
func IsSpace(r rune) bool {
	switch {
	case r <= ' ':
		return true
	case r < 0x85:
		return r == 0x7f
	case r == 0x85, r == 0xa0, r == 0x1680, r == 0x2028, r == 0x2029, r == 0x202f, r == 0x205f, r == 0x3000:
		return true
	}
	return r >= 0x2000 && r <= 0x200a
}

// IsInvisible reports whether a character is not seen: joiners, soft hyphens, marks of
// direction.
func IsInvisible(r rune) bool {
	switch r {
	case 0xad, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2060, 0xfeff, 0xfffc:
		return true
	}
	return r >= 0x202a && r <= 0x202e
}
