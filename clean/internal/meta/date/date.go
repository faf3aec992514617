// Package date reads dates as pages of twenty languages write them: those made
// for machines, in the formats of standards and of programs that miss them, and
// those made for readers. What can be read in two ways is not read.
//
//	date.go    Reader; dates that exist and can be those of a page
//	order.go   whether the day or the month stands first
//	token.go   a text as numbers, words and signs
//	form.go    day, month and year out of those
//	clock.go   the time of day beside them, and its zone
//	months.go  data/months.tsv and data/zones.tsv
//	path.go    dates in addresses
package date

import (
	"strconv"
	"strings"
	"time"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

const (
	// minYear is the first year taken from machine-readable dates, minShown
	// from dates in running text. Archives go back far, but a small year in
	// text is more often a typing error or a founding year.
	minYear  = 1900
	minShown = 1990

	// MaxText is how much of a text is searched for a date, in bytes.
	MaxText = 240

	// maxAhead is how far in the future a date may lie: time zones, and clocks
	// that are wrong.
	maxAhead = 48 * time.Hour
)

// A Reader reads the dates of one page. It serves one goroutine.
type Reader struct {
	Lang  string    // primary language tag, such as "en"; "" if not known
	Order Order     // how 3/4/2015 is to be read
	Now   time.Time // what lies after it by more than a day or two is no date

	asked [24]asked // what Find last looked at
	next  int       // the oldest of them
}

type asked struct {
	text  string
	min   int
	found Found
	ok    bool
}

// Machine reads a date made for machines: the value of an attribute or a
// JSON-LD member. Such a value holds nothing but the date.
func (r *Reader) Machine(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > MaxText {
		return time.Time{}, false
	}
	if digits(s) {
		return r.number(s)
	}
	if t, ok := r.iso(s); ok {
		return t, true
	}
	found, ok := r.find(s, minYear)
	if !ok {
		return time.Time{}, false
	}
	return found.Time, true
}

// iso reads the form that nearly all pages have, and find reads as well:
// 2015-09-16, or 2015-09-16T21:38:00.000+02:00.
func (r *Reader) iso(s string) (t time.Time, ok bool) {
	two := func(i int) int {
		a, b := s[i]-'0', s[i+1]-'0'
		if a > 9 || b > 9 {
			return -1
		}
		return int(a)*10 + int(b)
	}
	if len(s) < len("2015-09-16") || s[4] != '-' || s[7] != '-' {
		return t, false
	}
	y1, y2, m, d := two(0), two(2), two(5), two(8)
	if y1 < 0 || y2 < 0 {
		return t, false
	}
	day, ok := r.day(y1*100+y2, m, d, minYear)
	if !ok || len(s) == len("2015-09-16") {
		return day, ok
	}
	if len(s) < len("2015-09-16T21:38:00") || s[10] != 'T' || s[13] != ':' || s[16] != ':' {
		return t, false
	}
	c := clock{two(11), two(14), two(17)}
	if c.h < 0 || c.h > 23 || c.m < 0 || c.m > 59 || c.s < 0 || c.s > 59 {
		return t, false
	}
	i, zone := len("2015-09-16T21:38:00"), time.UTC
	if i+1 < len(s) && s[i] == '.' && s[i+1]-'0' <= 9 { // fractions of a second are of no use
		for i++; i < len(s) && s[i]-'0' <= 9; i++ {
		}
	}
	switch rest := s[i:]; {
	case rest == "", rest == "Z":
	case len(rest) == len("+02:00") && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':':
		h, m := two(i+1), two(i+4)
		if h < 0 || h > 14 || m < 0 || m > 59 {
			return t, false
		}
		offset := (h*60 + m) * 60
		if rest[0] == '-' {
			offset = -offset
		}
		if offset != 0 {
			zone = time.FixedZone("", offset)
		}
	default:
		return t, false
	}
	return r.sane(withClock(day, c, zone), minYear)
}

// number reads 20150916, 20150916213800 and Unix times in seconds or
// milliseconds.
func (r *Reader) number(s string) (time.Time, bool) {
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
		t, ok := r.day(y, m, dd, minYear)
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
		return r.sane(time.Unix(n, 0).UTC(), minShown)
	case 13:
		return r.sane(time.UnixMilli(n).UTC(), minShown)
	}
	return time.Time{}, false
}

// day returns midnight UTC of a day that exists and is not in the future.
func (r *Reader) day(y, m, day, min int) (time.Time, bool) {
	if m < 1 || m > 12 || day < 1 || day > 31 {
		return time.Time{}, false
	}
	t := time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return time.Time{}, false
	}
	return r.sane(t, min)
}

// sane rejects what stands for "no date" or cannot be: the zero points of
// clocks, and the future.
func (r *Reader) sane(t time.Time, min int) (time.Time, bool) {
	if t.Year() < min || t.After(r.Now.Add(maxAhead)) {
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

// A Found is a date in a text.
type Found struct {
	Time       time.Time
	Start, End int // bytes of the text it covers, time of day included
}

// Find returns the first date in a text made for readers: midnight UTC where no
// time of day stands beside it.
func (r *Reader) Find(s string) (Found, bool) { return r.find(s, minShown) }

// find returns the first date in s, of the year min or later. The same few lines
// around the headline are asked for one again and again.
func (r *Reader) find(s string, min int) (Found, bool) {
	if !mayDate(s) {
		return Found{}, false
	}
	for i := range r.asked {
		if a := &r.asked[i]; a.text == s && a.min == min {
			return a.found, a.ok
		}
	}
	found, ok := r.search(s, min)
	r.asked[r.next] = asked{s, min, found, ok}
	r.next = (r.next + 1) % len(r.asked)
	return found, ok
}

func (r *Reader) search(s string, min int) (Found, bool) {
	s = chars.Head(s, MaxText)
	var buf [64]token
	toks := tokens(s, buf[:0])
	for i := range toks {
		t, next, ok := r.at(toks, i, min)
		if !ok {
			continue
		}
		f := Found{t, toks[i].start, toks[next-1].end}
		if clock, z, end, ok := clockAfter(toks, next); ok {
			f.Time, f.End = withClock(t, clock, z), toks[end-1].end
		} else if clock, z, start, ok := clockBefore(toks, i); ok {
			f.Time, f.Start = withClock(t, clock, z), toks[start].start
		}
		if _, ok := r.sane(f.Time, min); !ok {
			continue
		}
		return f, true
	}
	return Found{}, false
}
