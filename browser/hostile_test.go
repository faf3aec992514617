package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean"
)

// attacks are texts that would do something if they were taken for more than
// text somewhere.
var attacks = []string{
	`<script>pwned = 1</script>`, `</script><script>pwned = 2</script>`, `</textarea></style><img src=x onerror="pwned = 3">`,
	`<!--<script>`, `-->`, `]]>`, `"><svg onload=pwned=4>`, `' onfocus='pwned=5' autofocus='`, `{{.}} ${pwned = 6} {{template "head"}}`,
	"`${pwned = 7}`", `\u003cscript>pwned = 8\u003c/script>`, `javascript:pwned=9`, "line\u2028pwned = 10\u2029end", `*/ pwned = 11 /*`,
	"\u202Edesrever\u202C and \u2066isolated", "&lt;script&gt;pwned = 12&lt;/script&gt;", `__proto__`, `constructor`,
}

// TestHostile: nothing of an input does anything in its report, wherever it
// stands: in texts, names, places, metadata, kinds and rules.
func TestHostile(t *testing.T) {
	var text, page strings.Builder
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
	page.WriteString(`<!doctype html><html lang="'>&quot;"><head><title>` + escape.Replace(attacks[1]) + `</title><meta name="description" content="` +
		escape.Replace(attacks[2]) + `"><meta property="og:url" content="https://example.org/&quot;><script>pwned=13</script>"></head><body><article>`)
	for i, a := range attacks {
		line := a + fmt.Sprintf(" and the keeper of number %d wrote on, in the long hours of the night, what he had seen.", i)
		text.WriteString(line + "\n")
		page.WriteString(`<div class="x` + escape.Replace(strings.ReplaceAll(a, " ", "")) + `" id="` + escape.Replace(a) + `"><p>` + escape.Replace(line) + `</p></div>`)
		page.WriteString(`<ul class="related-posts"><li><a href="/` + escape.Replace(a) + `">` + escape.Replace(a) + `</a></li></ul>`)
	}
	page.WriteString(`</article></body></html>`)
	c := explaining(t, clean.Options{})
	name := `a"><script>pwned = 14</script>` + "\u202Elmth.html"
	all := []source{cleaned(t, c, name, []byte(page.String())), cleaned(t, c, "text `${pwned = 15}` </script>", []byte(text.String()))}
	// What a library's user, or another version, may put in.
	own := *all[1].res
	own.Decisions = append([]clean.Decision{{
		Kind: `"><script>pwned=16</script>`, Rule: attacks[2], Step: attacks[1], Where: attacks[6] + " > " + attacks[0], P: .5, Threshold: .6,
		Text: attacks[0], Reasons: []clean.Reason{{Text: attacks[1], Weight: -1}},
	}}, own.Decisions...)
	own.Verdict, own.Title = `x" onclick="pwned=17`, attacks[0]
	all = append(all, source{name: "own", res: &own})

	b := openTab(t)
	report := reportOf(t, all...)
	b.open(file(t, report))
	scripts := eval[int](b, `document.scripts.length`)
	if scripts != len(all)+2 {
		t.Errorf("%d scripts, want %d", scripts, len(all)+2)
	}
	for i, s := range all {
		b.exec(fmt.Sprintf(`document.querySelectorAll('.files li button')[%d].click()`, i))
		b.filled()
		if n := eval[int](b, `document.querySelectorAll('.list [data-i]').length`); n != len(s.res.Decisions) {
			t.Errorf("%q: %d pieces, want %d", s.name, n, len(s.res.Decisions))
		}
		for k := range s.res.Decisions {
			b.exec(fmt.Sprintf(`document.getElementById('p%d').click()`, k))
		}
		b.exec(`document.querySelector('details')?.setAttribute('open', '')`)
		for _, a := range attacks {
			b.exec(`(() => { const f = document.getElementById('find'); f.value = ` + quote(a) + `; f.dispatchEvent(new Event('input')); })()`)
		}
		if got := eval[string](b, `typeof pwned`); got != "undefined" {
			t.Errorf("%q: a script ran: %v", s.name, eval[any](b, `pwned`))
		}
		if n := eval[int](b, `document.querySelectorAll('#app script, #app img, #app svg, #app iframe, #app [onerror], #app [onload], #app [onfocus], #app [onclick], #app a').length`); n > 0 {
			t.Errorf("%q: %d elements came out of the text", s.name, n)
		}
	}
	// Marks that turn the reading direction are shown, not obeyed.
	text1 := eval[string](b, `document.getElementById('app').textContent`)
	if strings.ContainsAny(text1, "\u202E\u202C\u2066") || !strings.Contains(text1, "[U+202E]desrever[U+202C]") {
		t.Error("a mark of direction got through")
	}
	if got := eval[string](b, `document.querySelector('.files .name').textContent`); got != `a"><script>pwned = 14</script>[U+202E]lmth.html` {
		t.Errorf("the file is called %q", got)
	}
	// The rules that are offered are single lines of a file, whatever the text.
	for k := range all[2].res.Decisions[:3] {
		for _, rule := range b.ruleOf(k) {
			if strings.ContainsAny(rule, "\u2028\u202E") || len(strings.Split(strings.TrimSpace(rule), "\n")) > 6 {
				t.Errorf("a rule is %q", rule)
			}
		}
	}
	if data, err := os.ReadFile(filepath.Join("..", "clean", "report", "page", "page.html")); err != nil || !strings.Contains(string(data), "Content-Security-Policy") {
		t.Error("the page has no policy", err)
	}
}
