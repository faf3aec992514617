package meta

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// TitleOf returns the first of the lines when it looks like a headline: short,
// not ended like a sentence, and followed by text. It is what flattened text
// has for a title.
func TitleOf(lines []string) string {
	i := 0
	for i < len(lines) && strings.TrimSpace(lines[i]) == "" {
		i++
	}
	if i == len(lines) {
		return ""
	}
	if len(lines[i]) > 2*utf8.UTFMax*maxHeadline {
		return ""
	}
	t := chars.Squeeze(lines[i])
	if !titleLine(t) {
		return ""
	}
	for _, next := range lines[i+1:] {
		if len(next) > 2*utf8.UTFMax*maxHeadline {
			return t
		}
		next = chars.Squeeze(next)
		if next == "" {
			continue
		}
		if utf8.RuneCountInString(next) > utf8.RuneCountInString(t) || sentenceEnd(next) {
			return t
		}
	}
	return ""
}

// Bounds of a headline, in characters and, where words are separated, words.
const (
	minHeadline      = 8
	minWideHeadline  = 4 // where words are not separated
	maxHeadline      = 180
	minHeadlineWords = 2
	maxHeadlineWords = 28
)

func titleLine(t string) bool {
	n := utf8.RuneCountInString(t)
	if n > maxHeadline {
		return false
	}
	words := wordsIn(t)
	if words > maxHeadlineWords {
		return false
	}
	if wide(t) {
		if n < minWideHeadline {
			return false
		}
	} else if words < minHeadlineWords || n < minHeadline {
		return false
	}
	if strings.HasSuffix(t, ".") && !strings.HasSuffix(t, "..") || strings.HasSuffix(t, ":") || strings.HasSuffix(t, ",") || strings.HasSuffix(t, "。") {
		return false
	}
	if strings.Contains(t, "://") || strings.HasPrefix(t, "- ") {
		return false
	}
	letters := 0
	for _, r := range t {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(t, "\"'“„«‘¿¡([#$€£"))
	if unicode.IsLower(r) {
		return false
	}
	return letters*2 > n
}

func sentenceEnd(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)]")
	if s == "" {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？؟।", r)
}

// wide reports whether the text is written without blanks between words.
func wide(s string) bool {
	for _, r := range s {
		if chars.Spaceless(r) || unicode.Is(unicode.Hangul, r) {
			return true
		}
	}
	return false
}
