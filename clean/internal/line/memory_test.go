package line

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// inputs are texts of many kinds and lengths.
func inputs() []string {
	return append(fuzzSeeds, strings.Repeat(benchText, 3), benchText[:2000], strings.ReplaceAll(gluedPage(), "The", "\u200bThe"), "")
}

// What was there before an input makes no difference to it, and nothing of it is
// kept.
func TestMemoryReused(t *testing.T) {
	set, model := builtin(t), embedded(t)
	var m Memory
	for range 2 {
		for _, text := range inputs() {
			_, want := runWith(model, set, text)
			lines := m.Split(text, set)
			m.Clean(model, lines, set, "")
			got := m.JoinText(lines, text)
			m.Poison()
			m.Forget()
			if got != want {
				t.Errorf("%.60q: in used memory\n%s\nwant\n%s", text, got, want)
			}
			checkForgotten(t, &m)
		}
	}
}

// checkForgotten looks for what may keep an input in memory.
func checkForgotten(t *testing.T, m *Memory) {
	t.Helper()
	for _, lines := range [][]Line{m.lines, m.again} {
		if len(lines) > 0 || cap(lines) > maxKeptLines {
			t.Fatalf("%d of %d lines are kept", len(lines), cap(lines))
		}
		for _, l := range lines[:cap(lines)] {
			if l.Text != "" || l.Why != nil || len(l.Cuts) > 0 {
				t.Fatalf("%q is kept", l.Text)
			}
			for _, c := range l.Cuts[:cap(l.Cuts)] {
				if c != (Cut{}) {
					t.Fatalf("%+v is kept", c)
				}
			}
		}
	}
	for _, o := range m.from[:cap(m.from)] {
		if o.pieces != nil {
			t.Fatal("an origin is kept")
		}
	}
	if m.words.Text != "" || len(m.lang.texts)+len(m.lang.last) > 0 || len(m.pieces.Pieces())+len(m.later.Pieces()) > 0 {
		t.Fatal("the text is kept")
	}
}

// endAfter is a context that ends when it has been asked so many times.
type endAfter struct {
	context.Context
	left int
}

func (e *endAfter) Err() error {
	if e.left--; e.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// Wherever the time ends, the panic passes, and the beginning of the text comes
// out as it does alone.
func TestMemoryEnds(t *testing.T) {
	set, model := builtin(t), embedded(t)
	const begins = 3000
	var clock work.Clock
	m := Memory{Clock: &clock}
	for _, text := range []string{
		strings.Repeat(benchText, 12),
		strings.Repeat("The ferry left.\r\nHome\x00\r\n", 9000),
		strings.Repeat("The ferry \u200bleft, ", 40_000),
		strings.Repeat(gluedPage(), 20) + "\n" + strings.Repeat("Read more\n", 3000),
	} {
		_, head := runWith(model, set, text[:begins])
		_, whole := runWith(model, set, text)
		ends := 0
		for after := 0; ; after = after*5/4 + 1 {
			clock.Start(&endAfter{t.Context(), after})
			got, err := "", error(nil)
			func() {
				defer work.Catch(&err)
				lines := m.Split(m.Head(text, len(text)-1), set)
				m.Clean(model, lines, set, "")
				got = m.Join(lines)
			}()
			want := whole
			if err != nil {
				ends++
				clock.Stop()
				lines := m.Split(text[:begins], set)
				m.Clean(model, lines, set, "")
				got, want = m.JoinText(lines, text[:begins]), head
			}
			m.Poison()
			m.Forget()
			if got != want {
				t.Fatalf("%.40q, ended after %d looks (%v): came out otherwise", text, after, err)
			}
			checkForgotten(t, &m)
			if err == nil {
				break
			}
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Fatal(err)
			}
		}
		if ends < 3 {
			t.Errorf("%.40q: ended %d times", text, ends)
		}
	}
}

// ended is a clock whose end was noticed.
func ended(t *testing.T) *work.Clock {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	c := new(work.Clock)
	c.Start(ctx)
	func() {
		var err error
		defer work.Catch(&err)
		c.Look()
	}()
	c.Stop()
	return c
}

// Lines returns empty lines, whatever was there before.
func TestLines(t *testing.T) {
	var m Memory
	for _, n := range []int{3, 100, 2, 0, 70} {
		lines := m.Lines(n)
		if len(lines) != n {
			t.Fatalf("%d lines, want %d", len(lines), n)
		}
		for i := range lines {
			if l := &lines[i]; l.Text != "" || l.state != open || len(l.Cuts) > 0 {
				t.Fatalf("line %d of %d is not empty: %+v", i, n, l)
			}
			lines[i].Text = "The ferry left."
			lines[i].drop("nav", "nav.label", "classify")
		}
		if n == 2 {
			// As an input that was ended may leave them.
			m.lines = m.lines[:1]
			m.Clock = ended(t)
		}
	}
}
