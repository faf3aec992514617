//go:build unix

package clean

import (
	"bytes"
	"context"
	"errors"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/winnowtext/winnow/testdata/hostile"
)

// soakInput is one of what the goroutines clean, and the text of it.
type soakInput struct {
	src  []byte
	from Format
	want string
	err  error
}

// soakInputs are the pages of testdata and all hostile shapes, small ones.
func soakInputs(tb testing.TB, c *Cleaner) []soakInput {
	var ins []soakInput
	for _, file := range folders(tb, "../testdata/html/*/page.html") {
		src, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		ins = append(ins, soakInput{src: src, from: FromHTML})
	}
	for _, s := range hostile.All() {
		ins = append(ins, soakInput{src: s.Make(min(200, s.Max)), from: formatOf(s)})
	}
	for i := range ins {
		in := &ins[i]
		res, err := c.Clean(context.Background(), Input{Body: bytes.NewReader(in.src), Format: in.from})
		in.err, in.want = err, res.Text
	}
	return ins
}

// soak lets 64 goroutines share a Cleaner until each has had its rounds, and
// compares what comes out with what one alone makes of it. One call in eight is
// cancelled on its way.
func soak(tb testing.TB, c *Cleaner, ins []soakInput, rounds int) {
	const goroutines = 64
	var wg sync.WaitGroup
	var wrong atomic.Int64
	for g := range goroutines {
		wg.Go(func() {
			for k := range rounds {
				in := &ins[(g*37+k*11)%len(ins)]
				if k%8 == 7 {
					ctx, cancel := context.WithTimeout(context.Background(), time.Duration(k%50)*20*time.Microsecond)
					if _, err := c.Clean(ctx, Input{Body: bytes.NewReader(in.src), Format: in.from}); err != nil && !errors.Is(err, ErrTimeout) && !errors.Is(err, ErrCanceled) && in.err == nil {
						wrong.Add(1)
					}
					cancel()
					continue
				}
				res, err := c.Clean(context.Background(), Input{Body: bytes.NewReader(in.src), Format: in.from})
				if (err == nil) != (in.err == nil) || res.Text != in.want {
					wrong.Add(1)
				}
			}
		})
	}
	wg.Wait()
	if n := wrong.Load(); n > 0 {
		tb.Errorf("%d results differ from those of one goroutine alone", n)
	}
}

// heapMB is what is in use after everything that can go is gone.
func heapMB() float64 {
	// Pools keep their things over one collection.
	for range 3 {
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

// goroutines counts them once those that are about to end had a second for it.
func goroutines(most int) int {
	n := runtime.NumGoroutine()
	for end := time.Now().Add(time.Second); n > most && time.Now().Before(end); n = runtime.NumGoroutine() {
		time.Sleep(time.Millisecond)
	}
	return n
}

// TestSoak is a short soak; with the race detector it is the one that counts.
func TestSoak(t *testing.T) {
	if testing.Short() {
		t.Skip("not with -short: 64 goroutines clean all there is, over and over")
	}
	c, err := New(Options{Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	ins := soakInputs(t, c)
	before := runtime.NumGoroutine()
	soak(t, c, ins, 20)
	if after := goroutines(before); after > before {
		t.Errorf("%d goroutines before, %d after", before, after)
	}
}

// BenchmarkSoak is a long one: -benchtime 10m. An operation is 64 goroutines
// with 40 inputs each. It reports the memory in use after the first tenth and
// at the end, and fails when that grew or a goroutine stayed.
func BenchmarkSoak(b *testing.B) {
	c, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	ins := soakInputs(b, c)
	soak(b, c, ins, 40)
	start, before := heapMB(), runtime.NumGoroutine()
	cleaned := 0
	for b.Loop() {
		soak(b, c, ins, 40)
		cleaned += 64 * 40
	}
	end, after := heapMB(), goroutines(before)
	b.ReportMetric(start, "MB-begin")
	b.ReportMetric(end, "MB-end")
	b.ReportMetric(float64(after-before), "goroutines-left")
	b.ReportMetric(float64(cleaned), "inputs")
	if end > start+1 || after > before {
		b.Errorf("%.2f MB and %d goroutines at the beginning, %.2f MB and %d at the end", start, before, end, after)
	}
}
