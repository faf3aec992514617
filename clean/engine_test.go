package clean

import (
	"context"
	"os/exec"
	"strings"
	"testing"

	_ "github.com/winnowtext/winnow/clean/engine/readability"
	"github.com/winnowtext/winnow/clean/internal/engine"
)

// TestEngineReadability: the other engine's article is cleaned like ours, says
// who chose it, and is nothing where that engine finds nothing.
func TestEngineReadability(t *testing.T) {
	c, err := New(Options{Engine: Readability, Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	page := readFile(t, "../testdata/html/boxes-between/page.html")
	res, err := c.HTML(context.Background(), strings.NewReader(page), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"For two years they stood in a lock-up garage", "There are 460 pairs left"} {
		if !strings.Contains(res.Text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	for _, gone := range []string{"Cookie settings", "Most read"} {
		if strings.Contains(res.Text, gone) {
			t.Errorf("%q is in the text", gone)
		}
	}
	by := 0
	for _, d := range res.Decisions {
		if d.Rule == "readability" && d.Kept {
			by++
		}
	}
	if by < 5 {
		t.Errorf("%d pieces are kept by the engine", by)
	}
	if res, err = c.HTML(context.Background(), strings.NewReader("<p>Menu</p>"), nil); err != nil || res.Text != "" || res.Verdict != Empty {
		t.Errorf("of a page without an article: %q, %v, %v", res.Text, res.Verdict, err)
	}
}

func TestParseEngine(t *testing.T) {
	for _, e := range []Engine{Trees, Readability} {
		if got, err := ParseEngine(e.String()); err != nil || got != e {
			t.Errorf("%v: %v, %v", e, got, err)
		}
	}
	if _, err := ParseEngine("steam"); err == nil {
		t.Error("an engine that does not exist")
	}
	if _, err := New(Options{Engine: 9}); err == nil {
		t.Error("a Cleaner with an engine that does not exist")
	}
}

// The library does without the engines that it does not know.
func TestEngineMissing(t *testing.T) {
	find := engine.Named("readability")
	engine.Register("readability", nil)
	defer engine.Register("readability", find)
	if _, err := New(Options{Engine: Readability}); err == nil || !strings.Contains(err.Error(), "clean/engine/readability") {
		t.Errorf("an engine that is not compiled in: %v", err)
	}
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(out), "go-readability") {
		t.Error("package clean needs go-readability")
	}
}
