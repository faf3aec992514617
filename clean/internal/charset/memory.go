package charset

import (
	"compress/gzip"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// A Memory reads inputs and decodes them, one after the other, in memory that is
// used again. The zero value is ready for use. A Memory serves one goroutine.
//
// All that its methods return lives until Forget.
type Memory struct {
	// Clock ends the work on the input; nil never does.
	Clock *work.Clock

	input, unpacked []byte       // what Read returned
	decoded         []byte       // what Decode returned
	plain           bool         // see Plain
	gzip            *gzip.Reader // 40 KB
}

// Forget makes the memory ready for the next input. What is too large to keep
// is left to the garbage collector.
func (m *Memory) Forget() {
	m.input, m.unpacked, m.decoded = keepBuffer(m.input), keepBuffer(m.unpacked), keepBuffer(m.decoded)
}

// Poison overwrites the text that nothing may point into after Forget. It is
// for tests.
func (m *Memory) Poison() {
	for _, b := range [][]byte{m.input, m.unpacked, m.decoded} {
		b = b[:cap(b)]
		for i := range b {
			b[i] = 0xDB
		}
	}
}

// maxKept is the largest buffer, in bytes, that is kept: a page is 0.3 MB.
const maxKept = 4 << 20

func keepBuffer(b []byte) []byte {
	if cap(b) > maxKept {
		return nil
	}
	return b[:0]
}
