package clean

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// TestFormat: what an input was read as is told, and follows what is said of it
// before what it looks like.
func TestFormat(t *testing.T) {
	const page, text = "<html><body><p>The ferry is late.</p></body></html>", "The ferry is late.\n"
	for _, c := range []struct {
		in   Input
		src  string
		want Format
	}{
		{Input{}, page, FromHTML},
		{Input{}, text, FromText},
		{Input{Format: FromText}, page, FromText},
		{Input{Format: FromHTML}, text, FromHTML},
		{Input{ContentType: "text/plain; charset=utf-8"}, page, FromText},
		{Input{ContentType: "TEXT/HTML"}, text, FromHTML},
		{Input{ContentType: "application/octet-stream"}, text, FromText},
		{Input{ContentType: "koi8-r"}, page, FromHTML},
		{Input{Format: FromHTML, ContentType: "text/plain"}, page, FromHTML},
	} {
		c.in.Body = strings.NewReader(c.src)
		res, err := standard().Clean(context.Background(), c.in)
		if err != nil || res.Format != c.want {
			t.Errorf("%+v: %v, %v", c.in, res, err)
		}
	}
	if _, err := standard().Clean(context.Background(), Input{Body: strings.NewReader(text), Format: 9}); err == nil {
		t.Error("an unknown format passes")
	}
	for _, f := range []Format{Auto, FromHTML, FromText} {
		if got, err := ParseFormat(f.String()); got != f || err != nil {
			t.Errorf("%v: %v, %v", f, got, err)
		}
	}
	if _, err := ParseFormat("pdf"); err == nil {
		t.Error("pdf passes for a format")
	}
}

// TestContainer: what holds documents is none, unless it is said what it is; a name
// says that what begins with a tag is HTML.
func TestContainer(t *testing.T) {
	const json = `{"title": "Ferry late", "body": "<p>It is.</p>"}`
	for _, src := range []string{json, json + "\n" + json, "<rss><channel><item>x</item></channel></rss>", "id,url,text\n1,a,x\n2,b,y\n"} {
		res, err := standard().Clean(context.Background(), Input{Body: strings.NewReader(src)})
		if !errors.Is(err, ErrContainer) || !reflect.DeepEqual(res, &Result{}) {
			t.Errorf("%.40q: %v, %v", src, res, err)
		}
		if res, err = standard().Clean(context.Background(), Input{Body: strings.NewReader(src), Format: FromText}); err != nil || res.Format != FromText {
			t.Errorf("%.40q, as text: %v, %v", src, res, err)
		}
	}
	const odd = "<text id=a1>Ferry late\n\nThe <b>ferry</b> is late."
	for _, c := range []struct {
		in   Input
		want Format
	}{
		{Input{}, FromText}, {Input{Name: "a.txt"}, FromText}, {Input{Name: "dir/A.HTM"}, FromHTML},
		{Input{URL: &url.URL{Scheme: "https", Host: "sea.example", Path: "/a.html"}}, FromHTML},
	} {
		c.in.Body = strings.NewReader(odd)
		res, err := standard().Clean(context.Background(), c.in)
		if err != nil || res.Format != c.want {
			t.Errorf("%+v: %v, %v", c.in, res, err)
		}
	}
	if res, err := standard().Clean(context.Background(), Input{Name: "a.html", Body: strings.NewReader("The ferry is late.\n")}); err != nil || res.Format != FromText {
		t.Errorf("a text with the name of a page: %v, %v", res, err)
	}
}

// TestContentType: its encoding is used where nothing else tells.
func TestContentType(t *testing.T) {
	src := "<p>\xf0\xc1\xd2\xcf\xcd \xcf\xd0\xc1\xda\xc4\xd9\xd7\xc1\xc5\xd4</p>" // in KOI8-R
	for _, header := range []string{"text/html; charset=koi8-r", "koi8-r"} {
		res, err := standard().Clean(context.Background(), Input{Body: strings.NewReader(src), ContentType: header, Format: FromHTML})
		if err != nil || res.Text != "Паром опаздывает\n" {
			t.Errorf("%s: %+v, %v", header, res, err)
		}
	}
	if res, err := standard().Clean(context.Background(), Input{Body: strings.NewReader("<p>late</p>"), ContentType: "text/html; charset=nonsense"}); err != nil || res.Text != "late\n" {
		t.Errorf("%+v, %v", res, err)
	}
}

