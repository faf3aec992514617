package meta

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
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

//go:embed data/months.tsv
var monthsFile string

//go:embed data/zones.tsv
var zonesFile string

// A monthEntry is what a spelling means: month 0 when languages disagree, in
// which case the language is asked.
type monthEntry struct {
	month  int
	byLang map[string]int
}

var months = sync.OnceValue(func() map[string]*monthEntry {
	out := make(map[string]*monthEntry)
	for line := range strings.Lines(monthsFile) {
		cols := strings.Split(strings.TrimSpace(line), "\t")
		if len(cols) != 13 || cols[0][0] == '#' {
			continue
		}
		for i, col := range cols[1:] {
			for _, word := range strings.Split(col, "/") {
				e := out[word]
				if e == nil {
					e = &monthEntry{month: i + 1, byLang: make(map[string]int)}
					out[word] = e
				}
				if e.month != i+1 {
					e.month = 0
				}
				e.byLang[cols[0]] = i + 1
			}
		}
	}
	return out
})

// A zone is an offset from UTC in minutes; us is set for names that leave
// summer time open.
type zone struct {
	minutes int
	us      bool
}

var zones = sync.OnceValue(func() map[string]zone {
	out := make(map[string]zone)
	for line := range strings.Lines(zonesFile) {
		name, offset, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || name[0] == '#' {
			continue
		}
		offset, us := strings.CutPrefix(offset, "us")
		minutes, err := strconv.Atoi(offset)
		if err == nil {
			out[name] = zone{minutes, us}
		}
	}
	return out
})

// dateReader reads dates of one page.
type dateReader struct {
	lang  string // primary language tag, may be empty
	order dateOrder
	now   time.Time
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

type dateToken struct {
	kind       byte // 'n' number, 'w' word, else the character itself
	val        int
	digits     int
	word       string // lower case
	start, end int
}

// find returns the first date in s.
func (d *dateReader) find(s string, min int) (foundDate, bool) {
	if !mayDate(s) {
		return foundDate{}, false
	}
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

// mayDate tells whether s has enough digits for a date.
func mayDate(s string) bool {
	n := 0
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= '0' && c <= '9' || c >= 0xd9 {
			n++ // a digit, or the start of one of another script
		}
	}
	return n >= 3
}

func dateTokens(s string, toks []dateToken) []dateToken {
	for i := 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		start := i
		switch {
		case isSpace(r) || invisible(r):
			i += w
			continue
		case digit(r) >= 0:
			val, n := 0, 0
			for i < len(s) {
				r, w = utf8.DecodeRuneInString(s[i:])
				v := digit(r)
				if v < 0 {
					break
				}
				if n < 9 {
					val = val*10 + v
				}
				n++
				i += w
			}
			toks = append(toks, dateToken{kind: 'n', val: val, digits: n, start: start, end: i})
			continue
		case cjkDate(r):
			i += w
			toks = append(toks, dateToken{kind: 'w', word: s[start:i], start: start, end: i})
			continue
		case unicode.IsLetter(r):
			for i < len(s) {
				r, w = utf8.DecodeRuneInString(s[i:])
				if !unicode.IsLetter(r) && !unicode.IsMark(r) || cjkDate(r) {
					break
				}
				i += w
			}
			toks = append(toks, dateToken{kind: 'w', word: strings.ToLower(s[start:i]), start: start, end: i})
			continue
		}
		i += w
		k := byte('?')
		switch {
		case r < 0x80:
			k = byte(r)
		case r == '–' || r == '—' || r == '‑' || r == '‐' || r == '−':
			k = '-'
		case r == '،' || r == '、':
			k = ','
		case r == '：':
			k = ':'
		case r == '．' || r == '。':
			k = '.'
		}
		toks = append(toks, dateToken{kind: k, start: start, end: i})
	}
	return toks
}

// cjkDate tells whether r is a unit of Chinese, Japanese or Korean dates.
func cjkDate(r rune) bool {
	switch r {
	case '年', '月', '日', '号', '號', '時', '时', '点', '分', '秒', '년', '월', '일', '시', '분', '초':
		return true
	}
	return false
}

// digit returns the value of a decimal digit of the scripts that dates are
// written in, else -1.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r < 0x660:
	case r <= 0x669:
		return int(r - 0x660)
	case r >= 0x6f0 && r <= 0x6f9:
		return int(r - 0x6f0)
	case r >= 0x966 && r <= 0x96f:
		return int(r - 0x966)
	case r >= 0x9e6 && r <= 0x9ef:
		return int(r - 0x9e6)
	case r >= 0xff10 && r <= 0xff19:
		return int(r - 0xff10)
	}
	return -1
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// month returns the month a word names, 0 when none.
func (d *dateReader) month(t dateToken) int {
	if t.kind != 'w' || len(t.word) < 2 {
		return 0
	}
	e := months()[t.word]
	if e == nil {
		return 0
	}
	if e.month == 0 {
		return e.byLang[d.lang]
	}
	return e.month
}

