package meta

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/meta/plain"
)

//go:embed data/byline.txt
var bylineFile string

// bylineWords is data/byline.txt, ready to look up.
type bylineWords struct {
	before        map[string][]string // by language, "" for all, longest first
	anywhere      []string            // those of all languages, longest first
	anyStarts     [1024]bool          // their first two letters, by slot
	bare          *wordSet            // every word of before, without its colon
	starts        [1024]bool          // the first two letters of before in English, by slot
	far           [][]string          // those of anywhere that are long enough for credits far from the headline
	farStarts     [1024]uint8         // one more than where in far those are that begin with two letters, by slot
	and           *wordSet
	role, letters *wordSet
	nobody        *wordSet
	system        *wordSet // last words of names of nobody
	organisation  *wordSet
	agency        *wordSet
	article       *wordSet // articles, which open names of papers
	besideRole    *wordSet // words in front of those of role
	particle      *wordSet
	noName        *wordSet
	others        []string   // in front of names that are not the author's
	othersApart   []string   // the same between blanks
	otherStarts   [1024]bool // their first two letters, by slot
	pages         map[string]bool
}

// A wordSet is a set of words and phrases in lower case. Nearly all others are turned
// away by their ends and their length before the map is asked.
type wordSet struct {
	may   [1024]uint32 // by first and last letter, a bit per length
	words map[string]bool
}

func newWordSet(words []string) *wordSet {
	s := &wordSet{words: make(map[string]bool, len(words))}
	for _, w := range words {
		s.add(w)
	}
	return s
}

func (s *wordSet) add(w string) {
	s.words[w] = true
	s.may[slot(w[0], w[len(w)-1])] |= 1 << (len(w) % 32)
}

