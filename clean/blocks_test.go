//go:build unix

package clean

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"reflect"
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
		if b.Src != "" {
			sb.WriteString(" " + b.Src)
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
		if (b.Role == RoleHeading) != (b.Level > 0) || (b.Role == RoleRow) != (b.Cells != nil) || b.Role == RoleItem && (b.List == 0 || b.Depth == 0) ||
			b.Ordered && b.List == 0 || b.Role == RoleQuote && b.Quote == 0 {
			t.Errorf("%s: a block that contradicts itself: %+v", name, b)
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

// fragmentBlocks is the outline of a fragment's blocks.
func fragmentBlocks(t *testing.T, src string) string {
	t.Helper()
	c, err := New(Options{Structure: true})
	if err != nil {
		t.Fatal(err)
	}
	base, _ := url.Parse("https://e.example/d/p.html")
	res, err := c.Clean(context.Background(), Input{Body: strings.NewReader(src), Format: FromHTML, Fragment: true, URL: base})
	if err != nil {
		t.Fatal(err)
	}
	checkBlocks(t, src, res)
	return strings.TrimSpace(outline(res.Blocks))
}

// TestBlockShapes: how pages write what a block is.
func TestBlockShapes(t *testing.T) {
	const one, two = "First text here.", "Second text here."
	for _, c := range []struct{ name, src, want string }{
		{"image between paragraphs", `<p>` + one + `</p><img src=b.jpg><p>` + two + `</p>`,
			`paragraph: "First text here."|image https://e.example/d/b.jpg:|paragraph: "Second text here."`},
		{"image within one", `<p>First <img src=c.jpg> text.</p><p>` + two + `</p>`,
			`paragraph: "First text."|image https://e.example/d/c.jpg:|paragraph: "Second text here."`},
		{"image in front and at the end", `<p><img src=a.jpg alt=" A  boat "></p><p>` + one + `</p><p><img src=e.jpg></p>`,
			`image https://e.example/d/a.jpg: "A boat"|paragraph: "First text here."|image https://e.example/d/e.jpg:`},
		{"image before a heading", `<p>` + one + `</p><figure><img src=a.jpg></figure><h2>Head</h2><p>` + two + `</p>`,
			`paragraph: "First text here."|image https://e.example/d/a.jpg:|heading h2: "Head"|paragraph: "Second text here."`},
		{"hidden images", `<p>` + one + `</p><div hidden><img src=h.jpg></div><img src=px.gif width=1 height=1><p>` + two + `</p>`,
			`paragraph: "First text here."|paragraph: "Second text here."`},
		{"image before hidden text", `<p>Some text <img src=a.jpg><span hidden>hid</span> more text</p><p>` + two + `</p>`,
			`paragraph: "Some text more text"|image https://e.example/d/a.jpg:|paragraph: "Second text here."`},
		{"lazy image", `<p>` + one + `</p><img src="data:image/gif;base64,R0" data-src="real.jpg"><p>` + two + `</p>`,
			`paragraph: "First text here."|image https://e.example/d/real.jpg:|paragraph: "Second text here."`},
		{"image of several sizes", `<p>` + one + `</p><picture><source srcset="big.jpg 2x, small.jpg"><img></picture><p>` + two + `</p>`,
			`paragraph: "First text here."|image https://e.example/d/big.jpg:|paragraph: "Second text here."`},
		{"empty cells", `<table><tr><th>Name<th>Age<th>City<tr><td>Ann<td><td>Oslo<tr><td><td>3<td>Rome</table>`,
			`row list 1: |! "Name" |! "Age" |! "City"|row list 1: | "Ann" | | "Oslo"|row list 1: | | "3" | "Rome"`},
		{"tables in a layout", `<table><tr><td><table><tr><td>a<td>b</table><p>` + one + `</p><table><tr><td>c<td>d</table></td></tr></table>`,
			`row list 1: | "a" | "b"|paragraph: "First text here."|row list 2: | "c" | "d"`},
		{"within a description", `<dl><dt>Term<dd>Words of it.<ul><li>one</li></ul><blockquote>quoted</blockquote></dl>`,
			`term: "Term"|description: "Words of it."|item list 1 depth 1: "one"|quote quote 1: "quoted"`},
		{"quotation in an item", `<ul><li>item text<blockquote>quoted</blockquote></li></ul>`,
			`item list 1 depth 1: "item text"|quote list 1 depth 1 quote 1: "quoted"`},
		{"item that begins with a heading", `<ol><li><h3>Head</h3><p>` + one + `</p></li><li>step<pre>x</pre></li></ol>`,
			`heading h3 list 1 depth 1 no 1: "Head"|paragraph list 1 depth 1: "First text here."|item list 1 depth 1 no 2: "step"|code list 1 depth 1: "x"`},
		{"numbers", `<ol start=3><li>a</li><li value=7>b</li><li>c</li></ol><ol reversed><li>d</li><li>e</li></ol>`,
			`item list 1 depth 1 no 3: "a"|item list 1 depth 1 no 7: "b"|item list 1 depth 1 no 8: "c"|item list 2 depth 1 no 2: "d"|item list 2 depth 1 no 1: "e"`},
		{"language of hidden code", `<div hidden><p>hidden <code class="language-js">x()</code> y</p></div><pre>plain text</pre>`, `code: "plain text"`},
		{"classes that name no language", `<article class="lang-en"><div class="highlight-box"><pre>text</pre></div></article>`, `code: "text"`},
		{"language around", `<div class="highlight-python notranslate"><div class="highlight"><pre>text</pre></div></div>`, `code in python: "text"`},
		{"heading by role", `<div role=heading aria-level=4>Head</div><p>` + one + `</p>`, `heading h4: "Head"|paragraph: "First text here."`},
		{"links", `<p><a href="https://e.example/100%-off">off</a> <a href="javascript:x()">run</a> <a href="#n">note</a></p>`,
			`paragraph: "off"<https://e.example/100%25-off> " run " "note"<https://e.example/d/p.html#n>`},
		{"link around blocks", `<a href=/x><p>` + one + `</p><p>` + two + `</p></a>`,
			`paragraph: "First text here."<https://e.example/x>|paragraph: "Second text here."<https://e.example/x>`},
	} {
		if got := strings.ReplaceAll(fragmentBlocks(t, c.src), "\n", "|"); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestBlocksOfLeadImage: between title and text a picture belongs to the article,
// whatever else stands there.
func TestBlocksOfLeadImage(t *testing.T) {
	page := strings.Replace(walledPage, "BODY", `<h1>Northern slipway to close</h1><p class=byline>By Ann Poe</p><figure><img src=/lead.jpg><figcaption>The slipway</figcaption></figure>`, 1)
	res, err := structured.HTML(context.Background(), strings.NewReader(page), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Blocks) < 2 || res.Blocks[0].Role != RoleImage || res.Blocks[0].Src != "/lead.jpg" {
		t.Errorf("%s", outline(res.Blocks))
	}
}

const walledPage = `<html><head><title>Northern slipway to close</title></head><body><nav><a href=/>Home</a> <img src=/logo.png></nav><article>BODY
<p>The harbour board voted on Tuesday to close the northern slipway for nine weeks, because the timber below the winch house has rotted further than anyone had expected.</p>
<p>Two of the six members voted against, and asked for a cheaper repair, which the engineer called a waste of good oak in front of everybody.</p>
</article><footer><img src=/foot.png> <a href=/imprint>Imprint</a></footer></body></html>`

// TestBlocksGrow: structure takes no longer than in proportion to the page.
func TestBlocksGrow(t *testing.T) {
	c, err := New(Options{Structure: true})
	if err != nil {
		t.Fatal(err)
	}
	for name, shape := range map[string]func(n int) string{
		"lines of code":  func(n int) string { return "<pre>" + strings.Repeat("x = 1\n", n) + "</pre>" },
		"breaks":         func(n int) string { return "<p>" + strings.Repeat("a few words<br>", n) + "</p>" },
		"numbered items": func(n int) string { return "<ol>" + strings.Repeat("<li>a few words</li>", n) + "</ol>" },
		"captions":       func(n int) string { return "<p>Text.</p>" + strings.Repeat("<img src=a><figcaption>c</figcaption>", n) },
		"links":          func(n int) string { return "<p>" + strings.Repeat("<a href=a>a</a> b ", n) + "</p>" },
		"nested lists":   func(n int) string { return strings.Repeat("<ul><li>a", min(n, 400)) },
		"rows":           func(n int) string { return "<table>" + strings.Repeat("<tr><td>a<td>b", n) + "</table>" },
	} {
		steps := func(n int) int {
			w := &watchful{Context: context.Background()}
			if _, err := c.Clean(w, Input{Body: strings.NewReader(shape(n)), Format: FromHTML, Fragment: true}); err != nil {
				t.Fatal(name, err)
			}
			return w.looks
		}
		// Looks at the clock are the measure: a machine may be busy.
		few, many := steps(4000), steps(16_000)
		if many > 6*few+10 {
			t.Errorf("%s: %d looks at the context, %d for four times the size", name, few, many)
		}
	}
	// Texts that are put together bit by bit do not tell the clock, but take memory.
	memory := func(n int) uint64 {
		fragment := "<ol>" + strings.Repeat("<li>a few words</li>", n) + "</ol><pre>" + strings.Repeat("x = 1\n", n) + "</pre>"
		size, _ := allocated(func() {
			res, err := c.Clean(context.Background(), Input{Body: strings.NewReader(fragment), Format: FromHTML, Fragment: true})
			if err != nil {
				t.Fatal(err)
			}
			if b := res.Blocks[n-1]; b.Number != n {
				t.Errorf("the last item is number %d", b.Number)
			}
		})
		return size
	}
	memory(30_000) // fills what is used again
	if few, many := memory(7500), memory(30_000); many > 8*few {
		t.Errorf("%d bytes allocated, %d for four times the size", few, many)
	}
}

// TestBlocksEnded: structure of a page whose time is over is that of its beginning.
func TestBlocksEnded(t *testing.T) {
	page := "<article>" + strings.Repeat("<p>The ferry left <a href=x>forty minutes</a> late on Tuesday, the harbour office said.</p>\n", 9000) +
		"<pre><u>x</u><code class=language-go>y</code></pre><img src=a.jpg></article>"
	w := &watchful{Context: context.Background()}
	if _, err := structured.HTML(w, strings.NewReader(page), nil); err != nil {
		t.Fatal(err)
	}
	for k := range 24 {
		ctx := &watchful{Context: context.Background(), end: 1 + w.looks*k/24}
		res, err := structured.HTML(ctx, strings.NewReader(page), nil)
		if !errors.Is(err, ErrCanceled) {
			t.Fatalf("look %d: %v", ctx.end, err)
		}
		if res.Verdict != "" {
			checkBlocks(t, fmt.Sprint("ended at look ", ctx.end), res)
		}
	}
}

// TestBlocksOfNotes: blocks know the callout that they stand in and the footnote that
// they are, runs the one that they refer to, by the numbers of Markdown.
func TestBlocksOfNotes(t *testing.T) {
	c, err := New(Options{Structure: true})
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.Clean(context.Background(), Input{Format: FromHTML, Fragment: true, Body: strings.NewReader(
		`<p>a<sup><a href=#n2>[2]</a></sup> b <a href="https://c.example/">c</a><sup><a href=#n1>[1]</a></sup></p><div class="admonition tip"><p>d</p><ul><li>e</ul></div><p>f</p>` +
			`<ol><li id=n1>g<li id=n2><p>h</p><p>i</p></ol><p><a href="#n3">[3]</a>`)})
	if err != nil {
		t.Fatal(err)
	}
	type block struct {
		text, callout string
		note          int
		marks         []int
	}
	var got []block
	for _, b := range res.Blocks {
		g := block{callout: b.Callout, note: b.Note}
		for _, r := range b.Runs {
			if g.text += r.Text; r.Note != 0 {
				g.marks = append(g.marks, r.Note)
			}
		}
		got = append(got, g)
	}
	want := []block{{text: "a[2] b c [1]", marks: []int{1, 2}}, {text: "d", callout: "tip"}, {text: "e", callout: "tip"}, {text: "f"},
		{text: "g", note: 2}, {text: "h", note: 1}, {text: "i", note: 1}, {text: "[3]"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("blocks are\n%+v\nnot\n%+v\nof\n%s", got, want, res.Markdown())
	}
}
