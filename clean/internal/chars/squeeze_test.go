package chars

import (
	"strings"
	"testing"
)

func TestSqueezeAll(t *testing.T) {
	if got := SqueezeAll([]string{" a", "b ", "\n", "c"}, 10); got != "ab c" {
		t.Errorf("%q", got)
	}
	for _, pieces := range [][]string{{strings.Repeat("ab ", 100)}, {strings.Repeat("ab ", 50), strings.Repeat("c", 50)}} {
		whole := Squeeze(strings.Join(pieces, ""))
		if got := SqueezeAll(pieces, 20); len(got) <= 20 || !strings.HasPrefix(whole, strings.TrimSpace(got)) {
			t.Errorf("%q of %q", got, whole)
		}
	}
}

func TestHead(t *testing.T) {
	for _, c := range []struct {
		in   string
		max  int
		want string
	}{{"abc", 3, "abc"}, {"abc", 2, "ab"}, {"äöü", 3, "ä"}, {"äöü", 1, ""}, {"a", 0, ""}} {
		if got := Head(c.in, c.max); got != c.want {
			t.Errorf("%d of %q: %q", c.max, c.in, got)
		}
	}
}
