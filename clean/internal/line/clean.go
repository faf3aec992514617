package line

import (
	"context"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/room"
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
	flat := plain(ctx, lines)
	for i := range lines {
		lines[i].own, lines[i].known = 0, 0 // nothing of another worker's
	}
	if !flat {
		m = nil
	}
	r := workers.Get().(*worker)
	defer r.release()
	r.ctx, r.set, r.model, r.host = ctx, set, m, host
	r.mark(lines)
	if ctx.Err() != nil {
		return
	}
	if !flat {
		patterns(ctx, lines)
		return
	}
	if !touched(ctx, lines) || ctx.Err() != nil {
		return
	}
	for range maxPasses {
		again, from := r.rest(lines)
		if ctx.Err() != nil {
			return
		}
		r.mark(again)
		if ctx.Err() != nil {
			return
		}
		changed := false
		for i := range again {
			if ended(ctx, i) {
				return
			}
			for _, c := range again[i].Cuts {
				from[i].carry(lines, c)
				changed = true
			}
		}
		if !changed {
			return
		}
		for i := range lines {
			if ended(ctx, i) {
				return
			}
			lines[i].settle()
		}
	}
}

// A worker takes one text through the steps.
type worker struct {
	ctx   context.Context
	set   *rules.Set
	model *Model
	host  string
	words rules.Words
	lang  sample
	gauge gauge
	jury  jury
	again []Line // of a later pass
	from  []origin
}

// workers keeps the memory of those that are done.
var workers = sync.Pool{New: func() any { return new(worker) }}

// maxKeptLines bounds the memory that is kept for the lines of the next text.
const maxKeptLines = 1 << 12

// lineMemory holds the memory of lines that nobody needs any more.
var lineMemory = sync.Pool{New: func() any { return new([]Line) }}

// Make returns n empty lines, or false when ctx ends before. [Free] takes them
// back.
func Make(ctx context.Context, n int) ([]Line, bool) {
	if n > maxKeptLines {
		return room.Make[Line](ctx, n, n)
	}
	return fresh(n)[:n], true
}

// fresh returns room for n lines.
func fresh(n int) []Line {
	m := lineMemory.Get().(*[]Line)
	if cap(*m) >= n {
		return *m
	}
	lineMemory.Put(m)
	return make([]Line, 0, max(n, 64))
}

// Free gives the memory of lines back, which come from [Split] or [Make] and must not be
// used after it. There is no need to call it.
func Free(lines []Line) {
	if cap(lines) > maxKeptLines {
		return
	}
	forgetLines(lines)
	lines = lines[:0]
	lineMemory.Put(&lines)
}

// forgetLines forgets all of lines but the memory of their cuts, which the next
// lines there use again.
func forgetLines(lines []Line) {
	const most = 4 // cuts of a line; few have more
	for i := range lines {
		cuts := lines[i].Cuts
		if cap(cuts) > most {
			cuts = nil
		}
		clear(cuts[:cap(cuts)])
		lines[i] = Line{Cuts: cuts[:0]}
	}
}

// addLine appends a line that has no cuts.
func addLine(lines []Line, l *Line) []Line {
	n := len(lines)
	if n == cap(lines) {
		return append(lines, *l)
	}
	lines = lines[:n+1]
	cuts := lines[n].Cuts
	lines[n] = *l
	lines[n].Cuts = cuts
	return lines
}

// maxKeptTokens bounds the memory that a worker keeps: a line of more is rare.
const maxKeptTokens = 1 << 14

// release forgets the text and gives the worker back.
func (r *worker) release() {
	r.lang.forget()
	r.words.Text = ""
	r.gauge.forget()
	if cap(r.words.Tokens) > maxKeptTokens {
		r.words = rules.Words{}
	}
	if cap(r.again) > maxKeptLines {
		r.again, r.from = nil, nil
	}
	forgetLines(r.again)
	clear(r.from)
	r.again, r.from = r.again[:0], r.from[:0]
	r.ctx, r.jury.ctx, r.jury.s.ctx, r.jury.s.lines, r.jury.s.g, r.jury.g = nil, nil, nil, nil, nil, nil
	if len(r.jury.s.index) > maxKeptTokens {
		r.jury = jury{}
	}
	workers.Put(r)
}

func (r *worker) mark(lines []Line) {
	r.judge(lines)
	if r.model != nil && r.ctx.Err() == nil {
		r.jury.g = &r.gauge
		r.model.apply(r.ctx, lines, &r.jury)
	}
}

// judge is what rules do. Where there is a model, it judges what stands around
// the text, which needs no rules about borders then.
func (r *worker) judge(lines []Line) {
	r.classify(lines)
	if r.ctx.Err() != nil {
		return
	}
	inContext(r.ctx, lines, r.model == nil)
	if r.ctx.Err() != nil {
		return
	}
	dedupe(r.ctx, lines)
}

// ended tells, once in a while, whether ctx has ended; i counts steps of a loop.
func ended(ctx context.Context, i int) bool { return i&0xff == 0 && ctx.Err() != nil }

// A pace does the same where steps read lines, long ones among them.
type pace struct {
	ctx  context.Context
	left int // bytes up to the next look
}

func (p *pace) ended(read int) bool {
	const piece, step = 64 << 10, 256 // bytes; a step takes the time of so many
	if p.left -= read + step; p.left >= 0 {
		return false
	}
	p.left = piece
	return p.ctx.Err() != nil
}

// touched tells whether the output may be more than lines of the input.
func touched(ctx context.Context, lines []Line) bool {
	p := pace{ctx: ctx}
	for i := range lines {
		if p.ended(len(lines[i].Text)) {
			return false
		}
		if len(lines[i].Cuts) > 0 || !lines[i].plain(ctx) {
			return true
		}
	}
	return false
}

