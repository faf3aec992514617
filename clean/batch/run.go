package batch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/winnowtext/winnow/clean"
)

const (
	// waiting is how many items per job may be under way, or done and not yet
	// passed on. It bounds memory when one item takes much longer than those after
	// it.
	waiting = 4

	// grace is how long an item may take to notice that its time is up. After
	// that it is left behind: a read from a pipe nobody writes to cannot be
	// stopped.
	grace = time.Second

	// ending is how long a run that ends early waits for what is under way. Cleaning
	// notices within a few milliseconds.
	ending = 100 * time.Millisecond
)

// Options say how a run goes about it. The zero value is fine.
type Options struct {
	// Jobs is how many items are worked on at the same time; 0 means
	// runtime.GOMAXPROCS.
	Jobs int

	// Timeout is the time limit for each item; 0 is none. When it is over, the
	// item's context ends; an item that does not notice is left behind after a
	// second more, with [clean.ErrTimeout].
	Timeout time.Duration

	// Unordered passes outcomes on as they come, and not in the order of the items.
	Unordered bool

	// Drain, once it is closed, ends the run early: no item is begun any more, and
	// those that are get done. Nil is never closed.
	Drain <-chan struct{}
}

// An Outcome is what became of an item.
type Outcome[T any] struct {
	Item *Item
	// Value is what the item was turned into. Beside an error it is a part, or
	// the zero value.
	Value T
	// Err is why the item failed.
	Err error
}

// A PanicError is the error of an item over which the work panicked, or of the one
// in whose place the source did.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Clean returns the work of a run that cleans: it opens an item, and cleans it
// as its Input says. What c returns beside an error, a part, is passed on.
func Clean(c *clean.Cleaner) func(context.Context, *Item) (*clean.Result, error) {
	return func(ctx context.Context, item *Item) (*clean.Result, error) {
		body, err := item.Open()
		if err != nil {
			return &clean.Result{}, err
		}
		defer body.Close()
		in := item.Input
		in.Body = body
		return c.Clean(ctx, in)
	}
}

// All cleans inputs, several at a time, and yields for each, in their order, its result
// and why it failed, if it did: Run for programs that have inputs and no files. The
// result is never nil; beside an error it is a part, or empty. When ctx ends, so does the
// loop: the last it yields is an empty result and the error of ctx. Options.Unordered
// is not looked at.
func All(ctx context.Context, c *clean.Cleaner, inputs iter.Seq[clean.Input], o Options) iter.Seq2[*clean.Result, error] {
	o.Unordered = false
	items := func(yield func(*Item) bool) {
		n := 0
		for in := range inputs {
			n++
			body := in.Body
			if body == nil {
				body = bytes.NewReader(nil)
			}
			item := Reader(nameOf(n), body)
			item.Input = in
			if !yield(item) {
				return
			}
		}
	}
	return func(yield func(*clean.Result, error) bool) {
		for out, err := range Run(ctx, items, o, Clean(c)) {
			res := &clean.Result{}
			if err == nil {
				err = out.Err
				if out.Value != nil { // none when it was left behind
					res = out.Value
				}
			}
			if !yield(res, err) {
				return
			}
		}
	}
}

