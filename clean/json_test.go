package clean

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

// full is a result with something in every field.
func full() *Result {
	return &Result{
		Text:     "One & <two>\n\u0085\u2028\u2029\x1b\u202e ž 🜚\n",
		Original: "One & two\n\nAdvertisement\u0085\n", Format: FromText, Title: "T\u2029", Authors: []string{"A B", "C D"}, Byline: "By A B and C D",
		Warnings:           []string{"Nothing\u2028of the kind."},
		PublishedPrecision: DayAndTime, ModifiedPrecision: DayOnly, Direction: "ltr", Section: "Sport", Tags: []string{"a", "b"},
		Images:  []Image{{URL: "https://example.org/d.jpg", Caption: "A slip", Alt: "a slip"}, {URL: "https://example.org/e.jpg"}},
		Favicon: "https://example.org/f.ico", Canonical: "https://example.com/a", DataType: "NewsArticle", Free: new(bool), Words: 2,
		Type: "a type of later", TypeP: 0.75, Origins: []Origin{{Field: "title", Source: "meta", Name: "og:title"}, {Field: "url", Source: "input"}},
		Published: time.Date(2021, 11, 3, 2, 0, 0, 0, time.FixedZone("", 2*60*60)),
		Modified:  time.Date(2021, 11, 4, 0, 0, 0, 0, time.UTC),
		SiteName:  "The Site", Source: "Reuters", Language: "pt-br", Excerpt: "In short.",
		Image: "https://example.org/a.jpg?x=1&y=2", URL: "https://example.org/a",
		Verdict: "a verdict of later", Score: 0.1 + 0.2,
		Blocks: []Block{
			{Role: RoleItem, Level: 1, List: 2, Depth: 3, Ordered: true, Number: 4, Quote: 5, Language: "go", Src: "https://example.org/b.jpg", Callout: "tip", Note: 6,
				Runs: []Run{{Text: "One\u2028", Link: "https://example.org/c?d&e", Strong: true, Em: true, Code: true, Sub: true, Sup: true, Del: true, Note: 7, Decision: 1}}},
			{Role: "a role of later", Cells: []Cell{{Head: true, Runs: []Run{{Text: "two"}}}}},
		},
		Comments: []Comment{
			{Author: "E\u2028 F", Published: time.Date(2021, 11, 5, 2, 0, 0, 0, time.FixedZone("", 2*60*60)), Text: "<b>\n\u0085", Depth: 2},
			{Published: time.Date(2021, 11, 4, 0, 0, 0, 0, time.UTC), Text: "one"},
		},
		Decisions: []Decision{
			{Kept: true, Rule: "model", Step: "classify", P: 0.97, Threshold: 1e-6, Where: "line 1", Text: "One",
				Reasons: []Reason{{Text: "words", Weight: -0.3}}},
			{Kind: "a kind of later", Rule: "ad.x", Named: "ad.y", Step: "line", Where: "div > p", Text: "Advertisement\u0085"},
		},
	}
}

func TestResultJSON(t *testing.T) {
	in := full()
	v := reflect.ValueOf(*in)
	for i := range v.NumField() {
		if v.Type().Field(i).IsExported() && v.Field(i).IsZero() {
			t.Errorf("give %s a value in this test, and the schema a field", v.Type().Field(i).Name)
		}
	}
	for _, given := range []any{in, *in} {
		b, err := json.Marshal(given)
		if err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(string(b), "\n\u0085\u2028\u2029\u202e\x1b") {
			t.Errorf("not one line to every reader: %q", b)
		}
		out := &Result{Text: "to be replaced", Byline: "as well"}
		if err := json.Unmarshal(b, out); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(in, out) {
			t.Errorf("came back as\n%+v, not\n%+v", out, in)
		}
	}
}