// remade is an empty slice with room for n elements, in the memory of old if
// that is enough, or false when ctx ends before.
func remade[T any](ctx context.Context, old []T, n int) ([]T, bool) {
	if cap(old) >= n {
		return old[:0], true
	}
	return room.Make[T](ctx, 0, n)
}

// An origin says where a line of the output came from: as it is from one line
// of the input, or in pieces.
type origin struct {
	line   int
	pieces []stretch // none: the line as it is
	at     int       // byte of the output where it begins
}

// rest returns the lines as they would be read from the output, and where each
// came from. Lines that came through whole keep what was measured on them.
func (r *worker) rest(lines []Line) (again []Line, from []origin) {
	ctx := r.ctx
	left := 0
	for i := range lines {
		if ended(ctx, i) {
			return nil, nil
		}
		if strings.IndexByte(lines[i].Text, '\n') >= 0 {
			return r.reread(lines)
		}
		if !lines[i].Dropped() {
			left++
		}
	}
	forgetLines(r.again) // so that release sees all that was used
	clear(r.from)
	var ok, ok2 bool
	again, ok = remade(ctx, r.again, left)
	if from, ok2 = remade(ctx, r.from, left); !ok || !ok2 {
		return nil, nil
	}
	o := output{ctx: ctx, trace: true}
	blank, changed, glued := false, false, false
	p := pace{ctx: ctx}
	for i := 0; i < len(lines); i++ {
		l := &lines[i]
		if p.ended(len(l.Text) * copySteps) {
			break
		}
		if !l.Glued {
			changed = changedPage(lines[i:])
		}
		blank = blank || l.Blank > 0
		if l.gone() {
			continue
		}
		n := len(again)
		whole := len(l.Cuts) == 0 && l.plain(ctx) && !(l.Glued && l.Text[0] <= ' ')
		switch {
		case whole && !(changed && len(l.Text) >= minGluedBytes) && !joined(lines, i, changed):
			next := Line{P: -1, traits: l.traits}
			next.Text = trimEnd(l.Text)
			if len(next.Text) == len(l.Text) {
				next.shape, next.own, next.pending, next.known, next.state, next.Rule = l.shape, l.own, l.pending, l.known, l.state, l.Rule
			}
			again, from = addLine(again, &next), append(from, origin{line: i})
		default: // in pieces; all that come out on one line are read together
			at, runs := o.len(), len(o.runs)
			o.line(l, i, false, true)
			for ; joined(lines, i, changed); i++ {
				o.line(&lines[i+1], i+1, false, false)
			}
			if at == o.len() {
				continue
			}
			if again = unglue(ctx, again, &Line{P: -1, Text: o.text()[at:]}); len(again) == n {
				return nil, nil // ctx has ended
			}
			pieces := o.runs[runs:len(o.runs):len(o.runs)]
			for k := n; k < len(again); k++ {
				from = append(from, origin{at: at, pieces: pieces})
				at += len(again[k].Text)
			}
			glued = glued || len(again) > n+1
		}
		if blank && n > 0 {
			again[n].Blank = 1
		}
		blank = false
	}
	r.again, r.from = again, from
	if !glued && hardWrapped(ctx, again) {
		return r.reread(lines)
	}
	if _, ok := findSpaced(ctx, again, r.set); ok {
		return r.reread(lines)
	}
	return again, from
}

// reread does the same by writing the lines and reading what was written.
func (r *worker) reread(lines []Line) (again []Line, from []origin) {
	ctx := r.ctx
	o := output{ctx: ctx, trace: true}
	o.join(lines)
	text := o.text()
	again = SplitUntil(ctx, text, r.set)
	from = make([]origin, len(again))
	at, run := 0, 0
	for i := range again {
		if ended(ctx, i) {
			break
		}
		l := &again[i]
		at += strings.Index(text[at:], l.Text) // found at once: only line ends lie between
		for run < len(o.runs) && o.runs[run].out+o.runs[run].len <= at {
			run++
		}
		from[i] = origin{at: at, pieces: o.runs[run:]}
		at += len(l.Text)
	}
	return again, from
}

// carry moves a cut of a later pass over to the lines of the first one.
func (o *origin) carry(lines []Line, c Cut) {
	if o.pieces == nil {
		lines[o.line].addCut(c)
		return
	}
	from, to := o.at+c.Start, o.at+c.End
	k := sort.Search(len(o.pieces), func(k int) bool { return o.pieces[k].out+o.pieces[k].len > from })
	for ; k < len(o.pieces) && o.pieces[k].out < to; k++ {
		r := o.pieces[k]
		start, end := max(from, r.out)-r.out+r.src, min(to, r.out+r.len)-r.out+r.src
		lines[r.line].addCut(Cut{Start: start, End: end, Kind: c.Kind, Rule: c.Rule, Step: c.Step, P: c.P, Why: c.Why})
	}
}

// addCut adds a cut of a later pass; settle follows.
func (l *Line) addCut(c Cut) {
	l.Cuts = append(l.Cuts, c)
	l.late = true
}

// settle puts the cuts of a later pass in order. When nothing is left of the
// line it is dropped as a whole, by the rule that took the most.
func (l *Line) settle() {
	if !l.late {
		return
	}
	l.late = false
	slices.SortStableFunc(l.Cuts, func(a, b Cut) int { return a.Start - b.Start })
	l.state = trimmed
	at, most := 0, l.Cuts[0]
	for _, c := range l.Cuts {
		if !isBlank(l.Text[at:max(at, c.Start)]) {
			return
		}
		at = max(at, c.End)
		if c.End-c.Start > most.End-most.Start {
			most = c
		}
	}
	if isBlank(l.Text[at:]) {
		l.drop(most.Kind, most.Rule, most.Step)
	}
}
