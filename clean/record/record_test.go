package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/winnowtext/winnow/clean"
)

func some() []*Record {
	return []*Record{
		{Source: "a\u0085\u2028 & <b>.html", Result: &clean.Result{
			Text: "One\n\u0085\u2029{[\"\\\n", Format: clean.FromHTML, Verdict: clean.Article, Score: 0.5,
			Published: time.Date(2021, 11, 3, 0, 0, 0, 0, time.UTC), Decisions: []clean.Decision{{Kept: true, Text: "One", Where: "p"}},
		}},
		{Source: "missing.html", Error: "no such file\u2028or directory"},
		{Source: "long.txt", Error: "only its beginning was read", Result: &clean.Result{Text: "Two\n", Verdict: clean.Partial}},
		{Source: "nothing", Result: &clean.Result{}},
		{},
	}
}

func TestRecord(t *testing.T) {
	for _, in := range some() {
		for _, given := range []any{in, *in} {
			b, err := json.Marshal(given)
			if err != nil {
				t.Fatal(err)
			}
			if strings.ContainsAny(string(b), "\n\u0085\u2028\u2029") {
				t.Errorf("not one line: %q", b)
			}
			out, err := Decode(b)
			if err != nil {
				t.Fatal(err)
			}
			want := *in
			if want.Error == "" && want.Result == nil {
				want.Result = &clean.Result{} // neither result nor error: nothing was found
			}
			if !reflect.DeepEqual(&want, out) {
				t.Errorf("%s came back as %+v, not %+v", b, out, want)
			}
		}
	}
}

// The fields of the result are the same with and without a source.
func TestSchemaIsOne(t *testing.T) {
	rec := some()[0]
	res, err := json.Marshal(rec.Result)
	if err != nil {
		t.Fatal(err)
	}
	want, err := json.Marshal(map[string]any{"source": rec.Source, "error": nil})
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(rec)
	if err != nil {
		t.Fatal(err)
	}
	var a, b, c map[string]any
	for _, err := range []error{json.Unmarshal(got, &a), json.Unmarshal(res, &b), json.Unmarshal(want, &c)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, value := range c {
		b[name] = value
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("record is %v, result with source %v", a, b)
	}
	back := new(clean.Result)
	if err := json.Unmarshal(got, back); err != nil || !reflect.DeepEqual(back, rec.Result) {
		t.Errorf("read as a result: %+v, %v", back, err)
	}
}

func TestAppendJSON(t *testing.T) {
	got, err := (&Record{Source: "a & b", Error: "gone"}).AppendJSON([]byte("x "))
	if want := `x {"source":"a & b","error":"gone","schema":1,"verdict":"","score":0,"title":"","text":""}`; err != nil || string(got) != want {
		t.Errorf("%s, %v; want %s", got, err, want)
	}
	if got, err := (&Record{Result: &clean.Result{Score: math.NaN()}}).AppendJSON([]byte("x ")); err == nil || string(got) != "x " {
		t.Errorf("a score that is no number: %q, %v", got, err)
	}
}

// read is what Read yields, a line for each.
func read(r io.Reader) string {
	var b strings.Builder
	for rec, err := range Read(r) {
		switch {
		case err != nil:
			fmt.Fprintf(&b, "! %v\n", err)
		case rec.Result == nil:
			fmt.Fprintf(&b, "%s: none\n", rec.Source)
		default:
			fmt.Fprintf(&b, "%s: %s\n", rec.Source, rec.Result.Text)
		}
	}
	return b.String()
}

// The same records in every form they come in.
func TestRead(t *testing.T) {
	var jsonl, array, indented, list, compact bytes.Buffer
	records := some()[:4]
	for i, r := range records {
		line, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&jsonl, "%s\r\n\n", line)
		var object bytes.Buffer
		if err := json.Indent(&object, line, "", "  "); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&indented, "%s\n", &object)
		fmt.Fprintf(&array, "%s\n%s", []string{"[", ","}[min(i, 1)], &object)
	}
	array.WriteString("\n]\n")
	whole, err := json.Marshal(records)
	if err != nil {
		t.Fatal(err)
	}
	compact.Write(whole)
	if whole, err = json.MarshalIndent(records, "", "\t"); err != nil {
		t.Fatal(err)
	}
	list.Write(whole)
	for name, data := range map[string]string{
		"lines": jsonl.String(), "the last without an end": strings.TrimSpace(jsonl.String()), "array": array.String(), "objects": indented.String(),
		"array of another program": list.String(), "array in one line": compact.String(), "space in front": " \n\t" + jsonl.String(),
		"lines behind a byte order mark": "\ufeff" + jsonl.String(), "array behind one": "\ufeff" + array.String(), "objects behind one": "\ufeff" + indented.String(),
	} {
		var got []*Record
		for r, err := range Read(iotest.OneByteReader(strings.NewReader(data))) {
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			got = append(got, r)
		}
		if !reflect.DeepEqual(got, records) {
			t.Errorf("%s: other records than were written", name)
		}
	}
}

