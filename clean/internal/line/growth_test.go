//go:build unix

package line

import (
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkGrowth reports what eight times a text costs in times the text, by
// the time on processors: 8 is linear, 64 quadratic. None of them is longer than
// the longest line that is judged.
func BenchmarkGrowth(b *testing.B) {
	set := builtin(b)
	for name, unit := range map[string]string{
		"article":     benchText,
		"one line":    strings.ReplaceAll(benchText, "\n", " "),
		"glued":       strings.Repeat(strings.ReplaceAll(benchText, "\n", ""), 3) + "\n",
		"labels":      strings.Repeat("Share Tweet Home ", 600),
		"short lines": strings.Repeat("a\n", 5000),
		"numbers":     strings.Repeat("2015-09-18 21:38 ", 600),
		"capitals":    strings.Repeat("AbCdEf", 2000),
		"names":       strings.Repeat("By Jane Doe ", 800),
		"residue":     strings.Repeat("Contact us\nHome\n", 600),
		"asides":      strings.Repeat("x (opens in a new tab) ", 500),
	} {
		b.Run(name, func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			took := func(n, times int) time.Duration {
				text := strings.Repeat(unit, n)
				if len(text) > maxLineBytes && !strings.Contains(text, "\n") {
					b.Fatal("a line that is not judged")
				}
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
