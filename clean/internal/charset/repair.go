package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// maxRepairs is how often a text may have been misread, one time after the
// other.
const maxRepairs = 3

// Repair undoes that a text in UTF-8 was read as windows-1252 before it was
// stored: "cafÃ©" becomes "café". Lines are judged one by one: where most of
// the characters beyond ASCII make up others, these take their place.
func Repair(text string) string {
	mended := false
	for range maxRepairs {
		var b strings.Builder
		n := 0
		for line := range strings.Lines(text) {
			repaired, ok := unmojibake(line)
			if ok {
				n++
			}
			b.WriteString(repaired)
		}
		if n == 0 {
			break
		}
		text, mended = b.String(), true
	}
	if mended {
		text = lost.Replace(text)
	}
	return text
}

// lost are characters whose last byte was lost: the closing quotation mark,
// whose byte windows-1252 does not define, and à, whose byte is a space. They
// are mended only in texts that hold other misread characters.
var lost = strings.NewReplacer("â€\uFFFD", "”", "â€", "”", "Ã  ", "à ", "Ã ", "à ")

// unmojibake does it once, for one line.
func unmojibake(line string) (string, bool) {
	first := strings.IndexFunc(line, func(r rune) bool { return r >= utf8.RuneSelf })
	if first < 0 {
		return line, false
	}
	var b strings.Builder
	b.WriteString(line[:first])
	made, others := 0, 0
	for i := first; i < len(line); {
		r, size := rune(line[i]), 1
		if r >= utf8.RuneSelf {
			if r, size = misread(line[i:]); size > 0 {
				made++
			} else {
				r, size = utf8.DecodeRuneInString(line[i:])
				if rest := line[i:]; !strings.HasPrefix(rest, "Ã ") && !strings.HasPrefix(rest, "â€") && r != '€' {
					others++ // no remains of one that lost its last byte
				}
			}
		}
		b.WriteRune(r)
		i += size
	}
	if made == 0 || made < others {
		return line, false
	}
	return b.String(), true
}

// misread returns the character that the first ones of text make up as bytes
// of windows-1252, and their length; 0 when they do not.
func misread(text string) (r rune, size int) {
	var raw [utf8.UTFMax]byte
	n, want := 0, 0
	for size < len(text) {
		c, k := utf8.DecodeRuneInString(text[size:])
		b, ok := byteOf(c)
		if !ok {
			return 0, 0
		}
		raw[n] = b
		n++
		size += k
		if n == 1 {
			switch {
			case b >= 0xC2 && b <= 0xDF:
				want = 2
			case b >= 0xE0 && b <= 0xEF:
				want = 3
			case b >= 0xF0 && b <= 0xF4:
				want = 4
			default:
				return 0, 0
			}
		}
		if n == want {
			r, k = utf8.DecodeRune(raw[:n])
			if k != n || !unicode.IsPrint(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) {
				return 0, 0
			}
			return r, size
		}
	}
	return 0, 0
}

// byteOf is the byte that is read as a character: that of windows-1252 or, for
// bytes it does not define, the control character of the same number.
func byteOf(r rune) (b byte, ok bool) {
	if r < utf8.RuneSelf {
		return 0, false
	}
	if r >= 0x80 && r <= 0x9F {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}
