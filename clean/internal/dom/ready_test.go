package dom

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
)

func TestReady(t *testing.T) {
	defer shared.Forget()
	if tree := shared.Ready(nil); tree.Root != nil {
		t.Error(tree)
	}
	page := "<p class=a>b<script type=ld+json>{}</script><script type=application/json>[]</script><script type=application/json></script><svg><script type=ld+json>{}</script></svg>"
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	tree := shared.Ready(root)
	if tree.Root != root || fmt.Sprint(tree.JSONLD, tree.Data) != "[{}] [[]]" {
		t.Errorf("%s, %q, %q", full(tree.Root), tree.JSONLD, tree.Data)
	}
	for _, bad := range []string{"\xff<p>x", "<!-- \xff -->", "<p class='\xff'>x", "<p a\xff=b>x", "<x\xff>x", "<p><script type=ld+json>\xff</script>"} {
		root, err := html.Parse(strings.NewReader(page + bad + page))
		if err != nil {
			t.Fatal(err)
		}
		want, err := html.Parse(strings.NewReader(strings.ToValidUTF8(page+bad+page, "\ufffd")))
		if err != nil {
			t.Fatal(err)
		}
		before := full(root)
		tree := shared.Ready(root)
		if got := full(tree.Root); got != full(want) || got == before && bad[0] != '<' {
			t.Errorf("%q became\n%s", bad, got)
		}
		if len(tree.Data) != 2 || len(tree.JSONLD) < 2 || !utf8.ValidString(fmt.Sprint(tree.JSONLD)) {
			t.Errorf("%q: %q, %q", bad, tree.JSONLD, tree.Data)
		}
		if full(root) != before {
			t.Errorf("%q: the input was changed", bad)
		}
	}
}

// A tree whose time is over before all of it was looked at is a beginning, and
// valid.
func TestReadyStops(t *testing.T) {
	root, err := html.Parse(strings.NewReader(strings.Repeat("<p>x", 3e5) + "<p>\xff"))
	if err != nil {
		t.Fatal(err)
	}
	m := newMemory(&limited{Context: context.Background(), looks: 3})
	tree := m.Ready(root)
	if text := textOf(tree.Root); m.Clock.Err() == nil || text == "" || len(text) >= 3e5 || strings.Trim(text, "x") != "" {
		t.Errorf("%d bytes of text, %v", len(text), m.Clock.Err())
	}
}
