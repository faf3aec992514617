package block

import (
	"bytes"
	"encoding/binary"
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
	t := &r.total
	s.Blocks, s.Heads, s.Chars, s.GoodChars = int32(n), t.heads, t.chars, t.good
	s.Links, s.Paragraphs, s.InItems = model.Ratio(t.link, t.chars), model.Ratio(t.paras, t.chars), model.Ratio(t.items, t.chars)
	s.GoodShare = model.Ratio(t.good, t.chars)
	if a, b := r.holds[1][0], r.holds[1][1]; a >= 0 && a < b && int(b) <= n {
		main, before := *r.before(int(b)), r.before(int(a))
		s.MainShare = model.Ratio(main.chars-before.chars, t.chars)
		s.MainLinks = model.Ratio(main.link-before.link, main.chars-before.chars)
	}
	var areas [areaCount]int32
	run, counted := int32(0), 0 // areas of a block that were counted
	for i := range d.Blocks {
		d.clock.Step()
		b, m := &d.Blocks[i], r.blocks.at(i)
		size := b.End - b.Start
		e := &d.Elems[b.Elem]
		for a := 0; a < len(e.Near); a += 8 {
			a := min(a, len(e.Near)-8)
			for v := binary.LittleEndian.Uint64(e.Near[a:]); v != 0; {
				k := bits.TrailingZeros64(v) &^ 7
				v &^= 0xff << k
				if at := a + k/8; at >= counted {
					areas[at] += m.ts.chars
				}
			}
			counted = a + 8
		}
		counted = 0
		if m.good {
			s.Good++
			s.LongestGood = max(s.LongestGood, m.ts.chars)
			if m.ts.words < 40 {
				s.ShortGood++
			}
		}
		main := int32(i) >= r.holds[1][0] && int32(i) < r.holds[1][1]
		switch {
		case m.good:
			run++
			s.Runs = max(s.Runs, run)
		case b.Flags&fHeading != 0 || b.Link*2 > size:
			run = 0
		}
		if b.Link*2 > size && m.ts.words >= 4 && e.Near[aNav] == 0 && e.Near[aFooter] == 0 {
			s.Teasers++
			if main {
				s.MainTeasers++
			}
		}
		if main && b.Flags&fHeading != 0 {
			s.MainHeads++
		}
		if size <= maxLabel {
			s.Repeats = max(s.Repeats, m.copies)
		}
		if b.Flags&fItem != 0 {
			s.Items++
		}
		if b.Flags&fTable != 0 {
			s.Tables++
		}
		if b.Flags&(fPre|fCode) != 0 {
			s.Code += m.ts.chars
		}
		if b.Flags&fForm != 0 {
			s.Forms++
		}
		if b.Flags&fQuote != 0 {
			s.Quotes++
		}
		if b.Button*2 > size {
			s.Buttons++
		}
		if b.Flags&fHeading != 0 && b.Link*2 > size {
			s.LinkedHeads++
		}
		if b.Flags&fHeading != 0 && m.copies+r.blocks.at(int(m.first)).copies > 2 {
			s.RepeatedHeads++
		}
		if text := d.Text[b.Start:b.End]; size <= maxPrice {
			if hasPrice(text) {
				s.Prices++
			}
		} else if size <= maxQuestion && text[size-1] == '?' {
			s.Questions++
		}
	}
	s.Dates = int32(r.page[pageDates-pageBlocks])
	s.Articles = int32(r.page[pageArticles-pageBlocks])
	for a, chars := range areas {
		s.Areas[a] = model.Ratio(chars, t.chars)
	}
	for i := range r.kins {
		if k := &r.kins[i]; k.count >= 4 && k.link > s.KinChars {
			s.KinCount, s.KinChars, s.KinLinks = k.count, k.link, model.Ratio(k.link, max(k.chars, k.link))
		}
	}
	return s
}

// maxLabel is how long a label is, in bytes: the text of a button or of a link in a
// menu.
const maxLabel = 40

// EachLabel calls f for every heading and every label of a page.
func EachLabel(d *Doc, f func(text []byte, heading bool)) {
	for i := range d.Blocks {
		b := &d.Blocks[i]
		heading := b.Flags&fHeading != 0
		if size := b.End - b.Start; size <= maxLabel || heading && size <= maxQuestion {
			f(d.Text[b.Start:b.End], heading)
		}
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
// never to be seen left out.
func (d *Doc) EachText(f func(b *Block, text string, heading bool)) {
	for i := range d.Blocks[:min(len(d.Blocks), maxTexts)] {
		d.clock.Step()
		if b := &d.Blocks[i]; b.Flags&fInvisible == 0 && b.Kind != "hidden" {
			f(b, string(d.Text[b.Start:b.End]), b.Flags&fHeading != 0)
		}
	}
}
