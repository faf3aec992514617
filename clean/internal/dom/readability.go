package dom

import (
	"fmt"
	"net/url"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
)

// Readability returns the article that go-readability (readeck's v2.1.1, a
// port of Mozilla's Readability.js) finds on a page, as a tree of its own: nil
// when it finds none. Neither root nor page, which may be nil, is changed.
//
// It costs two to three parses of the page, and needs time that grows faster
// than the page. The error says that the library gave up or panicked.
func Readability(root *html.Node, page *url.URL) (article *html.Node, err error) {
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
