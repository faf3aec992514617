package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/record"
	"github.com/winnowtext/winnow/clean/serve"
)

// playgroundServer is the page with the server behind it.
func playgroundServer(t testing.TB) string {
	t.Helper()
	s, err := serve.New(serve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s)
	t.Cleanup(h.Close)
	return h.URL + "/"
}

// static is the folder of the page that needs no server of ours, built once.
var static = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "winnow-static-")
	if err != nil {
		return "", err
	}
	removeStatic = func() { os.RemoveAll(dir) }
	cmd := exec.Command("go", "run", "./clean/serve/static", "-o", dir)
	cmd.Dir = ".."
	cmd.Stderr = os.Stderr
	return dir, cmd.Run()
})

var removeStatic = func() {}

// playgroundStatic is that folder on a server that knows nothing of winnow.
func playgroundStatic(t testing.TB) string {
	t.Helper()
	dir, err := static()
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(h.Close)
	return h.URL + "/"
}

// visit opens the page to try things out and waits until it works.
func (b *tab) visit(url string) {
	b.t.Helper()
	b.do(chromedp.Navigate(url))
	b.until(`document.documentElement.dataset.ready === 'true'`)
}

// settled waits until what was asked for last is shown.
func (b *tab) settled() {
	b.t.Helper()
	b.until(`document.documentElement.dataset.busy === 'false'`)
}

// paste pastes a text into the page.
func (b *tab) paste(text string) {
	b.t.Helper()
	b.exec(`(() => {
		document.documentElement.dataset.busy = 'true';
		const data = new DataTransfer();
		data.setData('text/plain', ` + quote(text) + `);
		const box = document.getElementById('source');
		box.focus();
		box.value = '';
		box.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
	})()`)
	b.settled()
}

// playgrounds are the page with the server and without one.
var playgrounds = map[string]func(testing.TB) string{"server": playgroundServer, "wasm": playgroundStatic}

// both runs a test on the page with the server and without one.
func both(t *testing.T, test func(t *testing.T, b *tab)) {
	for name, address := range playgrounds {
		t.Run(name, func(t *testing.T) {
			url := address(t) // before the tab, and so closed after it
			b := openTab(t)
			b.screen(1280, 800, "light")
			b.visit(url)
			test(t, b)
		})
	}
}

// lines are those of the article.
func (b *tab) lines() string {
	b.t.Helper()
	// Not innerText: what is not drawn yet has none.
	return strings.Join(eval[[]string](b, `[...document.querySelectorAll('.result .text .line')].map((e) => e.textContent)`), "\n")
}

// result shows the result in a form, and returns it.
func (b *tab) result(name string) string {
	b.t.Helper()
	b.exec(`document.getElementById('tab-` + name + `').click()`)
	if name == "text" {
		return b.lines()
	}
	b.until(`document.getElementById('plain').textContent !== ''`)
	return eval[string](b, `document.getElementById('plain').textContent`)
}

// does runs a script that makes the page clean again, and waits until it has.
func (b *tab) does(script string) {
	b.t.Helper()
	b.exec(`document.documentElement.dataset.busy = 'true'; ` + script)
	b.settled()
}

func (b *tab) facts() string { b.t.Helper(); return squeezed(b.textOf("#facts")) }

