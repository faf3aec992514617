// Package view has what the pages to look at have in common: reports, and the page on
// which people try things out.
//
//	shared/       scripts and style of both: the article, the page's text in reading
//	              order, the panel that says why
//	playground/   the page to try things out; index.go puts it together
package view

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"io/fs"
	"strings"

	"github.com/winnowtext/winnow/clean"
)

//go:embed shared playground
var files embed.FS

// Assets are the style and the script of a page.
type Assets struct{ CSS, JS string }

// Load joins the shared files with those of a page, which may be nil. Its scripts are
// one function with names of its own that ends with a call of start.
func Load(page fs.FS) (*Assets, error) {
	a := &Assets{}
	var err error
	if a.CSS, err = join(".css", page); err != nil {
		return nil, err
	}
	if a.JS, err = join(".js", page); err != nil {
		return nil, err
	}
	a.JS = "'use strict';(() => {\n" + a.JS + "start();\n})();"
	return a, nil
}

// join is the content of all files of that ending, in the order of their names, the
// shared ones first.
func join(ending string, page fs.FS) (string, error) {
	shared, err := fs.Sub(files, "shared")
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, dir := range []fs.FS{shared, page} {
		if dir == nil {
			continue
		}
		names, err := fs.Glob(dir, "*"+ending)
		if err != nil {
			return "", err
		}
		for _, name := range names {
			data, err := fs.ReadFile(dir, name)
			if err != nil {
				return "", err
			}
			b.Write(data)
		}
	}
	return b.String(), nil
}

// Digest is the form in which content security policies name a script or style.
func Digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// Kinds are the kinds of residue and a sentence on each, as scripts need them.
func Kinds() [][2]string {
	var list [][2]string
	for _, k := range clean.Kinds() {
		list = append(list, [2]string{string(k.Kind), k.About})
	}
	return list
}
