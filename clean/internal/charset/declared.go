package charset

import (
	"bytes"
	"iter"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// declared yields the encodings that the page names in its meta tags and XML
// declarations, in order, wherever they stand. Comments, scripts and style
// sheets are passed over.
func declared(c *work.Clock, b []byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := 0; ; {
			c.Read(8)
			j := bytes.IndexByte(b[i:], '<')
			if j < 0 {
				return
			}
			i += j + 1
			tag := b[i:]
			var key string
			switch {
			case bytes.HasPrefix(tag, []byte("!--")):
				i += skipTo(tag, "-->")
				continue
			case chars.HasFold(tag, "script"):
				i += skipTo(tag, "</script")
				continue
			case chars.HasFold(tag, "style"):
				i += skipTo(tag, "</style")
				continue
			case chars.HasFold(tag, "meta"):
				key = "charset"
			case chars.HasFold(tag, "?xml"):
				key = "encoding"
			default:
				continue
			}
			tag = tag[:min(len(tag), maxDeclaration)]
			end := bytes.IndexByte(tag, '>')
			if end < 0 {
				end = len(tag)
			}
			if label := labelIn(tag[:end], key); label != "" && !yield(label) {
				return
			}
			i += end
		}
	}
}

// maxDeclaration bounds a meta tag, in bytes.
const maxDeclaration = 4096

// skipTo returns the number of bytes up to the end mark, which may be in
// either case, or 1 when it is missing: then nothing was opened.
func skipTo(b []byte, end string) int {
	for i := 0; i < len(b); {
		j := bytes.IndexByte(b[i:], end[0])
		if j < 0 {
			break
		}
		i += j
		if chars.HasFold(b[i:], end) {
			return i + len(end)
		}
		i++
	}
	return len(b)
}

// toEnd is skipTo without the mark itself.
func toEnd(b []byte, mark string) int {
	if n := skipTo(b, mark); n < len(b) {
		return n - len(mark)
	}
	return len(b)
}

// labelIn returns the value behind key= in s, with or without quotes.
func labelIn(s []byte, key string) string {
	for i := 0; i+len(key) <= len(s); i++ {
		if !chars.HasFold(s[i:], key) {
			continue
		}
		v := bytes.TrimLeft(s[i+len(key):], " \t\r\n")
		if len(v) == 0 || v[0] != '=' {
			continue
		}
		v = bytes.TrimLeft(v[1:], " \t\r\n\"'")
		n := bytes.IndexAny(v, " \t\r\n\"';,/?>")
		if n < 0 {
			n = len(v)
		}
		if n > 0 {
			return string(v[:n])
		}
	}
	return ""
}

// Unknown returns the encoding that a hint of Decode names, if nobody knows it.
func Unknown(hint string) string {
	label := strings.TrimSpace(hintLabel(hint))
	if strings.Contains(label, "/") {
		return "" // a type without an encoding
	}
	switch strings.ToLower(label) {
	case "", "hz", "hz-gb-2312":
		return ""
	}
	if _, err := encodingOf(label); err == nil {
		return ""
	}
	return label
}

// hintLabel returns the encoding named by hint, which is a name or the value
// of a Content-Type header.
func hintLabel(hint string) string {
	if strings.Contains(hint, "=") {
		return labelIn([]byte(hint), "charset")
	}
	return hint
}
