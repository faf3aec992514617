package words

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
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
	ID         uint32 // number of the word in the vocabulary, 0 if unknown
	Hash       uint32 // of the folded word, 0 for numbers
	Whole      uint32 // for the first part of a glued word: number of the whole
	Sep        uint16 // what follows it
	Flags      uint8
	Parts      uint8 // parts of the glued word; set on its first and last part
}

// A Line is a line cut into tokens. The zero value is ready for use; used again, it
// keeps its memory. It must not be used by two goroutines at once.
type Line struct {
	Text   string
	Tokens []Token
	Lead   uint16 // separators before the first token
	Lists  uint64 // union of the lists (see [Vocabulary.Mark]) its words are in
}

// Scan cuts a line into tokens and looks each up in the vocabulary. A word
// written in camel case, as pieces glued together are, becomes one token for each
// piece, and the first knows the whole.
func (v *Vocabulary) Scan(w *Line, text string) {
	w.begin(text)
	v.scan(w, 0, math.MaxInt, 0)
}

// ScanHead is Scan of a line's beginning: it returns where a word follows a space, so
// many tokens were read, and there are so many bytes still to come, or the end of
// the text. [Vocabulary.ScanOn] goes on.
func (v *Vocabulary) ScanHead(w *Line, text string, tokens, rest int) int {
	w.begin(text)
	return v.scan(w, 0, tokens, rest)
}

// ScanOn adds the tokens of w.Text from byte i on, which follows a space.
func (v *Vocabulary) ScanOn(w *Line, i int) { v.scan(w, i, math.MaxInt, 0) }

func (w *Line) begin(text string) { w.Text, w.Tokens, w.Lead, w.Lists = text, w.Tokens[:0], 0, 0 }

// scan reads w.Text from byte i on to its end, or up to a word after so many tokens and
// before so many bytes.
func (v *Vocabulary) scan(w *Line, i, most, rest int) int {
	text, glued := w.Text, false
	for i < len(text) {
		if c := text[i]; c < utf8.RuneSelf {
			switch t := &lowTable[c]; t.class {
			case clLower, clUpper:
				enough := math.MaxInt
				if len(text)-i >= rest {
					enough = most
				}
				i, glued = v.asciiWords(w, i, enough, glued)
				if i < len(text) && isLetter[text[i]] && len(w.Tokens) >= most && len(text)-i >= rest {
					return i // a word that follows a space
				}
			case clDigit:
				i = v.scanNumber(w, i, glued)
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
			i = v.plainWord(w, i, glued)
			glued = true
		case clDigit:
			i = v.scanNumber(w, i, glued)
			glued = true
		case clCJK:
			h := Hash(text[i : i+size])
			t := Token{Start: int32(i), End: int32(i + size), Flags: CJK | Letter, Hash: uint32(h), ID: v.Find(h)}
			if glued {
				t.Flags |= Glued
			}
			v.add(w, t)
			i += size
			glued = true
		case clMark:
			if n := len(w.Tokens); glued && n > 0 {
				w.Tokens[n-1].End = int32(i + size)
			}
			i += size
		default:
			glued = false
			w.separate(Separator(r))
			i += size
		}
	}
	return len(text)
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

func (w *Line) separate(sep uint16) {
	if n := len(w.Tokens); n > 0 {
		w.Tokens[n-1].Sep |= sep
	} else {
		w.Lead |= sep
	}
}

func (v *Vocabulary) add(w *Line, t Token) {
	w.Lists |= v.known[t.ID].lists
	w.Tokens = append(w.Tokens, t)
}

// asciiWords reads words of ASCII letters and the signs between them; scanWord
// reads those of them that are camel case or go on in other letters. It returns
// where something else stands and whether that follows at once, or where a word
// begins that follows a space, when there are as many tokens as asked for.
func (v *Vocabulary) asciiWords(w *Line, i, most int, glued bool) (next int, nextGlued bool) {
	text, tokens, lists := w.Text, w.Tokens, w.Lists
	for {
		start := i
		var x uint64
		if start+8 <= len(text) {
			x = chars.Load8(text[start:])
		} else {
			x = chars.Tail8(text, start)
		}
		n := chars.Letters8(x)
		var h, caps uint64 // caps: 0 no capital, oneCap the first letter alone, above it all letters
		if n < 8 {
			mask := uint64(1)<<(8*n&63) - 1
			caps = ^x & chars.CaseBits & mask
			h = mix(hashSeed^uint64(n), (x|chars.CaseBits)&mask)
			if caps > oneCap && caps == chars.CaseBits&mask {
				caps = chars.CaseBits
			}
		} else {
			n, h, caps = longWord(text, start, x)
		}
		i = start + n
		camel := caps > oneCap && caps != chars.CaseBits
		if camel || i < len(text) && text[i] >= utf8.RuneSelf && !asciiBorder(text[i:]) {
			w.Tokens, w.Lists = tokens, lists
			if camel {
				i = v.scanWord(w, start, glued)
			} else {
				i = v.plainWord(w, start, glued)
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
			id := v.Find(h)
			lists |= v.known[id].lists
			if len(tokens) == cap(tokens) {
				tokens = slices.Grow(tokens, 1)
			}
			tokens = tokens[:len(tokens)+1]
			t := &tokens[len(tokens)-1] // filled in place: this is the busiest spot of all
			t.Start, t.End, t.ID, t.Hash = int32(start), int32(i), id, uint32(h)
			t.Whole, t.Sep, t.Flags, t.Parts = 0, 0, flags, 0
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
		y = chars.Load8(text[start+8:])
	} else {
		y = chars.Tail8(text, start+8)
	}
	if chars.Letters8(y) < 8 {
		n = chars.Letters8(y)
		mask := uint64(1)<<(8*n) - 1
		first, second := ^x&chars.CaseBits, ^y&chars.CaseBits&mask
		switch {
		case second == 0 && first <= oneCap:
			caps = first
		case first == chars.CaseBits && second == chars.CaseBits&mask:
			caps = chars.CaseBits
		default:
			caps = oneCap + 1 // camel case
		}
		if n += 8; n == 8 {
			return n, mix(hashSeed^8, x|chars.CaseBits), caps
		}
		h = (hashSeed ^ uint64(n) ^ (x | chars.CaseBits)) * hashPrime
		return n, mix(h^h>>29, (y|chars.CaseBits)&mask), caps
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
		caps = chars.CaseBits
	default:
		caps = oneCap + 1
	}
	return n, HashASCII(text, start, n), caps
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
func (v *Vocabulary) scanNumber(w *Line, start int, glued bool) int {
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
		t.ID = v.Find(Hash(text[start:i]))
	}
	v.add(w, t)
	return i
}
