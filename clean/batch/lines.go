package batch

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/internal/jsonline"
)

// lines yields the rows of JSON Lines: what stands between two \n. Empty lines are
// no rows.
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
		if line = bytes.TrimRight(line, "\r\n"); len(bytes.TrimSpace(line)) > 0 && !s.yield(s.object(line)) {
			return nil
		}
		if err == io.EOF {
			return nil
		}
	}
}

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
	if b, err := in.Peek(1); err != nil || b[0] != 0xEF {
		return // to peek further would wait for what may not come
	}
	if b, _ := in.Peek(3); string(b) == "\ufeff" {
		_, _ = in.Discard(3)
	}
}

// object is the row that an object of JSON is.
func (s *splitter) object(raw []byte) *Item {
	item := s.row()
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
