package meta

import (
	"strings"
	"time"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// A Piece is a line that cleaning took out of the text and that may hold
// metadata: one of kind byline, date, credit or readmore.
type Piece struct {
	Kind string // the kind of residue, such as "byline"
	Rule string // the id of the rule that removed it
	Text string
}

// AddLines fills what is still unknown from removed lines, given in their
// order on the page. Values found earlier stay.
func (m *Meta) AddLines(clock *work.Clock, pieces []Piece) {
	d := new(reader)
	if len(pieces) > 0 {
		d.reset(m.Language, nil)
	}
	for _, p := range pieces {
		clock.Step()
		if len(p.Text) > maxByline {
			continue
		}
		text := chars.Squeeze(p.Text)
		published, modified, source := m.Published, m.Modified, m.Source
		switch p.Kind {
		case "byline":
			if len(m.Authors) == 0 {
				if m.Authors = lineNames(d, text); len(m.Authors) > 0 {
					m.Byline = text
					m.Origins = noted(noted(m.Origins, Origin{"authors", "text", p.Rule}), Origin{"byline", "text", p.Rule})
				}
			}
			m.addDate(d, text)
			m.addSource(text)
		case "date":
			m.addDate(d, text)
			m.addSource(text)
		case "credit":
			if m.Source == "" {
				m.Source = creditSource(text)
			}
		case "readmore":
			if m.Source == "" {
				m.Source = moreSource(text)
			}
		}
		for _, f := range [...]struct {
			name  string
			found bool
		}{{"published", m.Published != published}, {"modified", m.Modified != modified}, {"source_name", m.Source != source}} {
			if f.found {
				m.Origins = noted(m.Origins, Origin{f.name, "text", p.Rule})
			}
		}
	}
	if m.Published.IsZero() && m.URL == "" {
		// A text has no other witness: the date it shows, be it that of an
		// update, is the nearest to its publication.
		m.Published, m.Modified = m.Modified, time.Time{}
		for i := range m.Origins {
			if m.Origins[i].Field == "modified" {
				m.Origins[i].Field = "published"
			}
		}
	}
}

// addSource reads "Source: X" out of a line that holds a date or names, too.
func (m *Meta) addSource(text string) {
	if m.Source != "" {
		return
	}
	low := strings.ToLower(text)
	for _, w := range labels()["source"] {
		i := lastWord(low, w)
		if i < 0 || len(low) != len(text) { // the latter for rare scripts
			continue
		}
		rest := strings.TrimLeft(text[i+len(w):], " ")
		name, ok := strings.CutPrefix(rest, ":")
		if !ok {
			if name, ok = strings.CutPrefix(rest, "："); !ok {
				continue
			}
		}
		if parts := hardParts(nil, strings.TrimSpace(name)); len(parts) > 0 {
			name = parts[0]
		}
		if wide(name) { // what follows a blank is something else
			name, _, _ = strings.Cut(strings.TrimSpace(name), " ")
		}
		if m.Source = sourceName(name); m.Source != "" {
			return
		}
	}
}

// lineNames reads the names of a line known to be a byline.
func lineNames(d *reader, text string) []string {
	names, by := d.people(text, marked)
	if len(names) == 0 && by {
		names, _ = d.people(text, stated)
	}
	return names
}

func (m *Meta) addDate(d *reader, text string) {
	if !m.Published.IsZero() && !m.Modified.IsZero() {
		return
	}
	d.lineDates(text, func(t time.Time, l label) {
		switch {
		case l == labelModified && m.Modified.IsZero():
			m.Modified = t
		case l < labelModified && m.Published.IsZero():
			m.Published = t
		}
	})
}

// maxSource is the longest name of an agency or publication, in words.
const maxSource = 5

// creditSource reads "IANS/EFE", "(Reuters)", "Source: AP". The credit of a
// picture is no source of the text.
func creditSource(text string) string {
	if otherPerson(text) || strings.ContainsRune(text, '©') {
		return ""
	}
	if i := strings.LastIndexByte(text, ':'); i >= 0 {
		text = text[i+1:]
	}
	return sourceName(text)
}

// moreSource reads the publication in "Read more: NY Times". A headline after
// the colon is no publication.
func moreSource(text string) string {
	_, rest, ok := strings.Cut(text, ":")
	if !ok {
		return ""
	}
	return sourceName(rest)
}

// sourceName returns s when it reads like the name of a publication: a few
// words with capitals.
func sourceName(s string) string {
	s = strings.Trim(s, " ()[].-–—*\"“”")
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > maxSource || len(s) > maxLabel || isAddress(s) || strings.ContainsAny(s, "?!,;") {
		return ""
	}
	for _, w := range words {
		if !capital(w) && !bylines().particle.words[w] {
			return ""
		}
	}
	return s
}
