package batch

import (
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Files yields the files that are named and those in folders that are named, as
// the zero [Search] finds them.
func Files(names ...string) iter.Seq[*Item] { return new(Search).Files(names...) }

// A Search finds files. In folders these are the pages and texts: .html, .htm,
// .xhtml, .shtml, .txt and .text files, and the archives of such: .warc, .wet,
// .mhtml, .mht, .rss and .atom, with or without .gz or .zst, in lexical order;
// hidden files and links that lead out of the folder are passed over. Files that
// are named are taken whatever they are called.
type Search struct {
	// Kind is what files are looked for in folders, by their extensions; Auto is those
	// above.
	Kind Kind
	// Tables takes tables and JSON, too, where Kind is Auto.
	Tables bool
	// All takes all files of folders, whatever they are called, but for hidden ones.
	All bool
	// Except is a folder that is not searched when it lies in one that is, such
	// as that of the outputs.
	Except string
	// Passed counts the files of folders that are passed over because of their names,
	// hidden ones aside.
	Passed int
}

// extensions are those of the files that are taken from folders, .gz aside.
// Not .md: notes that lie beside the pages are no pages.
var extensions = []string{".html", ".htm", ".xhtml", ".shtml", ".txt", ".text"}

// containerExtensions are those of files that hold many items. The archives among
// them are taken from folders, too: what they hold, they say themselves.
var containerExtensions = map[string]Kind{
	".csv": CSV, ".tsv": TSV, ".tab": TSV, ".jsonl": JSONL, ".ndjson": JSONL, ".json": JSON,
	".warc": WARC, ".wet": WARC, ".mhtml": MHTML, ".mht": MHTML, ".rss": Feed, ".atom": Feed, ".mbox": Mail,
}

// packedExtensions are those of packed files.
var packedExtensions = []string{".gz", ".zst"}

// stem cuts .gz or .zst and a known extension off a file name, and returns that, and
// what the file should hold: Auto where the name does not say.
func stem(name string) (base, ext string, kind Kind) {
	if ext := filepath.Ext(name); slices.Contains(packedExtensions, strings.ToLower(ext)) {
		name = strings.TrimSuffix(name, ext)
	}
	ext = strings.ToLower(filepath.Ext(name))
	if len(filepath.Base(name)) == len(ext) {
		return name, "", Auto
	}
	kind = containerExtensions[ext]
	if slices.Contains(extensions, ext) {
		kind = Page
	}
	if kind == Auto {
		return name, "", Auto
	}
	return name[:len(name)-len(ext)], ext, kind
}

// NameKind is what a file of that name should hold, by its extension; Auto where that
// does not say.
func NameKind(name string) Kind {
	_, _, kind := stem(name)
	return kind
}

// wants reports whether a file of a folder is taken.
func (s *Search) wants(name string) bool {
	_, _, kind := stem(name)
	switch kind {
	case Page, WARC, MHTML, Feed:
		return s.All || s.Kind == Auto || s.Kind == kind
	case CSV, TSV:
		return s.All || s.Kind == CSV || s.Kind == TSV || s.Tables && s.Kind == Auto
	case JSON, JSONL:
		return s.All || s.Kind == JSON || s.Kind == JSONL || s.Tables && s.Kind == Auto
	}
	return s.All
}

// Files yields the items of the files and folders that are named, in order.
// Folders may be written dir/... as for the go command. What cannot be read, and
// a folder with nothing in it, is an item with an error in its place. Folders are
// searched while the items are asked for.
func (s *Search) Files(names ...string) iter.Seq[*Item] {
	return func(yield func(*Item) bool) {
		except := ""
		if s.Except != "" {
			except = realPath(s.Except)
		}
		for _, name := range names {
			info, err := os.Stat(name)
			if dir, ok := strings.CutSuffix(filepath.ToSlash(name), "/..."); ok && err != nil {
				name = dir
				info, err = os.Stat(name)
			}
			more := false
			switch {
			case err != nil:
				more = yield(failed(name, err))
			case info.IsDir():
				more = s.walk(name, except, yield)
			default:
				more = yield(file(name))
			}
			if !more {
				return
			}
		}
	}
}

func file(name string) *Item {
	path, _, _ := stem(filepath.Base(name))
	return &Item{Name: name, Path: path, File: realPath(name), Open: func() (io.ReadCloser, error) { return os.Open(name) }}
}

func failed(name string, err error) *Item {
	path, _, _ := stem(filepath.Base(name))
	return &Item{Name: name, Path: path, Err: err}
}

var errNoFiles = errors.New("no HTML or text files in it")
var errNone = errors.New("no such files in it")

// walk yields the pages and texts below dir in lexical order, and reports whether
// more is wanted. Everything is opened through an os.Root, so that no link leads
// out of dir; links to folders are not followed, which leaves no loops.
func (s *Search) walk(dir, except string, yield func(*Item) bool) bool {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return yield(failed(dir, err))
	}
	defer root.Close()
	prefix := strings.TrimRight(dir, string(filepath.Separator)) + string(filepath.Separator)
	base := realPath(dir)

	found, more := false, true
	take := func(item *Item) error {
		found = true
		if more = yield(item); !more {
			return fs.SkipAll
		}
		return nil
	}
	err = fs.WalkDir(root.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		rel := filepath.FromSlash(path)
		name := prefix + rel
		if path == "." {
			name = dir
		}
		if err != nil {
			if end := take(failed(name, err)); end != nil {
				return end
			}
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		real := filepath.Join(base, rel)
		hidden := path != "." && strings.HasPrefix(d.Name(), ".")
		if d.IsDir() {
			if hidden || path != "." && real == except {
				return fs.SkipDir
			}
			return nil
		}
		if hidden {
			return nil
		}
		if !s.wants(d.Name()) {
			if d.Type().IsRegular() {
				s.Passed++
			}
			return nil
		}
		if !d.Type().IsRegular() {
			if info, err := root.Stat(rel); err != nil || !info.Mode().IsRegular() {
				return nil
			}
			real = realPath(real) // the file a link leads to
		}
		place, _, _ := stem(rel)
		return take(&Item{Name: name, Path: place, File: real, Open: func() (io.ReadCloser, error) { return openIn(dir, rel) }})
	})
	switch {
	case !more:
		return false
	case err != nil:
		return yield(failed(dir, err))
	case !found:
		if s.All || s.Kind != Auto {
			return yield(failed(dir, errNone))
		}
		return yield(failed(dir, errNoFiles))
	}
	return true
}

func openIn(dir, rel string) (io.ReadCloser, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.Open(rel)
}

// realPath is the absolute path without links, as far as it can be found out. Of
// what does not exist, the folders that do are looked at.
func realPath(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	rest := ""
	for dir := path; ; {
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			return filepath.Join(real, rest)
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return path
		}
		dir, rest = parent, filepath.Join(filepath.Base(dir), rest)
	}
}
