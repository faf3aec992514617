package plain

import (
	"strings"
	"testing"
	"time"

	"github.com/winnowtext/winnow/clean/internal/chars"
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
		if got := chars.Squeeze(want); got != want {
			t.Errorf("%q squeezed again: %q", want, got)
		}
		if chars.Blank(want) != (want == "") {
			t.Errorf("%q: blank is %v", want, chars.Blank(want))
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

func TestLists(t *testing.T) {
	got := Lists("# words\n[a]\nx\n y \n\n[b c]\n# none\nz\n[a]\nw\n")
	if len(got) != 2 || strings.Join(got["a"], "|") != "x|y|w" || strings.Join(got["b c"], "|") != "z" {
		t.Errorf("%q", got)
	}
}
