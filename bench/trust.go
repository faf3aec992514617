package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/bench/corpora"
	"github.com/winnowtext/winnow/bench/score"
)

// A judgement is what winnow says of a page beside its text, in a line of a
// file of out-of-fold texts.
type judgement struct {
	ID      string  `json:"id"`
	Text    string  `json:"text"`
	Score   float64 `json:"score"`
	Verdict string  `json:"verdict"`
}

func trustCommand(at *places) *cobra.Command {
	var folds string
	cmd := &cobra.Command{
		Use:   "trust",
		Short: "Show how well Score and Verdict tell what a text is worth",
		Long: `Trust reads out-of-fold texts with winnow's own scores and verdicts and prints,
for corpora with a whole gold text, the reliability curve of Score (what F1 pages
of a score have), how well it orders pages, and the verdicts by page type. Corpora
without such a file are passed over.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cs, err := at.open(cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			done := 0
			for _, c := range cs {
				if c.Metric != score.Word && c.Metric != score.Token {
					continue
				}
				err := printTrust(cmd.OutOrStdout(), c, filepath.Join(folds, c.Name+".jsonl"))
				if errors.Is(err, fs.ErrNotExist) {
					fmt.Fprintf(cmd.ErrOrStderr(), "%s: passed over: no out-of-fold texts\n", c.Name)
					continue
				}
				if err != nil {
					return err
				}
				done++
			}
			if done == 0 {
				return fmt.Errorf("%s: no out-of-fold texts of these corpora", folds)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&folds, "folds", "", "folder of out-of-fold texts")
	_ = cmd.MarkFlagRequired("folds") // it was defined just now
	return cmd
}

// trustBounds are the upper ends of the bins of Score.
var trustBounds = []float64{.5, .6, .7, .8, .85, .9, .94, .97, 1.001}

func printTrust(w io.Writer, c *corpora.Corpus, file string) error {
	judged, err := readJudgements(file)
	if err != nil {
		return err
	}
	var scores, f1s []float64
	verdicts := map[string]map[string]int{}
	for i := range c.Pages {
		p := &c.Pages[i]
		j := judged[p.ID]
		scores, f1s = append(scores, j.Score), append(f1s, c.Metric.Page(p.Gold, j.Text).F1)
		if verdicts[p.Type] == nil {
			verdicts[p.Type] = map[string]int{}
		}
		verdicts[p.Type][cmp.Or(j.Verdict, "none")]++
	}
	t := table{{c.Name + ", Score", "pages", "mean Score", "mean F1", "F1 ≥ .9, %", "F1 < .5, %"}}
	from := 0.0
	for _, to := range trustBounds {
		n, sum, f1, good, bad := 0.0, 0.0, 0.0, 0.0, 0.0
		for i, s := range scores {
			if s < from || s >= to {
				continue
			}
			n, sum, f1 = n+1, sum+s, f1+f1s[i]
			if f1s[i] >= .9 {
				good++
			} else if f1s[i] < .5 {
				bad++
			}
		}
		if n > 0 {
			t.row(fmt.Sprintf("%.2f to %.2f", from, min(to, 1)), fmt.Sprint(n), f3(sum/n), f3(f1/n), fmt.Sprintf("%.0f", 100*good/n), fmt.Sprintf("%.0f", 100*bad/n))
		}
		from = to
	}
	t.write(w)
	fmt.Fprintf(w, "\nrank correlation of Score and F1: %.3f\n\n", correlation(ranks(scores), ranks(f1s)))
	names := []string{"article", "partial", "stub", "listing", "empty"}
	t = table{append([]string{c.Name + ", Verdict"}, names...)}
	for _, kind := range slices.Sorted(maps.Keys(verdicts)) {
		row := []string{cmp.Or(kind, "?")}
		for _, n := range names {
			row = append(row, fmt.Sprint(verdicts[kind][n]))
		}
		t.row(row...)
	}
	t.write(w)
	fmt.Fprintln(w)
	return nil
}

func readJudgements(file string) (map[string]judgement, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := map[string]judgement{}
	for dec := json.NewDecoder(f); dec.More(); {
		var j judgement
		if err := dec.Decode(&j); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		out[j.ID] = j
	}
	return out, nil
}

// ranks are the places of values in rising order; equal ones share the mean.
func ranks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	out := make([]float64, len(values))
	for a := 0; a < len(order); {
		b := a
		for b < len(order) && values[order[b]] == values[order[a]] {
			b++
		}
		for _, i := range order[a:b] {
			out[i] = float64(a+b-1) / 2
		}
		a = b
	}
	return out
}

// correlation is Pearson's.
func correlation(x, y []float64) float64 {
	var mx, my, xy, xx, yy float64
	for i := range x {
		mx, my = mx+x[i]/float64(len(x)), my+y[i]/float64(len(y))
	}
	for i := range x {
		a, b := x[i]-mx, y[i]-my
		xy, xx, yy = xy+a*b, xx+a*a, yy+b*b
	}
	if xx == 0 || yy == 0 {
		return 0
	}
	return xy / math.Sqrt(xx*yy)
}
