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
	b := new(Batch) // every model leaves something in it
	for _, file := range []string{"../block/data/block.model", "../piece/data/screen.model", "../piece/data/piece.model"} {
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
			start += float64(e.means()[k<<e.depth+1])
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
		// Many rows at once are each what it is alone.
		const count, gap = 37, 5
		many := make([]uint8, count*n+8) // as many more as a Batch reads at once
		for i := range many {
			many[i] = uint8(i * 7919 % 251)
		}
		all := make([]float32, count*(n+gap)+Room)
		x.ExplainRows(b, many, count, all, n+gap, Plain{First: e.Info.Trees, Scale: 1})
		for i := range count {
			if x.Explain(many[i*n:][:n], moved); !slices.Equal(moved, all[i*(n+gap):][:n]) {
				t.Fatalf("%s: row %d of many is another than alone", file, i)
			}
		}
		// Rows that the first trees settle stay at what those say, as in predictions.
		odds := make([]float32, count)
		const first = 20
		e.PredictSome(new(Batch), many, n, count, odds, e.Info.Trees, 0)
		sure := slices.Sorted(slices.Values(odds))[count/2]
		e.PredictSome(new(Batch), many, n, count, odds, first, sure)
		x.ExplainRows(b, many, count, all, n+gap, Plain{First: first, Sure: sure, Scale: 1})
		for i := range count {
			sum := start
			for _, m := range all[i*(n+gap):][:n] {
				sum += float64(m)
			}
			ofFirst := e.Info.Base
			for k := range first {
				ofFirst += float64(e.means()[k<<e.depth+1])
			}
			if d, s := math.Abs(sum-float64(odds[i])), math.Abs(sum-start+ofFirst-float64(odds[i])); min(d, s) > 1e-3 {
				t.Fatalf("%s: row %d: %v or %v, want %v", file, i, sum, sum-start+ofFirst, odds[i])
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

// phrase makes a phrase of its fields, parted by |.
func phrase(t *testing.T, fields string) Phrase {
	t.Helper()
	topic, rest, _ := strings.Cut(fields, "|")
	unit, words, _ := strings.Cut(rest, "|")
	p, err := NewPhrase(strings.TrimSpace(topic), strings.TrimSpace(unit), words)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSay(t *testing.T) {
	own := func(unit string, v uint8) string {
		if v == 7 {
			return unit + " red"
		}
		return ""
	}
	for fields, says := range map[string]map[uint8]string{
		"length | log    | {} word(s) | no words":            {0: "no words", 1: "1 word", 5: "5 words", Log(100): "about 103 words", 255: ""},
		"links  | ratio  | link density {} | no links":       {0: "no links", 63: "link density 1.00", 57: "link density 0.90", 255: ""},
		"letters| log/4  | words of {} letters":              {Log(21): "words of 5.2 letters"},
		"flag   | bit    | is bold":                          {1: "is bold", 0: "", 255: ""},
		"flag   | bit    | it is | it is not | no neighbour": {1: "it is", 0: "it is not", 255: "no neighbour"},
		"near   | steps  | {} up | beside | none":            {1: "beside", 3: "3 up", 255: "none"},
		"(all)  | num    | a page of {}":                     {9: "a page of 9"},
		"place  | signed | {} line(s) {-} it | here":         {Signed(0): "here", Signed(-1): "1 line before it", Signed(3): "3 lines after it"},
		"own    | color  | is {} | is grey":                  {7: "is color red", 8: "is grey"},
		"more   | others | {} more time(s) | once":           {1: "once", 3: "2 more times"},
	} {
		p := phrase(t, fields)
		if err := p.Check([]string{"color"}); err != nil {
			t.Errorf("%s: %v", fields, err)
		}
		for v, want := range says {
			if got := p.Say(v, own); got != want {
				t.Errorf("%s of %d is %q, want %q", fields, v, got, want)
			}
		}
	}
	for fields, want := range map[string]string{
		"own    | sound  | is {}":  "unit sound is not known",
		"length | log    | words":  "no {}",
		"       | log    | {}":     "no topic",
		"length | log    |":        "no words",
		"length | bit/4  | it is":  "unit bit/4",
		"length | log/1  | {}":     "unit log/1",
		"near   | steps  | {} up":  "no words for zero",
		"near   | signed | {} {-}": "no words for zero",
	} {
		if err := phrase(t, fields).Check([]string{"color"}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", fields, err, want)
		}
	}
	if _, err := NewPhrase("a", "log", "{} | b | c | d"); err == nil {
		t.Error("four kinds of words pass")
	}
}

// Holds tells the bytes that a unit may have.
func TestHolds(t *testing.T) {
	for fields, most := range map[string]uint8{
		"a | bit | it is": 1, "a | ratio | {}": ratioMax, "a | ratio/4 | {}": ratioMax, "a | log | {}": Log(math.MaxInt32), "a | num | {}": 254,
	} {
		p := phrase(t, fields)
		for v := range 255 {
			if p.Holds(uint8(v)) != (v <= int(most)) {
				t.Errorf("%s: %d", fields, v)
			}
		}
	}
	if p := phrase(t, "a | bit | it is"); p.Holds(255) {
		t.Error("a bit of which nothing can be missing is missing")
	}
	if p := phrase(t, "a | bit | it is | it is not | none"); !p.Holds(255) {
		t.Error("a bit is never missing")
	}
}

func TestReasons(t *testing.T) {
	phrases := []Phrase{{Topic: "links"}, {Topic: "links"}, {Topic: "length"}, {Topic: "(page)"}, {Topic: "mute"}}
	say := func(f int) string { return []string{"density", "links", "short", "big page", ""}[f] }
	got := NewPhrases(phrases).Reasons([]float32{-1, -2, -2.5, -9, -8}, -1, 3, say)
	if len(got) != 2 || got[0] != (Reason{-3, "links"}) || got[1] != (Reason{-2.5, "short"}) {
		t.Errorf("reasons %v", got)
	}
	again := func(f int) string { return []string{"short", "links", "short", "", ""}[f] }
	if got := NewPhrases(phrases).Reasons([]float32{-1.5, -1, -2, 0, 0}, -1, 3, again); len(got) != 1 || got[0] != (Reason{-2.5, "short"}) {
		t.Errorf("the same is said twice: %v", got)
	}
	if got := NewPhrases(phrases).Reasons([]float32{-1, -2, 2.5, 0, 0}, 1, 3, say); len(got) != 1 || got[0].Text != "short" {
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
