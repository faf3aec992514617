package main

import (
	"cmp"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// Bounds of the table of odds.
const (
	minHosts  = 3 // sites a part must stand on
	minWeight = 8 // of model.OddsStep to a factor of e
	maxParts  = 36000
)

// partCounts says on how many sites a part of a line was residue, and content,
// by fold.
type partCounts struct {
	parts map[uint32]*[corpus.Folds][2]uint16

	once   [corpus.Folds]sync.Once
	tables [corpus.Folds]*line.Odds
}

func count(texts []corpus.Flat, set *rules.Set) *partCounts {
	c := &partCounts{parts: map[uint32]*[corpus.Folds][2]uint16{}}
	sites := map[string][]*corpus.Flat{}
	for i := range texts {
		site := corpus.Site(texts[i].URL)
		sites[site] = append(sites[site], &texts[i])
	}
	var w rules.Words
	for _, list := range sites {
		var seen [2]map[uint32]bool
		seen[0], seen[1] = map[uint32]bool{}, map[uint32]bool{}
		for _, t := range list {
			for i := range t.Lines {
				as := 0
				switch l := t.Lines[i].Label; {
				case l == "drop" && !t.Doubtful(i):
					as = 1
				case l != "keep":
					continue
				}
				set.Scan(&w, t.Lines[i].Text)
				line.EachPart(&w.Line, func(key uint32) { seen[as][key] = true })
			}
		}
		fold := corpus.Fold(list[0].URL)
		for as := range seen {
			for key := range seen[as] {
				n := c.parts[key]
				if n == nil {
					n = new([corpus.Folds][2]uint16)
					c.parts[key] = n
				}
				n[fold][as]++
			}
		}
	}
	return c
}

// table gives the odds counted without one fold, or with all when it is -1.
func (c *partCounts) table(without int) []byte {
	type entry struct {
		key    uint32
		weight int
		rank   int
	}
	var list []entry
	for key, n := range c.parts {
		var sum [2]int
		for k := range n {
			if k != without {
				sum[0] += int(n[k][0])
				sum[1] += int(n[k][1])
			}
		}
		hosts := sum[0] + sum[1]
		if hosts < minHosts {
			continue
		}
		w := int(math.Round(model.OddsStep * math.Log((float64(sum[1])+.5)/(float64(sum[0])+.5))))
		if w >= minWeight || w <= -minWeight {
			list = append(list, entry{key, min(max(w, -100), 100), hosts * max(w, -w)})
		}
	}
	slices.SortFunc(list, func(a, b entry) int {
		return cmp.Or(b.rank-a.rank, cmp.Compare(a.key, b.key))
	})
	list = list[:min(len(list), maxParts)]
	slices.SortFunc(list, func(a, b entry) int { return cmp.Compare(a.key, b.key) })
	keys, weights := make([]uint32, len(list)), make([]int8, len(list))
	for i, e := range list {
		keys[i], weights[i] = e.key, int8(e.weight)
	}
	return model.PackOdds(keys, weights)
}

// without is the table that knows nothing of a fold.
func (c *partCounts) without(fold uint8) *line.Odds {
	c.once[fold].Do(func() {
		o, err := model.LoadOdds(c.table(int(fold)))
		if err != nil {
			panic(err) // it was packed just now
		}
		c.tables[fold] = o
	})
	return c.tables[fold]
}

// write writes the table of all texts and, for out-of-fold measuring, those
// without a fold.
func (c *partCounts) write(dir string) error {
	for k := -1; k < corpus.Folds; k++ {
		name := "line.odds"
		if k >= 0 {
			name = fmt.Sprintf("line.odds.fold%d", k)
		}
		if err := os.WriteFile(filepath.Join(dir, name), c.table(k), 0o644); err != nil {
			return err
		}
	}
	return nil
}
