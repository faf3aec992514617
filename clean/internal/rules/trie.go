package rules

import (
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/words"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// trie holds forms as paths of symbols.
type trie struct {
	nodes    []node
	roots    []uint32          // by word: the node that it leads to from the first one, and lone
	pairs    [pairWords]uint64 // a bit for the first two words of each form, some for several; see inPairs
	specials [][]branch        // of nodes; the first is empty
	edges    edges             // those that find no room in nodes and roots
}

// lone marks a word in trie.roots of which a form may stand by itself, or before a
// placeholder.
const lone = 1 << 31

const pairWords = 1 << 10

// inPairs is the place of the bit for a word that follows the first one, which leads to a
// node.
func inPairs(node, word uint32) (n, bit uint32) {
	h := (node<<16 ^ word) * 0x9E3779B1 // multiplicative hashing, Knuth
	return h >> 16 % pairWords, h >> 26
}

// goesOn reports whether a form may begin with word, which leads to node from the first
// one, and the next word: most lines begin with a word of some form, and few of those with
// two, which the filter tells at once.
func (t *trie) goesOn(word, node, next uint32) bool {
	if t.roots[word]&lone != 0 {
		return true
	}
	n, bit := inPairs(node, next)
	return next != 0 && t.pairs[n]>>bit&1 != 0
}

// A node has its first edge with it: most have no other one.
type node struct {
	accept  int32 // the form that ends here, -1 if none; form.next leads on
	word    uint32
	next    uint32 // where word leads to, 0 if there is no such edge
	special uint32 // number of its branches in trie.specials
}

type branch struct{ sym, next uint32 }

// edges maps node<<32 | word to the next node.
type edges = work.Table[uint64, uint32]

func newTrie() trie {
	const room = 1 << 15 // for the built-in forms, so that nothing is moved
	nodes := make([]node, 1, room)
	nodes[0].accept = -1
	t := trie{nodes: nodes, specials: make([][]branch, 1)}
	t.edges.Init(nil, room/4)
	return t
}

// clone returns a trie like t that may be added to.
func (t *trie) clone() trie {
	c := trie{nodes: roomy(t.nodes), roots: slices.Clone(t.roots), pairs: t.pairs, specials: slices.Clone(t.specials), edges: t.edges.Clone()}
	for i := range c.specials {
		c.specials[i] = slices.Clip(c.specials[i])
	}
	return c
}

// add adds a form. It returns the form that already ends in the same place,
// -1 if none does.
func (t *trie) add(syms []uint32, form int32) (next int32) {
	at := uint32(0)
	for i, sym := range syms {
		next := t.step(at, sym)
		if i == 1 && syms[0] < symSpecial && sym < symSpecial {
			n, bit := inPairs(at, sym)
			t.pairs[n] |= 1 << bit
		}
		at = next
	}
	if syms[0] < symSpecial && (len(syms) == 1 || syms[1] >= symSpecial) {
		t.roots[syms[0]] |= lone
	}
	next = t.nodes[at].accept
	t.nodes[at].accept = form
	return next
}

// child returns the node that a word leads to, 0 if it leads nowhere.
func (t *trie) child(at, word uint32) uint32 {
	if at == 0 {
		if int(word) < len(t.roots) {
			return t.roots[word] &^ lone
		}
		return 0
	}
	switch n := &t.nodes[at]; {
	case n.next == 0:
		return 0
	case n.word == word:
		return n.next
	}
	if e := t.edges.Find(uint64(at)<<32 | uint64(word)); e != nil {
		return *e
	}
	return 0
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
		*t.edges.At(uint64(at)<<32 | uint64(sym)) = next
	}
	return next
}

// accept is a form found: it covers the tokens from where the walk began up to
// end, or down to end when walking backwards.
type accept struct {
	form int32
	end  int
}

