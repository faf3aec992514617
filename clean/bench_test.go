//go:build unix

package clean

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/winnowtext/winnow/clean/internal/article"
	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/pagetype"
	"golang.org/x/net/html"
)

// A benchPage is a page to clean and its address.
type benchPage struct {
	src  []byte
	page *url.URL
}

// benchPages are the pages of testdata and, when WINNOW_CORPORA names the
// folder of packed corpora, all pages of those or every n-th.
func benchPages(b *testing.B, all bool) map[string][]benchPage {
	b.Helper()
	sets := map[string][]benchPage{}
	files, err := filepath.Glob("../testdata/html/*/page.html")
	if err != nil || len(files) == 0 {
		b.Fatal("no pages in testdata", err)
	}
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		sets["testdata"] = append(sets["testdata"], benchPage{src, nil})
	}
	dir := os.Getenv("WINNOW_CORPORA")
	if dir == "" {
		return sets
	}
	for name, every := range map[string]int{"wcxb-dev": 10, "fundus-dev": 2} {
		if all {
			every = 1
		}
		pages, err := corpus.Read(dir, name)
		if err != nil {
			b.Fatal(err)
		}
		for i := 0; i < len(pages); i += every {
			src, err := pages[i].Bytes()
			if err != nil {
				b.Fatal(err)
			}
			u, _ := url.Parse(pages[i].URL)
			sets[name] = append(sets[name], benchPage{src, u})
		}
	}
	return sets
}

