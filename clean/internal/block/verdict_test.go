package block

import (
	"fmt"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/model"
	"golang.org/x/net/html"
)

// A long page of one sort of paragraph must not lose its end: see smooth.
func TestLongPage(t *testing.T) {
	var sb strings.Builder
	for i := range 400 {
		fmt.Fprintf(&sb, "<p>In year %d the mill ground rye, and the miller, who kept count, wrote it down. Then came winter.</p>\n", 1500+i)
	}
	root, err := html.Parse(strings.NewReader("<title>The mill book</title>" + sb.String()))
	if err != nil {
		t.Fatal(err)
	}
	d := new(Memory).Segment(root, Options{})
	c, err := LoadClassifier()
	if err != nil {
		t.Fatal(err)
	}
	Measure(d, Hints{Title: "The mill book"})
	Classify(d, c, Balanced)
	n := 0
	for _, b := range d.Blocks {
		if b.Keep {
			n++
		}
	}
	if n != 400 {
		t.Errorf("%d of 400 paragraphs kept", n)
	}
}

func TestThreshold(t *testing.T) {
	d := &Doc{memory: new(Memory), Blocks: make([]Block, 4)}
	words := []float64{100, 100, 100, 100}
	set := func(ps ...float32) {
		for i, p := range ps {
			d.Blocks[i].P = p
		}
	}
	set(.95, .9, .3, .02)
	if got := threshold(d, words, Point{Beta: 1}); got != .9 {
		t.Errorf("expected-F1 threshold %v", got)
	}
	if got := threshold(d, words, Point{Beta: 3}); got != .3 {
		t.Errorf("with more weight on recall %v", got)
	}
	set(.4, .4, .4, .01)
	if got := threshold(d, words, Point{Beta: 1, Pull: .5}); got != .4 {
		t.Errorf("pulled over the only text there is: %v", got)
	}
	set(.4, .4, .35, .01)
	if got := threshold(d, words, Point{Beta: 1, Doubt: .3}); got > .35 || got < .3 {
		t.Errorf("a page in doubt is cut at %v", got)
	}
}

func TestModelRefused(t *testing.T) {
	if _, err := CheckModel(&model.Ensemble{Info: model.Info{Features: []string{"x"}}}, nil); err == nil {
		t.Error("a model of other features was accepted")
	}
	if _, err := CheckSequence(&model.Ensemble{Info: model.Info{Features: FeatureNames()}}, nil); err == nil {
		t.Error("the first model was accepted as the second")
	}
}

// A paragraph that the model doubts stays behind one that is kept when it is its
// sibling of the same shape, and links and labels alone stand between the two.
func TestKeepDoubted(t *testing.T) {
	const between = "<h2>Links</h2><p><a href=/a>tide</a></p><h2>Pictures</h2>"
	tests := []struct {
		name, page string
		first      bool // the first paragraph is kept
		p          float32
		want       bool // the last one stays
	}{
		{"siblings", ferry + between + ferry, true, doubtedMin, true},
		{"the first goes", ferry + between + ferry, false, doubtedMin, false},
		{"hardly content", ferry + between + ferry, true, doubtedMin - .01, false},
		{"another container", ferry + between + "<div>" + ferry + "</div>", true, .4, false},
		{"another shape", ferry + between + strings.Replace(ferry, "<p>", "<p class=bio>", 1), true, .4, false},
		{"another paragraph between", ferry + "<blockquote>" + ferry + "</blockquote>" + ferry, true, .4, false},
		{"too far", ferry + strings.Repeat("<p>x</p>", doubtedBlocks) + ferry, true, .4, false},
	}
	for _, tt := range tests {
		d := segment(t, tt.page)
		for i := range d.Blocks {
			d.Blocks[i].Step, d.Blocks[i].Rule, d.Blocks[i].P = "classify", ruleModel, .1
		}
		last := &d.Blocks[len(d.Blocks)-1]
		d.Blocks[0].Keep, last.P = tt.first, tt.p
		keepDoubted(d)
		if last.Keep != tt.want {
			t.Errorf("%s: kept %v", tt.name, last.Keep)
		}
		if tt.want && last.Rule != "paragraph.doubted" {
			t.Errorf("%s: rule %q", tt.name, last.Rule)
		}
	}
}
