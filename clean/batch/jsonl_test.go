package batch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/record"
)

// jsonl yields the rows of JSON Lines.
func jsonl(s Split, r io.Reader) []*Item {
	s.Kind = JSONL
	return slices.Collect(s.Items(slices.Values([]*Item{Reader("in", r)})))
}

// bodyOfRow is what an item holds.
func bodyOfRow(item *Item) (string, error) {
	if item.Err != nil {
		return "", item.Err
	}
	r, err := item.Open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	return string(b), err
}

func TestJSONLFields(t *testing.T) {
	const status = `"error":null,"schema":1,"verdict":"","score":0,`
	for _, c := range []struct {
		fields    Fields
		line      string
		body      string
		format    clean.Format
		url, back string
	}{
		{Fields{}, `{"html":"<p>","url":"https://a.example/b","n":1.0}`, "<p>", clean.FromHTML, "https://a.example/b", `{"url":"https://a.example/b","n":1.0,` + status + `"title":"","text":""}`},
		{Fields{}, `{"text":"t\u0000\ud800","url":"/b"}`, "t\x00\ufffd", clean.FromText, "", `{"url":"/b",` + status + `"title":"","text":""}`},
		{Fields{}, `{"body":"x","title":"T"}` + "\r", "x", clean.Auto, "", `{"title":"T",` + status + `"text":""}`},
		{Fields{}, `{"html":null,"text":"","body":"x"}`, "x", clean.Auto, "", `{"html":null,` + status + `"title":"","text":""}`},
		{Fields{}, `{"text":null}`, "", clean.FromText, "", `{` + status + `"title":"","text":""}`},
		{Fields{}, "{\"text\":\"a\u0085b\u2028c\u2029\",\"n\":\"\u2028\",\"s\":\"\\ud800\\u0000\"}", "a\u0085b\u2028c\u2029", clean.FromText, "", `{"n":"\u2028","s":"\ud800\u0000",` + status + `"title":"","text":""}`},
		{Fields{Body: "content", URL: "link"}, `{"html":"h","content":"c","link":"https://a.example"}`, "c", clean.Auto, "https://a.example", `{"html":"h","link":"https://a.example",` + status + `"title":"","text":""}`},
	} {
		all := jsonl(Split{Fields: c.fields}, strings.NewReader(c.line+"\n"))
		if len(all) != 1 || all[0].Row == nil || all[0].Row.Number != 1 {
			t.Fatalf("%s: %+v", c.line, all)
		}
		item := all[0]
		body, err := bodyOfRow(item)
		if err != nil || body != c.body || item.Input.Format != c.format || !item.Input.Decoded {
			t.Errorf("%s: %q, %v, %+v", c.line, body, err, item.Input)
		}
		if got := item.Input.URL; (got == nil) != (c.url == "") || got != nil && got.String() != c.url {
			t.Errorf("%s: address %v", c.line, got)
		}
		if back, err := item.Row.AppendJSON(nil, &record.Record{}); err != nil || string(back) != c.back {
			t.Errorf("%s: %s, %v; want %s", c.line, back, err, c.back)
		}
	}
	for line, want := range map[string]string{
		`{"text":["t"]}`: `field "text": an array where a string was expected`,
		`{"n":1}`:        `it has no field "text"`,
		`{"text":1`:      "no JSON: ",
		"":               "an empty line",
		" \r":            "an empty line",
		`["text"]`:       "an array where an object was expected",
	} {
		all := jsonl(Split{}, strings.NewReader(line+"\n"))
		if len(all) != 1 {
			t.Fatalf("%q: %d rows", line, len(all))
		}
		if body, err := bodyOfRow(all[0]); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %q, %v, want %s", line, body, err, want)
		}
	}
}

