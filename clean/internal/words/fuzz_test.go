package words

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzWords: words of ASCII letters, which are read eight at a time, are those
// that are found letter by letter.
func FuzzWords(f *testing.F) {
	for _, s := range []string{
		"The minister resigned on Monday", "ShareTweetPin it", "a B cd EF gH Ij IJk", "internationally INTERNATIONAL interNational Internationally",
		"abcdefgh Abcdefgh ABCDEFGH abcdefghi ABCDEFGHIJKLMNO abcdefghijklmnop ABCDEFGHIJKLMNOPq", "café naïveté “word” word… x", "x", "aéb resumé's",
		"the  the\tthe,the (opens in a new tab) end", strings.Repeat("advertisementAdvertisement ", 40),
	} {
		f.Add(s)
	}
	v := NewVocabulary()
	for i, word := range strings.Fields("share tweet word resigned on internationally x advertisement sharetweetpin café") {
		id, ok := v.Add(word)
		if !ok {
			f.Fatal(word)
		}
		v.Mark(id, 1<<i)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.Map(func(r rune) rune {
			if class, _ := classify(r); class == clDigit || class == clCJK || class == clMark || r == ']' {
				return ' '
			}
			return r
		}, strings.ToValidUTF8(text, ""))
		got, want := Line{}, Line{Text: text}
		v.Scan(&got, text)
		glued := false
		for i := 0; i < len(text); {
			r, size := utf8.DecodeRuneInString(text[i:])
			if class, _ := classify(r); class == clLower || class == clUpper {
				i = v.scanWord(&want, i, glued)
				glued = true
				continue
			}
			want.separate(Separator(r))
			glued = false
			i += size
		}
		for i := range got.Tokens {
			if t := &got.Tokens[i]; t.End-t.Start > wordBytes && i < len(want.Tokens) {
				t.Hash = want.Tokens[i].Hash // of a part of the word
			}
		}
		if !slices.Equal(got.Tokens, want.Tokens) || got.Lead != want.Lead || got.Lists != want.Lists {
			t.Errorf("%q:\n%+v\n%+v", text, got.Tokens, want.Tokens)
		}
	})
}
