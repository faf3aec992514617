package css

import (
	"slices"
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

// An index is rules, and their selectors by what the last part of each asks for. A
// selector is some of parts, the last of them first; a part is some of tests.
type index struct {
	taken     bool
	rules     []rule
	selectors []selector
	parts     []compound
	tests     []test
	heads     []int32 // by hash of the key: a selector, plus one
	rest      int32   // selectors with AnyKey or AttrKey
	// Of rules that hide:
	attrs []string
	any   bool
	keys  nameFilter // ids and classes
	names nameFilter // of elements
}

// A nameFilter turns most names away that are not in it: it has a bit per length for
// their first and last letters.
type nameFilter [64]uint32

func (f *nameFilter) add(name string) {
	if name != "" {
		f[nameEndsAt(name)] |= 1 << (len(name) % 32)
	}
}

func (f *nameFilter) has(name string) bool {
	return name != "" && f[nameEndsAt(name)]>>(len(name)%32)&1 != 0
}

func nameEndsAt(name string) int { return int(name[0]^name[len(name)-1]*5) % 64 }

type selector struct {
	text     string
	from, to int32 // parts
	rule     int32
	next     int32 // with the same hash, plus one
	weight   uint32
	needs    Names // of elements around
	key      Key
	state    uint8
	hides    bool
	name     string
}

// Names are the names, ids and classes of an element and those around, a bit for each of
// 63 sets of them; one more bit says that they are known.
type Names uint64

const known Names = 1 << 63

func nameBit(name string) Names { return known | 1<<(keyHash(0, name)%63) }

// With are the names of an element within others.
func (a Names) With(n *html.Node) Names {
	a |= nameBit(n.Data)
	for i := range n.Attr {
		switch at := &n.Attr[i]; at.Key {
		case "id":
			a |= nameBit(at.Val)
		case "class":
			for tok, rest := token(at.Val); tok != ""; tok, rest = token(rest) {
				a |= nameBit(tok)
			}
		}
	}
	return a
}

// States of a selector.
const (
	unread = iota
	understood
	unknown // it matches nothing
)

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

// emptied is an index without rules, with the memory of x.
func (x index) emptied() index {
	clear(x.rules)
	clear(x.selectors)
	clear(x.tests)
	clear(x.attrs)
	return index{rules: x.rules[:0], selectors: x.selectors[:0], parts: x.parts[:0], tests: x.tests[:0], heads: x.heads[:0], attrs: x.attrs[:0]}
}

// readKeys finds the keys of all selectors.
func (x *index) readKeys() {
	for i := range x.rules {
		if r := &x.rules[i]; r.decls != "" {
			eachSelector(plain(r.selectors), func(sel string) { x.addWithin(int32(i), sel) })
		}
	}
	size := 64
	for size < 2*len(x.selectors) {
		size *= 2
	}
	if cap(x.heads) >= size {
		x.heads = x.heads[:size]
		clear(x.heads)
	} else {
		x.heads = make([]int32, size)
	}
	for i := range x.selectors {
		c := &x.selectors[i]
		if c.hides {
			switch c.key {
			case AnyKey:
				x.any = true
			case AttrKey:
				x.attrs = append(x.attrs, c.name)
			case NameKey:
				x.names.add(c.name)
			default:
				x.keys.add(c.name)
			}
		}
		at := &x.rest
		if c.key != AttrKey && c.key != AnyKey {
			at = &x.heads[keyHash(c.key, c.name)&uint32(size-1)]
		}
		c.next, *at = *at, int32(i+1)
	}
}

// eachSelector calls f for every selector of a list.
func eachSelector(list string, f func(sel string)) {
	if strings.IndexByte(list, '(') < 0 && strings.IndexByte(list, '[') < 0 {
		for list != "" {
			sel := list
			if i := strings.IndexByte(list, ','); i >= 0 {
				sel, list = list[:i], list[i+1:]
			} else {
				list = ""
			}
			if sel = trim(sel); sel != "" {
				f(sel)
			}
		}
		return
	}
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

// maxAround is how many selectors of the rule around are joined with one of a rule that
// is nested in it.
const maxAround = 8

// addWithin adds a selector of a rule, with those of the rule it is nested in; one that
// is nested deeper is not understood.
func (x *index) addWithin(at int32, sel string) {
	around := x.rules[at].around
	switch {
	case around < 0 && strings.IndexByte(sel, '&') >= 0:
		return
	case around < 0:
		x.add(at, sel)
		return
	case x.rules[around].around >= 0:
		return
	}
	n := 0
	eachSelector(plain(x.rules[around].selectors), func(outer string) {
		if n++; n > maxAround {
			return
		}
		if strings.IndexByte(sel, '&') >= 0 {
			x.add(at, strings.ReplaceAll(sel, "&", outer))
		} else {
			x.add(at, outer+" "+sel)
		}
	})
}

// add adds a selector of a rule. Those of rules that hide are read now, for all elements
// are asked whether they have their keys.
func (x *index) add(at int32, sel string) {
	c := selector{text: sel, rule: at, hides: x.rules[at].hides}
	if i := strings.IndexByte(sel, ':'); i >= 0 && i+2 < len(sel) && strings.IndexByte(":baf", sel[i+1]) >= 0 && sel[i+1:] != "first-child" {
		if w := ident(sel[i+1:]); sel[i+1] == ':' || w == "before" || w == "after" || w == "active" || w == "focus" {
			return // it is about no element as it is shown
		}
	}
	c.key, c.name = lastKey(sel)
	if c.hides && !x.understand(&c) {
		return
	}
	x.selectors = append(x.selectors, c)
}

// lastKey is the key of a selector: the most telling thing that its last part asks for.
func lastKey(sel string) (k Key, name string) {
	from, depth := len(sel), 0
	for ; from > 0; from-- {
		c := sel[from-1]
		if c == ')' || c == ']' {
			depth++
		} else if c == '(' || c == '[' {
			depth--
		} else if depth == 0 && (isSpace(c) || c == '>' || c == '+' || c == '~') {
			break
		}
	}
	k = AnyKey
	for s := sel[from:]; s != ""; {
		switch c := s[0]; {
		case c == '#' || c == '.':
			w := ident(s[1:])
			if c == '#' && k > IDKey {
				k, name = IDKey, w
			} else if c == '.' && k > ClassKey {
				k, name = ClassKey, w
			}
			s = s[1+len(w):]
		case c == '[':
			if w := ident(trimLeft(s[1:])); k > AttrKey && w != "" {
				k, name = AttrKey, strings.ToLower(w)
			}
			s = s[max(1, strings.IndexByte(s, ']')+1):]
		case c == ':':
			w := ident(s[1:])
			if s = s[1+len(w):]; s != "" && s[0] == '(' {
				s = s[bracketEnd(s):]
			}
		case isLetter(c) || c == '_' || c >= 0x80:
			w := ident(s)
			if k > NameKey {
				k, name = NameKey, strings.ToLower(w)
			}
			s = s[len(w):]
		default:
			s = s[1:]
		}
	}
	return k, name
}

// bracketEnd is the length of what stands in brackets at the start of s, with them.
func bracketEnd(s string) int {
	depth := 0
	for i := range len(s) {
		if s[i] == '(' {
			depth++
		} else if s[i] == ')' {
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(s)
}

// understand reads a selector and reports whether it is understood.
func (x *index) understand(c *selector) bool {
	if c.state == unread {
		parts, tests := len(x.parts), len(x.tests)
		weight, ok := x.read(c.text)
		c.state = understood
		if !ok || len(x.parts)-parts > maxParts {
			x.parts, x.tests = x.parts[:parts], x.tests[:tests]
			c.state = unknown
			return false
		}
		// The last part is looked at first.
		slices.Reverse(x.parts[parts:])
		c.from, c.to, c.weight = int32(parts), int32(len(x.parts)), weight
		for _, p := range x.parts[parts+1:] {
			for _, t := range x.tests[p.from:p.to] {
				if t.kind <= byClass && !t.not {
					c.needs |= nameBit(t.name)
				}
			}
		}
	}
	return c.state == understood
}

// read reads the parts of a selector, in the order of the page.
func (x *index) read(s string) (weight uint32, ok bool) {
	left := byte(0)
	for {
		from := len(x.tests)
		n, w, ok := x.readCompound(s)
		if !ok || n == 0 {
			return 0, false
		}
		weight += w
		x.parts = append(x.parts, compound{int32(from), int32(len(x.tests)), left})
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
func (x *index) readCompound(s string) (n int, weight uint32, ok bool) {
	add := func(t test, w uint32) { x.tests, weight = append(x.tests, t), weight+w }
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
			m, w, ok := x.pseudo(s[n:])
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
func (x *index) pseudo(s string) (n int, weight uint32, ok bool) {
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
				from := len(x.tests)
				m, w, good := x.readCompound(sel)
				if good = good && m == len(sel) && len(x.tests) == from+1 && !x.tests[from].not; good {
					x.tests[from].not = true
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
			m, w, good := x.readCompound(args)
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
			x.tests = append(x.tests, test{kind: byAttr, name: "href"})
			return n, weightClass, true
		default:
			return 0, 0, false
		}
		x.tests = append(x.tests, test{kind: kind})
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

// filterOf is the filter of the names of selectors that hide.
func (x *index) filterOf(k Key) *nameFilter {
	if k == NameKey {
		return &x.names
	}
	return &x.keys
}

// has reports whether a selector has that key.
func (x *index) has(k Key, name string) bool {
	switch k {
	case AnyKey:
		return x.any
	case AttrKey:
		for _, a := range x.attrs {
			if a == name {
				return true
			}
		}
		return false
	}
	if !x.filterOf(k).has(name) {
		return false
	}
	h := keyHash(k, name)
	for i := x.heads[h&uint32(len(x.heads)-1)]; i > 0; i = x.selectors[i-1].next {
		if c := &x.selectors[i-1]; c.hides && c.key == k && c.name == name {
			return true
		}
	}
	return false
}

// match collects the rules that an element matches.
func (x *index) match(s *Sheets, n *html.Node, hiding bool) {
	if len(x.selectors) == 0 {
		return
	}
	for i := x.rest; i > 0; i = x.selectors[i-1].next {
		if !hiding || x.selectors[i-1].hides {
			x.try(s, n, i-1)
		}
	}
	x.tryKey(s, n, NameKey, n.Data, hiding)
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "id":
			x.tryKey(s, n, IDKey, a.Val, hiding)
		case "class":
			for tok, rest := token(a.Val); tok != ""; tok, rest = token(rest) {
				x.tryKey(s, n, ClassKey, tok, hiding)
			}
		}
	}
}

func (x *index) tryKey(s *Sheets, n *html.Node, k Key, name string, hiding bool) {
	if hiding && !x.filterOf(k).has(name) {
		return
	}
	for i := x.heads[keyHash(k, name)&uint32(len(x.heads)-1)]; i > 0; i = x.selectors[i-1].next {
		if c := &x.selectors[i-1]; c.key == k && c.name == name && (c.hides || !hiding) {
			x.try(s, n, i-1)
		}
	}
}

// try takes a selector's rule where the element matches it.
func (x *index) try(s *Sheets, n *html.Node, i int32) {
	c := &x.selectors[i]
	if !x.understand(c) || c.needs != 0 && !s.stands(c.needs) || !x.matches(s, n, c.from, c.to) {
		return
	}
	s.matched = append(s.matched, matched{uint64(x.rules[c.rule].layer)<<32 | uint64(c.weight), c.rule})
}

// stands reports whether all of the names may be those of elements around.
func (s *Sheets) stands(names Names) bool {
	if s.around == 0 {
		s.around = s.lineage()
	}
	return names&^s.around == 0
}

// matches reports whether n is what the first part asks for and stands where the
// others, which are left of it, say. When the steps are at an end nothing matches.
func (x *index) matches(s *Sheets, n *html.Node, from, to int32) bool {
	p := &x.parts[from]
	if s.steps--; s.steps < 0 || !x.isPart(s, n, p) {
		return false
	}
	if from++; from == to {
		return true
	}
	for up := n.Parent; up != nil && up.Type == html.ElementNode; up = up.Parent {
		if x.matches(s, up, from, to) {
			return true
		}
		if p.left == '>' {
			return false
		}
	}
	return false
}

func (x *index) isPart(s *Sheets, n *html.Node, p *compound) bool {
	for i := p.from; i < p.to; i++ {
		t := &x.tests[i]
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
