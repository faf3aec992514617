package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// escape makes s fit for one line of a message: whatever does not print, such
// as control characters, escape sequences and marks that turn the reading
// direction, is shown as \n, \u001b and so on.
func escape(s string) string {
	safe := true
	for i := range len(s) {
		if safe = ' ' <= s[i] && s[i] <= '~'; !safe {
			break
		}
	}
	if safe {
		return s // most are
	}
	safe = true
	for _, r := range s {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			safe = false
			break
		}
	}
	if safe {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r > 0xFFFF:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		i += size
	}
	return b.String()
}

// tame is a writer for terminals. Pages may hold escape sequences that move the
// cursor or change the terminal's title; it shows control characters other
// than line ends and tabs as \u001b, a form that is valid in JSON as well. Each
// Write must hold whole characters.
type tame struct{ w io.Writer }

func (t tame) Write(p []byte) (int, error) {
	if bytes.IndexFunc(p, dangerous) < 0 {
		return t.w.Write(p)
	}
	var b bytes.Buffer
	for i := 0; i < len(p); {
		r, size := utf8.DecodeRune(p[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b.WriteRune(r)
		case dangerous(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
		i += size
	}
	if _, err := t.w.Write(b.Bytes()); err != nil {
		return 0, err
	}
	return len(p), nil
}

// dangerous reports whether a character can do harm in a terminal: control
// characters, and those that turn the reading direction of what follows.
func dangerous(r rune) bool {
	return r == utf8.RuneError || unicode.IsControl(r) && r != '\n' && r != '\t' ||
		r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}
