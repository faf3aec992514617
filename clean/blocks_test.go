package clean

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
)

// structured keeps structure and decisions.
var structured = func() *Cleaner {
	c, err := New(Options{Explain: true, Structure: true})
	if err != nil {
		panic(err)
	}
	return c
}()

// outline writes blocks in a form to compare.
func outline(bs []Block) string {
	var sb strings.Builder
	for _, b := range bs {
		sb.WriteString(string(b.Role))
		for _, n := range []struct {
			name  string
			value int
		}{{"h", b.Level}, {"list ", b.List}, {"depth ", b.Depth}, {"no ", b.Number}, {"quote ", b.Quote}} {
			if n.value != 0 {
				fmt.Fprintf(&sb, " %s%d", n.name, n.value)
			}
		}
		if b.Language != "" {
			sb.WriteString(" in " + b.Language)
		}
		if b.Source != "" {
			sb.WriteString(" " + b.Source)
		}
		sb.WriteString(":")
		for _, r := range b.Runs {
			sb.WriteString(" " + markup1(r))
		}
		for _, c := range b.Cells {
			if sb.WriteString(" |"); c.Head {
				sb.WriteString("!")
			}
			for _, r := range c.Runs {
				sb.WriteString(" " + markup1(r))
			}
		}
		sb.WriteString("\n")
	}
	return sb.String()
}

// markup1 is a run in quotes, with its marks.
func markup1(r Run) string {
	s := fmt.Sprintf("%q", r.Text)
	for _, m := range []struct {
		name string
		on   bool
	}{{"strong", r.Strong}, {"em", r.Em}, {"code", r.Code}, {"sub", r.Sub}, {"sup", r.Sup}, {"del", r.Del}, {r.Link, r.Link != ""}} {
		if m.on {
			s += "<" + m.name + ">"
		}
	}
	return s
}

