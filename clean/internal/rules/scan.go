package rules

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/eight"
)

// Flags of a token.
const (
	Cap    uint8 = 1 << iota // opens with an upper-case letter
	Upper                    // two or more letters, all upper case
	Digit                    // a number: digits with separators between them
	Glued                    // nothing stands between it and the token before
	CJK                      // a character of a script written without spaces
	Letter                   // holds a letter
	Gap                      // no word: stands for words that were skipped
)

// What stands between a token and the next one, or the line's end.
const (
	SepSpace  uint16 = 1 << iota // white space
	SepColon                     // a colon
	SepEnd                       // the end of a sentence: . ! ? … and their kin
	SepComma                     // comma or semicolon
	SepDash                      // hyphen or dash
	SepPipe                      // | · • / > » and other dividers
	SepOpen                      // an opening bracket
	SepClose                     // a closing bracket
	SepQuote                     // a quotation mark
	SepOther                     // any other sign
	SepAt                        // @
	SepEquals                    // = { } ; < \ and other signs of code
)

// A Token is a word, a number or a CJK character of a line.
type Token struct {
	Start, End int32  // bytes of the line
	ID         uint32 // number of the word in the set's vocabulary, 0 if unknown
	Hash       uint32 // of the folded word, 0 for numbers
	whole      uint32 // for the first part of a glued word: number of the whole
	Sep        uint16 // what follows it
	Flags      uint8
	parts      uint8 // parts of the glued word; set on its first and last part
}

// Words is a line cut into tokens. The zero value is ready for use; used
// again, it keeps its memory. It must not be used by two goroutines at once.
type Words struct {
	Text   string
	Tokens []Token
	Lead   uint16 // separators before the first token
	Lists  uint64 // union of the lists (see Set.List) its words are in
	// Skipped is how many words within a long line are not among the tokens;
	// a token with the flag Gap stands in their place.
	Skipped int
	// NoIcons: who asks for the scan knows that the line does not hold "icon".
	NoIcons bool
	// Entire: who asks for the scan wants all tokens, however long the line is.
	Entire bool

	hits    []accept // scratch of the matcher
	reached bool     // a walk came to the end of the tokens
	walked  bool     // hits are the forms that the line begins with
	probe   *Words   // scratch of the scanner
	inner   []int32  // bytes of the skimmed part where something may have to be cut out
	set     *Set
}

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
	case r < ' ' && (r < '\t' || r > '\r') || r == 0x7F || r == 0xAD || r >= 0x200B && r <= 0x200F || r == 0x2060 || r == 0xFEFF:
		return clMark, r
	case r >= 0x3040 && r <= 0x30FF && r != 0x30FB || r >= 0x3400 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3FFFF || r == 0x3005:
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

func separator(r rune) uint16 {
	if r < rune(len(lowTable)) {
		return lowTable[r].sep
	}
	if r >= firstSign && r <= lastSign {
		return signs[r-firstSign].sep
	}
	return slowSep(r)
}

// Scan cuts a line into tokens and looks each up in the set's vocabulary.
// A word written in camel case, as pieces glued together are, becomes one
// token for each piece; rules see it both as pieces and as a whole. Of a long
// paragraph only the words at its ends are read and the others counted, unless
// a rule may find it as a whole.
func (s *Set) Scan(w *Words, text string) {
	w.Text, w.Tokens, w.Lead, w.Lists, w.set = text, w.Tokens[:0], 0, 0, s
	w.Skipped, w.walked, w.inner = 0, false, w.inner[:0]
	glued, skimmed := false, w.Entire
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			switch t := &lowTable[c]; t.class {
			case clLower, clUpper:
				most := len(text)
				if !skimmed && len(text)-i >= tailBytes+minSkimBytes {
					most = headTokens
				}
				i, glued = s.asciiWords(w, i, most, glued)
				if i < len(text) && isLetter[text[i]] && len(w.Tokens) >= headTokens && !skimmed && len(text)-i >= tailBytes+minSkimBytes {
					skimmed = true
					i = s.skim(w, i)
				}
			case clDigit:
				i = s.scanNumber(w, i, glued)
				glued = true
			default:
				glued = false
				w.separate(t.sep)
				i++
				if c == ']' {
					i += linkTarget(text[i:])
				}
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		class, _ := classify(r)
		switch class {
		case clLower, clUpper:
			i = s.plainWord(w, i, glued)
			glued = true
		case clDigit:
			i = s.scanNumber(w, i, glued)
			glued = true
		case clCJK:
			h := hashText(text[i : i+size])
			t := Token{Start: int32(i), End: int32(i + size), Flags: CJK | Letter, Hash: uint32(h), ID: s.vocabulary.find(h)}
			if glued {
				t.Flags |= Glued
			}
			w.add(t)
			i += size
			glued = true
		case clMark:
			if n := len(w.Tokens); glued && n > 0 {
				w.Tokens[n-1].End = int32(i + size)
			}
			i += size
		default:
			glued = false
			w.separate(separator(r))
			i += size
		}
	}
}

