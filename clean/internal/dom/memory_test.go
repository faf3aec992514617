package dom

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/work"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// work of all sorts on an input, until the clock ends.
func useAll(m *Memory, b []byte, max int64) (tree Tree, err error) {
	defer work.Catch(&err)
	raw, err := m.Read(bytes.NewReader(b), max)
	if err != nil {
		return Tree{}, err
	}
	src, _, err := m.Decode(raw, "")
	if err != nil {
		return Tree{}, err
	}
	return m.Build(src, all), nil
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
	var m Memory
	for range 3 {
		for name, b := range inputs(t, page) {
			tree, err := useAll(&m, b, 0)
			if err != nil || full(tree.Root) != want {
				t.Fatalf("%s: another tree, %v", name, err)
			}
			m.Poison()
			m.Forget()
		}
	}
	for name, b := range inputs(t, page) {
		n := testing.AllocsPerRun(10, func() {
			_, _ = useAll(&m, b, 0)
			m.Forget()
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
	m := newMemory(t.Context())
	for name, b := range inputs(t, page) {
		looks := &limited{Context: t.Context(), looks: 1 << 30}
		m.Clock.Start(looks)
		if _, err := useAll(m, b, 0); err != nil {
			t.Fatal(name, err)
		}
		n := 1<<30 - looks.looks
		if n < 8 {
			t.Errorf("%s: %d looks at %d bytes", name, n, len(b))
		}
		for end := range 4 {
			m.Forget()
			m.Clock.Start(&limited{Context: t.Context(), looks: n * end / 4})
			tree, err := useAll(m, b, 0)
			if m.Clock.Err() == nil || (err == nil) != (tree.Root != nil) || err != nil && !errors.Is(err, context.Canceled) {
				t.Errorf("%s, ended at %d of 4: %v, %v", name, end, err, m.Clock.Err())
			}
		}
		m.Forget()
		m.Clock.Start(t.Context())
		tree, err := useAll(m, zip("<p>next"), 0)
		if err != nil || textOf(tree.Root) != "next" {
			t.Errorf("%s, then: %v", name, err)
		}
	}
	m.input = make([]byte, maxKept+1)
	if m.Forget(); m.input != nil {
		t.Error("a large buffer was kept")
	}
}
