package line

import (
	_ "embed"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// A page that was flattened without line ends comes as one line in which what
// stood in blocks of its own is glued together, "10:00 AMThe best tentsWhether
// you are", or parted by the white space of the markup. Such a line is judged in
// pieces, cut where blocks met. Pieces that stay side by side are joined again as
// they were.
const (
	minGluedBytes = 600 // of a line; one paragraph may be as long
	minGlued      = 3   // places where blocks met
	minPieceBytes = 12  // on average: where it is less, this is no page
	maxWordBytes  = 100 // of a word that is looked at
)

//go:embed data/camel.txt
var camelData string

// camelNames are names with a capital inside, in small letters.
var camelNames = func() map[string]bool {
	names := map[string]bool{}
	for _, name := range strings.Fields(camelData) {
		names[strings.ToLower(name)] = true
	}
	return names
}()

// mayBePage reports whether a line is as long as pages on one line are.
func mayBePage(text string) bool { return len(text) >= minGluedBytes && len(text) <= maxLineBytes }

// unglue appends a line to others, in pieces if it is a page that was glued
// together.
func unglue(c *work.Clock, lines []Line, l *Line) []Line {
	var at []int
	if mayBePage(l.Text) {
		at = seams(l.Text)
	}
	if len(at) < minGlued || len(l.Text) < minPieceBytes*len(at) {
		return addLine(c, lines, l)
	}
	piece, from := *l, 0
	for _, to := range append(at, len(l.Text)) {
		piece.Text = l.Text[from:to]
		lines = addLine(c, lines, &piece)
		piece.Blank, piece.Glued, from = 0, true, to
	}
	return lines
}

// changedPage reports whether anything goes of the line of the input with whose
// first piece lines begins.
func changedPage(lines []Line) bool {
	for i := range lines {
		if i > 0 && !lines[i].Glued {
			break
		}
		if len(lines[i].Cuts) > 0 {
			return true
		}
	}
	return false
}

// joined reports whether line i and the next one come out on one line: they are
// pieces of a page, and changed reports whether anything goes of that.
func joined(lines []Line, i int, changed bool) bool {
	return i+1 < len(lines) && lines[i+1].Glued && !(changed && apart(&lines[i], &lines[i+1]))
}

// apart reports whether a piece and the next one come out on lines of their own:
// where something between them goes, and where a sentence ends that was glued to
// the next one. A capital alone may be one within a name.
func apart(l, next *Line) bool {
	if n := len(l.Cuts); n > 0 && l.Cuts[n-1].End == len(l.Text) && !l.Cuts[n-1].Keep {
		return true
	}
	if len(next.Cuts) > 0 && next.Cuts[0].Start == 0 && !next.Cuts[0].Keep {
		return true
	}
	if next.spaced {
		return false
	}
	end := strings.TrimRightFunc(l.Text, closes)
	last, _ := utf8.DecodeLastRuneInString(end)
	return sentenceEnd(last)
}

// seams returns the places where blocks met, in bytes.
func seams(text string) []int {
	var found []seam
	var names map[string]int // how often a word with a capital inside occurs
	word, looked := 0, 0     // where the last word began that was looked at, and how far
	low := false             // in a quotation that opened low, as in German
	for i := maySeam(text, 0); i < len(text); i = maySeam(text, i+1) {
		c := text[i]
		switch {
		case c-'A' < 26 || c == '(' || c >= 0xC3 && c < 0xE2:
		case c == '<':
			if end := tagEnd(text[i:]); end > 0 { // left-over markup goes as a whole
				i += end - 1
				word, looked = i+1, i+1
			}
			continue
		case c == ' ' || c == '\t':
			if at := i - 1; at > word && text[at-1] > ' ' && isGap(text, at) {
				found = append(found, seam{at: at})
			}
			continue
		case c == 0xE2 && strings.HasPrefix(text[i:], "„"):
			low = true
		case c == 0xE2 && strings.HasPrefix(text[i:], "“"):
			if low {
				low = false
				continue
			}
		default:
			continue
		}
		if i == word || text[i-1] <= ' ' || strings.HasSuffix(text[:i], "\u00A0") {
			continue
		}
		r, _ := utf8.DecodeRuneInString(text[i:])
		if !opens(r) {
			continue
		}
		if k := strings.LastIndexAny(text[looked:i], " \t\u00A0"); k >= 0 {
			word = looked + k + 1
		}
		looked = i
		if s, ok := seamAt(text, max(word, i-maxWordBytes), i, r); ok {
			if s.name != "" {
				if names == nil {
					names = map[string]int{}
				}
				names[s.name]++
			}
			found = append(found, s)
			word = i
		}
	}
	at := make([]int, 0, len(found))
	for _, s := range found {
		if s.name == "" || names[s.name] < minName && !strings.HasPrefix(s.name, "Mac") && !camelNames[strings.ToLower(s.name)] {
			at = append(at, s.at)
		}
	}
	return at
}

// maySeam moves on from i, eight bytes at a time, to where something may stand
// that seams looks at: a capital with no space before it, the second white space
// in a row, the beginning of a character beyond ASCII or <.
func maySeam(text string, i int) int {
	spaced := uint64(0) // the high bit of the first byte: white space stands before it
	if i > 0 && (text[i-1] == ' ' || text[i-1] == '\t') {
		spaced = 0x80
	}
	for ; i+8 <= len(text); i += 8 {
		x := chars.Load8(text[i:])
		low := x &^ high
		capital := (low + (0x80-'A')*ones) &^ (low + (0x80-'Z'-1)*ones)
		space := (chars.Are8(low, ' ') | chars.Are8(low, '\t')) &^ x
		after := space<<8 | spaced
		if m := (((capital|chars.Are8(low, '('))&^after|chars.Are8(low, '<'))&^x | space&after | x&(x<<1)) & high; m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
		spaced = space >> 56
	}
	return i
}

// isGap reports whether the white space at i parts blocks. Some put two spaces
// after a sentence.
func isGap(text string, i int) bool {
	n := i
	for n < len(text) && (text[n] == ' ' || text[n] == '\t') {
		n++
	}
	if n == len(text) || n-i < 2 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(text[max(0, i-maxWordBytes):i], closes))
	return n-i > 2 || !sentenceEnd(last)
}

