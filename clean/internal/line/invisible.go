package line

import (
	"context"
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

var hiddenRule = &rules.LineRule{ID: "hidden.characters", Kind: "hidden"}

// blackFlag begins the flags of parts of a country, which tags spell.
const blackFlag = "\U0001F3F4"

// traits are what is known of the characters of a line.
type traits uint8

const (
	calm    traits = 1 << iota // it can be copied as it is, and hides nothing
	noTags                     // there is no < in it
	noIcons                    // it does not hold the word icon
)

// traitsOf looks at a text as a whole: most are free of all that is looked for
// in each line, and then no line need be looked at.
func traitsOf(text string) (t traits) {
	if isCalm(text) {
		t |= calm
	}
	if strings.IndexByte(text, '<') < 0 {
		t |= noTags
	}
	if !holdsIcon(text) {
		t |= noIcons
	}
	return t
}

// traitsUntil is traitsOf as far as it comes before ctx ends.
func traitsUntil(ctx context.Context, text string) traits {
	all, read := calm|noTags|noIcons, 0
	for part := range parts(text) {
		if ctx.Err() != nil {
			return 0
		}
		all &= traitsOf(part)
		const word = len("icon")
		if holdsIcon(text[max(0, read-word):min(len(text), read+word)]) { // across two parts
			all &^= noIcons
		}
		read += len(part)
	}
	return all
}

// holdsIcon looks for icon and Icon by the letter that is the rarest.
func holdsIcon(text string) bool {
	for i := 1; i+2 < len(text); i++ {
		k := strings.IndexByte(text[i:len(text)-2], 'c')
		if k < 0 {
			return false
		}
		if i += k; text[i-1]|0x20 == 'i' && text[i+1] == 'o' && text[i+2] == 'n' {
			return true
		}
	}
	return false
}

// isCalm tells whether text, line breaks aside, is surely plainText and without
// anything that unhide looks for.
func isCalm(text string) bool {
	for i := 0; i < len(text); i++ {
		if i = printable(text, i); i == len(text) {
			break
		}
		switch c := text[i]; {
		case c >= ' ' && c < 0x7F || c == '\t' || c == '\n':
		case c < ' ' || c == 0x7F || c == 0xF3:
			return false
		case c == 0xC2:
			if i+1 < len(text) && text[i+1] == 0xAD {
				return false
			}
		case c == 0xE2:
			if i+2 < len(text) && text[i+1] <= 0x81 && text[i+1] >= 0x80 {
				if c := text[i+2]; text[i+1] == 0x81 && c >= 0xA0 || c >= 0x8B && c <= 0x8F || c >= 0xAA && c <= 0xAE {
					return false
				}
			}
		case c == 0xE1 || c == 0xEF:
			if i+2 < len(text) {
				if r, _ := utf8.DecodeRuneInString(text[i:]); invisible(r) {
					return false
				}
			}
		}
	}
	return true
}

// printable moves on from i over ASCII characters that paper shows, eight at a
// time.
func printable(s string, i int) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for i+8 <= len(s) {
		x := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
			uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
		if m := (x | (x - ' '*ones) | (x + ones)) & high; m != 0 {
			return i + bits.TrailingZeros64(m)/8 // exact for the first of them
		}
		i += 8
	}
	return i
}

// plain is plainText of the line.
func (l *Line) plain(ctx context.Context) bool {
	return l.traits&calm != 0 || plainLong(ctx, l.Text)
}

// unhide cuts runs of characters that nobody sees but programs read. Single ones
// are not worth a word: Join leaves them out.
func unhide(l *Line) {
	if l.traits&calm != 0 {
		return
	}
	text := l.Text
	for i := 0; i < len(text); i++ {
		if text[i] < 0x80 || !rules.MayHide(text[i]) {
			continue
		}
		n := rules.HiddenRun(text[i:])
		if n == 0 || strings.HasSuffix(text[:i], blackFlag) {
			i += max(n-1, 0)
			continue
		}
		if isBlank(text[:i]) && isBlank(text[i+n:]) {
			l.drop(hiddenRule.Kind, hiddenRule.ID, "classify")
			return
		}
		if !l.touches(i, i+n) {
			l.cut(i, i+n, hiddenRule, "classify")
		}
		i += n - 1
	}
}
