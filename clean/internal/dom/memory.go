package dom

import (
	"unsafe"

	"github.com/winnowtext/winnow/clean/internal/css"
	"github.com/winnowtext/winnow/clean/internal/work"
	"golang.org/x/net/html"
)

// A Memory builds trees, for one input after the other, in memory that is used
// again: html.Parse alone allocates five times
// the size of a page. The zero value is ready for use. A Memory serves one
// goroutine.
//
// All that its methods return lives until Forget, strings included.
type Memory struct {
	// Clock ends the work on the input; nil never does.
	Clock *work.Clock
	// Plain says that the page is known to have neither NUL bytes nor carriage returns.
	Plain bool

	tree   treeMemory
	parser parser     // of the last tree
	sheets css.Sheets // of the last tree
}

// Forget makes the memory ready for the next input. What is too large to keep
// is left to the garbage collector.
func (m *Memory) Forget() {
	m.tree.forget()
	m.sheets.Reset()
	m.parser = parser{}
	m.Plain = false
}

// Poison overwrites the text that nothing may point into after Forget. It is
// for tests.
func (m *Memory) Poison() {
	for _, b := range m.tree.texts {
		b = b[:cap(b)]
		for i := range b {
			b[i] = 0xDB
		}
	}
}

// maxKept is the size of the largest pages, in bytes, whose memory is kept: a page
// is 0.3 MB, and its tree takes three times as much.
const maxKept = 4 << 20

// A treeMemory is what trees are made of. Several trees may be made of it before
// it forgets them all.
type treeMemory struct {
	nodes     [][]html.Node // chunks in use
	last      []html.Node   // of them, the last
	used      int           // nodes of the last chunk
	free      [][]html.Node // used again
	attrStore [][]html.Attribute
	freeAttrs [][]html.Attribute
	text      []byte   // texts that are not in the page as they are: the chunk being filled
	texts     [][]byte // all chunks in use
	freeTexts [][]byte
	stack     []entry
	formats   []format
	jsonld    []string // parts of the pages: bodies of scripts that hold data
	data      []string
	size      int // of the pages, in bytes
}

// Sizes of what is allocated at once. A page has 2,500 nodes and 2,000
// attributes.
const (
	nodeChunk = 512
	attrChunk = 512
	textChunk = 16 << 10
	// maxKeptChunks is how many chunks of each sort are kept: enough for all
	// but one page in a hundred.
	maxKeptChunks = 64
)

// node returns a node whose fields are zero.
func (m *treeMemory) node() *html.Node {
	if m.used == len(m.last) {
		m.more()
	}
	n := &m.last[m.used]
	m.used++
	*n = html.Node{} // what it was on the page before
	return n
}

// more begins another chunk of nodes.
func (m *treeMemory) more() {
	if k := len(m.free) - 1; k >= 0 {
		m.last, m.free = m.free[k], m.free[:k]
	} else {
		m.last = make([]html.Node, nodeChunk)
	}
	m.nodes, m.used = append(m.nodes, m.last), 0
}

// attrs returns an empty slice, with room for the attributes of most tags, of
// which keepAttrs keeps what was appended.
func (m *treeMemory) attrs() []html.Attribute {
	if k := len(m.attrStore) - 1; k >= 0 && attrChunk-len(m.attrStore[k]) >= 16 {
		c := m.attrStore[k]
		return c[len(c):]
	}
	var c []html.Attribute
	if k := len(m.freeAttrs) - 1; k >= 0 {
		c, m.freeAttrs = m.freeAttrs[k], m.freeAttrs[:k]
	} else {
		c = make([]html.Attribute, 0, attrChunk)
	}
	m.attrStore = append(m.attrStore, c)
	return c
}

func (m *treeMemory) keepAttrs(a []html.Attribute) []html.Attribute {
	if len(a) == 0 {
		return nil
	}
	if k := len(m.attrStore) - 1; len(a) <= attrChunk-len(m.attrStore[k]) {
		m.attrStore[k] = m.attrStore[k][:len(m.attrStore[k])+len(a)]
	}
	return a[:len(a):len(a)]
}

// begin returns an empty slice for a text of about n bytes, which is then
// appended to and given to end.
func (m *treeMemory) begin(n int) []byte {
	if cap(m.text)-len(m.text) < n {
		m.moreText(n)
	}
	return m.text[len(m.text):]
}

// moreText begins another chunk of text, of n bytes at least.
func (m *treeMemory) moreText(n int) {
	m.text = nil
	for k, c := range m.freeTexts {
		if cap(c) >= n {
			last := len(m.freeTexts) - 1
			m.text, m.freeTexts[k], m.freeTexts = c, m.freeTexts[last], m.freeTexts[:last]
			break
		}
	}
	if m.text == nil {
		m.text = make([]byte, 0, max(textChunk, n))
	}
	m.texts = append(m.texts, m.text)
}

// end keeps what was appended.
func (m *treeMemory) end(b []byte) string {
	if len(b) <= cap(m.text)-len(m.text) {
		m.text = m.text[:len(m.text)+len(b)]
	}
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// lower is s in lower case, ASCII only.
func (m *treeMemory) lower(s string) string {
	b := m.begin(len(s))
	for i := range len(s) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		b = append(b, c)
	}
	return m.end(b)
}

// join is a and b in one.
func (m *treeMemory) join(a, b string) string {
	// Where a was the last to be made, b goes behind it.
	if n := len(m.text); len(a) > 0 && len(a) <= n && unsafe.StringData(a) == &m.text[n-len(a)] && cap(m.text)-n >= len(b) {
		m.text = append(m.text, b...)
		return unsafe.String(unsafe.StringData(a), len(a)+len(b))
	}
	out := m.begin(2 * (len(a) + len(b)))
	return m.end(append(append(out, a...), b...))
}

// forget forgets all trees. Nodes go on to hold the pages until they are used
// again, so those of large pages are not kept.
func (m *treeMemory) forget() {
	if m.size > maxKept ||
		len(m.nodes)+len(m.free) > maxKeptChunks || len(m.attrStore)+len(m.freeAttrs) > maxKeptChunks {
		*m = treeMemory{}
		return
	}
	m.free = append(m.free, m.nodes...)
	for _, c := range m.attrStore {
		m.freeAttrs = append(m.freeAttrs, c[:0])
	}
	text := 0
	m.freeTexts = append(m.freeTexts, m.texts...)
	for i, c := range m.freeTexts {
		m.freeTexts[i] = c[:0]
		text += cap(c)
	}
	if text > maxKeptChunks*textChunk {
		m.freeTexts = nil
	}
	clear(m.texts)
	m.nodes, m.attrStore, m.texts = m.nodes[:0], m.attrStore[:0], m.texts[:0]
	m.last, m.used, m.text, m.size = nil, 0, nil, 0
	m.jsonld, m.data = work.Emptied(m.jsonld, maxKeptChunks), work.Emptied(m.data, maxKeptChunks)
}

func stringOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }
