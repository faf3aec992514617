package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWriteSecurity: figures get into their rows, and nothing else changes.
func TestWriteSecurity(t *testing.T) {
	file := filepath.Join(t.TempDir(), "SECURITY.md")
	text := "a\n<!-- growth -->\n| shape | n | MB | CPU time | peak MB | growth |\n|---|---|---|---|---|---|\n| one | 1 | 1 | 1 | 1 | 1 |\n| two | 2 | 2 | 2 | 2 | 2 |\n<!-- /growth -->\n" +
		"x <!-- worst -->old<!-- /worst --> y\n<!-- peers -->\n| shape | n | us | them |\n|---|---|---|---|\n| one | 1 | 1 | 1 |\n<!-- /peers -->\n" +
		"<!-- fates -->\n| of 0 shapes | us | them |\n|---|---|---|\n<!-- /fates -->\nz\n"
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	points := []hostilePoint{{N: 1500, Bytes: 1e6, MS: 100, PeakMB: 3, Kept: 1}, {N: 3000, Bytes: 2e6, MS: 250, PeakMB: 7, Kept: .5}}
	if err := writeSecurity(file, []hostileSeries{{"winnow", "one", points}}); err != nil {
		t.Fatal(err)
	}
	dead := []hostilePoint{{N: 3000, Bytes: 2e6, Fate: fateTime}}
	if err := writeSecurity(file, []hostileSeries{{"winnow", "one", points}, {"other", "one", dead}}); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(string(b)), " ")
	for _, want := range []string{
		"| one | 3,000 | 2.0 | 250 ms | 7 | ×2.5 |", "| two | 2 | 2 | 2 | 2 | 2 |", "x <!-- worst -->for double the size the median of 1 shapes takes ×2.5, the worst ×2.5<!-- /worst --> y",
		"| one | 3,000 | 250 ms, lost 50 % | **time** |", "| of 1 shapes | us | them |", "| part of it lost | 1 | 0 |", "| stopped: time | 0 | 1 |",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in\n%s", want, b)
		}
	}
	if !strings.HasPrefix(string(b), "a\n") || !strings.HasSuffix(string(b), "z\n") {
		t.Errorf("something else changed:\n%s", b)
	}
	if shapes, err := listedShapes(file, false); err != nil || !shapes["two"] {
		t.Errorf("shapes %v, %v", shapes, err)
	}
}
