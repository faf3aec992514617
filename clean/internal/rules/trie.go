package rules

import (
	"slices"
	"strings"
)

// trie holds forms as paths of symbols.
type trie struct {
	nodes    []node
	roots    []uint32   // by word: the node that it leads to from the first one
	specials [][]branch // of nodes; the first is empty
	edges    edges      // those that find no room in nodes and roots
}

// A node has its first edge with it: most have no other one.
type node struct {
	accept  int32 // the form that ends here, -1 if none; form.next leads on
	word    uint32
	next    uint32 // where word leads to, 0 if there is no such edge
	special uint32 // number of its branches in trie.specials
}

type branch struct{ sym, next uint32 }

// edges maps a node and a word to the next node.
type edges struct {
	keys []uint64 // node<<32 | word, 0 if free: none leads from node 0
	next []uint32
	n    int
}

func (e *edges) find(key uint64) uint32 {
	mask := uint64(len(e.keys) - 1)
	for i := key * hashPrime >> 20 & mask; ; i = (i + 1) & mask {
		switch e.keys[i] {
		case key:
			return e.next[i]
		case 0:
			return 0
		}
	}
}

func (e *edges) put(key uint64, next uint32) {
	if e.n*2 >= len(e.keys) {
		old := *e
		*e = edges{keys: make([]uint64, 2*len(old.keys)), next: make([]uint32, 2*len(old.keys))}
		for i, k := range old.keys {
			if k != 0 {
				e.put(k, old.next[i])
			}
		}
	}
	mask := uint64(len(e.keys) - 1)
	i := key * hashPrime >> 20 & mask
	for e.keys[i] != 0 {
		i = (i + 1) & mask
	}
	e.keys[i], e.next[i] = key, next
	e.n++
}

func newTrie() trie {
	const room = 1 << 15 // for the built-in forms, so that nothing is moved
	nodes := make([]node, 1, room)
	nodes[0].accept = -1
	return trie{nodes: nodes, specials: make([][]branch, 1), edges: edges{keys: make([]uint64, room/2), next: make([]uint32, room/2)}}
}

// clone returns a trie like t that may be added to.
func (t *trie) clone() trie {
	c := trie{nodes: roomy(t.nodes), roots: slices.Clone(t.roots), specials: slices.Clone(t.specials), edges: t.edges}
	for i := range c.specials {
		c.specials[i] = slices.Clip(c.specials[i])
	}
	c.edges.keys, c.edges.next = slices.Clone(t.edges.keys), slices.Clone(t.edges.next)
	return c
}

// add adds a form. It returns the form that already ends in the same place,
// -1 if none does.
func (t *trie) add(syms []uint32, form int32) (next int32) {
	at := uint32(0)
	for _, sym := range syms {
		at = t.step(at, sym)
	}
	next = t.nodes[at].accept
	t.nodes[at].accept = form
	return next
}

// child returns the node that a word leads to, 0 if it leads nowhere.
func (t *trie) child(at, word uint32) uint32 {
	if at == 0 {
		if int(word) < len(t.roots) {
			return t.roots[word]
		}
		return 0
	}
	switch n := &t.nodes[at]; {
	case n.next == 0:
		return 0
	case n.word == word:
		return n.next
	}
	return t.edges.find(uint64(at)<<32 | uint64(word))
}

func (t *trie) step(at, sym uint32) uint32 {
	if sym >= symSpecial {
		for _, b := range t.specials[t.nodes[at].special] {
			if b.sym == sym {
				return b.next
			}
		}
	} else if next := t.child(at, sym); next != 0 {
		return next
	}
	next := uint32(len(t.nodes))
	t.nodes = append(t.nodes, node{accept: -1})
	n := &t.nodes[at]
	switch {
	case sym >= symSpecial:
		if n.special == 0 {
			n.special = uint32(len(t.specials))
			t.specials = append(t.specials, nil)
		}
		t.specials[n.special] = append(t.specials[n.special], branch{sym, next})
	case at == 0:
		for len(t.roots) <= int(sym) {
			t.roots = append(t.roots, 0)
		}
		t.roots[sym] = next
	case n.next == 0:
		n.word, n.next = sym, next
	default:
		t.edges.put(uint64(at)<<32|uint64(sym), next)
	}
	return next
}

// accept is a form found: it covers the tokens from where the walk began up to
// end, or down to end when walking backwards.
type accept struct {
	form int32
	end  int
}

