package batch

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/internal/jsonline"
	"github.com/winnowtext/winnow/clean/internal/table"
	"github.com/winnowtext/winnow/clean/record"
)

// A Container is a file that holds many items.
type Container struct {
	// Name is that of the item it was before it was split.
	Name string
	Kind Kind
	// Columns are the names in the header of a table, in order.
	Columns []string
	// Delimiter parts the cells of a table.
	Delimiter byte

	// Revisits is how many records of a web archive stand for a page in another one,
	// and so are none of its rows. It is there once the rows are through.
	Revisits int

	path string // as Item.Path
	head []byte // of a table, in front of its first row
	tail []byte // of a table, behind its last row; there once that is done
}

// A Row is where an item stands in its file, and what stands around its body.
type Row struct {
	// Number is that of the row in its file, from 1. The header of a table is none.
	Number int
	// ID is what its field for that holds. It is there once the item was opened.
	ID string
	// In is the file.
	In *Container

	members []jsonline.Member // its fields; of a table they are made when asked for
	cells   *table.Row        // of a table
	body    int               // place of the body among the fields or cells, -1 for none
	own     bool              // the record of the result says where the row comes from
}

// numbered is what the row is called where it has no ID.
func (r *Row) numbered() string { return fmt.Sprintf("%08d", r.Number) }

// theirs are the fields of a record that say what became of the row. They take the
// place of fields of these names; others, such as a title, do not.
var theirs = map[string]bool{
	"error": true, "schema": true, "format": true, "verdict": true, "score": true, "text": true,
	"blocks": true, "decisions": true,
}

// comments is the field of them in a record. A row may well have one, such as their
// number, which stays when the record has none.
const comments = "comments"

// AppendJSON appends the row as an object in one line, without its end: its fields
// in their order without the body, then those of the record. Where both have a
// field, such as a title, the row's stays, but for those that say what became of the
// row: error, schema, format, verdict, score, text, blocks and decisions, and comments
// when the record has some. A row that was not read has the record's fields alone.
func (r *Row) AppendJSON(dst []byte, rec *record.Record) ([]byte, error) {
	line, err := rec.AppendJSON(nil)
	if err != nil {
		return dst, err
	}
	result, err := jsonline.Members(line)
	if err != nil {
		return dst, err
	}
	dst = append(dst, '{')
	first := len(dst)
	add := func(m jsonline.Member) {
		if len(dst) > first {
			dst = append(dst, ',')
		}
		dst, _ = jsonline.Append(dst, m.Name) // a string always has a form
		dst = append(dst, ':')
		dst = jsonline.AppendRaw(dst, m.Value)
	}
	has := map[string]bool{"source": !r.own}
	for i, m := range r.fields() {
		if i == r.body || theirs[m.Name] || m.Name == comments && rec.Result != nil && rec.Result.Comments != nil {
			continue
		}
		add(m)
		if v := string(m.Value); v != `""` && v != "null" {
			has[m.Name] = true
		}
	}
	for _, m := range result {
		if !has[m.Name] {
			add(m)
		}
	}
	return append(dst, '}'), nil
}

// fields are the fields of the row.
func (r *Row) fields() []jsonline.Member {
	if r.cells == nil {
		return r.members
	}
	all := make([]jsonline.Member, len(r.cells.Cells))
	for i := range all {
		name := fmt.Sprintf("column %d", i+1)
		if i < len(r.In.Columns) {
			name = r.In.Columns[i]
		}
		value, _ := jsonline.Append(nil, string(r.cells.Value(i)))
		all[i] = jsonline.Member{Name: name, Value: value}
	}
	return all
}

// AppendTable appends the row of a table to dst as it stands there, with text in the
// place of its body; nil leaves it as it was. The newline at the end of a text is
// left out. A row of something else appends nothing.
func (r *Row) AppendTable(dst []byte, text *string) []byte {
	switch {
	case r.cells == nil:
		return dst
	case text == nil || r.body < 0:
		return append(dst, r.cells.Raw...)
	}
	return r.cells.AppendWith(dst, r.body, strings.TrimSuffix(*text, "\n"), r.In.Delimiter)
}

// Fields says what the fields of a row, or the columns of a table, are for.
type Fields struct {
	// Body is the field with the page or text. Without it, it is the first of "html",
	// read as HTML, "text", read as text, and "body", told by content, that holds
	// something; or else the first that is there.
	Body string
	// URL is the field with the address of the page, "url" without it; ID the one that
	// names the row, "id" without it.
	URL, ID string
	// Site is the field with the host name or another name of the site.
	Site string
	// Type is the field that says what the body is: html, text or auto, or a media type.
	Type string
	// Format is what bodies are where no such field says it.
	Format clean.Format
	// Length is the field of a row of JSON Lines that says of how many bytes its body
	// is, where that follows the line: as it is, in UTF-8, with a newline behind it. It
	// stands for what the field of the body holds, which then is the first that is
	// there, and may be null. Without a name all bodies stand in their fields.
	Length string
}

// resolve finds the fields in a row, by get, and returns the place of the body.
func (f *Fields) resolve(item *Item, get func(name string) (place int, value string, err error)) (body int, text string, err error) {
	format := f.Format
	known := func(name, byDefault string) string {
		if name == "" {
			name = byDefault
		}
		if name == "" {
			return ""
		}
		_, value, err := get(name)
		if err != nil {
			return ""
		}
		return value
	}
	item.Row.ID = known(f.ID, "id")
	item.Input.Site = known(f.Site, "")
	if u, err := url.Parse(strings.TrimSpace(known(f.URL, "url"))); err == nil && u.IsAbs() {
		item.Input.URL = u
	}
	name := f.Body
	if name == "" {
		var known clean.Format
		if name, known = bodyOf(get); format == clean.Auto {
			format = known
		}
	}
	if body, text, err = get(name); err != nil {
		return -1, "", err
	}
	if kind := known(f.Type, ""); strings.Contains(kind, "/") {
		item.Input.ContentType = kind
	} else if kind != "" {
		if format, err = clean.ParseFormat(strings.ToLower(strings.TrimSpace(kind))); err != nil {
			return body, "", fmt.Errorf("field %q: %w", f.Type, err)
		}
	}
	item.Input.Format = format
	return body, text, nil
}

// bodyFields are the fields that hold the body where none is named.
var bodyFields = []struct {
	name   string
	format clean.Format
}{{"html", clean.FromHTML}, {"text", clean.FromText}, {"body", clean.Auto}}

// bodyOf returns which of bodyFields a row has.
func bodyOf(get func(name string) (place int, value string, err error)) (name string, format clean.Format) {
	for _, b := range bodyFields {
		place, value, err := get(b.name)
		if err == nil && value != "" {
			return b.name, b.format
		}
		if name == "" && place >= 0 {
			name, format = b.name, b.format
		}
	}
	if name == "" {
		return "text", clean.FromText
	}
	return name, format
}

// errNoField is why a row fails that lacks the field of its body.
type errNoField struct{ name string }

func (e errNoField) Error() string { return fmt.Sprintf("it has no field %q", e.name) }

// scalar is what a value of JSON says as a name: a string, or a number as it is
// written.
func scalar(value json.RawMessage) (string, error) {
	if value[0] == '"' || value[0] == 'n' {
		return jsonline.Text(value)
	}
	if value[0] == '{' || value[0] == '[' {
		return jsonline.Text(value) // an error
	}
	return string(value), nil
}
