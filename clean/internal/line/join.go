package line

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// Join writes the lines without their cuts. Blank lines stay as they were,
// never two in a row, white space at the end of lines goes, and so do soft
// hyphens and other characters nobody sees. The result ends with one newline
// or is empty.
func (m *Memory) Join(lines []Line) string { return m.JoinText(lines, "") }

// JoinText is Join for the lines of a text, which it returns itself when it comes
// out as it went in.
func (m *Memory) JoinText(lines []Line, text string) string {
	o := output{clock: m.Clock, input: text, size: roomFor(m.Clock, lines)}
	o.join(lines)
	return o.text()
}

// roomFor is about how many bytes lines come to.
func roomFor(c *work.Clock, lines []Line) (n int) {
	for i := range lines {
		c.Step()
		if l := &lines[i]; !l.gone() {
			n += len(l.Text) + 2
		}
	}
	return n
}

// JoinTraced is Join, and says where the text comes from.
func (m *Memory) JoinTraced(lines []Line) (text string, from []Stretch) {
	o := output{clock: m.Clock, trace: true}
	o.join(lines)
	return o.text(), o.runs
}

// output is text on its way out. It can note where each piece came from.
type output struct {
	clock *work.Clock
	input string // as long as b is empty, its first bytes are what was written
	same  int    // so many of them
	size  int    // bytes for which there is room in b at first
	b     strings.Builder
	trace bool
	runs  []Stretch
}

func (o *output) write(s string) {
	if o.b.Len() == 0 {
		if strings.HasPrefix(o.input[o.same:], s) { // at no cost where s is that piece of memory
			o.same += len(s)
			return
		}
		o.b.Grow(o.size)
		o.b.WriteString(o.input[:o.same])
	}
	o.b.WriteString(s)
}

func (o *output) len() int { return max(o.same, o.b.Len()) }

func (o *output) text() string {
	switch {
	case o.b.Len() > 0:
		return o.b.String()
	case o.same == len(o.input):
		return o.input
	}
	return strings.Clone(o.input[:o.same]) // lest little keeps much in memory
}

// A Stretch of output was copied from one line. What lies between two of them was
// written without being there: line ends, prefixes, marks of kinds.
type Stretch struct {
	Out, Len  int // bytes of the output
	Line, Src int // number of the line and byte of its text
}

func (o *output) join(lines []Line) {
	blank, begun := false, false
	lost, space := false, false // a piece before on the line goes; white space stood before it
	for i := range lines {
		l := &lines[i]
		o.clock.Step()
		o.clock.Read(len(l.Text))
		blank = blank || l.Blank > 0
		if l.gone() {
			lost, space = true, space || begun && l.Text[0] <= ' '
		} else {
			if lost && begun {
				o.part(l, space)
			}
			if o.line(l, i, blank && o.len() > 0, !begun) {
				blank, begun = false, true
				lost, space = false, false
			}
		}
		if i+1 == len(lines) || !lines[i+1].Glued {
			if begun {
				o.write("\n")
			}
			begun, lost, space = false, false, false
		}
	}
}

// part parts a piece from the one that it comes to stand beside.
func (o *output) part(l *Line, space bool) {
	first, _ := utf8.DecodeRuneInString(l.Text)
	switch {
	case unicode.IsSpace(first):
	case space:
		o.write(" ")
	default:
		o.write("\n")
	}
}

// gone reports whether the line was dropped by one cut, and no policy keeps it.
func (l *Line) gone() bool {
	c := l.Cuts
	return l.state == dropped && len(c) == 1 && c[0].End == len(l.Text) && !c[0].Keep
}

