package batch

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A Split makes an item of each row of the files that hold many. The zero value
// tells by content what a file holds: pages and texts stay items of their own,
// archives and feeds are split, and tables and JSON, of which it does not know where
// the bodies are, are items with a [*FieldError].
//
// Files may be packed with gzip or zstd. They are read as rows are asked for, and of
// each no more than a row at a time.
type Split struct {
	// Kind is what all files hold; Auto tells by content.
	Kind Kind
	// Fields says what the fields of JSON and tables are for.
	Fields Fields
	// NoHeader says that tables have no header: their columns go by numbers, from 1.
	NoHeader bool
	// Delimiter parts the cells of tables; 0 is the one that fits the header.
	Delimiter byte
	// Flat leaves the name of the file out of the paths of rows.
	Flat bool
	// MaxRow is how many bytes a row may have; 0 is 256 MiB.
	MaxRow int
	// Timeout is how long a file that is no regular one may take to show what it
	// holds, where neither Kind nor Fields.Body says that it has rows; 0 is as long as
	// it takes. After that it counts as a page or text.
	Timeout time.Duration
}

// maxRow is Split.MaxRow where none is set.
const maxRow = 256 << 20

// A FieldError is why a file is not split that holds a table, JSON or mails: it has
// no such field, or nobody said which of its fields holds the bodies.
type FieldError struct {
	Kind    Kind
	Field   string   // the one it does not have; "" when none was named
	Columns []string // those it has, where they are known
}

func (e *FieldError) Error() string {
	has := ""
	if len(e.Columns) > 0 {
		has = fmt.Sprintf(" (it has %s)", quoteAll(e.Columns))
	}
	if e.Field != "" && e.Kind == Page {
		return fmt.Sprintf("no table and no JSON, as far as can be told, and so no field %q", e.Field)
	}
	if e.Field != "" {
		return fmt.Sprintf("no column %q%s", e.Field, has)
	}
	if e.Kind == Mail {
		return "this is mail, no text"
	}
	return fmt.Sprintf("this is %s, no text, and no field of it was named%s", e.Kind.about(), has)
}

