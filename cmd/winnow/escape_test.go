package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
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

// Nothing of an input but its text, and that only into files and pipes, comes
// out with characters in it that a terminal obeys.
func TestReportsAreSafe(t *testing.T) {
	const evil = "\x1b]0;owned\x07\x1b[31m\u009b31m\u202e\u2066\x7f\x08"
	dir := t.TempDir()
	page := filepath.Join(dir, "page\x1b[31m\u202e.html")
	text := filepath.Join(dir, "text\u009b.txt")
	rules := filepath.Join(dir, "\x1b[31m.rules")
	for name, data := range map[string]string{
		page: "<title>A boat" + evil + "</title><meta name=author content='Jane" + evil + "Doe'><body" + evil + " class='x" + evil + "'><p id='" + evil + "'>The boat " + evil +
			" came in at noon, and it left again before it was dark.</p><b" + evil + ">x</b" + evil + "><p>Advertisement" + evil + "</p><svg><title>" + evil + "a</title></svg>",
		text:  "The boat " + evil + " came in at noon, and it left again before it was dark.\nAdvertisement" + evil + "\nREAD MORE: " + evil + "\n",
		rules: "rule ad.x" + evil + "\n",
	} {
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	safe := func(what, s string) {
		t.Helper()
		for _, r := range s {
			if dangerous(r) {
				t.Errorf("%s: %U in %q", what, r, s)
				return
			}
		}
	}
	missing := filepath.Join(dir, "no"+evil)
	for _, args := range [][]string{
		{"--explain", page, text}, {"-f", "json", "--explain", page, text}, {"-f", "jsonl", "--explain", page, text, missing},
		{"--check", page, text}, {"--stats", "--check", page, missing}, {"--rules", rules, page}, {"--rules", missing, page},
		{"--url", evil, page}, {"-f", evil, page}, {"--keep", evil, page}, {"--mode", evil, page}, {"--from", evil, page},
		{"--max-bytes", evil, page}, {"--timeout", evil, page}, {"-o", filepath.Join(dir, evil, evil), page}, {"--" + evil, page}, {missing},
	} {
		var stdout, stderr bytes.Buffer
		run(args, strings.NewReader(""), &stdout, &stderr)
		safe(fmt.Sprintf("%q, standard output", args), stdout.String())
		safe(fmt.Sprintf("%q, standard error", args), stderr.String())
	}
	// On a terminal the text itself is tamed as well.
	for _, args := range [][]string{{page, text}, {"--diff", text}, {"--keep", "ad", text}} {
		var stdout, shown bytes.Buffer
		run(args, strings.NewReader(""), &stdout, io.Discard)
		if _, err := (tame{&shown}).Write(stdout.Bytes()); err != nil {
			t.Fatal(err)
		}
		safe(fmt.Sprintf("%q on a terminal", args), shown.String())
	}
}