// Faults are told with their line, and hurt no more than they must.
func TestReadFaults(t *testing.T) {
	for in, want := range map[string]string{
		"": "", " \n \n": "", "[]": "", "[\n]\n": "",
		"{\"source\":\"a\"}\n{\"source\":\"b\n\n{\"source\":\"c\"}\n": "a: \n! line 2: unexpected end of JSON input\nc: \n",
		"{\"source\":\"a\nx\n{\"source\":\"c\"}":                      "! line 1: unexpected end of JSON input\n! line 2: invalid character 'x' looking for beginning of value\nc: \n",
		"{\"schema\":3}\n{\"source\":\"b\",\"text\":\"B\"}":           "! line 1: schema is newer than this version of winnow knows: 3, not 1\nb: B\n",
		"null\n":                 "! line 1: null is no record\n",
		"{\"source\":1}\n":       "! line 1: source: json: cannot unmarshal number into Go value of type string\n",
		"[{\"source\":\"a\"},\n": "a: \n! line 2: unexpected EOF\n",
		"[{\"source\":\"a\"}":    "a: \n! line 1: unexpected EOF\n",
		"[\n{\"source\":\"a\"},\n{\"text\":1},\n{\"source\":\"c\"}]": "a: \n! line 3: text: json: cannot unmarshal number into Go value of type string\nc: \n",
		"[\n{\"source\":\"a\"}\n{\"source\":\"b\"}]":                 "a: \n! line 3: '{' where a comma or ] was expected\n",
		"[{\"source\":\"a\"}]\nx":                                    "a: \n! line 2: 'x' behind the end of the array\n",
		"[7]":                                                        "! line 1: '7' where an object was expected\n",
		"[7":                                                         "! line 1: unexpected EOF\n",
		"[7, null,\ntrue ,\"a, \\\"]\",\n[{\"source\":\"x\"}, []],-1e3\n,{\"source\":\"b\"}]": "! line 1: '7' where an object was expected\n! line 1: 'n' where an object was expected\n" +
			"! line 2: 't' where an object was expected\n! line 2: '\"' where an object was expected\n! line 3: '[' where an object was expected\n! line 3: '-' where an object was expected\nb: \n",
		"[\n\"one\ntwo\",{\"source\":\"b\"}]": "! line 2: '\"' where an object was expected\nb: \n",
		"[{\"source\":\"a\"},]":               "a: \n! line 1: ']' where an object was expected\n",
		"[{\"source\":\"a\"},,{}]":            "a: \n! line 1: ',' where an object was expected\n",
		"[seven{}]":                           "! line 1: 's' where an object was expected\n! line 1: '{' where a comma or ] was expected\n",
		"[7 8]":                               "! line 1: '7' where an object was expected\n! line 1: '8' where a comma or ] was expected\n",
		"[}]":                                 "! line 1: '}' where an object was expected\n",
		"\ufeff":                              "", "\ufeff\n[]": "",
		"\ufeffx\n{\"source\":\"b\"}": "! line 1: invalid character 'x' looking for beginning of value\nb: \n",
		"\xefx\n{\"source\":\"b\"}":   "! line 1: invalid character 'ï' looking for beginning of value\nb: \n",
		// Lines that were torn, outside of strings as well.
		"{\n{\"source\":\"b\"}\n":                                             "! line 1: unexpected end of JSON input\nb: \n",
		"{\"source\":\"a\",\n\n{\"source\":\"b\"}\n":                          "! line 1: unexpected end of JSON input\nb: \n",
		"{\"source\":\n{\"source\":\"b\"}\n":                                  "! line 1: unexpected end of JSON input\nb: \n",
		"{\"decisions\":[{\"kept\":true},\n{\"source\":\"b\"}\nnull":          "! line 1: unexpected end of JSON input\nb: \n! line 3: null is no record\n",
		"{\"source\":\"a\",\n \n":                                             "! line 1: unexpected end of JSON input\n",
		"{ \"source\": \"a\",\n  \"text\": 1 }\n{ \"source\": \"b\",\n\n  x":  "! line 1: text: json: cannot unmarshal number into Go value of type string\n! line 5: unexpected EOF\n",
		"{\n\"source\":\"a\"\n}\n{\n\"source\":\"b\",\n}\n{\"source\":\"c\"}": "a: \n! line 6: invalid character '}' looking for beginning of object key string\nc: \n",
		"{\n\"source\":\"a\"\n}\nnull\n":                                      "a: \n! line 4: 'n' where an object was expected\n",
		"{\n\"source\":\"a\n\"}":                                              "! line 2: invalid character '\\n' in string literal\n",
		"{\n\"source\":\"a\n":                                                 "! line 3: unexpected EOF\n",
	} {
		if got := read(strings.NewReader(in)); got != want {
			t.Errorf("%q is read as\n%s, want\n%s", in, got, want)
		}
	}
	torn := errors.New("torn")
	for _, start := range []string{"", "[", "{", "{\"source\":\"a\"}\n", "{\n", "[{\"source\":\"a\"}\n,", "[7", "[\"", "\xef", "\ufeff", "{\"source\":\"a\",\n "} {
		n := 0
		var last error
		for _, err := range Read(io.MultiReader(strings.NewReader(start), &once{err: torn})) {
			n, last = n+1, err
		}
		if n > 2 || !errors.Is(last, torn) {
			t.Errorf("%q: %d records, the last with %v, want %v", start, n, last, torn)
		}
	}
}

