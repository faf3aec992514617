//go:build unix

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// manyRows is a file of JSON Lines that takes some time.
func manyRows(t *testing.T, rows int) string {
	t.Helper()
	var b bytes.Buffer
	for i := range rows {
		fmt.Fprintf(&b, `{"id":%d,"text":"Advertisement\\n%s"}`+"\n", i, strings.Repeat(fmt.Sprintf("The boat number %d was late again, as it is every Tuesday in autumn.\\n", i), 20))
	}
	name := filepath.Join(t.TempDir(), "rows.jsonl")
	if err := os.WriteFile(name, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

// A shard that is killed leaves no half file, and a second run ends as if nothing had
// happened; what is finished is not done again.
func TestKilledShards(t *testing.T) {
	rows := manyRows(t, 1500)
	quiet, killed := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "out")
	winnow := func(dir string, i int) *exec.Cmd {
		return exec.Command("winnow", "--from", "jsonl", "-o", dir+"/", "--shard", fmt.Sprintf("%d/3", i), rows)
	}
	kills := 0
	for i := 1; i <= 3; i++ {
		if out, err := winnow(quiet, i).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		cmd := winnow(killed, i)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
			if half, _ := filepath.Glob(filepath.Join(killed, ".winnow-*")); len(half) > 0 {
				if info, err := os.Stat(half[0]); err == nil && info.Size() > 0 {
					break
				}
			}
		}
		cmd.Process.Kill()
		if err := cmd.Wait(); err == nil {
			t.Fatal("it was done before it was killed")
		}
		if done, _ := filepath.Glob(filepath.Join(killed, fmt.Sprintf("part-%d-*", i))); len(done) > 0 {
			t.Fatalf("%s is there", done)
		}
		kills++
		if out, err := winnow(killed, i).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if out, err := winnow(killed, i).CombinedOutput(); err != nil || !strings.Contains(string(out), "is there already") {
			t.Errorf("%v: %s", err, out)
		}
	}
	want, got := allOf(t, quiet), allOf(t, killed)
	if got != want || strings.Count(got, "\n") != 1500+3 || !strings.Contains(got, "part-3-of-3.jsonl\n") {
		t.Errorf("%d bytes, want the %d of an undisturbed run", len(got), len(want))
	}
}

// allOf are the names and contents of all files of a folder.
func allOf(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(e.Name() + "\n" + string(data))
	}
	return b.String()
}

// Asked to end, a run begins no more rows and writes those it has begun, whole.
func TestDrain(t *testing.T) {
	cmd := exec.Command("winnow", "--from", "jsonl")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	out := bufio.NewReader(stdout)
	for i := range 3 {
		fmt.Fprintf(stdin, `{"id":%d,"text":"The boat was late again, as it is every Tuesday."}`+"\n", i)
		line, err := out.ReadString('\n') // while standard input is open
		if err != nil || !strings.HasPrefix(line, fmt.Sprintf(`{"id":%d,"error":null,`, i)) {
			t.Fatalf("%q, %v", line, err)
		}
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(out)
	if err != nil || len(rest) > 0 {
		t.Errorf("%q, %v", rest, err)
	}
	err = cmd.Wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 130 || stderr.String() != "winnow: interrupted: what was begun is done\n" {
		t.Errorf("%v, and %q", err, &stderr)
	}
}
