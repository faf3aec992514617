package piece

import (
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// A class says what a character may be.
type class uint16

const (
	space   class = 1 << iota // white space
	small                     // letter in lower case
	capital                   // letter in upper case
	digit
	script  // letter of a script without case
	ideo    // character of a script without spaces
	stop    // ends a sentence that a space follows
	fullEnd // ends a sentence, whatever follows
	closing // may stand behind the end of a sentence
	opening // may stand before the beginning of one
	bullet  // the same, for signs that begin items and labels
	divider // parts labels where white space stands on both sides
	label   // follows the words that open a notice
	mark    // part of the character before it, or seen by nobody
)

const (
	letter = small | capital | script
	wordly = letter | digit | ideo
	begins = capital | digit | script | ideo | opening | bullet // a sentence
)

var ascii = func() (t [utf8.RuneSelf]class) {
	for c := range t {
		t[c] = slowClass(rune(c))
	}
	return t
}()

// classAt is the class of the character at byte i of s and its size.
func classAt(s string, i int) (class, int) {
	if c := s[i]; c < utf8.RuneSelf {
		return ascii[c], 1
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	return classOf(r), size
}

// classBefore is the class of the character that ends before byte i of s, none at its
// beginning.
func classBefore(s string, i int) (class, int) {
	if i == 0 {
		return 0, 0
	}
	if c := s[i-1]; c < utf8.RuneSelf {
		return ascii[c], 1
	}
	r, size := utf8.DecodeLastRuneInString(s[:i])
	return classOf(r), size
}

func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		return ascii[r]
	}
	return slowClass(r)
}

func slowClass(r rune) class {
	switch r {
	case '.', '!', '?', '…', '؟', '۔', '።', '։', '།', '\u0964', '\u0965':
		return stop
	case '。', '！', '？':
		return fullEnd
	case '"', '\'':
		return closing | opening
	case '”', '’', ')', ']', '」', '』', '）', '】':
		return closing
	case '“', '«', '»': // in German “ closes, and in Danish » opens
		return closing | opening
	case '‘', '„', '‚', '¿', '¡', '(', '[', '「', '『', '（', '【':
		return opening
	case '#', '@':
		return bullet
	case ':', '：':
		return label
	case '>':
		return label
	case '-', '–', '—':
		return bullet | label
	case '|':
		return divider | label
	case '•', '·', '●', '►', '→', '■', '▪', '◆', '▶', '★', '✔', '*':
		return bullet | divider
	}
	switch {
	case chars.IsSpace(r):
		return space
	case r < '0':
		return 0
	case unicode.IsLower(r):
		return small
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return capital
	case unicode.IsDigit(r):
		return digit
	case chars.Spaceless(r):
		return ideo
	case unicode.IsLetter(r): // of Korean, too: it puts spaces
		return script
	case unicode.Is(unicode.M, r), chars.Hides(r):
		return mark
	}
	return 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// skipSpace is where the white space at byte i ends, at most at to.
func skipSpace(s string, i, to int) int {
	for i < to {
		c, size := classAt(s, i)
		if c&space == 0 {
			return i
		}
		i += size
	}
	return min(i, to)
}

// trimSpace is where the white space that ends at byte i begins, at least at from.
func trimSpace(s string, from, i int) int {
	for i > from {
		c, size := classBefore(s, i)
		if c&space == 0 {
			return i
		}
		i -= size
	}
	return max(i, from)
}
