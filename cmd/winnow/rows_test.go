//go:build unix

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/winnowtext/winnow/clean/record"
)

// A coprocess is the command as another program runs it: with pipes, and with
// nothing in its environment.
type coprocess struct {
	t      *testing.T
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr bytes.Buffer
}

func coprocessOf(t *testing.T, args ...string) *coprocess {
	c := &coprocess{t: t, cmd: exec.Command("winnow", append([]string{"--from", "jsonl"}, args...)...)}
	c.cmd.Env = []string{}
	c.cmd.Stderr = &c.stderr
	in, err := c.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.in, c.out = in, bufio.NewReader(out)
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// An answer that does not come must not stop the tests for good.
	hung := time.AfterFunc(time.Minute, func() { c.cmd.Process.Kill() })
	t.Cleanup(func() {
		hung.Stop()
		c.cmd.Process.Kill()
	})
	return c
}

func (c *coprocess) send(line string) {
	c.t.Helper()
	if _, err := io.WriteString(c.in, line); err != nil {
		c.t.Fatal(err)
	}
}

// answer reads a line, which is all of it to every reader.
func (c *coprocess) answer() (fields map[string]any, rec *record.Record) {
	c.t.Helper()
	line, err := c.out.ReadString('\n')
	if err != nil {
		c.t.Fatalf("%q, %v; %s", line, err, &c.stderr)
	}
	line = line[:len(line)-1]
	if strings.ContainsAny(line, "\n\v\f\r\x1c\x1d\x1e\u0085\u2028\u2029") {
		c.t.Errorf("more lines than one to some readers: %q", line)
	}
	if rec, err = record.Decode([]byte(line)); err != nil {
		c.t.Fatalf("%s: %v", line, err)
	}
	if err := json.Unmarshal([]byte(line), &fields); err != nil {
		c.t.Fatal(err)
	}
	return fields, rec
}

// end closes standard input and wants no more answers and an exit status.
func (c *coprocess) end(status int) {
	c.t.Helper()
	c.in.Close()
	if rest, err := io.ReadAll(c.out); len(rest) > 0 || err != nil {
		c.t.Errorf("and %q, %v", rest, err)
	}
	c.wait(status)
}

func (c *coprocess) wait(status int) {
	c.t.Helper()
	got := 0
	err := c.cmd.Wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else if err != nil {
		c.t.Fatal(err)
	}
	if got != status {
		c.t.Errorf("exit status %d, want %d; %s", got, status, &c.stderr)
	}
}

// TestCoprocessAnswersAtOnce: every line is answered while standard input stays
// open, the first as well as one that is no JSON.
func TestCoprocessAnswersAtOnce(t *testing.T) {
	c := coprocessOf(t)
	for i := range 5 {
		c.send(fmt.Sprintf(`{"id":%d,"text":"Advertisement\nThe ferry left at noon."}`+"\n", i))
		if fields, rec := c.answer(); fields["id"] != float64(i) || rec.Error != "" || rec.Result.Text != "The ferry left at noon.\n" {
			t.Fatalf("%v, %+v", fields, rec)
		}
		c.send("{\n")
		if _, rec := c.answer(); !strings.HasPrefix(rec.Error, fmt.Sprintf("row %d: ", 2*i+2)) {
			t.Fatalf("%+v", rec)
		}
	}
	c.end(3)
}

// TestCoprocessLength: a page may follow its line, and is answered as one in it.
func TestCoprocessLength(t *testing.T) {
	const page = "<title>Ferries</title>\n<p>The \"ferry\" left the harbour at noon, an hour late, as it does.</p>\n"
	quoted, err := json.Marshal(page)
	if err != nil {
		t.Fatal(err)
	}
	inLine, behind := coprocessOf(t), coprocessOf(t, "--length-field", "size")
	for _, id := range []string{"1", "2"} {
		inLine.send(`{"id":` + id + `,"html":` + string(quoted) + "}\n")
		want, _ := inLine.answer()
		behind.send(`{"id":` + id + `,"html":null,"size":` + strconv.Itoa(len(page)) + "}\n" + page + "\n")
		got, rec := behind.answer()
		delete(got, "size")
		if !reflect.DeepEqual(got, want) || rec.Result.Title != "Ferries" {
			t.Errorf("%v, want %v", got, want)
		}
	}
	inLine.end(0)
	behind.send(`{"id":3,"html":null,"size":9}` + "\n<p>")
	behind.in.Close()
	if _, rec := behind.answer(); rec.Error != "row 3: after row 2: broken input: the bytes of a row are cut off" {
		t.Errorf("%q", rec.Error)
	}
	behind.wait(3)
}

// TestCoprocessIsQuiet: nobody has to read its standard error.
func TestCoprocessIsQuiet(t *testing.T) {
	c := coprocessOf(t)
	const count = 3000
	go func() {
		for range count {
			io.WriteString(c.in, "{\n")
		}
		c.in.Close()
	}()
	for range count {
		if _, rec := c.answer(); rec.Error == "" {
			t.Fatalf("%+v", rec)
		}
	}
	c.end(3)
	if got := c.stderr.String(); strings.Count(got, "\n") != maxSaid+1 || !strings.HasSuffix(got, "\nwinnow: and 2990 more rows failed\n") {
		t.Errorf("said %q", got)
	}
}

