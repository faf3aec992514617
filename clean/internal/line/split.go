package line

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// Split cuts a text into lines. Line ends may be \n, \r\n, \r, U+2028 and
// U+2029; lines of nothing but white space are blank lines. Paragraphs that
// were wrapped at a fixed width become one Line each, a page on one line becomes
// several. Bytes that are not UTF-8 become U+FFFD. The rules tell where blocks
// met that were joined by spaces; they may be nil.
func Split(text string, set *rules.Set) []Line { return new(Memory).Split(text, set) }

// Split does it in m's memory, in place of the lines of the input before.
func (m *Memory) Split(text string, set *rules.Set) []Line {
	m.lines = split(m.Clock, forgetLines(m.lines), text, set)
	return m.lines
}

// split appends the lines of a text to none, of which it uses the memory.
func split(c *work.Clock, lines []Line, text string, set *rules.Set) []Line {
	info := inspect(c, text)
	if info.invalid {
		text = valid(c, text)
		info = inspect(c, text)
	}
	simple := info.others == 0 // most texts know no other line end than \n
	// Most line ends may be those of blank lines.
	if n := min(1+info.newlines+info.others, maxFirstLines); cap(lines) < n {
		lines = make([]Line, 0, max(n, leastLines))
	}
	blank, glued := 0, false
	for len(text) > 0 {
		c.Step()
		end, next := len(text), len(text)
		if !simple {
			end, next = lineEnd(c, text)
		} else if i := strings.IndexByte(text, '\n'); i >= 0 {
			end, next = i, i+1
		}
		l := trimEnd(text[:end]) // as it comes out: it shall read the same then
		text = text[next:]
		if chars.BlankLine(l) {
			blank++
			continue
		}
		t := info.traits
		if t&plainChars == 0 && hasPlainChars(l) {
			t |= plainChars
		}
		if mayBePage(l) {
			c.Read(len(l))
		}
		lines = unglue(c, lines, &Line{Text: l, Blank: blank, P: -1, traits: t})
		glued = glued || len(lines) > 0 && lines[len(lines)-1].Glued
		blank = 0
	}
	if !glued { // else it is not wrapped, either
		lines = unwrap(c, lines)
	}
	if set != nil {
		lines = unspace(c, lines, set)
	}
	return lines
}

// valid is strings.ToValidUTF8.
func valid(c *work.Clock, text string) string {
	var b strings.Builder
	read := 0
	for part := range parts(text) {
		c.Read(len(part))
		ok := utf8.ValidString(part)
		if !ok && b.Len() == 0 {
			b.Grow(len(text) + len(text)/16)
			b.WriteString(text[:read])
		}
		if !ok || b.Len() > 0 {
			b.WriteString(strings.ToValidUTF8(part, "\uFFFD"))
		}
		read += len(part)
	}
	if b.Len() == 0 {
		return text
	}
	return b.String()
}

// parts parts a text where characters begin, every copyPiece bytes or so.
func parts(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for len(s) > copyPiece {
			at := copyPiece
			for at > copyPiece-utf8.UTFMax && !utf8.RuneStart(s[at]) {
				at--
			}
			if !yield(s[:at]) {
				return
			}
			s = s[at:]
		}
		yield(s)
	}
}

// maxFirstLines is for how many lines there is room at first.
const maxFirstLines = 1 << 17

// Head returns the beginning of a text, up to max lines, empty ones aside.
func (m *Memory) Head(text string, max int) string {
	if len(text) <= max {
		return text
	}
	if count, others := lineEnds(m.Clock, text); count+others < max {
		return text
	}
	at := 0
	for n := 0; n < max && at < len(text); {
		m.Clock.Step()
		end, next := lineEnd(m.Clock, text[at:])
		if end > 0 {
			n++
		}
		at += next
	}
	return text[:at]
}

// lineEnds counts the line ends that are \n and all others, \r\n as one of each.
func lineEnds(c *work.Clock, text string) (newlines, others int) {
	const piece = 128 << 10
	for len(text) > 0 {
		part := text[:min(len(text), piece)]
		c.Read(len(part))
		newlines += strings.Count(part, "\n")
		others += strings.Count(part, "\r")
		// A separator may lie across two pieces.
		more := text[:min(len(text), piece+2)]
		others += strings.Count(more, "\u2028") + strings.Count(more, "\u2029")
		text = text[len(part):]
	}
	return newlines, others
}

