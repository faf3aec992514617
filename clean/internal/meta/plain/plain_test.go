package plain

import (
	"strings"
	"testing"
	"time"
)

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"":                                "",
		" a \n\tb\u00a0c ":                "a b c",
		"so\u00adft\u200b":                "soft",
		"R&amp;amp;D &#8211; now":         "R&D – now",
		"<p>One.</p><p>Two</p>":           "One. Two",
		"a<b>c</b>":                       "ac",
		"1 < 2 and 3 <4":                  "1 < 2 and 3 <4",
		"torn <a href=x":                  "torn <a href=x",
		"a <b> and <i":                    "a and <i",
		"<":                               "<",
		"x<!-- no --><br/>y":              "x y",
		"\u202aleft to right\u202c\ufeff": "left to right",
	} {
		if got := Line(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		if got := Squeeze(want); got != want {
			t.Errorf("%q squeezed again: %q", want, got)
		}
		if Blank(want) != (want == "") {
			t.Errorf("%q: blank is %v", want, Blank(want))
		}
	}
}

// TestTextIsLinear: tags that never end are looked for once.
func TestTextIsLinear(t *testing.T) {
	in := strings.Repeat("<a", 1<<20)
	start := time.Now()
	if Text(in) != in {
		t.Error("changed")
	}
	if took := time.Since(start); took > 5*time.Second { // with a search for each: two minutes
		t.Error(took)
	}
}

func TestSqueezeAll(t *testing.T) {
	if got := SqueezeAll([]string{" a", "b ", "\n", "c"}, 10); got != "ab c" {
		t.Errorf("%q", got)
	}
	for _, pieces := range [][]string{{strings.Repeat("ab ", 100)}, {strings.Repeat("ab ", 50), strings.Repeat("c", 50)}} {
		whole := Squeeze(strings.Join(pieces, ""))
		if got := SqueezeAll(pieces, 20); len(got) <= 20 || !strings.HasPrefix(whole, strings.TrimSpace(got)) {
			t.Errorf("%q of %q", got, whole)
		}
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, fold, glue string }{
		{"", "", ""},
		{"  --  ", "", ""},
		{"Don't stop, ÅSA!", "dont stop åsa", "dontstopåsa"},
		{"it’s 5 o’clock", "its 5 oclock", "its5oclock"},
		{"abc", "abc", "abc"},
		{"The-Daily  Rain", "the daily rain", "thedailyrain"},
		{"हिन्दी दिन", "हिन्दी दिन", "हिन्दीदिन"},
	} {
		if got := Fold(c.in); got != c.fold || !FoldsTo(c.in, got) || Fold(got) != got {
			t.Errorf("%q: %q, want %q", c.in, got, c.fold)
		}
		if got := Glue(c.in); got != c.glue {
			t.Errorf("%q: %q, want %q", c.in, got, c.glue)
		}
	}
}

func TestHead(t *testing.T) {
	for _, c := range []struct {
		in   string
		max  int
		want string
	}{{"abc", 3, "abc"}, {"abc", 2, "ab"}, {"äöü", 3, "ä"}, {"äöü", 1, ""}, {"a", 0, ""}} {
		if got := Head(c.in, c.max); got != c.want {
			t.Errorf("%d of %q: %q", c.max, c.in, got)
		}
	}
}

func TestLists(t *testing.T) {
	got := Lists("# words\n[a]\nx\n y \n\n[b c]\n# none\nz\n[a]\nw\n")
	if len(got) != 2 || strings.Join(got["a"], "|") != "x|y|w" || strings.Join(got["b c"], "|") != "z" {
		t.Errorf("%q", got)
	}
}
