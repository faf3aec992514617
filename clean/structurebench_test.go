//go:build unix

package clean

import (
	"bytes"
	"context"
	"runtime"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// BenchmarkStructure measures what Markdown and HTML cost over text, in bare parses of
// the same pages: all are done in turn, page by page, on the processor's clock.
func BenchmarkStructure(b *testing.B) {
	text, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	marked, err := New(Options{Structure: true})
	if err != nil {
		b.Fatal(err)
	}
	for name, pages := range benchPages(b, false) {
		b.Run(name, func(b *testing.B) {
			var took [5]time.Duration
			steps := []func(p benchPage){
				func(p benchPage) { _, _ = html.Parse(bytes.NewReader(p.src)) },
				func(p benchPage) { _, _ = text.HTML(context.Background(), bytes.NewReader(p.src), p.page) },
				func(p benchPage) { _, _ = marked.HTML(context.Background(), bytes.NewReader(p.src), p.page) },
				func(p benchPage) {
					if res, err := marked.HTML(context.Background(), bytes.NewReader(p.src), p.page); err == nil {
						_ = res.Markdown()
					}
				},
				func(p benchPage) {
					if res, err := marked.HTML(context.Background(), bytes.NewReader(p.src), p.page); err == nil {
						_ = res.HTML()
					}
				},
			}
			for range b.N {
				for i, p := range pages {
					for k := range steps {
						k = (k + i) % len(steps)
						start := processTime()
						steps[k](p)
						took[k] += processTime() - start
					}
					if i%16 == 0 {
						runtime.GC()
					}
				}
			}
			over := func(k int) float64 { return float64(took[k]-took[1]) / float64(took[0]) }
			b.ReportMetric(float64(took[1])/float64(took[0]), "text/parse")
			b.ReportMetric(over(2), "tree/parse")
			b.ReportMetric(over(3), "md/parse")
			b.ReportMetric(over(4), "html/parse")
			b.ReportMetric(0, "ns/op")
		})
	}
}
