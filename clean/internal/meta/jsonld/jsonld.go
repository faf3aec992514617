// Package jsonld reads JSON as pages really hold it, and finds in it what the
// pages say about themselves.
//
// [Read] reads the application/ld+json scripts of a page: schema.org nodes and
// the members of them that [Key] names. [FindBody] looks for the text of the page
// in scripts that hold data of any form, under names that mean a text.
//
//	jsonld.go     the nodes of a page; authors and publishers
//	value.go      values and members
//	reader.go     JSON with the faults that pages have
//	script.go     the strings in script data, by the names that lead to them
//	member.go     what those names say
//	candidate.go  the strings that are the text of the page
//	prose.go      whether strings are a text at all
package jsonld

import (
	"strings"

	"github.com/winnowtext/winnow/clean/internal/meta/plain"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// A Graph is the JSON-LD of a page.
type Graph struct {
	Nodes []Node   // those that may describe the page, in their order
	Types []string // of all nodes that stand by themselves, maxTypes at most

	clock *work.Clock
	ids   map[string]*Value
}

// A Node is what one node of the JSON-LD says about a work. The zero value says
// nothing.
type Node struct {
	*Value
	Type  string // of schema.org, such as "NewsArticle"
	Class Class
}

// A Class says what a type may be to the page; they are in order.
type Class uint8

const (
	ClassOther Class = iota
	ClassThing       // a product, recipe, video ...: dates and authors count little
	ClassPage        // WebPage and its kinds
	ClassArticle
)

// maxTypes is how many types of a page are listed.
const maxTypes = 48

// MaxScripts is how many scripts of a page are read.
const MaxScripts = 64

// Read reads the scripts of a page; those before the end of the clock, if it ends.
func Read(clock *work.Clock, scripts []string) *Graph {
	g := &Graph{clock: clock}
	var ended error
	defer work.Catch(&ended)
	r := reader{nodes: maxLinkedNodes}
	for _, script := range scripts[:min(len(scripts), MaxScripts)] {
		clock.Read(min(len(script), maxLinkedBytes))
		vs := r.values(script)
		for i := range vs {
			g.add(&vs[i])
		}
	}
	return g
}

// add lists v and the nodes in it that may describe the page.
func (g *Graph) add(v *Value) {
	v.each(func(o *Value) {
		if o.kind != kindObject {
			return
		}
		if id := o.Get(KeyID).Str(); id != "" && len(o.kids) > 1 {
			if g.ids == nil {
				g.ids = make(map[string]*Value)
			}
			if _, ok := g.ids[id]; !ok {
				g.ids[id] = o
			}
		}
		kind, class := nodeType(o.Get(KeyType))
		if kind != "" && len(g.Types) < maxTypes {
			g.Types = append(g.Types, kind)
		}
		if class != ClassOther {
			g.Nodes = append(g.Nodes, Node{o, kind, class})
		}
		g.add(o.Get(KeyGraph))
		g.add(o.Get(KeyMainEntity))
		if p := o.Get(KeyMainEntityOfPage); p != nil && p.kind == kindObject {
			g.add(p)
		}
		if o.Get(KeyType) == nil || class == ClassOther {
			g.add(o.Get(KeyItem))
		}
	})
}

// nodeType returns the most telling type of a node.
func nodeType(v *Value) (kind string, class Class) {
	v.each(func(e *Value) {
		if e.kind != kindString {
			return
		}
		t := Unquote(e.raw)
		if i := strings.LastIndexAny(t, "/#:"); i >= 0 {
			t = t[i+1:]
		}
		if c := typeClass(t); kind == "" || c > class {
			kind, class = t, c
		}
	})
	return kind, class
}

func typeClass(t string) Class {
	switch {
	case strings.HasSuffix(t, "Article"), strings.HasSuffix(t, "Posting") && t != "JobPosting", strings.HasSuffix(t, "NewsArticle"):
		return ClassArticle
	}
	switch t {
	case "Report", "Blogpost", "BlogPost":
		return ClassArticle
	case "WebPage", "ItemPage", "AboutPage", "FAQPage", "QAPage", "MedicalWebPage", "CheckoutPage", "ContactPage", "ProfilePage":
		return ClassPage
	case "CreativeWork", "Review", "Recipe", "HowTo", "VideoObject", "Product", "Course", "Book", "Question", "PodcastEpisode", "Guide", "LearningResource", "Chapter", "Thesis", "Dataset":
		return ClassThing
	}
	return ClassOther
}

// Resolve follows a reference by @id within the page.
func (g *Graph) Resolve(v *Value) *Value {
	if v == nil || v.kind != kindObject || len(v.kids) != 1 || v.kids[0].key != KeyID {
		return v
	}
	if o, ok := g.ids[v.kids[0].Str()]; ok {
		return o
	}
	return v
}

// Body returns the node's text, escapes not resolved.
func (n *Node) Body() string {
	for _, key := range [...]Key{KeyBody, KeyText} {
		if v := n.Get(key); v != nil && v.kind == kindString {
			return v.raw
		}
	}
	return ""
}

// Title returns the headline of a node, for pages its name.
func (n *Node) Title() string {
	if s := n.Get(KeyHeadline).Str(); s != "" {
		return s
	}
	return n.Get(KeyName).Str()
}

// A Party is an author or publisher.
type Party struct {
	Name string
	Org  bool // the page says that it is an organisation
}

// Parties returns the names under a member such as author.
func (g *Graph) Parties(v *Value) (out []Party) {
	v.each(func(e *Value) {
		if len(out) >= 32 {
			return
		}
		e = g.Resolve(e)
		switch e.kind {
		case kindString:
			out = append(out, Party{Name: g.line(e)})
		case kindObject:
			kind, _ := nodeType(e.Get(KeyType))
			org := kind != "" && kind != "Person" && kind != "Thing"
			name := e.Get(KeyName)
			if name == nil {
				given, family := e.Get(KeyGivenName).Str(), e.Get(KeyFamilyName).Str()
				if s := plain.Line(given + " " + family); s != "" {
					out = append(out, Party{s, org})
				}
				return
			}
			name.each(func(s *Value) {
				if s.kind == kindString {
					out = append(out, Party{g.line(s), org})
				}
			})
		}
	})
	return out
}

// line returns a string as one line of plain text.
func (g *Graph) line(v *Value) string {
	g.clock.Read(len(v.raw))
	return plain.Line(Unquote(v.raw))
}
