package rules

import (
	"strings"
	"testing"
)

// TestErrors: a broken file says what is wrong and where.
func TestErrors(t *testing.T) {
	base, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ file, want string }{
		"unknown kind":     {"rule foo.bar\n  line x\n", `u.rules:1: rule foo.bar: unknown kind "foo"`},
		"unknown field":    {"rule ad.x\n  lines x\n", `u.rules:2: rule ad.x: unknown field "lines"`},
		"bad selector":     {"rule ad.x\n  select div[\n", `u.rules:2: rule ad.x: select "div[":`},
		"bad regexp":       {"rule ad.x\n  need ad\n  match (\n", `u.rules:3: rule ad.x: error parsing regexp`},
		"no literal":       {"rule ad.x\n  match ^\\d+$\n", "no whole word in it"},
		"bad zone":         {"rule ad.x\n  zone middle\n  line x\n", `unknown zone "middle"`},
		"nothing to find":  {"rule ad.x\n  why x\n", "nothing to find"},
		"both forms":       {"rule ad.x\n  line x\n  token x\n", "not both"},
		"same id":          {"rule ad.label\n  line x\n", "another rule of this id"},
		"outside a rule":   {"  line x\n", `"line" stands outside a rule`},
		"unknown list":     {"rule ad.x\n  line {nothing}\n", "unknown placeholder {nothing}"},
		"open bracket":     {"rule ad.x\n  line a (b|c\n", `missing ')'`},
		"too many forms":   {"rule ad.x\n  line " + strings.Repeat("(a|b|c) ", 10) + "\n", "more than 2000 forms"},
		"any alone":        {"rule ad.x\n  line {any<=3}\n", "nothing but {any}"},
		"any too large":    {"rule ad.x\n  line a {any<=99}\n", "a number from 1 to 8"},
		"empty value":      {"rule ad.x\n  line\n", `"line" needs a value`},
		"value on a flag":  {"rule ad.x\n  beside yes\n  line x\n", `"beside" takes no value`},
		"off unknown":      {"off no.such\n", "off no.such: there is no such rule"},
		"upper-case id":    {"rule Ad.x\n  line x\n", "ids hold lower-case letters"},
		"not a rule":       {"nonsense\n", `want "rule ID" or "off ID"`},
		"cut without word": {"rule ad.x\n  cut start {n}\n", "a cut needs a word at its border"},
	} {
		_, err := base.Extend(File{"u.rules", c.file})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

// TestCheck: examples that do not hold are found.
func TestCheck(t *testing.T) {
	base, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	s, err := base.Extend(File{"u.rules", `
rule ad.x
  line buy {n} boats
  open boats for sale
  yes  Boats are for sale
  yes  Boats for sale here
  no   Buy 3 boats
rule ad.y
  token boat-ad
  yes  <p class="boatad">x</p>
  no   <p class="BOAT-AD">x</p>
`})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, fault := range s.Check() {
		got = append(got, fault.Error())
	}
	want := []string{
		`u.rules:5: rule ad.x: does not find "Boats are for sale"`,
		`u.rules:7: rule ad.x: finds "Buy 3 boats"`,
		`u.rules:3: rule ad.x: no yes for "buy {n} boats"`,
		`u.rules:10: rule ad.y: does not find <p class="boatad">x</p>`,
		`u.rules:11: rule ad.y: finds <p class="BOAT-AD">x</p>`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func match(t *testing.T, s *Set, host, text string) string {
	t.Helper()
	var w Words
	s.Scan(&w, text)
	hit, ok := s.Match(&w, host)
	if !ok {
		return ""
	}
	if hit.Rule.Keep {
		return "keep " + hit.Rule.ID
	}
	return hit.Rule.ID
}

func TestConflicts(t *testing.T) {
	base, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	s, err := base.Extend(File{"a.rules", `
off copyright.line
rule site.promo
  kind readmore
  host example.com
  line our boats
rule ad.mine
  line share
rule ad.keep
  keep
  line home
rule ad.short
  open new boats
rule ad.long
  open new boats for
rule ad.whole
  line new boats for sale
`})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ host, text, want string }{
		{"", "All rights reserved", ""},
		{"example.com", "Our boats", "site.promo"},
		{"www.example.com", "Our boats", "site.promo"},
		{"badexample.com", "Our boats", ""},
		{"", "Share", "ad.mine"},
		{"", "Home", "keep ad.keep"},
		{"", "New boats here", "ad.short"},
		{"", "New boats for all", "ad.long"},
		{"", "NEW BOATS: for sale!", "ad.whole"},
	} {
		if got := match(t, s, c.host, c.text); got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.host, c.text, got, c.want)
		}
	}
	if got := match(t, base, "", "All rights reserved"); got != "copyright.line" {
		t.Errorf("Extend changed the set it was called on: %q", got)
	}
}

func TestScan(t *testing.T) {
	s, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var w Words
	for text, want := range map[string]string{
		"AdvertisementThe minister":          "Advertisement|The|minister",
		"at 8.56.14 AMIs it":                 "at|8.56.14|AM|Is|it",
		"HTML page":                          "HTML|page",
		"don’t stop":                         "don|t|stop",
		"2015-09-18, 21:38":                  "2015-09-18|21:38",
		"続きを読む":                              "続|き|を|読|む",
		"Da\u00adten\u200bbank":              "Da\u00adten\u200bbank",
		"E\u0301te\u0301 ici":                "E\u0301te\u0301|ici",
		"[Share](https://x.example/a) [Pin]": "Share|Pin",
		"ÄÖÜ Straße":                         "ÄÖÜ|Straße",
		"":                                   "",
	} {
		s.Scan(&w, text)
		var got []string
		for _, tok := range w.Tokens {
			got = append(got, text[tok.Start:tok.End])
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: got %q, want %q", text, strings.Join(got, "|"), want)
		}
	}
}

func TestToken(t *testing.T) {
	s, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	n, ok := s.Token("Share-Bar")
	if !ok || s.DOM(n).ID == "" {
		t.Error("share-bar is not known")
	}
	if m, ok := s.TokenBytes([]byte("share-bar")); !ok || m != n {
		t.Error("bytes and strings differ")
	}
	if _, ok := s.Token("market-share-bar"); ok {
		t.Error("part of a token was found")
	}
	tok := []byte("SHARE-BAR")
	if allocs := testing.AllocsPerRun(100, func() { s.TokenBytes(tok) }); allocs != 0 {
		t.Errorf("%v allocations", allocs)
	}
}

func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		if _, err := build(nil); err != nil {
			b.Fatal(err)
		}
	}
}