// A seam is a place where blocks may have met, or the capital inside a name.
type seam struct {
	at   int
	name string // that it would be, "" if it cannot be one
}

// minName is how often a word with a capital inside occurs that is a name.
const minName = 3

// nameAt is the word with a capital at i that begins at word, up to the next
// capital.
func nameAt(text string, word, i int) string {
	end := i + 1
	for end < len(text) && (text[end] >= utf8.RuneSelf || 'a' <= text[end] && text[end] <= 'z') {
		end++
	}
	return strings.TrimLeft(text[word:end], "(“\"'‘«„[")
}

// tagEnd returns where a tag ends with which the text begins, 0 if it does not.
func tagEnd(text string) int {
	if len(text) < 3 || !(text[1] == '/' || text[1]|0x20 >= 'a' && text[1]|0x20 <= 'z') {
		return 0
	}
	return strings.IndexByte(text[:min(len(text), maxTagBytes)], '>') + 1
}

// opens reports whether a block may begin with a character, as far as seams are
// seen at all.
func opens(r rune) bool {
	return 'A' <= r && r <= 'Z' || r == '(' || r == '“' || r == '„' || r >= 0xC0 && unicode.IsUpper(r)
}

// seamAt reports whether blocks may have met at i, where r stands within the word
// that begins at word.
func seamAt(text string, word, i int, r rune) (s seam, ok bool) {
	s.at = i
	left := text[word:i]
	last, size := utf8.DecodeLastRuneInString(left)
	before, _ := utf8.DecodeLastRuneInString(left[:len(left)-size])
	rest := text[i+utf8.RuneLen(r):]
	next, size := utf8.DecodeRuneInString(rest)
	after, _ := utf8.DecodeRuneInString(rest[size:])
	lower := unicode.IsLower(next)
	switch {
	case r == '(': // a credit behind a paragraph
		ok = unicode.IsUpper(next) && (sentenceEnd(last) || closes(last) && sentenceEnd(before))
	case !unicode.IsUpper(r): // a quotation mark
		ok = unicode.IsUpper(next) && (unicode.IsLower(last) || sentenceEnd(last))
	case unicode.IsLower(last):
		if ok = lower && unicode.IsLower(before); ok {
			s.name = nameAt(text, word, i)
		}
	case sentenceEnd(last):
		short := utf8.RuneCountInString(left) < 4 // St.Gallen
		ok = (lower || next == ' ') && !short && (closes(before) || unicode.IsLower(before) || unicode.IsDigit(before)) &&
			strings.IndexByte(left[:len(left)-1], '.') < 0 // z.B.
	case closes(last):
		ok = lower && (last == ')' || sentenceEnd(before) || before == ',')
	case unicode.IsDigit(last):
		ok = lower && unicode.IsLower(after) && strings.Trim(left, "0123456789:.,/-") == ""
	case unicode.IsUpper(last):
		ok = lower && unicode.IsLower(after) && timeMark(left)
	}
	return s, ok
}

func sentenceEnd(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '…' }

func closes(r rune) bool {
	return r == ')' || r == '”' || r == '“' || r == '"' || r == '»' || r == '’'
}

// timeMark reports whether a word ends a time of day: 10AM, EST.
func timeMark(word string) bool {
	switch strings.TrimLeft(word, "0123456789:.(") {
	case "AM", "PM", "ET", "PT", "CT", "EST", "EDT", "PST", "PDT", "GMT", "UTC", "BST", "CET", "CEST", "MEZ", "IST":
		return true
	}
	return false
}
