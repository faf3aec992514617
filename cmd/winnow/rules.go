package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/batch"
	"github.com/winnowtext/winnow/clean/report"
	"github.com/winnowtext/winnow/docs"
)

const aboutRulesTest = `Test runs the examples that rules hold themselves (yes and no), and says what
each rule did on the pages and texts that are named: which pieces it decided
on, and which of them would have fared otherwise without the rule files.

Files that end in .rules are rule files, others and folders are inputs. Without a
rule file, the built-in rules are tested.

    winnow rules test my.rules pages/

Exit status
  0 well, 1 an example does not hold, 2 wrong use or a file that holds no
  rules, 3 some inputs failed, 130 interrupted.`

func rulesCommand(stdout io.Writer, do jobs) *cobra.Command {
	f := &flags{format: formatText, ordered: true}
	test := &cobra.Command{
		Use:                   "test [flags] [file.rules]... [file|dir|-]...",
		Short:                 "run the examples of rules, and say what the rules do on files",
		Long:                  aboutRulesTest,
		Args:                  cobra.ArbitraryArgs,
		DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			var inputs []string
			for _, arg := range args {
				if filepath.Ext(arg) == ".rules" && !isDir(arg) {
					f.rules = append(f.rules, arg)
				} else {
					inputs = append(inputs, arg)
				}
			}
			if err := checkNames(cmd, inputs); err != nil {
				return err
			}
			set, err := f.settings(inputs)
			if err != nil {
				return err
			}
			set.args, set.view, set.limit = inputs, viewReport, f.limit
			set.options.Explain, set.options.NoReasons = true, false
			return do.testRules(set)
		},
	}
	fs := test.Flags()
	fs.SortFlags = false
	f.rows(fs)
	f.cleaning(fs)
	fs.IntVar(&f.limit, "limit", 10, "how many `pieces` to show for each rule (0 is all)")
	f.running(fs)
	complete(test)
	list := &cobra.Command{
		Use:                   "list [file.rules]...",
		Short:                 "list the rules of files, or the built-in ones",
		Long:                  "List writes a line for each rule: its id, what it does, and what it is about.",
		DisableFlagsInUseLine: true,
		RunE: func(_ *cobra.Command, args []string) error {
			f.rules = args
			o, err := f.options()
			if err != nil {
				return err
			}
			return listRules(stdout, o.Rules)
		},
	}
	help := &cobra.Command{
		Use:   "help",
		Short: "how rules are written",
		Args:  cobra.NoArgs,
		RunE:  func(*cobra.Command, []string) error { return printPage(stdout, docs.Rules) },
	}
	rules := &cobra.Command{
		Use:   "rules",
		Short: "rules of one's own",
		Long: "Rules of one's own go into a file for --rules. winnow rules help describes how they\n" +
			"are written; winnow inspect writes rules for what one points at.",
		RunE: func(_ *cobra.Command, args []string) error {
			near := ""
			if len(args) > 0 {
				near = didYouMean(args[0], []string{"help", "list", "test"})
			}
			return fmt.Errorf("rules: say what to do: winnow rules help, list or test%s", near)
		},
	}
	rules.AddCommand(test, list, help)
	return rules
}

