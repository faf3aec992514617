package browser

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/report"
)

// doubtful are the pieces within .1 of their threshold, in order.
func doubtful(ds []clean.Decision) []int {
	var list []int
	for i, d := range ds {
		if d.Rule == clean.ByModel && d.Threshold > 1.5e-6 && math.Abs(d.P-d.Threshold) <= .1 {
			list = append(list, i)
		}
	}
	return list
}

// TestGlance: a report says at once what the page is: it opens at the first kept piece,
// with the headline above, and says what is doubtful, what went and what is missing.
func TestGlance(t *testing.T) {
	b := openTab(t)
	b.screen(1280, 800, "light")
	for _, s := range sources(t) {
		b.open(file(t, reportOf(t, s)))
		ds := s.res.Decisions
		kept := slices.IndexFunc(ds, func(d clean.Decision) bool { return d.Kept })
		at := eval[[]float64](b, fmt.Sprintf(`(() => { const p = document.querySelector('.pane.page').getBoundingClientRect(); const r = document.getElementById('p%d').getBoundingClientRect(); return [r.top - p.top, p.height]; })()`, kept))
		if at[0] < 0 || at[0] > at[1]/2 {
			t.Errorf("%s: the first kept piece is at %v of %v", s.name, at[0], at[1])
		}
		why := squeezed(b.textOf("#why"))
		near := doubtful(ds)
		want := []string{"At a glance", "An article.", "What went", "Missing"}
		if len(near) > 0 {
			want = append(want, fmt.Sprintf("Doubtful (%d)", len(near)))
		} else {
			want = append(want, "Nothing doubtful")
		}
		for _, field := range []struct{ name, value string }{{"title", s.res.Title}, {"author", s.res.Byline}, {"date", fmt.Sprint(s.res.Published.Year())}, {"site", s.res.SiteName}} {
			missing := field.value == "" || field.name == "date" && s.res.Published.IsZero()
			i := strings.Index(why, "Not found:")
			if said := i >= 0 && strings.Contains(why[i:], field.name); said != missing {
				t.Errorf("%s: %s is missing: %v, and the report says %v", s.name, field.name, missing, said)
			}
		}
		for _, w := range want {
			if !strings.Contains(why, w) {
				t.Errorf("%s: %q is not in %q", s.name, w, why)
			}
		}
		// n and p go round.
		var walked []int
		for range near {
			b.keys("n")
			walked = append(walked, eval[int](b, `Number(document.activeElement.dataset.i)`))
		}
		if !slices.Equal(walked, near) {
			t.Errorf("%s: n walks %v, want %v", s.name, walked, near)
		}
		if len(near) > 1 {
			b.keys("p")
			if got := eval[int](b, `Number(document.activeElement.dataset.i)`); got != near[len(near)-2] {
				t.Errorf("%s: p leads to %d, want %d", s.name, got, near[len(near)-2])
			}
		}
		b.keys(kb.Escape)
		if got := b.textOf("#why"); !strings.Contains(got, "At a glance") {
			t.Errorf("%s: escape leads to %q", s.name, got)
		}
		head := b.textOf(".pane.article .text")
		if !strings.Contains(head[:min(len(head), 200)], s.res.Title) || s.res.Byline != "" && !strings.Contains(head, s.res.Byline) {
			t.Errorf("%s: the article begins with %q", s.name, head[:min(len(head), 200)])
		}
	}
}

// TestUsed: the page's own headline is removed from the text, and said to be the title.
func TestUsed(t *testing.T) {
	b := openTab(t)
	b.screen(1280, 800, "light")
	s := sources(t)[0]
	b.open(file(t, reportOf(t, s)))
	used := eval[[]string](b, `[...document.querySelectorAll('.list .used')].map((e) => e.textContent + ': ' + getComputedStyle(e, '::before').content)`)
	if want := []string{`The names on the heels: "used as title"`, `Words by Rosalind Achterberg: "used as byline"`}; !slices.Equal(used, want) {
		t.Errorf("used are %q, want %q", used, want)
	}
	b.exec(`document.querySelector('.list .used').click()`)
	if got := squeezed(b.textOf("#why")); !strings.Contains(got, "Removed as title used as title") {
		t.Errorf("the reasons are %q", got)
	}
}

