package block

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/work"
	"golang.org/x/net/html"
)

func parse(t *testing.T, page string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// judge takes a page all the way to lines.
func judge(t *testing.T, d *Doc, h Hints) (texts []string) {
	t.Helper()
	c, err := LoadClassifier()
	if err != nil {
		t.Fatal(err)
	}
	Measure(d, h)
	Classify(d, c, Balanced)
	Context(d, nil, h)
	for _, l := range Render(d) {
		texts = append(texts, strings.Clone(l.Text))
	}
	return texts
}

// endedClock is a clock that ends work at its next look.
func endedClock(t *testing.T) *work.Clock {
	ctx, end := context.WithCancel(t.Context())
	end()
	c := new(work.Clock)
	c.Start(ctx)
	return c
}

// numbered is an article of different paragraphs.
func numbered(n int) string {
	var sb strings.Builder
	for i := range n {
		fmt.Fprintf(&sb, "<p>In year %d the mill ground rye, and the miller, who kept count, wrote it down. Then came winter.</p>", i)
	}
	return "<article>" + sb.String() + "</article>"
}

// When the time is over, the blocks so far are there, and their beginning can be
// judged.
func TestSegmentEnds(t *testing.T) {
	const all = 50_000
	for name, page := range map[string]string{
		"paragraphs": numbered(all),
		"one text":   strings.Repeat("Then came winter, and the mill stood still until the ice broke. ", all),
		"code":       "<pre>" + strings.Repeat("Then came winter, and the mill stood still until the ice broke.\n", all) + "</pre>",
	} {
		m := &Memory{Clock: endedClock(t)}
		root := parse(t, page)
		d := m.Segment(root, Options{Explain: true})
		if !errors.Is(m.Clock.Err(), context.Canceled) {
			t.Fatalf("%s: not noticed: %v", name, m.Clock.Err())
		}
		whole := new(Memory).Segment(root, Options{})
		if n := len(d.Text); n == 0 || n == len(whole.Text) || string(d.Text) != string(whole.Text[:n]) {
			t.Errorf("%s: %d bytes, all are %d", name, n, len(whole.Text))
		}
		if n := len(d.Blocks); n == 0 || int(d.Elems[0].End) != n || int(d.Blocks[n-1].End) != len(d.Text) {
			t.Errorf("%s: %d blocks, the root's end at %d", name, n, d.Elems[0].End)
		}
		m.Clock.Stop()
		d.Shorten()
		judge(t, d, Hints{})
	}
}

// The steps after the walk end by themselves, and what they left half done shows
// in nothing that comes after Shorten.
func TestStepsEnd(t *testing.T) {
	const n = 5000
	var hints Hints
	hints.Body = strings.Repeat("In year 1 the mill ground rye, and the miller, who kept count, wrote it down. ", 8)
	c, err := LoadClassifier()
	if err != nil {
		t.Fatal(err)
	}
	root := parse(t, numbered(n))
	for name, step := range map[string]func(d *Doc){
		"measure":  func(d *Doc) { Measure(d, hints) },
		"classify": func(d *Doc) { Classify(d, c, Balanced) },
		"context":  func(d *Doc) { Context(d, nil, hints) },
		"name":     func(d *Doc) { Name(d, nil, "") },
		"render":   func(d *Doc) { Render(d) },
		"replace":  func(d *Doc) { Replace(d, Source{Rule: RuleBody}); d.clock.Look() },
	} {
		var clock work.Clock
		m := &Memory{Clock: &clock}
		d := m.Segment(root, Options{})
		if name != "measure" {
			judge(t, d, hints)
		}
		clock = *endedClock(t)
		err := func() (err error) {
			defer work.Catch(&err)
			step(d)
			return nil
		}()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s did not end: %v", name, err)
		}
		clock.Stop()
		d.Shorten()
		got := judge(t, d, hints)
		fresh := new(Memory).Segment(root, Options{})
		fresh.Shorten()
		if want := judge(t, fresh, hints); !slices.Equal(got, want) || len(got) == 0 {
			t.Errorf("%s: %d lines after the end, %d of a page of that length", name, len(got), len(want))
		}
		if d.inBody != fresh.inBody || d.Replaced != fresh.Replaced {
			t.Errorf("%s: %d triples of the body, replaced by %v; of a page of that length %d and %v", name, d.inBody, d.Replaced, fresh.inBody, fresh.Replaced)
		}
	}
}

// A page leaves nothing to the next, be it forgotten or not.
func TestForget(t *testing.T) {
	const other = `<div class=menu><a href=/a>Home</a></div><table><tr><td>Rye<td>1.2<tr><td>Oats<td>2</table><ul class=list><li>x<li>y</ul>`
	clock := new(work.Clock)
	m := &Memory{Clock: clock}
	for _, pages := range []int{50, 3, 40_000, 10} {
		first := judge(t, m.Segment(parse(t, numbered(pages)), Options{Explain: true}), Hints{Title: "The mill"})
		if len(first) != pages {
			t.Fatalf("%d lines of %d", len(first), pages)
		}
		for _, forget := range []bool{false, true} {
			if forget {
				m.Forget()
			}
			d, fresh := m.Segment(parse(t, other), Options{}), new(Memory).Segment(parse(t, other), Options{})
			got, want := judge(t, d, Hints{}), judge(t, fresh, Hints{})
			if !slices.Equal(got, want) || !slices.Equal(d.Blocks, fresh.Blocks) || !slices.Equal(d.Elems, fresh.Elems) || len(d.Asides) > 0 || d.Place(1) != "" {
				t.Errorf("after %d paragraphs, forgotten %v: %q, want %q", pages, forget, got, want)
			}
		}
		if m.Forget(); m.Clock != clock {
			t.Fatal("the clock is gone")
		}
		if cap(m.doc.Text) > maxKeptText || cap(m.doc.Elems) > maxKeptElems {
			t.Errorf("%d bytes and %d elements are kept", cap(m.doc.Text), cap(m.doc.Elems))
		}
	}
}

// Lines are pieces of the memory, which Poison shows.
func TestPoison(t *testing.T) {
	var m Memory
	d := m.Segment(parse(t, ferry+"<table><tr><td>Rye<td>1.2</table>"), Options{})
	for i := range d.Blocks {
		d.Blocks[i].Keep = true
	}
	lines := Render(d)
	if len(lines) != 2 || !strings.HasPrefix(lines[0].Text, "The ferry") || lines[1].Text != "Rye\t1.2" {
		t.Fatalf("%v", lines)
	}
	m.Poison()
	for _, l := range lines {
		if strings.Count(l.Text, "\xdb") != len(l.Text) {
			t.Errorf("%q is left", l.Text)
		}
	}
}

// The lines of a part stay when others follow.
func TestRenderPart(t *testing.T) {
	var m Memory
	var lines, want []string
	var held [][]Line
	for i := range 200 {
		text := fmt.Sprintf("Part %d of the story, %s.", i, strings.Repeat("which goes on ", i))
		held = append(held, RenderPart(&m, parse(t, "<p>"+text+"</p><table><tr><td>Rye<td>"+fmt.Sprint(i)+"</table>"), "", Options{}))
		want = append(want, text, fmt.Sprint("Rye\t", i))
	}
	for _, part := range held {
		for _, l := range part {
			lines = append(lines, l.Text)
		}
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got %q, want %q", lines, want)
	}
	m.Forget()
	if len(m.texts) > 0 || len(m.parts) > 0 {
		t.Error("the parts are not forgotten")
	}
}