// begin collects in w.hits the forms of s.prefix that begin with token i, if
// any may.
func (s *Set) begin(w *Words, i int) {
	w.hits = w.hits[:0]
	t := &w.Tokens[i]
	if t.Flags&Digit != 0 || t.whole != 0 || s.lists[t.ID]&s.opens != 0 || s.opensAny {
		s.walk(&s.prefix, w, 0, i, i)
	} else if next := s.prefix.child(0, t.ID); next != 0 { // and no placeholder begins like that
		s.walk(&s.prefix, w, next, i, i+1)
	}
}

// walk collects in w.hits the forms that lie at tokens i and following.
func (s *Set) walk(t *trie, w *Words, at uint32, from, i int) {
	for {
		n := &t.nodes[at]
		for f := n.accept; f >= 0; f = s.forms[f].next {
			w.hits = append(w.hits, accept{f, i})
		}
		if n.special != 0 {
			for _, b := range t.specials[n.special] {
				s.walkSpecial(t, w, b, from, i)
			}
		}
		if i >= len(w.Tokens) {
			w.reached = true
			return
		}
		tok := &w.Tokens[i]
		next := uint32(0)
		if tok.ID != 0 {
			next = t.child(at, tok.ID)
		}
		if tok.whole != 0 {
			if next != 0 {
				s.walk(t, w, next, from, i+1)
			}
			next = t.child(at, tok.whole)
			i += int(tok.parts) - 1
		}
		if next == 0 {
			return
		}
		at = next
		i++
	}
}

func (s *Set) walkSpecial(t *trie, w *Words, b branch, from, i int) {
	switch b.sym & symKind {
	case symColon:
		if i > 0 {
			// a colon, or a dash or divider with space around it
			sep := w.Tokens[i-1].Sep
			if sep&SepColon != 0 || sep&(SepDash|SepPipe) != 0 && sep&SepSpace != 0 {
				s.walk(t, w, b.next, from, i)
			}
		}
		return
	case symUpper:
		for _, tok := range w.Tokens[from:i] {
			if tok.Flags&Upper == 0 && tok.Flags&Digit == 0 {
				return
			}
		}
		s.walk(t, w, b.next, from, i)
		return
	}
	if i >= len(w.Tokens) {
		return
	}
	switch b.sym & symKind {
	case symNumber:
		if j := numberRun(w, i); j > i {
			s.walk(t, w, b.next, from, j)
		}
	case symDate:
		if j := s.dateRun(w, i); j > i {
			s.walk(t, w, b.next, from, j)
		}
	case symName:
		for j := s.nameRun(w, i, maxNameWords, false); j > i; j-- {
			s.walk(t, w, b.next, from, j)
		}
	case symNames:
		for j := s.nameRun(w, i, maxNamesWords, true); j > i; j-- {
			s.walk(t, w, b.next, from, j)
		}
	case symAny:
		k := int(b.sym &^ symKind)
		for j := i + 1; j <= i+k && j <= len(w.Tokens) && w.Tokens[j-1].Flags&Gap == 0; j++ {
			s.walk(t, w, b.next, from, j)
		}
	case symList:
		bit := uint64(1) << (b.sym &^ symKind)
		tok := &w.Tokens[i]
		if s.lists[tok.ID]&bit != 0 {
			s.walk(t, w, b.next, from, i+1)
		} else if tok.whole != 0 && s.lists[tok.whole]&bit != 0 {
			s.walk(t, w, b.next, from, i+int(tok.parts))
		}
	}
}

// walkBack does the same for forms written backwards, from token i down.
func (s *Set) walkBack(t *trie, w *Words, at uint32, i int) {
	n := &t.nodes[at]
	for f := n.accept; f >= 0; f = s.forms[f].next {
		w.hits = append(w.hits, accept{f, i + 1})
	}
	if i < 0 {
		return
	}
	tok := &w.Tokens[i]
	for _, b := range t.specials[n.special] {
		switch b.sym & symKind {
		case symNumber:
			if tok.Flags&Digit != 0 {
				s.walkBack(t, w, b.next, i-1)
			}
		case symList:
			if s.lists[tok.ID]&(1<<(b.sym&^symKind)) != 0 {
				s.walkBack(t, w, b.next, i-1)
			}
		}
	}
	if tok.ID != 0 {
		if next := t.child(at, tok.ID); next != 0 {
			s.walkBack(t, w, next, i-1)
		}
	}
	if first := i - int(tok.parts) + 1; tok.parts > 0 && tok.whole == 0 && first >= 0 && w.Tokens[first].whole != 0 {
		if next := t.child(at, w.Tokens[first].whole); next != 0 {
			s.walkBack(t, w, next, first-1)
		}
	}
}

