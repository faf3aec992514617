package meta

import (
	_ "embed"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

//go:embed data/labels.txt
var labelsFile string

var labels = sync.OnceValue(func() map[string][]string { return sections(labelsFile) })

// dateLabels is every label of dates, days of the week among them.
var dateLabels = sync.OnceValue(func() map[string]bool {
	out := make(map[string]bool)
	for _, section := range [...]string{"published", "modified", "weekday"} {
		for _, w := range labels()[section] {
			out[w] = true
		}
	}
	return out
})

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
func (f *facts) dates(ld *linked, near *surroundings, lang string) (published, modified time.Time) {
	d := f.reader(lang)
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

// label is what the words in front of a date say about it.
type label uint8

const (
	labelNone label = iota
	labelPublished
	labelModified
	labelOther // another date than the page's
)

// maxLabel is how far in front of a date its label may begin, in bytes.
const maxLabel = 48

// maxOther is how far in front of a date, in bytes, a word stands that tells
// of another date: "Event starts: 16 Sep 2015".
const maxOther = 10

// labelOf judges the text in front of a date: the last label in it counts.
func labelOf(lead string) label {
	if len(lead) > maxLabel {
		lead = lead[len(lead)-maxLabel:]
	}
	lead = strings.ToLower(unglue(lead))
	best, at := labelNone, -1
	for i, section := range [...]string{"published", "modified", "other"} {
		for _, w := range labels()[section] {
			k := lastWord(lead, w)
			if label(i+1) == labelOther && k >= 0 && len(lead)-k-len(w) > maxOther {
				continue
			}
			if k >= 0 && k+len(w) > at {
				best, at = label(i+1), k+len(w)
			}
		}
	}
	return best
}

// unglue parts words that markup without blanks ran together: a capital after
// a small letter, as in "AnalystUpdated".
func unglue(s string) string {
	for i := 1; i < len(s); i++ {
		if s[i] >= 'A' && s[i] <= 'Z' && s[i-1] >= 'a' && s[i-1] <= 'z' {
			s = s[:i] + " " + s[i:]
			i++
		}
	}
	return s
}

// lastWord finds the last place where w stands in s as a word of its own.
func lastWord(s, w string) int {
	for end := len(s); ; {
		i := strings.LastIndex(s[:end], w)
		if i < 0 {
			return -1
		}
		r, _ := utf8.DecodeLastRuneInString(s[:i])
		if !unicode.IsLetter(r) && (boundary(s[i+len(w):]) || s[i+len(w)] == '.') {
			return i
		}
		end = i
	}
}

// A shownDate is what the page shows as its dates.
type shownDate struct {
	published time.Time
	labelled  bool // published stands behind a word that says so
	modified  time.Time
	days      []int // every day shown around the headline, in list items and such as well
}

// Bounds of the elements looked at around the headline, in elements.
const (
	momentsBefore = 12
	momentsAfter  = 120
)

// shownDates reads the dates around the headline: of time elements and of
// elements named as dates, and in the lines beside it.
func (f *facts) shownDates(d *dateReader, near *surroundings) (s shownDate) {
	if near.node == nil {
		return s
	}
	take := func(t time.Time, l label) {
		s.days = append(s.days, day(t))
		switch {
		case l == labelNone && !s.modified.IsZero() && day(t) == day(s.modified):
			// It was read already, from an element that says more.
		case l == labelModified:
			if s.modified.IsZero() {
				s.modified = t
			}
		case l == labelPublished && !s.labelled:
			s.published, s.labelled = t, true
		case l != labelOther && s.published.IsZero():
			s.published = t
		}
	}
	var moments []hit
	for _, h := range f.moments {
		if h.pos < near.pos-momentsBefore || h.pos > near.pos+momentsAfter || h.sign&(signItemDate|signItemMod) != 0 {
			continue
		}
		if !near.fence(h.node) {
			moments = append(moments, h)
		} else if t, ok := d.element(h.node); ok {
			s.days = append(s.days, day(t))
		}
	}
	for _, h := range moments {
		if h.sign&signTime == 0 {
			continue
		}
		if t, ok := d.element(h.node); ok {
			l := d.context(h.node, near)
			if l == labelNone && f.changed(h, near) {
				l = labelModified
			}
			take(t, l)
		}
	}
	for _, h := range moments {
		if h.sign&signTime == 0 {
			d.lineDates(textOf(h.node, maxDateText), func(t time.Time, l label) {
				if l == labelNone && f.changed(h, near) {
					l = labelModified
				}
				if l == labelNone {
					l = d.context(h.node, near)
				}
				take(t, l)
			})
		}
	}
	for i, line := range near.lines {
		d.lineDates(line, func(t time.Time, l label) {
			if l == labelNone && i > 0 && i != near.after {
				l = labelLine(near.lines[i-1])
			}
			take(t, l)
		})
	}
	return s
}

// changed tells whether markup calls the date of an element that of a change:
// that of the element itself, or of one that has nothing else in it.
func (f *facts) changed(h hit, near *surroundings) bool {
	s := h.sign
	for n, depth := h.node, 0; s&(signPublished|signModified) == 0 && depth < maxWrap; depth++ {
		n = n.Parent
		if n == nil || slices.Contains(near.path, n) || !lone(n) {
			break
		}
		s |= f.attrs(n)
	}
	return s&signModified != 0 && s&signPublished == 0
}

// maxWrap is how many elements wrapped around a date are asked what it is.
const maxWrap = 3

// lone tells whether an element has no more than one child besides blanks.
func lone(n *html.Node) bool {
	kids := 0
	for c := n.FirstChild; c != nil && kids < 2; c = c.NextSibling {
		if c.Type == html.ElementNode || c.Type == html.TextNode && squeeze(c.Data) != "" {
			kids++
		}
	}
	return kids < 2
}

// labelLine reads a line that is nothing but a label.
func labelLine(s string) label {
	if len(s) > maxLabel || wordsIn(s) > 3 {
		return labelNone
	}
	return labelOf(s)
}

// context judges the text in front of an element within its surroundings, as
// far as the headline is not in them.
func (d *dateReader) context(n *html.Node, near *surroundings) label {
	own := textOf(n, maxDateText)
	if l := labelOf(leadOf(d, own)); l != labelNone {
		return l
	}
	for p, depth := n.Parent, 0; p != nil && depth < 3 && !slices.Contains(near.path, p); p, depth = p.Parent, depth+1 {
		text := textOf(p, maxLine)
		if len(text) > maxLine {
			break
		}
		if i := strings.Index(text, own); i > 0 && own != "" {
			return labelOf(text[:i])
		}
	}
	return labelNone
}

func leadOf(d *dateReader, s string) string {
	if f, ok := d.find(s, minShown); ok {
		return s[:f.start]
	}
	return ""
}

// maxDateWords is how many words may stand beside a date without a label, up
// to the next separator; more make a sentence or a caption.
const maxDateWords = 5

// lineDates reads the dates of a visible line, each with its label.
func (d *dateReader) lineDates(line string, take func(time.Time, label)) {
	if line == "" || len(line) > maxLine {
		return
	}
	for range 4 {
		f, ok := d.find(line, minShown)
		if !ok {
			return
		}
		l := labelOf(line[:f.start])
		if l != labelNone || wordsBeside(line[:f.start], line[f.end:]) <= maxDateWords {
			take(f.t, l)
		}
		line = line[f.end:]
	}
}

// wordsBeside counts the words before and after a date, up to the next
// separator.
func wordsBeside(before, after string) int {
	n := 0
	if parts := hardParts(before + " "); len(parts) > 0 {
		n = wordsIn(parts[len(parts)-1])
	}
	if parts := hardParts(" " + after); len(parts) > 0 {
		n += wordsIn(parts[0])
	}
	return n
}

// maxZone is how long after the start of a day, where the writer is, its last
// moment can be in UTC.
const maxZone = 36 * time.Hour

// settle decides between the publication date given to machines, what the
// page shows and the day in its address. Nothing is shown before it is
// published: where the page shows an earlier day, the date for machines is
// that of an export or of a move to another system. A time in UTC does not
// tell the day where the page was published, readers are told that day.
func (s *shownDate) settle(published, address time.Time) time.Time {
	if published.IsZero() || s.published.Equal(published) {
		return s.published // the one shown may know its time zone
	}
	_, offset := published.Zone()
	utc := offset == 0 && !midnight(published)
	if utc && !address.IsZero() && nextDoor(published, address) {
		return address
	}
	switch {
	case s.published.IsZero():
		if !s.modified.IsZero() && day(s.modified) < day(published) {
			return s.modified // no later than its first change
		}
		return published
	case day(s.published) >= day(published):
		return published
	case !s.labelled && slices.Contains(s.days, day(published)):
		return published
	case nextDoor(published, s.published) && !midnight(published) && !(utc && s.labelled):
		return published
	}
	return s.published
}

// nextDoor tells whether a moment lies on another day than the given one, and
// time zones can be why.
func nextDoor(t, other time.Time) bool {
	d := t.Sub(other)
	return day(t) != day(other) && d < maxZone && d > maxZone-48*time.Hour
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
