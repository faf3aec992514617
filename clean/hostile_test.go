//go:build unix

package clean

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/testdata/hostile"
)

// formatOf is what an input of a shape is.
func formatOf(s hostile.Shape) Format {
	if s.Text {
		return FromText
	}
	return FromHTML
}

// TestHostile: no shape makes the library panic, lose text without a word or
// put out something that is no text; and its steps grow with the input.
func TestHostile(t *testing.T) {
	most := 700 // elements or lines
	if testing.Short() {
		most = 100
	}
	for _, s := range hostile.All() {
		t.Run(strings.ReplaceAll(s.Name, " ", "_"), func(t *testing.T) {
			t.Parallel()
			src := s.Make(min(s.Max, most))
			for _, c := range []*Cleaner{standard(), explaining} {
				res, err := c.Clean(context.Background(), Input{Body: bytes.NewReader(src), Format: formatOf(s)})
				if err != nil {
					t.Fatal(err)
				}
				checkOutput(t, res)
			}
			if utf8.Valid(src) && s.Text {
				checkPlain(t, string(src))
			} else if utf8.Valid(src) {
				checkPage(t, src)
			}
		})
	}
}

// A watchful context notes the longest time between two looks at it, and ends
// at the look of a given number, if that is not 0.
type watchful struct {
	context.Context
	looks, end int
	last       time.Duration
	longest    time.Duration
	place      string // the look before the longest time and the one after it
	before     string
	ended      time.Duration // when it was noticed
	long       []string      // places of longer times than long
}

func (w *watchful) Err() error {
	now := processTime()
	here := caller()
	w.note(now, here)
	w.last, w.before = processTime(), here
	if w.looks++; w.end > 0 && w.looks >= w.end {
		if w.ended == 0 {
			w.ended = now
		}
		return context.Canceled
	}
	return nil
}

// long is how much time between two looks is worth a note.
const long = 15 * time.Millisecond

// note takes down the time since the last look.
func (w *watchful) note(now time.Duration, here string) {
	d, place := now-w.last, w.before+" to "+here
	if d > w.longest {
		w.longest, w.place = d, place
	}
	if d > long {
		w.long = append(w.long, fmt.Sprintf("%v: %s", d.Round(time.Millisecond), place))
	}
}

// caller names the step of the library that looks.
func caller() string {
	var pcs [16]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		f, more := frames.Next()
		if !more {
			return "?"
		}
		if _, name, ok := strings.Cut(f.Function, "/winnow/clean"); ok && !strings.Contains(name, "ended") && !strings.Contains(name, "stopped") {
			return fmt.Sprintf("%s:%d", name, f.Line)
		}
	}
}

var errNone = errors.New("no error")

// watch cleans src and returns the longest time in which nobody looked at the
// context, and the time from its end to the return.
func watch(c *Cleaner, src []byte, from Format, end int) (w *watchful, after time.Duration, err error) {
	w = &watchful{Context: context.Background(), end: end, last: processTime()}
	_, err = c.Clean(w, Input{Body: bytes.NewReader(src), Format: from})
	now := processTime()
	w.note(now, "the end")
	if w.ended > 0 {
		after = now - w.ended
	}
	if err == nil {
		err = errNone
	}
	return w, after, err
}

