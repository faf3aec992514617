package meta

import (
	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// Memory holds what is found on a page until it is judged, and keeps its room
// for the next page. The zero value is ready to use; it serves one page at a time.
//
// Results live until Forget at most, and no longer than the page: their strings
// may point into the tree and the scripts they were read from.
type Memory struct {
	// Clock ends the reading of a page. What was found up to there is the
	// result then, and Clock.Err tells. Nil never ends anything.
	Clock *work.Clock

	// Explain has Meta.Origins filled.
	Explain bool

	values     [numFields][]metaValue
	headings   []heading
	people     []hit
	moments    []hit
	pictures   []hit
	anchors    []*html.Node // a elements
	asideTimes []*html.Node // time elements in columns beside the text
	tagged     []*html.Node // links to pages about a tag
	credits    []*html.Node // what begins like the credit of a writer

	asideBylines []*html.Node // elements in columns and feet of pages that hold a name

	cache signCache

	near   surroundings
	reader reader
}

// Forget forgets the page. There is little to keep: see the limits in walk.go.
func (m *Memory) Forget() {
	for i := range m.values {
		m.values[i] = emptied(m.values[i])
	}
	m.headings, m.people, m.moments = emptied(m.headings), emptied(m.people), emptied(m.moments)
	m.pictures, m.tagged, m.anchors = emptied(m.pictures), emptied(m.tagged), emptied(m.anchors)
	m.asideTimes, m.asideBylines = emptied(m.asideTimes), emptied(m.asideBylines)
	m.credits = emptied(m.credits)
	clear(m.cache[:])
	m.near = surroundings{path: emptied(m.near.path), lines: emptied(m.near.lines), links: emptied(m.near.links)}
	m.reader = reader{}
}

func emptied[T any](s []T) []T {
	clear(s)
	return s[:0]
}
