package clean

import (
	"context"
	"strings"
	"testing"
)

const selectorPage = `<body><div class="lead"><p>The council has put the bridge off for another year, it said on Monday, and nobody in the hall was surprised.</p></div>
<div class="entry"><p>The new bridge would have cost the town forty million, more than all of its schools together, the treasurer told the council.</p>
<div class="box"><p>The old bridge was built by prisoners in the winter of a war that nobody in the town remembers any more.</p></div>
<p>Ferries will go on crossing the river every ten minutes, as they have done since the flood took the first bridge away.</p></div>
<div class="other"><p>The ferry company said that it had ordered two new boats, both of them electric, to be delivered next spring. Until then the old ones, which are older than most of their captains, have to do, and the town has promised to pay for their fuel.</p></div></body>`

// Selectors beside rules: what is outside of Root goes, Drop takes out, Keep beats both,
// and a Root without text is said to be one.
func TestSelectors(t *testing.T) {
	for _, c := range []struct {
		o    Options
		want string // first words of the paragraphs
	}{
		{Options{Root: ".entry"}, "The new bridge/The old bridge/Ferries will"},
		{Options{Root: ".lead, .other"}, "The council/The ferry"},
		{Options{Root: ".entry", Drop: "div.box"}, "The new bridge/Ferries will"},
		{Options{Root: ".entry", Keep: ".lead"}, "The council/The new bridge/The old bridge/Ferries will"},
		{Options{Drop: ".box, .other", Keep: ".other > p"}, "The council/The new bridge/Ferries will/The ferry"},
		{Options{Drop: "body"}, "The council/The new bridge/The old bridge/Ferries will/The ferry"},
		{Options{Root: "main.text"}, "The council/The new bridge/The old bridge/Ferries will/The ferry"},
	} {
		c.o.Explain = true
		cl, err := New(c.o)
		if err != nil {
			t.Fatal(err)
		}
		res, err := cl.HTML(context.Background(), strings.NewReader(selectorPage), nil)
		if err != nil {
			t.Fatal(err)
		}
		texts := strings.Split(strings.TrimSpace(res.Text), "\n\n")
		want := strings.Split(c.want, "/")
		ok := len(texts) == len(want)
		for i := range texts {
			ok = ok && strings.HasPrefix(texts[i], want[i])
		}
		if !ok {
			t.Errorf("%+v: %q, want %s", c.o, texts, c.want)
		}
		if warned := len(res.Warnings) == 1 && strings.Contains(res.Warnings[0], "main.text"); warned != (c.o.Root == "main.text") {
			t.Errorf("%+v: warnings %q", c.o, res.Warnings)
		}
		for _, d := range res.Decisions {
			if strings.HasPrefix(d.Rule, "option.") && len(d.Reasons) == 0 {
				t.Errorf("%s has no reason", d.Rule)
			}
		}
	}
	for _, o := range []Options{{Keep: "div["}, {Drop: ">"}, {Root: "::"}} {
		if _, err := New(o); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
}

// An encoding that nobody knows is no error: the bytes tell, and the result says so.
func TestUnknownCharset(t *testing.T) {
	for header, name := range map[string]string{
		"text/html; charset=nonsense": `"nonsense"`, "nonsense": `"nonsense"`, "text/html": "", "": "", "text/html; charset=KOI8-R": "", "utf8": "",
		"text/plain; charset=\"x-nope\"": `"x-nope"`,
	} {
		res, err := standard().Clean(context.Background(), Input{Body: strings.NewReader("The ferry was late.\n"), ContentType: header})
		if err != nil {
			t.Fatal(err)
		}
		if said := len(res.Warnings) == 1; said != (name != "") || said && (!strings.Contains(res.Warnings[0], name) || !strings.Contains(res.Warnings[0], "read as utf-8")) {
			t.Errorf("%q: %q", header, res.Warnings)
		}
	}
}
