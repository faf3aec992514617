package main

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/charset"
	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/dom"
	"github.com/winnowtext/winnow/clean/internal/piece"
)

// Corpora whose golds are the whole article. readability is none of them: its golds
// are what an extractor keeps, captions and promos with the rest.
var fullGolds = []string{"wcxb-dev", "fundus-dev", "andy-dev", "daniel-dev", "dragnet-dev", "cleaneval-dev", "fixtures-dev"}

// Bounds of pages that teach.
const (
	minGold  = 400 // characters
	minText  = 300
	maxText  = 60000 // longer ones are threads and archives
	minCover = .75   // of the gold: else page and gold are two versions
)

// readPages reads the pages of the corpora in a folder that have a whole gold text.
func readPages(dir string, names []string) ([]corpus.Page, error) {
	var pages []corpus.Page
	for _, name := range names {
		list, err := corpus.Read(dir, name)
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			// Other pages of wcxb-dev are products, forums and lists of links.
			if utf8.RuneCountInString(p.Gold) >= minGold && (name != "wcxb-dev" || p.PageType == "article") {
				pages = append(pages, p)
			}
		}
	}
	return pages, nil
}

// labelledPage is a page whose lines are labelled by its gold, nil if it teaches nothing.
func labelledPage(p *corpus.Page) (*draft, error) {
	raw, err := p.Bytes()
	if err != nil {
		return nil, err
	}
	src, _, err := new(charset.Memory).Decode(raw, "")
	if err != nil {
		return nil, err
	}
	tree := new(dom.Memory).Build(src, dom.Cutting{})
	titles := append(titlesOf(tree.Root), p.Title)
	lines := fullText(tree.Root)
	n := 0
	for _, l := range lines {
		n += utf8.RuneCountInString(l)
	}
	if n < minText || n > maxText {
		return nil, nil
	}
	labelled, cover := align(new(piece.Memory), lines, p.Gold, titles, p.Optional)
	if cover < minCover {
		return nil, nil
	}
	return &draft{id: p.Corpus + "/" + p.ID, site: corpus.Site(p.URL), lang: languageOf(p), corpus: p.Corpus, lines: labelled}, nil
}

// endsSentence reports whether a piece ends as a sentence does.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \"'”’»)」』")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？।؟", r)
}

func languageOf(p *corpus.Page) string {
	if p.Lang == "" {
		return "en" // so are nearly all pages of these corpora that do not say it
	}
	return language(p.Lang)
}

// fullText is all text of a page, a block a line.
func fullText(root *html.Node) []string {
	d := new(block.Memory).Segment(root, block.Options{})
	var lines []string
	for i := range d.Blocks {
		b := &d.Blocks[i]
		lines = append(lines, linesOf(string(d.Text[b.Start:b.End]))...)
	}
	return lines
}

// linesOf are the lines of a text that hold something, their white space squeezed.
func linesOf(text string) []string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// titlesOf are the titles that a page gives itself: of its window, whole and without
// the site's name, and its first headings.
func titlesOf(root *html.Node) []string {
	var out []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.DataAtom != atom.Title && n.DataAtom != atom.H1 {
			continue
		}
		var b strings.Builder
		for t := range n.Descendants() {
			if t.Type == html.TextNode {
				b.WriteString(t.Data)
			}
		}
		t := strings.Join(strings.Fields(b.String()), " ")
		out = append(out, t)
		if n.DataAtom == atom.Title {
			for _, bar := range []string{" - ", " | ", " – ", " — ", " · ", " » ", " : "} {
				if head, _, ok := strings.Cut(t, bar); ok {
					out = append(out, head)
				}
			}
		}
	}
	return out
}
