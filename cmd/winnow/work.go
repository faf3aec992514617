package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean"
)

var errInterrupted = errors.New("interrupted")

// waiting is how many inputs per job may be under way or done and not yet
// written. It bounds memory when one input takes much longer than those after
// it.
const waiting = 4

// grace is how long a call may take to notice that its time is up. After that
// it is left behind: a read from a pipe nobody writes to cannot be stopped.
const grace = time.Second

// An outcome is what became of one input.
type outcome struct {
	in      input
	body    []byte        // what is to be written
	res     *clean.Result // of a report ...
	old     *clean.Result // ... and what it was without the user's rules
	err     error
	size    int64 // bytes read
	verdict clean.Verdict
	found   bool // there is text
	hit     bool // cleaning changed something
	tally   tally
}

// lack says, of an outcome without text, why there is none.
func (o *outcome) lack() string {
	if o.size == 0 {
		return "empty file"
	}
	return fmt.Sprintf("no text found (verdict %s)", o.verdict)
}

// work runs do over the inputs, several at a time, and passes the outcomes to
// done one by one in the order of the inputs. It ends early when done returns an
// error or ctx is cancelled.
func work(ctx context.Context, jobs int, inputs []input,
	do func(context.Context, input) *outcome, done func(*outcome) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	type job struct {
		in  input
		out chan *outcome
	}
	todo := make(chan job)
	queue := make(chan chan *outcome, waiting*jobs)
	for range min(jobs, len(inputs)) {
		go func() {
			for j := range todo {
				j.out <- do(ctx, j.in)
			}
		}()
	}
	go func() {
		defer close(queue)
		defer close(todo)
		for _, in := range inputs {
			j := job{in, make(chan *outcome, 1)}
			select {
			case queue <- j.out:
			case <-ctx.Done():
				return
			}
			select {
			case todo <- j:
			case <-ctx.Done():
				return
			}
		}
	}()
	for range inputs {
		select {
		case <-ctx.Done():
			return errInterrupted
		case out, ok := <-queue:
			if !ok {
				return errInterrupted
			}
			select {
			case <-ctx.Done():
				return errInterrupted
			case o := <-out:
				// An input that was cut short by the interruption must
				// not be taken for one that failed.
				if ctx.Err() != nil {
					return errInterrupted
				}
				if err := done(o); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// cleaner turns inputs into outcomes. It is safe for several goroutines.
type cleaner struct {
	set     *settings
	cleaner *clean.Cleaner
	all     *clean.Cleaner // the same with nothing dropped, for --diff
}

func (c *cleaner) clean(ctx context.Context, in input) *outcome {
	if in.err != nil {
		return c.fail(in, in.err)
	}
	if c.set.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.set.timeout)
		defer cancel()
	}
	done := make(chan *outcome, 1)
	go func() { done <- c.read(ctx, in) }()
	select {
	case o := <-done:
		return o
	case <-ctx.Done():
	}
	select {
	case o := <-done:
		return o
	case <-time.After(grace):
		return c.fail(in, clean.ErrTimeout)
	}
}

func (c *cleaner) fail(in input, err error) *outcome {
	return &outcome{in: in, err: err, body: c.render(in, nil, err)}
}

func (c *cleaner) read(ctx context.Context, in input) (o *outcome) {
	// The library does not panic as far as anybody knows. If it does, a run
	// over many files must say so about the one and go on with the others.
	defer func() {
		if p := recover(); p != nil {
			o = c.fail(in, fmt.Errorf("fault in winnow, please report it: %v", p))
		}
	}()
	f, err := in.open()
	if err != nil {
		return c.fail(in, err)
	}
	defer f.Close()

	// What the file held is needed only to compare it with what came out.
	raw := &original{r: f, keep: c.set.check || c.set.view == viewDiff}
	res, err := c.cleaner.Clean(ctx, clean.Input{Body: raw, Format: c.set.from, URL: c.set.page})
	if err != nil {
		o := c.fail(in, err)
		o.size = raw.size
		if res != nil { // a part of it
			o.body, o.res = c.render(in, res, err), res
		}
		return o
	}
	o = &outcome{
		in:      in,
		size:    raw.size,
		verdict: res.Verdict,
		found:   res.Text != "",
		tally:   count(res),
	}
	var before []byte
	if raw.keep {
		flat := raw.isText() && res.Format == clean.FromText
		if flat {
			before = raw.data.Bytes()
		}
		o.hit = removed(res) || flat && !bytes.Equal(before, []byte(res.Text))
		if !flat && c.set.view == viewDiff {
			full, err := c.all.Clean(ctx, clean.Input{Body: bytes.NewReader(raw.data.Bytes()), Format: c.set.from, URL: c.set.page})
			if err != nil {
				return c.fail(in, err)
			}
			before = []byte(full.Text)
		}
	}
	switch c.set.view {
	case viewNames:
		if o.hit {
			o.body = []byte(escape(in.name) + "\n")
		}
	case viewReport:
		o.res = res
	case viewDiff:
		o.body = diff(in.name, before, []byte(res.Text))
	default:
		o.body = c.render(in, res, nil)
	}
	return o
}

// original counts what is read and keeps it if asked to.
type original struct {
	r    io.Reader
	keep bool
	data bytes.Buffer
	size int64
}

func (o *original) Read(p []byte) (int, error) {
	n, err := o.r.Read(p)
	o.size += int64(n)
	if o.keep {
		o.data.Write(p[:n])
	}
	return n, err
}

// isText tells whether the bytes can stand in a diff as they are.
func (o *original) isText() bool {
	b := o.data.Bytes()
	return utf8.Valid(b) && bytes.IndexByte(b, 0) < 0
}

func removed(res *clean.Result) bool {
	for _, d := range res.Decisions {
		if !d.Kept {
			return true
		}
	}
	return false
}

// reason says why an input failed, in one line and without its name.
func (c *cleaner) reason(err error) string {
	switch {
	case errors.Is(err, clean.ErrTooMany):
		return "only its beginning was read: " + err.Error()
	case errors.Is(err, clean.ErrTooLarge):
		return fmt.Sprintf("larger than %s (--max-bytes)", c.set.maxBytes)
	case errors.Is(err, clean.ErrTimeout), errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("not done after %s (--timeout)", c.set.timeout)
	case errors.Is(err, clean.ErrNotText):
		return "binary data, neither HTML nor text"
	}
	return reason(err)
}

// reason leaves the file's name, which every message begins with, out of the
// errors of the os package.
func reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
