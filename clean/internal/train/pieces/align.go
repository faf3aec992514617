package main

import (
	"sort"
	"strings"
	"unicode"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/piece"
)

// Bounds of the alignment.
const (
	longPiece     = 24   // letters from which on a piece is looked for anywhere in the gold
	longSpaceless = 12   // the same for scripts without spaces
	lookAhead     = 2000 // bytes of the gold in which a piece is looked for first
	lookBack      = 6000 // and which a page may go back: boxes beside the text
	mostlyIn      = .8   // share of word triples from which on a piece is the article's
	hardlyIn      = .15  // and below which it is not
	gapBase       = 600  // bytes of gold between two neighbours in which a short piece may hide,
	gapEach       = 20   // and as many more for each byte of it
)

// align gives every piece of a page's lines its label: article where the gold text
// holds it, residue where it does not. Long pieces are looked up, short ones must
// stand in the gold between their neighbours. Of titles, of what the gold may have or
// not, and of pieces that stand more often on the page than in the gold, nothing is
// known. It returns the share of the gold that was found, too.
func align(m *piece.Memory, lines []string, gold string, titles, optional []string) ([]lined, float64) {
	g := letters(gold)
	triples := map[uint64]bool{}
	for _, h := range hashTriples(wordsOf(gold)) {
		triples[h] = true
	}
	head := lettersOf(titles)
	free := lettersOf(optional)

	type item struct {
		line     int
		span     Mark
		letters  string
		from, to int // place in the gold; to is 0 when it is not known
	}
	out := make([]lined, len(lines))
	var items []item
	for i, l := range lines {
		out[i].text = l
		for _, p := range m.Split(l) {
			items = append(items, item{line: i, span: Mark{p.Start, p.End, -1}, letters: letters(l[p.Start:p.End])})
		}
	}

	pos := 0
	times := map[string]int{}
	var anchors []int
	covered := make([]bool, len(g))
	for i := range items {
		it := &items[i]
		label := &it.span[2]
		if it.letters == "" {
			*label = unscored
			continue
		}
		n, spaceless := count(it.letters)
		if n < longSpaceless || n < longPiece && !spaceless {
			continue
		}
		at := find(g, it.letters, pos)
		if at >= 0 {
			if times[it.letters]++; times[it.letters] > 1 && times[it.letters] > strings.Count(g, it.letters) {
				*label = unscored // a further copy: neither wanted nor wrong
				continue
			}
			*label, it.from, it.to = article, at, at+len(it.letters)
			pos = it.to
			anchors = append(anchors, i)
			for k := it.from; k < it.to; k++ {
				covered[k] = true
			}
			continue
		}
		in := 0.
		if spaceless {
			in = shareOfRuns(it.letters, g)
		} else if t := hashTriples(wordsOf(lines[it.line][it.span[0]:it.span[1]])); len(t) > 0 {
			for _, h := range t {
				if triples[h] {
					in++
				}
			}
			in /= float64(len(t))
		}
		switch {
		case in > mostlyIn:
			*label = article
		case in < hardlyIn:
			*label = residue
		default:
			*label = unscored
		}
	}
	for i := range items {
		it := &items[i]
		if it.span[2] < 0 {
			k := sort.SearchInts(anchors, i)
			from, to := 0, len(g)
			if k > 0 {
				from = items[anchors[k-1]].to
			}
			if k < len(anchors) {
				to = items[anchors[k]].from
			}
			it.span[2] = residue
			if from <= to && strings.Contains(g[from:to], it.letters) {
				it.span[2] = unscored
				if to-from < gapBase+gapEach*len(it.letters) {
					it.span[2] = article
				}
			}
		}
		if it.span[2] == residue && partOf(it.letters, head) || it.span[2] == article && partOf(it.letters, free) {
			it.span[2] = unscored
		}
		out[it.line].marks = append(out[it.line].marks, it.span)
	}
	found := 0
	for _, c := range covered {
		if c {
			found++
		}
	}
	return out, float64(found) / float64(max(1, len(g)))
}

// find finds a piece in the gold: best where the piece before ended or shortly after,
// else shortly before, else anywhere.
func find(gold, piece string, pos int) int {
	for _, part := range [][2]int{{pos, min(pos+lookAhead, len(gold))}, {max(0, pos-lookBack), len(gold)}, {0, len(gold)}} {
		if at := strings.Index(gold[part[0]:part[1]], piece); at >= 0 {
			return at + part[0]
		}
	}
	return -1
}

// minPart is the length in bytes from which on a part of a title is a title.
const minPart = 16

// partOf reports whether a piece is one of the lines, or a long part of one.
func partOf(piece string, lines []string) bool {
	for _, t := range lines {
		if piece == t || len(piece) >= minPart && strings.Contains(t, piece) {
			return true
		}
	}
	return false
}

// lettersOf are the letters of lines that have some.
func lettersOf(lines []string) []string {
	var out []string
	for _, l := range lines {
		if l = letters(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// letters are the letters and digits of a text, in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// count counts letters, and reports whether some are of a script without spaces.
func count(s string) (n int, spaceless bool) {
	for _, r := range s {
		n++
		spaceless = spaceless || chars.Spaceless(r)
	}
	return n, spaceless
}

// runOfLetters is what counts as a word triple in scripts without spaces.
const runOfLetters = 5

// shareOfRuns is the share of runs of letters that stand in the gold, too.
func shareOfRuns(s, gold string) float64 {
	r := []rune(s)
	n, in := 0, 0
	for i := 0; i+runOfLetters <= len(r); i++ {
		n++
		if strings.Contains(gold, string(r[i:i+runOfLetters])) {
			in++
		}
	}
	return float64(in) / float64(max(1, n))
}

// wordsOf are the words of a text in lower case.
func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !isWord(r) })
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// hashTriples hashes the runs of three words.
func hashTriples(w []string) []uint64 { return hashRuns(w, 3) }

func hashRuns(w []string, n int) []uint64 {
	var out []uint64
	for i := 0; i+n <= len(w); i++ {
		out = append(out, hash(w[i:i+n]...))
	}
	return out
}
