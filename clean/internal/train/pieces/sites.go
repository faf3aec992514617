package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/piece"
	"github.com/winnowtext/winnow/clean/memory"
)

// An inventedSite is gold texts into which sentences were put that they repeat: invented
// residue, and sentences of other articles that stay, as background, introductions and
// what a later story repeats.
type inventedSite struct {
	docs  []Document // some of its texts
	known *memory.Site
}

// Invented sites.
const (
	inventedSites = 120
	inventedDocs  = 5   // texts of a site that are learned from
	leastCarriers = 24  // golds of a language and fold
	refilled      = .3  // of the notices have other names and numbers in each text
	background    = .15 // of the sites repeat sentences that stay
)

var (
	siteTexts  = []int{7, 12, 20, 40}
	siteShares = []float64{.2, .5, .8, .95} // of the texts hold what the site repeats
)

// inventSites makes sites of golds.
func inventSites(pages []corpus.Page, folds corpus.SiteFolds, t *templates) []inventedSite {
	byKey := map[string][]draft{}
	var all []draft
	var m piece.Memory
	known := t.matcher()
	for i := range pages {
		p := &pages[i]
		lang := languageOf(p)
		if n := utf8.RuneCountInString(p.Gold); t.texts[lang] == nil || n < minCarrier || n > maxCarrier {
			continue
		}
		d := goldCarrier(&m, p, known)
		key := sentenceKey(lang, folds.Of(d.site))
		byKey[key] = append(byKey[key], d)
		all = append(all, d)
	}
	from := sourcesOf(all, pages, folds)
	var keys []string
	for _, key := range sortedKeys(byKey) {
		if len(byKey[key]) >= leastCarriers && len(from[key].sentences) > 0 {
			keys = append(keys, key)
		}
	}
	out := make([]inventedSite, inventedSites)
	_ = parallel(len(out), func(i int) error {
		key := keys[i%len(keys)]
		fold := folds.Of(byKey[key][0].site)
		out[i] = inventSite(fmt.Sprintf("invented-%d", i), byKey[key], fold, t.ofFold(fold), from[key])
		return nil
	})
	return out
}

// A repeated is what a site repeats.
type repeated struct {
	notice invented
	stays  bool    // it is article
	share  float64 // of the texts that hold it
	place  int     // of three: head, anywhere, tail
	again  func(*rand.Rand) []string
}

func inventSite(name string, carriers []draft, fold uint8, t *templates, from sources) (s inventedSite) {
	rnd := random("site", name)
	lang := carriers[0].lang
	var list []repeated
	for range 1 + rnd.IntN(3) {
		r := repeated{notice: t.invent(lang, from, rnd), share: pick(rnd, siteShares), place: 1}
		if r.notice.head {
			r.place = 0
		} else if r.notice.tail {
			r.place = 2
		}
		if kind := t.kind(lang, rnd); rnd.Float64() < refilled {
			text := pick(rnd, t.texts[lang][kind])
			r.again = func(rnd *rand.Rand) []string { return []string{t.fill(text, lang, from, rnd)} }
		}
		list = append(list, r)
	}
	if rnd.Float64() < background {
		for range 1 + rnd.IntN(2) {
			r := repeated{stays: true, share: pick(rnd, siteShares), place: pick(rnd, []int{0, 1, 2, 2, 2})}
			for range 1 + rnd.IntN(3) {
				r.notice.texts = append(r.notice.texts, pick(rnd, from.sentences))
			}
			r.notice.texts = []string{strings.Join(r.notice.texts, " ")}
			list = append(list, r)
		}
	}
	chosen := choose(carriers, min(pick(rnd, siteTexts), len(carriers)), func(d *draft) string { return name + d.id })
	var mem memory.Memory
	for i := range chosen {
		c := &chosen[i]
		rnd := random(name, c.id)
		form := pick(rnd, injectForms)
		d := Document{ID: name + "/" + c.id, Site: name, Fold: fold, Lang: lang, Form: form, Kind: "inject", Corpus: "invented"}
		d.Text, d.Marks = flatten(repeatIn(c.lines, list, rnd), form, rnd)
		mem.Learn(memory.Text{Body: d.Text})
		if i < inventedDocs {
			s.docs = append(s.docs, d)
		}
	}
	s.known = mem.Index().Site("")
	return s
}

// repeatIn puts what a site repeats between the lines of a text.
func repeatIn(lines []lined, list []repeated, rnd *rand.Rand) []lined {
	at := make([][]lined, len(lines)+1)
	for _, r := range list {
		if rnd.Float64() > r.share {
			continue
		}
		k := []int{0, rnd.IntN(len(lines) + 1), len(lines)}[r.place]
		texts, label := r.notice.texts, residue
		if r.again != nil {
			texts = r.again(rnd)
		}
		if r.stays {
			label = article
		}
		for _, s := range texts {
			at[k] = append(at[k], lined{s, []Mark{{0, len(s), label}}})
		}
	}
	var out []lined
	for i, l := range lines {
		out = append(append(out, at[i]...), l)
	}
	return append(out, at[len(lines)]...)
}
