// Package jsonline writes JSON that is one line to every reader and harmless on
// every terminal, and reads the members of objects.
package jsonline

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// Append appends v as JSON, without a line end, to dst. Unlike json.Marshal it
// leaves <, > and & as they are. Characters that some readers take for the end
// of a line (U+0085 among others), that terminals obey, or that turn the reading
// direction stand as \u0085 and so on.
func Append(dst []byte, v any) ([]byte, error) {
	b := bytes.NewBuffer(dst)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return dst, err
	}
	b.Truncate(b.Len() - 1) // Encode ends the line
	return escape(b.Bytes(), len(dst)), nil
}

// escape writes what json.Encoder leaves as it is, from start on, in the form
// \u009b. In JSON it can only stand in strings.
func escape(b []byte, start int) []byte {
	at := next(b, start)
	if at == len(b) {
		return b
	}
	out := make([]byte, 0, len(b)+len(b)/8)
	for start = 0; at < len(b); at = next(b, start) {
		r, size := utf8.DecodeRune(b[at:])
		out = append(out, b[start:at]...)
		out = fmt.Appendf(out, `\u%04x`, r)
		start = at + size
	}
	return append(out, b[start:]...)
}

// next returns the place of the next character to be escaped, at or after i, or
// the length of b.
func next(b []byte, i int) int {
	for ; i < len(b); i++ {
		switch b[i] {
		case 0x7F, 0xC2, 0xE2: // what the characters in question begin with
			if r, _ := utf8.DecodeRune(b[i:]); harmful(r) {
				return i
			}
		}
	}
	return i
}

// harmful reports whether a character is a control character, ends lines for some
// readers, or turns the reading direction. (Those below a space cannot stand in
// JSON as they are.)
func harmful(r rune) bool {
	return unicode.IsControl(r) || r == 0x2028 || r == 0x2029 || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}
