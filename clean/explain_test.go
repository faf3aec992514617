package clean

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestReasons: every decision says why. Those of the model name its
// probability, its threshold and what spoke for the decision most; those of
// rules what the rule is about.
func TestReasons(t *testing.T) {
	var models, three int
	check := func(name string, res *Result) {
		for _, d := range res.Decisions {
			switch {
			case len(d.Reasons) == 0:
				t.Errorf("%s: no reason for %+v", name, d)
			case len(d.Reasons) > 3:
				t.Errorf("%s: %d reasons for %+v", name, len(d.Reasons), d)
			}
			for _, r := range d.Reasons {
				if r.Text == "" || strings.Contains(r.Text, "{") || strings.Contains(r.Text, "(s)") {
					t.Errorf("%s: reason %q", name, r.Text)
				}
			}
			if d.Rule != ByModel {
				if d.Threshold != 0 || d.Reasons[0].Weight != 0 {
					t.Errorf("%s: a rule with a threshold or a weight: %+v", name, d)
				}
				continue
			}
			models++
			if len(d.Reasons) == 3 {
				three++
			}
			if d.P <= 0 || d.P > 1 || d.Threshold <= 0 || d.Threshold >= 1 || (d.P >= d.Threshold) != (d.Kept && (d.Kind == "" || d.Kind == "standfirst")) {
				t.Errorf("%s: kept %v with P %v and threshold %v: %+v", name, d.Kept, d.P, d.Threshold, d)
			}
			last := 1e9
			for _, r := range d.Reasons {
				w := r.Weight
				if !d.Kept || d.Kind != "" && d.Kind != "standfirst" {
					w = -w
				}
				if w < 0 || w > last {
					t.Errorf("%s: reasons in another order, or against the decision: %+v", name, d)
				}
				if r.Weight != 0 {
					last = w
				}
			}
		}
	}
	policy := map[Kind]Action{}
	for _, k := range Kinds() {
		policy[k.Kind] = Keep
	}
	for _, o := range []Options{{}, {Policy: policy}, {Mode: Precision, NoTables: true}} {
		o.Explain = true
		c, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		for _, pattern := range []string{"../testdata/html/*/page.html", "../testdata/text/*/dirty.txt", "../testdata/keep/*.txt"} {
			for _, file := range folders(t, pattern) {
				res, err := c.Clean(context.Background(), Input{Body: strings.NewReader(readFile(t, file))})
				if err != nil {
					t.Fatal(err)
				}
				check(filepath.ToSlash(file), res)
			}
		}
	}
	if models < 2000 || three*100 < models*95 {
		t.Errorf("%d of %d decisions of the model have three reasons", three, models)
	}
}

// TestReasonWords: the reasons name what a person would.
func TestReasonWords(t *testing.T) {
	var all strings.Builder
	for _, file := range folders(t, "../testdata/html/*/page.html") {
		res, err := explaining.HTML(context.Background(), strings.NewReader(readFile(t, file)), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range res.Decisions {
			for _, r := range d.Reasons {
				all.WriteString(r.Text + "\n")
			}
		}
	}
	for _, want := range []string{"says “", "inside role contentinfo\n", "same container as ", "after the text as a whole\n"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("no reason is %q", want)
		}
	}
}