// TestBands: runs of one kind are folded, open by pointer and by keys, and what is
// looked for shows inside of them.
func TestBands(t *testing.T) {
	b := openTab(t)
	b.screen(1280, 800, "light")
	s := sources(t)[0]
	b.open(file(t, reportOf(t, s)))
	// Each is a run of removed pieces of one kind, and says which and how many.
	type band struct {
		Says          string
		First, Pieces int
	}
	bands := eval[[]band](b, `[...document.querySelectorAll('.band-head')].map((e) => ({Says: e.querySelector('b').textContent, First: Number(e.dataset.band), Pieces: e.parentElement.querySelectorAll('[data-i]').length}))`)
	at := -1
	for k, band := range bands {
		kind := s.res.Decisions[band.First].Kind
		if want := fmt.Sprintf("%s, %d pieces", kind, band.Pieces); band.Says != want || band.Pieces < 3 {
			t.Errorf("a band says %q, want %q", band.Says, want)
		}
		for _, d := range s.res.Decisions[band.First:][:band.Pieces] {
			if d.Kept || d.Kind != kind {
				t.Errorf("in %q is %+v", band.Says, d)
			}
		}
		if at < 0 && band.First > 0 { // there is a piece before it
			at = k
		}
	}
	if len(bands) < 3 || at < 0 {
		t.Fatalf("the bands are %+v", bands)
	}
	first, last := bands[at].First, bands[at].First+bands[at].Pieces-1
	if shown := b.shown(); slices.Contains(shown, first) || slices.Contains(shown, last) {
		t.Error("a folded band shows its pieces")
	}
	// Arrows stop at the band, and go over what it holds.
	b.exec(fmt.Sprintf(`document.getElementById('p%d').click()`, first-1))
	b.keys(kb.ArrowDown)
	if got := eval[string](b, `document.activeElement.id`); got != fmt.Sprintf("b%d", first) {
		t.Errorf("down leads to %s", got)
	}
	if got := b.textOf("#why"); !strings.Contains(got, fmt.Sprintf("%d pieces in a row", last-first+1)) {
		t.Errorf("of the band it says %q", got)
	}
	b.keys(kb.ArrowDown)
	if got := eval[string](b, `document.activeElement.id`); got != fmt.Sprintf("b%d", last+1) && got != fmt.Sprintf("p%d", last+1) {
		t.Errorf("down again leads to %s", got)
	}
	b.keys(kb.ArrowUp, kb.Enter)
	if got := eval[string](b, `document.activeElement.id`); got != fmt.Sprintf("p%d", first) || !slices.Contains(b.shown(), last) {
		t.Errorf("enter leads to %s", got)
	}
	b.exec(fmt.Sprintf(`document.getElementById('b%d').click()`, first))
	if slices.Contains(b.shown(), last) {
		t.Error("a click does not fold the band")
	}
	b.exec(`(() => { const f = document.getElementById('find'); f.value = 'culture'; f.dispatchEvent(new Event('input')); })()`)
	found := wanted(s.res.Decisions, func(_, text string) bool { return strings.Contains(strings.ToLower(text), "culture") })
	if got := b.shown(); !slices.Equal(got, found) {
		t.Errorf("looking for what is in bands finds %v, want %v", got, found)
	}
}

// TestProposedRule: of the rules for a piece the first is the widest that changes
// nothing else here, if there is one.
func TestProposedRule(t *testing.T) {
	b := openTab(t)
	b.screen(1280, 800, "light")
	for _, s := range sources(t)[:2] {
		b.open(file(t, reportOf(t, s)))
		for i, d := range s.res.Decisions {
			rules := b.ruleOf(i)
			if len(rules) < 2 || !strings.Contains(rules[0], "select") {
				continue
			}
			names := eval[[]string](b, `[...document.querySelector('.rules select').options].map((o) => o.textContent)`)
			changed := func(rule string) int {
				c, err := clean.New(clean.Options{Explain: true, Structure: true, Rules: []clean.RuleFile{{Name: "mine.rules", Data: rule}}})
				if err != nil {
					t.Fatal(err)
				}
				n := 0
				res := cleaned(t, c, s.name, s.data).res
				id := strings.Fields(rule)[1]
				for _, p := range report.Compare(s.res.Decisions, res.Decisions) {
					// What others become because this one stays is not the rule's doing.
					if p.Before != nil && p.After != nil && p.Before.Kept != p.After.Kept && p.After.Rule == id {
						n++
					}
				}
				return n
			}
			if strings.Contains(names[0], "changes this one alone") && i%5 == 0 {
				if n := changed(rules[0]); n != 1 {
					t.Errorf("%s: piece %d, %q: %d pieces change with\n%s", s.name, i, d.Text, n, rules[0])
				}
			}
			if alone := slices.IndexFunc(names, func(n string) bool { return strings.Contains(n, "changes this one alone") }); alone > 0 {
				t.Errorf("%s: piece %d: the proposal is %q, and %q changes less", s.name, i, names[0], names[alone])
			}
			if !strings.Contains(names[0], " here, changes ") {
				t.Errorf("%s: piece %d: the proposal is %q", s.name, i, names[0])
			}
		}
	}
}