// at reads a date that starts at token i.
func (d *dateReader) at(toks []dateToken, i, min int) (t time.Time, next int, ok bool) {
	tok := toks[i]
	if i > 0 && tok.kind == 'n' && !breaks(toks, i) {
		return t, 0, false
	}
	switch {
	case tok.kind == 'n' && tok.digits == 8 && tok.val > 19000000:
		// 20150916T213800Z
		t, ok = d.day(tok.val/10000, tok.val/100%100, tok.val%100, min)
		return t, i + 1, ok
	case tok.kind == 'n' && tok.digits == 4:
		return d.yearFirst(toks, i, min)
	case tok.kind == 'n' && tok.digits <= 2:
		if t, next, ok = d.dayFirst(toks, i, min); ok {
			return t, next, ok
		}
		return d.numeric(toks, i, min)
	case tok.kind == 'w':
		return d.monthFirst(toks, i, min)
	}
	return t, 0, false
}

// breaks tells whether a number at i may start a date: it is not the tail of
// a longer number.
func breaks(toks []dateToken, i int) bool {
	p := toks[i-1]
	if p.end < toks[i].start {
		return true
	}
	switch p.kind {
	case '.', '/', '-':
		return i < 2 || toks[i-2].kind != 'n' || toks[i-2].end < p.start
	case '$', '#', '_', '=':
		return false
	}
	return true
}

