package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/bench/corpora"
	"github.com/winnowtext/winnow/bench/cost"
	"github.com/winnowtext/winnow/bench/peers"
)

// floorName is the peer whose cost is the unit.
const floorName = "parse"

// textPeer is the name under which the child process cleans flattened text.
const textPeer = "winnow-text"

// corpusCost is the cost of all peers on one corpus.
type corpusCost struct {
	Name    string        `json:"name"`
	Pages   int           `json:"pages"`
	KB      float64       `json:"kb"` // mean size of a page
	Passes  int           `json:"passes"`
	Timings []cost.Timing `json:"timings"`
}

// peerSize is what a peer needs as pages grow and in a process of its own.
type peerSize struct {
	Peer   string       `json:"peer"`
	PeakMB float64      `json:"peak_mb"`
	Rates  []cost.Rate  `json:"rates"`
	Series []cost.Point `json:"series"`
}

// costRun is what was measured of cost.
type costRun struct {
	Corpora []corpusCost `json:"corpora"`
	Sizes   []peerSize   `json:"sizes"`
	Text    []cost.Point `json:"text"`
	TextMBs float64      `json:"text_mbs"` // of the flattened documents, per second of CPU time
}

type costOptions struct {
	peers          []string
	sample, passes int
	limit          time.Duration
	noPages, noBig bool
}

