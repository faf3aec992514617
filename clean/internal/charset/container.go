package charset

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// Bounds of tables: what all records have in common makes one, not a row in a text.
const (
	tableRecords = 3
	tableFields  = 3
	tableBytes   = 64 << 10 // that are looked at
)

// Container returns what sort of file text is that holds documents or data and is none
// itself, "" for pages and texts: JSON, JSON Lines, a feed, MHTML, a web archive, a table.
func Container(text []byte) string {
	text = bytes.TrimLeft(text, " \t\r\n\ufeff")
	if len(text) == 0 {
		return ""
	}
	switch {
	case text[0] == '{' || text[0] == '[':
		return jsonKind(text)
	case bytes.HasPrefix(text, []byte("WARC/1.")):
		return "a web archive"
	case isMHTML(text):
		return "MHTML"
	case text[0] == '<':
		switch name, _ := opening(text); string(name) {
		case "rss", "feed", "rdf:rdf", "channel":
			return "a feed"
		case "urlset", "sitemapindex":
			return "a sitemap"
		}
		return ""
	}
	if isTable(text, '\t') || isTable(text, ',') || isTable(text, ';') {
		return "a table"
	}
	return ""
}

// jsonKind tells JSON from a text that begins with a bracket.
func jsonKind(text []byte) string {
	if rest := bytes.TrimLeft(text[1:], " \t\r\n"); len(rest) == 0 || rest[0] != '"' && rest[0] != '{' {
		return "" // "[1]" may be a note in a text
	}
	if json.Valid(text) {
		return "JSON"
	}
	line, rest, more := bytes.Cut(text, []byte("\n"))
	if line = bytes.TrimSpace(line); line[0] == '{' && len(line) > 2 && json.Valid(line) && more && len(bytes.TrimSpace(rest)) > 0 {
		return "JSON Lines"
	}
	return ""
}

// isMHTML reports whether a text begins as a mail of several parts does.
func isMHTML(text []byte) bool {
	head := text[:min(len(text), 4<<10)]
	if i := bytes.Index(head, []byte("\n\n")); i >= 0 {
		head = head[:i]
	}
	if i := bytes.Index(head, []byte("\r\n\r\n")); i >= 0 {
		head = head[:i]
	}
	if bytes.IndexByte(head, '/') < 0 || !bytes.Contains(head, []byte(": ")) {
		return false // as nearly all texts, which need not be made small letters then
	}
	low := bytes.ToLower(head)
	return bytes.Contains(low, []byte("mime-version:")) && bytes.Contains(low, []byte("content-type: multipart/related"))
}

// isTable reports whether all lines of a text are records of a table with the same
// number of fields, the first of which are names of columns.
func isTable(text []byte, comma rune) bool {
	head := text[:min(len(text), tableBytes)]
	line, _, _ := bytes.Cut(head, []byte("\n"))
	if bytes.Count(line, []byte(string(comma))) < tableFields-1 {
		return false
	}
	// Most texts are no table for what stands before their first comma: then no record is read.
	if first := line[:bytes.IndexByte(line, byte(comma))]; bytes.IndexByte(first, '"') < 0 && !isColumn(string(first), comma) {
		return false
	}
	r := csv.NewReader(bytes.NewReader(head))
	r.Comma, r.ReuseRecord = comma, true
	records := 0
	for {
		record, err := r.Read()
		if err != nil {
			// The last one may be cut off; io.EOF is the end.
			return records >= tableRecords && (len(text) > tableBytes || err == io.EOF)
		}
		if records++; len(record) < tableFields {
			return false
		}
		// A blank behind every comma is that of a sentence.
		if comma == ',' && !slices.ContainsFunc(record[1:], func(f string) bool { return !strings.HasPrefix(f, " ") }) {
			return false
		}
		if records > 1 {
			continue
		}
		for _, name := range record {
			if !isColumn(name, comma) {
				return false
			}
		}
	}
}

// isColumn reports whether a field of a table's first record may be the name of a column,
// and no sentence or part of one.
func isColumn(name string, comma rune) bool {
	const longest, spaces = 40, 2
	return name != "" && len(name) <= longest && !strings.ContainsAny(name, ".!?\n") && (comma != ',' || strings.Count(name, " ") <= spaces)
}

// marked reports whether a text whose first element is no element of HTML is HTML all
// the same: nearly all of its tags are.
func marked(text []byte) bool {
	const least = 4 // tags
	own, other := 0, 0
	for len(text) > 0 {
		i := bytes.IndexByte(text, '<')
		if i < 0 || i+1 == len(text) {
			break
		}
		text = text[i+1:]
		if text[0] == '/' {
			continue
		}
		n := 0
		for n < len(text) && n < 24 && (chars.IsLetter(text[n]) || text[n]-'0' <= 9 || text[n] == ':') {
			n++
		}
		switch a := atom.Lookup(bytes.ToLower(text[:n])); {
		case n == 0:
		case known[a] && a != atom.Title && a != atom.Link:
			own++
		default:
			other++
		}
	}
	return own >= least && own >= 8*(other-1) // the first is one
}

// Tagged reports whether a text begins with a tag, or holds several.
func Tagged(text []byte) bool {
	if name, _ := opening(text); len(name) > 0 {
		return true
	}
	return marked(text[:min(len(text), maxLook)])
}
