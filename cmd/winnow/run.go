package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/batch"
)

// Exit statuses.
const (
	statusOK          = 0
	statusNothing     = 1 // nothing extracted, or --check found something
	statusUnwritten   = 1 // of --from jsonl: an answer could not be written
	statusUsage       = 2
	statusFailed      = 3 // some inputs failed, or outputs were not written
	statusInterrupted = 130
)

// run is the whole command. It returns the exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, drain, stop := signals()
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
			if set.view == viewExplain && set.output == "" && wantsInk(stdout) {
				// Everything in it that comes from inputs is escaped.
				set.ink, to = true, stdout
			}
			set.drain = drain
			status, err = work(ctx, set, stdin, to, stderr)
			return err
		}
	}
	said := &heard{w: out}
	cmd := command(said, jobs{clean: do(process), inspect: do(inspect), compare: do(compare), testRules: do(testRules), learn: do(learn), serve: do(listen)})
	cmd.SetArgs(args)
	cmd.SetOut(said)
	cmd.SetErr(stderr)
	err := cmd.Execute()
	if err == nil {
		err = said.err // help is written without a look at errors
	}
	if bad, ok := errors.AsType[*fs.PathError](err); ok && bad.Op == "write" && !isFatal(err) {
		err = &batch.WriteError{Name: standardOutput, Err: bad.Err, Fatal: true}
	}
	switch {
	case err == nil:
		return status
	case isUnwritten(err):
		if status = statusUnwritten; errors.Is(err, syscall.EPIPE) {
			return status // who closed the pipe knows
		}
	case errors.Is(err, syscall.EPIPE):
		return statusFailed // in silence, as the end by SIGPIPE that other commands have
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

// heard keeps the first error of a writer.
type heard struct {
	w   io.Writer
	err error
}

func (h *heard) Write(p []byte) (int, error) {
	n, err := h.w.Write(p)
	if h.err == nil {
		h.err = err
	}
	return n, err
}

// drainTime is how long what is under way may take once the command is asked to end:
// less than those who ask wait before they kill.
const drainTime = 10 * time.Second

// signals returns a context that an interrupt ends, and a channel that is closed when
// the command is asked to end, which ends the context a while later, or when it is
// asked again.
func signals() (ctx context.Context, drain <-chan struct{}, stop func()) {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	asked := make(chan os.Signal, 2)
	signal.Notify(asked, syscall.SIGTERM)
	ch := make(chan struct{})
	go func() {
		select {
		case <-asked:
		case <-ctx.Done():
			return
		}
		close(ch)
		select {
		case <-asked:
		case <-time.After(drainTime):
		case <-ctx.Done():
		}
		cancel()
	}()
	return ctx, ch, func() {
		signal.Stop(asked)
		cancel()
	}
}

// process does what the settings say. An error means that the run could not
// begin or had to end; inputs that failed are in the status.
func process(ctx context.Context, set *settings, stdin io.Reader, stdout, stderr io.Writer) (int, error) {
	cl, err := newCleaner(set)
	if err != nil {
		return 0, err
	}
	toFolder := outputFolder(set.output, set.args) ||
		// Else all parts would be one file, and those after the first be there already.
		set.shard.N > 0 && filepath.Ext(set.output) == "" && !exists(set.output)
	if !set.ordered && toFolder && set.shard.N == 0 && (set.format == "" || together(set.format)) {
		return 0, errors.New("--ordered=false goes with one output, or with -f text or json")
	}
	own := ""
	if toFolder {
		own = set.output
	}
	inputs, err := collect(set, stdin, own)
	if err != nil {
		return 0, err
	}
	if set.page != nil && len(inputs) > 1 {
		return 0, errors.New("--url goes with one input only")
	}
	if set.passed > 0 {
		files := "1 file"
		if set.passed > 1 {
			files = fmt.Sprintf("%d files", set.passed)
		}
		fmt.Fprintf(stderr, "winnow: %s skipped: not called like pages or texts; --all looks at them\n", files)
	}
	if set.skip > 0 && toFolder {
		return 0, errors.New("--skip goes with one output only")
	}
	if set.resume && !toFolder {
		return 0, errors.New("--resume goes with -o FOLDER only")
	}
	if len(set.args) > 0 && set.args[0] == "-" && isTerminal(stdin) {
		fmt.Fprintln(stderr, "winnow: reading from the terminal, end with Ctrl-D (winnow --help shows the flags)")
	}
	set.split.Flat = len(inputs) == 1
	dealt := false
	if set.shard.N > 0 {
		if inputs, dealt = set.shard.Files(inputs); dealt && set.resume {
			return 0, errors.New("--resume goes with --shard only where there are as many files as shards")
		}
		if set.setFormat(inputs); together(set.format) {
			if toFolder {
				if err := os.MkdirAll(set.output, 0o777); err != nil {
					return 0, &batch.WriteError{Name: set.output, Err: err, Fatal: true}
				}
				set.output = filepath.Join(set.output, set.shard.Name()+"."+set.format)
				toFolder = false
			}
			if batch.Finished(set.output, inputs) {
				fmt.Fprintf(stderr, "winnow: %s is there already\n", escape(set.output))
				return statusOK, nil
			}
		}
	}
	items := set.items(inputs)
	if dealt {
		items = set.shard.Items(items)
	}
	items = skip(items, set.skip)
	var to batch.Sink
	var dir *folder
	before := 0
	if toFolder {
		if dir, err = openFolder(set, inputs); err != nil {
			return 0, err
		}
		to = dir
		if set.resume {
			items = dir.resume(inputs, &before)
		}
	} else if to, err = openStream(set, inputs, stdout); err != nil {
		return 0, err
	}
	defer to.Abort()
	log := newMessages(set, len(inputs), stdout, stderr)

	total := newTally()
	var all, failed, hits, found int
	table := tables{tabs: set.tabs}
	lost := false // rows of a table that is written
	err = cl.run(ctx, items, cl.clean, func(in *batch.Item, o *outcome, err error) error {
		if o.noRows {
			err = nil
		} else {
			all++
		}
		total.add(&o.tally)
		for _, w := range o.warnings {
			log.say("%s: %s", in.Name, w)
		}
		inTable := set.formatOf(in) == formatTable
		if inTable && err == nil {
			if err = table.check(in, dir == nil); err != nil {
				o.body = nil
			}
		}
		switch {
		case err != nil && inTable && o.body == nil:
			if lost = true; dir != nil {
				dir.drop()
			}
		case o.noRows && !inTable:
		case err == nil || o.body != nil && (dir == nil || dir.keeps(in)): // what failed has no file of its own
			if bad := to.Write(in, o.body); isFatal(bad) {
				return set.unwritten(bad) // the place for all outputs is gone
			} else if bad != nil {
				err = bad
			}
		}
		switch {
		case errors.Is(err, errSaid):
			failed++
		case err != nil:
			failed++
			log.failed(in, cl.reason(err), set.answers(in))
		case o.found:
			found++
		case set.view != viewNames && in.Row == nil:
			log.say("%s: %s", in.Name, o.lack())
		}
		if o.hit {
			hits++
		}
		log.step(in)
		log.revisits(in.Row)
		return nil
	})
	if err == nil {
		log.revisits(nil)
	}
	log.close()
	if errors.Is(err, errDrained) && set.output == "" {
		if bad := to.Commit(); bad != nil {
			return 0, set.unwritten(bad)
		}
	}
	if err != nil {
		return 0, err
	}
	// A file with nothing but errors in it, or a table with rows missing, must not
	// replace a good one.
	found += before
	if (failed < all || all == 0 || before > 0) && (!lost || dir != nil) || set.output == "" {
		if err := to.Commit(); err != nil {
			return 0, set.unwritten(err)
		}
	}
	if set.stats {
		total.print(stderr, all, failed, before)
	}
	if set.split.Kind == batch.JSONL && failed == 0 && hits == 0 {
		return statusOK, nil // a row without a text is no failure of who sent it
	}
	switch {
	case failed > 0:
		return statusFailed, nil
	case set.shard.N > 0 && all == 0:
	case set.check && hits > 0, !set.check && found == 0:
		return statusNothing, nil
	}
	return statusOK, nil
}

// newCleaner compiles the rules; what is wrong with a rule file shows here.
func newCleaner(set *settings) (*cleaner, error) {
	c, err := clean.New(set.options)
	if err != nil {
		// The library has another word for the flag.
		return nil, errors.New(strings.Replace(err.Error(), " of Options.Root: ", " of --root: ", 1))
	}
	return &cleaner{set: set, cleaner: c}, nil
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
