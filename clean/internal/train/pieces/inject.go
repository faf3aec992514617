package main

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/piece"
)

// Carriers of invented residue: clean enough texts.
const (
	minCarrier = 800 // characters
	maxCarrier = 9000
)

// Invented residue.
var (
	injectForms = []string{"spaced", "spaced", "spaced", "spaced", "spaced", "spaced", "lines", "lines", "lines", "blank", "blank", "glued", "wrapped", "indented", "markdown"}
	injections  = []int{0, 0, 1, 1, 2, 2, 3, 4} // pieces of a text, or runs of them
	many        = []int{2, 3, 4, 5, 6}          // the same of texts whose language only their residue has
)

const (
	minSentence   = 25  // characters of sentences that stand for headlines and captions
	maxSentence   = 130 //
	fewSentences  = 20  // with fewer, a language has none
	atItsPlace    = .7  // of the pieces stand where their kind does, the rest anywhere
	inline        = .3  // of the pieces share a paragraph with what is before
	captionTwice  = .15 // of the texts have a caption at the head that comes again at the end
	lookalikes    = .3  // of the texts hold sentences that only look like residue
	guests        = .12 // of the texts hold residue of a language that their fold has no carriers of
	fewCarriers   = 12  // with fewer texts, a fold has none
	rareLanguage  = 100 // with fewer texts, a language's are used twice, with other residue
	certainCopies = .5  // of carriers lose the residue of their own, so that not all are dirty
)

// foundCarriers makes carriers of the texts that nobody labelled: pieces which come
// again on the site are residue or not judged. Of one site there are at most each.
func foundCarriers(texts []corpus.Scraped, each int) []draft {
	bySite := map[string][]int{}
	for i := range texts {
		s := texts[i].Site()
		bySite[s] = append(bySite[s], i)
	}
	var out []draft
	var m piece.Memory
	for _, site := range sortedKeys(bySite) {
		list := bySite[site]
		bodies := make([]string, len(list))
		for k, i := range list {
			bodies[k] = texts[i].Text
		}
		r := countRepeats(&m, bodies)
		var of []draft
		for k, i := range list {
			f := &texts[i]
			n := utf8.RuneCountInString(f.Text)
			// Dumps are whole pages, mostly residue that does not come again.
			if f.Labels != nil || strings.HasPrefix(f.Source, "dumps") || n < minCarrier || n > maxCarrier {
				continue
			}
			of = append(of, draft{id: f.ID, site: site, lang: language(f.Lang), kind: "inject", corpus: "wild", lines: r.lines(&m, k, f.Text)})
		}
		out = append(out, choose(of, each, func(d *draft) string { return d.id })...)
	}
	return out
}

// lines are the paragraphs of the text with that number, their pieces labelled.
func (r *repeats) lines(m *piece.Memory, number int, text string) []lined {
	counts := r.counted(number, numberless(text))
	starts := wordStarts(text)
	var out []lined
	para, at := int32(-1), 0 // at: bytes of the text before the paragraph
	next := 0                // word
	for _, p := range m.Split(text) {
		for next < len(starts) && starts[next] < p.Start {
			next++
		}
		first := next
		for next < len(starts) && starts[next] < p.End {
			next++
		}
		label := r.label(number, counts[first:next], hash(numberless(text[p.Start:p.End])...))
		if p.Para != para || len(out) == 0 {
			out = append(out, lined{})
			para, at = p.Para, p.Start
		}
		l := &out[len(out)-1]
		l.text += text[at+len(l.text) : p.End]
		l.marks = append(l.marks, Mark{p.Start - at, p.End - at, label})
	}
	doubtShortRuns(out)
	for i := range out {
		out[i].text = strings.Map(func(r rune) rune { // bytes stay in place
			if r == '\n' || r == '\t' || r == '\r' {
				return ' '
			}
			return r
		}, out[i].text)
	}
	return out
}

// minRun is the number of pieces that must follow each other to be an article's: what
// stands alone among repeated pieces is as likely a headline or a menu that changes.
const minRun = 4

// doubtShortRuns takes back the label of article pieces that stand alone between
// others.
func doubtShortRuns(lines []lined) {
	var run []*Mark
	alone := false // whether there are other pieces at all, before or behind
	end := func() {
		if alone && len(run) < minRun {
			for _, m := range run {
				m[2] = unscored
			}
		}
		run = run[:0]
	}
	for i := range lines {
		for k := range lines[i].marks {
			m := &lines[i].marks[k]
			if m[2] == article {
				run = append(run, m)
				continue
			}
			alone = true
			end()
		}
	}
	end()
}

// goldCarrier makes a carrier of a gold text.
func goldCarrier(m *piece.Memory, p *corpus.Page, known matcher) draft {
	d := draft{id: p.Corpus + "/" + p.ID, site: corpus.Site(p.URL), lang: languageOf(p), kind: "inject", corpus: p.Corpus, lines: split(m, p.Gold, article)}
	free := lettersOf(p.Optional)
	for _, l := range d.lines {
		if partOf(letters(l.text), free) {
			for i := range l.marks {
				l.marks[i][2] = unscored
			}
		}
	}
	known.mistrust(d.lines)
	return d
}

