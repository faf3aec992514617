package browser

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/winnowtext/winnow/clean"
)

// choose opens a file of the report by its name.
func (b *tab) choose(name string) {
	b.t.Helper()
	if !eval[bool](b, fmt.Sprintf(`(() => { const x = [...document.querySelectorAll('.files li button')].find((e) => e.querySelector('.name').title === %s); if (x) x.click(); return Boolean(x); })()`, quote(name))) {
		b.t.Fatalf("no file %s in the list", name)
	}
	b.filled()
}

// openFirst opens a report and shows the first of its files with all bands open.
func (b *tab) openFirst(url, name string) {
	b.t.Helper()
	b.open(url)
	b.exec(`document.querySelector('.files') && [...document.querySelectorAll('.files li button')].find((e) => e.querySelector('.name').title === ` + quote(name) + `).click()`)
	b.filled()
	b.unfold()
}

// unfold opens all bands.
func (b *tab) unfold() {
	b.t.Helper()
	b.exec(`document.querySelectorAll('.band.folded .band-head').forEach((e) => e.click())`)
}

// shown lists the pieces in sight, by number.
func (b *tab) shown() []int {
	b.t.Helper()
	return eval[[]int](b, `[...document.querySelectorAll('.list [data-i]')].filter((e) => getComputedStyle(e).display !== 'none').map((e) => Number(e.dataset.i))`)
}

// marked lists the pieces of a class.
func (b *tab) marked(class string) []int {
	b.t.Helper()
	return eval[[]int](b, `[...document.querySelectorAll('.list .`+class+`')].map((e) => Number(e.dataset.i))`)
}

func (b *tab) textOf(selector string) string {
	b.t.Helper()
	return eval[string](b, `document.querySelector(`+quote(selector)+`).innerText`)
}

// TestPages: a report about five pages shows for each its text as cleaned,
// every piece in order, verdict, score and counts.
func TestPages(t *testing.T) {
	b := openTab(t)
	all := sources(t)
	b.open(file(t, reportOf(t, all...)))
	if n := eval[int](b, `document.querySelectorAll('.files li').length`); n != len(all) {
		t.Fatalf("%d files in the list, want %d", n, len(all))
	}
	for _, s := range all {
		b.choose(s.name)
		ds := s.res.Decisions
		type piece struct {
			Text, Kind string
			Gone       bool
		}
		got := eval[[]piece](b, `[...document.querySelectorAll('.list [data-i]')].map((e) => ({Text: e.textContent, Kind: e.dataset.kind, Gone: e.classList.contains('gone')}))`)
		if len(got) != len(ds) {
			t.Fatalf("%s: %d pieces, want %d", s.name, len(got), len(ds))
		}
		for i, d := range ds {
			kind := string(d.Kind)
			if d.Kept && kind == "" {
				kind = "kept"
			}
			if squeezed(got[i].Text) != squeezed(d.Text) || got[i].Gone == d.Kept || got[i].Kind != kind {
				t.Errorf("%s: piece %d is %v, want %+v", s.name, i, got[i], d)
			}
		}
		lines := eval[[]string](b, `[...document.querySelectorAll('.article .text .line')].map((e) => e.textContent)`)
		if got, want := squeezed(strings.Join(lines, "\n")), squeezed(s.res.Text); got != want {
			t.Errorf("%s: the article is\n%s\nwant\n%s", s.name, got, want)
		}
		summary := squeezed(b.textOf(".summary"))
		for _, want := range []string{string(s.res.Verdict), fmt.Sprintf("score %.2f", s.res.Score), fmt.Sprintf("of %d pieces", len(ds))} {
			if !strings.Contains(summary, want) {
				t.Errorf("%s: %q is not in %q", s.name, want, summary)
			}
		}
		if s.res.Title != "" && !strings.Contains(eval[string](b, `document.querySelector('.summary dl').textContent`), s.res.Title) {
			t.Errorf("%s: the title is not in the metadata", s.name)
		}
	}
	// The list of files has a search.
	b.do(chromedp.SendKeys(chromedp.CSS("#files"), "arabic"))
	if got := eval[[]string](b, `[...document.querySelectorAll('.files li:not([hidden]) .name')].map((e) => e.textContent)`); !slices.Equal(got, []string{"html/arabic-rtl/page.html"}) {
		t.Errorf("the search finds %v", got)
	}
}

// wanted lists the pieces that a filter should leave in sight.
func wanted(ds []clean.Decision, ok func(kind, text string) bool) []int {
	list := []int{}
	for i, d := range ds {
		kind := string(d.Kind)
		if d.Kept && kind == "" {
			kind = "kept"
		}
		if ok(kind, d.Text) {
			list = append(list, i)
		}
	}
	return list
}

