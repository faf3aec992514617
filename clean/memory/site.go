package memory

import (
	"slices"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// An Index answers what a memory knows. It never changes and may be used by many
// goroutines.
type Index struct{ sites map[uint64]*Site }

// A Site is what the texts of one site hold.
type Site struct {
	texts  int // different ones
	counts work.Table[uint32, uint16]
	copies *copies
	class  []int32 // of every text
}

// Index returns what the memory knows now.
func (m *Memory) Index() *Index {
	x := &Index{map[uint64]*Site{}}
	for name, k := range m.sites {
		if len(k.texts) >= LeastTexts {
			if s := newSite(k.texts); s.texts >= LeastTexts {
				x.sites[name] = s
			}
		}
	}
	return x
}

// Site is what is known of a site, nil where too few of its texts are. Of no index
// nothing is known.
func (x *Index) Site(name string) *Site {
	if x == nil {
		return nil
	}
	return x.sites[hashOf(siteName(name))]
}

func newSite(texts []text) *Site {
	s := &Site{copies: newCopies(texts)}
	s.class, s.texts = s.copies.classes(texts)
	// Texts of a class one after the other: what several of them hold counts once.
	order := make([]int, len(texts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(s.class[a] - s.class[b]) })
	type count struct {
		class int32 // that was seen last
		n     uint16
	}
	var all work.Table[uint32, count]
	often := 0
	for _, i := range order {
		for _, h := range texts[i].runs {
			c := all.At(h + 1) // never 0
			if c.n > 0 && c.class == s.class[i] {
				continue
			}
			c.class = s.class[i]
			if c.n++; c.n == 2 {
				often++
			}
		}
	}
	s.counts.Init(nil, often)
	for h := range all.Keys() {
		if c := all.Find(h); c.n > 1 {
			*s.counts.At(h) = c.n
		}
	}
	return s
}

// A Word is a word of a text, and what is known of it.
type Word struct {
	From, To int32 // bytes of the text
	// Texts is how many other texts of the site hold a run of words with this one in
	// it: the most that hold one such run.
	Texts int32
	// Run is how many hold the run that begins with this word, and Length of how many
	// words that is.
	Run    int32
	Length int32
	// Number says that it is one: as all are the same, one beside what comes again comes
	// again itself.
	Number bool
}

// A Reader holds what is needed to read a text. The zero value is ready for use; used for
// the next text, it spares making everything anew. It serves one goroutine.
type Reader struct {
	words []word
	found []Word
	runs  []uint32

	search search
}

// Read returns the words of a text, up to the next call, and of how many different texts
// of the site others could be: copies of the text itself do not count. step, which may be
// nil, is called for every word.
func (r *Reader) Read(s *Site, text string, step func()) (words []Word, texts int) {
	r.words = scan(r.words[:0], text, step)
	r.runs = runsOf(r.runs[:0], ends(r.words))
	own := r.own(s)
	r.found = work.Sized(r.found, len(r.words))
	for i := range r.words {
		r.found[i] = Word{From: r.words[i].from, To: r.words[i].to, Number: r.words[i].hash == numberHash}
	}
	for i := range r.words {
		if step != nil {
			step()
		}
		h, n := run(r.words[i:])
		if n == 0 {
			break
		}
		c := s.counts.Find(h + 1)
		if c == nil {
			continue
		}
		others := max(0, int32(*c)-own)
		r.found[i].Run, r.found[i].Length = others, int32(n)
		for k := i; k < i+n; k++ {
			r.found[k].Texts = max(r.found[k].Texts, others)
		}
	}
	return r.found, s.texts - int(own)
}

// own is how many of the different texts of the site are copies of the one that is read.
func (r *Reader) own(s *Site) int32 {
	same := s.copies.of(r.runs, &r.search)
	for i, t := range same {
		same[i] = s.class[t]
	}
	slices.Sort(same)
	return int32(len(slices.Compact(same)))
}

// Forget forgets the text.
func (r *Reader) Forget() {
	if cap(r.words) > maxKept {
		*r = Reader{}
	}
}
