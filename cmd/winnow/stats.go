package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/winnowtext/winnow/clean"
)

// A tally counts what happened to one input or to all of them.
type tally struct {
	verdicts map[clean.Verdict]int
	removed  map[clean.Kind]amount
	in, out  int // words of the visible text, words of the clean text
	kept     int // pieces
}

type amount struct{ pieces, words int }

func newTally() *tally {
	return &tally{verdicts: map[clean.Verdict]int{}, removed: map[clean.Kind]amount{}}
}

// count makes the tally of a result. Without decisions it knows little.
func count(res *clean.Result) tally {
	t := newTally()
	t.verdicts[res.Verdict] = 1
	for _, d := range res.Decisions {
		n := words(d.Text)
		t.in += n
		if d.Kept {
			t.out += n
			t.kept++
			continue
		}
		a := t.removed[d.Kind]
		t.removed[d.Kind] = amount{a.pieces + 1, a.words + n}
	}
	return *t
}

func (t *tally) add(other *tally) {
	for v, n := range other.verdicts {
		t.verdicts[v] += n
	}
	for k, a := range other.removed {
		sum := t.removed[k]
		t.removed[k] = amount{sum.pieces + a.pieces, sum.words + a.words}
	}
	t.in += other.in
	t.out += other.out
	t.kept += other.kept
}

// print writes the tally as one table: inputs by verdict, and their words by what became
// of them, kinds in the order of documentation.
func (t *tally) print(w io.Writer, inputs, failed, before int) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "\tinputs\tpieces\twords\t")
	fmt.Fprintf(tw, "all\t%d\t\t%d\t\n", inputs, t.in)
	if before > 0 {
		fmt.Fprintf(tw, "done before\t%d\t\t\t\n", before)
	}
	if failed > 0 {
		fmt.Fprintf(tw, "failed\t%d\t\t\t\n", failed)
	}
	for _, v := range []clean.Verdict{clean.Article, clean.Partial, clean.Stub, clean.Listing, clean.Empty} {
		if n := t.verdicts[v]; n > 0 {
			fmt.Fprintf(tw, "%s\t%d\t\t\t\n", v, n)
		}
	}
	fmt.Fprintf(tw, "kept\t\t%d\t%d\t\n", t.kept, t.out)
	for _, k := range clean.Kinds() {
		if a := t.removed[k.Kind]; a.pieces > 0 {
			fmt.Fprintf(tw, "%s\t\t%d\t%d\t\n", k.Kind, a.pieces, a.words)
		}
	}
	tw.Flush()
}

// words counts words as wc(1) does.
func words(s string) int {
	n := 0
	for range strings.FieldsSeq(s) {
		n++
	}
	return n
}
