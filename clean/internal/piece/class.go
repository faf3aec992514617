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

// classes are those of the characters of alphabets and of general punctuation.
var classes = func() (t [0x2070]class) {
	for r := range t {
		t[r] = slowClass(rune(r))
	}
	return t
}()

// ascii are the classes that most characters have, near each other.
var ascii = [utf8.RuneSelf]class(classes[:])

// lowerCase are the small letters of the capitals of alphabets.
var lowerCase = func() (t [0x590]uint16) {
	for r := range t {
		t[r] = uint16(unicode.ToLower(rune(r)))
	}
	return t
}()

// lower is the small letter of a capital.
func lower(r rune) rune {
	if uint(r) < uint(len(lowerCase)) {
		return rune(lowerCase[r])
	}
	return unicode.ToLower(r)
}

// classAt is the class of the character at byte i of s and its size.
func classAt(s string, i int) (class, int) {
	if c := s[i]; c < utf8.RuneSelf {
		return ascii[c], 1
	}
	r, size := decode(s, i)
	return classOf(r), size
}

// decode is utf8.DecodeRuneInString at byte i of s, where no ASCII character stands.
func decode(s string, i int) (r rune, size int) {
	if i+1 < len(s) && s[i] >= 0xC2 && s[i] < 0xE0 && s[i+1]&0xC0 == 0x80 {
		return rune(s[i]&0x1F)<<6 | rune(s[i+1]&0x3F), 2
	}
	return utf8.DecodeRuneInString(s[i:])
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
	case uint(r) < uint(len(classes)):
		return classes[r]
	case r >= 0x3400 && r < 0xA000:
		return ideo // Chinese
	case r >= 0xAC00 && r <= 0xD7A3:
		return script // Korean
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
