// Package work ends the work on one input when its context does.
//
// All that is done for an input shares a [Clock]. Loops tell it what they do;
// now and then it looks at the context, and when that has ended, it leaves the
// loops at once, whatever they stand in, by a panic that [Catch] takes where
// somebody can make use of what was found so far. Nothing in between asks
// whether it was stopped.
package work

import "context"

// A Clock looks at a context once in a while. The zero value and a nil Clock
// never end anything. A Clock serves one goroutine.
type Clock struct {
	ctx  context.Context
	left int   // units of work up to the next look
	err  error // the context's, once it was seen
}

// Units of work; one takes about a nanosecond.
const (
	// everyUnits is how much is done between two looks.
	everyUnits = 1 << 20
	// stepUnits is what a step of a loop counts that does little more than to
	// look at a line or an element: a look comes every 256 steps.
	stepUnits = 1 << 12
	// byteUnits is what it takes to look at a byte.
	byteUnits = 4
	// graceUnits is what may still be done, after the end, by each of those who
	// were told: to close what is open, to read the beginning.
	graceUnits = 1 << 22
)

// Start begins the work of an input that ends with ctx.
func (c *Clock) Start(ctx context.Context) { *c = Clock{ctx: ctx, left: everyUnits} }

// Stop lets nothing be ended from here on. Err stays what it was.
func (c *Clock) Stop() {
	if c != nil {
		c.ctx, c.left = nil, everyUnits
	}
}

// Err is the error of the context if its end was noticed, else nil.
func (c *Clock) Err() error {
	if c == nil {
		return nil
	}
	return c.err
}

// Step notes a step of a loop that takes a few microseconds at most.
func (c *Clock) Step() { c.Spend(stepUnits) }

// Read notes that n bytes were looked at.
func (c *Clock) Read(n int) { c.Spend(n * byteUnits) }

// Spend notes work of so many units, each about a nanosecond.
func (c *Clock) Spend(units int) {
	if c == nil {
		return
	}
	if c.left -= units; c.left < 0 {
		c.look()
	}
}

// Look looks at the context now: before something that takes long and cannot be
// ended in between.
func (c *Clock) Look() {
	if c == nil {
		return
	}
	if c.err == nil {
		c.left = 0
	}
	c.Spend(1)
}

func (c *Clock) look() {
	if c.ctx == nil {
		c.left = everyUnits
		return
	}
	if c.err == nil {
		if c.err = c.ctx.Err(); c.err == nil {
			c.left = everyUnits
			return
		}
	}
	c.left = graceUnits
	panic(ended{c.err})
}

// ended is the panic by which loops are left.
type ended struct{ error }

// Ended is the error of the context if fault, which recover returned, is the panic
// by which loops are left, else nil.
func Ended(fault any) error {
	if e, ok := fault.(ended); ok {
		return e.error
	}
	return nil
}

// Catch is deferred where work that was ended is taken up again. It sets *err to
// the error of the context then, and lets other panics pass. What is deferred
// between here and the loop has been done.
func Catch(err *error) {
	fault := recover()
	if fault == nil {
		return
	}
	if *err = Ended(fault); *err == nil {
		panic(fault)
	}
}