func TestFilter(t *testing.T) {
	b := openTab(t)
	s := sources(t)[0]
	b.open(file(t, reportOf(t, s)))
	ds := s.res.Decisions
	same := func(what string, ok func(kind, text string) bool) {
		t.Helper()
		want := wanted(ds, ok)
		if got := b.shown(); !slices.Equal(got, want) {
			t.Errorf("%s: pieces %v in sight, want %v", what, got, want)
		}
	}
	b.unfold()
	same("at first", func(string, string) bool { return true })
	chip := func(kind string) { b.click(`.chip[data-kind="` + kind + `"]`) }
	chip("nav")
	same("without nav", func(kind, _ string) bool { return kind != "nav" })
	if got := eval[string](b, `document.querySelector('.chip[data-kind="nav"]').getAttribute('aria-pressed')`); got != "false" {
		t.Errorf("the chip is pressed: %s", got)
	}
	chip("hidden")
	same("without nav and hidden", func(kind, _ string) bool { return kind != "nav" && kind != "hidden" })
	chip("nav")
	same("without hidden", func(kind, _ string) bool { return kind != "hidden" })
	b.press("Removed")
	same("removed", func(kind, _ string) bool { return kind != "kept" })
	b.press("All")
	b.exec(`document.querySelector('.chip[data-kind="related"]').dispatchEvent(new MouseEvent('click', {shiftKey: true, bubbles: true}))`)
	same("related alone", func(kind, _ string) bool { return kind == "related" })
	b.press("All")
	b.do(chromedp.SendKeys(chromedp.CSS("#find"), "canal"))
	same("found", func(_, text string) bool { return strings.Contains(strings.ToLower(text), "canal") })
}

var (
	share   = regexp.MustCompile(`(^|[^\w.])(0\.\d\d|1\.00)($|[^\w.])`)
	density = regexp.MustCompile(`link density (\d+ %)( in the)?`)
)

// plainly is a reason as reports say it.
func plainly(s string) string {
	s = share.ReplaceAllStringFunc(s, func(m string) string {
		p := share.FindStringSubmatch(m)
		x, _ := strconv.ParseFloat(p[2], 64)
		return fmt.Sprintf("%s%.0f %%%s", p[1], x*100, p[3])
	})
	return density.ReplaceAllStringFunc(s, func(m string) string {
		p := density.FindStringSubmatch(m)
		if p[2] == "" {
			return "links make up " + p[1] + " of it"
		}
		return "links make up " + p[1] + " of the"
	})
}

// TestHover: the reasons of a piece show when the pointer is on it, and when
// it has the focus.
func TestHover(t *testing.T) {
	b := openTab(t)
	s := sources(t)[0]
	b.open(file(t, reportOf(t, s)))
	b.unfold()
	check := func(how string, i int) {
		t.Helper()
		d := s.res.Decisions[i]
		got := squeezed(b.textOf("#why"))
		want := []string{d.Where, squeezed(d.Text)[:min(40, len(squeezed(d.Text)))]}
		if d.Kept {
			want = append(want, "Kept")
		} else {
			want = append(want, "Removed", string(d.Kind))
		}
		if d.Rule == clean.ByModel {
			want = append(want, fmt.Sprintf("model %.3f", d.P), fmt.Sprintf("threshold %.3f", d.Threshold))
		} else {
			want = append(want, d.Rule)
		}
		for _, r := range d.Reasons {
			want = append(want, plainly(r.Text))
		}
		for _, w := range want {
			if !strings.Contains(got, squeezed(w)) {
				t.Errorf("%s piece %d: %q is not in %q", how, i, w, got)
			}
		}
	}
	// The first piece, the last one, and one of each sort of decision.
	ds := s.res.Decisions
	look := []int{0, len(ds) - 1}
	for _, sort := range []func(d clean.Decision) bool{
		func(d clean.Decision) bool { return !d.Kept && d.Rule != clean.ByModel },
		func(d clean.Decision) bool { return !d.Kept && d.Rule == clean.ByModel },
		func(d clean.Decision) bool { return d.Kept && d.Rule == clean.ByModel },
	} {
		i := slices.IndexFunc(ds, sort)
		if i < 0 {
			t.Fatal("the page does not have all sorts of decisions")
		}
		look = append(look, i)
	}
	for _, i := range look {
		at := eval[[]float64](b, fmt.Sprintf(`(() => { const e = document.getElementById('p%d'); e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect(); return [r.left + 8, r.top + 8]; })()`, i))
		for range 2 { // a pointer that rests points at nothing
			at[0]++
			b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0], at[1]))
		}
		check("pointing at", i)
	}
	b.exec(`document.getElementById('p0').focus()`)
	check("focus on", 0)
	b.keys(kb.ArrowDown, kb.ArrowDown)
	check("arrows to", 2)
	// A kept piece is shown in the article, too.
	b.keys(kb.End, kb.Home)
	kept := slices.IndexFunc(s.res.Decisions, func(d clean.Decision) bool { return d.Kept })
	b.exec(fmt.Sprintf(`document.getElementById('p%d').click()`, kept))
	if got := b.textOf(".article .current"); squeezed(got) != squeezed(s.res.Decisions[kept].Text) {
		t.Errorf("the article shows %q", got)
	}
}

