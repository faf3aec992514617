package main

import (
	"errors"
	"iter"
	"slices"

	"github.com/winnowtext/winnow/clean/batch"
)

// items are the inputs with those that hold many split.
func (set *settings) items(inputs []*batch.Item) iter.Seq[*batch.Item] {
	return set.split.Items(func(yield func(*batch.Item) bool) {
		for _, item := range inputs {
			if set.watch != nil {
				set.watch(item)
			}
			if !yield(item) {
				return
			}
		}
	})
}

// skip passes over the first n items.
func skip(items iter.Seq[*batch.Item], n int) iter.Seq[*batch.Item] {
	if n == 0 {
		return items
	}
	return func(yield func(*batch.Item) bool) {
		left := n
		for item := range items {
			if left--; left < 0 && !yield(item) {
				return
			}
		}
	}
}

// formatOf is the output format for an item.
func (set *settings) formatOf(item *batch.Item) string {
	switch {
	case set.format != "":
		return set.format
	case item.Row == nil || set.view != viewResult:
		return formatText
	case item.Row.In.Kind == batch.CSV || item.Row.In.Kind == batch.TSV:
		return formatTable
	}
	return formatJSONL
}

// setFormat chooses the output format, where none is set, before any input was read.
func (set *settings) setFormat(inputs []*batch.Item) {
	kind := set.split.Kind
	if kind == batch.Auto && len(inputs) > 0 {
		kind = batch.NameKind(inputs[0].Name)
	}
	if set.format == "" && set.view == viewResult {
		set.format = formatJSONL
		if kind == batch.CSV || kind == batch.TSV {
			set.format = formatTable
		}
	}
}

// together reports whether the rows of a file stay in one file.
func together(format string) bool { return format == formatJSONL || format == formatTable }

// A folder is the sink of -o FOLDER: a file for each page and text, and for each file
// with rows in it that stay together.
type folder struct {
	set   *settings
	each  *batch.Tree
	whole *batch.Parts
	done  *journal
	last  *batch.Item // of the file of rows that is written; nil when it is not to be whole
	in    *batch.Container
}

func openFolder(set *settings, inputs []*batch.Item) (*folder, error) {
	var pages []*batch.Item // as far as their names tell
	for _, in := range inputs {
		kind := batch.NameKind(in.Name)
		if set.split.Kind == batch.Page || set.split.Kind == batch.Auto && (kind == batch.Page || kind == batch.Auto) {
			pages = append(pages, in)
		}
	}
	each, err := batch.CreateTree(set.output, extension(set), pages...)
	if err != nil {
		return nil, err
	}
	each.Inputs(inputs...)
	whole := each.Parts(func(item *batch.Item) (string, batch.Frame) {
		format := set.formatOf(item)
		if format == formatTable {
			return "." + string(item.Row.In.Kind), batch.Table()
		}
		return "." + format, batch.Frame{}
	})
	done, err := openJournal(set.output, set.made, set.resume)
	if err != nil {
		each.Abort()
		return nil, err
	}
	set.watch = done.watch
	return &folder{set: set, each: each, whole: whole, done: done}, nil
}

// keeps reports whether an item's output stands among those of others, so that one
// that failed has its place there, too.
func (f *folder) keeps(item *batch.Item) bool {
	return item.Row != nil && together(f.set.formatOf(item))
}

func (f *folder) Write(item *batch.Item, body []byte) error {
	if !f.keeps(item) {
		err := f.each.Write(item, body)
		if err == nil {
			f.done.add(item, false)
		}
		return err
	}
	err := f.whole.Write(item, body)
	if f.in != item.Row.In {
		if err == nil {
			f.ended()
		}
		f.in, f.last = item.Row.In, item
	}
	if err != nil {
		f.last = nil
	}
	return err
}

// ended notes that the last file of rows is in its place.
func (f *folder) ended() {
	if f.last != nil {
		f.done.add(f.last, true)
	}
	f.last = nil
}

// drop leaves the file of the last rows as it was before.
func (f *folder) drop() {
	f.whole.Drop()
	f.last = nil
}

// resume returns the items that are still to be done: of the files those without an
// output that was made of them as they are now, with the same flags, of rows that have
// files of their own the same. It counts the others in before, while items are asked for.
func (f *folder) resume(inputs []*batch.Item, before *int) iter.Seq[*batch.Item] {
	var todo []*batch.Item
	f.each.Resume(slices.Values(inputs)) // what is half written goes
	for _, item := range inputs {
		if !f.done.has(item, true) || !f.each.Done(item) && !f.whole.Done(item, f.extensions(item)...) {
			todo = append(todo, item)
		}
	}
	*before = len(inputs) - len(todo)
	return func(yield func(*batch.Item) bool) {
		for item := range f.set.items(todo) {
			if item.Row != nil && !f.keeps(item) && f.done.has(item, false) && f.each.Done(item) {
				*before++
			} else if !yield(item) {
				return
			}
		}
	}
}

// extensions are those that the output of all rows of a file may have.
func (f *folder) extensions(file *batch.Item) []string {
	kind := f.set.split.Kind
	if kind == batch.Auto {
		kind = batch.NameKind(file.Name)
	}
	switch {
	case kind == batch.Page, f.set.view != viewResult, f.set.format != "" && !together(f.set.format):
		return nil
	case f.set.format == formatJSONL:
		return []string{".jsonl"}
	case kind == batch.CSV, kind == batch.TSV:
		return []string{".csv", ".tsv"}
	case f.set.format == "" && kind != batch.Auto:
		return []string{".jsonl"}
	}
	return nil
}

func (f *folder) Commit() error {
	err := f.whole.Commit()
	if err == nil {
		f.ended()
	}
	f.done.file.Close()
	return errors.Join(err, f.each.Commit())
}

func (f *folder) Abort() {
	f.whole.Abort()
	f.each.Abort()
	f.done.file.Close()
}

// Why an input is not put into a table: it is none, or another one. What holds for
// one row of a file holds for all, and is said once.
var (
	errNoTable    = errors.New("it is no table: -f csv goes with those only")
	errOtherTable = errors.New("its columns are not those of the table before: use -o FOLDER, or -f jsonl")
	errOtherDelim = errors.New("its cells are not parted as those of the table before: use -o FOLDER, or -f jsonl")
	errNoTabs     = errors.New("its cells are not parted by tabs, and stay as they are: use -o FILE.csv")
	errSaid       = errors.New("not put into the table")
)

// tables checks that what comes goes into a table.
type tables struct {
	tabs    bool             // they must be parted by tabs, as the name of the output says
	first   *batch.Container // of those in one table
	refused *batch.Container
}

// check returns why an item is not put into the table, which is one of all inputs or
// one of each.
func (t *tables) check(item *batch.Item, one bool) error {
	if item.Row == nil {
		return errNoTable
	}
	in := item.Row.In
	if in == t.refused {
		return errSaid
	}
	switch {
	case in.Kind != batch.CSV && in.Kind != batch.TSV:
		t.refused = in
		return errNoTable
	case one && t.tabs && in.Delimiter != '\t':
		t.refused = in
		return errNoTabs
	case one && t.first == nil:
		t.first = in
	case one && !slices.Equal(t.first.Columns, in.Columns):
		t.refused = in
		return errOtherTable
	case one && t.first.Delimiter != in.Delimiter:
		t.refused = in
		return errOtherDelim
	}
	return nil
}
