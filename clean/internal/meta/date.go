package meta

import (
	"strconv"
	"strings"
	"time"
)

// dateOrder says how 3/4/2015 is to be read.
type dateOrder uint8

const (
	orderUnknown dateOrder = iota
	orderDMY
	orderMDY
)

const (
	// minYear is the first year taken from machine-readable dates, minShown
	// from dates in running text. Archives go back far, but a small year in
	// text is more often a typing error or a founding year.
	minYear  = 1900
	minShown = 1990

	// maxDateText bounds the text searched for a date.
	maxDateText = 240

	// maxAhead is how far in the future a date may lie: time zones, and clocks
	// that are wrong.
	maxAhead = 48 * time.Hour
)

// dateReader reads dates of one page.
type dateReader struct {
	lang  string // primary language tag, may be empty
	order dateOrder
	now   time.Time

	asked [4]askedDate // what find last looked at
	next  int          // the oldest of them
}

type askedDate struct {
	text  string
	min   int
	found foundDate
	ok    bool
}

// machine reads a date meant for machines: the value of an attribute or a
// JSON-LD member. Such a value holds nothing but the date.
func (d *dateReader) machine(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxDateText {
		return time.Time{}, false
	}
	if digits(s) {
		return d.number(s)
	}
	found, ok := d.find(s, minYear)
	if !ok {
		return time.Time{}, false
	}
	return found.t, true
}

// number reads 20150916, 20150916213800 and Unix times in seconds or
// milliseconds.
func (d *dateReader) number(s string) (time.Time, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	switch len(s) {
	case 8, 14:
		day := s[:8]
		y, _ := strconv.Atoi(day[:4])
		m, _ := strconv.Atoi(day[4:6])
		dd, _ := strconv.Atoi(day[6:])
		t, ok := d.day(y, m, dd, minYear)
		if ok && len(s) == 14 {
			h, _ := strconv.Atoi(s[8:10])
			mi, _ := strconv.Atoi(s[10:12])
			sec, _ := strconv.Atoi(s[12:])
			if h < 24 && mi < 60 && sec < 60 {
				t = time.Date(y, time.Month(m), dd, h, mi, sec, 0, time.UTC)
			}
		}
		return t, ok
	case 10:
		return d.sane(time.Unix(n, 0).UTC(), minShown)
	case 13:
		return d.sane(time.UnixMilli(n).UTC(), minShown)
	}
	return time.Time{}, false
}

// day returns midnight UTC of a day that exists and is not in the future.
func (d *dateReader) day(y, m, day, min int) (time.Time, bool) {
	if m < 1 || m > 12 || day < 1 || day > 31 {
		return time.Time{}, false
	}
	t := time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return time.Time{}, false
	}
	return d.sane(t, min)
}

// sane rejects what stands for "no date" or cannot be: the zero points of
// clocks, and the future.
func (d *dateReader) sane(t time.Time, min int) (time.Time, bool) {
	if t.Year() < min || t.After(d.now.Add(maxAhead)) {
		return time.Time{}, false
	}
	if t.Month() == time.January && t.Day() == 1 && (t.Year() == 1970 || t.Year() == 1900 || t.Year() == 1980) {
		return time.Time{}, false
	}
	if t.Year() == 1969 && t.Month() == time.December && t.Day() == 31 {
		return time.Time{}, false
	}
	return t, true
}

// A foundDate is a date in a text.
type foundDate struct {
	t          time.Time
	start, end int // bytes of the text it covers, time of day included
}

// find returns the first date in s. The same few lines around the headline are
// asked for one again and again.
func (d *dateReader) find(s string, min int) (foundDate, bool) {
	if !mayDate(s) {
		return foundDate{}, false
	}
	for i := range d.asked {
		if a := &d.asked[i]; a.text == s && a.min == min {
			return a.found, a.ok
		}
	}
	found, ok := d.search(s, min)
	d.asked[d.next] = askedDate{s, min, found, ok}
	d.next = (d.next + 1) % len(d.asked)
	return found, ok
}

func (d *dateReader) search(s string, min int) (foundDate, bool) {
	s = head(s, maxDateText)
	var buf [64]dateToken
	toks := dateTokens(s, buf[:0])
	for i := range toks {
		t, next, ok := d.at(toks, i, min)
		if !ok {
			continue
		}
		f := foundDate{t, toks[i].start, toks[next-1].end}
		if clock, z, end, ok := clockAfter(toks, next); ok {
			f.t, f.end = withClock(t, clock, z), toks[end-1].end
		} else if clock, z, start, ok := clockBefore(toks, i); ok {
			f.t, f.start = withClock(t, clock, z), toks[start].start
		}
		if _, ok := d.sane(f.t, min); !ok {
			continue
		}
		return f, true
	}
	return foundDate{}, false
}
