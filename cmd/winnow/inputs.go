package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean/batch"
)

// listed are the names in the file of --files-from.
func listed(set *settings, stdin io.Reader) ([]string, error) {
	from := stdin
	if set.list != "-" {
		f, err := os.Open(set.list)
		if err != nil {
			return nil, fmt.Errorf("--files-from: %s: %s", escape(set.list), reason(err))
		}
		defer f.Close()
		from = f
	}
	data, err := io.ReadAll(from)
	if err != nil {
		return nil, fmt.Errorf("--files-from: %s: %s", escape(set.list), reason(err))
	}
	end := "\n"
	if set.nul {
		end = "\x00"
	}
	var names []string
	for name := range strings.SplitSeq(string(data), end) {
		if !set.nul {
			name = strings.TrimSuffix(name, "\r")
		}
		if name != "" {
			names = append(names, name)
		}
	}
	return names, nil
}

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
	args := set.args
	if set.list != "" {
		names, err := listed(set, stdin)
		if err != nil {
			return nil, err
		}
		sawStdin = set.list == "-"
		if args = append(slices.Clone(args), names...); len(args) == 0 {
			return nil, fmt.Errorf("--files-from: %s: no names in it", escape(set.list))
		}
	}
	for _, arg := range args {
		if address.MatchString(arg) && !exists(arg) {
			inputs = append(inputs, &batch.Item{Name: arg, Err: addressError(arg)})
			continue
		}
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