// Run does the work on each item, on several at a time, and yields the outcomes
// in the order of the items, unless Options.Unordered is set. An item that fails is an outcome with an error; a
// panic of do is one of these as well. So is an item that is nil, and a panic of
// the source, which ends it: their outcomes have an Item that says which it was.
//
// When ctx ends, so does the loop: the last it yields is no outcome but the error
// of ctx, and what was under way is neither done nor failed. Work that does not
// notice the end of its context is left behind. So it is when the loop is left
// early. Items are asked for in a goroutine of its own, which has ended with the
// loop unless it is stuck.
func Run[T any](ctx context.Context, items iter.Seq[*Item], o Options, do func(context.Context, *Item) (T, error)) iter.Seq2[*Outcome[T], error] {
	return func(yield func(*Outcome[T], error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		p := newPool(o, do)
		end := sync.OnceFunc(func() { // what is stuck is waited for only once
			cancel()
			p.wait()
		})
		defer end()
		if o.Drain != nil {
			items = p.until(ctx, items, o.Drain)
		}
		p.group.Go(func() { p.feed(ctx, items) })
		for {
			out, err := p.next(ctx)
			if err != nil {
				end()
				yield(nil, err)
				return
			}
			if out == nil || !yield(out, nil) {
				return
			}
		}
	}
}

// A pool is the workers of a run and the way of items through them.
type pool[T any] struct {
	do      func(context.Context, *Item) (T, error)
	jobs    int
	timeout time.Duration

	todo  chan job[T]
	queue chan chan *Outcome[T] // of the items that were begun, in order
	any   chan *Outcome[T]      // the only one in the queue, where order does not count
	whole bool                  // all items are in the queue; valid once it is closed
	cut   bool                  // until left the rest of the source to itself
	group sync.WaitGroup
}

type job[T any] struct {
	item *Item
	out  chan *Outcome[T]
}

func newPool[T any](o Options, do func(context.Context, *Item) (T, error)) *pool[T] {
	jobs := o.Jobs
	if jobs < 1 {
		jobs = runtime.GOMAXPROCS(0)
	}
	p := &pool[T]{do: do, jobs: jobs, timeout: o.Timeout, todo: make(chan job[T]), queue: make(chan chan *Outcome[T], waiting*jobs)}
	if o.Unordered {
		// Room for all that can be under way: those in the queue, and at either end one.
		p.any = make(chan *Outcome[T], waiting*jobs+2)
	}
	return p
}

// out returns where the outcome of the next item goes.
func (p *pool[T]) out() chan *Outcome[T] {
	if p.any != nil {
		return p.any
	}
	return make(chan *Outcome[T], 1)
}

// until yields the items up to the end of stop or ctx, for neither of which the
// source has to look. It is asked in a goroutine of its own, which is left behind
// where it is stuck.
func (p *pool[T]) until(ctx context.Context, items iter.Seq[*Item], stop <-chan struct{}) iter.Seq[*Item] {
	return func(yield func(*Item) bool) {
		ch := make(chan *Item)
		var fault any
		go func() {
			defer close(ch)
			defer func() { fault = recover() }()
			for item := range items {
				select {
				case ch <- item:
				case <-stop:
					return
				case <-ctx.Done():
					return
				}
			}
		}()
		for {
			select {
			case <-stop:
				return
			case <-ctx.Done():
				p.cut = true
				return
			case item, more := <-ch:
				if !more {
					if fault != nil {
						panic(fault) // where others of the source are caught
					}
					return
				}
				if !yield(item) {
					return
				}
			}
		}
	}
}

// feed gives the items to workers, of which it starts as many as are needed.
func (p *pool[T]) feed(ctx context.Context, items iter.Seq[*Item]) {
	defer close(p.queue)
	defer close(p.todo)
	workers, n := 0, 0
	defer func() {
		if fault := recover(); fault != nil {
			p.fail(ctx, &Item{Name: nameOf(n + 1), Err: &PanicError{fault, debug.Stack()}})
		}
	}()
	for item := range items {
		n++
		if item == nil {
			item = &Item{Name: nameOf(n), Err: errNil}
		}
		j := job[T]{item, p.out()}
		select {
		case p.queue <- j.out:
		case <-ctx.Done():
			return
		}
		if workers < p.jobs {
			select {
			case p.todo <- j: // one is idle
				continue
			default:
				workers++
				p.group.Go(func() { p.work(ctx) })
			}
		}
		select {
		case p.todo <- j:
		case <-ctx.Done():
			return
		}
	}
	p.whole = !p.cut
}

// fail puts an item that cannot be worked on at the end of the queue, as the last
// of all.
func (p *pool[T]) fail(ctx context.Context, item *Item) {
	if ctx.Err() != nil {
		return // a source may panic because nothing more is wanted
	}
	out := p.out()
	out <- &Outcome[T]{Item: item, Err: item.Err}
	select {
	case p.queue <- out:
		p.whole = true
	case <-ctx.Done():
	}
}

// errNil is why an item fails that is none.
var errNil = errors.New("the source gave nil for an item")

// nameOf is what the nth item is called, from 1 on, where it has no name.
func nameOf(n int) string { return fmt.Sprintf("item %d", n) }

func (p *pool[T]) work(ctx context.Context) {
	for j := range p.todo {
		j.out <- p.one(ctx, j.item)
	}
}

// next returns the next outcome, nil after the last, or the error of ctx when it
// ended before.
func (p *pool[T]) next(ctx context.Context) (*Outcome[T], error) {
	select {
	case out, more := <-p.queue:
		if !more {
			if p.whole {
				return nil, nil
			}
			return nil, ctx.Err()
		}
		select {
		case o := <-out:
			// An item that was cut short by the interruption must not be taken for
			// one that failed.
			return o, ctx.Err()
		case <-ctx.Done():
		}
	case <-ctx.Done():
		select {
		case _, more := <-p.queue:
			if !more && p.whole {
				return nil, nil // there was nothing left to interrupt
			}
		default:
		}
	}
	return nil, ctx.Err()
}

// wait waits for all goroutines but those that are stuck.
func (p *pool[T]) wait() {
	done := make(chan struct{})
	go func() {
		p.group.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(ending):
	}
}

// one is the work on one item, in its time.
func (p *pool[T]) one(ctx context.Context, item *Item) *Outcome[T] {
	if item.Err != nil {
		return &Outcome[T]{Item: item, Err: item.Err}
	}
	if p.timeout <= 0 {
		return p.try(ctx, item)
	}
	ctx, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	done := make(chan *Outcome[T], 1)
	go func() { done <- p.try(ctx, item) }()
	select {
	case o := <-done:
		return o
	case <-ctx.Done():
	}
	select {
	case o := <-done:
		return o
	case <-time.After(grace):
		return &Outcome[T]{Item: item.leftBehind(), Err: fmt.Errorf("%w: %w", clean.ErrTimeout, ctx.Err())}
	}
}

// try does the work. The library does not panic as far as anybody knows. If it
// does, a run over many items must say so about the one and go on with the
// others.
func (p *pool[T]) try(ctx context.Context, item *Item) (o *Outcome[T]) {
	o = &Outcome[T]{Item: item}
	defer func() {
		if fault := recover(); fault != nil {
			o.Err = &PanicError{fault, debug.Stack()}
		}
	}()
	o.Value, o.Err = p.do(ctx, item)
	return o
}
