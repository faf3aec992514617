package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"time"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/batch"
)

// An outcome is what an input became, as far as it did.
type outcome struct {
	body     []byte        // what is to be written
	res      *clean.Result // of a report ...
	old      *clean.Result // ... and what it was without the user's rules
	size     int64         // bytes read
	took     time.Duration // of a report: how long cleaning took
	verdict  clean.Verdict
	found    bool // there is text
	hit      bool // cleaning changed something
	noRows   bool // it is the place of the rows of a table that has none
	warnings []string
	tally    tally
}

// lack says, of an outcome without text, why there is none.
func (o *outcome) lack() string {
	if o.size == 0 {
		return "empty file"
	}
	return fmt.Sprintf("no text found (verdict %s)", o.verdict)
}

// Why a run ended early: at once, or after what was under way was done.
var (
	errInterrupted = errors.New("interrupted")
	errDrained     = fmt.Errorf("%w: what was begun is done", errInterrupted)
)

// run does the work on the inputs, several at a time, and passes what became of
// them to done in their order. It ends early when done returns an error or ctx is
// cancelled. An outcome is always there; err is why an input failed.
func (c *cleaner) run(ctx context.Context, inputs iter.Seq[*batch.Item], do func(context.Context, *batch.Item) (*outcome, error),
	done func(in *batch.Item, o *outcome, err error) error) error {
	opt := batch.Options{Jobs: c.set.jobs, Timeout: c.set.timeout, Unordered: !c.set.ordered, Drain: c.set.drain}
	for o, err := range batch.Run(ctx, inputs, opt, do) {
		if err != nil {
			return errInterrupted
		}
		if o.Value == nil {
			o.Value = &outcome{}
		}
		if o.Value.noRows = errors.Is(o.Err, batch.ErrNoRows); !o.Value.noRows && o.Err != nil && o.Value.body == nil {
			o.Value.body = c.render(o.Item, nil, o.Err)
		}
		if err := done(o.Item, o.Value, o.Err); err != nil {
			return err
		}
	}
	select {
	case <-c.set.drain:
		return errDrained
	default:
	}
	return nil
}

// cleaner turns inputs into outcomes. It is safe for several goroutines.
type cleaner struct {
	set     *settings
	cleaner *clean.Cleaner
}

func (c *cleaner) clean(ctx context.Context, item *batch.Item) (*outcome, error) {
	f, err := item.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()

	// What the file held is needed only to compare it with what came out.
	raw := &original{r: f, keep: c.set.check || c.set.view == viewDiff}
	in := item.Input
	in.Body = raw
	if item.Row == nil {
		in.Format, in.Name = c.set.from, item.Name
	}
	in.Fragment = in.Fragment || c.set.fragment
	if in.URL == nil {
		in.URL = c.set.page
	}
	if c.set.options.Memory != nil {
		in.Site = originOf(item, &in)
	}
	begun := time.Now()
	res, err := c.cleaner.Clean(ctx, in)
	took := time.Since(begun)
	if err != nil {
		o := &outcome{size: raw.size, took: took}
		if res.Verdict != "" { // a part of it
			o.body, o.res = c.render(item, res, err), res
		}
		return o, err
	}
	o := &outcome{
		size:    raw.size,
		took:    took,
		verdict: res.Verdict,
		found:   res.Text != "",
	}
	if c.set.stats {
		o.tally = count(res)
	}
	if item.Row == nil {
		o.warnings = res.Warnings
	}
	if c.set.check && res.Format != clean.FromText {
		return o, errCheckPage
	}
	var before []byte
	if raw.keep {
		before = raw.data.Bytes()
		flat := raw.isText() && res.Format == clean.FromText
		if !flat {
			before = []byte(res.Original)
		}
		o.hit = removed(res) || flat && !bytes.Equal(before, []byte(res.Text))
	}
	switch c.set.view {
	case viewNames:
		if o.hit {
			o.body = checkLines(item.Name, res, before)
		}
	case viewReport:
		o.res = res
	case viewDiff:
		o.body = diff(item.Name, before, []byte(res.Text))
	default:
		o.body = c.render(item, res, nil)
	}
	return o, nil
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

// isText reports whether the bytes can stand in a diff as they are.
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
	if fault, ok := errors.AsType[*batch.PanicError](err); ok {
		return fmt.Sprintf("fault in winnow, please report it: %v", fault.Value)
	}
	var field *batch.FieldError
	switch {
	case errors.Is(err, clean.ErrTooMany):
		return "only its beginning was read: " + err.Error()
	case errors.Is(err, clean.ErrTooLarge):
		return fmt.Sprintf("larger than %s (--max-bytes)", c.set.maxBytes)
	case errors.Is(err, clean.ErrTimeout), errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("not done after %s (--timeout)", c.set.timeout)
	case errors.As(err, &field):
		return field.Error() + hint(field)
	case errors.Is(err, clean.ErrNotText):
		return "binary data, neither HTML nor text"
	}
	return reason(err)
}

// hint says what to do about a file with many texts of which none was named.
func hint(err *batch.FieldError) string {
	switch {
	case err.Field != "" && err.Kind == batch.Page:
		return "; say what it is: --from csv or --from jsonl"
	case err.Field != "":
		return ""
	case err.Kind == batch.Mail:
		return "; --from text cleans it as it is"
	}
	return fmt.Sprintf("; name it: --from %s --field NAME (--from text cleans all of it as one text)", err.Kind)
}

// reason leaves the file's name, which every message begins with, out of the
// errors of the os package.
func reason(err error) string {
	if place, ok := errors.AsType[*batch.WriteError](err); ok {
		return place.Error() // another file, which it names
	}
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err.Error()
	}
	return err.Error()
}
