// Package charset turns the bytes of an input into text: it reads and unpacks,
// decodes to UTF-8, and tells pages from plain text.
//
//	memory.go    the memory of an input
//	read.go      bytes of a reader, gzip file or zlib stream
//	decode.go    bytes to UTF-8, by way of ...
//	wide.go      ... UTF-16 and UTF-32
//	declared.go  ... what the page says of itself
//	detect.go    ... what its letters say, see alphabet.go
//	ishtml.go    whether that is a page, by its elements.go
//	repair.go    UTF-8 that was misread before it got here
package charset

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// Reasons for which an input cannot be worked on. Test with errors.Is: what
// is returned wraps them together with the details.
var (
	ErrTooLarge = errors.New("input too large")
	ErrBroken   = errors.New("broken input")
	ErrNotText  = errors.New("not text")
)

const (
	// minBuffer is the first buffer for an input of unknown size.
	minBuffer = 32 << 10
	// maxTrust bounds what is reserved on a file's own word about its size,
	// maxRatio what is reserved on a gzip file's word about what it unpacks
	// to, as a multiple of the packed size: web pages reach 4 to 20. Larger
	// inputs are read all the same, in growing buffers.
	maxTrust = 64 << 20
	maxRatio = 24
	// maxPiece is how much is worked on, in bytes, before the clock is looked
	// at again: some milliseconds.
	maxPiece = 1 << 20
	// maxMembers bounds the members of a gzip file: an empty one has 20 bytes
	// and costs microseconds.
	maxMembers = 1 << 16
)

// Read returns all bytes of r, unpacked when they are a gzip file or a zlib stream, as
// bodies with Content-Encoding: deflate are; both are told by their first two bytes. At
// most max bytes are accepted, before unpacking and after it; max <= 0 means no limit.
//
// The error wraps [ErrTooLarge], [ErrBroken] when a gzip file or zlib stream is cut off
// or damaged, or else what r reported. A call of r.Read is waited for. The result
// lives until the next Read or Forget.
func (m *Memory) Read(r io.Reader, max int64) ([]byte, error) {
	if max <= 0 {
		max = math.MaxInt64 - 1
	}
	b, err := readAll(m.Clock, m.input, r, sizeHint(r), max)
	m.input = b
	if err != nil {
		if errors.Is(err, ErrTooLarge) {
			return nil, err
		}
		return nil, fmt.Errorf("reading: %w", err)
	}
	switch {
	case len(b) < 2:
	case b[0] == 0x1f && b[1] == 0x8b:
		return m.unpack(b, max)
	case b[0] == 'x' && (b[1] == 0x01 || b[1] == '^' || b[1] == 0x9c || b[1] == 0xda): // RFC 1950, window of 32 KB
		return m.inflate(b, max)
	}
	return b, nil
}

// readAll reads r to its end into the memory of b or, where that is too small,
// into a buffer that with a true hint is allocated once. It returns that buffer
// in any case.
func readAll(c *work.Clock, b []byte, r io.Reader, hint, max int64) ([]byte, error) {
	// One byte more than hinted lets the read that finds the end happen
	// without growing.
	b = empty(b, int(min(hint, max, maxTrust)+1))
	for {
		c.Look()
		if len(b) == cap(b) {
			grown := work.Make[byte](c, len(b), len(b)*2+minBuffer)
			copy(grown, b)
			b = grown
		}
		free := b[len(b):min(cap(b), len(b)+maxPiece)]
		if left := max - int64(len(b)); int64(len(free)) > left+1 {
			free = free[:left+1]
		}
		n, err := r.Read(free)
		b = b[:len(b)+n]
		if int64(len(b)) > max {
			return b, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, max)
		}
		if err == io.EOF {
			return b, nil
		}
		if err != nil {
			return b, err
		}
	}
}

// empty returns an empty slice with room for n bytes, in the memory of b if that
// is enough.
func empty(b []byte, n int) []byte {
	if cap(b) < n {
		return make([]byte, 0, n)
	}
	return b[:0]
}

// sizeHint returns how many bytes r will probably yield, [minBuffer] when
// nothing is known.
func sizeHint(r io.Reader) int64 {
	switch r := r.(type) {
	case interface{ Len() int }: // bytes.Reader, bytes.Buffer, strings.Reader
		if n := r.Len(); n >= 0 {
			return int64(n)
		}
	case interface{ Stat() (fs.FileInfo, error) }: // os.File, fs.File
		if info, err := r.Stat(); err == nil && info.Mode().IsRegular() && info.Size() >= 0 {
			return info.Size()
		}
	}
	return minBuffer
}

// unpack returns the content of a gzip file of one or more members. Bytes
// after the last member that are no gzip are ignored, as gzip(1) does.
func (m *Memory) unpack(packed []byte, max int64) ([]byte, error) {
	src := bytes.NewReader(packed)
	if m.gzip == nil {
		m.gzip = new(gzip.Reader)
	}
	defer func() { _ = m.gzip.Reset(bytes.NewReader(nil)) }() // let go of packed; fails, which is fine

	// The last four bytes of a member are the size of its content.
	hint := int64(minBuffer)
	if len(packed) >= 18 {
		hint = int64(binary.LittleEndian.Uint32(packed[len(packed)-4:]))
	}
	hint = min(hint, int64(len(packed))*maxRatio)

	b, err := readAll(m.Clock, m.unpacked, &members{z: m.gzip, src: src, packed: packed}, hint, max)
	m.unpacked = b
	switch {
	case err == nil:
		return b, nil
	case errors.Is(err, ErrTooLarge):
		return nil, fmt.Errorf("%w after unpacking gzip", err)
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%w: gzip file is cut off", ErrBroken)
	default:
		return nil, fmt.Errorf("%w: gzip: %w", ErrBroken, err)
	}
}

// inflate returns the content of a zlib stream. A text may begin as one does, with "x^":
// it is returned as it is.
func (m *Memory) inflate(packed []byte, max int64) ([]byte, error) {
	src, err := zlib.NewReader(bytes.NewReader(packed))
	if err == nil {
		m.unpacked, err = readAll(m.Clock, m.unpacked, src, int64(len(packed))*maxRatio/4, max)
	}
	switch {
	case err == nil:
		return m.unpacked, nil
	case errors.Is(err, ErrTooLarge):
		return nil, fmt.Errorf("%w after unpacking zlib", err)
	case packed[1] == '^':
		return packed, nil
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("%w: zlib stream is cut off", ErrBroken)
	default:
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
}

// members reads the members of a gzip file one after the other.
type members struct {
	z      *gzip.Reader
	src    *bytes.Reader
	packed []byte
	open   bool
	n      int // members so far
}

func (m *members) Read(p []byte) (int, error) {
	for {
		if !m.open {
			rest := m.packed[len(m.packed)-m.src.Len():]
			if len(rest) < len(m.packed) && (len(rest) < 2 || rest[0] != 0x1f || rest[1] != 0x8b) {
				return 0, io.EOF
			}
			if m.n++; m.n > maxMembers {
				return 0, fmt.Errorf("%w: gzip file of more than %d members", ErrTooLarge, maxMembers)
			}
			if err := m.z.Reset(m.src); err != nil {
				if err == io.EOF {
					err = io.ErrUnexpectedEOF
				}
				return 0, err
			}
			m.z.Multistream(false)
			m.open = true
		}
		n, err := m.z.Read(p)
		if err == io.EOF {
			m.open = false
			err = nil
			if n == 0 {
				continue
			}
		}
		return n, err
	}
}
