package meta

import (
	"testing"
	"time"
)

func TestLinkedPerson(t *testing.T) {
	const page = `<script type="application/ld+json">
		{"@graph":[
			{"@type":"Article","headline":"A quiet year for bees","author":{"@id":"#p1"},"publisher":{"@id":"#o"},
			 "datePublished":"2021-03-04T05:06:07+02:00","isAccessibleForFree":"False","articleBody":"One.\nTwo &amp; three."},
			{"@type":"Person","@id":"#p1","name":"Ada Winter"},
			{"@type":"Organization","@id":"#o","name":"The Hive"}]}
		</script><h1>A quiet year for bees</h1>`
	m := extract(t, page, "https://hive.example/bees")
	if authors(m) != "Ada Winter" || m.SiteName != "The Hive" || m.Type != "Article" {
		t.Errorf("byline %q, site %q, type %q", authors(m), m.SiteName, m.Type)
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
	if authors(m) != "Right Person" || isoDay(m.Published) != "2020-05-06" {
		t.Errorf("byline %q, published %v", authors(m), m.Published)
	}
}

func FuzzJSONLD(f *testing.F) {
	f.Add(`{"@type":"NewsArticle","headline":"A","author":[{"name":"B"},"C"],"isAccessibleForFree":false}`)
	f.Add(`<!-- {"@graph":[{"@type":"Person","@id":"#a","name":"\ud83d\ude00"},]} -->`)
	f.Add(`{"a":"b "c" d",/*`)
	f.Add("[[[{\"text\":\"x\\")
	f.Fuzz(func(t *testing.T, script string) {
		m := new(Memory).Extract(parseFragment(t, "<h1>x</h1>"), nil, []string{script, script})
		again := new(Memory).Extract(parseFragment(t, "<h1>x</h1>"), nil, []string{script, script})
		if m.Title != again.Title || authors(m) != authors(again) || !m.Published.Equal(again.Published) || m.Body != again.Body {
			t.Error("two runs differ")
		}
		if !m.Published.IsZero() && (m.Published.Year() < 1900 || m.Published.After(time.Now().Add(72*time.Hour))) {
			t.Errorf("absurd date %v", m.Published)
		}
	})
}
