//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A stuck run is one that has finished its first input and waits for the
// second, a named pipe nobody writes to.
type stuck struct {
	t      *testing.T
	dir    string
	cmd    *exec.Cmd
	stdout bytes.Buffer
	stderr bytes.Buffer
}

// start runs winnow with args in a folder with dirty.txt, the pipe and
// old.txt. It returns once the file named begun exists; a "*" matches the rest
// of a name.
func start(t *testing.T, begun string, args ...string) *stuck {
	s := &stuck{t: t, dir: t.TempDir()}
	text, err := os.ReadFile(filepath.Join("testdata", "pages", "dirty.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"dirty.txt", "old.txt"} {
		if err := os.WriteFile(filepath.Join(s.dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(s.dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.cmd = exec.Command("winnow", append(args, "dirty.txt", "pipe")...)
	s.cmd.Dir = s.dir
	s.cmd.Stdout, s.cmd.Stderr = &s.stdout, &s.stderr
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.cmd.Process.Kill() })
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		found, err := filepath.Glob(filepath.Join(s.dir, begun))
		if err != nil {
			t.Fatal(err)
		}
		if len(found) > 0 {
			return s
		}
		if time.Now().After(end) {
			t.Fatalf("no %s after ten seconds; %s", begun, s.stderr.String())
		}
	}
}

// signal ends the run and returns its exit status, -1 when it was killed.
func (s *stuck) signal(sig os.Signal) int {
	s.t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.t.Fatal(err)
	}
	err := s.cmd.Wait()
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		s.t.Fatalf("ended with %v", err)
	}
	return exit.ExitCode()
}

func (s *stuck) files(dir string) string {
	s.t.Helper()
	entries, err := os.ReadDir(filepath.Join(s.dir, dir))
	if err != nil {
		s.t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func (s *stuck) same(a, b string) {
	s.t.Helper()
	one, err := os.ReadFile(a)
	if err != nil {
		s.t.Fatal(err)
	}
	two, err := os.ReadFile(b)
	if err != nil {
		s.t.Fatal(err)
	}
	if !bytes.Equal(one, two) {
		s.t.Errorf("%s and %s differ", a, b)
	}
}

func TestInterrupt(t *testing.T) {
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(sig.String()+" file", func(t *testing.T) {
			s := start(t, ".winnow-*", "-o", "old.txt")
			if got := s.signal(sig); got != 130 {
				t.Errorf("exit status %d, want 130", got)
			}
			want := "winnow: interrupted\n"
			if sig == syscall.SIGTERM {
				want = "winnow: interrupted: what was begun is done\n"
			}
			if got := s.stderr.String(); got != want {
				t.Errorf("said %q, want %q", got, want)
			}
			if got, want := s.files("."), "dirty.txt old.txt pipe"; got != want {
				t.Errorf("left %s, want %s", got, want)
			}
			s.same(filepath.Join(s.dir, "old.txt"), filepath.Join(s.dir, "dirty.txt"))
		})
		t.Run(sig.String()+" folder", func(t *testing.T) {
			s := start(t, "out/dirty.txt", "-o", "out/")
			if got := s.signal(sig); got != 130 {
				t.Errorf("exit status %d, want 130", got)
			}
			if got, want := s.files("out"), doneName+" dirty.txt"; got != want {
				t.Errorf("left %s, want %s", got, want)
			}
			s.same(filepath.Join(s.dir, "out", "dirty.txt"), filepath.Join("testdata", "pages", "tidy.txt"))
		})
	}
}

// A run that is killed outright leaves the old output, and new ones whole.
func TestKill(t *testing.T) {
	s := start(t, ".winnow-*", "-o", "old.txt")
	if got := s.signal(os.Kill); got != -1 {
		t.Errorf("exit status %d, want none", got)
	}
	s.same(filepath.Join(s.dir, "old.txt"), filepath.Join(s.dir, "dirty.txt"))

	s = start(t, "out/dirty.txt", "-o", "out/")
	s.signal(os.Kill)
	s.same(filepath.Join(s.dir, "out", "dirty.txt"), filepath.Join("testdata", "pages", "tidy.txt"))
}

// When the reader of standard output goes away, as head(1) does, winnow ends
// without a word, but not as if all had been written.
func TestBrokenPipe(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	var stderr bytes.Buffer
	cmd := exec.Command("winnow", filepath.Join("testdata", "pages", "ferry.html"))
	cmd.Stdout, cmd.Stderr = w, &stderr
	err = cmd.Run()
	w.Close()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != statusFailed || stderr.Len() > 0 {
		t.Errorf("ended with %v and said %q, want status %d and silence", err, stderr.String(), statusFailed)
	}
}
