package piece

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// TestTable: every column has a line in the table, with a name of its own and words
// that can be read.
func TestTable(t *testing.T) {
	if FeatureCount > 256 {
		t.Fatalf("%d features: a node has one byte for them", FeatureCount)
	}
	said, err := phrasesOf(featureTable[:])
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for column, f := range featureTable {
		if f.name == "" || strings.ContainsAny(f.name, " {}") || seen[f.name] {
			t.Errorf("column %d: the name %q is empty, no name or taken", column, f.name)
		}
		seen[f.name] = true
		if err := said[column].Check(strings.Fields("border sign level lean share chance half near beside")); err != nil {
			t.Errorf("%s: %v", f.name, err)
		}
	}
	if len(lexicon.concepts) != maxConcepts {
		t.Errorf("%d concepts, and columns for %d", len(lexicon.concepts), maxConcepts)
	}
	for _, s := range lexicon.words.slots {
		if s.about != noConcept && int(s.about) >= maxConcepts {
			t.Errorf("concept %d has no column", s.about)
		}
	}
	for _, kind := range append(kindOfConcept[:], signalKinds[:]...) {
		if kind != "" && !rules.Known(kind) {
			t.Errorf("%s is no kind", kind)
		}
	}
}

// embedded is the model that is shipped.
func embedded(t testing.TB) *Model {
	t.Helper()
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// read splits and measures a text. Pieces that begin with # are named by a rule, those
// with % by one that needs the right place, and of those with & a part is named.
func read(m *Memory, weights *Weights, text string) []Signal {
	pieces := m.Split(text)
	signals := make([]Signal, len(pieces))
	kinds := append(slices.Clone(signalKinds[:]), "boilerplate")
	n := 0
	for i, p := range pieces {
		level := strings.IndexByte("&%#", text[p.Start]) + 1
		if level > 0 {
			signals[i] = Signal{kinds[n%len(kinds)], uint8(level)}
			n++
		}
	}
	m.Read(weights, signals)
	return signals
}

// tableTexts have together a bit of everything that features tell apart.
func tableTexts() []string {
	quay := "The ferry left the quay at noon, as it has for sixty years, and nobody on the quay waved to it until the fog came in."
	all := []string{wrappable, wrapAt(wrappable, 70, "    "), "x", strings.Join(lexicon.concepts, "\n"), strings.Repeat("fog\n", 50)}
	var words []string
	for _, s := range sections(conceptData) {
		words = append(words, strings.TrimSuffix(s.words[0], "="))
	}
	all = append(all, strings.Join(words, ".\n")+".\n"+strings.Join(words, " "))
	for range 2 {
		all = append(all, strings.Repeat("# Named\n% Maybe\n& Partly\n", 12)+quay+"\n"+strings.Repeat("# Named\n", 12))
	}
	all = append(all, quay+" "+quay+"\n"+quay+"\n\nhome: at 7,5 of 12 (in 2024), a|b|c|d • e / f\nA|B\n(All of it.)\n“So it goes,” \nREAD MORE: FOG\n"+
		"Why? Oh! Oh! No!\nand then…\n- 4711 -\n12 of the Quay and the Ferry\nsee https://harbour.example and ada@harbour.example of\nThe quay at dawn (Photo: AP)\nRelated: Fog | Wind  Rain\n© 2024\n"+quay+
		"\nthe quay The ferry left the quay and nobody on it Who waved\n"+strings.Repeat("Home. News. Sport. ", 20)+"\nOne, two, three: four – five - six; seven.\nA (b) [c] “d” “e” f/g/h\n")
	var kinds strings.Builder
	for range signalKinds {
		kinds.WriteString("# Named\n")
	}
	return append(all, kinds.String()+"# Named\n"+quay)
}

// TestFill: every column of a row is written, with a value its unit has, and some text
// sets it.
func TestFill(t *testing.T) {
	said, err := phrasesOf(featureTable[:])
	if err != nil {
		t.Fatal(err)
	}
	weights := embedded(t).weights
	var values [FeatureCount]map[uint8]bool
	for f := range values {
		values[f] = map[uint8]bool{}
	}
	var m Memory
	for _, text := range tableTexts() {
		read(&m, weights, text)
		for i := range m.Pieces() {
			var rows [2][FeatureCount]uint8
			for k, before := range [2]uint8{0xA5, 0x5A} {
				for f := range rows[k] {
					rows[k][f] = before
				}
				m.Row(&rows[k], i)
			}
			for f, v := range rows[0] {
				if v != rows[1][f] {
					t.Fatalf("%s of piece %d is not written", featureTable[f].name, i)
				}
				if !said[f].Holds(v) {
					t.Fatalf("%s of piece %d is %d, which is no %s", featureTable[f].name, i, v, featureTable[f].unit)
				}
				for _, stays := range []bool{false, true} {
					s := said[f].Say(v, func(unit string, v uint8) string { return say(&said[f], unit, v, stays) })
					if strings.ContainsAny(s, "{}") || strings.Contains(s, "(s)") || strings.Contains(s, "  ") {
						t.Fatalf("%s of %d is %q", featureTable[f].name, v, s)
					}
				}
				values[f][v] = true
			}
		}
	}
	for f, v := range values {
		if len(v) < 2 {
			t.Errorf("%s is always %v", featureTable[f].name, v)
		}
	}
}

// TestFeatures: columns hold what their names say.
func TestFeatures(t *testing.T) {
	quay := "The ferry left the quay at noon, as it has for sixty years, and nobody on the quay waved to it."
	text := "Home | News\n\n" + quay + " Then the fog came in.Share\nWhy nobody waved (Photo: Ada)\n“He said so”\nSEE ALSO: FOG\n# Contact us\n4711 and https://a.example\nHome | News\n" + quay + "\n"
	var m Memory
	read(&m, embedded(t).weights, text)
	at := func(piece, name string) uint8 {
		t.Helper()
		i := slices.IndexFunc(m.Pieces(), func(p Piece) bool { return strings.HasPrefix(text[p.Start:p.End], piece) })
		column := slices.Index(FeatureNames(), name)
		if i < 0 || column < 0 {
			t.Fatalf("no piece %q or no feature %s", piece, name)
		}
		var row [FeatureCount]uint8
		m.Row(&row, i)
		return row[column]
	}
	for _, c := range []struct {
		piece, name string
		want        uint8
	}{
		{"Then", "shape.words", model.Log(2 * 5)},
		{"Then", "shape.chars", model.Log(int32(len("Then the fog came in.")))},
		{"Then", "shape.ends", 1},
		{"Then", "shape.last", signEnd},
		{"Then", "shape.capitals", model.Ratio(1, 5)},
		{"Then", "border.left", uint8(Sentence)},
		{"Then", "border.right", uint8(Seam)},
		{"Then", "border.pieces", 3},
		{"Then", "border.index", 1},
		{"Then", "border.end", 1},
		{"Then", "neighbour.before.prose", 1},
		{"Then", "neighbour.after.ends", 0},
		{"Then", "shape.unique", 63},
		{"Then", "repeat.whole", 0},
		{"The ferry", "repeat.whole", 1},
		{"The ferry", "repeat.number", 0},
		{"The ferry", "repeat.share", 63},
		{"The ferry", "shape.commas", model.Ratio(8*2, 21)},
		{"The ferry", "prose.before", 0},
		{"The ferry", "border.left", uint8(Blank)},
		{"Share", "concept.share", 1},
		{"Share", "concept.ratio", 63},
		{"Share", "concept.all", 1},
		{"Share", "shape.ends", 0},
		{"Share", "shape.last", 0},
		{"Why", "shape.first.small", 0},
		{"(Photo", "shape.bracketed", 1},
		{"(Photo", "shape.credit", 1},
		{"(Photo", "border.left", uint8(Opener)},
		{"“He", "shape.quotes", 2},
		{"“He", "shape.first.sign", 1},
		{"“He", "shape.last", signQuote},
		{"SEE", "shape.capitals.all", 63},
		{"SEE", "shape.small.none", 1},
		{"SEE", "shape.colons", 1},
		{"SEE", "shape.colon.early", 1},
		{"SEE", "shape.opener", 1},
		{"# Contact", "rule.ad", Names},
		{"# Contact", "rule.share", 0},
		{"# Contact", "rule.text", 0},
		{"SEE", "neighbour.after.rule", Names},
		{"SEE", "rule.after", 1},
		{"SEE", "rule.before", 0},
		{"4711", "shape.first.digit", 1},
		{"4711", "shape.addresses", 1},
		{"4711", "shape.numbers", model.Ratio(1, 3)},
		{"4711", "shape.mails", 0},
		{"Home", "place.before", 0},
		{"Home", "prose.before", 1},
		{"Home", "border.left", uint8(Edge)},
		{"Home", "border.right", uint8(Hole)},
		{"Home", "neighbour.before.words", nothing},
		{"Home", "lean.before", nothing},
		{"Home", "concept.last", nothing},
	} {
		if got := at(c.piece, c.name); got != c.want {
			t.Errorf("%s of %q is %d, want %d", c.name, c.piece, got, c.want)
		}
	}
}

func ExampleMemory_Split() {
	text := "The ferry left.Share\nHome | News"
	for _, p := range new(Memory).Split(text) {
		fmt.Printf("%s: %s\n", borderNames[p.Left], text[p.Start:p.End])
	}
	// Output:
	// the edge of the text: The ferry left.
	// a seam of texts that were glued together: Share
	// a line end: Home
	// a gap or a divider: News
}
