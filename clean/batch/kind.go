package batch

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/table"
)

// A Kind is what a file holds.
type Kind string

// Kinds of files. Auto is told by content.
const (
	Auto  Kind = ""
	Page  Kind = "page"  // one page or text
	JSONL Kind = "jsonl" // an object a line
	JSON  Kind = "json"  // an array of objects, or objects one after the other
	CSV   Kind = "csv"   // a table, its cells parted by commas, semicolons, tabs or bars
	TSV   Kind = "tsv"   // a table, its cells parted by tabs
	WARC  Kind = "warc"  // an archive of pages (WARC), or of their texts (WET)
	MHTML Kind = "mhtml" // a page with its parts, as browsers save it
	Feed  Kind = "feed"  // RSS or Atom
	Mail  Kind = "mail"  // a mail, or many (mbox); no Split reads them
)

// about names a kind in errors.
func (k Kind) about() string {
	switch k {
	case JSONL, JSON:
		return "JSON"
	case CSV:
		return "a table (CSV)"
	case TSV:
		return "a table (TSV)"
	case Mail:
		return "mail"
	}
	return string(k)
}

// look tells by its beginning and its name what a file holds. Body is the field that
// was named, if any: a file whose first line has it is a table, and a text of which
// not even its name says that it is one is a [*FieldError].
func look(in *bufio.Reader, name, body string) (Kind, error) {
	head, err := in.Peek(lookSize)
	whole := err == io.EOF
	short := whole // all of it is there, if it is not damaged
	if packing(in) != "" {
		head, whole = unpackedHead(head), false
		short = short && len(head) < lookSize
	}
	_, _, named := stem(name)
	if kind := kindOf(head, whole); kind != Page || len(head) == 0 {
		if kind == JSONL && (short || named == JSON) && isOneLine(head) && isWrapped(head, body) {
			kind = JSON // an object that holds the rows
		}
		return kind, nil
	}
	switch named {
	case CSV, TSV, JSON, JSONL, Mail:
		return named, nil // what is called so is no text, whatever it looks like
	}
	if body == "" {
		return Page, nil
	}
	line, _, _ := bytes.Cut(bytes.TrimPrefix(head, []byte("\ufeff")), []byte("\n"))
	for i := range len(delimiters) {
		row, err := table.NewReader(bytes.NewReader(line), delimiters[i], len(line)+1).Next()
		if err == nil && slices.Contains(row.Values(), body) {
			return CSV, nil
		}
	}
	if named != Page && !bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("<")) {
		return Page, &FieldError{Kind: Page, Field: body}
	}
	return Page, nil
}

// isOneLine reports whether there is nothing behind the first line.
func isOneLine(b []byte) bool {
	_, rest, _ := bytes.Cut(bytes.TrimLeft(b, " \t\r\n"), []byte("\n"))
	return len(bytes.TrimSpace(rest)) == 0
}

// kindOf tells by its beginning what a file holds; whole says that it is all of it.
func kindOf(head []byte, whole bool) Kind {
	b := bytes.TrimPrefix(head, []byte("\ufeff"))
	b = bytes.TrimLeft(b, " \t\r\n")
	switch {
	case len(b) == 0:
		return Page
	case bytes.HasPrefix(b, []byte("WARC/")):
		return WARC
	case b[0] == '<':
		if isFeed(b) {
			return Feed
		}
		return Page
	case b[0] == '{' || b[0] == '[':
		return jsonKind(b, whole)
	}
	if kind := mailKind(b); kind != Page {
		return kind
	}
	return tableKind(b, whole)
}

// feedRoot is the first element of a feed, behind declarations and comments.
var feedRoot = regexp.MustCompile(`^(?:\s|<\?[^>]*\?>|<!--(?s:.*?)-->|<!DOCTYPE[^>\[]*>)*<(?:rss|feed|rdf:RDF|atom:feed)[\s>]`)

func isFeed(b []byte) bool { return feedRoot.Match(b[:min(len(b), 4096)]) }

