package piece

import (
	"github.com/winnowtext/winnow/clean/internal/model"
)

// A run of short pieces is a table whose cells were set one a line, or the menus of a
// page. In a table much is figures, and rules name little; dates are all of one kind and
// count as often as dates stand in menus. A formula is a run of signs and single letters.
const (
	dataRun   = 8   // pieces of a run
	dataShare = .15 // of its characters are figures, or
	signShare = .45 // of its pieces have no words
	dataNamed = .06 // of its pieces are named by rules
	kindNamed = 3   // pieces that rules of one kind name count
)

// A runFacts is what is known of a run of short pieces.
type runFacts struct {
	named   uint8 // share of its pieces that rules name
	figures uint8 // share of its characters that are figures
	data    bool  // it is a table or a formula
}

// readRun measures a run of short pieces.
func (m *Memory) readRun(r span) runFacts {
	var kinds [ruleKinds]uint8
	figures, chars, signs, named := int32(0), int32(0), int32(0), int32(0)
	for i := r.from; i < r.to; i++ {
		m.Clock.Step()
		o := &m.owns[i]
		figures += o.digits
		chars += o.chars
		if o.names == 0 {
			signs++
		}
		if s := m.signal(int(i)); s.Level >= MayName {
			if k := &kinds[kindColumn(s.Kind)]; *k < kindNamed {
				*k++
				named++
			}
		}
	}
	n := r.to - r.from
	f := runFacts{named: model.Ratio(named, n), figures: model.Ratio(figures, chars)}
	f.data = n >= dataRun && float64(named) < dataNamed*float64(n) && (float64(figures) >= dataShare*float64(chars) || float64(signs) >= signShare*float64(n))
	return f
}

// inData reports whether piece i stands in a run that is a table's or a formula's.
func (m *Memory) inData(i int) bool {
	r := m.around.runs[i]
	return r.to > r.from && m.around.facts[r.from].data
}

// A list of so many items between two paragraphs of prose is the article's: menus stand
// among themselves.
const (
	listLeast  = 3
	listMost   = 15
	listLabels = 2  // short lines on either side
	labelWords = 12 // of each of them
	labelNames = 4  // of two letters and more, unless it ends in a colon
)

// enumerated reports whether piece i belongs to an item of such a list, or to one of up to
// two short lines on either side that no rule names: what the items are of.
func (m *Memory) enumerated(i int) bool {
	first := func(i int) int { return i - int(m.pieces[i].Index) } // of its paragraph
	items, labels := 0, 0
	goes := func(at int) bool { // the list goes on with the paragraph
		switch {
		case m.isItem(at):
			items++
		case m.labels(at):
			labels++
		default:
			return false
		}
		return items <= listMost && labels <= listLabels
	}
	at := first(i)
	for ; goes(at); at = first(at - 1) {
		if at == 0 {
			return false
		}
	}
	if !m.owns[at].prose {
		return false
	}
	labels = 0
	for at = first(i) + int(m.pieces[i].Count); at < len(m.pieces) && goes(at); at += int(m.pieces[at].Count) {
	}
	return items >= listLeast && at < len(m.pieces) && m.owns[at].prose
}

// labels reports whether the paragraph that begins with piece i may say what the items of
// a list are.
func (m *Memory) labels(i int) bool {
	o := &m.owns[i]
	return m.pieces[i].Count == 1 && !o.ends && o.halves <= 2*labelWords && (o.names >= labelNames || o.row[shapeLast] == signColon) && m.signal(i).Level < MayName
}

// Text that stands in for one, as designers set it: pages about design and those that test
// readers are made of it. So many words are of it at least, and such a share of all.
const (
	fillerLeast = 4
	fillerShare = .7
)

// filler reports whether piece i is text that stands in for one. The model knows its
// language least of all.
func (m *Memory) filler(i int) bool {
	n := 0
	words := m.wordsOf(i)
	for k := range words {
		if fillers[words[k].hash] {
			n++
		}
	}
	return n >= fillerLeast && float64(n) >= fillerShare*float64(len(words))
}

// fillers are the words of the usual one, Latin that lost its beginning.
var fillers = hashes("lorem ipsum dolor sit amet consectetur adipisicing adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis aute irure in reprehenderit voluptate velit esse cillum eu fugiat nulla pariatur excepteur sint occaecat cupidatat non proident sunt culpa qui officia deserunt mollit anim id est laborum")
