package browser

import (
	"context"
	"encoding/json"
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

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// missing skips a test for want of something, or fails it where all must run.
func missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("WINNOW_BROWSER") == "required" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// chrome is the browser all tests share.
var chrome = sync.OnceValues(func() (context.Context, error) {
	path := os.Getenv("CHROME")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path == "" {
			path, _ = exec.LookPath(name)
		}
	}
	if path == "" {
		return nil, fmt.Errorf("no Chromium: apt-get install chromium, or set CHROME")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.WindowSize(1280, 800), chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("font-render-hinting", "none"),
	)
	if os.Geteuid() == 0 {
		opts = append(opts, chromedp.NoSandbox) // as root there is no other way
	}
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, stop := chromedp.NewContext(alloc)
	stopChrome = func() { stop(); stopAlloc() }
	return ctx, chromedp.Do(ctx)
})

var stopChrome = func() {}

func TestMain(m *testing.M) {
	code := m.Run()
	stopChrome()
	removeStatic()
	os.Exit(code)
}

// A tab is a page of the browser. Whatever the page throws or writes to the
// console as an error or a warning fails the test.
type tab struct {
	t   testing.TB
	ctx context.Context
}

func openTab(t testing.TB) *tab {
	t.Helper()
	parent, err := chrome()
	if err != nil {
		missing(t, err.Error())
	}
	ctx, stop := chromedp.NewContext(parent)
	b := &tab{t: t, ctx: ctx}
	b.do() // the tab opens
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	b.ctx = ctx
	var mu sync.Mutex
	var said []string
	messages := chromedp.Console(ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			switch m.Type {
			case chromedp.ConsoleError, chromedp.ConsoleWarning, chromedp.ConsoleException:
				mu.Lock()
				said = append(said, fmt.Sprintf("%s: %s (%s)", m.Type, m.Text, m.URL))
				mu.Unlock()
			}
		}
	}()
	t.Cleanup(func() {
		// Messages come in the order of calls: after this one, all are here.
		_, _ = chromedp.Run(ctx, chromedp.Evaluate[int](`1`))
		time.Sleep(50 * time.Millisecond)
		mu.Lock()
		defer mu.Unlock()
		for _, s := range said {
			t.Errorf("console: %s", s)
		}
		cancel()
		stop()
	})
	return b
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// open goes to an address and waits until the report is filled.
func (b *tab) open(url string) {
	b.t.Helper()
	b.do(chromedp.Navigate(url))
	b.filled()
}

func (b *tab) filled() { b.until(`document.documentElement.dataset.filled === 'true'`) }

func (b *tab) until(condition string) {
	b.t.Helper()
	b.do(chromedp.Poll[chromedp.Void](condition, chromedp.WithPollingTimeout(time.Minute)))
}

// eval runs a script and returns what it comes to.
func eval[T any](b *tab, script string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%v in %s", err, script)
	}
	return v
}

func (b *tab) exec(script string) { b.t.Helper(); eval[chromedp.Void](b, script) }

func (b *tab) click(selector string) { b.t.Helper(); b.do(chromedp.Click(chromedp.CSS(selector))) }

// press clicks the button of that name.
func (b *tab) press(name string) {
	b.t.Helper()
	b.exec(`[...document.querySelectorAll('button')].find((e) => e.textContent === ` + quote(name) + `).click()`)
}

// keys presses keys, one after the other. As when a person presses them, a
// letter is typed only when the page does not take its key for itself: sent as
// an event of its own, as chromedp.KeyEvent does, it is typed all the same.
func (b *tab) keys(keys ...string) {
	b.t.Helper()
	for _, k := range keys {
		for _, r := range k {
			events := kb.Encode(r)
			down, up := *events[0], *events[len(events)-1]
			if len(events) == 3 {
				down.Text, down.UnmodifiedText = events[1].Text, events[1].UnmodifiedText
			}
			for _, event := range []input.DispatchKeyEventParams{down, up} {
				if _, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, event); err != nil {
					b.t.Fatal(err)
				}
			}
		}
	}
}

// screen sets the size of the window and light or dark.
func (b *tab) screen(width, height int64, scheme string) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: width, Height: height, DeviceScaleFactor: 1, Mobile: width < 600})
	if err != nil {
		b.t.Fatal(err)
	}
	_, err = chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	if err != nil {
		b.t.Fatal(err)
	}
}

// hosted puts a report on a server of this machine and returns its address.
func hosted(t testing.TB, report []byte) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(report)
	}))
	t.Cleanup(s.Close)
	return s.URL + "/"
}

// file writes a report to a file and returns its address, as users open it.
func file(t testing.TB, report []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(name, report, 0o600); err != nil {
		t.Fatal(err)
	}
	return "file://" + filepath.ToSlash(name)
}

func quote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

// squeezed is text with its white space made alike.
func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }
