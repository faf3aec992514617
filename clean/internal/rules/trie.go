package rules

import (
	"slices"
	"strings"
)

// trie holds forms as paths of symbols.
type trie struct {
	nodes []node
	edges edges
}

// edges maps a node and a word to the next node.
type edges struct {
	keys []uint64 // node<<32 | word, 0 if free: no edge leads from node 0 by word 0
	next []uint32
	n    int
}

func (e *edges) find(key uint64) (uint32, bool) {
	mask := uint64(len(e.keys) - 1)
	for i := key * hashPrime >> 20 & mask; ; i = (i + 1) & mask {
		switch e.keys[i] {
		case key:
			return e.next[i], true
		case 0:
			return 0, false
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

type node struct {
	special []branch
	accept  int32 // the form that ends here, -1 if none; form.next leads on
}

type branch struct{ sym, next uint32 }

func newTrie() trie {
	const room = 1 << 16 // for the built-in forms, so that nothing is moved
	nodes := make([]node, 1, room/2)
	nodes[0].accept = -1
	return trie{nodes: nodes, edges: edges{keys: make([]uint64, room), next: make([]uint32, room)}}
}

// clone returns a trie like t that may be added to.
func (t *trie) clone() trie {
	c := trie{nodes: roomy(t.nodes), edges: t.edges}
	for i := range c.nodes {
		c.nodes[i].special = slices.Clip(c.nodes[i].special)
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

func (t *trie) step(at, sym uint32) uint32 {
	if sym < symSpecial {
		key := uint64(at)<<32 | uint64(sym)
		next, ok := t.edges.find(key)
		if !ok {
			next = uint32(len(t.nodes))
			t.nodes = append(t.nodes, node{accept: -1})
			t.edges.put(key, next)
		}
		return next
	}
	for _, b := range t.nodes[at].special {
		if b.sym == sym {
			return b.next
		}
	}
	next := uint32(len(t.nodes))
	t.nodes = append(t.nodes, node{accept: -1})
	t.nodes[at].special = append(t.nodes[at].special, branch{sym, next})
	return next
}

// accept is a form found: it covers the tokens from where the walk began up to
// end, or down to end when walking backwards.
type accept struct {
	form int32
	end  int
}

// walk collects in w.hits the forms that lie at tokens i and following.
func (s *Set) walk(t *trie, w *Words, at uint32, from, i int) {
	n := &t.nodes[at]
	for f := n.accept; f >= 0; f = s.forms[f].next {
		w.hits = append(w.hits, accept{f, i})
	}
	for _, b := range n.special {
		s.walkSpecial(t, w, b, from, i)
	}
	if i >= len(w.Tokens) {
		w.reached = true
		return
	}
	tok := &w.Tokens[i]
	if tok.ID != 0 {
		if next, ok := t.edges.find(uint64(at)<<32 | uint64(tok.ID)); ok {
			s.walk(t, w, next, from, i+1)
		}
	}
	if tok.whole != 0 {
		if next, ok := t.edges.find(uint64(at)<<32 | uint64(tok.whole)); ok {
			s.walk(t, w, next, from, i+int(tok.parts))
		}
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
	for _, b := range n.special {
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
		if next, ok := t.edges.find(uint64(at)<<32 | uint64(tok.ID)); ok {
			s.walkBack(t, w, next, i-1)
		}
	}
	if first := i - int(tok.parts) + 1; tok.parts > 0 && tok.whole == 0 && first >= 0 && w.Tokens[first].whole != 0 {
		if next, ok := t.edges.find(uint64(at)<<32 | uint64(w.Tokens[first].whole)); ok {
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
