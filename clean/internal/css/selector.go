package css

import (
	"strings"

	"golang.org/x/net/html"
)

// A Key is what the last part of a selector asks for.
type Key uint8

// Keys, the most telling one first.
const (
	IDKey Key = iota
	ClassKey
	AttrKey
	NameKey
	AnyKey
)

// maxSelectors is the length of a list of selectors, in bytes, that is read.
const maxSelectors = 8 << 10

// maxParts is how many parts a selector has that is read.
const maxParts = 12

// readSelectors are selectors that were read. A selector is some of parts, the last
// of them first; a part is some of tests.
type readSelectors struct {
	done      bool
	selectors []selector
	parts     []compound
	tests     []test
	heads     []int32 // by hash of the key: a selector, plus one
	rest      int32   // selectors with AnyKey or AttrKey
	attrs     []string
	any       bool
	names     [4]uint64 // of elements, a bit per hash
}

type selector struct {
	from, to int32 // parts
	rule     int32
	next     int32 // with the same hash, plus one
	weight   uint32
	key      Key
	name     string
}

// A compound is what a selector says of one element.
type compound struct {
	from, to int32 // tests
	left     byte  // how it is joined to what stands left of it: ' ', '>' or 0
}

// A test is a condition that a part sets.
type test struct {
	kind  testKind
	not   bool
	op    byte // of an attribute: '=', '~', '|', '^', '$', '*' or 0 for any value
	name  string
	value string
}

type testKind uint8

const (
	byName testKind = iota
	byID
	byClass
	byAttr
	isRoot
	isFirst
	isLast
	isDefined
	isEmpty
)

func (r *readSelectors) forget() {
	clear(r.selectors)
	clear(r.tests)
	clear(r.heads)
	*r = readSelectors{selectors: r.selectors[:0], parts: r.parts[:0], tests: r.tests[:0], heads: r.heads[:0], attrs: r.attrs[:0]}
}

// add reads the selectors of a rule.
func (r *readSelectors) add(s *Sheets, at int32) {
	ru := &s.rules[at]
	eachSelector(plain(ru.selectors), func(sel string) { r.addOne(s, at, sel) })
}

// eachSelector calls f for every selector of a list.
func eachSelector(list string, f func(sel string)) {
	depth, from := 0, 0
	for i := 0; i <= len(list); i++ {
		if i == len(list) || list[i] == ',' && depth == 0 {
			if sel := trim(list[from:i]); sel != "" {
				f(sel)
			}
			from = i + 1
			continue
		}
		switch list[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		}
	}
}

// addOne reads a selector, with those of the rules around it.
func (r *readSelectors) addOne(s *Sheets, at int32, sel string) {
	around := s.rules[at].around
	if around < 0 {
		r.take(at, sel)
		return
	}
	n := 0
	eachSelector(plain(s.rules[around].selectors), func(outer string) {
		if n++; n > 8 || s.rules[around].around >= 0 {
			return // nested more than once: not read
		}
		switch {
		case strings.IndexByte(sel, '&') >= 0:
			r.take(at, strings.ReplaceAll(sel, "&", outer))
		default:
			r.take(at, outer+" "+sel)
		}
	})
}

// take reads a selector from its start; one that is not understood is left out.
func (r *readSelectors) take(at int32, sel string) {
	parts, tests := len(r.parts), len(r.tests)
	weight, ok := r.read(sel)
	if !ok || len(r.parts) == parts || len(r.parts)-parts > maxParts {
		r.parts, r.tests = r.parts[:parts], r.tests[:tests]
		return
	}
	// The last part is looked at first.
	for i, j := parts, len(r.parts)-1; i < j; i, j = i+1, j-1 {
		r.parts[i], r.parts[j] = r.parts[j], r.parts[i]
	}
	c := selector{from: int32(parts), to: int32(len(r.parts)), rule: at, weight: weight, key: AnyKey}
	for _, t := range r.tests[r.parts[parts].from:r.parts[parts].to] {
		if t.not {
			continue
		}
		k := AnyKey
		switch t.kind {
		case byID:
			k = IDKey
		case byClass:
			k = ClassKey
		case byAttr:
			k = AttrKey
		case byName:
			k = NameKey
		}
		if k < c.key {
			c.key, c.name = k, t.name
		}
	}
	r.selectors = append(r.selectors, c)
}

