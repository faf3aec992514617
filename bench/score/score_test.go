package score

import (
	"math"
	"reflect"
	"testing"
)

func near(t *testing.T, name string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("%s = %v, want %v", name, got, want)
	}
}

func TestWords(t *testing.T) {
	for in, want := range map[string][]string{
		"":                        nil,
		"It's 5_a — café, naïve!": {"It", "s", "5_a", "café", "naïve"},
		"x² Ⅳ 三百 ½":               {"x²", "Ⅳ", "三百", "½"},
		"e\u0301a":                {"e", "a"}, // \w does not match combining marks
		"end":                     {"end"},
	} {
		if got := Words(in); !reflect.DeepEqual(got, want) {
			t.Errorf("Words(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTokens(t *testing.T) {
	for in, want := range map[string][]string{
		"":                 nil,
		"co\u00adop, It's": {"coop", "It", "s"},
		"东京都 tower":        {"东京", "京都", "tower"},
		"東":                {"東"},
		"iPhone15发布":       {"iPhone15", "发布"},
		"第3回、回":            {"第", "3", "回", "回"},
		"한국어 문장":           {"한국어", "문장"}, // written with spaces
		"ຂ່າວ":             {"ຂ", "າວ"},   // the tone mark ends a word, as in \w
	} {
		if got := Tokens(in); !reflect.DeepEqual(got, want) {
			t.Errorf("Tokens(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLower(t *testing.T) {
	for in, want := range map[string]string{
		"ÄÖ Straße":   "äö straße",
		"İstanbul":    "i\u0307stanbul",
		"ΟΔΟΣ ΣΟΦΟΣ.": "οδος σοφος.",
		"ΑΣ'Α":        "ασ'α", // an apostrophe does not end a word
		"Σ":           "σ",
	} {
		if got := Lower(in); got != want {
			t.Errorf("Lower(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSqueeze(t *testing.T) {
	if got := Squeeze(" a\u00a0\x1f b\n\nc "); got != "a b c" {
		t.Errorf("%q", got)
	}
}

// Gold: the cat sat on the mat (6 words). Output: The dog sat on a mat mat
// (7 words). Common: the, sat, on, mat = 4.
func TestWordPage(t *testing.T) {
	g := Gold{Text: "The cat sat on the mat.", With: []string{"CAT sat", "on the"}, Without: []string{"dog"}}
	p := Word.Page(g, "The dog sat on a mat mat")
	near(t, "P", p.P, 4./7)
	near(t, "R", p.R, 4./6)
	near(t, "F1", p.F1, 8./13)
	near(t, "with", p.With, 0)
	near(t, "without", p.Without, 1)
	if p.Words != 7 || p.GoldWords != 6 || p.Common != 4 {
		t.Errorf("%+v", p)
	}
	p = Word.Page(g, "the cat SAT on\nthe mat")
	near(t, "F1", p.F1, 1)
	near(t, "with", p.With, .5) // lower-cased, but "on\nthe" is no "on the"
}

func TestWordPageEmpty(t *testing.T) {
	near(t, "both empty", Word.Page(Gold{}, " . ").F1, 1)
	near(t, "no output", Word.Page(Gold{Text: "a"}, "").F1, 0)
	near(t, "no gold", Word.Page(Gold{}, "a").F1, 0)
	near(t, "no snippets", Word.Page(Gold{}, "a").Without, 1)
}

func TestTokenPage(t *testing.T) {
	p := Token.Page(Gold{Text: "东京都"}, "东京市")
	near(t, "one pair of two", p.F1, .5)
	near(t, "no shared word", Word.Page(Gold{Text: "东京都"}, "东京市").F1, 0)
	near(t, "soft hyphen", Token.Page(Gold{Text: "Cooperation"}, "co\u00adoperation").F1, 1)
	near(t, "both empty", Token.Page(Gold{}, "").F1, 1)

	g := Gold{Text: "Rye\nBy Ada Crumb\nRye needs time.", Optional: []string{"Rye", "By Ada Crumb"}}
	near(t, "without title and byline", Token.Page(g, "Rye needs time").F1, 2*3./(3+4)) // the title is there: Rye
	near(t, "with all", Token.Page(g, "Rye\nBY ADA CRUMB\nRye needs time").F1, 1)
	p = Token.Page(g, "By Ada. Rye needs time")
	near(t, "half a byline", p.P, 3./5)
	if p.GoldWords != 4 {
		t.Errorf("%d gold words, want those of title and text", p.GoldWords)
	}
	near(t, "in the word metric all lines count", Word.Page(g, "Rye needs time").R, 3./7)
	near(t, "with snippets", Token.Page(Gold{Text: "a", With: []string{"A"}, Without: []string{"b"}}, "a").With, 1)
}

func TestGoldFor(t *testing.T) {
	for _, tt := range []struct{ text, optional, output, want string }{
		{"And so\nA\nend", "A", "and so end", "And so\n\nend"}, // the line, not the letter before it
		{"Rye (Crumb) rises", "(Crumb)", "rye rises", "Rye  rises"},
		{"Rye rises", "Wheat", "rye", "Rye rises"},
		{"A\nb", "A", "b aa", "\nb"}, // aa is no A
		{"A\nb", "A", "b a", "A\nb"},
	} {
		g := Gold{Text: tt.text, Optional: []string{tt.optional}}
		if got := g.For(tt.output); got != tt.want {
			t.Errorf("%q without %q for %q: %q, want %q", tt.text, tt.optional, tt.output, got, tt.want)
		}
	}
}

// Three of four wanted snippets found, one of two unwanted: F = 6/(6+1+1).
func TestSnippet(t *testing.T) {
	g := Gold{With: []string{"one  two", "three", "Four", "five"}, Without: []string{"share", "menu"}}
	p := Snippet.Page(g, "one\n two three Four\nshare")
	if p.TP != 3 || p.FN != 1 || p.FP != 1 || p.TN != 1 {
		t.Fatalf("%+v", p)
	}
	near(t, "F1", p.F1, .75)
	near(t, "case counts", float64(Snippet.Page(Gold{With: []string{"four"}}, "Four").TP), 0)
	// Counts are added before the ratios are taken.
	q := Snippet.Page(Gold{With: []string{"a"}, Without: []string{"b"}}, "")
	total := Snippet.Total([]Page{p, q})
	near(t, "R", total.R, 3./5)
	near(t, "P", total.P, 3./4)
	near(t, "F1", total.F1, 6./9)
	near(t, "lost", total.Lost, 2./5)
	near(t, "without", total.Without, 1./3)
	if total.Bad != 1 {
		t.Errorf("bad = %d, want 1", total.Bad)
	}
}

// a b c d e has the shingles abcd, bcde; a b c d e f adds cdef; x a b c d has
// xabc, abcd.
func TestShingle(t *testing.T) {
	p := Shingle.Page(Gold{Text: "a b c d e"}, "a b c d e f")
	near(t, "P", p.P, 2./3)
	near(t, "R", p.R, 1)
	q := Shingle.Page(Gold{Text: "a b c d e"}, "x a b c d")
	near(t, "P", q.P, 1./2)
	near(t, "R", q.R, 1./2)
	total := Shingle.Total([]Page{p, q})
	near(t, "P", total.P, 7./12)
	near(t, "R", total.R, 3./4)
	near(t, "F1", total.F1, 2*(7./12)*(3./4)/(7./12+3./4)) // of the means, not the mean of F1
	near(t, "short", Shingle.Page(Gold{Text: "a b"}, "a b").F1, 1)
	near(t, "short differs", Shingle.Page(Gold{Text: "a b"}, "a b c").F1, 0)
	near(t, "both empty", Shingle.Page(Gold{}, "").F1, 1)
	near(t, "case counts", Shingle.Page(Gold{Text: "A"}, "a").F1, 0)
	near(t, "multiset", Shingle.Page(Gold{Text: "a a a a a"}, "a a a a").R, 1./2)
}

func TestTotal(t *testing.T) {
	pages := []Page{
		Word.Page(Gold{Text: "a b c d"}, "a b"),     // P 1, R .5, F 2/3
		Word.Page(Gold{Text: "a b"}, "a x y z q r"), // P 1/6, R .5, F .25
	}
	pages[0].Type, pages[1].Type = "article", "forum"
	total := Word.Total(pages)
	near(t, "F1", total.F1, (2./3+.25)/2)
	near(t, "lost", total.Lost, 3./6)
	near(t, "extra", total.Extra, 1000*5./8)
	if total.Bad != 1 || total.Pages != 2 {
		t.Errorf("%+v", total)
	}
	by := Word.By(pages, func(p *Page) string { return p.Type })
	near(t, "article", by["article"].F1, 2./3)
	near(t, "forum", by["forum"].F1, .25)
	near(t, "none", Word.Total(nil).F1, 0)
}

func TestBootstrap(t *testing.T) {
	var a, b []Page
	for i := range 100 {
		f := float64(i) / 100
		a = append(a, Page{F1: f})
		b = append(b, Page{F1: f + .1})
	}
	// Mean .495, deviation of the mean .029: the interval is about .44 to .55.
	r := Word.Bootstrap(a, 2000)
	if r.Low < .42 || r.Low > .46 || r.High < .53 || r.High > .57 {
		t.Errorf("interval %+v", r)
	}
	// Every page gained the same, so no resampling changes the difference.
	d := Word.BootstrapDiff(a, b, 200)
	near(t, "low", d.Low, .1)
	near(t, "high", d.High, .1)
	if again := Word.Bootstrap(a, 2000); again != r {
		t.Errorf("%+v, then %+v", r, again)
	}
}
