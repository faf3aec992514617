package date

import (
	"strings"
	"time"
)

// A clock is a time of day.
type clock struct{ h, m, s int }

// clockAfter reads a time of day that follows a date, within a few tokens.
func clockAfter(toks []token, i int) (c clock, z *time.Location, end int, ok bool) {
	for n := 0; i < len(toks) && n < 4; n++ {
		t := toks[i]
		if t.kind == 'n' {
			return clockAt(toks, i)
		}
		if t.kind == 'w' {
			switch t.word {
			case "t", "at", "um", "à", "a", "as", "às", "las", "alle", "ore", "kl", "klo", "om", "o", "godz", "в", "о", "saat", "pukul", "jam", "h", "la", "ora", "pm", "am":
			default:
				return c, nil, 0, false
			}
		}
		i++
	}
	return c, nil, 0, false
}

// clockBefore reads a time of day that ends right before the date at i.
func clockBefore(toks []token, i int) (c clock, z *time.Location, start int, ok bool) {
	for back := 3; back <= 7 && i-back >= 0; back++ {
		j := i - back
		if toks[j].kind != 'n' || j > 0 && toks[j-1].end == toks[j].start && toks[j-1].kind != '(' {
			continue
		}
		if c, z, end, ok := clockAt(toks, j); ok {
			for end < i {
				if k := toks[end].kind; k != ',' && k != '-' && k != '|' && k != '.' && !(k == 'w' && (toks[end].word == "on" || toks[end].word == "uhr")) {
					break
				}
				end++
			}
			if end == i {
				return c, z, j, true
			}
		}
	}
	return c, nil, 0, false
}

// clockAt reads a time of day and what follows of it: 21:38:00.000+02:00,
// 9.38 PM EST, 9pm, 21h38, 21時38分.
func clockAt(toks []token, i int) (c clock, z *time.Location, end int, ok bool) {
	if toks[i].digits > 2 {
		if toks[i].digits == 6 && i > 0 && toks[i-1].word == "t" { // basic ISO format
			v := toks[i].val
			c, end = clock{v / 10000, v / 100 % 100, v % 100}, i+1
			z, end = zoneAt(toks, end)
			return c, z, end, c.h < 24 && c.m < 60 && c.s < 60
		}
		return c, nil, 0, false
	}
	c.h = toks[i].val
	end = i + 1
	minutes := false
	if i+2 < len(toks) && toks[i+2].kind == 'n' && toks[i+2].digits == 2 && toks[i+1].start == toks[i].end {
		sep := toks[i+1]
		if sep.kind == ':' || sep.kind == '.' || sep.kind == 'w' && (sep.word == "h" || sep.word == "時" || sep.word == "时" || sep.word == "시") {
			c.m = toks[i+2].val
			end = i + 3
			minutes = sep.kind != '.' // 9.38 alone may be anything
			if end+1 < len(toks) && toks[end].kind == ':' && toks[end+1].kind == 'n' && toks[end+1].digits == 2 {
				c.s = toks[end+1].val
				end += 2
				if end+1 < len(toks) && (toks[end].kind == '.' || toks[end].kind == ',') && toks[end].start == toks[end-1].end && toks[end+1].kind == 'n' && toks[end+1].start == toks[end].end {
					end += 2 // fractions of a second are of no use
				}
			}
		}
	}
	if end < len(toks) && toks[end].kind == 'w' {
		word := toks[end].word
		skip := 1
		if (word == "a" || word == "p") && end+3 < len(toks)+1 && end+2 < len(toks) && toks[end+1].kind == '.' && toks[end+2].word == "m" {
			word += "m"
			skip = 3
			if end+3 < len(toks) && toks[end+3].kind == '.' {
				skip = 4
			}
		}
		switch word {
		case "am", "pm":
			if c.h < 1 || c.h > 12 {
				if word == "am" || c.h > 23 {
					return c, nil, 0, false
				}
				c.h -= 12 // 21:38 PM
			}
			c.h %= 12
			if word == "pm" {
				c.h += 12
			}
			minutes = true
			end += skip
		case "uhr", "h", "hrs", "分", "분", "klo", "ч", "година":
			minutes = true
			end++
		}
	}
	if !minutes || c.h > 23 || c.m > 59 || c.s > 60 {
		return c, nil, 0, false
	}
	c.s = min(c.s, 59)
	z, end = zoneAt(toks, end)
	return c, z, end, true
}

// zoneAt reads Z, +02:00, -0500, GMT+1, (CET). Without one the zone is nil.
func zoneAt(toks []token, i int) (*time.Location, int) {
	j := i
	if j < len(toks) && (toks[j].kind == '(' || toks[j].kind == ' ') {
		j++
	}
	var z *time.Location
	if j < len(toks) && toks[j].kind == 'w' {
		known, ok := zones()[toks[j].word]
		if !ok {
			return nil, i
		}
		z = time.FixedZone(strings.ToUpper(toks[j].word), known.minutes*60)
		if known.minutes == 0 {
			z = time.UTC
		}
		if known.us {
			z = time.FixedZone("us", known.minutes*60)
		}
		j++
		i = j
	}
	if j+1 < len(toks) && (toks[j].kind == '+' || toks[j].kind == '-') && toks[j+1].kind == 'n' && toks[j+1].start == toks[j].end {
		h, m := toks[j+1].val, 0
		end := j + 2
		switch {
		case toks[j+1].digits == 4:
			h, m = h/100, h%100
		case toks[j+1].digits <= 2:
			if end+1 < len(toks) && toks[end].kind == ':' && toks[end+1].kind == 'n' && toks[end+1].digits == 2 {
				m = toks[end+1].val
				end += 2
			}
		default:
			return z, i
		}
		if h > 14 || m > 59 {
			return z, i
		}
		offset := (h*60 + m) * 60
		if toks[j].kind == '-' {
			offset = -offset
		}
		if offset == 0 {
			return time.UTC, end
		}
		return time.FixedZone("", offset), end
	}
	if j < len(toks) && toks[j].kind == ')' && i == j {
		i++
	}
	return z, i
}

// withClock puts the time of day into a day.
func withClock(day time.Time, c clock, z *time.Location) time.Time {
	if z == nil {
		z = time.UTC
	}
	if z.String() == "us" {
		_, offset := day.In(z).Zone()
		if usSummer(day) {
			offset += 3600
		}
		z = time.FixedZone("", offset)
	}
	return time.Date(day.Year(), day.Month(), day.Day(), c.h, c.m, c.s, 0, z)
}

// usSummer reports whether daylight saving time holds in the United States on a
// day: from the second Sunday in March to the first in November (since 2007).
func usSummer(day time.Time) bool {
	y := day.Year()
	start := time.Date(y, time.March, 8, 0, 0, 0, 0, time.UTC)
	start = start.AddDate(0, 0, (7-int(start.Weekday()))%7)
	end := time.Date(y, time.November, 1, 0, 0, 0, 0, time.UTC)
	end = end.AddDate(0, 0, (7-int(end.Weekday()))%7)
	return !day.Before(start) && day.Before(end)
}
