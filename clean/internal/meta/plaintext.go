package meta

import (
	"html"
	"strings"
	"unicode/utf8"
)

// unquote resolves the escapes of a JSON string; what is no escape stays.
func unquote(s string) string {
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

// clean makes one line of plain text of an attribute or a JSON string:
// entities decoded (twice where they were escaped twice), markup removed.
func clean(s string) string {
	s = plainText(s)
	return squeeze(s)
}

// plainText decodes entities and removes tags, keeping line breaks.
func plainText(s string) string {
	for range 2 {
		if strings.IndexByte(s, '&') < 0 {
			break
		}
		s = html.UnescapeString(s)
	}
	if strings.IndexByte(s, '<') < 0 {
		return s
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 || i+1 == len(s) {
			break
		}
		c := s[i+1]
		end := -1
		if c == '/' || c == '!' || c|0x20 >= 'a' && c|0x20 <= 'z' {
			end = strings.IndexByte(s[i:], '>')
		}
		if end < 0 {
			b.WriteString(s[:i+1])
			s = s[i+1:]
			continue
		}
		b.WriteString(s[:i])
		if tag := strings.ToLower(s[i : i+min(end, 4)]); strings.HasPrefix(tag, "<br") || strings.HasPrefix(tag, "<p") ||
			strings.HasPrefix(tag, "</p") || strings.HasPrefix(tag, "</h") || strings.HasPrefix(tag, "</li") || strings.HasPrefix(tag, "</d") {
			b.WriteByte('\n')
		}
		s = s[i+end+1:]
	}
	b.WriteString(s)
	return b.String()
}
