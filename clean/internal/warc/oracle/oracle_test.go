// Package oracle compares the reader of web archives with gowarc's on archives that
// gowarc wrote. It is a module of its own: gowarc is needed for nothing else.
package oracle

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nlnwa/gowarc/v3"

	"github.com/winnowtext/winnow/clean/internal/warc"
)

// write makes an archive of pages, pictures, texts and what else a crawler writes.
func write(t *testing.T, packed bool) string {
	t.Helper()
	dir := t.TempDir()
	w := gowarc.NewWarcFileWriter(gowarc.WithFileNameGenerator(&gowarc.PatternNameGenerator{Directory: dir}),
		gowarc.WithCompression(packed), gowarc.WithMaxConcurrentWriters(1))
	rnd := rand.New(rand.NewPCG(3, 4))
	for n := range 300 {
		var kind gowarc.RecordType
		var block, media string
		body := strings.Repeat(fmt.Sprintf("<p>The boat number %d came in late.</p>\r\n\r\n", n), rnd.IntN(400))
		switch rnd.IntN(6) {
		case 0:
			kind, media = gowarc.Request, "application/http;msgtype=request"
			block = "GET / HTTP/1.1\r\nHost: site.example\r\n\r\n"
		case 1:
			kind, media, block = gowarc.Conversion, "text/plain", body
		case 2:
			kind, media, block = gowarc.Resource, "text/html", body
		case 3:
			kind, media = gowarc.Response, "application/http;msgtype=response"
			block = fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
		default:
			kind, media = gowarc.Response, "application/http;msgtype=response"
			block = fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
		}
		b := gowarc.NewRecordBuilder(kind)
		if _, err := b.WriteString(block); err != nil {
			t.Fatal(err)
		}
		b.AddWarcHeader(gowarc.WarcRecordID, fmt.Sprintf("<urn:uuid:00000000-0000-0000-0000-%012d>", n))
		b.AddWarcHeader(gowarc.WarcDate, "2025-02-03T04:05:06Z")
		b.AddWarcHeader(gowarc.WarcTargetURI, fmt.Sprintf("https://site.example/%d", n))
		b.AddWarcHeader(gowarc.ContentType, media)
		b.AddWarcHeader(gowarc.ContentLength, fmt.Sprint(len(block)))
		rec, _, err := b.Build()
		if err != nil {
			t.Fatal(err)
		}
		for _, res := range w.Write(rec) {
			if res.Err != nil {
				t.Fatal(res.Err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%q, %v", files, err)
	}
	return files[0]
}

// theirs are the records that may be pages, as gowarc reads them.
func theirs(t *testing.T, file string) (all []string) {
	t.Helper()
	r, err := gowarc.NewWarcFileReader(file, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for {
		rec, err := r.Next()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		wr := rec.WarcRecord
		raw, err := wr.Block().RawBytes()
		if err != nil {
			t.Fatal(err)
		}
		block, err := io.ReadAll(raw)
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := bytes.Cut(block, []byte("\r\n\r\n"))
		switch kind := wr.Type(); {
		case kind == gowarc.Response && bytes.Contains(head, []byte("text/html")), kind == gowarc.Conversion, kind == gowarc.Resource:
			id := strings.Trim(wr.WarcHeader().Get(gowarc.WarcRecordID), "<>")
			all = append(all, fmt.Sprintf("%s %s %s %s", wr.Type(), id, wr.WarcHeader().Get(gowarc.WarcTargetURI), block))
		}
	}
}

func ours(t *testing.T, file string) (all []string) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := warc.NewReader(f)
	defer r.Close()
	for {
		rec, err := r.Next()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprintf("%s %s %s %s", rec.Type, rec.ID, rec.URI, rec.Block))
	}
}

func TestSameRecords(t *testing.T) {
	for _, packed := range []bool{false, true} {
		file := write(t, packed)
		want, got := theirs(t, file), ours(t, file)
		if len(want) < 150 || len(got) != len(want) {
			t.Fatalf("%s: %d records, gowarc reads %d", filepath.Base(file), len(got), len(want))
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: record %d is %.200q, gowarc reads %.200q", filepath.Base(file), i, got[i], want[i])
			}
		}
	}
}
