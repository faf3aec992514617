package rules

import (
	"unicode"
	"unicode/utf8"
)

// Flags of a token.
const (
	Cap    uint8 = 1 << iota // opens with an upper-case letter
	Upper                    // two or more letters, all upper case
	Digit                    // a number: digits with separators between them
	Glued                    // nothing stands between it and the token before
	CJK                      // a character of a script written without spaces
	Letter                   // holds a letter
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

	hits []accept // scratch of the matcher
	set  *Set
}

const (
	hashStart = 14695981039346656037
	hashPrime = 1099511628211
)

func finish(h uint64) uint64 {
	h ^= h >> 32
	h *= 0x9E3779B97F4A7C15
	return h ^ h>>29
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

func slowClass(r rune) (int, rune) {
	switch {
	case r == 0xAD || r >= 0x200B && r <= 0x200F || r == 0x2060 || r == 0xFEFF:
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
	if r >= 0x4E00 && r <= 0x9FFF {
		return clCJK, r
	}
	return slowClass(r)
}

func separator(r rune) uint16 {
	if r < rune(len(lowTable)) {
		return lowTable[r].sep
	}
	return slowSep(r)
}

// Scan cuts a line into tokens and looks each up in the set's vocabulary.
// A word written in camel case, as pieces glued together are, becomes one
// token for each piece; rules see it both as pieces and as a whole.
func (s *Set) Scan(w *Words, text string) {
	w.Text, w.Tokens, w.Lead, w.Lists, w.set = text, w.Tokens[:0], 0, 0, s
	glued := false
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		class, _ := classify(r)
		switch class {
		case clLower, clUpper:
			i = s.scanWord(w, i, glued)
			glued = true
		case clDigit:
			i = s.scanNumber(w, i, glued)
			glued = true
		case clCJK:
			t := Token{Start: int32(i), End: int32(i + size), Flags: CJK | Letter}
			if glued {
				t.Flags |= Glued
			}
			h := finish((hashStart ^ uint64(r)) * hashPrime)
			t.ID, t.Hash = s.vocabulary.find(h), uint32(h)
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
			sep := separator(r)
			if n := len(w.Tokens); n > 0 {
				w.Tokens[n-1].Sep |= sep
			} else {
				w.Lead |= sep
			}
			i += size
		}
	}
}

func (w *Words) add(t Token) {
	w.Lists |= w.set.lists[t.ID]
	w.Tokens = append(w.Tokens, t)
}

// maxParts bounds the pieces of one glued word; what follows is one piece.
const maxParts = 64

func (s *Set) scanWord(w *Words, start int, glued bool) int {
	text := w.Text
	whole, part, before := uint64(hashStart), uint64(hashStart), uint64(hashStart)
	first := len(w.Tokens)
	partStart, last := start, start
	run := 0 // upper-case letters in a row, up to here
	letters, uppers := 0, 0
	capital := false
	i := start

	cut := func(end int, h uint64) {
		h = finish(h)
		t := Token{Start: int32(partStart), End: int32(end), Flags: Letter, ID: s.vocabulary.find(h), Hash: uint32(h)}
		if glued || len(w.Tokens) > first {
			t.Flags |= Glued
		}
		if capital {
			t.Flags |= Cap
			if uppers == letters && letters > 1 {
				t.Flags |= Upper
			}
		}
		w.add(t)
		partStart = end
	}
	for i < len(text) {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		class, lower := classify(r)
		if class == clMark {
			i += size
			continue
		}
		if class != clLower && class != clUpper {
			break
		}
		if class == clUpper {
			if run == 0 && i > partStart && len(w.Tokens)-first < maxParts {
				cut(i, part)
				part, letters, uppers = hashStart, 0, 0
			}
			run++
			uppers++
		} else {
			if run >= 2 && last > partStart && len(w.Tokens)-first < maxParts {
				letters--
				uppers--
				cut(last, before)
				r0, _ := utf8.DecodeRuneInString(text[last:])
				_, l0 := classify(r0)
				part, letters, uppers = (hashStart^uint64(l0))*hashPrime, 1, 1
				capital = true
			}
			run = 0
		}
		if letters == 0 {
			capital = class == clUpper
		}
		letters++
		before = part
		part = (part ^ uint64(lower)) * hashPrime
		whole = (whole ^ uint64(lower)) * hashPrime
		last = i
		i += size
	}
	cut(i, part)
	if n := len(w.Tokens) - first; n > 1 {
		f := &w.Tokens[first]
		f.whole = s.vocabulary.find(finish(whole))
		f.parts = uint8(n)
		w.Tokens[len(w.Tokens)-1].parts = uint8(n)
		w.Lists |= s.lists[f.whole]
	}
	return i
}

// scanNumber reads digits with single separators between them: 1,234 and
// 21:38 and 2015-09-18 are one token each.
func (s *Set) scanNumber(w *Words, start int, glued bool) int {
	text, i := w.Text, start
	for i < len(text) {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		class, _ := classify(r)
		if class == clDigit {
			i += size
			continue
		}
		switch r {
		case '.', ',', ':', '-', '/', '\'', '’':
			if i+size < len(text) && text[i+size] >= '0' && text[i+size] <= '9' {
				i += size
				continue
			}
		}
		break
	}
	t := Token{Start: int32(start), End: int32(i), Flags: Digit}
	if glued {
		t.Flags |= Glued
	}
	h := uint64(hashStart)
	for _, c := range []byte(text[start:min(i, start+8)]) {
		h = (h ^ uint64(c)) * hashPrime
	}
	if i-start <= 8 {
		t.ID = s.vocabulary.find(finish(h))
	}
	w.add(t)
	return i
}
