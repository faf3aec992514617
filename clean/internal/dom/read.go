// Package dom turns the bytes of a page into a tree: it reads and unpacks,
// decodes to UTF-8, tells pages from plain text, and parses. Nothing here
// knows what an article is.
package dom

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"sync"
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
	// maxPiece is how much is worked on, in bytes, before ctx is looked at
	// again: some milliseconds.
	maxPiece = 1 << 20
	// maxMembers bounds the members of a gzip file: an empty one has 20 bytes
	// and costs microseconds.
	maxMembers = 1 << 16
)

// Read returns all bytes of r, unpacked when they are a gzip file, which is
// told by its first two bytes. At most max bytes are accepted, before
// unpacking and after it; max <= 0 means no limit.
//
// The error wraps [ErrTooLarge], [ErrBroken] when a gzip file is cut off or
// damaged, ctx's error, or else what r reported. A call of r.Read is waited for.
func Read(ctx context.Context, r io.Reader, max int64) ([]byte, error) {
	if max <= 0 {
		max = math.MaxInt64 - 1
	}
	b, err := readAll(ctx, r, sizeHint(r), max)
	if err != nil {
		if errors.Is(err, ErrTooLarge) {
			return nil, err
		}
		return nil, fmt.Errorf("reading: %w", err)
	}
	if len(b) < 2 || b[0] != 0x1f || b[1] != 0x8b {
		return b, nil
	}
	return unpack(ctx, b, max)
}

// readAll reads r to its end into one buffer. With a true hint that buffer is
// allocated once.
func readAll(ctx context.Context, r io.Reader, hint, max int64) ([]byte, error) {
	// One byte more than hinted lets the read that finds the end happen
	// without growing.
	b := newBuffer(int(min(hint, max, maxTrust) + 1))
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(b) == cap(b) {
			grown := make([]byte, len(b), len(b)*2+minBuffer)
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
			return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, max)
		}
		if err == io.EOF {
			return b, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// buffers keeps what pages were read into: a page is 0.3 MB, as much as a third
// of what its tree takes.
var buffers sync.Pool

// maxKept is the largest buffer, in bytes, that is kept.
const maxKept = 4 << 20

// newBuffer returns an empty buffer for size bytes.
func newBuffer(size int) []byte {
	if b, ok := buffers.Get().(*[]byte); ok && cap(*b) >= size {
		return *b
	}
	return make([]byte, 0, size)
}

// Free gives the memory of what Read returned back. Nothing that shares it, as
// the text that Decode returns does, may be used after that.
func Free(b []byte) {
	if cap(b) >= minBuffer && cap(b) <= maxKept {
		b = b[:0]
		buffers.Put(&b)
	}
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

// gzipReaders keeps readers, 40 KB each, for the next file.
var gzipReaders sync.Pool

// unpack returns the content of a gzip file of one or more members. Bytes
// after the last member that are no gzip are ignored, as gzip(1) does.
func unpack(ctx context.Context, packed []byte, max int64) ([]byte, error) {
	src := bytes.NewReader(packed)
	z, _ := gzipReaders.Get().(*gzip.Reader)
	if z == nil {
		z = new(gzip.Reader)
	}
	defer func() {
		_ = z.Reset(bytes.NewReader(nil)) // let go of packed; fails, which is fine
		gzipReaders.Put(z)
	}()

	// The last four bytes of a member are the size of its content.
	hint := int64(minBuffer)
	if len(packed) >= 18 {
		hint = int64(binary.LittleEndian.Uint32(packed[len(packed)-4:]))
	}
	hint = min(hint, int64(len(packed))*maxRatio)

	b, err := readAll(ctx, &members{z: z, src: src, packed: packed}, hint, max)
	switch {
	case err == nil:
		Free(packed)
		return b, nil
	case errors.Is(err, ErrTooLarge):
		return nil, fmt.Errorf("%w after unpacking gzip", err)
	case ctx.Err() != nil:
		return nil, err
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return nil, fmt.Errorf("%w: gzip file is cut off", ErrBroken)
	default:
		return nil, fmt.Errorf("%w: gzip: %w", ErrBroken, err)
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
