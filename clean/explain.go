package clean

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/line"
)

// textDecisions lists what happened to flattened text.
func textDecisions(lines []line.Line) []Decision {
	var ds []Decision
	n := 0
	for i := range lines {
		l := &lines[i]
		n += l.Blank + 1
		ds = appendCut(ds, l, 0, len(l.Text), fmt.Sprintf("line %d", n), "line")
		n += strings.Count(l.Text, "\n")
	}
	return ds
}

// appendCut lists the pieces of l.Text[from:to] that its cuts make.
func appendCut(ds []Decision, l *line.Line, from, to int, where, step string) []Decision {
	add := func(a, b int, d Decision) {
		if d.Text = strings.TrimSpace(l.Text[a:b]); d.Text != "" {
			d.Where = where
			ds = append(ds, d)
		}
	}
	p := float64(l.P)
	if p < 0 {
		p = 0
	}
	at := from
	for _, c := range l.Cuts {
		a, b := max(c.Start, from), min(c.End, to)
		if a >= b {
			continue
		}
		add(at, a, Decision{Kept: true, Rule: keptRule(l), Step: step, P: p})
		add(a, b, Decision{Kept: c.Keep, Kind: Kind(c.Kind), Rule: c.Rule, Step: c.Step, P: float64(c.P)})
		at = b
	}
	add(at, to, Decision{Kept: true, Rule: keptRule(l), Step: step, P: p})
	return ds
}

// pageDecisions lists what happened to a page.
func pageDecisions(d *block.Doc, rendered []block.Line, lines []line.Line) []Decision {
	var ds []Decision
	type part struct {
		line int
		span block.Span
	}
	parts := make([][]part, len(d.Blocks))
	for i := range rendered {
		for _, s := range rendered[i].Spans {
			parts[s.Block] = append(parts[s.Block], part{i, s})
		}
	}
	sort.SliceStable(d.Asides, func(a, b int) bool { return d.Asides[a].At < d.Asides[b].At })
	asides := d.Asides
	aside := func(at int32) {
		for len(asides) > 0 && asides[0].At <= at {
			a := asides[0]
			asides = asides[1:]
			ds = append(ds, Decision{Kind: Kind(a.Kind), Rule: a.Rule, Step: "prune", Where: d.Place(a.Elem), Text: a.Text})
		}
	}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		where := d.Place(b.Elem)
		if !b.Keep {
			aside(b.Start)
			ds = append(ds, Decision{
				Kind: Kind(b.Kind), Rule: b.Rule, Step: b.Step, P: float64(b.P), Where: where,
				Text: strings.TrimSpace(string(d.Text[b.Start:b.End])),
			})
			continue
		}
		for _, p := range parts[i] {
			l := &lines[p.line]
			// What was taken out inside the line parts it.
			from := p.span.Off
			for len(asides) > 0 && asides[0].At < p.span.Doc+p.span.End-p.span.Off {
				at := max(p.span.Off+asides[0].At-p.span.Doc, from)
				ds = appendCut(ds, l, int(from), int(at), where, b.Step)
				from = at
				aside(asides[0].At)
			}
			ds = appendCut(ds, l, int(from), int(p.span.End), where, b.Step)
		}
	}
	aside(math.MaxInt32)
	for i := range rendered {
		if len(rendered[i].Spans) == 0 {
			ds = appendCut(ds, &lines[i], 0, len(lines[i].Text), `script[type="application/ld+json"]`, "context")
		}
	}
	return ds
}

// keptRule is the rule id of a piece that stays.
func keptRule(l *line.Line) string {
	if l.Role == line.Plain && l.P < 0 {
		return "none"
	}
	return "model"
}
