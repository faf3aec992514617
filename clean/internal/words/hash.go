package words

import (
	"math/bits"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// Words are known by their hashes. The odds of blocks hold values of HashOn, which must
// stay what they are; the values of the others outlive no page.
//
//	Hash        folded words, for the vocabulary
//	HashOn      words and pairs of them as blocks read them, for the odds of blocks
//	HashTriple  three of those in a row, and HashText any number of them
//	FNV         parts of class names and the like

// Constants of Hash.
const (
	hashSeed  = 0x2545F4914F6CDD1D
	hashPrime = 0x9E3779B97F4A7C15
)

// Hash hashes the folded bytes of a word, eight at a time.
func Hash[T string | []byte](b T) uint64 {
	h := uint64(hashSeed) ^ uint64(len(b))
	i := 0
	for ; len(b)-i > 8; i += 8 {
		h = (h ^ chars.Load8(b[i:])) * hashPrime
		h ^= h >> 29
	}
	if len(b)-i == 8 {
		return mix(h, chars.Load8(b[i:]))
	}
	return mix(h, chars.Tail8(b, i))
}

func mix(h, tail uint64) uint64 {
	h = (h ^ tail) * hashPrime
	h ^= h >> 32
	h *= hashPrime
	return h ^ h>>29
}

// HashASCII is Hash of n ASCII letters of text from start, folded.
func HashASCII(text string, start, n int) uint64 {
	const lower = 0x2020202020202020
	h := uint64(hashSeed) ^ uint64(n)
	for n > 8 {
		h = (h ^ (chars.Load8(text[start:start+8]) | lower)) * hashPrime
		h ^= h >> 29
		start += 8
		n -= 8
	}
	var tail uint64
	if start+8 <= len(text) {
		tail = (chars.Load8(text[start:start+8]) | lower) & (^uint64(0) >> (64 - 8*n))
	} else {
		for i := start + n - 1; i >= start; i-- {
			tail = tail<<8 | uint64(text[i]|0x20)
		}
	}
	return mix(h, tail)
}

// HashFew is HashASCII of n ASCII letters, no more than eight, which x begins with.
func HashFew(x uint64, n int) uint64 {
	return mix(hashSeed^uint64(n), (x|chars.CaseBits)&(^uint64(0)>>((64-8*uint(n))&63)))
}

// HashWord folds a word as Scan does. ok is false when it is not one word.
func HashWord(word string) (h uint64, ok bool) {
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

// Constants of HashOn.
const (
	// HashStart is the hash of a word of which nothing was read.
	HashStart uint64 = 14695981039346656037
	hashPlace uint64 = 1099511628211
	hashFold  uint64 = 0x9ddfea08eb382d69 // odd, with bits set all over
)

// HashOn is the hash of a word of hash h and of what follows: up to eight letters
// or one other character, at once.
func HashOn(h, x uint64) uint64 {
	hi, lo := bits.Mul64(h^x, hashFold)
	return hi ^ lo
}

// HashLetters is how many ASCII letters the eight bytes of x begin with, the first
// lowest, how many of them are capitals, and the letters alone, in lower case, for
// HashOn.
func HashLetters(x uint64) (n, upper int, letters uint64) {
	const ones, high, small = chars.Ones, chars.High, chars.CaseBits
	low := x | small
	seven := low &^ high
	other := (^(seven + (0x80-'a')*ones) | (seven + (0x7F-'z')*ones) | x) & high
	if other == 0 {
		return 8, 8 - bits.OnesCount64(x&small), low
	}
	n = bits.TrailingZeros64(other) / 8
	within := uint64(1)<<(8*n) - 1
	return n, n - bits.OnesCount64(x&small&within), low & within
}

// HashAll is the hash that HashOn comes to for a word.
func HashAll(word string) uint64 {
	h := HashStart
	for i := 0; i < len(word); {
		x := uint64(0)
		if i+8 <= len(word) {
			x = chars.Load8(word[i:])
		} else {
			x = chars.Tail8(word, i)
		}
		if n, _, letters := HashLetters(x); n > 0 {
			h = HashOn(h, letters)
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(word[i:])
		h = HashOn(h, uint64(r))
		i += n
	}
	return h
}

// HashPair is the hash of two words in a row, of hashes by HashOn.
func HashPair(first, second uint64) uint64 { return HashOn(bits.RotateLeft64(first, 21), second) }

// HashTriple is the hash of three words in a row.
func HashTriple(first, second, third uint64) uint64 { return (first*31+second)*hashPlace ^ third }

// HashText is the hash of a text of hash h and of the word that follows.
func HashText(h, word uint64) uint64 { return (h ^ word) * hashPlace }

// FNVStart is where FNV begins.
const FNVStart uint32 = 2166136261

// FNV is FNV-1a: the hash of what has the hash h and of the value that follows, mostly
// a byte. Its high bits are the better ones.
func FNV(h, x uint32) uint32 { return (h ^ x) * 16777619 }
