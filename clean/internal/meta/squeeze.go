package meta

import "unicode/utf8"

// squeeze makes every run of white space one blank and drops what is not
// visible: zero-width characters and soft hyphens.
func squeeze(s string) string {
	for s != "" && blankByte(s[0]) {
		s = s[1:]
	}
	for s != "" && blankByte(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	if plain(s) {
		return s
	}
	var buf [2 * maxLine]byte
	b, _ := appendSqueezed(buf[:0], s, false)
	return string(b)
}

// squeezeAll is squeeze of pieces in one. Of what comes to more than max bytes
// it may be a beginning of more than max bytes.
func squeezeAll(pieces []string, max int) string {
	if len(pieces) == 1 {
		s := pieces[0]
		if few := max + max/4; len(s) > few { // mostly enough to tell that it is longer
			if t := squeeze(head(s, few)); len(t) > max {
				return t
			}
		}
		return squeeze(s)
	}
	var buf [2 * maxLine]byte
	b, space := buf[:0], false
	for _, p := range pieces {
		if len(b) > max {
			break
		}
		b, space = appendSqueezed(b, p, space)
	}
	return string(b)
}

// appendSqueezed appends what squeeze leaves of s to b. space tells, before and
// after, that white space is due before the next visible character.
func appendSqueezed(b []byte, s string, space bool) ([]byte, bool) {
	for i := 0; i < len(s); {
		start := i
		for i < len(s) && s[i] < utf8.RuneSelf && !blankByte(s[i]) {
			i++
		}
		if i == start {
			r, w := utf8.DecodeRuneInString(s[i:])
			i += w
			switch {
			case isSpace(r):
				space = true
				continue
			case invisible(r):
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

// blank tells whether squeeze leaves nothing of s.
func blank(s string) bool {
	for _, r := range s {
		if !isSpace(r) && !invisible(r) {
			return false
		}
	}
	return true
}

// plain tells whether s, which neither begins nor ends with white space, is ASCII
// that squeeze would leave alone.
func plain(s string) bool {
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

// blankByte tells whether an ASCII character is white space, or as good as that.
func blankByte(c byte) bool { return c <= ' ' || c == 0x7f }

func isSpace(r rune) bool {
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

func invisible(r rune) bool {
	switch r {
	case 0xad, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2060, 0xfeff, 0xfffc:
		return true
	}
	return r >= 0x202a && r <= 0x202e
}
