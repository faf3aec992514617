package jsonld

import (
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/meta/plain"
	"github.com/winnowtext/winnow/clean/internal/words"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// Limits of the reader of script data. A page of the web that holds its text
// as data has up to two megabytes of it, nested up to thirty deep.
const (
	maxDataBytes   = 4 << 20 // of all scripts of a page
	maxDataDepth   = 64
	maxDataObjects = 1 << 17 // objects and arrays
	maxDataGroups  = 1 << 10 // groups of strings
	maxDataValues  = 1 << 14 // strings
	maxInner       = 2       // strings of JSON in one another
	maxTries       = 8       // groups that are looked at closely

	repeatBytes = 40 // what is shorter may repeat in a text
)

// A Body is the text of a page as the data in one of its scripts holds it.
type Body struct {
	// Where are the names of the members that lead to it, such as "post.body".
	Where string
	// Parts are its parts in order, each HTML or plain text.
	Parts []string
}

// FindBody returns the text of the page that its scripts hold as data, nil if
// there is none. titles are headlines of the page.
//
// A candidate is what is found under the same names, such as the content of all
// posts. It is told from settings, teasers and the like by its names, by what
// stands beside it and by its language; what has the page's title around it is
// taken first, then the longest one.
func FindBody(clock *work.Clock, scripts, titles []string) *Body {
	r := &dataReader{clock: clock, groups: make(map[uint64]*dataGroup), objects: make([]dataObject, 1, 256)}
	for _, t := range titles {
		if t = chars.Fold(t); t != "" {
			r.titles = append(r.titles, t)
		}
	}
	left := maxDataBytes
	for _, script := range scripts[:min(len(scripts), MaxScripts)] {
		if left <= 0 {
			break
		}
		script = chars.Head(script, left)
		left -= len(script)
		r.read(script)
	}
	return r.best()
}

// A dataReader finds the texts in the data of scripts.
type dataReader struct {
	reader
	clock   *work.Clock
	titles  []string // folded
	objects []dataObject
	groups  map[uint64]*dataGroup
	order   []*dataGroup
	path    []string // names of the open members
	values  int
	inner   int // strings of JSON around
}

// A place is where in the data a value stands.
type place struct {
	depth  int
	class  nameClass // of the name in front of it
	names  uint64    // hash of the names that lead to it
	last   uint64    // hash of the last of them
	in     int32     // the object or array around
	array  int32     // the innermost array around
	titled int32     // the object whose title it is in, 0 none
}

func (r *dataReader) read(script string) {
	r.begin(script)
	for r.next() {
		r.path = r.path[:0]
		if !r.value(place{names: words.HashStart}) {
			return
		}
	}
}

// value reads one value and reports whether the rest of the script is of use.
func (r *dataReader) value(at place) bool {
	r.blank()
	if r.i >= len(r.s) {
		return false
	}
	if at.depth > maxDataDepth || len(r.objects) >= maxDataObjects || r.values >= maxDataValues {
		return r.skip()
	}
	r.clock.Step()
	switch r.s[r.i] {
	case '{':
		r.i++
		at.in = r.object(at.in)
		at.depth++
		for {
			name, done, ok := r.member()
			if done || !ok {
				return ok
			}
			if !r.named(name, at) {
				return false
			}
		}
	case '[':
		r.i++
		at.in = r.object(at.in)
		at.array = at.in
		at.depth++
		for {
			done, ok := r.element()
			if done || !ok {
				return ok
			}
			if !r.value(at) {
				return false
			}
		}
	case '"':
		s, ok := r.str()
		if ok && !r.packed(s, at) {
			r.take(s, at)
		}
		return ok
	case '}', ']', ',', ':':
		return false
	}
	start := r.i
	r.literal()
	return r.i > start
}

// packed reads a string that is JSON itself, such as the answer to a request.
func (r *dataReader) packed(s string, at place) bool {
	const least = 200 // bytes
	if len(s) < least || r.inner == maxInner || !strings.HasPrefix(s, `{\"`) && !strings.HasPrefix(s, `[{\"`) {
		return false
	}
	outside, i := r.s, r.i
	r.inner++
	r.begin(Unquote(s))
	r.value(at)
	r.s, r.i = outside, i
	r.inner--
	return true
}

func (r *dataReader) object(around int32) int32 {
	r.objects = append(r.objects, dataObject{around: around})
	return int32(len(r.objects) - 1)
}

// named reads the value of a member of the object at.in.
func (r *dataReader) named(name string, at place) bool {
	class, hash := classOf(name)
	switch class {
	case nameApart:
		return r.skip()
	case nameBetween:
		return r.value(at)
	case nameTitle:
		r.objects[at.in].title = true
		at.titled = at.in
	case nameLink:
		r.objects[at.in].link = true
	}
	at.class = class
	if hash != at.last { // what is nested in its like is of one text
		at.names = words.HashOn(at.names, hash)
		at.last = hash
		r.path = append(r.path, name)
		defer func() { r.path = r.path[:len(r.path)-1] }()
	}
	return r.value(at)
}

// take takes note of a string.
func (r *dataReader) take(s string, at place) {
	if at.titled != 0 {
		if o := &r.objects[at.titled]; at.class == nameTitle && !o.exact {
			part, whole := r.isTitle(s)
			o.named, o.exact = o.named || part, whole
		}
		return
	}
	if at.class != nameBody || !mayBeText(s) {
		return
	}
	g := r.groups[at.names]
	if g == nil {
		if len(r.order) == maxDataGroups {
			return
		}
		g = &dataGroup{where: slices.Clone(r.path)}
		r.groups[at.names] = g
		r.order = append(r.order, g)
	}
	g.values = append(g.values, dataValue{s, at.array, at.in, at.depth})
	g.size += len(s)
	r.values++
}

// isTitle reports whether a string is part of a headline of the page, and whether
// it is the whole of it.
func (r *dataReader) isTitle(s string) (part, whole bool) {
	const most, least = 1000, 8 // bytes
	if len(s) > most {
		return false, false
	}
	s = chars.Fold(plain.Line(Unquote(s)))
	for _, t := range r.titles {
		whole = whole || s == t
		part = part || len(s) >= least && len(s)*2 >= len(t) && strings.Contains(t, s)
	}
	return part, whole
}
