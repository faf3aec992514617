package clean

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"sync"

	"golang.org/x/net/html"
)

// standard is the Cleaner of the zero Options.
var standard = sync.OnceValue(func() *Cleaner {
	c, err := New(Options{})
	if err != nil {
		panic("clean: " + err.Error()) // embedded data, loaded by every test
	}
	return c
})

// Text cleans flattened text with the default options. A text beyond their limits
// is returned as it is: better dirty than lost.
func Text(s string) (text string) {
	text = s
	if len(s) > DefaultMaxBytes {
		return s
	}
	w := take(context.Background())
	defer w.end(new(*Result), new(error))
	if lines, head := standard().textLines(w, s, &Input{}); len(head) == len(s) {
		text = w.lines.JoinText(lines, s)
	}
	return text
}

// HTML cleans a page with the default options. page is its address, if known. The result
// is never nil; r is read to its end, which a request's own context can bring about.
func HTML(r io.Reader, page *url.URL) (*Result, error) {
	return standard().HTML(context.Background(), r, page)
}

// HTML cleans a page. page is its address, to make others absolute; it may be
// nil. It is short for [Cleaner.Clean]: the result is never nil, and a Read of r that
// blocks is waited for.
func (c *Cleaner) HTML(ctx context.Context, r io.Reader, page *url.URL) (*Result, error) {
	return c.Clean(ctx, Input{Body: r, URL: page, Format: FromHTML})
}

// Node cleans a page or a part of one that was parsed before. The tree is not
// changed; nil is an empty page.
func (c *Cleaner) Node(ctx context.Context, root *html.Node, page *url.URL) (res *Result, err error) {
	w := take(ctx)
	defer w.end(&res, &err)
	if root == nil {
		root = &html.Node{Type: html.DocumentNode}
	}
	return c.orStandard().page(w, w.dom.Ready(root), &Input{URL: page, Format: FromHTML})
}

// Text cleans text that was flattened by another scraper.
func (c *Cleaner) Text(ctx context.Context, s string) (res *Result, err error) {
	w := take(ctx)
	defer w.end(&res, &err)
	c = c.orStandard()
	if most := c.opt.maxBytes(); int64(len(s)) > most {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, most)
	}
	return c.text(w, s, &Input{Format: FromText})
}

// orStandard is c, or the Cleaner of the zero Options for one that New did not make.
func (c *Cleaner) orStandard() *Cleaner {
	if c == nil || c.rules == nil {
		return standard()
	}
	return c
}
