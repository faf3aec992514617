package structure

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean"
)

// clean1 cleans an invented page.
func clean1(t testing.TB, p Page) *clean.Result {
	t.Helper()
	u, _ := url.Parse(Address)
	res, err := cleaner.Clean(context.Background(), clean.Input{Body: strings.NewReader(p.HTML), URL: u, Format: clean.FromHTML})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// TestPagesHold: what must hold of every result holds of invented pages.
func TestPagesHold(t *testing.T) {
	for _, p := range Pages(3) {
		check(t, p.Name, clean1(t, p))
	}
}

// TestPagesScore: the structure of invented pages comes out as it went in.
func TestPagesScore(t *testing.T) {
	u, _ := url.Parse(Address)
	all := NewScore()
	for _, p := range Pages(6) {
		gold, err := FromMarkdown(p.Markdown, u)
		if err != nil {
			t.Fatal(err)
		}
		out, err := FromMarkdown(clean1(t, p).Markdown(), u)
		if err != nil {
			t.Fatal(err)
		}
		one := NewScore()
		one.Add(gold, out)
		all.Add(gold, out)
		if testing.Verbose() {
			for _, k := range Kinds {
				if s := one.Kinds[k]; s.FullF1() < 1 {
					t.Logf("%s: %s %.3f: lacks %+v has %+v", p.Name, k, s.FullF1(), without(of(gold, k), of(out, k)), without(of(out, k), of(gold, k)))
				}
			}
		}
	}
	for kind, floor := range map[Kind]float64{
		Heading: .985, Item: .985, Link: .97, Code: .985, Row: .95, Quote: .98, Strong: .95, Em: .98, Footnote: .95, Mark: .95, Math: .95, Image: .80, Callout: .95,
	} {
		got := all.Kinds[kind].GivenText()
		if all.Kinds[kind].Near == 0 || kind == Footnote || kind == Math {
			got = all.Kinds[kind].FullF1()
		}
		t.Logf("%-10s %d: F1 %.3f, given text %.3f", kind, all.Kinds[kind].Want, all.Kinds[kind].FullF1(), all.Kinds[kind].GivenText())
		if got < floor {
			t.Errorf("%s: %.3f, less than %.3f", kind, got, floor)
		}
	}
}
