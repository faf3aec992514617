package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/piece"
)

// An article and the lines of its page.
var (
	gold = `The harbour of Lund was closed on Friday after a ship lost part of its load.
Divers searched the water for two days, but found only three of the seven boxes.
Who pays?
The owner of the ship said that he would pay for everything that was lost.`
	pageLines = []string{
		"Home News Sport",
		"Harbour closed after a ship lost its load",
		"The harbour of Lund was closed on Friday after a ship lost part of its load.",
		"Read more: Ten quiet harbours for the summer",
		"Divers searched the water for two days, but found only three of the seven boxes.",
		"Who pays?",
		"The owner of the ship said that he would pay for everything that was lost.",
		"The harbour of Lund was closed on Friday after a ship lost part of its load.",
		"Sign up for our newsletter and never miss a story from the coast again.",
		"Who pays?",
	}
)

func aligned(t *testing.T) []lined {
	t.Helper()
	var m piece.Memory
	lines, cover := align(&m, pageLines, gold, []string{"Harbour closed after a ship lost its load"}, nil)
	if cover < .9 {
		t.Errorf("%.2f of the gold was found", cover)
	}
	return lines
}

// labelOf is the label of a line, -1 when its pieces differ.
func labelOf(l lined) int {
	label := l.marks[0][2]
	for _, m := range l.marks {
		if m[2] != label {
			return -1
		}
	}
	return label
}

func TestAlign(t *testing.T) {
	want := []int{residue, unscored, article, residue, article, article, article, unscored, residue, residue}
	for i, l := range aligned(t) {
		if got := labelOf(l); got != want[i] {
			t.Errorf("%q has label %d, want %d", l.text, got, want[i])
		}
	}
}

// TestAlignOptional: what an output may have or not is not judged.
func TestAlignOptional(t *testing.T) {
	var m piece.Memory
	first := pageLines[2]
	lines, _ := align(&m, pageLines, gold, nil, []string{first})
	if got := labelOf(lines[2]); got != unscored {
		t.Errorf("an optional line has label %d", got)
	}
}

// TestForms: in every form marks hold the words that they held in the lines.
func TestForms(t *testing.T) {
	lines := aligned(t)
	lines = append(lines, lined{text: "Größe, 写真：佐藤 und  zwei   Leerstellen", marks: []Mark{{0, 9, residue}, {10, 45, article}}})
	type marked struct {
		words string
		label int
	}
	var want []marked
	all := ""
	for _, l := range lines {
		all += strings.Join(strings.Fields(l.text), "")
		for _, m := range l.marks {
			if m[2] != unscored {
				want = append(want, marked{strings.Join(strings.Fields(l.text[m[0]:m[1]]), " "), m[2]})
			}
		}
	}
	for _, form := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(forms, injectForms, cleanForms)))) {
		if form == "markdown" {
			continue // adds to the text: TestMarkdown
		}
		text, marks := flatten(lines, form, random(form))
		if strings.Join(strings.Fields(text), "") != all {
			t.Errorf("%s changes the text: %q", form, text)
		}
		var got []marked
		at := 0
		for _, m := range marks {
			if m[0] < at || m[1] <= m[0] || m[1] > len(text) {
				t.Fatalf("%s: mark %v after %d", form, m, at)
			}
			at = m[1]
			got = append(got, marked{strings.Join(strings.Fields(text[m[0]:m[1]]), " "), m[2]})
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", form, got, want)
		}
		switch n := strings.Count(text, "\n"); {
		case form == "spaced" && (n > 0 || len(text) < len(all)),
			form == "glued" && n > 0,
			form == "lines" && n != len(lines)-1,
			form == "blank" && strings.Count(text, "\n\n") != len(lines)-1,
			form == "wrapped" && n < len(lines),
			form == "indented" && strings.Count(text, "\n   ") < len(lines)-1:
			t.Errorf("that is not %s: %q", form, text)
		}
	}
}

