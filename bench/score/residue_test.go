package score

import (
	"reflect"
	"strings"
	"testing"
)

func TestWeight(t *testing.T) {
	for in, want := range map[string]float64{
		"":                         0,
		"don't stop half-way":      3,
		"三百年":                      2, // three halves, rounded up
		"東京 is big":                3,
		"naïve nai\u0308ve -- 5.5": 4, // a mark does not end a word, a point does
	} {
		if got := weight(in); got != want {
			t.Errorf("weight(%q) = %v, want %v", in, got, want)
		}
	}
}

// flat is a document with 5+4 gold words and 1+4 residue words outside the
// line to be cut, which has 2 and 3.
func flat() *Flat {
	return &Flat{ID: "d", Page: "news/1", Lines: []Line{
		{Text: "A short but true headline", Label: "title"},
		{Text: "Menu", Label: Drop, Cat: "nav", By: "t"},
		{Text: "The bridge opened last night.", Label: Keep},
		{Text: "Photo: J. Doe Traffic flows", Label: Edit, Runs: []Run{{"Photo: J. Doe", false}, {"Traffic flows", true}}},
		{Text: "Tolls start in May.", Label: Keep},
		{Text: "Read more about bridges", Label: Drop, Cat: "readmore", By: "s"},
	}}
}

func TestResidue(t *testing.T) {
	d := flat()
	for _, tt := range []struct {
		name, out string
		want      Cleanness
	}{
		{"nothing done", d.Input(), Cleanness{Docs: 1, P: 1, LineP: 1, Left: 1000 * 8. / 19, LeftMean: 1000 * 8. / 19, Edits: 1}},
		{"perfect", "The bridge opened last night.\nTraffic flows\n\nTolls start in May.\n",
			Cleanness{Docs: 1, P: 1, R: 1, F1: 1, LineP: 1, LineR: 1, LineF1: 1, Clean: 1, Edits: 1, EditsGood: 1}},
		{"one lost, one left, lines joined", "Menu\nThe bridge opened last night. Traffic flows",
			Cleanness{Docs: 1, P: 7. / 11, R: 7. / 8, F1: 2 * (7. / 11) * (7. / 8) / (7./11 + 7./8), LineP: .5, LineR: .5, LineF1: .5,
				Lost: 4. / 11, LostMean: 4. / 11, Left: 1000 * 1. / 8, LeftMean: 1000 * 1. / 8, Damaged: 1, Edits: 1, EditsGood: 1}},
	} {
		p := d.Score(tt.out)
		got := p.Full.Score()
		g, w := reflect.ValueOf(got), reflect.ValueOf(tt.want)
		for i := range g.NumField() {
			if g.Field(i).CanFloat() {
				near(t, tt.name+": "+g.Type().Field(i).Name, g.Field(i).Float(), w.Field(i).Float())
			} else if g.Field(i).Int() != w.Field(i).Int() {
				t.Errorf("%s: %s = %d, want %d", tt.name, g.Type().Field(i).Name, g.Field(i).Int(), w.Field(i).Int())
			}
		}
	}
}

func TestDoubtful(t *testing.T) {
	d := flat()
	d.Page = "wcxb/1"
	p := d.Score(d.Input())
	// The cut and the line known by its shape only do not count in the core.
	if p.Core.Left != 1 || p.Core.Edits != 0 || p.Full.Left != 8 || p.Full.Edits != 1 {
		t.Errorf("core %+v, full %+v", p.Core, p.Full)
	}
	if c := p.Cats["readmore"]; c.Left != 4 || c.LinesLeft != 1 {
		t.Errorf("readmore: %+v", c)
	}
}

func TestPartOfALine(t *testing.T) {
	long := "The council voted on Tuesday evening to close the old swimming pool for good"
	d := &Flat{Lines: []Line{{Text: long, Label: Keep}}}
	words := strings.Fields(long)
	half := strings.Join(words[:7], " ") // 33 of 62 letters
	kept := d.kept(half)[0][0]
	near(t, "share", kept, float64(len(letters(half)))/float64(len(letters(long))))
	near(t, "too short for a sequence", d.kept("The council")[0][0], 0)
	d.Lines[0].Text = "Only a few words"
	near(t, "a short line is there whole or not", d.kept("Only a few")[0][0], 0)
	near(t, "split in two", d.kept("Only a\nfew words")[0][0], 1)
}

func TestMatchLines(t *testing.T) {
	in := []string{"a", "b", "", "c", "b", "d", "e"}
	out := []string{"a", "c", "b", "x", "e"}
	if got, want := matchLines(in, out), []int{0, -1, -1, 1, 2, -1, 4}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := matchLines(in, nil); got[0] != -1 || len(got) != len(in) {
		t.Errorf("%v", got)
	}
}

func TestFates(t *testing.T) {
	d := flat()
	var marks []string
	for _, f := range d.Fates("Menu\nThe bridge opened last night.\nTraffic flows") {
		marks = append(marks, f.Mark)
	}
	if want := []string{"~", "LEFT", "+", "-", "+", "LOST", "-"}; !reflect.DeepEqual(marks, want) {
		t.Errorf("%q, want %q", marks, want)
	}
}
