package article

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// A Piece is a piece of the input that was kept or removed as a whole. The
// pieces are in order the whole visible text of the input.
type Piece struct {
	Text string
	Kept bool
	Kind rules.Kind // of a removed piece, or one that a policy lets stay
	Rule string     // that decided, or RuleModel
	Step string
	Why

	Where string // CSS path in a page, "line N" or "line N, piece K" in a text

	line     int32 // number of the line it lies in, -1 for none
	from, to int32 // bytes of that line
}

// A Why says why a decision fell.
type Why struct {
	Named        string         // the rule that gave the kind, where another decided
	P, Threshold float64        // of the classifier, 0 where it was not asked
	Reasons      []model.Reason // the strongest first
}

// Rules of pieces that none of the rule files decided on.
const (
	RuleModel = "model" // the classifier did
	RuleNone  = "none"  // nothing spoke against it
)

// An Explainer knows why. It never changes after it was made.
type Explainer struct {
	rules  *rules.Set        // nil where nobody asks for reasons
	blocks *block.Explainer  // the same
	whys   map[string]string // what rules are about, by id
}

// NewExplainer explains what these rules and trees decide.
func NewExplainer(set *rules.Set, trees *block.Classifier) (*Explainer, error) {
	blocks, err := block.NewExplainer(trees, set)
	return &Explainer{set, blocks, set.Whys()}, err
}

// NoReasons is for those who want to know what became of the input and not why.
func NoReasons() *Explainer { return new(Explainer) }

// Pieces lists what became of the input, in the order of reading. A page needs
// block.Options.Explain.
func (a *Article) Pieces(x *Explainer) []Piece {
	l := lister{a: a, x: x}
	if a.doc == nil {
		l.text()
	} else {
		l.page()
	}
	return l.pieces
}

// A lister collects pieces.
type lister struct {
	a      *Article
	x      *Explainer
	pieces []Piece
	asides []block.Aside // of the page, those to come
	least  float64       // P with which a block of the page stays
}

func (l *lister) text() {
	number, piece := 0, 0
	for i := range l.a.lines {
		l.a.mem.Clock.Step()
		ln := &l.a.lines[i]
		where := ""
		if ln.Glued {
			piece++
			where = "line " + strconv.Itoa(number) + ", piece " + strconv.Itoa(piece)
		} else {
			number += ln.Blank + 1
			piece = 1
			where = "line " + strconv.Itoa(number)
		}
		l.line(i, 0, len(ln.Text), l.x.line(ln, where))
		number += strings.Count(ln.Text, "\n")
	}
}

func (l *lister) page() {
	d := l.a.doc
	type part struct {
		line int
		span block.Span
	}
	parts := make([][]part, len(d.Blocks))
	for i := range l.a.source {
		for _, s := range l.a.source[i].Spans {
			parts[s.Block] = append(parts[s.Block], part{i, s})
		}
	}
	l.asides, l.least = d.Asides, exact(d.Threshold)
	l.pieces = make([]Piece, 0, len(d.Blocks)+len(d.Asides)+len(l.a.source))
	whys := make([][]model.Reason, len(d.Blocks))
	if l.x.blocks != nil && slices.ContainsFunc(d.Blocks, func(b block.Block) bool { return b.Rule == RuleModel }) {
		whys = l.x.blocks.Reasons(d)
	}
	for i := range d.Blocks {
		l.a.mem.Clock.Step()
		b := &d.Blocks[i]
		verdict := l.x.block(d, i, l.least, whys[i])
		if !b.Keep {
			l.removed(b, verdict)
			continue
		}
		if verdict.Kind != block.KindStandfirst {
			verdict.Kind = ""
		}
		for _, p := range parts[i] {
			// What was taken out inside the line parts it.
			from, around := p.span.Off, l.x.ruled(&l.a.lines[p.line], verdict)
			for len(l.asides) > 0 && l.asides[0].At < p.span.Doc+p.span.End-p.span.Off {
				at := max(p.span.Off+l.asides[0].At-p.span.Doc, from)
				l.line(p.line, int(from), int(at), around)
				from = at
				l.asidesTo(l.asides[0].At)
			}
			l.line(p.line, int(from), int(p.span.End), around)
		}
	}
	l.asidesTo(math.MaxInt32)
	body := Piece{Rule: d.Replaced.Rule, Step: "context", Why: l.x.rule(d.Replaced.Rule), Where: d.Replaced.Where, line: -1}
	for i := range l.a.source {
		if len(l.a.source[i].Spans) == 0 {
			l.line(i, 0, len(l.a.lines[i].Text), l.x.ruled(&l.a.lines[i], body))
		}
	}
}

// removed lists a block that goes, parted by what was taken out inside of it.
func (l *lister) removed(b *block.Block, verdict Piece) {
	add := func(from, to int32) {
		if verdict.Text = strings.TrimSpace(string(l.a.doc.Text[from:to])); verdict.Text != "" {
			l.pieces = append(l.pieces, verdict)
		}
	}
	from := b.Start
	for len(l.asides) > 0 && l.asides[0].At < b.End {
		at := max(l.asides[0].At, from)
		add(from, at)
		from = at
		l.asidesTo(at)
	}
	add(from, b.End)
}

