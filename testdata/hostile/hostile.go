// Package hostile makes pages and texts that are hard on parsers, regular
// expressions and memory. Each grows with one number, so that time can be set
// against size, and each holds the same article, so that what a program loses
// of it can be told.
//
//	hostile.go  Shape and what all shapes share
//	markup.go   shapes of the tree: depth, width, misnesting
//	bytes.go    shapes of the bytes: attributes, entities, comments, encodings
//	meta.go     shapes of metadata and of hidden text
//	text.go     flattened texts
//
// It is used by tests of the library and by bench.
package hostile

import (
	"fmt"
	"strings"
)

// A Shape is a hostile input that grows.
type Shape struct {
	Name string
	// Text tells that it is flattened text, not a page.
	Text bool
	// Max is the largest size, in repetitions of whatever the shape repeats.
	Max int
	// Packed tells that the bytes are no UTF-8 text: gzip or another encoding.
	Packed bool
	make   func(n int) string
}

// Make returns the input of size n.
func (s Shape) Make(n int) []byte { return []byte(s.make(n)) }

// All returns the shapes, pages first.
func All() []Shape {
	var all []Shape
	for _, part := range [][]Shape{markup, octets, metadata, texts} {
		all = append(all, part...)
	}
	return all
}

// Named returns the shape of that name.
func Named(name string) (Shape, bool) {
	for _, s := range All() {
		if s.Name == name {
			return s, true
		}
	}
	return Shape{}, false
}

// Paragraphs are those of the article that every shape holds: the first two
// before what is hostile, the others behind it.
var Paragraphs = []string{
	"The ferry to the outer islands has not sailed since the storm on the ninth of March, and the people who live there have begun to count what is left in their cellars, the harbour master said on Friday morning.",
	"Two of the four boats lie in the dock with broken rudders, while the others wait for a part that is made in one workshop only, some nine hundred miles away, whose owner had closed it for the whole of the month.",
	"Until it comes, the baker on the largest of the islands divides the flour among the households by the number of heads, as his grandmother did in the winter of 1947, and writes each pound down in the same green book.",
	"Nobody is hungry yet, he says, but nobody has been to the cinema either, and the school has run out of chalk, so the teachers have gone back to slates and to lessons that are learnt by heart and sung together.",
}

// page puts what is hostile into the middle of an article.
func page(middle string) string {
	return "<!DOCTYPE html><html lang=en><head><title>No ferry to the islands</title></head><body>" +
		"<article><h1>No ferry to the islands</h1><p>" + Paragraphs[0] + "</p><p>" + Paragraphs[1] + "</p>" +
		middle +
		"<p>" + Paragraphs[2] + "</p><p>" + Paragraphs[3] + "</p></article></body></html>"
}

// text does the same for flattened text.
func text(middle string) string {
	return "Home\nNews\nShare\n" + Paragraphs[0] + "\n" + Paragraphs[1] + "\n" + middle + "\n" +
		Paragraphs[2] + "\n" + Paragraphs[3] + "\nAdvertisement\n"
}

// Kept returns the share of the article's words that stand, in order, in text.
func Kept(text string) float64 {
	all, found := 0, 0
	for _, p := range Paragraphs {
		words := strings.Fields(p)
		all += len(words)
		if strings.Contains(text, p) {
			found += len(words)
			continue
		}
		rest := text
		for i := 0; i+4 <= len(words); i += 4 {
			run := strings.Join(words[i:i+4], " ")
			if at := strings.Index(rest, run); at >= 0 {
				found += 4
				rest = rest[at+len(run):]
			}
		}
	}
	return float64(found) / float64(all)
}

// repeat is a shape's maker that repeats a piece of markup in an article.
func repeat(piece string) func(int) string {
	return func(n int) string { return page(strings.Repeat(piece, n)) }
}

// around is repeat with what stands around the repetitions.
func around(head, piece, tail string) func(int) string {
	return func(n int) string { return page(head + strings.Repeat(piece, n) + tail) }
}

// each is repeat with a number in each piece, at the %d.
func each(piece string) func(int) string {
	return func(n int) string { return page(numbered(piece, n)) }
}

func numbered(piece string, n int) string {
	var sb strings.Builder
	for i := range n {
		fmt.Fprintf(&sb, piece, i)
	}
	return sb.String()
}

var vocabulary = strings.Fields(`water stone river market evening council bridge winter letter road boat engine
	morning school cellar garden teacher window number history mountain island harbour country paper
	the a of and to in with for on at by from that which who had was were said after before their its`)

// prose returns about so many bytes of words that never repeat for long.
func prose(bytes int) string {
	var sb strings.Builder
	sb.Grow(bytes + 16)
	x := uint32(2463534242)
	for sb.Len() < bytes {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		sb.WriteString(vocabulary[int(x>>3)%len(vocabulary)])
		if x&31 == 0 {
			sb.WriteByte('.')
		}
		sb.WriteByte(' ')
	}
	return sb.String()
}
