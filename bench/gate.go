package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/bench/corpora"
	"github.com/winnowtext/winnow/bench/cost"
	"github.com/winnowtext/winnow/bench/peers"
	"github.com/winnowtext/winnow/bench/score"
)

// floors is floors.json: what quality must not fall below.
type floors struct {
	// Epsilon says how far a figure may fall below its floor, by family.
	Epsilon map[string]epsilon `json:"epsilon"`
	// Corpora has the floors by corpus; flattened text counts as one.
	Corpora map[string]corpusFloors `json:"corpora"`
	// Lowered records every floor that was lowered, and why.
	Lowered []lowering `json:"lowered,omitempty"`
}

type epsilon struct {
	Value  float64 `json:"value"`
	Reason string  `json:"reason"`
}

type corpusFloors struct {
	Fingerprint string             `json:"fingerprint"`
	Pages       int                `json:"pages"`
	Floors      map[string]float64 `json:"floors"` // for figures where less is better, ceilings
}

type lowering struct {
	Day    string  `json:"day"`
	Corpus string  `json:"corpus"`
	Figure string  `json:"figure"`
	From   float64 `json:"from"`
	To     float64 `json:"to"`
	Reason string  `json:"reason"`
}

// baseline is baseline.json: every page's score when the floors were set, by
// corpus and id, for saying which pages moved.
type baseline map[string]map[string]float64

// measured is what the gate compares with the floors of one corpus.
type measured struct {
	corpus      string
	fingerprint string
	pages       int
	figures     []figure           // the old value is unset
	scores      map[string]float64 // by page
	urls        map[string]string
}

// gated lists the figures that have floors. Precision and recall have none: they
// are traded against each other, and F1 watches the sum.
var gated = map[string]bool{
	"f1": true, "shingle_f1": true, "with": true, "without": true, "lost": true, "extra_per_k": true, "bad_pages": true,
	"line_f1": true, "left_per_k": true, "clean": true, "damaged": true, "exact_cuts": true, "cost": true,
}

// typeFloorPages is how many pages a page type needs for a floor of its own.
const typeFloorPages = 90

type gateOptions struct {
	dir, pred, lower string
	update, cost     bool
	workers, list    int
}