// sourcesOf collects sentences and titles by language and fold: a headline is one of
// another text, never of a site that a model of the fold must not know.
func sourcesOf(carriers []draft, pages []corpus.Page, folds corpus.SiteFolds) map[string]sources {
	all := map[string]sources{}
	for i := range carriers {
		c := &carriers[i]
		key := sentenceKey(c.lang, folds.Of(c.site))
		s := all[key]
		for _, l := range c.lines {
			for _, m := range l.marks {
				x := strings.TrimSpace(l.text[m[0]:m[1]])
				if n := utf8.RuneCountInString(x); m[2] == article && n > minSentence && n < maxSentence {
					s.sentences = append(s.sentences, x)
				}
			}
		}
		all[key] = s
	}
	for i := range pages {
		p := &pages[i]
		if n := utf8.RuneCountInString(p.Title); n > minSentence && n < maxSentence {
			key := sentenceKey(languageOf(p), folds.Of(corpus.Site(p.URL)))
			s := all[key]
			s.titles = append(s.titles, strings.Join(strings.Fields(p.Title), " "))
			all[key] = s
		}
	}
	for key, s := range all {
		if len(s.sentences) < fewSentences {
			s.sentences, s.titles = nil, nil
		}
		if len(s.titles) < fewSentences {
			s.titles = nil
		}
		all[key] = s
	}
	return all
}

func sentenceKey(lang string, fold uint8) string { return lang + string('0'+rune(fold)) }

// inject puts invented residue of a language into a carrier. A guest is a language that
// is not the carrier's: models of other folds would not know it at all, where all its
// carriers are of one site.
func inject(c *draft, t *templates, from sources, lang string, guest bool, form string, rnd *rand.Rand) []lined {
	lines := c.lines
	if rnd.Float64() < certainCopies {
		lines = without(lines, residue)
	}
	n := 0
	for i := range lines {
		n += len(lines[i].marks)
	}
	type addition struct {
		text  string
		label int
	}
	at := make([][]addition, n+1) // before each piece, and behind the last
	add := func(i int, s string, label int) { at[i] = append(at[i], addition{s, label}) }
	times := injections
	if guest {
		times = many
	}
	for range pick(rnd, times) {
		r := t.invent(lang, from, rnd)
		where := rnd.IntN(n + 1)
		if rnd.Float64() < atItsPlace {
			if r.head {
				where = 0
			} else if r.tail {
				where = n
			}
		}
		for _, s := range r.texts {
			add(where, s, residue)
		}
	}
	if len(from.sentences) > 0 && rnd.Float64() < captionTwice {
		s := strings.TrimRight(pick(rnd, from.sentences), ".")
		add(0, s, residue)
		add(n, s, residue)
	}
	if list := t.texts[lang][keep]; len(list) > 0 && rnd.Float64() < lookalikes {
		for range 1 + rnd.IntN(2) {
			add(rnd.IntN(n+1), t.fill(pick(rnd, list), lang, from, rnd), article)
		}
	}
	// On one line it makes no difference; glued, it would hardly ever be.
	apart := func() bool { return form == "glued" || rnd.Float64() >= inline }
	var out []lined
	open := false // whether the last line may take on more
	put := func(gap, s string, label int, newLine bool) {
		if newLine || !open || len(out) == 0 {
			out = append(out, lined{})
			gap, open = "", true
		}
		l := &out[len(out)-1]
		l.text += gap
		l.marks = append(l.marks, Mark{len(l.text), len(l.text) + len(s), label})
		l.text += s
	}
	next := 0
	for i := range lines {
		l := &lines[i]
		end := 0
		for k, m := range l.marks {
			gap, newLine := l.text[end:m[0]], k == 0
			for _, s := range at[next] {
				own := apart()
				put(" ", s.text, s.label, own)
				open = !own
				gap, newLine = " ", newLine || own
			}
			put(gap, l.text[m[0]:m[1]], m[2], newLine)
			end = m[1]
			next++
		}
	}
	for _, s := range at[next] {
		put(" ", s.text, s.label, apart())
	}
	return out
}

// without leaves out the pieces with a label.
func without(lines []lined, label int) []lined {
	var out []lined
	for i := range lines {
		l := &lines[i]
		var x lined
		end, gone := 0, false
		for _, m := range l.marks {
			if m[2] == label {
				gone = true
				end = m[1]
				continue
			}
			if len(x.marks) > 0 {
				if gap := l.text[end:m[0]]; gap == "" && gone {
					x.text += " "
				} else {
					x.text += gap
				}
			}
			gone, end = false, m[1]
			x.marks = append(x.marks, Mark{len(x.text), len(x.text) + m[1] - m[0], m[2]})
			x.text += l.text[m[0]:m[1]]
		}
		if len(x.marks) > 0 {
			out = append(out, x)
		}
	}
	return out
}
