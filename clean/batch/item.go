// Package batch cleans many inputs, in parallel and in order, and puts what
// becomes of them where it belongs.
//
//	c, err := clean.New(clean.Options{})
//	for o, err := range batch.Run(ctx, batch.Files("pages/"), batch.Options{}, batch.Clean(c)) {
//		switch {
//		case err != nil: // the run was interrupted
//		case o.Err != nil: // this input failed; the others go on
//		default: // o.Value is the *clean.Result of o.Item
//		}
//	}
//
// A source is an iterator of an [Item] for each input. [Files] finds them in
// files and folders, [Reader] makes one of a stream, and any iter.Seq[*Item] is one. Run
// asks a source for no more than it has room for, so a source of any length
// can be worked on; an outcome is passed on as soon as those before it were,
// even while the source waits for its next item.
//
// A sink is where bytes go: [Stream] is one stream or file, [Tree] a folder with
// a file for each item. Files appear under their names whole or not at all, also
// when the process is killed; [Tree.Resume] goes on where a run was cut off.
//
//	item.go    Item, Reader
//	files.go   items of files and folders
//	run.go     Run: a pool of workers that keeps the order
//	sink.go    Sink, Stream: outputs one after the other
//	output.go  Output: a stream, or a file that appears whole
//	tree.go    Tree: a file for each item, and resuming
package batch

import (
	"io"
	"path/filepath"

	"github.com/winnowtext/winnow/clean"
)

// An Item is one input: a page or a text.
type Item struct {
	// Name is for messages and records; for files it is the name as given.
	Name string

	// Path is the item's place in an output folder, without an extension, in the
	// form of the system.
	Path string

	// File is the absolute path, without links, of the file that the item is; empty
	// where it is none. Sinks compare it with their own files.
	File string

	// Open returns the body of the item. It is called once, in a goroutine of the
	// run, and must not depend on what the source did since.
	Open func() (io.ReadCloser, error)

	// Err is why the item cannot be worked on, where its source knows that
	// already. The item takes its place in the order and fails.
	Err error

	// Input is what is known about the item; its Body is not looked at.
	Input clean.Input
}

// Reader returns an item of that name with what r holds.
func Reader(name string, r io.Reader) *Item {
	path, _ := stem(filepath.Base(name))
	return &Item{Name: name, Path: path, Open: func() (io.ReadCloser, error) { return io.NopCloser(r), nil }}
}
