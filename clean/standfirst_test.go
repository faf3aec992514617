package clean

import (
	"strings"
	"testing"
)

const standfirstPage = `<html lang=en><head><title>Ferry late again</title><meta name="description" content="Third week without crossings looms as four in five reject the rise."></head>
<body><article><h1>Ferry late again</h1>%s<div class="text"><p>The morning ferry left the quay forty minutes late on Tuesday, the harbour office said, because the pilot had overslept.</p>
<p>Nobody complained. The passengers, most of them on the way to the market, had gone back to the café and ordered again.</p></div></article></body></html>`

// TestStandfirst: the lead of a text is of a kind of its own, which stays unless a
// policy says otherwise; a first paragraph is none.
func TestStandfirst(t *testing.T) {
	const lead = "Third week without crossings looms as four in five reject the rise."
	for name, c := range map[string]struct {
		markup string
		want   bool
	}{
		"named":           {`<p class="standfirst">` + lead + `</p>`, true},
		"the description": {`<h2>` + lead + `</h2>`, true},
		"none":            {``, false},
		"a paragraph":     {`<div class="text"><p>The ferry line has been late on most days of this month, and the council wants to know why.</p></div>`, false},
	} {
		page := strings.Replace(standfirstPage, "%s", c.markup, 1)
		whole, err := HTML(strings.NewReader(page), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range []Options{{Explain: true}, {Explain: true, Policy: map[Kind]Action{"standfirst": Drop}}, {Policy: map[Kind]Action{"standfirst": Drop}}, {Policy: map[Kind]Action{"standfirst": Keep}}} {
			cl, err := New(o)
			if err != nil {
				t.Fatal(err)
			}
			res, err := cl.HTML(t.Context(), strings.NewReader(page), nil)
			if err != nil {
				t.Fatal(err)
			}
			action, asked := o.Policy["standfirst"]
			if dropped := asked && action == Drop && c.want; dropped == strings.Contains(res.Text, lead) && c.want || !dropped && res.Text != whole.Text {
				t.Errorf("%s, %+v: %q", name, o, res.Text)
			}
			found := false
			for _, d := range res.Decisions {
				found = found || d.Kind == "standfirst"
			}
			if o.Explain && found != c.want {
				t.Errorf("%s, %+v: named %t", name, o, found)
			}
		}
	}
}
