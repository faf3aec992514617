package jsonline

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestAppend(t *testing.T) {
	for in, want := range map[string]string{
		"plain näme":     `"plain näme"`,
		"a < b & c > d":  `"a < b & c > d"`,
		"\n\v\f\x1c\x1b": `"\n\u000b\f\u001c\u001b"`,
		"x\u0085y\u007f": `"x\u0085y\u007f"`,
		"\u2028\u2029":   `"\u2028\u2029"`,
		"\u202ea\u2066":  `"\u202ea\u2066"`,
		"“”…¡\u00a0":     `"“”…¡` + "\u00a0" + `"`, // begin with the same bytes
	} {
		got, err := Append([]byte("\u0085 before "), in)
		if err != nil || string(got) != "\u0085 before "+want {
			t.Errorf("%q: %s, %v; want %s", in, got, err, want)
		}
	}
	if got, err := Append([]byte("kept"), func() {}); err == nil || string(got) != "kept" {
		t.Errorf("a value that JSON has no form for: %q, %v", got, err)
	}
}

func FuzzAppend(f *testing.F) {
	f.Add("a\u0085b\u2028c\u009b31m \xff")
	f.Fuzz(func(t *testing.T, s string) {
		b, err := Append(nil, s)
		if err != nil {
			t.Fatal(err)
		}
		if i := strings.IndexFunc(string(b), func(r rune) bool { return harmful(r) || r == 0x2028 || r == 0x2029 }); i >= 0 {
			t.Errorf("%q has something at %d that ends lines or steers terminals", b, i)
		}
		var back string
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		if utf8.ValidString(s) && back != s {
			t.Errorf("%q came back as %q", s, back)
		}
	})
}

func TestMembers(t *testing.T) {
	got, err := Members([]byte(" {\"a\" : [1, {\"b\":\"]}\\\"\"}] ,\n\"\\u0063\":\"x\\\\\", \"d\":-1.5e3,\"a\":null, \"e\":\"\xff\"} "))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, m := range got {
		all = append(all, m.Name+"="+string(AppendRaw(nil, m.Value)))
	}
	want := `a=[1, {"b":"]}\""}]|c="x\\"|d=-1.5e3|a=null|e="` + "\uFFFD" + `"`
	if got := strings.Join(all, "|"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for in, want := range map[string]string{
		`[1]`: "an array where", `"x"`: "a string where", "": "unexpected end", `{"a":1`: "unexpected end",
		`{"a":1} {}`: "after top-level value (byte 9)", "nul": "in literal null",
	} {
		if _, err := Members([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", in, err, want)
		}
	}
	if got, err := Members([]byte("{}")); err != nil || len(got) != 0 {
		t.Errorf("{}: %v, %v", got, err)
	}
}

func TestAppendRaw(t *testing.T) {
	for in, want := range map[string]string{
		"{\n \"a\": [\r\n1 ] }":     `{"a":[1]}`,
		"\"\u2028 \u0085 \\n\"":     `"\u2028 \u0085 \n"`,
		`"\ud800"`:                  `"\ud800"`,
		"[\"\u2029\",\n\"\u009b\"]": `["\u2029","\u009b"]`,
	} {
		if got := string(AppendRaw([]byte("\u0085"), []byte(in))); got != "\u0085"+want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

// What Members finds is what encoding/json finds.
func FuzzMembers(f *testing.F) {
	f.Add([]byte(`{"a":"\ud83d\ude00\ud800","b":{"c":[]},"":1}`))
	f.Add([]byte(`{"a":"\"\\\/\b\f\n\r\t\u00eF\ud800\n\ud800\u0041\udc00"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := Members(b)
		var want map[string]json.RawMessage
		if werr := json.Unmarshal(b, &want); (werr == nil && want != nil) != (err == nil) {
			t.Fatalf("%q: %v, encoding/json says %v", b, err, werr)
		}
		last := map[string]string{}
		for _, m := range got {
			last[m.Name] = string(m.Value)
		}
		if len(last) != len(want) {
			t.Fatalf("%q: %q, encoding/json finds %q", b, last, want)
		}
		for name, value := range want {
			var s string
			if json.Unmarshal(value, &s) == nil && value[0] == '"' && String(value) != s {
				t.Errorf("%q: %q says %q, to encoding/json %q", b, value, String(value), s)
			}
			if last[name] != string(value) {
				t.Errorf("%q: %q is %q, encoding/json finds %q", b, name, last[name], value)
			}
		}
	})
}
