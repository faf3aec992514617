package line

import (
	"slices"
	"strings"
	"testing"
)

func TestSeams(t *testing.T) {
	for _, want := range []string{
		"Gear Team|Gear|Apr 28, 2024 10:00 AM|The Best Tents|Whether you climb.",
		"the last of the camping expedition.|We tested them|„Wie gut“, sagt sie.",
		"He said so.”|The minister left.",
		"He left (as ever).|(Photo: a friend)|Then it rained (A lot)(B) and f(X).",
		"„Der Preis fällt.“|Damit ist es nicht getan, „denn“ es",
		"as of 2024|Table of contents (see below)|The first one",
		"Who posts on YouTube and GitHub with an iPhone or a MacBook, McDonald's, e.g. St.Gallen, the U.S.A. and PCs",
		"the FooBar and FooBar or FooBar",
		"see node.JS and www.example.Com, COVID19",
		"Écoutez|Écrit hier|Élan «Zut»",
		"News|  Sport| \t Sign in. He left.  She stayed.|   Then fog came, (here.)  And there  ",
		"read it<img alt=\"Der RoteFaden imText\">Photo by hand",
	} {
		for shift := range 9 { // bytes are looked at in eights
			want := strings.Repeat("a", shift) + " " + want
			text := strings.ReplaceAll(want, "|", "")
			var got []string
			from := 0
			for _, at := range append(seams(text), len(text)) {
				got = append(got, text[from:at])
				from = at
			}
			if g := strings.Join(got, "|"); g != want {
				t.Errorf("%s\nwant %s", g, want)
			}
		}
	}
}

const gluedMenu = "HomeNewsSportSign inSubscribe"

func gluedPage() string {
	return gluedMenu + "The ferry that came early" + strings.Repeat("The ferry left at noon, as it has for sixty years, and nobody on the quay waved.", 2) +
		"Advertisement" + strings.Repeat("Then the fog came in, and the captain of the ferry asked for a second cup of tea on YouTube.", 6) +
		"Sign up for our newsletterMost readTwo bridges, one riverContact usPrivacy policyAll rights reserved"
}

// A page on one line is judged in pieces, and only as far as it is one.
func TestUnglue(t *testing.T) {
	page := gluedPage()
	lines := Split(page+"\n\n"+"A short oneWith a seam.Or two", nil)
	if n := len(lines); n < 15 || lines[0].Glued || !lines[1].Glued || lines[n-1].Glued || lines[n-1].Blank != 1 {
		t.Fatalf("%d lines: %+v", n, lines)
	}
	if got := Join(lines); got != page+"\n\nA short oneWith a seam.Or two\n" {
		t.Errorf("not joined as it was: %q", got)
	}
	for name, text := range map[string]string{
		"short":      "HomeNewsSportThe end",
		"few seams":  strings.Repeat("the ferry left at noon ", 40) + "theEnd",
		"all seams":  strings.Repeat("abCd", 400),
		"very long":  strings.Repeat(page, maxLineBytes/len(page)+1),
		"much prose": strings.Repeat("He left at noon. She did not. ", 60),
	} {
		if got := Split(text, nil); len(got) != 1 {
			t.Errorf("%s: %d lines", name, len(got))
		}
	}
}

// Residue of a page on one line goes; what was one paragraph stays one, and
// what is clean stays as it was.
func TestCleanGlued(t *testing.T) {
	m, set := embedded(t), builtin(t)
	_, out := runWith(m, set, gluedPage())
	for _, gone := range []string{"Home", "Subscribe", "Advertisement", "newsletter", "Most read", "rights"} {
		if strings.Contains(out, gone) {
			t.Errorf("%q is left of it:\n%s", gone, out)
		}
	}
	if got := strings.Split(strings.TrimSpace(out), "\n"); !slices.Contains(got, "The ferry left at noon, as it has for sixty years, and nobody on the quay waved.") {
		t.Errorf("not apart:\n%s", out)
	}
	if n := strings.Count(out, "on YouTube.\n"); n == 0 {
		t.Errorf("a name was cut:\n%s", out)
	}
	if _, again := runWith(m, set, out); again != out {
		t.Errorf("twice:\n%s\nonce:\n%s", again, out)
	}
	spaced := strings.ReplaceAll("Home|News|Sport|Sign in|Subscribe|The ferry left at noon, as it has for sixty years, and nobody on the quay waved.|Advertisement|"+
		"Then the fog came in, and the captain of the ferry asked for a second cup of tea. His mate had drunk it.|"+
		"“We had planned for wind,” said the mate, who has kept the log since 1984. “Nobody plans for fog.”|"+
		"The harbour office will now buy a second lamp, which the islands have asked for since the winter of the long ice.|"+
		"Sign up for our newsletter|Most read|Two bridges, one river|Contact us|Privacy policy|All rights reserved|Terms of use|Cookie policy", "|", "    ")
	want := "The ferry left at noon, as it has for sixty years, and nobody on the quay waved.\n" +
		"Then the fog came in, and the captain of the ferry asked for a second cup of tea. His mate had drunk it.\n" +
		"“We had planned for wind,” said the mate, who has kept the log since 1984. “Nobody plans for fog.”\n" +
		"The harbour office will now buy a second lamp, which the islands have asked for since the winter of the long ice.\n"
	if _, out := runWith(m, set, spaced); out != want {
		t.Errorf("parted by spaces: came out as\n%s", out)
	}
	clean := "The council met late.“We will pay,” said the mayor.Then it rained." + strings.Repeat(" The ferry left at noon, as it has for sixty years.", 14)
	if _, out := runWith(m, set, clean); out != clean+"\n" {
		t.Errorf("clean text came out as\n%s", out)
	}
}
