package line

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// Classify marks lines, and pieces of lines, that rules call residue wherever
// they stand. Rules that need a place or neighbours are left to [Context].
// host is the page's host, for the rules of users; it may be empty.
func Classify(lines []Line, set *rules.Set, host string) {
	r := worker{ctx: context.Background(), set: set, host: host}
	r.classify(lines)
}

func (r *worker) classify(lines []Line) {
	set, w, host := r.set, &r.words, r.host
	stop := r.lang.language(r.ctx, lines, set)
	var g *gauge
	if r.model != nil {
		g = &r.gauge
		g.reset(set, r.model.odds, stop)
	}
	named := false // by rules, in this pass
	icons := iconWords{set: set, bit: set.List("icon")}
	read := 0
	for i := range lines {
		l := &lines[i]
		if read += len(l.Text) + 256; read > 1<<16 {
			if r.ctx.Err() != nil {
				return
			}
			read = 0
		}
		if len(l.Text) > maxLineBytes {
			l.state = kept
		}
		if l.state == dropped || len(l.Text) > maxLineBytes || l.known == stop|judged {
			continue
		}
		l.known = stop | judged
		if unhide(l); l.state == dropped {
			continue
		}
		w.NoIcons = l.traits&noIcons != 0
		if g != nil {
			w.Tokens = g.room(len(l.Text), named)
		}
		set.Scan(w, l.Text)
		l.measure(set, w, stop)
		if g != nil {
			g.take(r.ctx, l, w, named)
		}
		if len(w.Tokens) == 0 || l.Role == Code || l.state == kept {
			continue
		}
		if hit, ok := set.Match(w, host); ok {
			if hit.Rule.Keep {
				l.Stay(hit.Rule.ID)
				continue
			}
			if l.Sure && hit.Shape != rules.Whole {
				continue
			}
			if hit.Rule.Anywhere() && !bullet(l.Text) && !(l.spaced && l.ends && l.words <= maxSpacedLabel) {
				l.dropBy(hit.Rule, "classify", consentOf(&hit, w))
				named = true
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
		trim(l, set, w, host)
	}
	markup(r.ctx, lines)
}

// consentOf is what a rule that acts anywhere needs in a clean text: little,
// if no author would write a line like that, more if it knows no more than how
// the line opens.
func consentOf(hit *rules.Hit, w *rules.Words) uint8 {
	switch hit.Rule.Kind {
	case "credit", "ad", "share", "paywall", "cookie", "newsletter", "icon", "js", "donate":
		return plainly
	}
	if len(w.Tokens) >= 2 && w.Tokens[0].Flags&w.Tokens[1].Flags&rules.Upper != 0 {
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

// bullet tells whether a line is an item of a list. Lists of an article hold
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

// trim cuts glued residue off a line's ends and out of it.
func trim(l *Line, set *rules.Set, w *rules.Words, host string) {
	from, to := 0, len(l.Text)
	if len(l.Cuts) > 0 {
		from = l.Cuts[0].End
	}
	for {
		hit, ok := set.Cut(w, host, from, to)
		if !ok {
			break
		}
		l.cut(hit.Start, hit.End, hit.Rule, "classify")
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
			l.cut(hit.Start, hit.End, hit.Rule, "classify")
			from = hit.End
		}
	}
	set.CutSkimmed(w, host, func(hit rules.Hit) {
		if hit.End <= to && !l.touches(hit.Start, hit.End) {
			l.cut(hit.Start, hit.End, hit.Rule, "classify")
		}
	})
}
