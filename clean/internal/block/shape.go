package block

import (
	"bytes"
	"math/bits"

	"github.com/winnowtext/winnow/clean/internal/model"
)

// A Shape is what the blocks of a page are all together, whatever becomes of each:
// what tells a page of one text from one of many links. Counts are of blocks, letters
// and digits, shares in 63rds.
type Shape struct {
	Blocks, Heads, Items, Good    int32
	Chars, GoodChars              int32
	Links, Paragraphs, InItems    uint8 // shares of the letters
	GoodShare, MainShare          uint8
	MainLinks                     uint8 // link density of the smallest element with half of the prose
	Articles, Tables, Code, Forms int32
	Quotes, Buttons, Dates        int32
	Prices, Questions             int32
	LinkedHeads, LongestGood      int32
	// Kin are the blocks with the same path of tags and classes of which there are
	// most letters in links.
	KinCount, KinChars       int32
	KinLinks                 uint8
	ShortGood, RepeatedHeads int32
	// Teasers are links of at least four words outside of menus, MainTeasers and
	// MainHeads those and the headings in the smallest element with half of the prose,
	// Runs the longest run of prose blocks without a link or heading between, Repeats the
	// copies of the label that is met most.
	Teasers, MainTeasers, MainHeads, Runs, Repeats int32
	// Areas are the shares of the letters that stand in each area.
	Areas [areaCount]uint8
}

// ShapeOf sums up a page that was measured.
func ShapeOf(d *Doc) (s Shape) {
	r := &d.memory.reading
	n := len(d.Blocks)
	if n == 0 || len(r.pre) <= n {
		return s
	}
	r.shape.areas()
	s = r.shape.Shape
	t := &r.total
	s.Blocks, s.Heads, s.Chars, s.GoodChars = int32(n), t.heads, t.chars, t.good
	s.Links, s.Paragraphs, s.InItems = model.Ratio(t.link, t.chars), model.Ratio(t.paras, t.chars), model.Ratio(t.items, t.chars)
	s.GoodShare = model.Ratio(t.good, t.chars)
	if a, b := r.holds[1][0], r.holds[1][1]; a >= 0 && a < b && int(b) <= n {
		main, before := *r.before(int(b)), r.before(int(a))
		s.MainShare = model.Ratio(main.chars-before.chars, t.chars)
		s.MainLinks = model.Ratio(main.link-before.link, main.chars-before.chars)
		s.MainHeads = main.heads - before.heads
	}
	for _, i := range r.shape.teasers {
		if i >= r.holds[1][0] && i < r.holds[1][1] {
			s.MainTeasers++
		}
	}
	for _, i := range r.shape.heads {
		if r.blocks.at(int(i)).copies+r.copies(int(i)) > 2 {
			s.RepeatedHeads++
		}
	}
	s.Dates = int32(r.page[pageDates-pageBlocks])
	s.Articles = int32(r.page[pageArticles-pageBlocks])
	for a, chars := range r.shape.letters {
		s.Areas[a] = model.Ratio(chars, t.chars)
	}
	for i := range r.kins {
		if k := &r.kins[i]; k.count >= 4 && k.link > s.KinChars {
			s.KinCount, s.KinChars, s.KinLinks = k.count, k.link, model.Ratio(k.link, max(k.chars, k.link))
		}
	}
	return s
}

// A shaping is the part of a shape that is summed up while texts are measured.
type shaping struct {
	Shape
	letters        [areaCount]int32
	in             areaSet // areas of the last blocks, and the letters of those
	inLetters      int32
	run            int32   // prose blocks in a row
	heads, teasers []int32 // blocks
}

// reset empties it.
func (s *shaping) reset() { *s = shaping{heads: s.heads[:0], teasers: s.teasers[:0]} }

// areas adds up what the last blocks have in the areas that they stand in.
func (s *shaping) areas() {
	for in := s.in; in != 0; in &= in - 1 {
		s.letters[bits.TrailingZeros32(uint32(in))] += s.inLetters
	}
	s.inLetters = 0
}

