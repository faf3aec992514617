package serve

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/record"
)

func started(t testing.TB, o Options) (*Server, string) {
	t.Helper()
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s)
	t.Cleanup(h.Close)
	return s, h.URL
}

// post posts a body and returns the status and the answer.
func post(t testing.TB, url, kind string, body []byte, headers ...string) (int, []byte) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, data
}

func page(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func zipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJSON(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestClean: whatever way a page comes in, the answer is the record of the library's
// result.
func TestClean(t *testing.T) {
	_, url := started(t, Options{})
	html := page(t, "html/metered/page.html")
	res, err := clean.HTML(bytes.NewReader(html), nil)
	if err != nil {
		t.Fatal(err)
	}
	want, err := record.Record{Result: res}.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]func() (int, []byte){
		"html":    func() (int, []byte) { return post(t, url+"/clean", "text/html", html) },
		"charset": func() (int, []byte) { return post(t, url+"/clean", "text/html; charset=utf-8", html) },
		"json": func() (int, []byte) {
			return post(t, url+"/clean", "application/json", asJSON(t, map[string]any{"html": string(html)}))
		},
		"body": func() (int, []byte) {
			return post(t, url+"/clean", "application/json", asJSON(t, map[string]any{"body": string(html)}))
		},
		"gzip": func() (int, []byte) {
			return post(t, url+"/clean", "text/html", zipped(t, html), "Content-Encoding", "gzip")
		},
		"defaults": func() (int, []byte) { return post(t, url+"/clean?mode=balanced&explain=false", "text/html", html) },
	} {
		if status, data := got(); status != 200 || string(bytes.TrimSpace(data)) != string(want) {
			t.Errorf("%s: %d\n%s\nwant\n%s", name, status, data, want)
		}
	}
}

// TestOptions: what a request asks for is what comes.
func TestOptions(t *testing.T) {
	_, url := started(t, Options{Clean: clean.Options{Policy: map[clean.Kind]clean.Action{"bio": clean.Keep}}})
	html := page(t, "html/boxes-between/page.html")
	ask := func(more map[string]any) *clean.Result {
		t.Helper()
		more["html"] = string(html)
		status, data := post(t, url+"/clean", "application/json", asJSON(t, more))
		rec, err := record.Decode(data)
		if err != nil || status != 200 || rec.Error != "" {
			t.Fatalf("%v: %d, %v, %s", more, status, err, data)
		}
		return rec.Result
	}
	if res := ask(map[string]any{}); !strings.Contains(res.Text, "staff writer") || len(res.Decisions)+len(res.Blocks) > 0 {
		t.Errorf("the server's own options: %q, %d decisions", res.Text, len(res.Decisions))
	}
	if res := ask(map[string]any{"drop": []string{"bio"}}); strings.Contains(res.Text, "staff writer") {
		t.Error("drop does nothing")
	}
	if res := ask(map[string]any{"explain": true, "blocks": true}); len(res.Decisions) == 0 || len(res.Blocks) == 0 {
		t.Errorf("%d decisions, %d blocks", len(res.Decisions), len(res.Blocks))
	}
	if res := ask(map[string]any{"as": "html", "title_line": true}); !strings.HasPrefix(res.Text, "<h1>The names on the heels</h1>") {
		t.Errorf("as html it is %q", res.Text[:60])
	}
	rule := "rule related.stays\n  keep\n  select div.related-inline\n"
	if res := ask(map[string]any{"rules": rule}); !strings.Contains(res.Text, "last coal boat") {
		t.Error("a rule does nothing")
	}
	if res := ask(map[string]any{"url": "https://example.org/a/b", "as": "md"}); res.URL != "https://calderreview.example.com/features/names-on-the-heels" && res.URL != "https://example.org/a/b" {
		t.Errorf("the address is %q", res.URL)
	}
}

// TestRows: a line for each line, in order, whatever it holds, with its own fields.
func TestRows(t *testing.T) {
	_, url := started(t, Options{Jobs: 3})
	var in strings.Builder
	const n = 200
	for i := range n {
		switch i % 4 {
		case 0:
			fmt.Fprintf(&in, `{"id":%d,"text":"Share\nThe ferry number %d left at noon."}`, i, i)
		case 1:
			in.WriteString(`{"id":`)
		case 2:
			fmt.Fprintf(&in, `{"id":%d,"html":"<p>The ferry number %d left at noon, as it does.</p>","mine":[1]}`, i, i)
		case 3:
		}
		in.WriteString("\n")
	}
	for _, headers := range [][]string{nil, {"Content-Encoding", "gzip"}} {
		body := []byte(in.String())
		if headers != nil {
			body = zipped(t, body)
		}
		status, data := post(t, url+"/clean", "application/x-ndjson", body, headers...)
		lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
		if status != 200 || len(lines) != n {
			t.Fatalf("%d, %d lines", status, len(lines))
		}
		for i, line := range lines {
			var got struct {
				ID    *int
				Error *string
				Text  string
				Mine  []int
			}
			if err := json.Unmarshal([]byte(line), &got); err != nil {
				t.Fatal(err)
			}
			switch want := fmt.Sprintf("The ferry number %d left at noon", i); {
			case i%2 == 1:
				if got.Error == nil || !strings.HasPrefix(*got.Error, fmt.Sprintf("row %d: ", i+1)) {
					t.Errorf("line %d is %s", i, line)
				}
			case got.ID == nil || *got.ID != i || got.Error != nil || !strings.HasPrefix(got.Text, want) || (i%4 == 2) != (len(got.Mine) == 1):
				t.Errorf("line %d is %s", i, line)
			}
		}
	}
}

// TestBad: what cannot be worked on is the sender's fault, and the answer says what is
// wrong.
func TestBad(t *testing.T) {
	_, url := started(t, Options{MaxBody: 20_000})
	long := bytes.Repeat([]byte("The ferry left. "), 2000)
	deep := []byte(strings.Repeat(`{"html":`, 9000) + "1")
	for _, c := range []struct {
		path, kind string
		body       []byte
		headers    []string
		status     int
		says       string
	}{
		{"/clean", "application/json", nil, nil, 400, "empty"},
		{"/clean", "application/json", []byte("{"), nil, 400, "cut off"},
		{"/clean", "application/json", []byte("[]"), nil, 400, "object"},
		{"/clean", "application/json", []byte("null"), nil, 400, "object"},
		{"/clean", "application/json", []byte("   "), nil, 400, "empty"},
		{"/clean", "application/json", []byte(`{"html":1}`), nil, 400, "html is a number"},
		{"/clean", "application/json", []byte(`{"html":"a"} x`), nil, 400, "follows"},
		{"/clean", "application/json", []byte(`{"htlm":"a"}`), nil, 400, "htlm"},
		{"/clean", "application/json", []byte(`{}`), nil, 400, "name one input"},
		{"/clean", "application/json", []byte(`{"html":"a","text":"b"}`), nil, 400, "name one input"},
		{"/clean", "application/json", []byte(`{"html":"a","mode":"brave"}`), nil, 400, "brave"},
		{"/clean", "application/json", []byte(`{"html":"a","keep":["x"]}`), nil, 400, "unknown kind"},
		{"/clean", "application/json", []byte(`{"html":"a","keep":["ad"],"drop":["ad"]}`), nil, 400, "both"},
		{"/clean", "application/json", []byte(`{"html":"a","as":"pdf"}`), nil, 400, "pdf"},
		{"/clean", "application/json", []byte(`{"html":"a","url":"x y"}`), nil, 400, "absolute"},
		{"/clean", "application/json", []byte(`{"html":"a","rules":"rule ad.x\n  mach y\n"}`), nil, 400, "mach"},
		{"/clean", "application/json", []byte(`{"html":"a","engine":"readability"}`), nil, 400, "readability"},
		{"/clean", "application/json", deep[:19_000], nil, 400, "no request"},
		{"/clean", "application/json", []byte("\xff\xfe{}"), nil, 400, "no request"},
		{"/clean", "text/html", nil, nil, 400, "empty"},
		{"/clean", "text/html", long, nil, 413, "too large"},
		{"/clean", "text/plain", zipped(t, long), []string{"Content-Encoding", "gzip"}, 413, "too large"},
		{"/clean", "text/plain", zipped(t, bytes.Repeat([]byte("a"), 50_000_000)), []string{"Content-Encoding", "gzip"}, 413, "too large"},
		{"/clean", "text/html", []byte("abc"), []string{"Content-Encoding", "gzip"}, 400, "Content-Encoding"},
		{"/clean", "text/html", zipped(t, []byte("abc def"))[:20], []string{"Content-Encoding", "gzip"}, 400, "Content-Encoding"},
		{"/clean", "text/html", []byte("abc"), []string{"Content-Encoding", "br"}, 415, "br"},
		{"/clean", "image/png", []byte("abc"), nil, 415, "image/png"},
		{"/clean", "", []byte("abc"), nil, 415, "Content-Type"},
		{"/clean", "multipart/form-data; boundary=x", []byte("abc"), nil, 415, "multipart"},
		{"/clean", "text/plain", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00"), nil, 422, "text"},
		{"/clean?mode=brave", "text/html", []byte("a"), nil, 400, "brave"},
		{"/clean?explain=perhaps", "text/html", []byte("a"), nil, 400, "perhaps"},
		{"/clean?a=1", "text/html", []byte("a"), nil, 400, "unknown parameter"},
		{"/clean?mode=a&mode=b", "text/html", []byte("a"), nil, 400, "2"},
		{"/clean?%zz", "text/html", []byte("a"), nil, 400, "%zz"},
		{"/clean?url=/a", "application/x-ndjson", []byte("{}"), nil, 400, "rows"},
		{"/rules", "application/json", []byte("["), nil, 400, "JSON"},
		{"/rules", "application/json", []byte(`{"rules":"rule x"}`), nil, 200, "x"},
		{"/rules", "application/json", long, nil, 413, "too large"},
	} {
		status, data := post(t, url+c.path, c.kind, c.body, c.headers...)
		var got struct{ Error string }
		if err := json.Unmarshal(data, &got); err != nil || status != c.status || !strings.Contains(got.Error, c.says) {
			t.Errorf("%s %s %.40q: %d, %s (%v), want %d and %q", c.path, c.kind, c.body, status, data, err, c.status, c.says)
		}
	}
	res, err := http.Get(url + "/clean")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != 405 || res.Header.Get("Allow") != "POST" {
		t.Errorf("GET: %d, %v", res.StatusCode, res.Header)
	}
}

// A body that comes in part, or slower than the connection lasts, ends the request and
// nothing else.
func TestTorn(t *testing.T) {
	s, url := started(t, Options{})
	c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(c, "POST /clean HTTP/1.1\r\nHost: x\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>half")
	c.(*net.TCPConn).CloseWrite()
	answer, err := io.ReadAll(c)
	c.Close()
	if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 400 ") {
		t.Errorf("%q, %v", answer, err)
	}
	if status, _ := post(t, url+"/clean", "text/plain", []byte("The ferry left.")); status != 200 {
		t.Errorf("after that: %d", status)
	}
	for s.held.Load() != 0 {
		time.Sleep(time.Millisecond)
	}
}

// TestHeld: bodies of all requests together have a limit, and give back what they took.
func TestHeld(t *testing.T) {
	s, url := started(t, Options{MaxBody: 100_000, MaxHeld: 150_000})
	address := strings.TrimPrefix(url, "http://")
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "POST /clean HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 90000\r\n\r\nA text")
	for s.held.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	body := bytes.Repeat([]byte("The ferry left at noon. "), 3700)
	if status, data := post(t, url+"/clean", "text/plain", body); status != 503 || !strings.Contains(string(data), "later") {
		t.Errorf("while another body is read: %d %s", status, data)
	}
	c.Close()
	for s.held.Load() != 0 {
		time.Sleep(time.Millisecond)
	}
	if status, data := post(t, url+"/clean", "text/plain", body); status != 200 {
		t.Errorf("afterwards: %d %s", status, data)
	}
	if n := s.held.Load(); n != 0 {
		t.Errorf("%d bytes are held by nobody", n)
	}
}

