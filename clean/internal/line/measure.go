package line

import (
	"fmt"
	"slices"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/words"
	"github.com/winnowtext/winnow/clean/internal/work"
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
	from, to int32  // of measurer.buf: hashes of its words that carry meaning; of measurer.tokens while it waits
	line     uint32 // hash of the line
	first    uint32 // hash of its first two words
	lead     uint16
}

// A measurer measures what the model needs to know of lines by themselves. A line
// is measured when the model is likely to be asked: not before rules found
// something.
type measurer struct {
	set    *rules.Set
	odds   *Odds
	stop   uint64
	all    uint64 // all stop-word lists
	bits   [7]uint64
	some   uint64 // all of them
	buf    []uint32
	owns   []own         // the first is that of lines without words
	tokens []words.Token // of lines that wait
	now    []words.Token // of a line measured at once
}

func (m *measurer) reset(set *rules.Set, odds *Odds, stop uint64) {
	m.odds, m.stop = odds, stop
	if len(m.owns) == 0 {
		m.owns = append(m.owns, own{})
	}
	if m.set == set {
		return
	}
	m.set, m.all, m.some = set, set.StopLists(), 0
	for i, name := range [...]string{"month", "weekday", "dateword", "network", "agency", "unit", "icon"} {
		m.bits[i] = set.List(name)
		m.some |= m.bits[i]
	}
}

// forget makes the measurer ready for another text.
func (m *measurer) forget() {
	m.buf, m.owns, m.tokens, m.now = reused(m.buf), reused(m.owns), reused(m.tokens), reused(m.now)
}

// reused returns the memory of s, which holds no pointers, for the next text,
// unless it is much.
func reused[T any](s []T) []T {
	if cap(s) > maxKeptTokens {
		return nil
	}
	return s[:0]
}

// Bounds of the tokens that wait: of all lines, and bytes of a line.
const (
	maxWaiting     = 1 << 13
	maxWaitingLine = 1 << 12
)

// room returns memory for the tokens of the next line, of so many bytes, which
// will be measured at once or waits.
func (m *measurer) room(size int, now bool) []words.Token {
	if now || size > maxWaitingLine || len(m.tokens) > maxWaiting {
		return slices.Grow(m.now[:0], size/8) // at least that many in most lines
	}
	m.tokens = slices.Grow(m.tokens, size+2) // there are no more tokens than bytes
	return m.tokens[len(m.tokens):]
}

// take measures a line, or lets it wait.
func (m *measurer) take(c *work.Clock, l *Line, w *rules.Words, now bool) {
	if len(m.owns) == cap(m.owns) {
		m.owns = work.Grow(c, m.owns)
	}
	l.own = int32(len(m.owns))
	m.owns = append(m.owns, own{})
	o := &m.owns[l.own]
	if now || len(l.Text) > maxWaitingLine || len(m.tokens) > maxWaiting {
		m.measure(l, o, &w.Line)
		m.now = w.Tokens
		return
	}
	at := len(m.tokens)
	m.tokens = m.tokens[:at+len(w.Tokens)]
	o.waits, o.from, o.to, o.lead = true, int32(at), int32(len(m.tokens)), w.Lead
}

// settle measures the lines that wait.
func (m *measurer) settle(lines []Line) {
	if len(m.tokens) == 0 {
		return
	}
	var w words.Line
	for i := range lines {
		l := &lines[i]
		if o := &m.owns[l.own]; o.waits {
			w.Tokens, w.Lead = m.tokens[o.from:o.to], o.lead
			m.measure(l, o, &w)
		}
	}
}

// words are the hashes of a line's words that carry meaning.
func (m *measurer) words(o *own) []uint32 { return m.buf[o.from:o.to] }

// minWordBytes is the length of words that carry meaning.
const minWordBytes = 4

