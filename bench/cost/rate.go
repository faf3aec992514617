package cost

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/winnowtext/winnow/bench/peers"
)

// A Rate is throughput with some workers, in wall time.
type Rate struct {
	Workers int     `json:"workers"`
	Pages   float64 `json:"pages"` // per second
	MB      float64 `json:"mb"`    // of input, per second
}

// rateTime is how long a rate is measured at least.
const rateTime = time.Second

// Throughput runs a peer over the pages with as many processors as workers,
// as often as rateTime takes.
func Throughput(p peers.Peer, pages []Page, workers int) Rate {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(workers))
	p.Text(pages[0].In)
	runtime.GC()
	done, size := 0, 0
	start := time.Now()
	for done == 0 || time.Since(start) < rateTime {
		var next atomic.Int64
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				for i := next.Add(1) - 1; i < int64(len(pages)); i = next.Add(1) - 1 {
					p.Text(pages[i].In)
				}
			})
		}
		wg.Wait()
		for _, page := range pages {
			done++
			size += len(page.In.Bytes)
		}
	}
	s := time.Since(start).Seconds()
	return Rate{workers, float64(done) / s, float64(size) / s / 1e6}
}
