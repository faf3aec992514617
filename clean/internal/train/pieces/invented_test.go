package main

import (
	"os"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/corpus"
)

// TestInvented: no template has six words in a row that found texts of one site share and
// no other site has: those would be the site's own wording, and the model would be judged
// by what it was told. Needs WINNOW_WILD, the folder of found texts; with WINNOW_RESIDUE it
// looks at the flattened pages, too.
func TestInvented(t *testing.T) {
	const run = 6 // words
	dir := os.Getenv("WINNOW_WILD")
	if dir == "" {
		t.Skip("set WINNOW_WILD to the folder of found texts")
	}
	tt, err := parseTemplates(residueFile)
	if err != nil {
		t.Fatal(err)
	}
	type use struct {
		text, site string
		pages      int
		last       string // page
		common     bool   // of several sites
	}
	byRun := map[string][]*use{}
	for _, kinds := range tt.texts {
		for _, list := range kinds {
			for _, text := range list {
				u := &use{text: text}
				for part := range strings.SplitSeq(text, "{") {
					if _, behind, ok := strings.Cut(part, "}"); ok {
						part = behind
					}
					w := wordsOf(part)
					for i := 0; i+run <= len(w); i++ {
						key := strings.Join(w[i:i+run], " ")
						byRun[key] = append(byRun[key], u)
					}
				}
			}
		}
	}
	if len(byRun) == 0 {
		t.Fatal("no template is long enough to be compared")
	}
	look := func(text, site, page string) {
		w := wordsOf(text)
		for i := 0; i+run <= len(w); i++ {
			for _, u := range byRun[strings.Join(w[i:i+run], " ")] {
				if u.last == page {
					continue
				}
				u.common = u.common || u.site != "" && u.site != site
				u.site, u.last = site, page
				u.pages++
			}
		}
	}
	texts, err := corpus.ReadScraped(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i := range texts {
		look(texts[i].Text, texts[i].Site(), texts[i].ID)
	}
	if file := os.Getenv("WINNOW_RESIDUE"); file != "" {
		pages, err := corpus.ReadFlat(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := range pages {
			id, _, _ := strings.Cut(pages[i].ID, "#")
			look(pages[i].Input(), corpus.Site(pages[i].URL), id)
		}
	}
	told := map[*use]bool{}
	for _, list := range byRun {
		for _, u := range list {
			if u.pages > 1 && !u.common && !told[u] {
				told[u] = true
				t.Errorf("%d texts of %s share %d words or more with %q", u.pages, u.site, run, u.text)
			}
		}
	}
}