// TestMarkdown: without its markup, a text and what its marks hold are as they were;
// what comes in is the marks'.
func TestMarkdown(t *testing.T) {
	markup := regexp.MustCompile(`\]\(https://\S*\)|\*\*|(?m)^(?:#+|[*-]) |\[`)
	lines := aligned(t)
	links := 0
	for i := range 40 {
		for k, l := range markdown(lines, random("markdown", fmt.Sprint(i))) {
			if got := markup.ReplaceAllString(l.text, ""); got != lines[k].text {
				t.Fatalf("%q became %q", lines[k].text, l.text)
			}
			links += strings.Count(l.text, "](")
			end := 0
			for j, m := range l.marks {
				was := lines[k].marks[j]
				if got, want := markup.ReplaceAllString(l.text[m[0]:m[1]], ""), lines[k].text[was[0]:was[1]]; got != want || m[2] != was[2] {
					t.Errorf("a mark held %q, and holds %q", want, l.text[m[0]:m[1]])
				}
				if strings.TrimSpace(l.text[end:m[0]]) != "" {
					t.Errorf("%q is no mark's", l.text[end:m[0]])
				}
				end = m[1]
			}
		}
	}
	if links < 40 {
		t.Errorf("%d links", links)
	}
}

// TestThin: the article stays whole and in its order, most of the rest goes, and what
// stays of it is of the page.
func TestThin(t *testing.T) {
	lines := aligned(t)
	var menu, foot []lined
	for i := range 40 {
		menu = append(menu, lined{text: fmt.Sprint("Menu ", i), marks: []Mark{{0, 6, residue}}})
		foot = append(foot, lined{text: fmt.Sprint("Foot ", i), marks: []Mark{{0, 6, residue}}})
	}
	lines = slices.Concat(menu, lines, foot)
	texts := func(lines []lined, label int) (out []string) {
		for _, l := range lines {
			if l.has(label) {
				out = append(out, l.text)
			}
		}
		return out
	}
	want, some := texts(lines, article), 0
	for i := range 50 {
		got := thin(lines, random("thin", fmt.Sprint(i)))
		if !slices.Equal(texts(got, article), want) {
			t.Fatalf("the article is not whole: %q", texts(got, article))
		}
		n := len(texts(got, residue))
		some += n
		if n > 12 || slices.Contains(texts(got, residue), "Menu 0") || slices.Contains(texts(got, residue), "Foot 39") {
			t.Errorf("too much stays: %q", texts(got, residue))
		}
	}
	if some == 0 {
		t.Error("no residue stays at all")
	}
	if thin(menu, random("none")) != nil {
		t.Error("a page without an article makes a text")
	}
}

// testTemplates need nothing and are known again.
func testTemplates(t *testing.T) *templates {
	t.Helper()
	tt, err := parseTemplates(`
[all places]
readmore: 2 any
byline: 1 head
[all words]
given: Anna
family: Berg
agencies: AP
sites: The Post
networks: Facebook
dates: D.MM.YYYY
[en readmore]
Read more: {h}
[READ: {h}]
[en byline]
By {n}
[en keep]
Read more slowly, {n} said.
`)
	if err != nil {
		t.Fatal(err)
	}
	return tt
}

