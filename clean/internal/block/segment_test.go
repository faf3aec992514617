package block

import (
	"strings"
	"testing"
)

// Eight bytes pass together only when each would pass alone.
func TestPlainRun(t *testing.T) {
	for in, want := range map[string]int{
		"eight by":       8,
		"a b c de":       8,
		" letters":       8,
		"seventh ":       7,
		"seventh  ":      7,
		"two  bla":       0,
		"line\nend":      0,
		"tab\tstop":      0,
		"caf\u00e9 au l": 0,
		"\x7f~}|{[]^":    8,
		"\x1fescape ":    0,
		"short":          0,

		"sixteen letters.":   16,
		"seventh  space":     7,
		"two spaces at 8  x": 15,
		"seven a b":          9,
		"seven ab ":          8,
		"a line and\ttab":    8,
		"a line\u00e9 and":   0,
		"and the end\n":      7,
		"":                   0,
	} {
		if got := plainRun(in); got != want {
			t.Errorf("%q: %d, want %d", in, got, want)
		}
	}
}

// A long text is read in pieces, and where they end does not show.
func TestLongText(t *testing.T) {
	const words = "Rye is ground. "
	for pad := range len(words) {
		want := strings.Repeat("x", pad+1) + " " + strings.TrimSpace(strings.Repeat(words, 2*textPiece/len(words)))
		d := segment(t, "<p>"+want+"</p>")
		if got := blockTexts(d); len(got) != 1 || got[0] != want {
			t.Errorf("%d letters in front: another text", pad+1)
		}
	}
}
