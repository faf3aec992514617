package corpora

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// parsePython reads the value assigned to name at the start of a line of a
// Python file: dictionaries, lists, tuples and sets, strings of every form
// (adjacent ones joined), numbers, True, False and None. Nothing is run;
// anything else in the value is an error. Dictionaries become *pyDict, other
// collections []any, None nil.
func parsePython(src, name string) (any, error) {
	at := -1
	for off, rest := 0, src; ; {
		line, tail, more := strings.Cut(rest, "\n")
		if after, ok := strings.CutPrefix(line, name); ok {
			// An annotation may stand between the name and the sign.
			if eq := strings.IndexByte(after, '='); eq >= 0 && strings.Trim(after[:1], " \t:=") == "" {
				at = off + len(name) + eq + 1
				break
			}
		}
		if !more {
			return nil, fmt.Errorf("no assignment to %s", name)
		}
		off += len(line) + 1
		rest = tail
	}
	p := &pyParser{src: src, pos: at}
	v, err := p.value(0)
	if err != nil {
		return nil, fmt.Errorf("line %d: %w", 1+strings.Count(src[:p.pos], "\n"), err)
	}
	return v, nil
}

// A pyDict keeps the order of its keys, which is the order of pages.
type pyDict struct {
	keys   []string
	values map[string]any
}

func (d *pyDict) str(key string) string {
	s, _ := d.values[key].(string)
	return s
}

