package line

import (
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/words"
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
	read := false
	for i := first - 1; i >= 0 && i >= first-titleReach; i-- {
		l := &s.lines[i]
		if l.state != open || l.pending != nil || l.ends || l.colon() || int(l.words) > titleWords || !s.ownLine(i) {
			continue
		}
		if !read {
			read = true
			for j := range s.lines[i+1 : min(len(s.lines), i+1+titleRead)] {
				if l := &s.lines[i+1+j]; !l.Dropped() && l.ends {
					s.stems = stems(s.stems, l.Text)
				}
			}
		}
		var room [titleStems]uint64
		own := stems(room[:0], l.Text)
		shared := countShared(own, s.stems)
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

// titleStems is for how many words of a title there is room at first.
const titleStems = 32

// stems appends the hashes of the beginnings of the longer words of a text, in small
// letters.
func stems(to []uint64, text string) []uint64 {
	const least = 4 // letters
	h, letters := words.HashStart, 0
	end := func() {
		if letters >= least {
			to = append(to, h)
		}
		h, letters = words.HashStart, 0
	}
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r < utf8.RuneSelf {
			r = asciiLower[r]
		} else {
			r, size = utf8.DecodeRuneInString(text[i:])
			if r = unicode.ToLower(r); !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				r = 0
			}
		}
		i += size
		if r == 0 {
			end()
			continue
		}
		if letters < stemLength {
			h = words.HashOn(h, uint64(r))
		}
		letters++
	}
	end()
	return to
}

// asciiLower are the letters and digits of ASCII in small letters, 0 for all others.
var asciiLower = func() (t [utf8.RuneSelf]rune) {
	for r := range rune(len(t)) {
		if l := unicode.ToLower(r); unicode.IsLetter(l) || unicode.IsDigit(l) {
			t[r] = l
		}
	}
	return t
}()

// countShared counts the stems that are among others.
func countShared(own, others []uint64) (n int) {
	var seen uint64 // bits of own
	for _, h := range own {
		seen |= 1 << (h & 63)
	}
	var room [titleStems]bool
	found := append(room[:0], make([]bool, len(own))...)
	for _, h := range others {
		if seen>>(h&63)&1 == 0 {
			continue
		}
		for i := range own {
			if own[i] == h && !found[i] {
				found[i] = true
				n++
			}
		}
	}
	return n
}
