package jsonld

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/work"
)

const ferry = "The ferry was late again, and nobody on the quay was surprised. "

// bodyOf is the text of a page of that title whose script holds data.
func bodyOf(t *testing.T, data string) string {
	t.Helper()
	b := FindBody(nil, []string{data}, []string{"Late ferries"})
	if b == nil {
		return ""
	}
	return strings.Join(b.Parts, "|")
}

func TestFindBody(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat(ferry, 5))    // enough with the title
	longer := strings.TrimSpace(strings.Repeat(ferry, 20)) // enough without
	for name, tt := range map[string]struct{ data, want string }{
		"titled":           {`{"post":{"body":"` + long + `","title":"Late ferries"}}`, long},
		"title in parts":   {`{"post":{"title":{"rendered":"Late ferries"},"content":{"rendered":"` + long + `"}}}`, long},
		"list of strings":  {`{"title":"Late ferries","body":["` + long + `",12,"The end."]}`, long + "|The end."},
		"untitled":         {`{"x":{"body_html":"` + longer + `"}}`, longer},
		"titled first":     {`{"x":{"text":"` + longer + `"},"post":{"body":"` + long + `","title":"Late ferries"}}`, long},
		"pieces":           {`{"title":"Late ferries","body":[{"children":[{"text":"` + long + ` See "},{"text":"this"},{"text":", too."}]},{"children":[{"text":"More."}]}]}`, long + " See this, too.|More."},
		"JSON in JSON":     {`{"status":200,"body":"{\"post\":{\"title\":\"Late ferries\",\"body\":\"` + long + `\"}}"}`, long},
		"keyed by number":  {`{"title":"Late ferries","posts":{"Post:17":{"content":"` + long + `"},"Post:18":{"content":"Two.` + long + `"}}}`, long + "|Two." + long},
		"said twice":       {`{"title":"Late ferries","a":{"b":[{"text":"` + long + `"},{"text":"` + long + `"}]}}`, long},
		"its own of many":  {`{"articles":[{"title":"A","text":"` + longer + `"},{"title":"Late ferries","text":"` + long + `"},{"title":"B","text":"` + longer + `"}]}`, long},
		"short":            {`{"post":{"body":"` + ferry + `","title":"Late ferries"}}`, ""},
		"untitled, short":  {`{"post":{"body":"` + long + `"}}`, ""},
		"summary":          {`{"post":{"description":"` + longer + `","excerpt":"` + longer + `","title":"Late ferries"}}`, ""},
		"teasers":          {`{"title":"Late ferries","items":[{"title":"A","url":"/a","text":"` + long + `"},{"title":"B","url":"/b","text":"B: ` + long + `"},{"title":"C","url":"/c","text":"C: ` + long + `"}]}`, ""},
		"full pieces":      {`{"items":[{"title":"A","slug":"a","content":"` + longer + `"},{"title":"B","slug":"b","content":"B: ` + longer + `"}]}`, ""},
		"comments":         {`{"title":"Late ferries","initialComments":[{"text":"` + longer + `"}]}`, ""},
		"footer":           {`{"title":"Late ferries","globalFooterData":{"html":"<p>` + longer + `"}}`, ""},
		"labels":           {`{"title":"Late ferries","options":[` + strings.Repeat(`{"text":"Choose a colour"},`, 60) + `{"text":"Done. Good."}]}`, ""},
		"code":             {`{"title":"Late ferries","content":"` + strings.Repeat(`!function(w){a[0]={b:1};}(window); `, 60) + `"}`, ""},
		"packed":           {`{"title":"Late ferries","content":"` + strings.Repeat("aGVsbG8gd29ybGQ", 200) + `"}`, ""},
		"tree as a string": {`{"title":"Late ferries","content":"[[\"$\",\"p\",{\"children\":\"` + longer + `\"}]]"}`, ""},
		"torn":             {`{"title":"Late ferries","post":{"body":"` + longer + `","x":[{"y`, longer},
		"no JSON":          {`window.x = "` + longer + `"`, ""},
	} {
		if got := bodyOf(t, tt.data); got != tt.want {
			t.Errorf("%s: %.300q, want %.300q", name, got, tt.want)
		}
	}
}

