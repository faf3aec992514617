package date

import (
	"strings"
	"testing"
	"time"
)

// noon is the day on which the tests of dates take place.
var noon = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

func TestMachineDates(t *testing.T) {
	d := &Reader{Now: noon}
	for in, want := range map[string]string{
		"2015-09-16":                              "2015-09-16T00:00:00Z",
		"2015-09-16T21:38:05Z":                    "2015-09-16T21:38:05Z",
		"2015-09-16T21:38:05.123456+02:00":        "2015-09-16T21:38:05+02:00",
		"2015-09-16T21:38:05+0530":                "2015-09-16T21:38:05+05:30",
		"2015-09-16T21:38-05":                     "2015-09-16T21:38:00-05:00",
		"2015-09-16 21:38:05 UTC":                 "2015-09-16T21:38:05Z",
		"2015/09/16 21:38":                        "2015-09-16T21:38:00Z",
		"20150916":                                "2015-09-16T00:00:00Z",
		"20150916T213805Z":                        "2015-09-16T21:38:05Z",
		"20150916213805":                          "2015-09-16T21:38:05Z",
		"1442439485":                              "2015-09-16T21:38:05Z",
		"1442439485000":                           "2015-09-16T21:38:05Z",
		"Wed, 16 Sep 2015 21:38:05 GMT":           "2015-09-16T21:38:05Z",
		"Wed, 16 Sep 2015 21:38:05 -0400":         "2015-09-16T21:38:05-04:00",
		"Wed Sep 16 2015 21:38:05 GMT+0200 (MES)": "2015-09-16T21:38:05+02:00",
		"Wed Sep 16 21:38:05 CEST 2015":           "2015-09-16T21:38:05+02:00",
		"Sep 16, 2015T10:00:00+03:00":             "2015-09-16T10:00:00+03:00",
		"16.09.2015 21:38":                        "2015-09-16T21:38:00Z",

		"":                    "",
		"2015-09":             "",
		"2015":                "",
		"2015-02-30":          "",
		"2015-13-01":          "",
		"0001-01-01T00:00:00": "",
		"1970-01-01T00:00:00": "",
		"0":                   "",
		"2027-01-01":          "", // the future
		"yesterday":           "",
		"03/04/2015":          "", // which is the month?
		"1.2.3.2015":          "",
	} {
		got, ok := d.Machine(in)
		if out := stamp(got, ok); out != want {
			t.Errorf("%q: %s, want %s", in, out, want)
		}
	}
}

func stamp(t time.Time, ok bool) string {
	if !ok {
		return ""
	}
	return t.Format(time.RFC3339)
}

func TestShownDates(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"en", "16 Sep, 2015 21:38", "2015-09-16T21:38:00Z"},
		{"en", "Published September 16th, 2015 at 9:38 p.m. EST", "2015-09-16T21:38:00-05:00"},
		{"en", "Sept. 16, 2015, 9:38 AM ET", "2015-09-16T09:38:00-04:00"},
		{"en", "Jan. 16, 2015, 9:38 AM ET", "2015-01-16T09:38:00-05:00"},
		{"en", "10:05 GMT, 16 September 2015", "2015-09-16T10:05:00Z"},
		{"en", "9:05 pm on 16 September 2015", "2015-09-16T21:05:00Z"},
		{"en", "16-Sep-15", "2015-09-16T00:00:00Z"},
		{"en", "9/16/2015", "2015-09-16T00:00:00Z"},
		{"en", "16/9/2015", "2015-09-16T00:00:00Z"},
		{"de", "16. September 2015, 21:38 Uhr", "2015-09-16T21:38:00Z"},
		{"de", "Mittwoch, 16.09.2015 - 21.38 Uhr", "2015-09-16T21:38:00Z"},
		{"de", "3. März 2015", "2015-03-03T00:00:00Z"},
		{"fr", "Publié le 1er août 2015 à 21h38", "2015-08-01T21:38:00Z"},
		{"es", "16 de septiembre de 2015", "2015-09-16T00:00:00Z"},
		{"pt", "16 de março de 2015 às 21h38", "2015-03-16T21:38:00Z"},
		{"it", "16 settembre 2015", "2015-09-16T00:00:00Z"},
		{"nl", "16 maart 2015", "2015-03-16T00:00:00Z"},
		{"pl", "16 września 2015", "2015-09-16T00:00:00Z"},
		{"pl", "16 listopada 2015", "2015-11-16T00:00:00Z"},
		{"hr", "16. listopada 2015.", "2015-10-16T00:00:00Z"},
		{"cs", "16. července 2015", "2015-07-16T00:00:00Z"},
		{"ru", "16 сентября 2015, 21:38", "2015-09-16T21:38:00Z"},
		{"uk", "16 вересня 2015", "2015-09-16T00:00:00Z"},
		{"el", "16 Σεπτεμβρίου 2015", "2015-09-16T00:00:00Z"},
		{"tr", "16 Eylül 2015", "2015-09-16T00:00:00Z"},
		{"hu", "2015. szeptember 16.", "2015-09-16T00:00:00Z"},
		{"ja", "2015年9月16日 21時38分", "2015-09-16T21:38:00Z"},
		{"zh", "2015年09月16日21:38", "2015-09-16T21:38:00Z"},
		{"ko", "2015년 9월 16일", "2015-09-16T00:00:00Z"},
		{"ko", "2015.09.16 21:38", "2015-09-16T21:38:00Z"},
		{"ar", "١٦ سبتمبر ٢٠١٥", "2015-09-16T00:00:00Z"},
		{"hi", "16 सितंबर 2015", "2015-09-16T00:00:00Z"},
		{"vi", "16 tháng 9, 2015", "2015-09-16T00:00:00Z"},
		{"id", "16 Agustus 2015", "2015-08-16T00:00:00Z"},

		{"", "16 listopada 2015", ""}, // November in Polish, October in Croatian
		{"en", "2 hours ago", ""},
		{"en", "Call 555-2015-16", ""},
		{"en", "version 1.2.2015.3", ""},
		{"en", "May 2015", ""},
		{"en", "16 September", ""},
		{"en", "In 1848 15 people", ""},
		{"en", "12 May 1955", ""},
	} {
		d := &Reader{Lang: c.lang, Now: noon}
		f, ok := d.Find(c.in)
		if got := stamp(f.Time, ok); got != c.want {
			t.Errorf("%s %q: %s, want %s", c.lang, c.in, got, c.want)
		}
	}
}