// TestInject: residue is labelled as such, the carrier and what only looks like
// residue as article, and the carrier keeps its words.
func TestInject(t *testing.T) {
	tt := testTemplates(t)
	var m piece.Memory
	c := draft{id: "c", lang: "en", lines: split(&m, gold, article)}
	from := sources{sentences: []string{"Somebody else wrote this line."}}
	found, kept := 0, 0
	for _, form := range []string{"spaced", "lines", "glued"} {
		for i := range 60 {
			rnd := random(form, fmt.Sprint(i))
			lines := inject(&c, tt, from, "en", false, form, rnd)
			var articleText []string
			for _, l := range lines {
				for _, m := range l.marks {
					s := l.text[m[0]:m[1]]
					switch {
					case s == "Read more slowly, Anna Berg said.":
						kept++
						if m[2] != article {
							t.Errorf("%q has label %d", s, m[2])
						}
						continue
					case strings.HasPrefix(s, "Read more: "), strings.HasPrefix(s, "[READ: "), s == "By Anna Berg", s == "Somebody else wrote this line":
						found++
						if m[2] != residue {
							t.Errorf("%q has label %d", s, m[2])
						}
						continue
					}
					if m[2] != article {
						t.Errorf("%q has label %d", s, m[2])
					}
					articleText = append(articleText, s)
				}
			}
			if got, want := strings.Fields(strings.Join(articleText, " ")), strings.Fields(gold); !slices.Equal(got, want) {
				t.Fatalf("the carrier became %q", got)
			}
		}
	}
	if found < 50 || kept < 10 {
		t.Errorf("%d pieces of residue, %d that only look so", found, kept)
	}
}

// TestTemplates: the shipped templates can be read, every kind of every language can be
// filled, and nothing is left open.
func TestTemplates(t *testing.T) {
	tt, err := parseTemplates(residueFile)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(tt.languages()); n < 30 {
		t.Errorf("%d languages", n)
	}
	from := sources{sentences: []string{"A sentence, which has a second part."}}
	for _, lang := range tt.languages() {
		for kind, list := range tt.texts[lang] {
			for _, text := range list {
				got := tt.fill(text, lang, from, random(lang, kind, text))
				if got == "" || strings.ContainsAny(got, "{}|") && !strings.ContainsAny(text, "|") {
					t.Errorf("%s %s: %q became %q", lang, kind, text, got)
				}
			}
		}
		if lang != "all" {
			tt.invent(lang, sources{}, random(lang)) // ends: there is a kind that needs no sentence
		}
	}
	for _, bad := range []string{"Read more", "[en readmore]\nRead more: {h}", "[all places]\nad: 1 any\n[en ad]\nAd {x}", "[all places]\nad: 1 any\n[en ad]\nAd\nAd", "[all places]\nad: any"} {
		if _, err := parseTemplates(bad); err == nil {
			t.Errorf("%q is no error", bad)
		}
	}
}

// TestMatcher: residue that a gold keeps is known, prose that opens like it is not.
func TestMatcher(t *testing.T) {
	tt, err := parseTemplates(residueFile)
	if err != nil {
		t.Fatal(err)
	}
	known := tt.matcher()
	for s, want := range map[string]bool{
		"READ MORE: Ten quiet harbours for the summer": true,
		"By Anna de la Fuente":                         true,
		"Lesen Sie auch: Der stille Hafen":             true,
		"All rights reserved.":                         true,
		"By the end of the week nobody came.":          false,
		"Published in 1954, the book was banned.":      false,
		"Advertisement revenue fell.":                  false,
		"The harbour was closed on Friday.":            false,
	} {
		if known.residue(s) != want {
			t.Errorf("%q: %t", s, !want)
		}
	}
	for _, s := range tt.texts["en"][keep] {
		if s := tt.fill(s, "en", sources{}, random(s)); known.residue(s) {
			t.Errorf("%q stays, and is taken for residue", s)
		}
	}
}

// TestRepeats: what comes again on a site is not called article.
func TestRepeats(t *testing.T) {
	var texts []string
	names := strings.Fields("oak elm ash fir yew bay box alder hop ivy lime palm pine plum rose sage teak vine")
	for i, n := range names {
		o := names[(i+7)%len(names)]
		texts = append(texts, fmt.Sprintf("The %s stood beside a %s near %s and %s. Nobody cut the %s since %s came. One %s fell on a %s. They made a %s bench of %s wood. Subscribe to the garden letter and get a seed every month.", n, o, o, n, n, o, o, n, n, o))
	}
	// A near-copy counts once.
	texts = append(texts, strings.Replace(texts[0], "Nobody cut", "Nobody took", 1))
	var m piece.Memory
	r := countRepeats(&m, texts)
	if r.texts != len(names) {
		t.Errorf("%d texts counted, want %d", r.texts, len(names))
	}
	for i := range names {
		for _, l := range r.lines(&m, i, texts[i]) {
			for _, m := range l.marks {
				s := l.text[m[0]:m[1]]
				if again := strings.HasPrefix(s, "Subscribe"); again == (m[2] == article) {
					t.Errorf("%q has label %d", s, m[2])
				}
			}
		}
	}
}