func gateCommand(at *places) *cobra.Command {
	var o gateOptions
	cmd := &cobra.Command{
		Use:   "gate",
		Short: "Fail when quality or cost is worse than the floors",
		Long: `Gate runs winnow over the corpora and flattened documents that are there and
compares the figures with floors.json. A figure below its floor by more than
its epsilon fails the gate. Corpora without floors are not read. --update raises
floors that were exceeded, sets those of corpora that have none, and writes the
scores of all pages to baseline.json; a floor is lowered only with --lower and a
reason, which is kept in the file. Without data the gate is skipped.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return gate(cmd, at, o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.dir, "floors", "", "folder of floors.json and baseline.json (default . or bench)")
	f.StringVar(&o.pred, "pred", "", "judge the texts of this folder of a run instead")
	f.BoolVar(&o.update, "update", false, "raise the floors to what is measured")
	f.StringVar(&o.lower, "lower", "", "set the floors to what is measured even where that is worse, for this `reason`")
	f.BoolVar(&o.cost, "cost", true, "also gate the cost over a bare parse")
	f.IntVarP(&o.workers, "jobs", "j", runtime.NumCPU(), "pages at a time")
	f.IntVarP(&o.list, "pages", "n", 10, "pages to name for a corpus that fell")
	return cmd
}

// writes reports whether floors are to be set instead of held.
func (o *gateOptions) writes() bool { return o.update || o.lower != "" }

// errShut says that a floor was not held.
var errShut = errors.New("gate shut")

func gate(cmd *cobra.Command, at *places, o gateOptions) error {
	w := cmd.OutOrStdout()
	if at.corpora == "" && at.residue == "" {
		fmt.Fprintf(w, "gate skipped: no corpora here; set %s and %s, or --corpora and --residue\n", envCorpora, envResidue)
		return nil
	}
	dir, err := floorsDir(o.dir)
	if err != nil {
		return err
	}
	var fl floors
	if err := readJSON(filepath.Join(dir, "floors.json"), &fl); err != nil {
		return err
	}
	base := baseline{}
	if err := readJSON(filepath.Join(dir, "baseline.json"), &base); err != nil && !os.IsNotExist(err) {
		return err
	}
	known := func(corpus string) bool {
		_, ok := fl.Corpora[corpus]
		if !ok && !o.writes() {
			fmt.Fprintf(w, "%s: has no floors yet, not read\n", corpus)
		}
		return ok || o.writes()
	}
	ms, err := measureAll(cmd.Context(), at, o, known, cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	failed := judge(w, fl, base, ms, o.list)
	for name := range fl.Corpora {
		if !slices.ContainsFunc(ms, func(m measured) bool { return m.corpus == name }) {
			fmt.Fprintf(w, "%s: not here, not checked\n", name)
		}
	}
	if o.writes() {
		return setFloors(w, dir, fl, base, ms, o.lower)
	}
	if len(failed) > 0 {
		return fmt.Errorf("%w: %s", errShut, strings.Join(failed, "; "))
	}
	fmt.Fprintln(w, "gate open")
	return nil
}

// floorsDir finds the floors from the root of the repository, too.
func floorsDir(dir string) (string, error) {
	if dir != "" {
		return dir, nil
	}
	for _, d := range []string{".", "bench"} {
		if _, err := os.Stat(filepath.Join(d, "floors.json")); err == nil {
			return d, nil
		}
	}
	return "", errors.New("no floors.json in . or bench: give --floors")
}

// measureAll measures winnow on everything that is there and wanted.
func measureAll(ctx context.Context, at *places, o gateOptions, wanted func(corpus string) bool, log io.Writer) ([]measured, error) {
	var ms []measured
	if at.corpora != "" || slices.ContainsFunc(at.only, func(name string) bool { return name != textName }) {
		sets, err := at.sets()
		if err != nil {
			return nil, err
		}
		for _, s := range fit(sets, log) {
			if !wanted(s.Name) {
				continue
			}
			start := time.Now()
			c, err := s.Open()
			if err != nil {
				return nil, err
			}
			m, err := measureCorpus(ctx, c, o, log)
			if err != nil {
				return nil, err
			}
			fmt.Fprintf(log, "%s: %d pages, %.0f s\n", c.Name, len(c.Pages), time.Since(start).Seconds())
			ms = append(ms, *m)
		}
	}
	if at.residue != "" && (len(at.only) == 0 || slices.Contains(at.only, textName)) && wanted(textName) {
		m, err := measureText(ctx, at.residue, o)
		if err != nil {
			return nil, err
		}
		ms = append(ms, *m)
	}
	return ms, nil
}

// gateCostPages and gateCostPasses bound the time the gate spends on cost.
const (
	gateCostPages  = 120
	gateCostPasses = 3
)

func measureCorpus(ctx context.Context, c *corpora.Corpus, o gateOptions, log io.Writer) (*measured, error) {
	fingerprint, err := c.Fingerprint()
	if err != nil {
		return nil, err
	}
	list, err := peers.Named([]string{ourName})
	if err != nil {
		return nil, err
	}
	var preds []prediction
	if o.pred != "" {
		preds, err = readPredictions(filepath.Join(o.pred, c.Name, ourName+".jsonl"))
	} else {
		var all [][]prediction
		if all, err = predict(ctx, c, list, o.workers); err == nil {
			preds = all[0]
		}
	}
	if err != nil {
		return nil, err
	}
	if err := allFailed(c.Name+": "+ourName, preds); err != nil {
		return nil, err
	}
	printErrors(log, c.Name+": "+ourName, preds)
	m := measurePages(c, fingerprint, preds)
	if o.cost && o.pred == "" {
		pages, err := costPages(c, gateCostPages)
		if err != nil {
			return nil, err
		}
		list, err = peers.Named([]string{floorName, ourName})
		if err != nil {
			return nil, err
		}
		t, err := cost.Pages(ctx, pages, list, gateCostPasses)
		if err != nil {
			return nil, err
		}
		m.figures = append(m.figures, figure{name: "cost", now: t[1].Ratio, lower: true, digits: 2})
	}
	return m, nil
}

func measurePages(c *corpora.Corpus, fingerprint string, preds []prediction) *measured {
	pages := scorePages(c, preds)
	total := c.Metric.Total(pages)
	m := &measured{corpus: c.Name, fingerprint: fingerprint, pages: len(pages), figures: pageMetrics(total, total),
		scores: map[string]float64{}, urls: map[string]string{}}
	for i, p := range pages {
		m.scores[p.ID] = p.F1
		m.urls[p.ID] = c.Pages[i].URL
	}
	types := c.Metric.By(pages, func(p *score.Page) string { return p.Type })
	for _, k := range slices.Sorted(maps.Keys(types)) {
		if len(types) > 1 && types[k].Pages >= typeFloorPages {
			m.figures = append(m.figures, figure{name: "f1/" + k, now: types[k].F1, digits: 3})
		}
	}
	return m
}

func measureText(ctx context.Context, path string, o gateOptions) (*measured, error) {
	docs, fingerprint, err := corpora.Flat(path)
	if err != nil {
		return nil, err
	}
	var preds []prediction
	if o.pred != "" {
		preds, err = readPredictions(filepath.Join(o.pred, textName, ourName+".jsonl"))
	} else {
		preds, err = cleanDocs(ctx, docs, o.workers)
	}
	if err == nil {
		err = allFailed(textName+": "+ourName, preds)
	}
	if err != nil {
		return nil, err
	}
	s, err := scoreDocs(ctx, docs, preds, o.workers)
	if err != nil {
		return nil, err
	}
	core := s.groups[groupCore].Score()
	m := &measured{corpus: textName, fingerprint: fingerprint, pages: len(docs), figures: textMetrics(core, core),
		scores: map[string]float64{}, urls: map[string]string{}}
	for i, d := range docs {
		m.scores[d.ID] = rightShare(s.pages[i])
		m.urls[d.ID] = d.URL
	}
	return m, nil
}

// judge prints every figure beside its floor and, where something moved, the
// pages; it returns what fell.
func judge(w io.Writer, fl floors, base baseline, ms []measured, list int) (failed []string) {
	for _, m := range ms {
		cf, ok := fl.Corpora[m.corpus]
		if !ok {
			fmt.Fprintf(w, "%s: has no floors yet\n", m.corpus)
			continue
		}
		if cf.Fingerprint != m.fingerprint {
			fmt.Fprintf(w, "%s: the corpus is not the one the floors were set on (fingerprint %s, floors %s)\n", m.corpus, m.fingerprint, cf.Fingerprint)
			failed = append(failed, m.corpus+": another corpus")
			continue
		}
		t := table{{m.corpus, "now", "floor", "room", ""}}
		fell := false
		for _, f := range m.figures {
			floor, ok := cf.Floors[f.name]
			if !ok {
				continue
			}
			f.old = floor
			room := f.gain() + fl.Epsilon[family(f.name)].Value
			mark := ""
			if room < -1e-9 || math.IsNaN(room) {
				mark, fell = "FELL", true
				failed = append(failed, fmt.Sprintf("%s %s %s, floor %s", m.corpus, f.name, f.format(f.now), f.format(floor)))
			} else if step := math.Pow10(-f.digits); f.gain() < -step/2 {
				mark = "within epsilon"
			} else if f.gain() >= step {
				mark = "better" // a floor is rounded down by less than that
			}
			t.row(f.name, f.format(f.now), f.format(floor), fmt.Sprintf("%+.*f", f.digits, room), mark)
		}
		t.write(w)
		n := 0
		if fell {
			n = list
		}
		judgePages(w, m, base[m.corpus], n)
	}
	return failed
}

// judgePages says which pages moved against the baseline.
func judgePages(w io.Writer, m measured, old map[string]float64, list int) {
	if old == nil {
		return
	}
	var moves []move
	worse, better := 0, 0
	for _, id := range slices.Sorted(maps.Keys(m.scores)) {
		was, ok := old[id]
		if !ok {
			continue
		}
		moves = append(moves, move{id, was, m.scores[id], m.urls[id]})
		switch d := m.scores[id] - was; {
		case d < -baselineStep:
			worse++
		case d > baselineStep:
			better++
		}
	}
	fmt.Fprintf(w, "%s: %d pages worse than the baseline, %d better\n", m.corpus, worse, better)
	if list > 0 {
		printMoves(w, moves, list)
	}
	fmt.Fprintln(w)
}

// baselineStep is the rounding of baseline.json.
const baselineStep = 0.001

// setFloors writes floors.json and baseline.json. Without a reason floors only
// rise.
func setFloors(w io.Writer, dir string, fl floors, base baseline, ms []measured, reason string) error {
	if fl.Corpora == nil {
		fl.Corpora = map[string]corpusFloors{}
	}
	for _, m := range ms {
		cf, known := fl.Corpora[m.corpus]
		if known && cf.Fingerprint != m.fingerprint && reason == "" {
			return fmt.Errorf("%s: another corpus needs new floors: use --lower with the reason", m.corpus)
		}
		floors := map[string]float64{}
		maps.Copy(floors, cf.Floors)
		for _, f := range m.figures {
			if !gated[family(f.name)] {
				continue
			}
			value := f.cautious(f.now)
			floor, ok := floors[f.name]
			f.old, f.now = floor, value
			switch {
			case ok && f.gain() < 0 && reason == "":
				continue
			case ok && f.gain() < 0:
				fl.Lowered = append(fl.Lowered, lowering{time.Now().UTC().Format(time.DateOnly), m.corpus, f.name, floor, value, reason})
				fmt.Fprintf(w, "%s %s: floor lowered from %s to %s\n", m.corpus, f.name, f.format(floor), f.format(value))
			case !ok || f.gain() > 0:
				fmt.Fprintf(w, "%s %s: floor set to %s\n", m.corpus, f.name, f.format(value))
			}
			floors[f.name] = value
		}
		fl.Corpora[m.corpus] = corpusFloors{m.fingerprint, m.pages, floors}
		scores := map[string]float64{}
		for id, v := range m.scores {
			scores[id] = math.Round(v/baselineStep) * baselineStep
			scores[id] = math.Round(scores[id]*1e6) / 1e6 // shed binary noise
		}
		base[m.corpus] = scores
	}
	if err := writeJSON(filepath.Join(dir, "baseline.json"), base); err != nil {
		return err
	}
	return writeJSON(filepath.Join(dir, "floors.json"), fl)
}
