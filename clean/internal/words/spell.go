package words

import (
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// maxParts bounds the pieces of one glued word. A word of more is one piece:
// a part of it taken out would leave the next to be found the next time.
const maxParts = 64

// wordBytes bounds the folded bytes of a word by which it is looked up; no
// word of a vocabulary is as long.
const wordBytes = 64

// folded collects a word in lower case.
type folded struct {
	buf [wordBytes]byte
	n   int
}

func (f *folded) add(r rune) {
	if r < utf8.RuneSelf {
		if f.n < wordBytes {
			f.buf[f.n] = byte(r)
			f.n++
		}
		return
	}
	if f.n+utf8.UTFMax <= wordBytes {
		f.n += utf8.EncodeRune(f.buf[f.n:], r)
	}
}

func (f *folded) hash() uint64 { return Hash(f.buf[:f.n]) }

// plainWord reads a word of letters below U+0800, all small but for the first, as
// most are. It leaves others to scanWord.
func (v *Vocabulary) plainWord(w *Line, start int, glued bool) int {
	text := w.Text
	var word folded
	i, flags := start, Letter
	for i < len(text) {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			if asciiBorder(text[i:]) {
				break
			}
			if r < 0xC2 || r >= 0xE0 || i+1 == len(text) || text[i+1]&0xC0 != 0x80 {
				return v.scanWord(w, start, glued)
			}
			r, size = r&0x1F<<6|rune(text[i+1]&0x3F), 2
		}
		t := &lowTable[r]
		if t.class != clLower {
			if t.class == clUpper && i == start {
				flags |= Cap
			} else if t.class == clUpper || t.class == clMark {
				return v.scanWord(w, start, glued)
			} else {
				break
			}
		}
		if word.n > wordBytes-utf8.UTFMax {
			return v.scanWord(w, start, glued)
		}
		word.add(rune(t.lower))
		i += size
	}
	if glued {
		flags |= Glued
	}
	h := word.hash()
	v.add(w, Token{Start: int32(start), End: int32(i), Flags: flags, Hash: uint32(h), ID: v.Find(h)})
	return i
}

// scanWord reads any word. Combining and invisible characters belong to it.
func (v *Vocabulary) scanWord(w *Line, start int, glued bool) int {
	text := w.Text
	var whole, part folded
	first := len(w.Tokens)
	partStart, last, lastN := start, start, 0
	run := 0 // upper-case letters in a row, up to here
	letters, uppers := 0, 0
	capital := false
	i := start

	cut := func(end int) {
		h := part.hash()
		t := Token{Start: int32(partStart), End: int32(end), Flags: Letter, Hash: uint32(h), ID: v.Find(h)}
		if glued || len(w.Tokens) > first {
			t.Flags |= Glued
		}
		if capital {
			t.Flags |= Cap
			if uppers == letters && letters > 1 {
				t.Flags |= Upper
			}
		}
		v.add(w, t)
		partStart = end
		part.n, letters, uppers = 0, 0, 0
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
				cut(i)
			}
			run++
		} else {
			if run >= 2 && last > partStart && len(w.Tokens)-first < maxParts {
				// the last capital begins the next piece
				r0, _ := utf8.DecodeRuneInString(text[last:])
				_, l0 := classify(r0)
				part.n = lastN
				letters--
				uppers--
				cut(last)
				part.add(l0)
				letters, uppers, capital = 1, 1, true
			}
			run = 0
		}
		if letters == 0 {
			capital = class == clUpper
		}
		letters++
		if class == clUpper {
			uppers++
		}
		last, lastN = i, part.n
		part.add(lower)
		whole.add(lower)
		i += size
	}
	if len(w.Tokens)-first >= maxParts {
		w.Tokens = w.Tokens[:first]
		part, partStart, letters, uppers = whole, start, 1, 0
	}
	cut(i)
	if n := len(w.Tokens) - first; n > 1 {
		f := &w.Tokens[first]
		f.Whole = v.Find(whole.hash())
		f.Parts = uint8(n)
		w.Tokens[len(w.Tokens)-1].Parts = uint8(n)
		w.Lists |= v.known[f.Whole].lists
	}
	return i
}

// FirstPart returns the length of the ASCII word at text[i:], or of its part
// before a capital that follows a small letter, and its hash.
func FirstPart(text string, i int) (n int, h uint64) {
	if i+8 <= len(text) {
		x := chars.Load8(text[i:])
		if n = chars.Letters8(x); n < 8 {
			mask := uint64(1)<<(8*n) - 1
			if ^x&chars.CaseBits&mask <= oneCap {
				return n, mix(hashSeed^uint64(n), (x|chars.CaseBits)&mask)
			}
		}
	}
	for n = 1; i+n < len(text) && isLetter[text[i+n]] && (text[i+n] >= 'a' || text[i+n-1] < 'a'); n++ {
	}
	return n, HashASCII(text, i, n)
}
