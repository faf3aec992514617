package line

import (
	"math/bits"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
)

var hiddenRule = &rules.LineRule{ID: "hidden.characters", Kind: "hidden"}

// blackFlag begins the flags of parts of a country, which tags spell.
const blackFlag = "\U0001F3F4"

// printable moves on from i over ASCII characters that paper shows, eight at a
// time.
func printable(s string, i int) int {
	for i+8 <= len(s) {
		x := chars.Load8(s[i:])
		if m := (x | (x - ' '*ones) | (x + ones)) & high; m != 0 {
			return i + bits.TrailingZeros64(m)/8 // exact for the first of them
		}
		i += 8
	}
	return i
}

// isPlain is plainText of the line.
func (l *Line) isPlain(c *work.Clock) bool {
	return l.traits&plainChars != 0 || plainLong(c, l.Text)
}

// pastASCII moves on from i over ASCII characters, eight at a time.
func pastASCII(s string, i int) int {
	for ; i+8 <= len(s); i += 8 {
		if m := chars.Load8(s[i:]) & high; m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
	}
	for i < len(s) && s[i] < 0x80 {
		i++
	}
	return i
}

// unhide cuts runs of characters that nobody sees but programs read. Single ones
// are not worth a word: Join leaves them out.
func unhide(l *Line) {
	if l.traits&plainChars != 0 {
		return
	}
	text := l.Text
	for i := pastASCII(text, 0); i < len(text); i = pastASCII(text, i+1) {
		if !chars.MayHide(text[i]) {
			continue
		}
		n := chars.HiddenRun(text[i:])
		if n > 0 && strings.HasSuffix(text[:i], blackFlag) {
			if flag := chars.FlagTags(text[i:]); flag > 0 {
				i += flag - 1
				continue
			}
		}
		if n == 0 {
			continue
		}
		if chars.BlankLine(text[:i]) && chars.BlankLine(text[i+n:]) {
			l.drop(hiddenRule.Kind, hiddenRule.ID, "classify")
			return
		}
		if !l.touches(i, i+n) {
			l.cut(i, i+n, hiddenRule, "classify")
		}
		i += n - 1
	}
}