// TestKeepRules: what a rule keeps, no later step drops: not as the page's
// title, a second copy, a menu's label, a hidden piece or the text of a wall.
func TestKeepRules(t *testing.T) {
	const prose = "<p>The morning ferry left the quay forty minutes late on Tuesday, the harbour office said, because the pilot had overslept again.</p>"
	page := `<html><head><title>Ferry late again</title></head><body><article><h1 class="one">Ferry late again</h1>` + prose + prose +
		`<p class="two">The morning ferry left the quay forty minutes late on Tuesday, the harbour office said, because the pilot had overslept again.</p>
		<p>Nobody <span class="visually-hidden three">of the islanders </span>complained, and the passengers had gone back to the café for another hour of talk.</p>
		<div class="four share-bar"><span>Share</span></div><div class="five"><button><span class="visually-hidden">Menu</span></button></div></article></body></html>`
	plain, err := explaining.HTML(context.Background(), strings.NewReader(page), nil)
	if err != nil {
		t.Fatal(err)
	}
	for class, text := range map[string]string{"one": "Ferry late again", "two": "forty minutes late", "three": "of the islanders", "four": "Share", "five": "Menu"} {
		c, err := New(Options{Explain: true, Rules: []RuleFile{{Name: "r", Data: "rule nav.keep\n  keep\n  select ." + class + "\n"}}})
		if err != nil {
			t.Fatal(err)
		}
		res, err := c.HTML(context.Background(), strings.NewReader(page), nil)
		if err != nil {
			t.Fatal(err)
		}
		if before, after := strings.Count(plain.Text, text), strings.Count(res.Text, text); after != before+1 {
			t.Errorf("%s: %q stands %d times in the text, and %d without the rule:\n%s", class, text, after, before, res.Text)
		}
		named := false
		for _, d := range res.Decisions {
			named = named || d.Kept && d.Rule == "nav.keep"
		}
		if !named {
			t.Errorf("%s: no decision names the rule: %+v", class, res.Decisions)
		}
	}
}

func TestRules(t *testing.T) {
	infos, err := Rules()
	if err != nil || len(infos) < 80 {
		t.Fatal(len(infos), err)
	}
	for _, i := range infos {
		if i.ID == "" || i.Why == "" || i.Examples == 0 || len(i.Faults) > 0 || i.File == "" || i.Line == 0 {
			t.Errorf("%+v", i)
		}
	}
	infos, err = Rules(RuleFile{Name: "mine", Data: "rule nav.a\n  keep\n  line a\n  yes b\n  no a\nrule nav.b\n  token c\nrule nav.d\n  prune\n  token d\n"})
	if err != nil || len(infos) != 3 {
		t.Fatal(infos, err)
	}
	if a := infos[0]; !a.Keep || a.Elements || a.Names || a.Examples != 2 || len(a.Faults) != 2 || a.File != "mine" || a.Line != 1 {
		t.Errorf("%+v", a)
	}
	if b, d := infos[1], infos[2]; !b.Names || !b.Elements || d.Names || !d.Elements {
		t.Errorf("%+v, %+v", b, d)
	}
	if _, err := Rules(RuleFile{Name: "bad", Data: "nonsense"}); err == nil {
		t.Error("nonsense passes for rules")
	}
}

// TestDocumentedRules: the rules in the documentation are rules.
func TestDocumentedRules(t *testing.T) {
	for file, least := range map[string]int{"../docs/rules.md": 4} {
		text := readFile(t, file)
		var rules strings.Builder
		in := false
		for line := range strings.Lines(text) {
			code, ok := strings.CutPrefix(line, "    ")
			in = ok && (in || strings.HasPrefix(code, "rule ") || strings.HasPrefix(code, "off ") || strings.HasPrefix(code, "#"))
			if in {
				rules.WriteString(code)
			}
		}
		infos, err := Rules(RuleFile{Name: file, Data: rules.String()})
		if err != nil || len(infos) < least {
			t.Errorf("%s: %d rules, %v in\n%s", file, len(infos), err, rules.String())
		}
		for _, i := range infos {
			if len(i.Faults) > 0 || i.Names {
				t.Errorf("%s: %+v", file, i)
			}
		}
	}
}

