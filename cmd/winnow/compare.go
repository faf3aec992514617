package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/batch"
	"github.com/winnowtext/winnow/clean/record"
	"github.com/winnowtext/winnow/clean/report"
)

// compare shows what changed between two runs.
func compare(ctx context.Context, set *settings, _ io.Reader, stdout, stderr io.Writer) (int, error) {
	before, err := readResults(set.args[0])
	if err != nil {
		return 0, err
	}
	after, err := readResults(set.args[1])
	if err != nil {
		return 0, err
	}
	names := [2]string{filepath.Base(set.args[0]), filepath.Base(set.args[1])}
	var r *report.Writer
	var to *batch.Output
	if set.output != "" {
		if to, err = openReport(set, nil, stdout); err != nil {
			return 0, err
		}
		defer to.Abort()
		r = report.New(to, report.Options{Title: "Winnow: " + names[0] + " and " + names[1], Before: names[0], After: names[1]})
	}
	for _, name := range union(before, after) {
		if ctx.Err() != nil {
			err = errInterrupted
		} else if a, b := before.byName[name], after.byName[name]; r != nil {
			err = r.AddDiff(name, a, b)
		} else {
			_, err = stdout.Write(changes(name, a, b))
		}
		if err != nil {
			return 0, err
		}
	}
	if r == nil {
		return statusOK, nil
	}
	if err := r.Close(); err != nil {
		return 0, err
	}
	return statusOK, to.Commit()
}

// changes lists what differs in an input, a line for each piece:
//
//	==> page.html <==
//	-ad ad.slot > +model 0.831  div.note  The bridge will be shut ...
func changes(name string, before, after *clean.Result) []byte {
	var b bytes.Buffer
	for _, p := range report.Compare(decisionsOf(before), decisionsOf(after)) {
		if !p.Changed() {
			continue
		}
		d := p.After
		if d == nil {
			d = p.Before
		}
		fmt.Fprintf(&b, "%-26s > %-26s  %-8s  %s\n", brief(p.Before), brief(p.After), place(d), preview(p.Text))
	}
	if b.Len() == 0 {
		return nil
	}
	return append(fmt.Appendf(nil, "==> %s <==\n", escape(name)), b.Bytes()...)
}

// brief is a decision in a few words.
func brief(d *clean.Decision) string {
	if d == nil {
		return "none"
	}
	s := "-"
	if d.Kept {
		s = "+"
	}
	if d.Kind != "" {
		s += escape(string(d.Kind)) + " "
	}
	s += escape(d.Rule)
	if d.Rule == clean.ByModel {
		s += " " + strconv.FormatFloat(d.P, 'f', 3, 64)
	}
	return s
}

func decisionsOf(res *clean.Result) []clean.Decision {
	if res == nil {
		return nil
	}
	return res.Decisions
}

// results are those of a run, by source; nil for an input that failed.
type results struct {
	order  []string
	byName map[string]*clean.Result
}

// union is the names of both runs, in the order of the first and then of the
// second.
func union(a, b *results) []string {
	names := slices.Clone(a.order)
	for _, name := range b.order {
		if _, there := a.byName[name]; !there {
			names = append(names, name)
		}
	}
	return names
}

// readResults reads what -f json or -f jsonl wrote.
func readResults(name string) (*results, error) {
	bad := func(err error) error { return fmt.Errorf("--diff: %s: %s", escape(name), reason(err)) }
	f, err := os.Open(name)
	if err != nil {
		return nil, bad(err)
	}
	defer f.Close()
	all := &results{byName: map[string]*clean.Result{}}
	for rec, err := range record.Read(f) {
		if err != nil {
			return nil, bad(err)
		}
		res := rec.Result
		if rec.Error != "" {
			res = nil
		} else if res.Text != "" && len(res.Decisions) == 0 {
			return nil, bad(errors.New("it holds no decisions: make it with --explain"))
		}
		if _, there := all.byName[rec.Source]; !there {
			all.order = append(all.order, rec.Source)
		}
		all.byName[rec.Source] = res
	}
	if len(all.order) == 0 {
		return nil, bad(errors.New("it is empty"))
	}
	return all, nil
}
