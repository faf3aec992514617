package browser

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/report"
)

func bigReport(t testing.TB) (source, []byte) {
	t.Helper()
	s := cleaned(t, explaining(t, clean.Options{}), "big.html", bigPage(5<<20))
	return s, reportOf(t, s)
}

// TestBig: the report about a page of 5 MB can be used before all of it is laid
// out, and works to its end.
func TestBig(t *testing.T) {
	b := openTab(t)
	s, report := bigReport(t)
	n := len(s.res.Decisions)
	b.do(chromedp.Navigate(file(t, report)))
	b.until(`document.querySelectorAll('.list [data-i]').length > 100`)
	b.filled()
	if got := eval[int](b, `document.querySelectorAll('.list [data-i]').length`); got != n {
		t.Fatalf("%d pieces, want %d", got, n)
	}
	b.exec(fmt.Sprintf(`document.getElementById('p%d').click()`, n-1))
	if got := eval[float64](b, `(() => { const r = document.querySelector('.page').getBoundingClientRect(), e = document.querySelector('[aria-selected=true]').getBoundingClientRect(); return e.top - r.bottom; })()`); got > 0 {
		t.Errorf("the last piece is %v pixels below the window", got)
	}
	b.keys("f") // opens the bands
	b.exec(`document.querySelector('.chip[data-kind="kept"]').click()`)
	kept := 0
	for _, d := range s.res.Decisions {
		if d.Kept {
			kept++
		}
	}
	if got := len(b.shown()); got != n-kept {
		t.Errorf("%d pieces in sight without the kept ones, want %d", got, n-kept)
	}
}

// BenchmarkOpen is how long a report about a page of 5 MB takes from the call to
// the first pieces on the screen and until all of it is there.
func BenchmarkOpen(b *testing.B) {
	s, report := bigReport(b)
	tab := openTab(b)
	address := file(b, report)
	var first, all time.Duration
	for b.Loop() {
		start := time.Now()
		tab.do(chromedp.Navigate(address))
		// Two frames after the pieces are there, they are on the screen.
		tab.until(`document.querySelectorAll('.list [data-i]').length > 100`)
		tab.exec(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))`)
		first += time.Since(start)
		tab.filled()
		all += time.Since(start)
		tab.do(chromedp.Navigate("about:blank"))
	}
	b.ReportMetric(float64(first.Milliseconds())/float64(b.N), "ms-first")
	b.ReportMetric(float64(all.Milliseconds())/float64(b.N), "ms-all")
	b.ReportMetric(float64(len(s.res.Decisions)), "pieces")
	b.ReportMetric(float64(len(report))/1e6, "MB")
}

// manyReport is a report about so many invented pages of some 40 KB.
func manyReport(t testing.TB, n int) []byte {
	t.Helper()
	c := explaining(t, clean.Options{})
	var all bytes.Buffer
	r := report.New(&all, report.Options{})
	var variants []source
	for k := range 8 {
		variants = append(variants, cleaned(t, c, "", bigPage(25<<10+k*4<<10)))
	}
	for i := range n {
		s := variants[i%len(variants)]
		if err := r.AddTimed(fmt.Sprintf("crawl/site-%d/page-%d.html", i%37, i), s.res, nil, time.Duration(i%50)*time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return all.Bytes()
}

// BenchmarkMany is how long a report about 2,000 files takes from the call until its
// picture of the run is on the screen, and a file of it.
func BenchmarkMany(b *testing.B) {
	data := manyReport(b, 2000)
	tab := openTab(b)
	address := file(b, data)
	var first, one time.Duration
	for b.Loop() {
		start := time.Now()
		tab.do(chromedp.Navigate(address))
		tab.until(`document.querySelectorAll('.files li').length === 2000 && document.querySelector('.run .bars') !== null`)
		tab.exec(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))`)
		first += time.Since(start)
		start = time.Now()
		tab.exec(`document.querySelector('.files li:nth-child(1000) button').click()`)
		tab.filled()
		one += time.Since(start)
		tab.do(chromedp.Navigate("about:blank"))
	}
	b.ReportMetric(float64(first.Milliseconds())/float64(b.N), "ms-picture")
	b.ReportMetric(float64(one.Milliseconds())/float64(b.N), "ms-file")
	b.ReportMetric(float64(len(data))/1e6, "MB")
}

// BenchmarkScroll is the longest frame while a report about a page of 200 KB is
// scrolled from its beginning to its end.
func BenchmarkScroll(b *testing.B) {
	s := cleaned(b, explaining(b, clean.Options{}), "page.html", bigPage(200<<10))
	tab := openTab(b)
	tab.screen(1280, 800, "light")
	tab.open(file(b, reportOf(b, s)))
	var worst, mean float64
	for b.Loop() {
		frames := eval[[]float64](tab, `new Promise((done) => {
			const pane = document.querySelector('.pane.page');
			const frames = [];
			pane.scrollTop = 0;
			let last = performance.now();
			const next = (now) => {
				frames.push(now - last);
				last = now;
				pane.scrollTop += 400;
				if (pane.scrollTop + pane.clientHeight + 2 < pane.scrollHeight) requestAnimationFrame(next);
				else done(frames.slice(1));
			};
			requestAnimationFrame(next);
		})`)
		sum := 0.0
		for _, f := range frames {
			worst = max(worst, f)
			sum += f
		}
		mean = sum / float64(len(frames))
	}
	b.ReportMetric(worst, "ms-longest-frame")
	b.ReportMetric(mean, "ms-frame")
}
