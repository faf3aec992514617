package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/bench/corpora"
	"github.com/winnowtext/winnow/bench/peers"
	"github.com/winnowtext/winnow/bench/score"
)

// quality is a peer's score on a corpus.
type quality struct {
	score.Total
	Range score.Interval        `json:"range"`          // of F1
	Diff  *score.Interval       `json:"diff,omitempty"` // winnow's F1 (out of fold where it was trained) less this row's, on the same pages
	Types map[string]groupScore `json:"types,omitempty"`
	Langs map[string]groupScore `json:"langs,omitempty"`
}

// groupScore is what is kept of a part of a corpus.
type groupScore struct {
	Pages int     `json:"pages"`
	F1    float64 `json:"f1"`
}

// byGroup scores the groups of pages that key names; those of fewer than least
// pages are left out.
func byGroup(m score.Metric, pages []score.Page, least int, key func(*score.Page) string) map[string]groupScore {
	out := map[string]groupScore{}
	for name, t := range m.By(pages, key) {
		if t.Pages >= least {
			out[name] = groupScore{t.Pages, t.F1}
		}
	}
	return out
}

// corpusRun is what was measured on one corpus.
type corpusRun struct {
	Name        string             `json:"name"`
	Source      string             `json:"source"`
	Metric      score.Metric       `json:"metric"`
	Pages       int                `json:"pages"`
	Fingerprint string             `json:"fingerprint"`
	Trained     bool               `json:"trained"` // the shipped models know these pages
	Peers       map[string]quality `json:"peers"`
}

type runOptions struct {
	peers   []string
	out     string
	folds   string
	workers int
	rounds  int
	reuse   bool
}