// asidesTo lists what was taken out while walking, up to a place of the page's
// text.
func (l *lister) asidesTo(at int32) {
	for len(l.asides) > 0 && l.asides[0].At <= at {
		a := l.asides[0]
		l.asides = l.asides[1:]
		l.pieces = append(l.pieces, Piece{
			Text: a.Text, Kind: a.Kind, Rule: a.Rule, Step: "prune", Why: l.x.rule(a.Rule), Where: l.a.doc.Place(a.Elem), line: -1,
		})
	}
}

// line lists the pieces of line i from from to to that its cuts make. around is
// the decision on what is not cut.
func (l *lister) line(i, from, to int, around Piece) {
	ln := &l.a.lines[i]
	add := func(a, b int, p Piece) {
		if p.Text = strings.TrimSpace(ln.Text[a:b]); p.Text != "" {
			p.Where, p.line, p.from, p.to = around.Where, int32(i), int32(a), int32(b)
			l.pieces = append(l.pieces, p)
		}
	}
	stays := around
	stays.Kept, stays.Named = true, ""
	at := from
	for k := range ln.Cuts {
		c := &ln.Cuts[k]
		a, b := max(c.Start, from), min(c.End, to)
		if a >= b {
			continue
		}
		add(at, a, stays)
		add(a, b, l.x.cut(c, &around))
		at = b
	}
	add(at, to, stays)
}

// cut is the decision on a cut of a line on whose rest around decides.
func (x *Explainer) cut(c *line.Cut, around *Piece) Piece {
	p := Piece{Kept: c.Keep, Kind: c.Kind, Rule: c.Rule, Step: c.Step}
	switch {
	case c.Why != nil:
		p.Why = asked(c.Why)
	case c.Rule == RuleModel:
		p.Why, p.P = around.Why, exact(c.P) // a policy lets the block stay
	default:
		p.Why = x.rule(c.Rule)
		p.P = exact(c.P)
	}
	return p
}

// line is the decision on a line of flattened text, as far as it stays.
func (x *Explainer) line(l *line.Line, where string) Piece {
	p := Piece{Kept: true, Rule: RuleNone, Step: "line", Where: where}
	switch {
	case l.Rule != "":
		p.Rule, p.Step, p.Why = l.Rule, "classify", x.rule(l.Rule)
	case l.Why != nil:
		p.Rule, p.Step, p.Why = RuleModel, "classify", asked(l.Why)
		first := ""
		switch {
		case l.Why.Rule != "":
			first = "not sure enough for rule " + l.Why.Rule
		case l.Why.Unasked:
			first = "tables, figures and program code stay"
		}
		if first != "" {
			p.Reasons = append([]model.Reason{{Text: first}}, p.Reasons...)
			p.Reasons = p.Reasons[:min(len(p.Reasons), line.MaxReasons)]
		}
	default:
		p.Why = x.rule(RuleNone)
	}
	return p
}

// block is the decision on a block of a page, as the block step took it. threshold is
// that of the page.
func (x *Explainer) block(d *block.Doc, i int, threshold float64, why []model.Reason) Piece {
	b := &d.Blocks[i]
	p := Piece{Kept: b.Keep, Kind: b.Kind, Rule: b.Rule, Step: b.Step, Where: d.Place(b.Elem), line: -1}
	if b.Rule != RuleModel {
		p.Why = x.rule(b.Rule)
		p.P = exact(b.P)
		return p
	}
	p.Why = Why{P: exact(b.P), Threshold: threshold, Reasons: why}
	if x.rules == nil {
		return p
	}
	if r := block.NamedBy(d, b, x.rules); r != nil && r.Kind == b.Kind {
		p.Named = r.ID
	}
	return p
}

// ruled is the decision on a line where a rule about lines says that it stays.
func (x *Explainer) ruled(l *line.Line, p Piece) Piece {
	if l.Rule != "" {
		named, asked := p.Named, p.P
		p.Rule, p.Step, p.Why = l.Rule, "line", x.rule(l.Rule)
		p.Named, p.P = named, asked
	}
	return p
}

// rule is the reason of a rule.
func (x *Explainer) rule(id string) (w Why) {
	if why := x.whys[id]; why != "" {
		w.Reasons = []model.Reason{{Text: why}}
	}
	return w
}

// leastP tells P of the surest residue from 0, the sign that nobody was asked.
const leastP = 1e-6

// asked is what the model of pieces said.
func asked(w *line.Why) Why {
	return Why{P: exact(max(w.P, leastP)), Threshold: exact(w.Threshold), Reasons: w.Reasons}
}

// exact is the shortest number that is p.
func exact(p float32) float64 {
	var room [24]byte
	v, _ := strconv.ParseFloat(string(strconv.AppendFloat(room[:0], float64(p), 'g', -1, 32)), 64)
	return v
}
