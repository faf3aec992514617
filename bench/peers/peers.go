// Package peers holds the extractors that are compared, one file each.
//
// Every peer gets the same input: a page's bytes, its URL and whether the bytes
// are known to be UTF-8. A peer that takes a tree gets one parsed by
// golang.org/x/net/html, from the bytes as they are where they are UTF-8, else
// through the decoder that the Go extractors' own readers use, which guesses
// the encoding from the bytes. Winnow takes bytes and decodes them itself, as
// its users' bytes are. Parsing and decoding count as part of a peer's cost.
package peers

import (
	"bytes"
	"fmt"
	"net/url"
	"runtime/debug"

	"github.com/go-shiori/dom"
	"golang.org/x/net/html"
)

// Input is a page as it comes.
type Input struct {
	Bytes []byte
	URL   *url.URL
	UTF8  bool // the bytes are known to be UTF-8
}

// Tree parses the page. Each call gives a new tree, since most peers change it.
func (in Input) Tree() (*html.Node, error) {
	if in.UTF8 {
		return html.Parse(bytes.NewReader(in.Bytes))
	}
	return dom.Parse(bytes.NewReader(in.Bytes))
}

// A Peer turns a page into text.
type Peer struct {
	Name   string // for file names and flags
	Title  string // for tables
	Module string // the module whose version matters
	About  string // setting, rendering
	Ours   bool
	Extra  bool // a variant, not in every table
	NoText bool // prints nothing; for cost only
	Run    func(Input) (string, error)
}

// All returns the peers in the order of tables. The first is the floor of
// cost: a bare parse.
func All() []Peer {
	return []Peer{
		floor,
		goqueryText,
		allText,
		shioriBlocks,
		shioriText,
		readeckV2,
		domdistiller,
		trafNoFallback,
		trafFallback,
		trafPrecision,
		trafRecall,
		winnow,
		winnowPrecision,
		winnowRecall,
		winnowText,
	}
}

// Named returns the peers of these names, in the order of All.
func Named(names []string) ([]Peer, error) {
	want := map[string]bool{}
	for _, n := range names {
		want[n] = true
	}
	var out []Peer
	for _, p := range All() {
		if want[p.Name] {
			out = append(out, p)
			delete(want, p.Name)
		}
	}
	for n := range want {
		return nil, fmt.Errorf("no peer %q", n)
	}
	return out, nil
}

// Text runs the peer on a page. A panic of the peer becomes an error.
func (p Peer) Text(in Input) (text string, err error) {
	defer func() {
		if r := recover(); r != nil {
			text, err = "", fmt.Errorf("panic: %v", r)
		}
	}()
	return p.Run(in)
}

// Version returns the version of the peer's module in this program; it is
// empty for the module the program is part of.
func (p Peer) Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || p.Ours {
		return ""
	}
	for _, d := range info.Deps {
		if d.Path == p.Module {
			return d.Version
		}
	}
	return ""
}
