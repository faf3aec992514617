package record

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
)

// A LineError says which record could not be read.
type LineError struct {
	Line int // where the fault is or, if that is not known, where the record begins; from 1
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }
func (e *LineError) Unwrap() error { return e.Err }

// Read yields the records of JSON Lines, of an array, or of objects that are
// indented, as the command and others write them: their first line is a brace
// alone. One record at a time is in memory.
//
// A record that cannot be read is a [*LineError] in its place, and the next one
// follows; after a fault in what holds an array together, and when r fails, nothing
// follows. Empty lines are passed over.
func Read(r io.Reader) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		s := &scanner{in: bufio.NewReader(r), line: 1}
		for {
			data, begin, err := s.next()
			if err == io.EOF {
				return
			}
			var rec *Record
			if err == nil {
				rec, err = decode(data, begin)
			}
			if !yield(rec, err) || s.ended {
				return
			}
		}
	}
}

// decode reads a record that begins in the given line.
func decode(data []byte, line int) (*Record, error) {
	r, err := Decode(data)
	if err == nil {
		return r, nil
	}
	if bad, ok := errors.AsType[*json.SyntaxError](err); ok {
		before := min(len(data), max(0, int(bad.Offset)-1)) // the byte at fault is the last that was read
		line += bytes.Count(data[:before], []byte("\n"))
	}
	return nil, &LineError{line, err}
}

// A scanner cuts a stream into records.
type scanner struct {
	in    *bufio.Reader
	line  int // the one that is read
	form  form
	n     int // records so far
	ended bool
}

// A form is how records stand in a stream.
type form uint8

const (
	unknown form = iota
	lines        // one a line
	array        // between brackets
	objects      // one after the other
)

// next returns the next record and the line it begins in, or io.EOF. After a
// fault that leaves nothing to follow, s.ended is set.
func (s *scanner) next() (data []byte, line int, err error) {
	c, err := s.space()
	if err == io.EOF && s.form != array {
		return nil, 0, io.EOF
	}
	if s.form == unknown && err == nil {
		s.form = lines
		if c == '[' {
			s.form = array
			s.skip()
			c, err = s.space()
		}
	}
	if s.form == array && err == nil {
		switch {
		case c == ']':
			s.skip()
			return s.last()
		case s.n > 0 && c != ',':
			return s.stop(fmt.Errorf("%q where a comma or ] was expected", c))
		case s.n > 0:
			s.skip()
			c, err = s.space()
		}
	}
	if err != nil {
		return s.stop(err)
	}
	s.n++
	line = s.line
	if s.form == lines {
		data, err = s.in.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return s.stop(err)
		}
		if s.n > 1 || string(bytes.TrimSpace(data)) != "{" {
			s.line++
			return bytes.TrimRight(data, "\r\n"), line, nil
		}
		// The first of objects that are indented.
		s.form = objects
		s.in = bufio.NewReader(io.MultiReader(bytes.NewReader(data), s.in))
		c = '{'
	}
	if c != '{' {
		return s.stop(fmt.Errorf("%q where an object was expected", c))
	}
	if data, err = s.object(); err != nil {
		return s.stop(err)
	}
	return data, line, nil
}

// last makes sure that nothing follows an array.
func (s *scanner) last() ([]byte, int, error) {
	c, err := s.space()
	if err == nil {
		err = fmt.Errorf("%q behind the end of the array", c)
	}
	if err == io.EOF {
		return nil, 0, err
	}
	return s.stop(err)
}

func (s *scanner) stop(err error) ([]byte, int, error) {
	s.ended = true
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return nil, 0, &LineError{s.line, err}
}

// space passes over white space and returns what follows, which is still to be
// read.
func (s *scanner) space() (byte, error) {
	for {
		next, err := s.in.Peek(1)
		if err != nil {
			return 0, err
		}
		switch next[0] {
		case '\n':
			s.line++
		case ' ', '\t', '\r':
		default:
			return next[0], nil
		}
		s.skip()
	}
}

// skip passes over the byte that space returned.
func (s *scanner) skip() { _, _ = s.in.Discard(1) }

// object reads up to the brace that closes the one the stream is at. Whether it
// is JSON in between is left to others.
func (s *scanner) object() ([]byte, error) {
	var data []byte
	depth := 0
	quoted, escaped := false, false
	for {
		c, err := s.in.ReadByte()
		if err != nil {
			return nil, err
		}
		data = append(data, c)
		if c == '\n' {
			s.line++
		}
		switch {
		case escaped:
			escaped = false
		case quoted:
			quoted, escaped = c != '"', c == '\\'
		case c == '"':
			quoted = true
		case c == '{', c == '[':
			depth++
		case c == '}', c == ']':
			if depth--; depth == 0 {
				return data, nil
			}
		}
	}
}
