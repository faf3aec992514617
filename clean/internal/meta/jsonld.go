package meta

import (
	"html"
	"strings"
)

// Limits of the JSON-LD reader. Real pages nest about eight deep and stay
// under 100 KB; product and event listings are what exceeds it.
const (
	maxLinkedBytes = 1 << 20 // of one script; the rest is not read
	maxLinkedDepth = 24      // of values that are kept; deeper ones are skipped
	maxLinkedNodes = 4096    // values kept per page
)

// jsonKind is the type of a JSON value.
type jsonKind uint8

const (
	jsonNone jsonKind = iota
	jsonString
	jsonLiteral // number, true, false, null
	jsonObject
	jsonArray
)

// A jsonValue is a value of a script. Only the members named in linkedKey are
// kept; everything else is skipped unread.
type jsonValue struct {
	kind jsonKind
	key  linkedKey // of an object's member
	raw  string    // of strings and literals, escapes not resolved
	kids []jsonValue
}

type linkedKey uint8

const (
	keyNone linkedKey = iota
	keyType
	keyID
	keyGraph
	keyHeadline
	keyAltHeadline
	keyName
	keyAuthor
	keyCreator
	keyPublisher
	keyPublished
	keyCreated
	keyModified
	keyDescription
	keyImage
	keyURL
	keyContentURL
	keyMainEntity
	keyMainEntityOfPage
	keyFree
	keyBody
	keyText
	keyLanguage
	keySource
	keyHasPart
	keyGivenName
	keyFamilyName
	keyItem
)

// linkedKeyOf looks up a member's name. "schema:" in front of it is ignored.
func linkedKeyOf(s string) linkedKey {
	s = strings.TrimPrefix(s, "schema:")
	switch s {
	case "@type", "type":
		return keyType
	case "@id":
		return keyID
	case "@graph":
		return keyGraph
	case "headline":
		return keyHeadline
	case "alternativeHeadline", "alternateName":
		return keyAltHeadline
	case "name":
		return keyName
	case "author":
		return keyAuthor
	case "creator":
		return keyCreator
	case "publisher":
		return keyPublisher
	case "datePublished":
		return keyPublished
	case "dateCreated", "uploadDate":
		return keyCreated
	case "dateModified":
		return keyModified
	case "description", "abstract":
		return keyDescription
	case "image", "thumbnailUrl":
		return keyImage
	case "url":
		return keyURL
	case "contentUrl":
		return keyContentURL
	case "mainEntity":
		return keyMainEntity
	case "mainEntityOfPage":
		return keyMainEntityOfPage
	case "isAccessibleForFree":
		return keyFree
	case "articleBody":
		return keyBody
	case "text":
		return keyText
	case "inLanguage":
		return keyLanguage
	case "sourceOrganization":
		return keySource
	case "hasPart":
		return keyHasPart
	case "givenName":
		return keyGivenName
	case "familyName":
		return keyFamilyName
	case "item":
		return keyItem
	}
	return keyNone
}

// A jsonReader reads JSON as pages really hold it: comments and CDATA marks
// around it, several values after one another, commas too many or missing,
// raw line breaks and stray quotes in strings. What it cannot make sense of
// ends the script; what came before stays.
type jsonReader struct {
	s     string
	i     int
	nodes int // budget left
}

// values reads the values of one script.
func (r *jsonReader) values(script string) []jsonValue {
	r.open(head(script, maxLinkedBytes))
	var out []jsonValue
	for r.next() {
		v, ok := r.value(0)
		if v.kind != jsonNone {
			out = append(out, v)
		}
		if !ok {
			return out
		}
	}
	return out
}

// open begins with a script.
func (r *jsonReader) open(script string) {
	r.s, r.i = script, 0
	if strings.Contains(head(r.s, 256), "&quot;") {
		r.s = html.UnescapeString(r.s)
	}
}

// next moves to the next object or array outside of those read.
func (r *jsonReader) next() bool {
	for {
		j := strings.IndexAny(r.s[r.i:], "{[")
		if j < 0 {
			return false
		}
		r.i += j
		if !strings.HasPrefix(r.s[r.i:], "[CDATA[") {
			return true
		}
		r.i += len("[CDATA[")
	}
}

// blank moves over white space and comments.
func (r *jsonReader) blank() {
	for r.i < len(r.s) {
		switch c := r.s[r.i]; {
		case c <= ' ':
			r.i++
		case c == '/' && strings.HasPrefix(r.s[r.i:], "/*"):
			end := strings.Index(r.s[r.i+2:], "*/")
			if end < 0 {
				r.i = len(r.s)
				return
			}
			r.i += end + 4
		case c == '/' && strings.HasPrefix(r.s[r.i:], "//"):
			end := strings.IndexByte(r.s[r.i:], '\n')
			if end < 0 {
				r.i = len(r.s)
				return
			}
			r.i += end + 1
		case c == 0xc2 && strings.HasPrefix(r.s[r.i:], "\u00a0"):
			r.i += 2
		case c == 0xef && strings.HasPrefix(r.s[r.i:], "\ufeff"):
			r.i += 3
		default:
			return
		}
	}
}