// has reports whether a word, in any case, is in the set.
func (s *wordSet) has(w string) bool {
	var room [maxLabel]byte
	if w == "" || len(w) > len(room) {
		return false
	}
	for i := range len(w) {
		c := w[i]
		if c >= 0x80 {
			return s.words[strings.ToLower(w)]
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		room[i] = c
	}
	return s.may[slot(w[0], w[len(w)-1])]>>(len(w)%32)&1 != 0 && s.words[string(room[:len(w)])]
}

var bylines = sync.OnceValue(func() *bylineWords {
	file := plain.Lists(bylineFile)
	set := func(name string) *wordSet { return newWordSet(file[name]) }
	b := &bylineWords{
		before: make(map[string][]string), bare: newWordSet(nil),
		and: set("and"), role: set("role"), letters: set("letters"),
		nobody: set("nobody"), system: set("account"), organisation: set("organisation"), agency: set("agency"), article: set("article"), besideRole: set("beside a role"),
		particle: set("particle"), noName: set("no name"),
		others: file["not the author"], pages: set("author page").words,
	}
	for section, words := range file {
		lang, ok := strings.CutPrefix(section, "before")
		if !ok {
			continue
		}
		sortByLength(words)
		b.before[strings.TrimSpace(lang)] = words
		b.anywhere = append(b.anywhere, words...)
		for _, w := range words {
			b.bare.add(strings.TrimRight(w, ":：/"))
		}
	}
	for _, w := range b.before[""] {
		b.starts[slot(w[0], w[1])] = true
	}
	sortByLength(b.anywhere)
	for _, w := range b.anywhere {
		b.anyStarts[slot(w[0], w[1])] = true
		if len(w) >= minCredit {
			at := &b.farStarts[slot(w[0], w[1])]
			if *at == 0 {
				b.far = append(b.far, nil)
				*at = uint8(len(b.far))
			}
			b.far[*at-1] = append(b.far[*at-1], w)
		}
	}
	for _, w := range b.others {
		b.otherStarts[slot(w[0], w[1])] = true
	}
	sortByLength(b.others)
	for _, w := range b.others {
		b.othersApart = append(b.othersApart, " "+w+" ")
	}
	return b
})

// credits reports whether a text, of two bytes at least, begins like the credit of a writer.
func (b *bylineWords) credits(s string) bool {
	at := b.farStarts[slot(s[0], s[1])]
	if at == 0 {
		return false
	}
	for _, w := range b.far[at-1] {
		if prefixFold(s, w) && (len(s) == len(w) || w[len(w)-1] == ':' || w[len(w)-1] >= 0x80 || boundary(s[len(w):])) {
			return true
		}
	}
	return false
}

func sortByLength(words []string) {
	// Insertion sort: stable, and the list is short.
	for i := 1; i < len(words); i++ {
		for j := i; j > 0 && len(words[j]) > len(words[j-1]); j-- {
			words[j], words[j-1] = words[j-1], words[j]
		}
	}
}

// mayCredit reports whether a "By" can stand in s; it is cheap and only knows
// English, so that it lets everything through that may be something else.
func (d *reader) mayCredit(s string) bool {
	if d.Lang != "en" {
		return true
	}
	starts := &bylines().starts
	last := byte(' ')
	for i := 0; i+1 < len(s); i++ {
		c := s[i]
		if (c|0x20)-'a' <= 'z'-'a' && ((last|0x20)-'a' > 'z'-'a' || c < 'a') && starts[slot(c, s[i+1])] {
			return true
		}
		last = c
	}
	return false
}

// credits reports whether a "By" stands in a line, of one blank between words, where
// one can begin. Of scripts other than Latin it lets everything through.
func (d *reader) credits(s string) bool {
	words := bylines()
	last := byte(' ')
	for i := 0; i+1 < len(s); i++ {
		c := s[i]
		switch {
		case c >= 0x80 || s[i+1] >= 0x80:
			if d.Lang != "en" {
				return true
			}
		case chars.IsLetter(c) && (!chars.IsLetter(last) || c < 'a') && words.anyStarts[slot(c, s[i+1])] && d.byAt(s[i:]) > 0:
			return true
		}
		last = c
	}
	return false
}

// byAt is the length of the "By" that s begins with, 0 when it does with none.
func (d *reader) byAt(s string) int {
	words := bylines()
	switch {
	case len(s) < 2 || s[0]|s[1] < 0x80 && !words.anyStarts[slot(s[0], s[1])]:
		return 0
	case d.Lang == "":
		return prefixOf(s, words.anywhere)
	case d.Lang == "en":
		return prefixOf(s, words.before[""])
	}
	return max(prefixOf(s, words.before[""]), prefixOf(s, words.before[d.Lang]))
}

// otherPerson reports whether a piece names somebody who is not the author.
func otherPerson(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) < 2 || s[0] < 0x80 && !bylines().otherStarts[slot(s[0], s[1])] {
		return false
	}
	for _, w := range bylines().others {
		if prefixFold(s, w) {
			return true
		}
	}
	return false
}

// prefixFold reports whether s starts with w, which is in lower case.
func prefixFold(s, w string) bool {
	if len(s) < len(w) {
		return false
	}
	for i := 0; i < len(w); i++ {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != w[i] {
			return c >= 0x80 && w[i] >= 0x80 && strings.EqualFold(s[:len(w)], w)
		}
	}
	return true
}

// prefixOf returns the length of the first of the words that s starts with.
func prefixOf(s string, words []string) int {
	for _, w := range words {
		if len(s) <= len(w) || !prefixFold(s, w) {
			continue
		}
		rest := s[len(w):]
		last := w[len(w)-1]
		if last == ':' || last == '/' || last >= 0x80 || boundary(rest) {
			return len(w)
		}
		// "ByJane Doe": markup without blanks.
		if strings.HasSuffix(w, "by") && s[len(w)-1] == 'y' && rest[0] >= 'A' && rest[0] <= 'Z' {
			return len(w)
		}
	}
	return 0
}

// bareLabel reports whether a line is nothing but "Written by" or such.
func bareLabel(s string) bool {
	return len(s) <= maxLabel && bylines().bare.has(strings.TrimRight(s, " :："))
}

// boundary reports whether a word has ended in front of s.
func boundary(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '\'' && r != '’' && r != '.'
}
