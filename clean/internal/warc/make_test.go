package warc

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// A spec says how a record is written.
type spec struct {
	kind   string // response unless set
	body   string
	http   string // more lines of the HTTP header
	length string // of the block: "" is the true one, "-" leaves it out
	typ    string // media type of the body, text/html unless set
	lf     bool   // lines end with \n alone
	plain  bool   // no HTTP header
}

// text is the record as it stands in a file that is not packed.
func (s spec) text(n int) string {
	end := "\r\n"
	if s.lf {
		end = "\n"
	}
	kind, typ := s.kind, s.typ
	if kind == "" {
		kind = "response"
	}
	if typ == "" {
		typ = "text/html; charset=utf-8"
	}
	block := s.body
	outer := typ
	if !s.plain {
		block = "HTTP/1.1 200 OK" + end + "Content-Type: " + typ + end + s.http + end + s.body
		outer = "application/http; msgtype=response"
	}
	length := fmt.Sprintf("Content-Length: %d%s", len(block), end)
	if s.length == "-" {
		length = ""
	} else if s.length != "" {
		length = "Content-Length: " + s.length + end
	}
	return "WARC/1.0" + end + "WARC-Type: " + kind + end + fmt.Sprintf("WARC-Record-ID: <urn:uuid:%08d>", n) + end +
		"WARC-Date: 2025-02-03T04:05:06Z" + end + fmt.Sprintf("WARC-Target-URI: https://site.example/%d", n) + end +
		"Content-Type: " + outer + end + length + end + block + end + end
}

func pack(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zpack(t testing.TB, s string, options ...zstd.EOption) string {
	t.Helper()
	z, err := zstd.NewWriter(nil, options...)
	if err != nil {
		t.Fatal(err)
	}
	return string(z.EncodeAll([]byte(s), nil))
}

// page is the body of the nth page, big enough not to lie in one buffer with all
// others.
func page(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<html><title>Page %d</title><body>", n)
	for i := range 40 {
		fmt.Fprintf(&b, "<p>The boat number %d of day %d came in late, and left %d crates.</p>\n", i, n, i*7919*n%1000)
	}
	return b.String() + "</body></html>"
}

func chunked(s string) string {
	var b strings.Builder
	for i, size := 0, 1; i < len(s); i, size = i+size, size*3 {
		part := s[i:min(len(s), i+size)]
		fmt.Fprintf(&b, "%x;ext=1\r\n%s\r\n", len(part), part)
	}
	return b.String() + "0\r\nTrailer: x\r\n\r\n"
}
