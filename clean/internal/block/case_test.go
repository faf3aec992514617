package block

import (
	"flag"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/cases"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"golang.org/x/net/html"
)

var update = flag.Bool("update", false, "write what comes out into testdata/case")

// TestCases reads testdata/case: pages, and what the steps make of their blocks
// when the model says of each what stands in front of it.
//
//	-- a heading between paragraphs stays --
//	title: The Mill
//	<p>The mill on the river ...</p>
//	<h2>Flour</h2>
//	...
//	----
//	.90 + model            The mill on the river ...
//	.20 + heading.between  Flour
//	    ~ icon.element icon  close
//
// The probability is input; what follows comes out: + or - for blocks that stay
// or go, the rule, the kind of what goes and the text, or ~ for what was taken
// out between blocks. A third part holds the lines that come out. Settings:
//
//	title    the page's title
//	host     its host
//	rules    of a user
//	doubt    yes: comments are doubted before
//	type     other: the page says what it is, and that is no article
//	smooth   yes: blocks of one sort draw each other before
//	mode     the threshold of balanced, precision or recall, not one half
//	article  what another extractor says is the article
//	body     of the page's data; it replaces a page that lacks it
//	tables   no: they are dropped
//	part     yes: the lines are those of the page as a part of a body
func TestCases(t *testing.T) {
	cases.Run(t, "testdata/case/*.txt", *update, func(t *testing.T, c *cases.Case) []string {
		c.Knows(t, "title", "host", "rules", "doubt", "type", "smooth", "mode", "article", "body", "tables", "part")
		set := caseRules(t, c)
		o := Options{Rules: set, Host: c.Settings["host"], Explain: true}
		d := new(Memory).Segment(parsePage(t, c.Parts[0]), o)
		given := caseOdds(t, d, c.Lines(1))
		hints := Hints{Title: c.Settings["title"], Body: c.Settings["body"], OtherType: c.Settings["type"] == "other"}
		Prune(d, set)
		if hints.Body != "" || hints.OtherType || c.Settings["smooth"] == "yes" {
			Measure(d, hints)
		}
		classifyCase(d, c, given)
		Context(d, set, hints)
		Name(d, set, hints.Title)
		if c.Settings["tables"] == "no" {
			DropTables(d)
		}
		var lines []Line
		if hints.Body != "" && LacksBody(d, hints.Body) {
			Replace(d, Source{Rule: RuleBody})
			lines = RenderBody(hints.Body)
		} else if lines = Render(d); c.Settings["part"] != "yes" {
			checkSpans(t, d, lines)
		} else {
			lines = RenderPart(new(Memory), parsePage(t, c.Parts[0]), hints.Title, o)
		}
		out := []string{c.Parts[0], blockList(d, given)}
		if len(c.Parts) > 2 {
			out = append(out, lineList(lines))
		}
		return out
	})
}

