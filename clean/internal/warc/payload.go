package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// A Payload is what a record holds: a page or text.
type Payload struct {
	Status      int // of HTTP; 0 where it is not known
	ContentType string
	Body        []byte
}

// isPage reports whether a record may hold a page or text, by its header and the
// beginning of its block.
func isPage(h *header, block []byte) bool {
	switch h.kind {
	case "response", "resource":
	case "conversion":
		return isText(h.contentType)
	default:
		return false
	}
	if !isHTTP(block) {
		return h.kind == "resource" && isText(h.contentType) ||
			h.kind == "response" && !strings.HasPrefix(h.uri, "dns:") && (isText(h.contentType) || isMessage(h.contentType))
	}
	head, _ := message(block)
	return isText(head.contentType)
}

func isMessage(contentType string) bool {
	return strings.HasPrefix(strings.ToLower(contentType), "application/http")
}

func isHTTP(block []byte) bool { return bytes.HasPrefix(block, []byte("HTTP/")) }

// isText reports whether a media type is that of a page or text, or none.
func isText(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	switch strings.ToLower(strings.TrimSpace(kind)) {
	case "", "text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml", "text/plain":
		return true
	}
	return false
}

// A httpHead is what the header of a response says.
type httpHead struct {
	status                          int
	contentType, encoding, transfer string
}

// message parts the header of a response from its body. Lines may end with \n alone.
func message(block []byte) (head httpHead, body []byte) {
	line, rest, _ := bytes.Cut(block, []byte("\n"))
	if fields := bytes.Fields(line); len(fields) > 1 {
		head.status, _ = strconv.Atoi(string(fields[1])) // 0 where it is no number
	}
	for len(rest) > 0 {
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		text := strings.TrimSpace(strings.ToValidUTF8(string(value), ""))
		switch strings.ToLower(string(bytes.TrimSpace(name))) {
		case "content-type":
			head.contentType = text
		case "content-encoding":
			head.encoding = strings.ToLower(text)
		case "transfer-encoding":
			head.transfer = strings.ToLower(text)
		}
	}
	return head, rest
}

// Payload returns what the record holds, without its HTTP header, chunks and content
// encoding; those that are announced and not there are passed over. At most max bytes
// are unpacked. It uses the memory of the block.
func (rec *Record) Payload(max int64) (*Payload, error) {
	if !isHTTP(rec.Block) || rec.Type == "conversion" {
		kind := rec.ContentType
		if isMessage(kind) {
			kind = ""
		}
		return &Payload{ContentType: kind, Body: rec.Block}, nil
	}
	head, body := message(rec.Block)
	p := &Payload{Status: head.status, ContentType: head.contentType, Body: body}
	if strings.Contains(head.transfer, "chunked") {
		p.Body = dechunk(body)
	}
	encodings := strings.Split(head.encoding, ",")
	for i := len(encodings) - 1; i >= 0; i-- {
		var err error
		if p.Body, err = decode(p.Body, strings.TrimSpace(encodings[i]), max); err != nil {
			return p, fmt.Errorf("content encoding %s: %w", strings.TrimSpace(encodings[i]), err)
		}
	}
	return p, nil
}

// maxLine is how long the line with the size of a chunk is, in bytes.
const maxLine = 256

// dechunk joins the chunks of a body, in its own memory. What is not chunked stays as
// it is, and so does what follows the last chunk that is.
func dechunk(b []byte) []byte {
	size, head, ok := chunk(b)
	if !ok || !isChunk(b, size, head) {
		return b
	}
	out, rest := b[:0], b
	for ok && size > 0 {
		rest = rest[head:]
		if size > len(rest) { // cut off
			return append(out, rest...)
		}
		out = append(out, rest[:size]...)
		rest = rest[size:]
		rest = bytes.TrimPrefix(bytes.TrimPrefix(rest, []byte("\r")), []byte("\n"))
		size, head, ok = chunk(rest)
	}
	if !ok {
		return append(out, rest...)
	}
	return out
}

// isChunk reports whether what begins like a first chunk is one: a line end follows
// it, or it is cut off and its own line ends as HTTP wants.
func isChunk(b []byte, size, head int) bool {
	if rest := b[head:]; size < len(rest) {
		return rest[size] == '\r' || rest[size] == '\n'
	}
	return head > 1 && b[head-2] == '\r'
}

// chunk reads the line in front of a chunk: its size, the line's length, and whether
// it is one.
func chunk(b []byte) (size, head int, ok bool) {
	end := bytes.IndexByte(b[:min(len(b), maxLine)], '\n')
	if end < 0 {
		return 0, 0, false
	}
	text, _, _ := strings.Cut(string(b[:end]), ";")
	n, err := strconv.ParseUint(strings.TrimSpace(text), 16, 31)
	return int(n), end + 1, err == nil
}

// decode unpacks a body. One that is not packed as announced is returned as it is.
func decode(b []byte, encoding string, max int64) ([]byte, error) {
	var r io.Reader
	var err error
	switch encoding {
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(b, []byte(gzipMagic)) {
			return b, nil
		}
		r, err = gzip.NewReader(bytes.NewReader(b))
	case "deflate":
		if r, err = zlib.NewReader(bytes.NewReader(b)); err != nil {
			if looksPlain(b) {
				return b, nil
			}
			r, err = flate.NewReader(bytes.NewReader(b)), nil // as some servers do
		}
	case "zstd":
		if !bytes.HasPrefix(b, []byte(zstdMagic)) {
			return b, nil
		}
		z, e := zstd.NewReader(bytes.NewReader(b), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
		if e == nil {
			defer z.Close()
		}
		r, err = z, e
	case "br":
		if looksPlain(b) {
			return b, nil // packed bodies have no mark of their own
		}
		r = brotli.NewReader(bytes.NewReader(b))
	case "", "identity", "none":
		return b, nil
	default:
		if looksPlain(b) {
			return b, nil
		}
		return nil, fmt.Errorf("not known")
	}
	if err != nil {
		return nil, err
	}
	if max <= 0 {
		max = MaxRecord
	}
	out, err := io.ReadAll(io.LimitReader(r, max+1))
	switch {
	case err == nil:
	case errors.Is(err, io.ErrUnexpectedEOF) && len(out) > 0 && int64(len(out)) <= max:
		err = nil // cut off, as bodies are that a crawler gave up on
	default:
		out = nil // what damage made of a body is not what the server sent
	}
	return out, err
}

// looksPlain reports whether a body looks like a page that is not packed: markup, and
// no control characters.
func looksPlain(b []byte) bool {
	b = b[:min(len(b), 512)]
	return bytes.IndexByte(b, '<') >= 0 && !bytes.ContainsFunc(b, func(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' })
}
