package main

import (
	"hash/fnv"
	"math"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/charset"
	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/dom"
	"github.com/winnowtext/winnow/clean/internal/meta"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// An example is a page to learn from, as it was found or made of one.
type example struct {
	*corpus.Page
	of     int            // number of the example it was made of, -1 as found
	made   string         // cut or beside; empty as found
	others []*corpus.Page // beside: pages of the same site
	weight float64        // see emphasis
}

// How pages are made of others. Articles in corpora are long and mostly alone on their
// page; short ones among comments, teasers and other posts are what a model that has
// seen nothing else gets wrong.
const (
	cut    = "cut"    // the article cut to a paragraph or a few, all else as it was
	beside = "beside" // other articles of the site, whole or as teasers, behind it
)

// set is the corpus, and what was made of it.
func (e *example) set() string { return strings.TrimSpace(e.Corpus + " " + e.made) }

// Weights and bounds of what is made.
const (
	cutWeight    = .1 // of that of the page it is made of; with .6 long articles lose .5 % more of their words
	besideWeight = .15
	longWords    = 200 // of an article that is worth cutting
	mostBeside   = 4   // other articles
	crowd        = 4   // pages of a site from which on each weighs less
)

// found are the pages as they are.
func found(pages []corpus.Page) []example {
	sites := map[string]int{}
	for i := range pages {
		sites[pages[i].Corpus+" "+pages[i].Site()]++
	}
	list := make([]example, len(pages))
	for i := range pages {
		p := &pages[i]
		list[i] = example{Page: p, of: -1, weight: emphasis(p)}
		if n := sites[p.Corpus+" "+p.Site()]; n > crowd && manyOfASite(p.Corpus) {
			list[i].weight *= math.Sqrt(crowd / float64(n))
		}
	}
	return list
}

// manyOfASite reports whether a corpus has up to ninety pages of one site.
func manyOfASite(corpus string) bool { return corpus == "dragnet-dev" || corpus == "daniel-dev" }

// examples are the pages, and behind them what is made of articles.
func examples(pages []corpus.Page) []example {
	list := found(pages)
	sites := map[string][]int{}
	for i := range pages {
		if p := &pages[i]; p.PageType == "article" && p.Gold != "" {
			key := p.Corpus + " " + p.Site()
			sites[key] = append(sites[key], i)
		}
	}
	for i := range pages {
		p := &pages[i]
		if p.PageType != "article" || len(words(p.Gold)) < longWords {
			continue
		}
		e := example{Page: p, of: i, made: cut, weight: cutWeight * list[i].weight}
		list = append(list, e)
		if others := sites[p.Corpus+" "+p.Site()]; len(others) > 1 {
			e.made, e.weight = beside, besideWeight*list[i].weight
			at := draw(p, len(others))
			for k := range min(len(others), 1+mostBeside) {
				if j := others[(at+k)%len(others)]; j != i && len(e.others) < mostBeside {
					e.others = append(e.others, &pages[j])
				}
			}
			list = append(list, e)
		}
	}
	return list
}

// draw is a number below n that depends on the page alone.
func draw(p *corpus.Page, n int) int {
	h := fnv.New32a()
	h.Write([]byte(p.Corpus + "/" + p.ID))
	return int(h.Sum32()>>4) % n
}

// A tree is a page whose blocks are known, and which of them are its article.
type tree struct {
	dom    dom.Tree
	doc    *block.Doc
	texts  []string
	tokens [][]string
	labels []label
	gold   string // without lines that an output may have or not
}

// open reads a page and labels its blocks.
func open(p *corpus.Page, o block.Options) (*tree, error) {
	raw, err := p.Bytes()
	if err != nil {
		return nil, err
	}
	src, _, err := new(charset.Memory).Decode(raw, "")
	if err != nil {
		return nil, err
	}
	t := &tree{dom: new(dom.Memory).Build(src, dom.Cutting{}), gold: p.Gold}
	for _, line := range p.Optional {
		t.gold = strings.Replace(t.gold, line, "", 1)
	}
	t.segment(o)
	t.label(p)
	return t, nil
}

// segment finds the blocks of the tree as it is now.
func (t *tree) segment(o block.Options) {
	o.Sheets = t.dom.Sheets
	t.doc = new(block.Memory).Segment(t.dom.Root, o)
	t.texts = make([]string, len(t.doc.Blocks))
	t.tokens = make([][]string, len(t.doc.Blocks))
	for i, b := range t.doc.Blocks {
		t.texts[i] = strings.Join(strings.Fields(string(t.doc.Text[b.Start:b.End])), " ")
		t.tokens[i] = words(t.texts[i])
	}
}

// label labels the blocks; no labels mean that the page teaches nothing.
func (t *tree) label(p *corpus.Page) {
	switch {
	case p.Gold != "":
		t.labels = labelFull(t.tokens, words(t.gold))
		forgetLines(t.labels, t.tokens, p.Optional)
	case len(p.With) > 0 && p.Corpus != "wcxb-dev":
		t.labels = labelSnippets(t.texts, p.With, p.Without)
	default:
		t.labels = nil // an empty gold teaches nothing that generalises
	}
}

// forgetLines makes the labels of blocks that hold one of these lines, or a part of
// one, unknown.
func forgetLines(labels []label, tokens [][]string, lines []string) {
	const least = 3 // words of a part
	for _, line := range lines {
		w := words(line)
		if len(w) == 0 {
			continue
		}
		all := " " + strings.Join(w, " ") + " "
		for i, t := range tokens {
			if len(t) == 0 || len(t) > 2*len(w) {
				continue
			}
			text := " " + strings.Join(t, " ") + " "
			if text == all || len(t) >= least && strings.Contains(all, text) || len(w) >= least && strings.Contains(text, all) {
				labels[i] = unknown
			}
		}
	}
}

// size is the number of words of the article that were found on the page.
func (t *tree) size() (n int) {
	for i, l := range t.labels {
		if l == content {
			n += len(t.tokens[i])
		}
	}
	return n
}

// shorten cuts the article to its first paragraphs, of from to most words, and makes
// that the gold. It reports whether it could: elements go as a whole.
func (t *tree) shorten(from, most int) bool {
	d := t.doc
	gone := make([]bool, len(d.Blocks))
	kept, rest := 0, 0
	var gold []string
	for i, l := range t.labels {
		n := len(t.tokens[i])
		switch {
		case l == foreign:
		case kept < from && l == content:
			kept += n
			gold = append(gold, t.texts[i])
		case l == content || n > 20: // second copies, too, but no title
			gone[i] = true
			rest += n
		}
	}
	if kept < from || kept > most || rest < from {
		return false
	}
	left := rest
	out := make([]bool, len(d.Elems))
	for e := 1; e < len(d.Elems); e++ {
		el := &d.Elems[e]
		if out[el.Parent] {
			out[e] = true
			continue
		}
		whole, n := el.End > el.First, 0
		for i := el.First; i < el.End && whole; i++ {
			whole = gone[i] && d.Blocks[i].Elem >= int32(e)
			n += len(t.tokens[i])
		}
		if node := d.Node(int32(e)); whole && node.Parent != nil {
			node.Parent.RemoveChild(node)
			out[e] = true
			left -= n
		}
	}
	t.gold = strings.Join(gold, "\n")
	return left*20 <= rest
}

// container is the innermost element around all of the article, nil where that is
// the page.
func (t *tree) container() *html.Node {
	first, last := -1, -1
	for i, l := range t.labels {
		if l == content {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return nil
	}
	d := t.doc
	for e := len(d.Elems) - 1; e > 0; e-- {
		if el := &d.Elems[e]; int(el.First) <= first && int(el.End) > last && d.Blocks[first].Elem >= int32(e) {
			if n := d.Node(int32(e)); n.Data != "body" && n.Data != "html" {
				return n
			}
			return nil
		}
	}
	return nil
}

// setBeside puts the articles of other pages behind that of t, below their titles. It
// reports whether there was one.
func (t *tree) setBeside(e *example, set *rules.Set) (bool, error) {
	behind := t.container()
	if behind == nil {
		return false, nil
	}
	before := behind.NextSibling
	teasers := draw(e.Page, 2) == 0
	any := false
	for _, p := range e.others {
		o, err := open(p, block.Options{Rules: set, Structure: true})
		if err != nil {
			return false, err
		}
		if o.labels == nil {
			continue
		}
		if teasers && !o.shorten(15, 80) {
			continue
		}
		o.segment(block.Options{Rules: set, Structure: true})
		o.label(&corpus.Page{Gold: o.gold})
		box := o.container()
		if box == nil || o.size() < 10 {
			continue
		}
		u, _ := url.Parse(p.URL)
		title := new(meta.Memory).Extract(o.dom.Root, u, o.dom.JSONLD).Heading()
		box.Parent.RemoveChild(box)
		behind.Parent.InsertBefore(heading(title, p.URL), before)
		behind.Parent.InsertBefore(box, before)
		any = true
	}
	return any, nil
}

// heading is a title that links to its page.
func heading(title, address string) *html.Node {
	h := &html.Node{Type: html.ElementNode, Data: "h2", DataAtom: atom.H2}
	a := &html.Node{Type: html.ElementNode, Data: "a", DataAtom: atom.A, Attr: []html.Attribute{{Key: "href", Val: address}}}
	a.AppendChild(&html.Node{Type: html.TextNode, Data: title})
	h.AppendChild(a)
	return h
}
