package clean

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/line"
)

// How much of a text is cleaned when the time is over: a few milliseconds'
// worth.
const (
	maxBeginning = 256 << 10 // bytes
	maxLines     = 1000
)

// beginning is the part of a text that is cleaned when the time is over: whole
// lines, if there are any.
func beginning(s string) string {
	s = new(line.Memory).Head(s[:min(len(s), 4*maxBeginning)], maxLines)
	if len(s) <= maxBeginning {
		return s
	}
	s = s[:maxBeginning]
	if i := strings.LastIndexByte(s, '\n'); i >= 0 {
		return s[:i+1]
	}
	return strings.ToValidUTF8(s, "")
}

// limitError says what kept a result from being whole: the end of the context, or
// a limit at which the input was cut.
func (c *Cleaner) limitError(ended error, cut bool) error {
	switch {
	case ended != nil:
		return timeError(ended)
	case cut:
		return fmt.Errorf("%w: more than %d", ErrTooMany, c.opt.maxNodes())
	}
	return nil
}

// noPanic turns a panic into an error.
func noPanic(err *error) {
	if fault := recover(); fault != nil {
		*err = faultError(fault)
	}
}

func faultError(fault any) error { return fmt.Errorf("fault in winnow, please report it: %v", fault) }

// timeError marks the error of an ended context.
func timeError(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", ErrTimeout, err)
	}
	return fmt.Errorf("%w: %w", ErrCanceled, err)
}
