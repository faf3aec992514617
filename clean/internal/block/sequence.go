package block

import (
	_ "embed"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// Blocks of one sort lie together, which a model that looks at one block at a
// time cannot know. So a second, small one looks at what the first says of the
// blocks before and after, of the containers around and of the page, and decides:
// stacked sequential learning (Cohen and Carvalho, IJCAI 2005). It is trained on
// what models of other sites said, since the first knows its own pages too well.

//go:embed data/sequence.model
var sequenceData []byte

// CheckSequence refuses a second model that was trained on other features.
func CheckSequence(e *model.Ensemble, err error) (*model.Ensemble, error) {
	return trainedOn(SequenceNames(), e, err)
}

// A sequence is what the first model says of a page.
type sequence struct {
	d     *Doc
	odds  []float32 // by block
	words []float64 // by block
	pre   []mass    // prefix sums over blocks
	kins  []mass    // by kin, see reading
	rank  []uint8   // share of the content that is at least as probable
	order []int32
	prev  []int32 // last block at or before that is above the threshold, -1 none
	next  []int32 // first at or after, len none
	runs  []int32 // words of the run of blocks on the same side of the threshold
	bytes []uint8 // oddsByte by block, besideReach more at either end for the page's edge
	cut   float32 // odds of the threshold
	whole [wholeColumns]uint8
}

// mass is text in words, and how many of them are expected to be content.
type mass struct{ words, content float64 }

func (m mass) minus(o mass) mass { return mass{m.words - o.words, m.content - o.content} }

func (m *mass) add(o mass) {
	m.words += o.words
	m.content += o.content
}

// mean is the probability of a word of m as a byte of 1 to 255, 0 for no words.
func (m mass) mean() uint8 {
	if m.words < .5 {
		return 0
	}
	return uint8(1 + 254*min(max(m.content/m.words, 0), 1))
}

// oddsByte puts log-odds of -8 to 8 into 1 to 255; 0 is beyond the page's edge.
func oddsByte(x float32) uint8 { return uint8(min(max(x*16+128, 1), 255)) }

// share is a part of the page's content as 0..63.
func (s *sequence) share(content float64) uint8 {
	return model.Ratio(int32(content*16), int32(s.pre[len(s.pre)-1].content*16))
}

// measure reads what the first model said: odds by block, and the blocks' P.
func (s *sequence) measure() {
	d, n := s.d, len(s.d.Blocks)
	s.pre = work.Sized(s.pre, n+1)
	s.pre[0] = mass{}
	r := &d.memory.reading
	s.kins = work.Zeroed(s.kins, len(r.kins))
	most := 0
	sure := 0.0 // content of blocks there is no doubt about
	s.bytes = work.Zeroed(s.bytes, n+2*besideReach)
	for i := range d.Blocks {
		d.clock.Step()
		s.bytes[besideReach+i] = oddsByte(s.odds[i])
		b := &d.Blocks[i]
		content := s.words[i] * float64(b.P)
		s.pre[i+1] = mass{s.pre[i].words + s.words[i], s.pre[i].content + content}
		s.kins[r.kin[i]].add(mass{s.words[i], content})
		if s.odds[i] > s.odds[most] {
			most = i
		}
		if b.P > .9 {
			sure += content
		}
	}
	total := s.pre[n]
	s.order, s.rank = work.Sized(s.order, n), work.Sized(s.rank, n)
	sortByP(d, s.order)
	t, expected := bestThreshold(d, s.order, s.words, total.content, 1)
	sum, kept := 0.0, 0
	s.cut = s.odds[most]
	d.pass()
	for _, i := range s.order {
		sum += s.pre[i+1].content - s.pre[i].content
		s.rank[i] = s.share(sum)
		if d.Blocks[i].P >= t {
			kept++
			s.cut = min(s.cut, s.odds[i])
		}
	}
	s.measureRuns()
	b := &d.memory.batch
	w := b.Row(0)
	w.Set(wholeExpected, uint8(255*expected))
	w.Set(wholeCut, oddsByte(s.cut))
	w.Set(wholeContent, model.Log(int32(total.content)))
	w.Set(wholeMean, total.mean())
	w.Set(wholeSure, s.share(sure))
	w.Set(wholeKept, model.Log(int32(kept)))
	w.Set(wholeMost, oddsByte(s.odds[most]))
	b.Copy(s.whole[:], wholeExpected, 0)
}

// measureRuns finds the blocks above the threshold next to every block, and
// the runs of blocks on one side of it.
func (s *sequence) measureRuns() {
	d, n := s.d, len(s.d.Blocks)
	s.prev, s.next, s.runs = work.Sized(s.prev, n), work.Sized(s.next, n), work.Sized(s.runs, n)
	last, from := int32(-1), 0
	d.pass()
	for i := range n {
		above := s.odds[i] >= s.cut
		if i > 0 && above != (s.odds[i-1] >= s.cut) {
			s.closeRun(from, i)
			from = i
		}
		if above {
			last = int32(i)
		}
		s.prev[i] = last
	}
	s.closeRun(from, n)
	first := int32(n)
	d.pass()
	for i := n - 1; i >= 0; i-- {
		if s.odds[i] >= s.cut {
			first = int32(i)
		}
		s.next[i] = first
	}
}

func (s *sequence) closeRun(from, to int) {
	words := int32(s.pre[to].words - s.pre[from].words)
	for i := range s.runs[from:to] {
		s.runs[from+i] = words
	}
}

// fill writes the rows of the blocks from..to-1.
func (s *sequence) fill(rows *model.Batch, from, to int) {
	n, r := len(s.d.Blocks), &s.d.memory.reading
	if from == 0 {
		for k, v := range s.whole {
			rows.PutAll(wholeExpected+k, v)
		}
	}
	odds := func(off int) []uint8 { return s.bytes[besideReach+from+off : besideReach+to+off] }
	rows.Put(selfOdds, odds(0))
	rows.Put(selfRank, s.rank[from:to])
	for k := range besideReach {
		rows.Put(atBeside+2*k, odds(-k-1))
		rows.Put(atBeside+2*k+1, odds(k+1))
	}
	for i := from; i < to; i++ {
		s.d.clock.Step()
		w := rows.Row(i - from)
		w.Set(selfApart, oddsByte(s.odds[i]-s.cut))
		for k, reach := range reaches {
			w.Set(atReaches+2*k, s.pre[i].minus(s.pre[max(i-reach, 0)]).mean())
			w.Set(atReaches+2*k+1, s.pre[min(i+reach+1, n)].minus(s.pre[i+1]).mean())
		}
		w.Set(orderBefore, s.share(s.pre[i].content))
		w.Set(orderAfter, s.share(s.pre[n].content-s.pre[i+1].content))
		own := s.pre[i+1].minus(s.pre[i])
		kin := r.kin[i]
		w.Set(kinMostly, s.kins[kin].minus(own).mean())
		w.Set(kinBlocks, model.Log(r.kins[kin].count))
		s.containers(w, i, own)
		s.gaps(w, i)
	}
}

// containers says what the other blocks of the nearest containers are.
func (s *sequence) containers(w model.Row, i int, own mass) {
	r := &s.d.memory.reading
	e := s.d.Blocks[i].Elem
	if el := &s.d.Elems[e]; el.End-el.First <= 1 {
		e = r.up[e]
	}
	for level := range containerLevels {
		col := atInside + level*insideColumns
		if e < 0 {
			w.Set(col+insideMostly, 0)
			w.Set(col+insideShare, 0)
			continue
		}
		el := &s.d.Elems[e]
		all := s.pre[el.End].minus(s.pre[el.First])
		w.Set(col+insideMostly, all.minus(own).mean())
		w.Set(col+insideShare, s.share(all.content))
		e = r.up[e]
	}
}

// gaps says how many words lie between the block and the content before and
// behind it, or, where it is above the threshold, how many it has itself; and how
// long the run is.
func (s *sequence) gaps(w model.Row, i int) {
	if p := s.prev[i]; p < 0 {
		w.Set(apartBefore, 255)
	} else {
		w.Set(apartBefore, model.Log(int32(s.pre[max(int(p)+1, i)].minus(s.pre[min(int(p)+1, i)]).words)))
	}
	if q := int(s.next[i]); q >= len(s.odds) {
		w.Set(apartAfter, 255)
	} else {
		w.Set(apartAfter, model.Log(int32(s.pre[max(q, i+1)].minus(s.pre[min(q, i+1)]).words)))
	}
	w.Set(apartRun, model.Log(s.runs[i]))
}

// newSequence lets the first model say what it thinks of every block.
func newSequence(d *Doc, e *model.Ensemble) *sequence {
	s := &d.memory.sequence
	s.d = d
	n := len(d.Blocks)
	s.odds, s.words = work.Sized(s.odds, n), work.Sized(s.words, n)
	predict(d, e, d.memory.reading.fill, s.odds)
	for i := range d.Blocks {
		s.words[i] = float64(wordsOf(d, i))
	}
	if n > 0 && n <= sequenceBlocks {
		s.measure()
	}
	return s
}

// sequenceBlocks is how long a page may be, in blocks, for the second model to
// be asked. The longest it has learned from have 2,600; what it says of an article
// behind a hundred thousand blocks is a guess, and the first alone does better.
const sequenceBlocks = 5000

// SequenceRows returns the rows of the second model for all blocks, which were
// measured, given the first; nil for pages it is not asked about.
func SequenceRows(d *Doc, first *model.Ensemble) []uint8 {
	if len(d.Blocks) > sequenceBlocks {
		return nil
	}
	return rowsOf(nil, d, SequenceCount, newSequence(d, first).fill)
}

// explained are the rows of both models by which Classify went, of use until they are
// asked for again; those of the second are nil where it did without.
func (d *Doc) explained() (first, second []uint8) {
	rows := &d.memory.rows
	rows[0] = rowsOf(rows[0], d, FeatureCount, d.memory.reading.fill)
	if s := &d.memory.sequence; len(d.Blocks) <= sequenceBlocks {
		rows[1] = rowsOf(rows[1], d, SequenceCount, s.fill)
		return rows[0], rows[1]
	}
	return rows[0], nil
}

// Half of the blocks of a page are menus and the like: where the first
// settledTrees trees say so, the others are not asked. The second model learns
// from what the first says under the same rule.
const (
	settledTrees = 60
	settledOdds  = -2.5
)

// predict writes a model's log-odds of all blocks to odds and to the blocks, as
// probabilities. A chunk at a time, as many as go through the trees together: the
// features of all may be more than the page.
func predict(d *Doc, e *model.Ensemble, fill func(rows *model.Batch, from, to int), odds []float32) {
	rows := &d.memory.batch
	for from := 0; from < len(odds); from += model.Together {
		to := min(len(odds), from+model.Together)
		fill(rows, from, to)
		e.PredictBatch(rows, odds[from:to], settledTrees, settledOdds)
		for i := from; i < to; i++ {
			d.Blocks[i].P = model.Sigmoid(odds[i])
		}
	}
}
