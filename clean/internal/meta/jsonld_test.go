package meta

import (
	"context"
	"strings"
	"testing"
	"time"
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
			f := &facts{store: new(store)}
			ld := readLinked(context.Background(), []string{script})
			ld.choose(f, new(Meta))
			if got := clean(ld.main.title()); got != "Rain at last" {
				t.Errorf("headline %q", got)
			}
		})
	}
}

func TestLinkedPerson(t *testing.T) {
	const page = `<script type="application/ld+json">
		{"@graph":[
			{"@type":"Article","headline":"A quiet year for bees","author":{"@id":"#p1"},"publisher":{"@id":"#o"},
			 "datePublished":"2021-03-04T05:06:07+02:00","isAccessibleForFree":"False","articleBody":"One.\nTwo &amp; three."},
			{"@type":"Person","@id":"#p1","name":"Ada Winter"},
			{"@type":"Organization","@id":"#o","name":"The Hive"}]}
		</script><h1>A quiet year for bees</h1>`
	m := extract(t, page, "https://hive.example/bees")
	if m.Byline != "Ada Winter" || m.SiteName != "The Hive" || m.Type != "Article" {
		t.Errorf("byline %q, site %q, type %q", m.Byline, m.SiteName, m.Type)
	}
	if m.Free == nil || *m.Free {
		t.Errorf("free %v", m.Free)
	}
	if m.Body != "One.\nTwo & three." {
		t.Errorf("body %q", m.Body)
	}
	want := time.Date(2021, 3, 4, 5, 6, 7, 0, time.FixedZone("", 2*3600))
	if !m.Published.Equal(want) || isoDay(m.Published) != "2021-03-04" {
		t.Errorf("published %v", m.Published)
	}
}

// The node that is about this page counts, not the first one.
func TestLinkedChoice(t *testing.T) {
	const page = `<script type="application/ld+json">
		[{"@type":"NewsArticle","headline":"Something else","author":{"name":"Wrong Person"},"datePublished":"2020-01-02"},
		 {"@type":"NewsArticle","headline":"The right story","author":{"name":"Right Person"},"datePublished":"2020-05-06","url":"/right"}]
		</script><h1>The right story</h1>`
	m := extract(t, page, "https://news.example/right")
	if m.Byline != "Right Person" || isoDay(m.Published) != "2020-05-06" {
		t.Errorf("byline %q, published %v", m.Byline, m.Published)
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
			ld := readLinked(context.Background(), []string{script}) // must come back, and soon
			ld.choose(&facts{store: new(store)}, new(Meta))
		})
	}
}

func FuzzJSONLD(f *testing.F) {
	f.Add(`{"@type":"NewsArticle","headline":"A","author":[{"name":"B"},"C"],"isAccessibleForFree":false}`)
	f.Add(`<!-- {"@graph":[{"@type":"Person","@id":"#a","name":"\ud83d\ude00"},]} -->`)
	f.Add(`{"a":"b "c" d",/*`)
	f.Add("[[[{\"text\":\"x\\")
	f.Fuzz(func(t *testing.T, script string) {
		m := Extract(context.Background(), parseFragment(t, "<h1>x</h1>"), nil, []string{script, script})
		again := Extract(context.Background(), parseFragment(t, "<h1>x</h1>"), nil, []string{script, script})
		if m.Title != again.Title || m.Byline != again.Byline || !m.Published.Equal(again.Published) || m.Body != again.Body {
			t.Error("two runs differ")
		}
		if !m.Published.IsZero() && (m.Published.Year() < minYear || m.Published.After(time.Now().Add(maxAhead+24*time.Hour))) {
			t.Errorf("absurd date %v", m.Published)
		}
	})
}
