package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/winnowtext/winnow/bench/score"
)

// What is printed of runs over flattened text.

// pct prints a share in percent, with n decimals.
func pct(v float64, n int) string { return fmt.Sprintf("%.*f", n, 100*v) }

// overview are the tables of all runs: scraped texts, then the others.
func overview(runs []*textFigures) []table {
	first := table{{"scraped text", "R", "F1", "lost %", "clean %", "damaged %", "glued", "F1 of others", "lost %", "F1 by site", "F1 of pages", "lost %", "damaged %"}}
	second := table{{"other texts", "flattened F1", "lost %", "damaged %", "F1 trafilatura", "lost %", "F1 readability", "lost %",
		"news golds lost %", "untouched %", "golds lost %", "untouched %", "seeds", "cases", "golds of cases"}}
	for _, f := range runs {
		if f.scraped != nil {
			t, o, p := group(f.scraped, groupTexts), group(f.scraped, groupOthers), group(f.scraped, groupPages)
			row := []string{f.name, f3(t.Recall()), f3(t.F1()), pct(t.LostShare(), 2), pct(t.Of(t.Clean), 1), pct(t.Of(t.Damaged), 1), fmt.Sprintf("%d/%d", t.GluedExact, t.Glued)}
			if o.Docs > 0 {
				row = append(row, f3(o.F1()), pct(o.LostShare(), 2))
			} else {
				row = append(row, "", "")
			}
			first.row(append(row, f3(f.siteF1), f3(p.F1()), pct(p.LostShare(), 2), pct(p.Of(p.Damaged), 1))...)
		}
		row := append([]string{f.name}, f.residueCells()...)
		row = append(row, f.goldCells(true)...)
		row = append(row, f.goldCells(false)...)
		seeds := rightCount{}
		for _, c := range f.seeds {
			seeds.right, seeds.all = seeds.right+c.right, seeds.all+c.all
		}
		cells := []string{seeds.String(), "", ""}
		for _, name := range slices.Sorted(maps.Keys(f.cases)) {
			folder, gold := strings.CutSuffix(name, goldMark)
			cell := &cells[1]
			if gold {
				cell = &cells[2]
			}
			*cell = strings.TrimPrefix(*cell+", "+folder+" "+f.cases[name].String(), ", ")
		}
		row = append(row, cells...)
		second.row(row...)
	}
	var out []table
	for _, t := range []table{first, second} {
		if len(t) > 1 {
			out = append(out, t)
		}
	}
	return out
}

// residueCells are the core and two extractors' rows of flattened documents.
func (f *textFigures) residueCells() []string {
	out := make([]string, 7)
	if f.residue == nil {
		return out
	}
	if g := f.residue.groups[groupCore]; g != nil {
		c := g.Score()
		out[0], out[1], out[2] = f3(c.F1), pct(c.Lost, 2), pct(c.Damaged, 1)
	}
	for i, name := range []string{"flattener=trafilatura", "flattener=readability"} {
		if g := f.residue.groups[name]; g != nil {
			c := g.Score()
			out[3+2*i], out[4+2*i] = f3(c.F1), pct(c.Lost, 2)
		}
	}
	return out
}

// goldCells are the figures of golds in the form that fares worst.
func (f *textFigures) goldCells(news bool) []string {
	lost, touched, docs := 0.0, 0.0, 0
	for _, form := range formsOf(f.golds) {
		n := f.goldsOf(form, news)
		docs += n.Docs
		lost, touched = max(lost, n.LostShare()), max(touched, 1-n.Of(n.Clean))
	}
	if docs == 0 {
		return []string{"", ""}
	}
	return []string{pct(lost, 2), pct(1-touched, 1)}
}

// print writes all tables of a run.
func (f *textFigures) print(w io.Writer) {
	if f.scraped != nil {
		f.printScraped(w)
	}
	if f.residue != nil {
		f.residue.print(w, true)
		t := table{{"flattened text by form", "docs", "R", "F1", "lost %", "clean %", "damaged %", "glued"}}
		for _, form := range formsOf(f.joined) {
			n := f.joined[form]
			t.row(form, fmt.Sprint(n.Docs), f3(n.Recall()), f3(n.F1()), pct(n.LostShare(), 2), pct(n.Of(n.Clean), 1), pct(n.Of(n.Damaged), 1), fmt.Sprintf("%d/%d", n.GluedExact, n.Glued))
		}
		fmt.Fprintln(w)
		t.write(w)
		fmt.Fprintln(w)
	}
	if f.golds != nil {
		f.printGolds(w)
	}
	for _, m := range []map[string]*rightCount{f.seeds, f.cases} {
		for _, name := range formsOf(m) {
			c := m[name]
			fmt.Fprintf(w, "%s: %d of %d right", name, c.right, c.all)
			if len(c.wrong) > 0 {
				fmt.Fprintf(w, "; not %s", strings.Join(c.wrong, ", "))
			}
			fmt.Fprintln(w)
		}
	}
}

