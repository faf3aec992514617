package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// A table is printed as Markdown; its first row is the head, its first column
// is text, the others are figures.
type table [][]string

func (t *table) row(cells ...string) { *t = append(*t, cells) }

func (t table) write(w io.Writer) {
	if len(t) == 0 {
		return
	}
	wide := make([]int, len(t[0]))
	for _, row := range t {
		for i, cell := range row {
			wide[i] = max(wide[i], utf8.RuneCountInString(cell), 3)
		}
	}
	for k, row := range t {
		for i, cell := range row {
			pad := strings.Repeat(" ", wide[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				fmt.Fprintf(w, "| %s%s ", cell, pad)
			} else {
				fmt.Fprintf(w, "| %s%s ", pad, cell)
			}
		}
		fmt.Fprintln(w, "|")
		if k > 0 {
			continue
		}
		for i, n := range wide {
			if i == 0 {
				fmt.Fprint(w, "|", strings.Repeat("-", n+2))
			} else {
				fmt.Fprint(w, "|", strings.Repeat("-", n+1), ":")
			}
		}
		fmt.Fprintln(w, "|")
	}
}

// f3 prints a share as the benchmarks do.
func f3(v float64) string { return fmt.Sprintf("%.3f", v) }

// signed prints a difference.
func signed(v float64) string { return fmt.Sprintf("%+.3f", v) }