// TestBusy: who waits longer than the time limit for a place to work is told so.
func TestBusy(t *testing.T) {
	s, url := started(t, Options{Jobs: 1, Timeout: 20 * time.Millisecond})
	s.jobs <- struct{}{}
	if status, data := post(t, url+"/clean", "text/plain", []byte("The ferry left.")); status != 503 {
		t.Errorf("%d %s", status, data)
	}
	if status, data := post(t, url+"/clean", "application/x-ndjson", []byte(`{"text":"a"}`+"\n")); status != 200 || !strings.Contains(string(data), "too much to do") {
		t.Errorf("%d %s", status, data)
	}
	<-s.jobs
}

// TestOrigins: pages elsewhere may not ask unless they are let, and none may under a
// name that is not the server's.
func TestOrigins(t *testing.T) {
	body := []byte("The ferry left.")
	_, closed := started(t, Options{Hosts: Loopback()})
	_, open := started(t, Options{Origins: []string{"https://example.org"}})
	_, all := started(t, Options{Origins: []string{"*"}})
	for _, c := range []struct {
		url     string
		headers []string
		status  int
	}{
		{closed, nil, 200},
		{closed, []string{"Origin", "https://example.org"}, 403},
		{closed, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{closed, []string{"Sec-Fetch-Site", "same-origin"}, 200},
		{open, []string{"Origin", "https://example.org"}, 200},
		{open, []string{"Origin", "https://other.example"}, 403},
		{all, []string{"Origin", "https://other.example"}, 200},
	} {
		if status, data := post(t, c.url+"/clean", "text/plain", body, c.headers...); status != c.status {
			t.Errorf("%v: %d %s, want %d", c.headers, status, data, c.status)
		}
	}
	r, err := http.NewRequest(http.MethodOptions, open+"/clean", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "https://example.org")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != 204 || res.Header.Get("Access-Control-Allow-Origin") != "https://example.org" {
		t.Errorf("preflight: %d %v", res.StatusCode, res.Header)
	}
	r.Method, r.Host = http.MethodPost, "winnow.attacker.example"
	r.URL.Host = strings.TrimPrefix(closed, "http://")
	if res, err = http.DefaultClient.Do(r); err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != 421 {
		t.Errorf("under another name: %d", res.StatusCode)
	}
	if _, err := New(Options{Origins: []string{"example.org/a"}}); err == nil {
		t.Error("an origin that is none is taken")
	}
}

// TestHealth: it says that it works, and then that it ends.
func TestHealth(t *testing.T) {
	s, url := started(t, Options{})
	for _, want := range []int{200, 503} {
		res, err := http.Get(url + "/health")
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%d, want %d", res.StatusCode, want)
		}
		s.Drain()
	}
	if status, _ := post(t, url+"/clean", "text/plain", []byte("The ferry left.")); status != 200 {
		t.Errorf("while it ends: %d", status)
	}
}

