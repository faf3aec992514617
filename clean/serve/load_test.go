package serve

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// clients is how many ask at the same time.
const clients = 64

// A job is a request and what its answer must hold.
type job struct {
	kind string
	body []byte
}

// jobs are all pages of testdata, each as HTML and as JSON, and rows of them.
func jobs(t testing.TB) []job {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("..", "..", "testdata", "html", "*", "page.html"))
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	var all []job
	var rows bytes.Buffer
	for i, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, job{"text/html", data})
		all = append(all, job{"application/json", asJSON(t, map[string]any{"html": string(data), "explain": i%4 == 0})})
		if i < 10 {
			rows.Write(append(asJSON(t, map[string]any{"id": i, "html": string(data)}), '\n'))
		}
	}
	return append(all, job{"application/x-ndjson", rows.Bytes()})
}

// client is one for all clients that keeps their connections.
func client(t testing.TB) *http.Client {
	c := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
	t.Cleanup(c.CloseIdleConnections)
	return c
}

func (j *job) do(c *http.Client, url string) error {
	res, err := c.Post(url+"/clean", j.kind, bytes.NewReader(j.body))
	if err != nil {
		return err
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode != 200 || len(data) < 100 {
		return fmt.Errorf("%d, %.200s", res.StatusCode, data)
	}
	return nil
}

// TestLoad: many clients at once all get their answers, each its own.
func TestLoad(t *testing.T) {
	s, url := started(t, Options{})
	all, c := jobs(t), client(t)
	want := make([][]byte, len(all))
	for i := range all {
		_, want[i] = post(t, url+"/clean", all[i].kind, all[i].body)
	}
	var group sync.WaitGroup
	for k := range clients {
		group.Go(func() {
			for i := range 12 {
				n := (k*7 + i*31) % len(all)
				res, err := c.Post(url+"/clean", all[n].kind, bytes.NewReader(all[n].body))
				if err != nil {
					t.Error(err)
					return
				}
				got, err := io.ReadAll(res.Body)
				res.Body.Close()
				if err != nil || res.StatusCode != 200 || !bytes.Equal(got, want[n]) {
					t.Errorf("client %d: %d, %v: another answer than before", k, res.StatusCode, err)
				}
			}
		})
	}
	group.Wait()
	if n := s.held.Load(); n != 0 {
		t.Errorf("%d bytes are held by nobody", n)
	}
}

// BenchmarkLoad is how the server fares under 64 clients:
//
//	go test -run '^$' -bench Load -benchtime 60s ./clean/serve
//
// Clients and server are one process. It fails when a request does.
func BenchmarkLoad(b *testing.B) {
	_, url := started(b, Options{})
	all, c := jobs(b), client(b)
	var next, peak atomic.Int64
	var mu sync.Mutex
	var took []time.Duration
	stop := make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(100 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak.Store(max(peak.Load(), int64(m.Sys-m.HeapReleased)))
			}
		}
	})
	b.SetParallelism(max(1, clients/runtime.GOMAXPROCS(0)))
	begun := time.Now()
	b.RunParallel(func(p *testing.PB) {
		var own []time.Duration
		for p.Next() {
			j := &all[int(next.Add(1))%len(all)]
			at := time.Now()
			if err := j.do(c, url); err != nil {
				b.Error(err)
				return
			}
			own = append(own, time.Since(at))
		}
		mu.Lock()
		defer mu.Unlock()
		took = append(took, own...)
	})
	total := time.Since(begun)
	close(stop)
	watch.Wait()
	slices.Sort(took)
	if len(took) == 0 {
		return
	}
	at := func(p float64) float64 { return float64(took[int(p*float64(len(took)-1))].Microseconds()) / 1000 }
	b.ReportMetric(at(.5), "ms-p50")
	b.ReportMetric(at(.99), "ms-p99")
	b.ReportMetric(float64(len(took))/total.Seconds(), "requests/s")
	b.ReportMetric(float64(peak.Load())/1e6, "MB-peak")
}
