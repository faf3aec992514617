package model

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"testing"
)

// encode writes a model file, as train.py does.
func encode(t *testing.T, info Info, nodes []uint16, leaves []float32) []byte {
	t.Helper()
	header, err := json.Marshal(info)
	if err != nil {
		t.Fatal(err)
	}
	b := append([]byte(magic), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(b[len(magic):], uint32(len(header)))
	b = append(b, header...)
	for _, n := range nodes {
		b = binary.LittleEndian.AppendUint16(b, n)
	}
	for _, l := range leaves {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(l))
	}
	return b
}

func TestPredict(t *testing.T) {
	// Two trees: feature 0 below 10 or not, then feature 1 below 5 or not; and
	// one that is a single leaf, padded.
	node := func(feature, threshold uint16) uint16 { return feature<<8 | threshold }
	b := encode(t, Info{Name: "t", Trees: 2, Depth: 2, Features: []string{"a", "b"}, Base: .5},
		[]uint16{0, node(0, 10), node(1, 5), node(1, 200), 0, 0, 0, 0},
		[]float32{1, 2, 3, 4, .25, .25, .25, .25})
	e, err := Load(b)
	if err != nil {
		t.Fatal(err)
	}
	rows := [][2]uint8{{9, 4}, {9, 5}, {10, 199}, {255, 200}, {0, 255}}
	want := []float32{1.75, 2.75, 3.75, 4.75, 2.75}
	for range 3 { // more than run in step
		rows, want = append(rows, rows[:5]...), append(want, want[:5]...)
	}
	flat := make([]uint8, 2*len(rows)+255)
	for i, r := range rows {
		flat[2*i], flat[2*i+1] = r[0], r[1]
	}
	got := make([]float32, len(rows))
	e.Predict(new(Batch), flat, 2, len(rows), got)
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("row %v: %v, want %v", rows[i], got[i], want[i])
		}
	}
}

// Rows that the first trees settle stay at what these say, the others get all.
func TestPredictSome(t *testing.T) {
	node := func(feature, threshold uint16) uint16 { return feature<<8 | threshold }
	e, err := Load(encode(t, Info{Name: "t", Trees: 2, Depth: 1, Features: []string{"a", "b"}, Base: .5},
		[]uint16{0, node(0, 10), 0, node(1, 5)}, []float32{-4, 1, 2, 3}))
	if err != nil {
		t.Fatal(err)
	}
	const n = 1000 // more than move at a time
	flat := make([]uint8, 2*n+255)
	var want [n]float32
	for i := range n {
		a, b := uint8(i%23), uint8(i%7)
		flat[2*i], flat[2*i+1] = a, b
		switch {
		case a < 10:
			want[i] = -3.5
		case b < 5:
			want[i] = 3.5
		default:
			want[i] = 4.5
		}
	}
	got := make([]float32, n)
	e.PredictSome(new(Batch), flat, 2, n, got, 1, -2)
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("row %d: %v, want %v", i, got[i], want[i])
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	good := encode(t, Info{Trees: 1, Depth: 1, Features: []string{"a"}}, []uint16{0, 1}, []float32{0, 1})
	if _, err := Load(good); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{
		"empty":           nil,
		"other magic":     append([]byte("WNTREES9"), good[8:]...),
		"cut off":         good[:len(good)-1],
		"header cut off":  good[:14],
		"unknown feature": encode(t, Info{Trees: 1, Depth: 1, Features: []string{"a"}}, []uint16{0, 5<<8 | 1}, []float32{0, 1}),
		"no trees":        encode(t, Info{Depth: 1}, nil, nil),
	} {
		if _, err := Load(b); err == nil {
			t.Errorf("%s: loaded", name)
		}
	}
}

// TestTrainer compares with the log-odds the trainer itself gave for a hundred
// rows, for every model that is shipped.
func TestTrainer(t *testing.T) {
	for _, file := range []string{"../block/data/block.model", "../block/data/sequence.model", "../piece/data/piece.model", "../piece/data/memory.model"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		e, err := Load(b)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		check, err := os.ReadFile(file + ".check")
		if err != nil {
			t.Fatal(err)
		}
		n, width := int(binary.LittleEndian.Uint32(check)), len(e.Info.Features)
		rows, margins := check[4:4+n*width], check[4+n*width:]
		got := make([]float32, n)
		e.Predict(new(Batch), append(append([]uint8{}, rows...), make([]uint8, 255)...), width, n, got)
		// The trainer adds the trees up in float32, and each addition rounds once.
		rounding := float64(e.Info.Trees) * 0x1p-24
		for i := range got {
			want := math.Float32frombits(binary.LittleEndian.Uint32(margins[4*i:]))
			if d := math.Abs(float64(got[i] - want)); d > rounding*(1+math.Abs(float64(want))) {
				t.Errorf("%s: row %d: %v, the trainer says %v", file, i, got[i], want)
			}
		}
	}
}

func BenchmarkPredict(b *testing.B) {
	data, err := os.ReadFile("../block/data/block.model")
	if err != nil {
		b.Fatal(err)
	}
	e, err := Load(data)
	if err != nil {
		b.Fatal(err)
	}
	const n = 256
	width := len(e.Info.Features)
	rows := make([]uint8, n*width+255)
	for i := range rows {
		rows[i] = uint8(i * 7)
	}
	out := make([]float32, n)
	batch := new(Batch)
	for b.Loop() {
		e.Predict(batch, rows, width, n, out)
	}
}

// Rows that the first trees settle have Scale times what these say; the others go through
// all trees, whether there are few of them or many.
func TestPredictPlain(t *testing.T) {
	const depth, trees = highDepth, 6
	nodes, leaves := make([]uint16, trees<<depth), make([]float32, trees<<depth)
	for i := range nodes {
		nodes[i] = uint16(i%3)<<8 | uint16(1+i*37%255)
		leaves[i] = float32(i*29%101)/50 - 1
	}
	e, err := Load(encode(t, Info{Name: "t", Trees: trees, Depth: depth, Features: []string{"a", "b", "c"}, Base: -.5}, nodes, leaves))
	if err != nil {
		t.Fatal(err)
	}
	plain := Plain{First: 3, Sure: -.6, Scale: 2}
	for _, n := range []int{1, fewRows, fewRows + 1, 3*Together + 5} {
		flat := make([]uint8, 3*n+256)
		for i := range 3 * n {
			flat[i] = uint8(i * i * 31)
		}
		all, got := make([]float32, n), make([]float32, n)
		e.Predict(new(Batch), flat, 3, n, all)
		e.PredictPlain(new(Batch), flat, 3, n, got, plain)
		settled := 0
		for i := range n {
			first := e.walk((*[256]uint8)(flat[3*i:]), float32(e.Info.Base), 0, plain.First)
			want := all[i]
			if first < plain.Sure {
				want = first * plain.Scale
				settled++
			}
			if got[i] != want {
				t.Fatalf("row %d of %d: %v, want %v", i, n, got[i], want)
			}
		}
		if n > Together && (settled == 0 || settled == n) {
			t.Errorf("%d of %d rows are settled", settled, n)
		}
	}
}
