package line

import (
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/words"
)

// Classify marks lines, and pieces of lines, that rules call residue wherever
// they stand. Rules that need a place or neighbours are left for Clean. host is
// the page's host, for the rules of users; it may be empty.
func (m *Memory) Classify(lines []Line, set *rules.Set, host string) {
	m.begin(nil, set, host)
	m.classify(lines)
}

func (m *Memory) classify(lines []Line) {
	set, w, host := m.set, &m.words, m.host
	stop := m.lang.language(m.Clock, lines, set)
	icons := iconWords{set: set, bit: set.List("icon")}
	for i := range lines {
		l := &lines[i]
		m.Clock.Step()
		if l.clear {
			continue
		}
		m.Clock.Spend(len(l.Text) * scanUnits)
		if l.state == dropped || l.known == stop|judged {
			continue
		}
		if l.known != 0 {
			l.pending = nil // that was with function words of another language
		}
		l.known = stop | judged
		if unhide(l); l.state == dropped {
			continue
		}
		w.NoIcons = l.traits&noIcons != 0
		set.Scan(w, l.Text)
		l.measure(set, w, stop)
		if len(w.Tokens) == 0 || l.Role == Code || l.state == kept {
			continue
		}
		if hit, ok := set.Match(w, host); ok {
			if hit.Rule.Keep {
				l.Stay(hit.Rule.ID)
				continue
			}
			if (l.Sure || l.trusted() && !hit.Rule.User && !hit.Rule.Sure) && hit.Shape != rules.Whole {
				continue
			}
			if !hit.Rule.User && inListing(lines, i) {
				l.known = 0 // what is around it may change
				continue
			}
			if hit.Rule.Anywhere() && (hit.Rule.Sure && len(w.Tokens) > 2 || !bullet(l.Text)) && !(hit.Rule.Sure && l.inner()) {
				l.dropBy(hit.Rule, "classify", consentOf(&hit, w))
				continue
			}
			l.pending = hit.Rule
		}
		if l.Sure || l.state == trimmed {
			continue // ... by what nobody sees: the next pass sees the rest
		}
		if end := icons.run(w); end == len(l.Text) {
			l.drop("icon", "icon.run", "classify")
			continue
		} else if end > 0 {
			l.Cuts = append(l.Cuts, Cut{Start: 0, End: end, Kind: "icon", Rule: "icon.run", Step: "classify"})
			l.state = trimmed
		}
		trim(lines, i, set, w, host)
	}
	m.markup(lines)
}

// trustedP is the block model's probability from which on a sentence of a page is the
// article's, whatever words it has in common with a notice.
const trustedP = .9

// trusted reports whether the block model is sure of a line, and it reads like a sentence.
func (l *Line) trusted() bool { return l.P >= trustedP && l.Role == Para && l.sentence() }

// scanUnits is what it takes to scan a byte, in units of work.
const scanUnits = 16

// inner reports whether a piece of flattened text is part of a sentence, or holds a link
// that its author set: rules are not sure there.
func (l *Line) inner() bool {
	return l.Role == Plain && (l.Glued && opensSmall(l.Text) || strings.Contains(l.Text, "]("))
}

// consentOf is what a rule that acts anywhere needs of the model: nothing if it is sure,
// little if no author would write a line like that, more if it knows no more than how
// the line opens.
func consentOf(hit *rules.Hit, w *rules.Words) uint8 {
	if hit.Rule.Sure {
		return noConsent
	}
	switch hit.Rule.Kind {
	case "credit", "ad", "share", "paywall", "cookie", "newsletter", "icon", "js", "donate":
		return plainly
	}
	if len(w.Tokens) >= 2 && w.Tokens[0].Flags&w.Tokens[1].Flags&words.Upper != 0 {
		return inCapitals
	}
	if hit.Shape != rules.Whole && hit.Shape != rules.Run {
		return consentByPlace(hit.Rule)
	}
	return within
}

// consentByPlace is the same for a rule that acts by place: less for the labels
// of a page's furniture than for what authors write at a text's edge as well,
// such as dates and names.
func consentByPlace(r *rules.LineRule) uint8 {
	switch r.Kind {
	case "nav", "breadcrumb", "toc", "tools", "login", "search", "js":
		return within
	}
	return byPlace
}

// judged marks Line.known as set: no stop-word list has this bit.
const judged = 1 << 63

// bullet reports whether a line is an item of a list. Lists of an article hold
// single words that are labels elsewhere.
func bullet(text string) bool {
	for len(text) > 0 && (text[0] == ' ' || text[0] == '\t') {
		text = text[1:]
	}
	switch {
	case text == "" || isLetter(text[0]):
		return false
	case text[0] < utf8.RuneSelf:
		return len(text) > 1 && (text[0] == '-' || text[0] == '*') && text[1] == ' '
	}
	return strings.HasPrefix(text, "• ") || strings.HasPrefix(text, "– ") || strings.HasPrefix(text, "· ")
}

func isLetter(c byte) bool { c |= 0x20; return c >= 'a' && c <= 'z' }

// trim cuts glued residue off the ends of line i and out of it.
func trim(lines []Line, i int, set *rules.Set, w *rules.Words, host string) {
	l := &lines[i]
	cut := func(hit *rules.Hit) {
		if !hit.Rule.User && (inListing(lines, i) || printed(l.Text[hit.Start:hit.End])) {
			l.known = 0
			return
		}
		l.cut(hit.Start, hit.End, hit.Rule, "classify")
	}
	from, to := 0, len(l.Text)
	if len(l.Cuts) > 0 {
		from = l.Cuts[0].End
	}
	for {
		hit, ok := set.Cut(w, host, from, to)
		if !ok {
			break
		}
		cut(&hit)
		if hit.Shape == rules.Start {
			from = hit.End
		} else {
			to = hit.Start
		}
	}
	for next := 0; ; {
		hit, after, ok := set.CutInside(w, host, next)
		if !ok || hit.End > to {
			break
		}
		if next = after; hit.Start >= from {
			cut(&hit)
			from = hit.End
		}
	}
	set.CutSkimmed(w, host, func(hit rules.Hit) {
		if hit.End <= to && !l.touches(hit.Start, hit.End) {
			cut(&hit)
		}
	})
}
