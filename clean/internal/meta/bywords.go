package meta

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/meta/plain"
)

//go:embed data/byline.txt
var bylineFile string

// bylineWords is data/byline.txt, ready to look up.
type bylineWords struct {
	before        map[string][]string // by language, "" for all, longest first
	anywhere      []string            // those of all languages, longest first
	anyStarts     [1024]bool          // their first two letters, by slot
	bare          map[string]bool     // every word of before, without its colon
	starts        [1024]bool          // the first two letters of before in English, by slot
	and           map[string]bool
	role, letters map[string]bool
	nobody        map[string]bool
	organisation  map[string]bool
	agency        map[string]bool
	article       map[string]bool // articles, which open names of papers
	besideRole    map[string]bool // words in front of those of role
	particle      map[string]bool
	noName        map[string]bool
	others        []string   // in front of names that are not the author's
	othersApart   []string   // the same between blanks
	otherStarts   [1024]bool // their first two letters, by slot
	pages         map[string]bool
}

var bylines = sync.OnceValue(func() *bylineWords {
	file := plain.Lists(bylineFile)
	set := func(name string) map[string]bool {
		m := make(map[string]bool, len(file[name]))
		for _, w := range file[name] {
			m[w] = true
		}
		return m
	}
	b := &bylineWords{
		before: make(map[string][]string), bare: make(map[string]bool),
		and: set("and"), role: set("role"), letters: set("letters"),
		nobody: set("nobody"), organisation: set("organisation"), agency: set("agency"), article: set("article"), besideRole: set("beside a role"),
		particle: set("particle"), noName: set("no name"),
		others: file["not the author"], pages: set("author page"),
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
			b.bare[strings.TrimRight(w, ":：/")] = true
		}
	}
	for _, w := range b.before[""] {
		b.starts[slot(w[0], w[1])] = true
	}
	sortByLength(b.anywhere)
	for _, w := range b.anywhere {
		b.anyStarts[slot(w[0], w[1])] = true
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
	return len(s) <= maxLabel && bylines().bare[strings.TrimRight(strings.ToLower(s), " :：")]
}

// boundary reports whether a word has ended in front of s.
func boundary(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '\'' && r != '’' && r != '.'
}