// BenchmarkExplain is what decisions cost: off, as anybody has it who does not
// ask, and on. Compare the allocations.
func BenchmarkExplain(b *testing.B) {
	files, err := filepath.Glob("../testdata/html/*/page.html")
	texts, err2 := filepath.Glob("../testdata/text/*/dirty.txt")
	if err != nil || err2 != nil || len(files) == 0 || len(texts) == 0 {
		b.Fatal("nothing in testdata", err, err2)
	}
	var inputs []string
	for _, f := range append(files, texts...) {
		data, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		inputs = append(inputs, string(data))
	}
	for name, on := range map[string]bool{"off": false, "on": true} {
		b.Run(name, func(b *testing.B) {
			c, err := New(Options{Explain: on})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				for _, in := range inputs {
					if _, err := c.Clean(context.Background(), Input{Body: strings.NewReader(in)}); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// TestGluedPlace: pieces of one line of the input are told by its number.
func TestGluedPlace(t *testing.T) {
	page, err := os.ReadFile("../testdata/text/glued-page/dirty.txt")
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(Options{Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.Text(context.Background(), "A first line.\n\n"+string(page)+"Share\n")
	if err != nil {
		t.Fatal(err)
	}
	n := map[string]int{}
	for _, d := range res.Decisions {
		n[d.Where]++
	}
	for _, where := range []string{"line 1", "line 3", "line 3, piece 2", "line 3, piece 20", "line 4"} {
		if n[where] != 1 {
			t.Errorf("%d decisions at %s: %v", n[where], where, n)
		}
	}
}

// TestCommentReason: where comments are doubted as a whole, their verdicts say so.
func TestCommentReason(t *testing.T) {
	const comment = "<li class=comment><p>I was on that ferry, and so was my sister. We waved at %s, but the fog came in too fast for anybody to see it.</p></li>"
	page := "<html><body><article><h1>The ferry</h1>"
	for _, when := range strings.Fields("noon dawn night one two three four five six seven eight nine ten") {
		page += "<p>The ferry left at " + when + ", as it has for sixty years. The council wants to sell it, and the islands, which have no other way to the shore, do not. So it sails on, half empty in winter and full of goats and bicycles and cellos in June.</p>"
	}
	page += "</article><ol class=comments>"
	for _, whom := range strings.Fields("you them him her us") {
		page += strings.Replace(comment, "%s", whom, 1)
	}
	c, err := New(Options{Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.HTML(context.Background(), strings.NewReader(page+"</ol></body></html>"), nil)
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, d := range res.Decisions {
		for _, r := range d.Reasons {
			if r.Text == "comments beside an article" {
				said++
				if d.Kept || r.Weight >= 0 || !strings.Contains(d.Text, "my sister") {
					t.Errorf("said of %+v", d)
				}
			}
		}
	}
	if said != 5 {
		t.Errorf("said of %d comments: %+v", said, res.Decisions[len(res.Decisions)-2:])
	}
}

// Without reasons decisions are the same, and have none.
func TestNoReasons(t *testing.T) {
	why, err := New(Options{Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	bare, err := New(Options{Explain: true, NoReasons: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(folders(t, "../testdata/html/*/page.html"), folders(t, "../testdata/text/*/dirty.txt")...) {
		src := readFile(t, file)
		want, err := why.Clean(context.Background(), Input{Body: strings.NewReader(src)})
		if err != nil {
			t.Fatal(err)
		}
		got, err := bare.Clean(context.Background(), Input{Body: strings.NewReader(src)})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Decisions) != len(want.Decisions) || got.Text != want.Text {
			t.Fatalf("%s: %d decisions, want %d", file, len(got.Decisions), len(want.Decisions))
		}
		for i, w := range want.Decisions {
			g := got.Decisions[i]
			if w.Reasons, w.Named, g.P, g.Threshold, w.P, w.Threshold = nil, "", 0, 0, 0, 0; !reflect.DeepEqual(g, w) && w.Rule != "model" {
				t.Errorf("%s: %+v, want %+v", file, g, w)
			}
			if g.Reasons != nil || g.Kept != w.Kept || g.Kind != w.Kind || g.Text != w.Text || g.Where != w.Where {
				t.Errorf("%s: %+v, want %+v", file, g, w)
			}
		}
	}
}
