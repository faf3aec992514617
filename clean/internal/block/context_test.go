package block

import (
	"strings"
	"testing"
)

// allKept is a page of which all blocks were kept by the model.
func allKept(t *testing.T, page string) *Doc {
	t.Helper()
	d := segment(t, page)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		b.Keep, b.P, b.Step, b.Rule = true, .8, "classify", ruleModel
	}
	return d
}

func keptTexts(d *Doc) string {
	var texts []string
	for i, text := range blockTexts(d) {
		if d.Blocks[i].Keep {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, "|")
}

func TestDropMenus(t *testing.T) {
	const menu = `<div><a href="/a">Parcels</a>, <a href="/b">Returns</a>, <a href="/c">Repairs</a>, <a href="/d">Safety</a></div>`
	for _, c := range []struct {
		name, page string
		stays      bool
	}{
		{"menus and their headings", "<h5>Service</h5>" + menu + "<h5>More</h5>" + menu, false},
		{"a paragraph beside a menu", menu + menu + ferry, true},
		{"a list of single links", strings.Repeat(`<li><a href="/x">The second crane goes up at the quay</a></li>`, 6), true},
		{"short lines, few of them menus", strings.Repeat("<p>Oak bread board, 40 cm, 18 left</p>", 8) + menu, true},
	} {
		d := allKept(t, c.page)
		before := keptTexts(d)
		dropMenus(d)
		if after := keptTexts(d); (after == before) != c.stays || !c.stays && after != "" {
			t.Errorf("%s: %q stays", c.name, after)
		}
	}
}

func TestStandfirst(t *testing.T) {
	const lead = "A teacher gives wooden feet back to their owners, one by one"
	for _, c := range []struct {
		name, page string
		p          float32
		stays      bool
	}{
		{"named as the lead", `<header><p class="standfirst">` + lead + "</p></header>" + ferry, .4, true},
		{"too unlikely", `<header><p class="standfirst">` + lead + "</p></header>" + ferry, .1, false},
		{"not named", "<header><p>" + lead + "</p></header>" + ferry, .4, false},
		{"a link", `<header><p class="standfirst"><a href="/x">` + lead + "</a></p></header>" + ferry, .4, false},
		{"behind the text", ferry + `<p class="standfirst">` + lead + "</p>", .4, false},
	} {
		d := allKept(t, c.page)
		for i, text := range blockTexts(d) {
			if text == lead {
				d.Blocks[i].Keep, d.Blocks[i].P = false, c.p
			}
		}
		keepStandfirst(d)
		if got := strings.Contains(keptTexts(d), lead); got != c.stays {
			t.Errorf("%s: stays %v", c.name, got)
		}
	}
}
