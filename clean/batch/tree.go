package batch

import (
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"sync"
)

// A Tree is a [Sink] that is a folder with a file for each item, under the item's
// Path. Each file appears whole or not at all, as soon as it is written.
//
// A tree knows all files it wrote and the items they were made of. That an item
// would go to the file of another output, or to that of an input that is known by
// then, is an error of this item.
type Tree struct {
	dir     string
	real    string   // dir without links
	root    *os.Root // keeps outputs inside, whatever the items or links in it are called
	ext     string
	places  map[string]*place // by the path of the file, without links
	sources map[string]bool   // files of the items that are known
	seed    maphash.Seed
	mu      *sync.Mutex         // of rows: those that are done are known while others are written
	rows    map[uint64]struct{} // hashes of the files of rows, of which there may be very many
}

// A place is a file of a tree.
type place struct {
	item    string // name of the item it is for
	written bool
}

// CreateTree returns a Tree in a folder, which is made if need be, whose files
// have the extension ext, such as ".txt". Items that are known already have their
// files from then on: of two that would go to the same file the first has it, and to
// write the other is an error of that item. That one would go to the file of an input is
// an error, and nothing is made.
func CreateTree(dir, ext string, items ...*Item) (*Tree, error) {
	t := &Tree{dir: dir, real: realPath(dir), ext: ext, places: map[string]*place{}, sources: map[string]bool{},
		seed: maphash.MakeSeed(), mu: new(sync.Mutex), rows: map[uint64]struct{}{}}
	cannot := func(err error) (*Tree, error) { return nil, &WriteError{Name: dir, Err: err} }
	if err := t.check(items); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, dirPerm); err != nil {
		return cannot(err)
	}
	t.real = realPath(dir)
	var err error
	if t.root, err = os.OpenRoot(dir); err != nil {
		return cannot(err)
	}
	probe, err := replace(t.root, "probe")
	if err != nil {
		t.root.Close()
		return cannot(err)
	}
	probe.abort()
	return t, nil
}

// check gives items their files, and refuses outputs that would replace an input.
func (t *Tree) check(items []*Item) error {
	t.Inputs(items...)
	for _, item := range items {
		if item.Err != nil {
			continue
		}
		path := t.path(item)
		file := t.file(path)
		if t.places[file] == nil {
			t.places[file] = &place{item: item.Name}
		}
		if t.isInput(path) {
			return t.cannot(path, errInput)
		}
	}
	return nil
}

func taken(by, item string) error { return fmt.Errorf("both %s and %s would go there", by, item) }

// Inputs tells the tree of files that must not be written to.
func (t *Tree) Inputs(items ...*Item) {
	for _, item := range items {
		t.sources[item.File] = true
	}
}

// path is where the output of an item goes, relative to the folder.
func (t *Tree) path(item *Item) string { return filepath.Clean(item.Path + t.ext) }

// file is the file at a path in the folder, without links. A link in its own place
// counts as itself: it is replaced and not followed.
func (t *Tree) file(path string) string {
	return filepath.Join(realPath(filepath.Join(t.real, filepath.Dir(path))), filepath.Base(path))
}

// isInput reports whether the file at a path is an input, or a link to one.
func (t *Tree) isInput(path string) bool {
	return t.sources[realPath(filepath.Join(t.real, path))]
}

// Resume returns the items that are still to be done: those whose output is missing
// or older than they are. It removes what a process that was killed left half
// written.
func (t *Tree) Resume(items iter.Seq[*Item]) iter.Seq[*Item] {
	sweep(t.root)
	return func(yield func(*Item) bool) {
		for item := range items {
			if !t.Done(item) && !yield(item) {
				return
			}
		}
	}
}

// sweep removes what processes that were killed left half written.
func sweep(root *os.Root) {
	// What cannot be looked at or removed hinders nobody.
	_ = fs.WalkDir(root.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && orphaned(d.Name()) {
			_ = root.Remove(filepath.FromSlash(path))
		}
		return nil
	})
}

// Done reports whether the output of an item is there and not older than it. Of rows
// of the same name only the first that is asked for is.
func (t *Tree) Done(item *Item) bool {
	if item == nil || item.Err != nil || item.File == "" {
		return false
	}
	item.know()
	if at := t.places[t.file(t.path(item))]; at != nil && item.Row == nil && at.item != item.Name {
		return false // what is there is of another
	}
	out, err := t.root.Stat(t.path(item))
	if err != nil || !out.Mode().IsRegular() {
		return false
	}
	from, err := os.Stat(item.File)
	if err != nil || !from.Mode().IsRegular() || out.ModTime().Before(from.ModTime()) {
		return false
	}
	// What is there is the output of one row: another of that name fails as it did before.
	return item.Row == nil || t.takeRow(t.file(t.path(item)))
}

// hasRow reports whether a file is that of a row.
func (t *Tree) hasRow(file string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, has := t.rows[maphash.String(t.seed, file)]
	return has
}

// takeRow gives a file to a row, and reports whether no other had it.
func (t *Tree) takeRow(file string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(t.rows)
	t.rows[maphash.String(t.seed, file)] = struct{}{}
	return len(t.rows) > n
}

// Write writes the file of an item. Its errors concern that item.
func (t *Tree) Write(item *Item, body []byte) error {
	to, err := t.Create(item)
	if err != nil {
		return err
	}
	if _, err = to.Write(body); err != nil {
		to.Abort()
		return local(err)
	}
	return local(to.Commit())
}

// Create returns an Output to the file of an item, to be committed or aborted before
// the tree is. Its errors concern that item.
func (t *Tree) Create(item *Item) (*Output, error) {
	path := t.path(item)
	t.sources[item.File] = true
	if t.isInput(path) {
		return nil, t.cannot(path, errInput)
	}
	done, err := t.take(t.file(path), item)
	if err != nil {
		return nil, t.cannot(path, err)
	}
	if err := t.root.MkdirAll(filepath.Dir(path), dirPerm); err != nil {
		return nil, t.cannot(path, err)
	}
	f, err := replace(t.root, path)
	if err != nil {
		return nil, t.cannot(path, err)
	}
	return &Output{name: filepath.Join(t.dir, path), w: f, pending: f, done: done}, nil
}

// take gives a file to an item, unless it is that of another. Done is to be called
// when it was written.
func (t *Tree) take(file string, item *Item) (done func(), err error) {
	if t.hasRow(file) {
		return nil, errRow
	}
	at := t.places[file]
	if item.Row != nil {
		if at != nil && at.written {
			return nil, taken(at.item, item.Name)
		}
		return func() { t.takeRow(file) }, nil
	}
	if at == nil {
		at = &place{item: item.Name}
		t.places[file] = at
	}
	if at.written || at.item != item.Name {
		return nil, taken(at.item, item.Name)
	}
	return func() { at.written = true }, nil
}

// errRow is why the output of a row is refused.
var errRow = errors.New("another row of that name went there")

func (t *Tree) cannot(path string, err error) error {
	return &WriteError{Name: filepath.Join(t.dir, path), Err: err}
}

// Commit ends the use of the folder; its files are in their places already.
func (t *Tree) Commit() error { return t.root.Close() }

// Abort ends the use of the folder. The files that were written stay.
func (t *Tree) Abort() { t.root.Close() }
