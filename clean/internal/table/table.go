// Package table reads tables of text, CSV and TSV, and keeps every byte of them: a
// cell can be replaced, and all else stays as it was written.
//
// Cells are told as Python's csv does by default, and so as encoding/csv does
// wherever that reads a table: a cell that begins with a quote goes on to the quote
// that closes it, two of them are one, and what stands behind a closing quote is
// part of the cell. Quotes within other cells are text. Rows end at \n, \r\n or, in
// tables that have no other line end, \r. Lines with nothing in them are no rows.
package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// ErrUnclosed is why a row cannot be read: its quote is not closed before the end
// of the table or the limit for a row. Row and line are the same then, and the
// table goes on with the next line.
var ErrUnclosed = errors.New("a quote is not closed")

// ErrTooLarge is why a table cannot be read any further.
var ErrTooLarge = errors.New("a row is too large")

const (
	// readSize is how much is read at once, in bytes.
	readSize = 64 << 10
	// maxTries is how often a quote that is not closed may cost a look through all
	// bytes up to the limit.
	maxTries = 16
)

// A Cell is a cell's place in the bytes of its row, quotes included.
type Cell struct{ Start, End int }

// A Row is a row of a table.
type Row struct {
	// Raw is the row with its line end, and with the empty lines in front of it.
	Raw   []byte
	Cells []Cell
	// Line is the line that the row begins in, from 1.
	Line int
}

// A Reader reads the rows of a table.
type Reader struct {
	in    io.Reader
	delim byte
	limit int
	buf   []byte // what was read; rows are copied out of it
	start int    // of what is not in a row yet
	err   error  // of in
	line  int    // the one that buf[start] is in
	cr    bool   // lines end with \r
	began bool
	tries int // quotes that were not closed
}

// NewReader returns a Reader of a table whose cells are parted by delim. No row
// may have more than limit bytes.
func NewReader(r io.Reader, delim byte, limit int) *Reader {
	return &Reader{in: r, delim: delim, limit: limit, line: 1}
}

// fill reads more and reports whether there was more.
func (r *Reader) fill() bool {
	for r.err == nil {
		if r.start > 0 && len(r.buf)+readSize > cap(r.buf) {
			r.buf = append(r.buf[:0], r.buf[r.start:]...)
			r.start = 0
		}
		if len(r.buf)+readSize > cap(r.buf) {
			grown := make([]byte, len(r.buf), 2*cap(r.buf)+readSize)
			copy(grown, r.buf)
			r.buf = grown
		}
		var n int
		n, r.err = r.in.Read(r.buf[len(r.buf) : len(r.buf)+readSize])
		r.buf = r.buf[:len(r.buf)+n]
		if n > 0 {
			return true
		}
	}
	return false
}

// begin reads a byte order mark, which becomes a part of the first row, and finds
// out how lines end.
func (r *Reader) begin() (mark int) {
	r.began = true
	for len(r.buf) < readSize && r.fill() {
		if bytes.IndexByte(r.buf, '\n') >= 0 {
			break // a whole row may be all there is for now
		}
	}
	r.cr = bytes.IndexByte(r.buf, '\n') < 0 && bytes.IndexByte(r.buf, '\r') >= 0
	if bytes.HasPrefix(r.buf, []byte("\ufeff")) {
		return len("\ufeff")
	}
	return 0
}

// Next returns the next row, io.EOF after the last, or what the input reported. On
// ErrUnclosed, the row is there as well: all its bytes, and no cells.
func (r *Reader) Next() (*Row, error) {
	i := 0 // relative to start
	if !r.began {
		i = r.begin()
	}
	line := r.line
	// Empty lines.
	for {
		n := r.lineEnd(i)
		if n == 0 {
			break
		}
		i += n
		line++
	}
	if _, ok := r.at(i); !ok {
		if r.err != io.EOF {
			return nil, r.err
		}
		return nil, io.EOF // what is left is for Rest
	}
	cells, end, err := r.cells(i)
	if err != nil {
		if !errors.Is(err, ErrUnclosed) {
			return nil, err
		}
		if r.tries++; r.tries > maxTries {
			return nil, fmt.Errorf("%w, for the %dth time", err, r.tries)
		}
		end = r.lineFrom(i)
	}
	row := &Row{Raw: bytes.Clone(r.buf[r.start : r.start+end]), Cells: cells, Line: line}
	r.line += r.lines(row.Raw)
	r.start += end
	return row, err
}

// Rest returns the bytes behind the last row: empty lines.
func (r *Reader) Rest() []byte { return r.buf[r.start:] }

// AtEnd reports whether everything was read.
func (r *Reader) AtEnd() bool { return r.start == len(r.buf) && r.err != nil }

// at returns the byte at i, and false when the table ends there.
func (r *Reader) at(i int) (byte, bool) {
	for r.start+i >= len(r.buf) {
		if !r.fill() {
			return 0, false
		}
	}
	return r.buf[r.start+i], true
}

