package meta

import (
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// reader returns a reader for dates as this page writes them.
func (f *facts) reader(lang string) *dateReader {
	primary, _, _ := strings.Cut(lang, "-")
	return &dateReader{lang: primary, order: f.order(lang), now: time.Now()}
}

// order decides how the page writes numeric dates, by its language's region,
// then the host's country.
func (f *facts) order(lang string) dateOrder {
	primary, region, _ := strings.Cut(lang, "-")
	tld := ""
	if f.page != nil {
		host := f.page.Hostname()
		tld = host[strings.LastIndexByte(host, '.')+1:]
	}
	switch tld {
	case "us", "gov", "mil", "edu", "ph":
		return orderMDY
	}
	if len(tld) == 2 && primary == "en" && tld != "io" && tld != "co" && tld != "ai" && tld != "me" && tld != "tv" && tld != "ca" {
		return orderDMY
	}
	switch primary {
	case "en":
		switch region {
		case "us", "ph":
			return orderMDY
		case "gb", "au", "nz", "ie", "in", "za", "sg", "ng", "ke", "pk":
			return orderDMY
		}
		return orderUnknown
	case "", "ja", "zh", "ko", "hu", "lt", "mn":
		return orderUnknown
	}
	return orderDMY
}

// dates finds when the page was published and last changed.
func (f *facts) dates(ld *linked, near *surroundings, d *dateReader) (published, modified time.Time) {
	from := func(n linkedNode, key linkedKey) time.Time {
		t, _ := d.machine(n.value.get(key).str())
		return t
	}
	first := func(finders ...func() time.Time) (t time.Time) {
		for _, find := range finders {
			if t = find(); !t.IsZero() {
				break
			}
		}
		return t
	}
	published = first(
		func() time.Time { return from(ld.main, keyPublished) },
		func() time.Time { return f.metaDate(d, fieldPublished) },
		func() time.Time { return from(ld.page, keyPublished) },
		func() time.Time { return f.itemDate(d, near, signItemDate) },
	)
	modified = first(
		func() time.Time { return from(ld.main, keyModified) },
		func() time.Time { return f.metaDate(d, fieldModified) },
		func() time.Time { return from(ld.page, keyModified) },
		func() time.Time { return f.itemDate(d, near, signItemMod) },
	)
	published = ld.precise(d, published)
	shown := f.shownDates(d, near)
	address := urlDate(d, f.page)
	if s := shown.published; s.IsZero() && published.Equal(modified) {
		// An export fills in its own time for both: ask the whole article.
		shown.published = f.labelledDate(d, near)
		shown.labelled = !shown.published.IsZero()
	}
	published = shown.settle(published, address)
	if published.IsZero() {
		published = first(
			func() time.Time { return f.labelledDate(d, near) },
			func() time.Time { return address },
			func() time.Time { return from(ld.main, keyCreated) },
		)
	}
	if modified.IsZero() {
		modified = shown.modified
	}
	if !published.IsZero() && !modified.After(published) {
		modified = time.Time{}
	}
	return published, modified
}

func (f *facts) metaDate(d *dateReader, id field) time.Time {
	var out time.Time
	low := -1
	for _, v := range f.values[id] {
		if t, ok := d.machine(clean(v.text)); ok && (low < 0 || v.rank < low) {
			out, low = t, v.rank
		}
	}
	return out
}

// itemDate reads the first microdata date of the article.
func (f *facts) itemDate(d *dateReader, near *surroundings, want sign) time.Time {
	for _, h := range f.moments {
		if h.sign&want == 0 || near.fence(h.node) {
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
func (d *dateReader) element(n *html.Node) (time.Time, bool) {
	for _, key := range [...]string{"datetime", "content"} {
		if v := attr(n, key); v != "" {
			if t, ok := d.machine(v); ok {
				return t, true
			}
		}
	}
	text := textOf(n, maxDateText)
	if len(text) > maxLine {
		return time.Time{}, false
	}
	found, ok := d.find(text, minShown)
	return found.t, ok
}

func midnight(t time.Time) bool {
	return t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0
}

func day(t time.Time) int {
	return t.Year()*10000 + int(t.Month())*100 + t.Day()
}

// labelledDate reads the one date that elements anywhere in the article call
// the date of publication.
func (f *facts) labelledDate(d *dateReader, near *surroundings) (t time.Time) {
	several := false
	for _, h := range f.moments {
		if near.fence(h.node) {
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

// urlDate reads /2015/09/16/, /2015-09-16- and /20150916/ in the address.
func urlDate(d *dateReader, page *url.URL) time.Time {
	if page == nil {
		return time.Time{}
	}
	path := page.Path
	for i := 0; i+8 <= len(path); i++ {
		if path[i] < '1' || path[i] > '2' || i > 0 && path[i-1] >= '0' && path[i-1] <= '9' {
			continue
		}
		var v [3]int
		n := 0
		j := i
		ok := true
		for part, width := range [...]int{4, 2, 2} {
			if part > 0 && j < len(path) && (path[j] == '/' || path[j] == '-' || path[j] == '_') {
				j++
				n++
			}
			k := j
			for k < len(path) && k-j < width && path[k] >= '0' && path[k] <= '9' {
				v[part] = v[part]*10 + int(path[k]-'0')
				k++
			}
			if k == j || part == 0 && k-j < 4 || n == 0 && k-j < width {
				ok = false
				break
			}
			j = k
		}
		if !ok || n == 1 || j < len(path) && path[j] >= '0' && path[j] <= '9' {
			continue
		}
		if t, ok := d.day(v[0], v[1], v[2], minShown); ok {
			return t
		}
	}
	return time.Time{}
}
