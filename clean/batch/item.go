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
// A file may hold many inputs, as a table of texts or an archive of pages does:
// [Split] makes an item of each, with a [Row] that says where it stands and writes
// it back with its body replaced.
//
//	split := &batch.Split{Fields: batch.Fields{Body: "body"}}
//	items := split.Items(batch.Files("texts.csv"))
//
// A sink is where bytes go: [Stream] is one stream or file, [Tree] a folder with
// a file for each item. Files appear under their names whole or not at all, also
// when the process is killed; [Tree.Resume] goes on where a run was cut off.
//
//	item.go    Item, Reader
//	files.go   items of files and folders
//	split.go   Split: the rows of files that hold many items
//	kind.go    what a file holds, by its content
//	row.go     Row: where an item stands in its file, and what is around it
//	lines.go   rows of JSON Lines
//	table.go   rows of CSV and TSV
//	archive.go pages of web archives
//	json.go    rows of other JSON
//	feed.go    items of RSS and Atom
//	mhtml.go   pages as browsers save them
//	packed.go  files packed with gzip or zstd
//	run.go     Run: a pool of workers that keeps the order
//	shard.go   Shard: one of equal parts of a run
//	sink.go    Sink, Stream: outputs one after the other
//	output.go  Output: a stream, or a file that appears whole
//	tree.go    Tree: a file for each item, and resuming
//	parts.go   Parts: a file for each container, with its rows
package batch

import (
	"bytes"
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

	// Input is what is known about the item; its Body is not looked at. That of a row
	// is there once the item was opened.
	Input clean.Input

	// Row says where the item stands in its file, of which it is a part; nil where it
	// is all of it.
	Row *Row

	load func() ([]byte, error) // the body of a row; nil once it was called
}

// setRow makes the item a row whose body load returns, which knows its Input, ID and
// Path as well. Load is called once, by whoever needs one of these first.
func (item *Item) setRow(row *Row, load func() ([]byte, error)) {
	var data []byte
	var err error
	item.Row = row
	item.load = func() ([]byte, error) {
		item.load = nil
		data, err = load()
		return data, err
	}
	item.Open = func() (io.ReadCloser, error) {
		item.know()
		if err != nil {
			return nil, err
		}
		return body{bytes.NewReader(data)}, nil
	}
}

// know makes Input, ID and Path of a row known.
func (item *Item) know() {
	if item.load != nil {
		_, _ = item.load() // Open returns the error
	}
}

// leftBehind is the item for those who go on without it: of a row what was known
// before it was opened, as the rest may still be written to.
func (item *Item) leftBehind() *Item {
	if item.Row == nil || item.Row.In == nil {
		return item
	}
	row := &Row{Number: item.Row.Number, In: item.Row.In, cells: item.Row.cells, body: -1}
	return &Item{Name: item.Name, File: item.File, Path: filepath.Join(row.In.path, row.numbered()), Row: row}
}

// body is the bytes of a row as a file.
type body struct{ *bytes.Reader }

func (body) Close() error { return nil }

// Reader returns an item of that name with what r holds.
func Reader(name string, r io.Reader) *Item {
	path, _, _ := stem(filepath.Base(name))
	return &Item{Name: name, Path: path, Open: func() (io.ReadCloser, error) { return io.NopCloser(r), nil }}
}
