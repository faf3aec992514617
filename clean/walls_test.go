package clean

import (
	"fmt"
	"html"
	"os"
	"strings"
	"testing"
)

// A wallCase is a page of testdata/walls.
type wallCase struct{ name, lang, want, page string }

// wallCases reads a file of invented pages.
func wallCases(t *testing.T, file string) (cases []wallCase) {
	t.Helper()
	all, err := os.ReadFile("../testdata/walls/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range strings.Split(string(all), "\n= ")[1:] {
		head, body, _ := strings.Cut(text, "\n")
		f := strings.Fields(head)
		c := wallCase{lang: f[0], want: f[1], name: fmt.Sprintf("%s %s %s, %d", file, f[0], f[2], i+1)}
		var b strings.Builder
		title := ""
		for line := range strings.Lines(body) {
			line = strings.TrimSpace(line)
			esc := html.EscapeString
			switch tag, rest, _ := strings.Cut(line, " "); {
			case line == "":
			case tag == "title:":
				title = rest
			case tag == "#" && !strings.Contains(b.String(), "<h1>"):
				if title == "" {
					title = rest
				}
				fmt.Fprintf(&b, "<h1>%s</h1>\n", esc(rest))
			case tag == "#":
				fmt.Fprintf(&b, "<h2>%s</h2>\n", esc(rest))
			case tag == "*":
				fmt.Fprintf(&b, "<button>%s</button>\n", esc(rest))
			case tag == "date:":
				fmt.Fprintf(&b, "<p class=date>%s</p>\n", esc(rest))
			case tag == "by:":
				fmt.Fprintf(&b, "<p class=byline>%s</p>\n", esc(rest))
			case line == "password":
				b.WriteString("<form><input name=user><input type=password name=key></form>\n")
			default:
				fmt.Fprintf(&b, "<p>%s</p>\n", esc(line))
			}
		}
		c.page = fmt.Sprintf(`<!DOCTYPE html><html lang=%q><head><meta charset="utf-8"><title>%s</title></head><body>
<header><a href="/">Quay</a><nav><ul><li><a href="/a">A1</a></li><li><a href="/b">B2</a></li><li><a href="/c">C3</a></li></ul></nav></header>
<main>%s</main><footer><a href="/x">X</a> <a href="/y">Y</a><p>© 2026 Quay</p></footer></body></html>`, c.lang, html.EscapeString(title), b.String())
		cases = append(cases, c)
	}
	return cases
}

// TestWalls: pages that are no articles are called so, in ten languages, and articles
// about them are articles.
func TestWalls(t *testing.T) {
	for _, file := range []string{"walls.txt", "about.txt"} {
		languages := map[string]int{}
		cases := wallCases(t, file)
		for _, c := range cases {
			languages[c.lang]++
			for _, page := range []string{c.page, withoutChrome(c.page)} {
				res, err := standard().HTML(t.Context(), strings.NewReader(page), nil)
				if err != nil {
					t.Fatal(err)
				}
				if string(res.Verdict) != c.want {
					t.Errorf("%s: %s, want %s: %.120q", c.name, res.Verdict, c.want, res.Text)
				}
				if res.Verdict == Stub && res.Score > stubScore {
					t.Errorf("%s: a stub of score %.2f", c.name, res.Score)
				}
			}
		}
		if len(cases) < 60 || len(languages) < 10 {
			t.Errorf("%s: %d cases in %d languages", file, len(cases), len(languages))
		}
	}
}

// withoutChrome is a page without what stands around its main part.
func withoutChrome(page string) string {
	head, rest, _ := strings.Cut(page, "<header>")
	_, rest, _ = strings.Cut(rest, "<main>")
	main, _, _ := strings.Cut(rest, "</main>")
	return head + "<main>" + main + "</main></body></html>"
}
