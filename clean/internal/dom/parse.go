package dom

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"golang.org/x/net/html"
)

// Parse returns the tree of a page or of a fragment, which must be UTF-8. The
// tree is that of html.Parse with scripting off, so that noscript elements
// hold markup. Where html.Parse refuses, at more than 512 open elements, or
// would need far more time or memory than the size of the page accounts for,
// the tree comes from a simpler builder that is linear in the input and loses
// no text: elements nested deeper than [maxDepth] become siblings there.
//
// The error is nil for all input; it is there for parsers that may fail.
func Parse(utf8 []byte) (*html.Node, error) {
	root, err := html.ParseWithOptions(&guard{rest: utf8}, html.ParseOptionEnableScripting(false))
	if err == nil {
		return root, nil
	}
	return parseDeep(utf8), nil
}

// errCostly stops html.Parse.
var errCostly = errors.New("costly markup")

// Limits of the guard, none of which a page of the web was seen to reach.
const (
	// maxCopies is the number of elements html.Parse may make that stand for no
	// tag, as a multiple of the number of tags, above baseCopies.
	maxCopies  = 8
	baseCopies = 1 << 17
	// baseEnds is the number of end tags that may be there beyond two for each
	// start tag. One that closes nothing is searched among all open elements.
	baseEnds = 1 << 12
	// maxRoots is how often html and body may be opened. Each time the
	// attributes collected so far are looked through.
	maxRoots = 64
	// longToken is the free space in the tokenizer's buffer, in bytes, that
	// tells of a very long token. Only then are attributes counted.
	longToken = 64 << 10
	// maxAttrs is the number of attributes of a tag.
	maxAttrs = 512
)

// A guard hands a page to html.Parse and watches for markup on which that
// takes more than linear time, or 100 times what is usual.
//
// An element like b or font that is not closed is opened anew in each of the
// following blocks. The guard counts how many are open, as if each were copied
// at each tag: too many, since that is only an upper bound, but html.Parse
// cannot make more copies than this.
//
// Each html or body tag is compared with the attributes of those before.
//
// An end tag without a start tag is searched among all open elements.
//
// A tag with many attributes makes html.Tokenizer slow for the whole rest of
// the page, as it clears a map of that size at each tag.
type guard struct {
	rest   []byte // what is still to be read
	page   []byte // the whole of it, from the first Read on
	open   int    // formatting elements
	copies int
	tags   int
	ends   int // end tags
	roots  int
	long   bool // a token of more than longToken/2 bytes was seen
}

// Read implements io.Reader.
func (g *guard) Read(p []byte) (int, error) {
	if g.page == nil {
		g.page = g.rest
	}
	if len(g.rest) == 0 {
		return 0, io.EOF
	}
	// The tokenizer doubles its buffer when a token fills more than half of it.
	if len(p) >= longToken && !g.long {
		g.long = true
		if tooManyAttrs(g.page) {
			return 0, fmt.Errorf("%w: a tag with more than %d attributes", errCostly, maxAttrs)
		}
	}
	n := copy(p, g.rest)
	// A tag that begins in this part may end in the next one, but to know its
	// name a few bytes are enough.
	if err := g.count(g.rest[:n], g.rest[:min(n+16, len(g.rest))]); err != nil {
		return 0, err
	}
	g.rest = g.rest[n:]
	return n, nil
}

// count adds up the tags that begin in part; more is part with some bytes
// behind it.
func (g *guard) count(part, more []byte) error {
	for i := 0; ; {
		j := bytes.IndexByte(part[i:], '<')
		if j < 0 {
			return nil
		}
		i += j + 1
		g.tags++
		g.copies += g.open
		tag := more[i:]
		if len(tag) == 0 {
			continue
		}
		switch tag[0] {
		case '/':
			if g.ends++; g.ends > baseEnds+2*(g.tags-g.ends) {
				return fmt.Errorf("%w: %d end tags of %d tags", errCostly, g.ends, g.tags)
			}
			if g.open > 0 && isFormatting(tag[1:]) {
				g.open--
			}
		case 'b', 'c', 'e', 'f', 'h', 'i', 's', 't', 'u', 'B', 'C', 'E', 'F', 'H', 'I', 'S', 'T', 'U':
			if isFormatting(tag) {
				g.open++
			} else if hasFold(tag, "body") || hasFold(tag, "html") {
				if g.roots++; g.roots > maxRoots {
					return fmt.Errorf("%w: %d root elements", errCostly, g.roots)
				}
			}
		}
		if g.copies > baseCopies+maxCopies*g.tags {
			return fmt.Errorf("%w: %d formatting elements left open", errCostly, g.open)
		}
	}
}

// isFormatting tells whether tag begins with the name of an element that the
// parser opens anew in the next block. An a or nobr element closes the one
// before, so that never more than one is open.
func isFormatting(tag []byte) bool {
	var name [7]byte // the longest has six letters
	n := 0
	for ; n < len(name) && n < len(tag) && isLetter(tag[n]); n++ {
		name[n] = tag[n] | 0x20
	}
	switch string(name[:n]) {
	case "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u":
		return true
	}
	return false
}
