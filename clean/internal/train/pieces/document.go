package main

import (
	"math/rand/v2"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/piece"
)

// A Document is a text whose pieces are labelled.
type Document struct {
	ID     string  `json:"id"`
	Site   string  `json:"site"` // registered domain
	Fold   uint8   `json:"fold"`
	Lang   string  `json:"lang"`
	Form   string  `json:"form"`
	Kind   string  `json:"kind"` // where its labels come from
	Corpus string  `json:"corpus"`
	Weight float64 `json:"weight"`
	Text   string  `json:"text"`
	Marks  []Mark  `json:"marks"`
}

// A Mark is the label of a stretch of a text: where it begins and ends, in bytes, and
// what it is. What lies between the marks of a text is not judged.
type Mark [3]int

// Labels.
const (
	article = iota
	residue
	unscored
)

// A labelled line of a text.
type lined struct {
	text  string
	marks []Mark // in order
}

// has reports whether a piece of the line has the label.
func (l *lined) has(label int) bool {
	for _, m := range l.marks {
		if m[2] == label {
			return true
		}
	}
	return false
}

// A draft is a text before it has a form.
type draft struct {
	id, site, lang, kind, corpus string
	lines                        []lined
}

// random is a source of chance of its own for every purpose and text, so that no text
// depends on what was made before it.
func random(of ...string) *rand.Rand {
	return rand.New(rand.NewPCG(hash(of...), 18))
}

// hash hashes a list of strings.
func hash(of ...string) uint64 {
	const prime = 1099511628211 // FNV-1a
	h := uint64(14695981039346656037)
	for _, s := range of {
		for i := range len(s) {
			h = (h ^ uint64(s[i])) * prime
		}
		h *= prime
	}
	// The last letters barely move its upper bits: mix them.
	h ^= h >> 32
	h *= 0xD6E8FEB86659FD93
	return h ^ h>>32
}

// pick is one of the list.
func pick[T any](rnd *rand.Rand, list []T) T { return list[rnd.IntN(len(list))] }

// split cuts a text into lines with one mark of that label for each piece.
func split(m *piece.Memory, text string, label int) []lined {
	var lines []lined
	for _, l := range strings.Split(text, "\n") {
		if l = strings.Join(strings.Fields(l), " "); l == "" {
			continue
		}
		x := lined{text: l}
		for _, p := range m.Split(l) {
			x.marks = append(x.marks, Mark{p.Start, p.End, label})
		}
		lines = append(lines, x)
	}
	return lines
}

// language is the two letters of a language's name.
func language(name string) string {
	name, _, _ = strings.Cut(strings.ToLower(name), "-")
	name, _, _ = strings.Cut(name, "_")
	return name
}

// wordCounts are the words of the text by label, those not judged last.
func (d *Document) wordCounts() (n [3]float64) {
	at := 0
	for _, m := range d.Marks {
		n[unscored] += corpus.Words(d.Text[at:m[0]])
		n[m[2]] += corpus.Words(d.Text[m[0]:m[1]])
		at = m[1]
	}
	n[unscored] += corpus.Words(d.Text[at:])
	return n
}
