package chars

import (
	"strings"
	"testing"
)

// TestCharacters says of the characters in question what each predicate says, which
// are written as the letters of their names: those that hold.
//
//	s IsSpace      i Invisible        u Unseen            h Hides
//	j Shapes       w Spaceless        b SpacelessInBlocks l SpacelessInLines  k SpacelessInLabels
func TestCharacters(t *testing.T) {
	predicates := []struct {
		letter byte
		is     func(rune) bool
	}{
		{'s', IsSpace}, {'i', Invisible}, {'u', Unseen}, {'h', Hides},
		{'j', Shapes}, {'w', Spaceless}, {'b', SpacelessInBlocks}, {'l', SpacelessInLines}, {'k', SpacelessInLabels},
	}
	for _, c := range []struct {
		r    rune
		what string
		want string
	}{
		{0x00, "control character", "siu"},
		{'\t', "tab", "s"},
		{'\n', "line feed", "s"},
		{'\r', "carriage return", "siu"},
		{' ', "space", "s"},
		{'a', "letter", ""},
		{0x7F, "delete", "siu"},
		{0x85, "next line", "s"},
		{0xA0, "no-break space", "s"},
		{0xAD, "soft hyphen", "iuh"},
		{0x0301, "combining acute accent", ""},
		{'ع', "Arabic letter", "j"},
		{'क', "Devanagari letter", "j"},
		{'ก', "Thai letter", "wbk"},
		{'ກ', "Lao letter", "w"},
		{'က', "Burmese letter", "j"},
		{'ក', "Khmer letter", "j"},
		{0x1680, "Ogham space", "sj"},
		{0x180E, "Mongolian vowel separator", "iuhj"},
		{0x2003, "em space", "s"},
		{0x200B, "zero-width space", "iuh"},
		{NonJoiner, "non-joiner", "uh"},
		{Joiner, "joiner", "uh"},
		{0x200E, "left-to-right mark", "uh"},
		{0x2028, "line separator", "s"},
		{0x2029, "paragraph separator", "s"},
		{0x202A, "left-to-right embedding", "iuh"},
		{0x202E, "right-to-left override", "iuh"},
		{0x202F, "narrow no-break space", "s"},
		{0x205F, "mathematical space", "s"},
		{0x2060, "word joiner", "iuh"},
		{0x2062, "invisible times", ""},
		{0x2066, "left-to-right isolate", "iuh"},
		{0x206F, "nominal digit shapes", "iuh"},
		{0x2192, "arrow", "j"},
		{0x3000, "ideographic space", "s"},
		{'々', "iteration mark", "l"},
		{'。', "ideographic full stop", ""},
		{'の', "Hiragana letter", "wblk"},
		{'ー', "Katakana sound mark", "wblk"},
		{'・', "Katakana middle dot", "wbk"},
		{'ㄅ', "Bopomofo letter", "wbk"},
		{'㎏', "square kg", "wbk"},
		{'中', "ideograph", "wblk"},
		{'𠀀', "ideograph beyond the first plane", "wbl"},
		{0x30000, "ideograph of the third plane", "l"},
		{'한', "Hangul syllable", "k"},
		{0xF900, "compatibility ideograph", "wbl"},
		{0xFE0F, "picture selector", "j"},
		{0xFEFF, "byte order mark", "iuh"},
		{0xFFF9, "annotation anchor", "iuh"},
		{0xFFFC, "object replacement", "uh"},
		{0xFFFD, "replacement character", ""},
		{0x1F600, "emoji", "j"},
		{0x1F3F4, "black flag", "j"},
		{0xE0001, "language tag", "h"},
		{0xE0041, "tag letter", "h"},
		{0xE0100, "variation selector", ""},
	} {
		got := ""
		for _, p := range predicates {
			if p.is(c.r) {
				got += string(p.letter)
			}
		}
		if got != c.want {
			t.Errorf("%U %s: %q, want %q", c.r, c.what, got, c.want)
		}
		if s := string(c.r); Blank(s) != strings.ContainsAny(c.want, "su") || BlankLine(s) != strings.ContainsAny(c.want, "si") {
			t.Errorf("%U %s: blank %v, as a line %v", c.r, c.what, Blank(s), BlankLine(s))
		}
		if c.r < 0x80 && IsSpaceByte(byte(c.r)) != strings.Contains(c.want, "s") {
			t.Errorf("%U %s as a byte", c.r, c.what)
		}
		if run := strings.Repeat(string(c.r), 9); HiddenRun(run) > 0 && !((Hides(c.r) || Ghost(c.r)) && MayHide(run[0])) {
			t.Errorf("%U %s hides something, which is not foreseen", c.r, c.what)
		}
	}
}

// TestHiddenRun: what hides something is longer or of another kind than what tools
// leave behind.
func TestHiddenRun(t *testing.T) {
	for _, c := range []struct {
		s    string
		want int
	}{
		{"", 0}, {"abc", 0}, {"\u200b", 0}, {"\u200b\u200c\u200d\u2060x", 0}, {"\u200b\u200c\u200d\u2060\ufeffx", 15},
		{"\u202etxt", 3}, {"\u202atxt", 0}, {"\U000E0041\U000E0042 b", 8}, {"\u00ad\U000E0041", 6}, {"\x00\x00\x00\x00\x00\x00", 0},
		{"\u0301\u0316", 0}, {"\u0301\u0301\u0301\u0301\u0301e", 10}, {"\u2800\u2800\u2800\u2800\u2800\u28ff", 0}, {"\ufe0f\u200d\U0001F525", 0}, {"\ufe01\ufe02x", 6},
	} {
		if got := HiddenRun(c.s); got != c.want {
			t.Errorf("%q: %d, want %d", c.s, got, c.want)
		}
	}
	england := "\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"
	for s, want := range map[string]int{england + "!": len(england), england[:20]: 0, "\U000E0073\U000E0061\U000E0079\U000E0020\U000E007F": 0, "": 0} {
		if got := FlagTags(s); got != want {
			t.Errorf("flag %q: %d, want %d", s, got, want)
		}
	}
}
