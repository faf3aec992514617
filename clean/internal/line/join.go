package line

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Join writes the lines without their cuts. Blank lines stay as they were,
// never two in a row, white space at the end of lines goes, and so do soft
// hyphens and other characters nobody sees. The result ends with one newline
// or is empty.
func Join(lines []Line) string {
	size := 0
	for i := range lines {
		size += len(lines[i].Text) + 2
	}
	var b strings.Builder
	b.Grow(size)
	blank := false
	for i := range lines {
		l := &lines[i]
		blank = blank || l.Blank > 0
		text := l.Text
		if len(l.Cuts) > 0 {
			text = uncut(l)
		}
		text = strings.TrimRightFunc(visible(text), unicode.IsSpace)
		if text == "" {
			continue
		}
		if blank && b.Len() > 0 {
			b.WriteByte('\n')
		}
		blank = false
		b.WriteString(l.Prefix)
		writeLines(&b, text)
	}
	return b.String()
}

// writeLines writes the physical lines of a paragraph.
func writeLines(b *strings.Builder, text string) {
	for text != "" {
		line, rest, _ := strings.Cut(text, "\n")
		b.WriteString(strings.TrimRightFunc(line, unicode.IsSpace))
		b.WriteByte('\n')
		text = rest
	}
}

// uncut returns the text of a line without its cuts. White space around a cut
// is not doubled, and none is left at the line's start.
func uncut(l *Line) string {
	var b strings.Builder
	at := 0
	for _, c := range l.Cuts {
		if c.End <= at {
			continue
		}
		b.WriteString(l.Text[at:max(at, c.Start)])
		if at = max(at, c.Start); c.Keep {
			if c.Mark {
				b.WriteString("[" + string(c.Kind) + "] ")
			}
			b.WriteString(l.Text[at:c.End])
			at = c.End
			continue
		}
		at = c.End
		if b.Len() == 0 || endsInSpace(b.String()) {
			for at < len(l.Text) {
				r, size := utf8.DecodeRuneInString(l.Text[at:])
				if !unicode.IsSpace(r) {
					break
				}
				at += size
			}
		}
	}
	b.WriteString(l.Text[at:])
	return b.String()
}

func endsInSpace(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsSpace(r)
}

// invisible tells whether a character leaves no trace on paper and has no part
// in spelling.
func invisible(r rune) bool {
	switch r {
	case 0xAD, 0x200B, 0x2060, 0xFEFF, 0x180E:
		return true
	}
	return r < ' ' && r != '\t' && r != '\n' || r == 0x7F
}

// visible removes invisible characters. Joiners stay where they join: in
// Arabic and Indic scripts and between the parts of an emoji.
func visible(s string) string {
	clean := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' && c != '\t' && c != '\n' || c == 0x7F || c == 0xC2 && i+1 < len(s) && s[i+1] == 0xAD || c == 0xE2 && i+2 < len(s) && (s[i+1] == 0x80 && s[i+2] >= 0x8B && s[i+2] <= 0x8D || s[i+1] == 0x81 && s[i+2] == 0xA0) || c == 0xEF && i+2 < len(s) && s[i+1] == 0xBB && s[i+2] == 0xBF || c == 0xE1 && i+2 < len(s) && s[i+1] == 0xA0 && s[i+2] == 0x8E {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	prev := rune(' ')
	for i, r := range s {
		if invisible(r) {
			continue
		}
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(s[i:])
		}
		if r == 0x200C || r == 0x200D {
			next, _ := utf8.DecodeRuneInString(s[i+size:])
			if !joins(prev) || r == 0x200D && !joins(next) {
				continue
			}
		}
		b.WriteString(s[i : i+size])
		prev = r
	}
	return b.String()
}

// joins tells whether joiners shape the writing of a character.
func joins(r rune) bool {
	return r >= 0x0600 && r <= 0x08FF || r >= 0x0900 && r <= 0x0DFF || r >= 0x1000 && r <= 0x17FF || r >= 0x1800 && r <= 0x18AF ||
		r >= 0xFB50 && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFE || r == 0xFE0F || r >= 0x2190 && r <= 0x2BFF || r >= 0x1F000 && r <= 0x1FAFF
}