// yearFirst reads 2015-09-16, 2015/9/16, 2015年9月16日, 2015. szeptember 16.
func (d *dateReader) yearFirst(toks []dateToken, i, min int) (t time.Time, next int, ok bool) {
	y := toks[i].val
	j := separator(toks, i+1)
	if j >= len(toks) {
		return t, 0, false
	}
	if m := d.month(toks[j]); m > 0 {
		k := separator(toks, j+1)
		if k < len(toks) && toks[k].kind == 'n' && toks[k].digits <= 2 {
			t, ok = d.day(y, m, toks[k].val, min)
			return t, k + 1, ok
		}
		return t, 0, false
	}
	if j == i+1 || toks[j].kind != 'n' || toks[j].digits > 2 {
		return t, 0, false
	}
	k := separator(toks, j+1)
	if k == j+1 || k >= len(toks) || toks[k].kind != 'n' || toks[k].digits > 2 {
		return t, 0, false
	}
	next = k + 1
	if next < len(toks) && toks[next].kind == 'w' && cjkDate(firstRune(toks[next].word)) {
		next++
	}
	t, ok = d.day(y, toks[j].val, toks[k].val, min)
	return t, next, ok
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// separator moves over what may stand between the parts of a date.
func separator(toks []dateToken, i int) int {
	for n := 0; i < len(toks) && n < 2; n++ {
		switch k := toks[i].kind; {
		case k == '-' || k == '/' || k == '.' || k == ',':
		case k == 'w' && cjkDate(firstRune(toks[i].word)):
		default:
			return i
		}
		i++
	}
	return i
}

// dayFirst reads 16 Sep 2015, 16. September 2015, 16th of September, 2015,
// 16 de septiembre de 2015, 16-Sep-15.
func (d *dateReader) dayFirst(toks []dateToken, i, min int) (t time.Time, next int, ok bool) {
	j := i + 1
	for n := 0; j < len(toks) && n < 3 && filler(toks[j]); n++ {
		j++
	}
	if j >= len(toks) {
		return t, 0, false
	}
	m := d.month(toks[j])
	if m == 0 && toks[j].kind == 'w' && toks[j].word == "tháng" && j+1 < len(toks) && toks[j+1].kind == 'n' {
		j++
		m = toks[j].val
	}
	if m == 0 {
		return t, 0, false
	}
	k := j + 1
	for n := 0; k < len(toks) && n < 3 && filler(toks[k]); n++ {
		k++
	}
	if k >= len(toks) || toks[k].kind != 'n' {
		return t, 0, false
	}
	y, ok := year(toks[k], k > j+1 && toks[j+1].kind == '-')
	if !ok {
		return t, 0, false
	}
	t, ok = d.day(y, m, toks[i].val, min)
	return t, k + 1, ok
}

// year reads a year of four digits, or of two where short is set.
func year(t dateToken, short bool) (int, bool) {
	switch {
	case t.digits == 4:
		return t.val, true
	case t.digits == 2 && short && t.val < 70:
		return 2000 + t.val, true
	}
	return 0, false
}

// filler tells whether a token may stand between day, month and year.
func filler(t dateToken) bool {
	switch t.kind {
	case '.', ',', '-', '/', '\'':
		return true
	case 'w':
		switch t.word {
		case "st", "nd", "rd", "th", "of", "de", "del", "d", "º", "ª", "er", "den", "gada", "do", "at":
			return true
		}
	}
	return false
}

// monthFirst reads September 16, 2015 and Sep. 16th 2015.
func (d *dateReader) monthFirst(toks []dateToken, i, min int) (t time.Time, next int, ok bool) {
	m := d.month(toks[i])
	if m == 0 {
		return t, 0, false
	}
	j := i + 1
	for n := 0; j < len(toks) && n < 2 && (toks[j].kind == '.' || toks[j].kind == ',' || toks[j].kind == '-'); n++ {
		j++
	}
	if j >= len(toks) || toks[j].kind != 'n' || toks[j].digits > 2 {
		return t, 0, false
	}
	k := j + 1
	for n := 0; k < len(toks) && n < 3 && filler(toks[k]); n++ {
		k++
	}
	if k+4 < len(toks) && k == j+1 && toks[k+1].kind == ':' {
		return d.unix(toks, k, m, toks[j].val, min)
	}
	if k >= len(toks) || toks[k].kind != 'n' || toks[k].digits != 4 {
		return t, 0, false
	}
	if k+1 < len(toks) && toks[k+1].kind == ':' {
		return t, 0, false
	}
	t, ok = d.day(toks[k].val, m, toks[j].val, min)
	return t, k + 1, ok
}

// unix reads the rest of Wed Sep 16 21:38:00 CEST 2015, from the hour on.
func (d *dateReader) unix(toks []dateToken, i, month, dd, min int) (t time.Time, next int, ok bool) {
	c, z, end, ok := clockAt(toks, i)
	if !ok || end >= len(toks) || toks[end].kind != 'n' || toks[end].digits != 4 {
		return t, 0, false
	}
	t, ok = d.day(toks[end].val, month, dd, min)
	return withClock(t, c, z), end + 1, ok
}

// numeric reads 16.09.2015, 16/9/2015, 9/16/2015, 16-09-15. Where the order
// is open and unknown, nothing is read.
func (d *dateReader) numeric(toks []dateToken, i, min int) (t time.Time, next int, ok bool) {
	if i+4 >= len(toks) {
		return t, 0, false
	}
	s := toks[i+1].kind
	if s != '.' && s != '/' && s != '-' || toks[i+3].kind != s || toks[i+2].kind != 'n' || toks[i+4].kind != 'n' || toks[i+2].digits > 2 {
		return t, 0, false
	}
	y, ok := year(toks[i+4], true)
	if !ok || i+5 < len(toks) && toks[i+5].kind == s && toks[i+5].start == toks[i+4].end && i+6 < len(toks) && toks[i+6].kind == 'n' && s != '-' {
		return t, 0, false
	}
	a, b := toks[i].val, toks[i+2].val
	order := d.order
	switch {
	case s == '.' || a > 12 || a == b:
		order = orderDMY
	case b > 12:
		order = orderMDY
	}
	if order == orderMDY {
		a, b = b, a
	}
	if order == orderUnknown {
		return t, 0, false
	}
	t, ok = d.day(y, b, a, min)
	return t, i + 5, ok
}

// A clock is a time of day.
type clock struct{ h, m, s int }

// clockAfter reads a time of day that follows a date, within a few tokens.
func clockAfter(toks []dateToken, i int) (c clock, z *time.Location, end int, ok bool) {
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
func clockBefore(toks []dateToken, i int) (c clock, z *time.Location, start int, ok bool) {
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
func clockAt(toks []dateToken, i int) (c clock, z *time.Location, end int, ok bool) {
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
func zoneAt(toks []dateToken, i int) (*time.Location, int) {
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

// usSummer tells whether daylight saving time holds in the United States on a
// day: from the second Sunday in March to the first in November (since 2007).
func usSummer(day time.Time) bool {
	y := day.Year()
	start := time.Date(y, time.March, 8, 0, 0, 0, 0, time.UTC)
	start = start.AddDate(0, 0, (7-int(start.Weekday()))%7)
	end := time.Date(y, time.November, 1, 0, 0, 0, 0, time.UTC)
	end = end.AddDate(0, 0, (7-int(end.Weekday()))%7)
	return !day.Before(start) && day.Before(end)
}
