package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean"
)

// checkPairs checks that pairs are all pieces of both runs, in order.
func checkPairs(t *testing.T, name string, before, after []clean.Decision, pairs []Pair) {
	t.Helper()
	side := func(what string, ds []clean.Decision, of func(*Pair) *clean.Decision) {
		got := map[*clean.Decision]string{}
		last := -1
		at := map[*clean.Decision]int{}
		for i := range ds {
			at[&ds[i]] = i
		}
		for i := range pairs {
			d := of(&pairs[i])
			if d == nil {
				continue
			}
			if at[d] < last {
				t.Errorf("%s: %s: piece %d after piece %d", name, what, at[d], last)
			}
			last = at[d]
			got[d] += letters(pairs[i].Text)
		}
		for i := range ds {
			if want := letters(ds[i].Text); got[&ds[i]] != want {
				t.Errorf("%s: %s: the pairs of piece %d hold %q, want %q", name, what, i, got[&ds[i]], want)
			}
		}
	}
	side("before", before, func(p *Pair) *clean.Decision { return p.Before })
	side("after", after, func(p *Pair) *clean.Decision { return p.After })
}

func TestCompare(t *testing.T) {
	c := cleaner(t, clean.Options{})
	other := cleaner(t, clean.Options{Mode: clean.Recall, Rules: []clean.RuleFile{{Name: "r", Data: "rule ad.x\n  cut end loose so\n  cut start loose the\n"}}})
	for name, data := range inputs(t) {
		plain := explained(t, c, data).Decisions
		recall := explained(t, other, data).Decisions
		pairs := Compare(plain, recall)
		checkPairs(t, name, plain, recall, pairs)
		for _, p := range pairs {
			if p.Before == nil || p.After == nil {
				t.Errorf("%s: %q stands alone", name, p.Text)
			}
		}
		for _, p := range Compare(plain, plain) {
			if p.Changed() {
				t.Errorf("%s: %q changed", name, p.Text)
			}
		}
	}
}

// Two versions of a page: what is the same in both still stands side by side.
func TestCompareVersions(t *testing.T) {
	data := inputs(t)["../../testdata/html/boxes-between/page.html"]
	other := bytes.Replace(data, []byte("For two years they stood"), []byte("For three long years nobody looked and they stood"), 1)
	other = bytes.Replace(other, []byte(">Opinion<"), []byte(">Opinion</a></li><li><a href=/x>Weather<"), 1)
	c := cleaner(t, clean.Options{})
	before, after := explained(t, c, data).Decisions, explained(t, c, other).Decisions
	pairs := Compare(before, after)
	checkPairs(t, "versions", before, after, pairs)
	alone := ""
	for _, p := range pairs {
		if p.Before == nil || p.After == nil {
			alone += p.Text + "|"
		}
	}
	if len(alone) > 80 || !strings.Contains(alone, "nobody looked") || !strings.Contains(alone, "eather") {
		t.Errorf("alone stand %q", alone)
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("one two three four", "one two 3 four", uint8(3), uint8(5))
	f.Add("", "a", uint8(0), uint8(0))
	f.Add("aaaa a aaa\u00ad a", "aa aaaaaa", uint8(2), uint8(1))
	f.Add("\xff\xfe b", "b\xff", uint8(1), uint8(2))
	f.Fuzz(func(t *testing.T, a, b string, m, n uint8) {
		before, after := pieces(a, int(m)), pieces(b, int(n))
		checkPairs(t, "fuzz", before, after, Compare(before, after))
		again := pieces(a, int(n))
		pairs := Compare(before, again)
		checkPairs(t, "fuzz, same text", before, again, pairs)
		for _, p := range pairs {
			if p.Before == nil || p.After == nil {
				t.Errorf("%q stands alone", p.Text)
			}
		}
	})
}

// pieces cuts a text into pieces of so many bytes and more.
func pieces(s string, size int) []clean.Decision {
	var ds []clean.Decision
	for len(s) > 0 {
		n := min(len(s), size+1)
		for n < len(s) && s[n]&0xC0 == 0x80 {
			n++
		}
		ds = append(ds, clean.Decision{Text: s[:n], Kept: n%2 == 0})
		s = s[n:]
	}
	return ds
}
