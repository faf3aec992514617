package clean

import (
	"context"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/winnowtext/winnow/clean/internal/block"
)

// shell is a page that shows little and holds data for a script.
func shell(shown, data string) string {
	return `<title>A dry well</title><body><div id=app>` + shown + `</div><script type="application/json">` + data + `</script>`
}

const dryWell = "The well behind the mill has run dry for the first time since it was dug. "

// TestScriptData: data is the text only where the page shows none, and only if
// it is one text.
func TestScriptData(t *testing.T) {
	long := strings.Repeat(dryWell, 10)
	article := `{"story":{"title":"A dry well","body":"<p>` + long + `<p>It was dug by hand."}}`
	shown := "<p>" + strings.Repeat("What stands on the page is the text, whatever a script may hold. ", 12)
	var teasers, settings strings.Builder
	teasers.WriteString(`{"title":"A dry well","items":[`)
	for _, name := range []string{"A", "B", "C", "D"} {
		teasers.WriteString(`{"title":"` + name + `","url":"/` + name + `","text":"` + name + `: ` + dryWell + dryWell + `"},`)
	}
	teasers.WriteString("]}")
	settings.WriteString(`{"title":"A dry well","cookieBanner":{"text":"` + long + `"},"messages":{"text":"` + long + `"},"description":"` + long + `"}`)
	for name, tt := range map[string]struct {
		page, want string
		verdict    Verdict
	}{
		"article":  {shell("<p>Loading", article), strings.TrimSpace(long) + "\n\nIt was dug by hand.\n", Article},
		"shown":    {shell(shown, article), strings.TrimSpace(strings.TrimPrefix(shown, "<p>")) + "\n", Article},
		"teasers":  {shell("", teasers.String()), "", Empty},
		"settings": {shell("", settings.String()), "", Empty},
	} {
		t.Run(name, func(t *testing.T) {
			res, err := explaining.HTML(context.Background(), strings.NewReader(tt.page), nil)
			if err != nil {
				t.Fatal(err)
			}
			if res.Text != tt.want || res.Verdict != tt.verdict {
				t.Errorf("%s %q, want %s %q", res.Verdict, res.Text, tt.verdict, tt.want)
			}
			for _, d := range res.Decisions {
				from := strings.HasPrefix(d.Where, "script[")
				if from && (d.Rule != block.RuleScript || d.Where != dataScript+" story.body" || len(d.Reasons) == 0) || d.Kept && from != (name == "article") {
					t.Errorf("%+v", d)
				}
			}
			doc, err := goquery.NewDocumentFromReader(strings.NewReader(tt.page))
			if err != nil {
				t.Fatal(err)
			}
			if of, err := standard().Document(context.Background(), doc, nil); err != nil || of.Text != res.Text {
				t.Errorf("of the document: %q, %v", of.Text, err)
			}
			checkPage(t, []byte(tt.page))
		})
	}
}

// Parts are markup, lines or marked text.
func TestScriptParts(t *testing.T) {
	first := strings.TrimSpace(strings.Repeat(dryWell, 4))
	for part, want := range map[string]string{
		"One.\nTwo.":                        "One.\n\nTwo.\n",
		"R&amp;D.\nTwo.":                    "R&D.\n\nTwo.\n",
		"A <b>b</b>\nc.\n\nTwo.":            "A b c.\n\nTwo.\n",
		"<p>A <b>b</b>\nc.\n\nTwo.":         "A b c. Two.\n",
		"<ul><li>One<li>Two</ul>":           "- One\n- Two\n",
		"a < b and that is all.":            "a < b and that is all.\n",
		"<h1>A dry well</h1>One.":           "One.\n",
		"<p hidden>Not seen.</p>One.":       "One.\n",
		"One.<table><tr><td>1<td>2</table>": "One.\n\n1\t2\n",
		"&lt;p&gt;One.&lt;/p&gt;Two.":       "One.\n\nTwo.\n",
		"```\n<iframe>\n```\nOne.":          "```\n\n<iframe>\n\n```\n\nOne.\n",
	} {
		data := `{"title":"A dry well","body":["` + first + `","` + strings.ReplaceAll(part, "\n", `\n`) + `"]}`
		res, err := standard().HTML(context.Background(), strings.NewReader(shell("", data)), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimPrefix(res.Text, first+"\n\n"); got != want {
			t.Errorf("%q: %q, want %q", part, got, want)
		}
	}
}
