package jsonld

import (
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/meta/plain"
)

func TestJSONAsPagesHoldIt(t *testing.T) {
	for name, script := range map[string]string{
		"plain":              `{"@type":"NewsArticle","headline":"Rain at last"}`,
		"array":              `[{"@type":"Organization","name":"x"},{"@type":["Thing","NewsArticle"],"headline":"Rain at last"}]`,
		"graph":              `{"@context":"https://schema.org","@graph":[{"@type":"WebSite"},{"@type":"NewsArticle","headline":"Rain at last"}]}`,
		"glued":              `{"@type":"WebSite"}{"@type":"NewsArticle","headline":"Rain at last"}`,
		"trailing commas":    `{"@type":"NewsArticle","keywords":["a","b",],"headline":"Rain at last",}`,
		"comment":            "<!--\n{\"@type\":\"NewsArticle\",\"headline\":\"Rain at last\"}\n-->",
		"cdata":              "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"Rain at last\"}\n//]]>",
		"raw line break":     "{\"@type\":\"NewsArticle\",\"description\":\"one\ntwo\",\"headline\":\"Rain\n at last\"}",
		"stray quote":        `{"@type":"NewsArticle","description":"a "dry" year","headline":"Rain at last"}`,
		"escaped as markup":  `{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;Rain at last&quot;}`,
		"js comment":         "{\"@type\":\"NewsArticle\", /* x */ \"headline\":\"Rain at last\"}",
		"missing comma":      "{\"@type\":\"NewsArticle\"\n\"headline\":\"Rain at last\"}",
		"torn":               `{"@type":"NewsArticle","headline":"Rain at last","author":{"name":"A`,
		"full type address":  `{"@type":"http://schema.org/NewsArticle","headline":"Rain at last"}`,
		"prefixed names":     `{"@type":"schema:NewsArticle","schema:headline":"Rain at last"}`,
		"unknown in between": `{"@type":"NewsArticle","x":{"a":[{"b":"}]"}]},"headline":"Rain at last"}`,
		"entity":             `{"@type":"NewsArticle","headline":"Rain &amp;nbsp;at last"}`,
		"unicode escape":     `{"@type":"NewsArticle","headline":"\u0052ain at\u00a0last"}`,
		"markup":             `{"@type":"NewsArticle","headline":"<em>Rain</em> at last"}`,
	} {
		t.Run(name, func(t *testing.T) {
			var got string
			for _, n := range Read(nil, []string{script}).Nodes {
				if n.Class == ClassArticle {
					got = plain.Line(n.Title())
				}
			}
			if got != "Rain at last" {
				t.Errorf("headline %q", got)
			}
		})
	}
}

func TestJSONDeepAndLong(t *testing.T) {
	for name, script := range map[string]string{
		"arrays":       strings.Repeat("[", 1<<20),
		"objects":      strings.Repeat(`{"author":`, 1<<17),
		"graphs":       strings.Repeat(`{"@graph":[`, 1<<17),
		"quotes":       `{"a":` + strings.Repeat(`" `, 1<<19),
		"blanks":       `{"a":` + strings.Repeat(`"`+strings.Repeat(" ", 1<<10)+`x`, 1<<10),
		"backslashes":  `{"headline":"` + strings.Repeat(`\`, 1<<20),
		"many nodes":   "[" + strings.Repeat(`{"@type":"NewsArticle","headline":"x"},`, 1<<14) + "]",
		"open comment": `{"a":` + strings.Repeat("/* ", 1<<18),
	} {
		t.Run(name, func(t *testing.T) {
			if g := Read(nil, []string{script}); len(g.Nodes) > maxLinkedNodes { // must come back, and soon
				t.Errorf("%d nodes", len(g.Nodes))
			}
		})
	}
}