// TestShortRuns: few pieces between others are not called article, many are.
func TestShortRuns(t *testing.T) {
	for _, c := range [][2]string{
		{"00000000", "00000000"},
		{"000", "000"},
		{"0100002", "2100002"},
		{"1020012000", "1222212222"},
	} {
		var lines []lined
		for i, r := range c[0] {
			if i%3 == 0 {
				lines = append(lines, lined{})
			}
			l := &lines[len(lines)-1]
			l.marks = append(l.marks, Mark{0, 1, int(r - '0')})
		}
		doubtShortRuns(lines)
		got := ""
		for _, l := range lines {
			for _, m := range l.marks {
				got += fmt.Sprint(m[2])
			}
		}
		if got != c[1] {
			t.Errorf("%s became %s, want %s", c[0], got, c[1])
		}
	}
}

// TestRun: the whole program, whatever the number of processors, writes the same bytes;
// sites are in one fold.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	writeCorpora(t, dir)
	o := options{
		corpora: dir, wild: filepath.Join(dir, "wild"), residue: filepath.Join(dir, "flat.jsonl.gz"),
		full: 9, thin: 9, inject: 9, gold: 9, residueWeight: 1,
	}
	var first []byte
	for _, n := range []int{1, 4} {
		o.out = filepath.Join(dir, fmt.Sprint("out", n))
		old := runtime.GOMAXPROCS(n)
		var report bytes.Buffer
		err := run(&o, &report)
		runtime.GOMAXPROCS(old)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(o.out, "docs.jsonl.gz"))
		if err != nil {
			t.Fatal(err)
		}
		if first != nil && !bytes.Equal(first, got) {
			t.Error("other documents with other processors")
		}
		first = got
	}
	z, err := gzip.NewReader(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	kinds, folds := map[string]int{}, map[string]uint8{}
	for dec := json.NewDecoder(z); dec.More(); {
		var d Document
		if err := dec.Decode(&d); err != nil {
			t.Fatal(err)
		}
		kinds[d.Kind]++
		if k, ok := folds[d.Site]; ok && k != d.Fold {
			t.Errorf("%s is in folds %d and %d", d.Site, k, d.Fold)
		}
		folds[d.Site] = d.Fold
		if d.Weight <= 0 || len(d.Marks) == 0 {
			t.Errorf("%s: weight %f, %d marks", d.ID, d.Weight, len(d.Marks))
		}
		if d.Kind == "wild" && (d.Text[d.Marks[1][0]:d.Marks[1][1]] != "Lies auch: Über Äpfel" || d.Marks[1][2] != residue) {
			t.Errorf("marks %v", d.Marks)
		}
	}
	for _, kind := range []string{"full", "thin", "inject", "gold", "wild", "residue"} {
		if kinds[kind] == 0 {
			t.Errorf("no document of kind %s: %v", kind, kinds)
		}
	}
	o.wild = filepath.Join(dir, "changed")
	if err := run(&o, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "another text") {
		t.Errorf("labels of another text: %v", err)
	}
}

