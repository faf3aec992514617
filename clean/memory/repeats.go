package memory

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Repeats shows what the texts of sites repeat, as a memory holds no words. It is made of
// the texts that were learned, or some of them.
type Repeats struct {
	index  *Index
	reader Reader
	sites  map[string]*siteRepeats
}

type siteRepeats struct {
	name    string
	read    int
	repeats map[uint64]*Repeat
}

// A SiteRepeats is a site and what its texts repeat, the most frequent first.
type SiteRepeats struct {
	Site      string
	Read      int // texts that Repeats saw
	Different int // texts that the memory knows, at most MaxTexts; 0 where too few are
	Repeats   []Repeat
}

// A Repeat is what so many texts hold.
type Repeat struct {
	Texts int
	Text  string // its beginning, as one of them has it
}

// Bounds of what is shown.
const (
	repeatTexts = 3    // that hold it
	repeatWords = 5    // that it has
	repeatBytes = 300  // that are kept of it
	maxRepeats  = 4096 // of a site; beyond, those of the fewest texts are forgotten
)

// NewRepeats is for texts of the sites that an index knows.
func NewRepeats(x *Index) *Repeats { return &Repeats{index: x, sites: map[string]*siteRepeats{}} }

// Add looks at a text.
func (r *Repeats) Add(t Text) {
	name := siteName(t.Site)
	site := r.sites[name]
	if site == nil {
		site = &siteRepeats{name: name, repeats: map[uint64]*Repeat{}}
		r.sites[name] = site
	}
	site.read++
	s := r.index.Site(name)
	if s == nil {
		return
	}
	words, _ := r.reader.Read(s, t.Body, nil)
	own := 1 // the text itself
	for i := 0; i < len(words); {
		n := words[i].Texts
		from := i
		for i++; i < len(words) && words[i].Texts == n; i++ {
		}
		if n+1 < repeatTexts || i-from < repeatWords {
			continue
		}
		site.add(keyOfWords(r.reader.words[from:i]), int(n)+own, t.Body[words[from].From:words[i-1].To])
	}
}

// add counts a stretch. Of several spellings the first in order is shown, whatever the
// order of the texts.
func (s *siteRepeats) add(key uint64, texts int, text string) {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > repeatBytes {
		end := repeatBytes
		for end > 0 && !utf8.RuneStart(text[end]) {
			end--
		}
		text = text[:end] + "…"
	}
	old := s.repeats[key]
	if old == nil {
		s.repeats[key] = &Repeat{texts, text}
	} else if old.Texts = max(old.Texts, texts); text < old.Text {
		old.Text = strings.Clone(text)
	}
	if len(s.repeats) > 2*maxRepeats {
		for key, n := range s.sorted() {
			if n >= maxRepeats {
				delete(s.repeats, key)
			}
		}
	}
}

// sorted are the ranks of the stretches, by their keys.
func (s *siteRepeats) sorted() map[uint64]int {
	var keys []uint64
	for k := range s.repeats {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b uint64) int { return compareRepeats(*s.repeats[a], *s.repeats[b]) })
	ranks := make(map[uint64]int, len(keys))
	for i, k := range keys {
		ranks[k] = i
	}
	return ranks
}

func compareRepeats(a, b Repeat) int {
	return cmp.Or(b.Texts-a.Texts, len(b.Text)-len(a.Text), cmp.Compare(a.Text, b.Text))
}

func keyOfWords(words []word) uint64 {
	h := uint64(hashStart)
	for _, w := range words {
		h = (h ^ uint64(w.hash)) * hashPrime
	}
	return mix(h)
}

// Sites are the sites that were looked at, in the order of their names.
func (r *Repeats) Sites() []SiteRepeats {
	var out []SiteRepeats
	for _, s := range r.sites {
		site := SiteRepeats{Site: s.name, Read: s.read}
		if known := r.index.Site(s.name); known != nil {
			site.Different = known.texts
		}
		for _, p := range s.repeats {
			site.Repeats = append(site.Repeats, *p)
		}
		slices.SortFunc(site.Repeats, compareRepeats)
		out = append(out, site)
	}
	slices.SortFunc(out, func(a, b SiteRepeats) int { return strings.Compare(a.Site, b.Site) })
	return out
}
