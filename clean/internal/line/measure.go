package line

import (
	"fmt"
	"slices"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// FeatureNames returns the name of each byte of a row.
func FeatureNames() []string {
	names := make([]string, 0, FeatureCount)
	for _, g := range []struct {
		name string
		n    int
	}{
		{"shape", shapeFeatures}, {"odds", oddsFeatures}, {"rule", ruleFeatures}, {"place", placeFeatures},
		{"run", runFeatures}, {"neighbour", neighbourFeatures}, {"window", windowFeatures}, {"shared", sharedFeatures},
		{"repeat", repeatFeatures}, {"table", tableFeatures},
	} {
		for i := range g.n {
			names = append(names, fmt.Sprintf("%s.%d", g.name, i))
		}
	}
	return names
}

// Bytes of a row that come from the line alone, and all of them.
const (
	shapeFeatures = 38
	oddsFeatures  = 16
	ownFeatures   = shapeFeatures + oddsFeatures
	FeatureCount  = ownFeatures + ruleFeatures + placeFeatures + runFeatures + neighbourFeatures +
		windowFeatures + sharedFeatures + repeatFeatures + tableFeatures
)

// own is what the model needs to know of a line by itself.
type own struct {
	row      [ownFeatures]uint8
	form     uint8  // coarse shape, by which tables and lists are known
	mark     bool   // opens with a list mark
	waits    bool   // not measured yet: only its tokens are known
	odds     int32  // mean odds of its words, in steps
	from, to int32  // of gauge.buf: hashes of its words that carry meaning; of gauge.tokens while it waits
	line     uint32 // hash of the line
	first    uint32 // hash of its first two words
	lead     uint16
}

// A gauge measures lines for the model; one serves one text. A line is measured
// when the model is likely to be asked: not before rules found something.
type gauge struct {
	set    *rules.Set
	odds   *Odds
	stop   uint64
	all    uint64 // all stop-word lists
	bits   [7]uint64
	some   uint64 // all of them
	buf    []uint32
	owns   []own         // the first is that of lines without words
	tokens []rules.Token // of lines that wait
	hot    []rules.Token // of a line measured at once
}

func (g *gauge) reset(set *rules.Set, odds *Odds, stop uint64) {
	g.odds, g.stop = odds, stop
	if len(g.owns) == 0 {
		g.owns = append(g.owns, own{})
	}
	if g.set == set {
		return
	}
	g.set, g.all, g.some = set, set.StopLists(), 0
	for i, name := range [...]string{"month", "weekday", "dateword", "network", "agency", "unit", "icon"} {
		g.bits[i] = set.List(name)
		g.some |= g.bits[i]
	}
}

// forget makes the gauge ready for another text.
func (g *gauge) forget() {
	g.buf, g.owns, g.tokens, g.hot = emptied(g.buf), emptied(g.owns), emptied(g.tokens), emptied(g.hot)
}

// Bounds of the tokens that wait: of all lines, and bytes of a line.
const (
	maxWaiting     = 1 << 13
	maxWaitingLine = 1 << 12
)

// room returns memory for the tokens of the next line, of so many bytes, which
// will be measured at once or waits.
func (g *gauge) room(size int, now bool) []rules.Token {
	if now || size > maxWaitingLine || len(g.tokens) > maxWaiting {
		return slices.Grow(g.hot[:0], size/8) // at least that many in most lines
	}
	g.tokens = slices.Grow(g.tokens, size+2) // there are no more tokens than bytes
	return g.tokens[len(g.tokens):]
}

// take measures a line, or lets it wait.
func (g *gauge) take(l *Line, w *rules.Words, now bool) {
	l.own = int32(len(g.owns))
	g.owns = append(g.owns, own{})
	o := &g.owns[l.own]
	if now || len(l.Text) > maxWaitingLine || len(g.tokens) > maxWaiting {
		g.measure(l, o, w)
		g.hot = w.Tokens
		return
	}
	at := len(g.tokens)
	g.tokens = g.tokens[:at+len(w.Tokens)]
	o.waits, o.from, o.to, o.lead = true, int32(at), int32(len(g.tokens)), w.Lead
}

// settle measures the lines that wait.
func (g *gauge) settle(lines []Line) {
	if len(g.tokens) == 0 {
		return
	}
	var w rules.Words
	for i := range lines {
		l := &lines[i]
		if o := &g.owns[l.own]; o.waits {
			w.Tokens, w.Lead = g.tokens[o.from:o.to], o.lead
			g.measure(l, o, &w)
		}
	}
}

// words are the hashes of a line's words that carry meaning.
func (g *gauge) words(o *own) []uint32 { return g.buf[o.from:o.to] }

// minWordBytes is the length of words that carry meaning.
const minWordBytes = 4

// measure fills what the model needs to know of a line by itself. Its shape
// is known already.
func (g *gauge) measure(l *Line, o *own, w *rules.Words) {
	*o = own{}
	read := int32(len(w.Tokens))
	if read == 0 {
		return
	}
	n := l.words
	var lists [7]int32
	var letters, longest, numbersAt, any int32
	start := len(g.buf)
	for i := range w.Tokens {
		t := &w.Tokens[i]
		size := t.End - t.Start
		letters += size
		longest = max(longest, size)
		in := uint64(0)
		if t.ID != 0 {
			if in = g.set.ListsOf(t); in&g.some != 0 {
				for k, b := range g.bits {
					if in&b != 0 {
						lists[k]++
					}
				}
			}
			if in&g.all != 0 {
				any++
			}
		}
		switch {
		case t.Flags&(rules.CJK|rules.Digit) != 0:
			if t.Flags&rules.Digit != 0 {
				numbersAt = int32(i) + 1
			} else if i > 0 && w.Tokens[i-1].Flags&rules.CJK != 0 {
				g.buf = append(g.buf, mix(partPair, w.Tokens[i-1].Hash, t.Hash))
			}
		case size >= minWordBytes && in&g.stop == 0:
			g.buf = append(g.buf, t.Hash)
		}
	}
	o.from, o.to = int32(start), int32(len(g.buf))
	o.line = lineHash(w)
	if read >= 2 {
		o.first = mix(partFirst2, wordHash(&w.Tokens[0]), wordHash(&w.Tokens[1]))
	}
	o.mark = bullet(l.Text)
	first, last := &w.Tokens[0], &w.Tokens[read-1]
	o.form = l.form(first)

	r := model.NewRow(o.row[:])
	r.Put(model.Log(n))
	r.Put(model.Log(int32(len(l.Text))))
	r.Put(model.Log(letters * 4 / read))
	r.Put(model.Log(longest))
	r.Put(model.Ratio(l.caps, n))
	r.Put(model.Ratio(l.uppers, n))
	r.Put(model.Ratio(l.digits, n))
	r.Put(model.Ratio(l.cjk, n))
	r.Put(model.Ratio(l.commas*4, n))
	r.Put(model.Log(l.commas))
	r.Put(model.Log(l.stops))
	r.Put(model.Ratio(l.stops*8, n))
	r.Put(model.Ratio(l.pipes, n))
	r.Put(model.Log(l.pipes))
	r.Put(model.Log(l.code))
	r.Put(model.Ratio(l.stop, n))
	r.Put(model.Log(l.stop))
	r.Put(model.Ratio(any, read))
	r.Bit(l.ends)
	r.Bit(l.colon)
	r.Bit(l.lower)
	r.Bit(l.prose)
	r.Put(lastSign(l.lastSep))
	r.Put(lastSign(w.Lead))
	r.Bit(o.mark)
	r.Put(model.Ratio(l.glued, n))
	r.Put(model.Log(l.glued))
	r.Bit(first.Flags&rules.Digit != 0)
	r.Bit(last.Flags&rules.Digit != 0)
	r.Put(uint8(min(numbersAt, 20)))
	r.Bit(l.seps&rules.SepAt != 0)
	r.Bit(l.seps&rules.SepQuote != 0)
	r.Bit(l.seps&rules.SepOpen != 0)
	r.Put(model.Log(lists[0] + lists[1] + lists[2]))
	r.Put(model.Ratio(lists[0]+lists[1]+lists[2], read))
	r.Put(model.Log(lists[3]))
	r.Put(model.Log(lists[4]))
	r.Put(model.Log(lists[5] + lists[6]))
	g.lookUp(&r, o, w)
}

// lookUp fills what the table of odds says.
func (g *gauge) lookUp(r *model.Row, o *own, w *rules.Words) {
	n := len(w.Tokens)
	if g.odds == nil {
		r.Skip(oddsFeatures)
		return
	}
	var words, pairs tally
	if short(w) {
		last := uint32(0)
		for i := range w.Tokens {
			h := wordHash(&w.Tokens[i])
			words.add(g.odds.Find(mix(partWord, h, 0)))
			if i > 0 {
				pairs.add(g.odds.Find(mix(partPair, last, h)))
			}
			last = h
		}
	}
	o.odds = words.mean()
	words.write(r, n)
	pairs.write(r, n)
	var whole tally
	if n <= maxLineTokens {
		whole.add(g.odds.Find(o.line))
	}
	r.Put(uint8(128 + whole.mean()))
	var odds [3]int32 // 0 where nothing is known
	if n >= 3 {
		for k, key := range ends(w) {
			odds[k], _ = g.odds.Find(key)
		}
	}
	for _, v := range odds {
		r.Put(uint8(128 + v))
	}
}

// A tally sums up odds.
type tally struct{ sum, low, high, n int32 }

func (t *tally) add(v int32, ok bool) {
	if !ok {
		return
	}
	if t.n == 0 {
		t.low, t.high = v, v
	}
	t.sum += v
	t.low, t.high = min(t.low, v), max(t.high, v)
	t.n++
}

func (t *tally) mean() int32 {
	if t.n == 0 {
		return 0
	}
	return t.sum / t.n
}

func (t *tally) write(r *model.Row, n int) {
	r.Put(uint8(128 + t.mean()))
	r.Put(uint8(min(max(128+t.sum/4, 0), 255)))
	r.Put(uint8(128 + t.low))
	r.Put(uint8(128 + t.high))
	r.Put(model.Log(t.n))
	r.Put(model.Ratio(t.n, int32(n)))
}

// lastSign numbers what stands at a line's border, the most telling sign
// first.
func lastSign(sep uint16) uint8 {
	for i, s := range [...]uint16{rules.SepEnd, rules.SepColon, rules.SepPipe, rules.SepQuote, rules.SepClose, rules.SepOpen,
		rules.SepComma, rules.SepDash, rules.SepEquals, rules.SepAt, rules.SepOther} {
		if sep&s != 0 {
			return uint8(i + 1)
		}
	}
	return 0
}

// form is a coarse shape: lines of one column or list have the same.
func (l *Line) form(first *rules.Token) uint8 {
	f := uint8(0)
	switch n := l.words; {
	case n <= 3:
		f = uint8(n)
	case n <= 6:
		f = 4
	case n <= 12:
		f = 5
	case n <= 25:
		f = 6
	default:
		f = 7
	}
	if l.ends {
		f |= 8
	}
	switch {
	case first.Flags&rules.Digit != 0:
		f |= 16
	case first.Flags&rules.Cap != 0:
		f |= 32
	}
	if l.digits > 0 {
		f |= 64
	}
	return f
}
