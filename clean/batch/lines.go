package batch

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/internal/jsonline"
)

// lines yields the rows of JSON Lines: a row for what stands between two \n, whatever
// that is, as soon as it was read. Whoever waits for the answer to a line gets one; in
// files, which nobody waits for, empty lines count and are no rows. A body that follows
// its line is read with it; behind a line too long nobody knows what follows.
func (s *splitter) lines(in *bufio.Reader) error {
	skipMark(in)
	for {
		line, err := readLine(in, s.MaxRow)
		switch {
		case err == errLongRow && s.Fields.Length == "":
			if !s.yield(s.failed(err)) {
				return nil
			}
			continue
		case err != nil && err != io.EOF:
			return err
		case len(line) == 0:
			return nil // the end
		}
		item, cut := s.line(bytes.TrimRight(line, "\r\n"), in)
		if cut != nil {
			return cut
		}
		if item != nil && !s.yield(item) || err == io.EOF {
			return nil
		}
	}
}

// line returns the row that a line is, with the body that follows it; nil for an empty
// line of a file. An error is one of the file.
func (s *splitter) line(line []byte, in *bufio.Reader) (*Item, error) {
	if len(bytes.TrimSpace(line)) == 0 {
		if s.file.File == "" {
			return s.failed(errEmptyLine), nil
		}
		s.n++
		return nil, nil
	}
	size, err := s.lengthOf(line)
	if err != nil {
		return s.failed(err), nil
	}
	if size < 0 {
		return s.object(line, nil), nil
	}
	body, err := readBody(in, size, s.MaxRow)
	switch {
	case err == errLongRow:
		return s.failed(err), nil
	case err != nil:
		return nil, err
	}
	return s.object(line, body), nil
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

// lengthOf returns how many bytes of body follow a line, -1 where none does.
func (s *splitter) lengthOf(line []byte) (int, error) {
	name := s.Fields.Length
	if name == "" || !bytes.Contains(line, []byte(name)) {
		return -1, nil
	}
	members, err := jsonline.Members(line)
	if err != nil {
		return -1, nil // opening the row says so
	}
	for _, m := range members {
		if m.Name != name {
			continue
		}
		size, err := strconv.Atoi(string(m.Value))
		if err != nil || size < 0 {
			return -1, fmt.Errorf("field %q: %s where a number of bytes was expected", name, shorten(string(m.Value)))
		}
		return size, nil
	}
	return -1, nil
}

// readBody returns the body of so many bytes that follows a line, and passes over the
// newline behind it. Of one of more than max bytes it returns errLongRow, and the reader
// is at the next line.
func readBody(in *bufio.Reader, size, max int) ([]byte, error) {
	var body []byte
	var err, long error
	if size > max {
		long = errLongRow
		_, err = in.Discard(size)
	} else {
		body = make([]byte, size)
		_, err = io.ReadFull(in, body)
	}
	end := byte('\n')
	if err == nil {
		end, err = in.ReadByte()
	}
	switch {
	case err == io.EOF || err == io.ErrUnexpectedEOF:
		return nil, fmt.Errorf("%w: the bytes of a row are cut off", clean.ErrBroken)
	case err != nil:
		return nil, err
	case end != '\n':
		return nil, fmt.Errorf("%w: no newline behind the %d bytes of a row", clean.ErrBroken, size)
	}
	return body, long
}

// skipMark passes over a byte order mark.
func skipMark(in *bufio.Reader) {
	if begins(in, "\ufeff") {
		_, _ = in.Discard(len("\ufeff"))
	}
}

// object is the row that an object of JSON is. Its body is the one that followed it, and
// where there was none, which is nil, that in its field.
func (s *splitter) object(raw, followed []byte) *Item {
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
		if followed != nil && err == nil {
			return jsonline.Valid(followed), nil
		}
		return []byte(text), err
	})
	return item
}
