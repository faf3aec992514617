package dom

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/winnowtext/winnow/clean/internal/work"
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
func Parse(utf8 []byte) (*html.Node, error) { return Page{HTML: utf8}.Parse(nil), nil }

// Parse is [Parse] of what Cut left of a page. When the clock ends, the tree
// holds what was read up to there.
func (p Page) Parse(c *work.Clock) *html.Node {
	if tooMany(p.load.copies, p.load.tags) {
		return parseDeep(c, p)
	}
	g := &guard{parted: parted{clock: c, p: p}, copies: p.load.copies, formats: p.load.size()}
	root, err := html.ParseWithOptions(g, html.ParseOptionEnableScripting(false))
	if err == nil {
		return root
	}
	return parseDeep(c, p)
}

// errCostly stops html.Parse.
var errCostly = errors.New("costly markup")

// Limits of the guard.
const (
	// maxBlind is the number of elements that html.Parse may make, by the
	// guard's bound, without there being a tag for them, where nothing is
	// known of the page by load; 130 bytes each.
	maxBlind = 1 << 20
	// maxOpen is the number of elements that html.Parse keeps open.
	maxOpen = 512
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
// following blocks, so that each tag that closes something can cost as many
// elements as there were such tags before, up to maxOpen. As far as Cut walked
// over the page, load has a bound. From there on the guard adds up as if none
// were ever closed: end tags in comments, attributes or foreign content make it
// too hard to know.
//
// Each html or body tag is compared with the attributes of those before.
//
// An end tag without a start tag is searched among all open elements.
//
// A tag with many attributes makes html.Tokenizer slow for the whole rest of
// the page, as it clears a map of that size at each tag.
type guard struct {
	parted
	long bool // a token of more than longToken/2 bytes was seen

	starts, ends, roots int // tags
	formats             int // start tags of formatting elements
	copies              int // bound of what html.Parse makes of them
}

// Read implements io.Reader.
func (g *guard) Read(p []byte) (int, error) {
	// The tokenizer doubles its buffer when a token fills more than half of it.
	if len(p) >= longToken && !g.long {
		g.long = true
		if tooManyAttrs(g.clock, g.p.HTML) {
			return 0, fmt.Errorf("%w: a tag with more than %d attributes", errCostly, maxAttrs)
		}
	}
	from := g.at
	mark, part := g.next(len(p))
	n := copy(p, mark) + copy(p, part)
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	// A tag that begins in this part may end in the next one, but to know its
	// name a few bytes are enough.
	return n, g.count(from, part, g.p.HTML[from:min(g.at+16, len(g.p.HTML))])
}

// count adds up the tags that begin in part, which stands at from in the page;
// more is part with some bytes behind it.
func (g *guard) count(from int, part, more []byte) error {
	for i := 0; ; {
		j := bytes.IndexByte(part[i:], '<')
		if j < 0 {
			return nil
		}
		i += j + 1
		tag := more[i:]
		switch {
		case len(tag) == 0:
			continue
		case tag[0] == '/':
			if g.ends++; g.ends > baseEnds+2*g.starts {
				return fmt.Errorf("%w: %d end tags for %d start tags", errCostly, g.ends, g.starts)
			}
		case !isLetter(tag[0]):
			continue
		default:
			g.starts++
			switch tag[0] | 0x20 {
			case 'b', 'c', 'e', 'f', 'h', 'i', 's', 't', 'u': // the first letters of what is asked for
				if isFormatting(tag) {
					if from+i > g.p.walked {
						g.formats++
					}
					continue
				}
				if hasFold(tag, "span") || hasFold(tag, "img") || hasFold(tag, "br") {
					continue // closes nothing
				}
				if hasFold(tag, "body") || hasFold(tag, "html") {
					if g.roots++; g.roots > maxRoots {
						return fmt.Errorf("%w: %d root elements", errCostly, g.roots)
					}
				}
			}
		}
		if from+i <= g.p.walked {
			continue
		}
		// An a and a nobr element may be opened anew as well.
		g.copies += min(g.formats+2, maxOpen)
		if tags := max(g.starts+g.ends, g.p.load.tags); g.copies > maxBlind+3*tags || g.p.walked > 0 && tooMany(g.copies, tags) {
			return fmt.Errorf("%w: %d formatting elements", errCostly, g.formats)
		}
	}
}

// isFormatting reports whether tag begins with the name of an element that the
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
