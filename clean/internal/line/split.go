package line

import (
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/piece"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// Split cuts a text into lines, one for each piece: a paragraph on one line, or one
// that was wrapped, becomes as many as it has sentences, labels and notices. Line ends
// may be \n, \r\n, \r, U+2028 and U+2029; lines of nothing but white space are blank
// lines. Bytes that are not UTF-8 become U+FFFD.
func Split(text string, set *rules.Set) []Line { return new(Memory).Split(text, set) }

// Split does it in m's memory, in place of the lines of the input before.
func (m *Memory) Split(text string, _ *rules.Set) []Line {
	m.lines = m.split(&m.pieces, forgetLines(m.lines), text, nil)
	return m.lines
}

// split appends the lines of a text to none, of which it uses the memory. by reads the
// pieces; copies say where the text stood in that of m.pieces, if it was copied from there.
func (m *Memory) split(by *piece.Memory, lines []Line, text string, copies []piece.Copy) []Line {
	c := m.Clock
	info := m.info
	if len(copies) > 0 && info.traits&plainChars != 0 {
		info.traits = info.ofPart(text)
	} else if info = inspect(c, text); info.invalid {
		text = valid(c, text)
		info = inspect(c, text)
	}
	if by == &m.pieces {
		m.info = info
	}
	by.Clock, by.Newlines = c, info.others == 0
	var old *piece.Memory
	if len(copies) > 0 {
		old = &m.pieces
	}
	pieces := by.SplitAgain(text, old, copies)
	if cap(lines) < len(pieces) {
		lines = work.Make[Line](c, 0, max(len(pieces), leastLines))
	}
	for i := range pieces {
		c.Step()
		p := &pieces[i]
		start, blank := by.Lead(i)
		l := Line{Text: text[start:p.End], Blank: blank, P: -1, traits: info.traits, Glued: p.Index > 0, lead: int32(p.Start - start)}
		if info.traits&plainChars == 0 && hasPlainChars(l.Text) {
			l.traits |= plainChars
		}
		if strings.IndexByte(l.Text, '\n') >= 0 {
			l.traits &^= plainChars // of a wrapped paragraph
		}
		lines = addLine(c, lines, &l)
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
		end, next := piece.NextLine(m.Clock, text[at:])
		if end > 0 {
			n++
		}
		at += next
	}
	return text[:at]
}

// lineEnds counts the line ends that are \n and all others, \r\n as one of each.
func lineEnds(c *work.Clock, text string) (newlines, others int) {
	const part = 128 << 10
	for len(text) > 0 {
		head := text[:min(len(text), part)]
		c.Read(len(head))
		newlines += strings.Count(head, "\n")
		others += strings.Count(head, "\r")
		// A separator may lie across two pieces.
		more := text[:min(len(text), part+2)]
		others += strings.Count(more, "\u2028") + strings.Count(more, "\u2029")
		text = text[len(head):]
	}
	return newlines, others
}