// BenchmarkPage compares Cleaner.HTML with a bare html.Parse of the same
// bytes, page by page in turn, by the time the process had on processors:
//
//	x-parse    time of HTML / time of Parse, the sums of all pages
//	x-p99      the same of a single page: 99 % of the pages are below it
//	x-bytes    bytes allocated
//	x-allocs   allocations
//
// A garbage collection counts for what it interrupts; x-p99 takes the fastest
// of a page's runs, so that it does not tell of collections. Use
// -benchtime 3x or more.
func BenchmarkPage(b *testing.B) {
	c := standard()
	ctx := context.Background()
	for name, pages := range benchPages(b, true) {
		b.Run(name, func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			parse, whole := make([]timing, len(pages)), make([]timing, len(pages))
			var bytesP, bytesW, allocsP, allocsW uint64
			for b.Loop() {
				for i, p := range pages {
					t := processTime()
					if _, err := html.Parse(bytes.NewReader(p.src)); err != nil {
						continue // nested too deep for it
					}
					parse[i].add(processTime() - t)
					t = processTime()
					if _, err := c.HTML(ctx, bytes.NewReader(p.src), p.page); err != nil {
						b.Fatal(err)
					}
					whole[i].add(processTime() - t)
				}
			}
			for _, p := range pages {
				n, m := allocated(func() { _, _ = html.Parse(bytes.NewReader(p.src)) })
				bytesP, allocsP = bytesP+n, allocsP+m
				n, m = allocated(func() { _, _ = c.HTML(ctx, bytes.NewReader(p.src), p.page) })
				bytesW, allocsW = bytesW+n, allocsW+m
			}
			var sumP, sumW time.Duration
			var ratios []float64
			for i := range pages {
				if parse[i].sum > 0 {
					sumP, sumW = sumP+parse[i].sum, sumW+whole[i].sum
					ratios = append(ratios, float64(whole[i].best)/float64(parse[i].best))
				}
			}
			slices.Sort(ratios)
			b.ReportMetric(float64(sumW)/float64(sumP), "x-parse")
			b.ReportMetric(ratios[len(ratios)*99/100], "x-p99")
			b.ReportMetric(float64(bytesW)/float64(bytesP), "x-bytes")
			b.ReportMetric(float64(allocsW)/float64(allocsP), "x-allocs")
			b.ReportMetric(float64(sumP.Microseconds())/float64(len(ratios)*b.N), "µs-parse/page")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// A timing is the time of the runs of one page.
type timing struct{ sum, best time.Duration }

func (t *timing) add(d time.Duration) {
	t.sum += d
	if t.best == 0 || d < t.best {
		t.best = max(d, time.Microsecond)
	}
}

// processTime is the processor time that the process took so far, collections
// on other threads included, which a busy machine does not change.
func processTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// allocated counts the bytes and the objects that work allocates.
func allocated(work func()) (size, n uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	work()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, after.Mallocs - before.Mallocs
}

// BenchmarkStages tells where the time goes, each step in percent of a bare
// html.Parse of the same pages. It follows Cleaner.page and Cleaner.blocks and
// fails when it comes to another text.
func BenchmarkStages(b *testing.B) {
	c := standard()
	ctx := context.Background()
	for name, pages := range benchPages(b, false) {
		b.Run(name, func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			var names []string
			spent := map[string]time.Duration{}
			var t time.Duration
			lap := func(stage string) {
				now := processTime()
				if _, ok := spent[stage]; !ok {
					names = append(names, stage)
				}
				spent[stage] += now - t
				t = processTime()
			}
			for b.Loop() {
				for _, src := range pages {
					t = processTime()
					_, _ = html.Parse(bytes.NewReader(src.src))
					lap("bare")
					w := take(ctx)
					in := &Input{Body: bytes.NewReader(src.src), URL: src.page, Format: FromHTML}
					raw, err := w.charset.Read(in.Body, c.opt.maxBytes())
					if err != nil {
						b.Fatal(err)
					}
					lap("read")
					decoded, _, err := w.charset.Decode(raw, "")
					if err != nil {
						b.Fatal(err)
					}
					lap("decode")
					p := page{workspace: w, in: in, tree: w.dom.Build(decoded, c.cutting())}
					lap("tree")
					p.about = w.meta.Extract(p.tree.Root, in.URL, p.tree.JSONLD)
					lap("meta")
					p.doc = w.blocks.Segment(p.tree.Root, c.segmentOptions(in, p.tree.Sheets))
					lap("segment")
					c.pruneAround(&p)
					block.Prune(p.doc, c.rules)
					lap("prune")
					hints := block.HintsOf(p.about.Heading(), p.about.Description, p.about.Body, p.about.Type)
					block.Measure(p.doc, hints)
					lap("measure")
					c.tellType(&p)
					hints.Other = p.kind != pagetype.Article
					lap("type")
					score := block.Classify(p.doc, c.model, c.point)
					lap("predict")
					block.Context(p.doc, c.rules, hints)
					block.Name(p.doc, c.rules, hints.Title)
					c.applyOptions(&p)
					lap("context")
					rendered := c.render(&p)
					lap("render")
					lines := c.pageLines(&p, rendered)
					c.judge(w, lines, in)
					lap("lines")
					res := c.finishPage(&p, article.OfPage(p.doc, rendered, &p.lines, lines), lines, score).own()
					w.end(new(*Result), new(error))
					lap("finish")
					want, err := c.HTML(ctx, bytes.NewReader(src.src), src.page)
					if err != nil || want.Text != res.Text {
						b.Fatal("the steps differ from those of HTML", err)
					}
				}
			}
			for _, stage := range names[1:] {
				b.ReportMetric(100*float64(spent[stage])/float64(spent["bare"]), fmt.Sprintf("%%-%s", stage))
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// TestReuse: memory that one page leaves to the next never shows in a result,
// whatever options and goroutines take turns.
func TestReuse(t *testing.T) {
	files := folders(t, "../testdata/html/*/page.html")
	plain := standard()
	explain, err := New(Options{Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	clean := func(c *Cleaner, file string) string {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Error(err)
		}
		r, err := c.HTML(context.Background(), bytes.NewReader(src), nil)
		if err != nil {
			t.Error(err)
			return ""
		}
		res := asJSON(r)
		// The next page comes to lie where this one was.
		if _, err := c.HTML(context.Background(), bytes.NewReader(bytes.Repeat([]byte("x "), len(src)/2)), nil); err != nil {
			t.Error(err)
		}
		if asJSON(r) != res {
			t.Errorf("%s: the result changes with the next page", file)
		}
		return res
	}
	want := map[*Cleaner]map[string]string{plain: {}, explain: {}}
	for c := range want {
		for _, f := range files {
			want[c][f] = clean(c, f)
		}
	}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for k := range 2 * len(files) {
				f, c := files[(k*7+g)%len(files)], plain
				if k%3 == 0 {
					c = explain
				}
				if clean(c, f) != want[c][f] {
					t.Errorf("%s: another result the next time", f)
				}
			}
		})
	}
	wg.Wait()
}

// asJSON is all of a result, in a form to compare.
func asJSON(r *Result) string {
	b, err := json.Marshal(r)
	if err != nil {
		return err.Error()
	}
	return string(b)
}
