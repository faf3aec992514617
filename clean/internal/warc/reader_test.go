package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// found is what a reader makes of an archive: the number and body of each page, and
// what is wrong.
func found(t testing.TB, r io.Reader) (pages []string, damages []string) {
	t.Helper()
	in := NewReader(r)
	defer in.Close()
	for {
		rec, err := in.Next()
		if err == io.EOF {
			return pages, damages
		}
		if d, ok := errors.AsType[*Damage](err); ok {
			damages = append(damages, d.What)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		p, err := rec.Payload(0)
		if err != nil {
			damages = append(damages, err.Error())
			continue
		}
		_, n, _ := strings.Cut(rec.URI, ".example/")
		pages = append(pages, n+" "+string(p.Body))
	}
}

// whole are the pages as they should come out.
func whole(numbers ...int) (all []string) {
	for _, n := range numbers {
		all = append(all, fmt.Sprint(n, " ", page(n)))
	}
	return all
}

func TestReader(t *testing.T) {
	rec := func(n int) string { return spec{body: page(n)}.text(n) }
	info := spec{kind: "warcinfo", plain: true, typ: "application/warc-fields", body: "software: x\r\n"}.text(0)
	request := spec{kind: "request", plain: true, typ: "application/http; msgtype=request", body: "GET / HTTP/1.1\r\n\r\n"}.text(0)
	meta := spec{kind: "metadata", plain: true, typ: "application/warc-fields", body: "fetchTimeMs: 1\r\n"}.text(0)
	image := spec{typ: "image/png", body: "\x89PNG\r\n\r\nWARC/1.0 is not here"}.text(0)
	revisit := spec{kind: "revisit", body: ""}.text(0)
	var junk strings.Builder
	for i := range 30000 {
		junk.WriteByte(byte(i * i >> 3))
	}
	noise := junk.String()
	var raw, deflated bytes.Buffer
	zw := zlib.NewWriter(&deflated)
	_, _ = zw.Write([]byte(page(1)))
	zw.Close()
	fw, _ := flate.NewWriter(&raw, 5)
	_, _ = fw.Write([]byte(page(1)))
	fw.Close()
	var br bytes.Buffer
	bw := brotli.NewWriter(&br)
	_, _ = bw.Write([]byte(page(1)))
	bw.Close()
	sum := []byte(pack(t, rec(2)))
	sum[len(sum)-6] ^= 0x55
	dict := buildDict(t)
	many := ""
	for n := range 300 {
		many += pack(t, rec(n))
	}

	for _, c := range []struct {
		name, file string
		want       []string
		damages    []string // parts of them
	}{
		{"plain", info + request + rec(1) + meta + image + revisit + rec(2), whole(1, 2), nil},
		{"gzip members", pack(t, info) + pack(t, request) + pack(t, rec(1)) + pack(t, image) + pack(t, rec(2)), whole(1, 2), nil},
		{"one gzip member", pack(t, info+rec(1)+image+rec(2)), whole(1, 2), nil},
		{"zstd frames", zpack(t, info) + zpack(t, rec(1)) + zpack(t, rec(2)), whole(1, 2), nil},
		{"one zstd frame", zpack(t, rec(1)+rec(2)), whole(1, 2), nil},
		{"zstd with a dictionary", skippable(0x5d, dict) + zpack(t, rec(1), zstd.WithEncoderDict([]byte(dict))) + zpack(t, rec(2), zstd.WithEncoderDict([]byte(dict))), whole(1, 2), nil},
		{"zstd with a packed dictionary", skippable(0x5d, zpack(t, dict)) + zpack(t, rec(1), zstd.WithEncoderDict([]byte(dict))), whole(1), nil},
		{"zstd with a frame to skip", zpack(t, rec(1)) + skippable(0x50, "x\x28\xb5\x2f\xfd") + zpack(t, rec(2)), whole(1, 2), nil},
		{"many members", many, whole(seq(300)...), nil},

		{"clipped plain", rec(1) + rec(2)[:900], whole(1), []string{"cut off after 6"}},
		{"clipped in a header", rec(1) + rec(2)[:60], whole(1), []string{"header of a record does not end"}},
		{"clipped member", pack(t, rec(1)) + pack(t, rec(2))[:400], whole(1), []string{"a record is cut off"}},
		{"clipped member in front of others", pack(t, rec(1)) + pack(t, rec(2))[:400] + pack(t, rec(3)) + pack(t, rec(4)), whole(1, 3, 4), []string{"a record is cut off"}},
		{"clipped frame in front of others", zpack(t, rec(1)) + zpack(t, rec(2))[:300] + zpack(t, rec(3)), whole(1, 3), []string{"cut off|damaged"}},
		{"false checksum", pack(t, rec(1)) + string(sum) + pack(t, rec(3)), whole(1, 2, 3), []string{"checksum"}},
		{"garbage between members", pack(t, rec(1)) + noise + pack(t, rec(2)) + "x" + pack(t, rec(3)), whole(1, 2, 3), []string{"no member", "no member"}},
		{"garbage between records", rec(1) + noise + "\r\n\r\n" + rec(2), whole(1, 2), []string{"bytes that are no record"}},
		{"zeros between and behind", pack(t, rec(1)) + "\x00\x00\x00\x00\x00" + pack(t, rec(2)) + "\x00\x00\x00", whole(1, 2), nil},
		{"LF alone", spec{body: page(1), lf: true}.text(1) + spec{body: page(2), lf: true}.text(2), whole(1, 2), nil},
		{"no length", spec{body: page(1), length: "-"}.text(1) + spec{body: page(2), length: "-", lf: true}.text(2) + rec(3), whole(1, 2, 3), nil},
		{"no length at the end", rec(1) + spec{body: page(2), length: "-"}.text(2), whole(1, 2), nil},
		{"length that is no number", spec{body: page(1), length: "many"}.text(1) + rec(2), whole(1, 2), nil},
		{"length that is too great", spec{body: page(1), length: "9000"}.text(1) + rec(2) + rec(3), whole(1, 2, 3), nil},
		{"length that is too great, packed", pack(t, spec{body: page(1), length: "9000"}.text(1)) + pack(t, rec(2)), whole(1, 2), nil},
		{"length beyond all there is", rec(1) + spec{body: page(2), length: "99999999"}.text(2) + rec(3), whole(1, 2, 3), nil},
		{"length that is too small", spec{body: page(1) + strings.Repeat("y", 500), length: fmt.Sprint(len("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n") + len(page(1)))}.text(1) + rec(2),
			whole(1, 2), []string{"504 bytes that are no record"}},
		{"empty body", spec{body: ""}.text(1) + rec(2), []string{"1 ", whole(2)[0]}, nil},
		{"empty block", spec{kind: "resource", plain: true}.text(1) + rec(2), []string{"1 ", whole(2)[0]}, nil},
		{"text of a page (WET)", spec{kind: "conversion", plain: true, typ: "text/plain", body: "A text.\n"}.text(1), []string{"1 A text.\n"}, nil},
		{"resource", spec{kind: "resource", plain: true, typ: "text/html", body: page(1)}.text(1), whole(1), nil},
		{"dns", strings.Replace(spec{plain: true, typ: "text/dns", body: "a. 1 IN A"}.text(1), "https:", "dns:", 1), nil, nil},
		{"nothing", "", nil, nil},

		{"chunked", spec{body: chunked(page(1)), http: "Transfer-Encoding: chunked\r\n"}.text(1), whole(1), nil},
		{"falsely chunked", spec{body: page(1), http: "Transfer-Encoding: chunked\r\n"}.text(1), whole(1), nil},
		{"falsely chunked, with a number", spec{body: "12\nmonkeys and more of them", http: "Transfer-Encoding: chunked\r\n"}.text(1), []string{"1 12\nmonkeys and more of them"}, nil},
		{"chunked and cut off", spec{body: "ffff\r\n" + page(1), http: "Transfer-Encoding: chunked\r\n"}.text(1), whole(1), nil},
		{"gzip body", spec{body: pack(t, page(1)), http: "Content-Encoding: gzip\r\n"}.text(1), whole(1), nil},
		{"gzip body in chunks", spec{body: chunked(pack(t, page(1))), http: "content-encoding: GZIP\r\nTransfer-Encoding: chunked\r\n"}.text(1), whole(1), nil},
		{"gzip body that is none", spec{body: page(1), http: "Content-Encoding: gzip\r\n"}.text(1), whole(1), nil},
		{"zlib body", spec{body: deflated.String(), http: "Content-Encoding: deflate\r\n"}.text(1), whole(1), nil},
		{"deflate body", spec{body: raw.String(), http: "Content-Encoding: deflate\r\n"}.text(1), whole(1), nil},
		{"zlib body that is cut off", spec{body: deflated.String()[:deflated.Len()-1], http: "Content-Encoding: deflate\r\n"}.text(1), whole(1), nil},
		{"zlib body of another sum", spec{body: deflated.String()[:deflated.Len()-1] + "\x00", http: "Content-Encoding: deflate\r\n"}.text(1), nil, []string{"content encoding deflate: zlib: invalid checksum"}},
		{"deflate body that is damaged", spec{body: "\x07" + raw.String(), http: "Content-Encoding: deflate\r\n"}.text(1), nil, []string{"content encoding deflate: flate: corrupt input"}},
		{"zstd body", spec{body: zpack(t, page(1)), http: "Content-Encoding: zstd\r\n"}.text(1), whole(1), nil},
		{"brotli body", spec{body: br.String(), http: "Content-Encoding: br\r\n"}.text(1), whole(1), nil},
		{"brotli body that is none", spec{body: page(1), http: "Content-Encoding: br\r\n"}.text(1), whole(1), nil},
		{"body that is packed twice", spec{body: pack(t, br.String()), http: "Content-Encoding: br, gzip\r\n"}.text(1), whole(1), nil},
		{"body in an encoding nobody knows", spec{body: "\x01\x02", http: "Content-Encoding: pigeon\r\n"}.text(1), nil, []string{"pigeon: not known"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, r := range []io.Reader{strings.NewReader(c.file), iotest.HalfReader(strings.NewReader(c.file))} {
				got, damages := found(t, r)
				if !slices.Equal(got, c.want) {
					t.Errorf("%d pages %.200q, want %d %.200q", len(got), got, len(c.want), c.want)
				}
				if len(damages) != len(c.damages) {
					t.Fatalf("damages %q, want %q", damages, c.damages)
				}
				for i, want := range c.damages {
					if !slices.ContainsFunc(strings.Split(want, "|"), func(part string) bool { return strings.Contains(damages[i], part) }) {
						t.Errorf("damage %q, want %q", damages[i], want)
					}
				}
			}
		})
	}
}

func seq(n int) (all []int) {
	for i := range n {
		all = append(all, i)
	}
	return all
}

// skippable is a frame without content.
func skippable(id byte, content string) string {
	n := len(content)
	return string([]byte{id, 0x2a, 0x4d, 0x18, byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24)}) + content
}

