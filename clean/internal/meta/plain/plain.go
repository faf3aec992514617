// Package plain makes plain text of what pages hold.
//
//	plain.go  markup and entities to text, to a line
//	lists.go  lists of words in data files
package plain

import (
	"html"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// Line makes one line of plain text of an attribute or a JSON string.
func Line(s string) string { return chars.Squeeze(Text(s)) }

// Text decodes entities (twice where they were escaped twice) and removes tags,
// keeping line breaks.
func Text(s string) string {
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
		if c := s[i+1]; c != '/' && c != '!' && (c|0x20 < 'a' || c|0x20 > 'z') {
			b.WriteString(s[:i+1])
			s = s[i+1:]
			continue
		}
		end := strings.IndexByte(s[i:], '>')
		if end < 0 {
			break // nor will any other tag end
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