// TestBodyEnds: the end of the clock is passed on.
func TestBodyEnds(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	end()
	var clock work.Clock
	clock.Start(ctx)
	many := `{"x":[` + strings.Repeat(`{"body":"`+ferry+`"},`, 1<<12) + `]}`
	err := func() (err error) {
		defer work.Catch(&err)
		FindBody(&clock, []string{many}, nil)
		return nil
	}()
	if !errors.Is(err, context.Canceled) {
		t.Errorf("read to the end: %v", err)
	}
}

// TestLongNames: where a text lies is told once, not for every candidate.
func TestLongNames(t *testing.T) {
	data := `{"` + strings.Repeat("x", 1<<20) + `":{` + strings.Repeat(`"y":{"body":"`+ferry+`"},"z":{"text":"`+ferry+`"},`, 2) + `"post":{"title":"Late ferries","body":"` + strings.Repeat(ferry, 5) + `"}`
	for _, c := range "abcdefghijklmnopqrstuvwABCDEFGHIJKLMNOPQRSTUVW" {
		data += `,"k` + string(c) + `":{"body":"` + ferry + `"}`
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	body := FindBody(nil, []string{data + "}}"}, []string{"Late ferries"})
	runtime.ReadMemStats(&after)
	if body == nil || !strings.HasSuffix(body.Where, "x.post.body") {
		t.Fatal("not found")
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 8<<20 {
		t.Errorf("%d bytes taken to read %d", n, len(data))
	}
}

func TestNameClasses(t *testing.T) {
	for name, want := range map[string]nameClass{
		"body": nameBody, "bodyHTML": nameBody, "body_html": nameBody, "articleBody": nameBody, `content({"format":"html"})`: nameBody,
		"headline": nameTitle, "URL": nameLink, "17": nameBetween, "": nameBetween, "footer": nameApart, "globalFooterData": nameApart,
		"seo_copy_block": nameApart, "SEOText": nameApart, "navigationData": nameApart, "reviewsWithPhotos": nameApart, "htmlEmbeds": nameApart,
		"Comment:12": nameApart, "commentary": nameOther, "props": nameOther, "description": nameApart, "adapted": nameOther,
		"a_name_that_is_longer_than_all_that_matter_content": nameOther,
	} {
		if got, _ := classOf(name); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
}

// FuzzScript: whatever JSON a page holds, reading it ends, gives the same
// twice, and nothing that is not in it.
func FuzzScript(f *testing.F) {
	long := strings.Repeat(ferry, 5)
	f.Add(`{"post":{"body":"`+long+`","title":"Late ferries"}}`, "Late ferries")
	f.Add(`{"status":200,"body":"{\"post\":{\"title\":\"Late ferries\",\"body\":\"`+long+`\"}}"}`, "Late ferries")
	f.Add(`[{"body":[{"children":[{"text":"`+long+` See "},{"text":"th\u0069s"}]}]},{"a":[[[{"content":`, "")
	f.Add(`{"items":[{"title":"A","url":"/a","text":"`+long+long+`"},{"title":"B","url":"/b","text":"&lt;p&gt;"}]}`, "A")
	f.Fuzz(func(t *testing.T, script, title string) {
		b := FindBody(nil, []string{script}, []string{title})
		again := FindBody(nil, []string{script}, []string{title})
		if fmt.Sprint(b) != fmt.Sprint(again) {
			t.Error("two runs differ")
		}
		if b == nil {
			return
		}
		if proseWords(b.Parts) < bodyWords || slices.Contains(b.Parts, "") {
			t.Errorf("no text: %q", b.Parts)
		}
		if n := len(strings.Join(b.Parts, "")); n > 3*len(script) {
			t.Errorf("%d bytes of %d", n, len(script))
		}
	})
}
