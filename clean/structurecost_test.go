package clean

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
)

// markedAndPlain are pages of the same words: one with much that structure reads, one
// with paragraphs alone. Pictures are metadata as well, so both have the same.
func markedAndPlain(n int) (marked, plain string) {
	const front, end = "<html><head><title>Rowing to the skerry</title></head><body><article>", "</article></body></html>"
	var m, p strings.Builder
	for i := range n {
		words := fmt.Sprintf("The old boat of house %d leaks a little, and the harbour master of quay %d keeps it where the ferry of %d lay.", i, i+n, 1900+i)
		fmt.Fprintf(&m, `<p>%s <b>Row</b> <i>out</i> <a href="/north?a=%d">north</a> of <code>it</code><sup><a href="#n1">[1]</a></sup></p><blockquote class="admonition note"><p>And %s</p></blockquote>`, words, i, words)
		fmt.Fprintf(&p, `<p>%s <u>Row</u> <u>out</u> <u>north</u> of <u>it</u><u><u>[1]</u></u></p><div><p>And %s</p></div>`, words, words)
	}
	return front + m.String() + end, front + p.String() + end
}

// TestStructureCostsNothing: without structure and comments, a page that has much of
// it takes no more memory than one of the same words that has none.
func TestStructureCostsNothing(t *testing.T) {
	marked, plain := markedAndPlain(200)
	// The fewest of some runs: a garbage collection takes memory away from a run, and
	// the race detector lets a pool forget at random.
	allocs := func(page string) float64 {
		fewest := math.Inf(1)
		for range 20 {
			fewest = min(fewest, testing.AllocsPerRun(1, func() {
				if _, err := standard().HTML(context.Background(), strings.NewReader(page), nil); err != nil {
					t.Fatal(err)
				}
			}))
		}
		return fewest
	}
	with, without := allocs(marked), allocs(plain)
	if with > 1.05*without {
		t.Errorf("%.0f allocations for text of a page with structure, %.0f for one without", with, without)
	}
}

// BenchmarkStructureAllocs is what is allocated for a page with structure, when only
// its text is asked for, when structure is, and when comments are; and, as text of the
// same words without any, what the first is to be.
func BenchmarkStructureAllocs(b *testing.B) {
	marked, plain := markedAndPlain(200)
	for _, run := range []struct {
		name, page string
		o          Options
	}{
		{"plain", plain, Options{}}, {"text", marked, Options{}},
		{"structure", marked, Options{Structure: true}}, {"comments", marked, Options{Comments: true}},
	} {
		c, err := New(run.o)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(run.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := c.HTML(context.Background(), strings.NewReader(run.page), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