func buildDict(t *testing.T) string {
	t.Helper()
	var samples [][]byte
	for n := range 20 {
		samples = append(samples, []byte(spec{body: page(n)}.text(n)))
	}
	b, err := zstd.BuildDict(zstd.BuildDictOptions{ID: 7, Contents: samples, History: []byte(page(3)), Offsets: [3]int{1, 4, 8}})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Wherever a member or frame is damaged, those around it come out, and there is a
// word.
func TestDamagedAnywhere(t *testing.T) {
	rec := func(n int) string { return spec{body: page(n)}.text(n) }
	for name, pack := range map[string]func(string) string{
		"gzip": func(s string) string { return pack(t, s) },
		"zstd": func(s string) string { return zpack(t, s) },
	} {
		middle := pack(rec(2))
		step := 3
		if testing.Short() {
			step = 23
		}
		for i := 0; i < len(middle); i += step {
			bad := []byte(middle)
			bad[i] ^= byte(1 + i%255)
			pages, damages := found(t, strings.NewReader(pack(rec(1))+string(bad)+pack(rec(3))))
			if len(pages) < 2 || pages[0] != whole(1)[0] || pages[len(pages)-1] != whole(3)[0] {
				t.Errorf("%s, byte %d: %d pages; damages %q", name, i, len(pages), damages)
			}
			if len(damages) == 0 && !slices.Equal(pages, whole(1, 2, 3)) {
				t.Errorf("%s, byte %d: %d pages and no word", name, i, len(pages))
			}
		}
	}
}

func TestRevisits(t *testing.T) {
	r := NewReader(strings.NewReader(spec{kind: "revisit"}.text(1) + spec{kind: "revisit"}.text(2)))
	defer r.Close()
	if rec, err := r.Next(); err != io.EOF || r.Revisits != 2 {
		t.Errorf("%v, %v, and %d revisits", rec, err, r.Revisits)
	}
}

// What a file's reader reports is reported.
func TestReadError(t *testing.T) {
	bad := errors.New("no luck")
	for _, file := range []string{spec{body: page(1)}.text(1), pack(t, spec{body: page(1)}.text(1))} {
		in := NewReader(io.MultiReader(strings.NewReader(file[:len(file)/2]), iotest.ErrReader(bad)))
		for {
			_, err := in.Next()
			if errors.Is(err, bad) {
				break
			}
			if _, ok := errors.AsType[*Damage](err); !ok {
				t.Fatalf("%v, want %v", err, bad)
			}
		}
	}
}

// Whatever a file holds, reading ends, and pages are no more than there is.
func FuzzWARC(f *testing.F) {
	rec := func(n int) string { return spec{body: "<p>x</p>"}.text(n) }
	for _, s := range []string{
		rec(1) + rec(2), pack(f, rec(1)) + pack(f, rec(2)), zpack(f, rec(1)) + zpack(f, rec(2)),
		spec{body: "x", length: "-"}.text(1), spec{body: "x", length: "999"}.text(1) + rec(2), rec(1)[:100],
		pack(f, rec(1))[:60] + pack(f, rec(2)), skippable(0x5d, "abc") + zpack(f, rec(1)),
		spec{body: chunked("<p>text</p>"), http: "Transfer-Encoding: chunked\r\n", lf: true}.text(1),
		spec{body: pack(f, "<p>text</p>"), http: "Content-Encoding: gzip\r\n"}.text(1),
		spec{body: zpack(f, "<p>text</p>"), http: "Content-Encoding: zstd, deflate\r\n"}.text(1),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in := NewReader(bytes.NewReader(data))
		defer in.Close()
		for calls := 0; ; calls++ {
			rec, err := in.Next()
			if err == io.EOF {
				break
			}
			if _, ok := errors.AsType[*Damage](err); err != nil && !ok {
				return // of a window that is too large
			}
			if calls > 2*len(data)+10 {
				t.Fatalf("%d calls and no end", calls)
			}
			if rec != nil {
				if _, err := rec.Payload(1 << 20); err != nil {
					continue
				}
			}
		}
	})
}
