package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/batch"
	"github.com/winnowtext/winnow/clean/memory"
)

const aboutLearn = `Learn reads flattened texts and writes what those of a site repeat: notices,
promos, rights lines. Cleaning with --memory then takes it out of these texts, or
others of the same sites; it needs five different texts of a site, and is the
better the more there are.

    winnow learn -o set.mem --stats texts/        # look at what repeats
    winnow --memory set.mem -o clean/ texts/

    winnow learn -o set.mem --from jsonl --field body --site-field site all.jsonl
    winnow --memory set.mem --from jsonl --field body --site-field site all.jsonl

The site of a text is what --site-field says, or else the host of its address
(--url-field), or else the name of the folder that the file is in. The file holds
hashes and no text. Files that end in .mem are memories, which are merged: parts of
a set may be learned anywhere, and in any order.

Pages are no texts and are refused: what repeats in cleaned pages is as often
headings, code and lists.

Exit status
  0 well, 1 nothing learned, 2 wrong use or a memory that cannot be read, 3 some
  inputs failed, 130 interrupted.`

func learnCommand(do jobs) *cobra.Command {
	f := &flags{format: formatText, ordered: true, mode: "balanced", engine: "trees"}
	cmd := &cobra.Command{
		Use:                   "learn [flags] -o FILE.mem [file|dir|-|file.mem]...",
		Short:                 "learn what the texts of sites repeat, for --memory",
		Long:                  aboutLearn,
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
			set.limit = f.limit
			return do.learn(set)
		},
	}
	fs := cmd.Flags()
	fs.SortFlags = false
	fs.StringVarP(&f.output, "output", "o", "", "write the memory to the file at this `path`")
	fs.BoolVar(&f.stats, "stats", false, "show what the texts of each site repeat most")
	fs.IntVar(&f.limit, "limit", 10, "how many `pieces` of a site --stats shows (0 is all)")
	f.rows(fs)
	fs.BoolVar(&f.mojibake, "mojibake", false, "repair UTF-8 that was read as windows-1252")
	f.running(fs)
	complete(cmd)
	return cmd
}

// errPage is why a page is not learned.
var errPage = errors.New("a page, no flattened text (--from text or --type text if it is one)")

// learn writes what was learned of the inputs.
func learn(ctx context.Context, set *settings, stdin io.Reader, stdout, stderr io.Writer) (int, error) {
	if set.output == "" && !set.stats {
		return 0, errors.New("learn: name the file to write to: -o FILE.mem")
	}
	total, texts, err := loadMemories(set.args)
	if err != nil {
		return 0, err
	}
	set.args = texts
	if set.stats && (set.list == "-" || slices.Contains(texts, "-")) {
		return 0, errors.New("learn: --stats reads the inputs twice: standard input is read only once")
	}
	l, err := newLearner(set, stdin, stdout, stderr)
	if err != nil {
		return 0, err
	}
	var to *batch.Output
	if set.output != "" {
		if to, err = batch.Create(set.output, l.inputs...); err != nil {
			return 0, err
		}
		defer to.Abort()
	}
	if err := l.read(ctx, l.learn, func(memory.Text) {}); err != nil {
		return 0, err
	}
	l.merge(total)
	if total.Texts() == 0 {
		if l.failed > 0 {
			return statusFailed, nil
		}
		fmt.Fprintln(stderr, "winnow: no texts to learn from")
		return statusNothing, nil
	}
	if to != nil {
		if err := total.Save(to); err != nil {
			return 0, err
		}
		if err := to.Commit(); err != nil {
			return 0, err
		}
	}
	if set.stats {
		repeats := memory.NewRepeats(total.Index())
		l.quiet = true // what failed was said
		if l.inputs, err = collect(set, stdin, ""); err != nil {
			return 0, err
		}
		if err := l.read(ctx, l.text, repeats.Add); err != nil {
			return 0, err
		}
		if err := sayRepeats(stdout, repeats, set.limit); err != nil {
			return 0, err
		}
	}
	if l.failed > 0 {
		return statusFailed, nil
	}
	return statusOK, nil
}

// loadMemories merges the memories among the arguments and returns the others.
func loadMemories(args []string) (m *memory.Memory, others []string, err error) {
	m = new(memory.Memory)
	for _, name := range args {
		if filepath.Ext(name) != ".mem" || isDir(name) {
			others = append(others, name)
			continue
		}
		part, err := loadMemory(name)
		if err != nil {
			return nil, nil, err
		}
		m.Merge(part)
	}
	return m, others, nil
}

