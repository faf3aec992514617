package score

import (
	"strings"
)

// A Metric is the way a corpus compares texts.
type Metric string

const (
	// Word counts the words of a page as a bag, lower-cased, and averages F1
	// over the pages (WCXB, evaluate.py). A page where gold and output are both
	// empty scores 1, where one of them is, 0.
	Word Metric = "word"
	// Token is Word for many scripts and for gold texts that need not have all
	// they have: soft hyphens are dropped, neighbouring letters of a script
	// without spaces count as words (see [Tokens]), and optional lines of the
	// gold text count only when the output has them (see [Gold.For]).
	Token Metric = "token"
	// Snippet counts wanted snippets found and unwanted snippets left in, over
	// all pages (trafilatura, tests/evaluate.py): white space squeezed, case as
	// it is.
	Snippet Metric = "snippet"
	// Shingle compares the multisets of four-word sequences, averages
	// precision and recall over the pages, and takes F1 of the two means
	// (scrapinghub/article-extraction-benchmark, evaluate.py). Case counts.
	Shingle Metric = "shingle"
)

// Known reports whether m is one of the metrics of this package.
func (m Metric) Known() bool { return m == Word || m == Token || m == Snippet || m == Shingle }

// split returns what the metric counts in s.
func (m Metric) split(s string) []string {
	if m == Token {
		return Tokens(s)
	}
	return Words(s)
}

// shingleWords is the length of a shingle; texts that are shorter form one.
const shingleWords = 4

// Gold is what a corpus knows about a page's article.
type Gold struct {
	Text     string   // the whole text; empty in corpora that have snippets only
	With     []string // snippets that belong to the text
	Without  []string // snippets that do not
	Optional []string // lines of Text that an output may have or lack, such as title and byline
}

// For returns the gold text that an output is compared with: Text without the
// optional lines that the output lacks.
func (g *Gold) For(output string) string {
	if len(g.Optional) == 0 {
		return g.Text
	}
	text, has := g.Text, spaced(output)
	for _, line := range g.Optional {
		if !strings.Contains(has, spaced(line)) {
			text = cutLine(text, line)
		}
	}
	return text
}

// spaced writes the tokens of s in one line with a space on both sides of each,
// so that a part of it is found from token to token.
func spaced(s string) string { return " " + strings.Join(Tokens(Lower(s)), " ") + " " }

// cutLine takes a line out of a text; where it is no line of its own, as when
// the source ran a byline into a paragraph, its first occurrence.
func cutLine(text, line string) string {
	i := strings.Index("\n"+text+"\n", "\n"+line+"\n")
	if i < 0 {
		i = strings.Index(text, line)
	}
	if i < 0 {
		return text
	}
	return text[:i] + text[i+len(line):]
}

// Page is one page's score. All shares are in [0,1].
type Page struct {
	ID   string `json:"id"`
	Type string `json:"type,omitempty"` // the corpus's page type
	Lang string `json:"lang,omitempty"`

	F1 float64 `json:"f1"` // in the corpus's metric
	P  float64 `json:"p"`
	R  float64 `json:"r"`

	With    float64 `json:"with"`    // share of wanted snippets found; 1 when there are none
	Without float64 `json:"without"` // share of unwanted snippets found; 1 when there are none, as in WCXB

	ShingleP float64 `json:"shingle_p"`
	ShingleR float64 `json:"shingle_r"`

	TP, FP, FN, TN int // snippets

	Words     int `json:"words"`      // in the output; tokens in the token metric
	GoldWords int `json:"gold_words"` // in the gold text
	Common    int `json:"common"`     // in both, as bags of lower-cased words

	Missing bool `json:"missing,omitempty"` // no output for this page; it counts as empty
}

// Page scores the text a tool printed for one page.
func (m Metric) Page(g Gold, text string) Page {
	var p Page
	p.snippets(g, text, m)
	gold := g.Text
	if m == Token {
		gold = g.For(text)
	}
	got, want := m.split(Lower(text)), m.split(Lower(gold))
	p.Words, p.GoldWords, p.Common = len(got), len(want), common(got, want)
	if m != Snippet {
		p.ShingleP, p.ShingleR = shingles(m.split(gold), m.split(text))
	}
	switch m {
	case Word, Token:
		if p.Words == 0 && p.GoldWords == 0 {
			p.P, p.R = 1, 1
		} else {
			p.P, p.R = ratio(p.Common, p.Words), ratio(p.Common, p.GoldWords)
		}
		p.F1 = harmonic(p.P, p.R)
	case Shingle:
		p.P, p.R = p.ShingleP, p.ShingleR
		p.F1 = harmonic(p.P, p.R)
	case Snippet:
		p.P, p.R = ratio(p.TP, p.TP+p.FP), ratio(p.TP, p.TP+p.FN)
		p.F1 = ratio(2*p.TP, 2*p.TP+p.FP+p.FN)
	}
	return p
}

// snippets looks for the snippets: by the word and token metrics in lower-cased
// text as it is, by the others with white space squeezed.
func (p *Page) snippets(g Gold, text string, m Metric) {
	form := Squeeze
	if m == Word || m == Token {
		form = Lower
	}
	text = form(text)
	found := func(list []string) (n int) {
		for _, s := range list {
			if strings.Contains(text, form(s)) {
				n++
			}
		}
		return n
	}
	p.TP, p.FP = found(g.With), found(g.Without)
	p.FN, p.TN = len(g.With)-p.TP, len(g.Without)-p.FP
	p.With, p.Without = 1, 1
	if len(g.With) > 0 {
		p.With = ratio(p.TP, len(g.With))
	}
	if len(g.Without) > 0 {
		p.Without = ratio(p.FP, len(g.Without))
	}
}

// common counts the words two bags share.
func common(a, b []string) (n int) {
	count := make(map[string]int, len(a))
	for _, w := range a {
		count[w]++
	}
	for _, w := range b {
		if count[w] > 0 {
			count[w]--
			n++
		}
	}
	return n
}

// shingles returns precision and recall of the shingles of got. Two texts
// with the same shingles score 1 even when both are empty.
func shingles(want, got []string) (p, r float64) {
	a, b := shingleList(want), shingleList(got)
	tp := common(a, b)
	fp, fn := len(b)-tp, len(a)-tp
	if fp == 0 && fn == 0 {
		return 1, 1
	}
	return ratio(tp, tp+fp), ratio(tp, tp+fn)
}

func shingleList(words []string) []string {
	if len(words) == 0 {
		return nil
	}
	n := max(1, len(words)-shingleWords+1)
	out := make([]string, n)
	for i := range out {
		out[i] = strings.Join(words[i:min(i+shingleWords, len(words))], " ")
	}
	return out
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func harmonic(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}