// read reads the parts of a selector, in the order of the page.
func (r *readSelectors) read(s string) (weight uint32, ok bool) {
	left := byte(0)
	for {
		from := len(r.tests)
		n, w, ok := r.readCompound(s)
		if !ok || n == 0 {
			return 0, false
		}
		weight += w
		r.parts = append(r.parts, compound{int32(from), int32(len(r.tests)), left})
		s = s[n:]
		t := trimLeft(s)
		if t == "" {
			return weight, true
		}
		switch t[0] {
		case '>':
			left, t = '>', trimLeft(t[1:])
		case '+', '~', '|':
			return 0, false
		default:
			if len(t) == len(s) {
				return 0, false
			}
			left = ' '
		}
		s = t
	}
}

// Weights of what a selector asks for, by Selectors 4.
const (
	weightName  = 1
	weightClass = 1 << 10
	weightID    = 1 << 20
)

// readCompound reads what is said of one element, n bytes at the start of s.
func (r *readSelectors) readCompound(s string) (n int, weight uint32, ok bool) {
	add := func(t test, w uint32) { r.tests, weight = append(r.tests, t), weight+w }
	for n < len(s) {
		switch c := s[n]; {
		case c == '*':
			n++
		case c == '#' || c == '.':
			w := ident(s[n+1:])
			if w == "" {
				return 0, 0, false
			}
			if n += 1 + len(w); c == '#' {
				add(test{kind: byID, name: w}, weightID)
			} else {
				add(test{kind: byClass, name: w}, weightClass)
			}
		case c == '[':
			end := strings.IndexByte(s[n:], ']')
			if end < 0 {
				return 0, 0, false
			}
			t, ok := attrTest(s[n+1 : n+end])
			if !ok {
				return 0, 0, false
			}
			add(t, weightClass)
			n += end + 1
		case c == ':':
			m, w, ok := r.pseudo(s[n:])
			if !ok {
				return 0, 0, false
			}
			n, weight = n+m, weight+w
		case isLetter(c) || c == '_' || c >= 0x80:
			w := ident(s[n:])
			add(test{kind: byName, name: strings.ToLower(w)}, weightName)
			n += len(w)
		default:
			return n, weight, n > 0
		}
	}
	return n, weight, n > 0
}

// pseudo reads a condition that begins with a colon. Those that hang on what a reader
// does are not true.
func (r *readSelectors) pseudo(s string) (n int, weight uint32, ok bool) {
	w := ident(s[1:])
	n = 1 + len(w)
	switch name := strings.ToLower(w); {
	case n < len(s) && s[n] == '(':
		end, depth := n, 0
		for ; end < len(s); end++ {
			if s[end] == '(' {
				depth++
			} else if s[end] == ')' {
				if depth--; depth == 0 {
					break
				}
			}
		}
		if end == len(s) {
			return 0, 0, false
		}
		args := trim(s[n+1 : end])
		n = end + 1
		switch name {
		case "not":
			ok = true
			eachSelector(args, func(sel string) {
				if !ok || state(sel) {
					return
				}
				from := len(r.tests)
				m, w, good := r.readCompound(sel)
				if good = good && m == len(sel) && len(r.tests) == from+1 && !r.tests[from].not; good {
					r.tests[from].not = true
					weight = max(weight, w)
				}
				ok = good
			})
			return n, weight, ok
		case "is", "where", "matches", "-webkit-any", "-moz-any":
			// With one compound in it, it is that one.
			if strings.IndexByte(args, ',') >= 0 {
				return 0, 0, false
			}
			m, w, good := r.readCompound(args)
			if name == "where" {
				w = 0
			}
			return n, w, good && m == len(args)
		}
		return 0, 0, false
	default:
		kind := isRoot
		switch name {
		case "root":
		case "first-child":
			kind = isFirst
		case "last-child":
			kind = isLast
		case "defined":
			kind = isDefined
		case "empty":
			kind = isEmpty
		case "link", "any-link":
			r.tests = append(r.tests, test{kind: byAttr, name: "href"})
			return n, weightClass, true
		default:
			return 0, 0, false
		}
		r.tests = append(r.tests, test{kind: kind})
		return n, weightClass, true
	}
}

