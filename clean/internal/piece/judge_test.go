package piece

import (
	"context"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// residue is a text of which some pieces are residue beyond doubt.
const residue = "Skip to content\nHome\nNews\nSign in\nSubscribe\n\n" + wrappable +
	"\nShare this article\nSign up for our newsletter\nPrivacy policy\nAll rights reserved\n"

// TestJudge: residue has better odds of being residue than sentences.
func TestJudge(t *testing.T) {
	var m Memory
	m.Split(residue)
	odds := m.Judge(embedded(t), nil)
	if len(odds) != len(m.Pieces()) {
		t.Fatalf("%d odds for %d pieces", len(odds), len(m.Pieces()))
	}
	for i, p := range m.Pieces() {
		text := residue[p.Start:p.End]
		if sentence := m.Prose(i); sentence != (odds[i] < 0) && (sentence || m.Words(i) < 4) {
			t.Errorf("%q has odds of %.1f", text, odds[i])
		}
		if math.IsNaN(float64(odds[i])) {
			t.Errorf("%q has no odds", text)
		}
	}
	for text, kind := range map[string]rules.Kind{"Subscribe": "newsletter", "Sign up for our newsletter": "newsletter", "Share this article": "share", "“It cannot": ""} {
		i := slices.IndexFunc(m.Pieces(), func(p Piece) bool { return strings.HasPrefix(residue[p.Start:], text) })
		if got := m.Kind(i); got != kind {
			t.Errorf("%q is of kind %q", text, got)
		}
	}
}

// What rules say counts: some piece is worse when a rule names it, and none is better
// by much.
func TestSignals(t *testing.T) {
	var m Memory
	m.Split(residue)
	before := slices.Clone(m.Judge(embedded(t), nil))
	worse := 0
	for i := range m.Pieces() {
		for _, kind := range signalKinds {
			signals := make([]Signal, len(m.Pieces()))
			signals[i] = Signal{kind, Names}
			switch d := m.Judge(embedded(t), signals)[i] - before[i]; {
			case d > .1:
				worse++
			case d < -.5:
				t.Errorf("piece %d: odds are %.2f less when a rule about %s names it", i, -d, kind)
			}
		}
	}
	if worse == 0 {
		t.Error("no rule makes a difference")
	}
}

// TestModelRefused: a model for other features, and a table that is none, are errors.
func TestModelRefused(t *testing.T) {
	if _, err := NewModel(modelData[:100], weightsData, screenData); err == nil {
		t.Error("took a part of a model")
	}
	other := []byte(strings.Replace(string(modelData), `"shape.words"`, `"shape.sword"`, 1))
	if _, err := NewModel(other, weightsData, screenData); err == nil || !strings.Contains(err.Error(), "other features") {
		t.Errorf("a model of other features: %v", err)
	}
	if _, err := NewModel(modelData, nil, screenData); err == nil {
		t.Error("took a model without its weights")
	}
}

// weightTable is a table of weights for hashes of so many bits.
func weightTable(bits int, scale, bias float32, weights ...int8) []byte {
	b := []byte(weightsMagic)
	b = binary.LittleEndian.AppendUint32(b, uint32(bits))
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(scale))
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(bias))
	for _, w := range weights {
		b = append(b, byte(w))
	}
	return b
}

func TestLoadWeights(t *testing.T) {
	good := weightTable(2, .5, 1, 2, -2, 0, 127)
	w, err := LoadWeights(good)
	if err != nil || w.scale != .5 || w.bias != 1 || !slices.Equal(w.table, []int8{2, -2, 0, 127}) {
		t.Fatalf("%+v, %v", w, err)
	}
	for name, b := range map[string][]byte{
		"nothing":      nil,
		"no magic":     append([]byte("WNWEIGH0"), good[8:]...),
		"cut off":      good[:len(good)-1],
		"head cut off": good[:14],
		"too long":     append(slices.Clone(good), 0),
		"no bits":      weightTable(0, 1, 0, 1),
		"many bits":    weightTable(40, 1, 0, 1),
	} {
		if _, err := LoadWeights(b); err == nil {
			t.Errorf("%s: loaded", name)
		}
	}
}

