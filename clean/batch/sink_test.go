package batch

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// contents are the files below dir, hidden ones as well, a line for each, with
// what they hold or, if they are links, lead to.
func contents(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		var what string
		if d.Type()&fs.ModeSymlink != 0 {
			what, err = os.Readlink(path)
		} else {
			var data []byte
			data, err = os.ReadFile(path)
			what = string(data)
		}
		rel, _ := filepath.Rel(dir, path)
		b.WriteString(filepath.ToSlash(rel) + ": " + what + "\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestStream(t *testing.T) {
	a, b := &Item{Name: "a"}, &Item{Name: "b"}
	heads := Frame{Wrap: func(n int, item *Item, body []byte) []byte {
		return append([]byte(item.Name+strings.Repeat("!", n)+"\n"), body...)
	}}
	for _, c := range []struct {
		frame  Frame
		bodies []string
		want   string
	}{
		{Frame{}, []string{"1\n", "2\n"}, "1\n2\n"},
		{heads, []string{"1\n", "2\n"}, "a\n1\nb!\n2\n"},
		{Array(), []string{"1\n", "{\n}\n"}, "[\n1,\n{\n}\n]\n"},
		{Array(), []string{"1"}, "[\n1\n]\n"},
		{Array(), nil, "[]\n"},
	} {
		var out bytes.Buffer
		s := NewStream(NewOutput("out", &out), c.frame)
		for i, body := range c.bodies {
			if err := s.Write([]*Item{a, b}[i], []byte(body)); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Commit(); err != nil || out.String() != c.want {
			t.Errorf("wrote %q, %v; want %q", out.String(), err, c.want)
		}
	}
}

type brokenWriter struct{ error }

func (b brokenWriter) Write([]byte) (int, error) { return 0, b.error }

// Where a stream takes nothing any more, errors say so.
func TestStreamBreaks(t *testing.T) {
	full := errors.New("disk full")
	s := NewStream(NewOutput("out", brokenWriter{full}), Array())
	for _, err := range []error{s.Write(&Item{}, nil), s.Commit()} {
		bad, ok := errors.AsType[*WriteError](err)
		if !ok || !bad.Fatal || !errors.Is(err, full) || err.Error() != "cannot write out: disk full" {
			t.Errorf("error is %v", err)
		}
	}
}

func TestCreate(t *testing.T) {
	dir := fill(t)
	path := filepath.Join(dir, "out.txt")
	write(t, path, "old")
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	put := func() *Stream {
		t.Helper()
		to, err := Create(path, &Item{File: filepath.Join(dir, "other.txt")})
		if err != nil {
			t.Fatal(err)
		}
		s := NewStream(to, Frame{})
		if err := s.Write(&Item{}, []byte("new")); err != nil {
			t.Fatal(err)
		}
		if data, _ := os.ReadFile(path); string(data) != "old" {
			t.Errorf("before it is committed: %q", data)
		}
		return s
	}
	put().Abort()
	if got := contents(t, dir); got != "out.txt: old\n" {
		t.Errorf("after Abort: %q", got)
	}
	s := put()
	if err := s.Commit(); err != nil {
		t.Fatal(err)
	}
	s.Abort() // changes nothing
	if got := contents(t, dir); got != "out.txt: new\n" {
		t.Errorf("after Commit: %q", got)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("permissions are %v, %v", info.Mode(), err)
	}

	// What is refused leaves nothing behind.
	for _, c := range []struct{ path, want string }{
		{path, "it is one of the inputs"},
		{filepath.Join(path, "below.txt"), "not a directory"},
		{filepath.Join(dir, "nowhere", "out.txt"), "no such file or directory"},
	} {
		_, err := Create(c.path, &Item{File: path})
		if err == nil || err.Error() != "cannot write "+c.path+": "+c.want {
			t.Errorf("%s: %v", c.path, err)
		}
		if bad, ok := errors.AsType[*WriteError](err); !ok || bad.Fatal {
			t.Errorf("%s: %#v", c.path, err)
		}
	}
	if got := contents(t, dir); got != "out.txt: new\n" {
		t.Errorf("after refusals: %q", got)
	}
	// When the last step fails, the error is that of all.
	write(t, path, "old")
	s = put()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if bad, ok := errors.AsType[*WriteError](s.Commit()); !ok || !bad.Fatal {
		t.Errorf("without its folder: %v", bad)
	}
}

// Devices are written to.
func TestCreateDevice(t *testing.T) {
	if _, err := os.Stat("/dev/null"); err != nil {
		t.Skip(err)
	}
	to, err := Create("/dev/null")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := to.Write([]byte("x")); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if err := to.Commit(); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat("/dev/null"); err != nil || info.Mode().IsRegular() {
		t.Errorf("%v, %v", info, err)
	}
}
