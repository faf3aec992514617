package meta

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/clean/internal/meta/date"
)

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
func (f *facts) shownDates(d *reader, near *surroundings) (s shownDate) {
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
		if !near.inAside(h.node) {
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
			d.lineDates(textOf(h.node, date.MaxText), func(t time.Time, l label) {
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

// changed reports whether markup calls the date of an element that of a change:
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

// lone reports whether an element has no more than one child besides blanks.
func lone(n *html.Node) bool {
	kids := 0
	for c := n.FirstChild; c != nil && kids < 2; c = c.NextSibling {
		if c.Type == html.ElementNode || c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			kids++
		}
	}
	return kids < 2
}

// context judges the text in front of an element within its surroundings, as
// far as the headline is not in them.
func (d *reader) context(n *html.Node, near *surroundings) label {
	own := textOf(n, date.MaxText)
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

func leadOf(d *reader, s string) string {
	if f, ok := d.Find(s); ok {
		return s[:f.Start]
	}
	return ""
}

// maxDateWords is how many words may stand beside a date without a label, up
// to the next separator; more make a sentence or a caption.
const maxDateWords = 5

// lineDates reads the dates of a visible line, each with its label.
func (d *reader) lineDates(line string, take func(time.Time, label)) {
	if line == "" || len(line) > maxLine {
		return
	}
	for range 4 {
		f, ok := d.Find(line)
		if !ok {
			return
		}
		l := labelOf(line[:f.Start])
		if l != labelNone || wordsBeside(line[:f.Start], line[f.End:]) <= maxDateWords {
			take(f.Time, l)
		}
		line = line[f.End:]
	}
}

// wordsBeside counts the words before and after a date, up to the next
// separator.
func wordsBeside(before, after string) int {
	n := 0
	var room [partsRoom]string
	if parts := hardParts(room[:0], before+" "); len(parts) > 0 {
		n = wordsIn(parts[len(parts)-1])
	}
	if parts := hardParts(room[:0], " "+after); len(parts) > 0 {
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
	if gap := published.Sub(s.published); day(published) != day(s.published) && !midnight(s.published) && gap > -sameMoment && gap < sameMoment {
		return s.published
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

// sameMoment is how far apart two systems note one publication.
const sameMoment = 10 * time.Minute

// nextDoor reports whether a moment lies on another day than the given one, and
// time zones can be why.
func nextDoor(t, other time.Time) bool {
	d := t.Sub(other)
	return day(t) != day(other) && d < maxZone && d > maxZone-48*time.Hour
}
