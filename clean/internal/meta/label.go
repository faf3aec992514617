package meta

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/meta/plain"
)

//go:embed data/labels.txt
var labelsFile string

var labels = sync.OnceValue(func() map[string][]string { return plain.Lists(labelsFile) })

// dateLabels is every label of dates, days of the week among them.
var dateLabels = sync.OnceValue(func() *wordSet {
	out := newWordSet(nil)
	for _, section := range [...]string{"published", "modified", "weekday"} {
		for _, w := range labels()[section] {
			out.add(w)
		}
	}
	return out
})

// label is what the words in front of a date say about it.
type label uint8

const (
	labelNone label = iota
	labelPublished
	labelModified
	labelOther // another date than the page's
)

// maxLabel is how far in front of a date its label may begin, in bytes.
const maxLabel = 48

// maxOther is how far in front of a date, in bytes, a word stands that tells
// of another date: "Event starts: 16 Sep 2015".
const maxOther = 10

// labelOf judges the text in front of a date: the last label in it counts.
func labelOf(lead string) label {
	if lead == "" {
		return labelNone
	}
	if len(lead) > maxLabel {
		lead = lead[len(lead)-maxLabel:]
	}
	lead = strings.ToLower(unglue(lead))
	bytes := bytesIn(lead)
	best, at := labelNone, -1
	for _, w := range leadWords() {
		if w.bytes&^bytes != 0 {
			continue
		}
		k := lastWord(lead, w.text)
		if w.label == labelOther && k >= 0 && len(lead)-k-len(w.text) > maxOther {
			continue
		}
		if k >= 0 && k+len(w.text) > at {
			best, at = w.label, k+len(w.text)
		}
	}
	return best
}

// A leadWord is a word in front of a date that tells what the date is.
type leadWord struct {
	text  string
	label label
	bytes uint64 // in it
}

var leadWords = sync.OnceValue(func() (out []leadWord) {
	for i, section := range [...]string{"published", "modified", "other"} {
		for _, w := range labels()[section] {
			out = append(out, leadWord{w, label(i + 1), bytesIn(w)})
		}
	}
	return out
})

// bytesIn tells which bytes are in s, a bit for four of them.
func bytesIn(s string) (set uint64) {
	for i := range len(s) {
		set |= 1 << (s[i] & 63)
	}
	return set
}

// unglue parts words that markup without blanks ran together: a capital after
// a small letter, as in "AnalystUpdated".
func unglue(s string) string {
	for i := 1; i < len(s); i++ {
		if s[i] >= 'A' && s[i] <= 'Z' && s[i-1] >= 'a' && s[i-1] <= 'z' {
			s = s[:i] + " " + s[i:]
			i++
		}
	}
	return s
}

// lastWord finds the last place where w stands in s as a word of its own.
func lastWord(s, w string) int {
	for end := len(s); ; {
		i := strings.LastIndex(s[:end], w)
		if i < 0 {
			return -1
		}
		r, _ := utf8.DecodeLastRuneInString(s[:i])
		if !unicode.IsLetter(r) && (boundary(s[i+len(w):]) || s[i+len(w)] == '.') {
			return i
		}
		end = i
	}
}

// labelLine reads a line that is nothing but a label.
func labelLine(s string) label {
	if len(s) > maxLabel || wordsIn(s) > 3 {
		return labelNone
	}
	return labelOf(s)
}
