package clean

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/line"
)

// TestLineFolds writes out-of-fold predictions for flattened text: every text
// is cleaned with the line model that never saw its site. WINNOW_RESIDUE names
// the labelled texts, WINNOW_CORPORA the packed corpora, WINNOW_LINE_FOLDS the
// folder where line.model.fold0 to .fold3 and line.odds.fold0 to .fold3 lie (see
// train/README.md), WINNOW_OUT the folder to write to. "rules" instead
// of a folder measures rules alone. It reports how many clean texts change, how
// much of them is lost, how often cleaning twice differs, what becomes of the
// lines of each kind, and of texts whose lines were joined to one.
func TestLineFolds(t *testing.T) {
	residue, dir, folds, out := os.Getenv("WINNOW_RESIDUE"), os.Getenv("WINNOW_CORPORA"), os.Getenv("WINNOW_LINE_FOLDS"), os.Getenv("WINNOW_OUT")
	if residue == "" || dir == "" || folds == "" || out == "" {
		t.Skip("needs WINNOW_RESIDUE, WINNOW_CORPORA, WINNOW_LINE_FOLDS and WINNOW_OUT")
	}
	var cleaners [corpus.Folds]*Cleaner
	for k := range cleaners {
		c, err := New(Options{})
		if err != nil {
			t.Fatal(err)
		}
		c.lines = nil
		if folds != "rules" {
			trees, err := os.ReadFile(filepath.Join(folds, fmt.Sprintf("line.model.fold%d", k)))
			if err != nil {
				t.Fatal(err)
			}
			odds, err := os.ReadFile(filepath.Join(folds, fmt.Sprintf("line.odds.fold%d", k)))
			if err != nil {
				t.Fatal(err)
			}
			if c.lines, err = line.NewModel(trees, odds); err != nil {
				t.Fatal(err)
			}
		}
		cleaners[k] = c
	}
	texts, err := corpus.ReadFlat(residue)
	if err != nil {
		t.Fatal(err)
	}
	unstable := 0
	kinds := kindTable{}
	var b strings.Builder
	for i := range texts {
		c := cleaners[corpus.Fold(texts[i].URL)]
		lines := line.Split(texts[i].Input(), c.rules)
		c.judge(take(t.Context()), lines, &Input{Format: FromText})
		kinds.add(&texts[i], lines)
		text := line.Join(lines)
		if textOf(t, c, text) != text {
			unstable++
		}
		record, _ := json.Marshal(map[string]any{"id": texts[i].ID, "source": texts[i].ID, "text": text})
		b.Write(append(record, '\n'))
	}
	t.Logf("whole lines of flattened texts, by kind:\n%s", kinds)
	t.Logf("flattened texts: %d of %d change when cleaned twice", unstable, len(texts))
	if err := os.WriteFile(filepath.Join(out, "lines.jsonl"), []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}

	type figures struct {
		texts, same int
		words, lost float64
	}
	all := map[string]*figures{}
	b.Reset()
	clean, err := corpus.CleanTexts(dir)
	if err != nil {
		t.Fatal(err)
	}
	unstable = 0
	for i := range clean {
		p := &clean[i]
		c := cleaners[corpus.Fold(p.URL)]
		want := line.Join(line.Split(p.Text, nil))
		got := textOf(t, c, p.Text)
		if textOf(t, c, got) != got {
			unstable++
		}
		for _, name := range []string{p.Corpus, "all"} {
			f := all[name]
			if f == nil {
				f = new(figures)
				all[name] = f
			}
			f.texts++
			f.words += corpus.Words(want)
			f.lost += corpus.Words(want) - corpus.Words(got)
			if got == want {
				f.same++
			}
		}
		if got != want {
			record, _ := json.Marshal(map[string]any{"id": p.ID, "text": got})
			b.Write(append(record, '\n'))
		}
	}
	for name, f := range all {
		t.Logf("clean texts, %s: %d of %d unchanged (%.1f %%), %.2f %% of words lost", name, f.same, f.texts,
			100*float64(f.same)/float64(f.texts), 100*f.lost/f.words)
	}
	t.Logf("clean texts: %d change when cleaned twice", unstable)
	reportJoined(t, "a space", " ", &cleaners, texts, clean)
	reportJoined(t, "nothing", "", &cleaners, texts, clean)
	if err := os.WriteFile(filepath.Join(out, "clean.jsonl"), []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// textOf is the clean text of s.
func textOf(t *testing.T, c *Cleaner, s string) string {
	t.Helper()
	res, err := c.Text(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return res.Text
}
