package jsonld

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A dataObject is an object or array of the data.
type dataObject struct {
	around       int32 // the one it is in; 0 is outside of all
	title, link  bool  // it has a title, an address
	named, exact bool  // the title is part of the page's, is the page's
}

func (o dataObject) isNamed() bool { return o.named || o.exact }

func (o dataObject) isPage() bool { return o.exact }

// isPiece reports whether it is a piece that has a page of its own.
func (o dataObject) isPiece() bool { return o.title && o.link }

// A dataGroup is what is found under the same names.
type dataGroup struct {
	where  []string // names that lead to it
	values []dataValue
	size   int // bytes
	named  bool
}

type dataValue struct {
	raw   string // escapes not resolved
	array int32  // the innermost array around
	in    int32  // the innermost object or array around
	depth int
}

// mayBeText tells a string that may be part of a text from an address, a code
// or packed data.
func mayBeText(s string) bool {
	const word = 40 // bytes; in a script without spaces a sentence
	if strings.HasPrefix(s, `{\"`) || strings.HasPrefix(s, `[[`) || strings.HasPrefix(s, `[{`) || strings.HasPrefix(s, `[\"`) {
		return false
	}
	if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "data:") {
		return strings.IndexByte(s, ' ') >= 0
	}
	if len(s) < word {
		return s != ""
	}
	for i := 0; i < min(len(s), 1000); i++ {
		if c := s[i]; c == ' ' || c >= 0xE0 || c == '\\' && i+1 < len(s) && s[i+1] == 'u' {
			return true
		}
	}
	return false
}

// best returns the group that is the page's text.
func (r *dataReader) best() *Body {
	for _, g := range r.order {
		r.clock.Spend(len(g.values) << 8) // each climbs up to maxDataDepth objects
		r.narrow(g)
	}
	slices.SortStableFunc(r.order, func(a, b *dataGroup) int {
		switch {
		case a.named == b.named:
			return b.size - a.size
		case a.named:
			return -1
		}
		return 1
	})
	for _, g := range r.order[:min(len(r.order), maxTries)] {
		least := unnamedWords
		if g.named {
			least = bodyWords
		}
		if g.size < bodyBytes || r.teasers(g) {
			continue
		}
		r.clock.Read(2 * g.size) // to join and to count
		if parts := g.parts(); proseWords(parts) >= least {
			return &Body{Where: strings.Join(g.where, "."), Parts: parts}
		}
	}
	return nil
}

// narrow leaves in a group what the page's title stands around, if it does around
// some of it: the rest is of other pieces. A title that is but a part of the
// page's may be that of a section.
func (r *dataReader) narrow(g *dataGroup) {
	exact := false
	for _, v := range g.values {
		g.named = g.named || r.around(v, dataObject.isNamed) != 0
		if exact = r.around(v, dataObject.isPage) != 0; exact {
			break
		}
	}
	if !exact {
		return
	}
	g.named, g.size = true, 0
	g.values = slices.DeleteFunc(g.values, func(v dataValue) bool {
		if r.around(v, dataObject.isPage) == 0 {
			return true
		}
		g.size += len(v.raw)
		return false
	})
}

// around returns the innermost object of a sort around a value, 0 if none is.
func (r *dataReader) around(v dataValue, sort func(dataObject) bool) int32 {
	o := v.in
	for o != 0 && !sort(r.objects[o]) {
		o = r.objects[o].around
	}
	return o
}

// teasers reports whether a group is of several pieces.
func (r *dataReader) teasers(g *dataGroup) bool {
	first := int32(0)
	for _, v := range g.values {
		switch o := r.around(v, dataObject.isPiece); {
		case o == 0 || o == first:
		case first == 0:
			first = o
		default:
			return true
		}
	}
	return false
}

// parts returns the values, in which pieces of one paragraph are joined: text
// with marked words is held as a list of pieces.
func (g *dataGroup) parts() []string {
	var parts []string
	var part strings.Builder
	seen := make(map[string]bool)
	flush := func() {
		// A second copy is a variant for other readers, or a query's own copy.
		if s := part.String(); strings.TrimSpace(s) != "" && (len(s) < repeatBytes || !seen[s]) {
			parts = append(parts, s)
			seen[s] = true
		}
		part.Reset()
	}
	last := ""
	for i, v := range g.values {
		s := Unquote(v.raw)
		if !strings.Contains(s, "<") && strings.Contains(s, "&lt;") {
			s = html.UnescapeString(s) // escaped twice
		}
		if s == "" {
			continue
		}
		if i > 0 {
			prev := &g.values[i-1]
			if v.array == 0 || v.array != prev.array && v.depth == prev.depth || !goesOn(last, s) {
				flush()
			}
		}
		part.WriteString(s)
		last = s
	}
	flush()
	return parts
}
