package clean

import (
	"context"
	"strings"
	"testing"
)

// The original of a page is what a Cleaner finds that keeps everything; of a text it is
// the text. Asking for it changes nothing else.
func TestOriginal(t *testing.T) {
	policy := map[Kind]Action{}
	for _, k := range Kinds() {
		policy[k.Kind] = Keep
	}
	all, err := New(Options{Policy: policy})
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(Options{Original: true})
	if err != nil {
		t.Fatal(err)
	}
	pages := folders(t, "../testdata/html/*/page.html")
	same, shown := 0, 0
	for _, file := range pages {
		src := readFile(t, file)
		want, err := all.HTML(context.Background(), strings.NewReader(src), nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := c.HTML(context.Background(), strings.NewReader(src), nil)
		if err != nil {
			t.Fatal(err)
		}
		if plain, err := HTML(strings.NewReader(src), nil); err != nil || plain.Text != res.Text || plain.Original != "" {
			t.Errorf("%s: another text, %v", file, err)
		}
		if first, _, _ := strings.Cut(res.Text, "\n"); !strings.Contains(res.Original, first) {
			continue // the text is from the page's data, which it does not show
		}
		shown++
		if res.Original == want.Text {
			same++
		} else if got, want := strings.Fields(res.Original), strings.Fields(want.Text); strings.Join(got, "") != strings.Join(want, "") {
			t.Errorf("%s:\n%s\nwant\n%s", file, res.Original, want)
		}
	}
	if shown < len(pages)/2 || same*10 < shown*9 {
		t.Errorf("of %d pages %d show their text, and %d have the layout of a text with nothing removed", len(pages), shown, same)
	}
	res, err := c.Text(context.Background(), "Advertisement\nThe ferry was late.\n")
	if err != nil || res.Original != "Advertisement\nThe ferry was late.\n" || res.Text != "The ferry was late.\n" {
		t.Errorf("%+v, %v", res, err)
	}
}

// When the time ends while the original is made, the text is there all the same.
func TestOriginalEnded(t *testing.T) {
	c, err := New(Options{Original: true})
	if err != nil {
		t.Fatal(err)
	}
	page := "<article>" + strings.Repeat("<p>The ferry left forty minutes late on Tuesday, the harbour office said, and nobody complained.</p>\n", 4000) + "</article>"
	w := &watchful{Context: context.Background()}
	if _, err := c.HTML(w, strings.NewReader(page), nil); err != nil {
		t.Fatal(err)
	}
	for back := range 12 {
		res, err := c.HTML(&watchful{Context: context.Background(), end: w.looks - back}, strings.NewReader(page), nil)
		if res.Text == "" || err == nil && res.Original == "" {
			t.Errorf("%d looks before the end: %v, %d bytes, original %d", back, err, len(res.Text), len(res.Original))
		}
	}
}
