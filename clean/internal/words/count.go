package words

import (
	"math/bits"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// Estimate is Count of a line, estimated by its beginning if it is very long.
func Estimate(s string) int {
	const enough = 256 << 10
	if len(s) <= enough {
		return Count(s)
	}
	return int(int64(Count(s[:enough])) * int64(len(s)) / enough)
}

// Count counts words; two letters of a script without spaces are one.
func Count(s string) int {
	n, halves := CountHalves(s)
	return n + halves/2
}

// CountHalves counts words, and letters of scripts without spaces, which are half a
// word each.
func CountHalves(s string) (n, halves int) {
	const ones, high = chars.Ones, chars.High
	in := uint64(0x80) // the bit of a blank in front of what follows; 0 in a word
	for i := 0; i < len(s); {
		// Eight bytes at a time, of ASCII and of letters of two bytes: what begins with
		// 0xC2 may be a blank, what begins with 0xE0 and above a letter that is a word.
		for ; i+8 <= len(s); i += 8 {
			x := chars.Load8(s[i:])
			if wide := x & high; wide != 0 {
				signs := x ^ 0xC2*ones // zero where there is one
				if wide&(x<<1)&(x<<2) != 0 || (signs-ones)&^signs&high != 0 {
					break
				}
			}
			blank := x ^ ' '*ones // zero where there is a space
			low := x &^ high
			// high bits: a space, or a sign from \t to \r
			space := (^(blank&^high + 0x7F*ones) | (low+(0x80-'\t')*ones)&^(low+(0x80-'\r'-1)*ones)) & high &^ x
			n += bits.OnesCount64((space<<8 | in) &^ space)
			in = space >> 56
		}
		if i == len(s) {
			break
		}
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		switch {
		case r >= utf8.RuneSelf && chars.Spaceless(r):
			halves++
			in = 0x80
		case r == ' ' || r-'\t' < 5 && r >= '\t' || r >= utf8.RuneSelf && unicode.IsSpace(r):
			in = 0x80
		default:
			n += int(in >> 7)
			in = 0
		}
	}
	return n, halves
}
