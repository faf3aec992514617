//go:build unix

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// A served is a winnow that serves.
type served struct {
	cmd    *exec.Cmd
	url    string
	stderr bytes.Buffer
}

func startServe(t *testing.T, args ...string) *served {
	t.Helper()
	s := &served{cmd: exec.Command("winnow", append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)}
	s.cmd.Stderr = &s.stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.cmd.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("%v, %s", err, s.stderr.String())
	}
	s.url = strings.TrimSpace(line)
	return s
}

// end waits for the end and returns the exit status.
func (s *served) end(t *testing.T) int {
	t.Helper()
	err := s.cmd.Wait()
	exit, ok := errors.AsType[*exec.ExitError](err)
	if err != nil && !ok {
		t.Fatal(err)
	}
	if ok {
		return exit.ExitCode()
	}
	return 0
}

// TestServeDrains: on SIGTERM and on an interrupt what was begun is answered to its end,
// and nothing new is taken.
func TestServeDrains(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		s := startServe(t)
		var body bytes.Buffer
		const n = 3000
		for i := range n {
			fmt.Fprintf(&body, `{"id":%d,"text":"Share\nThe ferry number %d left at noon, as it does on Tuesdays."}`+"\n", i, i)
		}
		res, err := http.Post(s.url+"clean", "application/x-ndjson", &body)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(res.Body)
		lines.Buffer(nil, 1<<20)
		got := 0
		for lines.Scan() {
			var row struct {
				ID    int
				Error *string
			}
			if err := json.Unmarshal(lines.Bytes(), &row); err != nil || row.ID != got || row.Error != nil {
				t.Fatalf("line %d is %s, %v", got, lines.Text(), err)
			}
			if got++; got == 1 {
				if err := s.cmd.Process.Signal(sig); err != nil {
					t.Fatal(err)
				}
			}
		}
		res.Body.Close()
		if err := lines.Err(); err != nil || got != n {
			t.Errorf("%s: %d lines, want %d: %v", sig, got, n, err)
		}
		if status := s.end(t); status != 0 || s.stderr.Len() > 0 {
			t.Errorf("%s: exit status %d, %q", sig, status, s.stderr.String())
		}
		if c, err := net.Dial("tcp", strings.TrimSuffix(strings.TrimPrefix(s.url, "http://"), "/")); err == nil {
			c.Close()
			t.Errorf("%s: it still listens", sig)
		}
	}
}

// TestServe: the flags that say how to clean are those of all requests, and names of
// other machines are no names of this one.
func TestServe(t *testing.T) {
	s := startServe(t, "--keep", "share", "--max-bytes", "1000")
	post := func(host, body string) (int, string) {
		t.Helper()
		r, err := http.NewRequest(http.MethodPost, s.url+"clean", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "text/plain")
		r.Host = host
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		data, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(data)
	}
	if status, data := post("localhost", "Share\nThe ferry left at noon, as it does on Tuesdays.\n"); status != 200 || !strings.Contains(data, `"text":"Share\nThe ferry`) {
		t.Errorf("%d %s", status, data)
	}
	if status, data := post("localhost", strings.Repeat("The ferry left. ", 100)); status != 413 {
		t.Errorf("%d %s", status, data)
	}
	if status, data := post("winnow.example.org", "The ferry left."); status != 421 {
		t.Errorf("%d %s", status, data)
	}
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	http.DefaultClient.CloseIdleConnections()
	if status := s.end(t); status != 0 {
		t.Errorf("exit status %d", status)
	}
}