// state reports whether a selector asks for what a reader does.
func state(sel string) bool {
	switch strings.ToLower(sel) {
	case ":hover", ":focus", ":active", ":focus-within", ":focus-visible", ":checked", ":target", ":target-within", ":visited", ":disabled", ":open", ":popover-open", ":modal":
		return true
	}
	return false
}

func attrTest(s string) (t test, ok bool) {
	s = trim(s)
	name := ident(s)
	if name == "" {
		return t, false
	}
	t = test{kind: byAttr, name: strings.ToLower(name)}
	s = trim(s[len(name):])
	if s == "" {
		return t, true
	}
	if i := strings.IndexByte(s, '='); i == 0 || i == 1 && strings.IndexByte("~|^$*", s[0]) >= 0 {
		t.op = s[0]
		v := trim(s[i+1:])
		if len(v) > 1 && (v[0] == '"' || v[0] == '\'') {
			end := strings.IndexByte(v[1:], v[0])
			if end < 0 {
				return t, false
			}
			v = v[1 : end+1]
		} else {
			v, _ = word(v)
		}
		t.value = v
		return t, true
	}
	return t, false
}

// ident is the name at the start of s.
func ident(s string) string {
	i := 0
	for i < len(s) && (isLetter(s[i]) || s[i] == '-' || s[i] == '_' || s[i] >= 0x80 || i > 0 && '0' <= s[i] && s[i] <= '9') {
		i++
	}
	return s[:i]
}

// keyHash is a hash of a key and a name.
func keyHash(k Key, name string) uint32 {
	h := uint32(2166136261) ^ uint32(k)
	for i := range len(name) {
		h = (h ^ uint32(name[i])) * 16777619
	}
	return h ^ h>>15
}

// index makes keys known.
func (r *readSelectors) index() {
	size := 64
	for size < 2*len(r.selectors) {
		size *= 2
	}
	if cap(r.heads) >= size {
		r.heads = r.heads[:size]
		clear(r.heads)
	} else {
		r.heads = make([]int32, size)
	}
	for i := range r.selectors {
		c := &r.selectors[i]
		if c.key == AttrKey || c.key == AnyKey {
			c.next, r.rest = r.rest, int32(i+1)
			if c.key == AnyKey {
				r.any = true
			} else {
				r.attrs = append(r.attrs, c.name)
			}
			continue
		}
		h := keyHash(c.key, c.name)
		if c.key == NameKey {
			r.names[h>>6&3] |= 1 << (h & 63)
		}
		at := &r.heads[h&uint32(size-1)]
		c.next, *at = *at, int32(i+1)
	}
}

// has reports whether a selector has that key.
func (r *readSelectors) has(k Key, name string) bool {
	switch k {
	case AnyKey:
		return r.any
	case AttrKey:
		for _, a := range r.attrs {
			if a == name {
				return true
			}
		}
		return false
	}
	if len(r.selectors) == 0 {
		return false
	}
	h := keyHash(k, name)
	if k == NameKey && r.names[h>>6&3]>>(h&63)&1 == 0 {
		return false
	}
	for i := r.heads[h&uint32(len(r.heads)-1)]; i > 0; i = r.selectors[i-1].next {
		if c := &r.selectors[i-1]; c.key == k && c.name == name {
			return true
		}
	}
	return false
}

