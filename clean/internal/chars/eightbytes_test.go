package chars

import (
	"testing"
)

// TestEightBytes compares what is told of eight bytes at once with what they are one
// by one.
func TestEightBytes(t *testing.T) {
	isLetter := func(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
	seed := uint64(1)
	for range 20_000 {
		var b [11]byte
		for i := range b {
			seed = seed*6364136223846793005 + 1442695040888963407
			b[i] = "azAZ@[`{ \t0\x00\x7f\x80\xe1\xff"[seed>>60]
		}
		x := Load8(b[:])
		letters := 0
		for letters < 8 && isLetter(b[letters]) {
			letters++
		}
		if n := Letters8(x); n != letters {
			t.Fatalf("%q begins with %d letters, not %d", b, letters, n)
		}
		for i, c := range b[:8] {
			if got := Bits8(LettersOf8(x))>>i&1 == 1; got != isLetter(c) {
				t.Fatalf("byte %d of %q is a letter: %v", i, b, got)
			}
		}
		low := x &^ High
		for i, c := range b[:8] {
			if byte(x>>(8*i)) != c {
				t.Fatalf("%q is read as %x", b, x)
			}
			if got := Are8(low, 'a')>>(8*i+7)&1 == 1; got != (c&0x7F == 'a') {
				t.Fatalf("byte %d of %q is an a: %v", i, b, got)
			}
		}
		for _, text := range []string{string(b[:]), string(b[:5])} {
			for i := max(0, len(text)-7); i <= len(text); i++ {
				want := uint64(0)
				for k := len(text) - 1; k >= i; k-- {
					want = want<<8 | uint64(text[k])
				}
				if got := Tail8(text, i); got != want {
					t.Fatalf("the end of %q from %d on is read as %x, not %x", text, i, got, want)
				}
			}
		}
	}
}
