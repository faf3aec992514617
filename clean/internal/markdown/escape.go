package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// special are the characters that mean something within a line of Markdown.
var special = func() (t [256]bool) {
	for _, c := range "\\`*_[]<&~|:.@$!\n" {
		t[c] = true
	}
	return t
}()

// escape writes a text so that its characters mean themselves. first: it begins a
// line. dollars: the paragraph has several of them, which could be taken for signs of
// a formula. next is what follows, 0 for nothing that is known.
func escape(sb *bytes.Buffer, s string, first, inTable, dollars bool, before, next byte) {
	if first {
		s = escapeFirst(sb, s)
	}
	from := 0
	prev := func(i int) byte {
		if i > 0 {
			return s[i-1]
		}
		return before
	}
	after := func(i int) byte {
		if i+1 < len(s) {
			return s[i+1]
		}
		return next
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !special[c] {
			continue
		}
		needs := false
		switch c {
		case '\\', '`', '[', ']', '~':
			needs = true
		case '*':
			needs = !(isSpace(prev(i)) && isSpace(after(i)))
		case '_':
			needs = !(isPlainWord(prev(i)) && isPlainWord(after(i)))
		case '<':
			a := after(i)
			needs = isLetter(a) || a == '/' || a == '!' || a == '?'
		case '&':
			a := after(i)
			needs = isLetter(a) || a == '#'
		case '|':
			needs = inTable
		case ':': // of an address that readers make a link of
			needs = i >= 3 && isScheme(s[:i])
		case '.':
			needs = i >= 3 && strings.EqualFold(s[i-3:i], "www")
		case '@':
			needs = (isWordByte(prev(i)) || isMailByte(prev(i))) && isWordByte(after(i)) || prev(i) >= 0x80
		case '$':
			needs = dollars
		case '!':
			needs = after(i) == '['
		case '\n':
			sb.WriteString(s[from:i])
			sb.WriteByte(' ')
			from = i + 1
		}
		if needs {
			sb.WriteString(s[from:i])
			sb.WriteByte('\\')
			from = i
		}
	}
	sb.WriteString(s[from:])
}

// escapeFirst writes what begins a line and could begin a block, and returns the rest.
func escapeFirst(sb *bytes.Buffer, s string) string {
	s = strings.TrimLeft(s, " \t\n")
	if s == "" {
		return s
	}
	switch c := s[0]; {
	case c == '#', c == '>', c == '+', c == '*', c == '-', c == '=', c == ':' && len(s) > 1 && (s[1] == '-' || s[1] == ' '), c == '|':
		sb.WriteByte('\\')
		sb.WriteByte(c)
		return s[1:]
	case '0' <= c && c <= '9':
		i := 1
		for i < len(s) && i < 10 && '0' <= s[i] && s[i] <= '9' {
			i++
		}
		if i < len(s) && (s[i] == '.' || s[i] == ')') && (i+1 == len(s) || s[i+1] == ' ') {
			sb.WriteString(s[:i])
			sb.WriteByte('\\')
			sb.WriteByte(s[i])
			return s[i+1:]
		}
	}
	return s
}

// isScheme reports whether a text ends with the scheme of an address.
func isScheme(s string) bool {
	for _, scheme := range [...]string{"http", "https", "ftp", "mailto", "xmpp"} {
		if k := len(s) - len(scheme); k >= 0 && strings.EqualFold(s[k:], scheme) {
			return true
		}
	}
	return false
}

func isSpace(c byte) bool  { return c == ' ' || c == '\t' || c == '\n' || c == 0 }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isWordByte reports whether a byte is part of a word, those beyond ASCII taken as
// such.
func isWordByte(c byte) bool { return isLetter(c) || '0' <= c && c <= '9' || c >= 0x80 }

// isPlainWord is isWordByte without what may be a sign.
func isPlainWord(c byte) bool { return c < 0x80 && isWordByte(c) }

// isMailByte reports whether a sign may be part of the name in an address of mail.
func isMailByte(c byte) bool { return c != 0 && strings.IndexByte(".!#$%&'*+/=?^_`{|}~-", c) >= 0 }

// class is what CommonMark takes a character for where emphasis begins or ends.
type class uint8

const (
	other class = iota
	space
	punct
)

func classOf(r rune) class {
	switch {
	case r == 0 || unicode.IsSpace(r):
		return space
	case r < utf8.RuneSelf && !isLetter(byte(r)) && (r < '0' || r > '9'), unicode.IsPunct(r), unicode.IsSymbol(r):
		return punct
	}
	return other
}

// address writes an address as that of a link.
func address(sb *bytes.Buffer, s string) {
	open, pairs := 0, true
	for i := range len(s) {
		switch s[i] {
		case '(':
			open++
		case ')':
			open--
		}
		pairs = pairs && open >= 0 && open < 16
	}
	pairs = pairs && open == 0
	for i := range len(s) {
		switch c := s[i]; {
		case (c == '(' || c == ')') && !pairs, c == '\\':
			sb.WriteByte('\\')
			sb.WriteByte(c)
		case c == '&' && i+1 < len(s) && (isLetter(s[i+1]) || s[i+1] == '#') && strings.IndexByte(s[i:], ';') > 0:
			sb.WriteString("&amp;") // some readers resolve references behind a backslash, too
		case c <= ' ', c == '<', c == '>', c == '|', c == '`', c == 0x7F:
			const hex = "0123456789ABCDEF"
			sb.WriteByte('%')
			sb.WriteByte(hex[c>>4])
			sb.WriteByte(hex[c&15])
		default:
			sb.WriteByte(c)
		}
	}
}
