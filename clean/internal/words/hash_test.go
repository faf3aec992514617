package words

import (
	"strings"
	"testing"
)

// TestHashes: the tables of shipped models hold these values. Who changes a function
// has to train the models anew.
func TestHashes(t *testing.T) {
	const long = "verbraucherzentrale"
	for _, c := range []struct {
		what      string
		got, want uint64
	}{
		{"Hash of nothing", Hash(""), 0x9e4a7dc32bd5b7a1},
		{"Hash of a short word", Hash("news"), 0x5cb6c809668ad927},
		{"Hash of eight letters", Hash("subscribe"[:8]), 0xa145d5dc064d9979},
		{"Hash of a long word", Hash(long), 0xa34142e0e8e17650},
		{"Hash of other letters", Hash("café"), 0xec7f3908a5b4c21e},
		{"HashOn", HashOn(HashStart, 'a'), 0x592e29eafb69226a},
		{"HashAll of a short word", HashAll("news"), 0xc9b196e85d386426},
		{"HashAll of a long word", HashAll(long), 0x4cfb4557c9751e6f},
		{"HashAll of other letters", HashAll("café"), 0xf346362db6ef6f03},
		{"HashPair", HashPair(HashAll("read"), HashAll("more")), 0x9701cc4efbd3817c},
		{"HashTriple", HashTriple(1, 2, 3), 0x210000003810},
		{"HashText", HashText(HashStart, 1), 0xaf63bc4c8601b62c},
		{"FNV", uint64(FNV(FNV(FNVStart, 'a'), 'd')), 0x4724fc58},
	} {
		if c.got != c.want {
			t.Errorf("%s: %#x, want %#x", c.what, c.got, c.want)
		}
	}
}

// TestHashLetters: a word is hashed to the same value wherever it stands and in
// whatever case.
func TestHashLetters(t *testing.T) {
	for n := 1; n < 30; n++ {
		word := "pneumonoultramicroscopicsilico"[:n]
		for _, text := range []string{word, strings.ToUpper(word), word + " and more", "x" + word} {
			start := len(text) - len(strings.TrimLeft(text, "x"))
			if got := HashASCII(text, start, n); got != Hash(word) {
				t.Errorf("%q in %q: %x, not %x", word, text, got, Hash(word))
			}
			if first, h := FirstPart(text, start); h != Hash(word) || first != n {
				t.Errorf("%q in %q is read as %d letters, %x", word, text, first, h)
			}
		}
	}
}