func (f *textFigures) printScraped(w io.Writer) {
	t := table{{"scraped text", "docs", "dirty", "words", "R", "lost %", "F1", "clean %", "damaged %", "complete %", "exact", "glued"}}
	names := []string{groupAll, groupTexts, groupOthers, groupPages}
	for _, prefix := range []string{"form=", "lang=", "source="} {
		for _, name := range slices.Sorted(maps.Keys(f.scraped)) {
			if strings.HasPrefix(name, prefix) {
				names = append(names, name)
			}
		}
	}
	for _, name := range names {
		n := f.scraped[name]
		if n == nil || n.Docs == 0 {
			continue
		}
		recall := ""
		if n.Residue > 0 {
			recall = f3(n.Recall())
		}
		t.row(name, fmt.Sprint(n.Docs), fmt.Sprint(n.Dirty), fmt.Sprint(n.Residue), recall, pct(n.LostShare(), 2), f3(n.F1()), pct(n.Of(n.Clean), 1), pct(n.Of(n.Damaged), 1),
			pct(n.Of(n.Complete), 1), fmt.Sprintf("%d/%d", n.Exact, n.Spans), fmt.Sprintf("%d/%d", n.GluedExact, n.Glued))
	}
	t.write(w)
	fmt.Fprintf(w, "\nF1, mean over %d sites with residue, without whole pages: %.3f\n\n", f.sites, f.siteF1)
	t = table{{"kind of residue", "words", "R", "left", "stretches", "exact"}}
	for _, k := range slices.SortedFunc(maps.Keys(f.kinds), func(a, b string) int {
		return cmp.Or(cmp.Compare(f.kinds[b].Residue-f.kinds[b].Found, f.kinds[a].Residue-f.kinds[a].Found), cmp.Compare(a, b))
	}) {
		n := f.kinds[k]
		t.row(k, fmt.Sprint(n.Residue), f3(n.Recall()), fmt.Sprint(n.Residue-n.Found), fmt.Sprint(n.Spans), fmt.Sprint(n.Exact))
	}
	t.write(w)
	fmt.Fprintln(w)
}

func (f *textFigures) printGolds(w io.Writer) {
	forms := formsOf(f.golds)
	head := []string{"golds: words lost % / untouched %", "docs"}
	t := table{append(head, forms...)}
	cells := func(name string, of func(form string) *score.Removal) {
		row := []string{name, ""}
		for _, form := range forms {
			n := of(form)
			if n == nil || n.Docs == 0 {
				row = append(row, "")
				continue
			}
			row[1] = fmt.Sprint(n.Docs)
			row = append(row, pct(n.LostShare(), 3)+" / "+pct(n.Of(n.Clean), 1))
		}
		t.row(row...)
	}
	var names []string
	for name := range f.golds {
		if corpus, _, _ := strings.Cut(name, "/"); !slices.Contains(names, corpus) {
			names = append(names, corpus)
		}
	}
	slices.Sort(names)
	for _, corpus := range names {
		cells(corpus, func(form string) *score.Removal { return f.golds[corpus+"/"+form] })
	}
	cells(strings.Join(newsGolds, " + "), func(form string) *score.Removal { return f.goldsOf(form, true) })
	cells("others", func(form string) *score.Removal { return f.goldsOf(form, false) })
	t.write(w)
	fmt.Fprintln(w)

	t = table{{"removed from golds, all forms", "rule", "pieces", "words"}}
	for _, k := range slices.SortedFunc(maps.Keys(f.removed), func(a, b removedKey) int {
		return cmp.Or(cmp.Compare(f.removed[b].words, f.removed[a].words), cmp.Compare(a.kind, b.kind), cmp.Compare(a.rule, b.rule))
	}) {
		c := f.removed[k]
		t.row(k.kind, k.rule, fmt.Sprint(c.pieces), fmt.Sprint(c.words))
	}
	t.write(w)
	fmt.Fprintln(w)
}