// The weights of a piece are those of its tokens, over the root of their number.
func TestWording(t *testing.T) {
	weights := make([]int8, 1<<8)
	for i := range weights {
		weights[i] = int8(i % 7)
	}
	w, err := LoadWeights(weightTable(8, .5, .25, weights...))
	if err != nil {
		t.Fatal(err)
	}
	var m Memory
	m.Split("Sign up here. 記事を読む")
	m.Read(w, nil)
	for i := range m.Pieces() {
		tokens := m.Tokens(nil, i, 8)
		sum, high := 0.0, 0
		for _, h := range tokens {
			v := float64(weights[h]) * .5
			sum += v
			if v > highWeight {
				high++
			}
		}
		x := m.wording(w, m.wordsOf(i))
		if want := sum/math.Sqrt(float64(len(tokens))) + .25; math.Abs(float64(x.all)-want) > 1e-5 || x.share != float32(high)/float32(len(tokens)) {
			t.Errorf("piece %d: %+v, want %v and %d of %d", i, x, want, high, len(tokens))
		}
	}
}

// Reasons are the strongest things that spoke for what happens to a piece, and what
// they say goes with it.
func TestReasons(t *testing.T) {
	x, err := NewExplainer(embedded(t))
	if err != nil {
		t.Fatal(err)
	}
	var m Memory
	m.Split(residue)
	odds := slices.Clone(m.Judge(embedded(t), nil))
	every := func(int) bool { return true }
	all := m.Reasons(x, func(i int) bool { return odds[i] < 0 }, every)
	said := ""
	for i, p := range m.Pieces() {
		if len(all[i]) == 0 || len(all[i]) > MaxReasons {
			t.Errorf("%q has %d reasons", residue[p.Start:p.End], len(all[i]))
		}
		for k, r := range all[i] {
			if r.Text == "" || (r.Weight > 0) != (odds[i] < 0) || k > 0 && math.Abs(float64(r.Weight)) > math.Abs(float64(all[i][k-1].Weight)) {
				t.Errorf("%q: %+v", residue[p.Start:p.End], all[i])
			}
			if strings.Contains(r.Text, "of residue elsewhere") && odds[i] < 0 && !strings.HasPrefix(r.Text, "0") || strings.Contains(r.Text, "of content elsewhere") && odds[i] > 0 {
				t.Errorf("%q: said against the verdict: %s", residue[p.Start:p.End], r.Text)
			}
			said += r.Text + "\n"
		}
	}
	for _, want := range []string{"its words are of residue elsewhere (0.", ", such as “", "its words are of content elsewhere (", "sentence"} {
		if !strings.Contains(said, want) {
			t.Errorf("no reason says %q:\n%s", want, said)
		}
	}
}

// What was there before a text makes no difference to it, and nothing of it is kept.
func TestMemoryReused(t *testing.T) {
	by := embedded(t)
	var m Memory
	for range 2 {
		for _, text := range append(tableTexts(), append(fuzzTexts(), residue)...) {
			var fresh Memory
			want, wantOdds := fresh.Split(text), fresh.Judge(by, nil)
			if got := m.Split(text); !slices.Equal(got, want) {
				t.Fatalf("%q: in used memory %v, want %v", text, got, want)
			}
			if got := m.Judge(by, nil); !slices.Equal(got, wantOdds) {
				t.Fatalf("%q: in used memory the odds are %v, want %v", text, got, wantOdds)
			}
			m.Forget()
			if m.text != "" || m.signals != nil || m.Clock != nil || len(m.pieces)+len(m.words)+len(m.paras) > 0 {
				t.Fatalf("%q is kept", text)
			}
		}
	}
	m.Split(strings.Repeat("fog ", maxKept+10))
	if m.Forget(); cap(m.words) > 0 {
		t.Errorf("memory of %d words is kept", cap(m.words))
	}
}

