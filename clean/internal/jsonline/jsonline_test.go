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
