// Package memory learns what the texts of a site repeat: subscription notices, promos,
// rights lines, descriptions of the site. What 254 of 271 texts hold is seldom part of
// any of them.
//
// Cleaning with a memory takes two passes. The first learns from all texts, the second
// cleans them, or others of the same sites:
//
//	m := memory.Learn(texts) // an iter.Seq of memory.Text
//	c, err := clean.New(clean.Options{Memory: m})
//
// Learn parts of a set wherever they are, in goroutines or on many machines, then
// [Memory.Merge] what was learned: a memory is a set, so what results depends neither on
// the order nor on how the texts were shared out, and [Memory.Save] writes the same bytes.
//
// A memory is for flattened text. In cleaned pages lines that repeat are headings, code
// and lists more often than not.
//
// What is kept are hashes of runs of five words, with all numbers the same, no text and no
// names. It is bounded: of a site it keeps the runs of [MaxTexts] texts, which are chosen
// by their hashes and so are a sample of all. Texts that are copies of one another, but
// for a few words, count once.
//
//	memory.go  Memory: learn and merge
//	words.go   from a text to its runs of words
//	site.go    Site: what of a text stands in others of its site
//	copies.go  which texts are copies of one another
//	repeats.go Repeats: what repeats most, to look at
//	file.go    save and load
package memory

import (
	"cmp"
	"iter"
	"net/url"
	"slices"
	"strings"
)

// MaxTexts is of how many texts of a site the runs are kept. More would tell nothing
// more: what stands in 2 % of them stands in ten of as many.
const MaxTexts = 512

// LeastTexts is of how many different texts of a site it takes to say what they repeat.
const LeastTexts = 5

// A Text is a flattened text and the site it is from. Any name for the site will do that
// is the same whenever texts of it are learned and cleaned; of host names "www." in front
// and capitals do not count.
type Text struct{ Site, Body string }

// A Memory holds what was learned. The zero value is empty and ready for use. It serves
// one goroutine; several learn into memories of their own, which are merged.
type Memory struct {
	sites map[uint64]*known // by the hash of their names
	words []word            // of the text that is being learned
}

// known is what is known of a site.
type known struct {
	learned uint64 // texts, also those that are not kept
	texts   []text // in the order of their keys, MaxTexts at most
}

// A text is the set of its runs.
type text struct {
	key  uint64   // hash of its runs
	runs []uint32 // hashes, in order
}

// Learn makes a memory of texts.
func Learn(texts iter.Seq[Text]) *Memory {
	m := new(Memory)
	for t := range texts {
		m.Learn(t)
	}
	return m
}

// Learn adds a text. One of fewer than five words says nothing.
func (m *Memory) Learn(t Text) {
	m.words = scan(m.words[:0], t.Body, nil)
	if runs := runsOf(nil, ends(m.words)); len(runs) > 0 {
		k := m.site(hashOf(siteName(t.Site)))
		k.learned++
		k.add(text{keyOf(runs), runs})
	}
	if cap(m.words) > maxKept {
		m.words = nil
	}
}

// maxKept is how many words there is room for from one text to the next.
const maxKept = 1 << 16

// Merge adds what another memory learned, of other texts or the same ones.
func (m *Memory) Merge(other *Memory) {
	if m == other {
		return
	}
	for site, from := range other.sites {
		k := m.site(site)
		k.learned += from.learned
		for _, t := range from.texts {
			k.add(t)
		}
	}
}

// Texts is how many texts were learned.
func (m *Memory) Texts() (n int) {
	for _, k := range m.sites {
		n += int(k.learned)
	}
	return n
}

// Sites is of how many sites they were.
func (m *Memory) Sites() int { return len(m.sites) }

func (m *Memory) site(name uint64) *known {
	if m.sites == nil {
		m.sites = map[uint64]*known{}
	}
	k := m.sites[name]
	if k == nil {
		k = new(known)
		m.sites[name] = k
	}
	return k
}

// add adds a text to those that are kept, if it is among the MaxTexts of the smallest
// keys.
func (k *known) add(t text) {
	i, found := slices.BinarySearchFunc(k.texts, t.key, func(a text, key uint64) int { return cmp.Compare(a.key, key) })
	if found || i == MaxTexts {
		return
	}
	if len(k.texts) == MaxTexts {
		k.texts = k.texts[:MaxTexts-1]
	}
	k.texts = slices.Insert(k.texts, i, t)
}

// siteName is by what name a site is known: of an address its host.
func siteName(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if strings.Contains(s, "://") {
		if u, err := url.Parse(s); err == nil && u.Hostname() != "" {
			s = u.Hostname()
		}
	}
	return strings.TrimPrefix(s, "www.")
}
