package rules

import (
	"fmt"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/words"
)

// maxLists is how many word lists fit into a mask; one bit is left to users of
// the masks.
const maxLists = 63

// addList reads a word list: words separated by white space, # opens a
// comment.
func (s *Set) addList(name, file, data string) error {
	bit, ok := s.listBits[name]
	if !ok {
		if len(s.listBits) >= maxLists {
			return fmt.Errorf("%s: more than %d word lists", file, maxLists)
		}
		bit = uint64(1) << len(s.listBits)
		s.listBits[name] = bit
	}
	for n, line := range strings.Split(data, "\n") {
		line, _, _ = strings.Cut(line, "#")
		for _, word := range strings.Fields(line) {
			id, ok := s.vocabulary.Add(word)
			if !ok {
				return fmt.Errorf("%s:%d: %q is not one word", file, n+1, word)
			}
			s.vocabulary.Mark(id, bit)
		}
	}
	return nil
}

// List returns the bit of a word list in words.Line.Lists and Set.ListsOf, 0 when
// there is none of that name. Lists are data/words/NAME.txt and
// data/stopwords/LANG.txt, the latter as "stop.LANG".
func (s *Set) List(name string) uint64 { return s.listBits[name] }

// SpeechList is the bit of the list of words of speech.
func (s *Set) SpeechList() uint64 { return s.speech }

// DateLists are the bits of the lists of weekdays and months.
func (s *Set) DateLists() uint64 { return s.weekday | s.month }

// StopLists is the union of the bits of all stop-word lists.
func (s *Set) StopLists() uint64 { return s.stop }

// StopLanguage is the language of a stop-word list by its bit, "" when it is none.
func (s *Set) StopLanguage(bit uint64) string {
	for name, b := range s.listBits {
		if b == bit {
			if lang, ok := strings.CutPrefix(name, "stop."); ok {
				return lang
			}
		}
	}
	return ""
}

// lists returns the lists of the word of a number.
func (s *Set) lists(id uint32) uint64 { return s.vocabulary.Lists(id) }

// ListsOf returns the lists the token's word is in.
func (s *Set) ListsOf(t *words.Token) uint64 { return s.vocabulary.ListsOf(t) }

// WordIn reports whether a word is in one of the lists.
func (s *Set) WordIn(word string, lists uint64) bool { return s.vocabulary.In(word, lists) }
