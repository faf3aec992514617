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
	w   io.Writer
	bar *progressbar.ProgressBar // nil for none
}

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
}