// TestThreshold: the slider shows what another threshold of the model would
// change, and says how much.
func TestThreshold(t *testing.T) {
	b := openTab(t)
	all := sources(t)
	b.open(file(t, reportOf(t, all...)))
	logit := func(p float64) float64 { return math.Log(math.Max(p, 1e-6) / math.Max(1-p, 1e-6)) }
	for _, s := range all {
		b.choose(s.name)
		usual := eval[float64](b, `Number(document.querySelector('.value').textContent)`)
		base := 0.0
		for _, d := range s.res.Decisions {
			if math.Abs(d.Threshold-usual) < .0006 {
				base = d.Threshold
			}
		}
		if base == 0 {
			t.Fatalf("%s: no piece has the threshold %v that the slider starts from", s.name, usual)
		}
		for _, to := range []float64{.2, .95, .01, .5} {
			b.exec(fmt.Sprintf(`(() => { const s = document.getElementById('threshold'); s.value = %v; s.dispatchEvent(new Event('input')); })()`, to))
			goes, comes, words := []int{}, []int{}, 0
			for i, d := range s.res.Decisions {
				if d.Rule != clean.ByModel || d.Threshold < 1.5e-6 {
					continue
				}
				p, th := math.Round(d.P*1e6)/1e6, math.Round(d.Threshold*1e6)/1e6
				keeps := logit(p)-logit(th) >= logit(to)-logit(math.Round(base*1e6)/1e6)
				switch {
				case keeps && !d.Kept:
					comes = append(comes, i)
					words += len(strings.Fields(d.Text))
				case !keeps && d.Kept:
					goes = append(goes, i)
				}
			}
			if got := b.marked("comes"); !slices.Equal(got, comes) {
				t.Errorf("%s at %v: %v would come back, want %v", s.name, to, got, comes)
			}
			if got := b.marked("goes"); !slices.Equal(got, goes) {
				t.Errorf("%s at %v: %v would go, want %v", s.name, to, got, goes)
			}
			said := squeezed(b.textOf("#moved"))
			if len(comes) > 0 && !strings.Contains(said, fmt.Sprintf("(%d word", words)) {
				t.Errorf("%s at %v: it says %q, want %d words", s.name, to, said, words)
			}
			ghosts := eval[[]int](b, `[...document.querySelectorAll('.article .text .comes')].map((e) => Number(e.dataset.i))`)
			if !slices.Equal(ghosts, comes) {
				t.Errorf("%s at %v: the article shows %v, want %v", s.name, to, ghosts, comes)
			}
			if struck := eval[int](b, `document.querySelectorAll('.article .text .goes').length`); (struck > 0) != (len(goes) > 0) {
				t.Errorf("%s at %v: %d lines and pieces struck out, of %d pieces", s.name, to, struck, len(goes))
			}
		}
		b.press("Reset")
		if n := len(b.marked("comes")) + len(b.marked("goes")); n > 0 {
			t.Errorf("%s: %d pieces marked after a reset", s.name, n)
		}
	}
	// The keys do the same.
	b.exec(`document.getElementById('p0').focus()`)
	b.keys("-", "-")
	if got := b.textOf("#moved"); !strings.Contains(got, "would") {
		t.Errorf("two keys down, it says %q", got)
	}
}

// TestKeyboard: everything can be done without a pointer.
func TestKeyboard(t *testing.T) {
	b := openTab(t)
	all := sources(t)
	b.openFirst(file(t, reportOf(t, all...)), all[0].name)
	b.keys(kb.Home)
	focus := func() string { return eval[string](b, `document.activeElement.id`) }
	want := func(what, id string) {
		t.Helper()
		if got := focus(); got != id {
			t.Errorf("%s: the focus is on %q, want %q", what, got, id)
		}
	}
	b.exec(`document.activeElement.blur(); document.querySelector('.theme').focus()`)
	for range 60 {
		if b.keys(kb.Tab); focus() == "p0" {
			break
		}
	}
	want("by tabs", "p0")
	b.keys(".", ".")
	want("next removed", "p2")
	b.keys(kb.Enter)
	want("enter", "copy")
	b.keys(kb.Escape)
	want("escape", "p2")
	b.keys("/")
	want("slash", "find")
	b.keys(kb.Escape)
	want("escape", "p2")
	b.keys("]")
	b.filled()
	if got := b.textOf("#file"); got == all[0].name || got == "" {
		t.Errorf("the next file is %q", got)
	}
	b.keys("?")
	if !eval[bool](b, `document.querySelector('dialog').open`) {
		t.Error("no help")
	}
	b.keys(kb.Escape)
	if eval[bool](b, `document.querySelector('dialog').open`) {
		t.Error("the help stays")
	}
}
