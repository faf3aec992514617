package clean

import (
	"os"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/corpus"
)

// A proseCase is a sentence of an article that opens like a notice of a kind.
type proseCase struct{ kind, lang, text string }

// readProse reads the sentences and the articles of testdata/prose.
func readProse(t *testing.T) (cases []proseCase, articles map[string][]string) {
	rows := func(file string, columns int, row func(fields []string)) {
		b, err := os.ReadFile("../testdata/prose/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			fields := strings.Split(line, "\t")
			if len(fields) != columns {
				t.Fatalf("%s: %d columns, want %d: %s", file, len(fields), columns, line)
			}
			row(fields)
		}
	}
	rows("sentences.txt", 3, func(f []string) { cases = append(cases, proseCase{f[0], f[1], f[2]}) })
	articles = map[string][]string{}
	rows("articles.txt", 2, func(f []string) { articles[f[0]] = append(articles[f[0]], f[1]) })
	return cases, articles
}

// TestProse: sentences of articles that open like a notice stay whole, alone and within
// an article, in all forms, with the model and without it.
func TestProse(t *testing.T) {
	cases, articles := readProse(t)
	if len(cases) < 150 {
		t.Fatalf("%d sentences, want 150", len(cases))
	}
	byModel, err := New(Options{Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	byRules, err := New(Options{Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	byRules.lines = nil
	for _, c := range cases {
		article := articles[c.lang]
		if len(article) < 4 {
			t.Fatalf("no article in %q", c.lang)
		}
		within := append(append(append([]string{}, article[:2]...), c.text), article[2:]...)
		texts := map[string]string{"alone": c.text}
		for _, form := range corpus.Forms {
			texts[form] = corpus.Set(strings.Join(within, "\n")+"\n", form)
		}
		for name, cleaner := range map[string]*Cleaner{"model": byModel, "rules": byRules} {
			for form, text := range texts {
				res, err := cleaner.Text(t.Context(), text)
				if err != nil {
					t.Fatal(err)
				}
				if !sameLetters(text, res.Text) {
					t.Errorf("%s, %s, %s: %s: %s", name, form, c.kind, c.text, lost(res))
				}
			}
		}
	}
}

// lost tells what was removed, and why.
func lost(res *Result) string {
	var b strings.Builder
	for _, d := range res.Decisions {
		if !d.Kept {
			b.WriteString(" [" + d.Rule + "] " + d.Text)
		}
	}
	return b.String()
}
