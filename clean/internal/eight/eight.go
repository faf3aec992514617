// Package eight reads bytes of texts eight at a time, as numbers whose lowest
// byte is the first. What holds of single bytes is told by the highest bits of
// theirs.
package eight

const (
	// Ones times a byte is that byte eight times.
	Ones = 0x0101010101010101
	// High are the highest bits of eight bytes.
	High = 0x8080808080808080
)

// Load reads the first eight bytes of b, which has no fewer.
func Load[T string | []byte](b T) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}
