package memory

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// A word is a run of letters, a number, an address or a character of a script without
// spaces. All numbers are the same, and all addresses. Letters that were glued together, as in "endBegin", are two.
type word struct {
	from, to int32 // bytes of the text
	hash     uint32
	halves   uint8 // what it counts in a run, in half words
}

// runHalves is how long a run is, in halves of words: five words, or ten characters of a
// script without spaces.
const runHalves = 10

// maxWords bounds the words of a text that are learned, at its beginning and at its end
// each. What a site repeats stands there.
const maxWords = 4096

// hashBits is the size of the hash of a run. Of a site with MaxTexts texts of some 650
// words one run in 200 is taken for another one, and no run for five others.
const hashBits = 26

const (
	hashStart = 14695981039346656037 // FNV-1a
	hashPrime = 1099511628211
	mixer     = 0x9E3779B97F4A7C15
)

// Hashes of all numbers and of all addresses.
const (
	numberHash  = 1
	addressHash = 2
)

// hashOf hashes a name.
func hashOf(s string) uint64 {
	h := uint64(hashStart)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * hashPrime
	}
	return mix(h)
}

func mix(h uint64) uint64 {
	h = (h ^ h>>32) * mixer
	return h ^ h>>29
}

// charKind is what a character is to words.
type charKind uint8

const (
	other charKind = iota
	small          // a letter, of a script without case as well
	capital
	digit
	lone   // of a script without spaces
	unseen // part of the word around it, not of its name
)

var asciiKinds = func() (t [utf8.RuneSelf]charKind) {
	for c := range t {
		t[c] = kindOf(rune(c))
	}
	return t
}()

func kindOf(r rune) charKind {
	switch {
	case r < '0':
		return other
	case chars.Spaceless(r) && unicode.IsLetter(r):
		return lone
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return capital
	case unicode.IsLetter(r):
		return small
	case unicode.IsDigit(r):
		return digit
	case unicode.Is(unicode.M, r):
		return small
	case chars.Hides(r):
		return unseen
	}
	return other
}

func kindAt(s string, i int) (charKind, rune, int) {
	if c := s[i]; c < utf8.RuneSelf {
		return asciiKinds[c], rune(c), 1
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	return kindOf(r), r, size
}

// scan appends the words of a text. step, which may be nil, is called for each.
func scan(words []word, s string, step func()) []word {
	for i := 0; i < len(s); {
		kind, r, size := kindAt(s, i)
		if kind == other || kind == unseen {
			i += size
			continue
		}
		if step != nil {
			step()
		}
		w := word{from: int32(i), halves: 2}
		switch kind {
		case lone:
			w.halves, w.hash = 1, uint32(mix(uint64(r)))
			i += size
		case digit:
			w.hash = numberHash
			i = numberEnd(s, i)
		default:
			if end := addressEnd(s, i); end > 0 {
				w.hash, i = addressHash, end
				break
			}
			h, last := uint64(hashStart), capital
			for i < len(s) {
				if kind, r, size = kindAt(s, i); kind != small && kind != capital && kind != unseen || kind == capital && last == small {
					break
				}
				if kind != unseen {
					h, last = (h^uint64(unicode.ToLower(r)))*hashPrime, kind
				}
				i += size
			}
			w.hash = uint32(mix(h))
		}
		w.to = int32(i)
		words = append(words, w)
	}
	return words
}

// addressEnd is where the address ends that begins at byte i, 0 where none does.
func addressEnd(s string, i int) int {
	const longest = len("https://")
	head := s[i:min(len(s), i+longest)]
	if !hasPrefixFold(head, "http://") && !hasPrefixFold(head, "https://") && !hasPrefixFold(head, "www.") {
		return 0
	}
	for i < len(s) {
		kind, r, size := kindAt(s, i)
		if r <= ' ' || kind == lone || strings.ContainsRune("<>[]()\"«»“”", r) || chars.IsSpace(r) {
			break
		}
		i += size
	}
	return i
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// numberEnd is where the number ends that begins at byte i: 1,250.50 and 12:45 are one.
func numberEnd(s string, i int) int {
	for i < len(s) {
		kind, r, size := kindAt(s, i)
		switch {
		case kind == digit:
		case (r == '.' || r == ',' || r == ':') && i+1 < len(s):
			if next, _, _ := kindAt(s, i+1); next != digit {
				return i
			}
		default:
			return i
		}
		i += size
	}
	return i
}

// ends leaves out the middle of long texts.
func ends(words []word) []word {
	if len(words) <= 2*maxWords {
		return words
	}
	return slices.Concat(words[:maxWords], words[len(words)-maxWords:])
}

// run is the hash of the run that begins with the first of the words and of how many it
// is; n is 0 where there are too few.
func run(words []word) (hash uint32, n int) {
	h, halves := uint64(hashStart), 0
	for n < len(words) {
		h = (h ^ uint64(words[n].hash)) * mixer
		h ^= h >> 31
		halves += int(words[n].halves)
		if n++; halves >= runHalves {
			return uint32(h * mixer >> (64 - hashBits)), n
		}
	}
	return 0, 0
}

// runsOf appends the hashes of the different runs, in order.
func runsOf(runs []uint32, words []word) []uint32 {
	for i := range words {
		h, n := run(words[i:])
		if n == 0 {
			break
		}
		runs = append(runs, h)
	}
	slices.Sort(runs)
	return slices.Compact(runs)
}

// keyOf is the hash of a set of runs.
func keyOf(runs []uint32) uint64 {
	h := uint64(hashStart)
	for _, r := range runs {
		h = (h ^ uint64(r)) * mixer
		h ^= h >> 29
	}
	return mix(h)
}
