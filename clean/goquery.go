//go:build !js

package clean

import (
	"context"
	"net/url"

	"github.com/PuerkitoBio/goquery"
)

// In builds for browsers goquery would bring net/http along, and make them larger by
// a tenth.

// Document cleans a page that was parsed before. The document is not changed.
func (c *Cleaner) Document(ctx context.Context, doc *goquery.Document, page *url.URL) (*Result, error) {
	if doc == nil || len(doc.Nodes) == 0 {
		return c.Node(ctx, nil, page)
	}
	return c.Node(ctx, doc.Nodes[0], page)
}
