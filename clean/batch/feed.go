package batch

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"github.com/winnowtext/winnow/clean"
)

// An entry is an item of a feed.
type entry struct {
	title, link, id, date, body string
	rank                        int // of the element that body is from
	plain                       bool
}

// bodies are the elements that hold the body of an item, the fuller the higher.
// Namespaces are left out: feeds get them wrong.
var bodies = map[string]int{"encoded": 4, "content": 3, "body": 3, "description": 2, "summary": 1, "subtitle": 0}

// feed yields the items of RSS and Atom.
func (s *splitter) feed(in *bufio.Reader) error {
	dec := xml.NewDecoder(in)
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = charset.NewReaderLabel
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return s.something()
		}
		if err != nil {
			return fmt.Errorf("%w: feed: %w", clean.ErrBroken, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "item" && start.Name.Local != "entry" {
			continue
		}
		e, err := readEntry(dec, start.Name.Local)
		if err != nil {
			return fmt.Errorf("%w: feed: %w", clean.ErrBroken, err)
		}
		if !s.yield(s.entry(e)) {
			return nil
		}
	}
}

// readEntry reads an item up to the end of its element.
func readEntry(dec *xml.Decoder, element string) (*entry, error) {
	e := &entry{rank: -1}
	for {
		token, err := dec.Token()
		if err != nil {
			return nil, cutOff(err)
		}
		switch token := token.(type) {
		case xml.EndElement:
			if token.Name.Local == element {
				return e, nil
			}
		case xml.StartElement:
			text, err := content(dec, token)
			if err != nil {
				return nil, cutOff(err)
			}
			e.take(token, text)
		}
	}
}

func cutOff(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// take notes what an element says.
func (e *entry) take(start xml.StartElement, text string) {
	kind, rel, href := "", "", ""
	for _, a := range start.Attr {
		switch a.Name.Local {
		case "type":
			kind = strings.ToLower(a.Value)
		case "rel":
			rel = a.Value
		case "href":
			href = a.Value
		}
	}
	name := start.Name.Local
	media := false // it is about a picture or recording
	for _, space := range []string{"mrss", "media", "itunes"} {
		media = media || strings.Contains(start.Name.Space, space)
	}
	switch {
	case name == "title" && !media:
		e.title = strings.TrimSpace(text)
		if kind == "html" || strings.Contains(e.title, "&") {
			e.title = html.UnescapeString(e.title)
		}
	case name == "link" && (rel == "" || rel == "alternate"):
		if href == "" {
			href = strings.TrimSpace(text)
		}
		e.link = href
	case name == "guid", name == "id":
		e.id = strings.TrimSpace(text)
	case name == "pubDate", name == "published", name == "date":
		e.date = strings.TrimSpace(text)
	case name == "updated" && e.date == "":
		e.date = strings.TrimSpace(text)
	default:
		if rank, ok := bodies[name]; ok && !media && rank > e.rank && strings.TrimSpace(text) != "" {
			e.body, e.rank = text, rank
			// In Atom a body is text unless it says otherwise; in RSS it is HTML.
			e.plain = kind == "text" || kind == "text/plain" || kind == "" && strings.Contains(start.Name.Space, "Atom")
		}
	}
}

// content returns the text of an element; elements in it, as XHTML has them, are
// written out again.
func content(dec *xml.Decoder, start xml.StartElement) (string, error) {
	var b strings.Builder
	depth := 0
	for {
		token, err := dec.Token()
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			b.WriteString("<" + token.Name.Local)
			for _, a := range token.Attr {
				if a.Name.Space == "" && a.Name.Local != "xmlns" {
					b.WriteString(" " + a.Name.Local + `="` + html.EscapeString(a.Value) + `"`)
				}
			}
			b.WriteString(">")
		case xml.EndElement:
			if depth == 0 {
				return b.String(), nil
			}
			depth--
			b.WriteString("</" + token.Name.Local + ">")
		case xml.CharData:
			if depth > 0 {
				b.WriteString(html.EscapeString(string(token)))
			} else {
				b.Write(token)
			}
		}
	}
}

// escapedTag is a tag that was escaped once more than it should be.
var escapedTag = regexp.MustCompile(`&lt;(?:p|br|div|a|img|ul|ol|h[1-6]|figure|blockquote)(?:\s[^<>]*?)?\s*/?&gt;`)

// unescaped is a body as HTML: some feeds escape it twice.
func unescaped(body string) string {
	if strings.Contains(body, "<") || !escapedTag.MatchString(body) {
		return body
	}
	return html.UnescapeString(body)
}

// entry makes an item of an item.
func (s *splitter) entry(e *entry) *Item {
	item := s.row()
	row := item.Row
	row.own = true
	if row.ID = e.id; row.ID == "" {
		row.ID = e.link
	}
	row.members = members("url", e.link, "id", e.id, "title", e.title, "published", e.date)
	s.name(item)
	item.setRow(row, func() ([]byte, error) {
		in := &item.Input
		in.Fragment, in.Title, in.Format = true, e.title, clean.FromHTML
		if e.plain {
			in.Format = clean.FromText
		}
		if u, err := url.Parse(e.link); err == nil && u.IsAbs() {
			in.URL = u
		}
		return []byte(unescaped(e.body)), nil
	})
	return item
}
