package meta

import (
	"testing"
	"time"
)

// warm: each page parsed, then Extract repeated.
func BenchmarkZZ(b *testing.B) {
	pages := corpus(b, "wcxb-dev")
	b.ReportAllocs()
	var parse, ext, col, ld time.Duration
	b.ResetTimer()
	b.StopTimer()
	for n := 0; n < b.N; n++ {
		for i := 0; i < len(pages); i += max(len(pages)/120, 1) {
			best := [4]time.Duration{time.Hour, time.Hour, time.Hour, time.Hour}
			r, u := pages[i].parse(b)
			for range 4 {
				t := time.Now()
				pages[i].parse(b)
				best[0] = min(best[0], time.Since(t))
			}
			var f *facts
			for range 8 {
				b.StartTimer()
				t := time.Now()
				Extract(r, u, nil)
				best[1] = min(best[1], time.Since(t))
				b.StopTimer()
				t = time.Now()
				f = collect(r)
				best[2] = min(best[2], time.Since(t))
				t = time.Now()
				readLinked(f.scripts)
				best[3] = min(best[3], time.Since(t))
			}
			parse += best[0]
			ext += best[1]
			col += best[2]
			ld += best[3]
		}
	}
	b.ReportMetric(100*float64(ext)/float64(parse), "%all")
	b.ReportMetric(100*float64(col)/float64(parse), "%collect")
	b.ReportMetric(100*float64(ld)/float64(parse), "%ld")
}
