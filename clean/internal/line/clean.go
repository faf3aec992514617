package line

import (
	"context"
	"sort"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// maxPasses bounds the passes over a text. Real texts take two or three.
const maxPasses = 12

// Clean marks all residue by rules alone; see [Model.Clean].
func Clean(lines []Line, set *rules.Set, host string) {
	(*Model)(nil).Clean(context.Background(), lines, set, host)
}

// Clean marks all residue: Classify, Context and Dedupe, and in flattened text
// the model, which may be nil. What goes can make
// more of its neighbours recognisable, so flattened text is judged again, as it
// would come out, until nothing changes: to clean what is clean changes
// nothing. host is the page's host, for the rules of users; it may be empty.
// When ctx ends, the work is left as it is, half done.
func (m *Model) Clean(ctx context.Context, lines []Line, set *rules.Set, host string) {
	flat := plain(lines)
	if !flat {
		m = nil
	}
	mark(ctx, lines, set, m, host)
	if ctx.Err() != nil || !flat || !touched(lines) {
		return
	}
	for range maxPasses {
		next := output{trace: true}
		again, from := next.rest(ctx, lines)
		if ctx.Err() != nil {
			return
		}
		mark(ctx, again, set, m, host)
		if ctx.Err() != nil {
			return
		}
		changed := false
		for i := range again {
			for _, c := range again[i].Cuts {
				carry(lines, from[i], c, next.runs)
				changed = true
			}
		}
		if !changed {
			return
		}
	}
}

func mark(ctx context.Context, lines []Line, set *rules.Set, m *Model, host string) {
	judge(ctx, lines, set, m, host)
	if m != nil && ctx.Err() == nil {
		m.apply(ctx, lines)
	}
}

// judge is what rules do. Where there is a model, it judges what stands around
// the text, which needs no rules about borders then.
func judge(ctx context.Context, lines []Line, set *rules.Set, m *Model, host string) {
	classify(ctx, lines, set, m, host)
	if ctx.Err() != nil {
		return
	}
	inContext(lines, m == nil)
	if ctx.Err() != nil {
		return
	}
	Dedupe(lines)
}

// ended tells, once in a while, whether ctx has ended; i counts steps of a loop.
func ended(ctx context.Context, i int) bool { return i&0xff == 0 && ctx.Err() != nil }

// touched tells whether the output may be more than lines of the input.
func touched(lines []Line) bool {
	for i := range lines {
		if len(lines[i].Cuts) > 0 || !plainText(lines[i].Text) {
			return true
		}
	}
	return false
}

// rest returns the lines as they would be read from the output, and where each
// begins in it. Lines that came through whole keep what was measured on them.
func (o *output) rest(ctx context.Context, lines []Line) (again []Line, from []int) {
	wrapped := false
	for i := range lines {
		wrapped = wrapped || strings.IndexByte(lines[i].Text, '\n') >= 0
	}
	o.join(ctx, lines)
	text := o.b.String()
	again = SplitUntil(ctx, text)
	from = make([]int, len(again))
	at, run := 0, 0
	for i := range again {
		if ended(ctx, i) {
			break
		}
		l := &again[i]
		at += strings.Index(text[at:], l.Text) // found at once: only line ends lie between
		from[i] = at
		for run < len(o.runs) && o.runs[run].out+o.runs[run].len <= at {
			run++
		}
		if run < len(o.runs) && !wrapped {
			if r, old := o.runs[run], &lines[o.runs[run].line]; len(old.Cuts) == 0 && r.out == at && r.src == 0 && r.len == len(l.Text) {
				l.shape, l.own, l.pending, l.known, l.state = old.shape, old.own, old.pending, old.known, old.state
			}
		}
		at += len(l.Text)
	}
	return again, from
}

// carry moves a cut of a later pass over to the lines of the first one.
func carry(lines []Line, at int, c Cut, runs []stretch) {
	from, to := at+c.Start, at+c.End
	k := sort.Search(len(runs), func(k int) bool { return runs[k].out+runs[k].len > from })
	for ; k < len(runs) && runs[k].out < to; k++ {
		r := runs[k]
		start, end := max(from, r.out)-r.out+r.src, min(to, r.out+r.len)-r.out+r.src
		lines[r.line].addCut(Cut{Start: start, End: end, Kind: c.Kind, Rule: c.Rule, Step: c.Step, P: c.P, Why: c.Why})
	}
}

// addCut adds a cut of a later pass. When nothing is left of the line it is
// dropped as a whole, by the rule that took the most.
func (l *Line) addCut(c Cut) {
	l.insert(c)
	left := false
	at := 0
	for _, c := range l.Cuts {
		left = left || !isBlank(l.Text[at:max(at, c.Start)])
		at = max(at, c.End)
	}
	if left = left || !isBlank(l.Text[at:]); left {
		l.state = trimmed
		return
	}
	most := l.Cuts[0]
	for _, c := range l.Cuts {
		if c.End-c.Start > most.End-most.Start {
			most = c
		}
	}
	l.drop(most.Kind, most.Rule, most.Step)
}
