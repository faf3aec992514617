package rules

import (
	"fmt"
	"maps"
	"slices"

	"github.com/andybalholm/cascadia"

	"github.com/winnowtext/winnow/clean/internal/words"
)

// A Selector is a compiled CSS selector of a user's rule.
type Selector struct {
	Matcher cascadia.SelectorGroup
	CSS     string
	Rule    uint16
}

// addDOM adds a rule about elements.
func (s *Set) addDOM(r *DOMRule) error {
	if s.off[r.ID] && !r.User {
		return nil
	}
	if len(s.dom) == 1<<16-1 {
		return fmt.Errorf("more than %d rules about elements", len(s.dom))
	}
	if len(r.selectors) > 0 && !r.User {
		return fmt.Errorf("select is for users' rules: it costs a search of every page")
	}
	n := uint16(len(s.dom))
	s.dom = append(s.dom, r)
	for _, t := range r.tokens {
		if old, ok := s.tokens.put(t, n); !ok {
			if !r.User {
				return fmt.Errorf("token %q belongs to rule %s", t, s.dom[old].ID)
			}
			s.tokens.replace(t, n)
		}
	}
	for _, a := range r.attrs {
		if old, ok := s.attrs[a]; ok && !r.User {
			return fmt.Errorf("attr %s=%s belongs to rule %s", a[0], a[1], s.dom[old].ID)
		}
		s.attrs[a] = n
		s.attrNames.replace(a[0], 0)
	}
	for i := range r.selectors {
		r.selectors[i].Rule = n
	}
	if len(r.selectors) > 0 {
		s.selects = append(s.selects, r)
	}
	return nil
}

// Select returns a set with two rules more, those of a user: elements that keep finds
// stay, those of drop go. Either may be nil.
func (s *Set) Select(keep, drop cascadia.SelectorGroup) (*Set, error) {
	if len(keep)+len(drop) == 0 {
		return s, nil
	}
	more := s.clone()
	for _, r := range []*DOMRule{
		{ID: "option.keep", Why: "Options.Keep says so", Keep: true, selectors: []Selector{{Matcher: keep}}},
		{ID: "option.drop", Why: "Options.Drop says so", Prune: true, selectors: []Selector{{Matcher: drop}}},
	} {
		if len(r.selectors[0].Matcher) == 0 {
			continue
		}
		r.Kind, r.User = "boilerplate", true
		if err := more.addDOM(r); err != nil {
			return nil, err
		}
	}
	more.tokens.pack()
	more.attrNames.pack()
	return more, nil
}

// DOM returns the rule of that number.
func (s *Set) DOM(n uint16) *DOMRule { return s.dom[n] }

// DOMRules returns all rules about elements; their places in it are their
// numbers.
func (s *Set) DOMRules() []*DOMRule { return slices.Clone(s.dom) }

// Token returns the number of the rule that names a class or id token. ASCII
// letters are compared without regard to case. It allocates nothing.
func (s *Set) Token(tok string) (rule uint16, ok bool) { return find(&s.tokens, tok) }

// MayBeToken reports whether Token may know a token, which is not empty; most others are
// turned away.
func (s *Set) MayBeToken(tok string) bool {
	return s.tokens.may[ends(tok)]>>(len(tok)%32)&1 != 0
}

// TokenBytes is Token for bytes.
func (s *Set) TokenBytes(tok []byte) (rule uint16, ok bool) { return find(&s.tokens, tok) }

// Attr returns the number of the rule that names the attribute with this
// value, or with any value where the rule gives none. Both must be in lower
// case.
func (s *Set) Attr(name, value string) (rule uint16, ok bool) {
	if !s.AttrName(name) {
		return 0, false
	}
	if rule, ok = s.attrs[[2]string{name, value}]; !ok {
		rule, ok = s.attrs[[2]string{name, ""}]
	}
	return rule, ok
}

// AttrName reports whether any rule names an attribute.
func (s *Set) AttrName(name string) bool {
	_, ok := find(&s.attrNames, name)
	return ok
}

// Selectors returns the selectors of the rules that apply to a host.
func (s *Set) Selectors(host string) []Selector {
	var all []Selector
	for _, r := range s.selects {
		if onHost(r.hosts, host) {
			all = append(all, r.selectors...)
		}
	}
	return all
}

// table maps lower-case tokens, or names of attributes, to rules.
type table struct {
	byName map[string]uint16
	slots  []slot
	mask   uint32
	may    [1024]uint32 // by first and last letter, a bit per length: most others are turned away
}

type slot struct {
	name string
	hash uint32
	rule uint16
	used bool
}

func (t *table) put(name string, rule uint16) (old uint16, ok bool) {
	if old, taken := t.byName[name]; taken {
		return old, false
	}
	t.replace(name, rule)
	return rule, true
}

func (t *table) replace(name string, rule uint16) {
	if t.byName == nil {
		t.byName = map[string]uint16{}
	}
	t.byName[name] = rule
}

// clone returns a table like t that may be added to, and is packed anew then.
func (t *table) clone() table { return table{byName: maps.Clone(t.byName)} }

// pack lays the tokens out for find.
func (t *table) pack() {
	size := 64
	for size < 4*len(t.byName) {
		size *= 2
	}
	t.slots, t.mask = make([]slot, size), uint32(size-1)
	names := make([]string, 0, len(t.byName))
	for name := range t.byName {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		h := hashToken(name)
		i := h & t.mask
		for t.slots[i].used {
			i = (i + 1) & t.mask
		}
		t.slots[i] = slot{name, h, t.byName[name], true}
		t.may[ends(name)] |= 1 << (len(name) % 32)
	}
}

func hashToken[T string | []byte](tok T) uint32 {
	h := words.FNVStart
	for i := 0; i < len(tok); i++ {
		c := tok[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		h = words.FNV(h, uint32(c))
	}
	return h ^ h>>15
}

// ends is a number for the first and the last letter of a token in any case.
func ends[T string | []byte](tok T) int { return int(tok[0]&0x1F)<<5 | int(tok[len(tok)-1]&0x1F) }

func find[T string | []byte](t *table, tok T) (uint16, bool) {
	if len(tok) == 0 || t.may[ends(tok)]>>(len(tok)%32)&1 == 0 {
		return 0, false
	}
	h := hashToken(tok)
	for i := h & t.mask; t.slots[i].used; i = (i + 1) & t.mask {
		if s := &t.slots[i]; s.hash == h && equalFold(s.name, tok) {
			return s.rule, true
		}
	}
	return 0, false
}

func equalFold[T string | []byte](lower string, tok T) bool {
	if len(lower) != len(tok) {
		return false
	}
	for i := 0; i < len(tok); i++ {
		c := tok[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}
