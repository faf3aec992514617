package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// writeTree writes files below a new folder.
func writeTree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// textData are invented texts of every set, and two runs over them: one does all
// right, the other little.
func textData(t *testing.T) string {
	t.Helper()
	keep, drop := `{"kept":true,"text":"`, `{"kept":false,"kind":"readmore","rule":"readmore.label","p":0.2,"text":"`
	scraped := func(mid string) string {
		return `{"id":"a","text":"x","decisions":[` + keep + `Late ferry."},` + mid + `Read more: Tolls"}]}
{"id":"b","text":"x","decisions":[` + keep + `Geese crossed."}]}
{"id":"p","text":"x","decisions":[` + mid + `Menu Home"},` + keep + `The pump."}]}
`
	}
	residue := func(text, last string) string {
		var b strings.Builder
		for _, id := range []string{"news/1#all", "news/1#all#spaced", "news/1#all#glued"} {
			b.WriteString(`{"id":"` + id + `","text":"` + text + `","decisions":[` + keep + `The bridge is open."},` + last + `Follow us"}]}` + "\n")
		}
		return b.String()
	}
	golds := func(second string) string {
		return `{"id":"tiny-dev/w1","same":true}
{"id":"tiny-dev/w1#spaced","same":true}
{"id":"tiny-dev/w2","text":"x","decisions":[` + keep + `Geese crossed the road"},` + second + `twice."}]}
{"id":"tiny-dev/w2#spaced","same":true}
`
	}
	return writeTree(t, map[string]string{
		"scraped/pool.jsonl": `{"id":"a","source":"cells","site":"ferry.example","lang":"en","form":"one line","text":"Late ferry. Read more: Tolls"}
{"id":"b","source":"cells","site":"geese.example","lang":"en","form":"one line","text":"Geese crossed."}
{"id":"p","source":"dumps","site":"","lang":"de","form":"hard-wrapped","text":"Menu Home\nThe pump."}
`,
		"scraped/labels.jsonl": `{"id":"a","residue":[[12,28,"readmore"]],"optional":[]}
{"id":"b","residue":[],"optional":[]}
{"id":"p","residue":[[0,9,"nav"]],"optional":[]}
`,
		"residue/dev.jsonl": `{"id":"news/1#all","page":"news/1","flattener":"all","lang":"en","lines":[{"text":"The bridge is open.","label":"keep"},{"text":"Follow us","label":"drop","cat":"cta","by":"t"}]}
`,
		"seeds/one.txt": "A.\nMenu\n", "seeds/one.gold.txt": "A.\n",
		"cases/two.dirty.txt": "- B.\nShare", "cases/two.gold.txt": "- B.\n",

		"good/scraped.jsonl": scraped(drop), "bad/scraped.jsonl": scraped(keep),
		"good/residue.jsonl": residue("The bridge is open.", drop), "bad/residue.jsonl": residue("The bridge is open.\\nFollow us", keep),
		"good/golds.jsonl": golds(keep), "bad/golds.jsonl": golds(drop),
		"good/seeds.jsonl": `{"id":"seeds/one","text":"A.\n"}` + "\n" + `{"id":"seeds/one#spaced","text":"A."}`,
		"bad/seeds.jsonl":  `{"id":"seeds/one","text":" A.\n"}` + "\n" + `{"id":"seeds/one#spaced","text":"A. Menu"}`,
		"good/cases.jsonl": `{"id":"cases/two","text":"B."}` + "\n" + `{"id":"cases/two#gold","text":"- B.\n"}`,
		"bad/cases.jsonl":  `{"id":"cases/two","text":"B. Share"}` + "\n" + `{"id":"cases/two#gold","text":""}`,
	})
}

// textFlags name all the places of textData.
func textFlags(dir string) []string {
	return []string{"--corpora", tiny, "--scraped", filepath.Join(dir, "scraped"), "--residue", filepath.Join(dir, "residue"),
		"--seeds", filepath.Join(dir, "seeds"), "--cases", filepath.Join(dir, "cases")}
}

// has fails unless out has a row of these cells.
func has(t *testing.T, out string, cells ...string) {
	t.Helper()
	want := strings.Join(cells, "|")
	for line := range strings.Lines(out) {
		var row []string
		for cell := range strings.SplitSeq(strings.Trim(line, "|\n"), "|") {
			row = append(row, strings.TrimSpace(cell))
		}
		if strings.Join(row, "|") == want {
			return
		}
	}
	t.Errorf("no row %s in\n%s", want, out)
}

