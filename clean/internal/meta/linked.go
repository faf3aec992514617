package meta

import (
	"context"
	"strings"
	"time"
)

// A linkedNode is what one node of the JSON-LD says about a work.
type linkedNode struct {
	value *jsonValue
	kind  string // schema.org type
	class nodeClass
}

// nodeClass orders the types that may describe the page.
type nodeClass uint8

const (
	classOther nodeClass = iota
	classThing           // a product, recipe, video ...: dates and authors count little
	classPage            // WebPage and its kinds
	classArticle
)

// linked is the JSON-LD of a page.
type linked struct {
	nodes []linkedNode
	ids   map[string]*jsonValue
	main  linkedNode // the node that describes the page's article
	page  linkedNode // the first WebPage
	free  *bool
	body  string
}

// readLinked reads the scripts of a page. It always returns a value.
func readLinked(ctx context.Context, scripts []string) *linked {
	ld := new(linked)
	r := jsonReader{nodes: maxLinkedNodes}
	for i, script := range scripts {
		if i == maxScripts || ctx.Err() != nil {
			break
		}
		vs := r.values(script)
		for i := range vs {
			ld.add(&vs[i], 0)
		}
	}
	return ld
}

// add lists v and the nodes in it that may describe the page.
func (ld *linked) add(v *jsonValue, depth int) {
	v.each(func(o *jsonValue) {
		if o.kind != jsonObject {
			return
		}
		if id := o.get(keyID).str(); id != "" && len(o.kids) > 1 {
			if ld.ids == nil {
				ld.ids = make(map[string]*jsonValue)
			}
			if _, ok := ld.ids[id]; !ok {
				ld.ids[id] = o
			}
		}
		kind, class := nodeType(o.get(keyType))
		if class != classOther {
			ld.nodes = append(ld.nodes, linkedNode{o, kind, class})
		}
		ld.add(o.get(keyGraph), depth+1)
		ld.add(o.get(keyMainEntity), depth+1)
		if p := o.get(keyMainEntityOfPage); p != nil && p.kind == jsonObject {
			ld.add(p, depth+1)
		}
		if o.get(keyType) == nil || class == classOther {
			ld.add(o.get(keyItem), depth+1)
		}
	})
}

// nodeType returns the most telling type of a node.
func nodeType(v *jsonValue) (kind string, class nodeClass) {
	v.each(func(e *jsonValue) {
		if e.kind != jsonString {
			return
		}
		t := unquote(e.raw)
		if i := strings.LastIndexAny(t, "/#:"); i >= 0 {
			t = t[i+1:]
		}
		if c := typeClass(t); kind == "" || c > class {
			kind, class = t, c
		}
	})
	return kind, class
}

func typeClass(t string) nodeClass {
	switch {
	case strings.HasSuffix(t, "Article"), strings.HasSuffix(t, "Posting") && t != "JobPosting", strings.HasSuffix(t, "NewsArticle"):
		return classArticle
	}
	switch t {
	case "Report", "Blogpost", "BlogPost":
		return classArticle
	case "WebPage", "ItemPage", "AboutPage", "FAQPage", "QAPage", "MedicalWebPage", "CheckoutPage", "ContactPage", "ProfilePage":
		return classPage
	case "CreativeWork", "Review", "Recipe", "HowTo", "VideoObject", "Product", "Course", "Book", "Question", "PodcastEpisode", "Guide", "LearningResource", "Chapter", "Thesis", "Dataset":
		return classThing
	}
	return classOther
}

// resolve follows a reference by @id within the page.
func (ld *linked) resolve(v *jsonValue) *jsonValue {
	if v == nil || v.kind != jsonObject || len(v.kids) != 1 || v.kids[0].key != keyID {
		return v
	}
	if o, ok := ld.ids[v.kids[0].str()]; ok {
		return o
	}
	return v
}

// choose finds the node that describes the page.
func (ld *linked) choose(f *facts, m *Meta) {
	if len(ld.nodes) == 0 {
		return
	}
	titles := make(map[string]bool)
	for i, h := range f.headings {
		if i < 8 && h.level == 1 {
			titles[f.headingKey(i)] = true
		}
	}
	titles[fold(f.first(fieldTitle))] = true
	delete(titles, "")
	tag := fold(f.title)

	best := 0
	longest := ""
	for i := range ld.nodes {
		n := &ld.nodes[i]
		if ld.page.value == nil && n.class == classPage {
			ld.page = *n
		}
		score := 1 + 10*int(n.class)
		if h := fold(clean(n.title())); h != "" {
			switch {
			case titles[h]:
				score += 16
			case tag != "" && strings.Contains(tag, h):
				score += 8
			case n.class == classArticle && len(titles) > 0:
				score -= 4
			}
		}
		for _, key := range [...]linkedKey{keyMainEntityOfPage, keyURL, keyID} {
			if u := n.value.get(key).str(keyID, keyURL); u != "" && f.samePage(u, m.URL) {
				score += 6
				break
			}
		}
		if n.value.get(keyPublished) != nil {
			score += 3
		}
		if score > best {
			best, ld.main = score, *n
		}
		if body := n.body(); len(body) > len(longest) {
			longest = body
		}
		if ld.free == nil || n.class == classArticle {
			if free := n.value.get(keyFree); free != nil {
				switch strings.ToLower(strings.TrimSpace(free.str())) {
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
	if longest != "" {
		ld.body = plainText(unquote(longest))
	}
}

// body returns the node's text, escapes not resolved.
func (n *linkedNode) body() string {
	for _, key := range [...]linkedKey{keyBody, keyText} {
		if v := n.value.get(key); v != nil && v.kind == jsonString {
			return v.raw
		}
	}
	return ""
}

// title returns the headline of a node, for pages its name.
func (n *linkedNode) title() string {
	if n.value == nil {
		return ""
	}
	if s := n.value.get(keyHeadline).str(); s != "" {
		return s
	}
	return n.value.get(keyName).str()
}

// precise returns the moment of publication that another node gives where t is
// no more than a day, and the two can be the same.
func (ld *linked) precise(d *dateReader, t time.Time) time.Time {
	if t.IsZero() || !midnight(t) {
		return t
	}
	for i := range ld.nodes {
		if n := &ld.nodes[i]; n.class >= classPage {
			other, ok := d.machine(n.value.get(keyPublished).str())
			if gap := other.Sub(t); ok && gap != 0 && !midnight(other) && gap > maxZone-48*time.Hour && gap < maxZone {
				return other
			}
		}
	}
	return t
}

// A party is an author or publisher.
type party struct {
	name string
	org  bool // the page says that it is an organisation
}

// parties returns the names under a member such as author.
func (ld *linked) parties(v *jsonValue) (out []party) {
	v.each(func(e *jsonValue) {
		if len(out) >= 32 {
			return
		}
		e = ld.resolve(e)
		switch e.kind {
		case jsonString:
			out = append(out, party{name: clean(unquote(e.raw))})
		case jsonObject:
			kind, _ := nodeType(e.get(keyType))
			org := kind != "" && kind != "Person" && kind != "Thing"
			name := e.get(keyName)
			if name == nil {
				given, family := e.get(keyGivenName).str(), e.get(keyFamilyName).str()
				if s := clean(given + " " + family); s != "" {
					out = append(out, party{s, org})
				}
				return
			}
			name.each(func(s *jsonValue) {
				if s.kind == jsonString {
					out = append(out, party{clean(unquote(s.raw)), org})
				}
			})
		}
	})
	return out
}