// BenchmarkCancel reports, for inputs of up to 50 MB, the most work between two
// looks at the context, and the most work after its end, in milliseconds of
// processor time, garbage collection aside. What a caller waits for is the
// sum of both. -bench 'Cancel/NAME' picks shapes.
func BenchmarkCancel(b *testing.B) {
	for _, s := range hostile.All() {
		b.Run(strings.ReplaceAll(s.Name, " ", "_"), func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			defer debug.SetGCPercent(debug.SetGCPercent(-1))
			src := s.Make(s.Max)
			if n := 50_000_000 / (len(src)/s.Max + 1); !s.Packed && n > s.Max {
				src = s.Make(n)
			}
			for b.Loop() {
				runtime.GC()
				w, _, err := watch(standard(), src, formatOf(s), 0)
				gap, worst := w.longest, time.Duration(0)
				for k := range 8 {
					runtime.GC()
					_, after, err := watch(standard(), src, formatOf(s), 1+w.looks*(2*k+1)/16)
					if !errors.Is(err, ErrCanceled) {
						b.Error(err)
					}
					worst = max(worst, after)
				}
				b.ReportMetric(float64(gap.Microseconds())/1000, "ms-between")
				b.ReportMetric(float64(worst.Microseconds())/1000, "ms-after")
				b.ReportMetric(float64(len(src))/1e6, "MB")
				b.Log(strings.Join(w.long, "\n"), err)
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// What was found before the end comes back.
func TestCancelled(t *testing.T) {
	page, _ := hostile.Named("ordinary paragraphs")
	text, _ := hostile.Named("text: prose lines")
	for _, s := range []hostile.Shape{page, text} {
		src := s.Make(600_000)
		w, _, err := watch(standard(), src, formatOf(s), 0)
		if err != errNone {
			t.Fatal(err)
		}
		for _, c := range []*Cleaner{standard(), explaining} {
			for k := range 10 {
				end := 1 + w.looks*k/10
				ctx := &watchful{Context: context.Background(), end: end}
				res, err := c.Clean(ctx, Input{Body: bytes.NewReader(src), Format: formatOf(s)})
				if !errors.Is(err, ErrCanceled) || !errors.Is(err, context.Canceled) {
					t.Fatalf("%s, look %d of %d: error %v", s.Name, end, w.looks, err)
				}
				if res.Verdict == "" {
					continue // the input was not read yet
				}
				checkOutput(t, res)
				if k > 5 && !strings.Contains(res.Text, hostile.Paragraphs[1]) {
					t.Errorf("%s, look %d of %d: the beginning is missing: %.100q", s.Name, end, w.looks, res.Text)
				}
			}
		}
	}
}

// Beyond a limit, what came before is returned with an error.
func TestLimits(t *testing.T) {
	c, err := New(Options{MaxNodes: 500})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"siblings p with words", "text: promos on lines"} {
		s, _ := hostile.Named(name)
		res, err := c.Clean(context.Background(), Input{Body: bytes.NewReader(s.Make(2000)), Format: formatOf(s)})
		if !errors.Is(err, ErrTooMany) || !errors.Is(err, ErrTooLarge) || res == nil || !strings.Contains(res.Text, hostile.Paragraphs[0]) {
			t.Errorf("%s: %v, %v", name, res, err)
		}
		if res, err = c.Clean(context.Background(), Input{Body: bytes.NewReader(s.Make(100)), Format: formatOf(s)}); err != nil || !strings.Contains(res.Text, hostile.Paragraphs[3]) {
			t.Errorf("%s below the limit: %v, %v", name, res, err)
		}
	}
	if c, err = New(Options{MaxBytes: 1 << 20}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"one word", "gzip bomb"} {
		s, _ := hostile.Named(name)
		if res, err := c.HTML(context.Background(), bytes.NewReader(s.Make(s.Max)), nil); !errors.Is(err, ErrTooLarge) || !reflect.DeepEqual(res, &Result{}) {
			t.Errorf("%s: %v, %v", name, res, err)
		}
	}
}

// TestBehindTable: an article goes on behind a table, however large.
func TestBehindTable(t *testing.T) {
	for _, name := range []string{"cells of a row", "rows of a table", "colspan bombs"} {
		s, _ := hostile.Named(name)
		for _, n := range []int{10, 100, 5000} {
			res, err := standard().HTML(context.Background(), bytes.NewReader(s.Make(n)), nil)
			if err != nil {
				t.Fatal(err)
			}
			if kept := hostile.Kept(res.Text); kept < 1 {
				t.Errorf("%s, %d: %.2f of the article kept", name, n, kept)
			}
		}
	}
}

// Paragraphs behind a mass of what is hardly content stay.
func TestBehindMasses(t *testing.T) {
	if testing.Short() {
		t.Skip("not with -short: 125,000 elements")
	}
	for _, name := range []string{"nested div", "nested lists", "links"} {
		s, _ := hostile.Named(name)
		r, err := HTML(bytes.NewReader(s.Make(125_000)), nil)
		if err != nil {
			t.Fatal(name, err)
		}
		if kept := hostile.Kept(r.Text); kept < 1 {
			t.Errorf("%s: %.2f of the article kept", name, kept)
		}
	}
}

// A page that is too long for the second model has reasons, too.
func TestLongReasons(t *testing.T) {
	c, err := New(Options{Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	s, _ := hostile.Named("nested div")
	r, err := c.HTML(t.Context(), bytes.NewReader(s.Make(6000)), nil)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(r.Decisions, func(d Decision) bool { return d.Text == hostile.Paragraphs[3] })
	if i < 0 || r.Decisions[i].Rule != ByModel || len(r.Decisions[i].Reasons) == 0 {
		t.Errorf("no reasons for the last paragraph: %+v", r.Decisions[max(i, 0)])
	}
}

// TestDeep: of a tree that was parsed elsewhere, elements nested deeper than the
// limit count as siblings, and nothing is lost.
func TestDeep(t *testing.T) {
	if testing.Short() {
		t.Skip("not with -short: 50,000 elements, one in another")
	}
	body := &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"}
	at := body
	const depth = 50_000
	for i := range depth {
		n := &html.Node{Type: html.ElementNode, DataAtom: atom.Div, Data: "div"}
		n.AppendChild(&html.Node{Type: html.TextNode, Data: fmt.Sprintf("Boat %d came in at noon, and it left again before it was dark. ", i)})
		at.AppendChild(n)
		at = n
	}
	var kept strings.Builder
	res, err := explaining.Document(context.Background(), goquery.NewDocumentFromNode(body), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range res.Decisions {
		kept.WriteString(d.Text)
	}
	if n := strings.Count(kept.String(), "Boat "); n != depth {
		t.Errorf("%d of %d elements in the report", n, depth)
	}
}
