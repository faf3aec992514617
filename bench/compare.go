package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/bench/corpora"
	"github.com/winnowtext/winnow/bench/score"
)

func compareCommand(at *places) *cobra.Command {
	var peer string
	var list, rounds int
	cmd := &cobra.Command{
		Use:   "compare OLD NEW",
		Short: "Say what got better and what got worse between two runs",
		Long: `Compare takes two folders of a run, or two files of texts that lie in folders
named after their corpus. It prints the totals with the 95 % interval of the
difference (paired bootstrap) and the pages that moved, worst first; "bench
page ID" shows one of them.`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			pairs, err := pairFiles(args[0], args[1], peer)
			if err != nil {
				return err
			}
			var sets []corpora.Set
			if at.corpora != "" {
				if sets, err = at.sets(); err != nil {
					return err
				}
			}
			done := 0
			for _, p := range pairs {
				if len(at.only) > 0 && !slices.Contains(at.only, p.corpus) {
					continue
				}
				old, err := readPredictions(p.old)
				if err != nil {
					return err
				}
				now, err := readPredictions(p.now)
				if err != nil {
					return err
				}
				w := cmd.OutOrStdout()
				if p.corpus == textName && at.residue != "" {
					err = compareText(cmd, at.residue, old, now, list)
				} else if s := byName(sets, p.corpus); s != nil {
					var c *corpora.Corpus
					if c, err = s.Open(); err == nil {
						comparePages(w, c, old, now, list, rounds)
					}
				} else {
					fmt.Fprintf(cmd.ErrOrStderr(), "%s: corpus not found, left out\n", p.corpus)
					continue
				}
				if err != nil {
					return err
				}
				done++
			}
			if done == 0 {
				return errors.New("nothing to compare")
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&peer, "peer", ourName, "whose texts to compare, in folders")
	f.IntVarP(&list, "pages", "n", 20, "pages to list on each side")
	f.IntVar(&rounds, "bootstrap", 2000, "rounds of resampling")
	return cmd
}

type filePair struct{ corpus, old, now string }

// pairFiles finds what there is to compare: two files, or all corpora both
// folders have.
func pairFiles(old, now, peer string) ([]filePair, error) {
	a, err := os.Stat(old)
	if err != nil {
		return nil, err
	}
	b, err := os.Stat(now)
	if err != nil {
		return nil, err
	}
	if a.IsDir() != b.IsDir() {
		return nil, errors.New("one is a folder, the other a file")
	}
	if !a.IsDir() {
		path, err := filepath.Abs(now)
		if err != nil {
			return nil, err
		}
		return []filePair{{filepath.Base(filepath.Dir(path)), old, now}}, nil
	}
	files, err := filepath.Glob(filepath.Join(old, "*", peer+".jsonl"))
	if err != nil {
		return nil, err
	}
	var out []filePair
	for _, f := range files {
		name := filepath.Base(filepath.Dir(f))
		other := filepath.Join(now, name, peer+".jsonl")
		if _, err := os.Stat(other); err == nil {
			out = append(out, filePair{name, f, other})
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s and %s have no texts of %s for the same corpus", old, now, peer)
	}
	return out, nil
}

func comparePages(w io.Writer, c *corpora.Corpus, old, now []prediction, list, rounds int) {
	a, b := scorePages(c, old), scorePages(c, now)
	ta, tb := c.Metric.Total(a), c.Metric.Total(b)
	t := table{{c.Name, "old", "new", "change"}}
	for _, m := range pageMetrics(ta, tb) {
		t.row(m.name, m.format(m.old), m.format(m.now), m.change())
	}
	t.write(w)
	d := c.Metric.BootstrapDiff(a, b, rounds)
	fmt.Fprintf(w, "\nF1 changed by %s, 95 %% interval %s to %s: %s\n", signed(tb.F1-ta.F1), signed(d.Low), signed(d.High), verdict(d))
	types := byTypes(c.Metric, a, b)
	if len(types) > 2 {
		types.write(w)
	}
	var moves []move
	for i := range a {
		moves = append(moves, move{a[i].ID, a[i].F1, b[i].F1, c.Pages[i].URL})
	}
	fmt.Fprintf(w, "\n%d of %d pages have the same text\n", sameTexts(old, now), len(a))
	printMoves(w, moves, list)
}

// sameTexts counts the pages with the same text in both runs.
func sameTexts(a, b []prediction) (n int) {
	texts := make(map[string]string, len(a))
	for _, p := range a {
		texts[p.ID] = p.Text
	}
	for _, p := range b {
		if t, ok := texts[p.ID]; ok && t == p.Text {
			n++
		}
	}
	return n
}

func verdict(d score.Interval) string {
	switch {
	case d.Low > 0:
		return "better"
	case d.High < 0:
		return "worse"
	}
	return "within chance"
}

// byTypes compares F1 by page type.
func byTypes(m score.Metric, a, b []score.Page) table {
	key := func(p *score.Page) string { return p.Type }
	x, y := m.By(a, key), m.By(b, key)
	size := map[string]int{}
	for k, v := range x {
		size[k] = v.Pages
	}
	t := table{{"F1 by page type", "old", "new", "change"}}
	for _, k := range byCount(size) {
		t.row(fmt.Sprintf("%s (%d)", k, size[k]), f3(x[k].F1), f3(y[k].F1), signed(y[k].F1-x[k].F1))
	}
	return t
}

// A move is a page whose score changed.
type move struct {
	id       string
	old, now float64
	note     string
}

// moved is the change of a page's score that counts.
const moved = 0.0005

// printMoves lists the pages that got worse, worst first, and those that got
// better, best first.
func printMoves(w io.Writer, moves []move, list int) {
	var worse, better []move
	for _, m := range moves {
		switch d := m.now - m.old; {
		case d < -moved:
			worse = append(worse, m)
		case d > moved:
			better = append(better, m)
		}
	}
	byChange := func(a, b move) int { return cmp.Or(cmp.Compare(a.now-a.old, b.now-b.old), cmp.Compare(a.id, b.id)) }
	slices.SortFunc(worse, byChange)
	slices.SortFunc(better, byChange)
	slices.Reverse(better)
	for _, side := range []struct {
		name  string
		pages []move
	}{{"worse", worse}, {"better", better}} {
		fmt.Fprintf(w, "\n%s: %d\n", side.name, len(side.pages))
		for _, m := range side.pages[:min(list, len(side.pages))] {
			fmt.Fprintf(w, "  %s  %s -> %s  %s  %s\n", signed(m.now-m.old), f3(m.old), f3(m.now), m.id, m.note)
		}
	}
	fmt.Fprintln(w)
}

func compareText(cmd *cobra.Command, path string, old, now []prediction, list int) error {
	docs, _, err := corpora.Flat(path)
	if err != nil {
		return err
	}
	a, err := scoreDocs(cmd.Context(), docs, old, runtime.NumCPU())
	if err != nil {
		return err
	}
	b, err := scoreDocs(cmd.Context(), docs, now, runtime.NumCPU())
	if err != nil {
		return err
	}
	w := cmd.OutOrStdout()
	t := table{{"flattened text, core", "old", "new", "change"}}
	for _, m := range textMetrics(a.groups[groupCore].Score(), b.groups[groupCore].Score()) {
		t.row(m.name, m.format(m.old), m.format(m.now), m.change())
	}
	t.write(w)
	var moves []move
	for i, d := range docs {
		moves = append(moves, move{d.ID, rightShare(a.pages[i]), rightShare(b.pages[i]), strings.TrimSpace(d.URL)})
	}
	printMoves(w, moves, list)
	return nil
}

// rightShare is the share of a document's words that were kept or removed
// rightly.
func rightShare(p score.FlatPage) float64 {
	c := p.Core
	all := c.Kept + c.Lost + c.Left + c.Removed
	if all == 0 {
		return 1
	}
	return (c.Kept + c.Removed) / all
}