// TestJSONLLines: lines end in \n alone, and each is a row.
func TestJSONLLines(t *testing.T) {
	for in, want := range map[string]int{
		"": 0, "{}": 1, "{}\n": 1, "{}\n\n": 2, "\n": 1, "\n\n{}": 3, "{}\r{}": 1, "{}\u0085{}\u2028{}\n{}": 2, "\ufeff{}\n": 1,
	} {
		all := jsonl(Split{}, iotest.OneByteReader(strings.NewReader(in)))
		if len(all) != want {
			t.Errorf("%q: %d rows, want %d", in, len(all), want)
		}
		for i, item := range all {
			if item.Row == nil || item.Row.Number != i+1 {
				t.Errorf("%q: row %d is %+v", in, i+1, item)
			}
		}
	}
}

// TestJSONLFile: empty lines of a file count and are no rows.
func TestJSONLFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(name, []byte("{\"text\":\"a\"}\n\n \r\n{\"text\":\"b\"}\n\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	split := Split{Fields: Fields{Body: "text"}}
	var got []string
	for item := range split.Items(Files(name)) {
		body, err := bodyOfRow(item)
		got = append(got, fmt.Sprint(item.Row.Number, body, err))
	}
	if want := []string{"1a<nil>", "4b<nil>"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestJSONLTooLong: what is longer than a row may be is passed over.
func TestJSONLTooLong(t *testing.T) {
	line := func(size int) string { return `{"text":"` + strings.Repeat("x", size-12) + `"}` + "\n" }
	for _, most := range []int{100, lookSize - 1, lookSize, lookSize + 1, 3*lookSize + 7} {
		in := line(most) + line(most+1) + line(3*most+2*lookSize) + line(most) + line(most+1)
		all := jsonl(Split{MaxRow: most}, strings.NewReader(in))
		if len(all) != 5 {
			t.Fatalf("%d: %d rows", most, len(all))
		}
		for i, item := range all {
			_, err := bodyOfRow(item)
			if long := i != 0 && i != 3; errors.Is(err, clean.ErrTooLarge) != long || !long && err != nil {
				t.Errorf("%d: row %d: %v", most, i+1, err)
			}
		}
	}
}

// TestJSONLLength: a body may follow its line as bytes.
func TestJSONLLength(t *testing.T) {
	long := strings.Repeat("a", 3*lookSize)
	for in, want := range map[string][]string{
		`{"html":null,"n":5}` + "\n<p>\n\"\n" + `{"text":"t"}` + "\n":             {"html:<p>\n\"", "text:t"},
		`{"n":3,"text":"gone"}` + "\r\nab\n\n" + `{"n":0,"text":"gone"}` + "\n\n": {"text:ab\n", "text:"},
		`{"n":2,"body":""}` + "\n\xff\x00\n":                                      {"auto:\ufffd\x00"},
		fmt.Sprintf(`{"n":%d,"body":1}`, len(long)) + "\n" + long + "\n{}\n":      {"auto:" + long, `it has no field "text"`},
		// What is no length has no bytes behind it.
		`{"text":"n","note":"\"n\""}` + "\n": {"text:n"},
		`{"n":"2","text":""}` + "\n{\n":      {`field "n": "2" where a number of bytes was expected`, "no JSON: unexpected end of JSON input (byte 1)"},
		`{"n":-1,"text":""}` + "\n":          {`field "n": -1 where a number of bytes was expected`},
		`{"n":2,"id":5}` + "\nab\n{\n":       {`it has no field "text"`, "no JSON: unexpected end of JSON input (byte 1)"},
		// Nobody knows what follows.
		`{"n":3,"text":""}` + "\nab\n":              {"broken input: the bytes of a row are cut off"},
		`{"n":3,"text":""}` + "\nabc":               {"broken input: the bytes of a row are cut off"},
		`{"n":1,"text":""}` + "\nabc\n{}\n":         {"broken input: no newline behind the 1 bytes of a row"},
		`{"n":999999999,"text":""}` + "\nabc\n{}\n": {"broken input: the bytes of a row are cut off"},
		// Too long: the body alone, or a line.
		`{"n":262145,"text":""}` + "\n" + long + strings.Repeat("b", 1+lookSize) + "\n" + `{"text":"t"}`: {clean.ErrTooLarge.Error() + ": more than a row may have", "text:t"},
		`{"text":"t"}` + "\n" + `{"n":5,"text":"` + long + long + `"}` + "\n{}\n{}\n{}\n":                {"text:t", "after row 1: " + clean.ErrTooLarge.Error() + ": more than a row may have"},
	} {
		var got []string
		for _, item := range jsonl(Split{Fields: Fields{Length: "n"}, MaxRow: 4 * lookSize}, iotest.HalfReader(strings.NewReader(in))) {
			body, err := bodyOfRow(item)
			if err != nil {
				got = append(got, err.Error())
			} else {
				got = append(got, item.Input.Format.String()+":"+body)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%.60q:\n got %.200q\nwant %.200q", in, got, want)
		}
	}
	gone := errors.New("gone")
	all := jsonl(Split{Fields: Fields{Length: "n"}}, io.MultiReader(strings.NewReader(`{"n":3,"text":""}`+"\na"), iotest.ErrReader(gone)))
	if len(all) != 1 || !errors.Is(all[0].Err, gone) {
		t.Errorf("%+v", all)
	}
}

// TestJSONLBroken: when the stream fails, the last item says so.
func TestJSONLBroken(t *testing.T) {
	gone := errors.New("gone")
	all := jsonl(Split{}, io.MultiReader(strings.NewReader("{\"text\":\"\"}\n{\"te"), iotest.ErrReader(gone)))
	if len(all) != 2 || all[0].Err != nil || !errors.Is(all[1].Err, gone) {
		t.Errorf("%+v", all)
	}
}

// TestJSONLStreams: a row is there as soon as its line is, whatever that begins like,
// and the next is not waited for.
func TestJSONLStreams(t *testing.T) {
	for _, first := range []string{`{"text":"The ferry left."}`, "(", "\x1f", "\xef\xbb", "\x28\xb5\x2f", "", "W"} {
		r, w := io.Pipe()
		rows := make(chan *Item)
		go func() {
			s := Split{Kind: JSONL}
			for item := range s.Items(slices.Values([]*Item{Reader("in", r)})) {
				rows <- item
			}
			close(rows)
		}()
		for _, line := range []string{first, `{"text":"It came back."}`} {
			if _, err := io.WriteString(w, line+"\n"); err != nil {
				t.Fatal(err)
			}
			<-rows
		}
		w.Close()
		if item, more := <-rows; more {
			t.Errorf("%q: and %+v", first, item)
		}
	}
}

// again yields the same bytes for ever.
type again struct {
	line string
	at   int
}

func (a *again) Read(p []byte) (int, error) {
	n := copy(p, a.line[a.at:])
	a.at = (a.at + n) % len(a.line)
	return n, nil
}

// TestJSONLMemory: rows that are done with are not kept.
func TestJSONLMemory(t *testing.T) {
	const count = 150
	line := `{"text":"` + strings.Repeat("x", 1<<18) + `"}` + "\n"
	s := Split{Kind: JSONL}
	many := s.Items(slices.Values([]*Item{Reader("in", io.LimitReader(&again{line: line}, int64(count*len(line))))}))
	length := func(_ context.Context, item *Item) (int, error) {
		body, err := bodyOfRow(item)
		return len(body), err
	}
	n, most := 0, uint64(0)
	for o := range Run(t.Context(), many, Options{Jobs: 2}, length) {
		if o.Err != nil || o.Value != 1<<18 {
			t.Fatalf("%s: %d, %v", o.Item.Name, o.Value, o.Err)
		}
		if n++; n%50 == 0 {
			runtime.GC() // what is not kept does not count
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
	}
	if n != count || most > 40<<20 {
		t.Errorf("%d rows of 256 KB took %d MB", n, most>>20)
	}
}
