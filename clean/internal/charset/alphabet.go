package charset

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// An alphabet is a script with one byte a letter that has encodings which
// n-gram detectors confuse, or do not know.
type alphabet struct {
	script    *unicode.RangeTable
	common    string // letters that make up about two thirds of ordinary text
	encodings []named
}

type named struct {
	name string
	m    *charmap.Charmap
}

var alphabets = []alphabet{
	{unicode.Cyrillic, "оеаинтсрвлкмдпуі", []named{
		{"windows-1251", charmap.Windows1251}, {"koi8-u", charmap.KOI8U}, {"koi8-r", charmap.KOI8R},
		{"iso-8859-5", charmap.ISO8859_5}, {"ibm866", charmap.CodePage866}, {"x-mac-cyrillic", charmap.MacintoshCyrillic},
	}},
	{unicode.Greek, "αοιετσνηυρπκμλςίάόέή", []named{{"windows-1253", charmap.Windows1253}, {"iso-8859-7", charmap.ISO8859_7}}},
	{unicode.Hebrew, "יוהלאמרתבשנכ", []named{{"windows-1255", charmap.Windows1255}, {"iso-8859-8", charmap.ISO8859_8}}},
	{unicode.Arabic, "اليمونرتبةعدسفهكقحأ", []named{{"windows-1256", charmap.Windows1256}, {"iso-8859-6", charmap.ISO8859_6}}},
	{unicode.Thai, "านรอกเงมยลวดทส่้ีั", []named{{"windows-874", charmap.Windows874}}},
}

const (
	// minLetters is the number of letters from which on their frequencies mean
	// something.
	minLetters = 12
	// minCommon is the share of common letters among the bytes above 0x7f. In
	// text that is read in the right encoding it is .60 to .95, else mostly
	// under .40.
	minCommon = 0.55
)

// readAlphabet returns the encoding in which text, which has none but words
// with bytes above 0x7f, reads as a language of another alphabet, "" if there
// is none.
func readAlphabet(text []byte) string {
	var counts [256]int
	high := 0
	for _, c := range text {
		counts[c]++
		if c >= utf8.RuneSelf {
			high++
		}
	}
	if high < minLetters {
		return ""
	}
	best, name := minCommon, ""
	for _, a := range alphabets {
		for _, e := range a.encodings {
			if s := a.score(text, &counts, high, e.m); s > best {
				best, name = s, e.name
			}
		}
	}
	return name
}

// score returns the share of common letters among the high bytes of text, less
// what speaks against m: signs that no text has, letters of other scripts, and
// capitals behind small letters.
func (a *alphabet) score(text []byte, counts *[256]int, high int, m *charmap.Charmap) float64 {
	const (
		small = 1 << iota
		capital
	)
	var class [256]uint8
	good, bad := 0, 0
	for c := utf8.RuneSelf; c < 256; c++ {
		r := m.DecodeByte(byte(c))
		switch {
		case strings.ContainsRune(a.common, r):
			good += counts[c]
		case unicode.Is(a.script, r):
		case r == utf8.RuneError, unicode.IsControl(r), unicode.IsLetter(r), r >= 0x2500 && r < 0x25a0:
			bad += counts[c]
		}
		if unicode.IsLower(r) {
			class[c] = small
		} else if unicode.IsUpper(r) {
			class[c] = capital
		}
	}
	for i := 1; i < len(text); i++ {
		if class[text[i]] == capital && class[text[i-1]] == small {
			bad++
		}
	}
	return float64(good-2*bad) / float64(high)
}
