package corpus

import (
	"cmp"
	"encoding/json"
	"os"
	"slices"
)

// SiteFolds are the folds of some sites. All others are in the fold that FoldOfSite
// says.
type SiteFolds map[string]uint8

// Of is the fold of a site.
func (f SiteFolds) Of(site string) uint8 {
	if k, ok := f[site]; ok {
		return k
	}
	return FoldOfSite(site)
}

// BalanceFolds spreads sites over the folds so that all get about the same of what is
// counted: the next one, in falling order, goes where there is least so far.
func BalanceFolds(counts map[string]int) SiteFolds {
	sites := make([]string, 0, len(counts))
	for s := range counts {
		sites = append(sites, s)
	}
	slices.SortFunc(sites, func(a, b string) int {
		return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b))
	})
	folds := make(SiteFolds, len(sites))
	var sum [Folds]int
	for _, s := range sites {
		if counts[s] == 0 {
			folds[s] = FoldOfSite(s)
			continue
		}
		least := 0
		for k := range sum {
			if sum[k] < sum[least] {
				least = k
			}
		}
		folds[s] = uint8(least)
		sum[least] += counts[s]
	}
	return folds
}

// ReadSiteFolds reads what Write wrote.
func ReadSiteFolds(file string) (SiteFolds, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var f SiteFolds
	err = json.Unmarshal(data, &f)
	return f, err
}

// Write writes the folds to a file.
func (f SiteFolds) Write(file string) error {
	data, err := json.MarshalIndent(f, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o644)
}
