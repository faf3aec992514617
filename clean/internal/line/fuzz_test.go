package line

import (
	"strings"
	"testing"
	"unicode"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

var fuzzSeeds = []string{
	"",
	"\n\n",
	benchText,
	gluedPage(),
	joinedPage + joinedPage,
	"Home\r\nNews\r\n\r\nThe minister resigned on Monday.\r\nShareTweetPin\r\n",
	"Screen Shot 2015-09-18 at 8.56.14 AMIs it possible to say what will happen next?\n",
	"icon closeicon searchicon mailicon upicon downicon playThe minister said so.\n",
	"The minister said so (opens in a new tab) on Monday.AdvertisementHis deputy took over.\n",
	"残り 1204 文字\n大臣が辞任した。関連記事\nシェアする\n",
	"a\u00ad\u200d\u200b\ufeff b\u2028c \xff\xfe\x00 d",
	"a\u200e\u200f\u200e\u200f\u200e\u200f b\x01 \U000E0041\U000E0042 c\u2066 d\u180e <p>e</p>\n",
	"READ MORE: Ten bridges\n\nREAD MORE: Ten bridges\n",
	"Copyright 2015 Copyright 2015 Copyright 2015",
}

// squeeze leaves what cleaning may not change: no white space, nothing
// invisible.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || chars.Invisible(r) || r == 0x200C || r == 0x200D {
			return -1
		}
		return r
	}, s)
}

// FuzzSubsequence: the output is the input with pieces taken out, and the cuts
// lie within their lines, in order.
func FuzzSubsequence(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add(s)
	}
	set := builtin(f)
	f.Fuzz(func(t *testing.T, text string) {
		m := embedded(t)
		lines, out := runWith(m, set, text)
		in := squeeze(strings.ToValidUTF8(text, "\uFFFD"))
		for _, r := range squeeze(out) {
			at := strings.IndexRune(in, r)
			if at < 0 {
				t.Fatalf("%q is not in the input at its place\nin  %q\nout %q", r, text, out)
			}
			in = in[at+len(string(r)):]
		}
		for i := range lines {
			at := 0
			for _, c := range lines[i].Cuts {
				if c.Start < at || c.End < c.Start || c.End > len(lines[i].Text) || c.Rule == "" || c.Kind == "" || c.Step == "" {
					t.Fatalf("cut %+v of %q after %d", c, lines[i].Text, at)
				}
				at = c.End
			}
		}
		if out != "" && !strings.HasSuffix(out, "\n") || strings.HasSuffix(out, "\n\n") || strings.Contains(out, "\n\n\n") {
			t.Fatalf("line ends: %q", out)
		}
		if _, again := runWith(m, set, text); again != out {
			t.Fatalf("two runs differ:\n%q\n%q", out, again)
		}
		// What is known of a text's characters only spares looking at them.
		var mem Memory
		unknown := mem.Split(text, set)
		for i := range unknown {
			unknown[i].traits = 0
		}
		mem.Clean(m, unknown, set, "")
		if again := mem.Join(unknown); again != out {
			t.Fatalf("without traits:\n%q\n%q", out, again)
		}
	})
}

// FuzzIdempotent: cleaning what is clean changes nothing, by rules alone and
// with the model.
func FuzzIdempotent(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add(s)
	}
	set := builtin(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, m := range []*Model{nil, embedded(t)} {
			_, once := runWith(m, set, text)
			if _, twice := runWith(m, set, once); twice != once {
				t.Fatalf("model %t\nin    %q\nonce  %q\ntwice %q", m != nil, text, once, twice)
			}
		}
	})
}
