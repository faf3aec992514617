package model

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// TestShow: a tree of two questions, of which one branch ends early, is written as
// its rules.
func TestShow(t *testing.T) {
	header, err := json.Marshal(Info{Name: "small", Trees: 1, Depth: 2, Features: []string{"words", "links"}, Provenance: json.RawMessage(`{"seed":1}`)})
	if err != nil {
		t.Fatal(err)
	}
	b := append([]byte(magic), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(b[len(magic):], uint32(len(header)))
	b = append(b, header...)
	for _, node := range []uint16{0, 0<<8 | 5, 0, 1<<8 | 3} { // the left branch ends
		b = binary.LittleEndian.AppendUint16(b, node)
	}
	for _, leaf := range []float32{-2, -2, 1, .5} {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(leaf))
	}
	b = append(b, 0, 51, 0, 102) // a fifth goes right, then two fifths
	e, err := Load(b)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	if err := e.Show(&got); err != nil {
		t.Fatal(err)
	}
	// words: 1/5 x 4/5 x 2.8² = 1.2544; links: 1/5 x 2/5 x 3/5 x .5² = .012
	want := `name small
trees 1
depth 2
base 0
seed 1

feature                       nodes  gain %
words                             1  99.052
links                             1   0.948

tree 0
words < 5
  -2.0000
words >= 5 (20 %)
  links < 3
    +1.0000
  links >= 3 (40 %)
    +0.5000
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}
