package piece

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// A paragraph is a line of the text, or several that were one before they were
// wrapped at a fixed width.
type paragraph struct {
	from, to            int    // bytes of the text, without white space around them
	line                int    // where its first line begins
	blank               int    // blank lines before it
	left                Border // Blank or LineEnd; Edge for the first one
	firstWord, lastWord int    // of Memory.words
}

// Bounds of the width at which a text was wrapped, in characters. The width is taken
// from nearly the longest line: a long address may stick out. Chosen on the dumps and
// mails among texts as found.
const (
	minWrapWidth  = 40
	maxWrapWidth  = 130
	leastWrapped  = 6   // lines of a text
	longestShare  = .97 // of the lines are no longer than the width
	ragged        = 14  // what the last word of a full line leaves free
	fullLeast     = 4   // full lines, and
	fullShare     = .18 // their share
	sticksOut     = 1.6 // times the width and
	sticksOutMore = 20  // so many more is as long as any line is
	sentenceSlack = 6   // what a line may leave free before a small letter
	hanging       = 2   // how much further a line that goes on may be indented
)

// A row is a line of the text while paragraphs are looked for.
type row struct {
	from, to int // without white space around it
	indent   int // characters of white space before it
	columns  int // characters up to its end, with that white space
}

// paragraphs finds the paragraphs of m.text.
func (m *Memory) paragraphs() {
	m.paras = m.paras[:0]
	width := m.wrapWidth()
	m.width = width
	var last row
	blank := 0
	m.eachLine(func(from, to int) bool {
		r := m.row(from, to, width > 0)
		switch {
		case r.from == r.to:
			blank++
			return true
		case len(m.paras) == 0:
			m.paras = append(m.paras, paragraph{from: r.from, to: r.to, line: from, blank: blank})
		case width > 0 && blank == 0 && m.goesOn(&last, &r, width):
			m.paras[len(m.paras)-1].to = r.to
		default:
			left := LineEnd
			if blank > 0 {
				left = Blank
			}
			if len(m.paras) == cap(m.paras) {
				m.paras = work.Grow(m.Clock, m.paras)
			}
			m.paras = append(m.paras, paragraph{from: r.from, to: r.to, line: from, blank: blank, left: left})
		}
		last, blank = r, 0
		return true
	})
}

// row measures the line from..to-1; its columns only when they are needed.
func (m *Memory) row(from, to int, columns bool) row {
	r := row{from: skipSpace(m.text, from, to)}
	if r.from < to && m.text[r.from] >= utf8.RuneSelf && chars.BlankLine(m.text[r.from:to]) {
		r.from = to // nobody sees any of it
	}
	r.to = trimSpace(m.text, r.from, to)
	if columns {
		r.indent = countCharacters(m.text[from:r.from])
		r.columns = r.indent + countCharacters(m.text[r.from:r.to])
	}
	return r
}

// wrapWidth is the width at which the lines of the text were wrapped, 0 if they were
// not.
func (m *Memory) wrapWidth() int {
	lines, all, longest := 0, 0, 0
	var count [maxWrapWidth*2 + 1]int // of lines so long before another one; the last: longer ones
	most := int(sticksOut*maxWrapWidth) + sticksOutMore
	last := -1 // columns of the line right before
	m.eachLine(func(from, to int) bool {
		r := row{columns: most + 1}
		if to-from <= most*utf8.UTFMax {
			r = m.row(from, to, true)
		}
		if r.columns == r.indent && r.from == r.to {
			last = -1
			return true
		}
		all++
		longest = max(longest, r.columns)
		if last >= 0 {
			lines++
			count[min(last, len(count)-1)]++
		}
		last = r.columns
		return longest <= most
	})
	if all < leastWrapped || longest > most || lines == 0 {
		return 0
	}
	width, seen := 0, 0
	for ; width < len(count)-1; width++ {
		if seen += count[width]; seen > int(float64(lines)*longestShare) {
			break
		}
	}
	if width < minWrapWidth || width > maxWrapWidth || float64(longest) > sticksOut*float64(width)+sticksOutMore {
		return 0
	}
	full := 0
	for n := max(0, width-ragged); n <= min(width+3, len(count)-1); n++ {
		full += count[n]
	}
	if full < fullLeast || float64(full) < fullShare*float64(all) {
		return 0
	}
	return width
}

// goesOn reports whether line b goes on where line a was broken since its first word
// would not have fitted.
func (m *Memory) goesOn(a, b *row, width int) bool {
	if a.columns*2 <= width || b.indent > a.indent+hanging {
		return false
	}
	text := m.text[b.from:b.to]
	if item(text) && (m.ends(a) || item(m.text[a.from:a.to])) {
		return false
	}
	word := text
	if i := strings.IndexAny(text, " \t"); i >= 0 {
		word = text[:i]
	}
	if c, _ := classAt(word, 0); c&small != 0 && !m.ends(a) {
		width -= sentenceSlack // it is no line of its own
	}
	return a.columns+1+utf8.RuneCountInString(word) > width
}

// ends reports whether a line ends like a sentence or before a list.
func (m *Memory) ends(r *row) bool {
	for i := r.to; i > r.from; {
		c, size := classBefore(m.text, i)
		if c&closing == 0 || c&(stop|label) != 0 {
			return c&(stop|fullEnd) != 0 || c&label != 0 && c&bullet == 0 || m.text[i-1] == ';'
		}
		i -= size
	}
	return false
}

// item reports whether a line opens like an item of a list.
func item(line string) bool {
	head, _, ok := strings.Cut(line, " ")
	if !ok || head == "" {
		return false
	}
	switch head {
	case "*", "+", "•", "-", "–", "○", "■", "#", "##", "###":
		return true
	}
	if inner, found := strings.CutPrefix(head, "["); found {
		inner, found = strings.CutSuffix(inner, "]")
		return found && digits(inner)
	}
	number, found := strings.CutSuffix(head, ".")
	return found && digits(number)
}

func digits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// eachLine calls f with the bytes of every line of m.text, without its end, until that
// returns false. Line ends are \n, \r\n, \r, U+2028 and U+2029.
func (m *Memory) eachLine(f func(from, to int) bool) {
	for at, more := 0, true; more && at < len(m.text); {
		m.Clock.Step()
		end, next := m.nextLine(m.text[at:])
		more = f(at, at+end)
		at += next
	}
}

// nextLine is NextLine of what is left of m.text.
func (m *Memory) nextLine(text string) (end, next int) {
	if !m.Newlines {
		return NextLine(m.Clock, text)
	}
	if end = strings.IndexByte(text, '\n'); end < 0 {
		end = len(text)
	}
	m.Clock.Read(end)
	return end, min(end+1, len(text))
}

// NextLine returns where the first line of text ends and the next one begins.
func NextLine(c *work.Clock, text string) (end, next int) {
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
		if i := separator(text[from:min(len(text), from+end+2)]); i >= 0 {
			return from + i, from + i + 3
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

// separator is where the first U+2028 or U+2029 stands in a text, -1 where none does. Most
// texts have the bytes with which it begins, as quotation marks do, but not its last one.
func separator(text string) int {
	at := strings.Index(text, "\u2028")
	if i := strings.Index(text, "\u2029"); i >= 0 && (at < 0 || i < at) {
		at = i
	}
	return at
}

// contains reports whether any of the names is in s.
func contains(s string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(s, name) })
}
