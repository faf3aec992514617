package piece

import (
	"math/bits"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// A Signal is what rules say of a piece.
type Signal struct {
	Kind  rules.Kind
	Level uint8 // see the constants; 0: nothing
}

// Levels of a signal.
const (
	NamesPart uint8 = iota + 1 // a rule names a part of the piece
	MayName                    // a rule that needs the right place or neighbours names it
	Names                      // a rule names it
)

// A text is what is known of a text as a whole, and of what stands around its pieces.
type text struct {
	halves     int32 // words, in halves
	prose      int32 // words of prose, in halves
	bare       bool  // nothing in it reads like a sentence, in any language
	first      int   // pieces of prose, the first and the last one
	last       int
	concepts   int32
	named      int32      // pieces that rules name
	nameds     []int32    // the same before each piece, and all
	before     []int32    // halves before each piece, and all
	concept    []int32    // the same for words of concepts
	weighed    []float32  // the same for the weights of pieces, and
	chances    []float32  // for their weights times their chances of being residue
	high       []int32    // pieces before each that read like residue, and all
	proses     []int32    // the same for prose
	near       []uint8    // distance to the next piece of prose
	opener     []uint8    // pieces since the opening of a notice
	tables     []bool     // by paragraph: it looks like the row of a table
	below      [256]int32 // pieces whose chance is less, by the byte for that
	median     uint8
	runs       []span     // by piece: the run of short pieces it is in, empty if in none
	facts      []runFacts // of the run that begins at a piece
	vocabulary []entry
	content    []int32 // of each piece: its entries of the vocabulary
	capitals   []int32 // the same of its words that have a capital, the first one aside
	keys       []entry
}

// An entry counts the pieces in which something stands.
type entry struct {
	key         uint32
	pieces      int32
	last, later int32 // the piece that was last seen to hold it, on the way down and up
}

// find is the entry of a key in a table whose size is a power of two.
func find(table []entry, key uint32) (int32, *entry) {
	key |= 1
	mask := uint32(len(table) - 1)
	for i := key * 0x9E3779B1 >> 8 & mask; ; i = (i + 1) & mask {
		if e := &table[i]; e.key == key || e.key == 0 {
			e.key = key
			return int32(i), e
		}
	}
}

// Read measures the pieces of the last Split. signals are what rules say of each of
// them; weights may be nil, for training.
func (m *Memory) Read(weights *Weights, signals []Signal) {
	m.look()
	m.signals = signals
	if weights != nil {
		m.weighAll(weights)
	}
	m.works.read = false
	m.readLeans()
	m.readVocabulary()
}

// look measures the pieces by themselves, and what stands around them, as far as neither
// weights of words nor rules are needed. It does so once after a Split.
func (m *Memory) look() {
	if m.looked {
		return
	}
	m.looked = true
	m.clear = m.clear[:0]
	m.locate()
	again := m.newAgain()
	if again != nil && !again.old.looked {
		again = nil // nobody asked about the old text's pieces
	}
	for i := range m.pieces {
		m.Clock.Step()
		if again == nil || !m.take(again, i) {
			m.measure(i)
		}
	}
	m.readPlaces()
	m.readRepeats()
}

// readPlaces reads what does not hang on words' weights and rules.
func (m *Memory) readPlaces() {
	t, n := &m.around, len(m.pieces)
	t.halves, t.prose, t.concepts = 0, 0, 0
	t.first, t.last, t.bare = n, -1, true
	t.before, t.concept = work.Sized(t.before, n+1), work.Sized(t.concept, n+1)
	t.near, t.opener, t.proses = work.Sized(t.near, n), work.Sized(t.opener, n), work.Sized(t.proses, n+1)
	t.tables = work.Zeroed(t.tables, len(m.paras))
	proses := int32(0)
	since := uint8(farAway)
	for i := range m.pieces {
		m.Clock.Step()
		p, o := &m.pieces[i], &m.owns[i]
		t.before[i], t.concept[i], t.proses[i] = t.halves, t.concepts, proses
		t.halves += o.halves
		t.concepts += o.concepts
		if o.ends && o.halves >= 2*sentenceWords {
			t.bare = false
		}
		if o.prose {
			t.prose += o.halves
			proses++
			t.first, t.last = min(t.first, i), i
		}
		if p.Index == 0 {
			since = farAway
		}
		if since = min(since+1, farAway); o.opener {
			since = 0
		}
		t.opener[i] = since
		if o.pipes > 0 {
			t.tables[p.Para] = true // for now: it holds a divider
		}
	}
	t.before[n], t.concept[n], t.proses[n] = t.halves, t.concepts, proses
	near := uint8(farAway)
	for i := n - 1; i >= 0; i-- {
		t.near[i] = near
		if near = min(near+1, farAway); m.owns[i].prose {
			near = 1
		}
	}
	near = farAway
	for i := range n {
		t.near[i] = min(t.near[i], near)
		if near = min(near+1, farAway); m.owns[i].prose {
			near = 1
		}
	}
	m.readTables()
	m.readRuns()
}

// readLeans reads what words and rules say of all pieces.
func (m *Memory) readLeans() {
	t, n := &m.around, len(m.pieces)
	t.named = 0
	t.weighed, t.chances = work.Sized(t.weighed, n+1), work.Sized(t.chances, n+1)
	t.high, t.nameds = work.Sized(t.high, n+1), work.Sized(t.nameds, n+1)
	var histogram [256]int32
	high := int32(0)
	var weighed, chances float64
	for i := range m.pieces {
		m.Clock.Step()
		o := &m.owns[i]
		t.high[i], t.nameds[i] = high, t.named
		t.weighed[i], t.chances[i] = float32(weighed), float32(chances)
		w := float64(min(o.halves, maxWeight)) + .002
		weighed += w
		chances += w * float64(o.chance)
		histogram[share(o.chance)]++
		if o.chance > .5 {
			high++
		}
		if m.signal(i).Level >= MayName {
			t.named++
		}
	}
	t.high[n], t.nameds[n] = high, t.named
	t.weighed[n], t.chances[n] = float32(weighed), float32(chances)
	seen := int32(0)
	t.median = 0
	for v, k := range histogram {
		t.below[v] = seen
		if seen += k; int(seen)*2 >= n && int(t.below[v])*2 < n {
			t.median = uint8(v)
		}
	}
	for i := 0; i < n; {
		r := t.runs[i]
		if r.to > r.from {
			t.facts[r.from] = m.readRun(r)
		}
		i = max(i+1, int(r.to))
	}
}

// readRuns finds runs of short pieces: the cells of a table, items, references, menus.
func (m *Memory) readRuns() {
	t, n := &m.around, len(m.pieces)
	t.runs, t.facts = work.Zeroed(t.runs, n), work.Sized(t.facts, n)
	for i := 0; i < n; {
		if !m.owns[i].short {
			i++
			continue
		}
		from := i
		for i < n && m.owns[i].short {
			i++
		}
		for k := from; k < i; k++ {
			t.runs[k] = span{int32(from), int32(i)}
		}
	}
}

// aroundRow is what the pieces around look like, and the run of short ones.
func (m *Memory) aroundRow(row *[FeatureCount]uint8, i int) {
	t, n := &m.around, len(m.pieces)
	from, to := max(0, i-aroundReach), min(n, i+1+aroundReach)
	ends, years, nameless, digits, chars := int32(0), int32(0), int32(0), int32(0), int32(0)
	for j := from; j < to; j++ {
		b := &m.owns[j]
		ends += int32(bit(b.ends))
		years += int32(bit(b.year))
		nameless += int32(bit(b.names == 0))
		digits += b.digits
		chars += b.chars
	}
	k := int32(to - from)
	row[aroundWords] = model.Log((t.before[to] - t.before[from]) / k)
	row[aroundEnds], row[aroundYears], row[aroundNameless] = model.Ratio(ends, k), model.Ratio(years, k), model.Ratio(nameless, k)
	row[aroundDigits] = model.Ratio(digits, chars)
	row[runPieces], row[runIndex] = 0, 0
	if r := t.runs[i]; r.to > r.from {
		row[runPieces], row[runIndex] = model.Log(r.to-r.from), model.Log(int32(i)-r.from)
	}
}

// aroundReach is how many pieces on either side are around a piece.
const aroundReach = 4

// farAway is how many pieces are too many to be counted.
const farAway = 9

// sentenceWords is how many words a piece has at least that reads like a sentence,
// though its function words may not be known.
const sentenceWords = 7

// maxWeight is how much a piece counts at most among others, in half words.
const maxWeight = 80

// readTables marks the paragraphs that look like rows of a table: two dividers, or one
// and one in the paragraph beside it, and no prose.
func (m *Memory) readTables() {
	t := &m.around
	const one, two = 1, 2
	count := work.Zeroed(m.pipes, len(m.paras))
	m.pipes = count
	for i := range m.pieces {
		p := m.pieces[i].Para
		count[p] = min(count[p]+m.owns[i].pipes, two)
	}
	for i := range m.pieces {
		if m.owns[i].prose {
			count[m.pieces[i].Para] = 0
		}
	}
	for p := range t.tables {
		t.tables[p] = count[p] >= two || count[p] >= one && (p > 0 && count[p-1] >= one || p+1 < len(count) && count[p+1] >= one)
	}
}

// readVocabulary counts in how many pieces each word with a meaning stands.
func (m *Memory) readVocabulary() {
	t := &m.around
	most := 0
	for k := range m.words {
		most += int(m.words[k].facts / meaning & 1)
	}
	t.vocabulary = work.Zeroed(t.vocabulary, 1<<bits.Len(uint(most+most/2)))
	t.content, t.capitals = t.content[:0], t.capitals[:0]
	for i := range m.pieces {
		m.Clock.Step()
		o := &m.owns[i]
		o.content, o.capital = int32(len(t.content)), int32(len(t.capitals))
		words := m.wordsOf(i)
		shared := int32(0)
		m.meanings = withMeaning(m.meanings, words)
		for _, k := range m.meanings {
			key, ok := contentKey(words, int(k))
			if !ok {
				continue
			}
			at, e := find(t.vocabulary, key)
			if k > 0 && words[k].is&opensCapital != 0 {
				t.capitals = append(t.capitals, at)
			}
			if e.pieces > 0 && e.last == int32(i) {
				continue
			}
			if e.pieces > 0 && e.last == int32(i-1) {
				shared++
			}
			e.pieces++
			e.last = int32(i)
			t.content = append(t.content, at)
		}
		o.sharedBefore = shared
	}
	for i := len(m.pieces) - 1; i >= 0; i-- {
		shared := int32(0)
		for _, at := range m.contentOf(i) {
			e := &t.vocabulary[at]
			if e.later == int32(i+1) {
				shared++
			}
			e.later = int32(i)
		}
		m.owns[i].sharedAfter = shared
	}
}

// contentOf are the places in the vocabulary of the words of piece i that have a
// meaning.
func (m *Memory) contentOf(i int) []int32 {
	from, to := int(m.owns[i].content), len(m.around.content)
	if i+1 < len(m.owns) {
		to = int(m.owns[i+1].content)
	}
	return m.around.content[from:to]
}

// capitalsOf are the places in the vocabulary of the words of piece i that have a
// meaning and a capital, the first one aside.
func (m *Memory) capitalsOf(i int) []int32 {
	from, to := int(m.owns[i].capital), len(m.around.capitals)
	if i+1 < len(m.owns) {
		to = int(m.owns[i+1].capital)
	}
	return m.around.capitals[from:to]
}

// hasMeaning reports whether a word may be one that texts on a subject share: it has four
// letters or more and is no function word, or is a character of a script without spaces.
func (w *word) hasMeaning() bool {
	return w.letters >= 4 && w.facts&function == 0 && w.is&address == 0 || w.is&ideograph != 0
}

// withMeaning returns the numbers of the words that have a meaning, in the memory of a
// slice.
func withMeaning(room []int32, words []word) []int32 {
	room = work.Sized(room, len(words)+1)
	n := 0
	for k := range words {
		room[n] = int32(k)
		n += int(words[k].facts / meaning & 1) // no branch, for nobody could foresee it
	}
	return room[:n]
}

// contentKey is what word k, which has a meaning, is counted by: its beginning, or two
// characters of a script without spaces.
func contentKey(words []word, k int) (uint32, bool) {
	w := &words[k]
	if w.is&ideograph != 0 {
		if k+1 < len(words) && words[k+1].is&ideograph != 0 {
			return mix(tokenIdeo, w.hash, words[k+1].hash), true
		}
		return 0, false
	}
	if w.stem != 0 {
		return w.stem, true
	}
	return w.hash, true
}

// readRepeats counts pieces that stand twice, and words that do.
func (m *Memory) readRepeats() {
	t := &m.around
	t.keys = work.Zeroed(t.keys, 1<<bits.Len(uint(2*len(m.pieces)+1)))
	for i := range m.pieces {
		o := &m.owns[i]
		at, e := find(t.keys, o.key)
		o.same, o.copies = at, e.pieces
		e.pieces++
	}
	at := 0
	for i := range m.pieces {
		o := &m.owns[i]
		for k := o.from; k < o.to; k++ {
			for at < len(m.repeats) && m.repeats[at].to <= m.words[k].from {
				at++
			}
			if at < len(m.repeats) && m.repeats[at].from <= m.words[k].from {
				o.cover++
			}
		}
	}
}

func (m *Memory) signal(i int) Signal {
	if i < len(m.signals) {
		return m.signals[i]
	}
	return Signal{}
}

// Reach of what is looked at around a piece.
const (
	nearReach = 5
	nearShare = 4 // pieces whose concepts are counted
	tableSpan = 4 // paragraphs
)

// placeRow fills of the row of piece i what look found.
func (m *Memory) placeRow(row *[FeatureCount]uint8, i int) {
	t, n := &m.around, len(m.pieces)
	p, o := &m.pieces[i], &m.owns[i]
	copy(row[:], o.row[:])

	row[borderLeft], row[borderRight] = uint8(p.Left), uint8(p.Right)
	row[borderPieces] = few(int(p.Count), 30)
	row[borderIndex] = few(int(p.Index), 20)
	row[borderToEnd] = few(int(p.Count-1-p.Index), 20)
	row[borderOpener] = t.opener[i]
	row[borderTable] = bit(t.tables[p.Para])
	tables := 0
	for q := max(0, int(p.Para)-tableSpan); q <= min(len(t.tables)-1, int(p.Para)+tableSpan); q++ {
		if t.tables[q] {
			tables++
		}
	}
	row[borderTables] = uint8(tables)

	row[placeBefore] = model.Log(t.before[i])
	row[placeAfter] = model.Log(t.halves - t.before[i+1])
	row[placeShare] = model.Ratio(t.before[i], t.halves)
	row[placePieces] = few(i, 20)
	row[placePiecesAfter] = few(n-1-i, 20)
	row[placeParas] = few(int(p.Para), 20)
	row[placeParasAfter] = few(len(m.paras)-1-int(p.Para), 20)

	row[textWords] = model.Log(t.halves)
	row[textPieces] = model.Log(int32(n))
	row[textMean] = model.Log(t.halves / int32(n))
	row[textProse] = model.Ratio(t.prose, t.halves)
	row[textParas] = model.Log(int32(len(m.paras)))
	row[textWrapped] = bit(m.width > 0)

	row[nextNear] = m.conceptShare(i+1, min(n, i+1+nearShare))
	row[lastNear] = m.conceptShare(max(0, i-nearShare), i)
	row[tailNear] = m.conceptShare(i, n)
	row[restNear] = ratio254(t.concepts-o.concepts, (t.halves-o.halves)/2)

	m.aroundRow(row, i)

	row[repeatWhole] = few(int(t.keys[o.same].pieces-1), 4)
	row[repeatNumber] = few(int(o.copies), 4)
	row[repeatShare] = model.Ratio(o.cover, o.to-o.from)

	row[proseBefore], row[proseAfter] = bit(i < t.first), bit(i > t.last)
	row[proseNear] = t.near[i]
	row[proseCountBefore] = few(int(t.proses[i]), 20)
	row[proseCountAfter] = few(int(t.proses[n]-t.proses[i+1]), 20)
}

// Row fills the row of piece i.
func (m *Memory) Row(row *[FeatureCount]uint8, i int) {
	t, n := &m.around, len(m.pieces)
	m.placeRow(row, i)
	m.vocabularyRow(row, i)
	row[runLean] = nothing
	if r := t.runs[i]; r.to > r.from {
		row[runLean] = share((t.chances[r.to] - t.chances[r.from]) / max(t.weighed[r.to]-t.weighed[r.from], .001))
	}

	own := bit(m.signal(i).Level >= MayName)
	others := t.named - int32(own)
	row[ruleText] = ratio254(others, int32(n-1))
	row[ruleTextCount] = few(int(others), 20)
	row[ruleAfter], row[ruleBefore] = m.namedAround(i)

	m.leanRow(row, i)
	for k, d := range neighbourAt {
		m.neighbourRow(row[atNeighbours+k*neighbourColumns:][:neighbourColumns], i, i+d)
	}
	clear(row[atRules:])
	if s := m.signal(i); s.Level > 0 {
		row[atRules+kindColumn(s.Kind)] = s.Level
	}
}

// besideZero is the byte for no difference.
const besideZero = 127

// conceptShare is how many of the words of the pieces from..to-1 are of page
// furniture.
func (m *Memory) conceptShare(from, to int) uint8 {
	t := &m.around
	if from >= to {
		return nothing
	}
	return ratio254(t.concept[to]-t.concept[from], (t.before[to]-t.before[from])/2)
}

// ratio254 is a/b as 0..254.
func ratio254(a, b int32) uint8 {
	switch {
	case a <= 0 || b <= 0:
		return 0
	case a < 1<<24:
		return uint8(min(uint32(a)*254/uint32(b), 254)) // the faster division
	}
	return uint8(min(int64(a)*254/int64(b), 254))
}

func (m *Memory) vocabularyRow(row *[FeatureCount]uint8, i int) {
	t, o := &m.around, &m.owns[i]
	content := m.contentOf(i)
	inRest, others := 0, int32(0)
	for _, at := range content {
		if k := t.vocabulary[at].pieces - 1; k > 0 {
			inRest++
			others += k
		}
	}
	n := int32(len(content))
	row[sharedRest] = model.Ratio(int32(inRest), n)
	row[sharedCount] = few(inRest, 30)
	row[sharedContent] = few(len(content), 60)
	row[sharedMean] = model.Log(4 * others / max(1, n))
	capitals := int32(0)
	for _, at := range m.capitalsOf(i) {
		if t.vocabulary[at].pieces > 1 {
			capitals++
		}
	}
	row[sharedCapitals] = model.Ratio(capitals, o.capitals)
}

// namedAround counts the pieces that rules name behind and before piece i.
func (m *Memory) namedAround(i int) (after, before uint8) {
	t, n := &m.around, len(m.pieces)
	return uint8(t.nameds[min(n, i+1+nearReach)] - t.nameds[i+1]), uint8(t.nameds[i] - t.nameds[max(0, i-nearReach)])
}

// leanRow is what the words of the pieces around say.
func (m *Memory) leanRow(row *[FeatureCount]uint8, i int) {
	t, n, o := &m.around, len(m.pieces), &m.owns[i]
	at := func(j int) uint8 {
		if j < 0 || j >= n {
			return nothing
		}
		return share(m.owns[j].chance)
	}
	mean := func(from, to int) uint8 {
		w := t.weighed[to] - t.weighed[from]
		return share((t.chances[to] - t.chances[from]) / max(w, .001))
	}
	row[leanBefore], row[leanAfter], row[leanBefore2], row[leanAfter2] = at(i-1), at(i+1), at(i-2), at(i+2)
	row[leanNext5] = mean(i+1, min(n, i+1+nearReach))
	row[leanLast5] = mean(max(0, i-nearReach), i)
	row[leanTail] = mean(i, n)
	row[leanHead] = mean(0, i+1)
	w := float32(min(o.halves, maxWeight)) + .002
	row[leanRest] = share((t.chances[n] - w*o.chance) / max(t.weighed[n]-w, .001))
	own := int32(bit(o.chance > .5))
	row[leanHigh] = few(int(t.high[n]-own), 30)
	row[leanHighAfter] = few(int(t.high[n]-t.high[i+1]), 30)
	row[leanHighBefore] = few(int(t.high[i]), 30)
	v := share(o.chance)
	row[leanMedian] = uint8((int(v) - int(t.median) + 255) / 2)
	row[leanRank] = model.Ratio(t.below[v], int32(n))
}

// neighbourRow is what is known of piece j beside piece i.
func (m *Memory) neighbourRow(row []uint8, i, j int) {
	if j < 0 || j >= len(m.pieces) {
		for k := range row {
			row[k] = nothing
		}
		return
	}
	b := &m.owns[j]
	row[neighbourWords] = b.row[shapeWords]
	row[neighbourProse] = bit(b.prose)
	row[neighbourRule] = m.signal(j).Level
	row[neighbourEnds] = bit(b.ends)
	row[neighbourCapitals] = b.row[shapeCapitals]
	o := &m.owns[i]
	shared := int32(0)
	switch j - i {
	case -1:
		shared = o.sharedBefore
	case 1:
		shared = o.sharedAfter
	}
	row[neighbourShared] = model.Ratio(shared, int32(len(m.contentOf(i))))
}

// kindColumn is the column of a kind among those of rules.
func kindColumn(k rules.Kind) int {
	for i, kind := range signalKinds {
		if kind == k {
			return i
		}
	}
	return len(signalKinds)
}
