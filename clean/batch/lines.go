package batch

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/internal/jsonline"
)

// lines yields the rows of JSON Lines: a row for what stands between two \n, whatever
// that is, as soon as it was read. Whoever waits for the answer to a line gets one; in
// files, which nobody waits for, empty lines count and are no rows.
func (s *splitter) lines(in *bufio.Reader) error {
	skipMark(in)
	for {
		line, err := readLine(in, s.MaxRow)
		if err != nil && err != io.EOF {
			if err != errLongRow {
				return err
			}
			if !s.yield(s.failed(err)) {
				return nil
			}
			continue
		}
		if len(line) == 0 {
			return nil // the end
		}
		if line = bytes.TrimRight(line, "\r\n"); len(bytes.TrimSpace(line)) == 0 {
			if s.file.File != "" {
				s.n++
			} else if !s.yield(s.failed(errEmptyLine)) {
				return nil
			}
		} else if !s.yield(s.object(line)) {
			return nil
		}
		if err == io.EOF {
			return nil
		}
	}
}

// errEmptyLine is why a row fails that is none.
var errEmptyLine = errors.New("an empty line, no JSON")

// errLongRow is why a row is passed over.
var errLongRow = fmt.Errorf("%w: more than a row may have", clean.ErrTooLarge)

// readLine returns the next line with its end; it is the caller's. Of a line of more
// than max bytes it returns errLongRow, and the reader is at the next.
func readLine(in *bufio.Reader, max int) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := in.ReadSlice('\n')
		if long = long || len(line)+len(part) > max; long {
			line = nil
		} else {
			line = append(line, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
		case long && (err == nil || err == io.EOF):
			return nil, errLongRow
		default:
			return line, err
		}
	}
}

// skipMark passes over a byte order mark.
func skipMark(in *bufio.Reader) {
	if begins(in, "\ufeff") {
		_, _ = in.Discard(len("\ufeff"))
	}
}

// object is the row that an object of JSON is.
func (s *splitter) object(raw []byte) *Item {
	item := s.row()
	item.Input.Decoded = true
	item.setRow(item.Row, func() ([]byte, error) {
		var err error
		if item.Row.members, err = jsonline.Members(raw); err != nil {
			return nil, err
		}
		place, text, err := s.Fields.resolve(item, func(name string) (int, string, error) {
			for i, m := range item.Row.members {
				if m.Name == name {
					value, err := scalar(m.Value)
					if err != nil {
						err = fmt.Errorf("field %q: %w", name, err)
					}
					return i, value, err
				}
			}
			return -1, "", errNoField{name}
		})
		item.Row.body = place
		s.name(item)
		return []byte(text), err
	})
	return item
}
