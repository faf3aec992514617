// Package warc reads web archives, WARC and WET, also damaged ones: what is there
// comes out, and for the rest there is a word.
//
//	unpack.go   gzip members, zstd frames, plain files
//	reader.go   records
//	payload.go  what a record holds: HTTP headers, chunks, content encodings
package warc

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// MaxRecord is how many bytes of a record are read; longer ones are passed over.
const MaxRecord = 256 << 20

const (
	// maxHeader is how long the header of a record may be, in bytes.
	maxHeader = 64 << 10
	// look is how many bytes of a record tell whether it holds a page.
	look = 16 << 10
)

// A Record is a record of an archive that may hold a page.
type Record struct {
	Type        string // response, resource or conversion
	URI         string
	ID          string // without brackets
	Date        string // as it is written, RFC 3339
	ContentType string
	Block       []byte
}

// A Reader reads the records of an archive.
type Reader struct {
	in    *unpacker
	max   int
	buf   []byte
	start int
	end   error   // why there is no more for now
	hurt  *Damage // end, where reading goes on behind it

	// Revisits is how many records there were so far that stand for a page in another
	// archive. They hold none themselves.
	Revisits int
}

// NewReader returns a Reader of an archive, which may be packed.
func NewReader(r io.Reader) *Reader { return &Reader{in: newUnpacker(r), max: MaxRecord} }

// Close lets go of what the reader needed.
func (r *Reader) Close() { r.in.close() }

// offset is about where the reader is in the file, packed as it is.
func (r *Reader) offset() int64 {
	if r.in.plain {
		return r.in.offset() - int64(len(r.buf)-r.start)
	}
	return r.in.offset()
}

// fill reads until there are n bytes, and returns what there is.
func (r *Reader) fill(n int) []byte {
	for len(r.buf)-r.start < n && r.end == nil {
		if r.start > 0 && (r.start == len(r.buf) || cap(r.buf)-r.start < n) {
			r.buf = append(r.buf[:0], r.buf[r.start:]...)
			r.start = 0
		}
		if len(r.buf) == cap(r.buf) {
			grown := make([]byte, len(r.buf), max(2*cap(r.buf), 4*readSize))
			copy(grown, r.buf)
			r.buf = grown
		}
		m, err := r.in.Read(r.buf[len(r.buf):cap(r.buf)])
		r.buf = r.buf[:len(r.buf)+m]
		if err != nil {
			r.end = err
			r.hurt, _ = err.(*Damage)
		}
	}
	return r.buf[r.start:]
}

// skip passes over n bytes and reports whether there were so many.
func (r *Reader) skip(n int64) bool {
	for n > 0 {
		have := int64(len(r.fill(1)))
		if have == 0 {
			return false
		}
		have = min(have, n)
		r.start += int(have)
		n -= have
	}
	return true
}

// Next returns the next record that may hold a page, or io.EOF. A *Damage says what
// is not there, and reading may go on; with it comes the record it is about, where
// that is known, as far as it is there.
func (r *Reader) Next() (*Record, error) {
	for {
		rec, err := r.next()
		if rec != nil || err != nil {
			return rec, err
		}
	}
}

// version is what every record begins with.
const version = "WARC/"

// next reads a record, and returns nil for one that holds no page.
func (r *Reader) next() (*Record, error) {
	b := r.newlines()
	if len(b) == 0 {
		return nil, r.resume()
	}
	b = r.fill(len(version))
	if !bytes.HasPrefix(b, []byte(version)) {
		return nil, r.garbage()
	}
	head, ok := r.header()
	if !ok {
		at := r.offset()
		if r.start += len(version); r.end != nil {
			r.drop()
		}
		if r.hurt != nil {
			return nil, r.resume()
		}
		return nil, &Damage{at, "the header of a record does not end"}
	}
	h := parse(head)
	if h.kind == "revisit" {
		r.Revisits++
	}
	if h.length < 0 {
		return r.unbounded(h)
	}
	if !isPage(h, r.fill(min(int(min(h.length, look)), r.max))) {
		if !r.skip(h.length) {
			return nil, r.cut(h)
		}
		return nil, nil
	}
	if h.length > int64(r.max) {
		at := r.offset()
		if !r.skip(h.length) {
			return nil, r.cut(h)
		}
		return h.record(nil), &Damage{at, fmt.Sprintf("a record of %d bytes is larger than %d", h.length, r.max)}
	}
	return r.bounded(h, int(h.length))
}

// newlines passes over what stands between records, and returns what follows.
func (r *Reader) newlines() []byte {
	for {
		b := r.fill(1)
		rest := bytes.TrimLeft(b, "\r\n")
		r.start += len(b) - len(rest)
		if len(rest) > 0 || len(b) == 0 {
			return rest
		}
	}
}

// resume goes on behind a damage, which it returns; or it returns how the archive
// ends.
func (r *Reader) resume() error {
	err := r.end
	if r.hurt != nil {
		r.end, r.hurt = nil, nil
	}
	return err
}

// drop lets go of the rest of a damaged member.
func (r *Reader) drop() { r.start = len(r.buf) }

