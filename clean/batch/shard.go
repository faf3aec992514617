package batch

import (
	"fmt"
	"iter"
	"os"
	"path/filepath"
)

// A Shard is one of equal parts of a run, to be worked on by a process of its own:
// the Ith of N, from 1 on. Which items are its own depends on nothing else than the
// files that are named.
type Shard struct{ I, N int }

// ParseShard reads a shard as it is written: 3/16.
func ParseShard(s string) (Shard, error) {
	var sh Shard
	var rest string
	if n, _ := fmt.Sscanf(s+" .", "%d/%d %s", &sh.I, &sh.N, &rest); n != 3 || rest != "." || sh.I < 1 || sh.I > sh.N {
		return sh, fmt.Errorf("%q is no shard such as 3/16", s)
	}
	return sh, nil
}

// Files returns the files of the shard, which follow each other, where there are at
// least as many as shards. Else it returns all of them, and split: the rows are dealt
// out then, see Items.
func (s Shard) Files(files []*Item) (own []*Item, split bool) {
	if len(files) < s.N {
		return files, true
	}
	return files[(s.I-1)*len(files)/s.N : s.I*len(files)/s.N], false
}

// Items deals out items one by one, and returns those of the shard. Where none of the
// rows of a table is its own, an item with [ErrNoRows] stands for the header.
func (s Shard) Items(items iter.Seq[*Item]) iter.Seq[*Item] {
	return func(yield func(*Item) bool) {
		n, own := 0, 0
		var last *Item
		for item := range items {
			last = item
			if n++; n%s.N != s.I%s.N {
				continue
			}
			if own++; !yield(item) {
				return
			}
		}
		if own == 0 && last != nil && last.Row != nil && last.Row.cells != nil {
			yield(&Item{Name: last.Name, File: last.File, Row: &Row{In: last.Row.In, body: -1}, Err: ErrNoRows})
		}
	}
}

// Name is what the file of a shard is called, so that names sort: part-03-of-16.
func (s Shard) Name() string {
	return fmt.Sprintf("part-%0*d-of-%d", len(fmt.Sprint(s.N)), s.I, s.N)
}

// Finished reports whether a file is there that is not older than any of the items it
// is made of. It removes what a process that was killed left half written beside it.
func Finished(path string, items []*Item) bool {
	if root, err := os.OpenRoot(filepath.Dir(path)); err == nil {
		sweep(root)
		root.Close()
	}
	out, err := os.Stat(path)
	if err != nil || !out.Mode().IsRegular() {
		return false
	}
	for _, item := range items {
		if item.File == "" {
			continue
		}
		if from, err := os.Stat(item.File); err == nil && out.ModTime().Before(from.ModTime()) {
			return false
		}
	}
	return true
}
