package meta

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// tableOf holds words, each in another sign.
func tableOf(words []string) *signTable {
	t := &signTable{words: map[string]sign{}}
	for i, w := range words {
		t.words[strings.ToLower(w)] |= 1 << i
		t.may[slot(w[0], w[len(w)-1])] |= 1 << len(w)
	}
	return t
}

// TestSignWords: many letters at once come to the words that letter by letter are found.
func TestSignWords(t *testing.T) {
	words := func(s string) (all []string) {
		for s != "" {
			if c := s[0] | 0x20; c < 'a' || c > 'z' {
				s = s[1:]
				continue
			}
			n := longWord(s)
			all, s = append(all, s[:n]), s[n:]
		}
		return all
	}
	const sample = "postAuthor-byLine BYLINE2 aB BYline entry__authorname 9"
	if got, want := words(sample), []string{"post", "Author", "by", "Line", "BYLINE", "a", "B", "BY", "line", "entry", "authorname"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	random := rand.New(rand.NewPCG(1, 2))
	const letters, others = "abcxyzABCXYZ", "-_ 19[`{@\xc3\xa4"
	for round := range 20000 {
		from := letters + others[:round%len(others)]
		b := make([]byte, random.IntN(200))
		for i := range b {
			b[i] = from[random.IntN(len(from))]
			if round%3 > 0 && i > 0 && random.IntN(9) > 0 {
				b[i] = b[i-1] // longer words
			}
		}
		s := string(b)
		var some, none []string
		all := words(s)
		for _, w := range all {
			if len(w) >= maxSignWord {
				continue
			}
			if len(some) < 16 && random.IntN(2) == 0 {
				some = append(some, w)
			}
			for _, other := range []string{w[1:], w[:len(w)-1], w + w[:1]} {
				if len(none) < 16 && other != "" && len(other) < maxSignWord && !slices.ContainsFunc(all, func(w string) bool { return strings.EqualFold(w, other) }) {
					none = append(none, other)
				}
			}
		}
		if got, want := tableOf(some).scan(s), sign(1<<len(some)-1); got != want {
			t.Fatalf("%q: of %q the signs %b are found", s, some, got)
		}
		if got := tableOf(none).scan(s); got != 0 {
			t.Fatalf("%q: of %q the signs %b are found", s, none, got)
		}
	}
}
