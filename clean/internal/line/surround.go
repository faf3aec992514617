package line

import (
	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// Bytes of a row about what is around a line.
const (
	ruleFeatures      = 8
	placeFeatures     = 17
	runFeatures       = 9
	neighbourFeatures = 4 * 9
	windowFeatures    = 14
	sharedFeatures    = 3
	repeatFeatures    = 3
	tableFeatures     = 9
)

// sums are prefix sums over lines: the sum over lines[a:b] is s[b]-s[a].
type sums struct {
	words, prose, hits, odds, ends, numbers, marks, code int32
	every                                                [maxPeriod]int32 // lines of the same form as the one that many lines on
}

// maxPeriod is how many lines the rows of a flattened table may have.
const maxPeriod = 5

// surroundings are what the model needs to know of the lines around each line of
// a text.
type surroundings struct {
	clock  *work.Clock
	lines  []Line
	by     *measurer // of the lines by themselves
	pre    []sums
	zone   zone
	bare   bool // there are passages and no paragraphs, see prose
	named  []naming
	near   [][nearBytes]uint8
	forms  []uint8 // copies of what is asked for most, close together
	words  []int32
	index  []int32 // of the following
	prevP  []int32 // last prose line before, -1 none
	nextP  []int32 // first prose line after, len none
	runTo  []int32 // end of the run of lines without an end of sentence
	runAt  []int32 // its start
	prevH  []int32 // last line a rule names before, -1 none
	nextH  []int32
	shared wordTable
	seen   wordTable
}

// kindNumber numbers kinds as rows know them; 0 is none.
var kindNumber = func() map[rules.Kind]uint8 {
	m := make(map[rules.Kind]uint8)
	for i, k := range rules.Kinds {
		m[k.Name] = uint8(i + 1)
	}
	return m
}()

// kindName is its inverse.
func kindName(n uint8) rules.Kind {
	if n == 0 || int(n) > len(rules.Kinds) {
		return "boilerplate"
	}
	return rules.Kinds[n-1].Name
}

// A naming is how sure rules are that a line is residue, and the kind.
type naming struct{ level, kind uint8 }

// hit is how sure rules are that a line is residue, and the kind.
func (l *Line) hit() (level uint8, kind uint8) {
	switch {
	case l.state == dropped:
		return 3, kindNumber[l.Cuts[0].Kind]
	case l.pending != nil:
		return 2, kindNumber[l.pending.Kind]
	case l.state == trimmed && len(l.Cuts) > 0:
		return 1, kindNumber[l.Cuts[0].Kind]
	}
	return 0, 0
}

// measure fills the features of a line, of which rules have said all they can.
func (s *surroundings) measure(row *[FeatureCount]uint8, i int) {
	copy(row[:], s.by.owns[s.lines[i].own].row[:])
	at := ownFeatures
	s.rules((*[ruleFeatures]uint8)(row[at:]), i)
	at += ruleFeatures
	s.place((*[placeFeatures]uint8)(row[at:]), i)
	at += placeFeatures
	s.run((*[runFeatures]uint8)(row[at:]), i)
	at += runFeatures
	s.neighbours((*[neighbourFeatures]uint8)(row[at:]), i)
	at += neighbourFeatures
	s.window((*[windowFeatures]uint8)(row[at:]), i)
	at += windowFeatures
	s.vocabulary((*[sharedFeatures]uint8)(row[at:]), i)
	at += sharedFeatures
	s.repeats((*[repeatFeatures]uint8)(row[at:]), i)
	at += repeatFeatures
	s.table((*[tableFeatures]uint8)(row[at:]), i)
}

// read finds out what the features of all lines need, from what was measured of
// them.
func (s *surroundings) read(c *work.Clock, lines []Line, by *measurer) {
	s.clock, s.lines, s.by = c, lines, by
	by.settle(lines)
	n := len(lines)
	s.pre = work.Sized(s.pre, n+1)
	s.pre[0] = sums{}
	s.index = work.Sized(s.index, 6*n)
	s.prevP, s.nextP, s.runTo, s.runAt, s.prevH, s.nextH = s.index[:n], s.index[n:2*n], s.index[2*n:3*n], s.index[3*n:4*n], s.index[4*n:5*n], s.index[5*n:]
	s.zone = findZone(c, lines)
	s.named, s.near, s.forms, s.words = work.Sized(s.named, n), work.Sized(s.near, n), work.Sized(s.forms, n), work.Sized(s.words, n)
	for i := range lines {
		c.Step()
		s.forms[i], s.words[i] = by.owns[lines[i].own].form, lines[i].words
	}
	words := 0
	lastP, lastH, run := int32(-1), int32(-1), int32(0)
	for i := range lines {
		c.Step()
		l := &lines[i]
		o := &by.owns[l.own]
		p := s.pre[i]
		p.words += l.words
		p.odds += o.odds
		level, kind := l.hit()
		s.named[i] = naming{level, kind}
		l.seen(&s.near[i], s.named[i], o.odds)
		if l.prose && level < 3 {
			p.prose++
			words += int(o.to - o.from)
		}
		if level >= 2 {
			p.hits++
		}
		if l.ends {
			p.ends++
		}
		if l.digits > 0 {
			p.numbers++
		}
		if o.mark {
			p.marks++
		}
		if l.code > 0 {
			p.code++
		}
		for d := 1; d <= maxPeriod && i+d < n; d++ {
			if s.forms[i] == s.forms[i+d] {
				p.every[d-1]++
			}
		}
		s.pre[i+1] = p
		s.prevP[i], s.prevH[i], s.runAt[i] = lastP, lastH, run
		if l.prose && level < 3 {
			lastP = int32(i)
		}
		if level >= 2 {
			lastH = int32(i)
		}
		if l.ends {
			run = int32(i + 1)
		}
	}
	lastP, lastH, run = int32(n), int32(n), int32(n)
	for i := n - 1; i >= 0; i-- {
		c.Step()
		l := &lines[i]
		level := s.named[i].level
		if l.ends {
			run = int32(i)
		}
		s.nextP[i], s.nextH[i], s.runTo[i] = lastP, lastH, run
		if l.prose && level < 3 {
			lastP = int32(i)
		}
		if level >= 2 {
			lastH = int32(i)
		}
	}
	s.shared.counts.Init(c, words)
	for i := range lines {
		c.Step()
		l := &lines[i]
		if l.prose && l.state != dropped {
			for _, h := range by.words(&by.owns[l.own]) {
				s.shared.add(h, int32(i))
			}
		}
	}
	s.seen.counts.Init(c, 2*n)
	for i := range lines {
		c.Step()
		o := &by.owns[lines[i].own]
		s.seen.add(o.line, int32(i))
		if f := o.first; f != 0 {
			s.seen.add(f, int32(i))
		}
	}
}

func (s *surroundings) rules(f *[ruleFeatures]uint8, i int) {
	f[0], f[1] = s.named[i].level, s.named[i].kind
	f[2], f[3], f[4], f[5] = 255, 0, 255, 0
	if j := s.prevH[i]; j >= 0 {
		f[2], f[3] = model.Log(int32(i)-j), s.named[j].kind
	}
	if j := s.nextH[i]; int(j) < len(s.lines) {
		f[4], f[5] = model.Log(j-int32(i)), s.named[j].kind
	}
	f[6] = model.Ratio(s.pre[i].hits, int32(i))
	f[7] = model.Ratio(s.pre[len(s.lines)].hits-s.pre[i+1].hits, int32(len(s.lines)-i-1))
}

func (s *surroundings) place(f *[placeFeatures]uint8, i int) {
	n, at := int32(len(s.lines)), int32(i)
	total, before, after := &s.pre[n], &s.pre[i], &s.pre[i+1]
	f[0] = model.Ratio(at, n)
	f[1] = model.Log(at)
	f[2] = model.Log(n - at - 1)
	f[3] = model.Ratio(before.words, total.words)
	f[4] = model.Ratio(before.prose, total.prose)
	f[5] = model.Log(before.prose)
	f[6] = model.Log(total.prose - after.prose)
	f[7], f[8], f[9], f[10] = 255, 255, 255, 255
	if p := s.prevP[i]; p >= 0 {
		f[7], f[8] = model.Log(at-p), model.Log(before.words-s.pre[p+1].words)
	}
	if q := s.nextP[i]; q < n {
		f[9], f[10] = model.Log(q-at), model.Log(s.pre[q].words-after.words)
	}
	f[11], f[12], f[13] = 255, 255, 255
	if z := s.zone; !z.empty() {
		f[12], f[13] = model.Signed(at-int32(z.from)), model.Signed(at-int32(z.to)+1)
		switch {
		case i < z.from:
			f[11] = f[12]
		case i >= z.to:
			f[11] = f[13]
		default:
			f[11] = model.Signed(0)
		}
	}
	longest := int32(0)
	for _, words := range s.words[i+1 : min(i+6, len(s.words))] {
		longest = max(longest, words)
	}
	f[14] = model.Log(longest)
	longest = 0
	for _, words := range s.words[max(i-5, 0):i] {
		longest = max(longest, words)
	}
	f[15] = model.Log(longest)
	f[16] = bit(s.lines[i].sentence())
}

// run is about the run of lines without an end of sentence around the line.
func (s *surroundings) run(f *[runFeatures]uint8, i int) {
	at := int32(i)
	from, to := s.runAt[i], s.runTo[i]
	if s.lines[i].ends {
		to = at
	}
	p, q := &s.pre[from], &s.pre[to]
	f[0] = model.Log(at - from)
	f[1] = model.Log(to - at)
	f[2] = model.Log(to - from)
	f[3] = model.Log(q.words - p.words)
	f[4] = model.Ratio(q.hits-p.hits, to-from)
	f[5] = model.Log(q.hits - p.hits)
	f[6] = 128
	if d := to - from; d > 0 {
		f[6] = oddsByte((q.odds - p.odds) / d)
	}
	f[7] = model.Ratio(q.numbers-p.numbers, to-from)
	f[8] = model.Ratio(at-from, to-from)
}

// oddsByte is how rows hold odds.
func oddsByte(odds int32) uint8 { return uint8(min(max(128+odds, 0), 255)) }

func bit(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

func (s *surroundings) neighbours(f *[neighbourFeatures]uint8, i int) {
	const each = neighbourFeatures / 4
	for k, off := range [4]int{-2, -1, 1, 2} {
		b := (*[each]uint8)(f[k*each:])
		if j := i + off; j >= 0 && j < len(s.lines) {
			*(*[nearBytes]uint8)(b[:]) = s.near[j]
			b[nearBytes] = bit(s.forms[j] == s.forms[i])
		} else {
			*b = [each]uint8{255, 255, 255, 255, 255, 255, 255, 255, 255}
		}
	}
}

// nearBytes is what a row holds of a neighbour for itself.
const nearBytes = neighbourFeatures/4 - 1

// seen fills what the rows of its neighbours hold of a line.
func (l *Line) seen(b *[nearBytes]uint8, named naming, odds int32) {
	b[0], b[1], b[2], b[3] = model.Log(l.words), bit(l.ends), model.Ratio(l.stop, l.words), named.level
	b[4], b[5], b[6], b[7] = named.kind, oddsByte(odds), model.Ratio(l.caps, l.words), bit(l.prose)
}

func (s *surroundings) window(f *[windowFeatures]uint8, i int) {
	n := len(s.lines)
	for k, r := range [4][2]int{{-3, 3}, {-8, 8}, {-8, 0}, {0, 8}} {
		a, z := max(i+r[0], 0), min(i+r[1]+1, n)
		d := int32(z - a)
		p, q := &s.pre[z], &s.pre[a]
		b := (*[3]uint8)(f[3*k:])
		b[0] = model.Ratio(p.hits-q.hits, d)
		b[1] = oddsByte((p.odds - q.odds) / d)
		b[2] = model.Ratio(p.ends-q.ends, d)
	}
	a, z := max(i-8, 0), min(i+9, n)
	f[12] = model.Log((s.pre[z].words - s.pre[a].words) / int32(z-a))
	f[13] = model.Log(s.pre[z].prose - s.pre[a].prose)
}

// vocabulary is how much of the line's words the prose lines hold.
func (s *surroundings) vocabulary(f *[sharedFeatures]uint8, i int) {
	words := s.by.words(&s.by.owns[s.lines[i].own])
	if len(words) > maxSharedWords {
		words = words[:maxSharedWords]
	}
	n := int32(0)
	for _, h := range words {
		if s.shared.elsewhere(h, int32(i)) {
			n++
		}
	}
	f[0] = model.Log(n)
	f[1] = model.Ratio(n, int32(len(words)))
	f[2] = model.Log(int32(len(words)))
}

// maxSharedWords is how many words of a line are looked up.
const maxSharedWords = 40

func (s *surroundings) repeats(f *[repeatFeatures]uint8, i int) {
	o := &s.by.owns[s.lines[i].own]
	f[0] = model.Log(s.seen.count(o.line))
	f[1] = model.Log(s.seen.count(o.first))
	f[2] = bit(s.seen.elsewhere(o.line, int32(i)))
}

// table is about signs of tables and lists: equal shapes and periodic ones.
func (s *surroundings) table(f *[tableFeatures]uint8, i int) {
	n := len(s.lines)
	a, z := max(i-8, 0), min(i+8, n)
	d := int32(z - a)
	p, q := &s.pre[a], &s.pre[z]
	best, period := s.period(a, z)
	f[0] = model.Ratio(q.every[0]-p.every[0], d)
	f[1] = model.Ratio(best, d)
	f[2] = uint8(period)
	f[3] = model.Ratio(q.numbers-p.numbers, d)
	f[4] = model.Ratio(q.marks-p.marks, d)
	f[5] = model.Ratio(q.code-p.code, d)
	// the stretch of lines of this form around the line
	form := s.forms[i]
	before, after := 0, 0
	for j := i - 1; j >= 0 && j >= i-12 && s.forms[j] == form; j-- {
		before++
	}
	for j := i + 1; j < n && j <= i+12 && s.forms[j] == form; j++ {
		after++
	}
	f[6], f[7] = uint8(before+after), uint8(before)
	f[8] = bit(i > 0 && s.lines[i-1].colon)
}

// period returns how many of lines a..z-1 have the form of the one a fixed
// number of lines on, for the number that fits best.
func (s *surroundings) period(a, z int) (lines int32, best int) {
	p, q := &s.pre[a].every, &s.pre[z].every
	for k := range maxPeriod {
		if v := q[k] - p[k]; v > lines {
			lines, best = v, k+1
		}
	}
	return lines, best
}

// A wordTable counts the lines that hashes were seen in.
type wordTable struct {
	counts work.Table[uint32, wordCount]
}

type wordCount struct {
	line int32 // the last line it was seen in
	n    int32 // lines it was seen in
}

func (t *wordTable) add(key uint32, line int32) {
	switch c := t.counts.At(key); {
	case c.n == 0:
		c.line, c.n = line, 1
	case c.line != line:
		c.line = line
		c.n++
	}
}

func (t *wordTable) count(key uint32) int32 {
	if c := t.counts.Find(key); c != nil {
		return c.n
	}
	return 0
}

// elsewhere reports whether a hash was seen in another line.
func (t *wordTable) elsewhere(key uint32, line int32) bool {
	c := t.counts.Find(key)
	return c != nil && (c.n > 1 || c.line != line)
}
