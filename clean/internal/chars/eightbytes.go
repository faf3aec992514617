package chars

import "math/bits"

// Bytes of texts are read eight at a time, as numbers whose lowest byte is the
// first. What holds of single bytes is told by the highest bits of theirs.
const (
	// Ones times a byte is that byte eight times.
	Ones = 0x0101010101010101
	// High are the highest bits of eight bytes.
	High = 0x8080808080808080
	// CaseBits are the bits that tell eight small ASCII letters from capitals.
	CaseBits = 0x2020202020202020
)

// Load8 reads the first eight bytes of b, which has no fewer.
func Load8[T string | []byte](b T) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// Tail8 reads the bytes of b from i on, fewer than eight, with zeros behind them.
func Tail8[T string | []byte](b T, i int) uint64 {
	if len(b) >= 8 {
		return Load8(b[len(b)-8:]) >> (8 * uint(i+8-len(b)))
	}
	var x uint64
	for k := len(b) - 1; k >= i; k-- {
		x = x<<8 | uint64(b[k])
	}
	return x
}

// Are8 returns, as their high bits, which of eight bytes are c, all of them being
// ASCII.
func Are8(x uint64, c byte) uint64 { return ^((x ^ uint64(c)*Ones) + 0x7F*Ones) & High }

// Letters8 returns how many ASCII letters the eight bytes of x begin with.
func Letters8(x uint64) int { return bits.TrailingZeros64(^LettersOf8(x)&High) / 8 }

// LettersOf8 returns, as their high bits, which of eight bytes are ASCII letters.
func LettersOf8(x uint64) uint64 {
	low := (x | CaseBits) &^ High
	from := low + (0x80-'a')*Ones    // high bit: a or above
	above := low + (0x80-'z'-1)*Ones // high bit: above z
	return from &^ above &^ x & High
}

// Bits8 packs the high bits of eight bytes into a number of eight bits, that of the
// first byte lowest.
func Bits8(high uint64) uint64 { return high >> 7 * 0x0102040810204080 >> 56 }

// IsLetterByte reports whether a byte is an ASCII letter.
func IsLetterByte(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