// match collects the rules that an element matches.
func (r *readSelectors) match(s *Sheets, n *html.Node) {
	if len(r.selectors) == 0 {
		return
	}
	for i := r.rest; i > 0; i = r.selectors[i-1].next {
		r.try(s, n, i-1)
	}
	r.tryKey(s, n, NameKey, n.Data)
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "id":
			r.tryKey(s, n, IDKey, a.Val)
		case "class":
			for tok, rest := token(a.Val); tok != ""; tok, rest = token(rest) {
				r.tryKey(s, n, ClassKey, tok)
			}
		}
	}
}

func (r *readSelectors) tryKey(s *Sheets, n *html.Node, k Key, name string) {
	for i := r.heads[keyHash(k, name)&uint32(len(r.heads)-1)]; i > 0; i = r.selectors[i-1].next {
		if c := &r.selectors[i-1]; c.key == k && c.name == name {
			r.try(s, n, i-1)
		}
	}
}

// try takes a selector's rule where the element matches it.
func (r *readSelectors) try(s *Sheets, n *html.Node, i int32) {
	c := &r.selectors[i]
	if !r.matches(s, n, c.from, c.to) {
		return
	}
	ru := &s.rules[c.rule]
	s.matched = append(s.matched, matched{uint64(ru.layer)<<32 | uint64(c.weight), c.rule})
}

// matches reports whether n is what the first part asks for and stands where the
// others, which are left of it, say. When the steps are at an end nothing matches.
func (r *readSelectors) matches(s *Sheets, n *html.Node, from, to int32) bool {
	p := &r.parts[from]
	if s.steps--; s.steps < 0 || !r.isPart(s, n, p) {
		return false
	}
	if from++; from == to {
		return true
	}
	for up := n.Parent; up != nil && up.Type == html.ElementNode; up = up.Parent {
		if r.matches(s, up, from, to) {
			return true
		}
		if p.left == '>' {
			return false
		}
	}
	return false
}

func (r *readSelectors) isPart(s *Sheets, n *html.Node, p *compound) bool {
	for i := p.from; i < p.to; i++ {
		t := &r.tests[i]
		if t.kind == isDefined && s.Scripted {
			if t.not {
				return false // a script will define it
			}
			continue
		}
		if t.holds(n) == t.not {
			return false
		}
	}
	return true
}

func (t *test) holds(n *html.Node) bool {
	switch t.kind {
	case byName:
		return n.Data == t.name
	case byID:
		return attr(n, "id") == t.name
	case byClass:
		return hasToken(attr(n, "class"), t.name)
	case byAttr:
		for i := range n.Attr {
			if a := &n.Attr[i]; a.Key == t.name {
				return t.admits(a.Val)
			}
		}
		return false
	case isRoot:
		return n.Parent == nil || n.Parent.Type != html.ElementNode
	case isFirst:
		for p := n.PrevSibling; p != nil; p = p.PrevSibling {
			if p.Type == html.ElementNode {
				return false
			}
		}
		return true
	case isLast:
		for p := n.NextSibling; p != nil; p = p.NextSibling {
			if p.Type == html.ElementNode {
				return false
			}
		}
		return true
	case isDefined:
		return strings.IndexByte(n.Data, '-') < 0
	case isEmpty:
		return n.FirstChild == nil
	}
	return false
}

// admits reports whether the value of an attribute is what the test asks for.
func (t *test) admits(v string) bool {
	switch t.op {
	case 0:
		return true
	case '=':
		return v == t.value
	case '~':
		return hasToken(v, t.value)
	case '|':
		return v == t.value || strings.HasPrefix(v, t.value+"-")
	case '^':
		return t.value != "" && strings.HasPrefix(v, t.value)
	case '$':
		return t.value != "" && strings.HasSuffix(v, t.value)
	case '*':
		return t.value != "" && strings.Contains(v, t.value)
	}
	return false
}

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

func hasToken(list, name string) bool {
	for tok, rest := token(list); tok != ""; tok, rest = token(rest) {
		if tok == name {
			return true
		}
	}
	return false
}

// token cuts the first word of a list off.
func token(list string) (tok, rest string) {
	list = trimLeft(list)
	i := 0
	for i < len(list) && !isSpace(list[i]) {
		i++
	}
	return list[:i], list[i:]
}