// TestPage: the page comes with a policy that lets nothing of an input do anything.
func TestPage(t *testing.T) {
	_, url := started(t, Options{})
	_, bare := started(t, Options{NoPage: true})
	for path, kind := range map[string]string{"/": "text/html", "/winnow.js": "text/javascript", "/winnow.css": "text/css"} {
		res, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(res.Body)
		res.Body.Close()
		policy := res.Header.Get("Content-Security-Policy")
		if err != nil || len(data) == 0 || res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), kind) ||
			!strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe-inline") || strings.Contains(string(data), "https://cdn") {
			t.Errorf("%s: %d %v", path, res.StatusCode, res.Header)
		}
		if res, err = http.Get(bare + path); err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != 404 {
			t.Errorf("without the page, %s: %d", path, res.StatusCode)
		}
	}
}

// TestCanceled: a client that goes ends the work on its input.
func TestCanceled(t *testing.T) {
	s, url := started(t, Options{Jobs: 1})
	s.jobs <- struct{}{}
	ctx, cancel := context.WithCancel(context.Background())
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/clean", strings.NewReader("The ferry left."))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "text/plain")
	done := make(chan error, 1)
	go func() {
		_, err := http.DefaultClient.Do(r)
		done <- err
	}()
	for s.held.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	cancel()
	if <-done == nil {
		t.Error("it was answered")
	}
	for s.held.Load() != 0 {
		time.Sleep(time.Millisecond)
	}
	<-s.jobs
}

func TestRulesAnswer(t *testing.T) {
	_, url := started(t, Options{})
	rule := "rule nav.harbour\n  why   a label\n  line  harbour {any<=2} desk\n  yes   Harbour news desk\n  no    The harbour has a news desk.\n"
	status, data := post(t, url+"/rules", "application/json", asJSON(t, map[string]string{"rules": rule}))
	if status != 200 || !strings.Contains(string(data), `"id":"nav.harbour"`) || !strings.Contains(string(data), `"faults":[]`) {
		t.Errorf("%d %s", status, data)
	}
	status, data = post(t, url+"/rules", "application/json", asJSON(t, map[string]string{"rules": strings.Replace(rule, "Harbour news desk", "Harbours", 1)}))
	if status != 200 || strings.Contains(string(data), `"faults":[]`) {
		t.Errorf("an example that does not hold: %d %s", status, data)
	}
}
