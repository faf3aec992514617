package words

import (
	"unicode"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// Classes of characters.
const (
	clOther = iota
	clLower
	clUpper
	clDigit
	clCJK
	clMark // combining or invisible: part of the word around it, not of its name
	clSpace
)

// lowTable holds class and lower-case form of the characters below U+0800.
var lowTable = func() (t [0x800]struct {
	class uint8
	lower uint16
	sep   uint16
}) {
	for r := range rune(len(t)) {
		class, lower := slowClass(r)
		t[r].class, t[r].lower, t[r].sep = uint8(class), uint16(lower), slowSep(r)
	}
	return
}()

// A sign is what there is to know of a character beyond letters.
type sign struct {
	class uint8
	sep   uint16
}

// signs holds the same for general punctuation, U+2000 to U+206F: quotation
// marks and dashes of nearly every text.
const (
	firstSign = 0x2000
	lastSign  = 0x206F
)

var signs = func() (t [lastSign - firstSign + 1]sign) {
	for i := range t {
		class, _ := slowClass(firstSign + rune(i))
		t[i] = sign{uint8(class), slowSep(firstSign + rune(i))}
	}
	return
}()

func slowClass(r rune) (int, rune) {
	switch {
	case chars.Unseen(r) && !(r >= '\t' && r <= '\r'):
		return clMark, r
	case chars.SpacelessInLines(r):
		return clCJK, r
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		l := unicode.ToLower(r)
		if l > 0x7FF && r < 0x800 {
			l = r
		}
		return clUpper, l
	case unicode.IsLetter(r):
		return clLower, r
	case unicode.IsDigit(r):
		return clDigit, r
	case unicode.IsMark(r):
		return clMark, r
	case unicode.IsSpace(r):
		return clSpace, r
	}
	return clOther, r
}

func slowSep(r rune) uint16 {
	switch r {
	case ':', '：':
		return SepColon
	case '.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '．':
		return SepEnd
	case ',', ';', '、', '，', '；', '،', '؛':
		return SepComma
	case '-', '–', '—', '‐', '‑', '―', '−':
		return SepDash
	case '|', '·', '•', '/', '>', '»', '›', '→', '▶', '►', '∙', '・', '«', '‹', '←', '+', '*', '▸', '¦', '｜':
		return SepPipe
	case '(', '[', '（', '［', '【':
		return SepOpen
	case ')', ']', '）', '］', '】':
		return SepClose
	case '"', '\'', '“', '”', '‘', '’', '„', '‚', '「', '」', '『', '』', '`':
		return SepQuote
	case '@':
		return SepAt
	case '=', '{', '}', '<', '\\', '$', '#', '~', '^', '_':
		return SepEquals
	}
	if unicode.IsSpace(r) {
		return SepSpace
	}
	return SepOther
}

// classify returns the class of a character and its lower case.
func classify(r rune) (class int, lower rune) {
	if r < rune(len(lowTable)) {
		t := &lowTable[r]
		return int(t.class), rune(t.lower)
	}
	if r >= firstSign && r <= lastSign {
		return int(signs[r-firstSign].class), r
	}
	if r >= 0x4E00 && r <= 0x9FFF {
		return clCJK, r
	}
	return slowClass(r)
}

// Separator says what a character is that stands between words.
func Separator(r rune) uint16 {
	if r < rune(len(lowTable)) {
		return lowTable[r].sep
	}
	if r >= firstSign && r <= lastSign {
		return signs[r-firstSign].sep
	}
	return slowSep(r)
}

// IsWord reports whether a character begins a word.
func IsWord(r rune) bool {
	class, _ := classify(r)
	return class == clLower || class == clUpper || class == clCJK
}

// IsMark reports whether a character is part of the word around it, but not of its
// name: combining or not seen.
func IsMark(r rune) bool {
	class, _ := classify(r)
	return class == clMark
}
