package dom

import (
	"sync"
	"unsafe"

	"golang.org/x/net/html"
)

// A memory is what trees are made of, kept for the next page: html.Parse
// allocates five times the size of a page.
type memory struct {
	nodes     [][]html.Node // chunks in use
	last      []html.Node   // of them, the last
	used      int           // nodes of the last chunk
	free      [][]html.Node // used again
	attrStore [][]html.Attribute
	freeAttrs [][]html.Attribute
	text      []byte // texts that are not in the page as they are
	stack     []entry
	formats   []format
	data      []string // parts of the page: bodies of scripts that hold data
}

// Sizes of what is allocated at once. A page has 2,500 nodes and 2,000
// attributes.
const (
	nodeChunk = 512
	attrChunk = 512
	textChunk = 16 << 10
	// maxKeptChunks is how many chunks of either sort are kept: enough for all
	// but one page in a hundred.
	maxKeptChunks = 64
)

var memories = sync.Pool{New: func() any { return new(memory) }}

// node returns a node whose fields are zero.
func (m *memory) node() *html.Node {
	if m.used == len(m.last) {
		m.more()
	}
	n := &m.last[m.used]
	m.used++
	*n = html.Node{} // what it was on the page before
	return n
}

// more begins another chunk of nodes.
func (m *memory) more() {
	if k := len(m.free) - 1; k >= 0 {
		m.last, m.free = m.free[k], m.free[:k]
	} else {
		m.last = make([]html.Node, nodeChunk)
	}
	m.nodes, m.used = append(m.nodes, m.last), 0
}

// attrs returns an empty slice, with room for the attributes of most tags, of
// which keepAttrs keeps what was appended.
func (m *memory) attrs() []html.Attribute {
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

func (m *memory) keepAttrs(a []html.Attribute) []html.Attribute {
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
func (m *memory) begin(n int) []byte {
	if cap(m.text)-len(m.text) < n {
		m.text = make([]byte, 0, max(textChunk, n))
	}
	return m.text[len(m.text):]
}

// end keeps what was appended.
func (m *memory) end(b []byte) string {
	if len(b) <= cap(m.text)-len(m.text) {
		m.text = m.text[:len(m.text)+len(b)]
	}
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// lower is s in lower case, ASCII only.
func (m *memory) lower(s string) string {
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

// join is a and b in one; copied tells how many bytes of a had to be copied.
func (m *memory) join(a, b string) (s string, copied int) {
	// Where a was the last to be made, b goes behind it.
	if n := len(m.text); len(a) > 0 && len(a) <= n && unsafe.StringData(a) == &m.text[n-len(a)] && cap(m.text)-n >= len(b) {
		m.text = append(m.text, b...)
		return unsafe.String(unsafe.StringData(a), len(a)+len(b)), 0
	}
	out := m.begin(2 * (len(a) + len(b)))
	return m.end(append(append(out, a...), b...)), len(a)
}

// release gives m to the next page, unless this one, of size bytes, was large:
// nodes go on to hold the page until they are used again.
func (m *memory) release(size int) {
	if size > maxKept || cap(m.text) > 16*textChunk ||
		len(m.nodes)+len(m.free) > maxKeptChunks || len(m.attrStore)+len(m.freeAttrs) > maxKeptChunks || len(m.data) > maxKeptChunks {
		return
	}
	m.free = append(m.free, m.nodes...)
	for _, c := range m.attrStore {
		m.freeAttrs = append(m.freeAttrs, c[:0])
	}
	m.nodes, m.attrStore = m.nodes[:0], m.attrStore[:0]
	m.last, m.used = nil, 0
	m.text = m.text[:0]
	clear(m.data) // they hold the page
	m.data = m.data[:0]
	memories.Put(m)
}

func stringOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }
