package jsonld

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/meta/plain"
)

// What a text in script data must be to be taken for that of the page. Of 78
// pages of the web with such data, the text with the page's title around it was
// another one only on products and listings, once it was narrowed to the title's
// piece; what had no title around it and fewer than unnamedWords was a part of
// the page at best, mostly settings, questions and words of the interface.
const (
	bodyWords     = 40 // as many as in block.LacksBody
	unnamedWords  = 150
	bodyBytes     = 120 // fewer are fewer words in any script
	sentenceWords = 80  // most, on average
	letterPercent = 70  // of its characters, spaces included, at least
)

// proseWords counts the words of the parts that hold sentences; 0 if other parts
// outweigh them, or if they do not read like a text by their letters.
func proseWords(parts []string) int {
	prose, other, sentences, letters, all := 0, 0, 0, 0, 0
	for _, p := range parts {
		p = plain.Text(p)
		words, halves, ended := 0, 0, 0
		in, last := false, ' '
		for _, r := range p {
			all++
			switch {
			case unicode.IsLetter(r) || unicode.IsMark(r):
				letters++
				if chars.Spaceless(r) { // two are a word
					halves++
					in = false
				} else if !in {
					words++
					in = true
				}
			case unicode.IsSpace(r):
				letters++
				if in = false; ends(last) {
					ended++
				}
			case r == '。' || r == '！' || r == '？' || r == '।' || r == '။' || r == '።':
				ended++
			}
			if !strings.ContainsRune("\"”’»)", r) {
				last = r
			}
		}
		if ends(last) {
			ended++
		}
		words += halves / 2
		if ended == 0 {
			other += words
			continue
		}
		prose += words
		sentences += ended
	}
	if other > prose || prose > sentences*sentenceWords || letters*100 < all*letterPercent {
		return 0
	}
	return prose
}

func ends(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '…' || r == '؟' }

// goesOn reports whether b is the next piece of the paragraph that a begins.
func goesOn(a, b string) bool {
	if strings.Contains(b, "<p") || strings.HasSuffix(a, "</p>") {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	switch {
	case last == '\n' || first == '\n':
		return false
	case unicode.IsSpace(last) || unicode.IsSpace(first):
		return true
	case unicode.IsLower(first):
		return !ends(last)
	}
	return strings.ContainsRune(".,;:!?)]”’»", first) || strings.ContainsRune("([“‘«", last)
}
