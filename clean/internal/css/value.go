package css

import (
	"strings"
)

// A Length is a length, or a number.
type Length struct {
	N    float32
	Unit Unit
}

// A Unit says what a length is measured in.
type Unit uint8

// Units. Lengths in inches, points and the like are in pixels.
const (
	Px      Unit = iota
	Em           // font sizes of the element, or of the one around for its own font size
	Percent      // hundredths of something around
)

// Pixels is the length where an em and a hundredth have so many.
func (l Length) Pixels(em, hundredth float32) float32 {
	switch l.Unit {
	case Em:
		return l.N * em
	case Percent:
		return l.N * hundredth
	}
	return l.N
}

// pixels is the length where nothing is known of what is around.
func (l Length) pixels() float32 { return l.Pixels(16, Width/100) }

// units are those of lengths, in pixels.
var units = map[string]Length{
	"": {1, Px}, "px": {1, Px}, "em": {1, Em}, "%": {1, Percent},
	"rem": {16, Px}, "ex": {.5, Em}, "ch": {.5, Em}, "lh": {1.2, Em}, "cap": {.7, Em}, "ic": {1, Em}, "rlh": {19, Px},
	"pt": {96. / 72, Px}, "pc": {16, Px}, "in": {96, Px}, "cm": {96 / 2.54, Px}, "mm": {9.6 / 2.54, Px}, "q": {2.4 / 2.54, Px},
	"vw": {Width / 100, Px}, "vh": {Height / 100, Px}, "vmin": {Height / 100, Px}, "vmax": {Width / 100, Px}, "vi": {Width / 100, Px}, "vb": {Height / 100, Px},
	"svw": {Width / 100, Px}, "svh": {Height / 100, Px}, "lvw": {Width / 100, Px}, "lvh": {Height / 100, Px}, "dvw": {Width / 100, Px}, "dvh": {Height / 100, Px},
}

// length reads a length, a number or a sum of them at the start of v and returns what
// stands behind it.
func length(v string) (l Length, rest string, ok bool) {
	if v == "" {
		return l, v, false
	}
	if c := v[0]; c != '.' && c != '-' && c != '+' && (c < '0' || c > '9') {
		return function(v, 0)
	}
	n, i, ok := number(v)
	if !ok {
		return l, v, false
	}
	j := i
	for j < len(v) && (isLetter(v[j]) || v[j] == '%') {
		j++
	}
	if j == i+2 && v[i] == 'p' && v[j-1] == 'x' || j == i {
		return Length{n, Px}, v[j:], true
	}
	u, ok := units[strings.ToLower(v[i:j])]
	return Length{n * u.N, u.Unit}, v[j:], ok
}

// number reads the number at the start of v, which ends at n.
func number(v string) (f float32, n int, ok bool) {
	neg := false
	if v != "" && (v[0] == '-' || v[0] == '+') {
		neg, n = v[0] == '-', 1
	}
	for ; n < len(v) && '0' <= v[n] && v[n] <= '9'; n++ {
		f, ok = f*10+float32(v[n]-'0'), true
	}
	if n < len(v) && v[n] == '.' {
		at := float32(.1)
		for n++; n < len(v) && '0' <= v[n] && v[n] <= '9'; n++ {
			f, at, ok = f+at*float32(v[n]-'0'), at/10, true
		}
	}
	if ok && n+1 < len(v) && v[n]|0x20 == 'e' && (v[n+1] >= '0' && v[n+1] <= '9' || n+2 < len(v) && v[n+1] == '-' && v[n+2] >= '0' && v[n+2] <= '9') {
		exp, down := 0, v[n+1] == '-'
		for n++; n < len(v) && (v[n] == '-' || '0' <= v[n] && v[n] <= '9'); n++ {
			if v[n] != '-' {
				exp = min(exp*10+int(v[n]-'0'), 40)
			}
		}
		for ; exp > 0; exp-- {
			if down {
				f /= 10
			} else {
				f *= 10
			}
		}
	}
	if neg {
		f = -f
	}
	return f, n, ok
}

// maxNested is how deep functions in a value may stand in each other.
const maxNested = 8

