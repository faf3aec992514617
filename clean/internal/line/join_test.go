package line

import (
	"testing"
	"unsafe"
)

// A text that comes out as it went in is not copied, and what is known of the
// input makes no difference to the output.
func TestJoinText(t *testing.T) {
	for _, c := range []struct {
		text string
		same bool
	}{
		{"A first line.\n\n- and one\tmore\n", true},
		{"A first line.\n", true},
		{"", true},
		{"\n", false},
		{"A first line.", false},
		{"A first line.\n\n\n", false},
		{"A first line. \nand another\n", false},
		{"A first\u00ad line.\r\nand another\n", false},
	} {
		lines := Split(c.text, nil)
		got := new(Memory).JoinText(lines, c.text)
		if want := join(lines); got != want {
			t.Errorf("%q: %q, want %q", c.text, got, want)
		}
		if same := unsafe.StringData(got) == unsafe.StringData(c.text); same != c.same {
			t.Errorf("%q: same memory: %t", c.text, same)
		}
		for _, other := range []string{"A first", "A first line.\n\n", c.text + "x"} {
			if new(Memory).JoinText(lines, other) != join(lines) {
				t.Errorf("%q: comes out otherwise when %q is known of the input", c.text, other)
			}
		}
	}
}
