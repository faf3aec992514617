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
// .xhtml, .shtml, .txt and .text files, with or without .gz, in lexical order;
// hidden files and links that lead out of the folder are passed over. Files that
// are named are taken whatever they are called.
type Search struct {
	// Except is a folder that is not searched when it lies in one that is, such
	// as that of the outputs.
	Except string
}

// extensions are those of the files that are taken from folders, .gz aside.
// Not .md: notes that lie beside the pages are no pages.
var extensions = []string{".html", ".htm", ".xhtml", ".shtml", ".txt", ".text"}

// stem cuts .gz and a known extension off a file name, and reports whether there
// was one.
func stem(name string) (string, bool) {
	if ext := filepath.Ext(name); strings.EqualFold(ext, ".gz") {
		name = strings.TrimSuffix(name, ext)
	}
	ext := filepath.Ext(name)
	base := filepath.Base(name)
	if !slices.Contains(extensions, strings.ToLower(ext)) || base == ext {
		return name, false
	}
	return strings.TrimSuffix(name, ext), true
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
				more = walk(name, except, yield)
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
	path, _ := stem(filepath.Base(name))
	return &Item{Name: name, Path: path, File: realPath(name), Open: func() (io.ReadCloser, error) { return os.Open(name) }}
}

func failed(name string, err error) *Item {
	path, _ := stem(filepath.Base(name))
	return &Item{Name: name, Path: path, Err: err}
}

var errNoFiles = errors.New("no HTML or text files in it")

// walk yields the pages and texts below dir in lexical order, and reports whether
// more is wanted. Everything is opened through an os.Root, so that no link leads
// out of dir; links to folders are not followed, which leaves no loops.
func walk(dir, except string, yield func(*Item) bool) bool {
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
		if _, known := stem(d.Name()); hidden || !known {
			return nil
		}
		if !d.Type().IsRegular() {
			if info, err := root.Stat(rel); err != nil || !info.Mode().IsRegular() {
				return nil
			}
			real = realPath(real) // the file a link leads to
		}
		place, _ := stem(rel)
		return take(&Item{Name: name, Path: place, File: real, Open: func() (io.ReadCloser, error) { return openIn(dir, rel) }})
	})
	switch {
	case !more:
		return false
	case err != nil:
		return yield(failed(dir, err))
	case !found:
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
