package charset

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// wide reports whether b, which has NUL bytes, is UTF-16 without byte order mark:
// every second byte of nearly all characters of markup, or of Latin text, is
// NUL, and most other characters are not made of two printable ASCII bytes, as
// they would be in a text with NUL bytes strewn in.
func wide(b []byte) (little, ok bool) {
	b = b[:min(len(b), probe)&^1]
	if len(b) < 4 {
		return false, false
	}
	var zeros, latin [2]int // NULs at even and at odd places, and those beside a printable byte
	for i, c := range b {
		if c != 0 {
			continue
		}
		zeros[i&1]++
		if other := b[i^1]; other >= ' ' || chars.IsHTMLSpace(other) {
			latin[i&1]++
		}
	}
	pairs, ascii, full := len(b)/2, 0, 0
	for i := 0; i < len(b); i += 2 {
		if b[i] != 0 && b[i+1] != 0 {
			full++
			if b[i] < 0x7f && b[i+1] < 0x7f {
				ascii++
			}
		}
	}
	if full*4 > pairs && ascii*10 > full*9 {
		return false, false
	}
	for hi := range zeros {
		// Where the text is not Latin, only its spaces and markup have a NUL.
		if zeros[hi]*10 >= pairs && zeros[1-hi]*50 <= pairs && latin[hi]*20 >= zeros[hi]*19 {
			return hi == 1, true
		}
	}
	return false, false
}

func utf16Name(little bool) string {
	if little {
		return "utf-16le"
	}
	return "utf-16be"
}

// fromUTF16 converts UTF-16. Lone surrogates and a lone last byte become
// U+FFFD.
func (m *Memory) fromUTF16(b []byte, little bool) []byte {
	out := empty(m.decoded, len(b)/2+len(b)/8+utf8.UTFMax)
	unit := func(i int) rune {
		if little {
			return rune(binary.LittleEndian.Uint16(b[i:]))
		}
		return rune(binary.BigEndian.Uint16(b[i:]))
	}
	i := 0
	for ; i+1 < len(b); i += 2 {
		m.Clock.Read(2)
		r := unit(i)
		if utf16.IsSurrogate(r) {
			pair := rune(utf8.RuneError)
			if i+3 < len(b) {
				pair = utf16.DecodeRune(r, unit(i+2))
			}
			if r = pair; r != utf8.RuneError {
				i += 2
			}
		}
		out = utf8.AppendRune(out, r)
	}
	if i < len(b) {
		out = append(out, replacement...)
	}
	m.decoded = out
	return out
}

// fromUTF32 converts UTF-32; what is no code point becomes U+FFFD.
func (m *Memory) fromUTF32(b []byte, little bool) []byte {
	out := empty(m.decoded, len(b)/4+len(b)/16+utf8.UTFMax)
	for ; len(b) >= 4; b = b[4:] {
		m.Clock.Read(4)
		v := binary.BigEndian.Uint32(b)
		if little {
			v = binary.LittleEndian.Uint32(b)
		}
		r := utf8.RuneError
		if v <= utf8.MaxRune {
			r = rune(v)
		}
		out = utf8.AppendRune(out, r)
	}
	if len(b) > 0 {
		out = append(out, replacement...)
	}
	m.decoded = out
	return out
}
