package cost

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/winnowtext/winnow/bench/peers"
)

// The test binary is its own child process. Both go by a clock that only
// burners move: how long they take on a busy machine is no matter here.
func TestMain(m *testing.M) {
	clock = func() float64 { return used }
	if len(os.Args) == 3 && os.Args[1] == "child" {
		p, ok := map[string]peers.Peer{"linear": burner(1), "stuck": {Run: func(in peers.Input) (string, error) { time.Sleep(time.Hour); return "", nil }}}[os.Args[2]]
		if !ok {
			os.Exit(2)
		}
		if err := Serve(os.Stdin, os.Stdout, p); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var used float64 // ms

// burner uses n milliseconds for a thousand bytes.
func burner(n int) peers.Peer {
	return peers.Peer{Name: fmt.Sprint("burner", n), Run: func(in peers.Input) (string, error) {
		used += float64(n*len(in.Bytes)) / 1000
		return "", nil
	}}
}

func somePages(n, size int) (pages []Page) {
	for i := range n {
		pages = append(pages, NewPage(fmt.Sprint(i), peers.Input{Bytes: bytes.Repeat([]byte("x"), size), URL: &url.URL{Scheme: "https", Host: "example.org"}, UTF8: true}))
	}
	return pages
}

func TestPages(t *testing.T) {
	list := []peers.Peer{burner(1), burner(4), {Name: "allocating", Run: func(in peers.Input) (string, error) {
		burner(1).Run(in)
		return strings.Repeat("y", 100_000), nil
	}}}
	ts, err := Pages(context.Background(), somePages(6, 20_000), list, 3)
	if err != nil {
		t.Fatal(err)
	}
	if ts[0].Ratio != 1 || ts[0].P50 != 1 || ts[0].RatioGC != 1 {
		t.Errorf("the floor over itself: %+v", ts[0])
	}
	for _, r := range []float64{ts[1].Ratio, ts[1].Low, ts[1].High, ts[1].P50, ts[1].P99, ts[1].Worst, ts[1].RatioGC} {
		if math.Abs(r-4) > 1e-9 {
			t.Errorf("four times the work: %+v", ts[1])
		}
	}
	if math.Abs(ts[1].MS-80) > 1e-9 {
		t.Errorf("%g ms a page, want 80", ts[1].MS)
	}
	if b := ts[2].Bytes; b < 100_000 || b > 130_000 {
		t.Errorf("allocated %.0f bytes a page, want 100,000", b)
	}
	if b := ts[0].Bytes; b > 10_000 {
		t.Errorf("the floor allocated %.0f bytes a page", b)
	}
}

func TestPagesStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Pages(ctx, somePages(1, 10), []peers.Peer{burner(1)}, 1); err == nil {
		t.Error("no error after the context ended")
	}
}

func TestSeries(t *testing.T) {
	grow := func(src []byte, size int) ([]byte, error) { return bytes.Repeat(src, size/len(src)), nil }
	sizes := []int{10_000, 40_000, 160_000}
	ps, err := Child{os.Args[0], []string{"child", "linear"}}.Series(context.Background(), []byte("x"), sizes, time.Minute, grow)
	if err != nil {
		t.Fatal(err)
	}
	if len(ps) != 3 || ps[0].Size != 10_000 || ps[2].PeakMB <= 0 {
		t.Fatalf("%+v", ps)
	}
	for i, want := range []float64{10, 40, 160} {
		if math.Abs(ps[i].MS-want) > 1e-9 {
			t.Errorf("size %d took %g ms, want %g", ps[i].Size, ps[i].MS, want)
		}
	}
	ps, err = Child{os.Args[0], []string{"child", "stuck"}}.Series(context.Background(), []byte("x"), sizes, 300*time.Millisecond, grow)
	if err != nil || len(ps) != 1 || !ps[0].Cut {
		t.Errorf("a peer that hangs: %+v, %v", ps, err)
	}
	if _, err = (Child{os.Args[0], []string{"child", "unknown"}}).Series(context.Background(), []byte("x"), sizes, time.Minute, grow); err == nil {
		t.Error("no error from a child that fails")
	}
}

// The peak is the child's own, however large its parent is.
func TestPeak(t *testing.T) {
	large := make([]byte, 300<<20)
	for i := 0; i < len(large); i += 4096 {
		large[i] = 1
	}
	mb, err := Child{os.Args[0], []string{"child", "linear"}}.Peak(context.Background(), somePages(2, 1000))
	if err != nil || mb < 1 || mb > 150 {
		t.Errorf("%v MB, %v", mb, err)
	}
	runtime.KeepAlive(large)
}

func TestServe(t *testing.T) {
	var seen []string
	p := peers.Peer{Run: func(in peers.Input) (string, error) {
		seen = append(seen, in.URL.Path+"="+string(in.Bytes))
		return "", nil
	}}
	var in, out bytes.Buffer
	for _, s := range []string{"a", "bb", ""} {
		head, _ := json.Marshal(frame{"https://x.example/" + s, true, len(s)})
		in.Write(append(head, '\n'))
		in.WriteString(s)
	}
	if err := Serve(&in, &out, p); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(seen, " "); got != "/a=a /bb=bb /=" {
		t.Errorf("pages seen: %s", got)
	}
	if err := Serve(strings.NewReader(`{"Size":5}`+"\nab"), &out, p); err == nil {
		t.Error("no error for a torn page")
	}
}

func TestGrowPage(t *testing.T) {
	src := []byte("<html><body><nav><p>one</p></nav><div><p>First.</p><p>Second.</p><ul><li>x</ul></div><footer>end</footer>")
	for _, size := range []int{0, 10_000, 100_000} {
		b, err := GrowPage(src, size)
		if err != nil {
			t.Fatal(err)
		}
		if len(b) < size || len(b) > size+500 {
			t.Errorf("%d bytes, want about %d", len(b), size)
		}
		s := string(b)
		if strings.Count(s, "First. 1<") != 1 || strings.Count(s, "<footer>") != 1 || !strings.HasSuffix(s, "</html>") {
			t.Errorf("grown to %d: %.300s", size, s)
		}
		if size == 0 && strings.Contains(s, "First. 2<") {
			t.Errorf("repeated without need: %s", s)
		}
	}
	if _, err := GrowPage([]byte("<p>only one"), 100); err == nil {
		t.Error("no error for a page without blocks")
	}
}

// The page of the series fits into its smallest size.
func TestSeed(t *testing.T) {
	b, err := GrowPage(Seed, Sizes[0])
	if err != nil || len(b) < Sizes[0] || len(b) > Sizes[0]*3/2 || bytes.Count(b, []byte("opening day")) < 2 {
		t.Errorf("%d bytes, %v", len(b), err)
	}
}

func TestGrowText(t *testing.T) {
	b, err := GrowText([]byte("short\n"+strings.Repeat("long ", 20)), 5000)
	if err != nil || len(b) < 5000 || len(b) > 5200 || !bytes.Contains(b, []byte("long  2\n")) {
		t.Errorf("%d bytes, %v", len(b), err)
	}
}

func TestThroughput(t *testing.T) {
	r := Throughput(peers.Peer{Run: func(peers.Input) (string, error) { time.Sleep(10 * time.Millisecond); return "", nil }}, somePages(4, 1000), 2)
	if r.Workers != 2 || r.Pages <= 0 || r.Pages > 200 || math.Abs(r.MB-r.Pages/1000) > 1e-9 {
		t.Errorf("two workers, 10 ms a page: %+v", r)
	}
}

// Short work is timed over many rounds, the first of them aside.
func TestSteady(t *testing.T) {
	for _, c := range []struct {
		work, first float64
		rounds      int
		want        float64
	}{{2000, 0, 1, 2000}, {900, 90, 2, 900}, {100, 50, 4, 100}} {
		rounds := 0
		ms, _ := Steady(func() {
			if rounds++; rounds == 1 {
				used += c.first
			}
			used += c.work
		}, 1000)
		if rounds != c.rounds || math.Abs(ms-c.want) > 1e-6 {
			t.Errorf("work of %g ms: %d rounds, %g ms", c.work, rounds, ms)
		}
	}
}
