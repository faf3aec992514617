package batch

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/record"
)

// split is what a Split makes of a file: a line for each item.
func split(t testing.TB, s *Split, name, content string) string {
	t.Helper()
	file := Reader(name, strings.NewReader(content))
	var b strings.Builder
	for item := range s.Items(slices.Values([]*Item{file})) {
		number := 0
		if item.Row != nil {
			number = item.Row.Number
		}
		err := item.Err
		var text []byte
		if err == nil {
			var f io.ReadCloser
			if f, err = item.Open(); err == nil {
				text, err = io.ReadAll(f)
			}
		}
		fmt.Fprintf(&b, "%d %q", number, text)
		if err != nil {
			fmt.Fprintf(&b, " error %v", err)
		}
		in := item.Input
		if in.URL != nil {
			fmt.Fprintf(&b, " url %s", in.URL)
		}
		for name, value := range map[string]string{"site": in.Site, "title": in.Title, "type": in.ContentType} {
			if value != "" {
				fmt.Fprintf(&b, " %s %s", name, value)
			}
		}
		if in.Format != clean.Auto {
			fmt.Fprintf(&b, " %s", in.Format)
		}
		if item.Row != nil && item.Row.ID != "" {
			fmt.Fprintf(&b, " id %s", item.Row.ID)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestSplit(t *testing.T) {
	mhtml := "From: <Saved by X>\r\nSnapshot-Content-Location: https://a.example/1\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/related; type=\"text/html\"; boundary=\"--b\"\r\n\r\n----b\r\nContent-Type: text/html; charset=utf-8\r\n" +
		"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://a.example/2\r\n\r\n<p>caf=C3=A9 =\r\nx</p>\r\n" +
		"----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n----b--\r\n"
	for _, c := range []struct {
		about string
		split Split
		file  string
		want  string
	}{
		{"lines", Split{Kind: JSONL}, "\ufeff{\"text\":\"a\\u2028b\\u0000\\ud800\",\"id\":7,\"url\":\"https://x.example/\"}\r\n\n{\"html\":\"<p>\",\"text\":\"t\"}\n[1]\n{\"text\":null}\n{\"text\":[]}\n{}",
			"1 \"a\\u2028b\\x00\ufffd\" url https://x.example/ text id 7\n2 \"\" error an empty line, no JSON\n3 \"<p>\" html\n4 \"\" error an array where an object was expected\n" +
				"5 \"\" text\n6 \"\" error field \"text\": an array where a string was expected\n7 \"\" error it has no field \"text\"\n"},
		{"lines with other fields", Split{Kind: JSONL, Fields: Fields{Body: "b", URL: "u", ID: "i", Site: "s", Type: "t"}},
			`{"b":"x","u":"nowhere","i":"k","s":"news.example","t":"HTML"}` + "\n" + `{"b":"x","t":"text/plain","i":true}` + "\n" + `{"b":"x","t":"pdf"}`,
			"1 \"x\" site news.example html id k\n2 \"x\" type text/plain id true\n3 \"\" error field \"t\": unknown format \"pdf\" (auto, html or text)\n"},
		{"a line that is too long", Split{Kind: JSONL, MaxRow: 30}, `{"text":"` + strings.Repeat("x", 99) + "\"}\n{\"text\":\"y\"}\n",
			"1 \"\" error input too large: more than a row may have\n2 \"y\" text\n"},
		{"array", Split{Kind: JSON, Fields: Fields{Body: "t"}}, "[{\"t\":\"a\"},\n {\"t\":\"b\"}, 1]{\"t\":\"c\"}", "1 \"a\"\n2 \"b\"\n3 \"\" error a number where an object was expected\n4 \"c\"\n"},
		{"objects", Split{Kind: JSON, Fields: Fields{Body: "t"}}, "{\n\"t\":\n\"a\"}\n\n{\"t\":\"b\"}", "1 \"a\"\n2 \"b\"\n"},
		{"an array in an object", Split{Kind: JSON, Fields: Fields{Body: "t"}}, `{"n":[1,[2]],"of":{"x":[{}]},"all":[{"t":"a"},{"t":"b"}]}`, "1 \"a\"\n2 \"b\"\n"},
		{"an array in an object of one line", Split{Fields: Fields{Body: "t"}}, `{"n":1,"all":[{"t":"a"},{"t":"b"}]}` + "\n", "1 \"a\"\n2 \"b\"\n"},
		{"a row with an array of objects", Split{Fields: Fields{Body: "t"}}, `{"all":[{"t":"a"}],"t":"b"}`, "1 \"b\"\n"},
		{"rows of which the first has no body", Split{Fields: Fields{Body: "t"}}, `{"all":[{"x":1}]}` + "\n" + `{"t":"b"}`, "1 \"\" error it has no field \"t\"\n2 \"b\"\n"},
		{"an object without an array", Split{Kind: JSON, Fields: Fields{Body: "t"}}, `{"all":[{"t":"a"}]}{"t":"b"}{"all":[]}`,
			"1 \"a\"\n2 \"\" error an object without an array where one that holds the rows was expected\n"},
		{"JSON that is cut off", Split{Kind: JSON, Fields: Fields{Body: "t"}}, `[{"t":"a"},{"t":`, "1 \"a\"\n2 \"\" error after row 1: broken input: JSON is cut off\n"},
		{"array that is cut off", Split{Kind: JSON, Fields: Fields{Body: "t"}}, `[{"t":"a"}`, "1 \"a\"\n2 \"\" error after row 1: broken input: JSON is cut off\n"},
		{"a bracket too many", Split{Kind: JSON, Fields: Fields{Body: "t"}}, `{"t":"a"}]`, "1 \"a\"\n2 \"\" error after row 1: broken input: no JSON: invalid character ']' looking for beginning of value (byte 9)\n"},
		{"table", Split{Kind: CSV, Fields: Fields{Body: "t", ID: "i"}}, "i;t\n1;\"a\n;\"\"b\"\"\"\n2\n3;c;d\n", "1 \"a\\n;\\\"b\\\"\" id 1\n2 \"\" error it has 1 cells, and column \"t\" is number 2 id 2\n3 \"c\" id 3\n"},
		{"table without a header", Split{Kind: CSV, NoHeader: true, Fields: Fields{Body: "2"}}, "a,b\nc,d", "1 \"b\"\n2 \"d\"\n"},
		{"table that is not UTF-8", Split{Kind: CSV, Fields: Fields{Body: "t"}}, "t,x\ncaf\xe9,1\nb,2", "1 \"\" error its text is not UTF-8: convert the table first\n2 \"b\"\n"},
		{"table in UTF-16", Split{Kind: CSV, Fields: Fields{Body: "t"}}, "\xff\xfet\x00", "0 \"\" error it is UTF-16: convert it to UTF-8 first\n"},
		{"a quote that is not closed", Split{Kind: CSV, Fields: Fields{Body: "t"}}, "t,x\n\"a,1\nb,2\nc,3", "1 \"\" error a quote is not closed\n2 \"b\"\n3 \"c\"\n"},
		{"no such column", Split{Kind: CSV, Fields: Fields{Body: "body"}}, "t,x\na,b", "0 \"\" error no column \"body\" (it has \"t\", \"x\")\n"},
		{"a column of an endless name", Split{Kind: CSV, Fields: Fields{Body: "body"}}, strings.Repeat("é", 1000) + ",x\na,b",
			"0 \"\" error no column \"body\" (it has \"" + strings.Repeat("é", 40) + "...\", \"x\")\n"},
		{"MHTML that is none", Split{Kind: MHTML}, "<p>" + strings.Repeat("x", 1000) + "\n\n",
			"0 \"\" error broken input: MHTML: malformed header line: <p>" + strings.Repeat("x", 54) + "...\n"},
		{"table without rows", Split{Kind: CSV, Fields: Fields{Body: "t"}}, "t,x\n", "1 \"\" error a table without rows\n"},
		{"feed", Split{}, `<?xml version="1.0"?><rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:m="http://search.yahoo.com/mrss/"><channel><title>F</title>` +
			`<item><title>A &amp;amp; B</title><link>https://a.example/1</link><guid>g1</guid><m:title>no</m:title><description>short</description><c:encoded><![CDATA[<p>long</p>]]></c:encoded></item>` +
			`<item><description>&amp;lt;p&amp;gt;twice&amp;lt;/p&amp;gt;</description></item></channel></rss>`,
			"1 \"<p>long</p>\" url https://a.example/1 title A & B html id g1\n2 \"<p>twice</p>\" html\n"},
		{"Atom", Split{}, `<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="self" href="https://a.example/s"/><link href="https://a.example/1"/><id>i</id><summary>sum</summary>` +
			`<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a &lt; <b>b</b></p></div></content></entry><entry><content>a &lt;b&gt;</content></entry></feed>`,
			"1 \"<div><p>a &lt; <b>b</b></p></div>\" url https://a.example/1 html id i\n2 \"a <b>\" text\n"},
		{"feed that is cut off", Split{}, `<rss><channel><item><title>A</title></item><item><title>B`, "1 \"\" title A html\n2 \"\" error after row 1: broken input: feed: XML syntax error on line 1: unexpected EOF\n"},
		{"MHTML", Split{}, mhtml, "0 \"<p>café x</p>\" url https://a.example/1 type text/html; charset=utf-8\n"},
		{"MHTML that is cut off", Split{}, mhtml[:len(mhtml)-90], "0 \"<p>café x</p>\" url https://a.example/1 type text/html; charset=utf-8\n"},
		{"MHTML of one part", Split{Kind: MHTML}, "MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\nContent-Location: https://a.example/3\n\n" + base64.StdEncoding.EncodeToString([]byte("<p>x</p>")),
			"0 \"<p>x</p>\" url https://a.example/3 type text/html\n"},
		{"MHTML without a page", Split{Kind: MHTML}, "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nx\n--b--\n", "0 \"\" error no part of it is HTML\n"},
		{"WARC", Split{}, "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:a>\r\nWARC-Target-URI: https://a.example/1\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p>x\r\n\r\nnoise\r\n",
			"1 \"<p>x\" url https://a.example/1 type text/html id urn:a\n2 \"\" error broken input: at byte 137: 7 bytes that are no record\n"},
		{"a table of one column", Split{Fields: Fields{Body: "t"}}, "t\nOne and two.\n", "1 \"One and two.\"\n"},
		{"a text of which a field is wanted", Split{Fields: Fields{Body: "t"}}, "Then came fog.\n", "0 \"\" error no table and no JSON, as far as can be told, and so no field \"t\"\n"},
		{"page", Split{}, "<p>x", "0 \"<p>x\"\n"},
		{"nothing", Split{}, "", "0 \"\"\n"},
	} {
		t.Run(c.about, func(t *testing.T) {
			for name, file := range map[string]string{"plain": c.file, "gzip": gz(t, c.file), "zstd": zst(t, c.file)} {
				want := c.want
				if name == "gzip" && (c.about == "page" || c.about == "nothing") {
					want = fmt.Sprintf("0 %q\n", file) // left to the reader of pages
				}
				if c.about == "WARC" {
					want = strings.ReplaceAll(want, "at byte 137", "at byte")
				}
				got := split(t, &c.split, "x", file)
				if c.about == "WARC" {
					i := strings.Index(got, "at byte")
					got = got[:i+7] + got[i+7+strings.IndexByte(got[i+7:], ':'):]
					if i := strings.Index(got, "at byte1"); i >= 0 {
						t.Fatal(got)
					}
				}
				if got != want {
					t.Errorf("%s:\n%swant\n%s", name, got, want)
				}
			}
		})
	}
}

func gz(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zst(t testing.TB, s string) string {
	t.Helper()
	z, err := zstd.NewWriter(nil, zstd.WithZeroFrames(true))
	if err != nil {
		t.Fatal(err)
	}
	return string(z.EncodeAll([]byte(s), nil))
}

// What a text plainly is that nobody gave a flag for; texts that only look like it
// are texts.
func TestKindOf(t *testing.T) {
	for _, c := range []struct {
		want Kind
		text string
	}{
		{CSV, "id,text\n1,\"a\nb\"\n"},
		{CSV, "id;title;text\n1;A;Then came fog.\n2;B;Then came rain.\n3;C;Then came snow.\n"},
		{TSV, "id\ttitle\ttext\n1\tA\tThen came fog.\n2\tB\tThen came rain.\n3\tC\tThen came snow.\n"},
		{CSV, "\ufeffid,text\r\n1,\"He said \"\"no\"\", and left.\"\r\n"},
		{Page, "Oslo, Norway\nRome, Italy\nBonn, Germany\n"},
		{Page, "Yesterday, the board met, again, in town\nIt was late, and cold, and dark\nNobody, however, came\n"},
		{Page, "Name\tAge\nAnn\t3\nBob\t4\n"},
		{Page, "Yes,no\n\"I think so,\" she said,\n"},
		{Page, "Then came fog."},
		{Page, "word"},
		{JSONL, "{\"a\":1}\n{\"a\":2}\n"},
		{JSONL, "{\"a\":1}"},
		{JSON, "{\n \"a\": 1\n}"},
		{JSON, "[{\"a\":1},\n{\"b\":2}]"},
		{Page, "[\"quoted\"]"},
		{Page, "[1, 2]"},
		{Page, "{ braces } in a text"},
		{Page, "[Photo] The ferry was late.\n"},
		{Page, "{{ template }}\n"},
		{Mail, "From a@b.example Mon Jan 1 00:00:00 2024\nFrom: a@b.example\nDate: x\n\nText\n"},
		{Mail, "Received: by x\nFrom: a\nTo: b\nSubject: c\n\nText\n"},
		{Page, "From the harbour: a story\nDate: 3 May\n\nText\n"},
		{Page, "Title: A story\nFrom: the harbour\n\nText\n"},
		{MHTML, "From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"},
		{WARC, "WARC/1.0\r\n"},
		{Feed, "<?xml version='1.0'?>\n<!-- a\n> b --><rss version='2.0'>"},
		{Feed, "<feed xmlns='x'>"},
		{Page, "<html><rss>"},
		{Page, ""},
	} {
		if got := kindOf([]byte(c.text), true); got != c.want {
			t.Errorf("%.40q is %s, want %s", c.text, got, c.want)
		}
	}
}

// Files of such names are no texts, whatever they look like.
func TestNamesOfTables(t *testing.T) {
	for name, want := range map[string]string{"a.csv": "a table (CSV)", "a.jsonl.gz": "JSON", "a.mbox": "mail"} {
		got := split(t, &Split{}, name, "Then came fog.")
		if !strings.Contains(got, "this is "+want) {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := split(t, &Split{}, "a.md", "Then came fog."); got != "0 \"Then came fog.\"\n" {
		t.Error(got)
	}
}

// The same text is cleaned alike wherever it comes from, and the same page, too.
func TestAlike(t *testing.T) {
	text := "You can read 3 more articles this month\nThe ferry was late, as it is every Tuesday in autumn.\nAdvertisement\n\"Nobody,\" she said, \"complained about it at all.\"\nShare on Facebook\n"
	var p strings.Builder
	p.WriteString("<!doctype html><html><head><meta charset=utf-8><title>Ferry</title></head><body><nav><a href=/>Home</a></nav><article><h1>Ferry</h1>")
	for i := range 8 {
		fmt.Fprintf(&p, "<p>The boat number %d came in late, as café owners say it does on <a href=\"/days\">each day</a> of the week, and nobody minded.</p>", i)
	}
	p.WriteString("</article><footer>© 2025</footer></body></html>")
	page := p.String()
	quoted := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	js := func(s string) string { return strings.NewReplacer(`"`, `\"`, "\n", `\n`).Replace(s) }
	http := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
	warc := fmt.Sprintf("WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(http), http)
	c, err := clean.New(clean.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want, err := c.Text(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	wantPage, err := c.HTML(context.Background(), strings.NewReader(page), nil)
	if err != nil {
		t.Fatal(err)
	}
	if want.Text == text || wantPage.Text == "" {
		t.Fatal("nothing to clean")
	}
	for _, k := range []struct {
		name, file string
		split      Split
		want       string
	}{
		{"a.txt", text, Split{}, want.Text},
		{"a.csv", "t,x\r\n" + quoted(text) + ",1\r\n", Split{Fields: Fields{Body: "t"}}, want.Text},
		{"a.tsv", "x\tt\n1\t" + quoted(text), Split{Fields: Fields{Body: "t"}}, want.Text},
		{"a.jsonl", `{"t":"` + js(text) + `"}`, Split{Fields: Fields{Body: "t"}}, want.Text},
		{"b.jsonl", `{"text":"` + js(text) + `"}`, Split{Kind: JSONL}, want.Text},
		{"a.json", `[{"t":"` + js(text) + `"}]`, Split{Fields: Fields{Body: "t"}}, want.Text},
		{"a.html", page, Split{}, wantPage.Text},
		{"p.jsonl", `{"html":"` + js(page) + `"}`, Split{Kind: JSONL}, wantPage.Text},
		{"p.csv", "h,x\n" + quoted(page) + ",1\n", Split{Fields: Fields{Body: "h"}}, wantPage.Text},
		{"p.warc", warc, Split{}, wantPage.Text},
		{"p.mhtml", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte(page)) + "\n--b--\n", Split{}, wantPage.Text},
	} {
		for _, pack := range []func(testing.TB, string) string{func(_ testing.TB, s string) string { return s }, gz, zst} {
			items := k.split.Items(slices.Values([]*Item{Reader(k.name, strings.NewReader(pack(t, k.file)))}))
			n := 0
			for o, err := range Run(context.Background(), items, Options{}, Clean(c)) {
				if err != nil || o.Err != nil {
					t.Fatalf("%s: %v, %v", k.name, err, o.Err)
				}
				if n++; o.Value.Text != k.want {
					t.Errorf("%s: %q, want %q", k.name, o.Value.Text, k.want)
				}
			}
			if n != 1 {
				t.Errorf("%s: %d items", k.name, n)
			}
		}
	}
}

func TestRowAsJSON(t *testing.T) {
	items := slices.Collect((&Split{Kind: JSONL, Fields: Fields{Body: "b"}}).Items(slices.Values([]*Item{
		Reader("-", strings.NewReader("{\"z\":1e2,\"b\":\"x\",\"title\":\"\",\"byline\":\"me\",\"verdict\":\"old\",\"a\":{\"k\" : \"\u2028\"}}\nbad\n")),
	})))
	for i, want := range []string{
		`{"z":1e2,"title":"","byline":"me","a":{"k" : "\u2028"},"error":null,"schema":1,"format":"text","verdict":"article","score":1,"title":"T","text":"clean\n"}`,
		`{"error":"no luck","schema":1,"verdict":"","score":0,"title":"","text":""}`,
	} {
		item := items[i]
		rec := &record.Record{Source: "-", Result: &clean.Result{Text: "clean\n", Format: clean.FromText, Verdict: clean.Article, Score: 1, Title: "T", Byline: "you"}}
		if _, err := item.Open(); err != nil {
			rec = &record.Record{Source: "-", Error: "no luck"}
		}
		got, err := item.Row.AppendJSON(nil, rec)
		if err != nil || string(got) != want {
			t.Errorf("%s, %v; want %s", got, err, want)
		}
	}
}

func TestParts(t *testing.T) {
	in := fill(t, "out/")
	for name, text := range map[string]string{"a.csv": "t,x\r\na,1\r\n\r\n", "b.csv": "t,x\nb,2", "c.csv": "t,x\n"} {
		if err := os.WriteFile(filepath.Join(in, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	search := &Search{Kind: CSV}
	write := func(sink Sink) {
		t.Helper()
		items := (&Split{Fields: Fields{Body: "t"}}).Items(search.Files(in))
		for item := range items {
			var body []byte
			if !errors.Is(item.Err, ErrNoRows) {
				if _, err := item.Open(); err != nil {
					t.Fatal(err)
				}
				text := "<" + item.Name[len(item.Name)-1:] + ">\n"
				body = item.Row.AppendTable(nil, &text)
			}
			if err := sink.Write(item, body); err != nil {
				t.Fatal(err)
			}
		}
		if err := sink.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(in, "out")
	parts, err := CreateParts(out, func(*Item) (string, Frame) { return ".csv", Table() })
	if err != nil {
		t.Fatal(err)
	}
	defer parts.Abort()
	write(parts)
	for name, want := range map[string]string{"a.csv": "t,x\r\n<1>,1\r\n\r\n", "b.csv": "t,x\n<1>,2", "c.csv": "t,x\n"} {
		if got, err := os.ReadFile(filepath.Join(out, name)); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, want)
		}
	}
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	write(NewStream(NewOutput("x", &b), Table()))
	if want := "t,x\r\n<1>,1\r\n<1>,2"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}

func TestFileName(t *testing.T) {
	long := fileName(strings.Repeat("a/", 300))
	if len(long) > maxName || long == fileName(strings.Repeat("a/", 301)) {
		t.Errorf("%q", long)
	}
	for id, want := range map[string]string{"a.b-1": "a.b-1", "../x": "%2E.%2Fx", "é": "é", "a b": "a%20b"} {
		if got := fileName(id); got != want {
			t.Errorf("%q: %q, want %q", id, got, want)
		}
	}
}

// Two rows of one name are not one file.
func TestTreeOfRows(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	tree, err := CreateTree(out, ".txt")
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Abort()
	for item := range (&Split{Kind: JSONL, Flat: true}).Items(slices.Values([]*Item{
		Reader("x", strings.NewReader(`{"id":1,"text":"a"}`+"\n"+`{"id":2,"text":"b"}`+"\n"+`{"id":1,"text":"c"}`+"\n"+`{"text":"d"}`)),
	})) {
		if _, err := item.Open(); err != nil {
			t.Fatal(err)
		}
		err := tree.Write(item, []byte(item.Row.ID))
		if (err != nil) != (item.Row.Number == 3) || err != nil && !strings.Contains(err.Error(), "another row") {
			t.Errorf("row %d: %v", item.Row.Number, err)
		}
	}
	if got, want := contents(t, out), "00000004.txt: \n1.txt: 1\n2.txt: 2\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A stream that shows nothing in time counts as a page, whose reader sees to the time;
// one that is to have rows is waited for.
func TestSplitTimeout(t *testing.T) {
	for _, kind := range []Kind{Auto, JSONL} {
		r, w := io.Pipe()
		s := &Split{Kind: kind, Timeout: time.Millisecond}
		for item := range s.Items(slices.Values([]*Item{Reader("-", &slow{r, w})})) {
			if (item.Row != nil) != (kind == JSONL) {
				t.Errorf("%q: row %v", kind, item.Row)
			}
			f, err := item.Open()
			if err != nil {
				t.Fatal(err)
			}
			if text, err := io.ReadAll(f); err != nil || len(text) == 0 {
				t.Errorf("%q: %q, %v", kind, text, err)
			}
		}
	}
}

// slow is a pipe that is written to late.
type slow struct {
	r *io.PipeReader
	w *io.PipeWriter
}

func (s *slow) Read(p []byte) (int, error) {
	if s.w != nil {
		time.Sleep(50 * time.Millisecond)
		go func(w *io.PipeWriter) {
			_, _ = w.Write([]byte(`{"text":"x"}` + "\n"))
			w.Close()
		}(s.w)
		s.w = nil
	}
	return s.r.Read(p)
}

// How fast rows are read, without cleaning; ns/op over bytes tells.
func BenchmarkSplit(b *testing.B) {
	var text strings.Builder
	for i := range 800 {
		fmt.Fprintf(&text, "<p class=\"x%d\">The boat number %d came in late, \"as ever\", and left.</p>\n", i%7, i)
	}
	page := text.String()
	var warc, csv, jsonl strings.Builder
	csv.WriteString("id,t\n")
	for i := range 50 {
		fmt.Fprintf(&warc, "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(page), page)
		fmt.Fprintf(&csv, "%d,\"%s\"\n", i, strings.ReplaceAll(page, `"`, `""`))
		fmt.Fprintf(&jsonl, "{\"id\":%d,\"t\":\"%s\"}\n", i, strings.NewReplacer(`"`, `\"`, "\n", `\n`).Replace(page))
	}
	for name, file := range map[string]string{
		"warc": warc.String(), "csv": csv.String(), "jsonl": jsonl.String(),
		"warc.gz": gz(b, warc.String()), "csv.gz": gz(b, csv.String()), "jsonl.gz": gz(b, jsonl.String()),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(50 * int64(len(page)))
			for b.Loop() {
				n := 0
				for item := range (&Split{Fields: Fields{Body: "t"}}).Items(slices.Values([]*Item{Reader(name, strings.NewReader(file))})) {
					f, err := item.Open()
					if err != nil {
						b.Fatal(err)
					}
					if _, err := io.Copy(io.Discard, f); err != nil {
						b.Fatal(err)
					}
					n++
				}
				if n != 50 {
					b.Fatalf("%d rows", n)
				}
			}
		})
	}
}