// lineEnd returns the length of the line end at i, 0 when there is none.
func (r *Reader) lineEnd(i int) int {
	c, ok := r.at(i)
	switch {
	case !ok:
		return 0
	case c == '\n':
		return 1
	case c != '\r':
		return 0
	case r.cr:
		return 1
	}
	next, ok := r.at(i + 1)
	switch {
	case !ok:
		return 1
	case next == '\n':
		return 2
	}
	return 0
}

// cells returns the cells of the row that begins at i, and where it ends, line end
// included.
func (r *Reader) cells(i int) (cells []Cell, end int, err error) {
	for {
		start := i
		if c, ok := r.at(i); ok && c == '"' {
			if i, err = r.quoted(i + 1); err != nil {
				return nil, 0, err
			}
		}
		// The cell, or what stands behind its closing quote.
		for {
			if i > r.limit {
				return nil, 0, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, r.limit)
			}
			c, ok := r.at(i)
			if !ok {
				if r.err != io.EOF {
					return nil, 0, r.err
				}
				return append(cells, Cell{start, i}), i, nil
			}
			if c == r.delim {
				cells = append(cells, Cell{start, i})
				i++
				break
			}
			if c == '\n' || c == '\r' {
				if n := r.lineEnd(i); n > 0 {
					return append(cells, Cell{start, i}), i + n, nil
				}
			}
			i++
		}
	}
}

// quoted returns where the cell goes on behind its closing quote; it is open at i.
func (r *Reader) quoted(i int) (int, error) {
	for {
		if _, ok := r.at(i); !ok {
			if r.err != io.EOF {
				return 0, r.err
			}
			return 0, ErrUnclosed
		}
		n := bytes.IndexByte(r.buf[r.start+i:], '"')
		if n < 0 {
			if i = len(r.buf) - r.start; i > r.limit {
				return 0, fmt.Errorf("%w within %d bytes", ErrUnclosed, r.limit)
			}
			continue
		}
		i += n + 1
		if c, ok := r.at(i); !ok || c != '"' {
			return i, nil
		}
		i++
	}
}

// lineFrom returns where the line at i ends, line end included.
func (r *Reader) lineFrom(i int) int {
	for {
		if n := r.lineEnd(i); n > 0 {
			return i + n
		}
		if _, ok := r.at(i); !ok {
			return i
		}
		i++
	}
}

func (r *Reader) lines(raw []byte) int {
	if r.cr {
		return bytes.Count(raw, []byte("\r"))
	}
	return bytes.Count(raw, []byte("\n"))
}

// Value returns what the ith cell says.
func (r *Row) Value(i int) []byte {
	b := r.Raw[r.Cells[i].Start:r.Cells[i].End]
	if len(b) == 0 || b[0] != '"' {
		return b
	}
	b = b[1:]
	n := bytes.IndexByte(b, '"')
	if n == len(b)-1 {
		return b[:n]
	}
	out := make([]byte, 0, len(b))
	for {
		n := bytes.IndexByte(b, '"')
		out = append(out, b[:n]...)
		if b = b[n+1:]; len(b) == 0 || b[0] != '"' {
			return append(out, b...)
		}
		out = append(out, '"')
		b = b[1:]
	}
}

// Values returns what all cells say.
func (r *Row) Values() []string {
	all := make([]string, len(r.Cells))
	for i := range all {
		all[i] = string(r.Value(i))
	}
	return all
}

// AppendWith appends the row to dst, with text in place of the ith cell: quoted
// when the cell was or the text needs it.
func (r *Row) AppendWith(dst []byte, i int, text string, delim byte) []byte {
	cell := r.Cells[i]
	dst = slices.Grow(dst, len(r.Raw)-(cell.End-cell.Start)+len(text)+strings.Count(text, `"`)+2)
	dst = append(dst, r.Raw[:cell.Start]...)
	was := r.Raw[cell.Start:cell.End]
	quoted := len(was) > 0 && was[0] == '"' || needsQuotes(text, delim) ||
		text == "" && len(r.Cells) == 1 // an empty line would be no row
	if quoted {
		dst = append(dst, '"')
		for {
			n := strings.IndexByte(text, '"')
			if n < 0 {
				break
			}
			dst = append(append(dst, text[:n]...), `""`...)
			text = text[n+1:]
		}
		dst = append(append(dst, text...), '"')
	} else {
		dst = append(dst, text...)
	}
	return append(dst, r.Raw[cell.End:]...)
}

// needsQuotes reports whether a text can stand in a table only in quotes. Quotes
// within are quoted, too, though only one at the beginning must be: stricter readers
// want it.
func needsQuotes(text string, delim byte) bool {
	for i := range len(text) {
		switch text[i] {
		case delim, '"', '\n', '\r':
			return true
		}
	}
	return false
}
