package serve

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Why a request is not worked on.
var (
	errBusy    = errors.New("too much to do: try again later")
	errTooLong = errors.New("the body is too large")
	errPacked  = errors.New("the body is not what its Content-Encoding says")
	errCutOff  = errors.New("the body could not be read to its end")
	errEmpty   = errors.New("the body is empty")
)

// A body is what a request holds. It counts to what all requests hold until it is
// released.
type body struct {
	s    *Server
	held int64
	data []byte
}

// read reads the body of a request whole: answers begin when it is there, so that
// clients need not read while they write.
func (s *Server) read(r *http.Request) (*body, error) {
	b := &body{s: s}
	from := io.Reader(r.Body)
	switch how := strings.ToLower(r.Header.Get("Content-Encoding")); how {
	case "", "identity":
		if r.ContentLength > s.o.MaxBody {
			return b, fmt.Errorf("%w: %d bytes, more than %d", errTooLong, r.ContentLength, s.o.MaxBody)
		}
	case "gzip":
		// More than the limit of packed bytes is more than that of unpacked ones.
		z, err := gzip.NewReader(io.LimitReader(r.Body, s.o.MaxBody+1))
		if err != nil {
			return b, fmt.Errorf("%w: %w", errPacked, err)
		}
		from = packed{z}
	default:
		return b, unsupported("Content-Encoding", how, "gzip")
	}
	const step = 64 << 10
	for {
		// Room is made for what has come, not for what is announced.
		if len(b.data) == cap(b.data) && !b.grow(max(step, int64(len(b.data)))) {
			return b, errBusy
		}
		n, err := from.Read(b.data[len(b.data):cap(b.data)])
		b.data = b.data[:len(b.data)+n]
		switch {
		case int64(len(b.data)) > s.o.MaxBody:
			return b, fmt.Errorf("%w: more than %d bytes", errTooLong, s.o.MaxBody)
		case err == io.EOF:
			return b, nil
		case errors.Is(err, errPacked):
			return b, err
		case err != nil:
			return b, fmt.Errorf("%w: %w", errCutOff, err)
		}
	}
}

// grow makes room for so many bytes more, unless all requests together hold too much.
func (b *body) grow(by int64) bool {
	if b.s.held.Add(by) > b.s.o.MaxHeld {
		b.s.held.Add(-by)
		return false
	}
	b.held += by
	data := make([]byte, len(b.data), int64(len(b.data))+by)
	copy(data, b.data)
	b.data = data
	return true
}

func (b *body) release() {
	b.s.held.Add(-b.held)
	b.held, b.data = 0, nil
}

// packed marks the errors of a stream of gzip.
type packed struct{ z *gzip.Reader }

func (p packed) Read(b []byte) (int, error) {
	n, err := p.z.Read(b)
	if err != nil && err != io.EOF {
		err = fmt.Errorf("%w: %w", errPacked, err)
	}
	return n, err
}

// An unsupportedError is a header whose value is not known here.
type unsupportedError struct{ header, value, known string }

func unsupported(header, value, known string) error {
	return &unsupportedError{header, value, known}
}

func (e *unsupportedError) Error() string {
	return fmt.Sprintf("%s: %q is not known here (%s)", e.header, e.value, e.known)
}