func costCommand(at *places) *cobra.Command {
	var o costOptions
	cmd := &cobra.Command{
		Use:   "cost",
		Short: "Measure CPU time, memory and throughput",
		Long: `Cost measures CPU time over a bare parse of the same pages, interleaved page by
page; memory and throughput; and how time grows with the page, on pages made by
repeating a page's blocks. It needs a machine that is quiet, though CPU time
bears some load.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cs, err := at.open(cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			if len(cs) == 0 {
				return errNoCorpora
			}
			r, err := measureCost(cmd.Context(), cs, at.residue, o, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			printCost(cmd.OutOrStdout(), r)
			return nil
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&o.peers, "peers", nil, "extractors to measure (default all but variants of rendering)")
	costFlags(cmd, &o)
	f.BoolVar(&o.noPages, "no-pages", false, "leave out the corpora")
	f.BoolVar(&o.noBig, "no-series", false, "leave out memory, throughput and the size series")
	return cmd
}

func costFlags(cmd *cobra.Command, o *costOptions) {
	f := cmd.Flags()
	f.IntVar(&o.sample, "sample", 120, "pages of each corpus, evenly spread; 0 for all")
	f.IntVar(&o.passes, "passes", 3, "passes over the pages")
	f.DurationVar(&o.limit, "limit", 20*time.Second, "longest time for one page of the size series")
}

// costPages loads a sample of a corpus.
func costPages(c *corpora.Corpus, sample int) ([]cost.Page, error) {
	var out []cost.Page
	for _, p := range c.Sample(sample) {
		in, err := inputOf(c, &p)
		if err != nil {
			return nil, err
		}
		out = append(out, cost.NewPage(p.ID, in))
	}
	return out, nil
}

func measureCost(ctx context.Context, cs []*corpora.Corpus, residue string, o costOptions, log io.Writer) (*costRun, error) {
	list := slices.DeleteFunc(peers.All(), func(p peers.Peer) bool { return p.Extra })
	if len(o.peers) > 0 {
		var err error
		if list, err = peers.Named(append([]string{floorName}, o.peers...)); err != nil {
			return nil, err
		}
	}
	r := &costRun{}
	for _, c := range cs {
		if o.noPages {
			break
		}
		start := time.Now()
		pages, err := costPages(c, o.sample)
		if err != nil {
			return nil, err
		}
		t, err := cost.Pages(ctx, pages, list, o.passes)
		if err != nil {
			return nil, err
		}
		r.Corpora = append(r.Corpora, corpusCost{c.Name, len(pages), meanKB(pages), o.passes, t})
		fmt.Fprintf(log, "%s: cost of %d pages, %.0f s\n", c.Name, len(pages), time.Since(start).Seconds())
	}
	if o.noBig {
		return r, nil
	}
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	pages, err := costPages(cs[len(cs)-1], rateSample)
	if err != nil {
		return nil, err
	}
	for _, p := range list {
		child := cost.Child{Program: program, Args: []string{"once", p.Name}}
		s := peerSize{Peer: p.Name}
		if s.PeakMB, err = child.Peak(ctx, pages); err != nil {
			return nil, err
		}
		for _, n := range []int{1, 2} {
			s.Rates = append(s.Rates, cost.Throughput(p, pages, n))
		}
		start := time.Now()
		if s.Series, err = child.Series(ctx, cost.Seed, cost.Sizes, o.limit, cost.GrowPage); err != nil {
			return nil, err
		}
		fmt.Fprintf(log, "%s: size series, %.0f s\n", p.Name, time.Since(start).Seconds())
		r.Sizes = append(r.Sizes, s)
	}
	if residue == "" {
		return r, nil
	}
	return r, measureTextCost(ctx, r, program, residue, o.limit)
}

// rateSample is the number of pages for memory and throughput.
const rateSample = 150

func meanKB(pages []cost.Page) float64 {
	n := 0
	for _, p := range pages {
		n += len(p.In.Bytes)
	}
	return float64(n) / float64(max(1, len(pages))) / 1024
}

// measureTextCost measures the cleaning of flattened text: on the documents, and
// on ever longer texts made of them.
func measureTextCost(ctx context.Context, r *costRun, program, residue string, limit time.Duration) error {
	docs, _, err := corpora.Flat(residue)
	if err != nil {
		return err
	}
	var all bytes.Buffer
	var pages []cost.Page
	size := 0
	for i := range docs {
		in := docs[i].Input()
		if all.Len() < cost.Sizes[len(cost.Sizes)-1] {
			all.WriteString(in + "\n\n")
		}
		size += len(in)
		pages = append(pages, cost.NewPage(docs[i].ID, peers.Input{Bytes: []byte(in)}))
	}
	t, err := cost.Pages(ctx, pages, []peers.Peer{cleanPeer()}, 3)
	if err != nil {
		return err
	}
	r.TextMBs = float64(size) / 1e6 / (t[0].MS * float64(len(pages)) / 1e3)
	child := cost.Child{Program: program, Args: []string{"once", textPeer}}
	r.Text, err = child.Series(ctx, all.Bytes(), cost.Sizes, limit, cost.GrowText)
	return err
}

// cleanPeer wraps the cleaning of flattened text.
func cleanPeer() peers.Peer {
	return peers.Peer{Name: textPeer, Ours: true, Run: func(in peers.Input) (string, error) { return peers.Clean(string(in.Bytes)) }}
}

// onceCommand is the child process of the cost measurements.
func onceCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "once PEER",
		Short:  "Read pages on standard input and say what they cost",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p := cleanPeer()
			if args[0] != textPeer {
				list, err := peers.Named(args)
				if err != nil {
					return err
				}
				p = list[0]
			}
			return cost.Serve(cmd.InOrStdin(), cmd.OutOrStdout(), p)
		},
	}
}

func printCost(w io.Writer, r *costRun) {
	for _, c := range r.Corpora {
		t := table{{fmt.Sprintf("%s (%d pages, %.0f KB)", c.Name, c.Pages, c.KB), "× parse", "passes", "with GC", "ms/page", "p50", "p99", "worst", "worst page", "allocs", "KB"}}
		for _, x := range c.Timings {
			t.row(x.Peer, fmt.Sprintf("%.2f", x.Ratio), fmt.Sprintf("%.2f–%.2f", x.Low, x.High), fmt.Sprintf("%.2f", x.RatioGC), fmt.Sprintf("%.2f", x.MS),
				fmt.Sprintf("%.2f", x.P50), fmt.Sprintf("%.1f", x.P99), fmt.Sprintf("%.1f", x.Worst), shorten(x.WorstPage, 24),
				fmt.Sprintf("%.0f", x.Allocs), fmt.Sprintf("%.0f", x.Bytes/1024))
		}
		t.write(w)
		fmt.Fprintln(w)
	}
	if len(r.Sizes) == 0 {
		return
	}
	sizeTable(r).write(w)
	fmt.Fprintln(w)
	t := table{{"memory and throughput", "peak MB", "pages/s -j 1", "MB/s -j 1", "pages/s -j 2", "MB/s -j 2"}}
	for _, s := range r.Sizes {
		row := []string{s.Peer, fmt.Sprintf("%.0f", s.PeakMB)}
		for _, x := range s.Rates {
			row = append(row, fmt.Sprintf("%.0f", x.Pages), fmt.Sprintf("%.1f", x.MB))
		}
		t.row(row...)
	}
	t.write(w)
	if len(r.Text) > 0 {
		fmt.Fprintf(w, "\nflattened text: %.1f MB/s of CPU time on the documents\n", r.TextMBs)
	}
}

// sizeTable prints CPU time by page size, and the growth of time from the
// second largest size to the largest: 1 is linear, 2 quadratic.
func sizeTable(r *costRun) table {
	head := []string{"CPU ms by size"}
	for _, s := range cost.Sizes {
		head = append(head, sizeName(s))
	}
	t := table{append(head, "growth")}
	for _, s := range r.Sizes {
		t.row(sizeRow(s.Peer, s.Series)...)
	}
	if len(r.Text) > 0 {
		t.row(sizeRow("winnow, text", r.Text)...)
	}
	return t
}

func sizeRow(name string, points []cost.Point) []string {
	row := []string{name}
	for i := range cost.Sizes {
		switch {
		case i >= len(points):
			row = append(row, "")
		case points[i].Cut:
			row = append(row, "stopped")
		default:
			row = append(row, fmt.Sprintf("%.*f", digits(points[i].MS), points[i].MS))
		}
	}
	return append(row, growth(points))
}

func digits(ms float64) int {
	if ms < 10 {
		return 1
	}
	return 0
}

// growth is the exponent with which time grew over the last factor of about
// ten in size.
func growth(points []cost.Point) string {
	ok := slices.DeleteFunc(slices.Clone(points), func(p cost.Point) bool { return p.Cut || p.MS <= 0 })
	if len(ok) < 3 {
		return ""
	}
	a, b := ok[len(ok)-3], ok[len(ok)-1]
	return fmt.Sprintf("%.2f", math.Log(b.MS/a.MS)/math.Log(float64(b.Size)/float64(a.Size)))
}

func sizeName(n int) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d KB", n>>10)
}
