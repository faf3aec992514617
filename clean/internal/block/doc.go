// Package block turns a parsed page into an ordered list of text blocks,
// measures them and decides which belong to the article.
//
//	segment.go   one walk over the tree: elements, blocks
//	collapse.go  their text: white space collapsed, invisible characters left out
//	attrs.go     what attributes say about elements
//	sight.go     how their text is seen, by their styles and the page's sheets
//	skip.go      elements whose content is not text of the page
//	tags.go      what is known about elements by their tag
//	tokens.go    what is known about elements by their class and id tokens
//	prune.go     removes what a rule names, with guards
//	measure.go   what every block's features are worked out from
//	table.go     the features: names, units, words
//	features.go  the features of the first ensemble, as bytes
//	text.go      what is counted in a block's own text
//	words.go     function words
//	ngrams.go    what is known about words and pairs of words
//	probe.go     what the learned tables hold of some words, for a test
//	classify.go  probability by the tree ensembles, threshold
//	order.go     blocks by their probability
//	sequence.go  what the first ensemble says of the blocks around, for the second
//	comments.go  comments beside an article, doubted as a whole
//	belong.go    what belongs together: lists, tables, quotations, code
//	notes.go     notes, by the marks that link to them
//	kin.go       headings and labels of posts and sections of one shape
//	beside.go    what stands beside an article: comments, other pieces, promos
//	posts.go     the same: posts, teasers, sidebars, appeals, companies
//	caption.go   captions of pictures
//	standfirst.go the lead
//	follow.go    another extractor's choice in place of the model's
//	context.go   decisions over the sequence of blocks
//	name.go      what the blocks left out are called
//	render.go    blocks to lines
//	replace.go   data of the page in place of its blocks
//	place.go     CSS paths for the report
//	structure.go what elements say beyond the text: marks, formulas, embeds
//	image.go     pictures, and where they come from
//	around.go    what the elements around a block make of it: level, list, language
//	explain.go   the model's reasons in words
//	memory.go    memory that is used again for the next page
//	limit.go     where work ends early
//
// Words used here:
//
//	part   of a class or id token: its letters up to the next hump; postTags
//	       has post and tags
//	area   what a part, or a tag, says an element is: menu, comments, footer
//	weight what a part says of the text below it, learned from known pages
//	lean   how far words are typical of articles or of residue
//	good   of a block: 80 letters in sentences and few links, see goodChars
//	kin    blocks with the same path of tags and classes
//	aside  a piece that the walk takes out, see Aside
//
// When the clock of the Memory ends the work, Segment returns the blocks so far.
// The other functions are left by a panic of package work, which passes them; what
// they left half done, Shorten makes good.
package block

import (
	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
	"golang.org/x/net/html"
)

// A Doc is a page as an ordered list of blocks.
type Doc struct {
	// Text is the text of all blocks, one after the other: white space is
	// collapsed, soft hyphens and zero-width characters are gone.
	Text []byte
	// Elems are the elements in document order; 0 is the root.
	Elems []Elem
	// Blocks are the blocks in document order.
	Blocks []Block
	// Asides are pieces that were taken out inside of or between blocks
	// while walking, in reading order; recorded only when asked for. At never
	// falls from one to the next. See Aside.At.
	Asides []Aside
	// Marks are the inline elements around pieces of Text, outer ones first, Images
	// the pictures, Places the elements that pieces of Text lie in, all in reading
	// order; recorded only when asked for.
	Marks  []Mark
	Images []Image
	Places []Place
	// Cut says that the page was longer than the limit of elements.
	Cut bool
	// Threshold is the probability from which on Classify kept blocks.
	Threshold float32

	// Replaced says what the text of the page was replaced by, if it was.
	Replaced Source

	clock  *work.Clock // of the work on this page; nil never ends it
	memory *Memory     // that d is part of

	ngrams *model.Odds

	inBody, bodySize int // word triples of the structured body: on the page, in all

	odds  []float32    // the last model's log-odds, by block
	nodes []*html.Node // by element; recorded only when asked for
	short bool         // see Shorten

	pointers []pointer // in document order
	targets  []target  // the same

	otherType bool // the page says what it is, and that is no article
	doubted   bool // comments were, see doubtComments
}

// An Elem is an element. Its blocks are Blocks[First:End].
type Elem struct {
	Parent     int32
	First, End int32 // blocks
	Path       uint32
	Tag        tag
	Depth      uint8 // saturates
	Flags      flags
	// Near holds for each area the number of elements up to the nearest
	// ancestor (or itself) in that area plus one, 0 for none.
	Near areaDist
	// In are the areas of Near.
	In areaSet
	// Own and Chain are the least and the greatest learned weight of the
	// element's tokens, and of those of it and its ancestors; Sum adds the
	// latter up.
	Own, Chain [2]int8
	Sum        int16
	// Rule is the DOM rule that named the element, plus one.
	Rule uint16
}

// A Block is the longest run of inline content between two block borders.
type Block struct {
	Start, End int32 // in Doc.Text
	Elem       int32 // innermost block-level element around it
	Link       int32 // bytes inside links
	Bold       int32 // bytes inside b, strong
	Button     int32 // bytes inside buttons and labels
	Links      uint16
	Cell       int16 // number of the table cell in its row plus one, 0 outside tables
	Flags      flags
	Role       Role

	// The verdict so far.
	Keep bool
	P    float32 // probability of being content
	Kind rules.Kind
	Rule string
	Step string
}

// Role is what a block is in its text.
type Role uint8

// Roles.
const (
	Para Role = iota
	Heading
	Item
	Row
	Code
	Quote
	Caption
)

// An Aside is text that was left out while walking, such as the names in an
// icon sprite.
type Aside struct {
	// At is the place of Doc.Text where it stood: behind Text[:At] and before
	// Text[At:]. So the text with all Asides put in, those of one place in the
	// order in which they are recorded, is the page in reading order, but for
	// white space. An Aside at the end of a block, or before the next, has the
	// End of the one, which is the Start of the other.
	At   int32
	Elem int32
	Text string
	Kind rules.Kind
	Rule string
}
