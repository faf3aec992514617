package batch

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"net/url"
	"strings"

	"github.com/winnowtext/winnow/clean"
)

// mhtml yields the file as the page it is, in the form of a mail: the part that is named as its
// beginning, or else the first that is HTML. Parts of other types, and the pages of
// frames, are passed over.
func (s *splitter) mhtml(in *bufio.Reader) error {
	msg, err := mail.ReadMessage(in)
	if err != nil {
		return fmt.Errorf("%w: MHTML: %s", clean.ErrBroken, shorten(err.Error()))
	}
	head := textproto.MIMEHeader(msg.Header)
	part, err := findPage(head, msg.Body, int64(s.MaxRow), 0)
	if err != nil {
		return err
	}
	at := head.Get("Snapshot-Content-Location")
	if at == "" {
		at = part.location
	}
	page := *s.file
	page.Input.ContentType = part.contentType
	if u, err := url.Parse(at); err == nil && u.IsAbs() {
		page.Input.URL = u
	}
	page.Open = func() (io.ReadCloser, error) { return body{bytes.NewReader(part.body)}, nil }
	s.yield(&page)
	return nil
}

// A mimePart is the part of a mail that is the page.
type mimePart struct {
	contentType, location string
	body                  []byte
}

var errNoPage = errors.New("no part of it is HTML")

// maxParts is how deep parts may stand in each other.
const maxParts = 8

// findPage returns the page among the parts.
func findPage(head textproto.MIMEHeader, from io.Reader, max int64, depth int) (*mimePart, error) {
	kind, params, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil && kind == "" {
		kind = "text/plain"
	}
	if !strings.HasPrefix(kind, "multipart/") {
		if kind != "text/html" && kind != "application/xhtml+xml" {
			return nil, errNoPage
		}
		data, err := io.ReadAll(io.LimitReader(decoded(head, from), max+1))
		switch {
		case int64(len(data)) > max:
			return nil, errLongRow
		case err != nil && len(data) == 0:
			return nil, fmt.Errorf("%w: MHTML: %w", clean.ErrBroken, err)
		}
		return &mimePart{head.Get("Content-Type"), head.Get("Content-Location"), data}, nil
	}
	if depth > maxParts {
		return nil, errNoPage
	}
	parts := multipart.NewReader(from, params["boundary"])
	start := params["start"]
	var first *mimePart
	for {
		part, err := parts.NextRawPart()
		if err != nil { // of one that is cut off, what is there counts
			if first != nil {
				return first, nil
			}
			if err == io.EOF {
				return nil, errNoPage
			}
			return nil, fmt.Errorf("%w: MHTML: %w", clean.ErrBroken, err)
		}
		named := start != "" && part.Header.Get("Content-Id") == start
		if first != nil && !named {
			continue
		}
		page, err := findPage(part.Header, part, max, depth+1)
		if err == nil && (named || start == "") {
			return page, nil
		}
		if err == nil {
			first = page
		} else if err != errNoPage {
			return nil, err
		}
	}
}

// decoded undoes the transfer encoding of a part.
func decoded(head textproto.MIMEHeader, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(head.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	}
	return body
}
