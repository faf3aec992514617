package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/report"
)

// compare shows what changed between two runs.
func compare(ctx context.Context, set *settings, _ io.Reader, stdout, stderr io.Writer) (int, error) {
	before, err := readRecords(set.args[0])
	if err != nil {
		return 0, err
	}
	after, err := readRecords(set.args[1])
	if err != nil {
		return 0, err
	}
	names := [2]string{filepath.Base(set.args[0]), filepath.Base(set.args[1])}
	var r *report.Writer
	var to *reportStream
	if set.output != "" {
		if to, err = openReport(set, nil, stdout); err != nil {
			return 0, err
		}
		r = report.New(to, report.Options{Title: "Winnow: " + names[0] + " and " + names[1], Before: names[0], After: names[1]})
	}
	for _, name := range union(before, after) {
		if ctx.Err() != nil {
			err = errInterrupted
		} else if a, b := before.result(name), after.result(name); r != nil {
			err = r.AddDiff(name, a, b)
		} else {
			_, err = stdout.Write(changes(name, a, b))
		}
		if err != nil {
			if to != nil {
				to.abort()
			}
			return 0, err
		}
	}
	if r == nil {
		return statusOK, nil
	}
	if err := r.Close(); err != nil {
		to.abort()
		return 0, err
	}
	return statusOK, to.commit()
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

// records are those of a run, by source.
type records struct {
	order  []string
	byName map[string]*record
}

func (r *records) result(name string) *clean.Result {
	if rec := r.byName[name]; rec != nil && rec.Error == nil {
		return rec.result()
	}
	return nil
}

// union is the names of both runs, in the order of the first and then of the
// second.
func union(a, b *records) []string {
	names := append([]string(nil), a.order...)
	for _, name := range b.order {
		if a.byName[name] == nil {
			names = append(names, name)
		}
	}
	return names
}

// readRecords reads what -f json or -f jsonl wrote: an object, an array of
// them, or one a line.
func readRecords(name string) (*records, error) {
	bad := func(err error) error { return fmt.Errorf("--diff: %s: %s", escape(name), reason(err)) }
	f, err := os.Open(name)
	if err != nil {
		return nil, bad(err)
	}
	defer f.Close()
	in := bufio.NewReader(f)
	dec := json.NewDecoder(in)
	array := false
	for {
		c, err := in.Peek(1)
		if err != nil {
			if err == io.EOF {
				err = errors.New("it is empty")
			}
			return nil, bad(err)
		}
		if c[0] > ' ' {
			array = c[0] == '['
			break
		}
		_, _ = in.Discard(1) // it was peeked at
	}
	if array {
		if _, err := dec.Token(); err != nil {
			return nil, bad(err)
		}
	}
	rs := &records{byName: map[string]*record{}}
	for dec.More() {
		rec := new(record)
		if err := dec.Decode(rec); err != nil {
			return nil, bad(err)
		}
		if rec.Error == nil && rec.Text != "" && len(rec.Decisions) == 0 {
			return nil, bad(errors.New("it holds no decisions: make it with --explain"))
		}
		if rs.byName[rec.Source] == nil {
			rs.order = append(rs.order, rec.Source)
		}
		rs.byName[rec.Source] = rec
	}
	return rs, nil
}

// result is what the record was made of.
func (r *record) result() *clean.Result {
	return &clean.Result{
		Text: r.Text, Title: r.Title, Byline: r.Byline, Published: parseStamp(r.Published), Modified: parseStamp(r.Modified),
		SiteName: r.SiteName, Source: r.SourceName, Language: r.Language, Excerpt: r.Excerpt, Image: r.Image, URL: r.URL,
		Verdict: r.Verdict, Score: r.Score, Decisions: r.Decisions,
	}
}

// parseStamp is the inverse of stamp.
func parseStamp(s string) time.Time {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
