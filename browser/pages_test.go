package browser

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/report"
)

// pages are the invented pages that the reports are about: an article with
// boxes, comments below, a live blog, one in another script, and flattened text.
var pages = []string{
	"html/boxes-between/page.html", "html/comments-below/page.html", "html/live-blog/page.html",
	"html/arabic-rtl/page.html", "text/whole-page/dirty.txt",
}

// A source is an input and what became of it.
type source struct {
	name string
	data []byte
	res  *clean.Result
}

func explaining(t testing.TB, o clean.Options) *clean.Cleaner {
	t.Helper()
	o.Explain, o.Structure = true, true
	c, err := clean.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func cleaned(t testing.TB, c *clean.Cleaner, name string, data []byte) source {
	t.Helper()
	res, err := c.Clean(context.Background(), clean.Input{Body: bytes.NewReader(data)})
	if err != nil {
		t.Fatal(err)
	}
	return source{name, data, res}
}

// sources cleans the pages.
func sources(t testing.TB) []source {
	t.Helper()
	c := explaining(t, clean.Options{})
	var all []source
	for _, name := range pages {
		data, err := os.ReadFile(filepath.Join("..", "testdata", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, cleaned(t, c, name, data))
	}
	return all
}

func reportOf(t testing.TB, all ...source) []byte {
	t.Helper()
	var b bytes.Buffer
	r := report.New(&b, report.Options{})
	for _, s := range all {
		if err := r.Add(s.name, s.res, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bigPage is an invented page of at least so many bytes, shaped like a long
// archive: chapters of prose, each with a menu and boxes.
func bigPage(size int) []byte {
	words := strings.Fields(`the keeper of the lower lock wrote down every boat that passed and what it carried in the order of the hours with
a note on the weather and on the temper of the skippers for whom the rule of the river was a matter of opinion`)
	var b bytes.Buffer
	b.WriteString("<!doctype html><title>The lock keeper's book</title><body><nav><ul>")
	n := 0
	next := func() string { n = (n*31 + 17) % 9973; return words[n%len(words)] }
	for i := range 200 {
		b.WriteString("<li><a href=/year/" + next() + ">Year " + strings.Repeat("i", i%5+1) + "</a>")
	}
	b.WriteString("</ul></nav><main><article><h1>The lock keeper's book</h1>")
	for b.Len() < size {
		b.WriteString("<section class=day><h2>The day of the " + next() + "</h2>")
		for range 4 {
			b.WriteString("<p>On that day")
			for range 45 {
				b.WriteString(" " + next())
			}
			b.WriteString(", and the book says no more of it.</p>")
		}
		b.WriteString(`<aside class="related-posts"><a href=/a>Another ` + next() + ` day</a> <a href=/b>The ` + next() + ` flood</a></aside>`)
		b.WriteString(`<div class="share-bar">Share Tweet</div></section>`)
	}
	b.WriteString("</article></main><footer>Copyright of the lock office</footer>")
	return b.Bytes()
}
