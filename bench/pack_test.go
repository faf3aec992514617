package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/bench/corpora"
	"github.com/winnowtext/winnow/bench/score"
)

// pack runs pack.py on a clone.
func pack(t *testing.T, clone, folder string) (out string, err error) {
	t.Helper()
	if err := exec.Command("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 9))").Run(); err != nil {
		t.Skip("no python3 of version 3.9 or later, so pack.py is not tested")
	}
	b, err := exec.Command("python3", "pack.py", clone, folder).CombinedOutput()
	return string(b), err
}

func TestPack(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "packed")
	out, err := pack(t, "corpora/testdata/trafilatura", folder)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{"2 pages packed", "1 left out: no file named", "1 left out: no page file", "1 left out: file outside the folder"} {
		if !strings.Contains(out, want) {
			t.Errorf("output lacks %q:\n%s", want, out)
		}
	}
	sets, err := corpora.Find(folder)
	if err != nil {
		t.Fatal(err)
	}
	c, err := sets[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	if c.Name != "trafilatura" || c.Metric != score.Snippet || c.Decode != corpora.Mixed || c.Source != "adbar/trafilatura" || len(c.Pages) != 2 {
		t.Fatalf("%+v", c)
	}
	ice, old := c.Pages[0], c.Pages[1]
	if ice.ID != "lake.ice.html" || ice.URL != "https://lake.example/ice" || ice.Type != "mixed" || ice.Lang != "en" || ice.Title != "Ice on\nthe lake" || ice.Author != "Ida Frost" || ice.Date != "" {
		t.Errorf("%+v", ice)
	}
	gold := score.Gold{With: []string{`The ice is "thick" enough`, "don't walk — skate", "glued together"}, Without: []string{`Teilen\d`, "Menü"}}
	if !reflect.DeepEqual(ice.Gold, gold) {
		t.Errorf("%+v", ice.Gold)
	}
	if old.ID != "old.html" || old.Lang != "de" || !reflect.DeepEqual(old.With, []string{"Ruderboote"}) || len(old.Without) > 0 {
		t.Errorf("%+v", old)
	}
	want, err := os.ReadFile("corpora/testdata/trafilatura/tests/eval/old.html")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := old.Bytes(); err != nil || !bytes.Equal(got, want) {
		t.Errorf("bytes of the page: %q, %v", got, err)
	}
}

// What is no literal is not run, and a failed run leaves no corpus behind.
func TestPackRefuses(t *testing.T) {
	for _, source := range []string{"EVAL_PAGES = dict(a=1)\n", "OTHER = {}\n", "EVAL_PAGES = {\n"} {
		clone, folder := t.TempDir(), t.TempDir()
		if err := os.Mkdir(filepath.Join(clone, "tests"), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(clone, "tests", "evaldata.py"), []byte(source), 0o666); err != nil {
			t.Fatal(err)
		}
		if out, err := pack(t, clone, folder); err == nil || !strings.HasPrefix(out, "pack.py: ") {
			t.Errorf("%q: %v\n%s", source, err, out)
		}
		if sets, err := corpora.Find(folder); err == nil {
			t.Errorf("%q left %+v", source, sets)
		}
	}
}
