// Package verdict tells whether a page is no article but what stands in front of one or
// in its place: a test for robots, a refusal, an error, a form to sign in, a question for
// age or consent, a search without results ... and whether an article is cut off by an
// offer to subscribe.
//
// What such pages say is data (data/walls.txt), in ten languages. No phrase decides
// alone. A page is a wall when it is short, when most of what it says is such phrases, and
// when they stand in several places, or in its title or heading; and more is asked of a
// page that has an author or a date. Articles about walls quote what walls say, in some of
// their sentences.
//
//	verdict.go  evidence of a page, what follows
//	phrases.go  data/walls.txt
package verdict

import "github.com/winnowtext/winnow/clean/internal/words"

// A Block is a piece of a page's text in reading order, menus and such left out.
type Block struct {
	Text    string
	Kept    bool // in the article's text
	Heading bool
	Linked  bool // most of it is links
	Wall    bool // its element or a rule says that it is an offer to subscribe

	says [kinds]uint8 // phrases of each kind, when the page was read
}

// A Page is what is asked about a page.
type Page struct {
	Title    string
	Blocks   []Block
	Credited bool // it has an author or a date
	Password bool // it has a field for a password

	title [kinds]uint8 // phrases of each kind in the title
	read  bool         // for phrases
}

// Says reports whether title or blocks hold any phrase of walls: if not, the page is
// none, whatever else is said of its blocks.
func (p *Page) Says() (any bool) {
	p.read = true
	p.title = find(p.Title)
	if code := firstWord(p.Title); statusCodes[code] {
		p.title[failed]++
	}
	any = p.title != [kinds]uint8{}
	for i := range p.Blocks {
		b := &p.Blocks[i]
		b.says = find(b.Text)
		any = any || b.says != [kinds]uint8{}
	}
	return any
}

// A Verdict is what the page is.
type Verdict uint8

// Verdicts.
const (
	None    Verdict = iota // nothing speaks for a wall
	Stub                   // a wall
	Partial                // an article that is cut off by an offer
)

// Bounds, from invented pages in ten languages; see testdata/walls.
const (
	// MaxWords is how many words of text a wall has at most. Consent notices are the
	// longest, with some 200.
	MaxWords = 260

	// partialWords is how much of an article stands in front of an offer, in words,
	// where nothing else says that it is cut off.
	partialWords = 110

	// teaserWords is the least text that is the beginning of an article.
	teaserWords = 14

	// mostly is the share of the text that is what walls say, and mostlyCredited that of
	// pages that have an author or a date.
	mostly         = .5
	mostlyCredited = .75

	// shortWords is the most text of a page of which its title and heading say enough.
	shortWords = 60

	// sentenceWords is the length of a block that is more than one or two sentences: it
	// has to hold two phrases.
	sentenceWords = 45
)

// evidence is what was found of one kind of wall.
type evidence struct {
	phrases int  // in the text
	blocks  int  // that hold any
	title   bool // in the title of the page
	heading bool
}

// strength adds up evidence: two are a wall if most of the text is.
func (e *evidence) strength() int {
	n := min(e.phrases, 3)
	if e.title {
		n += 2
	}
	if e.heading {
		n++
	}
	return n
}

// Of tells what a page is. Pages with more than MaxWords words of text are none.
func Of(p *Page) Verdict {
	var of [kinds]evidence
	var kept, covered, all, allCovered, prose, after int
	wall := false
	if !p.read {
		p.Says()
	}
	for k, n := range p.title {
		of[k].title = n > 0
	}
	for i := range p.Blocks {
		b := &p.Blocks[i]
		n := words.Count(b.Text)
		hits := b.says
		stub, offer := 0, hits[paywall]
		for k, h := range hits {
			if h == 0 {
				continue
			}
			of[k].phrases += int(h)
			of[k].blocks++
			of[k].heading = of[k].heading || b.Heading
			if k != int(paywall) {
				stub += int(h)
			}
		}
		says := stub > 0 && (n <= sentenceWords || stub > 1)
		switch {
		case b.Wall || offer > 0 && !b.Linked:
			wall = wall || b.Wall
			if offer > 0 {
				after++
			}
		case b.Kept && !says && !b.Heading && !b.Linked && n >= teaserWords/2:
			prose += n
			if after > 0 && !wall {
				after = 0 // the article goes on behind it
			}
		}
		if b.Linked {
			continue
		}
		all += n
		if says {
			allCovered += n
		}
		if b.Kept {
			if kept += n; says {
				covered += n
			}
		}
	}
	if kept > MaxWords {
		return None
	}
	if kept == 0 {
		kept, covered = all, allCovered
	}
	least := mostly
	if p.Credited {
		least = mostlyCredited
	}
	share := 0.0
	if kept > 0 {
		share = float64(covered) / float64(kept)
	}
	best := 0
	for k := range of {
		if k != int(paywall) {
			best = max(best, of[k].strength())
		}
	}
	switch {
	case best >= 2 && share >= least,
		best >= 4 && share >= least/2 && kept < shortWords && !p.Credited,
		p.Password && of[login].strength() >= 1 && prose < teaserWords,
		of[script].phrases > 0 && prose < teaserWords && kept < 40 && !p.Credited:
		if offer := &of[paywall]; prose < 2*teaserWords || offer.phrases == 0 {
			return Stub
		}
	}
	offer := &of[paywall]
	if (wall || offer.phrases > 1 || offer.heading) && offer.phrases > 0 && after > 0 && prose < partialWords {
		if prose < teaserWords {
			return Stub
		}
		return Partial
	}
	return None
}

// statusCodes are what titles of errors begin with.
var statusCodes = map[string]bool{"401": true, "403": true, "404": true, "410": true, "429": true, "451": true, "500": true, "502": true, "503": true, "504": true}
