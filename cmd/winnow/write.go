package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// A sink takes what is to be written, input by input.
type sink interface {
	// write takes the outcome of an input. A *writeError means that the sink
	// is of no use any more, other errors concern this input.
	write(*outcome) error
	// commit makes what was written last; abort undoes what it can.
	commit() error
	abort()
}

// A writeError ends the run.
type writeError struct {
	name string
	err  error
}

func (e *writeError) Error() string { return cannotWrite(e.name, e.err).Error() }
func (e *writeError) Unwrap() error { return e.err }

var errInput = errors.New("it is one of the inputs")

func cannotWrite(name string, err error) error {
	return fmt.Errorf("cannot write %s: %s", name, reason(err))
}

// outputFolder tells whether output names a folder, see the help text.
func outputFolder(output string, args []string) bool {
	if output == "" {
		return false
	}
	if isDir(output) || os.IsPathSeparator(output[len(output)-1]) {
		return true
	}
	return filepath.Ext(output) == "" && slices.ContainsFunc(args, isDir) && !exists(output)
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// openSink checks that the outputs can be written before any work is done.
func openSink(set *settings, inputs []input, folder bool, stdout io.Writer) (sink, error) {
	s := &stream{w: stdout, name: "standard output", layout: layoutOf(set, len(inputs))}
	switch {
	case folder:
		return openTree(set, inputs)
	case set.output != "":
		return s, s.open(set.output, inputs)
	}
	return s, nil
}

// A layout is how the outputs of several inputs stand in one stream.
type layout uint8

const (
	plain   layout = iota // one after the other
	headed                // each below a line with its name
	arrayed               // as elements of a JSON array
)

func layoutOf(set *settings, inputs int) layout {
	switch {
	case inputs < 2, set.format == formatJSONL, set.view == viewDiff, set.view == viewNames:
		return plain
	case set.format == formatJSON:
		return arrayed
	}
	return headed
}

// A stream is standard output, or a file that takes its place.
type stream struct {
	w       io.Writer
	name    string
	layout  layout
	n       int // outputs so far
	pending *replacement
}

// open sets the stream to a file that appears under its name on commit.
func (s *stream) open(path string, inputs []input) error {
	s.name = path
	cannot := func(err error) error { return cannotWrite(path, err) }
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		// A pipe or a device, such as /dev/null, must not be replaced.
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return cannot(err)
		}
		s.w = f
		return nil
	}
	real := realPath(path)
	for _, in := range inputs {
		if err == nil && in.real == real {
			return cannot(errInput)
		}
	}
	root, err := os.OpenRoot(filepath.Dir(real))
	if err != nil {
		return cannot(err)
	}
	if s.pending, err = replace(root, filepath.Base(real)); err != nil {
		root.Close()
		return cannot(err)
	}
	s.w = s.pending
	return nil
}

func (s *stream) write(o *outcome) error {
	body := o.body
	switch s.layout {
	case headed:
		head := fmt.Sprintf("==> %s <==\n", escape(o.in.name))
		if s.n > 0 {
			head = "\n" + head
		}
		body = append([]byte(head), body...)
	case arrayed:
		sep := "[\n"
		if s.n > 0 {
			sep = ",\n"
		}
		body = append([]byte(sep), bytes.TrimSuffix(body, []byte("\n"))...)
	}
	s.n++
	return s.put(body)
}

func (s *stream) put(body []byte) error {
	// One call each: what is written before an interruption is whole.
	if _, err := s.w.Write(body); err != nil {
		return &writeError{s.name, err}
	}
	return nil
}

func (s *stream) commit() error {
	if err := s.end(); err != nil {
		s.abort()
		return err
	}
	if s.pending == nil {
		return nil
	}
	if err := s.pending.commit(); err != nil {
		s.abort()
		return &writeError{s.name, err}
	}
	return nil
}

// end closes the array.
func (s *stream) end() error {
	if s.layout != arrayed {
		return nil
	}
	if s.n == 0 {
		return s.put([]byte("[]\n"))
	}
	return s.put([]byte("\n]\n"))
}

func (s *stream) abort() {
	if s.pending != nil {
		s.pending.abort()
	}
}

// A tree is an output folder with a file for each input.
type tree struct {
	dir  string
	root *os.Root // keeps outputs inside, whatever the inputs or links in it are called
	ext  string
}

func openTree(set *settings, inputs []input) (*tree, error) {
	t := &tree{dir: set.output, ext: extension(set)}
	cannot := func(err error) error { return cannotWrite(set.output, err) }
	if err := t.check(inputs); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(set.output, dirPerm); err != nil {
		return nil, cannot(err)
	}
	var err error
	if t.root, err = os.OpenRoot(set.output); err != nil {
		return nil, cannot(err)
	}
	probe, err := replace(t.root, "probe")
	if err != nil {
		return nil, cannot(err)
	}
	probe.abort()
	return t, nil
}

func extension(set *settings) string {
	switch {
	case set.view == viewExplain:
		return ".explain"
	case set.view == viewDiff:
		return ".diff"
	case set.format == formatText:
		return ".txt"
	}
	return "." + set.format
}

// path is where the output of an input goes, relative to the folder.
func (t *tree) path(in input) string {
	name, _ := stem(in.rel)
	return name + t.ext
}

// check refuses outputs that would replace each other or an input.
func (t *tree) check(inputs []input) error {
	sources := map[string]bool{}
	for _, in := range inputs {
		sources[in.real] = true
	}
	base := realPath(t.dir)
	from := map[string]string{}
	for _, in := range inputs {
		if in.err != nil {
			continue
		}
		path := t.path(in)
		if other, taken := from[path]; taken {
			return t.cannot(path, fmt.Errorf("both %s and %s would go there", other, in.name))
		}
		from[path] = in.name
		if sources[filepath.Join(base, path)] {
			return t.cannot(path, errInput)
		}
	}
	return nil
}

// resume returns the inputs that are still to be done: whose output is missing
// or older than they are. It removes what a process that was killed left half
// written.
func (t *tree) resume(inputs []input) []input {
	// What cannot be looked at or removed hinders nobody.
	_ = fs.WalkDir(t.root.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && orphaned(d.Name()) {
			_ = t.root.Remove(filepath.FromSlash(path))
		}
		return nil
	})
	return slices.DeleteFunc(slices.Clone(inputs), func(in input) bool {
		if in.err != nil || in.real == "" {
			return false
		}
		out, err := t.root.Stat(t.path(in))
		if err != nil || !out.Mode().IsRegular() {
			return false
		}
		from, err := os.Stat(in.real)
		return err == nil && from.Mode().IsRegular() && !out.ModTime().Before(from.ModTime())
	})
}

func (t *tree) write(o *outcome) error {
	if o.err != nil {
		return nil // no file for what failed
	}
	path := t.path(o.in)
	if err := t.root.MkdirAll(filepath.Dir(path), dirPerm); err != nil {
		return t.cannot(path, err)
	}
	f, err := replace(t.root, path)
	if err != nil {
		return t.cannot(path, err)
	}
	_, err = f.Write(o.body)
	if err == nil {
		err = f.commit()
	}
	if err != nil {
		f.abort()
		return t.cannot(path, err)
	}
	return nil
}

func (t *tree) cannot(path string, err error) error {
	return cannotWrite(filepath.Join(t.dir, path), err)
}

func (t *tree) commit() error { return t.root.Close() }
func (t *tree) abort()        { t.root.Close() }
