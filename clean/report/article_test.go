package report

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean"
)

// inputs are the pages and texts of testdata.
func inputs(t testing.TB) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, pattern := range []string{"html/*/page.html", "text/*/dirty.txt", "keep/*.txt"} {
		names, err := filepath.Glob(filepath.Join("..", "..", "testdata", filepath.FromSlash(pattern)))
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all[name] = data
		}
	}
	return all
}

func cleaner(t testing.TB, o clean.Options) *clean.Cleaner {
	t.Helper()
	o.Explain, o.Structure = true, true
	c, err := clean.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func explained(t testing.TB, c *clean.Cleaner, data []byte) *clean.Result {
	t.Helper()
	res, err := c.Clean(context.Background(), clean.Input{Body: bytes.NewReader(data)})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if visible(r) {
			return r
		}
		return -1
	}, s)
}

// TestArticle: the lines of an article are the clean text, and are made of all
// kept pieces, whatever stands in front of them.
func TestArticle(t *testing.T) {
	policies := map[string]clean.Options{"plain": {}, "title": {Title: true}, "marked": {Policy: map[clean.Kind]clean.Action{}}}
	var marks []string
	for _, k := range clean.Kinds() {
		policies["marked"].Policy[k.Kind] = clean.Mark
		marks = append(marks, "["+string(k.Kind)+"] ", "")
	}
	unmark := strings.NewReplacer(marks...)
	for how, o := range policies {
		c := cleaner(t, o)
		for name, data := range inputs(t) {
			res := explained(t, c, data)
			lines := article(res)
			var text []string
			next := 0
			for _, l := range lines {
				text = append(text, l.text)
				if l.first < 0 {
					continue
				}
				made := ""
				for i := next; i < l.first; i++ {
					if d := res.Decisions[i]; d.Kept && letters(d.Text) != "" {
						t.Errorf("%s, %s: piece %q is in no line", how, name, d.Text)
					}
				}
				for i := l.first; i < l.end; i++ {
					if res.Decisions[i].Kept {
						made += letters(res.Decisions[i].Text)
					}
				}
				next = l.end
				if got := letters(unmark.Replace(l.text)); !strings.Contains(made, got) && !strings.HasSuffix(got, made) {
					t.Errorf("%s, %s: line %q is said to be made of %q", how, name, l.text, made)
				}
			}
			if strings.TrimSuffix(res.Text, "\n") != strings.Join(text, "\n") {
				t.Errorf("%s, %s: the lines are not the text", how, name)
			}
		}
	}
}
