package main

import (
	"errors"

	"github.com/winnowtext/winnow/clean/batch"
)

// What programs rely on that send rows by --from jsonl and wait for answers; they read
// docs/coprocess.md.

// answers reports whether what became of an item, an error as well, stands in a line
// of its own among those of other rows.
func (set *settings) answers(item *batch.Item) bool {
	return item.Row != nil && set.formatOf(item) == formatJSONL
}

// An unwritten is why a run over --from jsonl ended whose answers cannot be written.
type unwritten struct{ error }

func (e unwritten) Unwrap() error { return e.error }

func isUnwritten(err error) bool {
	_, ok := errors.AsType[unwritten](err)
	return ok
}

// unwritten marks the error of an output.
func (set *settings) unwritten(err error) error {
	if err == nil || set.split.Kind != batch.JSONL {
		return err
	}
	return unwritten{err}
}
