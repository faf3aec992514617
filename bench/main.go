// Command bench measures winnow beside other extractors, on pages whose article
// text is known: quality by each corpus's own metric, and cost. README.md says
// where to get the corpora and what each command prints.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/bench/corpora"
)

// Names of the environment variables that say where the data is.
const (
	envCorpora = "WINNOW_CORPORA"
	envResidue = "WINNOW_RESIDUE"
	envScraped = "WINNOW_WILD"
	envSeeds   = "WINNOW_SEEDS"
	envCases   = "WINNOW_CASES"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run returns the exit code: 0 when all is well, 1 when something failed or the
// gate is shut.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	cmd := rootCommand()
	cmd.SetArgs(args)
	cmd.SetOut(stdout)
	cmd.SetErr(stderr)
	if err := cmd.ExecuteContext(ctx); err != nil {
		fmt.Fprintln(stderr, "bench:", err)
		return 1
	}
	return 0
}

func rootCommand() *cobra.Command {
	var at places
	root := &cobra.Command{
		Use:           "bench",
		Short:         "Measure quality and cost of article extractors",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	f := root.PersistentFlags()
	f.StringVar(&at.corpora, "corpora", os.Getenv(envCorpora), "folder of corpora, or of one corpus (default $"+envCorpora+")")
	f.StringVar(&at.residue, "residue", os.Getenv(envResidue), "flattened documents with labels, .jsonl or .jsonl.gz, or their folder (default $"+envResidue+")")
	f.StringSliceVar(&at.only, "corpus", nil, "use only the corpora of these names; text is the flattened documents")
	root.AddCommand(
		runCommand(&at),
		trustCommand(&at),
		metaCommand(&at),
		typeCommand(&at),
		costCommand(&at),
		textCommand(&at),
		gateCommand(&at),
		compareCommand(&at),
		pageCommand(&at),
		structureCommand(&at),
		readmeCommand(&at),
		onceCommand(),
		hostileCommand(),
		hostileOnceCommand(),
	)
	return root
}

// places says where the data is.
type places struct {
	corpora, residue string
	only             []string
}

var errNoCorpora = errors.New("no corpora: give --corpora or set " + envCorpora)

// sets lists the corpora that were asked for; none is opened. The name text
// stands for the flattened documents, which are no corpus of pages.
func (p *places) sets() ([]corpora.Set, error) {
	if p.corpora == "" {
		return nil, errNoCorpora
	}
	all, err := corpora.Find(p.corpora)
	if err != nil || len(p.only) == 0 {
		return all, err
	}
	var out []corpora.Set
	for _, name := range p.only {
		if name == textName {
			continue
		}
		s := byName(all, name)
		if s == nil {
			return nil, fmt.Errorf("no corpus %q under %s; there are %s", name, p.corpora, names(all))
		}
		out = append(out, *s)
	}
	return out, nil
}

// open opens the corpora that were asked for.
func (p *places) open(log io.Writer) ([]*corpora.Corpus, error) {
	sets, err := p.sets()
	if err != nil {
		return nil, err
	}
	var out []*corpora.Corpus
	for _, s := range fit(sets, log) {
		c, err := s.Open()
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// fit returns the sets that can be measured on and says why the others are
// passed over.
func fit(sets []corpora.Set, log io.Writer) []corpora.Set {
	var out []corpora.Set
	for _, s := range sets {
		if s.Unfit != "" {
			fmt.Fprintf(log, "%s: passed over: %s\n", s.Name, s.Unfit)
			continue
		}
		out = append(out, s)
	}
	return out
}

// byName finds a set, and of several of that name the first that can be
// measured on.
func byName(sets []corpora.Set, name string) *corpora.Set {
	var found *corpora.Set
	for i := range sets {
		if s := &sets[i]; s.Name == name && (found == nil || found.Unfit != "") {
			found = s
		}
	}
	return found
}

// names lists the names that --corpus takes.
func names(sets []corpora.Set) string {
	var list []string
	for _, s := range sets {
		list = append(list, s.Name)
	}
	slices.Sort(list)
	return strings.Join(append(slices.Compact(list), textName), ", ")
}
