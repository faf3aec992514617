package meta

import (
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/clean/internal/meta/date"
	"github.com/winnowtext/winnow/clean/internal/meta/jsonld"
)

// A reader reads dates and names in lines, as pages of a language write them.
type reader struct{ date.Reader }

// reset makes it a reader for a page in a language such as "en-gb". The address of
// the page may be nil.
func (d *reader) reset(lang string, page *url.URL) {
	primary, _, _ := strings.Cut(lang, "-")
	host := ""
	if page != nil {
		host = page.Hostname()
	}
	d.Reader = date.Reader{Lang: primary, Order: date.OrderOf(lang, host), Now: time.Now()}
}

// dates finds when the page was published and last changed.
func (f *facts) dates(ld *linked, near *surroundings, d *reader) (published, modified time.Time) {
	s := &dating{facts: f, ld: ld, near: near, d: d}
	published = s.first("published", publishedSources[:])
	modified = s.first("modified", modifiedSources[:])
	published = ld.precise(d, published)
	shown := f.shownDates(d, near)
	if f.page != nil {
		s.address = d.Path(f.page.Path)
	}
	if shown.published.IsZero() && published.Equal(modified) {
		// An export fills in its own time for both: ask the whole article.
		shown.published = f.labelledDate(d, near)
		shown.labelled = !shown.published.IsZero()
	}
	switch settled := shown.settle(published, s.address); {
	case settled.IsZero():
		if published = s.first("published", otherDateSources[:]); !modified.IsZero() && published.Equal(modified) {
			published = time.Time{} // the only date of the page is that of its change
			f.unnote("published")
		}
	case !settled.Equal(published):
		published = settled
		f.note("published", "page", "date beside the headline")
		if settled.Equal(s.address) {
			f.note("published", "address", "")
		}
	}
	if modified.IsZero() && !shown.modified.IsZero() {
		modified = shown.modified
		f.note("modified", "page", "date beside the headline")
	}
	if !published.IsZero() && !modified.After(published) {
		modified = time.Time{}
		f.unnote("modified")
	}
	return published, modified
}

// dating is what dates of a page are looked for in.
type dating struct {
	*facts
	ld      *linked
	near    *surroundings
	d       *reader
	address time.Time // the day in the page's address
}

// A dateSource is a place where a date is given.
type dateSource struct {
	where, what string
	find        func(*dating) time.Time
}

// The sources of a date, in order of trust.
var (
	publishedSources = [...]dateSource{
		{"json-ld", "datePublished", func(s *dating) time.Time { return s.linked(&s.ld.main, jsonld.KeyPublished) }},
		{"meta", "date", func(s *dating) time.Time { return s.metaDate(s.d, fieldPublished) }},
		{"json-ld", "datePublished", func(s *dating) time.Time { return s.linked(&s.ld.page, jsonld.KeyPublished) }},
		{"microdata", "datePublished", func(s *dating) time.Time { return s.itemDate(s.d, s.near, signItemDate) }},
	}
	modifiedSources = [...]dateSource{
		{"json-ld", "dateModified", func(s *dating) time.Time { return s.linked(&s.ld.main, jsonld.KeyModified) }},
		{"meta", "date", func(s *dating) time.Time { return s.metaDate(s.d, fieldModified) }},
		{"json-ld", "dateModified", func(s *dating) time.Time { return s.linked(&s.ld.page, jsonld.KeyModified) }},
		{"microdata", "dateModified", func(s *dating) time.Time { return s.itemDate(s.d, s.near, signItemMod) }},
	}
	otherDateSources = [...]dateSource{
		{"page", "labelled date", func(s *dating) time.Time { return s.labelledDate(s.d, s.near) }},
		{"address", "", func(s *dating) time.Time { return s.address }},
		{"json-ld", "dateCreated", func(s *dating) time.Time { return s.linked(&s.ld.main, jsonld.KeyCreated) }},
		{"page", "only date", func(s *dating) time.Time { return s.onlyDate(s.d, s.near) }},
	}
)

// first is the date that the first of the sources gives.
func (s *dating) first(field string, sources []dateSource) (t time.Time) {
	for i := range sources {
		if t = sources[i].find(s); !t.IsZero() {
			s.note(field, sources[i].where, sources[i].what)
			break
		}
	}
	return t
}

// linked is a date of a node of JSON-LD.
func (s *dating) linked(n *jsonld.Node, key jsonld.Key) time.Time {
	t, _ := s.d.Machine(n.Get(key).Str())
	return t
}

// onlyDate reads the date of the page's time elements where all give the same day,
// those in a column beside the text included.
func (f *facts) onlyDate(d *reader, near *surroundings) (t time.Time) {
	if near.node == nil {
		return t
	}
	several := false
	take := func(n *html.Node) {
		if found, ok := d.element(n); ok {
			several = several || !t.IsZero() && day(t) != day(found)
			t = found
		}
	}
	for _, h := range f.moments {
		if h.sign&signTime != 0 && !near.inAside(h.node) && labelOf(leadOf(d, textOf(h.node, date.MaxText))) < labelModified {
			take(h.node)
		}
	}
	for _, n := range f.asideTimes {
		take(n)
	}
	if several {
		return time.Time{}
	}
	return t
}

func (f *facts) metaDate(d *reader, id field) time.Time {
	var out time.Time
	low := -1
	for _, v := range f.values[id] {
		if t, ok := d.Machine(f.line(v.text)); ok && (low < 0 || v.rank < low) {
			out, low = t, v.rank
		}
	}
	return out
}

// itemDate reads the first microdata date of the article.
func (f *facts) itemDate(d *reader, near *surroundings, want sign) time.Time {
	for _, h := range f.moments {
		if h.sign&want == 0 || near.inAside(h.node) {
			continue
		}
		if t, ok := d.element(h.node); ok {
			return t
		}
	}
	return time.Time{}
}

// element reads the date of an element: from the attributes made for it,
// else its text.
func (d *reader) element(n *html.Node) (time.Time, bool) {
	for _, key := range [...]string{"datetime", "content"} {
		if v := attr(n, key); v != "" {
			if t, ok := d.Machine(v); ok {
				return t, true
			}
		}
	}
	text := textOf(n, date.MaxText)
	if len(text) > maxLine {
		return time.Time{}, false
	}
	found, ok := d.Find(text)
	return found.Time, ok
}

func midnight(t time.Time) bool {
	return t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0
}

func day(t time.Time) int {
	return t.Year()*10000 + int(t.Month())*100 + t.Day()
}

// labelledDate reads the one date that elements anywhere in the article call
// the date of publication, or that stands in front of one of a change.
func (f *facts) labelledDate(d *reader, near *surroundings) (t time.Time) {
	several := false
	for _, h := range f.moments {
		if near.inAside(h.node) {
			continue
		}
		text := textOf(h.node, maxLine)
		if len(text) > maxLine {
			continue
		}
		var first time.Time // before a date of a change, without a label
		take := func(found time.Time) {
			several = several || !t.IsZero() && day(t) != day(found)
			t = found
		}
		d.lineDates(text, func(found time.Time, l label) {
			switch {
			case l == labelPublished:
				take(found)
			case l == labelNone:
				first = found
			case l == labelModified && !first.IsZero():
				take(first)
			}
		})
	}
	if several {
		return time.Time{}
	}
	return t
}