// TestPlaygroundResult: a page that is pasted is cleaned as the library does it, in all
// forms, and again when something is set otherwise.
func TestPlaygroundResult(t *testing.T) {
	both(t, func(t *testing.T, b *tab) {
		s := sources(t)[0]
		b.paste(string(s.data))
		if got, want := squeezed(b.lines()), squeezed(s.res.Text); got != want {
			t.Errorf("the text is\n%s\nwant\n%s", got, want)
		}
		if got := eval[int](b, `document.querySelectorAll('.list [data-i]').length`); got != len(s.res.Decisions) {
			t.Errorf("%d pieces, want %d", got, len(s.res.Decisions))
		}
		if got := b.facts(); !strings.Contains(got, "article") || !strings.Contains(got, fmt.Sprintf("score %.2f", s.res.Score)) {
			t.Errorf("it says %q", got)
		}
		if got := b.textOf(".article-head"); !strings.Contains(got, s.res.Title) || !strings.Contains(got, s.res.Byline) || !strings.Contains(got, "2024-01-20") {
			t.Errorf("above the article stands %q", got)
		}
		if got := b.result("markdown"); got != s.res.Markdown() {
			t.Errorf("Markdown is\n%s\nwant\n%s", got, s.res.Markdown())
		}
		if got := b.result("html"); got != s.res.HTML() {
			t.Errorf("HTML is\n%s\nwant\n%s", got, s.res.HTML())
		}
		rec, err := record.Decode([]byte(b.result("json")))
		if err != nil || rec.Result.Text != s.res.Text || rec.Result.Title != s.res.Title {
			t.Errorf("JSON is %+v, %v", rec, err)
		}
		if b.result("text"); eval[bool](b, `document.querySelector('.result .text').hidden`) {
			t.Error("the text does not come back")
		}

		// Modes.
		for _, m := range []clean.Mode{clean.Precision, clean.Recall, clean.Balanced} {
			want := cleaned(t, explaining(t, clean.Options{Mode: m}), s.name, s.data)
			b.does(`document.querySelector('#modes [data-value="` + m.String() + `"]').click()`)
			if got := squeezed(b.lines()); got != squeezed(want.res.Text) {
				t.Errorf("%s: the text is\n%s\nwant\n%s", m, got, want.res.Text)
			}
		}

		// Kinds.
		b.exec(`document.getElementById('tab-kinds').click()`)
		set := func(kind, action string) {
			b.does(`(() => { const s = document.querySelector('select[data-kind="` + kind + `"]'); s.value = '` + action + `'; s.dispatchEvent(new Event('change')); })()`)
		}
		set("bio", "mark")
		if got := b.result("text"); !strings.Contains(got, "[bio] Rosalind Achterberg is a staff writer") {
			t.Errorf("with bio marked it is\n%s", got)
		}
		set("bio", "drop")
		if got := b.result("text"); strings.Contains(got, "staff writer") {
			t.Errorf("with bio dropped it is\n%s", got)
		}
	})
}

// TestPlaygroundWhy: the reasons of a piece show under the pointer, in the page and in
// the article, and doubtful ones are walked by keys.
func TestPlaygroundWhy(t *testing.T) {
	both(t, func(t *testing.T, b *tab) {
		s := sources(t)[0]
		b.paste(string(s.data))
		if got := b.textOf("#why"); !strings.Contains(got, "An article.") || !strings.Contains(got, "Doubtful (1)") || !strings.Contains(got, "newsletter") {
			t.Errorf("at first it says %q", got)
		}
		b.unfold()
		point := func(selector string) string {
			at := eval[[]float64](b, `(() => { const e = document.querySelector(`+quote(selector)+`); e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect(); return [r.left + 12, r.top + 8]; })()`)
			for range 2 {
				at[0]++
				b.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0], at[1]))
			}
			return squeezed(b.textOf("#why"))
		}
		for i, d := range s.res.Decisions {
			if i%9 != 0 && !d.Kept {
				continue
			}
			selectors := []string{fmt.Sprintf("#p%d", i)}
			if d.Kept {
				selectors = append(selectors, fmt.Sprintf(`.result .line[data-i="%d"]`, i))
			}
			for _, selector := range selectors {
				got := point(selector)
				want := []string{d.Where}
				for _, r := range d.Reasons {
					want = append(want, plainly(r.Text))
				}
				if d.Rule == clean.ByModel {
					want = append(want, fmt.Sprintf("model %.3f", d.P))
				}
				for _, w := range want {
					if !strings.Contains(got, squeezed(w)) {
						t.Errorf("at %s: %q is not in %q", selector, w, got)
					}
				}
			}
		}
		b.keys("n")
		if got := b.textOf(".list [aria-selected='true']"); !strings.HasPrefix(got, "A shoemaker left") {
			t.Errorf("the doubtful piece is %q", got)
		}
		b.keys(kb.Enter)
		if got := eval[string](b, `document.activeElement.id`); got != "copy" {
			t.Errorf("enter leads to %q", got)
		}
		b.keys(kb.Escape)
		if got := b.textOf("#why"); !strings.Contains(got, "At a glance") {
			t.Errorf("escape leads to %q", got)
		}
	})
}

