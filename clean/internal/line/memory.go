package line

import (
	"github.com/winnowtext/winnow/clean/internal/piece"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// A Memory holds the lines of one input and all that is needed to judge them.
// The zero value is ready for use; used for the next input, it spares making
// everything anew. It serves one goroutine.
//
// Lines live until [Memory.Split] or [Memory.Lines] is called again or the
// Memory forgets them. Texts that Join returns are the caller's.
//
// When Clock ends, its panic passes through all methods. The lines are left as
// they are, half done.
type Memory struct {
	Clock *work.Clock // nil: nothing ends

	lines []Line // of the input
	set   *rules.Set
	model *Model
	host  string
	site  string // whose other texts are compared

	words   rules.Words
	lang    sample
	stems   []uint32     // scratch of certain
	pieces  piece.Memory // of the input
	info    textInfo     // the same: what is known of its characters
	later   piece.Memory // of a later pass
	signals []piece.Signal
	foul    answer // see isFoul
	sparse  bool   // see isSparse

	listings     []bool // by line: it stands within a listing; see listed
	listingsRead bool
	codeRows     []codeRow

	// Of a later pass: the lines as they would come out, where they are from, and
	// the pieces of which they are made.
	again  []Line
	from   []origin
	runs   []Stretch
	copies []piece.Copy
	afresh bool // for tests: a later pass takes nothing over from the first one
}

// Bounds of the memory that is kept for the next input. A line of more tokens is
// rare.
const (
	maxKeptLines  = 1 << 12
	maxKeptTokens = 1 << 14
)

// Lines returns n empty lines, in place of those of the input before.
func (m *Memory) Lines(n int) []Line {
	if m.Clock.Err() != nil {
		m.lines = nil // what was ended may have left some behind the last
	}
	if m.lines = forgetLines(m.lines); cap(m.lines) < n {
		m.lines = work.Make[Line](m.Clock, 0, max(n, leastLines))
	}
	m.lines = m.lines[:n]
	return m.lines
}

// leastLines is for how many lines there is room at first.
const leastLines = 64

// Forget forgets the input and gives up what takes too much memory to be kept.
func (m *Memory) Forget() {
	if m.Clock.Err() != nil {
		m.lines, m.again = nil, nil // they may be in any state
	}
	m.lines, m.again = keptLines(m.lines), keptLines(m.again)
	m.from = work.Emptied(m.from, maxKeptLines)
	if cap(m.runs) > maxKeptTokens {
		m.runs, m.copies = nil, nil
	}
	m.set, m.model, m.host, m.site = nil, nil, "", ""
	m.words.Text = ""
	if cap(m.words.Tokens) > maxKeptTokens {
		m.words = rules.Words{}
	}
	if cap(m.stems) > maxKeptTokens {
		m.stems = nil
	}
	m.lang.forget()
	m.listings, m.codeRows = work.Emptied(m.listings, maxKeptLines), work.Emptied(m.codeRows, maxKeptLines)
	m.pieces.Forget()
	m.later.Forget()
}

// Poison overwrites the lines, for tests: what points to one after Forget shall
// be seen. The text of lines lies in the input or in memory that is not used
// again.
func (m *Memory) Poison() {
	const bad = "\xDB\xDB\xDB\xDB\xDB\xDB\xDB\xDB"
	for _, lines := range [][]Line{m.lines, m.again} {
		for i := range lines {
			l := &lines[i]
			l.Text, l.Prefix, l.Rule, l.Why = bad, bad, bad, &Why{Rule: bad}
			for k := range l.Cuts {
				l.Cuts[k] = Cut{Start: -1, End: -1, Kind: bad, Rule: bad, Step: bad}
			}
		}
	}
}

// keptLines forgets lines and their memory, too, if that is much.
func keptLines(lines []Line) []Line {
	if cap(lines) > maxKeptLines {
		return nil
	}
	return forgetLines(lines)
}

// forgetLines forgets all of lines but the memory of their cuts, which the next
// lines there use again.
func forgetLines(lines []Line) []Line {
	const most = 4 // cuts of a line; few have more
	for i := range lines {
		cuts := lines[i].Cuts
		if cap(cuts) > most {
			cuts = nil
		}
		clear(cuts[:cap(cuts)])
		lines[i] = Line{Cuts: cuts[:0]}
	}
	return lines[:0]
}

// addLine appends a line that has no cuts.
func addLine(c *work.Clock, lines []Line, l *Line) []Line {
	n := len(lines)
	if n == cap(lines) {
		lines = work.Grow(c, lines)
	}
	lines = lines[:n+1]
	cuts := lines[n].Cuts[:0]
	lines[n] = *l
	lines[n].Cuts = cuts
	return lines
}
