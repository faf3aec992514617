package batch

import (
	"io"
	"os"
	"path/filepath"
)

// An Output is a place to write to: a stream, or a file that appears under its
// name when it is committed. Its errors are [*WriteError]s with its name.
type Output struct {
	name    string
	w       io.Writer
	device  *os.File     // w, when Create opened it
	pending *replacement // w, when it is a file that is to appear
	root    *os.Root     // of it, when it is closed with it
	done    func()       // called when it appeared
}

// NewOutput returns an Output to w, which is called name in errors. It does not
// close w.
func NewOutput(name string, w io.Writer) *Output { return &Output{name: name, w: w} }

// Create returns an Output to a file, which appears on Commit; until then, and
// after Abort, what was there before is there. A pipe or a device is written to and
// not replaced. A file that is one of the items is refused.
func Create(path string, items ...*Item) (*Output, error) {
	o := &Output{name: path}
	cannot := func(err error) (*Output, error) { return nil, &WriteError{Name: path, Err: err} }
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		if o.device, err = os.OpenFile(path, os.O_WRONLY, 0); err != nil {
			return cannot(err)
		}
		o.w = o.device
		return o, nil
	}
	real := realPath(path)
	for _, item := range items {
		if err == nil && item.File == real {
			return cannot(errInput)
		}
	}
	root, err := os.OpenRoot(filepath.Dir(real))
	if err != nil {
		return cannot(err)
	}
	if o.pending, err = replace(root, filepath.Base(real)); err != nil {
		root.Close()
		return cannot(err)
	}
	o.root = root
	o.w = o.pending
	return o, nil
}

func (o *Output) Write(p []byte) (int, error) {
	n, err := o.w.Write(p)
	return n, o.fatal(err)
}

// Commit makes the file appear. When that fails, it is aborted.
func (o *Output) Commit() error {
	var err error
	if o.pending != nil {
		err = o.pending.commit()
	}
	if err != nil {
		o.Abort()
		return o.fatal(err)
	}
	if o.done != nil {
		o.done()
	}
	o.end()
	return nil
}

// Abort leaves the file as it was before. What went to a stream stays there.
// After Commit it does nothing.
func (o *Output) Abort() {
	if o.pending != nil {
		o.pending.abort()
	}
	o.end()
}

// end closes what is open.
func (o *Output) end() {
	if o.root != nil {
		o.root.Close()
	}
	if o.device != nil {
		o.device.Close()
	}
	o.pending, o.device, o.root = nil, nil, nil
}

func (o *Output) fatal(err error) error {
	if err == nil {
		return nil
	}
	return &WriteError{Name: o.name, Err: err, Fatal: true}
}
