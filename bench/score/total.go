package score

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Total is the score of a set of pages.
type Total struct {
	Pages int     `json:"pages"`
	F1    float64 `json:"f1"` // in the corpus's metric
	P     float64 `json:"p"`
	R     float64 `json:"r"`

	// With and Without are the shares of wanted and unwanted snippets found:
	// means over pages, in the snippet metric shares of all snippets.
	With    float64 `json:"with"`
	Without float64 `json:"without"`

	// ShingleF1 is F1 of four-word shingles, where there is a gold text.
	ShingleF1 float64 `json:"shingle_f1,omitempty"`

	// Lost is the share of all gold words that the output lacks; in a corpus
	// of snippets, the share of wanted snippets it lacks.
	Lost float64 `json:"lost"`
	// Extra is the number of words not in the gold text per 1,000 words of
	// output; in a corpus of snippets, of unwanted snippets per 1,000 found.
	Extra float64 `json:"extra"`
	// Bad is the number of pages with an F1 under BadF1.
	Bad int `json:"bad"`
	// Missing is the number of pages without output.
	Missing int `json:"missing,omitempty"`
}

// BadF1 is the score below which a page counts as failed.
const BadF1 = 0.5

// sums adds up pages; everything in a Total follows from it, which makes
// resampling cheap.
type sums struct {
	n, bad, missing          int
	f1, p, r, with, without  float64
	shingleP, shingleR       float64
	tp, fp, fn, tn           int
	words, goldWords, common int
}

func (s *sums) add(p *Page) {
	s.n++
	if p.F1 < BadF1 {
		s.bad++
	}
	if p.Missing {
		s.missing++
	}
	s.f1 += p.F1
	s.p += p.P
	s.r += p.R
	s.with += p.With
	s.without += p.Without
	s.shingleP += p.ShingleP
	s.shingleR += p.ShingleR
	s.tp += p.TP
	s.fp += p.FP
	s.fn += p.FN
	s.tn += p.TN
	s.words += p.Words
	s.goldWords += p.GoldWords
	s.common += p.Common
}

func (s *sums) total(m Metric) Total {
	t := Total{Pages: s.n, Bad: s.bad, Missing: s.missing}
	if s.n == 0 {
		return t
	}
	n := float64(s.n)
	if m == Snippet {
		t.P, t.R, t.F1 = ratio(s.tp, s.tp+s.fp), ratio(s.tp, s.tp+s.fn), ratio(2*s.tp, 2*s.tp+s.fp+s.fn)
		t.With, t.Without = t.R, ratio(s.fp, s.fp+s.tn)
		t.Lost, t.Extra = ratio(s.fn, s.tp+s.fn), 1000*ratio(s.fp, s.tp+s.fp)
		return t
	}
	t.P, t.R, t.F1 = s.p/n, s.r/n, s.f1/n
	t.ShingleF1 = harmonic(s.shingleP/n, s.shingleR/n)
	if m == Shingle {
		t.F1 = t.ShingleF1
	}
	t.With, t.Without = s.with/n, s.without/n
	t.Lost, t.Extra = ratio(s.goldWords-s.common, s.goldWords), 1000*ratio(s.words-s.common, s.words)
	return t
}

// Total adds up pages.
func (m Metric) Total(pages []Page) Total {
	var s sums
	for i := range pages {
		s.add(&pages[i])
	}
	return s.total(m)
}

// By adds up the pages of each group; key names a page's group.
func (m Metric) By(pages []Page, key func(*Page) string) map[string]Total {
	groups := map[string]*sums{}
	for i := range pages {
		k := key(&pages[i])
		if groups[k] == nil {
			groups[k] = &sums{}
		}
		groups[k].add(&pages[i])
	}
	out := make(map[string]Total, len(groups))
	for k, s := range groups {
		out[k] = s.total(m)
	}
	return out
}

// Interval is a 95 % bootstrap interval.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Bootstrap resamples the pages and returns the interval of F1.
func (m Metric) Bootstrap(pages []Page, rounds int) Interval {
	return m.resample(pages, nil, rounds)
}

// BootstrapDiff returns the interval of the F1 of b less the F1 of a, where a
// and b hold the same pages in the same order: each round draws the same pages
// from both.
func (m Metric) BootstrapDiff(a, b []Page, rounds int) Interval {
	return m.resample(b, a, rounds)
}

func (m Metric) resample(pages, minus []Page, rounds int) Interval {
	if len(pages) == 0 || rounds <= 0 {
		return Interval{}
	}
	rng := rand.New(rand.NewPCG(1, 2)) // fixed: the same pages give the same interval
	vals := make([]float64, rounds)
	for k := range vals {
		var a, b sums
		for range pages {
			i := rng.IntN(len(pages))
			a.add(&pages[i])
			if minus != nil {
				b.add(&minus[i])
			}
		}
		vals[k] = a.total(m).F1
		if minus != nil {
			vals[k] -= b.total(m).F1
		}
	}
	slices.Sort(vals)
	at := func(q float64) float64 { return vals[int(math.Round(q*float64(rounds-1)))] }
	return Interval{at(.025), at(.975)}
}
