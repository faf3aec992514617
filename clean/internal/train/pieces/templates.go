package main

import (
	_ "embed"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/corpus"
)

// residueFile holds the invented residue; it says itself how it is read.
//
//go:embed data/residue.txt
var residueFile string

// templates are the invented residue of all languages.
type templates struct {
	places map[string]place               // by kind
	kinds  map[string][]string            // by language: kinds in order
	texts  map[string]map[string][]string // by language and kind
	words  map[string]map[string][]string // by language and list: given, family, months, ...
}

// keep is the section of sentences that stay.
const keep = "keep"

// place says how often a kind is met, and where.
type place struct {
	share     float64
	where     []string // head, tail, any
	run, list bool
}

func parsePlace(s string) (p place, err error) {
	share, rest, _ := strings.Cut(s, " ")
	if p.share, err = strconv.ParseFloat(share, 64); err != nil || p.share <= 0 {
		return p, fmt.Errorf("%q is no share", share)
	}
	for _, w := range strings.Fields(rest) {
		switch w {
		case "run":
			p.run = true
		case "list":
			p.list = true
		case "head", "tail", "any":
			p.where = append(p.where, w)
		default:
			return p, fmt.Errorf("%q is no place", w)
		}
	}
	if len(p.where) == 0 {
		return p, errors.New("no place")
	}
	return p, nil
}

// header is the first line of a section; "[READ: {h}]" is a template.
var header = regexp.MustCompile(`^\[([a-z]+) ([a-z]+)\]$`)

