package main

import (
	"errors"
	"io"

	"github.com/winnowtext/winnow/clean/batch"
)

// collect lists the inputs that are named, in order; "-" is standard input. What
// cannot be read is in the list as well, so that it is reported in its place.
// Folders are not searched below skip, the output folder.
func collect(set *settings, stdin io.Reader, skip string) ([]*batch.Item, error) {
	var inputs []*batch.Item
	var sawStdin bool
	search := batch.Search{Except: skip, Kind: set.split.Kind, Tables: set.split.Fields.Body != "", All: set.all}
	if search.Kind == batch.Page {
		search.Kind = batch.Auto
	}
	for _, arg := range set.args {
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
	set.passed = search.Passed
	return inputs, nil
}
