package block

import (
	"context"
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
	d, err := Segment(context.Background(), root, Options{Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func blockTexts(d *Doc) []string {
	var texts []string
	for _, b := range d.Blocks {
		texts = append(texts, string(d.Text[b.Start:b.End]))
	}
	return texts
}

func TestSegment(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"inline tags do not part words", `<p>fo<b>ot</b>ba<wbr>ll<span>s</span> and so&shy;on</p>`, "footballs and soon"},
		{"block borders do", `<div>one<p>two</p>three</div><div>four</div>`, "one|two|three|four"},
		{"two br part, one breaks the line", `<div>a<br>b<br><br>c</div>`, "a\nb|c"},
		{"adjacent links are parted", `<div><a href=1>Home</a><a href=2>News</a></div>`, "Home News"},
		{"lists and tables", `<ul><li>x<li>y</ul><table><tr><td>1<td>2</table>`, "x|y|1|2"},
		{"definition lists", `<dl><dt>t<dd>d</dl>`, "t|d"},
		{"pre keeps its lines", "<pre>\n a\n  b\n</pre>", " a\n  b\n"},
		{"scripts and sprites are not text", `<p>a</p><script>x</script><svg><title>icon</title></svg><style>y</style><p>b</p>`, "a|b"},
		{"small noscript is left out", `<p>a</p><noscript>Please turn on JavaScript</noscript>`, "a"},
		{"unknown elements are inline unless they hold blocks", `<p>a<x-y>b</x-y></p><x-z><p>c</p></x-z>`, "ab|c"},
		{"hidden inline text is taken out", `<p>one <span hidden>X</span>two</p>`, "one two"},
		{"white space", "<p> a\n\t b\u00a0c </p>", "a b c"},
	} {
		d := segment(t, c.page)
		if got := strings.Join(blockTexts(d), "|"); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
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
