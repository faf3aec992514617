package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/winnowtext/winnow/bench/score"
)

// A figure is one number of a total, then and now.
type figure struct {
	name     string
	old, now float64
	lower    bool // less is better
	digits   int
}

func (f figure) format(v float64) string { return fmt.Sprintf("%.*f", f.digits, v) }

func (f figure) change() string { return fmt.Sprintf("%+.*f", f.digits, f.now-f.old) }

// gain is the change for the better.
func (f figure) gain() float64 {
	if f.lower {
		return f.old - f.now
	}
	return f.now - f.old
}

// cautious rounds a value to the digits of the figure so that it does not
// become stricter than what was measured.
func (f figure) cautious(v float64) float64 {
	p := math.Pow10(f.digits)
	r := math.Floor(v*p+1e-9) / p
	if f.lower {
		r = math.Ceil(v*p-1e-9) / p
	}
	return r + 0 // no negative zero
}

// pageMetrics lists the figures of a corpus of pages.
func pageMetrics(old, now score.Total) []figure {
	list := []figure{
		{name: "f1", old: old.F1, now: now.F1, digits: 3},
		{name: "shingle_f1", old: old.ShingleF1, now: now.ShingleF1, digits: 3},
		{name: "precision", old: old.P, now: now.P, digits: 3},
		{name: "recall", old: old.R, now: now.R, digits: 3},
		{name: "with", old: old.With, now: now.With, digits: 3},
		{name: "without", old: old.Without, now: now.Without, lower: true, digits: 3},
		{name: "lost", old: old.Lost, now: now.Lost, lower: true, digits: 3},
		{name: "extra_per_k", old: old.Extra, now: now.Extra, lower: true, digits: 1},
		{name: "bad_pages", old: float64(old.Bad), now: float64(now.Bad), lower: true},
	}
	if old.ShingleF1 == 0 && now.ShingleF1 == 0 {
		list = append(list[:1], list[2:]...) // a corpus of snippets
	}
	return list
}

// textMetrics lists the figures of flattened text.
func textMetrics(old, now score.Cleanness) []figure {
	return []figure{
		{name: "f1", old: old.F1, now: now.F1, digits: 3},
		{name: "line_f1", old: old.LineF1, now: now.LineF1, digits: 3},
		{name: "precision", old: old.P, now: now.P, digits: 3},
		{name: "recall", old: old.R, now: now.R, digits: 3},
		{name: "lost", old: old.Lost, now: now.Lost, lower: true, digits: 4},
		{name: "left_per_k", old: old.Left, now: now.Left, lower: true, digits: 1},
		{name: "clean", old: old.Clean, now: now.Clean, digits: 3},
		{name: "damaged", old: old.Damaged, now: now.Damaged, lower: true, digits: 3},
		{name: "exact_cuts", old: float64(old.EditsGood), now: float64(now.EditsGood)},
	}
}

// family is the name without its group: "f1/article" -> "f1".
func family(name string) string {
	f, _, _ := strings.Cut(name, "/")
	return f
}