// Lengths of what placeholders stand for, in tokens.
const (
	maxNameWords  = 5
	maxNamesWords = 14
	maxDateWords  = 16
)

func numberRun(w *Words, i int) int {
	if w.Tokens[i].Flags&Digit == 0 {
		return i
	}
	j := i + 1
	if j < len(w.Tokens) {
		switch t := &w.Tokens[j]; {
		case t.Flags&Glued == 0 || t.Flags&(Digit|CJK) != 0:
		case t.Flags&Cap == 0 && t.End-t.Start <= 2: // 12k, 3rd
			j++
		case t.End-t.Start == 1 && strings.IndexByte("KMB", w.Text[t.Start]) >= 0: // 1.2M
			j++
		}
	}
	return j
}

// dateRun returns the end of the date or time that begins at token i.
func (s *Set) dateRun(w *Words, i int) int {
	month, weekday, word := s.month, s.weekday, s.dateWord
	if l := s.lists[w.Tokens[i].ID]; w.Tokens[i].Flags&Digit == 0 && l&(month|weekday) == 0 {
		return i
	}
	months, numbers, full := 0, 0, 0
	end := i
	for j := i; j < len(w.Tokens) && j < i+maxDateWords; j++ {
		tok := &w.Tokens[j]
		l := s.lists[tok.ID]
		switch {
		case tok.Flags&Digit != 0:
			numbers++
			full += dateNumber(w.Text[tok.Start:tok.End])
			end = j + 1
		case l&(month|weekday) != 0:
			if l&month != 0 {
				months++
			}
			end = j + 1
		case l&word != 0:
			if tok.Flags&Glued != 0 || months > 0 || full > 0 {
				end = j + 1
			}
		default:
			j = len(w.Tokens)
		}
	}
	if full > 0 || months > 0 && numbers > 0 {
		return end
	}
	return i
}

// dateNumber is 1 for a number that is a date (16.09.2015, 2015-09-18) or a
// time of day (21:38).
func dateNumber(num string) int {
	var seps, groups [4]int
	n := 0
	for i := 0; i < len(num); i++ {
		c := num[i]
		if c >= '0' && c <= '9' {
			groups[n]++
			continue
		}
		if n == 3 {
			return 0
		}
		seps[n] = int(c)
		n++
	}
	switch {
	case n == 1 && seps[0] == ':' && groups[0] <= 2 && groups[1] == 2:
		return 1
	case n == 2 && seps[0] == seps[1] && seps[0] == ':' && groups[1] == 2 && groups[2] == 2:
		return 1
	case n == 2 && seps[0] == seps[1] && (seps[0] == '.' || seps[0] == '/' || seps[0] == '-'):
		if groups[0] == 4 && groups[1] <= 2 && groups[2] <= 2 || groups[0] <= 2 && groups[1] <= 2 && (groups[2] == 4 || groups[2] == 2) {
			return 1
		}
	}
	return 0
}

// nameRun returns the end of the capitalised words that begin at token i, with
// particles (von, de) between them and, where several names may stand, words
// and signs that join names.
func (s *Set) nameRun(w *Words, i, limit int, several bool) int {
	end := i
	if i > 0 && w.Tokens[i].Flags&(Glued|CJK) == Glued {
		return i // DeWalt is not "de Walt"
	}
	for j := i; j < len(w.Tokens) && j < i+limit; j++ {
		tok := &w.Tokens[j]
		if j > i {
			sep := w.Tokens[j-1].Sep
			if sep&(SepColon|SepOpen|SepClose|SepAt|SepEquals) != 0 || !several && sep&(SepComma|SepPipe) != 0 {
				break
			}
			if sep&SepEnd != 0 && w.Tokens[j-1].End-w.Tokens[j-1].Start > 3 {
				break
			}
		}
		l := s.lists[tok.ID]
		switch {
		case tok.Flags&Cap != 0 || tok.Flags&CJK != 0:
			end = j + 1
		case j > i && l&s.particle != 0:
		case j > i && several && l&s.joiner != 0:
		default:
			return end
		}
	}
	return end
}
