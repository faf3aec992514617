package main

import (
	// An anchored diff in O(n log n), as in the Go project itself. The usual
	// Myers diff takes quadratic time where two texts differ much, and a page
	// differs much from its article.
	textdiff "github.com/rogpeppe/go-internal/diff"
)

// diff is the unified diff from an input to its clean text, nil if there is none.
//
// Of a text, before is the file itself, so that the diff can be applied as a
// patch. Of a page it is all visible text in the layout of the output.
func diff(name string, before, after []byte) []byte {
	name = escape(name)
	return textdiff.Diff(name, before, name+" (clean)", after)
}
