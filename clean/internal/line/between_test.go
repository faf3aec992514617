package line

import (
	"testing"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// TestBetween: a piece between two that go needs less of the model; a paragraph of prose,
// and what stands between markup, does not.
func TestBetween(t *testing.T) {
	const (
		odd   = "Somebody else is reading here"
		prose = "The harbour board published its survey of the quay on Monday, and most of what it found was older than anybody had thought."
	)
	for _, c := range []struct {
		name, text string
		kind       string // of what goes before and behind it
		goes       bool
	}{
		{"notice", odd, "login", true},
		{"markup", odd, "hidden", false},
		{"prose", prose, "login", false},
	} {
		var m Memory
		lines := m.Split(prose+"\n"+prose+"\n\nSign in\n"+c.text+"\nRegister now\n\n"+prose+"\n"+prose, builtin(t))
		m.begin(embedded(t), builtin(t), "")
		m.classify(lines)
		odds := m.pieces.Judge(embedded(t).pieces, m.signalsOf(lines))
		at := -1
		for i := range lines {
			odds[i] = betweenOdds + .1
			if lines[i].Text == c.text && i > 1 && i < len(lines)-2 {
				at = i
			}
		}
		lines[at].state = open
		for _, i := range []int{at - 1, at + 1} {
			lines[i].drop("login", "login.test", "classify")
			lines[i].Cuts[0].Kind = rules.Kind(c.kind)
		}
		m.between(&m.pieces, lines, odds)
		if got := lines[at].Dropped(); got != c.goes {
			t.Errorf("%s: goes is %t", c.name, got)
		}
	}
}
