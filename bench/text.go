package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/bench/corpora"
	"github.com/winnowtext/winnow/bench/peers"
	"github.com/winnowtext/winnow/bench/score"
)

// textRun is what was measured on flattened text.
type textRun struct {
	Fingerprint string                     `json:"fingerprint"`
	Trained     bool                       `json:"trained"` // rules or models were made with these documents
	Groups      map[string]score.Cleanness `json:"groups"`  // core, full, flattener=..., lang=..., source=..., partial
}

// The groups everything else is a part of.
const (
	groupCore    = "core"
	groupFull    = "full"
	groupPartial = "partial"
)

func textCommand(at *places) *cobra.Command {
	var out, pred string
	var runs runOutput
	var worst, workers int
	var by bool
	texts := textPlaces{places: at}
	cmd := &cobra.Command{
		Use:   "text [RUN...]",
		Short: "Score the cleaning of flattened text",
		Long: `Text cleans every document of a file of flattened text and compares what
became of each line with its label. Core leaves out labels that may be
omissions of the gold text; full counts all.

With folders of runs it cleans nothing and scores what is in them: scraped,
residue, golds, seeds and cases.jsonl, as the test TextFolds of the main module
writes them, a folder for each operating point. Of several runs it prints a row
each, of one also the figures by form, language, source, corpus and kind.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return texts.score(cmd, args, runs)
			}
			if at.residue == "" {
				return errors.New("no documents: give --residue or set " + envResidue)
			}
			docs, _, err := corpora.Flat(at.residue)
			if err != nil {
				return err
			}
			var preds []prediction
			if pred != "" {
				preds, err = readPredictions(pred)
			} else {
				preds, err = cleanDocs(cmd.Context(), docs, workers)
			}
			if err == nil {
				err = allFailed(textName, preds)
			}
			if err != nil {
				return err
			}
			if out != "" {
				if err := writePredictions(out, preds); err != nil {
					return err
				}
			}
			printErrors(cmd.ErrOrStderr(), "text", preds)
			s, err := scoreDocs(cmd.Context(), docs, preds, workers)
			if err != nil {
				return err
			}
			s.print(cmd.OutOrStdout(), by)
			s.printWorst(cmd.OutOrStdout(), worst)
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVarP(&out, "out", "o", "", "file to keep the cleaned texts in")
	f.StringVar(&pred, "pred", "", "score the texts of this file instead")
	f.IntVarP(&workers, "jobs", "j", runtime.NumCPU(), "documents at a time")
	f.BoolVar(&by, "by", false, "also by flattener, source, language and kind of residue")
	f.IntVar(&worst, "worst", 0, "list this many documents with the most words lost or left")
	f.StringVar(&texts.scraped, "scraped", os.Getenv(envScraped), "folder of labelled texts that scrapers left (default $"+envScraped+")")
	f.StringVar(&texts.seeds, "seeds", os.Getenv(envSeeds), "folder of texts with golds, in all forms (default $"+envSeeds+")")
	f.StringVar(&texts.cases, "cases", os.Getenv(envCases), "folders of texts with golds (default $"+envCases+")")
	f.StringSliceVar(&texts.without, "without", nil, "score scraped text also without these sites")
	f.StringVar(&runs.removed, "removed", "", "list what a run removes from golds in this `file`: text, form, kind, rule, p, piece")
	f.StringVar(&runs.keep, "keep", "", "keep the tables of the runs in this `file`, results.json, for readme --keep")
	return cmd
}

// runOutput says what is written about runs beside the tables.
type runOutput struct{ removed, keep string }

// score prints the tables of runs.
func (at *textPlaces) score(cmd *cobra.Command, runs []string, o runOutput) error {
	if o.removed != "" && len(runs) > 1 {
		return errors.New("--removed lists one run")
	}
	var list bytes.Buffer
	var all []*textFigures
	for _, run := range runs {
		f, err := at.measureRun(cmd.Context(), run, &list, cmd.ErrOrStderr())
		if err != nil {
			return err
		}
		if slices.ContainsFunc(all, func(o *textFigures) bool { return o.name == f.name }) {
			f.name = filepath.ToSlash(run)
		}
		all = append(all, f)
	}
	w := cmd.OutOrStdout()
	if len(all) == 1 {
		all[0].print(w)
		fmt.Fprintln(w)
	}
	tables := overview(all)
	for i, t := range tables {
		if i > 0 {
			fmt.Fprintln(w)
		}
		t.write(w)
	}
	if o.removed != "" {
		if err := writeFile(o.removed, list.Bytes()); err != nil {
			return err
		}
	}
	if o.keep == "" {
		return nil
	}
	var r results
	if err := readJSON(o.keep, &r); err != nil {
		return err
	}
	r.Points = tables
	return writeResults(o.keep, &r)
}

func cleanDocs(ctx context.Context, docs []score.Flat, workers int) ([]prediction, error) {
	preds := make([]prediction, len(docs))
	err := parallel(ctx, len(docs), workers, func(i int) error {
		preds[i].ID = docs[i].ID
		text, err := peers.Clean(docs[i].Input())
		preds[i].Text = text
		if err != nil {
			preds[i].Err = err.Error()
		}
		return nil
	})
	return preds, err
}

// textScore holds the counts of every document.
type textScore struct {
	docs   []score.Flat
	pages  []score.FlatPage
	groups map[string]*score.Residue
	cats   map[string]score.Residue
}

func scoreDocs(ctx context.Context, docs []score.Flat, preds []prediction, workers int) (*textScore, error) {
	byID := make(map[string]string, len(preds))
	for _, p := range preds {
		byID[p.ID] = p.Text
	}
	s := &textScore{docs: docs, pages: make([]score.FlatPage, len(docs)), groups: map[string]*score.Residue{}, cats: map[string]score.Residue{}}
	err := parallel(ctx, len(docs), workers, func(i int) error {
		s.pages[i] = docs[i].Score(byID[docs[i].ID])
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range docs {
		d, p := &docs[i], &s.pages[i]
		if d.Partial {
			s.add(groupPartial, p.Full)
			continue
		}
		s.add(groupCore, p.Core)
		s.add(groupFull, p.Full)
		s.add("flattener="+d.Flattener, p.Core)
		s.add("source="+d.Source(), p.Core)
		s.add("lang="+d.Lang, p.Core)
		for k, v := range p.Cats {
			c := s.cats[k]
			c.Add(v)
			s.cats[k] = c
		}
	}
	return s, nil
}

func (s *textScore) add(group string, r score.Residue) {
	if s.groups[group] == nil {
		s.groups[group] = &score.Residue{}
	}
	s.groups[group].Add(r)
}

func (s *textScore) run(fingerprint string) *textRun {
	r := &textRun{Fingerprint: fingerprint, Trained: trained(textName), Groups: map[string]score.Cleanness{}}
	for _, k := range []string{groupCore, groupFull, groupPartial} {
		if g := s.groups[k]; g != nil {
			r.Groups[k] = g.Score()
		}
	}
	return r
}

// textHead and textRow are the columns of the tables of flattened text.
func textHead(title string) []string {
	return []string{title, "docs", "P", "R", "F1", "line F1", "lost %", "left/k", "clean %", "damaged %", "cuts"}
}

func textRow(name string, c score.Cleanness) []string {
	return []string{name, fmt.Sprint(c.Docs), f3(c.P), f3(c.R), f3(c.F1), f3(c.LineF1), fmt.Sprintf("%.2f", 100*c.Lost), fmt.Sprintf("%.1f", c.Left),
		fmt.Sprintf("%.1f", 100*c.Clean), fmt.Sprintf("%.1f", 100*c.Damaged), fmt.Sprintf("%d/%d", c.EditsGood, c.Edits)}
}

func (s *textScore) print(w io.Writer, by bool) {
	t := table{textHead("flattened text")}
	names := []string{groupCore, groupFull, groupPartial}
	if by {
		size := map[string]int{}
		for k, g := range s.groups {
			if strings.Contains(k, "=") {
				size[k] = g.Docs
			}
		}
		for _, prefix := range []string{"flattener=", "source=", "lang="} {
			for _, k := range byCount(size) {
				if strings.HasPrefix(k, prefix) {
					names = append(names, k)
				}
			}
		}
	}
	for _, k := range names {
		if g := s.groups[k]; g != nil {
			t.row(textRow(k, g.Score())...)
		}
	}
	t.write(w)
	if !by {
		return
	}
	fmt.Fprintln(w)
	t = table{{"kind of residue", "lines", "words", "lines found", "words found"}}
	kinds := slices.SortedFunc(maps.Keys(s.cats), func(a, b string) int {
		return cmp.Or(cmp.Compare(s.cats[b].Left+s.cats[b].Removed, s.cats[a].Left+s.cats[a].Removed), cmp.Compare(a, b))
	})
	for _, k := range kinds {
		c := s.cats[k]
		sc := c.Score()
		t.row(cmp.Or(k, "?"), fmt.Sprint(c.LinesLeft+c.LinesGone), fmt.Sprintf("%.0f", c.Left+c.Removed), f3(sc.LineR), f3(sc.R))
	}
	t.write(w)
}

func (s *textScore) printWorst(w io.Writer, n int) {
	if n <= 0 {
		return
	}
	order := make([]int, len(s.docs))
	for i := range order {
		order[i] = i
	}
	bad := func(i int) float64 { return s.pages[i].Core.Lost + s.pages[i].Core.Left }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(bad(b), bad(a)) })
	t := table{{"document", "words lost", "words left"}}
	for _, i := range order[:min(n, len(order))] {
		t.row(s.docs[i].ID, fmt.Sprintf("%.0f", s.pages[i].Core.Lost), fmt.Sprintf("%.0f", s.pages[i].Core.Left))
	}
	fmt.Fprintln(w)
	t.write(w)
}