// value reads one value. ok is false when the rest of the script is useless;
// v then holds what was read.
func (r *jsonReader) value(depth int) (v jsonValue, ok bool) {
	r.blank()
	if r.i >= len(r.s) {
		return v, false
	}
	if depth > maxLinkedDepth || r.nodes <= 0 {
		return v, r.skip()
	}
	r.nodes--
	switch c := r.s[r.i]; c {
	case '{':
		v.kind = jsonObject
		r.i++
		for {
			name, done, ok := r.member()
			if done || !ok {
				return v, ok
			}
			key := linkedKeyOf(name)
			if key == keyNone {
				if !r.skip() {
					return v, false
				}
				continue
			}
			kid, ok := r.value(depth + 1)
			if kid.kind != jsonNone {
				kid.key = key
				v.kids = append(v.kids, kid)
			}
			if !ok {
				return v, false
			}
		}
	case '[':
		v.kind = jsonArray
		r.i++
		for {
			done, ok := r.element()
			if done || !ok {
				return v, ok
			}
			kid, ok := r.value(depth + 1)
			if kid.kind != jsonNone {
				v.kids = append(v.kids, kid)
			}
			if !ok {
				return v, false
			}
		}
	case '"':
		v.kind = jsonString
		v.raw, ok = r.str()
		return v, ok
	case '}', ']', ',', ':':
		return v, false
	}
	start := r.i
	r.literal()
	v.kind, v.raw = jsonLiteral, r.s[start:r.i]
	return v, r.i > start
}

// member moves to the value of an object's next member. done says that the
// object ended.
func (r *jsonReader) member() (name string, done, ok bool) {
	r.blank()
	for r.i < len(r.s) && (r.s[r.i] == ',' || r.s[r.i] == ';') {
		r.i++
		r.blank()
	}
	if r.i >= len(r.s) {
		return "", true, false
	}
	switch r.s[r.i] {
	case '}':
		r.i++
		return "", true, true
	case '"':
	default:
		return "", true, false
	}
	name, ok = r.str()
	if !ok {
		return "", true, false
	}
	r.blank()
	if r.i >= len(r.s) || r.s[r.i] != ':' {
		return "", true, false
	}
	r.i++
	return name, false, true
}

// element moves to an array's next element. done says that the array ended.
func (r *jsonReader) element() (done, ok bool) {
	r.blank()
	for r.i < len(r.s) && r.s[r.i] == ',' {
		r.i++
		r.blank()
	}
	if r.i >= len(r.s) {
		return true, false
	}
	switch r.s[r.i] {
	case ']':
		r.i++
		return true, true
	case '}', ':':
		return true, false
	}
	return false, true
}

// str reads a string from its opening quote on. A quote that nothing follows
// which may follow a string is part of the text.
func (r *jsonReader) str() (string, bool) {
	r.i++
	start := r.i
	for {
		j := strings.IndexAny(r.s[r.i:], `"\`)
		if j < 0 {
			r.i = len(r.s)
			return "", false
		}
		r.i += j
		if r.s[r.i] == '\\' {
			r.i = min(r.i+2, len(r.s))
			continue
		}
		end := r.i
		r.i++
		if r.endsHere() {
			return r.s[start:end], true
		}
	}
}

// endsHere tells whether what follows a quote may follow a string.
func (r *jsonReader) endsHere() bool {
	for i := r.i; i < len(r.s); i++ {
		switch c := r.s[i]; {
		case c <= ' ':
		case c == ',' || c == ':' || c == '}' || c == ']' || c == '/' || c == ';':
			return true
		case c == '"':
			// A forgotten comma: the next member starts on a line of its own.
			return strings.IndexByte(r.s[r.i:i], '\n') >= 0
		default:
			return false
		}
	}
	return true
}

func (r *jsonReader) literal() {
	for r.i < len(r.s) {
		switch c := r.s[r.i]; {
		case c <= ' ', c == ',', c == '}', c == ']', c == '{', c == '[', c == '"', c == ':':
			return
		}
		r.i++
	}
}

// skip moves over one value without keeping it and without recursion.
func (r *jsonReader) skip() bool {
	open := 0
	for {
		r.blank()
		if r.i >= len(r.s) {
			return false
		}
		switch r.s[r.i] {
		case '{', '[':
			open++
			r.i++
		case '}', ']':
			if open == 0 {
				return true // no value at all
			}
			open--
			r.i++
		case '"':
			if _, ok := r.str(); !ok {
				return false
			}
		case ',', ':', ';':
			if open == 0 {
				return true
			}
			r.i++
		default:
			start := r.i
			r.literal()
			if r.i == start {
				r.i++
			}
		}
		if open == 0 {
			return true
		}
	}
}

// get returns an object's member.
func (v *jsonValue) get(key linkedKey) *jsonValue {
	if v != nil && v.kind == jsonObject {
		for i := range v.kids {
			if v.kids[i].key == key {
				return &v.kids[i]
			}
		}
	}
	return nil
}

// each calls f for the elements of an array, or for v itself.
func (v *jsonValue) each(f func(*jsonValue)) {
	switch {
	case v == nil:
	case v.kind != jsonArray:
		f(v)
	default:
		for i := range v.kids {
			v.kids[i].each(f)
		}
	}
}

// str returns the first string in v: its own, an array's, or an object's
// value of one of the keys.
func (v *jsonValue) str(keys ...linkedKey) (s string) {
	v.each(func(e *jsonValue) {
		if s != "" {
			return
		}
		switch e.kind {
		case jsonString:
			s = unquote(e.raw)
		case jsonLiteral:
			if e.raw != "null" {
				s = e.raw
			}
		case jsonObject:
			for _, key := range keys {
				if k := e.get(key); k != nil && s == "" {
					s = k.str()
				}
			}
		}
	})
	return s
}
