//go:build unix

package line

import (
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// growing are texts that are made long by repeating them.
var growing = map[string]string{
	"article":     benchText,
	"one line":    strings.ReplaceAll(benchText, "\n", " "),
	"glued":       strings.Repeat(strings.ReplaceAll(benchText, "\n", ""), 3) + "\n",
	"one piece":   strings.Repeat("the ferry left at noon and ", 400),
	"one word":    strings.Repeat("noon", 2500),
	"labels":      strings.Repeat("Share Tweet Home ", 600),
	"short lines": strings.Repeat("a\n", 5000),
	"numbers":     strings.Repeat("2015-09-18 21:38 ", 600),
	"capitals":    strings.Repeat("AbCdEf", 2000),
	"names":       strings.Repeat("By Jane Doe ", 800),
	"residue":     strings.Repeat("Contact us\nHome\n", 600),
	"asides":      strings.Repeat("x (opens in a new tab) ", 500),
	"tags":        strings.Repeat("<b>noon</b> <br> <img src=\"/a/b/c/d.png\"> ", 300),
}

// Eight times a text is eight times the work, by the looks at the context.
func TestGrowth(t *testing.T) {
	set, m := builtin(t), embedded(t)
	for name, unit := range growing {
		looks := func(n int) int {
			var clock work.Clock
			const most = 1 << 30
			ctx := &endAfter{t.Context(), most}
			clock.Start(ctx)
			mem := Memory{Clock: &clock}
			lines := mem.Split(strings.Repeat(unit, n), set)
			mem.Clean(m, lines, set, "")
			mem.Join(lines)
			return most - ctx.left
		}
		if small, large := looks(2), looks(16); large > 8*small*3/2+20 {
			t.Errorf("%s: %d looks, and %d at eight times the text", name, small, large)
		}
	}
}

// BenchmarkGrowth reports what eight times a text costs in times the text, by
// the time on processors: 8 is linear, 64 quadratic.
func BenchmarkGrowth(b *testing.B) {
	set := builtin(b)
	for name, unit := range growing {
		b.Run(name, func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			took := func(n, times int) time.Duration {
				text := strings.Repeat(unit, n)
				runtime.GC()
				start := processTime()
				for range times {
					runWith(embedded(b), set, text)
				}
				return processTime() - start
			}
			took(8, 1)
			var small, large time.Duration
			for b.Loop() {
				small += took(1, 32)
				large += took(8, 4)
			}
			b.ReportMetric(8*float64(large)/float64(small), "x-for-8x")
		})
	}
}

// processTime is the processor time that the process took so far.
func processTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
