package jsonline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// A Member is a name and a value of an object.
type Member struct {
	Name  string
	Value json.RawMessage
}

// Members returns the members of an object in their order. Values point into obj.
func Members(obj []byte) ([]Member, error) {
	if !json.Valid(obj) {
		return nil, syntaxError(obj)
	}
	b := bytes.TrimLeft(obj, space)
	if b[0] != '{' {
		return nil, fmt.Errorf("%s where an object was expected", what(b[0]))
	}
	var all []Member
	for b = skip(b[1:]); b[0] != '}'; b = skip(b) {
		if b[0] == ',' {
			b = skip(b[1:])
		}
		n := end(b)
		name := String(b[:n])
		b = skip(skip(b[n:])[1:]) // the colon
		n = end(b)
		all = append(all, Member{name, json.RawMessage(b[:n:n])})
		b = b[n:]
	}
	return all, nil
}

// syntaxError says what is wrong with JSON that is not valid.
func syntaxError(b []byte) error {
	var v json.RawMessage
	err := json.Unmarshal(b, &v)
	if bad, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("no JSON: %w (byte %d)", bad, bad.Offset)
	}
	return fmt.Errorf("no JSON: %w", err)
}

// what names the kind of value that begins with c.
func what(c byte) string {
	switch c {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 't', 'f':
		return "true or false"
	case 'n':
		return "null"
	}
	return "a number"
}

// Text returns the string a value is, and the empty one for null.
func Text(value []byte) (string, error) {
	switch value[0] {
	case '"':
		return String(value), nil
	case 'n':
		return "", nil
	}
	return "", fmt.Errorf("%s where a string was expected", what(value[0]))
}

// String returns the string that valid JSON stands for. What is no character
// becomes U+FFFD.
func String(value []byte) string {
	inner := value[1 : len(value)-1]
	if bytes.IndexByte(inner, '\\') >= 0 {
		inner = unquote(inner)
	}
	return string(Valid(inner))
}

// Valid returns text with U+FFFD for each byte of what is no character, as encoding/json
// does; b itself where there is none.
func Valid(b []byte) []byte {
	if utf8.Valid(b) {
		return b
	}
	return []byte(string([]rune(string(b))))
}

// unquote undoes the escapes in the inside of a valid string. (json.Unmarshal takes
// three times as long, as it checks all of it again.)
func unquote(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for {
		n := bytes.IndexByte(b, '\\')
		if n < 0 {
			return append(out, b...)
		}
		out = append(out, b[:n]...)
		c := b[n+1]
		b = b[n+2:]
		switch c {
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			r := hex(b)
			b = b[4:]
			if utf16.IsSurrogate(r) {
				low := rune(-1)
				if len(b) >= 6 && b[0] == '\\' && b[1] == 'u' {
					low = hex(b[2:])
				}
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					b = b[6:]
				}
			}
			out = utf8.AppendRune(out, r)
		default:
			out = append(out, c)
		}
	}
}

// hex reads four digits.
func hex(b []byte) (r rune) {
	for _, c := range b[:4] {
		r <<= 4
		switch {
		case c <= '9':
			r |= rune(c - '0')
		default:
			r |= rune(c|0x20-'a') + 10
		}
	}
	return r
}

// AppendRaw appends JSON that is valid, in one line and escaped as Append does.
func AppendRaw(dst []byte, value []byte) []byte {
	start := len(dst)
	if bytes.IndexByte(value, '\n') >= 0 || bytes.IndexByte(value, '\r') >= 0 {
		b := bytes.NewBuffer(dst)
		// It is valid, so that there is no error to meet.
		_ = json.Compact(b, value)
		dst = b.Bytes()
	} else {
		dst = append(dst, value...)
	}
	if !utf8.Valid(dst[start:]) {
		dst = append(dst[:start], bytes.ToValidUTF8(dst[start:], []byte("\uFFFD"))...)
	}
	return escape(dst, start)
}

const space = " \t\r\n"

func skip(b []byte) []byte { return bytes.TrimLeft(b, space) }

// end returns the length of the value at the beginning of b, which is valid JSON.
func end(b []byte) int {
	switch b[0] {
	case '"':
		return endOfString(b)
	case '{', '[':
		depth := 0
		for i := 0; i < len(b); i++ {
			switch b[i] {
			case '"':
				i += endOfString(b[i:]) - 1
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return i + 1
				}
			}
		}
		return len(b)
	}
	if i := bytes.IndexAny(b, ",:]} \t\r\n"); i >= 0 {
		return i
	}
	return len(b)
}

func endOfString(b []byte) int {
	for i := 1; ; {
		i += bytes.IndexByte(b[i:], '"') + 1
		slashes := 0
		for b[i-2-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return i
		}
	}
}
