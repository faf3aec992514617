package date

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/months.tsv
var monthsFile string

//go:embed data/zones.tsv
var zonesFile string

// A monthEntry is what a spelling means: month 0 when languages disagree, in
// which case the language is asked.
type monthEntry struct {
	month  int
	byLang map[string]int
}

var months = sync.OnceValue(func() map[string]*monthEntry {
	out := make(map[string]*monthEntry)
	for line := range strings.Lines(monthsFile) {
		cols := strings.Split(strings.TrimSpace(line), "\t")
		if len(cols) != 13 || cols[0][0] == '#' {
			continue
		}
		for i, col := range cols[1:] {
			for _, word := range strings.Split(col, "/") {
				e := out[word]
				if e == nil {
					e = &monthEntry{month: i + 1, byLang: make(map[string]int)}
					out[word] = e
				}
				if e.month != i+1 {
					e.month = 0
				}
				e.byLang[cols[0]] = i + 1
			}
		}
	}
	return out
})

// A zone is an offset from UTC in minutes; us is set for names that leave
// summer time open.
type zone struct {
	minutes int
	us      bool
}

var zones = sync.OnceValue(func() map[string]zone {
	out := make(map[string]zone)
	for line := range strings.Lines(zonesFile) {
		name, offset, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || name[0] == '#' {
			continue
		}
		offset, us := strings.CutPrefix(offset, "us")
		minutes, err := strconv.Atoi(offset)
		if err == nil {
			out[name] = zone{minutes, us}
		}
	}
	return out
})
