package block

import (
	"context"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// ending is a selector that ends a context at an element.
type ending struct {
	after int
	end   func()
	asked int
}

func (e *ending) Match(*html.Node) bool {
	if e.asked++; e.asked == e.after {
		e.end()
	}
	return false
}
func (e *ending) Specificity() cascadia.Specificity { return cascadia.Specificity{} }
func (e *ending) PseudoElement() string             { return "" }
func (e *ending) String() string                    { return "ending" }

// Selectors end with the context, not with the page.
func TestQueryEnds(t *testing.T) {
	const elements, after = 20_000, 1000
	root, err := html.Parse(strings.NewReader(strings.Repeat("<p>The ferry was late.</p>", elements)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	slow := &ending{after: after, end: cancel}
	var clock work.Clock
	clock.Start(ctx)
	m := Memory{Clock: &clock}
	m.Segment(root, Options{Root: Root{slow}})
	if clock.Err() == nil || slow.asked != after {
		t.Errorf("asked about %d of %d elements, with the end at %d: %v", slow.asked, elements, after, clock.Err())
	}
	whole := &ending{end: cancel}
	m = Memory{}
	if m.Segment(root, Options{Root: Root{whole}}); whole.asked < elements {
		t.Errorf("asked about %d of %d elements", whole.asked, elements)
	}
}
