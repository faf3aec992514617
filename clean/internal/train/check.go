package main

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// checkFile holds, beside the shipped models, hashes of what the code made of the
// pages when they were trained: a model means what its code takes its rows for.
const checkFile = "rows.check"

// check compares what the code makes of the pages with checkFile in dir, or writes it.
func check(pages []example, dir string, update bool) error {
	got, err := fingerprint(pages)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, checkFile)
	if update {
		return os.WriteFile(path, []byte(got.String()), 0o644)
	}
	want, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	parted := got.differences(string(want), pages)
	if len(parted) == 0 {
		fmt.Println("the code makes the rows that are noted beside the shipped models")
		return nil
	}
	return fmt.Errorf("%s\nare not what is noted beside the shipped models: train them anew, see train/README.md",
		strings.Join(parted, "\n"))
}

// A print holds hashes by what they are of: "table parts", "feature text.words", and,
// for each corpus, "pages traf-dev" with a byte for each of its pages.
type print map[string][]byte

func (p print) String() string {
	var sb strings.Builder
	for _, k := range slices.Sorted(maps.Keys(p)) {
		fmt.Fprintf(&sb, "%s %x\n", k, p[k])
	}
	return sb.String()
}

// differences says what is not as in a file that String wrote.
func (p print) differences(file string, pages []example) []string {
	var list []string
	seen := map[string]bool{}
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		at := strings.LastIndexByte(line, ' ')
		what, old := line[:max(at, 0)], line[max(at, 0):]
		seen[what] = true
		now := p[what]
		if fmt.Sprintf(" %x", now) == old {
			continue
		}
		if name, ok := strings.CutPrefix(what, "pages "); ok && len(old) == 2*len(now)+1 {
			what = parted(name, old[1:], now, pages)
		}
		list = append(list, what)
	}
	for _, what := range slices.Sorted(maps.Keys(p)) {
		if !seen[what] {
			list = append(list, what+", which is new")
		}
	}
	return list
}

// parted names some of the pages of a corpus whose hashes are not the same.
func parted(name, old string, now []byte, pages []example) string {
	n, i := 0, 0
	var ids []string
	for k := range pages {
		if pages[k].set() != name {
			continue
		}
		if old[2*i:2*i+2] != fmt.Sprintf("%02x", now[i]) {
			if n++; n <= 5 {
				ids = append(ids, pages[k].ID)
			}
		}
		i++
	}
	return fmt.Sprintf("%d of %d pages of %s, such as %s", n, i, name, strings.Join(ids, ", "))
}

// fingerprint hashes the tables that are counted on the pages and, with the shipped
// tables and models, their labels and rows.
func fingerprint(pages []example) (print, error) {
	set, err := rules.Builtin()
	if err != nil {
		return nil, err
	}
	c, err := block.LoadClassifier()
	if err != nil {
		return nil, err
	}
	counted, ngrams, err := countAll(pages, set)
	if err != nil {
		return nil, err
	}
	var features []string
	for k, names := range [2][]string{block.FeatureNames(), block.SequenceNames()} {
		for _, name := range names {
			features = append(features, [2]string{"feature ", "sequence "}[k]+name)
		}
	}
	features = append(features, "labels")
	hashes := make([][]uint64, len(pages)) // by page, then by feature
	err = eachPage(pages, func(i int, p *example) error {
		l, err := read(p, block.Options{Rules: set})
		if err != nil || l == nil {
			return err
		}
		hashes[i] = append(columns(block.Rows(l.doc), block.FeatureCount), columns(block.SequenceRows(l.doc, c.First), block.SequenceCount)...)
		labels := make([]uint8, len(l.labels))
		for k, label := range l.labels {
			if l.weights[k] != 0 {
				labels[k] = 1 + uint8(label)
			}
		}
		hashes[i] = append(hashes[i], hash(labels))
		return nil
	})
	if err != nil {
		return nil, err
	}
	p := print{}
	put := func(what string, h uint64) { p[what] = binary.BigEndian.AppendUint32(nil, uint32(h)) }
	put("table parts", hash([]byte(counted.table(-1))))
	put("table ngrams", hash(ngrams.table(-1)))
	for f, what := range features {
		var all []byte
		for _, h := range hashes {
			if h != nil {
				all = binary.BigEndian.AppendUint64(all, h[f])
			}
		}
		put(what, hash(all))
	}
	for i, hs := range hashes {
		var all []byte
		for _, h := range hs {
			all = binary.BigEndian.AppendUint64(all, h)
		}
		what := "pages " + pages[i].set()
		p[what] = append(p[what], uint8(hash(all)))
	}
	return p, nil
}

// columns are the hashes of the columns of rows of that width.
func columns(rows []uint8, width int) []uint64 {
	list := make([]uint64, width)
	var column []uint8
	for f := range list {
		column = column[:0]
		for at := f; at < len(rows); at += width {
			column = append(column, rows[at])
		}
		list[f] = hash(column)
	}
	return list
}

func hash(b []byte) uint64 {
	h := fnv.New64a()
	h.Write(b)
	return h.Sum64()
}