func runCommand(at *places) *cobra.Command {
	var o runOptions
	var types, langs bool
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Score all extractors on all corpora",
		Long: `Run extracts every page with every extractor and scores the text by the
corpus's own metric. With --out the texts are kept, one file per corpus and
extractor, for compare and page; --reuse takes the texts of other extractors
from there as long as their version and the corpus are the same.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cs, err := at.open(cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			w := cmd.OutOrStdout()
			for _, c := range cs {
				r, err := runCorpus(cmd.Context(), c, o, cmd.ErrOrStderr())
				if err != nil {
					return err
				}
				printRun(w, r, types, langs)
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&o.peers, "peers", nil, "extractors to run (default all): "+strings.Join(peerNames(), ", "))
	f.StringVarP(&o.out, "out", "o", "", "folder to keep the texts in")
	f.StringVar(&o.folds, "folds", "", "folder of out-of-fold texts of winnow, for corpora its models were trained on")
	f.IntVarP(&o.workers, "jobs", "j", runtime.NumCPU(), "pages at a time")
	f.IntVar(&o.rounds, "bootstrap", 1000, "rounds of resampling for the 95 % intervals")
	f.BoolVar(&o.reuse, "reuse", false, "use kept texts of other extractors")
	f.BoolVar(&types, "types", false, "also print F1 by page type")
	f.BoolVar(&langs, "langs", false, "also print F1 by language")
	return cmd
}

func peerNames() (names []string) {
	for _, p := range peers.All() {
		if !p.NoText {
			names = append(names, p.Name)
		}
	}
	return names
}

// kept is DIR/<corpus>/kept.json: what the texts beside it were made with.
type kept struct {
	Fingerprint string            `json:"fingerprint"`
	Versions    map[string]string `json:"versions"`
}

// runCorpus predicts and scores.
func runCorpus(ctx context.Context, c *corpora.Corpus, o runOptions, log io.Writer) (*corpusRun, error) {
	names := o.peers
	if len(names) == 0 {
		names = peerNames()
	}
	list, err := peers.Named(names)
	if err != nil {
		return nil, err
	}
	for why, n := range c.Skipped {
		fmt.Fprintf(log, "%s: %d pages left out: %s\n", c.Name, n, why)
	}
	fingerprint, err := c.Fingerprint()
	if err != nil {
		return nil, err
	}
	file := func(p peers.Peer) string { return filepath.Join(o.out, c.Name, p.Name+".jsonl") }
	state := filepath.Join(o.out, c.Name, "kept.json")
	var old kept
	if o.out != "" {
		_ = readJSON(state, &old) // absent: nothing is kept
	}
	if old.Fingerprint != fingerprint {
		old = kept{Fingerprint: fingerprint}
	}
	if old.Versions == nil {
		old.Versions = map[string]string{}
	}
	preds := map[string][]prediction{}
	var todo []peers.Peer
	for _, p := range list {
		if v, ok := old.Versions[p.Name]; o.reuse && ok && !p.Ours && v == p.Version() {
			if preds[p.Name], err = readPredictions(file(p)); err == nil {
				continue
			}
		}
		todo = append(todo, p)
	}
	start := time.Now()
	fresh, err := predict(ctx, c, todo, o.workers)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(log, "%s: %d pages, %d extractors run, %d reused, %.0f s\n", c.Name, len(c.Pages), len(todo), len(list)-len(todo), time.Since(start).Seconds())
	for k, p := range todo {
		preds[p.Name] = fresh[k]
		if err := allFailed(c.Name+": "+p.Name, fresh[k]); err != nil {
			return nil, err
		}
		printErrors(log, c.Name+": "+p.Name, fresh[k])
		if o.out == "" {
			continue
		}
		if err := writePredictions(file(p), fresh[k]); err != nil {
			return nil, err
		}
		old.Versions[p.Name] = p.Version()
	}
	if o.out != "" {
		if err := writeJSON(state, old); err != nil {
			return nil, err
		}
	}
	if err := addFolds(preds, o.folds, c); err != nil {
		return nil, err
	}
	return scoreRun(ctx, c, fingerprint, preds, o)
}

func scoreRun(ctx context.Context, c *corpora.Corpus, fingerprint string, preds map[string][]prediction, o runOptions) (*corpusRun, error) {
	r := &corpusRun{Name: c.Name, Source: c.Source, Metric: c.Metric, Pages: len(c.Pages), Fingerprint: fingerprint, Trained: trained(c.Name), Peers: map[string]quality{}}
	names := slices.Sorted(maps.Keys(preds))
	pages := make([][]score.Page, len(names))
	if err := parallel(ctx, len(names), o.workers, func(i int) error {
		pages[i] = scorePages(c, preds[names[i]])
		return nil
	}); err != nil {
		return nil, err
	}
	rival := ourName // what the others are compared with
	if r.Trained && slices.Contains(names, foldsName) {
		rival = foldsName
	}
	ours := slices.Index(names, rival)
	list := make([]quality, len(names))
	err := parallel(ctx, len(names), o.workers, func(i int) error {
		q := quality{Total: c.Metric.Total(pages[i]), Range: c.Metric.Bootstrap(pages[i], o.rounds),
			Types: byGroup(c.Metric, pages[i], 1, func(p *score.Page) string { return p.Type }),
			Langs: byGroup(c.Metric, pages[i], langPages, func(p *score.Page) string { return p.Lang })}
		if ours >= 0 && ours != i {
			d := c.Metric.BootstrapDiff(pages[i], pages[ours], o.rounds)
			q.Diff = &d
		}
		list[i] = q
		return nil
	})
	for i, n := range names {
		r.Peers[n] = list[i]
	}
	return r, err
}

// langPages is how many pages a language needs for a figure of its own.
const langPages = 5

// ourName is the peer that the others are compared with.
const ourName = "winnow"

// printRun prints what was measured on a corpus.
func printRun(w io.Writer, r *corpusRun, types, langs bool) {
	snippets := r.Metric == score.Snippet
	head := []string{fmt.Sprintf("%s (%d pages, %s)", r.Name, r.Pages, r.Metric), "F1", "95 %", "P", "R", "with", "without", "lost %", "extra/k", "F1<.5", "winnow minus it, 95 %"}
	if !snippets {
		head = slices.Insert(head, 5, "4-shingle F1")
	}
	t := table{head}
	for _, name := range r.rowOrder(peerNames()) {
		q := r.Peers[name]
		row := []string{r.label(name), f3(q.F1), f3(q.Range.Low) + "–" + f3(q.Range.High), f3(q.P), f3(q.R), f3(q.With), f3(q.Without),
			fmt.Sprintf("%.1f", 100*q.Lost), fmt.Sprintf("%.0f", q.Extra), fmt.Sprint(q.Bad), ""}
		if q.Diff != nil {
			row[len(row)-1] = signed(q.Diff.Low) + " to " + signed(q.Diff.High)
		}
		if !snippets {
			row = slices.Insert(row, 5, f3(q.ShingleF1))
		}
		t.row(row...)
	}
	t.write(w)
	fmt.Fprintln(w)
	if r.Trained {
		fmt.Fprintln(w, "(seen): the shipped models were trained on these pages.")
		fmt.Fprintln(w)
	}
	if types {
		printGroups(w, "F1 by page type", r, func(q quality) map[string]groupScore { return q.Types })
	}
	if langs {
		printGroups(w, "F1 by language", r, func(q quality) map[string]groupScore { return q.Langs })
	}
}

// label marks the rows of winnow that know the pages.
func (r *corpusRun) label(name string) string {
	if name == foldsName {
		return "winnow, out of fold"
	}
	if r.Trained && slices.ContainsFunc(peers.All(), func(p peers.Peer) bool { return p.Ours && p.Name == name }) {
		return name + " (seen)"
	}
	return name
}

// printGroups prints F1 by group, the largest groups first.
func printGroups(w io.Writer, title string, r *corpusRun, groups func(quality) map[string]groupScore) {
	size := map[string]int{}
	for _, q := range r.Peers {
		for g, v := range groups(q) {
			size[g] = v.Pages
		}
	}
	names := byCount(size)
	names = names[:min(len(names), 9)]
	head := []string{r.Name + ": " + title}
	for _, g := range names {
		head = append(head, fmt.Sprintf("%s (%d)", g, size[g]))
	}
	t := table{head}
	for _, name := range r.rowOrder(peerNames()) {
		row := []string{r.label(name)}
		for _, g := range names {
			row = append(row, f3(groups(r.Peers[name])[g].F1))
		}
		t.row(row...)
	}
	t.write(w)
	fmt.Fprintln(w)
}

// byCount returns the keys, the largest count first.
func byCount(m map[string]int) []string {
	keys := slices.Sorted(maps.Keys(m))
	slices.SortStableFunc(keys, func(a, b string) int { return m[b] - m[a] })
	return keys
}
