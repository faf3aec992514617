package pagetype

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	var votes [Count]uint8
	inPath.count("blog/2024/how-to-mend-a-net", 0, &votes)
	if votes[Article] != 1 || votes[Forum] != 0 {
		t.Errorf("path: %v", votes)
	}
	votes = [Count]uint8{}
	inClass.count("archive category-12 Home", 0, &votes)
	if votes[Listing] != 3 {
		t.Errorf("classes: %v", votes)
	}
	for p := range known() {
		if len(known()[p].words) == 0 {
			t.Errorf("no words for %s", placeNames[p])
		}
		for w := range known()[p].words {
			votes = [Count]uint8{}
			if place(p).count(w, 0, &votes); votes == [Count]uint8{} {
				t.Errorf("%s is not found in %s", w, placeNames[p])
			}
		}
	}
}

func TestTokens(t *testing.T) {
	var a, b Tokens
	a.Add('t', []byte("Mend a net, MEND a net; Сеть"))
	b.Add('t', []byte("mend net сеть"))
	if len(a.List) != 3 { // "a" is too short, others come once
		t.Errorf("%d words", len(a.List))
	}
	b.Add('l', []byte("mend"))
	if len(b.List) != 4 {
		t.Errorf("the same word in another field is %d", len(b.List))
	}
	b.Forget()
	if b.Add('t', []byte("mend")); len(b.List) != 1 {
		t.Errorf("after Forget %d", len(b.List))
	}
	b.Add('t', []byte(strings.Repeat("x", 1<<20)+" "+strings.Repeat("ab cd ef gh ", 1<<12)))
	if len(b.List) > maxTokens {
		t.Errorf("%d words", len(b.List))
	}
}

// TestWeigh: words that are weighed as they come weigh what they do afterwards.
func TestWeigh(t *testing.T) {
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	var a, b Tokens
	for n := range 3 {
		a.Forget()
		b.Forget()
		b.Use(m)
		for i := range 100 + 300*n {
			text := fmt.Appendf(nil, "net%d price%d", i, i)
			a.Add('l', text)
			b.Add('l', text)
		}
		if got, want := m.words.votes(&b), m.words.votes(&a); got != want {
			t.Errorf("%v, want %v", got, want)
		}
		a = Tokens{}
	}
}

func TestAddress(t *testing.T) {
	for in, want := range map[string]address{
		"https://sea.example/":                      {known: true, root: true},
		"https://sea.example/news":                  {known: true, section: true, depth: 1, last: 4},
		"https://sea.example/a/tide-turns-2024?x=1": {known: true, query: true, depth: 2, last: 15, hyphens: 2, digits: 4},
	} {
		u, err := url.Parse(in)
		if err != nil {
			t.Fatal(err)
		}
		got := (&Page{URL: u}).address()
		got.votes = [places][Count]uint8{}
		if got != want {
			t.Errorf("%s: %+v, want %+v", in, got, want)
		}
	}
}

func TestChoose(t *testing.T) {
	for _, c := range []struct {
		ps   [Count]float32
		want Type
	}{
		{[Count]float32{.5, .4, .1}, Article},
		{[Count]float32{.4, .5, .1}, Listing},
		{[Count]float32{.1, .35, .05, .5}, Listing},
		{[Count]float32{.1, .2, .1, .6}, Product},
		{[Count]float32{.3, .1, .1, .1, .1, .3}, Article},
	} {
		if got := choose(&c.ps); got != c.want {
			t.Errorf("%v: %v, want %v", c.ps, got, c.want)
		}
	}
}

// TestModel: the built-in model loads, its features are named once, and the
// probabilities of a page add up to one.
func TestModel(t *testing.T) {
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, name := range FeatureNames() {
		if seen[name] {
			t.Errorf("two features are called %s", name)
		}
		seen[name] = true
	}
	if len(seen) > 256 {
		t.Errorf("%d features", len(seen))
	}
	_, ps := m.Of(&Page{Words: new(Tokens)})
	sum := float32(0)
	for _, p := range ps {
		sum += p
	}
	if sum < .999 || sum > 1.001 {
		t.Errorf("%v", ps)
	}
	for _, bad := range [][]byte{nil, builtin[:100], builtin[:lexiconSize+3], append(append([]byte{}, builtin...), 0)} {
		if _, err := Read(bad); err == nil {
			t.Errorf("%d bytes pass for a model", len(bad))
		}
	}
}
