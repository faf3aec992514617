package line

import (
	"strings"
	"testing"
)

// gluedPage is a page whose texts lost all that parted them.
func gluedPage() string {
	return "HomeNewsSportSign inSubscribe" + "The ferry that came early" + strings.Repeat("The ferry left at noon, as it has for sixty years, and nobody on the quay waved.", 2) +
		"Advertisement" + strings.Repeat("Then the fog came in, and the captain of the ferry asked for a second cup of tea on YouTube.", 6) +
		"Sign up for our newsletterMost readTwo bridges, one riverContact usPrivacy policyAll rights reserved"
}

// joinedPage is a page whose texts were joined by spaces.
const joinedPage = "Valley Post Local News Business Sport Contact Us Sign In Subscribe " +
	"The boat came early. It smelled of diesel, as Dr. Maud Perrin says, and of wet paper from the 9. March. Advertisement " +
	"Nobody minds in a place where books are as rare as New York papers. Advertisement Advertisement 12 May 2022 " +
	"She has 40 of them <b>and more</b> on board. <img src=\"boat.png\"> The boat has two. About Us Terms of Use Privacy Policy Cookie Policy"

// holds checks what is left of a text, and that cleaning it again changes nothing.
func holds(t *testing.T, text string, stays, goes []string) (out string) {
	t.Helper()
	m, set := embedded(t), builtin(t)
	_, out = runWith(m, set, text)
	for _, s := range goes {
		if strings.Contains(out, s) {
			t.Errorf("%q is left in\n%s", s, out)
		}
	}
	for _, s := range stays {
		if !strings.Contains(out, s) {
			t.Errorf("%q is not in\n%s", s, out)
		}
	}
	if _, again := runWith(m, set, out); again != out {
		t.Errorf("twice:\n%s\nonce:\n%s", again, out)
	}
	return out
}

// Pieces of a page on one line are lines that go on where the one before ends, and
// joined they are the line again.
func TestGlued(t *testing.T) {
	page := gluedPage()
	lines := Split(page+"\n\n"+"A short oneWith a seam.Or two", nil)
	n := len(lines)
	if n < 20 || lines[0].Glued || !lines[1].Glued || !lines[n-1].Glued || lines[n-1].Blank != 0 || lines[n-3].Glued || lines[n-3].Blank != 1 {
		t.Fatalf("%d lines: %+v", n, lines)
	}
	if got := join(lines); got != page+"\n\nA short oneWith a seam.Or two\n" {
		t.Errorf("not joined as it was: %q", got)
	}
}

// Residue of a page that was glued together goes; what was one paragraph stays one,
// and what is clean stays as it was.
func TestCleanGlued(t *testing.T) {
	holds(t, gluedPage(), []string{"The ferry left at noon, as it has for sixty years, and nobody on the quay waved.\n", "on YouTube."},
		[]string{"Home", "Subscribe", "Advertisement", "newsletter", "Most read", "rights"})
	clean := "The council met late.“We will pay,” said the mayor.Then it rained." + strings.Repeat(" The ferry left at noon, as it has for sixty years.", 14)
	if _, out := runWith(embedded(t), builtin(t), clean); out != clean+"\n" {
		t.Errorf("clean text came out as\n%s", out)
	}
}

// The same of texts that white space parts as wide as the markup had it.
func TestCleanWide(t *testing.T) {
	prose := []string{"The ferry left at noon, as it has for sixty years, and nobody on the quay waved.",
		"Then the fog came in, and the captain of the ferry asked for a second cup of tea. His mate had drunk it.",
		"“We had planned for wind,” said the mate, who has kept the log since 1984. “Nobody plans for fog.”",
		"The harbour office will now buy a second lamp, which the islands have asked for since the winter of the long ice."}
	text := "Home|News|Sport|Sign in|Subscribe|" + prose[0] + "|Advertisement|" + prose[1] + "|" + prose[2] + "|" + prose[3] +
		"|Sign up for our newsletter|Most read|Contact us|Privacy policy|All rights reserved|Terms of use|Cookie policy"
	holds(t, strings.ReplaceAll(text, "|", "    "), prose, []string{"Home", "Sign in", "Advertisement", "newsletter", "Most read", "Privacy", "Cookie"})
}

// A page joined by spaces is cleaned, and its sentences stay on their lines.
func TestCleanSpaced(t *testing.T) {
	text := strings.Replace(joinedPage, "She has 40", strings.Repeat("The books that the boat brings are read by the lamps of the nine villages on the shore. ", 8)+"She has 40", 1)
	holds(t, text, []string{"The boat came early. It smelled", "on the shore. She has 40 of them"}, []string{"Contact", "Terms", "Cookie"})
}

// What is residue goes alike however the text was wrapped, and what stays keeps its
// line breaks.
func TestCleanWrapped(t *testing.T) {
	text := "The council of the small town met on Monday evening to talk about the\n" +
		"old bridge, which has been closed since the flood in spring, and to\n" +
		"hear what the engineers had found when they came to look at it.\n" +
		"\n" +
		"Nobody had expected good news, but the report was worse than feared:\n" +
		"both piers stand on gravel that the river has been washing away for\n" +
		"years. The county will have to pay, and the county has no money left.\n"
	holds(t, text+"\nSign up for our newsletter\n\nAll rights reserved\n", []string{text}, []string{"newsletter", "rights"})
}