// begin returns the forms of s.prefix that begin with token i, if any may, up to the
// next call. Those of the line's beginning, which are asked for most, are found once.
func (s *Set) begin(w *Words, i int) []accept {
	if i == 0 && w.begun {
		return w.heads
	}
	w.hits = w.hits[:0]
	t := &w.Tokens[i]
	if t.Flags&words.Digit != 0 || t.Whole != 0 || s.lists(t.ID)&s.opens != 0 || s.opensAny {
		s.walk(&s.prefix, w, 0, i, i)
	} else if next := s.prefix.child(0, t.ID); next != 0 && // and no placeholder begins like that
		(i+1 == len(w.Tokens) || w.Tokens[i+1].Whole != 0 || s.prefix.goesOn(t.ID, next, w.Tokens[i+1].ID)) {
		s.walk(&s.prefix, w, next, i, i+1)
	}
	if i == 0 {
		w.heads, w.begun = append(w.heads[:0], w.hits...), true
	}
	return w.hits
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
		if tok.Whole != 0 {
			if next != 0 {
				s.walk(t, w, next, from, i+1)
			}
			next = t.child(at, tok.Whole)
			i += int(tok.Parts) - 1
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
			if sep&words.SepColon != 0 || sep&(words.SepDash|words.SepPipe) != 0 && sep&words.SepSpace != 0 {
				s.walk(t, w, b.next, from, i)
			}
		}
		return
	case symUpper:
		for _, tok := range w.Tokens[from:i] {
			if tok.Flags&words.Upper == 0 && tok.Flags&words.Digit == 0 {
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
		for j := i + 1; j <= i+k && j <= len(w.Tokens) && w.Tokens[j-1].Flags&words.Gap == 0; j++ {
			s.walk(t, w, b.next, from, j)
		}
	case symList:
		bit := uint64(1) << (b.sym &^ symKind)
		tok := &w.Tokens[i]
		if s.lists(tok.ID)&bit != 0 {
			s.walk(t, w, b.next, from, i+1)
		} else if tok.Whole != 0 && s.lists(tok.Whole)&bit != 0 {
			s.walk(t, w, b.next, from, i+int(tok.Parts))
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
			if tok.Flags&words.Digit != 0 {
				s.walkBack(t, w, b.next, i-1)
			}
		case symList:
			if s.lists(tok.ID)&(1<<(b.sym&^symKind)) != 0 {
				s.walkBack(t, w, b.next, i-1)
			}
		}
	}
	if tok.ID != 0 {
		if next := t.child(at, tok.ID); next != 0 {
			s.walkBack(t, w, next, i-1)
		}
	}
	if first := i - int(tok.Parts) + 1; tok.Parts > 0 && tok.Whole == 0 && first >= 0 && w.Tokens[first].Whole != 0 {
		if next := t.child(at, w.Tokens[first].Whole); next != 0 {
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
	if w.Tokens[i].Flags&words.Digit == 0 {
		return i
	}
	j := i + 1
	if j < len(w.Tokens) {
		switch t := &w.Tokens[j]; {
		case t.Flags&words.Glued == 0 || t.Flags&(words.Digit|words.CJK) != 0:
		case t.Flags&words.Cap == 0 && t.End-t.Start <= 2: // 12k, 3rd
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
	if l := s.lists(w.Tokens[i].ID); w.Tokens[i].Flags&words.Digit == 0 && l&(month|weekday) == 0 {
		return i
	}
	months, numbers, full := 0, 0, 0
	end := i
	for j := i; j < len(w.Tokens) && j < i+maxDateWords; j++ {
		tok := &w.Tokens[j]
		l := s.lists(tok.ID)
		switch {
		case tok.Flags&words.Digit != 0:
			numbers++
			full += dateNumber(w.Text[tok.Start:tok.End])
			end = j + 1
		case l&(month|weekday) != 0:
			if l&month != 0 {
				months++
			}
			end = j + 1
		case l&word != 0:
			if tok.Flags&words.Glued != 0 || months > 0 || full > 0 {
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
	if i > 0 && w.Tokens[i].Flags&(words.Glued|words.CJK) == words.Glued {
		return i // DeWalt is not "de Walt"
	}
	for j := i; j < len(w.Tokens) && j < i+limit; j++ {
		tok := &w.Tokens[j]
		if j > i {
			sep := w.Tokens[j-1].Sep
			if sep&(words.SepColon|words.SepOpen|words.SepClose|words.SepAt|words.SepEquals) != 0 || !several && sep&(words.SepComma|words.SepPipe) != 0 {
				break
			}
			if sep&words.SepEnd != 0 && w.Tokens[j-1].End-w.Tokens[j-1].Start > 3 {
				break
			}
		}
		l := s.lists(tok.ID)
		switch {
		case tok.Flags&words.Cap != 0 || tok.Flags&words.CJK != 0:
			end = j + 1
		case j > i && l&s.particle != 0:
		case j > i && several && l&s.joiner != 0:
		default:
			return end
		}
	}
	return end
}