// writeCorpora writes corpora of one page, found texts and flattened ones.
func writeCorpora(t *testing.T, dir string) {
	t.Helper()
	zip := func(file string, lines ...any) {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		for _, l := range lines {
			if s, ok := l.(string); ok {
				fmt.Fprint(z, s)
				continue
			}
			if err := json.NewEncoder(z).Encode(l); err != nil {
				t.Fatal(err)
			}
		}
		z.Close()
		writeFile(t, filepath.Join(dir, file), b.Bytes())
	}
	long := gold + "\n" + strings.ReplaceAll(strings.ReplaceAll(gold, "harbour", "station"), "ship", "train") + "\n" + strings.ReplaceAll(strings.ReplaceAll(gold, "boxes", "sheep"), "Friday", "Monday") + "\nThe council meets again in the spring and will hear what the divers have to say about it."
	page := "<title>Harbour</title><p>Home<p>News<p>" + strings.ReplaceAll(long, "\n", "<p>") + "<p>Sign up for our newsletter and never miss a story again."
	for _, name := range append([]string{"readability"}, fullGolds...) {
		zip(name+"/html/1.html.gz", page)
		zip(name+"/pages.jsonl.gz", map[string]any{"id": "1", "url": "https://www." + name + ".example/1", "html": "html/1.html.gz", "gold": long, "page_type": "article", "lang": "en-GB"})
	}
	text := "Ein schöner Text über Äpfel. Lies auch: Über Äpfel Und er geht noch weiter."
	sum := sha256.Sum256([]byte(text))
	label := func(sha string) []byte {
		return []byte(`{"id":"a","sha":"` + sha + `","residue":[[29,50,"readmore"]],"optional":[[0,3]]}` + "\n")
	}
	for _, name := range []string{"wild", "changed"} {
		zip(name+"/pool.jsonl.gz",
			map[string]any{"id": "a", "source": "cells", "site": "news.wcxb-dev.example", "lang": "de", "form": "one line", "text": text},
			map[string]any{"id": "b", "source": "cells", "site": "", "lang": "en", "form": "lines", "text": long})
	}
	writeFile(t, filepath.Join(dir, "wild/labels.jsonl"), label(hex.EncodeToString(sum[:8])))
	writeFile(t, filepath.Join(dir, "changed/labels.jsonl"), label("0123456789abcdef"))
	zip("flat.jsonl.gz", map[string]any{"id": "f", "url": "https://fundus-dev.example/2", "flattener": "main", "lang": "de", "lines": []map[string]any{
		{"text": "Ein Satz.", "label": "keep"}, {"text": "Anzeige", "label": "drop"}, {"text": "Titel", "label": "title"},
	}})
}

func writeFile(t *testing.T, file string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestInventSite: the texts of an invented site repeat residue and sentences that stay; the
// same name makes the same site, and its texts are known to one another.
func TestInventSite(t *testing.T) {
	var carriers []draft
	for i := range 30 {
		var lines []lined
		for k := range 6 {
			s := "The"
			for j := range 12 {
				s += " " + string([]byte{'a' + byte(i%26), 'a' + byte((i+j*k)%26), 'e', 'a' + byte((i*j+k)%26), 'a' + byte(j+k)})
			}
			s += "."
			lines = append(lines, lined{s, []Mark{{0, len(s), article}}})
		}
		carriers = append(carriers, draft{id: fmt.Sprint("text", i), site: "example.com", lang: "en", lines: lines})
	}
	tm := testTemplates(t)
	from := sources{sentences: slices.Repeat([]string{"Divers searched the water for two days.", "The owner said that he would pay."}, 10)}
	stays, goes := false, false
	for i := range 20 {
		name := fmt.Sprint("site", i)
		s := inventSite(name, carriers, 1, tm, from)
		if again := inventSite(name, carriers, 1, tm, from); len(s.docs) != inventedDocs || s.docs[0].Text != again.docs[0].Text {
			t.Fatalf("%s: %d texts, or others the second time", name, len(s.docs))
		}
		for _, d := range s.docs {
			if d.Site != name || d.Fold != 1 {
				t.Fatalf("%+v", d)
			}
			for _, m := range d.Marks {
				goes = goes || m[2] == residue
				stays = stays || m[2] == article && strings.HasPrefix(d.Text[m[0]:m[1]], "Divers")
			}
		}
		if s.known == nil {
			t.Errorf("%s: its texts are too few", name)
		}
	}
	if !stays || !goes {
		t.Errorf("a sentence that stays: %v, residue: %v", stays, goes)
	}
}