// maxTarget bounds the bytes of a Markdown link's target.
const maxTarget = 2000

// linkTarget returns the length of the (target) of a Markdown link, 0 if there
// is none: addresses have no words.
func linkTarget(text string) int {
	if len(text) < 3 || text[0] != '(' {
		return 0
	}
	switch text[1] {
	case 'h', '/', '#', '.', 'm':
	default:
		return 0
	}
	for i := 1; i < len(text) && i < maxTarget; i++ {
		switch text[i] {
		case ' ', '\t', '\n', '(':
			return 0
		case ')':
			if text[1] == 'h' || text[1] == 'm' {
				if strings.IndexByte(text[:i], ':') < 0 {
					return 0
				}
			}
			return i + 1
		}
	}
	return 0
}

func (w *Words) separate(sep uint16) {
	if n := len(w.Tokens); n > 0 {
		w.Tokens[n-1].Sep |= sep
	} else {
		w.Lead |= sep
	}
}

func (w *Words) add(t Token) {
	w.Lists |= w.set.lists[t.ID]
	w.Tokens = append(w.Tokens, t)
}

// asciiWords reads words of ASCII letters and the signs between them; scanWord
// reads those of them that are camel case or go on in other letters. It returns
// where something else stands and whether that follows at once, or where a word
// begins that follows a space, when there are as many tokens as asked for.
func (s *Set) asciiWords(w *Words, i, most int, glued bool) (next int, nextGlued bool) {
	text, tokens, lists := w.Text, w.Tokens, w.Lists
	for {
		start := i
		var x uint64
		if start+8 <= len(text) {
			x = eight.Load(text[start:])
		} else {
			x = lastBytes(text, start)
		}
		n := letters(x)
		var h, caps uint64 // caps: 0 no capital, oneCap the first letter alone, above it all letters
		if n < 8 {
			mask := uint64(1)<<(8*n&63) - 1
			caps = ^x & caseBits & mask
			h = mix(hashSeed^uint64(n), (x|caseBits)&mask)
			if caps > oneCap && caps == caseBits&mask {
				caps = caseBits
			}
		} else {
			n, h, caps = longWord(text, start, x)
		}
		i = start + n
		camel := caps > oneCap && caps != caseBits
		if camel || i < len(text) && text[i] >= utf8.RuneSelf && !asciiBorder(text[i:]) {
			w.Tokens, w.Lists = tokens, lists
			if camel {
				i = s.scanWord(w, start, glued)
			} else {
				i = s.plainWord(w, start, glued)
			}
			tokens, lists = w.Tokens, w.Lists
		} else {
			flags := Letter
			if glued {
				flags |= Glued
			}
			if caps != 0 {
				if flags |= Cap; caps > oneCap {
					flags |= Upper
				}
			}
			id := s.vocabulary.find(h)
			lists |= s.lists[id]
			if len(tokens) == cap(tokens) {
				tokens = slices.Grow(tokens, 1)
			}
			tokens = tokens[:len(tokens)+1]
			t := &tokens[len(tokens)-1] // filled in place: this is the busiest spot of all
			t.Start, t.End, t.ID, t.Hash = int32(start), int32(i), id, uint32(h)
			t.whole, t.Sep, t.Flags, t.parts = 0, 0, flags, 0
		}
		if i+1 < len(text) && text[i] == ' ' && isLetter[text[i+1]] { // as in most cases
			tokens[len(tokens)-1].Sep |= SepSpace
			i++
			if glued = false; len(tokens) >= most {
				break
			}
			continue
		}
		end, sep := i, uint16(0)
	between:
		for i < len(text) && !isLetter[text[i]] {
			switch c := text[i]; {
			case c < utf8.RuneSelf:
				t := &lowTable[c]
				if t.class != clSpace && t.class != clOther || c == ']' {
					break between
				}
				sep |= t.sep
				i++
			case asciiBorder(text[i:]):
				sep |= signs[text[i+2]-0x80].sep
				i += 3
			default:
				break between
			}
		}
		tokens[len(tokens)-1].Sep |= sep
		glued = i == end
		if i == len(text) || !isLetter[text[i]] {
			break
		}
	}
	w.Tokens, w.Lists = tokens, lists
	return i, glued
}

