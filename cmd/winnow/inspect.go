package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/batch"
	"github.com/winnowtext/winnow/clean/report"
)

const aboutInspect = `Inspect writes a page to look at: the article as cleaned beside the page's text
in reading order, what was removed coloured by kind, with the reason for every
piece, a slider for the model's threshold, and rules ready to be copied. Of many
files it opens with a picture of the run: what went, verdicts, scores, the slowest
and the most doubtful. The page is one file that needs no network.

With --diff it takes two runs over the same files, as winnow -f jsonl --explain
writes them, and shows what changed: as lines, or with -o as a page.

    winnow -f jsonl --explain -o a.jsonl pages/
    winnow -f jsonl --explain -o b.jsonl --rules my.rules pages/
    winnow inspect --diff a.jsonl b.jsonl

Exit status
  0 well, 2 wrong use, 3 some inputs failed, 130 interrupted.`

func inspectCommand(do jobs) *cobra.Command {
	f := &flags{format: formatText, ordered: true}
	cmd := &cobra.Command{
		Use:                   "inspect [flags] [file|dir|-]...",
		Short:                 "a page to look at: what stayed, what went, and why",
		Long:                  aboutInspect,
		Args:                  cobra.ArbitraryArgs,
		DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkNames(cmd, args); err != nil {
				return err
			}
			set, err := f.settings(args)
			if err != nil {
				return err
			}
			set.view, set.options.Explain, set.options.NoReasons, set.options.Structure = viewReport, true, false, true
			if !f.diff {
				return do.inspect(set)
			}
			if len(args) != 2 {
				return errors.New("--diff takes two files, as winnow -f jsonl --explain writes them")
			}
			return do.compare(set)
		},
	}
	fs := cmd.Flags()
	fs.SortFlags = false
	fs.StringVarP(&f.output, "output", "o", "", "write to the file at this `path`")
	fs.BoolVar(&f.diff, "diff", false, "compare two runs")
	f.rows(fs)
	f.cleaning(fs)
	f.running(fs)
	complete(cmd)
	return cmd
}

// inspect writes a report about the inputs.
func inspect(ctx context.Context, set *settings, stdin io.Reader, stdout, stderr io.Writer) (int, error) {
	cl, err := newCleaner(set)
	if err != nil {
		return 0, err
	}
	inputs, err := collect(set, stdin, "")
	if err != nil {
		return 0, err
	}
	if set.page != nil && len(inputs) > 1 {
		return 0, errors.New("--url goes with one input only")
	}
	to, err := openReport(set, inputs, stdout)
	if err != nil {
		return 0, err
	}
	defer to.Abort()
	log := newMessages(set, len(inputs), stdout, stderr)
	r := report.New(to, report.Options{})
	all, failed := 0, 0
	err = cl.run(ctx, set.items(inputs), cl.clean, func(in *batch.Item, o *outcome, err error) error {
		all++
		var why error
		if err != nil {
			failed++
			why = errors.New(cl.reason(err))
			log.say("%s: %s", in.Name, why)
		}
		log.step(in)
		if len(inputs) == 1 && in.Row == nil {
			o.took = 0 // one alone is not compared, and its report the same each time
		}
		return r.AddTimed(in.Name, o.res, why, o.took)
	})
	log.close()
	if err != nil {
		return 0, err
	}
	if failed == all && all > 0 {
		return statusFailed, nil // there is nothing to look at
	}
	if err := r.Close(); err != nil {
		return 0, err
	}
	if err := to.Commit(); err != nil {
		return 0, err
	}
	if failed > 0 {
		return statusFailed, nil
	}
	return statusOK, nil
}

// openReport opens the place of a report: a file, or standard output unless
// that is a terminal.
func openReport(set *settings, inputs []*batch.Item, stdout io.Writer) (*batch.Output, error) {
	switch {
	case set.output == "" && (isTerminal(stdout) || isTamed(stdout)):
		return nil, errors.New("name a file for the report: -o report.html")
	case set.output != "" && outputFolder(set.output, nil):
		return nil, fmt.Errorf("cannot write %s: it is a folder, and the report is one file", escape(set.output))
	}
	return openOutput(set, inputs, stdout)
}

func isTamed(w io.Writer) bool {
	_, ok := w.(tame)
	return ok
}

// place is where a decision was taken, for one line.
func place(d *clean.Decision) string { return escape(d.Where) }
