package structure

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean"
)

// check is what must hold of every result with structure.
func check(t testing.TB, what string, res *clean.Result) {
	t.Helper()
	page := res.HTML()
	checkSafe(t, what, page)
	checkReads(t, what, res, page)
	checkMarkdown(t, what, res, page)
	checkText(t, what, res)
}

// checkReads: what HTML says, read again, is the tree.
func checkReads(t testing.TB, what string, res *clean.Result, page string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var again strings.Builder
	for n := range doc.Descendants() {
		if n.DataAtom == atom.Body {
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				html.Render(&again, c)
			}
			break
		}
	}
	if again.String() != page {
		t.Errorf("%s: HTML\n%s\nis read as\n%s", what, page, again.String())
	}
}

// checkMarkdown: a reader of the Markdown finds the units of the HTML.
func checkMarkdown(t testing.TB, what string, res *clean.Result, page string) {
	t.Helper()
	want, err := FromHTML(page, base)
	if err != nil {
		t.Fatal(err)
	}
	got, err := FromMarkdown(res.Markdown(), base)
	if err != nil {
		t.Fatal(err)
	}
	for _, units := range []*[]Unit{&want, &got} {
		if strings.Contains(page, `class="footnotes"`) { // readers put them at the end
			last := &(*units)[len(*units)-1]
			w := strings.Fields(last.Text)
			slices.Sort(w)
			last.Text = strings.Join(w, " ")
		}
		if strings.Contains(res.Markdown(), `<section class="footnotes">`) { // readers number the others without these
			for i := range *units {
				if u := &(*units)[i]; u.Kind == Mark {
					u.Text = ""
				}
			}
		}
		slices.SortStableFunc(*units, func(a, b Unit) int {
			return strings.Compare(string(a.Kind)+a.Text+a.Detail, string(b.Kind)+b.Text+b.Detail)
		})
	}
	if !slices.EqualFunc(want, got, Unit.same) {
		t.Errorf("%s: units of HTML\n%+v\nof Markdown\n%+v\n--- HTML\n%s\n--- Markdown\n%s", what, without(want, got), without(got, want), page, res.Markdown())
	}
}

// without are the units of a that b lacks.
func without(a, b []Unit) (rest []Unit) {
	b = slices.Clone(b)
	for _, u := range a {
		if i := slices.IndexFunc(b, u.same); i >= 0 {
			b = slices.Delete(b, i, i+1)
		} else {
			rest = append(rest, u)
		}
	}
	return rest
}

// checkText: the words of the tree are those of the text, but for those of formulas,
// marks and labels of footnotes, embeds, and what stands beside code.
func checkText(t testing.TB, what string, res *clean.Result) {
	t.Helper()
	root := res.Node()
	special := false
	for n := range root.Descendants() {
		if n.DataAtom == atom.Blockquote {
			n.Attr = nil // the kind of a callout is no word of the text
		}
		if n.DataAtom == atom.Math || n.DataAtom == atom.Section || n.DataAtom == atom.Pre || hasClass(n, "embed") {
			special = true
		}
	}
	if special {
		return
	}
	got, want := words(text(root)), words(res.Text)
	if strings.Join(got, "") != strings.Join(want, "") {
		t.Errorf("%s: words of the text\n%q\nof the tree\n%q", what, want, got)
	}
}