// TestCoprocessBeginnings: a line is answered whatever it begins like.
func TestCoprocessBeginnings(t *testing.T) {
	for _, line := range []string{"(", "\x1f", "\x1f\x8c", "\xef", "\xef\xbb", "\xef\xbb\xbf", "\x28\xb5", "<", "W", "\xff", ""} {
		c := coprocessOf(t, "--timeout", "1ms")
		time.Sleep(20 * time.Millisecond) // a caller may take its time
		c.send(line + "\n")
		if _, rec := c.answer(); !strings.HasPrefix(rec.Error, "row 1: ") {
			t.Errorf("%q: %+v", line, rec)
		}
		c.end(3)
	}
}

// TestCoprocessEnds: with its input, and well where nothing went wrong.
func TestCoprocessEnds(t *testing.T) {
	c := coprocessOf(t)
	c.end(0)
	c = coprocessOf(t)
	c.send(`{"text":"The ferry left at noon."}`) // the last line may lack its end
	c.in.Close()
	if _, rec := c.answer(); rec.Error != "" {
		t.Errorf("%+v", rec)
	}
	c.end(0)
	if got := c.stderr.String(); got != "" {
		t.Errorf("said %q", got)
	}
}

// TestCoprocessOrder: a line for each line, in order, whatever is in it.
func TestCoprocessOrder(t *testing.T) {
	c := coprocessOf(t, "--max-bytes", "10000", "-j", "8")
	bad := map[int]string{
		7: "", 8: "[1]", 9: `"text"`, 19: `{"id":19,"text":"` + strings.Repeat("x", 50000) + `"}`,
		20: `{"id":20,"text":"` + strings.Repeat("x", 10001) + `"}`, 21: `{"id":21}`, 22: `{"id":22,"text":[7]}`, 50: `{"id":50,"text":"`, 51: "\x00\xff",
	}
	const count = 300
	go func() {
		for i := range count {
			line, ok := bad[i]
			if !ok {
				line = fmt.Sprintf(`{"id":%d,"text":"%s The ferry left."}`, i, strings.Repeat("Long ago it was. ", (i*7919)%500))
			}
			io.WriteString(c.in, line+"\n")
		}
		c.in.Close()
	}()
	for i := range count {
		fields, rec := c.answer()
		if _, wrong := bad[i]; !wrong {
			if fields["id"] != float64(i) || rec.Error != "" {
				t.Fatalf("line %d: %v", i, fields)
			}
		} else if !strings.HasPrefix(rec.Error, fmt.Sprintf("row %d: ", i+1)) {
			t.Errorf("line %d: %v", i, fields)
		}
	}
	c.end(3)
}

// TestCoprocessCannotWrite: a closed pipe, or a full disk, is exit status 1.
func TestCoprocessCannotWrite(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	defer w.Close()
	outputs := []*os.File{w}
	if full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0); err == nil {
		defer full.Close()
		outputs = append(outputs, full)
	}
	for _, out := range outputs {
		cmd := exec.Command("winnow", "--from", "jsonl")
		cmd.Stdin, cmd.Stdout = strings.NewReader(`{"text":"The ferry left."}`+"\n"), out
		var exit *exec.ExitError
		if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
			t.Errorf("%s: %v", out.Name(), err)
		}
	}
}

// TestCoprocessStrings: strings are cleaned as the library cleans them, and what else
// a row holds comes back as it was.
func TestCoprocessStrings(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "strings.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []struct {
		In         json.RawMessage // halves of pairs of surrogates are no characters in Go
		Text, Page string
	}
	if err := json.Unmarshal(data, &all); err != nil || len(all) == 0 {
		t.Fatal(len(all), err)
	}
	c := coprocessOf(t)
	for _, s := range all {
		for field, want := range map[string]string{"text": s.Text, "html": s.Page} {
			c.send(fmt.Sprintf("{%q:%s,\"own\":%s}\n", field, s.In, s.In))
			fields, rec := c.answer()
			var own any
			if err := json.Unmarshal(s.In, &own); err != nil {
				t.Fatal(err)
			}
			if rec.Error != "" || rec.Result.Text != want || fields["own"] != own {
				t.Errorf("%s %s: %v, want %q", field, s.In, fields, want)
			}
		}
	}
	// What is escaped already stays so: it is what other programs can read halves of
	// pairs of surrogates from.
	c.send(`{"text":"low tide","own":"\ud800\u0000"}` + "\n")
	if line, err := c.out.ReadString('\n'); err != nil || !strings.HasPrefix(line, `{"own":"\ud800\u0000",`) {
		t.Errorf("%s, %v", line, err)
	}
	c.end(0)
}

// TestDocumentedCaller runs the program in docs/coprocess.md as it stands there. (That
// in Python is run by the tests of the Python package.)
func TestDocumentedCaller(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "coprocess.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, program, _ := strings.Cut(string(doc), "```go\n")
	program, _, found := strings.Cut(program, "```\n")
	if !found {
		t.Fatal("no program in it")
	}
	var want strings.Builder
	for line := range strings.Lines(program) {
		if out, ok := strings.CutPrefix(line, "// > "); ok {
			want.WriteString(out)
		}
	}
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, []byte(program), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := exec.Command("go", "run", file).CombinedOutput()
	if err != nil || string(got) != want.String() || want.Len() == 0 {
		t.Errorf("%v\n%swant\n%s", err, got, &want)
	}
}