// add adds block i, which was measured.
func (s *shaping) add(d *Doc, i int, m, first *measured) {
	b := &d.Blocks[i]
	size := b.End - b.Start
	heading, linked := b.Flags&fHeading != 0, b.Link*2 > size
	in := d.Elems[b.Elem].In
	if in != s.in { // mostly blocks next to each other stand in the same areas
		s.areas()
		s.in = in
	}
	s.inLetters += m.ts.chars
	switch {
	case m.good:
		s.Good++
		s.LongestGood = max(s.LongestGood, m.ts.chars)
		s.ShortGood += bit(m.ts.words < 40)
		s.run++
		s.Runs = max(s.Runs, s.run)
	case heading || linked:
		s.run = 0
	}
	if linked && m.ts.words >= 4 && in&(1<<aNav|1<<aFooter) == 0 {
		s.Teasers++
		s.teasers = append(s.teasers, int32(i))
	}
	if heading {
		s.heads = append(s.heads, int32(i))
		s.LinkedHeads += bit(linked)
	}
	if f := &d.Blocks[m.first]; f.End-f.Start <= maxLabel {
		s.Repeats = max(s.Repeats, first.copies)
	}
	s.Items += bit(b.Flags&fItem != 0)
	s.Tables += bit(b.Flags&fTable != 0)
	if b.Flags&(fPre|fCode) != 0 {
		s.Code += m.ts.chars
	}
	s.Forms += bit(b.Flags&fForm != 0)
	s.Quotes += bit(b.Flags&fQuote != 0)
	s.Buttons += bit(b.Button*2 > size)
	if text := d.Text[b.Start:b.End]; size <= maxPrice {
		s.Prices += bit(hasPrice(text))
	} else if size <= maxQuestion {
		s.Questions += bit(text[size-1] == '?')
	}
}

// bit is 1 for what is so: it takes no jump, which would be as often right as wrong.
func bit(b bool) (n int32) {
	if b {
		n = 1
	}
	return n
}

// maxLabel is how long a label is, in bytes: the text of a button or of a link in a
// menu.
const maxLabel = 40

// EachLabel calls f for every heading and every label of a page that was measured, but
// not for one that is the same as one before: menus come twice.
func EachLabel(d *Doc, f func(text []byte, heading bool)) {
	r := &d.memory.reading
	for i := range d.Blocks {
		b := &d.Blocks[i]
		heading := b.Flags&fHeading != 0
		size := b.End - b.Start
		if size > maxLabel && !(heading && size <= maxQuestion) {
			continue
		}
		text := d.Text[b.Start:b.End]
		if k := int(r.blocks.at(i).first); k < i {
			if b := &d.Blocks[k]; b.Flags&fHeading != 0 == heading && bytes.Equal(text, d.Text[b.Start:b.End]) {
				continue
			}
		}
		f(text, heading)
	}
}

// AreaNames are the names of Shape.Areas.
var AreaNames = [areaCount]string{
	"article", "main", "body", "aside", "nav", "header", "footer", "comment", "related", "share", "ad", "newsletter", "meta",
	"caption", "overlay", "card", "forum", "product", "tags", "widget", "fold", "hidden", "lead", "title", "legal", "concealed",
}

const (
	maxPrice    = 48  // bytes of a block that is a price
	maxQuestion = 160 // bytes of a block that is a question
)

// hasPrice reports whether a short text holds a sum of money: a sign beside a digit.
func hasPrice(text []byte) bool {
	if i := bytes.IndexByte(text, '$'); i >= 0 {
		rest := text[i+1:]
		return len(rest) > 0 && (rest[0]-'0' <= 9 || rest[0] == ' ' && len(rest) > 1 && rest[1]-'0' <= 9)
	}
	if i := bytes.IndexByte(text, 0xE2); i >= 0 && i+2 < len(text) && text[i+1] == 0x82 && text[i+2] >= 0xA0 {
		return true // the signs from U+20A0 on
	}
	i := bytes.IndexByte(text, 0xC2)
	return i >= 0 && i+1 < len(text) && (text[i+1] == 0xA3 || text[i+1] == 0xA5) // pound, yen
}

// maxTexts bounds the blocks that EachText reads.
const maxTexts = 400

// EachText calls f for the blocks of a page in order, up to maxTexts, those that are
// never to be seen left out. The texts live as long as the page.
func (d *Doc) EachText(f func(b *Block, text string, heading bool)) {
	for i := range d.Blocks[:min(len(d.Blocks), maxTexts)] {
		d.clock.Step()
		if b := &d.Blocks[i]; b.Flags&fInvisible == 0 && b.Kind != "hidden" {
			f(b, view(d.Text[b.Start:b.End]), b.Flags&fHeading != 0)
		}
	}
}
