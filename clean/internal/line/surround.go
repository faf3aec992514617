package line

import (
	"context"
	"hash/maphash"
	"math/bits"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/room"
	"github.com/winnowtext/winnow/clean/internal/rules"
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

// A surveyor holds what measuring a text needs.
type surveyor struct {
	ctx    context.Context
	lines  []Line
	pre    []sums
	zone   zone
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

// measure fills the features of lines from..to-1, FeatureCount bytes each.
// Rules have judged the lines. rows is all zero and 255 bytes longer.
func (s *surveyor) measure(rows []uint8, from, to int) {
	for i := from; i < to; i++ {
		w := model.NewRow(rows[(i-from)*FeatureCount : (i-from+1)*FeatureCount])
		w.Add(s.lines[i].own.row[:]...)
		s.rules(&w, i)
		s.place(&w, i)
		s.run(&w, i)
		s.neighbours(&w, i)
		s.window(&w, i)
		s.vocabulary(&w, i)
		s.repeats(&w, i)
		s.table(&w, i)
		if w.Len() != FeatureCount {
			panic("line: features do not fill the row") // a test runs every group
		}
	}
}

// newSurveyor measures what the features of all lines need.
func newSurveyor(ctx context.Context, lines []Line) *surveyor {
	s := new(surveyor)
	s.survey(ctx, lines)
	return s
}

// survey does it with memory used before.
func (s *surveyor) survey(ctx context.Context, lines []Line) {
	s.ctx, s.lines = ctx, lines
	n := len(lines)
	s.pre = sized(s.pre, n+1)
	s.pre[0] = sums{}
	s.index = sized(s.index, 6*n)
	s.prevP, s.nextP, s.runTo, s.runAt, s.prevH, s.nextH = s.index[:n], s.index[n:2*n], s.index[2*n:3*n], s.index[3*n:4*n], s.index[4*n:5*n], s.index[5*n:]
	if s.zone = findZone(ctx, lines); ctx.Err() != nil {
		return
	}
	s.named, s.near, s.forms, s.words = sized(s.named, n), sized(s.near, n), sized(s.forms, n), sized(s.words, n)
	for i := range lines {
		if ended(ctx, i) {
			return
		}
		if lines[i].own == nil {
			lines[i].own = unmeasured
		}
		s.forms[i], s.words[i] = lines[i].own.form, lines[i].words
	}
	words := 0
	lastP, lastH, run := int32(-1), int32(-1), int32(0)
	for i := range lines {
		if ended(ctx, i) {
			return
		}
		l := &lines[i]
		p := s.pre[i]
		p.words += l.words
		p.odds += l.own.odds
		level, kind := l.hit()
		s.named[i] = naming{level, kind}
		l.seen(&s.near[i], s.named[i])
		if l.prose && level < 3 {
			p.prose++
			words += len(l.own.words)
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
		if l.own.mark {
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
		if ended(ctx, i) {
			return
		}
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
	if !s.shared.init(ctx, words) {
		return
	}
	for i := range lines {
		if ended(ctx, i) {
			return
		}
		l := &lines[i]
		if l.prose && l.state != dropped {
			for _, h := range l.own.words {
				s.shared.add(h, int32(i))
			}
		}
	}
	if !s.seen.init(ctx, 2*n) {
		return
	}
	for i := range lines {
		if ended(ctx, i) {
			return
		}
		s.seen.add(lines[i].own.line, int32(i))
		if f := lines[i].own.first; f != 0 {
			s.seen.add(f, int32(i))
		}
	}
}

// sized returns a slice of n elements, in the memory of an old one if it fits.
func sized[T any](old []T, n int) []T {
	if cap(old) >= n {
		return old[:n]
	}
	return make([]T, n, n+n/4)
}

func (s *surveyor) rules(w *model.Row, i int) {
	w.Put(s.named[i].level)
	w.Put(s.named[i].kind)
	if j := s.prevH[i]; j < 0 {
		w.Put(255)
		w.Put(0)
	} else {
		w.Put(model.Log(int32(i) - j))
		w.Put(s.named[j].kind)
	}
	if j := s.nextH[i]; int(j) >= len(s.lines) {
		w.Put(255)
		w.Put(0)
	} else {
		w.Put(model.Log(j - int32(i)))
		w.Put(s.named[j].kind)
	}
	before, after := s.pre[i], s.pre[i+1]
	w.Put(model.Ratio(before.hits, int32(i)))
	w.Put(model.Ratio(s.pre[len(s.lines)].hits-after.hits, int32(len(s.lines)-i-1)))
}

func (s *surveyor) place(w *model.Row, i int) {
	n, at := int32(len(s.lines)), int32(i)
	total, before, after := s.pre[n], s.pre[i], s.pre[i+1]
	w.Put(model.Ratio(at, n))
	w.Put(model.Log(at))
	w.Put(model.Log(n - at - 1))
	w.Put(model.Ratio(before.words, total.words))
	w.Put(model.Ratio(before.prose, total.prose))
	w.Put(model.Log(before.prose))
	w.Put(model.Log(total.prose - after.prose))
	p, q := s.prevP[i], s.nextP[i]
	if p < 0 {
		w.Put(255)
		w.Put(255)
	} else {
		w.Put(model.Log(at - p))
		w.Put(model.Log(before.words - s.pre[p+1].words))
	}
	if q >= n {
		w.Put(255)
		w.Put(255)
	} else {
		w.Put(model.Log(q - at))
		w.Put(model.Log(s.pre[q].words - after.words))
	}
	z := s.zone
	switch {
	case z.empty():
		w.Put(255)
	case i < z.from:
		w.Put(model.Signed(at - int32(z.from)))
	case i >= z.to:
		w.Put(model.Signed(at - int32(z.to) + 1))
	default:
		w.Put(100)
	}
	if z.empty() {
		w.Put(255)
		w.Put(255)
	} else {
		w.Put(model.Signed(at - int32(z.from)))
		w.Put(model.Signed(at - int32(z.to) + 1))
	}
	longest := int32(0)
	for j := i + 1; j < len(s.lines) && j <= i+5; j++ {
		longest = max(longest, s.words[j])
	}
	w.Put(model.Log(longest))
	longest = 0
	for j := i - 1; j >= 0 && j >= i-5; j-- {
		longest = max(longest, s.words[j])
	}
	w.Put(model.Log(longest))
	w.Bit(s.lines[i].sentence())
}

// run is about the run of lines without an end of sentence around the line.
func (s *surveyor) run(w *model.Row, i int) {
	at := int32(i)
	from, to := s.runAt[i], s.runTo[i]
	if s.lines[i].ends {
		to = at
	}
	w.Put(model.Log(at - from))
	w.Put(model.Log(to - at))
	w.Put(model.Log(to - from))
	w.Put(model.Log(s.pre[to].words - s.pre[from].words))
	w.Put(model.Ratio(s.pre[to].hits-s.pre[from].hits, to-from))
	w.Put(model.Log(s.pre[to].hits - s.pre[from].hits))
	if d := to - from; d > 0 {
		w.Put(uint8(min(max(128+(s.pre[to].odds-s.pre[from].odds)/d, 0), 255)))
	} else {
		w.Put(128)
	}
	w.Put(model.Ratio(s.pre[to].numbers-s.pre[from].numbers, to-from))
	w.Put(model.Ratio(at-from, to-from))
}

func (s *surveyor) neighbours(w *model.Row, i int) {
	for _, off := range [4]int{-2, -1, 1, 2} {
		j := i + off
		if j < 0 || j >= len(s.lines) {
			for range neighbourFeatures / 4 {
				w.Put(255)
			}
			continue
		}
		w.Add(s.near[j][:]...)
		w.Bit(s.forms[j] == s.forms[i])
	}
}

// nearBytes is what a row holds of a neighbour for itself.
const nearBytes = neighbourFeatures/4 - 1

// seen fills what the rows of its neighbours hold of a line.
func (l *Line) seen(b *[nearBytes]uint8, named naming) {
	*b = [nearBytes]uint8{}
	w := model.NewRow(b[:])
	w.Put(model.Log(l.words))
	w.Bit(l.ends)
	w.Put(model.Ratio(l.stop, l.words))
	w.Put(named.level)
	w.Put(named.kind)
	w.Put(uint8(min(max(128+l.own.odds, 0), 255)))
	w.Put(model.Ratio(l.caps, l.words))
	w.Bit(l.prose)
}

func (s *surveyor) window(w *model.Row, i int) {
	n := len(s.lines)
	for _, r := range [4][2]int{{-3, 3}, {-8, 8}, {-8, 0}, {0, 8}} {
		a, z := max(i+r[0], 0), min(i+r[1]+1, n)
		d := int32(z - a)
		p, q := &s.pre[z], &s.pre[a]
		w.Put(model.Ratio(p.hits-q.hits, d))
		w.Put(uint8(min(max(128+(p.odds-q.odds)/d, 0), 255)))
		w.Put(model.Ratio(p.ends-q.ends, d))
	}
	a, z := max(i-8, 0), min(i+9, n)
	w.Put(model.Log((s.pre[z].words - s.pre[a].words) / int32(z-a)))
	w.Put(model.Log(s.pre[z].prose - s.pre[a].prose))
}

// vocabulary is how much of the line's words the prose lines hold.
func (s *surveyor) vocabulary(w *model.Row, i int) {
	words := s.lines[i].own.words
	if len(words) > maxSharedWords {
		words = words[:maxSharedWords]
	}
	n := int32(0)
	for _, h := range words {
		if s.shared.elsewhere(h, int32(i)) {
			n++
		}
	}
	w.Put(model.Log(n))
	w.Put(model.Ratio(n, int32(len(words))))
	w.Put(model.Log(int32(len(words))))
}

// maxSharedWords is how many words of a line are looked up.
const maxSharedWords = 40

func (s *surveyor) repeats(w *model.Row, i int) {
	o := s.lines[i].own
	w.Put(model.Log(s.seen.count(o.line)))
	w.Put(model.Log(s.seen.count(o.first)))
	w.Bit(s.seen.elsewhere(o.line, int32(i)))
}

// table is about signs of tables and lists: equal shapes and periodic ones.
func (s *surveyor) table(w *model.Row, i int) {
	n := len(s.lines)
	a, z := max(i-8, 0), min(i+8, n)
	d := int32(z - a)
	best, period := s.period(a, z)
	w.Put(model.Ratio(s.pre[z].every[0]-s.pre[a].every[0], d))
	w.Put(model.Ratio(best, d))
	w.Put(uint8(period))
	w.Put(model.Ratio(s.pre[z].numbers-s.pre[a].numbers, d))
	w.Put(model.Ratio(s.pre[z].marks-s.pre[a].marks, d))
	w.Put(model.Ratio(s.pre[z].code-s.pre[a].code, d))
	// the stretch of lines of this form around the line
	form := s.forms[i]
	before, after := 0, 0
	for j := i - 1; j >= 0 && j >= i-12 && s.forms[j] == form; j-- {
		before++
	}
	for j := i + 1; j < n && j <= i+12 && s.forms[j] == form; j++ {
		after++
	}
	w.Put(uint8(before + after))
	w.Put(uint8(before))
	w.Bit(i > 0 && s.lines[i-1].colon)
}

// period returns how many of lines a..z-1 have the form of the one a fixed
// number of lines on, for the number that fits best.
func (s *surveyor) period(a, z int) (lines int32, best int) {
	for k := range maxPeriod {
		if v := s.pre[z].every[k] - s.pre[a].every[k]; v > lines {
			lines, best = v, k+1
		}
	}
	return lines, best
}

// seed makes places in a wordTable differ from process to process, so that no
// text can be written whose words all go to one place.
var seed = uint32(maphash.Comparable(maphash.MakeSeed(), 0))

// A wordTable counts hashes; open addressing.
type wordTable struct {
	slots []wordSlot
	shift uint32
}

type wordSlot struct {
	key  uint32
	line int32 // the last line it was seen in
	n    int32 // lines it was seen in
}

// init empties the table, for n hashes; not when ctx ends before.
func (t *wordTable) init(ctx context.Context, n int) bool {
	bits := bits.Len(uint(n*3/2 + 2))
	size := 1 << bits
	t.shift = uint32(32 - bits)
	if cap(t.slots) >= size {
		t.slots = t.slots[:size]
		clear(t.slots)
		return true
	}
	var ok bool
	t.slots, ok = room.Make[wordSlot](ctx, size, size)
	return ok
}

func (t *wordTable) slot(key uint32) *wordSlot {
	if key == 0 {
		key = 1
	}
	mask := uint32(len(t.slots) - 1)
	for i := (key ^ seed) * 0x9E3779B1 >> t.shift; ; i = (i + 1) & mask {
		if s := &t.slots[i]; s.key == key || s.key == 0 {
			return s
		}
	}
}

func (t *wordTable) add(key uint32, line int32) {
	s := t.slot(key)
	if s.key == 0 {
		s.key, s.line, s.n = max(key, 1), line, 1
	} else if s.line != line {
		s.line = line
		s.n++
	}
}

func (t *wordTable) count(key uint32) int32 { return t.slot(key).n }

// elsewhere tells whether a hash was seen in another line.
func (t *wordTable) elsewhere(key uint32, line int32) bool {
	s := t.slot(key)
	return s.n > 1 || s.n == 1 && s.line != line
}