// once fails once and then is at its end.
type once struct{ err error }

func (o *once) Read([]byte) (int, error) {
	err := o.err
	o.err = io.EOF
	return 0, err
}

// Objects that were indented by others.
func TestReadObjects(t *testing.T) {
	const want = "a: A, {\n\nb: B\n\n"
	for _, in := range []string{
		"{ \"source\": \"a\",\n  \"text\": \"A, {\\n\" }\n{ \"source\": \"b\",\n  \"text\": \"B\\n\" }\n",
		"\ufeff { \"source\": \"a\",\r\n\r\n\"text\": \"A, {\\n\"\r\n}\r\n{ \"source\": \"b\", \"text\": \"B\\n\" }\r\n",
		"{ \"source\": \"a\"\n, \"text\": \"A, {\\n\"\n}\n{ \"source\": \"b\"\n, \"text\": \"B\\n\"\n}",
		"{ \"source\"\n: \"a\", \"text\": \"A, {\\n\"\n} { \"source\": \"b\", \"text\":\n\"B\\n\"}",
		"{ \"decisions\": [\n  { \"kept\": true } ],\n \"source\": \"a\", \"text\": \"A, {\\n\"}\n{\n\"source\": \"b\", \"text\": \"B\\n\"}",
		"[{ \"source\": \"a\",\n  \"text\": \"A, {\\n\" },\n { \"source\": \"b\",\n  \"text\": \"B\\n\" } ]",
	} {
		if got := read(iotest.OneByteReader(strings.NewReader(in))); got != want {
			t.Errorf("%q is read as\n%s, want\n%s", in, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("\ufeff[7, \"a\", [], {}")
	f.Add("{ \"source\": \"a\",\n\"text\": \"b\" }")
	f.Add("[{\"source\":\"a\"},\n{}]")
	f.Add("{\"source\":\"a\"}\n{\"text\":\"b")
	f.Add("{\n\"schema\":1}")
	f.Fuzz(func(t *testing.T, s string) {
		for rec, err := range Read(strings.NewReader(s)) {
			if (rec == nil) == (err == nil) {
				t.Fatalf("record %v, error %v", rec, err)
			}
			if err != nil {
				if line := new(LineError); !errors.As(err, &line) || line.Line < 1 || line.Line > strings.Count(s, "\n")+1 {
					t.Fatalf("%q: %v", s, err)
				}
				continue
			}
			b, err := rec.AppendJSON(nil)
			if err != nil {
				t.Fatal(err)
			}
			if back, err := Decode(b); err != nil || !reflect.DeepEqual(back, rec) {
				t.Fatalf("%s came back as %+v, %v", b, back, err)
			}
		}
	})
}
