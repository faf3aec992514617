package score

import (
	"errors"
	"reflect"
	"testing"
)

// labelled is an invented text with five words of residue in two stretches, both
// inside of a line, and one word that is optional. The second begins within a word.
func labelled() *Labelled {
	text := "OSLO The ferry is late. Read more: Ferries It leaves\u00a0soon.\nHe saidShare this\n"
	at := func(from, to int, kind string) Span { return Span{from, to, kind} }
	return &Labelled{Text: []rune(text), Optional: []Span{at(0, 4, "")}, Residue: []Span{at(24, 42, "readmore"), at(66, 76, "share")}}
}

func TestRemoval(t *testing.T) {
	keep, drop := func(s string) Piece { return Piece{Text: s, Kept: true} }, func(s string) Piece { return Piece{Text: s} }
	readmore, share := Removal{Residue: 3, Spans: 1, Glued: 1}, Removal{Residue: 2, Spans: 1, Glued: 1}
	for _, tt := range []struct {
		name   string
		pieces []Piece
		want   Removal
		kinds  map[string]Removal
	}{
		{"nothing done", []Piece{keep(string(labelled().Text))},
			Removal{Docs: 1, Dirty: 1, Residue: 5, Article: 9, Spans: 2, Glued: 2},
			map[string]Removal{"readmore": readmore, "share": share}},
		{"perfect", []Piece{keep("OSLO The ferry is late."), drop("Read more: Ferries"), keep("It leaves soon."), keep("He said"), drop("Share this")},
			Removal{Docs: 1, Dirty: 1, Clean: 1, Complete: 1, Residue: 5, Found: 5, Article: 9, Spans: 2, Exact: 2, Glued: 2, GluedExact: 2},
			map[string]Removal{
				"readmore": {Residue: 3, Found: 3, Spans: 1, Exact: 1, Glued: 1, GluedExact: 1},
				"share":    {Residue: 2, Found: 2, Spans: 1, Exact: 1, Glued: 1, GluedExact: 1},
			}},
		// The optional word counts nowhere; half a word that is gone is none.
		{"cut wrongly", []Piece{drop("OSLO"), keep("The ferry is"), drop("late. Read more: Ferr"), keep("ies It leaves soon. He"), drop("said"), drop("Sh"), keep("are this")},
			Removal{Docs: 1, Dirty: 1, Damaged: 1, Residue: 5, Found: 3, Article: 9, Lost: 2, Spans: 2, Glued: 2},
			map[string]Removal{"readmore": {Residue: 3, Found: 3, Spans: 1, Glued: 1}, "share": share}},
		{"too much beside an exact cut", []Piece{keep("OSLO The ferry is late"), drop(". Read more: Ferries"), keep("It leaves soon. He said Share this")},
			Removal{Docs: 1, Dirty: 1, Residue: 5, Found: 3, Article: 9, Spans: 2, Glued: 2},
			map[string]Removal{"readmore": {Residue: 3, Found: 3, Spans: 1, Glued: 1}, "share": share}},
	} {
		got, kinds, err := labelled().Score(tt.pieces)
		if err != nil || got != tt.want {
			t.Errorf("%s: %+v, %v\nwant %+v", tt.name, got, err, tt.want)
		}
		if !reflect.DeepEqual(kinds, tt.kinds) {
			t.Errorf("%s: %+v\nwant %+v", tt.name, kinds, tt.kinds)
		}
	}
	if _, _, err := labelled().Score(nil); !errors.Is(err, ErrNoPieces) {
		t.Errorf("without pieces: %v", err)
	}
}

func TestRemovalShares(t *testing.T) {
	r := Removal{Docs: 4, Clean: 1, Residue: 10, Found: 5, Article: 100, Lost: 5}
	near(t, "recall", r.Recall(), .5)
	near(t, "F1", r.F1(), .5)
	near(t, "lost", r.LostShare(), .05)
	near(t, "clean", r.Of(r.Clean), .25)
}

// TestFlatLabelled: a document of lines scores alike as one text, where words stand in
// for lines.
func TestFlatLabelled(t *testing.T) {
	l := flat().Labelled()
	var residue, optional []string
	for _, s := range l.Residue {
		residue = append(residue, s.Kind+": "+string(l.Text[s.Start:s.End]))
	}
	for _, s := range l.Optional {
		optional = append(optional, string(l.Text[s.Start:s.End]))
	}
	if want := []string{"nav: Menu", ": Photo: J. Doe", "readmore: Read more about bridges"}; !reflect.DeepEqual(residue, want) {
		t.Errorf("residue %q, want %q", residue, want)
	}
	if want := []string{"A short but true headline", " "}; !reflect.DeepEqual(optional, want) {
		t.Errorf("optional %q, want %q", optional, want)
	}
	d := flat()
	d.Page = "wcxb/1" // there cuts and shapes are doubtful
	if l := d.Labelled(); len(l.Residue) != 1 || len(l.Optional) != 3 {
		t.Errorf("doubtful labels: residue %v, optional %v", l.Residue, l.Optional)
	}
}
