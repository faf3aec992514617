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
	// Snippet counts wanted snippets found and unwanted snippets left in, over
	// all pages (trafilatura, tests/evaluate.py): white space squeezed, case as
	// it is.
	Snippet Metric = "snippet"
	// Shingle compares the multisets of four-word sequences, averages
	// precision and recall over the pages, and takes F1 of the two means
	// (scrapinghub/article-extraction-benchmark, evaluate.py). Case counts.
	Shingle Metric = "shingle"
)

// Known tells whether m is one of the metrics of this package.
func (m Metric) Known() bool { return m == Word || m == Snippet || m == Shingle }

// shingleWords is the length of a shingle; texts that are shorter form one.
const shingleWords = 4

// Gold is what a corpus knows about a page's article.
type Gold struct {
	Text    string   // the whole text; empty in corpora that have snippets only
	With    []string // snippets that belong to the text
	Without []string // snippets that do not
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

	Words     int `json:"words"`      // in the output
	GoldWords int `json:"gold_words"` // in the gold text
	Common    int `json:"common"`     // in both, as bags of lower-cased words

	Missing bool `json:"missing,omitempty"` // no output for this page; it counts as empty
}

// Page scores the text a tool printed for one page.
func (m Metric) Page(g Gold, text string) Page {
	var p Page
	p.snippets(g, text, m)
	low := Lower(text)
	got, want := Words(low), Words(Lower(g.Text))
	p.Words, p.GoldWords, p.Common = len(got), len(want), common(got, want)
	if m != Snippet {
		p.ShingleP, p.ShingleR = shingles(Words(g.Text), Words(text))
	}
	switch m {
	case Word:
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

// snippets looks for the snippets: by the word metric in lower-cased text as
// it is, by the others with white space squeezed.
func (p *Page) snippets(g Gold, text string, m Metric) {
	form := Squeeze
	if m == Word {
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
