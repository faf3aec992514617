package clean

import (
	"context"
	"fmt"

	"github.com/winnowtext/winnow/clean/internal/charset"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/piece"
)

// Decode returns the text of an input as it is before it is cleaned, without what gzip
// and encodings do to it, and what format it is in: HTML is returned as it is, too. It is
// for [memory.Memory.Learn], which takes flattened text.
func (c *Cleaner) Decode(ctx context.Context, in Input) (text string, format Format, err error) {
	w := take(ctx)
	defer w.end(new(*Result), &err)
	c = c.orStandard()
	src, err := w.read(&in, c)
	if err != nil {
		return "", Auto, err
	}
	text = string(src)
	if c.opt.Mojibake && in.Format == FromText {
		text = charset.Repair(text)
	}
	return text, in.Format, nil
}

// ByMemory is the Rule of decisions that Options.Memory gave.
const ByMemory = "memory"

// remember has the Cleaner use the memory of its options.
func (c *Cleaner) remember() error {
	if c.opt.Memory == nil {
		return nil
	}
	m, err := piece.LoadRecurModel()
	if err != nil {
		return fmt.Errorf("built-in model of memories: %w", err)
	}
	c.memory, c.lines = c.opt.Memory.Index(), c.lines.Recalling(m, c.opt.Mode.memoryPoint())
	return nil
}

// memoryPoint is the probability of being residue above which a piece goes that stands
// in other texts of its site, too.
func (m Mode) memoryPoint() float64 {
	switch m {
	case Precision:
		return line.RecallingPrecision
	case Recall:
		return line.RecallingRecall
	}
	return line.RecallingBalanced
}

// judgedLines are the lines of a text with verdicts on them. What the memory of its site
// would take half of, it takes nothing of.
func (c *Cleaner) judgedLines(w *workspace, text string, in *Input) []line.Line {
	site := c.memory.Site(in.origin())
	w.lines.Recall(site, in.origin())
	lines := w.lines.Split(text, c.rules)
	c.judge(w, lines, in)
	if site != nil && line.MostlyRecalled(lines) {
		w.lines.Recall(nil, "")
		lines = w.lines.Split(text, c.rules)
		c.judge(w, lines, in)
	}
	return lines
}
