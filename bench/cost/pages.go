// Package cost measures what extraction costs beside a bare parse of the same
// pages: CPU time, memory, throughput, and how they grow with the page.
package cost

import (
	"context"
	"math"
	"runtime"
	"slices"

	"github.com/winnowtext/winnow/bench/peers"
)

// A Page is a page in memory.
type Page struct {
	ID string
	In peers.Input
}

// NewPage keeps a page for the life of the program, outside the heap where the
// system allows it.
func NewPage(id string, in peers.Input) Page {
	in.Bytes = offHeap(in.Bytes)
	return Page{id, in}
}

// Timing is what a peer cost on a set of pages. Times are CPU time of the
// whole process with one processor, so that other load matters little; ratios
// are to the first peer, the floor.
type Timing struct {
	Peer  string `json:"peer"`
	Pages int    `json:"pages"`

	// Ratio is the peer's total over the floor's, the median of the passes;
	// Low and High are the smallest and largest. Peers are interleaved page by
	// page, each call starts on a collected heap and pays for the collections
	// it causes itself.
	Ratio float64 `json:"ratio"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	MS    float64 `json:"ms"` // per page, of the median pass

	// P50, P99 and Worst are ratios of single pages, medians of the passes.
	P50       float64 `json:"p50"`
	P99       float64 `json:"p99"`
	Worst     float64 `json:"worst"`
	WorstPage string  `json:"worst_page"`

	// RatioGC is the ratio when a peer goes through many pages without a break,
	// with all garbage collection on the clock; the median of the passes.
	RatioGC float64 `json:"ratio_gc"`
	Allocs  float64 `json:"allocs"` // per page
	Bytes   float64 `json:"bytes"`  // allocated per page
}

// clock tells the time used so far, in milliseconds. Tests wind it by hand.
var clock = cpuMS

// Pages times peers on pages; the first peer is the floor. It holds the
// program to one processor while it runs.
func Pages(ctx context.Context, pages []Page, list []peers.Peer, passes int) ([]Timing, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	ms := make([][][]float64, len(list)) // by peer, pass, page
	for k := range ms {
		ms[k] = make([][]float64, passes)
		for pass := range ms[k] {
			ms[k][pass] = make([]float64, len(pages))
		}
		if len(pages) > 0 {
			list[k].Text(pages[0].In) // what is built on first use is not a page's cost
		}
	}
	for pass := range passes {
		for i, p := range pages {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			for k := range list {
				k = (k + i + pass) % len(list) // nobody always follows the same peer
				runtime.GC()
				start := clock()
				list[k].Text(p.In)
				ms[k][pass][i] = clock() - start
			}
		}
	}
	out := make([]Timing, len(list))
	for k, p := range list {
		out[k].Peer, out[k].Pages = p.Name, len(pages)
		out[k].ratios(ms[k], ms[0], pages)
	}
	return out, alone(ctx, out, pages, list, passes)
}

func (t *Timing) ratios(mine, floor [][]float64, pages []Page) {
	var totals, sums []float64
	for pass := range mine {
		sums = append(sums, sum(mine[pass]))
		totals = append(totals, sum(mine[pass])/sum(floor[pass]))
	}
	t.Ratio, t.Low, t.High = median(totals), slices.Min(totals), slices.Max(totals)
	t.MS = median(sums) / float64(len(pages))
	byPage := make([]float64, len(pages))
	for i := range pages {
		var a, b []float64
		for pass := range mine {
			a, b = append(a, mine[pass][i]), append(b, floor[pass][i])
		}
		byPage[i] = median(a) / median(b)
		if byPage[i] > t.Worst {
			t.Worst, t.WorstPage = byPage[i], pages[i].ID
		}
	}
	slices.Sort(byPage)
	t.P50, t.P99 = quantile(byPage, .5), quantile(byPage, .99)
}

// aloneRun is the number of pages a peer goes through without a break in
// alone: enough for the collector to run at its own pace.
const aloneRun = 20

// alone fills in what is measured with all garbage collection on the clock.
// Peers take turns after every aloneRun pages.
func alone(ctx context.Context, out []Timing, pages []Page, list []peers.Peer, passes int) error {
	ratios := make([][]float64, len(list))
	for pass := range passes {
		used := make([]float64, len(list))
		for from := 0; from < len(pages); from += aloneRun {
			part := pages[from:min(from+aloneRun, len(pages))]
			for k := range list {
				k = (k + from/aloneRun + pass) % len(list)
				if err := ctx.Err(); err != nil {
					return err
				}
				var before, after runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&before)
				start := clock()
				for _, p := range part {
					list[k].Text(p.In)
				}
				used[k] += clock() - start
				runtime.ReadMemStats(&after)
				n := float64(len(pages) * passes)
				out[k].Allocs += float64(after.Mallocs-before.Mallocs) / n
				out[k].Bytes += float64(after.TotalAlloc-before.TotalAlloc) / n
			}
		}
		for k := range list {
			ratios[k] = append(ratios[k], used[k]/used[0])
		}
	}
	for k := range out {
		out[k].RatioGC = median(ratios[k])
	}
	return nil
}

func sum(v []float64) (s float64) {
	for _, x := range v {
		s += x
	}
	return s
}

func median(v []float64) float64 {
	s := slices.Sorted(slices.Values(v))
	if n := len(s); n%2 == 0 {
		return (s[n/2-1] + s[n/2]) / 2
	}
	return s[len(s)/2]
}

// quantile returns the value at share q of a sorted list.
func quantile(sorted []float64, q float64) float64 {
	return sorted[int(math.Round(q*float64(len(sorted)-1)))]
}
