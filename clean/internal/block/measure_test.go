package block

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func segment(t *testing.T, page string) *Doc {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return new(Memory).Segment(root, Options{Explain: true})
}

func blockTexts(d *Doc) []string {
	var texts []string
	for _, b := range d.Blocks {
		texts = append(texts, string(d.Text[b.Start:b.End]))
	}
	return texts
}

func TestMeasureFillsRows(t *testing.T) {
	d := segment(t, `<title>T</title><h1>T</h1><div class="related"><p>`+strings.Repeat("Some words, and more of them. ", 9)+`</p></div>`)
	Measure(d, Hints{Title: "T"})
	if rows := Rows(d); len(rows) != len(d.Blocks)*FeatureCount {
		t.Errorf("%d bytes for %d blocks", len(rows), len(d.Blocks))
	}
	if n := len(FeatureNames()); n != FeatureCount || n > 256 {
		t.Errorf("%d names for %d features", n, FeatureCount)
	}
}

func TestAreas(t *testing.T) {
	var sum tokenSum
	sum.tokens(vocabulary, "relatedPosts-list12 site_footer")
	set := sum.set
	for _, a := range []area{aRelated, aFooter, aCard} {
		if set&(1<<a) == 0 {
			t.Errorf("area %d is missing", a)
		}
	}
	if set&(1<<aNav) != 0 {
		t.Error("a menu, too")
	}
	if strings.Count(areaData, ":\n") != 0 {
		t.Error("empty area")
	}
}

func TestAge(t *testing.T) {
	for v := range 256 {
		for i := range areaCount {
			var d, want areaDist
			for k := range d {
				d[k] = uint8(k * 37)
			}
			d[i] = uint8(v)
			for k, x := range d {
				if want[k] = x; x != 0 && x < 255 {
					want[k]++
				}
			}
			var got areaDist
			if got.age(&d); got != want {
				t.Fatalf("%d at %d: got %v, want %v", v, i, got, want)
			}
		}
	}
}
