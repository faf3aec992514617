// Package article is form 4 of a page or text: what is left of it and what was
// taken out, in the order of reading, each piece with the decision it comes from.
// Whatever is put out is printed from it:
//
//	article.go   Article: lines with their cuts, and where in the page they come from
//	text.go      the clean text
//	pieces.go    every piece of the input, kept or removed, and why
//	blocks.go    the kept blocks: role, level, runs of text with their marks
//	elements.go  what the elements of a page make of a block
//	address.go   addresses, made absolute
//	images.go    which pictures belong to the article
//	tree.go      the tree, fed with stretches of the text
package article

import (
	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/line"
)

// An Article is made when all verdicts are in. It views the lines and blocks it
// was made of, which must not change or be forgotten while it is in use.
type Article struct {
	lines []line.Line
	mem   *line.Memory // of the lines
	input string       // the text the lines were split from; empty for a page

	doc    *block.Doc   // nil for a text
	source []block.Line // by line, what it is in doc; those without spans come from elsewhere
}

// OfPage is the article of a page: its lines as they were rendered from doc and
// then judged.
func OfPage(doc *block.Doc, source []block.Line, mem *line.Memory, lines []line.Line) *Article {
	return &Article{doc: doc, source: source, mem: mem, lines: lines}
}

// Input is the text that the lines were split from; empty for a page.
func (a *Article) Input() string { return a.input }

// OfText is the article of a text that was split into lines.
func OfText(input string, mem *line.Memory, lines []line.Line) *Article {
	return &Article{input: input, mem: mem, lines: lines}
}
