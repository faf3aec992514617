package batch

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
)

// A Sink is where the outputs of items go. It is used by one goroutine.
type Sink interface {
	// Write takes the output of an item; those of one run come in order. A
	// [*WriteError] that is Fatal ends the use of the sink, other errors concern
	// this item.
	Write(item *Item, body []byte) error

	// Commit makes what was written last. It must be the last call but for Abort.
	Commit() error

	// Abort takes back what can be taken back. After Commit it does nothing, so that
	// it can be deferred.
	Abort()
}

// A WriteError says where something could not be written.
type WriteError struct {
	Name string
	Err  error
	// Fatal says that the place takes nothing any more.
	Fatal bool
}

func (e *WriteError) Error() string {
	why := e.Err.Error()
	if path, ok := errors.AsType[*fs.PathError](e.Err); ok {
		why = path.Err.Error() // its name may be that of a temporary file
	}
	return fmt.Sprintf("cannot write %s: %s", e.Name, why)
}

func (e *WriteError) Unwrap() error { return e.Err }

// errInput is why an output is refused.
var errInput = errors.New("it is one of the inputs")

// A Frame is what stands around outputs that follow each other. The zero value is
// nothing.
type Frame struct {
	// Wrap returns what is to be written for an output, the nth from 0 on.
	Wrap func(n int, item *Item, body []byte) []byte
	// End returns what is to be written after all, of which there were n.
	End func(n int) []byte
}

// Array makes a JSON array of outputs that are JSON.
func Array() Frame {
	return Frame{
		Wrap: func(n int, _ *Item, body []byte) []byte {
			sep := ",\n"
			if n == 0 {
				sep = "[\n"
			}
			return append([]byte(sep), bytes.TrimSuffix(body, []byte("\n"))...)
		},
		End: func(n int) []byte {
			if n == 0 {
				return []byte("[]\n")
			}
			return []byte("\n]\n")
		},
	}
}

// A Stream is a [Sink] that writes outputs one after the other, in one call each:
// what is written before an interruption is whole.
type Stream struct {
	to    *Output
	frame Frame
	n     int // outputs so far
}

// NewStream returns a Stream to an output, which it commits or aborts with itself.
func NewStream(to *Output, frame Frame) *Stream { return &Stream{to: to, frame: frame} }

// Write writes the output of an item. All its errors are Fatal.
func (s *Stream) Write(item *Item, body []byte) error {
	if s.frame.Wrap != nil {
		body = s.frame.Wrap(s.n, item, body)
	}
	s.n++
	_, err := s.to.Write(body)
	return err
}

// Commit writes what the frame has at its end and commits the output.
func (s *Stream) Commit() error {
	if s.frame.End != nil {
		if _, err := s.to.Write(s.frame.End(s.n)); err != nil {
			s.to.Abort()
			return err
		}
	}
	return s.to.Commit()
}

// Abort aborts the output.
func (s *Stream) Abort() { s.to.Abort() }
