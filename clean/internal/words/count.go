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
	in := false
	for i := 0; i < len(s); {
		for ; i+8 <= len(s); i += 8 {
			begins, ends, ascii := count8(s[i:i+8], in)
			if !ascii {
				break
			}
			n, in = n+begins, ends
		}
		if i == len(s) {
			break
		}
		if c := s[i]; c < utf8.RuneSelf {
			i++
			if c == ' ' || c-'\t' < 5 {
				in = false
			} else if !in {
				n++
				in = true
			}
			continue
		}
		if c := s[i]; c >= 0xC3 && c < 0xE0 && i+1 < len(s) && s[i+1]&0xC0 == 0x80 { // a letter, or as good as one
			if !in {
				n++
				in = true
			}
			i += 2
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case chars.Spaceless(r):
			halves++
			in = false
		case unicode.IsSpace(r):
			in = false
		default:
			if !in {
				n++
			}
			in = true
		}
	}
	return n, halves
}

// count8 counts the words that begin in eight bytes, after a word if in, and
// tells whether they end in one. ascii is false when there are others than
// ASCII characters among them.
func count8(s string, in bool) (begins int, ends, ascii bool) {
	const ones, high = chars.Ones, chars.High
	x := chars.Load8(s)
	if x&high != 0 {
		return 0, false, false
	}
	blank := x ^ ' '*ones // zero where there is a space
	// high bits: a space, or a sign from \t to \r
	space := (^(blank + 0x7F*ones) | (x+(0x80-'\t')*ones)&^(x+(0x80-'\r'-1)*ones)) & high
	before := space << 8
	if !in {
		before |= 0x80
	}
	return bits.OnesCount64(before &^ space), space>>63 == 0, true
}