// endAfter is a context that ends when it has been asked so many times.
type endAfter struct {
	context.Context
	left int
}

func (e *endAfter) Err() error {
	if e.left--; e.left < 0 {
		return context.Canceled
	}
	return nil
}

// looks splits and judges a text, and returns how often the clock looked at the context.
func looks(t *testing.T, m *Memory, text string, end int) (n int, err error) {
	defer work.Catch(&err)
	var clock work.Clock
	ctx := &endAfter{t.Context(), end}
	defer func() { n = end - ctx.left }()
	clock.Start(ctx)
	m.Clock = &clock
	m.Split(text)
	m.Judge(embedded(t), nil)
	return 0, nil
}

// Work may end anywhere; what comes next finds nothing of it.
func TestEnds(t *testing.T) {
	var m, fresh Memory
	want := fresh.Split(residue)
	text := strings.Repeat(residue, 200)
	all, err := looks(t, &m, text, 1<<30)
	if err != nil || all < 20 {
		t.Fatal(all, err)
	}
	for k := range 12 {
		m.Forget()
		if _, err := looks(t, &m, text, all*k/12); err == nil {
			t.Errorf("not ended after %d of %d looks", all*k/12, all)
		}
		m.Forget()
		if got := m.Split(residue); !slices.Equal(got, want) {
			t.Errorf("ended after %d looks: %v, want %v", all*k/12, got, want)
		}
	}
}

// Eight times a text is eight times the work, whether it has one line or many.
func TestGrowth(t *testing.T) {
	one := strings.ReplaceAll(residue, "\n", " ")
	for name, unit := range map[string]string{
		"lines": residue, "one line": one, "glued": strings.ReplaceAll(one, " ", ""), "one word": strings.Repeat("noon", 3000), "words": strings.Repeat("noon and night ", 500),
		"capitals": strings.Repeat("AbCdEf", 2000), "brackets": strings.Repeat("(a", 3000), "stops": strings.Repeat(". ", 3000), "quotes": strings.Repeat("„a“ ", 1000),
		"openers": strings.Repeat("Read more: fog ", 500), "tags": strings.Repeat("<b c=d> <", 800), "links": strings.Repeat("[a](b", 1500), "mails": strings.Repeat("a@b.c", 1500),
		"ideographs": strings.Repeat("町議会は決めた。", 300), "silent": strings.Repeat("they went to the old quay The ferry left and nobody saw it go ", 150),
	} {
		// Not so much that its beginning is all that counts.
		small, err := looks(t, new(Memory), strings.Repeat(unit, 8), 1<<30)
		large, err2 := looks(t, new(Memory), strings.Repeat(unit, 64), 1<<30)
		if err != nil || err2 != nil || large > 8*small*3/2+20 {
			t.Errorf("%s: %d looks, and %d at eight times the text (%v, %v)", name, small, large, err, err2)
		}
	}
}

// A piece of any length is judged.
func TestLongPiece(t *testing.T) {
	var m Memory
	text := "Home\n" + strings.Repeat("the ferry left at noon and ", 40_000)
	if n := len(m.Split(text)); n != 2 {
		t.Fatalf("%d pieces", n)
	}
	if odds := m.Judge(embedded(t), nil); odds[1] >= odds[0] {
		t.Errorf("odds %v", odds)
	}
}

// BenchmarkSplit and BenchmarkJudge are what it costs to find pieces, and to judge them.
func BenchmarkSplit(b *testing.B) {
	var m Memory
	text := strings.Repeat(residue, 10)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		m.Split(text)
	}
}

func BenchmarkJudge(b *testing.B) {
	var m Memory
	by, text := embedded(b), strings.Repeat(residue, 10)
	m.Split(text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		m.Judge(by, nil)
	}
}
