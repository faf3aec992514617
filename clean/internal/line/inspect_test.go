package line

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// What is seen eight bytes at a time is what is there, at whatever byte.
func TestInspect(t *testing.T) {
	for _, piece := range []string{
		"", "\n", "\r\n", "\t", "\x00", "\x1f", "\x7f", "é", "–", "中", "\u00ad", "\u2028", "\u2029", "\u200b", "\u200d", "\u2061", "⁴", "\ufeff", "\ufffd",
		"\U000E0041", "\U000F0041", "😀", "<", "icon", "Icon", "conic", "iCon", "\xff", "\xe2\x80", "\xed\xa0\x80",
	} {
		for at := range 12 {
			text := strings.Repeat("a ", 6)[:at] + piece + "\n" + piece + strings.Repeat(" b", 9)
			s := inspect(nil, text)
			if valid := utf8.ValidString(text); s.invalid == valid {
				t.Errorf("%q: invalid %t", text, s.invalid)
			} else if !valid {
				continue
			}
			if s.newlines != strings.Count(text, "\n") || s.others != strings.Count(text, "\r")+strings.Count(text, "\u2028")+strings.Count(text, "\u2029") {
				t.Errorf("%q: %d newlines, %d others", text, s.newlines, s.others)
			}
			if s.traits&noTags != 0 == strings.Contains(text, "<") || s.traits&noIcons != 0 == (strings.Contains(text, "icon") || strings.Contains(text, "Icon")) {
				t.Errorf("%q: traits %b", text, s.traits)
			}
			if got, want := s.traits&plainChars != 0, plainText(strings.ReplaceAll(text, "\n", "")) && !strings.ContainsFunc(text, mayBeHidden); got != want {
				t.Errorf("%q: plain %t", text, got)
			}
		}
	}
}

// mayBeHidden reports whether a character alone, or many of it, are a hidden run.
func mayBeHidden(r rune) bool { return chars.HiddenRun(strings.Repeat(string(r), 9)) > 0 }

// TestPlainAt: what is plain for certain is no white space, hides nothing and shapes
// nothing.
func TestPlainAt(t *testing.T) {
	plain := 0
	for r := rune(0x80); r <= utf8.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		s := string(r)
		n := plainAt(s, 0)
		if n == 0 {
			continue
		}
		if plain++; n != len(s) || !plainText(s) || !hasPlainChars(s) || unicode.IsSpace(r) {
			t.Errorf("%U is taken for plain, of %d bytes", r, n)
		}
		for k := 1; k < len(s); k++ {
			if plainAt(s[:k], 0) != 0 {
				t.Errorf("a part of %U is taken for plain", r)
			}
		}
	}
	if plain < 30_000 {
		t.Errorf("only %d characters are plain", plain)
	}
}

// TestOfPart: what is copied from a text of plain characters has the traits that inspect
// finds in it.
func TestOfPart(t *testing.T) {
	whole := "An ic<b>on</b> of résumés – and more.\nThe icon went on."
	info := inspect(nil, whole)
	for _, part := range []string{"", whole, "An icon of more.", "résumés", "The ic went on.", "An <b>on</b>"} {
		if got, want := info.ofPart(part), inspect(nil, part).traits; got != want {
			t.Errorf("%q: traits %b, want %b", part, got, want)
		}
	}
	plain := inspect(nil, "The ic of the on.")
	if got, want := plain.ofPart("The icon."), inspect(nil, "The icon.").traits; got != want {
		t.Errorf("two copies side by side: traits %b, want %b", got, want)
	}
}