func quoteAll(names []string) string {
	var b strings.Builder
	for i, name := range names {
		if i == maxNames {
			fmt.Fprintf(&b, " and %d more", len(names)-i)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", shorten(name))
	}
	return b.String()
}

// shorten cuts what an error quotes of a file: a line of one that is something else may
// be all of it.
func shorten(s string) string {
	if len(s) <= maxQuoted {
		return s
	}
	return strings.ToValidUTF8(s[:maxQuoted], "") + "..."
}

// maxQuoted is how many bytes of a file an error quotes at once.
const maxQuoted = 80

// maxNames is how many names of columns an error lists.
const maxNames = 20

// Items yields the rows of the files that hold many, and the others as they are.
// What cannot be read is an item with an error in its place.
func (s *Split) Items(files iter.Seq[*Item]) iter.Seq[*Item] {
	return func(yield func(*Item) bool) {
		more := true
		for file := range files {
			if file == nil || file.Err != nil || file.Row != nil {
				more = yield(file)
			} else {
				sp := &splitter{Split: *s, file: file, yield: func(item *Item) bool {
					more = more && yield(item)
					return more
				}}
				if sp.MaxRow <= 0 {
					sp.MaxRow = maxRow
				}
				sp.split()
			}
			if !more {
				return
			}
		}
	}
}

// A splitter splits one file.
type splitter struct {
	Split
	file  *Item
	in    *Container
	n     int // rows so far
	yield func(*Item) bool
}

// lookSize is how many bytes of a file tell what it holds.
const lookSize = 64 << 10

// split yields what the file holds.
func (s *splitter) split() {
	if s.Kind == Page {
		s.yield(unpacked(s.file))
		return
	}
	body, late, err := s.open()
	switch {
	case err != nil:
		failed := *s.file
		failed.Err = err
		s.yield(&failed)
		return
	case late != nil:
		s.yield(late)
		return
	}
	in := bufio.NewReaderSize(&ended{r: body}, lookSize)
	kind := s.Kind
	if kind == Auto {
		kind, err = look(in, s.file.Name, s.Fields.Body)
	}
	s.in = &Container{Name: s.file.Name, Kind: kind, path: s.file.Path}
	if err != nil {
		body.Close()
		s.yield(s.broken(err))
		return
	}
	if kind == Page {
		page := s.file
		if isRegular(page) {
			body.Close() // to be opened again, so that few are open at a time
		} else {
			read := *page
			read.Open = func() (io.ReadCloser, error) { return stream{in, body}, nil }
			page = &read
		}
		s.yield(unpacked(page))
		return
	}
	defer body.Close()
	if err := s.rows(in); err != nil {
		s.yield(s.broken(err))
	}
}

// open opens the file. Of a stream that shows nothing in time, late is the item it
// becomes.
func (s *splitter) open() (body io.ReadCloser, late *Item, err error) {
	if s.Timeout <= 0 || s.Kind != Auto || s.Fields.Body != "" || isRegular(s.file) {
		body, err = s.file.Open()
		return body, nil, err
	}
	type opened struct {
		body io.ReadCloser
		err  error
	}
	done := make(chan opened, 1)
	go func() {
		f, err := s.file.Open()
		if err == nil {
			in := bufio.NewReaderSize(&ended{r: f}, lookSize)
			_, _ = in.Peek(lookSize) // its error comes again
			f = stream{in, f}
		}
		done <- opened{f, err}
	}()
	select {
	case o := <-done:
		return o.body, nil, o.err
	case <-time.After(s.Timeout):
	}
	item := *s.file
	item.Open = func() (io.ReadCloser, error) {
		o := <-done
		return o.body, o.err
	}
	return nil, &item, nil
}

// stream is a file of which the beginning was read.
type stream struct {
	io.Reader
	io.Closer
}

// rows yields the rows of what the file holds.
func (s *splitter) rows(in *bufio.Reader) error {
	if s.in.Kind == WARC {
		return s.archive(in) // which knows how to go on behind damaged members
	}
	named := s.Fields.Body != "" || s.Kind != Auto
	f, err := unpack(in)
	if err != nil {
		return err
	}
	defer f.Close()
	in = bufio.NewReaderSize(f, lookSize)
	if isWide(in) {
		return errors.New("it is UTF-16: convert it to UTF-8 first")
	}
	switch s.in.Kind {
	case Feed:
		return s.feed(in)
	case MHTML:
		return s.mhtml(in)
	case JSON:
		if !named {
			return &FieldError{Kind: s.in.Kind, Columns: namesOf(in)}
		}
		return s.json(in)
	case JSONL:
		if !named {
			return &FieldError{Kind: s.in.Kind, Columns: namesOf(in)}
		}
		return s.lines(in)
	case CSV, TSV:
		if !named {
			return &FieldError{Kind: s.in.Kind, Columns: s.header(in)}
		}
		return s.table(in)
	}
	return &FieldError{Kind: s.in.Kind}
}

// something returns an error when there was no row.
func (s *splitter) something() error {
	switch {
	case s.n > 0:
		return nil
	case s.in.Revisits > 0:
		return fmt.Errorf("no pages in it, but %d records that stand for pages elsewhere (revisit)", s.in.Revisits)
	}
	return errors.New("no pages in it")
}

// row returns the next row, of which nothing is known yet.
func (s *splitter) row() *Item {
	s.n++
	item := &Item{
		Name: fmt.Sprintf("%s row %d", s.file.Name, s.n),
		File: s.file.File,
		Row:  &Row{Number: s.n, In: s.in, body: -1},
	}
	s.name(item)
	return item
}

// failed returns the next row, with an error.
func (s *splitter) failed(err error) *Item {
	item := s.row()
	item.Err = err
	return item
}

// broken is the file in the place of the rows that cannot be read.
func (s *splitter) broken(err error) *Item {
	item := *s.file
	item.Err = err
	if s.n > 0 {
		item.Err = fmt.Errorf("after row %d: %w", s.n, err)
		item.Row = &Row{Number: s.n + 1, In: s.in, body: -1}
	}
	return &item
}

// name gives a row its path: its ID, or else its number, below the path of the file.
func (s *splitter) name(item *Item) {
	name := item.Row.numbered()
	if item.Row.ID != "" {
		name = fileName(item.Row.ID)
	}
	item.Path = name
	if !s.Flat {
		item.Path = filepath.Join(s.in.path, name)
	}
}

// isRegular reports whether an item is a regular file, which can be opened again.
func isRegular(item *Item) bool {
	if item.File == "" {
		return false
	}
	info, err := os.Stat(item.File)
	return err == nil && info.Mode().IsRegular()
}

// isWide reports whether in begins with the mark of UTF-16.
func isWide(in *bufio.Reader) bool {
	if b, err := in.Peek(1); err != nil || b[0] < 0xFE {
		return false
	}
	b, _ := in.Peek(2)
	return string(b) == "\xFF\xFE" || string(b) == "\xFE\xFF"
}

// maxName is the length of a file name, in bytes, that file systems take, less room
// for an extension.
const maxName = 200

// fileName is the name of the file for an ID: letters, digits and - . _ stand for
// themselves, other bytes as %2F. Where it is long it ends in a hash.
func fileName(id string) string {
	var b bytes.Buffer
	for i := range len(id) {
		c := id[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '.' && i > 0, c >= 0x80:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	if b.Len() > maxName {
		return shortName(b.String(), id)
	}
	return b.String()
}

// shortName is a name of a length that file systems take, for an ID.
func shortName(name, id string) string {
	sum := sha256.Sum256([]byte(id))
	return fmt.Sprintf("%s-%x", strings.ToValidUTF8(name[:maxName-hashed*2-1], ""), sum[:hashed])
}

// hashed is how many bytes of a hash tell long IDs apart.
const hashed = 8