// listRules writes a line for each rule.
func listRules(w io.Writer, files []clean.RuleFile) error {
	infos, err := clean.Rules(files...)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, i := range infos {
		does := "drops"
		switch {
		case i.Keep:
			does = "keeps"
		case i.Names:
			does = "names"
		}
		what := "lines"
		if i.Elements {
			what = "elements"
		}
		b.WriteString(strings.TrimRight(fmt.Sprintf("%-26s %s %-8s  %-11s  %s", i.ID, does, what, i.Kind, escape(i.Why)), " ") + "\n")
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// testRules runs the examples of rules and tells what the rules do.
func testRules(ctx context.Context, set *settings, stdin io.Reader, stdout, stderr io.Writer) (int, error) {
	infos, err := clean.Rules(set.options.Rules...)
	if err != nil {
		return 0, err
	}
	faults := sayExamples(stdout, set, infos)
	if faults > 0 {
		return statusNothing, nil
	}
	if len(set.args) == 0 && set.list == "" {
		return statusOK, nil
	}
	inputs, err := collect(set, stdin, "")
	if err != nil {
		return 0, err
	}
	cl, err := newCleaner(set)
	if err != nil {
		return 0, err
	}
	// What the same inputs are without the rules tells which decisions are theirs.
	plain := *set
	plain.options.Rules = nil
	without, err := newCleaner(&plain)
	if err != nil {
		return 0, err
	}
	log := newMessages(set, len(inputs), stdout, stderr)
	touched := map[string]*touch{}
	failed := 0
	both := func(ctx context.Context, in *batch.Item) (*outcome, error) {
		in, err := held(in, set.options.MaxBytes)
		if err != nil {
			return nil, err
		}
		o, err := cl.clean(ctx, in)
		if err != nil {
			return o, err
		}
		old, err := without.clean(ctx, in)
		if old != nil {
			o.old = old.res
		}
		return o, err
	}
	err = cl.run(ctx, set.items(inputs), both, func(in *batch.Item, o *outcome, err error) error {
		log.step(in)
		if err != nil {
			failed++
			log.say("%s: %s", in.Name, cl.reason(err))
			return nil
		}
		take(touched, in.Name, o)
		return nil
	})
	log.close()
	if err != nil {
		return 0, err
	}
	if err := sayTouched(stdout, set, infos, touched); err != nil {
		return 0, err
	}
	if failed > 0 {
		return statusFailed, nil
	}
	return statusOK, nil
}

// held is the input with its bytes in memory, to be read more than once: as
// many as tell that it is too large. A limit below zero is none.
func held(in *batch.Item, limit int64) (*batch.Item, error) {
	f, err := in.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := io.Reader(f)
	if limit > 0 {
		r = io.LimitReader(f, limit+1)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	copied := *in
	copied.Open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	return &copied, nil
}

// sayExamples writes how the examples went and counts those that do not hold.
func sayExamples(w io.Writer, set *settings, infos []clean.RuleInfo) (faults int) {
	examples := 0
	for _, i := range infos {
		examples += i.Examples
		faults += len(i.Faults)
		for _, fault := range i.Faults {
			fmt.Fprintln(w, escape(fault))
		}
	}
	var names []string
	for _, f := range set.options.Rules {
		names = append(names, escape(f.Name))
	}
	name := strings.Join(names, ", ")
	if name == "" {
		name = "built-in rules"
	}
	state := "all hold"
	if faults > 0 {
		state = fmt.Sprintf("%d faults", faults)
	}
	fmt.Fprintf(w, "%s: %d rules, %d examples, %s\n", name, len(infos), examples, state)
	return faults
}

// A touch is what a rule did.
type touch struct {
	pieces, changed, named int
	lines                  []string
}

// take notes what the rules did on an input.
func take(touched map[string]*touch, name string, o *outcome) {
	of := func(id string) *touch {
		if touched[id] == nil {
			touched[id] = &touch{}
		}
		return touched[id]
	}
	var last *clean.Decision
	for _, p := range report.Compare(decisionsOf(o.old), decisionsOf(o.res)) {
		d := p.After
		if d == nil {
			continue
		}
		first := d != last
		last = d
		if d.Named != "" && first {
			of(d.Named).named++
		}
		if d.Rule == clean.ByModel {
			continue
		}
		t := of(d.Rule)
		changed := p.Before == nil || p.Before.Kept != d.Kept
		if first {
			t.pieces++
			if changed {
				t.changed++
			}
		}
		sign := "-"
		if d.Kept {
			sign = "+"
		}
		note := ""
		if p.Before != nil && changed {
			note = "  [was " + brief(p.Before) + "]"
		}
		t.lines = append(t.lines, fmt.Sprintf("  %s %s  %s  %s%s", sign, escape(name), place(d), preview(p.Text), note))
	}
}

func pieces(n int) string {
	if n == 1 {
		return "1 piece"
	}
	return fmt.Sprintf("%d pieces", n)
}

// sayTouched writes what each rule did; of the built-in ones, only those that
// did something.
func sayTouched(w io.Writer, set *settings, infos []clean.RuleInfo, touched map[string]*touch) error {
	var b strings.Builder
	own := len(set.options.Rules) > 0
	seen := map[string]bool{}
	for _, i := range infos {
		if seen[i.ID] {
			continue // a rule about lines and one about elements may share an id
		}
		seen[i.ID] = true
		t := touched[i.ID]
		if t == nil {
			if own {
				fmt.Fprintf(&b, "%-26s nothing\n", i.ID)
			}
			continue
		}
		fmt.Fprintf(&b, "%-26s %s", i.ID, pieces(t.pieces))
		if own {
			fmt.Fprintf(&b, ", %d changed", t.changed)
		}
		if t.named > 0 {
			fmt.Fprintf(&b, ", %s named", pieces(t.named))
		}
		b.WriteByte('\n')
		for n, line := range t.lines {
			if set.limit > 0 && n == set.limit {
				fmt.Fprintf(&b, "  and %d more (--limit)\n", len(t.lines)-n)
				break
			}
			b.WriteString(line + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