// jsonKind tells JSON, in lines or otherwise, from a text that begins like it: what
// there is must be JSON, with an object in it.
func jsonKind(b []byte, whole bool) Kind {
	if line, _, _ := bytes.Cut(b, []byte("\n")); b[0] == '{' && json.Valid(line) {
		return JSONL
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	object := false
	for {
		token, err := dec.Token()
		if token == json.Delim('{') {
			object = true
		}
		switch {
		case err == io.EOF || err == io.ErrUnexpectedEOF && !whole:
			if !object {
				return Page
			}
			if b[0] == '{' && bytes.IndexByte(b, '\n') < 0 {
				return JSONL // a first line longer than what was looked at
			}
			return JSON
		case err != nil:
			return Page
		}
	}
}

// mailHeader is a line of the header of a mail.
var mailHeader = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*:[ \t]`)

// mailKind tells mails, and pages in the form of one, by their header.
func mailKind(b []byte) Kind {
	mbox := bytes.HasPrefix(b, []byte("From "))
	if mbox {
		_, b, _ = bytes.Cut(b, []byte("\n"))
	}
	names := map[string]string{}
	last := ""
	for line := range bytes.Lines(b) {
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		if last != "" && (line[0] == ' ' || line[0] == '\t') {
			names[last] += string(line)
			continue
		}
		if !mailHeader.Match(line) {
			return Page
		}
		name, value, _ := strings.Cut(string(line), ":")
		last = strings.ToLower(name)
		names[last] = value
	}
	_, mime := names["mime-version"]
	_, from := names["from"]
	_, received := names["received"]
	_, id := names["message-id"]
	_, date := names["date"]
	_, snapshot := names["snapshot-content-location"]
	kind := strings.ToLower(names["content-type"])
	switch {
	case mbox && from && (date || id || received):
		return Mail
	case mime && (snapshot || strings.Contains(kind, "multipart/related") || strings.Contains(kind, "text/html")):
		return MHTML
	case from && (mime || id || received) && len(names) > 3:
		return Mail
	}
	return Page
}

const (
	// maxHeader is how many characters the name of a column has at most. Sentences
	// are longer.
	maxHeader = 40
	// minRows is how many rows beside the header tell a table none of whose cells is
	// quoted.
	minRows = 3
	// minColumns is how many columns it must have.
	minColumns = 3
)

// columnName is how columns are called: a word or a few, not a sentence.
var columnName = regexp.MustCompile(`^[\pL_#][\pL\pN_.#/()%-]*(?: [\pL\pN_.#/()%-]+){0,2}$`)

// tableKind tells a table from a text, whose lines may be cut into equal numbers of
// parts by its commas or tabs, too. It is one only where all its rows have as many
// cells as the first, which must be names; and either cells that need quotes are
// quoted, or there are many cells.
func tableKind(b []byte, whole bool) Kind {
	for i := range len(delimiters) {
		if isTable(b, delimiters[i], whole) {
			if delimiters[i] == '\t' {
				return TSV
			}
			return CSV
		}
	}
	return Page
}

func isTable(b []byte, delim byte, whole bool) bool {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	if bytes.IndexByte(line, delim) < 0 {
		return false
	}
	r := table.NewReader(bytes.NewReader(b), delim, len(b)+1)
	head, err := r.Next()
	if err != nil || len(head.Cells) < 2 {
		return false
	}
	names := head.Values()
	for i, name := range names {
		if len(name) > maxHeader || !columnName.MatchString(name) || slices.Contains(names[:i], name) {
			return false
		}
	}
	rows, quoted := 0, false
	for {
		row, err := r.Next()
		if err == io.EOF {
			break
		}
		if !whole && (r.AtEnd() || errors.Is(err, table.ErrUnclosed)) {
			break // the beginning of a row
		}
		if err != nil || len(row.Cells) != len(names) {
			return false
		}
		rows++
		for _, cell := range row.Cells {
			raw := row.Raw[cell.Start:cell.End]
			if len(raw) > 0 && raw[0] == '"' && (len(raw) == 1 || raw[len(raw)-1] != '"') {
				return false // somebody speaks
			}
			// A quote that is not needed may be one that somebody speaks.
			if len(raw) > 1 && raw[0] == '"' && bytes.ContainsAny(raw[1:len(raw)-1], "\n\""+string(delim)) {
				quoted = true
			}
		}
	}
	return rows > 0 && quoted || rows >= minRows && len(names) >= minColumns
}

// namesOf returns the names of the fields of the first object.
func namesOf(in *bufio.Reader) []string {
	head, _ := in.Peek(in.Size())
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(head, []byte("\ufeff"))))
	var names []string
	depth, key := 0, false
	for {
		token, err := dec.Token()
		if err != nil {
			return names
		}
		switch token {
		case json.Delim('{'):
			if depth++; depth == 1 {
				key = true
				continue
			}
		case json.Delim('['):
			if depth == 0 {
				continue // of objects
			}
			depth++
		case json.Delim('}'), json.Delim(']'):
			if depth--; depth <= 0 {
				return names
			}
		}
		if depth == 1 {
			if name, ok := token.(string); ok && key {
				names = append(names, name)
				key = false
				continue
			}
			key = true
		}
	}
}

// header returns the names of the columns of a table.
func (s *splitter) header(in *bufio.Reader) []string {
	row, err := table.NewReader(bytes.NewReader(peekLine(in)), s.delimiter(in), lookSize).Next()
	if err != nil {
		return nil
	}
	return row.Values()
}