// TestRun: a report on many files opens with a picture of them, whose bars lead to the
// files; the list is sorted by score, without what all names begin with.
func TestRun(t *testing.T) {
	b := openTab(t)
	b.screen(1280, 800, "light")
	b.open(file(t, runReport(t)))
	names := eval[[]string](b, `[...document.querySelectorAll('.files .name')].map((e) => e.textContent)`)
	if len(names) < 50 || names[0] != "html/lost/page.html" || strings.HasPrefix(names[1], "..") {
		t.Fatalf("the list begins with %q", names[:2])
	}
	scores := eval[[]float64](b, `[...document.querySelectorAll('.files .score')].map((e) => Number(e.textContent))`)
	if !slices.IsSorted(scores) || len(scores) != len(names)-1 {
		t.Errorf("%d scores, sorted: %v", len(scores), slices.IsSorted(scores))
	}
	said := squeezed(b.textOf(".run"))
	for _, want := range []string{fmt.Sprintf("%d files", len(names)), "What went", "Verdicts", "Scores", "Lowest scores", "Most doubtful", "Slowest", "1 file failed", "related", "article"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in the picture", want)
		}
	}
	// A bar of a kind, one of a verdict, a column of scores.
	for _, bar := range []string{`.bars button`, `.card:nth-child(2) .bars button`, `.columns button:not(:disabled)`} {
		amount := eval[string](b, `(() => { const e = document.querySelector(`+quote(bar)+`); e.click(); return document.querySelector('.picked h2').textContent; })()`)
		if n := eval[int](b, `document.querySelectorAll('.picked .file-list li').length`); n == 0 || !strings.Contains(amount, "file") {
			t.Errorf("%s leads to %q with %d files", bar, amount, n)
		}
	}
	want := eval[string](b, `(() => { const e = document.querySelector('.picked .file-list button'); const n = e.title; e.click(); return n; })()`)
	b.filled()
	if got := b.textOf("#file"); got != want {
		t.Errorf("a link leads to %q, want %q", got, want)
	}
	b.press("All files")
	if eval[bool](b, `document.querySelector('.run').hidden`) {
		t.Error("no way back to the picture")
	}
}

// TestNarrow: at 400 pixels the controls are behind one button, and nothing sticks out.
func TestNarrow(t *testing.T) {
	b := openTab(t)
	for _, scheme := range []string{"light", "dark"} {
		b.screen(400, 760, scheme)
		b.open(file(t, reportOf(t, sources(t)[0])))
		shown := `getComputedStyle(document.getElementById('tools')).display !== 'none'`
		if eval[bool](b, shown) {
			t.Error("the controls show at once")
		}
		b.click(".more")
		if !eval[bool](b, shown) {
			t.Error("the button does not show them")
		}
		for range 2 {
			if out := eval[[]string](b, sticksOut); len(out) > 0 || eval[int](b, `document.scrollingElement.scrollWidth`) > 400 {
				t.Errorf("out of the window: %v", out)
			}
			b.open(file(t, runReport(t)))
		}
	}
}

// TestCharacters: texts without spaces between words are counted in characters.
func TestCharacters(t *testing.T) {
	text := "渡轮中午十二点从码头出发，船上有三十名乘客和两匹马。船长说，这是今年秋天最平静的一次航行，海面像玻璃一样。\n"
	s := cleaned(t, explaining(t, clean.Options{}), "ferry.txt", []byte(strings.Repeat(text, 1)+"船员们在傍晚之前回到了家里，他们把缆绳挂在墙上，等着第二天早上的潮水。\n"))
	var all bytes.Buffer
	r := report.New(&all, report.Options{})
	if err := r.Add(s.name, s.res, nil); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	b := openTab(t)
	b.open(file(t, all.Bytes()))
	for _, box := range []string{".summary", "#why"} {
		if got := b.textOf(box); !strings.Contains(got, "characters") || strings.Contains(got, "words") {
			t.Errorf("%s says %q", box, got)
		}
	}
}
