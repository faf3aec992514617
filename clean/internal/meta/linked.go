package meta

import (
	"strings"
	"time"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/meta/jsonld"
)

// linked is the JSON-LD of a page, with what it says about its article.
type linked struct {
	*jsonld.Graph
	main jsonld.Node // the node that describes the page's article
	page jsonld.Node // the first WebPage
	free *bool
	body string // the longest text, escapes not resolved
}

// choose finds the node that describes the page.
func (ld *linked) choose(f *facts, m *Meta) {
	if len(ld.Nodes) == 0 {
		return
	}
	titles := make(map[string]bool)
	for i, h := range f.headings {
		if i < 8 && h.level == 1 {
			titles[f.headingKey(i)] = true
		}
	}
	titles[chars.Fold(f.first(fieldTitle))] = true
	delete(titles, "")
	tag := chars.Fold(f.title)

	best := 0
	for i := range ld.Nodes {
		f.Clock.Step()
		n := &ld.Nodes[i]
		if ld.page.Value == nil && n.Class == jsonld.ClassPage {
			ld.page = *n
		}
		score := 1 + 10*int(n.Class)
		if h := chars.Fold(f.line(n.Title())); h != "" {
			switch {
			case titles[h]:
				score += 16
			case tag != "" && strings.Contains(tag, h):
				score += 8
			case n.Class == jsonld.ClassArticle && len(titles) > 0:
				score -= 4
			}
		}
		for _, key := range [...]jsonld.Key{jsonld.KeyMainEntityOfPage, jsonld.KeyURL, jsonld.KeyID} {
			if u := n.Get(key).Str(jsonld.KeyID, jsonld.KeyURL); u != "" && f.samePage(u, m.URL) {
				score += 6
				break
			}
		}
		if n.Get(jsonld.KeyPublished) != nil {
			score += 3
		}
		if score > best {
			best, ld.main = score, *n
		}
		if body := n.Body(); len(body) > len(ld.body) {
			ld.body = body
		}
		if ld.free == nil || n.Class == jsonld.ClassArticle {
			if free := n.Get(jsonld.KeyFree); free != nil {
				switch strings.ToLower(strings.TrimSpace(free.Str())) {
				case "true", "1", "yes", "http://schema.org/true", "https://schema.org/true":
					yes := true
					ld.free = &yes
				case "false", "0", "no", "http://schema.org/false", "https://schema.org/false":
					no := false
					ld.free = &no
				}
			}
		}
	}
}

// precise returns the moment of publication that another node gives where t is
// no more than a day, and the two can be the same.
func (ld *linked) precise(d *reader, t time.Time) time.Time {
	if t.IsZero() || !midnight(t) {
		return t
	}
	for i := range ld.Nodes {
		if n := &ld.Nodes[i]; n.Class >= jsonld.ClassPage {
			other, ok := d.Machine(n.Get(jsonld.KeyPublished).Str())
			if gap := other.Sub(t); ok && gap != 0 && !midnight(other) && gap > maxZone-48*time.Hour && gap < maxZone {
				return other
			}
		}
	}
	return t
}
