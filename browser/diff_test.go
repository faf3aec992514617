package browser

import (
	"slices"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/report"
)

// TestDiff: two runs stand side by side, at first only where they differ.
func TestDiff(t *testing.T) {
	s := sources(t)[0]
	b := openTab(t)
	b.open(file(t, diffOf(t, s)))
	shown := b.shown()
	if len(shown) < 2 {
		t.Fatalf("%d changes", len(shown))
	}
	if n := eval[int](b, `document.querySelectorAll('.pair.changed').length`); n != len(shown) {
		t.Errorf("%d pairs in sight, %d changed", len(shown), n)
	}
	b.exec(`[...document.querySelectorAll('.pair.changed')].find((e) => e.textContent.includes('two years')).click()`)
	why := squeezed(b.textOf("#why"))
	for _, want := range []string{"plain Kept", "model 0.9", "mine Removed", "rule ad.canal"} {
		if !strings.Contains(why, want) {
			t.Errorf("%q is not in %q", want, why)
		}
	}
	b.click(".changes input")
	pairs := report.Compare(s.res.Decisions, s.res.Decisions)
	if n := len(b.shown()); n < len(pairs) {
		t.Errorf("%d pairs in sight, want %d and more", n, len(pairs))
	}
	// Of the inputs those in which nothing changed are out of the way.
	files := `[...document.querySelectorAll('.files li:not([hidden]) .name')].map((e) => e.textContent)`
	if got := eval[[]string](b, files); !slices.Equal(got, []string{s.name, "only before.html"}) {
		t.Errorf("files that changed: %v", got)
	}
	b.click(".files .check input")
	if got := eval[[]string](b, files); !slices.Equal(got, []string{"same.html", s.name, "only before.html"}) {
		t.Errorf("all files: %v", got)
	}
	if got := b.textOf("#file"); got != s.name {
		t.Errorf("the first to be shown is %q", got)
	}
	// An input that one run does not have.
	b.choose("only before.html")
	if n := eval[int](b, `document.querySelectorAll('.pair .absent').length`); n != len(pairs) {
		t.Errorf("%d pairs without a second side, want %d", n, len(pairs))
	}
}
