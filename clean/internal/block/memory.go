package block

import (
	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/work"
	"golang.org/x/net/html"
)

// A Memory is what the blocks of a page, their features and its lines take, used
// for one page after the other: 0.3 MB on average, where html.Parse allocates
// 1 MB. The zero value is ready to use.
//
// It serves one page at a time: the Doc that Segment returns, and all that the
// functions of this package say of it, texts and lines too, is of use until the
// Memory forgets it or takes the next page.
type Memory struct {
	// Clock is that of the work on the page; nil never ends it.
	Clock *work.Clock

	doc     Doc
	stack   []frame
	cells   []int16
	sights  []sight
	classes classCache   // of the page's rules, with its strings
	nodes   []*html.Node // memory of the doc's

	hints    hintSets
	reading  reading
	smoother smoother
	sequence sequence
	batch    model.Batch // see predict
	sorting  []uint64    // see sortByP
	rows     [2][]uint8  // see explained
	moved    []float32   // see sayings
	prose    []paragraph // see dropPulled

	lines []Line // see Render
	spans []Span // of the lines
	texts []byte // that are no piece of the page's, see space
	parts []Line // see RenderPart

	other *Memory // for another extractor's article, see Follow; mostly nil
}

// Pages above these sizes, one in a hundred, leave their memory to the garbage
// collector.
const (
	maxKeptText  = 1 << 20 // bytes
	maxKeptElems = 1 << 15
)

// Forget makes m ready for another input. Nothing of the last one may be used
// after that. The Clock stays.
func (m *Memory) Forget() {
	if cap(m.doc.Text) > maxKeptText || cap(m.doc.Elems) > maxKeptElems || cap(m.lines) > maxKeptElems {
		*m = Memory{Clock: m.Clock}
		return
	}
	m.forgetPage()
	m.texts, m.parts = m.texts[:0], work.Emptied(m.parts, maxKeptElems)
	if m.other != nil {
		m.other.Forget()
	}
}

// forgetPage forgets the page and keeps the lines of parts.
func (m *Memory) forgetPage() {
	d := &m.doc
	clear(d.pointers) // they hold on to the tree
	clear(d.targets)
	if d.nodes != nil {
		clear(d.nodes)
		m.nodes = d.nodes[:0]
	}
	*d = Doc{Text: d.Text[:0], Elems: d.Elems[:0], Blocks: d.Blocks[:0], odds: d.odds[:0], pointers: d.pointers[:0], targets: d.targets[:0]}
	m.reading.blocks.n = 0 // nothing is measured
	clear(m.classes[:])
}

// Poison overwrites the texts that m holds, for tests: nothing that outlives
// Forget may be a piece of them.
func (m *Memory) Poison() {
	for _, text := range [][]byte{m.doc.Text, m.texts} {
		text = text[:cap(text)]
		for i := range text {
			text[i] = 0xDB
		}
	}
	if m.other != nil {
		m.other.Poison()
	}
}

// beside is a Memory for another tree of the same input.
func (m *Memory) beside() *Memory {
	if m.other == nil {
		m.other = new(Memory)
	}
	m.other.Clock = m.Clock
	return m.other
}

// newDoc is the Doc of the next page, empty.
func (m *Memory) newDoc() *Doc {
	d := &m.doc
	if d.memory != nil {
		m.forgetPage()
	}
	d.memory, d.clock = m, m.Clock
	if cap(d.Text) == 0 {
		d.Text = make([]byte, 0, 16<<10)
	}
	if cap(d.Elems) == 0 {
		d.Elems = make([]Elem, 0, 1024)
		d.Blocks = make([]Block, 0, 256)
		m.stack = make([]frame, 0, 64)
	}
	return d
}

// space is room for a text of at most n bytes that is put together. It is handed
// out once and holds what is written to it until m forgets the input.
func (m *Memory) space(n int) []byte {
	const least, most = 1 << 10, 256 << 10
	if at := len(m.texts); cap(m.texts)-at >= n {
		m.texts = m.texts[:at+n]
		return m.texts[at : at : at+n]
	}
	// What was handed out of the old piece stays with those who hold it.
	m.texts = make([]byte, n, max(n, least, min(2*cap(m.texts), most)))
	return m.texts[:0:n]
}
