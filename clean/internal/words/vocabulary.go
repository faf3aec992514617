package words

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A Vocabulary maps the hash of a folded word to its number, and that to the lists it
// is in. The slots are small,
// for most words that are looked up in a text are not there, and their number
// decides what fits into the processor's cache. The filter, which fits into the
// nearest one, tells nine in ten of those at once.
type Vocabulary struct {
	slots  []uint32 // open addressing: 8 bits of hash, 24 bits of number; 0 is free
	mask   uint64
	known  []known             // by number; 0 is no word, and in no list
	filter [filterWords]uint64 // a bit for each word, some for several; see inFilter
}

// known is a word of a vocabulary.
type known struct {
	hash  uint64
	lists uint64 // a bit for each
}

const (
	numberBits  = 24
	filterWords = 1 << 10
)

// inFilter is the place of a word's bit in the filter.
func inFilter(h uint64) (word, bit uint64) { return h >> 6 % filterWords, h % 64 }

// NewVocabulary returns one without words.
func NewVocabulary() Vocabulary {
	const room = 1 << 14
	return Vocabulary{slots: make([]uint32, room), mask: room - 1, known: make([]known, 1, room/2)}
}

// Find returns the number of a word, 0 if it is not known.
func (v *Vocabulary) Find(h uint64) uint32 {
	if word, bit := inFilter(h); v.filter[word]>>bit&1 == 0 {
		return 0
	}
	for i := h >> numberBits & v.mask; ; i = (i + 1) & v.mask {
		s := v.slots[i]
		if s == 0 {
			return 0
		}
		if uint32(h>>56) == s>>numberBits {
			if id := s & (1<<numberBits - 1); v.known[id].hash == h {
				return id
			}
		}
	}
}

// size is how many words there are.
func (v *Vocabulary) size() int { return len(v.known) - 1 }

func (v *Vocabulary) addHash(h uint64) uint32 {
	if id := v.Find(h); id != 0 {
		return id
	}
	v.known = append(v.known, known{hash: h})
	if len(v.known)*2 > len(v.slots) {
		v.slots = make([]uint32, 2*len(v.slots))
		v.mask = uint64(len(v.slots) - 1)
		for id := range v.size() - 1 {
			v.put(uint32(id + 1))
		}
	}
	v.put(uint32(v.size()))
	return uint32(v.size())
}

func (v *Vocabulary) put(id uint32) {
	h := v.known[id].hash
	i := h >> numberBits & v.mask
	for v.slots[i] != 0 {
		i = (i + 1) & v.mask
	}
	word, bit := inFilter(h)
	v.filter[word] |= 1 << bit
	v.slots[i] = uint32(h>>56)<<numberBits | id
}

// Add adds a word and returns its number. ok is false when it is not one word.
func (v *Vocabulary) Add(word string) (id uint32, ok bool) {
	h, ok := HashWord(word)
	if !ok {
		return 0, false
	}
	return v.addHash(h), true
}

// AddText adds the words of a text and returns their numbers. It cuts as Scan does,
// except that capitals do not begin a new word.
func (v *Vocabulary) AddText(text string) []uint32 {
	var ids []uint32
	var word folded
	number := false
	flush := func() {
		if word.n > 0 {
			ids = append(ids, v.addHash(word.hash()))
			word.n = 0
		}
	}
	for i, r := range text {
		class, lower := classify(r)
		switch class {
		case clLower, clUpper:
			if number {
				flush()
			}
			number = false
			word.add(lower)
		case clDigit:
			if !number {
				flush()
			}
			number = true
			word.add(r)
		case clCJK:
			flush()
			word.add(r)
			flush()
			number = false
		case clMark:
		default:
			_, size := utf8.DecodeRuneInString(text[i:])
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			if number && word.n > 0 && strings.ContainsRune(".,:-/'’", r) && next >= '0' && next <= '9' {
				word.add(r)
				continue
			}
			flush()
		}
	}
	flush()
	return ids
}

// Mark puts the word of a number on the lists of these bits.
func (v *Vocabulary) Mark(id uint32, lists uint64) { v.known[id].lists |= lists }

// MarkAll puts the words that are on one of some lists on others.
func (v *Vocabulary) MarkAll(on, lists uint64) {
	for id := range v.known {
		if w := &v.known[id]; w.lists&on != 0 {
			w.lists |= lists
		}
	}
}

// Lists returns the lists of the word of a number.
func (v *Vocabulary) Lists(id uint32) uint64 { return v.known[id].lists }

// ListsOf returns the lists the token's word is in.
func (v *Vocabulary) ListsOf(t *Token) uint64 {
	m := v.known[t.ID].lists
	if t.Whole != 0 {
		m |= v.known[t.Whole].lists
	}
	return m
}

// In reports whether a word is in one of the lists.
func (v *Vocabulary) In(word string, lists uint64) bool {
	h, ok := HashWord(word)
	return ok && v.known[v.Find(h)].lists&lists != 0
}

// Clone returns a vocabulary like v that may be added to.
func (v *Vocabulary) Clone() Vocabulary {
	c := *v
	c.slots, c.known = slices.Clone(v.slots), roomy(v.known)
	return c
}

// roomy is a copy of s with room for a few more elements.
func roomy(s []known) []known {
	const room = 256
	return append(make([]known, 0, len(s)+room), s...)
}
