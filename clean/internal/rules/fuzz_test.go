package rules

import (
	"strings"
	"testing"
)

// FuzzLoad: a rule file is refused with its name, or it is built into a set that
// finds no more than what stands in a text, twice the same. The built-in rules
// are left out, for speed.
func FuzzLoad(f *testing.F) {
	for _, s := range []string{
		"rule ad.x\n  line buy {n} boats\n  yes Buy 3 boats\n  no Boats are here to stay\n",
		"rule ad.x\n  need boats\n  match ^buy (many )?boats$\n  zone head tail\n  beside\n  yes Buy boats\n  no Boats.\n",
		"rule share.x\n  token boat-share\n  yes <p class=\"boat-share\">x</p>\n  no <p class=\"boat\">x</p>\n",
		"rule nav.x\n  select div.menu > a[href]\n  host example.org\n", "off ad.label\n",
		"rule ad.x\n  keep\n  line boats (are|were) {any<=3} good\n", "rule ad.x\n  cut start Boats:\n  cut end By boat\n  cut inside (boats)\n",
		"rule ad.x\n  open {name} {date} {month}\n", "rule ad.x\n  line ((((((((((a|b) c|d) e)))))))\n", "\ufeffrule ad.x\r\n  line \x00\r\n",
	} {
		f.Add(s, "Buy 3 boats\nBoats: by Jane Doe, 3 May 2015 | Boats")
	}
	f.Fuzz(func(t *testing.T, rule, text string) {
		s, err := buildOn(nil, []File{{"u.rules", rule}})
		if err != nil {
			if !strings.Contains(err.Error(), "u.rules") && !strings.Contains(err.Error(), "off ") {
				t.Errorf("an error without a place: %v", err)
			}
			return
		}
		_ = s.CheckUser() // must come back
		text = strings.ToValidUTF8(text, "")
		var w, again Words
		s.Scan(&w, text)
		s.Scan(&again, text)
		hit, ok := s.Match(&w, "example.org")
		if other, ok2 := s.Match(&again, "example.org"); ok2 != ok || ok && (other.Rule != hit.Rule || other.Start != hit.Start || other.End != hit.End) {
			t.Error("two runs differ")
		}
		for from, n := 0, 0; ; n++ {
			hit, ok := s.Cut(&w, "", from, len(text))
			if !ok {
				break
			}
			if hit.Start < from || hit.End <= hit.Start || hit.End > len(text) {
				t.Fatalf("a cut from %d to %d of %d after %d", hit.Start, hit.End, len(text), from)
			}
			if hit.Shape != Start {
				break
			}
			from = hit.End
		}
		for next := 0; ; {
			hit, after, ok := s.CutInside(&w, "", next)
			if !ok {
				break
			}
			if after <= next || hit.End <= hit.Start || hit.End > len(text) {
				t.Fatalf("a cut from %d to %d of %d, next %d after %d", hit.Start, hit.End, len(text), after, next)
			}
			next = after
		}
	})
}