func TestTextRuns(t *testing.T) {
	dir := textData(t)
	kept := filepath.Join(dir, "results.json")
	if err := writeJSON(kept, invented()); err != nil {
		t.Fatal(err)
	}
	args := append([]string{"text", filepath.Join(dir, "good"), filepath.Join(dir, "bad"), "--without", "geese.example", "--keep", kept}, textFlags(dir)...)
	out, code := bench(t, args...)
	if code != 0 {
		t.Fatalf("exit %d\n%s", code, out)
	}
	has(t, out, "good", "1.000", "1.000", "0.00", "100.0", "0.0", "1/1", "1.000", "0.00", "1.000", "1.000", "0.00", "0.0")
	has(t, out, "bad", "0.000", "0.000", "0.00", "50.0", "0.0", "0/1", "0.000", "0.00", "0.000", "0.000", "0.00", "0.0")
	has(t, out, "good", "1.000", "0.00", "0.0", "", "", "", "", "", "", "0.00", "100.0", "2/2", "cases 1/1", "cases 1/1")
	// One of 13 gold words goes, of one of the two articles.
	has(t, out, "bad", "0.000", "0.00", "0.0", "", "", "", "", "", "", "7.69", "50.0", "0/2", "cases 0/1", "cases 0/1")

	var r results
	if err := readJSON(kept, &r); err != nil {
		t.Fatal(err)
	}
	filled, _, err := fill("<!-- bench:points -->\n<!-- /bench:points -->", r.blocks())
	if err != nil || !strings.Contains(out, strings.Split(filled, "\n")[3]) {
		t.Errorf("kept for the README: %v\n%s", err, filled)
	}
}

func TestTextRun(t *testing.T) {
	dir := textData(t)
	list := filepath.Join(dir, "removed.tsv")
	out, code := bench(t, append([]string{"text", filepath.Join(dir, "bad"), "--removed", list}, textFlags(dir)...)...)
	if code != 0 {
		t.Fatalf("exit %d\n%s", code, out)
	}
	has(t, out, "form=hard-wrapped", "1", "1", "2", "0.000", "0.00", "0.000", "0.0", "0.0", "0.0", "0/1", "0/0")
	has(t, out, "lang=en", "2", "1", "3", "0.000", "0.00", "0.000", "50.0", "0.0", "50.0", "0/1", "0/1")
	has(t, out, "readmore", "3", "0.000", "3", "1", "0")
	has(t, out, "spaced", "1", "0.000", "0.000", "0.00", "0.0", "0.0", "0/0")
	has(t, out, "tiny-dev", "2", "7.692 / 50.0", "0.000 / 100.0")
	has(t, out, "readmore", "readmore.label", "1", "1")
	for _, want := range []string{"spaced: 0 of 1 right; not seeds/one#spaced", "cases: 0 of 1 right; not cases/two", "cases#gold: 0 of 1 right; not cases/two#gold"} {
		if !strings.Contains(out, want+"\n") {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	b, err := os.ReadFile(list)
	if want := "tiny-dev/w2\tlines\treadmore\treadmore.label\t0.200\ttwice.\n"; err != nil || string(b) != want {
		t.Errorf("removed pieces %q, %v, want %q", b, err, want)
	}
}

func TestTextRunRefuses(t *testing.T) {
	dir := textData(t)
	for _, tt := range []struct{ file, content, want string }{
		{"scraped.jsonl", `{"id":"b","decisions":[{"kept":true,"text":"Geese crossed."}]}`, "scraped.jsonl: 2 texts are missing, such as "},
		{"scraped.jsonl", `{"id":"b","text":"Geese crossed."}`, "scraped.jsonl: b: an output without decisions"},
		{"residue.jsonl", `{"id":"news/1#all#glued","decisions":[{"kept":true,"text":"x"}]}`, "residue.jsonl: 2 texts are missing, such as news/1#all"},
		{"golds.jsonl", `{"id":"tiny-dev/w1","same":true}`, "golds.jsonl: 1 texts are missing, such as tiny-dev/lines"},
		{"golds.jsonl", `{"id":"tiny-dev/w3","same":true}`, "golds.jsonl: tiny-dev/w3: no article of tiny-dev"},
		{"golds.jsonl", `{"id":"other/1","same":true}`, `golds.jsonl: other/1: no corpus "other"`},
		{"seeds.jsonl", `{"id":"seeds/one","text":`, "seeds.jsonl: record 1: "},
		{"cases.jsonl", `{"id":"cases/two","text":"B."}`, "cases.jsonl: 1 texts are missing, such as cases/two#gold"},
		{"other.jsonl", ``, "no set to score"},
	} {
		run := writeTree(t, map[string]string{tt.file: tt.content})
		out, code := bench(t, append([]string{"text", run}, textFlags(dir)...)...)
		if code == 0 || !strings.Contains(out, tt.want) {
			t.Errorf("%s %s: exit %d, want %q\n%s", tt.file, tt.content, code, tt.want, out)
		}
	}
	out, code := bench(t, "text", filepath.Join(dir, "good"), "--seeds", filepath.Join(dir, "seeds"))
	if code != 0 || !strings.Contains(out, "golds.jsonl: passed over: set "+envCorpora) || !strings.Contains(out, "2/2") {
		t.Errorf("a place that nobody named: exit %d\n%s", code, out)
	}
}
