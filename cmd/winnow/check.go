package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/winnowtext/winnow/clean"
)

// errCheckPage is why --check fails a page.
var errCheckPage = errors.New("a page: all pages have something to remove, and --check is for texts (--from text if it is one)")

// checkLines are the lines of --check: file:line: kind rule: text.
func checkLines(name string, res *clean.Result, before []byte) []byte {
	var b bytes.Buffer
	for i := range res.Decisions {
		if d := &res.Decisions[i]; !d.Kept {
			fmt.Fprintf(&b, "%s:%d: %s %s: %s\n", escape(name), lineOf(d), escape(string(d.Kind)), escape(d.Rule), preview(d.Text))
		}
	}
	if b.Len() == 0 {
		fmt.Fprintf(&b, "%s:%d: layout: white space or invisible characters\n", escape(name), differs(before, []byte(res.Text)))
	}
	return b.Bytes()
}

// lineOf is the number of the line that a piece of a text stands in.
func lineOf(d *clean.Decision) (n int) {
	// "line N" or "line N, piece K"; 0 is no line.
	_, _ = fmt.Sscanf(strings.TrimPrefix(d.Where, "line "), "%d", &n)
	return n
}

// differs is the number of the first line that two texts do not share.
func differs(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return bytes.Count(a[:n], []byte("\n")) + 1
}
