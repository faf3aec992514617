package browser

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/report"
)

// TestAccessibility runs axe-core on the report as it is used: light, dark, on
// a narrow screen, with a piece chosen, with the threshold moved, and on a
// report of differences.
func TestAccessibility(t *testing.T) {
	script, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		missing(t, "no axe-core: npm install in this folder gets it")
	}
	b := openTab(t)
	all := sources(t)
	audit := func(what string) {
		t.Helper()
		b.audit(what, string(script))
	}
	page := file(t, reportOf(t, all...))
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{1280, 360} {
			b.screen(width, 800, scheme)
			b.open(page)
			audit(fmt.Sprintf("%s, %d pixels, all files", scheme, width))
			b.choose(all[0].name)
			audit(fmt.Sprintf("%s, %d pixels", scheme, width))
			if width < 600 {
				b.click(".more")
			}
			b.unfold()
			b.exec(`document.getElementById('p2').click()`)
			b.exec(`(() => { const s = document.getElementById('threshold'); s.value = 0.2; s.dispatchEvent(new Event('input')); })()`)
			b.exec(`document.querySelector('.chip[data-kind]:last-child').click()`)
			audit(fmt.Sprintf("%s, %d pixels, in use", scheme, width))
			b.keys("?")
			audit(fmt.Sprintf("%s, %d pixels, help", scheme, width))
		}
		b.screen(1280, 800, scheme)
		b.open(file(t, diffOf(t, all[0])))
		b.exec(`document.querySelector('.pair.changed').click()`)
		audit(scheme + ", differences")
	}
}

// diffOf is a report of what precision and rules of one's own change.
func diffOf(t testing.TB, s source) []byte {
	t.Helper()
	c := explaining(t, clean.Options{Mode: clean.Precision, Rules: []clean.RuleFile{{Name: "mine.rules", Data: `
rule related.stays
  keep
  select div.related-inline
rule ad.canal
  open for two years they stood
  max  60
`}}})
	var b bytes.Buffer
	r := report.New(&b, report.Options{Title: "Two runs", Before: "plain", After: "mine"})
	if err := r.AddDiff("same.html", s.res, s.res); err != nil {
		t.Fatal(err)
	}
	if err := r.AddDiff(s.name, s.res, cleaned(t, c, s.name, s.data).res); err != nil {
		t.Fatal(err)
	}
	if err := r.AddDiff("only before.html", s.res, nil); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// audit runs axe-core on what is in sight.
func (b *tab) audit(what, script string) {
	t := b.t
	t.Helper()
	b.exec(script + "; undefined")
	type finding struct {
		ID, Impact, Help string
		Nodes            []string
	}
	found := eval[struct {
		Passes     int
		Violations []finding
	}](b, `axe.run(document, {resultTypes: ['violations']}).then((r) => ({Passes: r.passes.length, Violations: r.violations.map((v) => ({
		ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.slice(0, 4).map((n) => n.target.join(' ') + ': ' + n.failureSummary)}))}))`)
	if found.Passes < 15 {
		t.Errorf("%s: only %d checks were made", what, found.Passes)
	}
	for _, v := range found.Violations {
		report := t.Logf
		if v.Impact == "serious" || v.Impact == "critical" {
			report = t.Errorf
		}
		report("%s: %s (%s): %s %q", what, v.ID, v.Impact, v.Help, v.Nodes)
	}
}