// TestFragment: of a fragment everything stays but what is surely residue.
func TestFragment(t *testing.T) {
	for _, c := range []struct{ name, title, src, want string }{
		{"a heading alone", "", "<h1>Ferry late</h1>", "Ferry late\n"},
		{"a link first", "", "<p><a href=x>The ferry</a></p><p>It is late.</p>", "The ferry\n\nIt is late.\n"},
		{"one link", "", "<a href=x>Timetable of the ferry</a>", "Timetable of the ferry\n"},
		{"menu-like list", "", "<ul><li><a href=a>North</a></li><li><a href=b>South</a></li></ul>", "- North\n- South\n"},
		{"known title", "Ferry late again", "<h2>Ferry late, again!</h2><p>It leaves at noon.</p>", "It leaves at noon.\n"},
		{"known title as a paragraph", "Ferry late again", "<p><b>Ferry late again</b></p><p>It leaves at noon.</p>", "It leaves at noon.\n"},
		{"said further down", "Ferry late again", "<p>It leaves at noon, and nobody on the quay was surprised when it did not come at all on that day.</p><p>Ferry late again</p>", "It leaves at noon, and nobody on the quay was surprised when it did not come at all on that day.\n\nFerry late again\n"},
		{"unknown title", "", "<h2>Ferry late again</h2><p>It leaves at noon.</p>", "Ferry late again\n\nIt leaves at noon.\n"},
		{"share bar", "", `<p>It leaves at noon.</p><div class="share-bar"><a href=x>Share</a> <a href=y>Tweet</a></div>`, "It leaves at noon.\n"},
		{"hidden", "", `<p>It leaves at noon.</p><p style="display:none">Quill</p>`, "It leaves at noon.\n"},
		{"label", "", "<p>It leaves at noon.</p><p>Advertisement</p>", "It leaves at noon.\n"},
	} {
		res, err := explaining.Clean(context.Background(), Input{Body: strings.NewReader(c.src), Format: FromHTML, Fragment: true, Title: c.title})
		if err != nil || res.Text != c.want || res.Verdict != Article || res.Score <= 0 || res.Score > 1 {
			t.Errorf("%s: %+v, %v", c.name, res, err)
		}
		if c.title != "" && res.Title != c.title {
			t.Errorf("%s: title %q", c.name, res.Title)
		}
	}
	if res, err := standard().Clean(context.Background(), Input{Body: strings.NewReader("AT&amp;T rises."), Fragment: true}); err != nil || res.Text != "AT&T rises.\n" {
		t.Errorf("a fragment without tags: %+v, %v", res, err)
	}
	titled, err := New(Options{Title: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, src := range []string{"<h2>Ferry late</h2><p>It leaves at noon.</p>"} {
		if res, err := titled.Clean(context.Background(), Input{Body: strings.NewReader(src), Fragment: true}); err != nil || strings.Count(res.Text, "Ferry late") != 1 {
			t.Errorf("the title stands twice: %+v, %v", res, err)
		}
	}
	if res, err := standard().Clean(context.Background(), Input{Body: strings.NewReader("<div></div>"), Format: FromHTML, Fragment: true}); err != nil || res.Verdict != Empty {
		t.Errorf("%+v, %v", res, err)
	}
}

// TestKnownTitle: a title that is known goes where it heads the text, and is the
// result's.
func TestKnownTitle(t *testing.T) {
	const rest = "The ferry left forty minutes late on Tuesday, the harbour office said.\n"
	res, err := explaining.Clean(context.Background(), Input{Body: strings.NewReader("Ferry late again\n\n" + rest), Format: FromText, Title: "Ferry late, again"})
	if err != nil || res.Text != rest || res.Title != "Ferry late, again" || res.Decisions[0].Kind != "title" {
		t.Errorf("%+v, %v", res, err)
	}
	keeping, err := New(Options{Policy: map[Kind]Action{"title": Keep}})
	if err != nil {
		t.Fatal(err)
	}
	titled, err := New(Options{Title: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []*Cleaner{keeping, titled} {
		if res, err := c.Clean(context.Background(), Input{Body: strings.NewReader("Ferry late again\n\n" + rest), Format: FromText, Title: "Ferry late again"}); err != nil || !strings.HasPrefix(res.Text, "Ferry late again\n") {
			t.Errorf("%+v, %v", res, err)
		}
	}
	if res, err = explaining.Clean(context.Background(), Input{Body: strings.NewReader("Ferry late again\n\n" + rest), Format: FromText, Title: "Something else"}); err != nil || !strings.HasPrefix(res.Text, "Ferry late again\n") {
		t.Errorf("%+v, %v", res, err)
	}
}

// TestSite: rules that are limited to a host know texts by address and by site.
func TestSite(t *testing.T) {
	c, err := New(Options{Rules: []RuleFile{{Name: "r", Data: "rule ad.boats\n  host example.org\n  line the boats are there for everybody\n  yes The boats are there for everybody.\n"}}})
	if err != nil {
		t.Fatal(err)
	}
	page, _ := url.Parse("https://www.example.org/x")
	const text = "The ferry left forty minutes late on Tuesday, the harbour office said.\nThe boats are there for everybody.\nNobody else was on the quay when it came, and nobody has asked what it was that kept it.\n"
	for in, gone := range map[*Input]bool{{}: false, {URL: page}: true, {Site: "example.org"}: true, {URL: &url.URL{Path: "/x"}, Site: "example.org"}: true, {Site: "example.com"}: false} {
		in.Body, in.Format = strings.NewReader(text), FromText
		res, err := c.Clean(context.Background(), *in)
		if err != nil || strings.Contains(res.Text, "boats") == gone {
			t.Errorf("%+v: %q, %v", in, res.Text, err)
		}
	}
}

// TestNode: trees are cleaned as pages are, and are not changed.
func TestNode(t *testing.T) {
	const page = "<html><body><p>The ferry left forty minutes late on Tuesday, the harbour office said.</p></body></html>"
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	res, err := standard().Node(context.Background(), root, nil)
	if err != nil || !strings.HasPrefix(res.Text, "The ferry") || res.Format != FromHTML {
		t.Errorf("%+v, %v", res, err)
	}
	if res, err = standard().Node(context.Background(), nil, nil); err != nil || res.Verdict != Empty {
		t.Errorf("%+v, %v", res, err)
	}
	if res, err = standard().Document(context.Background(), nil, nil); err != nil || res.Verdict != Empty {
		t.Errorf("%+v, %v", res, err)
	}
}

// TestZero: a Cleaner that New did not make cleans as with the default options,
// and a nil context never ends.
func TestZero(t *testing.T) {
	const page = "<p>The ferry left forty minutes late on Tuesday, the harbour office said.</p>"
	var none *Cleaner
	for _, c := range []*Cleaner{new(Cleaner), none} {
		var ctx context.Context
		res, err := c.HTML(ctx, strings.NewReader(page), nil)
		if err != nil || !strings.HasPrefix(res.Text, "The ferry") {
			t.Errorf("%+v, %v", res, err)
		}
		if res, err = c.Text(ctx, "The ferry is late.\nAdvertisement\n"); err != nil || res.Text != "The ferry is late.\n" {
			t.Errorf("%+v, %v", res, err)
		}
		if res, err = c.Clean(ctx, Input{}); err != nil || res.Verdict != Empty {
			t.Errorf("%+v, %v", res, err)
		}
		doc, _ := goquery.NewDocumentFromReader(strings.NewReader(page))
		if res, err = c.Document(ctx, doc, nil); err != nil || res.Text == "" {
			t.Errorf("%+v, %v", res, err)
		}
	}
}

// TestCopied: what a Cleaner was given may be changed afterwards.
func TestCopied(t *testing.T) {
	policy := map[Kind]Action{"ad": Keep}
	files := []RuleFile{{Name: "r", Data: "rule ad.boats\n  line boats for everybody\n"}}
	c, err := New(Options{Policy: policy, Rules: files})
	if err != nil {
		t.Fatal(err)
	}
	const text = "The ferry left forty minutes late on Tuesday, the harbour office said.\nShare\n"
	want, err := c.Text(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for range 100 {
			policy["share"] = Keep
			files[0].Data = "nonsense"
		}
	}()
	for range 20 {
		if res, err := c.Text(context.Background(), text); err != nil || res.Text != want.Text {
			t.Errorf("%+v, %v", res, err)
		}
	}
	wg.Wait()
}

// TestEnded: a cancelled context is not called a time limit, and the other way
// round; both come with a result of the beginning, once the input was read.
func TestEnded(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	late, cancel := context.WithTimeout(context.Background(), -1)
	defer cancel()
	const page = "<p>The ferry left forty minutes late on Tuesday, the harbour office said.</p>"
	for _, c := range []struct {
		ctx             context.Context
		is, is2, is3not error
	}{{cancelled, ErrCanceled, context.Canceled, ErrTimeout}, {late, ErrTimeout, context.DeadlineExceeded, ErrCanceled}} {
		check := func(res *Result, err error) {
			t.Helper()
			if !errors.Is(err, c.is) || !errors.Is(err, c.is2) || errors.Is(err, c.is3not) {
				t.Errorf("error %v", err)
			}
		}
		check(standard().HTML(c.ctx, strings.NewReader(page), nil))
		check(standard().Text(c.ctx, strings.Repeat(page+"\n", 10_000)))
		root, _ := html.Parse(strings.NewReader(strings.Repeat(page, 10_000)))
		res, err := standard().Node(c.ctx, root, nil)
		check(res, err)
		if !strings.HasPrefix(res.Text, "The ferry") {
			t.Errorf("nothing of the beginning: %q", res.Text)
		}
	}
}

// TestVerdictOfWalls: what is called a wall does not depend on who asks why.
func TestVerdictOfWalls(t *testing.T) {
	page := readFile(t, "testdata/walled.html")
	for _, c := range []*Cleaner{standard(), explaining, structured} {
		res, err := c.HTML(context.Background(), strings.NewReader(page), nil)
		if err != nil || res.Verdict != Partial {
			t.Errorf("%s, %v\n%s", res.Verdict, err, res.Text)
		}
	}
}

// TestDecoded: a string that is known to be text is cleaned as Text cleans it,
// whatever characters are in it. As a file of such bytes it may be something else.
func TestDecoded(t *testing.T) {
	for _, c := range []struct{ in, text, page string }{
		{"a\x00b", "ab\n", "ab\n"},
		{"\x00f\x00o\x00g", "fog\n", "fog\n"}, // UTF-16 as a file
		{"\ufeffThe ferry is late.", "The ferry is late.\n", "The ferry is late.\n"},
		{"The ferry\u0085is\u2028late\u2029again.", "The ferry\u0085is\nlate\nagain.\n", "The ferry is late again.\n"},
		{"low \xed\xa0\x80 tide", "low \ufffd tide\n", "low \ufffd tide\n"}, // half of a pair of surrogates
		{"\xf0\xc1\xd2\xcf\xcd", "\ufffd\n", "\ufffd\n"},                    // KOI8-R as a file
		{"\x1b$B\x1b(B fog", "$B(B fog\n", "$B (B fog\n"},                   // ISO-2022-JP as a file
	} {
		for format, want := range map[Format]string{FromText: c.text, FromHTML: c.page} {
			res, err := standard().Clean(t.Context(), Input{Body: strings.NewReader(c.in), Decoded: true, Format: format})
			if err != nil || res.Text != want {
				t.Errorf("%q as %v: %+v, %v; want %q", c.in, format, res, err, want)
			}
		}
		res, err := standard().Text(t.Context(), c.in)
		if err != nil || res.Text != c.text {
			t.Errorf("Text(%q): %+v, %v; want %q", c.in, res, err, c.text)
		}
	}
	if _, err := standard().Clean(t.Context(), Input{Body: strings.NewReader("%PDF-1.7 ..."), Decoded: true}); !errors.Is(err, ErrNotText) {
		t.Errorf("a PDF file in a string: %v", err)
	}
}

// TestStrings: what is in strings.json is cleaned in the same way here, by the command
// and by its Python package.
func TestStrings(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "testdata", "strings.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []struct{ In, Text, Page string }
	if err := json.Unmarshal(data, &all); err != nil || len(all) == 0 {
		t.Fatal(len(all), err)
	}
	for _, s := range all {
		for format, want := range map[Format]string{FromText: s.Text, FromHTML: s.Page} {
			res, err := standard().Clean(t.Context(), Input{Body: strings.NewReader(s.In), Decoded: true, Format: format})
			if err != nil || res.Text != want {
				t.Errorf("%q as %v: %+v, %v; want %q", s.In, format, res, err, want)
			}
		}
		if got := Text(s.In); got != s.Text {
			t.Errorf("Text(%q) is %q, want %q", s.In, got, s.Text)
		}
	}
}

// TestTextURL: the address that was given is that of a text, too.
func TestTextURL(t *testing.T) {
	u, err := url.Parse("https://example.org/ferry")
	if err != nil {
		t.Fatal(err)
	}
	res, err := standard().Clean(t.Context(), Input{Body: strings.NewReader("The ferry is late."), Format: FromText, URL: u})
	if err != nil || res.URL != u.String() {
		t.Errorf("%+v, %v", res, err)
	}
}
