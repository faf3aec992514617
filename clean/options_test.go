package clean

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

const optionsPage = `<html><head><title>Mill reopens - The Lamp</title></head><body><main><h1>Mill reopens</h1>
<p>The mill on the Corran has been grinding again since Monday, after forty years in which only swallows used it, its new owner said.</p>
<figure><img src="m.jpg"><figcaption class="wp-caption-text">The mill at dusk</figcaption></figure>
<p>She bought the stones from a museum, which had bought them from her grandfather, and paid exactly what he had been given for them.</p>
<table><tr><th>Flour</th><th>Price</th></tr><tr><td>Rye</td><td>1.20</td></tr><tr><td>Spelt</td><td>2.10</td></tr></table>
<p>The first sacks went to the bakery across the bridge, where they were weighed, tasted and found to be a little coarse but good.</p>
<p>Advertisement</p>
</main></body></html>`

func cleanWith(t *testing.T, o Options, page string) *Result {
	t.Helper()
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.HTML(context.Background(), strings.NewReader(page), nil)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestOptions(t *testing.T) {
	plain := cleanWith(t, Options{}, optionsPage)
	for _, gone := range []string{"Mill reopens", "at dusk", "Advertisement"} {
		if strings.Contains(plain.Text, gone) {
			t.Errorf("%q is in the text by default", gone)
		}
	}
	if !strings.Contains(plain.Text, "Rye\t1.20\n") {
		t.Errorf("the table is missing:\n%s", plain.Text)
	}
	if res := cleanWith(t, Options{Title: true}, optionsPage); !strings.HasPrefix(res.Text, "Mill reopens\n\nThe mill") {
		t.Errorf("Title: %q", res.Text[:40])
	}
	if res := cleanWith(t, Options{NoTables: true}, optionsPage); strings.Contains(res.Text, "Rye") || !strings.Contains(res.Text, "bakery") {
		t.Errorf("NoTables:\n%s", res.Text)
	}
	if res := cleanWith(t, Options{Policy: map[Kind]Action{"caption": Keep}}, optionsPage); !strings.Contains(res.Text, "\n\nThe mill at dusk\n\n") {
		t.Errorf("keep captions:\n%s", res.Text)
	}
	if res := cleanWith(t, Options{Policy: map[Kind]Action{"ad": Mark}}, optionsPage); !strings.Contains(res.Text, "[ad] Advertisement\n") {
		t.Errorf("mark ads:\n%s", res.Text)
	}
}

// TestMojibake: repaired on demand only, in texts and pages.
func TestMojibake(t *testing.T) {
	const bad = "The cafÃ© by the mill, which opened when the ferry stopped, sells more tea than bread these days.\n"
	want := strings.Replace(bad, "cafÃ©", "café", 1)
	for _, o := range []Options{{}, {Mojibake: true}} {
		c, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		res, err := c.Text(context.Background(), bad)
		if err != nil {
			t.Fatal(err)
		}
		page := cleanWith(t, o, "<html><body><article><p>"+strings.Repeat(bad, 3)+"</p></article></body></html>")
		if got := res.Text == want; got != o.Mojibake {
			t.Errorf("Mojibake %t: %q", o.Mojibake, res.Text)
		}
		if got := strings.Contains(page.Text, "café"); got != o.Mojibake {
			t.Errorf("Mojibake %t, page: %q", o.Mojibake, page.Text)
		}
	}
}

func TestOptionsRefused(t *testing.T) {
	for name, o := range map[string]Options{
		"unknown kind":   {Policy: map[Kind]Action{"adverts": Drop}},
		"unknown action": {Policy: map[Kind]Action{"ad": 9}},
		"unknown mode":   {Mode: 7},
		"broken rule":    {Rules: []RuleFile{{Name: "x.rules", Data: "rule ad.x\n  line {\n"}}},
		"wrong example":  {Rules: []RuleFile{{Name: "x.rules", Data: "rule ad.x\n  why x\n  line buy now\n  yes sell now\n  no other\n"}}},
	} {
		if _, err := New(o); err == nil {
			t.Errorf("%s: accepted", name)
		} else if len(o.Rules) > 0 && !strings.Contains(err.Error(), "x.rules:") {
			t.Errorf("%s: the error does not name the place: %v", name, err)
		}
	}
}

func TestModes(t *testing.T) {
	size := map[Mode]int{}
	for _, file := range folders(t, "../testdata/html/*/page.html") {
		page := readFile(t, file)
		for _, m := range []Mode{Precision, Balanced, Recall} {
			size[m] += len(cleanWith(t, Options{Mode: m}, page).Text)
		}
	}
	if size[Precision] > size[Balanced] || size[Balanced] > size[Recall] || size[Precision] == size[Recall] {
		t.Errorf("bytes kept by mode: %v", size)
	}
}

func TestUserRules(t *testing.T) {
	rules := []RuleFile{{Name: "mine.rules", Data: `
rule mine.dusk
  kind  caption
  why   keep the captions of one site
  keep
  token wp-caption-text
  yes   <p class="wp-caption-text">x</p>
  no    <p class="caption">x</p>

rule mine.table
  kind  ad
  why   price lists
  prune
  select main > table
  yes   <main><table><tr><td>x</table></main>
  no    <div><table><tr><td>x</table></div>
`}}
	res := cleanWith(t, Options{Rules: rules}, optionsPage)
	if !strings.Contains(res.Text, "The mill at dusk") || strings.Contains(res.Text, "Rye") {
		t.Errorf("user rules:\n%s", res.Text)
	}
}

// TestTextTooLarge: texts are held to the limit of bytes, too.
func TestTextTooLarge(t *testing.T) {
	c, err := New(Options{MaxBytes: 10})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Text(context.Background(), "The ferry is late."); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
	if res, err := c.Text(context.Background(), "Late."); err != nil || res.Text != "Late.\n" {
		t.Error(res, err)
	}
}

func TestContext(t *testing.T) {
	c := standard()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.HTML(ctx, strings.NewReader(optionsPage), nil); !errors.Is(err, ErrCanceled) || !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	ctx, cancel = context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancel()
	if _, err := c.Text(ctx, "x"); !errors.Is(err, ErrTimeout) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("late: %v", err)
	}
}
