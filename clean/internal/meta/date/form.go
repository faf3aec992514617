package date

import "time"

// month returns the month a word names, 0 when none.
func (r *Reader) month(t token) int {
	if t.kind != 'w' || len(t.word) < 2 {
		return 0
	}
	e := months()[t.word]
	if e == nil {
		return 0
	}
	if e.month == 0 {
		return e.byLang[r.Lang]
	}
	return e.month
}

// at reads a date that starts at token i.
func (r *Reader) at(toks []token, i, min int) (t time.Time, next int, ok bool) {
	tok := toks[i]
	if i > 0 && tok.kind == 'n' && !breaks(toks, i) {
		return t, 0, false
	}
	switch {
	case tok.kind == 'n' && tok.digits == 8 && tok.val > 19000000:
		// 20150916T213800Z
		t, ok = r.day(tok.val/10000, tok.val/100%100, tok.val%100, min)
		return t, i + 1, ok
	case tok.kind == 'n' && tok.digits == 4:
		return r.yearFirst(toks, i, min)
	case tok.kind == 'n' && tok.digits <= 2:
		if t, next, ok = r.dayFirst(toks, i, min); ok {
			return t, next, ok
		}
		return r.numeric(toks, i, min)
	case tok.kind == 'w':
		return r.monthFirst(toks, i, min)
	}
	return t, 0, false
}

// breaks reports whether a number at i may start a date: it is not the tail of
// a longer number.
func breaks(toks []token, i int) bool {
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
func (r *Reader) yearFirst(toks []token, i, min int) (t time.Time, next int, ok bool) {
	y := toks[i].val
	j := separator(toks, i+1)
	if j >= len(toks) {
		return t, 0, false
	}
	if m := r.month(toks[j]); m > 0 {
		k := separator(toks, j+1)
		if k < len(toks) && toks[k].kind == 'n' && toks[k].digits <= 2 {
			t, ok = r.day(y, m, toks[k].val, min)
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
	t, ok = r.day(y, toks[j].val, toks[k].val, min)
	return t, next, ok
}

// separator moves over what may stand between the parts of a date.
func separator(toks []token, i int) int {
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
func (r *Reader) dayFirst(toks []token, i, min int) (t time.Time, next int, ok bool) {
	j := i + 1
	for n := 0; j < len(toks) && n < 3 && filler(toks[j]); n++ {
		j++
	}
	if j >= len(toks) {
		return t, 0, false
	}
	m := r.month(toks[j])
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
	t, ok = r.day(y, m, toks[i].val, min)
	return t, k + 1, ok
}

// year reads a year of four digits, or of two where short is set.
func year(t token, short bool) (int, bool) {
	switch {
	case t.digits == 4:
		return t.val, true
	case t.digits == 2 && short && t.val < 70:
		return 2000 + t.val, true
	}
	return 0, false
}

// filler reports whether a token may stand between day, month and year.
func filler(t token) bool {
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
func (r *Reader) monthFirst(toks []token, i, min int) (t time.Time, next int, ok bool) {
	m := r.month(toks[i])
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
		return r.unix(toks, k, m, toks[j].val, min)
	}
	if k >= len(toks) || toks[k].kind != 'n' || toks[k].digits != 4 {
		return t, 0, false
	}
	if k+1 < len(toks) && toks[k+1].kind == ':' {
		return t, 0, false
	}
	t, ok = r.day(toks[k].val, m, toks[j].val, min)
	return t, k + 1, ok
}

// unix reads the rest of Wed Sep 16 21:38:00 CEST 2015, from the hour on.
func (r *Reader) unix(toks []token, i, month, dd, min int) (t time.Time, next int, ok bool) {
	c, z, end, ok := clockAt(toks, i)
	if !ok || end >= len(toks) || toks[end].kind != 'n' || toks[end].digits != 4 {
		return t, 0, false
	}
	t, ok = r.day(toks[end].val, month, dd, min)
	return withClock(t, c, z), end + 1, ok
}

// numeric reads 16.09.2015, 16/9/2015, 9/16/2015, 16-09-15. Where the order
// is open and unknown, nothing is read.
func (r *Reader) numeric(toks []token, i, min int) (t time.Time, next int, ok bool) {
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
	order := r.Order
	switch {
	case s == '.' || a > 12 || a == b:
		order = DayFirst
	case b > 12:
		order = MonthFirst
	}
	if order == MonthFirst {
		a, b = b, a
	}
	if order == unknown {
		return t, 0, false
	}
	t, ok = r.day(y, b, a, min)
	return t, i + 5, ok
}