// TestPlaygroundRule: a rule that the page proposes, once tried, does what it says; what
// is wrong with a rule is said, and it is not cleaned by.
func TestPlaygroundRule(t *testing.T) {
	both(t, func(t *testing.T, b *tab) {
		s := sources(t)[0]
		b.paste(string(s.data))
		b.unfold()
		b.exec(`[...document.querySelectorAll('.list .piece')].find((e) => e.textContent.includes('last coal boat')).click()`)
		if got := eval[string](b, `document.querySelector('.rules select').selectedOptions[0].textContent`); !strings.Contains(got, "changes this one alone") {
			t.Errorf("the rule that is proposed is %q", got)
		}
		b.does(`document.getElementById('try').click()`)
		b.until(`document.querySelector('.result .text').textContent.includes('last coal boat')`)
		b.until(`document.querySelector('.rule-said').textContent.includes('Keeps 1 piece here')`)
		write := func(rule string) {
			b.exec(`(() => { const r = document.querySelector('.rule.edit'); r.value = ` + quote(rule) + `; r.dispatchEvent(new Event('input')); })()`)
		}
		write("rule related.mine\n  line  more from our {any<=3} desk\n  yes   More of ours\n")
		b.until(`document.querySelector('.rule-said').textContent.includes('not hold')`)
		b.until(`!document.querySelector('.result .text').textContent.includes('last coal boat')`)
		if got := b.textOf(".rule-said"); !strings.Contains(got, `does not find "More of ours"`) {
			t.Errorf("it says %q", got)
		}
		write("rule nonsense\n")
		b.until(`document.querySelector('.rule-said .error') !== null && !document.querySelector('.rule-said h3')`)
		write("rule related.lasts\n  open  most people put the lasts on a shelf\n  max   80\n")
		b.until(`document.querySelector('.rule-said').textContent.includes('Decides on 1 piece here')`)
		b.until(`!document.querySelector('.result .text').textContent.includes('put the lasts on a shelf')`)
		b.exec(`document.querySelector('.rule-said .go').click()`)
		if got := b.textOf("#why"); !strings.Contains(got, "rule related.lasts") {
			t.Errorf("the piece's reasons are %q", got)
		}
	})
}

// TestPlaygroundInput: pages and texts are typed, dropped and opened.
func TestPlaygroundInput(t *testing.T) {
	both(t, func(t *testing.T, b *tab) {
		s := sources(t)
		drop := func(make string) {
			b.does(`(() => { const data = new DataTransfer(); ` + make + `;
				document.querySelector('.pane.result').dispatchEvent(new DragEvent('dragenter', {dataTransfer: data, bubbles: true, cancelable: true}));
				document.querySelector('.pane.result').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true})); })()`)
		}
		text := func() string { return squeezed(b.lines()) }
		flat := s[len(s)-1]
		drop(`data.items.add(new File([` + quote(string(flat.data)) + `], 'whole page.txt'))`)
		if got := text(); !strings.HasSuffix(got, squeezed(flat.res.Text)) {
			t.Errorf("a text that was dropped is\n%s\nwant\n%s", got, flat.res.Text)
		}
		if eval[bool](b, `document.body.classList.contains('dropping')`) {
			t.Error("it still waits for the drop")
		}
		// A file in another encoding.
		drop(`data.items.add(new File([new Uint8Array([0x44,0x69,0x65,0x20,0x46,0xe4,0x68,0x72,0x65,0x20,0x6b,0x61,0x6d,0x20,0x61,0x6e,0x2e])], 'alt.txt'))`)
		if got := text(); !strings.Contains(got, "Die Fähre kam an.") {
			t.Errorf("a text in windows-1252 is %q", got)
		}
		drop(`data.items.add(new File([new Uint8Array([0x89,0x50,0x4e,0x47,0,0,0,1,0,2])], 'a.png'))`)
		if got := b.facts(); !strings.Contains(got, "a.png is neither HTML nor text") {
			t.Errorf("of a picture it says %q", got)
		}
		drop(`data.setData('text/plain', 'Advertisement\nThe ferry left at noon.\n')`)
		if got := text(); got != "The ferry left at noon." {
			t.Errorf("text that was dropped is %q", got)
		}
		// Typing.
		b.exec(`document.getElementById('clear').click()`)
		b.settled()
		b.does(`document.getElementById('source').focus()
			document.execCommand('insertText', false, 'Share\nThe boat left at nine.')`)
		b.until(`document.querySelector('.result .text').textContent.includes('The boat left at nine.')`)
		if got := text(); got != "The boat left at nine." {
			t.Errorf("what was typed is %q", got)
		}
		// What the input is, and its address.
		b.does(`(() => { const f = document.getElementById('format'); f.value = 'html'; f.dispatchEvent(new Event('change')); })()`)
		if got := text(); !strings.Contains(got, "Share The boat") {
			t.Errorf("as HTML it is %q", got)
		}
		b.exec(`document.getElementById('example').click()`)
		b.until(`document.querySelector('.result .text').textContent.includes('For ninety years')`)
	})
}

