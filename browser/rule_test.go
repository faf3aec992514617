package browser

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/report"
)

// ruleOf selects a piece and returns the rules the report offers.
func (b *tab) ruleOf(i int) []string {
	b.t.Helper()
	return eval[[]string](b, fmt.Sprintf(`(() => {
		document.getElementById('p%d').click();
		const pick = document.querySelector('.rules select');
		if (!pick) return [];
		return [...pick.options].map((o) => { pick.value = o.value; pick.dispatchEvent(new Event('change')); return document.querySelector('.rule').value; });
	})()`, i))
}

// TestRules: every rule that the report offers for a piece, put into a file,
// turns the decision on that piece around.
func TestRules(t *testing.T) {
	b := openTab(t)
	all := sources(t)
	b.open(file(t, reportOf(t, all...)))
	tried := 0
	for _, s := range all {
		b.choose(s.name)
		for i, d := range s.res.Decisions {
			rules := b.ruleOf(i)
			if len(rules) == 0 && !strings.HasSuffix(d.Rule, ".element") {
				t.Errorf("%s: no rule for piece %d, %+v", s.name, i, d)
			}
			for _, rule := range rules {
				tried++
				c, err := clean.New(clean.Options{Explain: true, Structure: true, Rules: []clean.RuleFile{{Name: "mine.rules", Data: rule}}})
				if err != nil {
					t.Errorf("%s: piece %d: %v in\n%s", s.name, i, err, rule)
					continue
				}
				res, err := c.Clean(context.Background(), clean.Input{Body: bytes.NewReader(s.data)})
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range report.Compare(s.res.Decisions, res.Decisions) {
					if p.Before == &s.res.Decisions[i] && (p.After == nil || p.After.Kept == d.Kept) {
						t.Errorf("%s: piece %d, %q, stays %v (%+v) with\n%s", s.name, i, p.Text, d.Kept, p.After, rule)
						break
					}
				}
			}
		}
	}
	if tried < 300 {
		t.Errorf("only %d rules tried", tried)
	}
	t.Logf("%d rules tried", tried)
}

// TestCopy: the button puts the rule on the clipboard, and a file with it does
// what was asked.
func TestCopy(t *testing.T) {
	s := sources(t)[0]
	address := hosted(t, reportOf(t, s))
	b := openTab(t)
	b.open(address)
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		_, err := chromedp.CallBrowser(b.ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: name}, Setting: browser.PermissionSettingGranted})
		if err != nil {
			t.Fatal(err)
		}
	}
	at := -1
	for i, d := range s.res.Decisions {
		if d.Kind == "related" && at < 0 {
			at = i
		}
	}
	b.exec(fmt.Sprintf(`document.getElementById('p%d').click()`, at))
	b.click("#copy")
	b.until(`document.querySelector('.said').textContent === 'copied'`)
	rule := eval[string](b, `navigator.clipboard.readText()`)
	if !strings.HasPrefix(rule, "rule related.keep-") || !strings.Contains(rule, "\n  keep\n") || !strings.Contains(rule, "\n  select ") {
		t.Fatalf("the clipboard holds %q", rule)
	}
	c := explaining(t, clean.Options{Rules: []clean.RuleFile{{Name: "mine.rules", Data: rule}}})
	if with := cleaned(t, c, s.name, s.data); !strings.Contains(with.res.Text, s.res.Decisions[at].Text) {
		t.Errorf("%q is not back:\n%s", s.res.Decisions[at].Text, with.res.Text)
	}
	// Where the browser does not let a page write to the clipboard, the older
	// way does.
	b.exec(`Object.defineProperty(navigator, 'clipboard', {value: {writeText: () => Promise.reject(new Error('no'))}}); document.querySelector('.said').textContent = ''; document.getElementById('p0').click()`)
	b.click("#copy")
	b.until(`document.querySelector('.said').textContent === 'copied'`)
}
