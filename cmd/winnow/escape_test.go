package main

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
)

func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		"a plain näme":           "a plain näme",
		"a\nb\tc":                `a\nb\tc`,
		"\x1b[2J":                `\u001b[2J`,
		"\u009b31m":              `\u009b31m`,
		"bad \xff byte":          `bad \xff byte`,
		"turned \u202e round":    `turned \u202e round`,
		"tag \U000e0041":         `tag \U000e0041`,
		"shown as it is: \ufffd": "shown as it is: \ufffd",
	} {
		if got := escape(in); got != want {
			t.Errorf("escape(%q) is %q, want %q", in, got, want)
		}
	}
}

func TestTame(t *testing.T) {
	var b bytes.Buffer
	in := "line\n\tnext \x1b]0;x\x07 \u009b \x7f \r end \xff, Ωmega\n"
	n, err := tame{&b}.Write([]byte(in))
	if n != len(in) || err != nil {
		t.Errorf("wrote %d of %d bytes, %v", n, len(in), err)
	}
	want := "line\n\tnext \\u001b]0;x\\u0007 \\u009b \\u007f \\u000d end \ufffd, Ωmega\n"
	if b.String() != want {
		t.Errorf("wrote %q, want %q", b.String(), want)
	}
}

func FuzzEscape(f *testing.F) {
	f.Add("a\x1b[31mb\nc \xff \u202e")
	f.Fuzz(func(t *testing.T, s string) {
		if i := strings.IndexFunc(escape(s), func(r rune) bool { return !unicode.IsPrint(r) && r != '\ufffd' }); i >= 0 {
			t.Errorf("escape(%q) has something at %d that does not print", s, i)
		}
		if i := strings.IndexFunc(preview(s), func(r rune) bool { return !unicode.IsPrint(r) && r != '\ufffd' }); i >= 0 {
			t.Errorf("preview(%q) has something at %d that does not print", s, i)
		}
	})
}

func TestPreview(t *testing.T) {
	if got := preview("  two \n words "); got != "two words" {
		t.Errorf("preview is %q", got)
	}
	long := strings.Repeat("žluť ", 1000)
	got := preview(long)
	if !strings.HasPrefix(got, "žluť žluť žluť") || !strings.HasSuffix(got, "žluť ...") && !strings.HasSuffix(got, "žl ...") {
		t.Errorf("preview is %q", got)
	}
	if n := len([]rune(got)); n < previewLen || n > previewLen+len(" ...") {
		t.Errorf("preview has %d characters", n)
	}
}
