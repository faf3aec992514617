package words

import (
	"strings"
	"testing"
	"unicode"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// TestCount: what is counted eight bytes at a time is what is counted one by one.
func TestCount(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, " ": 0, "a": 1, "one two": 2, " one\ttwo\nthree ": 3, "don’t stop": 2, "twelve\u00a0words": 2,
		"渡し船": 1, "渡し船が遅れる": 3, "Das Wort 漢字 hier": 4, "ภาษา": 2, "ລາວ": 1, "한국 말": 2, "один два": 2, "là où": 2, "x\u00adé\u0085ß": 2,
	} {
		for at := range 9 {
			front := strings.Repeat("x ", at)
			slow, halves, in := 0, 0, false
			for _, r := range front + text {
				word := !unicode.IsSpace(r) && !chars.Spaceless(r)
				if word && !in {
					slow++
				}
				if in = word; chars.Spaceless(r) {
					halves++
				}
			}
			if got := Count(front + text); got != want+at || got != slow+halves/2 {
				t.Errorf("%q: %d words, want %d", front+text, got, want+at)
			}
		}
	}
	if long := strings.Repeat("word ", 100_000); Estimate(long) < 99_000 || Estimate(long) > 101_000 {
		t.Errorf("%d words of 100000", Estimate(long))
	}
}