// list returns the strings under key.
func (d *pyDict) list(key string) []string {
	var out []string
	items, _ := d.values[key].([]any)
	for _, v := range items {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

type pyParser struct {
	src string
	pos int
}

const pyDepth = 100 // nesting no data file has

// space skips white space, comments and continued lines.
func (p *pyParser) space() {
	for p.pos < len(p.src) {
		switch c := p.src[p.pos]; c {
		case ' ', '\t', '\r', '\n', '\\', '\f':
			p.pos++
		case '#':
			for p.pos < len(p.src) && p.src[p.pos] != '\n' {
				p.pos++
			}
		default:
			return
		}
	}
}

// next skips space and returns the byte there, 0 at the end.
func (p *pyParser) next() byte {
	p.space()
	if p.pos >= len(p.src) {
		return 0
	}
	return p.src[p.pos]
}

func (p *pyParser) value(depth int) (any, error) {
	if depth > pyDepth {
		return nil, fmt.Errorf("nested too deep")
	}
	switch c := p.next(); {
	case c == '{':
		return p.braces(depth)
	case c == '[':
		items, _, err := p.items(']', depth)
		return items, err
	case c == '(':
		items, comma, err := p.items(')', depth)
		if err == nil && len(items) == 1 && !comma {
			return items[0], nil // parentheses only
		}
		return items, err
	case p.quoted():
		return p.strings()
	default:
		return p.word()
	}
}

// items reads the rest of a list up to its closing bracket, and tells whether
// there was a comma.
func (p *pyParser) items(end byte, depth int) (items []any, comma bool, err error) {
	p.pos++
	items = []any{}
	for {
		if p.next() == end {
			p.pos++
			return items, comma, nil
		}
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, comma, err
		}
		items = append(items, v)
		switch c := p.next(); c {
		case ',':
			p.pos++
			comma = true
		case end:
		default:
			return nil, comma, fmt.Errorf("found %q, want a comma or %q", c, end)
		}
	}
}

// braces reads a dictionary or a set.
func (p *pyParser) braces(depth int) (any, error) {
	p.pos++
	d := &pyDict{values: map[string]any{}}
	var set []any
	for {
		if p.next() == '}' {
			p.pos++
			if set != nil {
				return set, nil
			}
			return d, nil
		}
		k, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if p.next() == ':' {
			p.pos++
			v, err := p.value(depth + 1)
			if err != nil {
				return nil, err
			}
			key := fmt.Sprint(k)
			if _, dup := d.values[key]; !dup {
				d.keys = append(d.keys, key)
			}
			d.values[key] = v // the last one counts, as in Python
		} else {
			set = append(set, k)
		}
		switch c := p.next(); c {
		case ',':
			p.pos++
		case '}':
		default:
			return nil, fmt.Errorf("found %q, want a comma or '}'", c)
		}
	}
}

// prefix returns the length of a string prefix such as r or Rb at the
// position, -1 when no string starts there.
func (p *pyParser) prefix() int {
	for n := 0; n <= 2 && p.pos+n < len(p.src); n++ {
		switch c := p.src[p.pos+n]; {
		case c == '"' || c == '\'':
			return n
		case !strings.ContainsRune("rRbBuU", rune(c)):
			return -1
		}
	}
	return -1
}

func (p *pyParser) quoted() bool { return p.prefix() >= 0 }

// strings reads a string and those that follow it directly.
func (p *pyParser) strings() (string, error) {
	var b strings.Builder
	for {
		if err := p.string(&b); err != nil {
			return "", err
		}
		p.space()
		if !p.quoted() {
			return b.String(), nil
		}
	}
}

func (p *pyParser) string(b *strings.Builder) error {
	n := p.prefix()
	raw := strings.ContainsAny(p.src[p.pos:p.pos+n], "rR")
	p.pos += n
	quote := p.src[p.pos : p.pos+1]
	long := strings.HasPrefix(p.src[p.pos:], strings.Repeat(quote, 3))
	if long {
		quote = strings.Repeat(quote, 3)
	}
	p.pos += len(quote)
	for p.pos < len(p.src) {
		switch c := p.src[p.pos]; {
		case strings.HasPrefix(p.src[p.pos:], quote):
			p.pos += len(quote)
			return nil
		case c == '\n' && !long:
			return fmt.Errorf("string runs over the end of its line")
		case c == '\\' && p.pos+1 < len(p.src):
			if raw {
				b.WriteString(p.src[p.pos : p.pos+2])
				p.pos += 2
			} else {
				p.escape(b)
			}
		default:
			b.WriteByte(c)
			p.pos++
		}
	}
	return fmt.Errorf("string without end")
}

// escape reads an escape sequence; one Python does not know stays as it is.
func (p *pyParser) escape(b *strings.Builder) {
	c := p.src[p.pos+1]
	p.pos += 2
	if i := strings.IndexByte(`ntrabfv\'"`, c); i >= 0 {
		b.WriteByte("\n\t\r\a\b\f\v\\'\""[i])
		return
	}
	digits, base := 0, 16
	switch {
	case c == '\n':
		return // a line continued
	case c == 'x':
		digits = 2
	case c == 'u':
		digits = 4
	case c == 'U':
		digits = 8
	case '0' <= c && c <= '7':
		base = 8
		p.pos--
		for digits < 3 && p.pos+digits < len(p.src) && '0' <= p.src[p.pos+digits] && p.src[p.pos+digits] <= '7' {
			digits++
		}
	}
	if digits > 0 && p.pos+digits <= len(p.src) {
		if n, err := strconv.ParseUint(p.src[p.pos:p.pos+digits], base, 32); err == nil && utf8.ValidRune(rune(n)) {
			b.WriteRune(rune(n))
			p.pos += digits
			return
		}
	}
	b.WriteByte('\\')
	b.WriteByte(c)
}

// word reads a number or one of the constants.
func (p *pyParser) word() (any, error) {
	start := p.pos
	for p.pos < len(p.src) && !strings.ContainsRune(" \t\r\n,:]})#", rune(p.src[p.pos])) {
		p.pos++
	}
	w := p.src[start:p.pos]
	switch w {
	case "True":
		return true, nil
	case "False":
		return false, nil
	case "None":
		return nil, nil
	}
	if f, err := strconv.ParseFloat(w, 64); err == nil {
		return f, nil
	}
	return nil, fmt.Errorf("%q is no literal", w)
}
