package main

import (
	"strings"
	"testing"
)

// TestPreviewLength: a preview is the first characters of a piece, white space squeezed,
// and says whether there is more; the same whether its characters are all safe or not.
func TestPreviewLength(t *testing.T) {
	long := strings.Repeat("a", previewLen)
	for s, want := range map[string]string{
		"":                              "",
		" \n\t ":                        "",
		"  one\n\n two\u00a0three ":     "one two three",
		long:                            long,
		long + " ":                      long,
		long + "b":                      long + " ...",
		long + " b":                     long + " ...",
		long[1:] + " b":                 long[1:] + " ...",
		long[2:] + " b":                 long[2:] + " b",
		long[2:] + " bc":                long[2:] + " b ...",
		"ein Übergang – weiß":           "ein Übergang – weiß",
		"bell\a and \x1b[31m":           `bell\u0007 and \u001b[31m`,
		"broken \xff byte":              `broken \xff byte`,
		"turned \u202e round":           `turned \u202e round`,
		strings.Repeat("é ", 36):        strings.TrimSpace(strings.Repeat("é ", 36)),
		strings.Repeat("é ", 37):        strings.TrimSpace(strings.Repeat("é ", 36)) + " ...",
		"x" + strings.Repeat(" ", 2000): "x ...",
		"x" + strings.Repeat("é", 2000): "x" + strings.Repeat("é", previewLen-1) + " ...",
	} {
		if got := preview(s); got != want {
			t.Errorf("%.90q is shown as %q, want %q", s, got, want)
		}
		if got := string(appendUnsafe(nil, s, false)); len(s) < 1000 && got != want {
			t.Errorf("%.90q is shown as %q character by character, want %q", s, got, want)
		}
	}
}
