package model

import (
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestExplain: what the features added is all that parts a row's log-odds from
// those of a row of which nothing is known, and the log-odds are Predict's.
func TestExplain(t *testing.T) {
	for _, file := range []string{"../block/data/block.model", "../line/data/line.model"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		e, err := Load(data)
		if err != nil {
			t.Fatal(err)
		}
		x := NewExplainer(e)
		start := e.Info.Base
		for k := range e.Info.Trees {
			start += float64(x.means[k<<e.depth+1])
		}
		n := x.Features()
		rows := make([]uint8, n+256)
		moved := make([]float32, n)
		var want [1]float32
		for seed := range 50 {
			for f := range n {
				rows[f] = uint8((f*seed*7919 + seed*31) % 251)
			}
			e.Predict(new(Batch), rows, n, 1, want[:])
			got := x.Explain(rows, moved)
			sum := start
			for _, m := range moved {
				sum += float64(m)
			}
			if math.Abs(float64(got-want[0])) > 1e-3 || math.Abs(sum-float64(want[0])) > 1e-3 {
				t.Fatalf("%s: explained %v, sum %v, want %v", file, got, sum, want[0])
			}
		}
	}
}

func TestMeans(t *testing.T) {
	node := func(feature, threshold uint16) uint16 { return feature<<8 | threshold }
	nodes, leaves := []uint16{0, node(0, 10), node(1, 5), node(1, 200)}, []float32{1, 2, 3, 8}
	b := encode(t, Info{Trees: 1, Depth: 2, Features: []string{"a", "b"}}, nodes, leaves)
	for name, c := range map[string]struct {
		shares []byte
		means  []float32 // of nodes 1 to 3
	}{
		"no shares":   {nil, []float32{3.5, 1.5, 5.5}},
		"with shares": {[]byte{0, 51, 255, 0}, []float32{2*.8 + 3*.2, 2, 3}},
	} {
		e, err := Load(slices.Concat(b, c.shares))
		if err != nil {
			t.Fatal(name, err)
		}
		for k, want := range c.means {
			if got := e.means()[k+1]; math.Abs(float64(got-want)) > 1e-5 {
				t.Errorf("%s: mean of node %d is %v, want %v", name, k+1, got, want)
			}
		}
	}
	if _, err := Load(append(b, 1, 2)); err == nil {
		t.Error("a file with half of the shares was loaded")
	}
}

func TestSides(t *testing.T) {
	s := NewSides(2)
	one := []float32{1, 2}
	if s.Beside(one, true); one[0] != 1 {
		t.Error("a row differs from a side that has none")
	}
	s.Add([]float32{1, 1}, false)
	s.Add([]float32{3, 1}, false)
	s.Add([]float32{9, 9}, true)
	if s.Beside(one, true); one[0] != -1 || one[1] != 1 {
		t.Errorf("beside what went it is %v", one)
	}
}

const phraseTable = `
# comment
[text]
length | log   | {} word(s) | no words
links  | ratio | link density {} | no links
ld     | log/4 | words of {} letters
flag   | bit   | is bold
each the one before; the one after
near   | steps | {} up from {@} | beside {@} | no {@}
end
(all)  | num   | a page of {}
[place]
place  | signed | {} line(s) {-} it | here
own    | color | is {} | is grey
more   | others | {} more time(s) | once
`

func TestPhrases(t *testing.T) {
	all, err := ParsePhrases(phraseTable)
	if err != nil {
		t.Fatal(err)
	}
	own := func(unit string, v uint8) string {
		if v == 7 {
			return unit + " red"
		}
		return ""
	}
	for _, c := range []struct {
		name string
		v    uint8
		want string
	}{
		{"text.0", 0, "no words"}, {"text.0", 1, "1 word"}, {"text.0", 5, "5 words"}, {"text.0", Log(100), "about 103 words"},
		{"text.0", 255, ""}, {"text.1", 0, "no links"}, {"text.1", 63, "link density 1.00"}, {"text.1", 57, "link density 0.90"},
		{"text.1", 255, ""}, {"text.2", Log(21), "words of 5.2 letters"}, {"text.3", 1, "is bold"}, {"text.3", 0, ""}, {"text.3", 255, ""},
		{"text.4", 1, "beside the one before"}, {"text.4", 3, "3 up from the one before"}, {"text.5", 255, "no the one after"},
		{"text.6", 9, "a page of 9"}, {"place.0", Signed(0), "here"}, {"place.0", Signed(-1), "1 line before it"}, {"place.0", Signed(3), "3 lines after it"},
		{"place.1", 7, "is color red"}, {"place.1", 8, "is grey"}, {"place.2", 1, "once"}, {"place.2", 3, "2 more times"},
	} {
		p, ok := all[c.name]
		if got := p.Say(c.v, own); !ok || got != c.want {
			t.Errorf("%s of %d is %q, want %q", c.name, c.v, got, c.want)
		}
	}
	names := []string{"text.0", "text.1", "text.2", "text.3", "text.4", "text.5", "text.6", "place.0", "place.1", "place.2"}
	if faults := CheckPhrases(phraseTable, names, []string{"color"}); len(faults) > 0 {
		t.Error(faults)
	}
	for bad, want := range map[string]string{
		strings.Replace(phraseTable, "place.2", "", 1) + "x | log | {}\n":     "which is no feature",
		strings.Replace(phraseTable, "color", "sound", 1):                     "unit sound",
		strings.Replace(phraseTable, "| {} word(s)", "| words", 1):            "no {}",
		strings.Replace(phraseTable, "more   | others | ", "more others ", 1): "is not topic",
		strings.Replace(phraseTable, "own    | color", "# own | color", 1):    "no phrase for feature place.2",
	} {
		faults := CheckPhrases(bad, names, []string{"color"})
		if len(faults) == 0 || !strings.Contains(faults[0].Error()+faults[len(faults)-1].Error(), want) {
			t.Errorf("faults %v, want %q", faults, want)
		}
	}
}

func TestReasons(t *testing.T) {
	phrases := []Phrase{{Topic: "links"}, {Topic: "links"}, {Topic: "length"}, {Topic: "(page)"}, {Topic: "mute"}}
	say := func(f int) string { return []string{"density", "links", "short", "big page", ""}[f] }
	got := Reasons([]float32{-1, -2, -2.5, -9, -8}, phrases, -1, 3, say)
	if len(got) != 2 || got[0] != (Reason{-3, "links"}) || got[1] != (Reason{-2.5, "short"}) {
		t.Errorf("reasons %v", got)
	}
	if got := Reasons([]float32{-1, -2, 2.5, 0, 0}, phrases, 1, 3, say); len(got) != 1 || got[0].Text != "short" {
		t.Errorf("reasons the other way %v", got)
	}
}

// Log and unlog agree: the number in words is one that Log puts there.
func TestUnlog(t *testing.T) {
	for v := range uint8(100) {
		if got := Log(int32(unlog(v))); got != v {
			t.Errorf("%d stands for %v, which is %d", v, unlog(v), got)
		}
	}
}
