package line

import (
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/words"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// A page whose blocks were joined by spaces, as by tools that squeeze white
// space, comes as one line, too: "Home News Sport Sign in The ferry left at noon.
// Advertisement Then fog came". Nothing shows for sure where blocks met, so it
// is cut where they may have: after sentences, around labels, before a capitalised
// function word that follows no sentence, and between the items of menus.
const (
	minSpacedShare = .5  // of the text's bytes
	minOddBreaks   = 5   // breaks that no end of a sentence explains
	glueShare      = .25 // of the breaks, how many seams a page has that is not glued together
	menuSpan       = 5   // words looked at on either side
	menuShare      = .7  // of them, how many are capitalised or numbers
	maxSpacedLabel = 4   // words; one that ends like a sentence is none
	menuLeast      = 8   // of them, as far as they lie in the same sentence
	menuGone       = .5  // of the words of a menu, how many must be residue
	shortWord      = 3   // bytes: a capitalised word before a full stop that is likely an abbreviation
	shortNumber    = 2   // the same for a number, which is likely an ordinal
)

// A spacedPage is such a page among the lines of a text, and where it is cut.
type spacedPage struct {
	from, to  int // lines
	text      string
	at, items []int // see breaks
}

// findSpaced finds the page whose blocks were joined by spaces. A text holds one at
// most; what counts is the text as it comes out.
func findSpaced(c *work.Clock, lines []Line, set *rules.Set) (p spacedPage, ok bool) {
	total, size, longest := 0, 0, 0
	for i := range lines {
		c.Step()
		l := &lines[i]
		if total += len(l.Text); !l.Glued {
			total, size = total+1+min(l.Blank, i, 1), 0
		}
		if size += len(l.Text); size > longest {
			longest, p.to = size, i+1
		}
	}
	if longest < minGluedBytes || float64(longest) < minSpacedShare*float64(total) {
		return p, false
	}
	p.from = p.to - 1
	for lines[p.from].Glued {
		p.from--
	}
	p.text = lines[p.from].Text
	if p.to-p.from > 1 {
		var b strings.Builder
		for i := p.from; i < p.to; i++ {
			b.WriteString(lines[i].Text)
		}
		p.text = b.String()
	}
	if !mayBePage(p.text) || strings.IndexByte(p.text, '\n') >= 0 { // wrapped prose is no page
		return p, false
	}
	p.at, p.items = breaks(p.text, seams(p.text), set)
	return p, p.at != nil && len(p.text) >= minPieceBytes*len(p.at)
}

// unspace cuts the page of a text whose blocks were joined by spaces into pieces.
func unspace(c *work.Clock, lines []Line, set *rules.Set) []Line {
	p, ok := findSpaced(c, lines, set)
	if !ok {
		return lines
	}
	pieces := make([]Line, 0, len(p.at)+1)
	piece, from := lines[p.from], 0
	for _, to := range append(p.at, len(p.text)) {
		piece.Text, piece.Cuts = p.text[from:to], nil
		pieces = append(pieces, piece)
		piece.Blank, piece.Glued, piece.spaced, from = 0, true, true, to
		_, piece.item = slices.BinarySearch(p.items, to)
	}
	return slices.Replace(lines, p.from, p.to, pieces...)
}

// breaks returns the places where blocks may have met in a page in which they
// were joined by spaces, the seams at among them, and those of them where an item
// of a menu follows another one; nil if it is no such page.
func breaks(text string, at []int, set *rules.Set) (all, items []int) {
	b := breakFinder{set: set, months: set.List("month")}
	b.w.Entire = true
	set.Scan(&b.w, text)
	var counts listCounts
	counts.add(set, &b.w)
	b.stop = counts.most()
	b.find()
	if b.odd < minOddBreaks || float64(len(at)) > glueShare*float64(len(b.at)) {
		return nil, nil
	}
	all = append(at, b.at...)
	slices.Sort(all)
	return slices.Compact(all), b.items
}

// A breakFinder looks for breaks in one line.
type breakFinder struct {
	set    *rules.Set
	w      rules.Words
	stop   uint64 // function words of its language
	months uint64 // names of months, some of which are function words as well
	menu   []bool // see menus
	at     []int
	items  []int
	odd    int  // breaks that no end of a sentence explains
	label  bool // the piece before the next break is a label
}

func (b *breakFinder) find() {
	t := b.w.Tokens
	b.menu = b.menus()
	after := 0 // the last label or tag
	for i := range t {
		if i < after {
			continue
		}
		if end := b.tag(i); end > i {
			b.add(i)
			if after = end; end < len(t) {
				b.add(end)
			}
			continue
		}
		begins := i == after
		if !begins {
			switch {
			case b.sentence(i):
				begins = b.add(i)
			case b.opens(i), b.menu[i] && b.item(i):
				begins = b.addOdd(i)
			case !b.menu[i]:
				continue
			}
		}
		// One word is a label only where something begins for sure.
		end := b.set.Label(&b.w, i, i > 0 && i == after)
		if end == i || end == i+1 && !begins || end < len(t) && !(b.capital(end) && t[end-1].Sep == words.SepSpace) {
			continue
		}
		if !begins {
			b.addOdd(i)
		}
		if after = end; end < len(t) {
			b.label = true
			b.addOdd(end)
		}
	}
}

// add adds a break before token i, if there is white space. What is left of it
// as a word alone and no label belongs to the piece before.
func (b *breakFinder) add(i int) bool {
	t := b.w.Tokens
	if i == 0 {
		return true
	}
	from := int(t[i-1].End)
	k := strings.IndexAny(b.w.Text[from:t[i].Start], " \t")
	if k < 0 {
		return false
	}
	n := len(b.at)
	if n > 0 && b.at[n-1] >= from+k {
		return true
	}
	if n > 0 && !b.label && i >= 2 && b.at[n-1] >= int(t[i-2].End) {
		if k := len(b.items); k > 0 && b.items[k-1] == b.at[n-1] {
			b.items = b.items[:k-1]
		}
		b.at = b.at[:n-1]
	}
	b.at, b.label = append(b.at, from+k), false
	if b.menu[i] {
		b.items = append(b.items, from+k)
	}
	return true
}

// addOdd adds a break that no end of a sentence explains.
func (b *breakFinder) addOdd(i int) bool {
	ok := b.add(i)
	if ok {
		b.odd++
	}
	return ok
}

// tag returns the token after a left-over tag that begins with token i and embeds
// something, i when there is none: it stands between blocks.
func (b *breakFinder) tag(i int) int {
	t := b.w.Tokens
	at := int(t[i].Start) - 1
	if at >= 0 && b.w.Text[at] == '/' {
		at--
	}
	if at < 0 || b.w.Text[at] != '<' {
		return i
	}
	name, size, _ := tag(b.w.Text[at:])
	if !embedTags[name] {
		return i
	}
	end := at + size
	for i < len(t) && int(t[i].Start) < end {
		i++
	}
	return i
}

// capital reports whether a token may open a block.
func (b *breakFinder) capital(i int) bool {
	return b.w.Tokens[i].Flags&(words.Cap|words.Digit|words.CJK) != 0
}

func (b *breakFinder) function(i int) bool { return b.set.ListsOf(&b.w.Tokens[i])&b.stop != 0 }

// sentence reports whether token i begins a sentence after another one. In scripts
// without spaces a space stands for a break, too.
func (b *breakFinder) sentence(i int) bool {
	if i == 0 {
		return true
	}
	last := &b.w.Tokens[i-1]
	if last.Flags&b.w.Tokens[i].Flags&words.CJK != 0 {
		return last.Sep&words.SepSpace != 0
	}
	if last.Sep&words.SepEnd == 0 || !b.capital(i) {
		return false
	}
	size := last.End - last.Start
	return !(last.Flags&words.Cap != 0 && size <= shortWord || last.Flags&words.Digit != 0 && size <= shortNumber)
}

// opens reports whether token i is a function word that opens a sentence though
// the words before it end none: after a name, a heading or a number, but not in
// Contact Us.
func (b *breakFinder) opens(i int) bool {
	const between = words.SepSpace | words.SepClose
	t := b.w.Tokens
	return t[i].Flags&words.Cap != 0 && b.function(i) && i+1 < len(t) && !b.capital(i+1) && !b.dated(i) &&
		t[i-1].Sep&^between == 0 && t[i-1].Flags&(words.Cap|words.Digit) != 0 && !b.function(i-1)
}

// dated reports whether token i is a month after its day.
func (b *breakFinder) dated(i int) bool {
	t := b.w.Tokens
	return t[i-1].Flags&words.Digit != 0 && b.set.ListsOf(&t[i])&b.months != 0
}

// item reports whether token i may open the next item of a menu: items are of two
// words and more, as one is more likely half a name.
func (b *breakFinder) item(i int) bool {
	t := b.w.Tokens
	return t[i].Flags&words.Cap != 0 && !b.dated(i) && b.capital(i-1) && i >= 2 && (len(b.at) == 0 || b.at[len(b.at)-1] < int(t[i-2].Start))
}

// menus reports of each token whether it may open an item of a menu: most words
// around it, as far as no sentence begins or ends, are capitalised, and no sign but
// a divider stands before it.
func (b *breakFinder) menus() []bool {
	const between = words.SepSpace | words.SepClose | words.SepPipe | words.SepDash
	t := b.w.Tokens
	menu := make([]bool, len(t))
	for from := 0; from < len(t); {
		to := from + 1
		for to < len(t) && !b.sentence(to) {
			to++
		}
		capitals := 0 // of the tokens around
		for i := from - menuSpan; i < to; i++ {
			if k := i + menuSpan; k < to && t[k].Flags&(words.Cap|words.Digit) != 0 {
				capitals++
			}
			if k := i - menuSpan - 1; k >= from && t[k].Flags&(words.Cap|words.Digit) != 0 {
				capitals--
			}
			if i <= from || t[i].Flags&(words.Cap|words.Digit) == 0 || t[i-1].Sep&^between != 0 {
				continue
			}
			around := min(i+menuSpan, to-1) - max(i-menuSpan, from) + 1
			menu[i] = around >= menuLeast && float64(capitals) >= menuShare*float64(around)
		}
		from = to
	}
	return menu
}

// menus lets the items of one menu go or stay together: the model sees a few words
// at a time, and half a name or the cells of a table are no better than a menu.
func (p *predictor) menus() {
	lines := p.around.lines
	for from := 0; from < len(lines); {
		p.clock.Step()
		to := from + 1
		for to < len(lines) && lines[to].item {
			to++
		}
		if to-from > 1 {
			if lines[to-1].ends { // a sentence follows the last item
				p.menu(from, to-1)
			} else {
				p.menu(from, to)
			}
		}
		from = to
	}
}

func (p *predictor) menu(from, to int) {
	lines := p.around.lines
	gone, all := int32(0), int32(0)
	for i := from; i < to; i++ {
		if all += lines[i].words; lines[i].state == dropped {
			gone += lines[i].words
		}
	}
	goes := float64(gone) >= menuGone*float64(all)
	for i := from; i < to; i++ {
		switch l := &lines[i]; {
		case goes && l.open() && l.words <= maxModelWords:
			l.dropAs(p.around.guess(i), max(p.out[i], dirtyOdds))
		case !goes && l.state == dropped && l.Cuts[0].Rule == "model":
			l.restore()
		}
	}
}
