package piece

import (
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestClasses: what tables and ranges say of a character is what its properties say.
func TestClasses(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if classOf(r) != slowClass(r) {
			t.Fatalf("%U: class %b, want %b", r, classOf(r), slowClass(r))
		}
		if lower(r) != unicode.ToLower(r) {
			t.Fatalf("%U: lower case %U, want %U", r, lower(r), unicode.ToLower(r))
		}
		if !utf8.ValidRune(r) || r < utf8.RuneSelf {
			continue
		}
		s := "a" + string(r) + "b"
		if got, size := decode(s, 1); got != r || size != utf8.RuneLen(r) {
			t.Fatalf("%U: decoded as %U of %d bytes", r, got, size)
		}
	}
	for _, s := range []string{"\xC3", "\xC3a", "\xC3\xC3", "\x80", "\xC0\x80", "\xE2\x80"} {
		got, size := decode(s, 0)
		if r, n := utf8.DecodeRuneInString(s); got != r || size != n {
			t.Errorf("%q: decoded as %U of %d bytes, want %U of %d", s, got, size, r, n)
		}
	}
}

// TestCountCharacters: characters are counted by eights as one by one.
func TestCountCharacters(t *testing.T) {
	const text = "Der Fährmann – ein Паром，渡船在中午离开码头。 𝄞 a\u0301 ©"
	for from := range text {
		for to := from; to <= len(text); to++ {
			if to < len(text) && !utf8.RuneStart(text[to]) {
				continue
			}
			if s := text[from:to]; countCharacters(s) != utf8.RuneCountInString(s) {
				t.Fatalf("%q: %d characters, want %d", s, countCharacters(s), utf8.RuneCountInString(s))
			}
		}
	}
}
