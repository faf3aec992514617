package clean

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// explainPairs are Cleaners that differ in Explain only.
func explainPairs(t *testing.T) [][2]*Cleaner {
	rule := RuleFile{Name: "test.rules", Data: "rule test.svg\n  kind share\n  select p:has(svg[class=ad]), svg[class=ad] + p, math t + p\n  prune\n  yes <p><svg class=\"ad\"></svg>a</p>\n  no <p>a</p>\n"}
	var pairs [][2]*Cleaner
	for _, o := range []Options{{}, {Mode: Recall, Title: true}, {Engine: Readability}, {Rules: []RuleFile{rule}}} {
		var pair [2]*Cleaner
		for i := range pair {
			o.Explain = i == 1
			var err error
			if pair[i], err = New(o); err != nil {
				t.Fatal(err)
			}
		}
		pairs = append(pairs, pair)
	}
	return pairs
}

// sameExplained checks that a page has the same result, decisions aside, with
// Explain and without it.
func sameExplained(t *testing.T, pair [2]*Cleaner, page []byte) bool {
	t.Helper()
	var got [2]string
	for i, c := range pair {
		res, err := c.HTML(context.Background(), bytes.NewReader(page), nil)
		if err != nil {
			t.Fatal(err)
		}
		res.Decisions, res.Origins = nil, nil
		b, err := json.Marshal(res)
		if err != nil {
			t.Fatal(err)
		}
		got[i] = string(b)
	}
	if got[0] != got[1] {
		t.Errorf("engine %v, %.300q\n   without %.400s\nexplained %.400s", pair[0].opt.Engine, page, got[0], got[1])
	}
	return got[0] == got[1]
}

// TestExplainSame: Explain adds the decisions and changes nothing.
func TestExplainSame(t *testing.T) {
	pairs := explainPairs(t)
	for _, name := range folders(t, "../testdata/html/*/page.html") {
		page, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, pair := range pairs {
			sameExplained(t, pair, page)
		}
	}
}

// TestExplainSameForeign is TestExplainSame for made-up svg and math elements,
// which Explain alone wants to look into.
func TestExplainSameForeign(t *testing.T) {
	prose := "The harbour board voted on Tuesday to close the northern slip, where the beams are rotten. "
	article := "<h1>Slip closed</h1>" + strings.Repeat("<p>"+prose+prose+"</p>", 4)
	var pieces []string
	for _, name := range strings.Fields("svg svg svg math math math g path t title desc text foreignObject annotation-xml mi mtext semantics style script p div font a svg table td select") {
		pieces = append(pieces, "<"+name+">", "</"+name+">", "<"+name+" class=ad style=display:block>", "<"+name+" hidden id=x>", "<"+name+" style='display:none'/>", "</"+name+">")
	}
	pieces = append(pieces, "x", "y &amp; z", prose, prose, "<!-- c -->", "<![CDATA[d]]>", "<br>", "<p>"+prose+"</p>", "</p>",
		"<svg>"+strings.Repeat("<path class=a d=b />", 2500)+"</svg>",
		"<script type=application/ld+json>{\"@type\":\"Article\",\"author\":\"Ada Winter\",\"articleBody\":\""+strings.Repeat("It rained. ", 90)+"\"}</script>",
		"<script type=application/json>{\"title\":\"Slip closed\",\"post\":{\"body\":\""+strings.Repeat("It rained all day in the north. ", 60)+"\"}}</script>")
	pairs := explainPairs(t)
	// The one that was found first: an attribute in math.
	sameExplained(t, pairs[0], []byte("n<math><t style=display:block>n"))
	random := rand.New(rand.NewPCG(1, 2))
	n := 2000
	if testing.Short() {
		n = 100
	}
	for i := range n {
		var page strings.Builder
		if i%2 == 0 {
			page.WriteString(article)
		}
		for range 2 + random.IntN(14) {
			page.WriteString(pieces[random.IntN(len(pieces))])
		}
		if i%3 == 0 {
			page.WriteString("</math></svg>" + article)
		}
		if !sameExplained(t, pairs[i%len(pairs)], []byte(page.String())) {
			return
		}
	}
}