// oneCap is the bit that says that of eight letters the first one is a capital.
const oneCap = 0x20

// longWord measures a word that begins with the eight letters of x.
func longWord(text string, start int, x uint64) (n int, h, caps uint64) {
	var y uint64
	if start+16 <= len(text) {
		y = eight.Load(text[start+8:])
	} else {
		y = lastBytes(text, start+8)
	}
	if letters(y) < 8 {
		n = letters(y)
		mask := uint64(1)<<(8*n) - 1
		first, second := ^x&caseBits, ^y&caseBits&mask
		switch {
		case second == 0 && first <= oneCap:
			caps = first
		case first == caseBits && second == caseBits&mask:
			caps = caseBits
		default:
			caps = oneCap + 1 // camel case
		}
		if n += 8; n == 8 {
			return n, mix(hashSeed^8, x|caseBits), caps
		}
		h = (hashSeed ^ uint64(n) ^ (x | caseBits)) * hashPrime
		return n, mix(h^h>>29, (y|caseBits)&mask), caps
	}
	i, uppers := start, 0
	for i < len(text) && isLetter[text[i]] {
		uppers += int(^text[i] >> 5 & 1)
		i++
	}
	switch n = i - start; {
	case uppers == 0:
	case uppers == 1 && text[start] < 'a':
		caps = oneCap
	case uppers == n:
		caps = caseBits
	default:
		caps = oneCap + 1
	}
	return n, hashLetters(text, start, n), caps
}

// lastBytes returns the bytes of text from i on, fewer than eight, and zeros
// behind them.
func lastBytes(text string, i int) uint64 {
	if len(text) >= 8 {
		return eight.Load(text[len(text)-8:]) >> (8 * uint(i+8-len(text)))
	}
	var x uint64
	for k := len(text) - 1; k >= i; k-- {
		x = x<<8 | uint64(text[k])
	}
	return x
}

// caseBits tell small ASCII letters from capitals.
const caseBits = 0x2020202020202020

// letters returns how many ASCII letters the eight bytes of x begin with.
func letters(x uint64) int {
	const ones, high = eight.Ones, eight.High
	low := (x | caseBits) &^ high
	from := low + (0x80-'a')*ones    // high bit: a or above
	above := low + (0x80-'z'-1)*ones // high bit: above z
	return bits.TrailingZeros64(^(from&^above&^x)&high) / 8
}

var isLetter = func() (t [256]bool) {
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c-32] = true, true
	}
	return
}()

// asciiBorder reports whether the non-ASCII character at the start of text
// surely ends a word: general punctuation, as quotation marks and dashes.
func asciiBorder(text string) bool {
	return len(text) >= 3 && text[0] == 0xE2 && text[1] == 0x80 && text[2] >= 0x90 && text[2] <= 0xA7
}

// scanNumber reads digits with single separators between them: 1,234 and
// 21:38 and 2015-09-18 are one token each.
func (s *Set) scanNumber(w *Words, start int, glued bool) int {
	text, i := w.Text, start
	for i < len(text) {
		c := text[i]
		if c >= '0' && c <= '9' {
			i++
			continue
		}
		size := 1
		switch c {
		case '.', ',', ':', '-', '/', '\'':
		default:
			if c < utf8.RuneSelf {
				size = 0
				break
			}
			r, n := utf8.DecodeRuneInString(text[i:])
			if class, _ := classify(r); class == clDigit {
				i += n
				continue
			}
			if size = n; r != '’' {
				size = 0
			}
		}
		if size == 0 || i+size >= len(text) || text[i+size] < '0' || text[i+size] > '9' {
			break
		}
		i += size
	}
	t := Token{Start: int32(start), End: int32(i), Flags: Digit}
	if glued {
		t.Flags |= Glued
	}
	if i-start <= 8 {
		t.ID = s.vocabulary.find(hashText(text[start:i]))
	}
	w.add(t)
	return i
}