// parseTemplates reads the sections of residue.txt.
func parseTemplates(data string) (*templates, error) {
	t := &templates{
		places: map[string]place{}, kinds: map[string][]string{},
		texts: map[string]map[string][]string{}, words: map[string]map[string][]string{},
	}
	var lang, section string
	for i, l := range strings.Split(data, "\n") {
		if l = strings.TrimSpace(l); l == "" || l[0] == '#' {
			continue
		}
		if m := header.FindStringSubmatch(l); m != nil {
			lang, section = m[1], m[2]
			if section != "words" && section != "places" && section != keep && t.places[section].share == 0 {
				return nil, fmt.Errorf("line %d: nothing says where %s stands", i+1, section)
			}
			continue
		}
		if err := t.add(lang, section, l); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return t, nil
}

// add takes in a line of a section.
func (t *templates) add(lang, section, l string) error {
	switch section {
	case "":
		return fmt.Errorf("%q is in no section", l)
	case "places", "words":
		name, list, ok := strings.Cut(l, ": ")
		if !ok {
			return fmt.Errorf("%q is no list", l)
		}
		if section == "places" {
			p, err := parsePlace(list)
			t.places[name] = p
			return err
		}
		if t.words[lang] == nil {
			t.words[lang] = map[string][]string{}
		}
		for _, w := range strings.Split(list, "|") {
			t.words[lang][name] = append(t.words[lang][name], strings.TrimSpace(w))
		}
		return nil
	}
	if strings.ContainsAny(fields.Replace(l), "{}") {
		return fmt.Errorf("%q has an unknown field", l)
	}
	if t.texts[lang] == nil {
		t.texts[lang] = map[string][]string{}
	}
	if t.texts[lang][section] == nil && section != keep {
		t.kinds[lang] = append(t.kinds[lang], section)
	}
	if slices.Contains(t.texts[lang][section], l) {
		return fmt.Errorf("%q stands there twice", l)
	}
	t.texts[lang][section] = append(t.texts[lang][section], l)
	return nil
}

// fields takes the fields out of a template.
var fields = strings.NewReplacer("{h}", "", "{c}", "", "{n}", "", "{a}", "", "{s}", "", "{d}", "", "{u}", "", "{m}", "", "{i}", "")

// list is a list of words in that language, or in all.
func (t *templates) list(lang, name string) []string {
	if l := t.words[lang][name]; l != nil {
		return l
	}
	return t.words["all"][name]
}

// ofFold returns the templates that texts of a fold may hold. A template without a
// headline or caption belongs to one fold: else the weights that judge a text would have
// seen all that was invented in it, and the trees would learn to trust them more than
// they can be trusted on what nobody invented.
func (t *templates) ofFold(fold uint8) *templates {
	out := *t
	out.texts = map[string]map[string][]string{}
	for lang, sections := range t.texts {
		out.texts[lang] = map[string][]string{}
		for section, texts := range sections {
			var own []string
			for _, text := range texts {
				if wants(text) || section == keep || hash(text)%corpus.Folds == uint64(fold) {
					own = append(own, text)
				}
			}
			if own == nil {
				own = texts
			}
			out.texts[lang][section] = own
		}
	}
	return &out
}

// languages are the languages there is residue of, in order.
func (t *templates) languages() []string { return sortedKeys(t.texts) }

// invented is invented residue: pieces that follow each other.
type invented struct {
	texts      []string
	head, tail bool // where it stands, if not anywhere
}

// sources are what captions and headlines are made of.
type sources struct{ sentences, titles []string }

// Runs of residue.
const (
	runShare  = .5 // of the kinds that may come in runs do,
	longRun   = 6  // of at most that many pieces
	listShare = .5 // of the kinds that may have a list of headlines do,
	longList  = 6  // of at most that many
)

// bullets stand before the headlines of a list.
var bullets = []string{"", "", "", "- ", "• ", "* ", "→ ", "> "}

// invent makes residue of a language. Where there are no sentences for captions and
// headlines, it is of a kind that needs none.
func (t *templates) invent(lang string, from sources, rnd *rand.Rand) invented {
	for {
		kind := t.kind(lang, rnd)
		list := t.texts[lang][kind]
		text := pick(rnd, list)
		if wants(text) && len(from.sentences) == 0 {
			continue
		}
		p := t.places[kind]
		where := pick(rnd, p.where)
		r := invented{texts: []string{t.fill(text, lang, from, rnd)}, head: where == "head", tail: where == "tail"}
		switch {
		case p.run && rnd.Float64() < runShare:
			for range 1 + rnd.IntN(longRun-1) {
				if text := pick(rnd, list); !wants(text) {
					r.texts = append(r.texts, t.fill(text, lang, from, rnd))
				}
			}
		case p.list && strings.HasSuffix(text, "{h}") && rnd.Float64() < listShare:
			r.texts[0] = t.fill(strings.TrimRight(strings.TrimSuffix(text, "{h}"), " "), lang, from, rnd)
			bullet := pick(rnd, bullets)
			for range 2 + rnd.IntN(longList-1) {
				r.texts = append(r.texts, bullet+headline(from, rnd))
			}
		}
		return r
	}
}

// kind is a kind of a language, by its share.
func (t *templates) kind(lang string, rnd *rand.Rand) string {
	sum := 0.
	for _, k := range t.kinds[lang] {
		sum += t.places[k].share
	}
	at := rnd.Float64() * sum
	for _, k := range t.kinds[lang] {
		if at -= t.places[k].share; at < 0 {
			return k
		}
	}
	return t.kinds[lang][0]
}

// wants reports whether a template is made of other texts.
func wants(text string) bool { return strings.Contains(text, "{h}") || strings.Contains(text, "{c}") }

// Captions and headlines.
const (
	twoSentences = .2 // of the captions
	titleShare   = .5 // of the headlines, where there are titles
	clauseShare  = .4 // of the other headlines end where the sentence has a comma
	minClause    = 20 // bytes before it
	endMarks     = ".!?…。！？।؟"
)

// headline is a title of another page, or a sentence of another text without its end.
func headline(from sources, rnd *rand.Rand) string {
	if len(from.titles) > 0 && rnd.Float64() < titleShare {
		return pick(rnd, from.titles)
	}
	s := strings.TrimRight(pick(rnd, from.sentences), endMarks)
	if i := strings.Index(s, ", "); i > minClause && rnd.Float64() < clauseShare {
		s = s[:i]
	}
	return s
}

// caption is a sentence or two of another text.
func caption(from sources, rnd *rand.Rand) string {
	s := pick(rnd, from.sentences)
	if rnd.Float64() < twoSentences {
		s = strings.TrimRight(s, endMarks) + ". " + pick(rnd, from.sentences)
	}
	return s
}

// fill puts names, dates and sentences into a template.
func (t *templates) fill(text, lang string, from sources, rnd *rand.Rand) string {
	if before, after, ok := strings.Cut(text, "{h}"); ok {
		text = before + headline(from, rnd) + after
	}
	if before, after, ok := strings.Cut(text, "{c}"); ok {
		text = before + caption(from, rnd) + after
	}
	for strings.Contains(text, "{n}") {
		text = strings.Replace(text, "{n}", t.name(lang, rnd), 1)
	}
	for strings.Contains(text, "{u}") {
		text = strings.Replace(text, "{u}", pick(rnd, t.list(lang, "networks")), 1)
	}
	for strings.Contains(text, "{d}") {
		text = strings.Replace(text, "{d}", t.date(lang, rnd), 1)
	}
	return strings.NewReplacer(
		"{a}", pick(rnd, t.list(lang, "agencies")), "{s}", pick(rnd, t.list(lang, "sites")), "{i}", strconv.Itoa(2+rnd.IntN(900)),
		"{m}", pick(rnd, []string{"redaktion", "news", "editor", "info", "desk"})+"@example.com",
	).Replace(text)
}

// name is a person's name.
func (t *templates) name(lang string, rnd *rand.Rand) string {
	given, family := pick(rnd, t.list(lang, "given")), pick(rnd, t.list(lang, "family"))
	switch lang {
	case "ko", "zh", "ja":
		return family + given
	case "vi", "hu":
		return family + " " + given
	}
	return given + " " + family
}

// date is a date as that language writes it.
func (t *templates) date(lang string, rnd *rand.Rand) string {
	day, month, year := 1+rnd.IntN(28), 1+rnd.IntN(12), 2010+rnd.IntN(16)
	forms := append(slices.Clone(t.list("all", "dates")), t.words[lang]["dates"]...)
	name := strconv.Itoa(month)
	if m := t.words[lang]["months"]; len(m) == 12 {
		name = m[month-1]
	}
	two := func(n int) string { return fmt.Sprintf("%02d", n) }
	return strings.NewReplacer(
		"DD", two(day), "D", strconv.Itoa(day), "MM", two(month), "M", name, "YYYY", strconv.Itoa(year),
		"hh", two(rnd.IntN(24)), "mm", two(rnd.IntN(60)),
	).Replace(pick(rnd, forms))
}
