package line

import (
	"sort"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// maxPasses bounds the passes over a text. Real texts take two or three.
const maxPasses = 12

// Clean marks all residue: Classify, Context and Dedupe. What goes can make
// more of its neighbours recognisable, so flattened text is read again, as it
// would come out, until nothing changes: to clean what is clean changes
// nothing. host is the page's host, for the rules of users; it may be empty.
func Clean(lines []Line, set *rules.Set, host string) {
	mark(lines, set, host)
	if !plain(lines) || !touched(lines) {
		return
	}
	for range maxPasses {
		o := output{trace: true}
		o.join(lines)
		text := o.b.String()
		again := Split(text)
		mark(again, set, host)
		if Join(again) == text {
			return
		}
		carry(lines, again, text, o.runs)
	}
}

func mark(lines []Line, set *rules.Set, host string) {
	Classify(lines, set, host)
	Context(lines, set)
	Dedupe(lines)
}

func touched(lines []Line) bool {
	for i := range lines {
		if len(lines[i].Cuts) > 0 {
			return true
		}
	}
	return false
}

// carry moves the cuts of a later pass over to the lines of the first one.
func carry(lines, again []Line, text string, runs []stretch) {
	at := 0 // where the line begins in text
	for i := range again {
		l := &again[i]
		for at+len(l.Text) <= len(text) && text[at:at+len(l.Text)] != l.Text {
			at++
		}
		for _, c := range l.Cuts {
			from, to := at+c.Start, at+c.End
			k := sort.Search(len(runs), func(k int) bool { return runs[k].out+runs[k].len > from })
			for ; k < len(runs) && runs[k].out < to; k++ {
				r := runs[k]
				start, end := max(from, r.out)-r.out+r.src, min(to, r.out+r.len)-r.out+r.src
				lines[r.line].addCut(Cut{Start: start, End: end, Kind: c.Kind, Rule: c.Rule, Step: c.Step, P: c.P})
			}
		}
		at += len(l.Text)
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
