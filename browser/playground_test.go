package browser

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

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
