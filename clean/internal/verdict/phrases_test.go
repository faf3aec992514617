package verdict

import (
	"strings"
	"testing"
)

// TestFind: every phrase is found where it stands alone, in capitals, and between other
// words, once.
func TestFind(t *testing.T) {
	n := 0
	var k kind
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			for k = 0; kindNames[k] != strings.Trim(line, "[]"); k++ {
			}
			continue
		}
		n++
		text := strings.ReplaceAll(line, "*", "so to say")
		for _, s := range []string{text, strings.ToUpper(text), "Well, " + text + ". The end"} {
			if strings.ContainsAny(s, "İıß") || strings.ToLower(strings.ToUpper(text)) != text {
				continue // its capitals are not one to one
			}
			if hits := find(s); hits[k] == 0 {
				t.Errorf("%s: %q is not found in %q", kindNames[k], line, s)
			}
		}
		if isWide(line) {
			if one, two := find(text), find(text+"、"+text); one != two {
				t.Errorf("%q: %v, and %v where it stands twice", line, one, two)
			}
		}
	}
	if n < 500 {
		t.Errorf("%d phrases", n)
	}
}
