package main

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/model"
)

// Bounds of the table of n-grams.
const (
	minSites  = 4     // an n-gram must stand on
	minLean   = 6     // of model.OddsStep to a factor of e
	maxNGrams = 30000 // the table's size: four bytes each
)

// ngramCounts says on how many sites a word or a pair of words of a short
// block was content, and foreign, by fold.
type ngramCounts struct {
	mu     sync.Mutex
	sites  map[string]map[uint32]uint8 // what an n-gram was on the site: bits by label
	once   [corpus.Folds]sync.Once
	tables [corpus.Folds]*model.Odds
}

// add takes in a labelled page.
func (c *ngramCounts) add(site string, l *labelled) {
	found := map[uint32]uint8{}
	for i, w := range l.weights {
		if w == 0 {
			continue
		}
		b := &l.doc.Blocks[i]
		bit := uint8(1) << l.labels[i]
		block.EachNGram(l.doc.Text[b.Start:b.End], func(key uint32) { found[key] |= bit })
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sites[site] == nil {
		c.sites[site] = found
		return
	}
	for key, bits := range found {
		c.sites[site][key] |= bits
	}
}

// table gives the odds counted without one fold, or with all when it is -1.
func (c *ngramCounts) table(without int) []byte {
	counts := map[uint32][2]int{}
	var total [2]float64
	for site, found := range c.sites {
		if without >= 0 && int(corpus.FoldOfSite(site)) == without {
			continue
		}
		for key, bits := range found {
			n := counts[key]
			for as := range n {
				if bits>>as&1 != 0 {
					n[as]++
					total[as]++
				}
			}
			counts[key] = n
		}
	}
	prior := math.Log((total[content] + .5) / (total[foreign] + .5))
	type entry struct {
		key    uint32
		weight int
		rank   int
	}
	var list []entry
	for _, key := range slices.Sorted(maps.Keys(counts)) {
		n := counts[key]
		if n[0]+n[1] < minSites {
			continue
		}
		odds := math.Log((float64(n[content])+.5)/(float64(n[foreign])+.5)) - prior
		if w := int(math.Round(model.OddsStep * odds)); w >= minLean || w <= -minLean {
			list = append(list, entry{key, min(max(w, -100), 100), (n[0] + n[1]) * max(w, -w)})
		}
	}
	slices.SortFunc(list, func(a, b entry) int { return cmp.Or(b.rank-a.rank, cmp.Compare(a.key, b.key)) })
	list = list[:min(len(list), maxNGrams)]
	slices.SortFunc(list, func(a, b entry) int { return cmp.Compare(a.key, b.key) })
	keys, weights := make([]uint32, len(list)), make([]int8, len(list))
	for i, e := range list {
		keys[i], weights[i] = e.key, int8(e.weight)
	}
	return model.PackOdds(keys, weights)
}

// without is the table that knows nothing of a fold.
func (c *ngramCounts) without(fold int) *model.Odds {
	c.once[fold].Do(func() {
		o, err := model.LoadOdds(c.table(fold))
		if err != nil {
			panic(err) // it was packed just now
		}
		c.tables[fold] = o
	})
	return c.tables[fold]
}

// write writes the table of all pages and, for out-of-fold measuring, those
// without a fold.
func (c *ngramCounts) write(dir string) error {
	for k := -1; k < corpus.Folds; k++ {
		name := "ngrams.odds"
		if k >= 0 {
			name = fmt.Sprintf("ngrams.odds.fold%d", k)
		}
		if err := os.WriteFile(filepath.Join(dir, name), c.table(k), 0o644); err != nil {
			return err
		}
	}
	return nil
}
