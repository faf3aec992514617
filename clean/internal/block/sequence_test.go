package block

import (
	"strings"
	"testing"
)

// ferry is a paragraph that the first model takes for content among its like.
const ferry = "<p>The ferry left at noon, as it has for sixty years, and nobody on the quay waved. Then the fog came in.</p>"

func sequencePage(t *testing.T) (*Doc, []uint8) {
	t.Helper()
	d := segment(t, `<ul><li><a href="/a">Home</a><li><a href="/b">Harbour</a></ul><article>`+strings.Repeat(ferry, 6)+
		`</article><ul><li><a href="/c">Imprint</a><li><a href="/d">Contact</a></ul>`)
	Measure(d, Hints{})
	c, err := LoadClassifier()
	if err != nil {
		t.Fatal(err)
	}
	return d, SequenceRows(d, c.First)
}

func TestSequenceRows(t *testing.T) {
	d, rows := sequencePage(t)
	if n := len(d.Blocks); n != 10 || len(rows) != n*SequenceCount {
		t.Fatalf("%d bytes for %d blocks", len(rows), n)
	}
	row := func(i int) []uint8 { return rows[i*SequenceCount:][:SequenceCount] }
	for i := range d.Blocks {
		r := row(i)
		inside := i >= 2 && i < 8
		if inside != (r[selfOdds] > 128) {
			t.Errorf("block %d: odds %d", i, r[0])
		}
		if at := r[atBeside]; (at == 0) != (i == 0) {
			t.Errorf("block %d: the block before is %d", i, at)
		}
		if at := r[atBeside+1]; (at == 0) != (i == 9) {
			t.Errorf("block %d: the block after is %d", i, at)
		}
		if before, after := r[orderBefore], r[orderAfter]; int(before)+int(after) > 63 {
			t.Errorf("block %d: %d of the content before it and %d after", i, before, after)
		} else if i < 2 && after < 60 || i > 7 && before < 60 {
			t.Errorf("block %d: %d of the content before it, %d after", i, before, after)
		}
		if to, from := r[apartBefore], r[apartAfter]; (to == 255) != (i < 2) || (from == 255) != (i > 7) || inside && (to == 0 || to != from) {
			t.Errorf("block %d: gaps %d and %d", i, to, from)
		}
	}
}

// What the first model says of a block counts as much, all in all, as the
// second lets it.
func TestFold(t *testing.T) {
	moved := make([]float32, FeatureCount+SequenceCount)
	moved[3], moved[5], moved[7] = 4, -2, 1
	moved[FeatureCount+selfOdds], moved[FeatureCount+selfApart] = 1, .5 // of itself
	moved[FeatureCount+selfColumns] = 2
	fold(moved, true)
	if moved[3] != 1.2 || moved[5] != -.6 || moved[7] != .3 {
		t.Errorf("the first model's reasons weigh %v, %v, %v", moved[3], moved[5], moved[7])
	}
	if moved[FeatureCount+selfOdds] != 0 || moved[FeatureCount+selfColumns] != 2 {
		t.Errorf("the second's weigh %v", moved[FeatureCount:])
	}
}

// Paragraphs of one path are one text, also where it is parted into containers: they
// are decided together when there are many, and what is no paragraph is not asked.
func TestSmoothParagraphs(t *testing.T) {
	page := func(n int) *Doc {
		part := "<section>" + strings.Repeat(ferry, n) + "<p>Short.</section>"
		d := segment(t, part+part+"<aside>"+ferry+"</aside>")
		Measure(d, Hints{})
		words := make([]float64, len(d.Blocks))
		for i := range d.Blocks {
			words[i] = 10
			if d.Blocks[i].P = .9; i > n {
				d.Blocks[i].P = .1
			}
		}
		smooth(d, words)
		return d
	}
	many := page(paragraphsMin / 2)
	first, second, aside := many.Blocks[0].P, many.Blocks[len(many.Blocks)-3].P, many.Blocks[len(many.Blocks)-1].P
	if first != second {
		t.Errorf("paragraphs of two containers have %v and %v", first, second)
	}
	if short := many.Blocks[paragraphsMin/2].P; short == first {
		t.Errorf("what is no paragraph has %v, too", short)
	}
	if aside != .1 {
		t.Errorf("a paragraph of another path has %v", aside)
	}
	few := page(paragraphsMin/2 - 1)
	if few.Blocks[0].P <= few.Blocks[len(few.Blocks)-3].P {
		t.Error("few paragraphs are decided together")
	}
}
