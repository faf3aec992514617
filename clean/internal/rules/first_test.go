package rules

import (
	"regexp/syntax"
	"testing"
)

func TestFirstBytes(t *testing.T) {
	for expr, want := range map[string]struct{ in, out string }{
		`(?i)^you can`:                     {"yY", "xz \xc3"},
		`^(?:the )?(?:boats?|ships?) sail`: {"tbs", "TBSxh"},
		`(?i)^kayak`:                       {"kK\xe2", "jl"}, // the sign of kelvins is a k
		`(?i)^\[\s?more`:                   {"[", "mM ("},
		`^[^“”"]{0,3}by Ada`:               {"aZ9 \xc3", `"`},
		`^\pL+ wrote`:                      {"aZ\xc3\xe4", "9 "},
		`^.{0,9}wrote`:                     {"aZ9 \"\xc3", ""},
		`wrote$`:                           {"aZ9 \"\xc3", ""},
		`(?m)^wrote`:                       {"aZ9w", ""},
		`^wrote|^said|told`:                {"aZ9w", ""},
		`^(?:a|b)?$`:                       {"abZ9", ""},
	} {
		parsed, err := syntax.Parse(expr, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		set := firstBytes(parsed)
		for _, c := range []byte(want.in) {
			if !set.has(c) {
				t.Errorf("%s: %q is not among the first bytes", expr, c)
			}
		}
		for _, c := range []byte(want.out) {
			if set.has(c) {
				t.Errorf("%s: %q is among the first bytes", expr, c)
			}
		}
	}
}

func TestHeldSign(t *testing.T) {
	for expr, want := range map[string]string{
		`(?i)^write to (?:her|him) at:? \S+@\S+$`: "@",
		`^\[(?:audio|slides)\]$`:                  "[",
		`^(?:[a-z]+/)+$`:                          "/",
		`^(?:@\S+|at \S+)$`:                       "",
		`^(?:@ada)? sails$`:                       "",
		`^[@#]ada`:                                "",
		`^no sign, none at all`:                   "",
	} {
		parsed, err := syntax.Parse(expr, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		if got := heldSign(parsed); got != want {
			t.Errorf("%s: %q, not %q", expr, got, want)
		}
	}
}