// garbage passes over what is no record.
func (r *Reader) garbage() error {
	at, n := r.offset(), 0
	for {
		b := r.fill(readSize)
		if i := begin(b); i >= 0 {
			r.start += i
			n += i
			break
		}
		keep := min(len(b), len(version))
		if r.end != nil {
			keep = 0
		}
		r.start += len(b) - keep
		n += len(b) - keep
		if r.end != nil {
			break
		}
	}
	return &Damage{at, fmt.Sprintf("%d bytes that are no record", n)}
}

// begin returns where the next record begins, behind a line end, or -1.
func begin(b []byte) int {
	for from := 0; ; {
		i := bytes.Index(b[from:], []byte("\n"+version))
		if i < 0 {
			return -1
		}
		from += i + 1
		if isVersion(b[from:]) {
			return from
		}
	}
}

// isVersion reports whether b begins like a record; at its end the benefit of doubt
// is its.
func isVersion(b []byte) bool {
	rest := b[len(version):]
	return len(rest) == 0 || rest[0] == '0' || rest[0] == '1'
}

// header returns the header of the record at which the reader is, and passes over it.
func (r *Reader) header() ([]byte, bool) {
	for n := 4 << 10; ; n *= 2 {
		b := r.fill(n)
		for from := 0; ; {
			i := bytes.IndexByte(b[from:], '\n')
			if i < 0 {
				break
			}
			from += i + 1
			rest := bytes.TrimPrefix(b[from:], []byte("\r"))
			if len(rest) > 0 && rest[0] == '\n' {
				end := len(b) - len(rest) + 1
				r.start += end
				return b[:from], true
			}
		}
		if r.end != nil || n > maxHeader {
			return nil, false
		}
	}
}

// A header is what the header of a record says.
type header struct {
	kind, uri, id, date, contentType string
	length                           int64 // -1 where it is not known
}

func parse(b []byte) *header {
	h := &header{length: -1}
	name, value := "", ""
	take := func() {
		switch strings.ToLower(name) {
		case "warc-type":
			h.kind = strings.ToLower(value)
		case "warc-target-uri":
			h.uri = strings.Trim(value, "<>")
		case "warc-record-id":
			h.id = strings.Trim(value, "<>")
		case "warc-date":
			h.date = value
		case "content-type":
			h.contentType = value
		case "content-length":
			if n, err := strconv.ParseInt(value, 10, 62); err == nil && n >= 0 {
				h.length = n
			}
		}
	}
	for line := range bytes.Lines(b) {
		text := strings.ToValidUTF8(strings.TrimRight(string(line), "\r\n"), "\uFFFD")
		if text != "" && (text[0] == ' ' || text[0] == '\t') {
			value += " " + strings.TrimSpace(text)
			continue
		}
		take()
		name, value, _ = strings.Cut(text, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	}
	take()
	return h
}

func (h *header) record(block []byte) *Record {
	return &Record{Type: h.kind, URI: h.uri, ID: h.id, Date: h.date, ContentType: h.contentType, Block: bytes.Clone(block)}
}

// bounded reads a block of n bytes. Where no record and no end follows, or the
// archive ends before, the length is false if a record begins within the block.
func (r *Reader) bounded(h *header, n int) (*Record, error) {
	b := r.fill(n + len("\r\n\r\n") + len(version))
	if len(b) >= n {
		rest := bytes.TrimLeft(b[n:], "\r\n")
		if len(rest) == 0 || bytes.HasPrefix(rest, []byte(version)) || len(rest) < len(version) && strings.HasPrefix(version, string(rest)) {
			r.start += n
			return h.record(b[:n]), nil
		}
	}
	block := b[:min(n, len(b))]
	if at := next(block); at >= 0 {
		r.start += at
		return h.record(bytes.TrimRight(block[:at], "\r\n")), nil
	}
	if len(b) >= n {
		r.start += n // what follows is no record, which the next call says
		return h.record(b[:n]), nil
	}
	rec := h.record(b)
	return rec, r.cut(h)
}

// next returns where the next record begins in a block, behind an empty line, or -1.
func next(b []byte) int {
	for from := 0; ; {
		i := begin(b[from:])
		if i < 0 {
			return -1
		}
		from += i
		if line := bytes.TrimSuffix(b[:from-1], []byte("\r")); len(line) > 0 && line[len(line)-1] == '\n' {
			return from
		}
	}
}

// unbounded reads a block of which the length is not known: up to the next record.
func (r *Reader) unbounded(h *header) (*Record, error) {
	for n := readSize; ; n *= 2 {
		b := r.fill(n)
		at := next(b)
		if at < 0 && r.end == nil && len(b) < r.max {
			continue
		}
		if at < 0 {
			at = len(b)
		}
		block := bytes.TrimRight(b[:at], "\r\n")
		page := isPage(h, block)
		var rec *Record
		if page {
			rec = h.record(block)
		}
		r.start += at
		if !page {
			return nil, nil
		}
		return rec, nil
	}
}

// cut is the damage of a record that ends too early.
func (r *Reader) cut(h *header) error {
	at := r.offset()
	have := len(r.buf) - r.start
	r.drop()
	if r.hurt == nil && r.end != nil && r.end != io.EOF {
		return r.end
	}
	if r.hurt != nil {
		at = r.hurt.Offset
		r.end, r.hurt = nil, nil
	}
	what := fmt.Sprintf("a record of %d bytes is cut off", h.length)
	if have > 0 {
		what = fmt.Sprintf("a record is cut off after %d of %d bytes", have, h.length)
	}
	return &Damage{at, what}
}
