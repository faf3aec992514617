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

// newReader returns a reader for a page in a language such as "en-gb". The address
// of the page may be nil.
func newReader(lang string, page *url.URL) *reader {
	primary, _, _ := strings.Cut(lang, "-")
	host := ""
	if page != nil {
		host = page.Hostname()
	}
	return &reader{date.Reader{Lang: primary, Order: date.OrderOf(lang, host), Now: time.Now()}}
}

// dates finds when the page was published and last changed.
func (f *facts) dates(ld *linked, near *surroundings, d *reader) (published, modified time.Time) {
	from := func(n jsonld.Node, key jsonld.Key) time.Time {
		t, _ := d.Machine(n.Get(key).Str())
		return t
	}
	first := func(field string, sources ...dateSource) (t time.Time) {
		for _, s := range sources {
			if t = s.find(); !t.IsZero() {
				f.note(field, s.where, s.what)
				break
			}
		}
		return t
	}
	published = first("published",
		dateSource{"json-ld", "datePublished", func() time.Time { return from(ld.main, jsonld.KeyPublished) }},
		dateSource{"meta", "date", func() time.Time { return f.metaDate(d, fieldPublished) }},
		dateSource{"json-ld", "datePublished", func() time.Time { return from(ld.page, jsonld.KeyPublished) }},
		dateSource{"microdata", "datePublished", func() time.Time { return f.itemDate(d, near, signItemDate) }},
	)
	modified = first("modified",
		dateSource{"json-ld", "dateModified", func() time.Time { return from(ld.main, jsonld.KeyModified) }},
		dateSource{"meta", "date", func() time.Time { return f.metaDate(d, fieldModified) }},
		dateSource{"json-ld", "dateModified", func() time.Time { return from(ld.page, jsonld.KeyModified) }},
		dateSource{"microdata", "dateModified", func() time.Time { return f.itemDate(d, near, signItemMod) }},
	)
	published = ld.precise(d, published)
	shown := f.shownDates(d, near)
	var address time.Time
	if f.page != nil {
		address = d.Path(f.page.Path)
	}
	if s := shown.published; s.IsZero() && published.Equal(modified) {
		// An export fills in its own time for both: ask the whole article.
		shown.published = f.labelledDate(d, near)
		shown.labelled = !shown.published.IsZero()
	}
	switch settled := shown.settle(published, address); {
	case settled.IsZero():
		published = first("published",
			dateSource{"page", "labelled date", func() time.Time { return f.labelledDate(d, near) }},
			dateSource{"address", "", func() time.Time { return address }},
			dateSource{"json-ld", "dateCreated", func() time.Time { return from(ld.main, jsonld.KeyCreated) }},
			dateSource{"page", "only date", func() time.Time { return f.onlyDate(d, near) }},
		)
	case !settled.Equal(published):
		published = settled
		f.note("published", "page", "date beside the headline")
		if settled.Equal(address) {
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

// A dateSource is a place where a date is given.
type dateSource struct {
	where, what string
	find        func() time.Time
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
// the date of publication.
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
		d.lineDates(text, func(found time.Time, l label) {
			if l != labelPublished {
				return
			}
			several = several || !t.IsZero() && day(t) != day(found)
			t = found
		})
	}
	if several {
		return time.Time{}
	}
	return t
}