// line writes one line without its end and reports whether anything was left of it.
// White space before a piece goes where that begins a line of its own.
func (o *output) line(l *Line, at int, blank, begins bool) bool {
	follows := l.Glued && !begins // on the line that is being written
	begins = begins && l.Glued && l.Text[0] <= ' '
	if len(l.Cuts) == 0 && !begins && l.isPlain(o.clock) {
		text := trimEnd(l.Text)
		if text == "" {
			return false
		}
		if blank {
			o.write("\n")
		}
		o.write(l.Prefix)
		o.copyLong(text, at)
		return true
	}
	// Character by character: white space waits until something follows it.
	wrote, newline, afterCut := false, false, begins
	spaces, spacesEnd := -1, -1
	prev := rune(' ')
	label := "" // of a marked piece that is about to begin
	next := 0   // cut
	look := copyPiece
	for i := 0; i < len(l.Text); {
		if i >= look {
			look = i + copyPiece
			o.clock.Look()
		}
		if next < len(l.Cuts) && i >= l.Cuts[next].Start {
			c := &l.Cuts[next]
			next++
			switch {
			case c.Keep && c.Mark:
				label += "[" + string(c.Kind) + "] "
			case !c.Keep && c.End > i:
				i, afterCut = c.End, true
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(l.Text[i:])
		switch {
		case r == '\n':
			newline, afterCut, spaces = true, false, -1
		case unicode.IsSpace(r):
			switch {
			case spaces < 0 && !(afterCut && !wrote):
				spaces, spacesEnd = i, i+size
			case spacesEnd == i:
				spacesEnd += size
			}
		case chars.Invisible(r):
		case (r == chars.NonJoiner || r == chars.Joiner) && !chars.Shapes(prev):
		default:
			if !wrote {
				if blank {
					o.write("\n")
				}
				o.write(l.Prefix)
			}
			if newline && (wrote || follows) {
				o.write("\n")
			}
			if spaces >= 0 {
				o.copy(l.Text[spaces:spacesEnd], at, spaces)
			}
			o.write(label)
			end := shown(l.Text, i+size, l.nextCut(next))
			o.copy(l.Text[i:end], at, i)
			label = ""
			wrote, newline, afterCut, spaces = true, false, false, -1
			prev, _ = utf8.DecodeLastRuneInString(l.Text[i:end])
			size = end - i
		}
		i += size
	}
	return wrote
}

// nextCut is where the cut of a number begins, or where the line ends.
func (l *Line) nextCut(k int) int {
	if k < len(l.Cuts) {
		return l.Cuts[k].Start
	}
	return len(l.Text)
}

// shown is how far from byte i on, behind a character that is shown, nothing but such
// characters stands with single spaces between them, up to byte to.
func shown(s string, i, to int) int {
	to = min(to, i+copyPiece)
	for i < to {
		switch c := s[i]; {
		case c > ' ' && c < 0x7F:
			i++
		case c == ' ' && i+1 < to && s[i+1] > ' ' && s[i+1] < 0x7F:
			i += 2
		case c >= utf8.RuneSelf && plainAt(s, i) > 0:
			i += plainAt(s, i)
		default:
			return i
		}
	}
	return i
}

// trimEnd cuts white space off the end of text; most have none.
func trimEnd(text string) string {
	if n := len(text); n > 0 && text[n-1] > ' ' && text[n-1] < utf8.RuneSelf {
		return text
	}
	return strings.TrimRightFunc(text, unicode.IsSpace)
}

// copyPiece is how much of a long line is copied, in bytes, between two looks at
// the context.
const copyPiece = 256 << 10

// copyLong is copy for a line that may be long.
func (o *output) copyLong(text string, line int) {
	at := 0
	for ; len(text)-at > copyPiece; at += copyPiece {
		o.copy(text[at:at+copyPiece], line, at)
		o.clock.Look()
	}
	o.copy(text[at:], line, at)
}

func (o *output) copy(text string, line, src int) {
	if o.trace {
		out := o.len()
		if n := len(o.runs); n > 0 {
			if r := &o.runs[n-1]; r.Line == line && r.Src+r.Len == src && r.Out+r.Len == out {
				r.Len += len(text)
				o.write(text)
				return
			}
		}
		if len(o.runs) == cap(o.runs) {
			o.runs = work.Grow(o.clock, o.runs)
		}
		o.runs = append(o.runs, Stretch{out, len(text), line, src})
	}
	o.write(text)
}

// plainLong is plainText for a line that may be long.
func plainLong(c *work.Clock, s string) bool {
	if len(s) <= copyPiece {
		return plainText(s)
	}
	for part := range parts(s) {
		if !plainText(part) {
			return false
		}
		c.Look()
	}
	return true
}

// plainText reports whether a line can be copied as it is: no line break, nothing
// invisible, no joiner.
func plainText(s string) bool {
	for i := 0; i < len(s); i++ {
		i = printable(s, i)
		if i == len(s) {
			break
		}
		switch c := s[i]; {
		case c >= ' ' && c < 0x7F:
		case c < ' ' && c != '\t' || c == 0x7F:
			return false
		case c == 0xC2:
			if i+1 < len(s) && s[i+1] == 0xAD {
				return false
			}
		case c == 0xE1 || c == 0xE2 || c == 0xEF:
			if i+2 >= len(s) {
				continue
			}
			if r, _ := utf8.DecodeRuneInString(s[i:]); r == chars.NonJoiner || r == chars.Joiner || chars.Invisible(r) {
				return false
			}
		}
	}
	return true
}
