package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"golang.org/x/term"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/batch"
)

// Exit statuses.
const (
	statusOK          = 0
	statusNothing     = 1 // nothing extracted, or --check found something
	statusUsage       = 2
	statusFailed      = 3 // some inputs failed
	statusInterrupted = 130
)

// run is the whole command. It returns the exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// Once this is asked for, writing to a closed pipe is an error like others
	// instead of the end of the process: temporary files get removed.
	pipe := make(chan os.Signal, 1)
	signal.Notify(pipe, syscall.SIGPIPE)
	defer signal.Stop(pipe)

	out := stdout
	if isTerminal(stdout) {
		out = tame{stdout}
	}
	status := statusOK
	do := func(work func(context.Context, *settings, io.Reader, io.Writer, io.Writer) (int, error)) func(*settings) error {
		return func(set *settings) (err error) {
			to := out
			if set.view == viewExplain && set.format == formatText && set.output == "" && wantsInk(stdout) {
				// Everything in it that comes from inputs is escaped.
				set.ink, to = true, stdout
			}
			status, err = work(ctx, set, stdin, to, stderr)
			return err
		}
	}
	cmd := command(out, jobs{clean: do(process), inspect: do(inspect), compare: do(compare), testRules: do(testRules)})
	cmd.SetArgs(args)
	cmd.SetOut(stdout)
	cmd.SetErr(stderr)
	err := cmd.Execute()
	switch {
	case err == nil:
		return status
	case errors.Is(err, syscall.EPIPE):
		return statusOK // the reader has seen enough
	case errors.Is(err, errInterrupted):
		status = statusInterrupted
	case isFatal(err):
		status = statusFailed
	default:
		status = statusUsage
	}
	fmt.Fprintf(stderr, "winnow: %s\n", escape(err.Error()))
	return status
}

// process does what the settings say. An error means that the run could not
// begin or had to end; inputs that failed are in the status.
func process(ctx context.Context, set *settings, stdin io.Reader, stdout, stderr io.Writer) (int, error) {
	cl, err := newCleaner(set)
	if err != nil {
		return 0, err
	}
	folder := outputFolder(set.output, set.args)
	skip := ""
	if folder {
		skip = set.output
	}
	inputs, err := collect(set.args, stdin, skip)
	if err != nil {
		return 0, err
	}
	if set.page != nil && len(inputs) > 1 {
		return 0, errors.New("--url goes with one input only")
	}
	if set.resume && !folder {
		return 0, errors.New("--resume goes with -o FOLDER only")
	}
	if set.args[0] == "-" && isTerminal(stdin) {
		fmt.Fprintln(stderr, "winnow: reading from the terminal, end with Ctrl-D (winnow --help shows the flags)")
	}
	var to batch.Sink
	before := 0
	if folder {
		t, err := batch.CreateTree(set.output, extension(set), inputs...)
		if err != nil {
			return 0, err
		}
		if set.resume {
			all := len(inputs)
			inputs = slices.Collect(t.Resume(slices.Values(inputs)))
			before = all - len(inputs)
		}
		to = t
	} else if to, err = openStream(set, inputs, stdout); err != nil {
		return 0, err
	}
	defer to.Abort()
	log := newMessages(set, len(inputs), stdout, stderr)

	total := newTally()
	var failed, hits int
	found := before
	err = cl.run(ctx, inputs, cl.clean, func(in *batch.Item, o *outcome, err error) error {
		total.add(&o.tally)
		// What failed has no file of its own.
		if err == nil || o.body != nil && !folder {
			if bad := to.Write(in, o.body); isFatal(bad) {
				return bad // the place for all outputs is gone
			} else if bad != nil {
				err = bad
			}
		}
		switch {
		case err != nil:
			failed++
			log.say("%s: %s", in.Name, cl.reason(err))
		case o.found:
			found++
		case set.view != viewNames:
			log.say("%s: %s", in.Name, o.lack())
		}
		if o.hit {
			hits++
		}
		log.step()
		return nil
	})
	log.close()
	if err != nil {
		return 0, err
	}
	// A file with nothing but errors in it must not replace a good one.
	if failed < len(inputs) || before > 0 || set.output == "" {
		if err := to.Commit(); err != nil {
			return 0, err
		}
	}
	if set.stats {
		total.print(stderr, len(inputs), failed, before)
	}
	switch {
	case failed > 0:
		return statusFailed, nil
	case set.check && hits > 0, !set.check && found == 0:
		return statusNothing, nil
	}
	return statusOK, nil
}

// newCleaner compiles the rules; what is wrong with a rule file shows here.
func newCleaner(set *settings) (*cleaner, error) {
	c, err := clean.New(set.options)
	if err != nil {
		return nil, err
	}
	cl := &cleaner{set: set, cleaner: c}
	if set.view == viewDiff {
		cl.all, err = clean.New(keepAll(set.options))
	}
	return cl, err
}

// isFatal reports whether there is no place any more for what is to be written.
func isFatal(err error) bool {
	place, ok := errors.AsType[*batch.WriteError](err)
	return ok && place.Fatal
}

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
