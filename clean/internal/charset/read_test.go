package charset

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

func zip(parts ...string) []byte {
	var buf bytes.Buffer
	for _, p := range parts {
		z := gzip.NewWriter(&buf)
		_, _ = io.WriteString(z, p)
		_ = z.Close()
	}
	return buf.Bytes()
}

func zlibbed(s string, level int) []byte {
	var buf bytes.Buffer
	z, _ := zlib.NewWriterLevel(&buf, level)
	_, _ = io.WriteString(z, s)
	_ = z.Close()
	return buf.Bytes()
}

func TestRead(t *testing.T) {
	long := strings.Repeat("a line of text\n", 20000)
	packed, deflated := zip(long), zlibbed(long, zlib.DefaultCompression)
	boom := errors.New("boom")
	tests := []struct {
		name string
		r    io.Reader
		max  int64
		want string
		err  error
	}{
		{"empty", strings.NewReader(""), 0, "", nil},
		{"plain", strings.NewReader("hello"), 0, "hello", nil},
		{"at the limit", strings.NewReader("hello"), 5, "hello", nil},
		{"over the limit", strings.NewReader("hello"), 4, "", ErrTooLarge},
		{"over the limit, size unknown", iotest.OneByteReader(strings.NewReader("hello")), 4, "", ErrTooLarge},
		{"limit 1 and nothing", strings.NewReader(""), 1, "", nil},
		{"no limit", strings.NewReader(long), -1, long, nil},
		{"byte by byte", iotest.OneByteReader(strings.NewReader(long)), 0, long, nil},
		{"error with data", iotest.DataErrReader(strings.NewReader(long)), 0, long, nil},
		{"reader fails", io.MultiReader(strings.NewReader("x"), iotest.ErrReader(boom)), 0, "", boom},
		{"gzip", bytes.NewReader(packed), 0, long, nil},
		{"gzip byte by byte", iotest.OneByteReader(bytes.NewReader(packed)), 0, long, nil},
		{"gzip at the limit", bytes.NewReader(packed), int64(len(long)), long, nil},
		{"gzip unpacks to too much", bytes.NewReader(packed), int64(len(long)) - 1, "", ErrTooLarge},
		{"gzip too large itself", bytes.NewReader(packed), int64(len(packed)) - 1, "", ErrTooLarge},
		{"gzip of nothing", bytes.NewReader(zip("")), 0, "", nil},
		{"members", bytes.NewReader(zip("one ", "", "two")), 0, "one two", nil},
		{"zeros behind", bytes.NewReader(append(zip("one"), 0, 0, 0)), 0, "one", nil},
		{"torn", bytes.NewReader(packed[:len(packed)/2]), 0, "", ErrBroken},
		{"torn in the checksum", bytes.NewReader(packed[:len(packed)-3]), 0, "", ErrBroken},
		{"torn in the header", bytes.NewReader(packed[:5]), 0, "", ErrBroken},
		{"only the magic", bytes.NewReader(packed[:2]), 0, "", ErrBroken},
		{"second member torn", bytes.NewReader(append(zip("one"), packed[:20]...)), 0, "", ErrBroken},
		{"bad checksum", bytes.NewReader(flip(zip("one two"), -6)), 0, "", ErrBroken},
		{"bad method", bytes.NewReader(flip(zip("one two"), 2)), 0, "", ErrBroken},
		{"zlib", bytes.NewReader(deflated), 0, long, nil},
		{"zlib at the limit", bytes.NewReader(deflated), int64(len(long)), long, nil},
		{"zlib inflates to too much", bytes.NewReader(deflated), int64(len(long)) - 1, "", ErrTooLarge},
		{"zlib torn", bytes.NewReader(deflated[:len(deflated)/2]), 0, "", ErrBroken},
		{"zlib with a bad checksum", bytes.NewReader(flip(zlibbed("one two", zlib.BestCompression), -1)), 0, "", ErrBroken},
		{"zlib, little packed", bytes.NewReader(zlibbed(long, 3)), 0, long, nil},
		{"zlib, not packed", bytes.NewReader(zlibbed(long, zlib.NoCompression)), 0, long, nil},
		{"a formula", strings.NewReader("x^2 + y^2 = z^2"), 0, "x^2 + y^2 = z^2", nil},
		{"the beginning of one", strings.NewReader("x^"), 0, "x^", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := new(Memory).Read(tt.r, tt.max)
			if !errors.Is(err, tt.err) || (tt.err == nil) != (err == nil) {
				t.Fatalf("error %v, want %v", err, tt.err)
			}
			if string(got) != tt.want {
				t.Errorf("got %d bytes, want %d", len(got), len(tt.want))
			}
		})
	}
}

// flip inverts the byte at i, counted from the end when negative.
func flip(b []byte, i int) []byte {
	if i < 0 {
		i += len(b)
	}
	b[i] ^= 0xff
	return b
}

func TestReadFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "page.html")
	want := strings.Repeat("x", 100_000)
	if err := os.WriteFile(name, []byte(want), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := new(Memory).Read(f, 0)
	if err != nil || string(got) != want {
		t.Fatalf("%d bytes, %v", len(got), err)
	}
	if cap(got) > len(want)+1024 {
		t.Errorf("buffer of %d bytes for a file of %d: the size was not used", cap(got), len(want))
	}
}

// A gzip file that lies about its size, and one that unpacks to 1,000 times its
// size.
func TestReadBomb(t *testing.T) {
	b := zip("short")
	copy(b[len(b)-4:], "\xff\xff\xff\x7f")
	if _, err := new(Memory).Read(bytes.NewReader(b), 0); !errors.Is(err, ErrBroken) {
		t.Fatal(err)
	}
	z := &bytes.Buffer{}
	w := gzip.NewWriter(z)
	_, _ = w.Write(make([]byte, 50<<20)) // 50 MB of zeros in 50 KB
	_ = w.Close()
	if _, err := new(Memory).Read(bytes.NewReader(z.Bytes()), 1<<20); !errors.Is(err, ErrTooLarge) {
		t.Fatal(err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("plain"), int64(3))
	f.Add(zip("one", "two"), int64(0))
	f.Add(zip("one")[:15], int64(100))
	f.Add([]byte{0x1f, 0x8b, 8}, int64(-1))
	f.Add(zlibbed("one two", zlib.BestSpeed), int64(100))
	f.Fuzz(func(t *testing.T, b []byte, limit int64) {
		got, err := new(Memory).Read(bytes.NewReader(b), limit)
		if err != nil {
			if !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrBroken) {
				t.Fatalf("error of no kind: %v", err)
			}
			return
		}
		if limit > 0 && (int64(len(b)) > limit || int64(len(got)) > limit) {
			t.Fatalf("%d bytes in, %d out, limit %d", len(b), len(got), limit)
		}
		slow, err := new(Memory).Read(iotest.HalfReader(bytes.NewReader(b)), limit)
		if err != nil || !bytes.Equal(slow, got) {
			t.Fatalf("depends on the reader: %v", err)
		}
		packed := bytes.HasPrefix(b, []byte{0x1f, 0x8b}) || len(b) > 1 && b[0] == 'x' && strings.IndexByte("\x01^\x9c\xda", b[1]) >= 0
		if !packed && !bytes.Equal(b, got) {
			t.Fatal("plain bytes changed")
		}
		if again, err := new(Memory).Read(bytes.NewReader(zip(string(got))), 0); err != nil || !bytes.Equal(again, got) {
			t.Fatalf("packed and read again: %v", err)
		}
	})
}
