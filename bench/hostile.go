package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/bench/cost"
	"github.com/winnowtext/winnow/bench/peers"
	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/testdata/hostile"
)

// explainPeer is winnow with the report of decisions, in the hostile series
// only.
const explainPeer = "winnow-explain"

// hostilePoint is what an extractor made of one input.
type hostilePoint struct {
	N      int     `json:"n"`
	Bytes  int     `json:"bytes"`
	MS     float64 `json:"ms"`      // CPU time, garbage collection included
	PeakMB float64 `json:"peak_mb"` // resident memory beyond that before the call
	Kept   float64 `json:"kept"`    // share of the article's words found
	Fate   string  `json:"fate"`    // "" when all was well, else what happened
}

// hostileSeries is an extractor on one shape, sizes rising.
type hostileSeries struct {
	Peer   string         `json:"peer"`
	Shape  string         `json:"shape"`
	Points []hostilePoint `json:"points"`
}

type hostileOptions struct {
	peers          []string
	shapes, output string
	write          string
	listed         bool
	points, halve  int
	limit          time.Duration
	memory         float64
}

func hostileCommand() *cobra.Command {
	var o hostileOptions
	cmd := &cobra.Command{
		Use:   "hostile",
		Short: "Set time and memory against size on hostile input",
		Long: `Hostile runs extractors on pages and texts that are made to be hard: deep, wide,
misnested, badly closed, full of attributes, entities, hidden text and what
regular expressions stumble over. Each input is cleaned in a process of its own
with a limit of time and memory, short ones many times, so that they pay their
share of garbage collection. Sizes double from one point to the next. Each
input holds the same article; "kept" is the share of its words that came out.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.run(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&o.peers, "peers", []string{"winnow"}, "extractors, also "+explainPeer)
	f.StringVar(&o.shapes, "shapes", "", "only shapes whose name this `regexp` matches")
	f.IntVar(&o.points, "points", 4, "sizes of each shape, the last of them its largest")
	f.IntVar(&o.halve, "halve", 0, "halve all sizes so many times")
	f.DurationVar(&o.limit, "limit", 40*time.Second, "longest CPU time of one input")
	f.Float64Var(&o.memory, "memory", 4096, "most resident memory in `MB`")
	f.StringVar(&o.write, "write", "", "set the figures in this `file`, SECURITY.md, as well")
	f.BoolVar(&o.listed, "listed", false, "only shapes that the table in that file lists")
	f.StringVarP(&o.output, "output", "o", "", "write the figures as JSON to this `file`")
	return cmd
}

func (o *hostileOptions) run(ctx context.Context, stdout, log io.Writer) error {
	only, err := regexp.Compile(o.shapes)
	if err != nil {
		return err
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	listed := map[string]bool{}
	if o.listed {
		if listed, err = listedShapes(o.write, len(o.peers) > 1); err != nil {
			return err
		}
	}
	var all []hostileSeries
	for _, s := range hostile.All() {
		if !only.MatchString(s.Name) || o.listed && !listed[s.Name] {
			continue
		}
		for _, p := range o.peers {
			if s.Text && !strings.HasPrefix(p, "winnow") || strings.HasPrefix(s.Name, "gzip") && !strings.HasPrefix(p, "winnow") {
				continue // a text or a file that others do not claim to read
			}
			line := hostileSeries{Peer: p, Shape: s.Name}
			for k := o.points - 1; k >= 0; k-- {
				pt, err := o.best(ctx, program, p, s.Name, max(s.Max>>(k+o.halve), 1))
				if err != nil {
					return err
				}
				line.Points = append(line.Points, pt)
				if pt.Fate == fateTime || pt.Fate == fateMemory {
					break // larger ones will not do better
				}
			}
			if err := o.doubt(ctx, program, &line); err != nil {
				return err
			}
			all = append(all, line)
			last := line.Points[len(line.Points)-1]
			fmt.Fprintf(log, "%-32s %-16s n %-8d %7.1f MB %9.1f ms %7.0f MB  x%.2f  kept %.2f %s\n", s.Name, p, last.N,
				float64(last.Bytes)/1e6, last.MS, last.PeakMB, line.growth(), last.Kept, last.Fate)
		}
	}
	if o.output != "" {
		b, err := json.MarshalIndent(all, "", " ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(o.output, append(b, '\n'), 0o666); err != nil {
			return err
		}
	}
	printHostile(stdout, all)
	if o.write != "" {
		return writeSecurity(o.write, all)
	}
	return nil
}

// growthFloor is the time in milliseconds below which a point says nothing
// about growth: what a process needs to get going is part of it.
const growthFloor = 20

// growth is the greatest factor from one size to its double.
func (s *hostileSeries) growth() float64 {
	_, worst := s.worstStep()
	return worst
}

// worstStep returns the point to which time grows most, with the factor.
func (s *hostileSeries) worstStep() (at int, worst float64) {
	for i := 1; i < len(s.Points); i++ {
		if a, b := s.Points[i-1].MS, s.Points[i].MS; b >= growthFloor {
			if f := b / max(a, growthFloor/4); f > worst {
				at, worst = i, f
			}
		}
	}
	return at, worst
}

// doubt measures both ends of the worst step again where it is a large one, and
// keeps the fastest runs: other load on the machine makes such steps, too, but
// not every time.
func (o *hostileOptions) doubt(ctx context.Context, program string, s *hostileSeries) error {
	const large, times = 2.6, 4
	for range times {
		at, f := s.worstStep()
		if f < large || !strings.HasPrefix(s.Peer, "winnow") {
			return nil
		}
		for i := at - 1; i <= at; i++ {
			p := &s.Points[i]
			again, err := o.best(ctx, program, s.Peer, s.Shape, p.N)
			if err != nil {
				return err
			}
			if again.Fate == p.Fate && again.MS < p.MS {
				*p = again
			}
		}
	}
	return nil
}

// What may happen to an input.
const (
	fateTime   = "too slow"
	fateMemory = "too much memory"
	fateCrash  = "crashed"
	fatePanic  = "panic"
	fateError  = "error"
)

// best is the fastest of several runs of one input; one will do where it takes
// long enough for a clock.
func (o *hostileOptions) best(ctx context.Context, program, peer, shape string, n int) (hostilePoint, error) {
	const runs, enough = 3, 2000 // ms
	best, err := o.once(ctx, program, peer, shape, n)
	for k := 1; k < runs && err == nil && strings.HasPrefix(peer, "winnow") && best.MS < enough && best.Fate != fateTime && best.Fate != fateMemory; k++ {
		var pt hostilePoint
		if pt, err = o.once(ctx, program, peer, shape, n); pt.MS < best.MS {
			best = pt
		}
	}
	return best, err
}

// once runs one input in a process of its own.
func (o *hostileOptions) once(ctx context.Context, program, peer, shape string, n int) (hostilePoint, error) {
	pt := hostilePoint{N: n}
	cmd := exec.CommandContext(ctx, program, "hostile-once", peer, shape, strconv.Itoa(n))
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	var out, msg bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &msg
	if err := cmd.Start(); err != nil {
		return pt, err
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			if ctx.Err() != nil {
				return pt, ctx.Err()
			}
			if json.Unmarshal(out.Bytes(), &pt) == nil {
				return pt, nil
			}
			if err != nil {
				pt.Fate = fateCrash
				first, _, _ := strings.Cut(msg.String(), "\n")
				if strings.Contains(first, "stack") || strings.Contains(msg.String(), "stack overflow") {
					pt.Fate += ": stack overflow"
				}
				return pt, nil
			}
			return pt, fmt.Errorf("%s on %s: no answer", peer, shape)
		case <-tick.C:
			used, mb := cost.Watch(cmd.Process.Pid)
			switch {
			case used > o.limit:
				pt.Fate, pt.MS = fateTime, float64(used.Milliseconds())
			case mb > o.memory:
				pt.Fate, pt.PeakMB = fateMemory, mb
			default:
				continue
			}
			_ = cmd.Process.Kill() // it may be gone by now
			<-done
			return pt, nil
		}
	}
}

// hostileOnceCommand is the child process.
func hostileOnceCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "hostile-once PEER SHAPE N",
		Short:  "Clean one hostile input and say what it cost",
		Hidden: true,
		Args:   cobra.ExactArgs(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			shape, ok := hostile.Named(args[1])
			n, err := strconv.Atoi(args[2])
			if !ok || err != nil {
				return fmt.Errorf("no shape %q of size %q", args[1], args[2])
			}
			run, err := hostileRun(args[0], shape)
			if err != nil {
				return err
			}
			src := shape.Make(n)
			if _, err := run(shape.Make(1)); err != nil && args[0] == "winnow" { // what is built on first use
				return err
			}
			pt := hostilePoint{N: n, Bytes: len(src)}
			long := 500.0 // others often take too long to be asked twice
			if strings.HasPrefix(args[0], "winnow") {
				long = 10_000
			}
			var text string
			pt.MS, pt.PeakMB = cost.Steady(func() { text, err = run(src) }, long)
			pt.Kept = hostile.Kept(text)
			if err != nil {
				pt.Fate = fateError
				if strings.HasPrefix(err.Error(), "panic") || strings.Contains(err.Error(), "fault in winnow") {
					pt.Fate = fatePanic
				}
				pt.Fate += ": " + strings.TrimPrefix(err.Error(), "panic: ")
			}
			return json.NewEncoder(cmd.OutOrStdout()).Encode(pt)
		},
	}
}

// hostileRun returns what a peer does to an input of a shape.
func hostileRun(name string, shape hostile.Shape) (func([]byte) (string, error), error) {
	at := &url.URL{Scheme: "https", Host: "example.org", Path: "/ferry"}
	if strings.HasPrefix(name, "winnow") {
		c, err := clean.New(clean.Options{Explain: name == explainPeer})
		if err != nil {
			return nil, err
		}
		from := clean.FromHTML
		if shape.Text {
			from = clean.FromText
		}
		return func(src []byte) (string, error) {
			r, err := c.Clean(context.Background(), clean.Input{Body: bytes.NewReader(src), Format: from, URL: at})
			if r == nil {
				return "", err
			}
			return r.Text, err
		}, nil
	}
	list, err := peers.Named([]string{name})
	if err != nil {
		return nil, err
	}
	return func(src []byte) (string, error) {
		return list[0].Text(peers.Input{Bytes: src, URL: at, UTF8: !shape.Packed})
	}, nil
}

// printHostile writes a row for each shape, a column for each peer and the
// growth of the first.
func printHostile(w io.Writer, all []hostileSeries) {
	var names, shapes []string
	cells := map[string]hostileSeries{}
	for _, s := range all {
		if !slices.Contains(names, s.Peer) {
			names = append(names, s.Peer)
		}
		if !slices.Contains(shapes, s.Shape) {
			shapes = append(shapes, s.Shape)
		}
		cells[s.Peer+"\n"+s.Shape] = s
	}
	if len(names) == 0 {
		return
	}
	head := append([]string{"shape", "n", "MB"}, names...)
	t := table{append(head, "growth")}
	for _, shape := range shapes {
		first := cells[names[0]+"\n"+shape]
		last := first.Points[len(first.Points)-1]
		row := []string{shape, strconv.Itoa(last.N), fmt.Sprintf("%.1f", float64(last.Bytes)/1e6)}
		for _, n := range names {
			s, ok := cells[n+"\n"+shape]
			if !ok {
				row = append(row, "")
				continue
			}
			row = append(row, s.Points[len(s.Points)-1].String())
		}
		growth := ""
		if g := first.growth(); g > 0 {
			growth = fmt.Sprintf("%.1f", g)
		}
		t.row(append(row, growth)...)
	}
	t.write(w)
}

// String is a table's cell: time, memory and what was lost.
func (p hostilePoint) String() string {
	var parts []string
	switch {
	case p.Fate == fateTime, p.Fate == fateMemory, strings.HasPrefix(p.Fate, fateCrash):
		return "**" + p.Fate + "**"
	case p.Fate != "":
		kind, _, _ := strings.Cut(p.Fate, ":")
		parts = append(parts, "**"+kind+"**")
	}
	if p.MS < 1000 {
		parts = append(parts, fmt.Sprintf("%.0f ms", p.MS))
	} else {
		parts = append(parts, fmt.Sprintf("%.1f s", p.MS/1000))
	}
	parts = append(parts, fmt.Sprintf("%.0f MB", p.PeakMB))
	if lost := 100 * (1 - p.Kept); lost >= 1 {
		parts = append(parts, fmt.Sprintf("lost %.0f %%", lost))
	}
	return strings.Join(parts, ", ")
}
