package browser

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/winnowtext/winnow/clean"
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