func loadMemory(name string) (*memory.Memory, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", escape(name), reason(err))
	}
	defer f.Close()
	m, err := memory.Load(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", escape(name), err)
	}
	return m, nil
}

// A learner reads texts.
type learner struct {
	set    *settings
	stderr io.Writer
	cl     *cleaner
	inputs []*batch.Item
	log    *messages
	free   chan *memory.Memory // what each of the workers learned, while it does not
	failed int
	quiet  bool
}

func newLearner(set *settings, stdin io.Reader, stdout, stderr io.Writer) (*learner, error) {
	cl, err := newCleaner(set)
	if err != nil {
		return nil, err
	}
	l := &learner{set: set, cl: cl, stderr: stderr, free: make(chan *memory.Memory, set.jobs)}
	for range set.jobs {
		l.free <- new(memory.Memory)
	}
	if l.inputs, err = collect(set, stdin, ""); err != nil {
		return nil, err
	}
	if set.shard.N > 0 {
		return nil, errors.New("learn: learn each shard into a file of its own, and merge these")
	}
	l.log = newMessages(set, len(l.inputs), stdout, stderr)
	set.split.Flat = len(l.inputs) == 1
	return l, nil
}

// read does the work on each text and passes what it returned on, one after the other.
func (l *learner) read(ctx context.Context, do func(context.Context, *batch.Item) (memory.Text, error), done func(memory.Text)) error {
	defer l.log.close()
	opt := batch.Options{Jobs: l.set.jobs, Timeout: l.set.timeout, Drain: l.set.drain}
	for o, err := range batch.Run(ctx, l.set.items(l.inputs), opt, do) {
		if err != nil {
			return errInterrupted
		}
		l.log.step(o.Item)
		switch {
		case errors.Is(o.Err, batch.ErrNoRows):
		case o.Err == nil:
			done(o.Value)
		case !l.quiet:
			l.failed++
			l.log.say("%s: %s", o.Item.Name, l.cl.reason(o.Err))
		}
	}
	select {
	case <-l.set.drain:
		return errInterrupted // a memory of a part would pass for one of all
	default:
	}
	return nil
}

// text reads a text.
func (l *learner) text(ctx context.Context, item *batch.Item) (memory.Text, error) {
	f, err := item.Open()
	if err != nil {
		return memory.Text{}, err
	}
	defer f.Close()
	in := item.Input
	in.Body = f
	if item.Row == nil {
		in.Format = l.set.from
	}
	body, format, err := l.cl.cleaner.Decode(ctx, in)
	if err == nil && format == clean.FromHTML {
		err = errPage
	}
	return memory.Text{Site: originOf(item, &in), Body: body}, err
}

// learn reads a text and learns it.
func (l *learner) learn(ctx context.Context, item *batch.Item) (memory.Text, error) {
	t, err := l.text(ctx, item)
	if err != nil {
		return t, err
	}
	m := <-l.free
	defer func() { l.free <- m }() // also when it panics
	if ctx.Err() != nil {
		return memory.Text{}, ctx.Err() // it failed, and is not learned
	}
	m.Learn(t)
	return memory.Text{}, nil
}

// merge adds what the workers learned to m. A text whose time is up may still be read:
// merge waits for those that are being learned, and no other is learned any more.
func (l *learner) merge(m *memory.Memory) {
	for range cap(l.free) {
		m.Merge(<-l.free)
	}
}

// originOf is the site of a text: as it is known, or the name of the folder it is in.
func originOf(item *batch.Item, in *clean.Input) string {
	switch {
	case in.Site != "":
		return in.Site
	case in.URL != nil && in.URL.Hostname() != "":
		return in.URL.Hostname()
	}
	if item.File == "" {
		return ""
	}
	return filepath.Base(filepath.Dir(item.File))
}

// sayRepeats writes what the texts of each site repeat, up to so many pieces of it.
func sayRepeats(w io.Writer, r *memory.Repeats, limit int) error {
	for _, s := range r.Sites() {
		name := escape(s.Site)
		if name == "" {
			name = "(no site)"
		}
		if s.Different == 0 {
			if _, err := fmt.Fprintf(w, "%s: %d texts, too few\n", name, s.Read); err != nil {
				return err
			}
			continue
		}
		if _, err := fmt.Fprintf(w, "%s: %d texts, %d different\n", name, s.Read, s.Different); err != nil {
			return err
		}
		for i, p := range s.Repeats {
			if limit > 0 && i == limit {
				break
			}
			if _, err := fmt.Fprintf(w, "%7d  %s\n", p.Texts, escape(p.Text)); err != nil {
				return err
			}
		}
	}
	return nil
}
