package jsonld

import (
	"html"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// Limits of the JSON-LD reader. Real pages nest about eight deep and stay
// under 100 KB; product and event listings are what exceeds it.
const (
	maxLinkedBytes = 1 << 20 // of one script; the rest is not read
	maxLinkedDepth = 24      // of values that are kept; deeper ones are skipped
	maxLinkedNodes = 4096    // values kept per page
)

// A reader reads JSON as pages really hold it: comments and CDATA marks
// around it, several values after one another, commas too many or missing,
// raw line breaks and stray quotes in strings. What it cannot make sense of
// ends the script; what came before stays.
type reader struct {
	s     string
	i     int
	nodes int // budget left

	open []Value // members and elements of the values that are being read
	room []Value // for those of values that were read
}

// values reads the values of one script.
func (r *reader) values(script string) []Value {
	r.begin(chars.Head(script, maxLinkedBytes))
	var out []Value
	for r.next() {
		v, ok := r.value(0)
		if v.kind != kindNone {
			out = append(out, v)
		}
		if !ok {
			return out
		}
	}
	return out
}

// begin begins with a script.
func (r *reader) begin(script string) {
	r.s, r.i = script, 0
	if strings.Contains(chars.Head(r.s, 256), "&quot;") {
		r.s = html.UnescapeString(r.s)
	}
}

// next moves to the next object or array outside of those read.
func (r *reader) next() bool {
	for {
		j := strings.IndexAny(r.s[r.i:], "{[")
		if j < 0 {
			return false
		}
		r.i += j
		if !strings.HasPrefix(r.s[r.i:], "[CDATA[") {
			return true
		}
		r.i += len("[CDATA[")
	}
}

// blank moves over white space and comments.
func (r *reader) blank() {
	for r.i < len(r.s) {
		switch c := r.s[r.i]; {
		case c <= ' ':
			r.i++
		case c == '/' && strings.HasPrefix(r.s[r.i:], "/*"):
			end := strings.Index(r.s[r.i+2:], "*/")
			if end < 0 {
				r.i = len(r.s)
				return
			}
			r.i += end + 4
		case c == '/' && strings.HasPrefix(r.s[r.i:], "//"):
			end := strings.IndexByte(r.s[r.i:], '\n')
			if end < 0 {
				r.i = len(r.s)
				return
			}
			r.i += end + 1
		case c == 0xc2 && strings.HasPrefix(r.s[r.i:], "\u00a0"):
			r.i += 2
		case c == 0xef && strings.HasPrefix(r.s[r.i:], "\ufeff"):
			r.i += 3
		default:
			return
		}
	}
}

// value reads one value. ok is false when the rest of the script is useless;
// v then holds what was read.
func (r *reader) value(depth int) (v Value, ok bool) {
	r.blank()
	if r.i >= len(r.s) {
		return v, false
	}
	if depth > maxLinkedDepth || r.nodes <= 0 {
		return v, r.skip()
	}
	r.nodes--
	switch c := r.s[r.i]; c {
	case '{':
		v.kind = kindObject
		r.i++
		from := len(r.open)
		ok = r.members(depth)
		v.kids = r.close(from)
		return v, ok
	case '[':
		v.kind = kindArray
		r.i++
		from := len(r.open)
		ok = r.elements(depth)
		v.kids = r.close(from)
		return v, ok
	case '"':
		v.kind = kindString
		v.raw, ok = r.str()
		return v, ok
	case '}', ']', ',', ':':
		return v, false
	}
	start := r.i
	r.literal()
	v.kind, v.raw = kindLiteral, r.s[start:r.i]
	return v, r.i > start
}

// members reads the members of an object that have a Key, and leaves them open.
func (r *reader) members(depth int) bool {
	for {
		name, done, ok := r.member()
		if done || !ok {
			return ok
		}
		key := keyOf(name)
		if key == keyNone {
			if !r.skip() {
				return false
			}
			continue
		}
		v, ok := r.value(depth + 1)
		if v.kind != kindNone {
			v.key = key
			r.open = append(r.open, v)
		}
		if !ok {
			return false
		}
	}
}

// elements reads the elements of an array, and leaves them open.
func (r *reader) elements(depth int) bool {
	for {
		done, ok := r.element()
		if done || !ok {
			return ok
		}
		v, ok := r.value(depth + 1)
		if v.kind != kindNone {
			r.open = append(r.open, v)
		}
		if !ok {
			return false
		}
	}
}

// close returns the values that were left open from one on.
func (r *reader) close(from int) []Value {
	n := len(r.open) - from
	if n == 0 {
		return nil
	}
	if n > cap(r.room)-len(r.room) {
		r.room = make([]Value, 0, max(n, valuesTogether))
	}
	at := len(r.room)
	r.room = append(r.room, r.open[from:]...)
	clear(r.open[from:])
	r.open = r.open[:from]
	return r.room[at:len(r.room):len(r.room)]
}

// valuesTogether is for how many values room is made at a time.
const valuesTogether = 48

// member moves to the value of an object's next member. done says that the
// object ended.
func (r *reader) member() (name string, done, ok bool) {
	r.blank()
	for r.i < len(r.s) && (r.s[r.i] == ',' || r.s[r.i] == ';') {
		r.i++
		r.blank()
	}
	if r.i >= len(r.s) {
		return "", true, false
	}
	switch r.s[r.i] {
	case '}':
		r.i++
		return "", true, true
	case '"':
	default:
		return "", true, false
	}
	name, ok = r.str()
	if !ok {
		return "", true, false
	}
	r.blank()
	if r.i >= len(r.s) || r.s[r.i] != ':' {
		return "", true, false
	}
	r.i++
	return name, false, true
}

// element moves to an array's next element. done says that the array ended.
func (r *reader) element() (done, ok bool) {
	r.blank()
	for r.i < len(r.s) && r.s[r.i] == ',' {
		r.i++
		r.blank()
	}
	if r.i >= len(r.s) {
		return true, false
	}
	switch r.s[r.i] {
	case ']':
		r.i++
		return true, true
	case '}', ':':
		return true, false
	}
	return false, true
}

// str reads a string from its opening quote on. A quote that nothing follows
// which may follow a string is part of the text.
func (r *reader) str() (string, bool) {
	r.i++
	start, quote := r.i, -1 // the next one, as far as it was looked for
	for {
		if quote < r.i {
			if quote = len(r.s); r.i < quote {
				if j := strings.IndexByte(r.s[r.i:], '"'); j >= 0 {
					quote = r.i + j
				}
			}
		}
		if k := strings.IndexByte(r.s[r.i:quote], '\\'); k >= 0 {
			r.i = min(r.i+k+2, len(r.s))
			continue
		}
		r.i = quote
		if quote == len(r.s) {
			return "", false
		}
		r.i++
		if r.endsHere() {
			return r.s[start:quote], true
		}
	}
}

// endsHere reports whether what follows a quote may follow a string.
func (r *reader) endsHere() bool {
	for i := r.i; i < len(r.s); i++ {
		switch c := r.s[i]; {
		case c <= ' ':
		case c == ',' || c == ':' || c == '}' || c == ']' || c == '/' || c == ';':
			return true
		case c == '"':
			// A forgotten comma: the next member starts on a line of its own.
			return strings.IndexByte(r.s[r.i:i], '\n') >= 0
		default:
			return false
		}
	}
	return true
}

func (r *reader) literal() {
	for r.i < len(r.s) {
		switch c := r.s[r.i]; {
		case c <= ' ', c == ',', c == '}', c == ']', c == '{', c == '[', c == '"', c == ':':
			return
		}
		r.i++
	}
}

// skip moves over one value without keeping it and without recursion.
func (r *reader) skip() bool {
	open := 0
	for {
		r.blank()
		if r.i >= len(r.s) {
			return false
		}
		switch r.s[r.i] {
		case '{', '[':
			open++
			r.i++
		case '}', ']':
			if open == 0 {
				return true // no value at all
			}
			open--
			r.i++
		case '"':
			if _, ok := r.str(); !ok {
				return false
			}
		case ',', ':', ';':
			if open == 0 {
				return true
			}
			r.i++
		default:
			start := r.i
			r.literal()
			if r.i == start {
				r.i++
			}
		}
		if open == 0 {
			return true
		}
	}
}

// Unquote resolves the escapes of a JSON string; what is no escape stays.
func Unquote(s string) string {
	i := strings.IndexByte(s, '\\')
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i >= 0 {
		b.WriteString(s[:i])
		s = s[i+1:]
		if s == "" {
			break
		}
		c := s[0]
		s = s[1:]
		switch c {
		case 'n', 'r':
			b.WriteByte('\n')
		case 't', 'b', 'f':
			b.WriteByte(' ')
		case 'u':
			var r rune
			r, s = hex4(s)
			if r >= 0xd800 && r < 0xdc00 && strings.HasPrefix(s, `\u`) {
				low, rest := hex4(s[2:])
				if low >= 0xdc00 && low < 0xe000 {
					r, s = (r-0xd800)<<10+(low-0xdc00)+0x10000, rest
				}
			}
			if !utf8.ValidRune(r) {
				r = utf8.RuneError
			}
			b.WriteRune(r)
		default:
			b.WriteByte(c)
		}
		i = strings.IndexByte(s, '\\')
	}
	b.WriteString(s)
	return b.String()
}

// hex4 reads four hexadecimal digits.
func hex4(s string) (rune, string) {
	if len(s) < 4 {
		return utf8.RuneError, ""
	}
	var r rune
	for i := 0; i < 4; i++ {
		c := s[i] | 0x20
		switch {
		case s[i] >= '0' && s[i] <= '9':
			r = r<<4 | rune(s[i]-'0')
		case c >= 'a' && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		default:
			return utf8.RuneError, s
		}
	}
	return r, s[4:]
}