// lineEnd returns where the first line of text ends and the next one begins.
func lineEnd(c *work.Clock, text string) (end, next int) {
	// A piece at a time: what is found of one kind may lie far behind what is
	// found of another.
	const piece = 512
	for from := 0; from < len(text); from += piece {
		part := text[from:min(len(text), from+piece)]
		end := len(part)
		if i := strings.IndexByte(part, '\n'); i >= 0 {
			end = i
		}
		if i := strings.IndexByte(part[:end], '\r'); i >= 0 {
			end = i
		}
		for i := 0; i < end; i++ {
			k := strings.IndexByte(part[i:end], 0xE2)
			if k < 0 {
				break
			}
			i += k
			if at := text[from+i:]; len(at) >= 3 && at[1] == 0x80 && (at[2] == 0xA8 || at[2] == 0xA9) {
				return from + i, from + i + 3
			}
		}
		if end == len(part) {
			c.Read(end)
			continue
		}
		end += from
		if text[end] == '\r' && end+1 < len(text) && text[end+1] == '\n' {
			return end, end + 2
		}
		return end, end + 1
	}
	return len(text), len(text)
}

// hardWrapped reports whether the text as a whole was wrapped at a fixed width:
// nearly every line that is followed by another one breaks where the next word
// would not have fitted.
func hardWrapped(c *work.Clock, lines []Line) bool {
	for i := range lines {
		c.Step()
		if len(lines[i].Text) > utf8.UTFMax*maxWrapWidth {
			return false
		}
	}
	width, pairs := wrapWidth(c, lines)
	if width < minWrapWidth || width > maxWrapWidth || pairs < minWrapPairs {
		return false
	}
	full := 0
	for i := 1; i < len(lines); i++ {
		c.Step()
		if wrapped(&lines[i-1], &lines[i], width) {
			full++
		}
	}
	return float64(full) >= minWrapShare*float64(pairs)
}

// wrapWidth returns the columns of the longest line, and how many lines follow
// another one with no blank line between.
func wrapWidth(c *work.Clock, lines []Line) (width, pairs int) {
	for i := range lines {
		c.Step()
		width = max(width, utf8.RuneCountInString(lines[i].Text))
		if width > maxWrapWidth {
			break
		}
		if i > 0 && lines[i].Blank == 0 {
			pairs++
		}
	}
	return width, pairs
}

// unwrap joins the lines of hard-wrapped paragraphs, breaks included.
func unwrap(c *work.Clock, lines []Line) []Line {
	if !hardWrapped(c, lines) {
		return lines
	}
	width, _ := wrapWidth(c, lines)
	out := lines[:1]
	var b strings.Builder
	flush := func(to *Line) {
		if b.Len() > 0 {
			to.Text = b.String()
			to.traits = 0 // line breaks; what stood apart may stand together
			b.Reset()
		}
	}
	last := lines[0]
	for i := 1; i < len(lines); i++ {
		c.Step()
		cur := lines[i]
		if wrapped(&last, &cur, width) {
			if b.Len() == 0 {
				b.WriteString(out[len(out)-1].Text)
			}
			b.WriteByte('\n')
			b.WriteString(cur.Text)
		} else {
			flush(&out[len(out)-1])
			out = append(out, cur)
		}
		last = cur
	}
	flush(&out[len(out)-1])
	clear(lines[len(out):]) // what is forgotten later is what is returned
	return out
}

// wrapped reports whether b goes on where a was broken to fit the width.
func wrapped(a, b *Line, width int) bool {
	if b.Blank > 0 || b.Text[0] == ' ' || b.Text[0] == '\t' {
		return false
	}
	word := b.Text
	if i := strings.IndexAny(word, " \t"); i >= 0 {
		word = word[:i]
	}
	n := utf8.RuneCountInString(strings.TrimRight(a.Text, " \t"))
	return n+1+utf8.RuneCountInString(word) > width && n*2 > width
}
