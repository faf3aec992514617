package structure

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Tree closes what is open and returns the tree, an article element around all.
func (b *Builder) Tree() *html.Node {
	b.closeTo(0)
	b.finishNotes()
	return b.root
}

// finishNotes puts the numbers of footnotes in order, and undoes marks whose notes
// are not there, notes that nothing refers to.
func (b *Builder) finishNotes() {
	for n := range b.root.Descendants() {
		if n.DataAtom == atom.Section {
			set(n, "class", "footnotes")
		}
	}
}
