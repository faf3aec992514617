//go:build unix

package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"winnow": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("ESCAPES", "a\x1b[31mb\nc.html")
			// Under the race detector each process would end with a second of sleep.
			env.Setenv("GORACE", "atexit_sleep_ms=0")
			return os.CopyFS(env.WorkDir, os.DirFS(filepath.Join("testdata", "pages")))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status,
			"mkfifo": mkfifo,
			"big":    big,
		},
	})
}

// status runs a program and wants an exit status: status 3 winnow page.html.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N program args...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// mkfifo makes a named pipe: mkfifo name.
func mkfifo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: mkfifo name")
	}
	ts.Check(syscall.Mkfifo(ts.MkAbs(args[0]), 0o600))
}

// big writes a text of at least so many bytes: big name bytes.
func big(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: big name bytes")
	}
	size, err := strconv.Atoi(args[1])
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	line := "The harbour board met again on the day after and came to no other conclusion.\n"
	for n := 0; n < size; n += len(line) {
		_, err := f.WriteString(line)
		ts.Check(err)
	}
	ts.Check(f.Close())
}
