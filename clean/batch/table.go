package batch

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/table"
)

// ErrNoRows is the error of the only item of a table that has none but its header.
var ErrNoRows = errors.New("a table without rows")

// table yields the rows of a table.
func (s *splitter) table(in *bufio.Reader) error {
	if s.in.Delimiter = s.Delimiter; s.in.Delimiter == 0 {
		s.in.Delimiter = s.delimiter(in)
	}
	r := table.NewReader(in, s.in.Delimiter, s.MaxRow)
	if !s.NoHeader {
		head, err := r.Next()
		if err == io.EOF {
			return fmt.Errorf("%w, and without a header", ErrNoRows)
		}
		if err != nil {
			return fmt.Errorf("header: %w", err)
		}
		s.in.head, s.in.Columns = head.Raw, head.Values()
	}
	for _, name := range []string{s.Fields.Body, s.Fields.URL, s.Fields.ID, s.Fields.Site, s.Fields.Type} {
		switch {
		case name == "":
		case s.NoHeader && s.column(name) < 0:
			return fmt.Errorf("no column %q: the columns of a table without a header go by numbers, from 1", name)
		case !s.NoHeader && s.column(name) < 0:
			return &FieldError{Kind: s.in.Kind, Field: name, Columns: s.in.Columns}
		}
	}
	for {
		cells, err := r.Next()
		if err == io.EOF {
			break
		}
		if cells == nil {
			return err
		}
		item := s.row()
		item.Row.cells = cells
		if err != nil { // the row goes on as it is
			item.Err = err
		} else {
			s.cells(item)
		}
		if !s.yield(item) {
			return nil
		}
	}
	s.in.tail = bytes.Clone(r.Rest())
	if s.n == 0 {
		s.yield(s.failed(ErrNoRows))
	}
	return nil
}

// cells makes an item of the cells of its row.
func (s *splitter) cells(item *Item) {
	row := item.Row
	item.Input.Decoded = true // what is not UTF-8 fails
	item.setRow(row, func() ([]byte, error) {
		place, _, err := s.Fields.resolve(item, func(name string) (int, string, error) {
			i := s.column(name)
			if i < 0 {
				return -1, "", errNoField{name}
			}
			if i >= len(row.cells.Cells) {
				return -1, "", fmt.Errorf("it has %d cells, and column %q is number %d", len(row.cells.Cells), name, i+1)
			}
			return i, string(row.cells.Value(i)), nil
		})
		s.name(item)
		if err != nil {
			row.body = place
			return nil, err
		}
		text := row.cells.Value(place)
		if !utf8.Valid(text) {
			return nil, errNotUTF8
		}
		row.body = place
		return text, nil
	})
}

// errNotUTF8 is why a cell stays as it is: its new text would be in another encoding
// than the rest of the table.
var errNotUTF8 = errors.New("its text is not UTF-8: convert the table first")

// column returns the place of a column by its name, or its number from 1 on in a
// table without a header, or -1.
func (s *splitter) column(name string) int {
	if s.NoHeader {
		n, err := strconv.Atoi(name)
		if err != nil || n < 1 {
			return -1
		}
		return n - 1
	}
	return slices.Index(s.in.Columns, name)
}

// delimiters are what may part the cells of a table, the usual one first.
const delimiters = ",;\t|"

// delimiter returns what parts the cells of the table: that by which the header has
// the column of the body, or else the most columns.
func (s *splitter) delimiter(in *bufio.Reader) byte {
	if s.in.Kind == TSV {
		return '\t'
	}
	head := peekLine(in)
	best, most := byte(','), 0
	for i := range len(delimiters) {
		row, _ := table.NewReader(bytes.NewReader(head), delimiters[i], len(head)+1).Next()
		if row == nil {
			continue
		}
		names := row.Values()
		n := len(names)
		if slices.Contains(names, s.Fields.Body) {
			n += len(head)
		}
		if n > most {
			best, most = delimiters[i], n
		}
	}
	return best
}

// peekLine returns the beginning of in up to the first line end that is there, or
// as much as there is or fits.
func peekLine(in *bufio.Reader) []byte {
	for n := 1; ; n = in.Buffered() + 1 {
		head, err := in.Peek(n)
		head, _ = in.Peek(max(len(head), in.Buffered()))
		if err != nil || bytes.IndexByte(head, '\n') >= 0 || len(head) >= in.Size() {
			return bytes.TrimPrefix(head, []byte("\ufeff"))
		}
	}
}
