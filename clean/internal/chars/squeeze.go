package chars

import "unicode/utf8"

// roomBytes is room on the stack for a line to be squeezed.
const roomBytes = 400

// Squeeze makes every run of white space one blank and drops what is not
// visible: zero-width characters and soft hyphens.
func Squeeze(s string) string {
	for s != "" && IsSpaceByte(s[0]) {
		s = s[1:]
	}
	for s != "" && IsSpaceByte(s[len(s)-1]) {
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
		for i < len(s) && s[i] < utf8.RuneSelf && !IsSpaceByte(s[i]) {
			i++
		}
		if i == start {
			r, w := utf8.DecodeRuneInString(s[i:])
			i += w
			switch {
			case IsSpace(r):
				space = true
				continue
			case Unseen(r):
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
		if !IsSpace(r) && !Unseen(r) {
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

// Head cuts s off at max bytes, never inside a character.
func Head(s string, max int) string {
	if len(s) <= max {
		return s
	}
	for max > 0 && s[max]&0xc0 == 0x80 {
		max--
	}
	return s[:max]
}

// BlankLine reports whether nothing of a line of text would be written: unlike names
// and keys (see [Blank]), texts keep joiners, marks of direction and what stands for
// pictures.
func BlankLine(s string) bool {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if !IsSpaceByte(c) {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !IsSpace(r) && !Invisible(r) {
			return false
		}
		i += size
	}
	return true
}
