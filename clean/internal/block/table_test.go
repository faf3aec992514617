package block

import (
	"slices"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/model"
)

// TestTables: every column has a line in its table, with a name of its own and words
// that can be read.
func TestTables(t *testing.T) {
	if FeatureCount > 256 || SequenceCount > 256 {
		t.Fatalf("%d and %d features: a node has one byte for them", FeatureCount, SequenceCount)
	}
	all, err := phrases()
	if err != nil {
		t.Fatal(err)
	}
	units := strings.Fields("tag area last own chain sum words above lean judged chance gap")
	for i, table := range [][]feature{featureTable[:], sequenceTable[:]} {
		seen := map[string]bool{}
		for column, f := range table {
			if f.name == "" || strings.ContainsAny(f.name, " {}") || seen[f.name] {
				t.Errorf("column %d of model %d: the name %q is empty, no name or taken", column, i+1, f.name)
			}
			seen[f.name] = true
			if err := all[i*FeatureCount+column].Check(units); err != nil {
				t.Errorf("%s: %v", f.name, err)
			}
		}
	}
	for i, name := range tagNames {
		if name == "" && i != int(tOther) {
			t.Errorf("tag %d has no name", i)
		}
	}
}

// tablePage has a bit of everything that features tell apart.
const tablePage = `<title>The harbour at dawn</title><main><header class="masthead"><a href="/">Home</a> | <a href="/news">News</a></header>
<article><h1>The harbour at dawn</h1><p>One, two, three. And then the ferry left at noon, as it has for sixty years!</p>` +
	ferry + ferry + `<ul><li>A first item<li>Another item</ul><table><tr><td>4711<td>A cell</table><blockquote>“So it goes”</blockquote>
</article><div class="comments"><h3>Comments</h3><p>I was there.</p><p>So was I, by the way.</p></div><form><button>Send</button></form>
<div class="related"><h3>Related</h3><a href="/a">Fog over the bay</a></div></main><footer class="footer">Imprint</footer>`

// TestFill: every column of a row is written, with a value its unit has, and the
// columns hold what their names say.
func TestFill(t *testing.T) {
	d := segment(t, tablePage)
	Measure(d, Hints{Title: "The harbour at dawn"})
	c, err := LoadClassifier()
	if err != nil {
		t.Fatal(err)
	}
	s := newSequence(d, c.First)
	all, err := phrases()
	if err != nil {
		t.Fatal(err)
	}
	for m, table := range [][]feature{featureTable[:], sequenceTable[:]} {
		fill := d.memory.reading.fill
		if m == 1 {
			fill = s.fill
		}
		var rows [2][]uint8
		for k, before := range [2]uint8{0xA5, 0x5A} {
			for r := range model.Together {
				for f := range table {
					d.memory.batch.Row(r).Set(f, before)
				}
			}
			rows[k] = rowsOf(nil, d, len(table), fill)
		}
		for i, v := range rows[0] {
			f := table[i%len(table)]
			if v != rows[1][i] {
				t.Errorf("%s of block %d is not written", f.name, i/len(table))
			}
			if !all[m*FeatureCount+i%len(table)].Holds(v) {
				t.Errorf("%s of block %d is %d, which is no %s", f.name, i/len(table), v, f.unit)
			}
		}
	}
	rows := Rows(d)
	at := func(text, name string) uint8 {
		i := slices.IndexFunc(blockTexts(d), func(s string) bool { return strings.HasPrefix(strings.TrimSpace(s), text) })
		column := slices.Index(FeatureNames(), name)
		if i < 0 || column < 0 {
			t.Fatalf("no block %q or no feature %s", text, name)
		}
		return rows[i*FeatureCount+column]
	}
	share := model.Ratio
	for _, c := range []struct {
		text, name string
		want       uint8
	}{
		{"One, two", "text.words", model.Log(16)},
		{"One, two", "text.commas", 3},
		{"One, two", "text.ends", 2},
		{"One, two", "text.last", lastEnd},
		{"One, two", "text.linkdensity", 0},
		{"One, two", "text.commas.share", share(3*8, 16)},
		{"Fog over", "text.linkdensity", 63},
		{"Fog over", "text.links", 1},
		{"Fog over", "heading.related", 1},
		{"Fog over", "heading.comments", 0},
		{"I was", "heading.comments", 1},
		{"I was", "heading.above", 1},
		{"4711", "text.numbers", 63},
		{"4711", "tag.table", 1},
		{"4711", "tag.own", uint8(tTd)},
		{"A first", "tag.item", 1},
		{"A first", "tag.list", 1},
		{"A first", "tag.parent", uint8(tUl)},
		{"“So it", "tag.quote", 1},
		{"“So it", "text.quotes", 2},
		{"Send", "tag.form", 1},
		{"Send", "text.buttons", 63},
		{"The harbour", "tag.heading", 1},
		{"The harbour", "text.title.share", 63},
		{"The harbour", "text.title.held", 63},
		{"The ferry", "copies", 2},
		{"One, two", "area.article", 2},
		{"Imprint", "area.article", 0},
		{"Imprint", "area.footer", 1},
		{"Imprint", "place.after", 0},
		{"Imprint", "neighbour.after1.chars", 255},
		{"Imprint", "neighbour.after1.steps", 255},
		{"Imprint", "neighbour.before1.chars", model.Log(int32(len("Fogoverthebay")))},
		{"Imprint", "gap.after.blocks", 255},
		{"One, two", "container.1.place", share(1, 9)},
		{"One, two", "page.main", 1},
		{"One, two", "page.articles", 1},
		{"One, two", "page.tables", 2}, // and a tbody
		{"One, two", "page.data", 0},
	} {
		if got := at(c.text, c.name); got != c.want {
			t.Errorf("%s of %q is %d, want %d", c.name, c.text, got, c.want)
		}
	}
}
