package rules

import (
	"fmt"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/eight"
)

// vocabulary maps the hash of a folded word to its number. The slots are small,
// for most words that are looked up in a text are not there, and their number
// decides what fits into the processor's cache. The filter, which fits into the
// nearest one, tells nine in ten of those at once.
type vocabulary struct {
	slots  []uint32 // open addressing: 8 bits of hash, 24 bits of number; 0 is free
	mask   uint64
	hashes []uint64            // by number
	filter [filterWords]uint64 // a bit for each word, some for several; see inFilter
}

const (
	numberBits  = 24
	filterWords = 1 << 10
)

// inFilter is the place of a word's bit in the filter.
func inFilter(h uint64) (word, bit uint64) { return h >> 6 % filterWords, h % 64 }

func newVocabulary() vocabulary {
	const room = 1 << 14
	return vocabulary{slots: make([]uint32, room), mask: room - 1, hashes: make([]uint64, 1, room/2)}
}

func (v *vocabulary) find(h uint64) uint32 {
	if word, bit := inFilter(h); v.filter[word]>>bit&1 == 0 {
		return 0
	}
	for i := h >> numberBits & v.mask; ; i = (i + 1) & v.mask {
		s := v.slots[i]
		if s == 0 {
			return 0
		}
		if uint32(h>>56) == s>>numberBits {
			if id := s & (1<<numberBits - 1); v.hashes[id] == h {
				return id
			}
		}
	}
}

// size is how many words there are.
func (v *vocabulary) size() int { return len(v.hashes) - 1 }

func (v *vocabulary) add(h uint64) uint32 {
	if id := v.find(h); id != 0 {
		return id
	}
	v.hashes = append(v.hashes, h)
	if len(v.hashes)*2 > len(v.slots) {
		v.slots = make([]uint32, 2*len(v.slots))
		v.mask = uint64(len(v.slots) - 1)
		for id := range v.size() - 1 {
			v.put(uint32(id + 1))
		}
	}
	v.put(uint32(v.size()))
	return uint32(v.size())
}

func (v *vocabulary) put(id uint32) {
	h := v.hashes[id]
	i := h >> numberBits & v.mask
	for v.slots[i] != 0 {
		i = (i + 1) & v.mask
	}
	word, bit := inFilter(h)
	v.filter[word] |= 1 << bit
	v.slots[i] = uint32(h>>56)<<numberBits | id
}

// hashWord folds a word as Scan does. ok is false when it is not one word.
func hashWord(word string) (h uint64, ok bool) {
	var f folded
	for _, r := range word {
		class, lower := classify(r)
		switch class {
		case clMark:
		case clOther, clSpace:
			if f.n == 0 || word[0] < '0' || word[0] > '9' {
				return 0, false
			}
			f.add(r) // within a number
		default:
			f.add(lower)
		}
	}
	return f.hash(), f.n > 0
}

const (
	hashSeed  = 0x2545F4914F6CDD1D
	hashPrime = 0x9E3779B97F4A7C15
)

// hashText hashes the folded bytes of a word, eight at a time.
func hashText[T string | []byte](b T) uint64 {
	h := uint64(hashSeed) ^ uint64(len(b))
	for len(b) > 8 {
		h = (h ^ eight.Load(b)) * hashPrime
		h ^= h >> 29
		b = b[8:]
	}
	var tail uint64
	for i := len(b) - 1; i >= 0; i-- {
		tail = tail<<8 | uint64(b[i])
	}
	return mix(h, tail)
}

func mix(h, tail uint64) uint64 {
	h = (h ^ tail) * hashPrime
	h ^= h >> 32
	h *= hashPrime
	return h ^ h>>29
}

// hashLetters is hashText of n ASCII letters of text from start, folded.
func hashLetters(text string, start, n int) uint64 {
	const lower = 0x2020202020202020
	h := uint64(hashSeed) ^ uint64(n)
	for n > 8 {
		h = (h ^ (eight.Load(text[start:start+8]) | lower)) * hashPrime
		h ^= h >> 29
		start += 8
		n -= 8
	}
	var tail uint64
	if start+8 <= len(text) {
		tail = (eight.Load(text[start:start+8]) | lower) & (^uint64(0) >> (64 - 8*n))
	} else {
		for i := start + n - 1; i >= start; i-- {
			tail = tail<<8 | uint64(text[i]|0x20)
		}
	}
	return mix(h, tail)
}

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
			h, ok := hashWord(word)
			if !ok {
				return fmt.Errorf("%s:%d: %q is not one word", file, n+1, word)
			}
			id := s.vocabulary.add(h)
			s.grow()
			s.lists[id] |= bit
		}
	}
	return nil
}

func (s *Set) grow() {
	for len(s.lists) <= s.vocabulary.size() {
		s.lists = append(s.lists, 0)
	}
}

// List returns the bit of a word list in Words.Lists and Set.ListsOf, 0 when
// there is none of that name. Lists are data/words/NAME.txt and
// data/stopwords/LANG.txt, the latter as "stop.LANG".
func (s *Set) List(name string) uint64 { return s.listBits[name] }

// StopLists is the union of the bits of all stop-word lists.
func (s *Set) StopLists() uint64 { return s.stop }

// ListsOf returns the lists the token's word is in.
func (s *Set) ListsOf(t *Token) uint64 {
	m := s.lists[t.ID]
	if t.whole != 0 {
		m |= s.lists[t.whole]
	}
	return m
}

// WordIn reports whether a word is in one of the lists.
func (s *Set) WordIn(word string, lists uint64) bool {
	h, ok := hashWord(word)
	return ok && s.lists[s.vocabulary.find(h)]&lists != 0
}