// function reads calc, min, max or clamp.
func function(v string, depth int) (l Length, rest string, ok bool) {
	i := 0
	for i < len(v) && (isLetter(v[i]) || v[i] == '-') {
		i++
	}
	if i == len(v) || v[i] != '(' || depth > maxNested {
		return l, v, false
	}
	name := strings.ToLower(v[:i])
	var args [3]Length
	n := 0
	for rest = v[i:]; rest != "" && rest[0] != ')'; n++ {
		if n == len(args) {
			return l, v, false
		}
		if args[n], rest, ok = sum(rest[1:], depth+1); !ok {
			return l, v, false
		}
		if rest = trimLeft(rest); rest != "" && rest[0] != ',' && rest[0] != ')' {
			return l, v, false
		}
	}
	if n == 0 {
		return l, v, false
	}
	rest = strings.TrimPrefix(rest, ")")
	switch l = args[0]; {
	case strings.TrimPrefix(strings.TrimPrefix(name, "-webkit-"), "-moz-") == "calc" && n == 1, name == "" && n == 1:
	case name == "min" || name == "max":
		for _, a := range args[1:n] {
			if name == "min" == (a.pixels() < l.pixels()) {
				l = a
			}
		}
	case name == "clamp" && n == 3:
		if l = args[1]; l.pixels() > args[2].pixels() {
			l = args[2]
		}
		if l.pixels() < args[0].pixels() {
			l = args[0]
		}
	default:
		return l, v, false
	}
	return l, rest, true
}

// sum reads terms with plus and minus between them.
func sum(v string, depth int) (l Length, rest string, ok bool) {
	if l, rest, ok = product(v, depth); !ok {
		return l, v, false
	}
	for {
		t := trimLeft(rest)
		if t == "" || t[0] != '+' && t[0] != '-' {
			return l, t, true
		}
		r, after, ok := product(t[1:], depth)
		if !ok {
			return l, v, false
		}
		if t[0] == '-' {
			r.N = -r.N
		}
		if l.Unit != r.Unit {
			l, r = Length{N: l.pixels()}, Length{N: r.pixels()}
		}
		l.N, rest = l.N+r.N, after
	}
}

// product reads factors with times and divided between them.
func product(v string, depth int) (l Length, rest string, ok bool) {
	if l, rest, ok = factor(v, depth); !ok {
		return l, v, false
	}
	for {
		t := trimLeft(rest)
		if t == "" || t[0] != '*' && t[0] != '/' {
			return l, t, true
		}
		r, after, ok := factor(t[1:], depth)
		if !ok || t[0] == '/' && r.N == 0 {
			return l, v, false
		}
		if t[0] == '/' {
			l.N /= r.N
		} else {
			l = Length{l.N * r.N, max(l.Unit, r.Unit)}
		}
		rest = after
	}
}

func factor(v string, depth int) (Length, string, bool) {
	v = trimLeft(v)
	if v != "" && (v[0] == '(' || isLetter(v[0])) {
		return function(v, depth)
	}
	return length(v)
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isSpace(c byte) bool { return spaces[c] }

var spaces = [256]bool{' ': true, '\n': true, '\t': true, '\r': true, '\f': true}

func trimLeft(s string) string {
	for s != "" && isSpace(s[0]) {
		s = s[1:]
	}
	return s
}

func trim(s string) string {
	s = trimLeft(s)
	for s != "" && isSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// word cuts the first word off, which ends at white space or a comma outside of
// brackets; a slash is a word.
func word(v string) (w, rest string) {
	for v != "" && (isSpace(v[0]) || v[0] == ',') {
		v = v[1:]
	}
	if v != "" && v[0] == '/' {
		return v[:1], v[1:]
	}
	depth := 0
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth <= 0 && (isSpace(c) || c == ',' || c == '/'):
			return v[:i], v[i:]
		}
	}
	return v, ""
}

// hasFoldPrefix reports whether s begins with a prefix in lower case.
func hasFoldPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// plain is a piece of a style sheet without comments, with what is written as escapes.
func plain(s string) string {
	if strings.IndexByte(s, '\\') < 0 && !strings.Contains(s, "/*") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		switch {
		case s[i] == '/' && i+1 < len(s) && s[i+1] == '*':
			end := strings.Index(s[i+2:], "*/")
			if end < 0 {
				return b.String()
			}
			i += end + 4
		case s[i] == '\\' && i+1 < len(s):
			r, n := rune(0), i+1
			for n < len(s) && n < i+7 {
				d := strings.IndexByte("0123456789abcdef", s[n]|0x20)
				if s[n] >= '0' && s[n] <= '9' {
					d = int(s[n] - '0')
				}
				if d < 0 {
					break
				}
				r, n = r<<4|rune(d), n+1
			}
			if n == i+1 {
				b.WriteByte(s[n])
				i = n + 1
				continue
			}
			if n < len(s) && isSpace(s[n]) {
				n++
			}
			b.WriteRune(r)
			i = n
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return b.String()
}
