package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/corpus"
)

// How often what is marked up.
const (
	linkedParagraphs = .4 // paragraphs with links
	boldParagraphs   = .1 // and with a bold run
	mostLinks        = 3  // of a paragraph
	longLink         = 5  // words
	linkedLines      = .6 // lines of residue that are a link
	bulletShare      = .5 // of those have a bullet
	shortLine        = 10 // words from which on a line is a paragraph
)

// markdown marks up lines as Markdown: links in paragraphs, headings, and most short
// lines of the rest as links. That there are links says nothing of an article.
func markdown(lines []lined, rnd *rand.Rand) []lined {
	out := make([]lined, len(lines))
	for i := range lines {
		l := &lines[i]
		var in []insertion
		switch short := corpus.Words(l.text) < shortLine && !endsSentence(l.text); {
		case short && l.has(residue) && !l.has(article):
			in = linkLine(l.text, rnd)
		case short && l.has(article) && rnd.IntN(2) == 0:
			in = []insertion{{0, pick(rnd, []string{"## ", "### ", "**"})}}
			if in[0].text == "**" {
				in = append(in, insertion{len(l.text), "**"})
			}
		case !short:
			for _, m := range l.marks {
				if rnd.Float64() < linkedParagraphs/2 {
					in = append(in, linkWords(l.text, m, rnd)...)
				}
			}
		}
		out[i] = insert(*l, in)
	}
	return out
}

// An insertion is text that comes in before the byte at a place.
type insertion struct {
	at   int
	text string
}

// linkLine makes a link of a whole line.
func linkLine(text string, rnd *rand.Rand) []insertion {
	if rnd.Float64() > linkedLines {
		return nil
	}
	before := "["
	if rnd.Float64() < bulletShare {
		before = pick(rnd, []string{"* ", "- "}) + before
	}
	return []insertion{{0, before}, {len(text), "](" + address(text, rnd) + ")"}}
}

// linkWords makes links, or a bold run, of words within a mark: never of its first and
// last ones, so that all that comes in is the mark's.
func linkWords(text string, m Mark, rnd *rand.Rand) []insertion {
	var starts, ends []int
	for i := m[0]; i < m[1]; {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !isWord(r) {
			i += n
			continue
		}
		starts = append(starts, i)
		for i < m[1] && isWord(r) {
			i += n
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		ends = append(ends, min(i, m[1]))
	}
	var in []insertion
	next := 1
	for range 1 + rnd.IntN(mostLinks) {
		if next+1 >= len(starts) {
			break
		}
		first := next + rnd.IntN(min(12, len(starts)-1-next))
		last := min(first+rnd.IntN(longLink), len(starts)-2)
		if last < first || strings.ContainsAny(text[starts[first]:ends[last]], "[]()*_") {
			break
		}
		words := text[starts[first]:ends[last]]
		open, end := "[", "]("+address(words, rnd)+")"
		if rnd.Float64() < boldParagraphs {
			open, end = "**", "**"
		}
		in = append(in, insertion{starts[first], open}, insertion{ends[last], end})
		next = last + 2
	}
	return in
}

// hosts are no real ones.
var hosts = []string{"www.example.com", "example.org", "news.example", "data.example.net", "town.example", "blog.example.org"}

// address invents the address of a link.
func address(text string, rnd *rand.Rand) string {
	var parts []string
	for _, w := range wordsOf(text) {
		if isASCII(w) && len(parts) < 6 {
			parts = append(parts, w)
		}
	}
	path := strings.Join(parts, pick(rnd, []string{"-", "_", "-", "/"}))
	return "https://" + pick(rnd, hosts) + "/" + pick(rnd, []string{"", "a/", "news/2019/", "p/"}) + path
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// insert puts insertions, in order, into a line. One at the border of a mark is the
// mark's.
func insert(l lined, in []insertion) lined {
	if len(in) == 0 {
		return l
	}
	slices.SortStableFunc(in, func(a, b insertion) int { return a.at - b.at })
	var b strings.Builder
	at := 0
	for _, x := range in {
		b.WriteString(l.text[at:x.at])
		b.WriteString(x.text)
		at = x.at
	}
	b.WriteString(l.text[at:])
	out := lined{text: b.String(), marks: slices.Clone(l.marks)}
	for i := range out.marks {
		m := &out.marks[i]
		start, end := m[0], m[1]
		for _, x := range in {
			if x.at < start {
				m[0] += len(x.text)
			}
			if x.at <= end {
				m[1] += len(x.text)
			}
		}
	}
	return out
}
