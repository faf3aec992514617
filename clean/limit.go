package clean

import (
	"context"
	"errors"
	"fmt"
	"net/url"
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
	s = line.Head(context.Background(), s, maxLines)
	if len(s) <= maxBeginning {
		return s
	}
	s = s[:maxBeginning]
	if i := strings.LastIndexByte(s, '\n'); i >= 0 {
		return s[:i+1]
	}
	return strings.ToValidUTF8(s, "")
}

// limitError says what kept a result from being whole: the end of ctx, which
// makes it short, or a limit, at which it was cut.
func (c *Cleaner) limitError(ctx context.Context, short, cut bool) error {
	switch {
	case short:
		return timeError(ctx.Err())
	case cut:
		return fmt.Errorf("%w: more than %d", ErrTooMany, c.opt.maxNodes())
	}
	return nil
}

// noPanic turns a panic into an error: a fault in this library must not end a
// program that cleans a million pages.
func noPanic(err *error) {
	if fault := recover(); fault != nil {
		*err = fmt.Errorf("fault in winnow, please report it: %v", fault)
	}
}

// timeError marks the errors of an ended context.
func timeError(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", ErrTimeout, err)
	}
	return err
}

// host is the page's host name, which rules may be limited to.
func host(page *url.URL) string {
	if page == nil {
		return ""
	}
	return page.Hostname()
}