// TestPlaygroundCopy: the command does what the page did, and the test case holds what
// it is about.
func TestPlaygroundCopy(t *testing.T) {
	both(t, func(t *testing.T, b *tab) {
		for _, name := range []string{"clipboard-read", "clipboard-write"} {
			_, err := chromedp.CallBrowser(b.ctx, browser.SetPermission, browser.SetPermissionParams{
				Permission: &browser.PermissionDescriptor{Name: name}, Setting: browser.PermissionSettingGranted})
			if err != nil {
				t.Fatal(err)
			}
		}
		s := sources(t)[0]
		b.paste(string(s.data))
		copied := func(id string) string {
			b.exec(`document.getElementById('said').textContent = ''; document.getElementById('` + id + `').click()`)
			b.until(`document.getElementById('said').textContent === 'copied'`)
			return eval[string](b, `navigator.clipboard.readText()`)
		}
		if got := copied("copy-result"); got != s.res.Text {
			t.Errorf("copied is\n%s\nwant\n%s", got, s.res.Text)
		}
		if got := copied("copy-command"); got != "winnow page.html" {
			t.Errorf("the command is %q", got)
		}
		b.does(`document.querySelector('#modes [data-value="precision"]').click()`)
		b.exec(`document.getElementById('tab-markdown').click()`)
		b.does(`(() => { const u = document.getElementById('url'); u.value = "https://example.org/a?b=1&c='2'"; u.dispatchEvent(new Event('input')); })()`)
		if got, want := copied("copy-command"), `winnow -f md --mode precision --url 'https://example.org/a?b=1&c='\''2'\''' page.html`; got != want {
			t.Errorf("the command is %q, want %q", got, want)
		}
		got := copied("copy-case")
		for _, want := range []string{"\n-- html/page/page.html --\n" + string(s.data[:100]), "\n-- html/page/gold.txt --\n", "\n-- html/page/meta.json --\n{\n  \"title\": \"The names on the heels\"", "There are 460 pairs left."} {
			if !strings.Contains(got, want) {
				t.Errorf("the test case lacks %q", want)
			}
		}
	})
}

// TestPlaygroundKeys: everything can be done without a pointer.
func TestPlaygroundKeys(t *testing.T) {
	both(t, func(t *testing.T, b *tab) {
		b.paste(string(sources(t)[0].data))
		b.exec(`document.activeElement.blur()`)
		for _, pair := range [][2]string{{"2", "tab-markdown"}, {"3", "tab-html"}, {"4", "tab-json"}, {"1", "tab-text"}} {
			key, id := pair[0], pair[1]
			b.keys(key)
			if got := eval[string](b, `document.getElementById('`+id+`').getAttribute('aria-selected')`); got != "true" {
				t.Errorf("%s does not lead to %s", key, id)
			}
		}
		b.keys("m")
		b.settled()
		if got := eval[string](b, `document.querySelector('#modes [aria-pressed="true"]').dataset.value`); got != "recall" {
			t.Errorf("m leads to %q", got)
		}
		b.keys("?")
		if !eval[bool](b, `document.querySelector('dialog').open`) {
			t.Error("no help")
		}
		b.keys(kb.Escape, "j")
		if got := eval[string](b, `document.activeElement.id`); got != "p0" {
			t.Errorf("j leads to %q", got)
		}
		b.keys("e")
		if got := eval[string](b, `document.activeElement.id`); got != "source" {
			t.Errorf("e leads to %q", got)
		}
		if got := eval[string](b, `document.activeElement.value`); got != string(sources(t)[0].data) {
			t.Error("the key that leads to the source is typed into it")
		}
		b.keys(kb.Escape)
		// By tabs alone one gets to all that can be used, and out again.
		seen := map[string]bool{}
		b.exec(`document.activeElement.blur(); document.querySelector('.theme').focus()`)
		for range 40 {
			b.keys(kb.Tab)
			seen[eval[string](b, `(() => { const e = document.activeElement; return e.id || e.textContent.slice(0, 20); })()`)] = true
		}
		for _, want := range []string{"source", "url", "format", "tab-text", "copy-result", "copy-command", "copy-case", "tab-why", "example", "Precision"} {
			if !seen[want] {
				t.Errorf("no tab leads to %s (%v)", want, seen)
			}
		}
	})
}

