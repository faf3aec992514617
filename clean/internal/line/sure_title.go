package line

import (
	"strings"
	"unicode"
)

// The title of a text, which stays.

// title lets the line stay that heads the text: its words are those of the paragraphs.
func (s *certainty) title() {
	first := 0 // paragraph
	for first < len(s.lines) && (s.lines[first].Dropped() || !s.lines[first].prose) {
		first++
	}
	if first == 0 || first == len(s.lines) {
		return
	}
	var known map[string]bool // beginnings of words of the sentences
	for i := first - 1; i >= 0 && i >= first-titleReach; i-- {
		l := &s.lines[i]
		if l.state != open || l.pending != nil || l.ends || l.colon() || int(l.words) > titleWords || !s.ownLine(i) {
			continue
		}
		if known == nil {
			known = map[string]bool{}
			for _, w := range stems(s.lines[i+1:], true) {
				known[w] = true
			}
		}
		own := stems(s.lines[i:i+1], false)
		shared := 0
		for _, w := range own {
			if known[w] {
				shared++
			}
		}
		least, share := titleLeast, titleShare
		if i == 0 && int(l.words) > titleLeast && s.pieces[i].Count == 1 {
			least, share = min(titleLeast-1, (len(own)+1)/2), titleFirst
		}
		if shared >= least && shared*10 >= len(own)*share {
			l.Stay(titleRule)
			return
		}
	}
}

const (
	titleReach = 12 // lines from the title to the first paragraph
	titleWords = 20 // of it
	titleLeast = 3  // of them in the paragraphs, too
	titleShare = 6  // tenths of them that are
	titleFirst = 4  // the same of the text's first line, where one word fewer will do
	titleRead  = 60 // lines of the text that are read for them
	stemLength = 5
)

// stems are the beginnings of the longer words of lines, of sentences alone where it
// says so.
func stems(lines []Line, sentences bool) (list []string) {
	for i := range lines[:min(len(lines), titleRead)] {
		if sentences && (lines[i].Dropped() || !lines[i].ends) {
			continue
		}
		for f := range strings.FieldsFuncSeq(strings.ToLower(lines[i].Text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if r := []rune(f); len(r) >= 4 {
				list = append(list, string(r[:min(len(r), stemLength)]))
			}
		}
	}
	return list
}
