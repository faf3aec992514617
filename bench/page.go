package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/bench/corpora"
	"github.com/winnowtext/winnow/bench/peers"
	"github.com/winnowtext/winnow/bench/score"
)

func pageCommand(at *places) *cobra.Command {
	var dir, old, peer string
	var width int
	cmd := &cobra.Command{
		Use:   "page ID",
		Short: "Show what one page's text lacks and what it has too much",
		Long: `Page compares a page's text with its gold text word by word, in reading
order: "-" is lacking, "+" is left in, "=" is right. For a document of
flattened text (an id with "#") it shows every line and what became of it.
Without --run the page is extracted now.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			w := cmd.OutOrStdout()
			if strings.Contains(args[0], "#") && at.residue != "" {
				return showFlat(w, at.residue, dir, args[0])
			}
			cs, err := at.open(cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			ps, err := peers.Named([]string{peer})
			if err != nil {
				return err
			}
			found := false
			for _, c := range cs {
				p := c.Page(args[0])
				if p == nil {
					continue
				}
				found = true
				pr, err := pageText(c, p, ps[0], dir)
				if err != nil {
					return err
				}
				showPage(w, c, p, pr, width)
				if old == "" {
					continue
				}
				before, err := pageText(c, p, ps[0], old)
				if err != nil {
					return err
				}
				fmt.Fprintf(w, "\nagainst %s (F1 %s):\n", old, f3(c.Metric.Page(p.Gold, before.Text).F1))
				printDiff(w, wordDiff(before.Text, pr.Text), width)
			}
			if !found {
				return fmt.Errorf("no page %q", args[0])
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&dir, "run", "", "take the text from this folder of a run")
	f.StringVar(&old, "old", "", "also compare with the text of this folder")
	f.StringVar(&peer, "peer", ourName, "whose text")
	f.IntVar(&width, "width", 400, "characters printed of each stretch")
	return cmd
}

// pageText returns a page's text from a run, or made now.
func pageText(c *corpora.Corpus, p *corpora.Page, peer peers.Peer, dir string) (prediction, error) {
	if dir == "" {
		in, err := inputOf(c, p)
		if err != nil {
			return prediction{}, err
		}
		return limited(peer, in), nil
	}
	file := filepath.Join(dir, c.Name, peer.Name+".jsonl")
	preds, err := readPredictions(file)
	if err != nil {
		return prediction{}, err
	}
	for _, pr := range preds {
		if pr.ID == p.ID {
			return pr, nil
		}
	}
	return prediction{}, fmt.Errorf("%s: no page %q", file, p.ID)
}

func showPage(w io.Writer, c *corpora.Corpus, p *corpora.Page, pr prediction, width int) {
	s := c.Metric.Page(p.Gold, pr.Text)
	fmt.Fprintf(w, "%s %s  %s %s  %s\n", c.Name, p.ID, p.Type, p.Lang, p.URL)
	fmt.Fprintf(w, "F1 %s  P %s  R %s  words: %d printed, %d gold, %d common", f3(s.F1), f3(s.P), f3(s.R), s.Words, s.GoldWords, s.Common)
	if pr.Err != "" {
		fmt.Fprintf(w, "  error: %s", pr.Err)
	}
	fmt.Fprintln(w)
	for _, sn := range p.With {
		if c.Metric.Page(score.Gold{With: []string{sn}}, pr.Text).TP == 0 {
			fmt.Fprintln(w, "- snippet lacking:", sn)
		}
	}
	for _, sn := range p.Without {
		if c.Metric.Page(score.Gold{Without: []string{sn}}, pr.Text).FP == 1 {
			fmt.Fprintln(w, "+ snippet left in:", sn)
		}
	}
	if p.Gold.Text == "" && c.Metric == score.Snippet {
		fmt.Fprintln(w, pr.Text) // nothing else to compare with
		return
	}
	printDiff(w, wordDiff(p.Gold.For(pr.Text), pr.Text), width)
}

// textName is the folder of a run that holds cleaned flattened text.
const textName = "text"

// showFlat shows a document of flattened text line by line.
func showFlat(w io.Writer, path, dir, id string) error {
	docs, _, err := corpora.Flat(path)
	if err != nil {
		return err
	}
	for i := range docs {
		d := &docs[i]
		if d.ID != id {
			continue
		}
		var text string
		if dir == "" {
			if text, err = peers.Clean(d.Input()); err != nil {
				return err
			}
		} else {
			preds, err := readPredictions(filepath.Join(dir, textName, ourName+".jsonl"))
			if err != nil {
				return err
			}
			for _, pr := range preds {
				if pr.ID == id {
					text = pr.Text
				}
			}
		}
		core := d.Score(text).Core
		fmt.Fprintf(w, "%s  %s  %s\nwords: %.0f lost, %.0f left in, %.0f kept, %.0f removed\n", d.ID, d.Lang, d.URL, core.Lost, core.Left, core.Kept, core.Removed)
		for _, f := range d.Fates(text) {
			fmt.Fprintf(w, "%-4s %-10s %s\n", f.Mark, f.Cat, f.Text)
		}
		return nil
	}
	return fmt.Errorf("no document %q", id)
}
