package clean

import (
	"context"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// An explainer turns marks into Decisions. A Cleaner has one only when
// Options.Explain is set.
type explainer struct {
	rules  *rules.Set
	blocks *block.Explainer
	whys   map[string]string // what rules are about, by id
}

func newExplainer(set *rules.Set, blocks *block.Classifier) (*explainer, error) {
	why, err := block.NewExplainer(blocks, set)
	return &explainer{set, why, set.Whys()}, err
}

// text lists what happened to flattened text, until ctx ends.
func (x *explainer) text(ctx context.Context, lines []line.Line) []Decision {
	var ds []Decision
	n := 0
	for i := range lines {
		if i&0xff == 0 && ctx.Err() != nil {
			break
		}
		l := &lines[i]
		if !l.Glued {
			n += l.Blank + 1
		}
		ds = x.pieces(ds, l, 0, len(l.Text), x.line(l, fmt.Sprintf("line %d", n)))
		n += strings.Count(l.Text, "\n")
	}
	return ds
}

// line is the decision on a line of flattened text, as far as it stays.
func (x *explainer) line(l *line.Line, where string) Decision {
	d := Decision{Kept: true, Rule: noRule, Step: "line", Where: where}
	switch {
	case l.Rule != "":
		d.Rule, d.Step = l.Rule, "classify"
	case l.Why != nil:
		d.Rule, d.Step = ByModel, "classify"
		x.asked(&d, l.Why)
		first := ""
		switch {
		case l.Why.Rule != "":
			first = "not sure enough for rule " + l.Why.Rule
		case l.Why.Unasked:
			first = "a paragraph among others stays"
		}
		if first != "" {
			d.Reasons = append([]Reason{{Text: first}}, d.Reasons...)
			d.Reasons = d.Reasons[:min(len(d.Reasons), line.MaxReasons)]
		}
		return d
	}
	d.Reasons = x.rule(d.Rule)
	return d
}

// block is the decision on a block of a page, as the block step took it.
func (x *explainer) block(doc *block.Doc, i int, why []model.Reason) Decision {
	b := &doc.Blocks[i]
	d := Decision{
		Kept: b.Keep, Kind: Kind(b.Kind), Rule: b.Rule, Step: b.Step, P: exact(b.P), Where: doc.Place(b.Elem),
	}
	if b.Rule != ByModel {
		d.Reasons = x.rule(b.Rule)
		return d
	}
	d.Threshold = exact(doc.Threshold)
	d.Reasons = reasons(why)
	if r := block.NamedBy(doc, b, x.rules); r != nil && r.Kind == b.Kind {
		d.Named = r.ID
	}
	return d
}

// asked fills in what the line model said.
func (x *explainer) asked(d *Decision, w *line.Why) {
	d.P, d.Threshold, d.Reasons = exact(max(w.P, leastP)), exact(w.Threshold), reasons(w.Reasons)
}

// leastP tells P of the surest residue from 0, the sign that nobody was asked.
const leastP = 1e-6

// rule is the reason of a rule.
func (x *explainer) rule(id string) []Reason {
	if why := x.whys[id]; why != "" {
		return []Reason{{Text: why}}
	}
	return nil
}

func reasons(rs []model.Reason) []Reason {
	var out []Reason
	for _, r := range rs {
		out = append(out, Reason{r.Text, math.Round(float64(r.Weight)*100) / 100})
	}
	return out
}

// exact is the shortest number that is p.
func exact(p float32) float64 {
	v, _ := strconv.ParseFloat(strconv.FormatFloat(float64(p), 'g', -1, 32), 64)
	return v
}

// noRule is the rule id of pieces that no rule names and the model was not asked
// about.
const noRule = "none"

// pieces lists the pieces of l.Text[from:to] that its cuts make. around is the
// decision on what is not cut.
func (x *explainer) pieces(ds []Decision, l *line.Line, from, to int, around Decision) []Decision {
	add := func(a, b int, d Decision) {
		if d.Text = strings.TrimSpace(l.Text[a:b]); d.Text != "" {
			d.Where = around.Where
			ds = append(ds, d)
		}
	}
	stays := around
	stays.Kept, stays.Named = true, ""
	at := from
	for i := range l.Cuts {
		c := &l.Cuts[i]
		a, b := max(c.Start, from), min(c.End, to)
		if a >= b {
			continue
		}
		add(at, a, stays)
		d := Decision{Kept: c.Keep, Kind: Kind(c.Kind), Rule: c.Rule, Step: c.Step, P: exact(c.P)}
		switch {
		case c.Why != nil:
			x.asked(&d, c.Why)
		case c.Rule == ByModel:
			d.Threshold, d.Reasons, d.Named = around.Threshold, around.Reasons, around.Named // a policy lets the block stay
		default:
			d.Reasons = x.rule(c.Rule)
		}
		add(a, b, d)
		at = b
	}
	add(at, to, stays)
	return ds
}

// page lists what happened to a page, until ctx ends.
func (x *explainer) page(ctx context.Context, d *block.Doc, rendered []block.Line, lines []line.Line) []Decision {
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
			ds = append(ds, Decision{Kind: Kind(a.Kind), Rule: a.Rule, Step: "prune", Reasons: x.rule(a.Rule), Where: d.Place(a.Elem), Text: a.Text})
		}
	}
	whys := x.blocks.Reasons(d)
	for i := range d.Blocks {
		if i&0xff == 0 && ctx.Err() != nil {
			return nil
		}
		b := &d.Blocks[i]
		decision := x.block(d, i, whys[i])
		if !b.Keep {
			aside(b.Start)
			decision.Text = strings.TrimSpace(string(d.Text[b.Start:b.End]))
			ds = append(ds, decision)
			continue
		}
		decision.Kind = ""
		for _, p := range parts[i] {
			l := &lines[p.line]
			// What was taken out inside the line parts it.
			from := p.span.Off
			for len(asides) > 0 && asides[0].At < p.span.Doc+p.span.End-p.span.Off {
				at := max(p.span.Off+asides[0].At-p.span.Doc, from)
				ds = x.pieces(ds, l, int(from), int(at), x.ruled(l, decision))
				from = at
				aside(asides[0].At)
			}
			ds = x.pieces(ds, l, int(from), int(p.span.End), x.ruled(l, decision))
		}
	}
	aside(math.MaxInt32)
	body := Decision{Rule: d.Replaced.Rule, Step: "context", Reasons: x.rule(d.Replaced.Rule), Where: d.Replaced.Where}
	for i := range rendered {
		if len(rendered[i].Spans) == 0 {
			ds = x.pieces(ds, &lines[i], 0, len(lines[i].Text), x.ruled(&lines[i], body))
		}
	}
	return ds
}

// ruled is the decision on a line where a rule about lines says that it stays.
func (x *explainer) ruled(l *line.Line, d Decision) Decision {
	if l.Rule != "" {
		d.Rule, d.Step, d.Threshold, d.Reasons = l.Rule, "line", 0, x.rule(l.Rule)
	}
	return d
}
