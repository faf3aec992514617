package main

import (
	"errors"
	"io"

	"github.com/winnowtext/winnow/clean/batch"
)

// collect lists the inputs that args name, in order; "-" is standard input. What
// cannot be read is in the list as well, so that it is reported in its place.
// Folders are not searched below skip, the output folder.
func collect(args []string, stdin io.Reader, skip string) ([]*batch.Item, error) {
	var inputs []*batch.Item
	var sawStdin bool
	search := batch.Search{Except: skip}
	for _, arg := range args {
		if arg == "-" {
			if sawStdin {
				return nil, errors.New("standard input is named twice")
			}
			sawStdin = true
			in := batch.Reader(arg, stdin)
			in.Path = "stdin"
			inputs = append(inputs, in)
			continue
		}
		for in := range search.Files(arg) {
			inputs = append(inputs, in)
		}
	}
	return inputs, nil
}
