package record

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// A LineError says which record could not be read.
type LineError struct {
	Line int // where the fault is or, if that is not known, where the record begins; from 1
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }
func (e *LineError) Unwrap() error { return e.Err }

// Read yields the records of JSON Lines, of an array, or of objects that take
// several lines, as the command and others write them. A first line that breaks off
// outside of a string is that of such an object, unless the next begins with a
// brace. One record at a time is in memory.
//
// A record that cannot be read, and an element of an array that is no object, is a
// [*LineError] in its place, and the next one follows; after a fault in what holds
// an array or objects together, and when r fails, nothing follows. Empty lines are
// passed over, and so is a byte order mark.
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

	indented bool // white space stands in front of what space returned, in its line
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
	if s.form == unknown && err == nil && c == byteOrderMark[0] {
		if err = s.mark(); err == nil {
			c, err = s.space()
		}
	}
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
		s.line++
		more := false
		if s.n == 1 && unfinished(data) {
			if more, err = s.goesOn(); err != nil {
				return s.stop(err)
			}
		}
		if !more {
			return bytes.TrimRight(data, "\r\n"), line, nil
		}
		// The first of objects that take several lines. It is read again; of the white
		// space behind the line only the number of lines matters.
		data = append(data, strings.Repeat("\n", s.line-line-1)...)
		s.in = bufio.NewReader(io.MultiReader(bytes.NewReader(data), s.in))
		s.form, s.line = objects, line
	}
	if c == '{' {
		if data, err = s.value(); err != nil {
			return s.stop(err)
		}
		return data, line, nil
	}
	bad := fmt.Errorf("%q where an object was expected", c)
	if s.form == objects || strings.IndexByte(between, c) >= 0 {
		return s.stop(bad)
	}
	// An element of the array that is no record.
	if c == '[' || c == '"' {
		_, err = s.value()
	} else {
		err = s.word()
	}
	if err != nil {
		return s.stop(err)
	}
	return nil, 0, &LineError{line, bad}
}

// unfinished reports whether a line breaks off within an object and outside of a
// string.
func unfinished(line []byte) bool {
	var n nesting
	for _, c := range line {
		n.read(c)
	}
	return line[0] == '{' && n.depth > 0 && !n.quoted
}

// goesOn reports whether the object of a line that is unfinished goes on: what
// follows is indented, or cannot begin a record. It passes over white space.
func (s *scanner) goesOn() (bool, error) {
	c, err := s.space()
	if err == io.EOF {
		return false, nil
	}
	return err == nil && (s.indented || c == '"' || c == '[' || strings.IndexByte(between, c) >= 0), err
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

// byteOrderMark is what some programs put in front of UTF-8.
const byteOrderMark = "\ufeff"

// mark passes over a byte order mark, if the stream is at one.
func (s *scanner) mark() error {
	next, err := s.in.Peek(len(byteOrderMark))
	if string(next) == byteOrderMark {
		_, _ = s.in.Discard(len(byteOrderMark))
		return nil
	}
	if err == io.EOF {
		return nil
	}
	return err
}

// space passes over white space and returns what follows, which is still to be
// read.
func (s *scanner) space() (byte, error) {
	s.indented = false
	for {
		next, err := s.in.Peek(1)
		if err != nil {
			return 0, err
		}
		switch next[0] {
		case '\n':
			s.line++
			s.indented = false
		case ' ', '\t', '\r':
			s.indented = true
		default:
			return next[0], nil
		}
		s.skip()
	}
}

// skip passes over the byte that space returned.
func (s *scanner) skip() { _, _ = s.in.Discard(1) }

// value reads the object, array or string that the stream is at, up to what closes
// it. Whether it is JSON in between is left to others.
func (s *scanner) value() ([]byte, error) {
	var data []byte
	var n nesting
	for {
		c, err := s.in.ReadByte()
		if err != nil {
			return nil, err
		}
		data = append(data, c)
		if c == '\n' {
			s.line++
		}
		if n.read(c); n.depth == 0 && !n.quoted {
			return data, nil
		}
	}
}

// between is what stands between values and at their end.
const between = ",:]}"

// word passes over a number, or whatever it is, up to what may follow one.
func (s *scanner) word() error {
	for {
		next, err := s.in.Peek(1)
		if err != nil {
			return err
		}
		if strings.IndexByte(between+"[{\" \t\r\n", next[0]) >= 0 {
			return nil
		}
		s.skip()
	}
}

// A nesting is where in JSON a reader is.
type nesting struct {
	depth           int // objects and arrays that are open
	quoted, escaped bool
}

func (n *nesting) read(c byte) {
	switch {
	case n.escaped:
		n.escaped = false
	case n.quoted:
		n.quoted, n.escaped = c != '"', c == '\\'
	case c == '"':
		n.quoted = true
	case c == '{', c == '[':
		n.depth++
	case c == '}', c == ']':
		n.depth--
	}
}
