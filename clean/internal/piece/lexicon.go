package piece

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// facts about a word, whatever stands around it.
type facts uint8

const (
	function  facts = 1 << iota // a function word of some language
	agencyEnd                   // the last word of the name of an agency
	meaning                     // it may be one that texts on a subject share, see hasMeaning
)

// A table holds what is known of words by their hashes. Most words that are looked up
// are not in it, which a filter tells that fits into the nearest cache.
type table struct {
	slots  []slot
	shift  uint32
	filter [filterWords]uint64 // a bit for each word, some for several
}

// filterWords is the size of a table's filter, a power of two.
const filterWords = 1 << 9

type slot struct {
	hash  uint32
	facts facts
	about concept
	stems uint16 // number of the list of those that begin with these letters, 0 if none do
}

// newTable makes a table with room for so many words.
func newTable(words int) table {
	t := table{shift: 32}
	for size := 1; size < 4*words; size *= 2 {
		t.shift--
	}
	t.slots = make([]slot, 1<<(32-t.shift))
	return t
}

// bit is the place of a hash in the filter.
func (t *table) bit(hash uint32) (*uint64, uint32) { return &t.filter[hash>>6%filterWords], hash % 64 }

// find is what is known of a hash, nil if it is not in the table.
func (t *table) find(hash uint32) *slot {
	if w, b := t.bit(hash); *w>>b&1 == 0 {
		return nil
	}
	if s := t.at(hash); s.hash != 0 {
		return s
	}
	return nil
}

// at is the place of a hash, free if it is not in the table.
func (t *table) at(hash uint32) *slot {
	mask := uint32(len(t.slots) - 1)
	for i := hash >> t.shift; ; i++ {
		if s := &t.slots[i&mask]; s.hash == hash || s.hash == 0 {
			return s
		}
	}
}

// put adds facts about a word.
func (t *table) put(hash uint32, is facts, about concept) *slot {
	s := t.at(hash)
	if s.hash == 0 {
		*s = slot{hash: hash, about: noConcept}
		w, b := t.bit(hash)
		*w |= 1 << b
	}
	s.facts |= is
	if about != noConcept {
		s.about = about
	}
	return s
}

//go:embed data/function.txt
var functionData string

// LanguageOf is the language of texts by the function words of data/function.txt, ""
// when they do not tell.
func LanguageOf(texts []string) string {
	const least, share = 4, 8 // words, and of so many one
	counts, all := map[string]int{}, 0
	for _, text := range texts {
		for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) }) {
			all++
			for _, lang := range languagesOf()[word] {
				counts[lang]++
			}
		}
	}
	best := ""
	for lang, n := range counts {
		if n > counts[best] || n == counts[best] && lang < best {
			best = lang
		}
	}
	if counts[best] < least || counts[best]*share < all {
		return ""
	}
	return best
}

// languagesOf are the languages of the words of data/function.txt.
var languagesOf = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, s := range sections(functionData) {
		for _, word := range s.words {
			m[word] = append(m[word], s.name)
		}
	}
	return m
})

type section struct {
	name  string
	words []string
}

// sections reads a list of words below names that a colon ends; # opens a comment.
func sections(data string) (list []section) {
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutSuffix(line, ":"); ok {
			list = append(list, section{name: name})
		} else if line != "" && line[0] != '#' {
			last := &list[len(list)-1]
			last.words = append(last.words, strings.Fields(line)...)
		}
	}
	return list
}

//go:embed data/concepts.txt
var conceptData string

// A concept is what words of page furniture are about, in any language.
type concept uint8

const noConcept concept = 0xff

// A lexicon knows words. Those of page furniture it knows by their stems, which are
// found by their first four letters.
type lexicons struct {
	words    table
	heads    table // the first letters of stems
	concepts []string
	stems    [][]stem // by slot.stems; the first is empty
}

type stem struct {
	text string
	is   concept
}

var lexicon = func() (x lexicons) {
	x.words, x.heads, x.stems = newTable(1<<10), newTable(1<<9), make([][]stem, 1)
	rules.FunctionWords(func(word string) { x.words.put(hashOf(word), function, noConcept) })
	for _, s := range sections(functionData) {
		for _, word := range s.words {
			x.words.put(hashOf(word), function, noConcept)
		}
	}
	for _, name := range agencies {
		x.words.put(hashOf(name[strings.LastIndexAny(name, " -")+1:]), agencyEnd, noConcept)
	}
	for i, s := range sections(conceptData) {
		x.concepts = append(x.concepts, s.name)
		for _, w := range s.words {
			x.addStem(w, concept(i))
		}
	}
	return x
}()

// addStem adds a stem, or a whole word with = at its end.
func (x *lexicons) addStem(w string, is concept) {
	text, whole := strings.CutSuffix(w, "=")
	c, _ := classAt(text, 0)
	letters := []rune(text)
	if whole || len(letters) <= headLetters || c&ideo != 0 {
		x.words.put(hashOf(text), 0, is)
	}
	if !whole && len(letters) >= headLetters && c&ideo == 0 {
		s := x.heads.put(hashOf(string(letters[:headLetters])), 0, noConcept)
		if s.stems == 0 {
			s.stems = uint16(len(x.stems))
			x.stems = append(x.stems, nil)
		}
		x.stems[s.stems] = append(x.stems[s.stems], stem{text, is})
	}
}

// of is what is known of a word; head is the hash of its first letters, if it has more.
func (x *lexicons) of(w *word, head uint32, text string) (is facts, about concept) {
	about = noConcept
	if s := x.words.find(w.hash); s != nil {
		is, about = s.facts, s.about
	}
	if about != noConcept || head == 0 {
		return is, about
	}
	s := x.heads.find(head)
	if s == nil {
		return is, about
	}
	best := 0
	for _, s := range x.stems[s.stems] {
		if len(s.text) > best && foldPrefix(text[w.from:w.to], s.text) {
			best, about = len(s.text), s.is
		}
	}
	return is, about
}

// isFunction reports whether a hash is that of a function word.
func (x *lexicons) isFunction(hash uint32) bool {
	s := x.words.find(hash)
	return s != nil && s.facts&function != 0
}

// foldPrefix reports whether s in small letters begins with prefix.
func foldPrefix(s, prefix string) bool {
	for _, p := range prefix {
		r, size := utf8.DecodeRuneInString(s)
		if size == 0 || unicode.ToLower(r) != p {
			return false
		}
		s = s[size:]
	}
	return true
}

// conceptNamed is the concept of a name of the file.
func conceptNamed(name string) concept {
	for i, n := range lexicon.concepts {
		if n == name {
			return concept(i)
		}
	}
	panic(fmt.Sprintf("piece: no concept %s", name))
}
