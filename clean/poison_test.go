package clean

import (
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// Tests of this package run with memory that is overwritten when it is given back:
// a Result that points into it does not survive. Benchmarks do not pay for it.
func TestMain(m *testing.M) {
	flag.Parse()
	poisoned = flag.Lookup("test.bench").Value.String() == ""
	os.Exit(m.Run())
}

// No string of a Result, in whatever field, lies in memory that is used again.
func TestResultIsItsOwn(t *testing.T) {
	c, err := New(Options{Structure: true, Explain: true, Comments: true, Original: true})
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob("../testdata/html/*/page.html")
	if err != nil || len(pages) < 10 {
		t.Fatal(len(pages), "pages", err)
	}
	inputs := map[string]string{"links": `<html lang="EN"><title>Mill</title><article><h1>Mill</h1>` + strings.Repeat(`<p>The <a href="https://example.org/mill">mill</a>, which
		is old, grinds <a href="/rye">rye</a> and oats, and the miller writes down what he has ground on each day of the year.</p>`, 5) +
		`<pre><code class="language-go">x := grind(rye)</code></pre><table><tr><th>Year<th>Sacks<tr><td>1901<td><a href="https://example.org/1901">12</a></table></article>`}
	for _, file := range pages {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		inputs[file] = string(src)
	}
	for name, src := range inputs {
		res, err := c.HTML(t.Context(), strings.NewReader(src), nil)
		if err != nil {
			t.Fatal(name, err)
		}
		eachString(reflect.ValueOf(res).Elem(), "Result", func(path, s string) {
			if strings.Contains(s, "\xDB\xDB") {
				t.Errorf("%s: %s points into memory that is used again", name, path)
			}
		})
		for n := range res.Node().Descendants() {
			all := n.Data
			for _, a := range n.Attr {
				all += a.Key + a.Val
			}
			if strings.Contains(all, "\xDB\xDB") {
				t.Errorf("%s: %q points into memory that is used again", name, n.Data)
			}
		}
	}
}

// eachString calls f for every string in v that is exported.
func eachString(v reflect.Value, path string, f func(path, s string)) {
	switch v.Kind() {
	case reflect.String:
		f(path, v.String())
	case reflect.Slice:
		for i := range v.Len() {
			eachString(v.Index(i), path+"[]", f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() {
				eachString(v.Field(i), path+"."+field.Name, f)
			}
		}
	}
}