// TestPlaygroundAccessibility runs axe-core on the page as it is used.
func TestPlaygroundAccessibility(t *testing.T) {
	script, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		missing(t, "no axe-core: npm install in this folder gets it")
	}
	for name, served := range playgrounds {
		t.Run(name, func(t *testing.T) {
			address := served(t)
			b := openTab(t)
			for _, scheme := range []string{"light", "dark"} {
				for _, width := range []int64{1280, 400} {
					what := fmt.Sprintf("%s, %d pixels", scheme, width)
					b.screen(width, 800, scheme)
					b.visit(address)
					b.audit(what+", empty", string(script))
					b.paste(string(sources(t)[0].data))
					b.audit(what+", result", string(script))
					for _, side := range []string{"kinds", "rule", "why"} {
						b.exec(`document.querySelector('.panes-nav [data-value="side"]').click(); document.getElementById('tab-` + side + `').click()`)
						b.audit(what+", "+side, string(script))
					}
					b.exec(`document.getElementById('p3').click()`)
					b.audit(what+", a piece", string(script))
					if out := eval[[]string](b, sticksOut); len(out) > 0 || eval[int](b, `document.scrollingElement.scrollWidth`) > int(width) {
						t.Errorf("%s: out of the window: %v", what, out)
					}
					mean, _, _ := light(b.shoot())
					if (scheme == "light") != (mean > .5) {
						t.Errorf("%s: mean luminance %.2f", what, mean)
					}
					b.exec(`document.getElementById('tab-json').click()`)
					b.keys("?")
					b.audit(what+", help", string(script))
				}
			}
		})
	}
}

// TestPlaygroundHostile: nothing that is pasted does anything, and nothing is fetched
// for it.
func TestPlaygroundHostile(t *testing.T) {
	both(t, func(t *testing.T, b *tab) {
		var page strings.Builder
		page.WriteString(`<!doctype html><title>` + attacks[1] + `</title><body onload="pwned=20"><article><h1>` + attacks[0] + `</h1>`)
		for i, a := range attacks {
			fmt.Fprintf(&page, `<p>%s and the keeper of number %d wrote on, in the long hours of the night, what he had seen. <a href="javascript:pwned=21">on</a><img src=x onerror="pwned=22"></p><iframe srcdoc="<script>parent.pwned=23</script>"></iframe>`, a, i)
			fmt.Fprintf(&page, `<ul class="related-posts"><li><a href="/%d">%s</a></li></ul>`, i, a)
		}
		b.paste(page.String())
		b.unfold()
		for _, tab := range []string{"markdown", "html", "json", "text"} {
			b.exec(`document.getElementById('tab-` + tab + `').click()`)
			b.settled()
		}
		b.exec(`document.querySelectorAll('.list [data-i]').forEach((e) => e.click())`)
		if got := eval[string](b, `typeof pwned`); got != "undefined" {
			t.Errorf("a script ran: %v", eval[any](b, `pwned`))
		}
		if n := eval[int](b, `document.querySelectorAll('#app script, #app img, #app svg, #app iframe, #app a, #app [onload], #app [onerror], #app [onfocus]').length`); n > 0 {
			t.Errorf("%d elements came out of the text", n)
		}
		own := eval[[]string](b, `performance.getEntriesByType('resource').map((e) => e.name).filter((n) => !n.startsWith(location.origin + '/'))`)
		if len(own) > 0 {
			t.Errorf("fetched: %v", own)
		}
	})
}

// TestStaticSize: the library is small enough to be loaded by a page.
func TestStaticSize(t *testing.T) {
	dir, err := static()
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "winnow.wasm.gz"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > 4<<20 {
		t.Errorf("%d bytes, packed", info.Size())
	}
	t.Logf("%d bytes, packed", info.Size())
}

// BenchmarkFirstResult is how long WebAssembly takes: from opening the page until it has
// answered for the first time, which is a short text, and from pasting a first page of
// 200 KB until its result is shown, and another mode of it.
func BenchmarkFirstResult(b *testing.B) {
	tab := openTab(b)
	address := playgroundStatic(b)
	data := string(bigPage(200 << 10))
	var loaded, first, again time.Duration
	for b.Loop() {
		start := time.Now()
		tab.visit(address)
		tab.paste("The ferry left at noon.")
		loaded += time.Since(start)
		start = time.Now()
		tab.paste(data)
		tab.until(`document.querySelectorAll('.result .line').length > 100`)
		first += time.Since(start)
		start = time.Now()
		tab.does(`document.querySelector('#modes [data-value="recall"]').click()`)
		again += time.Since(start)
		tab.do(chromedp.Navigate("about:blank"))
	}
	n := float64(b.N)
	b.ReportMetric(float64(loaded.Milliseconds())/n, "ms-load")
	b.ReportMetric(float64(first.Milliseconds())/n, "ms-first")
	b.ReportMetric(float64(again.Milliseconds())/n, "ms-again")
}
