package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean"
)

// An artLine is a line of the clean text. Pieces [first, end) are what it is
// made of; it is none of them when first is -1, as the title in front.
type artLine struct {
	text       string
	first, end int
}

// article finds the pieces that the lines of a text are made of. Their letters
// follow each other in both; white space and marks in front of lines differ.
func article(text string, ds []clean.Decision) []artLine {
	s := stream{ds: ds}
	s.skip()
	var lines []artLine
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		l := artLine{text: line, first: -1}
		rest, marked := line, true
		for marked {
			if first, end, ok := s.match(rest); ok {
				l.first, l.end = first, end
				break
			}
			rest, marked = unmark(rest)
		}
		lines = append(lines, l)
	}
	return lines
}

// unmark takes the mark of a list item or of a kind off a line.
func unmark(line string) (rest string, ok bool) {
	if rest, ok := strings.CutPrefix(line, "- "); ok {
		return rest, true
	}
	if strings.HasPrefix(line, "[") {
		if _, rest, ok := strings.Cut(line, "] "); ok {
			return rest, true
		}
	}
	return line, false
}

// A stream runs over the visible characters of the kept pieces.
type stream struct {
	ds    []clean.Decision
	piece int // the one that holds the next character
	at    int // its place there
}

// skip goes on to the next visible character.
func (s *stream) skip() {
	for s.piece < len(s.ds) {
		d := &s.ds[s.piece]
		for d.Kept && s.at < len(d.Text) {
			r, n := utf8.DecodeRuneInString(d.Text[s.at:])
			if visible(r) {
				return
			}
			s.at += n
		}
		s.piece, s.at = s.piece+1, 0
	}
}

// match moves over the characters of line, if they are the next ones.
func (s *stream) match(line string) (first, end int, ok bool) {
	start := *s
	first = s.piece
	for _, r := range line {
		if !visible(r) {
			continue
		}
		if s.piece >= len(s.ds) {
			*s = start
			return 0, 0, false
		}
		got, n := utf8.DecodeRuneInString(s.ds[s.piece].Text[s.at:])
		if got != r {
			*s = start
			return 0, 0, false
		}
		end = s.piece + 1
		s.at += n
		s.skip()
	}
	return first, end, end > first
}

// visible tells whether a character counts when texts are compared: layout and
// invisible characters are not kept by cleaning.
func visible(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && !unicode.IsControl(r)
}
