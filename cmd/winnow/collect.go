package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// An input is one page or text to work on.
type input struct {
	name string // as given; for a file in a folder, the folder as given and the way to it
	rel  string // its place in an output folder, before the extension changes
	real string // absolute path without links, "" for standard input
	open func() (io.ReadCloser, error)
	err  error // why it cannot be read, when that is known already
}

// extensions are those of the files that are taken from folders, .gz aside.
// Not .md: notes that lie beside the pages are no pages.
var extensions = []string{".html", ".htm", ".xhtml", ".shtml", ".txt", ".text"}

// stem cuts .gz and a known extension off a file name, and tells whether there
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

// collect lists the inputs that args name, in order. What cannot be read is in
// the list as well, so that it is reported in its place. Folders are not
// searched below skip, the output folder.
func collect(args []string, stdin io.Reader, skip string) ([]input, error) {
	var inputs []input
	var sawStdin bool
	for _, arg := range args {
		if arg == "-" {
			if sawStdin {
				return nil, errors.New("standard input is named twice")
			}
			sawStdin = true
			inputs = append(inputs, input{name: "-", rel: "stdin", open: func() (io.ReadCloser, error) {
				return io.NopCloser(stdin), nil
			}})
			continue
		}
		info, err := os.Stat(arg)
		// The tools of this language write dir/... for a folder and all in it.
		if dir, ok := strings.CutSuffix(filepath.ToSlash(arg), "/..."); ok && err != nil {
			arg = dir
			info, err = os.Stat(arg)
		}
		switch {
		case err != nil:
			inputs = append(inputs, input{name: arg, rel: filepath.Base(arg), err: err})
		case info.IsDir():
			inputs = append(inputs, walk(arg, skip)...)
		default:
			inputs = append(inputs, input{
				name: arg,
				rel:  filepath.Base(arg),
				real: realPath(arg),
				open: func() (io.ReadCloser, error) { return os.Open(arg) },
			})
		}
	}
	return inputs, nil
}

// walk lists the pages and texts below dir in lexical order. Everything is
// opened through an os.Root, so that no link leads out of dir; links to folders
// are not followed, which leaves no loops.
func walk(dir, skip string) []input {
	failed := func(name string, err error) input {
		return input{name: name, rel: filepath.Base(name), err: err}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return []input{failed(dir, err)}
	}
	defer root.Close()
	prefix := strings.TrimRight(dir, string(filepath.Separator)) + string(filepath.Separator)
	base := realPath(dir)

	var inputs []input
	err = fs.WalkDir(root.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		rel := filepath.FromSlash(path)
		name := prefix + rel
		if path == "." {
			name = dir
		}
		if err != nil {
			inputs = append(inputs, failed(name, err))
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		real := filepath.Join(base, rel)
		hidden := path != "." && strings.HasPrefix(d.Name(), ".")
		if d.IsDir() {
			if hidden || path != "." && real == skip {
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
		}
		inputs = append(inputs, input{
			name: name,
			rel:  rel,
			real: real,
			open: func() (io.ReadCloser, error) { return openIn(dir, rel) },
		})
		return nil
	})
	if err != nil {
		inputs = append(inputs, failed(dir, err))
	}
	if len(inputs) == 0 {
		inputs = append(inputs, failed(dir, fmt.Errorf("no HTML or text files in it")))
	}
	return inputs
}

func openIn(dir, rel string) (io.ReadCloser, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.Open(rel)
}

// realPath is the absolute path without links, as far as it can be found out.
func realPath(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return path
}
