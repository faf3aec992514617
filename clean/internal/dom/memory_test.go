package dom

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/charset"
	"github.com/winnowtext/winnow/clean/internal/work"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// memories are all the memory of an input up to its tree.
type memories struct {
	charset charset.Memory
	dom     Memory
}

func (m *memories) start(c *work.Clock) { m.charset.Clock, m.dom.Clock = c, c }

func (m *memories) forget() {
	m.charset.Poison()
	m.dom.Poison()
	m.charset.Forget()
	m.dom.Forget()
}

// tree is that of an input, until the clock ends.
func (m *memories) tree(b []byte) (tree Tree, err error) {
	defer work.Catch(&err)
	raw, err := m.charset.Read(bytes.NewReader(b), 0)
	if err != nil {
		return Tree{}, err
	}
	src, _, err := m.charset.Decode(raw, "")
	if err != nil {
		return Tree{}, err
	}
	return m.dom.Build(src, all), nil
}

func zip(s string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(s)) // to memory: no error
	_ = w.Close()
	return b.Bytes()
}

// inputs are one page in all the ways that memory is used.
func inputs(t *testing.T, page string) map[string][]byte {
	latin, err := charmap.Windows1252.NewEncoder().String(page)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(page)
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{
		"plain": []byte(page), "packed": zip(page), "latin": []byte(latin), "packed latin": zip(latin),
		"UTF-16": []byte(wide), "packed UTF-16": zip(wide),
	}
}

// Inputs that come one after the other use the same memory, and none shows in
// another.
func TestMemoryReused(t *testing.T) {
	page := string(ordinaryPage())
	want := full(new(Memory).Build([]byte(page), all).Root)
	var m memories
	for range 3 {
		for name, b := range inputs(t, page) {
			tree, err := m.tree(b)
			if err != nil || full(tree.Root) != want {
				t.Fatalf("%s: another tree, %v", name, err)
			}
			m.forget()
		}
	}
	for name, b := range inputs(t, page) {
		n := testing.AllocsPerRun(10, func() {
			_, _ = m.tree(b)
			m.forget()
		})
		if name == "plain" && n > 10 || name == "packed" && n > 20 || n > 200 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

// Wherever the clock ends, the work ends soon, and the memory serves the next
// input.
func TestMemoryEnds(t *testing.T) {
	page := strings.Repeat(string(ordinaryPage()), 20)
	m, clock := new(memories), new(work.Clock)
	m.start(clock)
	for name, b := range inputs(t, page) {
		looks := &limited{Context: t.Context(), looks: 1 << 30}
		clock.Start(looks)
		if _, err := m.tree(b); err != nil {
			t.Fatal(name, err)
		}
		n := 1<<30 - looks.looks
		if n < 8 {
			t.Errorf("%s: %d looks at %d bytes", name, n, len(b))
		}
		for end := range 4 {
			m.forget()
			clock.Start(&limited{Context: t.Context(), looks: n * end / 4})
			tree, err := m.tree(b)
			if clock.Err() == nil || (err == nil) != (tree.Root != nil) || err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("%s, ended at %d of 4: %v, %v", name, end, err, clock.Err())
			}
		}
		m.forget()
		clock.Start(t.Context())
		tree, err := m.tree(zip("<p>next"))
		if err != nil || textOf(tree.Root) != "next" {
			t.Errorf("%s, then: %v", name, err)
		}
	}
}