// TestBlocks: the blocks say what the page's elements make of the text.
func TestBlocks(t *testing.T) {
	const page = `<html><head><title>Rowing to the skerry</title></head><body><nav><a href=/>Home</a> <a href=/news>News</a></nav><article>
<h1>Rowing to the skerry</h1>
<p>The <b>old boat</b> leaks <em>a little</em>, and the harbour master, who has <a href="/people/anna">known it <i>for years</i></a>, will not let anybody take it out in a westerly wind.</p>
<figure><img src="boat.jpg" alt="The boat at the quay"><figcaption>The boat at the quay, in May</figcaption></figure>
<h3>What to take along</h3>
<ul><li>A bailer, because of the leak
<ul><li>or a <code>bucket</code>, which is slower but will not get lost in the bilge.</li></ul></li><li><p>Bread, cheese and a thermos flask of tea for each of the rowers.</p><p>Nobody has ever come back with tea left.</p></li></ul>
<ol start=4><li>Push off from the quay and row out of the harbour.</li><li value=9>Turn north at the red buoy, not at the green one.</li></ol>
<blockquote><p>The sea does not care for plans, said the harbour master, and it has more time than you.</p></blockquote>
<pre><code class="language-go">if wind &gt; 6 {
	stay()
}</code></pre>
<p>Water boils at 100 °C, and H<sub>2</sub>O is what the boat is full of.<br>Bring it back dry, or <del>pay</del> bail it out.</p>
<table><thead><tr><th>Wind</th><th>Minutes to the skerry and back</th></tr></thead><tbody><tr><td>calm</td><td>ninety minutes, with a <strong>rest</strong></td></tr><tr><td>west</td><td>do not even think of it, said the harbour master</td></tr></tbody></table>
<dl><dt>Skerry</dt><dd>A small rocky island, too small for anybody to live on, where the seals lie in the sun.</dd></dl>
<p>Last year two visitors rowed out in the fog and were found on the third day, cold and hungry, by the ferry, which had lost its own way in the same fog.</p>
</article><footer><a href=/imprint>Imprint</a></footer></body></html>`
	base, _ := url.Parse("https://isle.example/sea/row.html")
	c, err := New(Options{Structure: true}) // with decisions, runs are parted by them, too
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.HTML(context.Background(), strings.NewReader(page), base)
	if err != nil {
		t.Fatal(err)
	}
	want := `paragraph: "The " "old boat"<strong> " leaks " "a little"<em> ", and the harbour master, who has " "known it "<https://isle.example/people/anna> "for years"<em><https://isle.example/people/anna> ", will not let anybody take it out in a westerly wind."
image https://isle.example/sea/boat.jpg: "The boat at the quay"
heading h3: "What to take along"
item list 1 depth 1: "A bailer, because of the leak"
item list 2 depth 2: "or a " "bucket"<code> ", which is slower but will not get lost in the bilge."
item list 1 depth 1: "Bread, cheese and a thermos flask of tea for each of the rowers."
paragraph list 1 depth 1: "Nobody has ever come back with tea left."
item list 3 depth 1 no 4: "Push off from the quay and row out of the harbour."
item list 3 depth 1 no 9: "Turn north at the red buoy, not at the green one."
quote quote 1: "The sea does not care for plans, said the harbour master, and it has more time than you."
code in go: "if wind > 6 {\n\tstay()\n}"<code>
paragraph: "Water boils at 100 °C, and H" "2"<sub> "O is what the boat is full of.\nBring it back dry, or " "pay"<del> " bail it out."
row list 4: |! "Wind" |! "Minutes to the skerry and back"
row list 4: | "calm" | "ninety minutes, with a " "rest"<strong>
row list 4: | "west" | "do not even think of it, said the harbour master"
term: "Skerry"
description: "A small rocky island, too small for anybody to live on, where the seals lie in the sun."
paragraph: "Last year two visitors rowed out in the fog and were found on the third day, cold and hungry, by the ferry, which had lost its own way in the same fog."
`
	if got := outline(res.Blocks); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestBlocksAreTheText: for every page and text the blocks hold the words of the
// text in their order, and every run names the piece it comes from.
func TestBlocksAreTheText(t *testing.T) {
	marking := map[Kind]Action{}
	for _, k := range Kinds() {
		marking[k.Kind] = Mark
	}
	for name, o := range map[string]Options{"plain": {}, "title": {Title: true, NoTables: true}, "marked": {Policy: marking}} {
		o.Explain, o.Structure = true, true
		c, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		o.Explain, o.Structure = false, false
		bare, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		for _, pattern := range []string{"../testdata/html/*/page.html", "../testdata/text/*/dirty.txt", "../testdata/keep/*.txt"} {
			for _, file := range folders(t, pattern) {
				src := readFile(t, file)
				res, err := c.Clean(context.Background(), Input{Body: strings.NewReader(src)})
				if err != nil {
					t.Fatal(err)
				}
				plain, err := bare.Clean(context.Background(), Input{Body: strings.NewReader(src)})
				if err != nil || plain.Text != res.Text || plain.Verdict != res.Verdict || plain.Score != res.Score || plain.Blocks != nil {
					t.Errorf("%s, %s: structure and decisions change the result: %s", name, file, firstDifference(res.Text, plain.Text))
				}
				checkBlocks(t, name+", "+file, res)
			}
		}
	}
}

// checkBlocks checks that blocks hold the text.
func checkBlocks(t *testing.T, name string, res *Result) {
	t.Helper()
	var got strings.Builder
	last := 0
	for _, b := range res.Blocks {
		if b.Role == RoleImage {
			continue
		}
		got.WriteString("\n")
		runs := b.Runs
		for _, c := range b.Cells {
			runs = append(runs, c.Runs...)
		}
		if len(runs) == 0 {
			t.Errorf("%s: an empty %s", name, b.Role)
		}
		for _, r := range runs {
			got.WriteString(r.Text)
			if r.Decision == 0 {
				continue
			}
			if r.Decision < last || r.Decision > len(res.Decisions) {
				t.Errorf("%s: decision %d of %d after %d", name, r.Decision, len(res.Decisions), last)
				continue
			}
			last = r.Decision
			d := &res.Decisions[last-1]
			if made, want := letters(r.Text), letters(d.Text); !d.Kept || !strings.Contains(want, made) {
				t.Errorf("%s: run %q is said to come from %+v", name, r.Text, d)
			}
		}
	}
	// Items begin with a dash in the text of a page.
	made, text := got.String(), "\n"+res.Text
	if res.Format == FromHTML {
		made, text = strings.ReplaceAll(made, "\n- ", "\n"), strings.ReplaceAll(text, "\n- ", "\n")
	}
	if g, w := letters(made), letters(text); g != w {
		t.Errorf("%s: the blocks are not the text: %s", name, around(g, w))
	}
}

// TestTextBlocks: lines of a text are paragraphs, what stood on one line is one.
func TestTextBlocks(t *testing.T) {
	res, err := structured.Text(context.Background(), "The ferry is late.\nAdvertisement\n\nIt will leave at noon, the harbour office said on Tuesday.\n")
	if err != nil {
		t.Fatal(err)
	}
	checkBlocks(t, "text", res)
	if got, want := outline(res.Blocks), "paragraph: \"The ferry is late.\"\nparagraph: \"It will leave at noon, the harbour office said on Tuesday.\"\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
