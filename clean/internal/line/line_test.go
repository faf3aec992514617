package line

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

func builtin(t testing.TB) *rules.Set {
	t.Helper()
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func embedded(t testing.TB) *Model {
	t.Helper()
	m, err := LoadModel()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// join writes lines.
func join(lines []Line) string { return new(Memory).Join(lines) }

// runWith takes a text through all steps, by rules alone without a model.
func runWith(m *Model, set *rules.Set, text string) ([]Line, string) {
	var mem Memory
	lines := mem.Split(text, set)
	mem.Clean(m, lines, set, "")
	return lines, mem.Join(lines)
}

// TestKeep: the texts of testdata/keep come out as they are.
func TestKeep(t *testing.T) {
	set := builtin(t)
	files, err := filepath.Glob("testdata/keep/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range []*Model{nil, embedded(t)} {
			if _, got := runWith(m, set, string(data)); got != string(data) {
				t.Errorf("%s, model %t: changed to\n%s", file, m != nil, got)
			}
		}
	}
}

// TestSeeds compares with texts kept outside of the repository: NAME.txt must
// become NAME.gold.txt. WINNOW_SEEDS names their folder.
func TestSeeds(t *testing.T) {
	dir := os.Getenv("WINNOW_SEEDS")
	if dir == "" {
		t.Skip("set WINNOW_SEEDS to a folder of NAME.txt and NAME.gold.txt to run this test")
	}
	set := builtin(t)
	golds, err := filepath.Glob(filepath.Join(dir, "*.gold.txt"))
	if err != nil || len(golds) == 0 {
		t.Fatalf("no *.gold.txt in %s (%v)", dir, err)
	}
	for _, gold := range golds {
		want, err := os.ReadFile(gold)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(strings.TrimSuffix(gold, ".gold.txt") + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		if _, got := runWith(embedded(t), set, string(text)); got != string(want) {
			t.Errorf("%s: got\n%s", filepath.Base(gold), got)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
		blank    []int
	}{
		{"newlines", "a b\r\n\r\nc d\re\u2028f", []string{"a b", "c d", "e", "f"}, []int{0, 1, 0, 0}},
		{"white space is blank", "a\n \t\u00a0\n\u200b\nb", []string{"a", "b"}, []int{0, 2}},
		{"white space at the end", "a \t\n b\u00a0\r\n", []string{"a", " b"}, []int{0, 0}},
		{"empty", "", nil, nil},
		{"only blank lines", "\n\n", nil, nil},
	} {
		lines := Split(c.in, nil)
		if len(lines) != len(c.want) {
			t.Errorf("%s: %d lines, want %d", c.name, len(lines), len(c.want))
			continue
		}
		for i := range lines {
			if lines[i].Text != c.want[i] || lines[i].Blank != c.blank[i] {
				t.Errorf("%s: line %d is %q after %d blank, want %q after %d", c.name, i, lines[i].Text, lines[i].Blank, c.want[i], c.blank[i])
			}
		}
	}
}

func TestUnwrap(t *testing.T) {
	text := "The council of the small town met on Monday evening to talk about the\n" +
		"old bridge, which has been closed since the flood in spring, and to\n" +
		"hear what the engineers had found when they came to look at it.\n" +
		"\n" +
		"Nobody had expected good news, but the report was worse than feared:\n" +
		"both piers stand on gravel that the river has been washing away for\n" +
		"years.\n"
	lines := Split(text, nil)
	if len(lines) != 2 {
		t.Fatalf("%d paragraphs, want 2", len(lines))
	}
	if got := join(lines); got != text {
		t.Errorf("line breaks moved:\n%s", got)
	}
	verse := "The river took the bridge away\nand left the road behind\nand no one came to mend it\nor seemed to mind\nthe rain\nthat fell\n"
	if n := len(Split(verse, nil)); n != 6 {
		t.Errorf("verse became %d lines", n)
	}
}

func TestJoin(t *testing.T) {
	for in, want := range map[string]string{
		"soft\u00adhyphen \u200bhere":           "softhyphen here\n",
		"trailing  \u00a0\nnext\t":              "trailing\nnext\n",
		"a\n\n\n\nb":                            "a\n\nb\n",
		"می\u200cخواهم":                         "می\u200cخواهم\n",
		"family 👩\u200d👧 here":                  "family 👩\u200d👧 here\n",
		"\ufeffstart":                           "start\n",
		"\u200d":                                "",
		"control \x1fsigns\x00 go, all of them": "control signs go, all of them\n",
		"a tab\tstays, a \x7fdelete goes":       "a tab\tstays, a delete goes\n",
		"  indented stays\n\twith tabs too":     "  indented stays\n\twith tabs too\n",
	} {
		if got := join(Split(in, nil)); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
