package readability

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestFind(t *testing.T) {
	page := "<html><head><title>T</title></head><body><nav><a href=/>Home</a></nav><article>" +
		strings.Repeat("<p>The council met on Monday, and it talked for hours about the new bridge, its cost and the noise. <a href=/x>More</a></p>", 20) +
		"</article></body></html>"
	root := parse(t, page)
	before := render(t, root)
	base, err := url.Parse("https://example.com/a/")
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range []*url.URL{nil, base} {
		node, err := find(root, u)
		if err != nil || node == nil {
			t.Fatalf("%v, %v", node, err)
		}
		if got := render(t, node); !strings.Contains(got, "The council met") || strings.Contains(got, "Home") {
			t.Errorf("article %.100q", got)
		}
	}
	if render(t, root) != before || base.String() != "https://example.com/a/" {
		t.Error("input changed")
	}
	if node, err := find(parse(t, ""), nil); node != nil || err != nil {
		t.Errorf("of an empty page: %v, %v", node, err)
	}
	if _, err := find(nil, nil); err == nil {
		t.Error("no error for a nil tree")
	}
}

func parse(t *testing.T, page string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func render(t *testing.T, n *html.Node) string {
	t.Helper()
	var b strings.Builder
	if err := html.Render(&b, n); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
