package main

import (
	"fmt"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// Bounds of the table of weights.
const (
	minHosts  = 5    // sites a part must stand on
	minWeight = 6    // of 16 steps to a factor of e
	maxParts  = 3000 // the table's size
	shrink    = 2.0  // pages' worth of average text added to every count
)

// partCounts says how much text below a part of a class or id token was
// content, by fold: pages count the same, whatever their length.
type partCounts struct {
	parts map[string]*partCount
	total [corpus.Folds][2]float64

	once   [corpus.Folds]sync.Once
	tables [corpus.Folds]*block.Vocabulary
}

type partCount struct {
	sum   [corpus.Folds][2]float64 // foreign, content
	hosts [corpus.Folds]map[string]bool
}

// pageParts is what one page adds to the counts.
type pageParts struct {
	total [2]float64 // foreign, content
	parts map[string][2]float64
}

// countAll counts class and id parts, and n-grams, over all pages.
func countAll(pages []example, set *rules.Set) (*partCounts, *ngramCounts, error) {
	ngrams := &ngramCounts{sites: map[string]map[uint32]uint8{}}
	found := make([]pageParts, len(pages))
	err := eachPage(pages, func(i int, p *example) error {
		if p.made != "" {
			return nil
		}
		l, err := read(p, block.Options{Rules: set, Explain: true})
		if err != nil || l == nil {
			return err
		}
		ngrams.add(p.Site(), l)
		found[i] = l.countParts()
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	// In the order of pages: sums of floats in another order are not the same.
	c := &partCounts{parts: map[string]*partCount{}}
	for i := range pages {
		c.add(pages[i].Page, found[i])
	}
	return c, ngrams, nil
}

// countParts sums up the weights of blocks by the parts around them.
func (l *labelled) countParts() pageParts {
	sum := 0.0
	for _, w := range l.weights {
		sum += w
	}
	p := pageParts{parts: map[string][2]float64{}}
	for i, w := range l.weights {
		if w == 0 {
			continue
		}
		w, y := w/sum, int(l.labels[i])
		p.total[y] += w
		seen := map[string]bool{}
		l.doc.EachPart(i, func(part string) {
			if seen[part] {
				return
			}
			seen[part] = true
			n := p.parts[part]
			n[y] += w
			p.parts[part] = n
		})
	}
	return p
}

// add takes in what was found on a page.
func (c *partCounts) add(p *corpus.Page, found pageParts) {
	host := p.Site()
	if u, err := url.Parse(p.URL); err == nil && u.Host != "" {
		host = u.Hostname()
	}
	fold := p.Fold()
	for y, w := range found.total {
		c.total[fold][y] += w
	}
	for part, sums := range found.parts {
		n := c.parts[part]
		if n == nil {
			n = &partCount{}
			c.parts[part] = n
		}
		if n.hosts[fold] == nil {
			n.hosts[fold] = map[string]bool{}
		}
		n.hosts[fold][host] = true
		for y, w := range sums {
			n.sum[fold][y] += w
		}
	}
}

// table gives the weights counted without one fold, or with all when it is -1.
func (c *partCounts) table(without int) string {
	var total [2]float64
	for k := range c.total {
		if k != without {
			total[0] += c.total[k][0]
			total[1] += c.total[k][1]
		}
	}
	prior := total[1] / (total[0] + total[1])
	type entry struct {
		part   string
		weight int
		hosts  int
	}
	var list []entry
	for part, n := range c.parts {
		var sum [2]float64
		hosts := 0
		for k := range n.sum {
			if k != without {
				sum[0] += n.sum[k][0]
				sum[1] += n.sum[k][1]
				hosts += len(n.hosts[k])
			}
		}
		if hosts < minHosts || len(part) > 30 {
			continue
		}
		odds := math.Log((sum[1]+shrink*prior)/(sum[0]+shrink*(1-prior))) - math.Log(prior/(1-prior))
		if w := int(math.Round(16 * odds)); w >= minWeight || w <= -minWeight {
			list = append(list, entry{part, min(max(w, -100), 100), hosts})
		}
	}
	slices.SortFunc(list, func(a, b entry) int {
		if a.hosts != b.hosts {
			return b.hosts - a.hosts
		}
		return strings.Compare(a.part, b.part)
	})
	list = list[:min(len(list), maxParts)]
	slices.SortFunc(list, func(a, b entry) int { return strings.Compare(a.part, b.part) })
	var sb strings.Builder
	sb.WriteString("# Counted by train/train.sh; DO NOT EDIT. A part of class and id tokens, and\n# 16 x the log-odds that text below it is content, against the average.\n")
	for _, e := range list {
		fmt.Fprintf(&sb, "%s %d\n", e.part, e.weight)
	}
	return sb.String()
}

// without is the vocabulary that knows nothing of a fold.
func (c *partCounts) without(fold int) *block.Vocabulary {
	c.once[fold].Do(func() { c.tables[fold] = block.NewVocabulary(c.table(fold)) })
	return c.tables[fold]
}

// write writes the table of all pages and, for out-of-fold measuring, those
// without a fold.
func (c *partCounts) write(dir string) error {
	for k := -1; k < corpus.Folds; k++ {
		name := "weights.txt"
		if k >= 0 {
			name = fmt.Sprintf("weights.txt.fold%d", k)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(c.table(k)), 0o644); err != nil {
			return err
		}
	}
	return nil
}
