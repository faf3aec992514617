package meta

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/meta/date"
	"github.com/winnowtext/winnow/clean/internal/meta/plain"
)

// FuzzPeople: names are pieces of the line they are read from.
func FuzzPeople(f *testing.F) {
	for _, s := range []string{"By Ada Winter and Ben Frost, MD | 16 Sep 2015", "Von Ada Winter, Redakteurin", "Ada WinterUpdated 9:38pm 1/2/2015", "记者 林 来源：江城晚报", "Sun & sea; (staff) x@y.example"} {
		f.Add(s, "en")
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		d := &reader{date.Reader{Lang: lang, Order: date.MonthFirst, Now: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)}}
		for _, level := range []trust{shown, marked, stated} {
			names, _ := d.people(s, level)
			if len(names) > maxAuthors || slices.Contains(names, "") {
				t.Errorf("%q: %q", s, names)
			}
			whole := chars.Glue(s)
			if level == stated {
				whole = chars.Glue(plain.Line(s))
			}
			for _, name := range names {
				if !strings.Contains(whole, chars.Glue(name)) {
					t.Errorf("%q: %q", s, name)
				}
			}
		}
	})
}

// TestCredits: no line that credits leaves out has a "By" that people would find.
func TestCredits(t *testing.T) {
	for _, lang := range []string{"", "en", "de", "fr", "ru"} {
		d := &reader{date.Reader{Lang: lang, Now: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)}}
		for _, line := range []string{
			"By Jane Doe", "3 May 2024 by Jane Doe", "News | Written by Jane Doe", "Von Jane Doe", "3. Mai 2024Von Jane Doe",
			"Écrit par Jane Doe", "Автор: Иван Петров", "DoeBy Jane", "nearby Jane Doe", "Standby Jane", "Tide tables", "/ by Jane Doe",
		} {
			if _, by := d.people(line, shown); by && !d.credits(line) {
				t.Errorf("%q: %q is left out", lang, line)
			}
		}
		if d.credits("Tide tables of the harbour") {
			t.Errorf("%q: a line without a credit passes", lang)
		}
	}
}
