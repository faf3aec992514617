package line

import (
	"slices"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// prose is an invented article of ten paragraphs.
var prose = strings.Split(strings.TrimSpace(strings.Repeat(
	"The council of the small town met on Monday evening to talk about the old bridge, which has been closed since the flood in spring.\n"+
		"Nobody had expected good news, but the report that the engineers read out to the members was worse than most of them had feared.\n", 5)), "\n")

// TestModel: what no rule names goes for its place in a text full of residue.
func TestModel(t *testing.T) {
	menu := []string{"Skip to content", "Home", "World", "Politics", "Business", "Culture", "Sport", "Travel", "Subscribe", "Log in", "Share", "Tweet", "Advertisement"}
	more := []string{"Related articles", "Ducks refuse to leave the car park", "Mayor loses hat on windy quay", "Ten bridges worth a detour",
		"Most read", "Who painted the lighthouse?", "Two trains, one platform", "Privacy Policy", "Terms of Use", "Contact us", "All rights reserved"}
	text := strings.Join(slices.Concat(menu, prose, more), "\n")
	lines, out := runWith(embedded(t), builtin(t), text)
	if want := strings.Join(prose, "\n") + "\n"; out != want {
		t.Errorf("left:\n%s", out)
	}
	byModel := 0
	for i := range lines {
		for _, c := range lines[i].Cuts {
			if c.Rule == "model" {
				byModel++
				if c.P <= 0 || c.P >= 1 || !rules.Known(c.Kind) {
					t.Errorf("%q: kind %q, P %v", lines[i].Text, c.Kind, c.P)
				}
			}
		}
	}
	if byModel == 0 {
		t.Error("the model decided nothing")
	}
}

// TestCleanText: in a text without residue neither the model nor ordinary words
// take anything away.
func TestCleanText(t *testing.T) {
	table := []string{"Rank", "City", "Bridges", "1", "Venlo", "12", "2", "Ghent", "9", "3", "Lucca", "7"}
	list := []string{"- Oak beams", "- Iron bolts", "- Gravel", "- Rope"}
	text := strings.Join(slices.Concat(prose[:5], table, prose[5:], list), "\n") + "\n"
	if _, out := runWith(embedded(t), builtin(t), text); out != text {
		t.Errorf("changed to:\n%s", out)
	}
}

// A text in a language whose function words are not known has no line that
// counts as prose; its long passages stand for it, and stay.
func TestPassages(t *testing.T) {
	passage := strings.TrimSpace(strings.Repeat("Navis ante meridiem portum reliquit nemine salutante. Nebula deinde mare texit usque ad vesperum. ", 4))
	menu := "Home\nNews\nSport\nSign in\nSubscribe\nShare\nFacebook\nTwitter\nWhatsApp\n"
	tail := "Read more: Navis antiqua\nSign up for our newsletter\nMost read\nPons novus\nContact us\nPrivacy policy\nAll rights reserved\n"
	if _, out := runWith(embedded(t), builtin(t), menu+passage+"\n"+tail); out != passage+"\n" {
		t.Errorf("came out as\n%s", out)
	}
}

// Reasons are given when they are asked for, and change nothing: each piece that stays
// or goes by the model has its own, a rule that the model overrules is named.
func TestExplaining(t *testing.T) {
	plain, set := embedded(t), builtin(t)
	explaining, err := plain.Explaining()
	if err != nil {
		t.Fatal(err)
	}
	judged, overruled, unasked := 0, 0, 0
	for _, text := range append(inputs(), overruledText, tableText) {
		silent, want := runWith(plain, set, text)
		for i := range silent {
			if silent[i].Why != nil {
				t.Fatalf("%q has reasons that nobody asked for", silent[i].Text)
			}
		}
		lines, got := runWith(explaining, set, text)
		if got != want {
			t.Errorf("came out as\n%s\nwithout reasons\n%s", got, want)
		}
		for i := range lines {
			l := &lines[i]
			for _, c := range l.Cuts {
				if c.Rule == byModel && (c.Why == nil || c.Why.P != c.P || c.P >= c.Why.Threshold || len(c.Why.Reasons) == 0) {
					t.Errorf("%q of %q goes with %+v", l.Text[c.Start:c.End], l.Text, c.Why)
				}
			}
			w := l.Why
			if w == nil || l.Dropped() {
				continue
			}
			judged++
			switch {
			case w.Rule != "":
				overruled++
			case w.Unasked:
				unasked++
			}
			if len(l.Cuts) == 0 && max(w.P, unaskedThreshold) < w.Threshold {
				t.Errorf("%q stays with %+v", l.Text, w)
			}
			for k, r := range w.Reasons {
				if r.Weight <= 0 || k > 0 && r.Weight > w.Reasons[k-1].Weight || r.Text == "" {
					t.Errorf("%q stays by %+v", l.Text, w.Reasons)
				}
			}
		}
	}
	if judged == 0 || overruled == 0 || unasked == 0 {
		t.Errorf("%d judged, of which %d against a rule, %d not asked", judged, overruled, unasked)
	}
}

// overruledText has a second copy of a line in the place of a refrain.
var overruledText = strings.Repeat(prose[0]+"\n", 2) + prose[1] + "\n"

// tableText has rows that look like residue.
var tableText = prose[0] + "\n\n|Page|Link|\n|Home|Share|\n|Sign in|Subscribe|\n|Contact us|Privacy policy|\n\n" + prose[1] + "\n"

// TestSparse: a text is sparse up to three pieces that rules drop or the model suspects.
func TestSparse(t *testing.T) {
	m := Memory{model: &Model{}}
	lines := make([]Line, 6)
	odds := []float32{-1, .1, -.1, 2, .5, -4}
	if !m.isSparse(lines, odds) {
		t.Error("three suspects of six are many")
	}
	lines[1].state = dropped // by a rule, and suspected: one piece
	if !m.isSparse(lines, odds) {
		t.Error("a suspect that a rule drops counts twice")
	}
	lines[0].state = dropped
	if m.isSparse(lines, odds) {
		t.Error("what rules drop does not count")
	}
}