func caseRules(t *testing.T, c *cases.Case) *rules.Set {
	t.Helper()
	set, err := rules.Builtin()
	if text := c.Settings["rules"]; err == nil && text != "" {
		set, err = set.Extend(rules.File{Name: "case.rules", Data: text})
	}
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func parsePage(t *testing.T, page string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// caseOdds gives the blocks the probabilities that stand in the list, one half
// where none does, and returns them.
func caseOdds(t *testing.T, d *Doc, list []string) []float32 {
	given := make([]float32, 0, len(d.Blocks))
	for _, line := range list {
		if p, _, _ := strings.Cut(line, " "); p != "" {
			v, err := strconv.ParseFloat(p, 32)
			if err != nil {
				t.Fatal(err)
			}
			given = append(given, float32(v))
		}
	}
	if len(given) > len(d.Blocks) {
		given = given[:len(d.Blocks)]
	}
	for i := range d.Blocks {
		if i == len(given) {
			given = append(given, .5)
		}
		d.Blocks[i].P = given[i]
	}
	return given
}

// classifyCase is Classify with probabilities that are known.
func classifyCase(d *Doc, c *cases.Case, given []float32) {
	words := make([]float64, len(d.Blocks))
	d.odds = make([]float32, len(d.Blocks))
	for i, p := range given {
		words[i], d.odds[i] = float64(wordsOf(d, i)), float32(math.Log(float64(p/(1-p))))
	}
	if c.Settings["doubt"] == "yes" {
		doubtComments(d, words)
	}
	if c.Settings["smooth"] == "yes" {
		smooth(d, words)
	}
	d.Threshold = .5
	if pt, ok := map[string]Point{"balanced": Balanced, "precision": Precision, "recall": Recall}[c.Settings["mode"]]; ok {
		d.Threshold = threshold(d, words, pt)
	}
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Step == "" {
			b.Step, b.Rule, b.Keep = "classify", ruleModel, b.P >= d.Threshold
		}
	}
	if article, ok := c.Settings["article"]; ok {
		root, _ := html.Parse(strings.NewReader(article))
		Follow(d, root)
	}
}

// checkSpans wants the spans of lines to hold their text, tabs between cells aside.
func checkSpans(t *testing.T, d *Doc, lines []Line) {
	t.Helper()
	for i := range lines {
		l := &lines[i]
		var cells []string
		for _, s := range l.Spans {
			cells = append(cells, string(d.Text[s.Doc:s.Doc+s.End-s.Off]))
			if b := &d.Blocks[s.Block]; !b.Keep || s.Doc < b.Start || l.Text[s.Off:s.End] != cells[len(cells)-1] {
				t.Errorf("%q: a span of block %d that says %q", l.Text, s.Block, cells[len(cells)-1])
			}
		}
		if got := strings.Join(cells, "\t"); got != l.Text {
			t.Errorf("%q: its spans say %q", l.Text, got)
		}
	}
}

// blockList writes the verdicts as the cases do.
func blockList(d *Doc, given []float32) string {
	type row struct{ sign, rule, text string }
	var rows []row
	width, asides := 0, d.Asides
	add := func(sign, rule string, kind rules.Kind, text string) {
		if rule += " " + string(kind); sign[len(sign)-1] == '+' {
			rule = strings.TrimSpace(rule)
		}
		width = max(width, len(rule))
		rows = append(rows, row{sign, rule, shown(text)})
	}
	upTo := func(at int32) {
		for ; len(asides) > 0 && asides[0].At < at; asides = asides[1:] {
			add("    ~", asides[0].Rule, asides[0].Kind, asides[0].Text)
		}
	}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		upTo(b.End)
		sign := map[bool]string{true: " +", false: " -"}[b.Keep]
		add(strings.TrimPrefix(fmt.Sprintf("%.2f", given[i]), "0")[:3]+sign, b.Rule, b.Kind, string(d.Text[b.Start:b.End]))
	}
	upTo(math.MaxInt32)
	var list strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&list, "%s %-*s  %s\n", r.sign, width, r.rule, r.text)
	}
	return strings.TrimRight(list.String(), "\n")
}

// shown is the beginning of a text on one line on which all can be seen.
func shown(text string) string {
	const most = 50 // characters
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n++; n > most {
			b.WriteString("…")
			break
		}
		switch {
		case r == '\n':
			b.WriteString("⏎")
		case r == '\t':
			b.WriteString("⇥")
		case strconv.IsPrint(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "\\u%04x", r)
		}
	}
	return b.String()
}

// lineList writes lines that come out, each with its role; tabs as they can be
// seen.
func lineList(lines []Line) string {
	var list strings.Builder
	for i := range lines {
		l := &lines[i]
		role := [...]string{"para", "head", "item", "row", "code", "quote", "caption"}[l.Role]
		fmt.Fprintf(&list, "%s%-5s %s\n", strings.Repeat("\n", l.Blank), role, strings.ReplaceAll(l.Text, "\t", "⇥"))
	}
	return strings.TrimRight(list.String(), "\n")
}
