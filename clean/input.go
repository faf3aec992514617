package clean

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
)

// contextReader stops reading when the context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
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