func TestDateOrder(t *testing.T) {
	for _, c := range []struct{ lang, host, want string }{
		{"en-us", "x.example", "2015-03-04"},
		{"en-gb", "x.example", "2015-04-03"},
		{"en", "x.example", ""},
		{"en", "x.co.uk", "2015-04-03"},
		{"en", "x.gov", "2015-03-04"},
		{"fr", "x.example", "2015-04-03"},
		{"", "x.example", ""},
	} {
		d := &Reader{Order: OrderOf(c.lang, c.host), Now: noon}
		got := ""
		if found, ok := d.Find("03/04/2015"); ok {
			got = found.Time.Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("%s %s: %q, want %q", c.lang, c.host, got, c.want)
		}
	}
}

func TestPathDates(t *testing.T) {
	d := &Reader{Now: noon}
	for in, want := range map[string]string{
		"/2015/09/16/rain":      "2015-09-16",
		"/news/2015-09-16-rain": "2015-09-16",
		"/20150916/rain":        "2015-09-16",
		"/2015/09/rain":         "",
		"/article/120150916":    "",
		"/2015/99/16/":          "",
		"/2031/01/01/x":         "",
	} {
		got := ""
		if day := d.Path(in); !day.IsZero() {
			got = day.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

// TestMonthTable guards the form of the data: twelve columns, and no month
// that only a language tag could tell in English.
func TestMonthTable(t *testing.T) {
	langs := map[string]bool{}
	for line := range strings.Lines(monthsFile) {
		if line[0] == '#' {
			continue
		}
		cols := strings.Split(strings.TrimSpace(line), "\t")
		if len(cols) != 13 {
			t.Errorf("%d columns: %s", len(cols), line)
		}
		if langs[cols[0]] {
			t.Errorf("%s twice", cols[0])
		}
		langs[cols[0]] = true
	}
	if len(langs) < 16 {
		t.Errorf("only %d languages", len(langs))
	}
	for i, name := range []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"} {
		e := months()[name]
		if e == nil || e.month != i+1 {
			t.Errorf("%s: %+v", name, e)
		}
	}
	for name, z := range zones() {
		if z.minutes < -12*60 || z.minutes > 14*60 {
			t.Errorf("%s: %d minutes", name, z.minutes)
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"16 Sep, 2015 21:38", "2015-09-16T21:38:05.1+02:00", "2015年9月16日", "9.38pm 1/2/15", "١٦ سبتمبر ٢٠١٥", "Wed Sep 16 21:38:05 CEST 2015"} {
		f.Add(s, "en")
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		d := &Reader{Lang: lang, Order: MonthFirst, Now: noon}
		if got, ok := d.Machine(s); ok && (got.Year() < minYear || got.After(noon.Add(maxAhead+24*time.Hour))) {
			t.Errorf("%q: %v", s, got)
		}
		if got, ok := d.Find(s); ok && (got.Start < 0 || got.End > len(s) || got.Start >= got.End) {
			t.Errorf("%q: covers %d to %d", s, got.Start, got.End)
		}
		if got := d.Path(s); !got.IsZero() && (got.Year() < minShown || got.After(noon.Add(maxAhead))) {
			t.Errorf("%q: %v in the address", s, got)
		}
	})
}

// TestISO: the short way gives what the long one does.
func TestISO(t *testing.T) {
	r := &Reader{Lang: "en", Now: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)}
	n := 0
	for _, day := range []string{"2015-09-16", "1969-12-31", "1970-01-01", "2015-02-30", "2031-01-01", "1850-03-04", "2015-9-16", "201x-09-16"} {
		for _, clock := range []string{"", "T21:38:00", "T24:38:00", "T21:60:00", "T21:38:59.123456", "T21:38:00.", " 21:38:00", "T21:38"} {
			for _, zone := range []string{"", "Z", "+02:00", "-05:30", "+00:00", "+0200", "+15:00", "CET", " x"} {
				s := day + clock + zone
				got, ok := r.iso(s)
				if !ok {
					continue
				}
				n++
				if want, ok := r.find(s, minYear); !ok || !want.Time.Equal(got) || want.Time.Format(time.RFC3339) != got.Format(time.RFC3339) {
					t.Errorf("%s is %v, %v the long way", s, got, want.Time)
				}
			}
		}
	}
	if n < 10 {
		t.Errorf("the short way read %d", n)
	}
}
