package cases

import (
	"strings"
	"testing"
)

const file = `# About.
-- one --
# Why.
key: value
list:
    a
      b
input

more
----
----
out
-- two: three --
<p>no: setting</p>
----
`

func TestParse(t *testing.T) {
	head, all := parse(file)
	if head != "# About.\n" || len(all) != 2 {
		t.Fatalf("%q and %d cases", head, len(all))
	}
	c := all[0]
	if c.Name != "one" || c.Settings["key"] != "value" || c.Settings["list"] != "a\n  b" {
		t.Errorf("%+v", c)
	}
	if got := strings.Join(c.Parts, "|"); got != "input\n\nmore||out" {
		t.Errorf("parts %q", got)
	}
	if n := len(c.Lines(0)); n != 3 || c.Lines(1) != nil || c.Lines(3) != nil {
		t.Errorf("%d lines", n)
	}
	back := head
	for _, c := range all {
		back += "-- " + c.Name + " --\n" + c.test(t, true, func(t *testing.T, c *Case) []string { return c.Parts })
	}
	if back != file {
		t.Errorf("written as\n%s", back)
	}
	if _, all := parse("+ a text\n"); len(all) != 1 || all[0].Name != "" || all[0].Parts[0] != "+ a text" {
		t.Errorf("without a marker: %+v", all[0])
	}
}

func TestDifference(t *testing.T) {
	if got, want := difference("a\nb", "a\nc\nd"), "       a\n  got  b\n  want c\n  got  \n  want d\n"; got != want {
		t.Errorf("%s", got)
	}
}
