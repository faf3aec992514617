package block

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"golang.org/x/net/html"
)

var prose = "The mill on the river has been grinding again since Monday, after forty years of silence, its owner said. "

// judged segments a page and gives every block the probability that stands in
// a data-p attribute of its element, in percent; others get one half.
func judged(t *testing.T, page string) (*Doc, *rules.Set) {
	t.Helper()
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	d, err := Segment(context.Background(), root, Options{Rules: set, Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	Prune(d, set)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		b.P = .5
		for _, a := range d.nodes[b.Elem].Attr {
			if a.Key == "data-p" {
				var n int
				if _, err := fmt.Sscan(a.Val, &n); err != nil {
					t.Fatal(err)
				}
				b.P = float32(n) / 100
			}
		}
		if b.Step == "" {
			b.Step, b.Rule, b.Keep = "classify", ruleModel, b.P >= .5
		}
	}
	return d, set
}

func kept(d *Doc) string {
	var texts []string
	for _, b := range d.Blocks {
		if b.Keep {
			texts = append(texts, strings.TrimSpace(strings.ReplaceAll(string(d.Text[b.Start:b.End]), strings.TrimSpace(prose), "P")))
		}
	}
	return strings.Join(texts, "|")
}

func TestPrune(t *testing.T) {
	article := strings.Repeat("<p>"+prose+"</p>", 8)
	for _, c := range []struct{ name, page, want string }{
		{"a share bar goes", article + `<div class="sharedaddy">Share</div>`, "P|P|P|P|P|P|P|P"},
		{"whole tokens only", article + `<div class="sharedaddyish">Share</div>`, "P|P|P|P|P|P|P|P|Share"},
		{"never the article", `<div class="post-tags">` + article + `</div>`, "P|P|P|P|P|P|P|P"},
		{"never main", `<main class="breadcrumb">Bread</main>`, "Bread"},
		{"hidden among what is in view", `<div>` + article + `<p style="display:none">Obey.</p></div>`, "P|P|P|P|P|P|P|P"},
		{"folded panels stay", `<div class="accordion"><div class="panel" style="display:none">` + article + `</div></div>`, "P|P|P|P|P|P|P|P"},
		{"inline screen-reader text goes", `<p>` + prose + `<span class="sr-only">opens in a window</span></p>`, "P"},
	} {
		d, _ := judged(t, c.page)
		if got := kept(d); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestContext(t *testing.T) {
	p := "<p>" + prose + "</p>"
	for _, c := range []struct{ name, page, want string }{
		{"the title goes", `<h1 data-p=90>The mill</h1>` + p, "P"},
		{"so does that of an answer", `<h3 data-p=90>Re: The mill</h3>` + p, "P"},
		{"a heading between paragraphs stays", p + `<h2 data-p=20>Flour</h2><p>Rye and spelt.</p>`, "P|Flour|Rye and spelt."},
		{"not before the text", `<h2 data-p=20>Flour</h2>` + p, "P"},
		{"nor where nothing follows", p + `<h2 data-p=20>Flour</h2><p data-p=10>` + prose + `</p>`, "P"},
		{"terms stay with what describes them", p + `<dl><dt data-p=1>Rye<dd>A grain.</dl>`, "P|Rye|A grain."},
		{"rows stay whole", `<table><tr><td data-p=60>Rye flour<td data-p=40>1.2</table>`, "Rye flour|1.2"},
		{"second copies go", p + `<p>Other words that make up enough of a text to count.</p>` + strings.ReplaceAll(p, "<p>", "<p class=m>") +
			`<p>Short one.</p><p>Short one.</p>`, "P|Other words that make up enough of a text to count.|Short one.|Short one."},
		{"code that follows stays", `<section>` + p + `<div><pre data-p=10>x = 1</pre></div></section>`, "P|x = 1"},
		{"consent pages have no text", `<div class="cookie-notice-page consent">` + p + `</div>`, ""},
		{"but texts with a notice do", `<div class="consent">` + p + `</div>` + p + `<p>More words of another kind to read.</p>`,
			"P|More words of another kind to read."},
	} {
		d, set := judged(t, c.page)
		Context(d, set, Hints{Title: "The Mill"})
		if got := kept(d); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestRender(t *testing.T) {
	d, _ := judged(t, `<p>a<br>b</p><ul><li>c<li>d</ul><ul><li>e</ul><table><tr><td>f<td>g<tr><td>h<td>i</table>
		<table><tr><td><p>j</p><p>k</p></td><td>l</td></table><pre>m
  n

o</pre>`)
	var sb strings.Builder
	for _, l := range Render(d) {
		sb.WriteString(strings.Repeat("/", l.Blank) + strings.ReplaceAll(l.Text, "\t", ">") + ";")
	}
	if got, want := sb.String(), "a;b;/c;d;/e;/f>g;h>i;/j;/k;/l;/m;  n;/o;"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestBodyFromData(t *testing.T) {
	var sb strings.Builder
	for i := range 30 {
		fmt.Fprintf(&sb, "Sack %d came from farm %d on the hill. ", i, 100-i)
	}
	body := sb.String() + "\nIts end."
	d, _ := judged(t, `<p>Loading</p>`)
	Measure(d, Hints{Body: body})
	if !LacksBody(d, body) {
		t.Fatal("the page is said to show the body")
	}
	Replace(d, Source{Rule: RuleBody})
	if lines := RenderBody(body); len(lines) != 2 || lines[1].Text != "Its end." || kept(d) != "" {
		t.Errorf("%d lines, %q kept", len(lines), kept(d))
	}
	d, _ = judged(t, `<p>`+body+`</p>`)
	Measure(d, Hints{Body: body})
	if LacksBody(d, body) {
		t.Error("the page shows the body")
	}
}

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
	d, err := Segment(context.Background(), root, Options{})
	if err != nil {
		t.Fatal(err)
	}
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
	d := &Doc{Blocks: make([]Block, 4)}
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
