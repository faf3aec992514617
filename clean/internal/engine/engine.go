// Package engine is where packages that find the article on a page register, so that
// package clean knows those that are compiled into a program and no others.
package engine

import (
	"net/url"
	"sync"

	"golang.org/x/net/html"
)

// A Find returns the article of a page as a tree of its own, nil where it finds none. It
// changes neither the page's tree nor its address, which may be nil, and may be called
// by many goroutines at once. The error says that it gave up.
type Find func(root *html.Node, page *url.URL) (article *html.Node, err error)

var registered sync.Map // Find by name

// Register makes an engine known by its name. It is called while packages are
// initialised.
func Register(name string, find Find) { registered.Store(name, find) }

// Named returns the engine of that name, nil where no package has registered it.
func Named(name string) Find {
	find, ok := registered.Load(name)
	if !ok {
		return nil
	}
	return find.(Find)
}
