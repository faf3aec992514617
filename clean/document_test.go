package clean

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// parsed is a page as the parser of others gives it.
func parsed(t *testing.T, page string) *goquery.Document {
	t.Helper()
	root, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	return goquery.NewDocumentFromNode(root)
}

// TestDocumentScripts: what a script holds is known by its type, whoever parsed
// the page and wherever in it the script stands.
func TestDocumentScripts(t *testing.T) {
	long := strings.Repeat("The harbour board voted on Tuesday to close the northern slip, where the beams are rotten. ", 12)
	linked := `{"@type":"Article","headline":"Slip closed","author":"Ada Winter","articleBody":"` + long + `"}`
	data := `{"title":"Slip closed","post":{"body":"` + long + `"}}`
	for _, tt := range []struct {
		script string
		reads  bool // metadata and text are those in the script
	}{
		{"<script type=ld+json>" + linked + "</script>", true},
		{"<script type='application/ld+json'>" + linked + "</script>", true},
		{"<script type='Application/LD+JSON; charset=utf-8'>" + linked + "</script>", true},
		{"<template><script type=application/ld+json>" + linked + "</script></template>", true},
		{"<select><script type=application/ld+json>" + linked + "</script></select>", true},
		{"<svg><foreignObject><script type=application/ld+json>" + linked + "</script></foreignObject></svg>", true},
		{"<svg><script type=application/ld+json>" + linked + "</script></svg>", false},
		{"<script type='a&#8203;ld+json'>" + linked + "</script>", true},
		{"<script>" + linked + "</script>", false},
		{"<script type=application/json>" + data + "</script>", true},
		{"<script type=' APPLICATION/JSON'>" + data + "</script>", true},
		{"<svg><script type=application/json>" + data + "</script></svg>", false},
		{"<script type=text/json>" + data + "</script>", false},
	} {
		// The frameset is read by another builder.
		for _, end := range []string{"", "</body><frameset>"} {
			page := "<title>Slip closed</title><h1>Slip closed</h1><p>The harbour board voted</p>" + tt.script + end
			for _, c := range []*Cleaner{standard(), explaining} {
				want, err := c.HTML(context.Background(), strings.NewReader(page), nil)
				if err != nil {
					t.Fatal(err)
				}
				got, err := c.Document(context.Background(), parsed(t, page), nil)
				if err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(got, want) {
					t.Errorf("%.120s%s\n    HTML %.300s\nDocument %.300s", tt.script, end, fmt.Sprint(*want), fmt.Sprint(*got))
				}
				if reads := strings.Contains(got.Text, "beams are rotten"); reads != tt.reads {
					t.Errorf("%.120s%s: text %.300q", tt.script, end, got.Text)
				}
			}
		}
	}
}

// TestDocumentUTF8: a result is valid UTF-8 even if the document is not.
func TestDocumentUTF8(t *testing.T) {
	prose := "The harbour board voted on Tuesday to close the Caf\xe9 at the northern slip, where \xff\xfe beams are rotten. "
	page := "<html lang='en\xe9'><title>Caf\xe9 closed</title><meta name=author content='Ren\xe9 Winter'><meta name=description content='A caf\xe9'>" +
		"<meta property=og:site_name content='The Caf\xe9 Post'><meta property=og:image content='/\xe9.jpg'><link rel=canonical href='http://example.com/\xe9?\xe9'>" +
		"<script type=application/ld+json>{\"@type\":\"Article\",\"publisher\":\"The Caf\xe9 Post\",\"articleBody\":\"" + strings.Repeat(prose, 10) + "\"}</script>" +
		"<script type=application/json>{\"title\":\"Caf\xe9 closed\",\"post\":{\"body\":\"" + strings.Repeat(prose, 10) + "\"}}</script>" +
		"<h1 class='caf\xe9'>Caf\xe9 closed</h1><p class=byline>By Ren\xe9 Winter</p><svg><title>Caf\xe9</title></svg><p id='\xe9' hidden>Caf\xe9</p><x\xe9>Caf\xe9</x\xe9>"
	short := parsed(t, page)
	whole := parsed(t, page+strings.Repeat("<p id='\xe9'>"+prose+prose+"</p>", 5)+"<p>Share on Caf\xe9")
	// By hand, text may be torn in the middle of a character, too.
	body := whole.Find("body").Nodes[0]
	p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
	for _, half := range []string{"The caf\xc3", "\xa9 " + prose} {
		p.AppendChild(&html.Node{Type: html.TextNode, Data: half})
	}
	body.AppendChild(p)
	ended, end := context.WithCancel(context.Background())
	end()
	for i, doc := range []*goquery.Document{short, whole} {
		before := render(doc.Nodes[0])
		for _, c := range []*Cleaner{standard(), explaining} {
			for _, ctx := range []context.Context{context.Background(), ended} {
				res, err := c.Document(ctx, doc, nil)
				if (err != nil) != (ctx == ended) {
					t.Fatal(err)
				}
				if at := invalid(reflect.ValueOf(*res)); at != "" {
					t.Errorf("document %d: %s is not valid UTF-8", i, at)
				}
				if ctx == ended {
					continue // little is left
				}
				if !strings.Contains(res.Text, "Caf\ufffd at the northern slip, where \ufffd beams are rotten.") {
					t.Errorf("document %d: text %.200q", i, res.Text)
				}
				if !slices.Equal(res.Authors, []string{"Ren\ufffd Winter"}) {
					t.Errorf("document %d: authors %q", i, res.Authors)
				}
				if _, err := json.Marshal(res); err != nil {
					t.Error(err)
				}
			}
		}
		if render(doc.Nodes[0]) != before {
			t.Error("the document was changed")
		}
	}
}

// invalid names a string in v that is not valid UTF-8.
func invalid(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		if !utf8.ValidString(v.String()) {
			return fmt.Sprintf("%q", v.String())
		}
	case reflect.Slice:
		for i := range v.Len() {
			if at := invalid(v.Index(i)); at != "" {
				return at
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if at := invalid(v.Field(i)); at != "" {
				return v.Type().Field(i).Name + " " + at
			}
		}
	}
	return ""
}
