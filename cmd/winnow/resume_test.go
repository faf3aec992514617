//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// many makes a folder of so many pages and texts in sub-folders.
func many(t *testing.T, dir string, n int) {
	t.Helper()
	for i := range n {
		name := filepath.Join(dir, fmt.Sprintf("%d", i%7), fmt.Sprintf("page%d.html", i))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		fmt.Fprintf(&b, "<title>Boat %d</title><article><p>Boat number %d came in at noon, and it left again before it was dark, as it does on each day of the week.</p>", i, i)
		for k := range 40 {
			fmt.Fprintf(&b, "<p>Its captain, who had seen %d winters, said that the %dth would be as cold as the one before, and that nobody on board was afraid of it.</p>", i, k)
		}
		if err := os.WriteFile(name, []byte(b.String()+"</article>"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// contents are the files below dir, hidden ones as well but for the journal.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == doneName {
			return err
		}
		b, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		files[rel] = string(b)
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return files
}

// A run that is killed again and again leaves whole files only, and what
// --resume adds makes it equal to one that was never disturbed.
func TestResume(t *testing.T) {
	if testing.Short() {
		t.Skip("not with -short: hundreds of pages, and kill after kill")
	}
	dir := t.TempDir()
	in, want, out := filepath.Join(dir, "in"), filepath.Join(dir, "want"), filepath.Join(dir, "out")
	const pages = 300
	many(t, in, pages)
	if b, err := exec.Command("winnow", "-o", want+"/", in).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, b)
	}
	whole := contents(t, want)
	if len(whole) != pages {
		t.Fatalf("%d outputs of %d pages", len(whole), pages)
	}
	kills, most := 0, 0
	for round := 0; round < 50; round++ {
		cmd := exec.Command("winnow", "-j", "2", "--resume", "-o", out+"/", in)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// Kill it once it has written some more.
		before := len(contents(t, out))
		done := make(chan error, 1)
		go func() { done <- cmd.Wait() }()
		ended := false
		for !ended && len(contents(t, out)) < before+25+round {
			select {
			case <-done:
				ended = true
			case <-time.After(time.Millisecond):
			}
		}
		if ended {
			break
		}
		if err := cmd.Process.Kill(); errors.Is(err, os.ErrProcessDone) {
			break // it was faster
		} else if err != nil {
			t.Fatal(err)
		}
		<-done
		kills++
		for name, text := range contents(t, out) {
			switch {
			case strings.HasPrefix(filepath.Base(name), ".winnow-"):
			case text != whole[name]:
				t.Fatalf("killed in round %d: %s is not whole", round, name)
			}
		}
		most = max(most, len(contents(t, out)))
	}
	if kills < 2 {
		t.Fatalf("killed %d times only", kills)
	}
	t.Logf("killed %d times, the last with %d of %d files there", kills, most, pages)

	// What is done is not done again.
	old := map[string]time.Time{}
	for name := range contents(t, out) {
		info, err := os.Stat(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		old[name] = info.ModTime()
	}
	var stderr bytes.Buffer
	cmd := exec.Command("winnow", "--resume", "--stats", "-o", out+"/", in)
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	got := contents(t, out)
	for name, text := range whole {
		if got[name] != text {
			t.Errorf("%s differs from that of a run that was not disturbed", name)
		}
	}
	if len(got) != len(whole) {
		t.Errorf("%d files, want %d", len(got), len(whole))
	}
	for name, at := range old {
		if info, err := os.Stat(filepath.Join(out, name)); err == nil && !info.ModTime().Equal(at) {
			t.Errorf("%s was written again", name)
		}
	}

	// An input that changed is done again, one that failed as well.
	later := time.Now().Add(time.Hour)
	changed := filepath.Join(in, "0", "page0.html")
	if err := os.Chtimes(changed, later, later); err != nil {
		t.Fatal(err)
	}
	stderr.Reset()
	cmd = exec.Command("winnow", "--resume", "--stats", "-o", out+"/", in)
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil || !strings.Contains(stderr.String(), fmt.Sprintf("done before     %d", pages-1)) {
		t.Errorf("%v: %s", err, stderr.String())
	}
}

// An input that is gone when its turn comes is reported, and the others are
// done.
func TestVanished(t *testing.T) {
	s := start(t, "dirty.txt", "-j", "1", "-o", "out/", "old.txt")
	if err := os.WriteFile(filepath.Join(s.dir, "late.txt"), []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	s.signal(os.Kill)

	cmd := exec.Command("winnow", "-j", "1", "-o", "out/", "pipe", "late.txt", "dirty.txt")
	cmd.Dir = s.dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// The pipe opens for writing when winnow reads from it.
	pipe, err := os.OpenFile(filepath.Join(s.dir, "pipe"), os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(s.dir, "late.txt")); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(pipe, "The boat came in at noon, and it left again before it was dark.")
	pipe.Close()
	err = cmd.Wait()
	if cmd.ProcessState.ExitCode() != 3 || stderr.String() != "winnow: late.txt: no such file or directory\n" {
		t.Errorf("ended with %v and said %q", err, stderr.String())
	}
	for _, name := range []string{"out/pipe.txt", "out/dirty.txt"} {
		if _, err := os.Stat(filepath.Join(s.dir, name)); err != nil {
			t.Error(err)
		}
	}
}
