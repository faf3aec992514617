package line

import (
	"strings"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

var hiddenRule = &rules.LineRule{ID: "hidden.characters", Kind: "hidden"}

// blackFlag begins the flags of parts of a country, which tags spell.
const blackFlag = "\U0001F3F4"

// unhide cuts runs of characters that nobody sees but programs read. Single ones
// are not worth a word: Join leaves them out.
func unhide(l *Line) {
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
