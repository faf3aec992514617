// Package readability makes go-readability (readeck v2, a port of Mozilla's
// Readability.js) an engine of package clean. Importing it is enough; programs that
// do not import it do not carry it, nor what it needs:
//
//	import _ "github.com/winnowtext/winnow/clean/engine/readability"
//
//	c, err := clean.New(clean.Options{Engine: clean.Readability})
//
// It costs two to three parses of a page more than the library's own engine, in a time
// that grows faster than the page, does not stop when a context ends, and finds less on
// most pages.
package readability

import (
	"fmt"
	"net/url"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/clean/internal/engine"
)

func init() { engine.Register("readability", find) }

// find returns the article that go-readability finds on a page, as a tree of its own:
// nil when it finds none. Neither root nor page, which may be nil, is changed. The
// error says that the library gave up or panicked.
func find(root *html.Node, page *url.URL) (article *html.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			article, err = nil, fmt.Errorf("readability: panic: %v", p)
		}
	}()
	// The parser keeps state, and links are made absolute through page.
	parser := readability.NewParser()
	if page != nil {
		u := *page
		page = &u
	}
	found, err := parser.ParseDocument(root, page)
	if err != nil {
		return nil, fmt.Errorf("readability: %w", err)
	}
	return found.Node, nil
}
