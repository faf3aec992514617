package main

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/winnowtext/winnow/clean/batch"
)

// barInterval keeps redrawing from costing more than the work.
const barInterval = 100 * time.Millisecond

// messages is standard error: lines about inputs and, on a terminal that
// nothing else is written to, a progress bar below them.
type messages struct {
	w      io.Writer
	bar    *progressbar.ProgressBar // nil for none
	unsaid int                      // rows that failed and of which nothing was said
	said   int                      // others, with an answer
	in     *batch.Container         // of the last row
}

// revisits says of the archive that the rows so far came from what it does not hold,
// once row is of another one, or nil.
func (m *messages) revisits(row *batch.Row) {
	if row != nil && row.In == m.in {
		return
	}
	if m.in != nil && m.in.Revisits > 0 {
		m.say("%s: %d records that stand for pages elsewhere (revisit) were passed over", m.in.Name, m.in.Revisits)
	}
	if m.in = nil; row != nil {
		m.in = row.In
	}
}

// maxSaid is how many rows are named here whose answers say why they failed. Few
// enough that a program that does not read standard error is not held up by it.
const maxSaid = 10

func newMessages(set *settings, inputs int, stdout, stderr io.Writer) *messages {
	m := &messages{w: stderr}
	_, shown := stdout.(tame)
	quiet := !shown || set.output != ""
	if set.progress && quiet && inputs > 1 && isTerminal(stderr) {
		m.bar = progressbar.NewOptions(inputs,
			progressbar.OptionSetWriter(stderr),
			progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(true),
			progressbar.OptionThrottle(barInterval),
			progressbar.OptionClearOnFinish(),
			progressbar.OptionSetRenderBlankState(true),
		)
	}
	return m
}

// say prints a line about an input. The arguments may come from anywhere.
func (m *messages) say(format string, args ...any) {
	if m.bar != nil {
		// Errors of the bar are errors of the terminal; there is no better
		// place to tell them.
		_ = m.bar.Clear()
	}
	fmt.Fprintf(m.w, "winnow: %s\n", escape(fmt.Sprintf(format, args...)))
}

// failed says why an input failed, of rows whose answers say it only for the first.
func (m *messages) failed(item *batch.Item, why string, answered bool) {
	if answered {
		if m.said++; m.said > maxSaid {
			m.unsaid++
			return
		}
	}
	m.say("%s: %s", item.Name, why)
}

// step moves the bar on: by files.
func (m *messages) step(item *batch.Item) {
	if m.bar != nil && (item.Row == nil || item.Row.Number == 1) {
		_ = m.bar.Add(1)
	}
}

func (m *messages) close() {
	if m.bar != nil {
		_ = m.bar.Clear()
	}
	if m.unsaid > 0 {
		fmt.Fprintf(m.w, "winnow: and %d more rows failed\n", m.unsaid)
	}
}