// measure fills what the model needs to know of a line by itself. Its shape
// is known already.
func (m *measurer) measure(l *Line, o *own, w *words.Line) {
	o.waits, o.from, o.to = false, int32(len(m.buf)), int32(len(m.buf))
	read := int32(len(w.Tokens))
	if read == 0 {
		return
	}
	n := l.words
	var lists [7]int32
	var letters, longest, numbersAt, any int32
	var singles, pairs oddsSum
	ask := m.odds != nil && short(w)
	hash, last := uint32(read), uint32(0) // of the line, of the word before
	for i := range w.Tokens {
		t := &w.Tokens[i]
		size := t.End - t.Start
		letters += size
		longest = max(longest, size)
		in := uint64(0) // also for the whole of a glued word whose first part is not known: the model knows it so
		if t.ID != 0 {
			in = m.set.ListsOf(t)
		}
		if in&m.some != 0 {
			for k, b := range m.bits {
				if in&b != 0 {
					lists[k]++
				}
			}
		}
		any += some(in & m.all)
		word := t.Hash
		switch {
		case t.Flags&words.Digit != 0:
			numbersAt = int32(i) + 1
			word = numberHash
		case t.Flags&words.CJK != 0:
			if i > 0 && w.Tokens[i-1].Flags&words.CJK != 0 {
				m.buf = append(m.buf, words.HashPart(partPair, w.Tokens[i-1].Hash, t.Hash))
			}
		case size >= minWordBytes && in&m.stop == 0:
			m.buf = append(m.buf, t.Hash)
		}
		hash = words.HashPart(partLine, hash, word)
		if ask {
			singles.add(m.odds.Find(words.HashPart(partWord, word, 0)))
			if i > 0 {
				pairs.add(m.odds.Find(words.HashPart(partPair, last, word)))
			}
			last = word
		}
	}
	o.to = int32(len(m.buf))
	o.line = hash
	if read >= 2 {
		o.first = words.HashPart(partFirst2, wordHash(&w.Tokens[0]), wordHash(&w.Tokens[1]))
	}
	o.mark = bullet(l.Text)
	first, end := &w.Tokens[0], &w.Tokens[read-1]
	o.form = l.form(first)
	o.odds = singles.mean()

	dates := lists[0] + lists[1] + lists[2]
	// A few at a time: an array made elsewhere and copied has to wait for its bytes.
	f := (*[shapeFeatures]uint8)(o.row[:])
	f[0], f[1], f[2], f[3] = model.Log(n), model.Log(int32(len(l.Text))), model.Log(letters*4/read), model.Log(longest)
	f[4], f[5], f[6], f[7] = model.Ratio(l.caps, n), model.Ratio(l.uppers, n), model.Ratio(l.digits, n), model.Ratio(l.cjk, n)
	f[8], f[9], f[10], f[11] = model.Ratio(l.commas*4, n), model.Log(l.commas), model.Log(l.stops), model.Ratio(l.stops*8, n)
	f[12], f[13], f[14], f[15] = model.Ratio(l.pipes, n), model.Log(l.pipes), model.Log(l.code), model.Ratio(l.stop, n)
	f[16], f[17], f[18], f[19] = model.Log(l.stop), model.Ratio(any, read), bit(l.ends), bit(l.colon)
	f[20], f[21], f[22], f[23] = bit(l.lower), bit(l.prose), lastSign(l.lastSep), lastSign(w.Lead)
	f[24], f[25], f[26], f[27] = bit(o.mark), model.Ratio(l.glued, n), model.Log(l.glued), bit(first.Flags&words.Digit != 0)
	f[28], f[29], f[30], f[31] = bit(end.Flags&words.Digit != 0), uint8(min(numbersAt, 20)), bit(l.seps&words.SepAt != 0), bit(l.seps&words.SepQuote != 0)
	f[32], f[33], f[34], f[35] = bit(l.seps&words.SepOpen != 0), model.Log(dates), model.Ratio(dates, read), model.Log(lists[3])
	f[36], f[37] = model.Log(lists[4]), model.Log(lists[5]+lists[6])
	if m.odds != nil {
		m.weigh((*[oddsFeatures]uint8)(o.row[shapeFeatures:]), o, w, &singles, &pairs)
	}
}

// some is 1 for bits of which any is set, without a branch that nobody could
// foretell.
func some(bits uint64) int32 { return int32((bits | -bits) >> 63) }

// weigh fills what the table of odds says.
func (m *measurer) weigh(f *[oddsFeatures]uint8, o *own, w *words.Line, singles, pairs *oddsSum) {
	n := len(w.Tokens)
	singles.write((*[oddsSumFeatures]uint8)(f[:]), n)
	pairs.write((*[oddsSumFeatures]uint8)(f[oddsSumFeatures:]), n)
	rest := f[2*oddsSumFeatures:]
	for k := range rest {
		rest[k] = 128
	}
	if n <= maxLineTokens {
		v, _ := m.odds.Find(o.line)
		rest[0] += uint8(v)
	}
	if n >= 3 {
		for k, key := range ends(w) {
			v, _ := m.odds.Find(key)
			rest[1+k] += uint8(v)
		}
	}
}

// An oddsSum sums up odds.
type oddsSum struct{ sum, low, high, n int32 }

func (t *oddsSum) add(v int32, ok bool) {
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

func (t *oddsSum) mean() int32 {
	if t.n == 0 {
		return 0
	}
	return t.sum / t.n
}

// oddsSumFeatures is what a row holds of a oddsSum.
const oddsSumFeatures = 6

func (t *oddsSum) write(f *[oddsSumFeatures]uint8, n int) {
	f[0], f[1], f[2], f[3] = 128, 128, 128, 128
	if t.n > 0 {
		f[0], f[1], f[2], f[3] = uint8(128+t.mean()), oddsByte(t.sum/4), uint8(128+t.low), uint8(128+t.high)
	}
	f[4], f[5] = model.Log(t.n), model.Ratio(t.n, int32(n))
}

// lastSign numbers what stands at a line's border, the most telling sign
// first.
func lastSign(sep uint16) uint8 { return signNumbers[sep%uint16(len(signNumbers))] }

var signNumbers = func() (t [2 * words.SepEquals]uint8) {
	for sep := range t {
		for i, s := range [...]uint16{words.SepEnd, words.SepColon, words.SepPipe, words.SepQuote, words.SepClose, words.SepOpen,
			words.SepComma, words.SepDash, words.SepEquals, words.SepAt, words.SepOther} {
			if uint16(sep)&s != 0 {
				t[sep] = uint8(i + 1)
				break
			}
		}
	}
	return
}()

// form is a coarse shape: lines of one column or list have the same.
func (l *Line) form(first *words.Token) uint8 {
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
	case first.Flags&words.Digit != 0:
		f |= 16
	case first.Flags&words.Cap != 0:
		f |= 32
	}
	if l.digits > 0 {
		f |= 64
	}
	return f
}