// Every field is left out or there as the schema says, in its order.
func TestResultJSONFields(t *testing.T) {
	for _, c := range []struct {
		res  Result
		want string
	}{
		{Result{}, `{"schema":1,"verdict":"","score":0,"title":"","text":""}`},
		{Result{Text: "A <b>\n", Format: FromHTML, Verdict: Article, Score: 1, Decisions: []Decision{}},
			`{"schema":1,"format":"html","verdict":"article","score":1,"title":"","text":"A <b>\n"}`},
	} {
		b, err := c.res.MarshalJSON()
		if err != nil || string(b) != c.want {
			t.Errorf("%s, %v; want %s", b, err, c.want)
		}
	}
	b, err := json.Marshal(full())
	if err != nil {
		t.Fatal(err)
	}
	last := 0
	for _, name := range []string{"schema", "format", "verdict", "score", "type", "type_p", "title", "authors", "byline", "published", "published_precision", "modified",
		"modified_precision",
		"site_name", "source_name", "language", "direction", "excerpt", "section", "tags", "image", "images", "favicon", "url", "canonical", "data_type", "free", "words", "warnings",
		"text", "original", "blocks", "comments", "origins", "decisions"} {
		at := strings.Index(string(b)[last:], `"`+name+`":`)
		if at < 0 {
			t.Errorf("%s is out of order in %s", name, b)
			continue
		}
		last += at
	}
}

func TestResultJSONForeign(t *testing.T) {
	// Files of before there was a schema, fields of others and of later.
	res := new(Result)
	if err := json.Unmarshal([]byte(`{"source":"a","Text":"other","text":"mine","TITLE":7,"Authors":3,"author":["x"],"byline":null}`), res); err != nil {
		t.Fatal(err)
	}
	if want := (&Result{Text: "mine"}); !reflect.DeepEqual(res, want) {
		t.Errorf("%+v, want %+v", res, want)
	}
	if err := json.Unmarshal([]byte(`{"schema":1,"format":"of later","text":"x"}`), res); err != nil || res.Format != Auto {
		t.Errorf("a format of later: %v, %v", res.Format, err)
	}
	before := *res
	for in, want := range map[string]string{
		`{"schema":2,"text":"y"}`:   "newer",
		`{"text":7}`:                "text: ",
		`{"score":"high"}`:          "score: ",
		`{"published":"yesterday"}`: `published: "yesterday" is neither`,
		`[]`:                        "cannot unmarshal array",
		`{"schema":"1"}`:            "schema: ",
		`{"schema":1,"text":"z","decisions":{"kept":1}}`:   "decisions: ",
		`{"schema":99,"text":{"what":["may","be","new"]}}`: "newer",
	} {
		err := json.Unmarshal([]byte(in), res)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want an error with %q", in, err, want)
		}
		if errors.Is(err, ErrSchema) != (want == "newer") {
			t.Errorf("%s: %v", in, err)
		}
		if !reflect.DeepEqual(*res, before) {
			t.Fatalf("%s: changed the result", in)
		}
	}
	if err := json.Unmarshal([]byte("null"), res); err != nil || !reflect.DeepEqual(*res, before) {
		t.Errorf("null: %v, %+v", err, res)
	}
}

func TestStamp(t *testing.T) {
	cest := time.FixedZone("", 2*60*60)
	for want, at := range map[string]time.Time{
		"":                          {},
		"2021-11-03":                time.Date(2021, 11, 3, 0, 0, 0, 0, time.UTC),
		"2021-11-03T00:00:00Z":      time.Date(2021, 11, 3, 0, 0, 0, 0, time.FixedZone("", 0)),
		"2021-11-03T08:30:00Z":      time.Date(2021, 11, 3, 8, 30, 0, 0, time.UTC),
		"2021-11-03T02:00:00+02:00": time.Date(2021, 11, 3, 2, 0, 0, 0, cest),
		"9999-12-31":                time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC),
	} {
		if got := stamp(at); got != want {
			t.Errorf("stamp(%v) is %q, want %q", at, got, want)
		}
		quoted, _ := json.Marshal(want)
		var back stampJSON
		if err := back.UnmarshalJSON(quoted); err != nil || !time.Time(back).Equal(at) || stamp(time.Time(back)) != want {
			t.Errorf("%s came back as %v, %v", want, time.Time(back), err)
		}
	}
}

// What RFC 3339 has no form for is left out, or nobody could read the rest.
func TestStampOutOfRange(t *testing.T) {
	for _, at := range []time.Time{
		time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(12021, 11, 3, 8, 30, 0, 0, time.UTC),
		time.Date(-1, 11, 3, 0, 0, 0, 0, time.UTC),
		time.Date(2021, 11, 3, 8, 30, 0, 0, time.FixedZone("", 25*60*60)),
	} {
		b, err := json.Marshal(Result{Text: "One\n", Published: at, Modified: at})
		if err != nil {
			t.Fatal(err)
		}
		var back Result
		if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(back, Result{Text: "One\n"}) {
			t.Errorf("%v: %s came back as %+v, %v", at, b, back, err)
		}
	}
}
