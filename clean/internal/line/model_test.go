package line

import (
	"slices"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// prose is an invented article of ten paragraphs.
var prose = strings.Split(strings.TrimSpace(strings.Repeat(
	"The council of the small town met on Monday evening to talk about the old bridge, which has been closed since the flood in spring.\n"+
		"Nobody had expected good news, but the report that the engineers read out to the members was worse than most of them had feared.\n", 5)), "\n")

// TestRows: every byte of a row has its name, and none is left out.
func TestRows(t *testing.T) {
	names := FeatureNames()
	if len(names) != FeatureCount || FeatureCount > 255 {
		t.Fatalf("%d names for %d features", len(names), FeatureCount)
	}
	if slices.Sort(names); len(slices.Compact(names)) != FeatureCount {
		t.Error("two features have the same name")
	}
	for _, text := range append(fuzzSeeds, "a", "残り", "...\n...\n") {
		lines := Split(text, builtin(t))
		if rows := Rows(lines, builtin(t), embedded(t).odds); len(rows) < len(lines)*FeatureCount+255 {
			t.Errorf("%d bytes for %d lines", len(rows), len(lines))
		}
	}
}

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

func TestOdds(t *testing.T) {
	keys, weights := []uint32{1, 77, 1 << 24, 1<<24 + 5, 1<<32 - 1}, []int8{5, -100, 100, 0, -1}
	packed := model.PackOdds(keys, weights)
	o, err := model.LoadOdds(packed)
	if err != nil {
		t.Fatal(err)
	}
	for i, k := range keys {
		if v, ok := o.Find(k); !ok || v != int32(weights[i]) {
			t.Errorf("%d: %d %t, want %d", k, v, ok, weights[i])
		}
	}
	if _, ok := o.Find(78); ok {
		t.Error("found what is not there")
	}
	for n := range len(packed) {
		if _, err := model.LoadOdds(packed[:n]); err == nil {
			t.Fatalf("read %d bytes of %d", n, len(packed))
		}
	}
}

// TestModelRefused: a model for other features is an error, not nonsense.
func TestModelRefused(t *testing.T) {
	if _, err := NewModel(modelData[:100], oddsData); err == nil {
		t.Error("took a part of a model")
	}
	if _, err := NewModel(modelData, nil); err == nil {
		t.Error("took a model without its words")
	}
	other := []byte(strings.Replace(string(modelData), `"shape.0"`, `"other.0"`, 1))
	if _, err := NewModel(other, oddsData); err == nil {
		t.Error("took a model of other features")
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

// A headline behind the last paragraph is another piece's, unless the text has
// headings that look like it.
func TestTrailing(t *testing.T) {
	paragraph := "The ferry left at noon, as it has for sixty years, and nobody on the quay waved until the fog came in.\n"
	const heading = "Two Bridges Over One River\n"
	for before, stays := range map[string]bool{"": false, "How The Ferry Was Built\n": true, "How the ferry was built\n": false, "The Ferry\n": false} {
		text := "The Ferry That Came Early\n" + paragraph + before + strings.ReplaceAll(paragraph, "noon", "one") + strings.ReplaceAll(paragraph, "noon", "dawn") + strings.ReplaceAll(paragraph, "noon", "night") + heading
		if _, out := runWith(embedded(t), builtin(t), text); strings.HasSuffix(out, heading) != stays {
			t.Errorf("%q: the heading stays %v:\n%s", before, !stays, out)
		}
	}
}
