package batch

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/winnowtext/winnow/clean"
)

const (
	gzipMagic = "\x1f\x8b"
	zstdMagic = "\x28\xb5\x2f\xfd"
	// maxWindow is the memory a zstd file may ask for, in bytes: what zstd --ultra
	// and --long use.
	maxWindow = 128 << 20
)

// packing returns how what in holds is packed: "gzip", "zstd" or "".
func packing(in *bufio.Reader) string {
	switch {
	case begins(in, gzipMagic):
		return "gzip"
	case begins(in, zstdMagic):
		return "zstd"
	}
	return ""
}

// begins reports whether what in holds begins so. It looks at a byte after the other,
// and no further than they fit: of a stream, more may not come.
func begins(in *bufio.Reader, prefix string) bool {
	for i := range len(prefix) {
		if head, err := in.Peek(i + 1); err != nil || head[i] != prefix[i] {
			return false
		}
	}
	return true
}

// unpack returns what in holds, unpacked.
func unpack(in *bufio.Reader) (io.ReadCloser, error) {
	switch packing(in) {
	case "gzip":
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("%w: gzip: %w", clean.ErrBroken, err)
		}
		return broken{z, z.Close, "gzip"}, nil
	case "zstd":
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, fmt.Errorf("%w: zstd: %w", clean.ErrBroken, err)
		}
		return broken{z, func() error { z.Close(); return nil }, "zstd"}, nil
	}
	return io.NopCloser(in), nil
}

// broken is a packed file. Its errors say so.
type broken struct {
	r       io.Reader
	close   func() error
	packing string
}

func (b broken) Close() error { return b.close() }

func (b broken) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	switch err {
	case nil, io.EOF:
		return n, err
	case io.ErrUnexpectedEOF:
		return n, fmt.Errorf("%w: %s file is cut off", clean.ErrBroken, b.packing)
	}
	return n, fmt.Errorf("%w: %s: %w", clean.ErrBroken, b.packing, err)
}

// unpacked returns a page or text that is unpacked when it is opened. Gzip is left
// to what reads it, which checks its limits.
func unpacked(page *Item) *Item {
	item := *page
	item.Open = func() (io.ReadCloser, error) {
		f, err := page.Open()
		if err != nil {
			return nil, err
		}
		head := make([]byte, len(zstdMagic))
		n, err := io.ReadFull(f, head)
		if head = head[:n]; string(head) != zstdMagic {
			return begun{head, f, err}.again(), nil
		}
		z, err := unpack(bufio.NewReader(io.MultiReader(bytes.NewReader(head), f)))
		if err != nil {
			f.Close()
			return nil, err
		}
		return both{z, f}, nil
	}
	return &item
}

// both is a packed file and what it is read from.
type both struct {
	io.ReadCloser
	from io.Closer
}

func (b both) Close() error {
	b.ReadCloser.Close()
	return b.from.Close()
}

// begun is a file of which the beginning was read, with the error of that.
type begun struct {
	head []byte
	rest io.ReadCloser
	err  error
}

// again returns the whole file.
func (b begun) again() io.ReadCloser {
	if seeker, ok := b.rest.(io.Seeker); ok {
		if _, err := seeker.Seek(0, io.SeekStart); err == nil {
			return b.rest // with its size, which readers ask for
		}
	}
	if b.err == io.ErrUnexpectedEOF {
		b.err = io.EOF
	}
	return stream{io.MultiReader(bytes.NewReader(b.head), &ended{b.rest, b.err}), b.rest}
}

// ended is a reader that goes on to tell how it ended. A terminal would wait for
// more.
type ended struct {
	r   io.Reader
	err error
}

func (e *ended) Read(p []byte) (n int, err error) {
	if e.err != nil {
		return 0, e.err
	}
	n, e.err = e.r.Read(p)
	return n, e.err
}

// unpackedHead returns the beginning of what is packed, of which head is the
// beginning.
func unpackedHead(head []byte) []byte {
	in := bufio.NewReader(bytes.NewReader(head))
	if packing(in) == "" {
		return head
	}
	z, err := unpack(in)
	if err != nil {
		return nil
	}
	defer z.Close()
	out := make([]byte, lookSize)
	n, _ := io.ReadFull(z, out) // what was cut off says enough
	return out[:n]
}
